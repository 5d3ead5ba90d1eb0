//! From a reading to its layers: spans by a model, act, hedges and manner by tables. Nothing that the words leave open is decided.

use onrecord_evidence::{Diagnostic, Reading, TextRange};

use crate::figures::{FigureTable, figures};
use crate::frame::Frame;
use crate::layout::{Page, arrange};
use crate::manner::Quotations;
use crate::parties::{Credit, Form, Parties, Party, PartyKind, PartyTables, parties};
use crate::relay::{RelaySpans, RelayTable, relays};
use crate::{
    ActTable, AttributionSpans, DateAnchors, DateExpression, DateUnit, HedgeTable, Layers, LikelyCues, PlaceFinder,
    PlaceInput, ScoredSpans, Setting, SpanReader, dates, sentences,
};

/// The model and the tables that annotate.
pub struct Annotator<'pipeline> {
    /// Finds the spans.
    pub reader: &'pipeline dyn SpanReader,
    /// Knows phrases that are likely cues.
    pub likely_cues: &'pipeline LikelyCues,
    /// Gives each attribution its act.
    pub acts: &'pipeline ActTable,
    /// Knows the hedges.
    pub hedges: &'pipeline HedgeTable,
    /// Knows the words of figures.
    pub figures: &'pipeline FigureTable,
    /// Knows countries, metonyms, outlets, titles, given names.
    pub parties: &'pipeline PartyTables,
    /// Knows the words of unnamed sources, channels and hedges.
    pub relays: &'pipeline RelayTable,
    /// Knows the places of the world; without it no place is found.
    pub places: Option<&'pipeline PlaceFinder>,
}

impl Annotator<'_> {
    /// The layers of a reading that came out in `setting`: attributions by the place of their cue, dates, figures; and what could not be read or
    /// kept.
    pub fn annotate(&self, reading: &Reading, setting: &Setting) -> (Layers, Vec<Diagnostic>) {
        let text = reading.text();
        let page = Page::new(text, reading.blocks());
        let sentences = sentences(text, &page.ranges);
        let interpreter = Interpreter::new(text, self.acts, self.hedges);
        let mut attributions = Vec::new();
        let mut diagnostics = Vec::new();
        for spans in arrange(&page, self.read_sections(text, &page.sections(), &sentences)) {
            match interpreter.interpret(&spans) {
                Some(attribution) => attributions.push(attribution),
                None => diagnostics.push(Diagnostic::note(
                    "attribution-without-words",
                    format!("expected words for cue and content, found {:?} and {:?}", spans.cue, spans.content),
                )),
            }
        }
        attributions.sort_by(|one, other| {
            let place = |spans: &AttributionSpans| (spans.cue.clone(), spans.content.clone(), spans.source.clone());
            place(one).cmp(&place(other))
        });
        let dateline = page.dateline();
        let (dates, found) = dates(text, &anchors(dateline.and_then(|range| range.slice(text)), setting));
        diagnostics.extend(found);
        let (figures, found) = figures(text, &sentences, self.figures);
        diagnostics.extend(found);
        let credits: Vec<Credit<'_>> = attributions
            .iter()
            .map(|AttributionSpans { source, cue, content, .. }| Credit { source, cue, content })
            .collect();
        let parties = parties(text, reading.blocks(), &sentences, &credits, self.parties);
        let spans: Vec<RelaySpans<'_>> = attributions
            .iter()
            .map(|AttributionSpans { source, cue, content, .. }| RelaySpans { source, cue, content })
            .collect();
        let relays = relays(text, &sentences, &spans, self.relays);
        let input = PlaceInput { names: &names(&parties), country: None };
        let places = self.places.map(|finder| finder.places(text, &input)).unwrap_or_default();
        (Layers { sentences, attributions, dateline, dates, figures, places, parties, relays }, diagnostics)
    }

    /// What the model finds in each section as if it were all of the text.
    fn read_sections(&self, text: &str, sections: &[TextRange], sentences: &[TextRange]) -> Vec<ScoredSpans> {
        let likely_cues = self.likely_cues.find(text);
        if sections.len() < 2 {
            return self.reader.read(text, sentences, &likely_cues);
        }
        let mut found = Vec::new();
        for section in sections {
            let inside = |ranges: &[TextRange]| -> Vec<TextRange> {
                let first = ranges.partition_point(|range| range.end <= section.start);
                let own = ranges[first..].iter().take_while(|range| range.start < section.end);
                let own = own.filter(|range| section.contains(**range));
                own.map(|range| TextRange::new(range.start - section.start, range.end - section.start)).collect()
            };
            let words = section.slice(text).unwrap_or_default();
            for mut spans in self.reader.read(words, &inside(sentences), &inside(&likely_cues)) {
                for range in spans.source.iter_mut().chain(&mut spans.cue).chain(&mut spans.content) {
                    *range = TextRange::new(range.start + section.start, range.end + section.start);
                }
                found.push(spans);
            }
        }
        found
    }
}

/// Where people are named, in text order: no place is looked for inside. Only people with more than one name: what stands alone may be a place.
fn names(parties: &Parties) -> Vec<TextRange> {
    let is_person = |party: &&Party| party.named && party.kind == PartyKind::Person && party.name.contains(' ');
    let people = parties.parties.iter().filter(is_person);
    let mentions = people.flat_map(|party| &party.mentions);
    let named = mentions.filter(|mention| matches!(mention.form, Form::Name | Form::Alias));
    let mut names: Vec<TextRange> = named.map(|mention| mention.range).collect();
    names.sort_unstable();
    names
}

/// From which days dates are counted: the dateline's own date is counted from the day of publication.
fn anchors(dateline: Option<&str>, setting: &Setting) -> DateAnchors {
    let anchors = DateAnchors {
        publication: setting.published,
        received: setting.received,
        order: setting.order,
        ..DateAnchors::default()
    };
    let day = |date: &DateExpression| (date.value.granularity == DateUnit::Day).then(|| date.value.bounds.start())?;
    let dateline = dateline.and_then(|words| dates(words, &anchors).0.iter().find_map(day));
    DateAnchors { dateline, ..anchors }
}

/// Says what scored spans of one text mean. Gold spans can be given as well as a model's.
///
/// ```
/// use onrecord_annotate::{Act, ActTable, HedgeTable, Interpreter, ScoredSpans};
/// use onrecord_evidence::TextRange;
/// # let acts = ActTable::parse("[[row]]\nid='denied'\nact='deny'\nsource='own'\ncue=['denied']\nyes=['x']")?;
/// # let hedges = HedgeTable::parse("row=[]")?;
/// let text = "The harbour master denied the report.";
/// let spans = ScoredSpans {
///     source: vec![TextRange::new(0, 18)],
///     cue: vec![TextRange::new(19, 25)],
///     content: vec![TextRange::new(26, 36)],
///     score: 1.0,
/// };
/// let attribution = Interpreter::new(text, &acts, &hedges).interpret(&spans);
/// assert_eq!(attribution.map(|attribution| attribution.act.act), Some(Act::Deny));
/// # Ok::<(), onrecord_annotate::TableError>(())
/// ```
pub struct Interpreter<'text> {
    text: &'text str,
    acts: &'text ActTable,
    hedges: &'text HedgeTable,
    quotations: Quotations,
}

impl<'text> Interpreter<'text> {
    /// Looks through `text` once for its quotations.
    pub fn new(text: &'text str, acts: &'text ActTable, hedges: &'text HedgeTable) -> Self {
        Self { text, acts, hedges, quotations: Quotations::new(text) }
    }

    /// Act, commitment, hedges and manner of one attribution, its spans made canonical: trimmed, in text order, pieces of one line with
    /// nothing but white space between them joined. `None` where no word is left of its cue or its content.
    pub fn interpret(&self, spans: &ScoredSpans) -> Option<AttributionSpans> {
        let spans = ScoredSpans {
            source: canonical(self.text, &spans.source),
            cue: canonical(self.text, &spans.cue),
            content: canonical(self.text, &spans.content),
            score: thousandths(spans.score),
        };
        if spans.cue.is_empty() || spans.content.is_empty() {
            return None;
        }
        let frame = Frame::new(self.text, &spans);
        let (act, base) = self.acts.find(&frame);
        let hedges = self.hedges.find(self.text, &spans, &frame, &self.quotations);
        let commitment = hedges.iter().map(|hedge| hedge.commitment).chain([base]).max().unwrap_or(base);
        let manner = self.quotations.manner(self.text, &spans.content);
        let ScoredSpans { source, cue, content, score } = spans;
        Some(AttributionSpans { source, cue, content, score, act, commitment, hedges, manner })
    }
}

/// Trimmed, in order, joined over white space but not over a line break, which may end a block; ranges that do not fit the text are left out.
fn canonical(text: &str, ranges: &[TextRange]) -> Vec<TextRange> {
    let mut trimmed: Vec<TextRange> = ranges.iter().filter_map(|range| range.trimmed(text)).collect();
    trimmed.sort_unstable();
    let mut joined: Vec<TextRange> = Vec::with_capacity(trimmed.len());
    for range in trimmed {
        match joined.last_mut() {
            Some(last) if touches(text, *last, range) => *last = last.hull(range),
            _ => joined.push(range),
        }
    }
    joined
}

fn touches(text: &str, last: TextRange, next: TextRange) -> bool {
    next.start <= last.end
        || text
            .get(last.end as usize..next.start as usize)
            .is_some_and(|gap| gap.trim().is_empty() && !gap.contains('\n'))
}

/// Between 0 and 1 and rounded, so that the last bits of a float decide nothing.
fn thousandths(score: f32) -> f32 {
    if score.is_nan() { 0.0 } else { (score.clamp(0.0, 1.0) * 1000.0).round() / 1000.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parties::PartyFiles;
    use onrecord_evidence::OffsetMap;

    struct Given(Vec<ScoredSpans>);

    impl SpanReader for Given {
        fn read(&self, _: &str, _: &[TextRange], _: &[TextRange]) -> Vec<ScoredSpans> {
            self.0.clone()
        }
    }

    #[test]
    fn spans_become_canonical_and_sorted() {
        let text = "He said  it. She said no.".to_owned();
        let range = TextRange::new;
        let reading = Reading::new(text.clone(), OffsetMap::identity(0, text.len() as u32), vec![]).unwrap();
        let reader = Given(vec![
            ScoredSpans { cue: vec![range(17, 21)], content: vec![range(21, 24)], source: vec![], score: 7.0 },
            ScoredSpans {
                cue: vec![range(3, 8)],
                content: vec![range(9, 11)],
                source: vec![range(0, 3)],
                score: f32::NAN,
            },
            ScoredSpans { cue: vec![range(7, 9)], content: vec![range(9, 11)], source: vec![], score: 0.5 },
        ]);
        let (acts, hedges) = (ActTable::parse("row=[]").unwrap(), HedgeTable::parse("row=[]").unwrap());
        let likely_cues = LikelyCues::parse("row = []").unwrap();
        let figures = FigureTable::parse(include_str!("../../../models/figures/figures.toml")).unwrap();
        let party_tables = PartyTables::parse(PartyFiles {
            countries: include_str!("../../../models/places/countries.toml"),
            regions: include_str!("../../../models/parties/regions.toml"),
            metonyms: include_str!("../../../models/parties/metonyms.toml"),
            outlets: include_str!("../../../models/parties/outlets.toml"),
            titles: include_str!("../../../models/parties/titles.toml"),
            given_names: include_str!("../../../models/parties/given_names.toml"),
        })
        .unwrap();
        let relay_table = RelayTable::parse(
            include_str!("../../../models/hedges/lexicon.toml"),
            include_str!("../../../models/relay/relay.toml"),
        )
        .unwrap();
        let annotator = Annotator {
            reader: &reader,
            likely_cues: &likely_cues,
            acts: &acts,
            hedges: &hedges,
            figures: &figures,
            parties: &party_tables,
            relays: &relay_table,
            places: None,
        };
        let (layers, diagnostics) = annotator.annotate(&reading, &Setting::default());
        let found: Vec<_> =
            layers.attributions.iter().map(|found| (found.cue[0], found.content[0], found.score)).collect();
        assert_eq!(found, [(range(3, 7), range(9, 11), 0.0), (range(17, 21), range(22, 24), 1.0)]);
        assert_eq!(layers.attributions[0].source, [range(0, 2)]);
        assert_eq!(diagnostics.len(), 1);
        assert_eq!(layers.sentences.len(), 2);
    }

    #[test]
    fn pieces_with_white_space_between_are_one() {
        let range = TextRange::new;
        assert_eq!(
            canonical("a b  c, d", &[range(5, 6), range(0, 1), range(2, 4), range(7, 9), range(3, 3)]),
            [range(0, 6), range(8, 9)]
        );
    }
}
