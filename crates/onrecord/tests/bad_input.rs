//! Input that must not mislead linking, from bytes to the ledger: no date, no outlet, a date in the future, one text under many addresses, a paragraph
//! that many articles share, stories whose people have one name, an article that quotes itself. What grows with the number of articles is
//! measured in `benches/growth.rs`.

#![allow(clippy::unwrap_used, reason = "tests fail by panicking")]

use std::sync::OnceLock;

use jiff::Timestamp;

use onrecord::evidence::{Capture, MediaType, Time, TimeSource};
use onrecord::ledger::{At, ClaimQuery, ContestedClaim, Ledger, Lookup};
use onrecord::link::origin::{Doubt, first_appearance, origins};
use onrecord::link::position::{ClaimRecord, StandingWord};
use onrecord::read::Known;
use onrecord::{Keeper, Linking, Pipeline, intake};
use serde_json::{Value, json};

fn shipped() -> &'static (Pipeline, Linking) {
    static SHIPPED: OnceLock<(Pipeline, Linking)> = OnceLock::new();
    SHIPPED.get_or_init(|| {
        let pipeline = Pipeline::shipped().unwrap();
        let linking = Linking::shipped(&pipeline).unwrap();
        (pipeline, linking)
    })
}

/// A ledger with these articles, each a line of JSON.
fn ledger(articles: &[Value]) -> Ledger {
    let (pipeline, linking) = shipped();
    let now: Timestamp = "2033-01-01T00:00:00Z".parse().unwrap();
    let mut ledger = Ledger::in_memory().unwrap();
    let mut keeper = Keeper::new(&mut ledger, pipeline, linking, "test", now).unwrap();
    for (number, article) in articles.iter().enumerate() {
        let capture = Capture {
            bytes: article.to_string().into_bytes(),
            media_type: MediaType::JsonRecord,
            address: None,
            fetched: article["fetched_at"].as_str().map(|at| Time::parse(at, TimeSource::Supplier).unwrap()),
            location: format!("line {number}"),
            delivery: None,
        };
        let (intake, diagnostics) = intake(pipeline, linking, capture, &Known::default(), None);
        keeper.keep(intake.unwrap_or_else(|| panic!("{diagnostics:?}")), now).unwrap();
    }
    keeper.finish(now, |_| ()).unwrap();
    ledger
}

fn article(number: usize, outlet: &str, published: &str, text: &str) -> Value {
    let host: String = outlet.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect();
    json!({ "url": format!("https://{host}.example/{number}"), "outlet": outlet, "published": published, "text": text })
}

fn claims(ledger: &Ledger) -> Vec<ContestedClaim> {
    let query = ClaimQuery { without_standing: true, ..ClaimQuery::default() };
    ledger.contested_claims(&query, &At::default()).unwrap().found
}

/// The claim whose wording has these words.
fn claim(ledger: &Ledger, words: &str) -> ContestedClaim {
    let found = claims(ledger).into_iter().find(|claim| claim.line.wording.contains(words));
    found.unwrap_or_else(|| panic!("no claim has {words:?}"))
}

fn record(ledger: &Ledger, claim: &ContestedClaim) -> ClaimRecord {
    let Lookup::Found(view) = ledger.drawn(&claim.id, &At::default()).unwrap() else { panic!("it is listed") };
    view.claim.record
}

const CALL: &str = "The governor of Tessel, Ida Morrow, signed the salt treaty with the Orvan Union on Monday, according to two \
    officials who were in the room.\n\nThe treaty opens the salt road to Orvan trucks for twenty years.\n";

#[test]
fn one_text_under_many_addresses_is_one_origin() {
    let articles: Vec<Value> =
        (0..30).map(|number| article(number, &format!("Outlet {number}"), "2032-05-04", CALL)).collect();
    let ledger = ledger(&articles);
    let call = claim(&ledger, "salt treaty");
    assert_eq!((call.line.articles, call.line.outlets), (30, 30));
    assert!(call.line.least <= 1, "{:?}", call.line);
    assert_ne!(call.line.standing, StandingWord::SeveralOrigins);
}

#[test]
fn no_date_and_no_outlet() {
    let bare = |number: usize, text: &str| json!({ "url": format!("https://page{number}.example/"), "text": text });
    let ledger = ledger(&[bare(1, CALL), bare(2, &CALL.replace("on Monday", "yesterday")), json!({ "text": CALL })]);
    let call = claim(&ledger, "salt treaty");
    let record = record(&ledger, &call);
    assert_eq!(first_appearance(&record, None), None, "no report is dated");
    assert!(origins(&record, None).least <= 1);
}

#[test]
fn a_date_in_the_future_is_doubted() {
    let mut ahead = article(1, "Tessel Post", "2099-01-01", CALL);
    ahead["fetched_at"] = json!("2032-05-04T10:00:00Z");
    let ledger = ledger(&[ahead]);
    let record = record(&ledger, &claim(&ledger, "salt treaty"));
    let first = first_appearance(&record, None).unwrap();
    assert!(first.doubts.contains(&Doubt::DateInFuture), "{first:?}");
    assert!(first.at.latest() < "2033-01-01T00:00:00Z".parse().unwrap());
}

#[test]
fn an_article_that_quotes_itself_adds_no_origin() {
    let text = "The Tessel Post reported on Monday that Governor Ida Morrow had signed the salt treaty with the Orvan Union, citing two \
        officials.\n\nAs the Tessel Post first reported, the treaty opens the salt road. The Tessel Post has learned that Ida Morrow signed \
        the salt treaty with the Orvan Union.\n";
    let ledger = ledger(&[article(1, "Tessel Post", "2032-05-04", text)]);
    for claim in claims(&ledger) {
        assert!(claim.line.least <= 1, "{claim:?}");
        assert_ne!(claim.line.standing, StandingWord::SeveralOrigins, "{claim:?}");
    }
}

#[test]
fn a_shared_paragraph_joins_no_stories() {
    let shared = "The Orvan Union was founded in 2004 and has nine members, the statistics office says.";
    let stories = [
        "The harbour master of Venn, Olaf Brandt, said that the crane had fallen on Sunday night.",
        "The teachers of Drammel said that they would strike for two days in March.",
        "A court in Port Issel ruled that the mill must close, its spokesman Ari Doll said.",
        "Farmers near Lunde said that the frost had killed a third of the plum trees.",
        "The bakers of Sorrel said that the price of bread would rise by a tenth in autumn.",
        "Police in Halm said that they had found the stolen bell in a barn.",
    ];
    let article = |(number, story): (usize, &&str)| {
        let outlet = format!("Outlet {number}");
        article(number, &outlet, "2032-05-04", &format!("{story}\n\n{shared}\n"))
    };
    let ledger = ledger(&stories.iter().enumerate().map(article).collect::<Vec<_>>());
    for words in ["crane", "strike", "mill must close", "plum trees", "price of bread", "stolen bell"] {
        let claim = claim(&ledger, words);
        assert_eq!(claim.line.articles, 1, "{claim:?}");
    }
}

#[test]
fn people_of_one_name_in_two_stories_stay_apart() {
    let ledger = ledger(&[
        article(
            1,
            "Venn Courier",
            "2032-05-04",
            "The harbour master of Venn, Mark Hall, said that the crane had fallen on Sunday night.",
        ),
        article(
            2,
            "Halm Gazette",
            "2032-09-14",
            "Mark Hall, who sells bread in Halm, denied that he had raised the price of rye bread.",
        ),
    ]);
    let (crane, bread) = (claim(&ledger, "crane"), claim(&ledger, "rye bread"));
    assert_ne!(crane.id, bread.id);
    assert_ne!(crane.event, bread.event);
    assert!(crane.line.deny.is_empty() && bread.line.affirm.is_empty(), "{crane:?} {bread:?}");
}
