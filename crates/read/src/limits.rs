//! How much one capture may cost. Settings with documented defaults; not a scheduler and not a clock.

use serde::{Deserialize, Serialize};

/// Caps that are checked before work is done; what goes over one is a diagnostic that names size and limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Most bytes of a capture, and most bytes of its decoded text. Default 32 MiB; never more than [`Limits::CEILING`].
    pub max_bytes: usize,
    /// Most elements open at once in a page whose main text the model chooses. Default 512. A deeper page is read by a simpler
    /// rule. No tree is built of any page: the stack of open elements is a list, and no longer than this.
    pub max_depth: u32,
    /// Most elements around all elements together (the sum of their depths) in such a page. Default 20 million; a long news
    /// page has a hundredth of it.
    pub max_depth_sum: u64,
    /// Most attributes on one tag of such a page. Default 256; no news page has as many.
    pub max_attributes: usize,
    /// Most bytes of one paragraph of the text. Default 1 MiB; no news text has one of a tenth of it.
    pub max_paragraph: usize,
}

impl Limits {
    /// Offsets are 32 bits wide, and decoding may make three bytes of one: no setting goes above 1 GiB.
    pub const CEILING: usize = 1 << 30;
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 32 << 20,
            max_depth: 512,
            max_depth_sum: 20_000_000,
            max_attributes: 256,
            max_paragraph: 1 << 20,
        }
    }
}
