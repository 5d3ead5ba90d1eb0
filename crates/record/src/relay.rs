//! How an utterance reached its article, as far as the words say: channels, unnamed sources, who cites whom. Not which article it came from.

use serde::{Deserialize, Serialize};

use onrecord_annotate::relay::{Channel, Relay, RelayKind, UnnamedSource};
use onrecord_evidence::TextRange;

use crate::Grounded;

/// The relay of one attribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelayFinding {
    /// The cue that it belongs to.
    pub range: TextRange,
    /// The kind of relay.
    pub kind: RelayKind,
    /// What is stated of a source that is described and not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unnamed: Option<UnnamedSource>,
    /// The channels, in text order.
    #[serde(default = "Vec::new", skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Channel>,
    /// Whom the source itself cites.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cites: Option<TextRange>,
}

impl RelayFinding {
    /// The relay of the attribution with this cue; `None` where the words say nothing of one.
    pub(crate) fn of(relay: &Relay, cue: TextRange) -> Option<Self> {
        let Relay { kind, unnamed, channels, cites, .. } = relay.clone();
        let says = kind != RelayKind::NotStated || unnamed.is_some() || cites.is_some();
        says.then_some(Self { range: cue, kind, unnamed, channels, cites })
    }
}

impl Grounded for RelayFinding {
    fn range(&self) -> TextRange {
        self.range
    }

    fn grounds(&self) -> Vec<TextRange> {
        let mut grounds: Vec<TextRange> = self.cites.into_iter().collect();
        for channel in &self.channels {
            grounds.push(channel.words);
            grounds.extend([channel.outlet, channel.hearers].into_iter().flatten());
        }
        if let Some(unnamed) = &self.unnamed {
            grounds.push(unnamed.noun);
            let number = unnamed.number.as_ref().map(|number| number.range);
            let ground = unnamed.ground.map(|ground| ground.range);
            grounds.extend([unnamed.side, number, unnamed.basis, ground].into_iter().flatten());
        }
        grounds
    }
}
