//! Which relay of a claim hangs on which other one, up to where its chain ends. Counting stands in `count`.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_evidence::RevisionId;
use serde::Serialize;

use crate::position::{
    ClaimRecord, Evidence, Hanging, HangingKind, HangsOn, NewsroomKey, Parties, PartyKey, Positions, Relay, RelayKind,
    ReportView, Ruling, Stance, Utterance, UtteranceKey,
};

/// Where a chain of reports ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum End {
    /// What a party said or wrote; all under one command are one.
    Party(PartyKey),
    /// A newsroom that vouches for unnamed sources, or says it in its own voice.
    Newsroom(NewsroomKey),
    /// What a newsroom's reporter saw.
    Observation(NewsroomKey),
    /// An impostor of a masthead.
    Impostor(NewsroomKey),
    /// An utterance of which reports disagree on who made it.
    Disputed(UtteranceKey),
    /// A report that is in the ledger, is the ground of this one, and does not say it.
    Without(RevisionId),
    /// A saying that is named as ground and is not on record.
    Unheard(UtteranceKey),
    /// Reports that hang on each other in a circle; named by its first report.
    Circle(RevisionId),
    /// Set apart by a person's decision.
    Decided(UtteranceKey),
}

/// One relay in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The report.
    pub report: RevisionId,
    /// The utterance that it relays.
    pub utterance: UtteranceKey,
    /// The relay on which it hangs, as an index into the tree; `None` where its chain ends with it.
    pub hangs_on: Option<usize>,
    /// The end of its chain.
    pub end: End,
    /// The rule that hung it there, or made it an end; permanent, in kebab case.
    pub rule: &'static str,
    /// The words.
    pub evidence: Vec<Evidence>,
    /// Whether a basis of its own is shown in words.
    pub is_shown: bool,
    /// Whether it rests on what was withdrawn.
    pub is_withdrawn: bool,
    /// Whether the report says it in its own voice.
    pub is_own_voice: bool,
}

/// Reports that hang on each other in a circle: one origin that comes back as several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Circle {
    /// The reports, by key.
    pub reports: Vec<RevisionId>,
    /// The words that close it.
    pub evidence: Vec<Evidence>,
}

/// One relay while the tree is made.
pub(super) struct Node<'r> {
    pub(super) utterance: &'r Utterance,
    pub(super) relay: &'r Relay,
    pub(super) report: &'r ReportView,
    pub(super) party: &'r PartyKey,
    pub(super) parent: Option<usize>,
    pub(super) end: Option<End>,
    pub(super) rule: &'static str,
    pub(super) evidence: Vec<Evidence>,
    pub(super) is_shown: bool,
}

impl Node<'_> {
    fn is_own_voice(&self, parties: &Parties<'_>) -> bool {
        let own = parties.newsroom(self.party).is_some_and(|newsroom| *newsroom == self.report.newsroom);
        self.relay.basis.is_none()
            && (self.relay.kind == RelayKind::OwnVoice || (own && self.relay.kind != RelayKind::Observed))
    }
}

/// Makes the tree of the affirming relays, by utterance and report.
pub(super) struct Grower<'r> {
    pub(super) record: &'r ClaimRecord,
    pub(super) parties: &'r Parties<'r>,
    pub(super) reports: &'r BTreeMap<RevisionId, &'r ReportView>,
    pub(super) nodes: Vec<Node<'r>>,
    /// Nodes of a report.
    pub(super) by_report: BTreeMap<RevisionId, Vec<usize>>,
    /// Nodes of a newsroom's own reports, the first of each party.
    by_newsroom: BTreeMap<&'r NewsroomKey, Vec<usize>>,
    /// The first node of an utterance in a newsroom's own reports.
    in_newsroom: BTreeMap<(&'r NewsroomKey, &'r UtteranceKey), usize>,
    /// Nodes of an utterance.
    pub(super) by_utterance: BTreeMap<&'r UtteranceKey, Vec<usize>>,
    /// The node of an utterance that was out first: a copy that comes later moves nothing.
    first_told: BTreeMap<&'r UtteranceKey, usize>,
    /// Hangings of a report, the first to be chosen first.
    hangings: BTreeMap<RevisionId, Vec<&'r Hanging>>,
    disputed: BTreeSet<&'r UtteranceKey>,
}

impl<'r> Grower<'r> {
    pub(super) fn new(
        record: &'r ClaimRecord,
        parties: &'r Parties<'r>,
        reports: &'r BTreeMap<RevisionId, &'r ReportView>,
        positions: &'r Positions,
    ) -> Self {
        let disputed: BTreeSet<&UtteranceKey> = positions.disputed.iter().map(|disputed| &disputed.utterance).collect();
        let held = positions.parties.iter().flat_map(|position| {
            let context: BTreeSet<&UtteranceKey> = position.context.iter().map(|held| &held.utterance).collect();
            position
                .history
                .iter()
                .filter(move |held| held.stance == Stance::Affirms && !context.contains(&held.utterance))
        });
        let mut affirming: BTreeSet<&UtteranceKey> = held.map(|held| &held.utterance).collect();
        let open = positions.disputed.iter().filter(|disputed| Stance::of(disputed.act, false) == Stance::Affirms);
        affirming.extend(open.map(|disputed| &disputed.utterance));
        let mut nodes = Vec::new();
        for utterance in record.utterances.iter().filter(|utterance| affirming.contains(&utterance.key)) {
            for relay in &utterance.relays {
                let Some(report) = reports.get(&relay.report).copied() else { continue };
                let party = relay.credits.as_ref().unwrap_or(&utterance.party);
                let evidence = relay.evidence.clone();
                nodes.push(Node {
                    utterance,
                    relay,
                    report,
                    party,
                    parent: None,
                    end: None,
                    rule: "",
                    evidence,
                    is_shown: false,
                });
            }
        }
        nodes.sort_by_key(|node| {
            let relay = node.relay;
            (&node.utterance.key, node.report.revision, relay.kind, node.party, relay.basis.is_none(), &relay.evidence)
        });
        let (mut by_report, mut by_newsroom) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        let mut by_utterance: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let (mut in_newsroom, mut voices) = (BTreeMap::new(), BTreeSet::new());
        for (at, node) in nodes.iter().enumerate() {
            by_report.entry(node.report.revision).or_default().push(at);
            by_utterance.entry(&node.utterance.key).or_default().push(at);
            if !node.report.is_impostor() {
                let newsroom = &node.report.newsroom;
                in_newsroom.entry((newsroom, &node.utterance.key)).or_insert(at);
                if voices.insert((newsroom, node.party, node.relay.kind)) {
                    by_newsroom.entry(newsroom).or_default().push(at);
                }
            }
        }
        let mut hangings: BTreeMap<RevisionId, Vec<&Hanging>> = BTreeMap::new();
        for hanging in &record.hangings {
            hangings.entry(hanging.report).or_default().push(hanging);
        }
        for list in hangings.values_mut() {
            list.sort_by_key(|hanging| (hanging.kind, &hanging.evidence, &hanging.on));
        }
        let first = |all: &Vec<usize>| all.iter().copied().min_by_key(|at| (nodes[*at].report.out().latest(), *at));
        let first_told = by_utterance.iter().filter_map(|(utterance, all)| Some((*utterance, first(all)?))).collect();
        Self {
            record,
            parties,
            reports,
            nodes,
            by_report,
            by_newsroom,
            in_newsroom,
            by_utterance,
            first_told,
            hangings,
            disputed,
        }
    }

    /// Gives every node its parent or its end.
    pub(super) fn grow(&mut self) {
        for at in 0..self.nodes.len() {
            let (parent, end, rule, evidence, is_shown) = self.place(at);
            let node = &mut self.nodes[at];
            (node.parent, node.end, node.rule, node.is_shown) = (parent, end, rule, is_shown);
            if !evidence.is_empty() {
                node.evidence = evidence;
            }
        }
    }

    fn place(&self, at: usize) -> Placed {
        let node = &self.nodes[at];
        let (named, own_voice) = (self.parties.is_named(node.party), node.is_own_voice(self.parties));
        if self.disputed.contains(&node.utterance.key) {
            return end(End::Disputed(node.utterance.key.clone()), "attribution-disputed", Vec::new(), false);
        }
        if let Some(placed) = self.hanging(at, named) {
            return placed;
        }
        if node.report.is_impostor() {
            let impostor = End::Impostor(node.report.newsroom.clone());
            return end(impostor, "impostor-of-a-masthead", node.report.impostor.clone(), false);
        }
        if let Some(rests) = node.utterance.rests_on.as_ref().filter(|rests| rests.utterance != node.utterance.key) {
            return self.ground(rests, named);
        }
        if node.relay.kind == RelayKind::Observed {
            return end(End::Observation(node.report.newsroom.clone()), "own-observation", Vec::new(), true);
        }
        if own_voice {
            let sourced = self.by_report[&node.report.revision].iter().copied().find(|other| {
                let other = &self.nodes[*other];
                other.report.revision == node.report.revision && !other.is_own_voice(self.parties)
            });
            return match sourced {
                Some(other) => (Some(other), None, "own-voice-beside-a-source", Vec::new(), false),
                None => end(End::Newsroom(node.report.newsroom.clone()), "own-voice", Vec::new(), false),
            };
        }
        // Who only tells of reports is no origin of what they say.
        if let Some((basis, of)) = node.relay.basis.as_ref().and_then(|basis| Some((basis, basis.of.as_ref()?)))
            && named
            && *of != node.report.newsroom
        {
            return end(End::Newsroom(of.clone()), "only-stated-ground", basis.evidence.clone(), false);
        }
        if named {
            return end(End::Party(self.parties.head(node.party)), "utterance-of-a-party", Vec::new(), true);
        }
        self.vouched(at)
    }

    /// Unnamed sources, or another outlet that is said to have reported it.
    fn vouched(&self, at: usize) -> Placed {
        let node = &self.nodes[at];
        let basis = node.relay.basis.as_ref();
        let said_by = self.parties.newsroom(node.party);
        let newsroom = basis.and_then(|basis| basis.of.as_ref()).or(said_by).unwrap_or(&node.report.newsroom);
        if *newsroom != node.report.newsroom {
            let words = node.relay.evidence.clone();
            return self.newsroom(at, newsroom, false, "cites-a-newsroom", words);
        }
        let words = basis.map(|basis| basis.evidence.clone()).unwrap_or_default();
        let rule = if basis.is_some() { "unnamed-sources-of-its-own" } else { "unnamed-sources-without-a-basis" };
        end(End::Newsroom(newsroom.clone()), rule, words, basis.is_some())
    }

    /// The utterance that is a saying's only stated ground.
    fn ground(&self, rests: &crate::position::RestsOn, named: bool) -> Placed {
        match self.first_told.get(&rests.utterance) {
            Some(ground) => (Some(*ground), None, "only-stated-ground", rests.evidence.clone(), false),
            None => {
                // What a report says itself rests on a source that it quotes for as much elsewhere.
                let rule = if named { "only-stated-ground" } else { "rests-on-a-saying-beside-it" };
                end(End::Unheard(rests.utterance.clone()), rule, rests.evidence.clone(), false)
            }
        }
    }

    /// Follows the first hanging that holds.
    fn hanging(&self, at: usize, named: bool) -> Option<Placed> {
        let node = &self.nodes[at];
        let own = node
            .relay
            .basis
            .as_ref()
            .is_some_and(|basis| basis.of.as_ref().is_none_or(|newsroom| *newsroom == node.report.newsroom))
            || node.relay.kind == RelayKind::Observed;
        for hanging in self.hangings.get(&node.report.revision).into_iter().flatten() {
            let rule = match hanging.kind {
                HangingKind::Derived => "derived-passage",
                HangingKind::Cites if !own => "only-stated-ground",
                HangingKind::FirstReportedBy if !own => "only-stated-ground",
                _ => continue,
            };
            if !hanging.covers(&node.utterance.key) || self.is_cut(hanging) {
                continue;
            }
            match &hanging.on {
                HangsOn::Report(report) if self.is_same_article(node, *report) => {}
                HangsOn::Report(report) => match self.best(at, self.by_report.get(report), named) {
                    Some(parent) => return Some((Some(parent), None, rule, hanging.evidence.clone(), false)),
                    None if hanging.kind == HangingKind::Derived => {
                        let without = End::Without(*report);
                        let rule = "derived-from-a-report-without-it";
                        return Some(end(without, rule, hanging.evidence.clone(), false));
                    }
                    // The cited report does not carry it: what it is cited for is vouched for by its newsroom.
                    None if !named => {
                        let newsroom = &self.reports.get(report)?.newsroom;
                        return Some(end(End::Newsroom(newsroom.clone()), rule, hanging.evidence.clone(), false));
                    }
                    None => {}
                },
                HangsOn::Newsroom(newsroom) if *newsroom == node.report.newsroom => {}
                HangsOn::Newsroom(newsroom) => {
                    let placed = self.newsroom(at, newsroom, named, rule, hanging.evidence.clone());
                    // Words of a named party are its own, told by an outlet that the ledger has or not.
                    if placed.0.is_some() || !named {
                        return Some(placed);
                    }
                }
            }
        }
        None
    }

    /// A newsroom as ground: the report of it that has the claim, else the newsroom as far as its words are told.
    fn newsroom(
        &self,
        at: usize,
        newsroom: &NewsroomKey,
        named: bool,
        rule: &'static str,
        words: Vec<Evidence>,
    ) -> Placed {
        let node = &self.nodes[at];
        let same = self.in_newsroom.get(&(newsroom, &node.utterance.key)).copied();
        let same = same.filter(|other| !self.is_same_article(node, self.nodes[*other].report.revision));
        if let Some(parent) = same.or_else(|| self.best(at, self.by_newsroom.get(newsroom), named)) {
            return (Some(parent), None, rule, words, false);
        }
        let told = node.relay.basis.as_ref().filter(|basis| basis.of.as_ref() == Some(newsroom));
        end(End::Newsroom(newsroom.clone()), rule, words, told.is_some())
    }

    /// The node of a report to hang on: the same utterance, else for a named party one of the same voice; for others unnamed sources,
    /// what was seen, a named party, own voice, in this order. Never a node of the same article.
    pub(super) fn best(&self, at: usize, nodes: Option<&Vec<usize>>, named: bool) -> Option<usize> {
        let node = self.nodes.get(at)?;
        let rank = |other: &Node<'_>| {
            if other.utterance.key == node.utterance.key {
                return Some(0);
            }
            let other_named = self.parties.is_named(other.party);
            match (named, other_named) {
                (true, true) => self.parties.is_one_voice(node.party, other.party).then_some(1),
                (true, false) => None,
                (false, _) if other.is_own_voice(self.parties) => Some(4),
                (false, _) if other.relay.kind == RelayKind::Observed => Some(2),
                (false, true) => Some(3),
                (false, false) => Some(1),
            }
        };
        let others = nodes?
            .iter()
            .copied()
            .filter(|other| *other != at && !self.is_same_article(node, self.nodes[*other].report.revision));
        others.filter_map(|other| Some((rank(&self.nodes[other])?, other))).min().map(|(_, other)| other)
    }

    /// An article that quotes itself or its earlier revision adds nothing and hangs on nothing by it.
    fn is_same_article(&self, node: &Node<'_>, other: RevisionId) -> bool {
        node.report.revision == other
            || self.reports.get(&other).is_some_and(|report| report.article == node.report.article)
    }

    /// Whether a person has cut it.
    pub(super) fn is_cut(&self, hanging: &Hanging) -> bool {
        let HangsOn::Report(on) = &hanging.on else { return false };
        self.record
            .decisions
            .iter()
            .any(|decision| !decision.taken_back && decision.ruling == Ruling::NotHanging(hanging.report, *on))
    }
}

/// Parent, end, rule, words, whether a basis is shown.
type Placed = (Option<usize>, Option<End>, &'static str, Vec<Evidence>, bool);

fn end(end: End, rule: &'static str, evidence: Vec<Evidence>, is_shown: bool) -> Placed {
    (None, Some(end), rule, evidence, is_shown)
}

/// The own-voice flag of a finished node.
pub(super) fn is_own_voice(node: &Node<'_>, parties: &Parties<'_>) -> bool {
    node.is_own_voice(parties)
}
