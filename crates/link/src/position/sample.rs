//! Claims written down in a few lines, for tests. One line a fact:
//!
//! ```text
//! claim call event 2031-03-06            (kind, and when it is said to have happened)
//! report R newsroom 2031-03-09T20:40Z    (`undated` instead of a time; `impostor` at the end)
//! party P named speaks-for=Q under=G side=S   (`unnamed`, `outlet:newsroom`; named is what a party is that has no line)
//! U P deny in R:told,R2:repeated said=2031-03-10 occasion=briefing answers rests-on=V
//! hangs R derived R2 for=U               (`either-way`, `cites`, `first`; `newsroom:N` for a newsroom)
//! role P participant
//! link presupposes OTHER at=2031-03-09
//! withdraws R 2031-03-13 for=U
//! share U V / allies S T / decides NAME ARGUMENTS
//! ```
//!
//! A relay is `R:kind`, with `+basis` or `+basis=newsroom`, and `/P` where the report credits another party.

use std::collections::BTreeMap;

use onrecord_annotate::Commitment;
use onrecord_evidence::{ArticleId, Quoted, RevisionId, TextRange, Time, TimeSource};

use super::*;

pub(crate) fn time(text: &str) -> Time {
    Time::parse(text, TimeSource::Meta).unwrap()
}

pub(crate) fn revision(report: &str) -> RevisionId {
    RevisionId::of_fields(&[report.as_bytes()])
}

pub(crate) fn evidence(report: &str, words: &str) -> Evidence {
    let words = Quoted::new(words, TextRange::new(0, words.len() as u32)).unwrap();
    // `a.2` is the second revision of article `a`.
    let article = report.split('.').next().unwrap();
    Evidence { article: ArticleId::of_fields(&[article.as_bytes()]), revision: revision(report), words }
}

/// The names of reports, which their keys hide.
pub(crate) fn names(text: &str) -> BTreeMap<RevisionId, String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("report "));
    lines.map(|line| line.split_whitespace().next().unwrap()).map(|name| (revision(name), name.to_owned())).collect()
}

/// The only claim of a text.
pub(crate) fn claim(text: &str) -> ClaimRecord {
    claims(text).remove(0)
}

/// The claims of a text, in its order.
pub(crate) fn claims(text: &str) -> Vec<ClaimRecord> {
    let mut found: Vec<ClaimRecord> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        if words[0] == "claim" {
            found.push(empty(words[1], words.get(2).copied(), words.get(3).copied()));
        } else {
            read(found.last_mut().expect("a claim first"), &words, line);
        }
    }
    found
}

fn empty(name: &str, kind: Option<&str>, happened: Option<&str>) -> ClaimRecord {
    let kind = match kind.unwrap_or("event") {
        "event" => ClaimKind::Event,
        "state" => ClaimKind::State,
        "figure" => ClaimKind::Figure,
        "intention" => ClaimKind::Intention,
        other => panic!("kind {other}"),
    };
    ClaimRecord { happened: happened.map(time), ..ClaimRecord::new(ClaimKey::new(name), kind) }
}

fn option<'l>(words: &[&'l str], name: &str) -> Option<&'l str> {
    words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
}

fn list<K>(words: &[&str], name: &str, key: impl Fn(&str) -> K) -> Vec<K> {
    option(words, name).into_iter().flat_map(|value| value.split(',')).map(key).collect()
}

fn utterance_key(name: &str) -> UtteranceKey {
    UtteranceKey::new(name)
}

fn read(record: &mut ClaimRecord, words: &[&str], line: &str) {
    let utterances = list(words, "for", utterance_key);
    match words[0] {
        "report" => record.reports.push(report(words)),
        "party" => record.parties.push(party(words, line)),
        "hangs" => record.hangings.push(Hanging {
            report: revision(words[1]),
            utterances,
            on: match words[3].strip_prefix("newsroom:") {
                Some(newsroom) => HangsOn::Newsroom(NewsroomKey::new(newsroom)),
                None => HangsOn::Report(revision(words[3])),
            },
            kind: match words[2] {
                "derived" => HangingKind::Derived,
                "either-way" => HangingKind::DerivedEitherWay,
                "cites" => HangingKind::Cites,
                "first" => HangingKind::FirstReportedBy,
                other => panic!("hanging {other}"),
            },
            evidence: vec![evidence(words[1], line)],
        }),
        "role" => record.roles.push(ClaimRole {
            party: PartyKey::new(words[1]),
            role: match words[2] {
                "participant" => RoleKind::Participant,
                "accused" => RoleKind::Accused,
                "record-holder" => RoleKind::RecordHolder,
                other => panic!("role {other}"),
            },
            evidence: vec![evidence("roles", line)],
        }),
        "link" => record.links.push(ClaimLink {
            kind: match words[1] {
                "presupposes" => LinkKind::Presupposes,
                "part-of" => LinkKind::PartOf,
                "same-event" => LinkKind::SameEvent,
                "incompatible" => LinkKind::Incompatible,
                "superseded-by" => LinkKind::SupersededBy,
                "corrected-by" => LinkKind::CorrectedBy,
                "ended-by" => LinkKind::EndedBy,
                "may-be-ended-by" => LinkKind::MayBeEndedBy,
                other => panic!("link {other}"),
            },
            other: ClaimKey::new(words[2]),
            at: option(words, "at").map(time),
            evidence: vec![evidence("links", line)],
        }),
        "withdraws" => {
            let withdrawal = Withdrawal { at: time(words[2]), utterances, evidence: vec![evidence(words[1], line)] };
            let report = record.reports.iter_mut().find(|report| report.revision == revision(words[1])).unwrap();
            report.withdrawals.push(withdrawal);
        }
        "share" => record.sharings.push(Sharing {
            one: utterance_key(words[1]),
            other: utterance_key(words[2]),
            evidence: vec![evidence("share", line)],
        }),
        "allies" => record.allies.push((words[1].to_owned(), words[2].to_owned())),
        "decides" => record.decisions.push(Decision {
            ruling: ruling(words),
            author: "editor".to_owned(),
            at: time("2031-03-20"),
            reason: line.to_owned(),
            taken_back: words.contains(&"taken-back"),
        }),
        _ => record.utterances.push(utterance(words, line)),
    }
}

fn report(words: &[&str]) -> ReportView {
    ReportView {
        article: evidence(words[1], "x").article,
        revision: revision(words[1]),
        outlet: Some(words[2].to_owned()),
        newsroom: NewsroomKey::new(words[2]),
        impostor: words[3..]
            .iter()
            .filter(|word| **word == "impostor")
            .map(|_| evidence(words[1], "impostor"))
            .collect(),
        published: words.get(3).filter(|word| **word != "undated").map(|word| time(word)),
        observed: time("2031-12-30T00:00Z"),
        withdrawals: Vec::new(),
    }
}

fn party(words: &[&str], line: &str) -> PartyView {
    PartyView {
        party: PartyKey::new(words[1]),
        kind: match words[2].strip_prefix("outlet:") {
            Some(newsroom) => PartyKind::Outlet(NewsroomKey::new(newsroom)),
            None if words[2] == "unnamed" => PartyKind::Unnamed,
            None => PartyKind::Named,
        },
        speaks_for: list(words, "speaks-for", |party| PartyKey::new(party)),
        commanded_by: option(words, "under").map(PartyKey::new),
        side: option(words, "side").map(str::to_owned),
        evidence: vec![evidence("parties", line)],
    }
}

fn ruling(words: &[&str]) -> Ruling {
    match words[1] {
        "same" => Ruling::SameOrigin(utterance_key(words[2]), utterance_key(words[3])),
        "apart" => Ruling::ApartOrigin(utterance_key(words[2]), utterance_key(words[3])),
        "not-hanging" => Ruling::NotHanging(revision(words[2]), revision(words[3])),
        "one-origin" => Ruling::Standing(StandingWord::OneOrigin),
        "disputed" => Ruling::Standing(StandingWord::Disputed),
        other => panic!("decision {other}"),
    }
}

fn utterance(words: &[&str], line: &str) -> Utterance {
    let relays = words.iter().position(|word| *word == "in").map(|at| words[at + 1]).unwrap_or_default();
    Utterance {
        key: utterance_key(words[0]),
        party: PartyKey::new(words[1]),
        act: words[2].parse().unwrap(),
        commitment: Commitment::Certain,
        said: option(words, "said").map(time),
        occasion: option(words, "occasion").map(str::to_owned),
        answers: words.iter().filter(|word| **word == "answers").map(|_| evidence("answers", line)).collect(),
        rests_on: option(words, "rests-on")
            .map(|on| RestsOn { utterance: utterance_key(on), evidence: vec![evidence("rests", line)] }),
        relays: relays.split(',').filter(|relay| !relay.is_empty()).map(|text| relay(text, line)).collect(),
    }
}

fn relay(text: &str, line: &str) -> Relay {
    let (text, credits) = text.split_once('/').map_or((text, None), |(text, party)| (text, Some(PartyKey::new(party))));
    let (text, basis) = text.split_once("+basis").map_or((text, None), |(text, of)| (text, Some(of)));
    let (report, kind) = text.split_once(':').unwrap_or((text, "told"));
    Relay {
        report: revision(report),
        kind: match kind {
            "told" => RelayKind::Told,
            "repeated" => RelayKind::Repeated,
            "document" => RelayKind::Document,
            "observed" => RelayKind::Observed,
            "own-voice" => RelayKind::OwnVoice,
            other => panic!("relay {other}"),
        },
        credits,
        nearness: None,
        basis: basis.map(|of| Basis {
            of: of.strip_prefix('=').map(NewsroomKey::new),
            evidence: vec![evidence(report, &format!("basis of {line}"))],
        }),
        evidence: vec![evidence(report, line)],
    }
}
