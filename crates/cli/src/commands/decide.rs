//! `onrecord accept`, `reject`, `merge`, `split`, `move`, `undo`: what a person decides about claims. A decision is kept with author and reason, holds on to
//! exact words, and is obeyed by every later linking; here all articles are linked anew at once, and what changed by it is said.

use std::collections::BTreeMap;
use std::io::{self, Write as _};

use anyhow::Context as _;
use jiff::Timestamp;

use onrecord::evidence::{ClaimId, OperationId, StatementId};
use onrecord::ledger::{Anchor, AnyId, At, ClaimQuery, ContestedClaim, Decision, Ledger, Lookup, Options, Resolved};
use onrecord::wire::VERSION;
use onrecord::wire::claim::{AnchorLine, DecisionLine};

use crate::Ending;
use crate::args::{Accept, Merge, Move, Reject, Signed, Split, Undo};
use crate::claim::{layout, resolve as resolve_claim};
use crate::commands::relink::relink;
use crate::report::{Lines, Reporter};
use crate::terminal::{FAINT, harmless, styled};

/// `onrecord accept`
pub fn accept(args: &Accept, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut desk = Desk::open(&args.signed, reporter)?;
    let Some(statement) = desk.statement(&args.statement)? else { return Ok(Ending::No) };
    let on = match &args.on {
        Some(claim) => match desk.claim(claim, &[statement.statement])? {
            Some(on) => Some(on),
            None => return Ok(Ending::No),
        },
        None => None,
    };
    desk.decide(vec![Decision::Accept { statement, on }])
}

/// `onrecord reject`
pub fn reject(args: &Reject, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut desk = Desk::open(&args.signed, reporter)?;
    let Some(statement) = desk.statement(&args.statement)? else { return Ok(Ending::No) };
    let on = match &args.from {
        Some(claim) => match desk.claim(claim, &[statement.statement])? {
            Some(on) => Some(on),
            None => return Ok(Ending::No),
        },
        None => None,
    };
    desk.decide(vec![Decision::Reject { statement, on }])
}

/// `onrecord merge`
pub fn merge(args: &Merge, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut desk = Desk::open(&args.signed, reporter)?;
    if args.origins {
        let (Some(one), Some(other)) = (desk.statement(&args.one)?, desk.statement(&args.other)?) else {
            return Ok(Ending::No);
        };
        desk.on_one_claim(&one, &other)?;
        return desk.decide(vec![Decision::OneOrigin { one, other }]);
    }
    let (Some(one), Some(other)) = (desk.claim(&args.one, &[])?, desk.claim(&args.other, &[])?) else {
        return Ok(Ending::No);
    };
    if one.statement == other.statement {
        reporter.note("both are one claim already");
        return Ok(Ending::No);
    }
    desk.decide(vec![Decision::Merge { one, other }])
}

/// `onrecord split`
pub fn split(args: &Split, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut desk = Desk::open(&args.signed, reporter)?;
    let mut leaving: Vec<Anchor> = Vec::new();
    for typed in &args.statements {
        let Some(statement) = desk.statement(typed)? else { return Ok(Ending::No) };
        leaving.push(statement);
    }
    if args.origins {
        let Some(one) = desk.statement(&args.claim)? else { return Ok(Ending::No) };
        leaving.iter().try_for_each(|other| desk.on_one_claim(&one, other))?;
        let apart = leaving.into_iter().map(|other| Decision::TwoOrigins { one: one.clone(), other });
        return desk.decide(apart.collect());
    }
    let ids: Vec<StatementId> = leaving.iter().map(|anchor| anchor.statement).collect();
    let Some(stays) = desk.claim(&args.claim, &ids)? else { return Ok(Ending::No) };
    if ids.contains(&stays.statement) {
        anyhow::bail!("a split leaves at least one statement of the claim behind; to give up all of them, move them");
    }
    let mut decisions: Vec<Decision> =
        leaving.iter().map(|one| Decision::Split { one: one.clone(), other: stays.clone() }).collect();
    // They leave together.
    let together = leaving.windows(2).map(|pair| Decision::Merge { one: pair[0].clone(), other: pair[1].clone() });
    decisions.extend(together);
    desk.decide(decisions)
}

/// `onrecord move`
pub fn move_to(args: &Move, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut desk = Desk::open(&args.signed, reporter)?;
    let Some(statement) = desk.statement(&args.statement)? else { return Ok(Ending::No) };
    let Some(to) = desk.claim(&args.claim, &[statement.statement])? else { return Ok(Ending::No) };
    let now = desk.ledger.claim_of(&statement.statement)?;
    if now == desk.ledger.claim_of(&to.statement)? && now.is_some() {
        reporter.note("it is on this claim already");
        return Ok(Ending::No);
    }
    let from = match now {
        Some(now) => desk.another(&now, &[statement.statement])?,
        None => None,
    };
    let decision = match from.filter(|from| from.statement != statement.statement) {
        Some(from) => Decision::Move { statement, from, to },
        // It leaves nothing behind.
        None => Decision::Accept { statement, on: Some(to) },
    };
    desk.decide(vec![decision])
}

/// `onrecord undo`
pub fn undo(args: &Undo, reporter: &Reporter) -> anyhow::Result<Ending> {
    let mut desk = Desk::open(&args.signed, reporter)?;
    let Some(known) = desk.operation(&args.operation)? else { return Ok(Ending::No) };
    desk.decide(vec![Decision::Undo { operation: known }])
}

/// A ledger with who decides and why.
struct Desk<'a> {
    ledger: Ledger,
    signed: &'a Signed,
    author: String,
    reporter: &'a Reporter,
}

impl<'a> Desk<'a> {
    fn open(signed: &'a Signed, reporter: &'a Reporter) -> anyhow::Result<Self> {
        if signed.reason.trim().is_empty() {
            anyhow::bail!("--reason says nothing; a decision is kept with why it was made");
        }
        let author = signed.author.clone().or_else(|| std::env::var("USER").ok());
        let author = author.map(|author| author.trim().to_owned()).filter(|author| !author.is_empty());
        let author = author.context("nobody is named as the one who decides; say --author NAME")?;
        let ledger = Ledger::open_existing(&signed.ledger.ledger, &Options::default())?;
        Ok(Self { ledger, signed, author, reporter })
    }

    /// Origins are counted for one claim: two statements of different claims, or one statement twice, have nothing to be decided.
    fn on_one_claim(&self, one: &Anchor, other: &Anchor) -> anyhow::Result<()> {
        let claims = (self.ledger.claim_of(&one.statement)?, self.ledger.claim_of(&other.statement)?);
        if one.statement == other.statement || claims.0.is_none() || claims.0 != claims.1 {
            anyhow::bail!("expected two statements of one claim; `onrecord why CLAIM --joined` lists those of a claim");
        }
        Ok(())
    }

    /// The words of the statement that was typed; says on standard error why there is none.
    fn statement(&self, typed: &str) -> anyhow::Result<Option<Anchor>> {
        let found = self.ledger.resolve_statement(typed)?;
        let typed = harmless(typed);
        match found.as_slice() {
            [] => {
                let place = self.ledger.place();
                self.reporter.note(format_args!("no statement in {place} has an id that begins with {typed}"));
                Ok(None)
            }
            [one] => Ok(Some(self.anchor(one)?)),
            several => {
                self.reporter.note(format_args!("{typed} stands for several statements; name one:"));
                for one in several.iter().take(Resolved::SHOWN) {
                    let words = self.ledger.anchor(one)?.map(|anchor| words(&anchor)).unwrap_or_default();
                    self.reporter.note(format_args!("  {one} {}", harmless(&words)));
                }
                Ok(None)
            }
        }
    }

    /// The decision that was typed and holds: an operation, or `last`.
    fn operation(&self, typed: &str) -> anyhow::Result<Option<OperationId>> {
        let all = self.ledger.decisions(&At::default())?;
        let shown = harmless(typed);
        if typed == "last" {
            let last = all.iter().rev().find(|one| one.holds).map(|one| one.id);
            if last.is_none() {
                self.reporter.note("no decision holds");
            }
            return Ok(last);
        }
        let known = match self.ledger.resolve(typed, &At::default())? {
            Resolved::Unique(AnyId::Operation(operation)) => operation,
            Resolved::Unique(other) => anyhow::bail!("{other} is no operation; `onrecord decisions` lists them"),
            Resolved::Ambiguous(_) => {
                self.reporter.note(format_args!("{shown} is the beginning of several ids; type more of one"));
                return Ok(None);
            }
            Resolved::None => {
                self.reporter.note(format_args!("no operation has an id that begins with {shown}"));
                return Ok(None);
            }
        };
        match all.iter().find(|one| one.id == known) {
            None => anyhow::bail!("{known} is no decision; `onrecord decisions` lists them"),
            Some(one) if !one.holds => {
                self.reporter.note(format_args!("{known} does not hold any more"));
                Ok(None)
            }
            Some(_) => Ok(Some(known)),
        }
    }

    fn anchor(&self, statement: &StatementId) -> anyhow::Result<Anchor> {
        self.ledger.anchor(statement)?.with_context(|| format!("{statement} is not linked; run `onrecord relink`"))
    }

    /// The words by which the claim that was typed is held: those of its canonical statement, or of another one where that is among `but`.
    fn claim(&self, typed: &str, but: &[StatementId]) -> anyhow::Result<Option<Anchor>> {
        let Some(id) = resolve_claim(&self.ledger, typed, &At::default(), self.reporter)? else { return Ok(None) };
        let found = self.another(&id, but)?;
        if found.is_none() {
            self.reporter.note(format_args!("{id} has no statement now"));
        }
        Ok(found)
    }

    fn another(&self, id: &ClaimId, but: &[StatementId]) -> anyhow::Result<Option<Anchor>> {
        let Lookup::Found(claim) = self.ledger.claim(id, &At::default())? else { return Ok(None) };
        let statements = || claim.statements.iter().map(|one| one.statement.id);
        let canonical = statements().find(|one| *one == claim.claim.canonical && !but.contains(one));
        let other = canonical.or_else(|| statements().find(|one| !but.contains(one))).or_else(|| statements().next());
        other.map(|one| self.anchor(&one)).transpose()
    }

    /// Keeps the decisions, links anew, and says what changed.
    fn decide(&mut self, decisions: Vec<Decision>) -> anyhow::Result<Ending> {
        let before = standings(&self.ledger)?;
        let mut kept: Vec<OperationId> = Vec::new();
        for decision in &decisions {
            let id = self.ledger.decide(decision, self.signed.reason.trim(), &self.author, Timestamp::now())?;
            kept.push(id);
        }
        let mut lines = Lines::new(self.signed.json);
        let all = self.ledger.decisions(&At::default())?;
        for id in &kept {
            let Some(one) = all.iter().find(|one| one.id == *id) else { continue };
            if self.signed.json {
                lines.print(&decision_line(one))?;
            } else {
                print(format_args!("{} {}", one.decision.word(), one.id))?;
            }
        }
        relink(&mut self.ledger, self.reporter, "onrecord decide")?;
        if !self.signed.json {
            changes(&before, &standings(&self.ledger)?)?;
        }
        Ok(Ending::Done)
    }
}

/// A line on standard output; where nobody reads that, the work is done all the same.
fn print(text: impl std::fmt::Display) -> io::Result<()> {
    match writeln!(anstream::stdout().lock(), "{text}") {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(()),
    }
}

/// All claims as they stand, by id.
fn standings(ledger: &Ledger) -> anyhow::Result<BTreeMap<ClaimId, ContestedClaim>> {
    let query = ClaimQuery { without_standing: true, ..ClaimQuery::default() };
    let list = ledger.contested_claims(&query, &At::default())?;
    Ok(list.found.into_iter().map(|one| (one.id, one)).collect())
}

/// Claims of which changes are shown.
const MOST_SHOWN: usize = 12;

/// What changed: claims that came, went, or stand otherwise.
fn changes(before: &BTreeMap<ClaimId, ContestedClaim>, after: &BTreeMap<ClaimId, ContestedClaim>) -> io::Result<()> {
    let numbers = |one: &ContestedClaim| {
        let line = &one.line;
        let unknown = if line.unknown > 0 { format!(", {} unknown", line.unknown) } else { String::new() };
        let plural =
            |count: usize, word: &str| if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") };
        format!("{}, at least {}{unknown}, {}", line.standing.words(), line.least, plural(line.articles, "article"))
    };
    let wording = |one: &ContestedClaim| harmless(&one.line.wording.split_whitespace().collect::<Vec<_>>().join(" "));
    let mut shown: Vec<String> = Vec::new();
    for (id, one) in after {
        let now = numbers(one);
        match before.get(id) {
            None => shown.push(format!("new    {id} {} ({now})", layout::cut(&wording(one), 60))),
            Some(was) if was.line == one.line => {}
            Some(was) if numbers(was) == now => {
                shown.push(format!("changed {id} {} ({now})", layout::cut(&wording(one), 60)))
            }
            Some(was) => {
                shown.push(format!("changed {id} {} ({}; now {now})", layout::cut(&wording(one), 60), numbers(was)))
            }
        }
    }
    for (id, one) in before.iter().filter(|(id, _)| !after.contains_key(id)) {
        shown.push(format!("gone   {id} {} ({})", layout::cut(&wording(one), 60), numbers(one)));
    }
    if shown.is_empty() {
        return print(styled(FAINT, "no claim changed by it"));
    }
    for line in shown.iter().take(MOST_SHOWN) {
        print(format_args!("  {line}"))?;
    }
    if shown.len() > MOST_SHOWN {
        print(format_args!("  and {} more", shown.len() - MOST_SHOWN))?;
    }
    Ok(())
}

/// The words of an anchor; a gap is shown by an ellipsis.
fn words(anchor: &Anchor) -> String {
    anchor.words.iter().map(|words| words.exact.trim()).collect::<Vec<_>>().join(" \u{2026} ")
}

/// A decision as a line.
pub fn decision_line(kept: &onrecord::ledger::KeptDecision) -> DecisionLine {
    let anchors = kept.decision.anchors();
    let undoes = match &kept.decision {
        Decision::Undo { operation } => Some(*operation),
        _ => None,
    };
    DecisionLine {
        r#type: DecisionLine::TYPE,
        version: VERSION,
        id: kept.id,
        decision: kept.decision.word(),
        author: kept.author.clone(),
        recorded_at: kept.recorded_at,
        reason: kept.reason.clone(),
        holds: kept.holds,
        orphan: kept.statements.iter().any(Vec::is_empty),
        undoes,
        anchors: anchors
            .iter()
            .zip(&kept.statements)
            .map(|(anchor, statements)| AnchorLine {
                article: anchor.article,
                words: words(anchor),
                statements: statements.clone(),
            })
            .collect(),
    }
}
