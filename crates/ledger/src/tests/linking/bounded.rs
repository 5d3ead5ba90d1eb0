//! The work for one more article does not grow with the ledger.

use onrecord_testkit::copies::{copies, invented};

use super::*;
use crate::linking::{Store, link_capture};

/// Stories of one set of templates with 20 lightly rewritten copies each, in the order of linking.
pub(super) fn stream(articles: usize) -> Vec<Page> {
    let mut pages = Vec::new();
    for story in 0..articles.div_ceil(20) {
        for (number, copy) in copies(&invented(story as u64), 20).iter().enumerate() {
            let address = format!("https://outlet-{number}.example/{story}");
            let (day, hour) = (1 + story % 28, number);
            let text = format!(
                "The mayor said that {}. {}",
                copy.text().replace('\n', " ").trim_end_matches('.'),
                copy.text()
            );
            let month = 1 + story / 28;
            let bytes = format!("Outlet: Outlet {number}\nDate: 2031-{month:02}-{day:02}T{hour:02}:00Z\n\n{text}");
            pages.push(Page {
                address: Box::leak(address.into_boxed_str()),
                fetched: None,
                bytes: Box::leak(bytes.into_boxed_str()),
            });
        }
    }
    pages.truncate(articles);
    pages
}

/// What linking each of these pages asks of the tables, one page after the other.
fn asked(tools: &Tools, ledger: &mut Ledger, pages: &[Page]) -> Vec<u64> {
    let mut counts = Vec::new();
    for page in pages {
        let intake = tools.intake(page);
        ledger.add(std::slice::from_ref(&intake), "test", now(NOW)).unwrap();
        let transaction = ledger.write().unwrap();
        let store = Store::new(&transaction);
        crate::linking::activate(&transaction, &tools.linker(), "test", now(NOW)).unwrap();
        link_capture(&store, &intake.capture.id(), &tools.linker()).unwrap();
        counts.push(store.asked());
        drop(store);
        transaction.commit().unwrap();
    }
    counts
}

#[test]
fn an_article_more_asks_for_no_more() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    let counts = asked(&tools, &mut ledger, &stream(120));
    let mean = |counts: &[u64]| counts.iter().sum::<u64>() / counts.len() as u64;
    let (early, late) = (mean(&counts[40..70]), mean(&counts[90..]));
    assert!(late * 100 <= early * 130, "{early} rows an article at first, {late} later: {counts:?}");
    let most = counts.iter().max().copied().unwrap_or(0);
    assert!(most < 20_000, "{most} rows for one article");
    assert_eq!(ledger.link_state().unwrap().linked, 120);
    assert_eq!(ledger.verify(decoded).unwrap().failures, []);
}

#[test]
fn one_paragraph_under_many_articles_is_looked_at_a_bounded_number_of_times() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    let pages: Vec<Page> = (0..80)
        .map(|number| {
            let bytes = format!(
                "Outlet: Outlet {}\nDate: 2031-03-06T00:{:02}Z\n\n\
                 The harbour master said that ferry {number} had left the quay of village {number} empty. \
                 The council of Sorrel had agreed last winter that no ferry was to leave its quay without a pilot on board.",
                number % 7,
                number % 60
            );
            let address = format!("https://outlet.example/ferry-{number:03}");
            Page { address: Box::leak(address.into_boxed_str()), fetched: None, bytes: Box::leak(bytes.into_boxed_str()) }
        })
        .collect();
    let counts = asked(&tools, &mut ledger, &pages);
    let mean = |counts: &[u64]| counts.iter().sum::<u64>() / counts.len() as u64;
    let (early, late) = (mean(&counts[20..40]), mean(&counts[60..]));
    assert!(late * 100 <= early * 130, "{early} rows an article at first, {late} later: {counts:?}");
    let crowd: i64 = ledger
        .connection
        .query_row("SELECT max(n) FROM (SELECT count(*) AS n FROM paragraph GROUP BY outlet, key)", [], |row| {
            row.get(0)
        })
        .unwrap();
    assert!(crowd <= 16, "{crowd} articles are counted for one paragraph");
}

#[test]
fn one_text_without_date_and_outlet_under_many_addresses() {
    let tools = Tools::shipped();
    let mut ledger = ledger();
    let pages: Vec<Page> = (0..60)
        .map(|number| Page {
            address: Box::leak(format!("https://mirror-{number}.example/ferry").into_boxed_str()),
            fetched: None,
            bytes: "The harbour master of Sorrel said that the last ferry to the islands had left the quay without a pilot on board. \
                    The council of Sorrel denied that the harbour master had asked for a pilot before the ferry left the quay.",
        })
        .collect();
    let counts = asked(&tools, &mut ledger, &pages);
    let mean = |counts: &[u64]| counts.iter().sum::<u64>() / counts.len() as u64;
    let (early, late) = (mean(&counts[10..30]), mean(&counts[40..]));
    assert!(late * 100 <= early * 130, "{early} rows an article at first, {late} later: {counts:?}");
    let (keys, copyings): (i64, i64) = ledger
        .connection
        .query_row(
            "SELECT (SELECT count(DISTINCT report) FROM passage_key), (SELECT count(*) FROM copying)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!((keys, copyings), (1, 59), "one stands for the others");
    tools.relink(&mut ledger);
    sound(&mut ledger, &tools);
}
