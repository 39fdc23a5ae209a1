//! How long readings are under way, feed by feed, since the store was opened.

use std::collections::BTreeMap;

/// The upper ends of the classes, in seconds; the last class has none.
pub const ENDS_S: [u32; 10] = [1, 2, 5, 15, 60, 300, 900, 3_600, 21_600, 86_400];

/// The classes of one feed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Latency {
    /// How many readings were under way for less than each end; then those that were longer.
    pub classes: [u64; 11],
    /// The longest, in milliseconds.
    pub longest_ms: i64,
    /// When the last one came, in milliseconds since 1970.
    pub last_received_ms: i64,
}

impl Latency {
    /// Counts a reading.
    pub(crate) fn count(&mut self, under_way_ms: i64, received_ms: i64) {
        let class = ENDS_S.iter().position(|end| under_way_ms < i64::from(*end) * 1000).unwrap_or(ENDS_S.len());
        if let Some(counter) = self.classes.get_mut(class) {
            *counter += 1;
        }
        self.longest_ms = self.longest_ms.max(under_way_ms);
        self.last_received_ms = self.last_received_ms.max(received_ms);
    }

    /// How many there were.
    pub fn readings(&self) -> u64 {
        self.classes.iter().sum()
    }
}

/// The classes of all feeds.
pub type Latencies = BTreeMap<String, Latency>;
