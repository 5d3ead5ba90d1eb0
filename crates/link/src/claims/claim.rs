//! Claims and events as they are kept: a bounded number of representatives each, however many reports they have. Not the positions on them.

use onrecord_evidence::{ArticleId, ClaimId, EventId, StatementId};
use serde::{Deserialize, Serialize};

use super::compare::Comparer;
use super::proposition::{Proposition, Shared};
use super::reports::EventReport;
use super::statement::{Statement, Voice};

/// Statements that stand for a claim when others are compared with it.
pub(super) const MOST_REPRESENTATIVES: usize = 4;
/// Reports that stand for an event.
pub(super) const MOST_EVENT_REPORTS: usize = 6;

/// A statement as it stands for its claim or its report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Representative {
    /// The statement.
    pub statement: StatementId,
    /// Where it stands.
    pub article: ArticleId,
    /// When the report was published, in milliseconds since 1970; `None` where nobody says.
    pub published_ms: Option<i64>,
    /// Its place in the report.
    pub order: u32,
    /// Whether somebody is credited with it.
    pub attributed: bool,
    /// How near it was to the others when it came, 0 to 1000.
    pub nearness: u16,
    /// Its features.
    pub proposition: Shared,
}

/// One checkable proposition, joined over statements whatever their acts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Identity: that of the statement that founded it.
    pub id: ClaimId,
    /// The event that it is about; claims of one event are linked by it.
    pub event: EventId,
    /// Number of statements.
    pub statements: u32,
    /// Number of reports, at most: one that had statements on two claims that became one counts twice.
    pub reports: u32,
    /// The statement whose words stand for the claim before people: the earliest attribution that is about as full as any; else the earliest statement.
    pub canonical: StatementId,
    /// Statements that people decided not to be on this claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<StatementId>,
    /// Earliest, fullest, and the most central ones; at most 4, by [`Representative::rank`].
    pub representatives: Vec<Representative>,
}

/// What several reports, and the claims in them, are about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Identity: that of the report that founded it and of its first statement, so that another text of the article is no other report's event.
    pub id: EventId,
    /// Number of reports.
    pub reports: u32,
    /// The reports that stand for it, at most 6: the earliest and the most central ones.
    pub representatives: Vec<EventReport>,
    /// Its claims in the order in which they came, the first 64.
    pub claims: Vec<ClaimId>,
}

impl Representative {
    pub(super) fn new(statement: &Statement, nearness: u16) -> Self {
        Self {
            statement: statement.id,
            article: statement.article,
            published_ms: published_ms(statement),
            order: statement.order,
            attributed: statement.voice == Voice::Attributed,
            nearness,
            proposition: statement.proposition.clone(),
        }
    }

    /// The order of statements: dated ones first, by date, article and place.
    pub fn rank(&self) -> (bool, Option<i64>, ArticleId, u32, StatementId) {
        (self.published_ms.is_none(), self.published_ms, self.article, self.order, self.statement)
    }
}

pub(super) fn published_ms(statement: &Statement) -> Option<i64> {
    statement.published.as_ref().map(|time| time.earliest().as_millisecond())
}

impl Claim {
    /// A claim of one statement.
    pub(super) fn founded(statement: &Statement, event: EventId) -> Self {
        Self {
            id: ClaimId::of_fields(&[statement.id.to_string().as_bytes()]),
            event,
            statements: 1,
            reports: 1,
            canonical: statement.id,
            apart: Vec::new(),
            representatives: vec![Representative::new(statement, 0)],
        }
    }

    /// Statements that people decided not to be on this claim.
    pub(super) fn apart(&self) -> &[StatementId] {
        &self.apart
    }

    pub(super) fn keep_apart(&mut self, statements: Vec<StatementId>) {
        self.apart.extend(statements);
        self.apart.sort_unstable();
        self.apart.dedup();
    }

    /// The place of its earliest statement that is still known.
    pub(super) fn earliest(&self) -> Option<(bool, Option<i64>, ArticleId, u32, StatementId)> {
        self.representatives.first().map(Representative::rank)
    }

    /// How near two claims are, 0 to 1000: half of it the mean score of their representatives, half how near each of these is to the nearest one of the other claim.
    pub(super) fn nearness_to(&self, other: &Self, comparer: &Comparer) -> u16 {
        let row = |one: &Representative| -> Option<Vec<u16>> {
            other.representatives.iter().map(|two| comparer.weigh(&one.proposition, &two.proposition)).collect()
        };
        let Some(scores) = self.representatives.iter().map(row).collect::<Option<Vec<_>>>() else { return 0 };
        let all = mean(scores.iter().flatten().copied());
        let rows = scores.iter().map(|row| row.iter().copied().max().unwrap_or(0));
        let columns = (0..other.representatives.len())
            .map(|at| scores.iter().filter_map(|row| row.get(at)).copied().max().unwrap_or(0));
        mean([all, mean(rows.chain(columns))].into_iter())
    }

    /// Takes all of another claim in.
    pub(super) fn absorb(&mut self, other: &Self) {
        self.statements = self.statements.saturating_add(other.statements);
        self.reports = self.reports.saturating_add(other.reports);
        self.keep_apart(other.apart.clone());
        for one in &other.representatives {
            self.represent(one.clone());
        }
    }

    /// How near a proposition is to the claim: the mean score against its representatives, 0 to 1000; 0 where what one of them counts separates them.
    pub(super) fn nearness(&self, proposition: &Proposition, comparer: &Comparer) -> u16 {
        let scores: Option<Vec<u16>> =
            self.representatives.iter().map(|one| comparer.weigh(&one.proposition, proposition)).collect();
        mean(scores.unwrap_or_default().into_iter())
    }

    /// Takes a statement in; `is_new_report` where it is the first of its report.
    pub(super) fn admit(&mut self, statement: &Statement, nearness: u16, is_new_report: bool) {
        self.statements = self.statements.saturating_add(1);
        self.reports = self.reports.saturating_add(u32::from(is_new_report));
        self.represent(Representative::new(statement, nearness));
    }

    fn represent(&mut self, one: Representative) {
        // The same words again stand for nothing new.
        if !self.representatives.iter().any(|other| other.proposition.stems_equal(&one.proposition)) {
            self.representatives.push(one);
        }
        self.representatives.sort_by_key(Representative::rank);
        if self.representatives.len() > MOST_REPRESENTATIVES {
            let fullest = index_of_largest(&self.representatives, |one| one.proposition.weight());
            let others = (1..self.representatives.len()).filter(|index| *index != fullest);
            let last = others.min_by_key(|index| (self.representatives[*index].nearness, usize::MAX - index));
            if let Some(last) = last {
                self.representatives.remove(last);
            }
        }
        self.canonical = canonical(&self.representatives).unwrap_or(self.canonical);
    }
}

/// The earliest attribution that is at least three quarters as full as the fullest one; without attributions, of all statements.
fn canonical(representatives: &[Representative]) -> Option<StatementId> {
    let attributed = representatives.iter().any(|one| one.attributed);
    let fits = |one: &&Representative| one.attributed || !attributed;
    let fullest = representatives.iter().filter(fits).map(|one| one.proposition.weight()).max()?;
    let full = |one: &&Representative| one.proposition.weight() * 4 >= fullest * 3;
    representatives.iter().filter(fits).find(full).map(|one| one.statement)
}

impl Event {
    /// An event of one report, of which `first` is the first statement.
    pub(super) fn founded(report: EventReport, first: StatementId) -> Self {
        let id = EventId::of_fields(&[report.article.to_string().as_bytes(), first.to_string().as_bytes()]);
        Self { id, reports: 1, representatives: vec![report], claims: Vec::new() }
    }

    /// How near a report is to the event: the mean score against the reports that stand for it, 0 to 1000.
    pub(super) fn nearness(&self, report: &EventReport, comparer: &Comparer) -> u16 {
        mean(self.representatives.iter().map(|one| comparer.report_score(one, report)))
    }

    /// Takes a report in.
    pub(super) fn admit(&mut self, report: EventReport) {
        self.reports = self.reports.saturating_add(1);
        if self.representatives.iter().any(|one| one.is_copy_of(&report)) {
            return;
        }
        self.representatives.push(report);
        self.representatives.sort_by_key(|one| (one.published_ms.is_none(), one.published_ms, one.article));
        if self.representatives.len() > MOST_EVENT_REPORTS {
            let later = MOST_EVENT_REPORTS / 2..self.representatives.len();
            let last = later.min_by_key(|index| (self.representatives[*index].nearness, usize::MAX - index));
            if let Some(last) = last {
                self.representatives.remove(last);
            }
        }
    }
}

fn mean(scores: impl Iterator<Item = u16>) -> u16 {
    let (sum, count) = scores.fold((0_u32, 0_u32), |(sum, count), score| (sum + u32::from(score), count + 1));
    u16::try_from((sum + count / 2).checked_div(count).unwrap_or(0)).unwrap_or(u16::MAX)
}

fn index_of_largest<T>(items: &[T], size: impl Fn(&T) -> u32) -> usize {
    (0..items.len()).max_by_key(|index| (size(&items[*index]), usize::MAX - index)).unwrap_or(0)
}
