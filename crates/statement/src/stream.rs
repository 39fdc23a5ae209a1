//! A segment of a stream of readings, sealed: its digest goes into the log, the readings stay where they are.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// These readings, and no others, had come in when this was said. The statement is about the stream; who sealed it is its issuer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StreamSegment {
    /// The number of the segment in its stream.
    pub segment: u64,
    /// How a reading is written as a leaf of the tree: `heng-reading/1`.
    pub leaf: String,
    /// How many readings it has.
    pub readings: u64,
    /// The earliest instant of a reading.
    pub from: Timestamp,
    /// The latest.
    pub to: Timestamp,
    /// The root of the Merkle tree (RFC 9162, 2.1.1) over its readings, SHA-256 in lower-case hex.
    pub root: String,
}
