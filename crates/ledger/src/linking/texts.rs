//! Linked texts as `onrecord_link` takes them: whole reports, by event. Not their claims (`query.rs`).

use onrecord_evidence::{EventId, RevisionId};
use onrecord_link::Report;

use super::store::{REPORT, Store, report_of_row};
use crate::{At, Ledger, Result, load};

impl Ledger {
    /// The texts of an event that stood in the ledger at the time asked for, by their [`text_id`](crate::text_id)s in the order of linking.
    ///
    /// # Errors
    /// Where the ledger cannot be read or is damaged; so for every function here.
    pub fn event_texts(&self, event: &EventId, at: &At) -> Result<Vec<RevisionId>> {
        self.read(at, |reader| {
            let sql = format!("{REPORT} JOIN event e ON e.no = r.event WHERE e.id = ? ORDER BY r.rank, r.no");
            let mut select = reader.connection.prepare_cached(&sql)?;
            let mut rows = select.query([event.to_string()])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let report = report_of_row(row)?;
                if super::query::stands(reader, &report)?.is_ok() {
                    found.push(report.revision);
                }
            }
            Ok(found)
        })
    }

    /// A linked text with its attributions, as it was given to linking; its revision is the [`text_id`](crate::text_id). `None` where it is not linked.
    ///
    /// # Errors
    /// As [`Ledger::event_texts`].
    pub fn report(&self, text: &RevisionId) -> Result<Option<Report>> {
        self.read(&At::default(), |reader| {
            let mut select = reader.connection.prepare_cached(&format!("{REPORT} WHERE r.id = ?"))?;
            let mut rows = select.query([text.to_string()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let row = report_of_row(row)?;
            let whole = Store::new(reader.connection).whole(&row)?;
            Ok(Some(Report { records: load::records(reader.connection, row.set)?, ..whole }))
        })
    }
}
