//! Logs for tests, and the tree's definition written out as RFC 9162 has it.

use heng_evidence::{Frontier, Hash, MemoryTiles, leaf_hash, node_hash};

pub fn hash(hex: &str) -> Hash {
    hex::decode(hex).unwrap().try_into().unwrap()
}

/// Entries that differ from each other.
pub fn entries(count: u64) -> Vec<[u8; 8]> {
    (0..count).map(u64::to_be_bytes).collect()
}

/// A log of these entries, appended in batches.
pub fn log<E: AsRef<[u8]>>(entries: &[E], batch: usize) -> (Frontier, MemoryTiles) {
    let (mut frontier, mut tiles) = (Frontier::empty(), MemoryTiles::default());
    for batch in entries.chunks(batch) {
        tiles.insert(frontier.append(batch));
    }
    (frontier, tiles)
}

/// MTH(D\[n\]) by its definition (RFC 9162, 2.1.1).
pub fn root_by_definition<E: AsRef<[u8]>>(entries: &[E]) -> Hash {
    match entries {
        [] => heng_evidence::EMPTY_ROOT,
        [entry] => leaf_hash(entry.as_ref()),
        _ => {
            let split = entries.len().next_power_of_two() / 2;
            node_hash(&root_by_definition(&entries[..split]), &root_by_definition(&entries[split..]))
        }
    }
}
