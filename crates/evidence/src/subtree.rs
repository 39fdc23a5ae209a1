//! The perfect subtrees inside one tile, hashed once for all the proofs that pass through it.

use crate::hash::{Hash, node_hash};

/// The roots of every perfect subtree over a tile's hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subtrees {
    /// By height: the tile's own hashes, then those over two of them, over four …
    levels: Vec<Vec<Hash>>,
}

impl Subtrees {
    /// The subtrees over a tile's hashes.
    pub(crate) fn over(hashes: Vec<Hash>) -> Self {
        let mut levels = vec![hashes];
        while let Some(last) = levels.last().filter(|last| last.len() > 1) {
            let (pairs, _) = last.as_chunks::<2>();
            let above = pairs.iter().map(|[left, right]| node_hash(left, right)).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// The root of the subtree over 2^height hashes, counted from 0 among those of its height.
    pub(crate) fn root(&self, height: usize, index: usize) -> Option<&Hash> {
        self.levels.get(height)?.get(index)
    }

    /// How many hashes there are in all: what remembering it takes.
    pub fn count(&self) -> usize {
        self.levels.iter().map(Vec::len).sum()
    }
}
