//! What linking has on the labelled claims: the linked claim that carries each, and all that it says, in the shape of the labels. Not the scores.

use std::collections::{BTreeMap, BTreeSet};

use onrecord::annotate::Act;
use onrecord::evidence::{RevisionId, TextRange};
use onrecord::link::assemble::{Linked, LinkedClaim, LinkedStatement};
use onrecord::link::citing::folded;
use onrecord::link::origin::{OriginCount, origins};
use onrecord::link::position::{PartyKey, UtteranceKey};

use crate::emergent::Doc;
use crate::labelled::{Answer, Edge, Group, Labelled, On, Said, in_file, meets, shared};

/// What was linked, for looking up.
pub struct DrawnUp<'l> {
    linked: &'l Linked,
    docs: BTreeMap<RevisionId, &'l Doc>,
    /// The statements of each article, with the place of their claim.
    statements: BTreeMap<&'l str, Vec<(usize, &'l LinkedStatement)>>,
    /// The edges of each article, by their place.
    cites: BTreeMap<&'l str, Vec<usize>>,
    /// Of each claim, what its utterances do to it and whose they are.
    acts: Vec<BTreeMap<&'l UtteranceKey, (Act, &'l PartyKey)>>,
}

impl<'l> DrawnUp<'l> {
    pub fn new(linked: &'l Linked, docs: BTreeMap<RevisionId, &'l Doc>) -> Self {
        let mut statements: BTreeMap<&str, Vec<(usize, &LinkedStatement)>> = BTreeMap::new();
        let mut acts = Vec::new();
        for (place, claim) in linked.claims.iter().enumerate() {
            for one in &claim.statements {
                if let Some(doc) = docs.get(&one.statement.revision) {
                    statements.entry(&doc.name).or_default().push((place, one));
                }
            }
            acts.push(
                claim.record.utterances.iter().map(|one| (&one.key, (turned(claim, one.act), &one.party))).collect(),
            );
        }
        let mut cites: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, cite) in linked.cites.iter().enumerate() {
            if let Some(doc) = docs.get(&cite.from) {
                cites.entry(&doc.name).or_default().push(place);
            }
        }
        Self { linked, docs, statements, cites, acts }
    }

    /// The linked claim that carries a labelled one: whose statements meet most of what is labelled as on the claim; of several the one that
    /// shares most words with it, then the first.
    pub fn carrying(&self, gold: &Answer) -> Option<usize> {
        let mut met: BTreeMap<usize, (usize, u32)> = BTreeMap::new();
        for (doc, labelled) in &gold.articles {
            let found = self.placed(doc);
            for said in labelled.said.iter().filter(|said| said.on == On::This) {
                let mut known = BTreeSet::new();
                for (place, content) in &found {
                    if meets(content, &said.content) {
                        let sum = met.entry(*place).or_default();
                        sum.0 += usize::from(known.insert(*place));
                        sum.1 += shared(content, &said.content);
                    }
                }
            }
        }
        met.into_iter().max_by_key(|(place, most)| (*most, std::cmp::Reverse(*place))).map(|(place, _)| place)
    }

    fn placed(&self, doc: &str) -> Vec<(usize, Vec<(u32, u32)>)> {
        let found = self.statements.get(doc).into_iter().flatten().filter(|(_, one)| !one.is_beside);
        found.filter_map(|(place, one)| Some((*place, self.content(one)?))).collect()
    }

    fn doc(&self, one: &LinkedStatement) -> Option<&'l Doc> {
        self.docs.get(&one.statement.revision).copied()
    }

    fn content(&self, one: &LinkedStatement) -> Option<Vec<(u32, u32)>> {
        let doc = self.doc(one)?;
        Some(one.statement.ranges.iter().filter_map(|range| in_file(doc, *range)).collect())
    }

    /// All that linking has on the claim at a place, in the articles of `gold`; with no claim everything in them is on other ones.
    pub fn answer(&self, gold: &Answer, place: Option<usize>) -> Answer {
        let mut answer = Answer { claim: gold.claim.clone(), ..Answer::default() };
        for doc in gold.articles.keys() {
            answer.articles.insert(doc.clone(), self.article(doc, place));
        }
        let Some(claim) = place.and_then(|place| self.linked.claims.get(place)) else { return answer };
        let outside = |one: &&LinkedStatement| self.doc(one).is_none_or(|doc| !gold.articles.contains_key(&doc.name));
        answer.foreign = claim.statements.iter().filter(outside).count();
        let origins = origins(&claim.record, None);
        answer.least = Some(origins.least);
        let mut unknown = BTreeSet::new();
        for origin in &origins.origins {
            let names = origin.reports.iter().filter_map(|report| self.docs.get(report)).map(|doc| doc.name.clone());
            if origin.count == OriginCount::Unknown {
                unknown.extend(names);
            } else {
                answer.groups.push(Group { docs: names.collect() });
            }
        }
        if !unknown.is_empty() {
            answer.groups.push(Group { docs: unknown });
        }
        answer
    }

    fn article(&self, name: &str, claim: Option<usize>) -> Labelled {
        let mut found = Labelled::default();
        let mut linked = BTreeSet::new();
        for (place, one) in self.statements.get(name).into_iter().flatten() {
            let Some(doc) = self.doc(one) else { continue };
            linked.insert(one.statement.id);
            let said = one.utterance.as_ref().and_then(|key| self.acts.get(*place)?.get(key)).copied();
            let on = if Some(*place) == claim && !one.is_beside { On::This } else { On::Other };
            let record = doc.report.records.iter().find(|record| Some(record.id) == one.statement.attribution);
            let frame = record.into_iter().flat_map(|record| record.source.iter().chain(&record.cue));
            found.about |= on == On::This;
            found.said.push(Said {
                content: one.statement.ranges.iter().filter_map(|range| in_file(doc, *range)).collect(),
                frame: frame.filter_map(|words| in_file(doc, words.range())).collect(),
                act: said.map(|(act, _)| act),
                on,
                is_own_voice: one.statement.attribution.is_none(),
                party: said.map(|(_, party)| party.to_string()),
            });
        }
        let doc = self.docs.values().find(|doc| doc.name == name);
        // What was put to no claim was read all the same.
        for (doc, statement) in doc.into_iter().flat_map(|doc| doc.statements.iter().map(move |one| (doc, one))) {
            if !linked.contains(&statement.id) {
                let content = statement.ranges.iter().filter_map(|range| in_file(doc, *range)).collect();
                let is_own_voice = statement.attribution.is_none();
                let (frame, party) = (Vec::new(), None);
                found.said.push(Said { content, frame, act: None, on: On::None, is_own_voice, party });
            }
        }
        for cite in self.cites.get(name).into_iter().flatten().filter_map(|place| self.linked.cites.get(*place)) {
            let range: TextRange = cite.words.words.range();
            let Some((doc, words)) = doc.and_then(|doc| Some((doc, in_file(doc, range)?))) else { continue };
            let to = cite.to.and_then(|to| self.docs.values().find(|other| other.report.article == to));
            let to = to.filter(|to| to.name != doc.name).map(|to| to.name.clone());
            let name = folded(&cite.outlet.as_str().replace(' ', ""));
            found.edges.push(Edge { words, name, is_outlet: true, to });
        }
        found
    }
}

/// The act on the claim as Emergent words it, which is never a negation: where the words of the linked claim say that it is not so, affirming
/// is denying.
fn turned(claim: &LinkedClaim, act: Act) -> Act {
    match act {
        Act::Affirm if claim.canonical.is_negated => Act::Deny,
        Act::Deny if claim.canonical.is_negated => Act::Affirm,
        other => other,
    }
}
