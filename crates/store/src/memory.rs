//! What was read lately: statements, documents and tiles that cannot change, because each is named by its hash or by its place in a log that only grows.

use std::sync::Arc;

use heng_evidence::{Subtrees, Tile};
use heng_statement::{Heading, SignedStatement};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::index::HashBytes;

/// About how many bytes of statements, of headings, of documents and of tiles are remembered, each.
const MOST_BYTES: u64 = 64 << 20;

/// A statement as read takes about so many times the bytes of its encoding.
const READ: u64 = 4;

/// About what a heading takes besides the things and the statements that it names.
const HEADING: u64 = 512;

/// A statement with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its index.
    pub index: u64,
    /// The statement.
    pub signed: Arc<SignedStatement>,
}

/// What a store remembers.
pub(crate) struct Memory {
    pub(crate) statements: Cache<HashBytes, Placed, Bytes>,
    pub(crate) headings: Cache<HashBytes, Arc<Heading>, Bytes>,
    pub(crate) documents: Cache<HashBytes, Arc<Vec<u8>>, Bytes>,
    pub(crate) tiles: Cache<Tile, Arc<Subtrees>, Bytes>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            statements: Cache::with_weighter(4096, MOST_BYTES, Bytes),
            headings: Cache::with_weighter(65_536, MOST_BYTES, Bytes),
            documents: Cache::with_weighter(1024, MOST_BYTES, Bytes),
            tiles: Cache::with_weighter(4096, MOST_BYTES, Bytes),
        }
    }
}

/// Counts by bytes.
#[derive(Clone, Copy)]
pub(crate) struct Bytes;

impl Weighter<HashBytes, Placed> for Bytes {
    fn weight(&self, _: &HashBytes, placed: &Placed) -> u64 {
        READ * placed.signed.bytes.len() as u64
    }
}

impl Weighter<HashBytes, Arc<Heading>> for Bytes {
    fn weight(&self, _: &HashBytes, heading: &Arc<Heading>) -> u64 {
        HEADING + (64 * (heading.about.len() + heading.cites.len())) as u64
    }
}

impl Weighter<HashBytes, Arc<Vec<u8>>> for Bytes {
    fn weight(&self, _: &HashBytes, document: &Arc<Vec<u8>>) -> u64 {
        document.len() as u64
    }
}

impl Weighter<Tile, Arc<Subtrees>> for Bytes {
    fn weight(&self, _: &Tile, subtrees: &Arc<Subtrees>) -> u64 {
        32 * subtrees.count() as u64
    }
}
