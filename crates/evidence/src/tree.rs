//! Roots and proofs of a tree of a given size, from its tiles.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::hash::{EMPTY_ROOT, Hash, node_hash};
use crate::proof::{ConsistencyProof, InclusionProof};
use crate::subtree::Subtrees;
use crate::tile::{TILE_HEIGHT, TILE_WIDTH, Tile, TileReader, hashes_of};

/// A proof or a root could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError<E> {
    /// The reader failed.
    #[error("a tile could not be read: {0}")]
    Reader(E),
    /// The tree has this tile, but the reader has not.
    #[error("{0} is missing")]
    Missing(Tile),
    /// The tile's bytes are not as many hashes as it has.
    #[error("{0} does not hold the hashes it should")]
    Malformed(Tile),
    /// The index or size is beyond the tree.
    #[error("{asked} is beyond the tree of size {size}")]
    Beyond {
        /// What was asked for.
        asked: u64,
        /// The size of the tree.
        size: u64,
    },
}

/// A tree of a given size over tiles, which may belong to a larger one. Tiles are read once.
#[derive(Debug)]
pub struct Tree<R> {
    tiles: R,
    size: u64,
    read: RefCell<BTreeMap<Tile, Arc<Subtrees>>>,
}

impl<R: TileReader> Tree<R> {
    /// The tree of the first `size` leaves.
    pub fn new(tiles: R, size: u64) -> Self {
        Self { tiles, size, read: RefCell::default() }
    }

    /// How many leaves it has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// MTH(D\[n\]) (RFC 9162, 2.1.1).
    pub fn root(&self) -> Result<Hash, TreeError<R::Error>> {
        if self.size == 0 { Ok(EMPTY_ROOT) } else { self.range_root(0, self.size) }
    }

    /// The hash of a leaf.
    pub fn leaf(&self, index: u64) -> Result<Hash, TreeError<R::Error>> {
        self.require(index < self.size, index)?;
        self.perfect(0, index)
    }

    /// PATH(m, D\[n\]) (RFC 9162, 2.1.3.1).
    pub fn inclusion(&self, index: u64) -> Result<InclusionProof, TreeError<R::Error>> {
        self.require(index < self.size, index)?;
        let (mut low, mut high) = (0, self.size);
        let mut path = Vec::new();
        while high - low > 1 {
            let split = low + largest_power_below(high - low);
            if index < split {
                path.push(self.range_root(split, high)?);
                high = split;
            } else {
                path.push(self.range_root(low, split)?);
                low = split;
            }
        }
        path.reverse();
        Ok(InclusionProof { leaf_index: index, tree_size: self.size, path })
    }

    /// PROOF(m, D\[n\]) (RFC 9162, 2.1.4.1).
    pub fn consistency(&self, old_size: u64) -> Result<ConsistencyProof, TreeError<R::Error>> {
        self.require(old_size <= self.size, old_size)?;
        let mut path = Vec::new();
        if old_size > 0 && old_size < self.size {
            let (mut low, mut high) = (0, self.size);
            // SUBPROOF's flag: whether the old tree's own root is still the subtree looked at, which the checker has.
            let mut own_root = true;
            while old_size != high {
                let split = low + largest_power_below(high - low);
                if old_size <= split {
                    path.push(self.range_root(split, high)?);
                    high = split;
                } else {
                    path.push(self.range_root(low, split)?);
                    low = split;
                    own_root = false;
                }
            }
            if !own_root {
                path.push(self.range_root(low, high)?);
            }
            path.reverse();
        }
        Ok(ConsistencyProof { old_size, new_size: self.size, path })
    }

    fn require(&self, holds: bool, asked: u64) -> Result<(), TreeError<R::Error>> {
        if holds { Ok(()) } else { Err(TreeError::Beyond { asked, size: self.size }) }
    }

    /// MTH(D\[low:high\]) for a range that the recursion of RFC 9162, 2.1.1 reaches: all its perfect subtrees are aligned.
    fn range_root(&self, low: u64, high: u64) -> Result<Hash, TreeError<R::Error>> {
        let mut peaks = Vec::new();
        let mut start = low;
        while start < high {
            let height = (high - start).ilog2();
            peaks.push(self.perfect(height, start >> height)?);
            start += 1 << height;
        }
        Ok(peaks.into_iter().rev().reduce(|right, left| node_hash(&left, &right)).unwrap_or(EMPTY_ROOT))
    }

    /// The hash of the perfect subtree of 2^height leaves at an index among those.
    fn perfect(&self, height: u32, index: u64) -> Result<Hash, TreeError<R::Error>> {
        let (level, within) = (height / TILE_HEIGHT, height % TILE_HEIGHT);
        let first = index << within;
        let beyond = || TreeError::Beyond { asked: index, size: self.size };
        let level = u8::try_from(level).map_err(|_| beyond())?;
        let tile = Tile::of_tree(self.size, level, first / TILE_WIDTH).ok_or_else(beyond)?;
        let mut read = self.read.borrow_mut();
        let subtrees = match read.entry(tile) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(self.subtrees(tile)?),
        };
        let within_tile = (first % TILE_WIDTH) >> within;
        subtrees.root(within as usize, within_tile as usize).copied().ok_or_else(beyond)
    }

    fn subtrees(&self, tile: Tile) -> Result<Arc<Subtrees>, TreeError<R::Error>> {
        if let Some(known) = self.tiles.remembered(tile) {
            return Ok(known);
        }
        let bytes = self.tiles.tile(tile).map_err(TreeError::Reader)?.ok_or(TreeError::Missing(tile))?;
        let subtrees = Arc::new(Subtrees::over(hashes_of(tile, &bytes).ok_or(TreeError::Malformed(tile))?));
        self.tiles.remember(tile, &subtrees);
        Ok(subtrees)
    }
}

/// The largest power of two smaller than n, for n ≥ 2.
fn largest_power_below(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}
