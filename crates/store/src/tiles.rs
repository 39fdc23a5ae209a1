//! The tiles on disk, as the proofs read them.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use heng_evidence::tile::TILE_WIDTH;
use heng_evidence::{EntryBundle, Hash, Subtrees, Tile, TileReader, entry_bundle};
use quick_cache::sync::Cache;

use crate::disk::{Disk, read_if_there};
use crate::layout::Layout;
use crate::memory::Bytes;

/// The tiles under a store's `log`.
#[derive(Clone, Copy)]
pub(crate) struct DiskTiles<'a> {
    pub(crate) disk: &'a dyn Disk,
    pub(crate) layout: &'a Layout,
}

impl TileReader for DiskTiles<'_> {
    type Error = io::Error;

    /// The tile, or one that it has become part of: the full one, or a wider partial one, since a batch may pass over widths.
    fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, io::Error> {
        for path in [tile, tile.full()] {
            if let Some(bytes) = read_if_there(self.disk, &self.layout.log().join(path.to_string()))? {
                return Ok(Some(bytes));
            }
        }
        let mut folder = self.layout.log().join(tile.full().to_string()).into_os_string();
        folder.push(".p");
        let folder = PathBuf::from(folder);
        let names = self.disk.names(&folder)?;
        let wider =
            names.iter().filter_map(|name| name.parse::<u16>().ok()).filter(|width| *width > tile.width()).min();
        wider.map_or(Ok(None), |width| read_if_there(self.disk, &folder.join(width.to_string())))
    }
}

/// The same, with those remembered that were read before.
#[derive(Clone, Copy)]
pub(crate) struct RememberedTiles<'a> {
    pub(crate) tiles: DiskTiles<'a>,
    pub(crate) memory: &'a Cache<Tile, Arc<Subtrees>, Bytes>,
}

impl TileReader for RememberedTiles<'_> {
    type Error = io::Error;

    fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, io::Error> {
        self.tiles.tile(tile)
    }

    fn remembered(&self, tile: Tile) -> Option<Arc<Subtrees>> {
        self.memory.get(&tile)
    }

    fn remember(&self, tile: Tile, subtrees: &Arc<Subtrees>) {
        self.memory.insert(tile, Arc::clone(subtrees));
    }
}

/// A tile or a bundle of entries, as a file under `log`.
pub(crate) struct TileFile {
    /// Its path.
    pub(crate) path: PathBuf,
    /// The path of the full one at the same place.
    pub(crate) full_path: PathBuf,
    /// How many hashes or entries it has.
    pub(crate) width: usize,
    pub(crate) bytes: Vec<u8>,
}

impl TileFile {
    pub(crate) fn of_tile(tile: Tile, bytes: Vec<u8>) -> Self {
        let (path, full_path) = (tile.to_string().into(), tile.full().to_string().into());
        Self { path, full_path, width: usize::from(tile.width()), bytes }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.path == self.full_path
    }

    /// What a narrower one at the same place has: all that was ever published there begins the same.
    pub(crate) fn narrower(&self, width: usize) -> Option<&[u8]> {
        let length = (self.bytes.len() / self.width.max(1)).checked_mul(width)?;
        self.bytes.get(..length).filter(|_| (1..=self.width).contains(&width))
    }
}

/// How many entries a full bundle has.
const WIDTH: usize = TILE_WIDTH as usize;

/// The bundles of entries that are full after these were added to the tree of this size, and the one that is not. `open` holds the
/// entries of the last, and is left with those of the new last.
pub(crate) fn bundles(open: &mut Vec<Hash>, size: u64, entries: &[Hash]) -> Vec<TileFile> {
    let mut files = Vec::new();
    let mut index = size / TILE_WIDTH;
    let mut rest = entries;
    while !rest.is_empty() {
        let (taken, later) = rest.split_at(rest.len().min(WIDTH - open.len()));
        open.extend_from_slice(taken);
        rest = later;
        let start = index * TILE_WIDTH;
        let bundle = EntryBundle::of_tree(start + open.len() as u64, index);
        let full = EntryBundle::of_tree(start + TILE_WIDTH, index);
        if let (Some(bundle), Some(full), Ok(bytes)) = (bundle, full, entry_bundle(open)) {
            let (path, full_path) = (bundle.to_string().into(), full.to_string().into());
            files.push(TileFile { path, full_path, width: open.len(), bytes });
        }
        if open.len() == WIDTH {
            open.clear();
            index += 1;
        }
    }
    files
}
