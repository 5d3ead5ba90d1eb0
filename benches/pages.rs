//! News pages as sites send them, for archives of any length: invented prose in the wrapping of a site, with the navigation, the scripts and
//! the metadata around it that make most of a page's bytes. Not a model of any one site.

use std::io::Write;

use onrecord_testkit::copies::invented;
use onrecord_testkit::warc::Warc;

/// How many wrappings there are; the page of a number has always the same one.
const SITES: [&str; 7] =
    ["harbour-post", "corriden-times", "the-weir", "lowmark-daily", "sandrel-news", "vint-observer", "tarn-mail"];

/// Address and page of this number; the same on every machine. About 45 kB, of which some 450 words are the article.
pub fn page(number: u64) -> (String, String) {
    let story = invented(number);
    let site = SITES[(number % SITES.len() as u64) as usize];
    let (month, day) = (number / 28 % 12 + 1, number % 28 + 1);
    let address = format!("https://{site}.example/2031/{month:02}/{day:02}/report-{number}.html");
    let time = format!("2031-{month:02}-{day:02}T{:02}:{:02}:00Z", number % 24, number % 60);
    let headline = escaped(&story.headline);
    let data = format!(
        r#"{{"@context":"https://schema.org","@type":"NewsArticle","headline":{:?},"datePublished":"{time}","publisher":{{"@type":"Organization","name":{:?}}}}}"#,
        story.headline,
        site.replace('-', " ")
    );
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{headline} | {site}</title>\n\
         <link rel=\"canonical\" href=\"{address}\"><meta property=\"og:title\" content=\"{headline}\">\n\
         <script type=\"application/ld+json\">{data}</script>\n"
    );
    script(&mut html, number, 180);
    html.push_str("</head><body><header><nav><ul>");
    for item in 0..30 + number % 20 {
        html.push_str(&format!(
            "<li class=\"n{item}\"><a href=\"/section/{item}?from=top&amp;n={number}\">Section {item}</a></li>"
        ));
    }
    html.push_str("</ul></nav></header><main><article>");
    html.push_str(&format!("<h1>{headline}</h1><p class=\"meta\"><time datetime=\"{time}\">{time}</time></p>\n"));
    // Two stories make a report of usual length: the second is its background.
    let background = invented(number + 1_000_000).paragraphs;
    for (at, paragraph) in story.paragraphs.iter().chain(background.iter().skip(1)).enumerate() {
        html.push_str(&format!("<p data-at=\"{at}\">{}</p>\n", escaped(paragraph)));
        if at % 4 == 3 {
            html.push_str(
                "<div class=\"slot\"><span>Advertisement</span><img alt=\"\" src=\"/pixel.gif?x=1&amp;y=2\"></div>\n",
            );
        }
    }
    html.push_str("</article><aside><h2>Most read</h2><ol>");
    for item in 1..=20 {
        let other = invented(number * 31 + item).headline;
        html.push_str(&format!("<li><a href=\"/2031/report-{item}.html\">{}</a></li>", escaped(&other)));
    }
    html.push_str("</ol></aside></main><footer><p>About us. Contact. Terms of use. Privacy.</p></footer>\n");
    script(&mut html, number + 7, 120);
    html.push_str("</body></html>\n");
    (address, html)
}

/// A script as pages carry it: settings that differ from page to page.
fn script(html: &mut String, number: u64, lines: u64) {
    html.push_str("<script>window.settings=window.settings||{};\n");
    for line in 0..lines {
        let value = (number + line).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        html.push_str(&format!(
            "settings[\"slot-{line}\"]={{id:\"{value:016x}\",lazy:{},size:[{},{}]}};\n",
            line % 3 == 0,
            value % 970,
            value % 250
        ));
    }
    html.push_str("</script>\n");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Writes an archive of `pages` pages as a crawler does, a request and a response for each, packed record by record; every fiftieth response
/// is none with status 200. Holds one record at a time.
///
/// # Errors
/// Where `out` cannot be written.
pub fn write_archive(pages: u64, out: &mut impl Write) -> std::io::Result<()> {
    let mut warc = Warc::new(true);
    warc.record(
        "warcinfo",
        &[("WARC-Filename", "news.warc.gz")],
        b"software: a crawler\r\nformat: WARC File Format 1.0\r\n",
    );
    for number in 0..pages {
        let (address, html) = page(number);
        let fields = [("WARC-Target-URI", address.as_str())];
        warc.record("request", &fields, b"GET / HTTP/1.1\r\nUser-Agent: a crawler\r\n\r\n");
        if number % 50 == 49 {
            warc.response(&address, "HTTP/1.1 301 Moved Permanently\r\nLocation: /", b"");
        }
        warc.page(&address, &html);
        out.write_all(&warc.take())?;
    }
    out.flush()
}
