//! The pages as a browser asks for them, without a socket: every page that a link leads to, what is turned away, and what articles of people who mean harm
//! come to. A browser looks at the same pages in `tests/browser`.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a page that is not there fails the test; a test has a clock"
)]

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::Read as _;
use std::sync::OnceLock;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use onrecord::evidence::{Capture, MediaType, Time, TimeSource};
use onrecord::ledger::{Ledger, Options};
use onrecord::read::Known;
use onrecord::samples::STORIES;
use onrecord::{Keeper, Linking, Pipeline, intake};
use onrecord_serve::{Room, Settings, router};
use tower::ServiceExt as _;

const HOST: &str = "localhost:8300";

/// Pages that mean harm: script, SVG, styles, addresses that run, other directions of writing, long headlines.
fn hostile() -> Vec<(String, String)> {
    let long = "A headline without an end ".repeat(40_000);
    let page = |address: &str, title: &str, body: &str| {
        let html = format!(
            "<html><head><meta charset=utf-8><title>{title}</title><meta property=og:site_name content='<img src=x onerror=alert(1)>'>\
             <meta property=article:published_time content=2031-03-12T10:00:00Z></head><body><article><h1>{title}</h1>{body}</article></body></html>"
        );
        (address.to_owned(), html)
    };
    let words = "<p>Mayor &lt;script&gt;alert(2)&lt;/script&gt; Pell said that the \u{202e}harbour\u{202c} call with &lt;svg onload=alert(3)&gt; took place on \
                 Thursday. Governor Ilse &quot;&gt;&lt;b&gt;Marn denied that the call took place.</p><script>alert(4)</script><style>body{display:none}</style>\
                 <p>\u{2066}The minister\u{2069} declined to comment on &lt;/title&gt;&lt;/main&gt; the call.</p>";
    vec![
        page("javascript:alert(5)", "&lt;script&gt;alert(6)&lt;/script&gt; call", words),
        page(
            "https://post.example/\"><script>alert(7)</script>",
            "&lt;img src=x onerror=alert(8)&gt; \u{202e}llac",
            words,
        ),
        page("https://post.example/long", &long, words),
    ]
}

struct Built {
    router: Router,
    _folder: tempfile::TempDir,
}

/// One room for all tests: the pages of a sample story, and those that mean harm.
fn room() -> &'static Router {
    static BUILT: OnceLock<Built> = OnceLock::new();
    &BUILT.get_or_init(build).router
}

fn build() -> Built {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("room.db");
    let pipeline = Pipeline::shipped().unwrap();
    let linking = Linking::shipped(&pipeline).unwrap();
    let mut ledger = Ledger::open(&place, &Options::default()).unwrap();
    let now = "2031-03-20T12:00:00Z".parse().unwrap();
    let story = STORIES[0].files.iter().filter(|file| file.name.ends_with(".html"));
    let story = story.map(|file| (None, file.bytes.to_vec(), file.name.to_owned()));
    let harm = hostile()
        .into_iter()
        .enumerate()
        .map(|(index, (address, html))| (Some(address), html.into_bytes(), format!("<b>harm</b>-{index}.html")));
    let mut keeper = Keeper::new(&mut ledger, &pipeline, &linking, "desk", now).unwrap();
    for (address, bytes, location) in story.chain(harm) {
        let capture =
            Capture { bytes, media_type: MediaType::Html, address, fetched: fetched(), location, delivery: None };
        let (intake, diagnostics) = intake(&pipeline, &linking, capture, &Known::default(), None);
        keeper.keep(intake.unwrap_or_else(|| panic!("{diagnostics:?}")), now).unwrap();
    }
    keeper.finish(now, |_| {}).unwrap();
    drop(keeper);
    drop(ledger);
    let hosts = vec![HOST.to_owned()];
    let room = Room::open(Settings { hosts, ..Settings::new(place) }).unwrap();
    Built { router: router(room), _folder: folder }
}

fn fetched() -> Option<Time> {
    Some(Time::parse("2031-03-13T12:00:00Z", TimeSource::Supplier).unwrap())
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn ask(request: Request<Body>) -> Answer {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let response = room().clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    })
}

fn get(path: &str) -> Answer {
    ask(Request::get(path).header("host", HOST).body(Body::empty()).unwrap())
}

/// The values of an attribute, with entities decoded as a browser does.
fn values<'t>(page: &'t str, name: &str) -> impl Iterator<Item = String> + 't {
    let decoded = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    page.split(&format!(" {name}=\""))
        .skip(1)
        .map(move |rest| decoded(rest.split('"').next().unwrap()))
        .collect::<Vec<_>>()
        .into_iter()
}

/// What a page must be, whatever stands in it.
fn check_page(path: &str, answer: &Answer) {
    let page = answer.text();
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    let scripts: Vec<&str> = page.split("<script").skip(1).collect();
    assert!(
        scripts.len() <= 1 && scripts.iter().all(|rest| rest.starts_with(" src=\"/assets/room-")),
        "{path}: a script of its own"
    );
    for tag in ["<img", "<svg onload", "<iframe", "<object", "<b>harm", "onerror=\"", "style=\""] {
        assert!(!page.contains(tag), "{path}: {tag}");
    }
    assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{202c}', '\u{2069}']), "{path}: writing is turned around");
    for href in values(page, "href").chain(values(page, "action")).chain(values(page, "src")) {
        let is_ours = (href.starts_with('/') && !href.starts_with("//")) || href.starts_with('#');
        assert!(is_ours || href.starts_with("https://") || href.starts_with("http://"), "{path}: leads to {href}");
    }
    let outside = page.split("<a ").skip(1).filter(|rest| rest.split('>').next().unwrap().contains("href=\"http"));
    for link in outside {
        let tag = link.split('>').next().unwrap();
        assert!(tag.contains("rel=\"noopener noreferrer nofollow external\""), "{path}: {tag}");
    }
    let mut ids = BTreeSet::new();
    for id in values(page, "id") {
        assert!(ids.insert(id.clone()), "{path}: two things are called {id}");
    }
    assert_balanced(path, page);
}

/// Every element that is opened is closed in its place: nothing of an article broke out of where it stands.
fn assert_balanced(path: &str, page: &str) {
    const VOID: [&str; 6] = ["meta", "link", "input", "br", "!doctype", "path"];
    let mut open: Vec<&str> = Vec::new();
    for rest in page.split('<').skip(1) {
        let tag = rest.split('>').next().unwrap();
        let name = tag.trim_start_matches('/').split([' ', '\n', '/']).next().unwrap();
        if VOID.contains(&name) || tag.ends_with('/') {
            continue;
        }
        if tag.starts_with('/') {
            let last = open.pop();
            assert_eq!(last, Some(name), "{path}: </{name}> closes {last:?} in {open:?}");
        } else {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{path}: {open:?}");
}

#[test]
fn every_link_leads_to_a_page() {
    let mut waiting: VecDeque<String> =
        ["/", "/?q=call", "/?as-of=2031-03-10", "/outlets", "/?all=yes"].map(str::to_owned).into();
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(path) = waiting.pop_front() {
        let answer = get(&path);
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        if path.starts_with("/assets/") || path.ends_with("/report.html") {
            continue;
        }
        check_page(&path, &answer);
        for href in values(answer.text(), "href").filter(|href| href.starts_with('/')) {
            let to = href.split('#').next().unwrap().to_owned();
            let kind = to.split(['/', '?']).nth(1).unwrap_or_default().to_owned()
                + if to.contains("as-of") { " then" } else { "" };
            // Enough of each kind; every claim and article of the ledger is among them.
            let count = kinds.entry(kind).or_default();
            if *count < 60 && seen.insert(to.clone()) {
                *count += 1;
                waiting.push_back(to);
            }
        }
    }
    for kind in ["claim", "claim then", "article", "party", "outlet", "assets"] {
        assert!(kinds.get(kind).is_some_and(|count| *count > 0), "no link leads to a page of a {kind}: {kinds:?}");
    }
    assert!(seen.len() > 100, "{} pages", seen.len());
}

#[test]
fn the_front_is_small_and_says_what_is_contested() {
    let answer = get("/");
    let page = answer.text();
    for shown in ["What is contested", "disputed", "Say so", "Deny it", "in this ledger: 14 articles"] {
        assert!(page.contains(shown), "{shown}");
    }
    let assets: usize = values(page, "href")
        .chain(values(page, "src"))
        .filter(|href| href.starts_with("/assets/"))
        .map(|href| get(&href).body.len())
        .sum();
    assert!(page.len() + assets < 150_000, "{} + {assets} bytes", page.len());
}

#[test]
fn words_stand_in_their_article() {
    let front = get("/?q=call&standing=disputed");
    let claim = values(front.text(), "href").find(|href| href.starts_with("/claim/")).unwrap();
    let claim = get(&claim);
    let mut checked = 0;
    for href in values(claim.text(), "href").filter(|href| href.contains("words=")).take(12) {
        assert!(href.ends_with("#words"), "{href}");
        let article = get(href.split('#').next().unwrap());
        let page = article.text();
        assert_eq!(page.matches("<mark id=\"words\">").count(), 1, "{href}");
        checked += 1;
    }
    assert!(checked > 5, "{checked} links to words");
}

#[test]
fn the_past_shows_less_than_now() {
    let count = |path: &str| get(path).text().matches("<h3><a href=\"/claim/").count();
    let (then, now) = (count("/?as-of=2031-03-09T20:00:00Z"), count("/"));
    assert!(then > 0 && then < now, "{then} then, {now} now");
    assert!(get("/?as-of=2031-03-09").text().contains("As it was on record on 9 March 2031"));
    assert_eq!(get("/?as-of=1999").text().matches("/claim/").count(), 0);
}

#[test]
fn what_cannot_be_answered_is_said_and_not_guessed() {
    let check = |path: &str, status: u16, says: &str| {
        let answer = get(path);
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(answer.text().contains(says), "{path}: {}", answer.text());
    };
    check("/?as-of=%3Cscript%3Ealert(1)%3C/script%3E", 400, "&lt;script&gt;alert(1)&lt;/script&gt;");
    check("/?standing=true", 400, "true is no standing");
    check("/?after=x", 400, "expected the id of a claim");
    check("/claim/clm_uuu", 404, "No claim in this ledger");
    check("/claim/%00%ff", 404, "No claim in this ledger");
    check("/article/art_0", 404, "No article");
    check("/outlet/Nobody%27s%20Post", 404, "No article in this ledger says");
    check("/party/nobody", 404, "nor for private people");
    check("/party/unnamed%20sources%20of%20almery%20courier", 404, "nor for private people");
    check("/nothing", 404, "no such page");
    check("/claim/../../etc/passwd", 404, "no such page");
    check("/assets/..%2f..%2fCargo.toml", 404, "no such file");
    check("/assets/%2e%2e/%2e%2e/etc/passwd", 404, "no such page");
}

#[test]
fn private_people_have_no_page() {
    // A fish broker who is asked on the quay, and the spokeswoman of the president-elect.
    assert_eq!(get("/party/marten%20pell").status, StatusCode::NOT_FOUND);
    assert_eq!(get("/party/petra%20lunden").status, StatusCode::OK);
}

#[test]
fn who_asks_under_another_name_is_turned_away() {
    let check = |request: axum::http::request::Builder, status: u16| {
        let answer = ask(request.body(Body::empty()).unwrap());
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert!(!answer.text().contains("clm_"), "a page was shown");
    };
    check(Request::get("/").header("host", "evil.example"), 421);
    check(Request::get("/").header("host", "localhost.evil.example:8300"), 421);
    check(Request::get("/").header("host", "localhost:8301"), 421);
    check(Request::get("/"), 421);
    check(Request::get("/").header("host", HOST).header("host", "evil.example"), 421);
    check(Request::put("/").header("host", HOST), 405);
    check(Request::delete("/").header("host", HOST), 405);
    check(Request::post("/").header("host", HOST), 403);
    check(Request::post("/").header("host", HOST).header("origin", "http://evil.example"), 403);
    check(Request::post("/").header("host", HOST).header("origin", "null"), 403);
    check(
        Request::post("/")
            .header("host", HOST)
            .header("origin", "http://localhost:8300")
            .header("sec-fetch-site", "cross-site"),
        403,
    );
    assert_eq!(
        ask(Request::get("/").header("host", "LOCALHOST:8300").body(Body::empty()).unwrap()).status,
        StatusCode::OK
    );
}

#[test]
fn a_big_body_is_not_read() {
    let body = Body::from(vec![b'x'; 100 << 20]);
    let request = Request::post("/").header("host", HOST).header("origin", "http://localhost:8300").body(body).unwrap();
    let answer = ask(request);
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[test]
fn answers_are_packed_and_kept() {
    let plain = get("/");
    let request = |name: &str, value: &str| {
        ask(Request::get("/").header("host", HOST).header(name, value).body(Body::empty()).unwrap())
    };
    let packed = request("accept-encoding", "gzip, br");
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, plain.text());
    assert_eq!(request("accept-encoding", "gzip;q=0").header("content-encoding"), "");
    let again = request("if-none-match", plain.header("etag"));
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let style = values(plain.text(), "href").find(|href| href.contains("/assets/")).unwrap();
    assert!(get(&style).header("cache-control").contains("immutable"));
}

#[test]
fn what_came_in_since_the_last_look_is_shown() {
    let cookie = |value: &str| {
        let request =
            Request::get("/").header("host", HOST).header("cookie", format!("other=1; onrecord-looked={value}"));
        ask(request.body(Body::empty()).unwrap())
    };
    // What came in is of 2031; a reader who looked before that sees it, who looked after it does not.
    assert!(cookie("1900000000.1900000000").text().contains("Since you last looked"));
    assert!(!cookie("2000000000.2000000000").text().contains("Since you last looked"));
    assert!(!cookie("nonsense").text().contains("Since you last looked"));
    assert!(get("/").header("set-cookie").contains("HttpOnly"));
    assert!(get("/?since=2030-01-01").text().contains("new article"));
}

#[test]
fn a_record_is_one_file() {
    let front = get("/");
    let claim = values(front.text(), "href").find(|href| href.starts_with("/claim/")).unwrap();
    let answer = get(&format!("{claim}/report.html"));
    let page = answer.text();
    assert!(answer.header("content-disposition").starts_with("attachment; filename=\"clm_"));
    assert!(!page.contains("<script") && !page.contains("<link") && page.contains("<style>"));
    // Every way within the file has an end.
    let ids: BTreeSet<String> = values(page, "id").collect();
    for href in values(page, "href") {
        match href.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{href}"),
            None => assert!(href.starts_with("https://") || href.starts_with("http://"), "{href}"),
        }
    }
}
