//! What reaches the network, through the binary and against a server on loopback: `add URL`, `watch`, `sources`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "these tests make files and run the binary")]

mod bench;

use std::collections::HashMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use onrecord_testkit::server::{Connection, Request, Server};
use serde_json::Value;

use bench::{Bench, Ran};

fn page(words: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><title>No crates missing, says harbour master</title>\
         <meta property=\"og:site_name\" content=\"Alben Courier\"><meta property=\"article:published_time\" content=\"2031-03-06T09:30:00Z\"></head>\
         <body><article><h1>No crates missing, says harbour master</h1><p>The harbour master of Port Alben denied on Monday that crates were missing.</p>\
         <p>{words}</p><p>The ministry in Teyne declined to comment on the matter, a spokeswoman said on Tuesday evening in the capital.</p></article></body></html>"
    )
}

/// A site with a feed of one article; the test changes its words.
#[derive(Clone)]
struct Site {
    server: Server,
    pages: Arc<Mutex<HashMap<String, String>>>,
}

impl Site {
    fn new() -> Self {
        let pages: Arc<Mutex<HashMap<String, String>>> = Arc::default();
        let shown = Arc::clone(&pages);
        let answer =
            move |request: &Request, connection: &mut Connection| match shown.lock().unwrap().get(&request.path) {
                Some(page) => connection.answer(200, &[("Content-Type", "text/html")], page),
                None => connection.answer(404, &[], ""),
            };
        let site = Self { server: Server::start(answer), pages };
        site.set("/call", &page("“Nothing was taken,” Ilse Marn told reporters at the quay."));
        site.set("/feed", "<rss><channel><title>Alben Courier</title><item><link>/call</link></item></channel></rss>");
        site
    }

    fn set(&self, path: &str, body: &str) {
        self.pages.lock().unwrap().insert(path.to_owned(), body.to_owned());
    }

    fn watched(&self, bench: &Bench) {
        let feed = self.server.url("/feed");
        bench.write(
            "sources.toml",
            format!(
                "contact = \"desk@teyne-sentinel.example\"\ndelay = \"0s\"\nagain = [\"1s\", \"1h\"]\n[[source]]\nname = \"Alben Courier\"\noutlet = \"Alben Courier\"\nfeeds = [\"{feed}\"]\n"
            ),
        );
    }
}

/// The lines of captures.
fn taken(lines: &[Value]) -> Vec<&Value> {
    lines.iter().filter(|line| line["capture"].is_string()).collect()
}

fn last(lines: &[Value]) -> &Value {
    lines.last().unwrap()
}

#[test]
fn a_page_is_added_by_its_address() {
    let (bench, site) = (Bench::new(), Site::new());
    let address = site.server.url("/call");
    bench.run(&["add", &address]).check(2, &["private-address", "--allow-private", "127.0.0.1"]);
    assert_eq!(site.server.requests().len(), 0);
    // Proxies of the environment would dial for us, unchecked.
    let mut command =
        bench.command(&["add", &address, "--allow-private", "--contact", "desk@teyne-sentinel.example", "--json"]);
    for name in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:9/");
    }
    let ran = Ran(command.output().unwrap());
    ran.check(0, &[]);
    let lines: Vec<Value> = ran.out().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        (&taken(&lines)[0]["type"], &taken(&lines)[0]["file"], &last(&lines)["added"]),
        (&"added".into(), &address.as_str().into(), &1.into())
    );
    let agent = site.server.requests()[0].header("user-agent").unwrap().to_owned();
    assert!(agent.contains("(+desk@teyne-sentinel.example)"), "{agent}");
    assert_eq!(site.server.hits("/robots.txt"), 0, "a page that somebody names is no crawl");
    let hits = bench.json(&["search", "crates", "--json"], 0);
    assert_eq!((&hits[0]["address"], &hits[0]["outlet"]), (&address.as_str().into(), &"Alben Courier".into()));
    bench.run(&["verify"]).check(0, &[]);
    bench.run(&["add", &site.server.url("/nowhere"), "--allow-private"]).check(2, &["fetch-status", "404"]);
    bench.run(&["read", &address]).check(2, &["no-connection"]);
}

#[test]
fn a_wrong_or_missing_charset_does_no_harm() {
    let text =
        "The harbour master denied on Monday that crates were missing. “Nothing was taken,” Łukasz Żelazny said.";
    // What the server says, whether the bytes are UTF-8 or ISO 8859-2.
    for (charset, is_utf8) in
        [("", true), ("; charset=iso-8859-1", true), ("; charset=nonsense", true), ("; charset=iso-8859-2", false)]
    {
        let page =
            format!("<!doctype html><html lang=en><body><article><h1>Crates</h1><p>{text}</p></article></body></html>");
        let bytes = match is_utf8 {
            true => page.into_bytes(),
            false => page
                .replace(['“', '”'], "\"")
                .chars()
                .map(|letter| match letter {
                    'Ł' => 0xA3,
                    'Ż' => 0xAF,
                    other => u8::try_from(u32::from(other)).unwrap(),
                })
                .collect(),
        };
        let server = Server::start(move |_, connection| {
            connection.answer(200, &[("Content-Type", &format!("text/html{charset}"))], &bytes)
        });
        let bench = Bench::new();
        bench.run(&["add", &server.url("/"), "--allow-private"]).check(0, &["1 added"]);
        let hits = bench.json(&["search", "--source", "Żelazny", "--json"], 0);
        assert_eq!(hits.len(), 1, "{charset}");
        assert_eq!(hits[0]["source"][0]["words"], "Łukasz Żelazny", "{charset}");
        bench.run(&["verify"]).check(0, &[]);
    }
}

#[test]
fn a_feed_gives_its_articles() {
    let (bench, site) = (Bench::new(), Site::new());
    let lines = bench.json(&["add", &site.server.url("/feed"), "--allow-private", "--json"], 0);
    assert_eq!(last(&lines)["added"], 1);
    assert_eq!(site.server.hits("/robots.txt"), 1);
    let feed = format!(
        "<rss><channel><item><link>{}</link></item><item><link>{}</link></item></channel></rss>",
        site.server.url("/call"),
        site.server.url("/private")
    );
    site.set("/robots.txt", "User-agent: *\nDisallow: /private");
    bench.write("news.xml", feed);
    let bench_without = Bench::new();
    bench_without.write("news.xml", std::fs::read(bench.path("news.xml")).unwrap());
    bench_without.run(&["add", "news.xml"]).check(0, &["entries-not-fetched", "2 entries", "--fetch"]);
    bench.run(&["add", "news.xml", "--fetch", "--allow-private"]).check(0, &["robots-forbid", "1 captured again"]);
    assert_eq!(site.server.hits("/private"), 0);
}

#[test]
fn a_changed_article_is_a_second_revision() {
    let (bench, site) = (Bench::new(), Site::new());
    site.watched(&bench);
    let watch = || bench.json(&["watch", "sources.toml", "--once", "--allow-private", "--json"], 0);
    let lines = watch();
    assert_eq!((&taken(&lines)[0]["type"], &taken(&lines)[0]["revision"]), (&"added".into(), &1.into()));
    assert_eq!((&last(&lines)["type"], &last(&lines)["taken"]), (&"watch-summary".into(), &1.into()));
    site.set("/call", &page("“Three crates were taken,” Ilse Marn told reporters at the quay."));
    thread::sleep(Duration::from_millis(1100));
    let lines = watch();
    assert_eq!((&taken(&lines)[0]["type"], &taken(&lines)[0]["revision"]), (&"revised".into(), &2.into()), "{lines:?}");
    assert_eq!(last(&watch())["taken"], 0);
    let article = taken(&lines)[0]["article"].as_str().unwrap();
    let shown = bench.json(&["show", article, "--json"], 0);
    assert_eq!(shown[0]["revisions"].as_array().unwrap().len(), 2);
    bench.run(&["verify"]).check(0, &[]);
    let sources = bench.json(&["sources", "sources.toml", "--json"], 0);
    let source = &sources[0];
    assert_eq!(
        (&source["source"], &source["articles"], &source["captures"], &source["waiting"]),
        (&"Alben Courier".into(), &1.into(), &2.into(), &1.into())
    );
    assert!(source["feeds"][0]["last_ok"].is_string() && source["feeds"][0]["next_due"].is_string(), "{source}");
    let shown = bench.run(&["sources", "sources.toml"]);
    assert!(shown.check(0, &[]).out().contains("1 articles taken of 1 found, 2 captures"), "{}", shown.out());
}

#[test]
fn what_is_wrong_with_sources_is_said() {
    let bench = Bench::new();
    bench.run(&["watch", "nowhere.toml"]).check(2, &["nowhere.toml cannot be read"]);
    bench.write("bad.toml", "contact = \"a@b.example\"\nspeed = 3\n");
    bench.run(&["watch", "bad.toml", "--once"]).check(2, &["bad-source", "bad.toml: line 2", "speed"]);
    assert!(!bench.path("onrecord.db").exists(), "nothing was watched");
    let site = Site::new();
    site.watched(&bench);
    let sources = bench.run(&["sources", "sources.toml"]);
    assert!(sources.check(0, &[]).out().contains("0 articles taken of 0 found"));
    assert!(!bench.path("onrecord.db.watch").exists(), "looking makes no file");
    // One source that cannot be reached fails, the other is watched.
    let text = std::fs::read_to_string(bench.path("sources.toml")).unwrap();
    bench.write("sources.toml", text + "[[source]]\nname = \"Gone\"\nfeeds = [\"http://127.0.0.1:9/feed\"]\n");
    let lines = bench.json(&["watch", "sources.toml", "--once", "--allow-private", "--json"], 2);
    assert_eq!((&last(&lines)["taken"], &last(&lines)["failed"]), (&1.into(), &1.into()));
    let sources = bench.json(&["sources", "sources.toml", "--json"], 0);
    assert_eq!(sources[1]["feeds"][0]["failures"], 1);
    assert!(sources[1]["feeds"][0]["reason"].as_str().unwrap().contains("refused"), "{}", sources[1]);
}

/// Ends a watch with a signal; what it wrote on standard output.
fn ended(bench: &Bench, signal: &str, after: impl Fn() -> bool) -> Ran {
    let mut command = bench.command(&["watch", "sources.toml", "--allow-private", "--json"]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    while !after() {
        assert!(started.elapsed() < Duration::from_secs(60), "the watch does nothing");
        thread::sleep(Duration::from_millis(5));
    }
    let killed = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(killed.success());
    Ran(child.wait_with_output().unwrap())
}

#[test]
#[cfg(unix)]
fn a_stop_keeps_what_came_and_a_kill_loses_nothing() {
    let (bench, site) = (Bench::new(), Site::new());
    site.watched(&bench);
    let entries: String = (0..40).map(|number| format!("<item><link>/{number}</link></item>")).collect();
    site.set("/feed", &format!("<rss><channel>{entries}</channel></rss>"));
    for number in 0..40 {
        site.set(
            &format!("/{number}"),
            &page(&format!("“We counted {number} crates twice,” Ilse Marn told reporters at the quay.")),
        );
    }
    let asked = |path: &'static str| {
        let server = site.server.clone();
        move || server.hits(path) > 0
    };
    // Killed while it works, twice; then stopped; then through.
    let mut acknowledged = Vec::new();
    for (signal, path) in [("-KILL", "/3"), ("-KILL", "/20"), ("-INT", "/30")] {
        let ran = ended(&bench, signal, asked(path));
        acknowledged.extend(
            ran.out()
                .lines()
                .filter(|line| line.contains("\"added\""))
                .filter_map(|line| serde_json::from_str::<Value>(line).ok()),
        );
        if signal == "-INT" {
            assert_eq!(ran.0.status.code(), Some(0), "{}", ran.err());
            assert!(ran.out().contains("watch-summary"));
        }
    }
    bench.json(&["watch", "sources.toml", "--once", "--allow-private", "--json"], 0);
    bench.run(&["verify"]).check(0, &[]);
    let stats = bench.json(&["stats", "--json"], 0).remove(0);
    assert_eq!(
        (&stats["articles"], &stats["revisions"]),
        (&40.into(), &40.into()),
        "none is missing, none is there twice"
    );
    assert!(!acknowledged.is_empty());
    for line in acknowledged {
        bench.run(&["show", line["capture"].as_str().unwrap()]).check(0, &[]);
    }
}

#[test]
#[cfg(unix)]
fn one_watch_at_a_time() {
    let (bench, site) = (Bench::new(), Site::new());
    site.watched(&bench);
    let server = site.server.clone();
    let bench_of_other = &bench;
    let refused = Mutex::new(None);
    ended(&bench, "-TERM", || {
        if server.hits("/call") == 0 {
            return false;
        }
        let ran = bench_of_other.run(&["watch", "sources.toml", "--once", "--allow-private"]);
        *refused.lock().unwrap() = Some(ran);
        true
    });
    refused.into_inner().unwrap().unwrap().check(2, &["another watch works on onrecord.db"]);
}
