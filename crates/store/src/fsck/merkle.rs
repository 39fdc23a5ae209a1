//! The tree by its definition (RFC 9162, 2.1.1): no frontier, nothing kept from before.

use sha2::{Digest, Sha256};

/// Hashes in a row of the tree, 256 times fewer in each next row.
pub(super) struct Levels {
    pub(super) rows: Vec<Vec<[u8; 32]>>,
}

impl Levels {
    /// The leaf hashes of all entries, and above them the roots of their full 256s.
    pub(super) fn over(entries: &[[u8; 32]]) -> Self {
        let leaves: Vec<[u8; 32]> =
            entries.iter().map(|entry| Sha256::new().chain_update([0]).chain_update(entry).finalize().into()).collect();
        let mut rows = vec![leaves];
        while let Some(row) = rows.last().filter(|row| row.len() >= 256) {
            let above = row.chunks_exact(256).map(root).collect();
            rows.push(above);
        }
        Self { rows }
    }

    /// MTH over the first `size` leaves.
    pub(super) fn root(&self, size: usize) -> [u8; 32] {
        root(self.rows.first().and_then(|leaves| leaves.get(..size)).unwrap_or_default())
    }
}

/// MTH over leaf hashes: MTH({}) = HASH(), MTH(D\[n\]) = HASH(0x01 ‖ MTH(D\[0:k\]) ‖ MTH(D\[k:n\])), k the largest power of two below n.
fn root(leaves: &[[u8; 32]]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(1 << (leaves.len() - 1).ilog2());
            Sha256::new().chain_update([1]).chain_update(root(left)).chain_update(root(right)).finalize().into()
        }
    }
}
