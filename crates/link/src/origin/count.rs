//! How many independent origins a claim has at a time. One function; every surface calls it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use onrecord_evidence::{RevisionId, Time};
use serde::Serialize;

use crate::position::{
    ClaimRecord, Evidence, Parties, Positions, Relay, ReportView, Stance, Withdrawn, on_record, reports, settle,
};

use super::first::{FirstAppearance, first};
use super::group::{Groups, Joined, resolve};
use super::tree::{Branch, Circle, End, Grower, is_own_voice};

/// What an origin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginKind {
    /// What a party said or wrote.
    Utterance,
    /// What a newsroom's reporter saw.
    Observation,
    /// A newsroom vouching for unnamed sources, or speaking for itself.
    Newsroom,
    /// Nothing that can be called one: a circle, an impostor, a ground that is not on record.
    None,
}

/// How an origin is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginCount {
    /// Its own basis is shown in words: it counts.
    Counted,
    /// Shown, but it may be one with another that is counted.
    MayBeShared,
    /// No basis of its own is shown: it may be one with any other.
    Unknown,
    /// No longer stood by.
    Withdrawn,
}

/// One end of chains, with the reports that hang on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// Where the chains end; several where a shared passage or a decision made them one.
    pub ends: Vec<End>,
    /// What it is.
    pub kind: OriginKind,
    /// How it counts.
    pub count: OriginCount,
    /// The rules by which its ends are ends; permanent, in kebab case.
    pub rules: Vec<&'static str>,
    /// The words of the relays with which the chains end.
    pub evidence: Vec<Evidence>,
    /// The reports whose chains end here, by key.
    pub reports: Vec<RevisionId>,
}

/// The range of independent origins of a claim, with the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Origins {
    /// At least so many: standing uses it.
    pub least: usize,
    /// So many more may be origins of their own, or none.
    pub unknown: usize,
    /// Every origin, by its first end.
    pub origins: Vec<Origin>,
    /// Every relay that affirms, by utterance and report.
    pub tree: Vec<Branch>,
    /// Circular reporting.
    pub circles: Vec<Circle>,
    /// Reports that rest on a withdrawn origin: rewrites of withdrawn copy, and what cites it.
    pub rest_on_withdrawn: Vec<RevisionId>,
    /// The first known report of the claim by anyone, whatever the act.
    pub first: Option<FirstAppearance>,
}

impl fmt::Display for Origins {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.unknown) {
            (0, 0) => formatter.write_str("none"),
            (0, unknown) => write!(formatter, "none shown, {unknown} unknown"),
            (least, 0) => write!(formatter, "at least {least}"),
            (least, unknown) => write!(formatter, "at least {least}, {unknown} unknown"),
        }
    }
}

impl Origins {
    /// Whether there were origins and none is stood by any more.
    pub fn all_withdrawn(&self) -> bool {
        !self.origins.is_empty() && self.origins.iter().all(|origin| origin.count == OriginCount::Withdrawn)
    }
}

/// The independent origins of `record` as of a time, or on all of it.
///
/// A chain goes from a report to the one from which its passage is taken, or which is its only stated ground, and ends at an utterance, a
/// document, an observation, or a newsroom vouching for unnamed sources. Ends are counted, never reports. An end counts where its own basis
/// is shown in words; if none is, one newsroom that vouches for unnamed sources does. All that stand under one command count once. What may
/// come from one place counts once in [`Origins::least`] and makes the range. A relay shows an origin where it is about as near to the claim as what
/// its report says most directly of it (`Relay::nearness`); one that says something around the claim leaves it unknown.
///
/// ```
/// use onrecord_annotate::{Act, Commitment};
/// use onrecord_evidence::{ArticleId, Quoted, RevisionId, TextRange, Time, TimeSource};
/// use onrecord_link::{origin::origins, position::*};
/// let report = |name: &str, day: &str| ReportView {
///     article: ArticleId::of_fields(&[name.as_bytes()]),
///     revision: RevisionId::of_fields(&[name.as_bytes()]),
///     outlet: Some(name.to_owned()),
///     newsroom: NewsroomKey::new(name),
///     impostor: Vec::new(),
///     published: Time::parse(day, TimeSource::Meta).ok(),
///     observed: Time::parse("2031-03-30", TimeSource::Meta).expect("a date"),
///     withdrawals: Vec::new(),
/// };
/// let (post, herald) = (report("Port Alben Post", "2031-03-09"), report("Straits Herald", "2031-03-10"));
/// let relay = |report: &ReportView, text: &str| {
///     let words = Quoted::new(text, TextRange::new(0, text.len() as u32)).expect("words");
///     let evidence = vec![Evidence { article: report.article, revision: report.revision, words }];
///     let basis = Some(Basis { of: None, evidence: evidence.clone() });
///     Relay { report: report.revision, kind: RelayKind::Told, credits: None, basis, nearness: None, evidence }
/// };
/// let told = relay(&post, "three people familiar with the call told the Post");
/// let copied = relay(&herald, "three people familiar with the call told the Post");
/// let mut call = ClaimRecord::new(ClaimKey::new("the call took place"), ClaimKind::Event);
/// call.hangings = vec![Hanging {
///     report: herald.revision,
///     utterances: Vec::new(),
///     on: HangsOn::Report(post.revision),
///     kind: HangingKind::Derived,
///     evidence: copied.evidence.clone(),
/// }];
/// call.parties = vec![PartyView {
///     party: PartyKey::new("three people"),
///     kind: PartyKind::Unnamed,
///     speaks_for: Vec::new(),
///     commanded_by: None,
///     side: None,
///     evidence: told.evidence.clone(),
/// }];
/// call.utterances = vec![Utterance {
///     key: UtteranceKey::new("it took place"),
///     party: PartyKey::new("three people"),
///     act: Act::Affirm,
///     commitment: Commitment::Certain,
///     said: None,
///     occasion: None,
///     answers: Vec::new(),
///     rests_on: None,
///     relays: vec![told, copied],
/// }];
/// call.reports = vec![post, herald];
/// assert_eq!(origins(&call, None).to_string(), "at least 1");
/// ```
pub fn origins(record: &ClaimRecord, as_of: Option<&Time>) -> Origins {
    let record = on_record(record, as_of);
    count(&record, &settle(&record))
}

/// The origins of a record that was already cut to a time.
pub(crate) fn count(record: &ClaimRecord, positions: &Positions) -> Origins {
    let (parties, reports) = (Parties::of(record), reports(record));
    let mut grower = Grower::new(record, &parties, &reports, positions);
    grower.grow();
    let circles = resolve(&mut grower);
    let mut groups = Groups::of(&mut grower);
    let withdrawn = withdrawn(&grower, positions);

    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for node in 0..grower.nodes.len() {
        if let Some(at) = groups.at(&grower, node) {
            members.entry(at).or_default().push(node);
        }
    }
    let direct = direct(record);
    let mut counts: BTreeMap<usize, OriginCount> = BTreeMap::new();
    for (at, nodes) in &members {
        let standing: Vec<usize> = nodes.iter().copied().filter(|node| !withdrawn[*node]).collect();
        let count = match standing.iter().any(|node| grower.nodes[*node].is_shown && direct(grower.nodes[*node].relay))
        {
            _ if standing.is_empty() => OriginCount::Withdrawn,
            true => OriginCount::Counted,
            false => OriginCount::Unknown,
        };
        counts.insert(*at, count);
    }
    count_sole(&grower, &members, &withdrawn, &mut counts);
    count_shared(&grower, &mut groups, &mut counts);

    let origins = members.iter().map(|(at, nodes)| origin(&grower, nodes, counts[at])).collect();
    let number = |wanted: &[OriginCount]| counts.values().filter(|count| wanted.contains(count)).count();
    let resting = (0..grower.nodes.len()).filter(|node| withdrawn[*node] && grower.nodes[*node].parent.is_some());
    let rest_on_withdrawn: BTreeSet<RevisionId> = resting.map(|node| grower.nodes[node].report.revision).collect();
    Origins {
        least: number(&[OriginCount::Counted]),
        unknown: number(&[OriginCount::Unknown, OriginCount::MayBeShared]),
        origins,
        tree: tree(&grower, &withdrawn),
        circles,
        rest_on_withdrawn: rest_on_withdrawn.into_iter().collect(),
        first: first(record, &reports),
    }
}

/// Of the nearness to the claim of what its report says most directly of it, in hundredths, what a relay needs to show an origin of the claim.
const DIRECT: i32 = 90;

/// Whether what a relay reports is about as near to the claim as anything in its report: what is said around it shows an origin of something else.
fn direct(record: &ClaimRecord) -> impl Fn(&Relay) -> bool + use<> {
    let mut nearest: BTreeMap<RevisionId, i32> = BTreeMap::new();
    for relay in record.utterances.iter().flat_map(|utterance| &utterance.relays) {
        if let Some(nearness) = relay.nearness {
            let best = nearest.entry(relay.report).or_insert(nearness);
            *best = nearness.max(*best);
        }
    }
    move |relay| {
        let best = nearest.get(&relay.report).copied();
        relay.nearness.zip(best).is_none_or(|(nearness, best)| nearness * 100 >= best * DIRECT)
    }
}

/// Which nodes are no longer stood by: withdrawn by their newsroom, taken back by their party, or hanging on such a one.
fn withdrawn(grower: &Grower<'_>, positions: &Positions) -> Vec<bool> {
    let newsrooms: BTreeSet<_> = positions
        .parties
        .iter()
        .filter(|position| position.is(Stance::TakesBack))
        .filter_map(|position| grower.parties.newsroom(&position.party))
        .collect();
    let withdrawals = Withdrawn::of(grower.record, grower.parties, grower.reports);
    let own = |at: usize| {
        let node = &grower.nodes[at];
        let taken_back = positions.of(node.party).is_some_and(|position| {
            position.current.iter().any(|held| held.stance.is_taken()) && !position.is(Stance::Affirms)
        });
        let by_newsroom =
            node.parent.is_none() && matches!(&node.end, Some(End::Newsroom(newsroom)) if newsrooms.contains(newsroom));
        taken_back || by_newsroom || withdrawals.is(node.utterance, node.relay)
    };
    let own: Vec<bool> = (0..grower.nodes.len()).map(own).collect();
    let mut known: Vec<Option<bool>> = vec![None; own.len()];
    for start in 0..own.len() {
        let (mut path, mut at) = (Vec::new(), start);
        let result = loop {
            if let Some(result) = known[at] {
                break result;
            }
            // A circle comes back to a node of the path, which is not withdrawn itself.
            known[at] = Some(false);
            path.push(at);
            match grower.nodes[at].parent {
                _ if own[at] => break true,
                Some(parent) => at = parent,
                None => break false,
            }
        };
        path.into_iter().for_each(|at| known[at] = Some(result));
    }
    known.into_iter().map(|withdrawn| withdrawn == Some(true)).collect()
}

/// Where no origin is shown, one newsroom that vouches for unnamed sources, or one saying on which a report rests, is one: the first that was
/// out.
fn count_sole(
    grower: &Grower<'_>,
    members: &BTreeMap<usize, Vec<usize>>,
    withdrawn: &[bool],
    counts: &mut BTreeMap<usize, OriginCount>,
) {
    if counts.values().any(|count| *count == OriginCount::Counted) {
        return;
    }
    let vouching = members.iter().filter(|(at, _)| counts[at] == OriginCount::Unknown).filter_map(|(at, nodes)| {
        let roots = nodes.iter().map(|node| (&grower.nodes[*node], withdrawn[*node]));
        let roots = roots.filter(|(node, gone)| !gone && SOLE.contains(&node.rule));
        Some((roots.map(|(node, _)| node.report.out().latest()).min()?, *at))
    });
    if let Some((_, at)) = vouching.min() {
        counts.insert(at, OriginCount::Counted);
    }
}

/// Rules by which an end is one where no other is shown.
const SOLE: [&str; 2] = ["unnamed-sources-without-a-basis", "rests-on-a-saying-beside-it"];

/// Of origins that may have been shared, the first of each set counts.
fn count_shared(grower: &Grower<'_>, groups: &mut Groups, counts: &mut BTreeMap<usize, OriginCount>) {
    let mut joined = Joined::new(groups.ends.len());
    for sharing in &grower.record.sharings {
        if groups.is_apart(&sharing.one, &sharing.other) {
            continue;
        }
        let counted = |at: &usize| counts.get(at) == Some(&OriginCount::Counted);
        for one in groups.of_utterance(grower, &sharing.one).into_iter().filter(counted) {
            for other in groups.of_utterance(grower, &sharing.other).into_iter().filter(counted) {
                joined.join(one, other);
            }
        }
    }
    for (at, count) in counts.iter_mut().filter(|(_, count)| **count == OriginCount::Counted) {
        if joined.find(*at) != *at {
            *count = OriginCount::MayBeShared;
        }
    }
}

fn origin(grower: &Grower<'_>, nodes: &[usize], count: OriginCount) -> Origin {
    let nodes = nodes.iter().map(|at| &grower.nodes[*at]);
    // A circle has no end of its own: then all that hang in it are the reason.
    let is_circle = nodes.clone().all(|node| node.parent.is_some());
    let roots = nodes.clone().filter(|node| is_circle || node.parent.is_none());
    let ends: BTreeSet<End> = nodes.clone().filter_map(|node| node.end.clone()).collect();
    let rules: BTreeSet<&'static str> = roots.clone().map(|node| node.rule).collect();
    let evidence: BTreeSet<Evidence> = roots.flat_map(|node| node.evidence.iter().cloned()).collect();
    let reports: BTreeSet<RevisionId> = nodes.map(|node| node.report.revision).collect();
    let kind = ends.iter().map(kind).min().unwrap_or(OriginKind::None);
    Origin {
        ends: ends.into_iter().collect(),
        kind,
        count,
        rules: rules.into_iter().collect(),
        evidence: evidence.into_iter().collect(),
        reports: reports.into_iter().collect(),
    }
}

const fn kind(end: &End) -> OriginKind {
    match end {
        End::Party(_) | End::Decided(_) => OriginKind::Utterance,
        End::Observation(_) => OriginKind::Observation,
        End::Newsroom(_) => OriginKind::Newsroom,
        End::Impostor(_) | End::Disputed(_) | End::Without(_) | End::Unheard(_) | End::Circle(_) => OriginKind::None,
    }
}

fn tree(grower: &Grower<'_>, withdrawn: &[bool]) -> Vec<Branch> {
    let branch = |(at, node): (usize, &super::tree::Node<'_>)| Branch {
        report: node.report.revision,
        utterance: node.utterance.key.clone(),
        hangs_on: node.parent,
        end: node.end.clone().unwrap_or(End::Without(node.report.revision)),
        rule: node.rule,
        evidence: node.evidence.clone(),
        is_shown: node.is_shown,
        is_withdrawn: withdrawn[at],
        is_own_voice: is_own_voice(node, grower.parties),
    };
    grower.nodes.iter().enumerate().map(branch).collect()
}

/// A map of reports, as the record has them.
pub(super) type Reports<'r> = BTreeMap<RevisionId, &'r ReportView>;
