//! The citing edges of one article, from its text, its attributions and its credits. Not which outlet of a ledger they lead to.

use std::collections::{BTreeMap, BTreeSet};

use onrecord_annotate::parties::PartyKind;
use onrecord_annotate::sentences;
use onrecord_evidence::{Diagnostic, Quoted, TextRange};

use super::anaphor::{Anaphor, REACH, anaphors};
use super::context::{Context, context};
use super::cover::cover;
use super::kind::{Cited, Citing, CitingKind, Named};
use super::masthead::OutletNames;
use super::mention::{Mention, Names, mentions};
use super::name::{folded, is_head, looks_like_outlet};
use super::own::{MOST, is_own, is_part, own_sourcing};
use super::pattern::{NO_NAMES, NO_OUTLETS, PICTURES, SOURCES};
use super::token::{Token, tokens};
use crate::Report;
use crate::copies::{Credit, CreditForm};

/// Edges of one article at most, the first ones.
const EDGES: usize = 256;
/// Outlets of an article that are remembered, those named last.
const NAMED: usize = 64;
/// Tokens of unnamed sources behind "citing" at most.
const MOST_SOURCES: usize = 14;

/// The citing edges of one article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citings {
    /// The edges, by where their words stand; credits are among them.
    pub edges: Vec<Citing>,
    /// What was left out.
    pub diagnostics: Vec<Diagnostic>,
}

/// Finds by which words `report` cites other outlets. `credits` are those of its text ([`crate::copies::Passages::credits`]); `outlets`
/// knows names of outlets, by the shipped table and, where there is one, the ledger. Linear in the length of the text.
///
/// Its own outlet is cited by nobody: "told the Courier" in the Courier is sourcing of its own.
///
/// Diagnostics: `citings-left-out`, there are more than 256 edges.
pub fn citings(report: &Report, credits: &[Credit], outlets: &dyn OutletNames) -> Citings {
    let blocks: Vec<TextRange> = report.blocks.iter().map(|block| block.range).collect();
    let mut finder = Finder {
        report,
        names: Names { outlets, parties: BTreeSet::new(), people: BTreeSet::new(), asked: BTreeMap::new() },
        named: Vec::new(),
        own: Vec::new(),
        edges: Vec::new(),
    };
    finder.learn_parties();
    for (number, sentence) in sentences(&report.text, &blocks).into_iter().enumerate() {
        finder.sentence(number, sentence);
        if finder.edges.len() > EDGES {
            break;
        }
    }
    finder.credits(credits);
    finder.finish()
}

struct Edge {
    citing: Citing,
    sentence: TextRange,
}

struct Finder<'a> {
    report: &'a Report,
    names: Names<'a>,
    /// Outlets of the article with the sentence in which each was named last.
    named: Vec<(Named, usize)>,
    own: Vec<Quoted>,
    edges: Vec<Edge>,
}

impl Finder<'_> {
    fn learn_parties(&mut self) {
        for candidate in self
            .report
            .records
            .iter()
            .filter_map(|record| record.speaker.as_ref())
            .flat_map(|speaker| &speaker.finding.candidates)
        {
            match candidate.party.kind {
                PartyKind::Outlet | PartyKind::Agency if candidate.party.named => {
                    self.names.parties.insert(folded(&candidate.party.name));
                }
                // One word alone, and what is written like an outlet, is often no person.
                PartyKind::Person
                    if candidate.party.name.contains(' ') && !looks_like_outlet(&candidate.party.name) =>
                {
                    let words = candidate.party.name.split_whitespace().filter(|word| word.len() > 2);
                    self.names.people.extend(words.map(str::to_lowercase));
                }
                _ => {}
            }
        }
    }

    fn sentence(&mut self, number: usize, sentence: TextRange) {
        let text = &self.report.text;
        let tokens = tokens(text, sentence);
        if self.own.len() < MOST {
            self.own.extend(own_sourcing(self.report, &tokens));
        }
        // The words below a picture credit the picture.
        if tokens.iter().find(|token| !token.mark).is_some_and(|first| first.is_any(PICTURES)) {
            return;
        }
        let begun = self.edges.len();
        for mention in mentions(text, &tokens, &mut self.names) {
            self.mention(number, sentence, &tokens, &mention);
        }
        for anaphor in anaphors(&tokens) {
            self.anaphor(number, sentence, &tokens, anaphor);
        }
        self.unnamed_sources(sentence, &tokens);
        self.edges[begun..].sort_by_key(|edge| edge.citing.words.range());
        self.through(begun, &tokens);
    }

    fn mention(&mut self, number: usize, sentence: TextRange, tokens: &[Token<'_>], mention: &Mention) {
        let text = &self.report.text;
        let range = tokens[mention.first].range.hull(tokens[mention.last].range);
        let Ok(words) = Quoted::new(text, range) else { return };
        let article = mention.first.checked_sub(1).is_some_and(|before| tokens[before].lower == "the");
        if is_own(self.report, words.words()) && self.fuller(words.words()).is_empty() {
            return;
        }
        let fuller = self.fuller(words.words());
        // "The Observer's Otto Frane reported": the Observer did. "Frane said" beside "The Frane Post" is Frane.
        let same = |named: &Named| folded(&named.name) == folded(words.words());
        let is_of_outlet = mention.first.checked_sub(1).is_some_and(|before| {
            let token = &tokens[before];
            let is_outlet = |(named, last): &(Named, usize)| {
                *last == number
                    && token.possessive
                    && named.name.ends_with(token.words.trim_end_matches("'s").trim_end_matches("’s"))
            };
            self.named.iter().any(is_outlet)
        });
        let is_person = self.names.is_wholly_person(words.words()) && !fuller.iter().any(same);
        if (is_of_outlet && !looks_like_outlet(words.words())) || is_person {
            return;
        }
        let short = mention.first == mention.last && article && is_head(words.words());
        let is_outlet = mention.sure || !fuller.is_empty() || short;
        let Some(context) = context(tokens, mention) else {
            if mention.sure {
                self.remember(Named { name: words.words().to_owned(), named_at: words }, number);
            }
            return;
        };
        if !is_outlet && !self.can_be_outlet(tokens, mention, words.words(), context) {
            return;
        }
        let cited = match fuller.as_slice() {
            [] => {
                Cited::Outlet(self.remember(Named { name: words.words().to_owned(), named_at: words.clone() }, number))
            }
            [one] => Cited::Outlet(self.remember(one.clone(), number)),
            several => Cited::OneOf(several.to_vec()),
        };
        let whole = tokens[context.first].range.hull(tokens[context.last].range);
        self.add(context.kind, whole, cited, sentence);
    }

    /// The outlets named before of whose name this is a part, or which have this name.
    fn fuller(&self, name: &str) -> Vec<Named> {
        let key = folded(name);
        let same: Vec<Named> =
            self.named.iter().filter(|(named, _)| folded(&named.name) == key).map(|(named, _)| named.clone()).collect();
        if !same.is_empty() {
            return same;
        }
        self.named.iter().filter(|(named, _)| is_part(name, &named.name)).map(|(named, _)| named.clone()).collect()
    }

    /// Whether a name that nothing shows to be an outlet's can be one where words cite it.
    fn can_be_outlet(&self, tokens: &[Token<'_>], mention: &Mention, name: &str, context: Context) -> bool {
        let origin = ["ian", "ean", "ish", "ese", "raqi", "aeli", "rench"].iter().any(|end| name.ends_with(end));
        if self.names.is_person(name) || NO_OUTLETS.contains(&folded(name).as_str()) || origin {
            return false;
        }
        let single = mention.first == mention.last;
        // Written like no word and no person: "iVint", "9to5Vint", "VINT".
        let odd = single && name.chars().skip(1).any(|letter| letter.is_uppercase() || letter.is_numeric());
        let before = mention.first.checked_sub(1).map(|before| &tokens[before]);
        let behind = |words: &[&str]| before.is_some_and(|token| words.contains(&token.words));
        match context.kind {
            CitingKind::Told => odd || behind(&["The"]),
            _ if !context.strong => false,
            // "Otto Frane reported", "Residents reported": the verb alone shows no outlet; behind a quotation or "as" it does.
            CitingKind::Reported if context.first == mention.first => {
                odd || behind(&["As", "as"]) || (single && behind(&[",", "”", "\"", "’"]))
            }
            _ => true,
        }
    }

    fn remember(&mut self, named: Named, number: usize) -> Named {
        let key = folded(&named.name);
        match self.named.iter().position(|(known, _)| folded(&known.name) == key) {
            Some(at) => {
                let (known, _) = self.named.remove(at);
                self.named.push((known.clone(), number));
                known
            }
            None => {
                if self.named.len() == NAMED {
                    self.named.remove(0);
                }
                self.named.push((named.clone(), number));
                named
            }
        }
    }

    fn anaphor(&mut self, number: usize, sentence: TextRange, tokens: &[Token<'_>], anaphor: Anaphor) {
        let range = tokens[anaphor.first].range.hull(tokens[anaphor.last].range);
        if self.edges.iter().rev().take(16).any(|edge| edge.citing.words.range().overlaps(range)) {
            return;
        }
        let Ok(words) = Quoted::new(&self.report.text, range) else { return };
        if anaphor.open {
            self.add(anaphor.kind, range, Cited::UnnamedOutlet(words), sentence);
            return;
        }
        let reach = if anaphor.weak { 1 } else { REACH };
        // Only what was cited can be taken up again: an outlet that is merely named is none.
        let cited = |named: &Named| self.edges.iter().any(|edge| edge.citing.outlet() == Some(named));
        let recent: Vec<&(Named, usize)> =
            self.named.iter().filter(|(named, last)| last + reach >= number && cited(named)).collect();
        let Some(nearest) = recent.iter().map(|(_, last)| *last).max() else { return };
        if anaphor.weak && nearest == number {
            return;
        }
        let near: Vec<Named> =
            recent.iter().filter(|(_, last)| *last == nearest).map(|(named, _)| named.clone()).collect();
        let cited = match near.as_slice() {
            [] => return,
            [one] => Cited::Outlet(self.remember(one.clone(), number)),
            _ => Cited::OneOf(near),
        };
        self.add(anaphor.kind, range, cited, sentence);
    }

    /// "citing people familiar with the matter", behind a report of another outlet.
    fn unnamed_sources(&mut self, sentence: TextRange, tokens: &[Token<'_>]) {
        for at in 0..tokens.len() {
            let citing = tokens[at].is_any(&["citing", "quoting"])
                || (tokens[at].is_any(&["cited", "quoted", "cites", "quotes"])
                    && at > 0
                    && (tokens[at - 1].is_any(&[
                        "which",
                        "who",
                        "it",
                        "and",
                        "paper",
                        "newspaper",
                        "agency",
                        "has",
                        "had",
                    ]) || tokens[at - 1].capital));
            if !citing || tokens.get(at + 1).is_none_or(|next| next.lower == "by") {
                continue;
            }
            let stops = |token: &Token<'_>| {
                token.mark && token.words != "-"
                    || token.is_any(&["said", "says", "reported", "reports", "that", "as", "who"])
            };
            let len = tokens[at + 1..].iter().take(MOST_SOURCES).take_while(|token| !stops(token)).count();
            let phrase = &tokens[at + 1..at + 1 + len];
            let noun = phrase
                .iter()
                .take_while(|token| !token.is_any(&["with", "of", "from", "in", "close", "familiar"]))
                .any(|token| token.is_any(SOURCES));
            let (Some(first), Some(last)) = (phrase.first(), phrase.last()) else { continue };
            let Ok(named) = Quoted::new(&self.report.text, first.range.hull(last.range)) else { continue };
            if noun {
                self.add(CitingKind::Citing, tokens[at].range.hull(last.range), Cited::UnnamedSources(named), sentence);
            }
        }
    }

    /// Whom a cited report cites hangs on that report: "X reported, citing Y, which cited people".
    fn through(&mut self, begun: usize, tokens: &[Token<'_>]) {
        for at in begun..self.edges.len() {
            if self.edges[at].citing.kind != CitingKind::Citing {
                continue;
            }
            let before =
                (begun..at).rev().find(|other| !matches!(self.edges[*other].citing.cited, Cited::UnnamedSources(_)));
            // "Citing Y, X reported": the report comes behind.
            let leads = tokens.first().is_some_and(|first| self.edges[at].citing.words.range().contains(first.range));
            let behind =
                (at + 1..self.edges.len()).find(|other| leads && self.edges[*other].citing.kind != CitingKind::Citing);
            self.edges[at].citing.through = before.or(behind);
        }
    }

    fn credits(&mut self, credits: &[Credit]) {
        for credit in credits {
            let kind = match credit.form {
                CreditForm::Dateline => CitingKind::Dateline,
                CreditForm::CreditLine | CreditForm::Agencies => CitingKind::Credit,
                CreditForm::FirstReported => CitingKind::FirstReportedBy,
            };
            let range = credit.words.range();
            let cited = match &credit.name {
                Some(name) if is_own(self.report, name.words()) || !self.is_text_credit(credit, name.words()) => {
                    continue;
                }
                None if credit.form != CreditForm::Agencies => continue,
                Some(name) => {
                    let fuller = self.fuller(name.words());
                    let bare = name
                        .words()
                        .strip_prefix("the ")
                        .or_else(|| name.words().strip_prefix("The "))
                        .unwrap_or(name.words());
                    let named = Named { name: bare.to_owned(), named_at: name.clone() };
                    match fuller.as_slice() {
                        [] => Cited::Outlet(self.remember(named, 0)),
                        [one] => Cited::Outlet(one.clone()),
                        _ => Cited::OneOf(fuller),
                    }
                }
                None => Cited::Agencies,
            };
            if self.edges.iter().any(|edge| edge.citing.words.range().overlaps(range) && edge.citing.cited == cited) {
                continue;
            }
            self.add(kind, range, cited, range);
        }
    }

    /// Whether a credit is for the text, and not for a picture.
    fn is_text_credit(&self, credit: &Credit, name: &str) -> bool {
        let start = credit.words.range().start as usize;
        let line = self.report.text[..start].rfind('\n').map_or(0, |at| at + 1);
        let lead = self.report.text[line..credit.words.range().end as usize]
            .trim_start_matches(['(', '[', ' '])
            .to_lowercase();
        let lower = name.to_lowercase();
        let is_name = !NO_OUTLETS.contains(&folded(name).as_str()) && !NO_NAMES.contains(&lower.as_str());
        !PICTURES.iter().any(|word| lead.starts_with(word)) && is_name
    }

    fn add(&mut self, kind: CitingKind, words: TextRange, cited: Cited, sentence: TextRange) {
        let Ok(words) = Quoted::new(&self.report.text, words) else { return };
        let citing = Citing {
            kind,
            words,
            cited,
            through: None,
            statements: Vec::new(),
            reach: Vec::new(),
            own_sourcing: Vec::new(),
        };
        self.edges.push(Edge { citing, sentence });
    }

    fn finish(mut self) -> Citings {
        let mut order: Vec<usize> = (0..self.edges.len()).collect();
        order.sort_by_key(|at| (self.edges[*at].citing.words.range(), *at));
        let place: BTreeMap<usize, usize> = order.iter().enumerate().map(|(to, from)| (*from, to)).collect();
        let diagnostics = if self.edges.len() > EDGES {
            let message = format!("more than {EDGES} citing edges; the first ones are kept");
            vec![Diagnostic::note("citings-left-out", message).at(self.report.revision.to_string())]
        } else {
            Vec::new()
        };
        let mut edges: Vec<Citing> = Vec::with_capacity(order.len());
        for from in order.into_iter().take(EDGES) {
            let sentence = self.edges[from].sentence;
            let mut citing = self.edges[from].citing.clone();
            citing.through = citing.through.and_then(|other| place.get(&other).copied()).filter(|to| *to < EDGES);
            cover(self.report, &mut citing, sentence);
            citing.own_sourcing.clone_from(&self.own);
            edges.push(citing);
        }
        self.edges.clear();
        Citings { edges, diagnostics }
    }
}
