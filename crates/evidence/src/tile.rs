//! Tiles and entry bundles (C2SP tlog-tiles): how the tree lies in files.
//!
//! A tile of level l holds up to 256 hashes of perfect subtrees of 256ˡ leaves. The rightmost tile of a level may be partial; a full tile's
//! bytes begin with those of each partial tile that it grew from.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::hash::Hash;
use crate::subtree::Subtrees;

/// How many hashes a full tile has.
pub const TILE_WIDTH: u64 = 256;

/// log₂ of `TILE_WIDTH`.
pub(crate) const TILE_HEIGHT: u32 = 8;

/// Which tile: level, index within the level and how many hashes of it exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    width: u16,
}

/// Which entry bundle: index and how many of its entries exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryBundle {
    index: u64,
    width: u16,
}

/// The path names no tile and no entry bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path:?} is no path of a tile or an entry bundle")]
pub struct PathError {
    /// The path, cut to a readable length.
    pub path: String,
}

/// The bytes are no entry bundle, or an entry does not fit into one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// An entry has more bytes than a length prefix can say.
    #[error("an entry of {length} bytes does not fit into a bundle")]
    EntryTooLong {
        /// How many bytes it has.
        length: usize,
    },
    /// The bytes end within an entry.
    #[error("the bundle ends within an entry")]
    Truncated,
}

impl Tile {
    /// The tile at a level and index of a tree of this size, if there is one.
    pub fn of_tree(size: u64, level: u8, index: u64) -> Option<Self> {
        let hashes = size.checked_shr(TILE_HEIGHT * u32::from(level)).unwrap_or(0);
        let width = hashes.saturating_sub(index.checked_mul(TILE_WIDTH)?).min(TILE_WIDTH);
        let width = u16::try_from(width).ok().filter(|&width| width > 0)?;
        Some(Self { level, index, width })
    }

    /// The tiles that a tree has after growing and that it did not have, full ones before partial ones of each level.
    pub fn of_growth(old_size: u64, new_size: u64) -> Vec<Self> {
        let mut tiles = Vec::new();
        for level in 0..TILE_HEIGHT as u8 {
            let shift = TILE_HEIGHT * u32::from(level);
            let (old, new) = (old_size >> shift, new_size >> shift);
            if new == 0 {
                break;
            }
            if old == new {
                continue;
            }
            tiles.extend(
                (old / TILE_WIDTH..=(new - 1) / TILE_WIDTH).filter_map(|index| Self::of_tree(new_size, level, index)),
            );
        }
        tiles
    }

    /// Counted from 0, the level of the leaf hashes.
    pub fn level(self) -> u8 {
        self.level
    }

    /// Counted from 0 within the level.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes it has: 1 to 256.
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether no more hashes can come.
    pub fn is_full(self) -> bool {
        u64::from(self.width) == TILE_WIDTH
    }

    /// The full tile at the same place.
    pub fn full(self) -> Self {
        Self { width: 256, ..self }
    }
}

impl EntryBundle {
    /// The bundle at an index of a tree of this size, if there is one.
    pub fn of_tree(size: u64, index: u64) -> Option<Self> {
        Tile::of_tree(size, 0, index).map(|tile| Self { index, width: tile.width })
    }

    /// The bundles that a tree has after growing and that it did not have.
    pub fn of_growth(old_size: u64, new_size: u64) -> Vec<Self> {
        let leaves = Tile::of_growth(old_size, new_size).into_iter().filter(|tile| tile.level == 0);
        leaves.map(|tile| Self { index: tile.index, width: tile.width }).collect()
    }

    /// Counted from 0.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many entries it has: 1 to 256.
    pub fn width(self) -> u16 {
        self.width
    }
}

/// `tile/0/x001/234.p/5`.
impl fmt::Display for Tile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "tile/{}/", self.level)?;
        write_place(formatter, self.index, self.width)
    }
}

/// `tile/entries/x001/234.p/5`.
impl fmt::Display for EntryBundle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("tile/entries/")?;
        write_place(formatter, self.index, self.width)
    }
}

fn write_place(formatter: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    let mut groups = vec![index % 1000];
    let mut rest = index / 1000;
    while rest > 0 {
        groups.push(rest % 1000);
        rest /= 1000;
    }
    for (left, group) in groups.iter().enumerate().rev() {
        if left > 0 {
            write!(formatter, "x{group:03}/")?;
        } else {
            write!(formatter, "{group:03}")?;
        }
    }
    if u64::from(width) < TILE_WIDTH {
        write!(formatter, ".p/{width}")?;
    }
    Ok(())
}

/// Reads index and width; the caller compares the path printed again, which refuses every other spelling.
fn read_place(place: &str) -> Option<(u64, u16)> {
    let (index, width) = match place.split_once(".p/") {
        Some((index, width)) => (index, width.parse().ok().filter(|width| (1..256).contains(width))?),
        None => (place, 256),
    };
    let index = index.split('/').try_fold(0_u64, |index, group| {
        let group: u64 = group.strip_prefix('x').unwrap_or(group).parse().ok()?;
        index.checked_mul(1000)?.checked_add(group)
    })?;
    Some((index, width))
}

impl FromStr for Tile {
    type Err = PathError;

    fn from_str(path: &str) -> Result<Self, PathError> {
        let tile = path.strip_prefix("tile/").and_then(|rest| {
            let (level, place) = rest.split_once('/')?;
            let level = level.parse().ok().filter(|level| *level < 64)?;
            let (index, width) = read_place(place)?;
            Some(Self { level, index, width })
        });
        tile.filter(|tile| tile.to_string() == path).ok_or_else(|| PathError { path: path.chars().take(80).collect() })
    }
}

impl FromStr for EntryBundle {
    type Err = PathError;

    fn from_str(path: &str) -> Result<Self, PathError> {
        let place = path.strip_prefix("tile/entries/").and_then(read_place);
        let bundle = place.map(|(index, width)| Self { index, width });
        bundle
            .filter(|bundle| bundle.to_string() == path)
            .ok_or_else(|| PathError { path: path.chars().take(80).collect() })
    }
}

/// The bytes of an entry bundle: each entry with its length before it (16 bit, big-endian).
pub fn entry_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, BundleError> {
    let mut bundle = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let length = u16::try_from(entry.len()).map_err(|_| BundleError::EntryTooLong { length: entry.len() })?;
        bundle.extend_from_slice(&length.to_be_bytes());
        bundle.extend_from_slice(entry);
    }
    Ok(bundle)
}

/// The entries of a bundle.
pub fn entries_from_bundle(mut bundle: &[u8]) -> Result<Vec<&[u8]>, BundleError> {
    let mut entries = Vec::new();
    while !bundle.is_empty() {
        let (length, rest) = bundle.split_first_chunk().ok_or(BundleError::Truncated)?;
        let (entry, rest) =
            rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or(BundleError::Truncated)?;
        entries.push(entry);
        bundle = rest;
    }
    Ok(entries)
}

/// Where tiles come from.
pub trait TileReader {
    /// Why a tile could not be read.
    type Error;

    /// The bytes of a tile, or of a wider one at the same place; nothing if there is none.
    fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Self::Error>;

    /// The subtrees of a tile, where the reader remembers them from an earlier tree.
    fn remembered(&self, _tile: Tile) -> Option<Arc<Subtrees>> {
        None
    }

    /// Hears the subtrees of a tile that was read. What has this path never has other hashes: a log only grows.
    fn remember(&self, _tile: Tile, _subtrees: &Arc<Subtrees>) {}
}

impl<R: TileReader> TileReader for &R {
    type Error = R::Error;

    fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Self::Error> {
        (**self).tile(tile)
    }

    fn remembered(&self, tile: Tile) -> Option<Arc<Subtrees>> {
        (**self).remembered(tile)
    }

    fn remember(&self, tile: Tile, subtrees: &Arc<Subtrees>) {
        (**self).remember(tile, subtrees);
    }
}

/// Tiles held in memory, the widest of each place.
#[derive(Clone, Debug, Default)]
pub struct MemoryTiles {
    tiles: BTreeMap<(u8, u64), Vec<u8>>,
}

impl MemoryTiles {
    /// Takes tiles in; a wider one replaces a narrower one.
    pub fn insert(&mut self, tiles: impl IntoIterator<Item = (Tile, Vec<u8>)>) {
        for (tile, bytes) in tiles {
            let held = self.tiles.entry((tile.level, tile.index)).or_default();
            if held.len() < bytes.len() {
                *held = bytes;
            }
        }
    }
}

impl TileReader for MemoryTiles {
    type Error = Infallible;

    fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Infallible> {
        Ok(self.tiles.get(&(tile.level, tile.index)).cloned())
    }
}

/// The hashes of a tile's bytes, if they are at least as many as the tile has.
pub(crate) fn hashes_of(tile: Tile, bytes: &[u8]) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    let hashes = hashes.get(..usize::from(tile.width))?;
    rest.is_empty().then(|| hashes.to_vec())
}
