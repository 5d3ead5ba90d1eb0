//! What a feed's pages lead to: the robots.txt of each host on the way is asked before anything else of it.

use std::io::Cursor;
use std::time::Duration;

use onrecord_acquire::fetch::{FetchOptions, Fetcher, Network};
use onrecord_acquire::{Input, Limits, captures};
use onrecord_testkit::server::Server;

use super::{PAGE, limits};

/// A host with this robots.txt, and a page everywhere else.
fn host(robots: &'static str) -> Server {
    Server::start(move |request, connection| match request.path.as_str() {
        "/robots.txt" if robots.is_empty() => connection.answer(503, &[], ""),
        "/robots.txt" => connection.answer(200, &[], robots),
        _ => connection.answer(200, &[], PAGE),
    })
}

/// A host whose pages lead to those of `to` under the same path.
fn leading(to: &Server) -> Server {
    let to = to.clone();
    Server::start(move |request, connection| match request.path.as_str() {
        "/robots.txt" => connection.answer(404, &[], ""),
        path => connection.answer(302, &[("Location", &to.url(path))], ""),
    })
}

/// What comes of a feed with these addresses: addresses of pages, ids of what is said.
fn add(addresses: &[String]) -> Vec<String> {
    let items: String = addresses.iter().map(|address| format!("<item><link>{address}</link></item>")).collect();
    let feed = format!("<rss><channel>{items}</channel></rss>");
    let options = FetchOptions { limits: limits(), allow_private: true, ..FetchOptions::default() };
    let network = Network::new(Fetcher::new(options), Duration::ZERO);
    let taken = captures([Input::reader("feed", Cursor::new(feed))], Limits::default()).with_network(network);
    taken.map(|taken| taken.map_or_else(|said| said.id.into_owned(), |capture| capture.address.unwrap())).collect()
}

#[test]
fn the_robots_of_a_host_hold_for_who_is_led_there() {
    let target = host("User-agent: *\nDisallow: /private");
    let from = leading(&target);
    let found = add(&[from.url("/a"), from.url("/private"), from.url("/b")]);
    assert_eq!(found, [target.url("/a"), "robots-forbid".to_owned(), target.url("/b")]);
    let asked: Vec<_> = target.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(asked, ["/robots.txt", "/a", "/b"], "its robots.txt first, and once");
}

#[test]
fn a_host_that_does_not_say_what_it_forbids_is_not_asked() {
    let target = host("");
    let from = leading(&target);
    assert_eq!(add(&[from.url("/a"), from.url("/b")]), ["robots-forbid", "robots-forbid"]);
    assert_eq!((target.hits("/a"), target.hits("/robots.txt")), (0, 1));
    // A host that is not there costs the one that leads to it nothing.
    let nobody = Server::start(|_, connection| _ = connection.raw(""));
    let lost = leading(&nobody);
    let mut pages: Vec<_> = (0..4).map(|number| lost.url(&format!("/{number}"))).collect();
    assert_eq!(add(&pages), ["host-silent"; 4]);
    pages.truncate(1);
    assert_eq!(nobody.hits("/0"), 0);
}

#[test]
fn a_page_may_not_lead_to_what_its_own_host_forbids() {
    let server = Server::start(|request, connection| match request.path.as_str() {
        "/robots.txt" => connection.answer(200, &[], "User-agent: *\nDisallow: /private"),
        "/a" => connection.answer(302, &[("Location", "/private")], ""),
        _ => connection.answer(200, &[], PAGE),
    });
    assert_eq!(add(&[server.url("/a"), server.url("/b")]), ["robots-forbid".to_owned(), server.url("/b")]);
    assert_eq!(server.hits("/private"), 0);
    // Who names a page means what it leads to.
    let options = FetchOptions { limits: limits(), allow_private: true, ..FetchOptions::default() };
    let network = Network::new(Fetcher::new(options), Duration::ZERO);
    let named = captures([Input::Address(server.url("/a"))], Limits::default()).with_network(network);
    assert_eq!(named.flatten().filter_map(|capture| capture.address).collect::<Vec<_>>(), [server.url("/private")]);
}
