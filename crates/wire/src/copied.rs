//! Lines of `onrecord backup` and `onrecord restore`. Not the copying.

use onrecord_evidence::Digest;
use serde::Serialize;

/// `{"type": "backup"}`: a backup that was made and checked, or of which a ledger was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BackupLine {
    /// [`BackupLine::BACKUP`] or [`BackupLine::RESTORED`].
    pub r#type: &'static str,
    /// Always [`crate::VERSION`].
    pub version: u32,
    /// The file that was written.
    pub file: String,
    /// Length of the backup in bytes.
    pub bytes: u64,
    /// Operations in it, tombstones included.
    pub operations: u64,
    /// Captures with their bytes.
    pub captures: u64,
    /// Operations that are tombstones.
    pub withheld: u64,
    /// What the ledger holds, in one number: two with the same hold the same.
    pub ledger: Digest,
    /// Of a restored ledger: what was withheld anew, because the ledger that it replaces had withheld it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withheld_again: Option<usize>,
}

impl BackupLine {
    /// The `type` of a backup.
    pub const BACKUP: &'static str = "backup";
    /// The `type` of a restored ledger.
    pub const RESTORED: &'static str = "restored";
}
