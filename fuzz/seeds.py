"""Writes what the fuzz targets begin with, from the sample stories and a few invented pieces: python3 fuzz/seeds.py FOLDER"""

import gzip
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "corpus").glob("*/*.html"))

ODD_PAGES = [
    '<p>He said &quot;no&#8217;&NotEqualTilde;&notit;&#xD800;&fjlig; <b>and</b> left&nbsp;<br>at once.',
    "<table><tr><td>Dead<td>80<tr><td>Missing<td>800</table><ul><li>one<li>two<ul><li>three</ul></ul>",
    "<pre>\n  The\r\n\r\n  minister </pre><blockquote><p>“No.”</blockquote><dl><dt>Who<dd>She",
    "<script>document.write('<p>x</p>')</script><p>Words<!-- <p>not these --><style>p{}</style><noscript><p>nor these</noscript>",
    '<div class="article-body"><p>The ministry denied it.</p><p>It gave no reason.</p></div><aside>Read more</aside>',
    "<svg><p>d</p></svg><math><mi>x</mi></math><template><p>t</template><textarea>&amp;</textarea><select><option>o</select>",
    '<html lang="en"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Call","author":[{"name":"A. Orsel"}],'
    '"datePublished":"2031-03-10T18:00:00+01:00"}</script><h1>Call</h1><p>ALMERY (Concord) — The minister denied it.',
    "<?pi?><!DOCTYPE html><![CDATA[x]]></p></b><p class='",
]

FEEDS = [
    '<?xml version="1.0"?><rss version="2.0" xmlns:dc="d" xmlns:content="c"><channel><title>Courier</title><item><title>A &amp; B</title>'
    "<link>https://courier.example/1</link><guid isPermaLink='false'>7</guid><pubDate>Mon, 10 Mar 2031 18:00:00 +0100</pubDate>"
    "<dc:creator>A. Orsel</dc:creator><content:encoded><![CDATA[<p>The minister denied it.</p>]]></content:encoded></item></channel></rss>",
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Herald</title><entry><id>a</id><title type="html">Call</title><link href="/call"/>'
    '<updated>2031-03-10T18:00:00Z</updated><author><name>A. Orsel</name><email>a@herald.example</email></author>'
    '<content type="xhtml"><div><p>No call.</p></div></content></entry></feed>',
    '<urlset xmlns:news="n"><url><loc>https://courier.example/2</loc><lastmod>2031-03-10</lastmod><news:news><news:publication><news:name>Courier'
    "</news:name></news:publication><news:publication_date>2031-03-10</news:publication_date><news:title>T</news:title></news:news></url></urlset>",
    "<sitemapindex><sitemap><loc>https://courier.example/s.xml</loc></sitemap></sitemapindex>",
    '<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><channel><item><title>&c;&nbsp;&#x27;</title><guid>https://courier.example/3</guid>'
    "</item><item></channel>",
    json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Mail", "items": [
        {"id": "1", "url": "https://mail.example/1", "title": "T", "date_published": "2031-03-10T18:00:00Z",
         "authors": [{"name": "A. Orsel"}], "content_html": "<p>" + "The mayor would not say. " * 40},
        {"id": 2, "external_url": "https://mail.example/2"}]}),
    "<rdf:RDF xmlns='r'><channel><title>T</title></channel><item><title>x</title><link>https://courier.example/4</link></item></rdf:RDF>",
]

LABELS = ["utf-8", "cp1252", "iso8859-2", "cp1251", "shift_jis", "euc_jp", "iso2022_jp", "gb18030", "big5", "euc_kr", "utf-16-le", "utf-16-be"]
WORDS = "<p>He said “no” — café, Žižek, Київ, 東京の首相, 首相否認 & 총리.</p>"


def record(kind, fields, block):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2031-03-10T00:00:00Z\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in fields)
    return head.encode() + f"Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def response(head, body):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + head + b"\r\n" + body
    fields = [("WARC-Target-URI", "https://post.example/x"), ("Content-Type", "application/http; msgtype=response")]
    return record("response", fields, block)


def archives():
    page = b"<p>The mayor denied it."
    chunked = b"17\r\n" + page + b"\r\n0\r\n\r\n"
    plain = [
        response(b"", page),
        response(b"Transfer-Encoding: chunked\r\n", chunked),
        response(b"Content-Encoding: gzip\r\n", gzip.compress(page, mtime=0)),
        record("warcinfo", [("Content-Type", "application/warc-fields")], b"software: x\r\n"),
        record("conversion", [("WARC-Target-URI", "https://post.example/x"), ("Content-Type", "text/plain")], page),
        record("revisit", [("WARC-Profile", "identical-payload-digest")], b"HTTP/1.1 200 OK\r\n\r\n"),
    ]
    return plain + [gzip.compress(one, mtime=0) for one in plain] + [b"".join(plain)]


def seeds():
    pages = [path.read_bytes() for path in PAGES] + [page.encode() for page in ODD_PAGES]
    yield "page", pages
    yield "feed", [feed.encode() for feed in FEEDS] + [FEEDS[0].encode("utf-16")]
    yield "warc", archives()
    encoded = [bytes([index]) + WORDS.encode(label, "xmlcharrefreplace") for index, label in enumerate(LABELS)]
    encoded += [bytes([index]) + json.dumps({"url": "u", "text": WORDS}, ensure_ascii=index % 2 == 0).encode(label, "replace")
                for index, label in enumerate(LABELS)]
    yield "encoding", encoded


def main():
    folder = Path(sys.argv[1])
    for target, cases in seeds():
        place = folder / target
        place.mkdir(parents=True, exist_ok=True)
        for index, case in enumerate(cases):
            (place / f"seed-{index:03}").write_bytes(case)


main()
