//! The growing edge of the tree: what must be kept to append, and the tiles that appending makes.

use crate::hash::{EMPTY_ROOT, Hash, leaf_hash, node_hash, perfect_root};
use crate::tile::{TILE_WIDTH, Tile, TileReader, hashes_of};
use crate::tree::TreeError;

/// The rightmost, not yet full tile of each level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    /// By level; each with fewer than 256 hashes.
    edges: Vec<Vec<Hash>>,
}

impl Frontier {
    /// The frontier of the empty tree.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The frontier of a tree of this size, from its tiles. Compare its `root` with the checkpoint's before trusting it.
    pub fn read<R: TileReader>(tiles: &R, size: u64) -> Result<Self, TreeError<R::Error>> {
        let mut edges = Vec::new();
        let mut hashes = size;
        for level in 0_u8.. {
            if hashes == 0 {
                break;
            }
            let edge = match Tile::of_tree(size, level, hashes / TILE_WIDTH) {
                Some(tile) => {
                    let bytes = tiles.tile(tile).map_err(TreeError::Reader)?.ok_or(TreeError::Missing(tile))?;
                    hashes_of(tile, &bytes).ok_or(TreeError::Malformed(tile))?
                }
                None => Vec::new(),
            };
            edges.push(edge);
            hashes /= TILE_WIDTH;
        }
        Ok(Self { size, edges })
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends entries and gives the tiles to write: the full ones as they were completed, then the partial ones of the right edge that
    /// changed. Each is complete in itself: nothing that was written before is needed to use it.
    pub fn append<E: AsRef<[u8]>>(&mut self, entries: &[E]) -> Vec<(Tile, Vec<u8>)> {
        let mut written = Vec::new();
        let mut changed = 0;
        for entry in entries {
            changed = changed.max(self.push(leaf_hash(entry.as_ref()), &mut written));
        }
        if entries.is_empty() {
            return written;
        }
        let mut hashes = self.size;
        for (level, edge) in (0_u8..).zip(&self.edges).take(changed + 1) {
            if let Some(tile) = Tile::of_tree(self.size, level, hashes / TILE_WIDTH) {
                written.push((tile, edge.as_flattened().to_vec()));
            }
            hashes /= TILE_WIDTH;
        }
        written
    }

    /// Adds a leaf; gives the highest level that changed.
    fn push(&mut self, leaf: Hash, written: &mut Vec<(Tile, Vec<u8>)>) -> usize {
        self.size += 1;
        let mut hash = leaf;
        let mut level = 0;
        loop {
            if self.edges.len() == level {
                self.edges.push(Vec::new());
            }
            let Some(edge) = self.edges.get_mut(level) else { return level };
            edge.push(hash);
            if (edge.len() as u64) < TILE_WIDTH {
                return level;
            }
            let full = std::mem::take(edge);
            let place = u8::try_from(level).ok().and_then(|level| {
                let index = (self.size >> (8 * u32::from(level))) / TILE_WIDTH;
                Tile::of_tree(self.size, level, index - 1)
            });
            written.extend(place.map(|tile| (tile, full.as_flattened().to_vec())));
            hash = perfect_root(full).unwrap_or(EMPTY_ROOT);
            level += 1;
        }
    }

    /// The root of the tree (RFC 9162, 2.1.1).
    pub fn root(&self) -> Hash {
        // The perfect subtrees, from the largest (left) to the smallest, are joined from the right.
        let mut peaks = Vec::new();
        for edge in self.edges.iter().rev() {
            let mut rest = edge.as_slice();
            while !rest.is_empty() {
                let (perfect, smaller) = rest.split_at(1 << rest.len().ilog2());
                peaks.extend(perfect_root(perfect.to_vec()));
                rest = smaller;
            }
        }
        peaks.into_iter().rev().reduce(|right, left| node_hash(&left, &right)).unwrap_or(EMPTY_ROOT)
    }
}
