//! The claims as linking would have made them at another time of knowing: with the captures, statements and decisions of then. In memory, nothing is kept.

use onrecord_link::claims::{Assignment, MemoryClaims, Statement, assign};

use super::link::{Linker, settled};
use super::obeyed::as_known;
use super::statement::{Of, of_set, text_id};
use crate::{At, Ledger, Result, operation};

impl Ledger {
    /// Links anew, in memory, what the ledger held by [`At::known_at`] under the decisions of then. What [`Ledger::claim`] shows for that time is
    /// what is linked now without what came in later: a statement may stand in it on a claim to which only a later article or decision brought it. This
    /// does not know of them. It takes as long as [`Ledger::relink`]; [`At::as_of`] plays no part.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged.
    pub fn relinked(&self, linker: &Linker<'_>, at: &At) -> Result<(MemoryClaims, Vec<Assignment>)> {
        self.read(at, |reader| {
            let (decisions, rejected) = as_known(reader.connection, at.known_by())?;
            let mut select = reader.connection.prepare_cached("SELECT no, id FROM article ORDER BY no")?;
            let rows = select.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?)))?;
            let mut reports: Vec<(String, Vec<Statement>)> = Vec::new();
            for row in rows {
                let (no, id) = row?;
                for one in settled(reader.connection, no, operation::parse_id(&id)?, at.known_by())? {
                    let of = Of {
                        article: one.article,
                        revision: text_id(&one.article, &one.digest),
                        published: one.facts.published.as_ref(),
                    };
                    let statements =
                        of_set(reader.connection, one.set, &of)?.into_iter().map(|(_, statement)| statement);
                    let statements = statements.filter(|statement| !rejected.contains(&statement.id)).collect();
                    reports.push((one.rank, statements));
                }
            }
            reports.sort_by(|(one, _), (other, _)| one.cmp(other));
            let mut claims = MemoryClaims::with_decisions(&decisions);
            let mut assignments = Vec::with_capacity(reports.len());
            for (_, statements) in &reports {
                let assignment = assign(statements, &claims, linker.comparer, linker.thresholds);
                assignment.iter().for_each(|assignment| claims.apply(assignment));
                assignments.extend(assignment);
            }
            Ok((claims, assignments))
        })
    }
}
