//! The writer of the log: segments first and durable, then the tiles and the checkpoint that are made from them.
//!
//! The life of a statement: *written* to the segment; *durable* once the segment is synced; *published* once tiles and checkpoint cover
//! it; only then acknowledged. A process that dies before *durable* leaves at most a torn tail, which opening cuts; one that dies later
//! leaves tiles or a checkpoint behind the segment, and opening grows the tree over what it finds by the same function that appending
//! uses. Tiles of the open segment need not be durable, since opening reads that segment whole and writes whatever differs. Before a new
//! segment is begun, all tiles so far are made durable; so opening never needs more than the last segment.

mod mend;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heng_evidence::tile::TILE_WIDTH;
use heng_evidence::{Checkpoint, Frontier, Hash, Tile};
use sha2::{Digest, Sha256};

use crate::checkpoint::SignCheckpoint;
use crate::disk::{Disk, LocalDisk, read_if_there};
use crate::error::Error;
use crate::layout::{Layout, first_of_segment};
use crate::segment::{self, FRAME_LENGTH, LONGEST};
use crate::tiles::{TileFile, bundles};

/// A segment is closed at the first multiple of 256 statements after it has grown to this many bytes.
pub const SEGMENT_BYTES: u64 = 1 << 24;

/// What a store is opened with, where the ordinary is not wanted.
pub struct Settings {
    /// The file system.
    pub disk: Arc<dyn Disk>,
    /// From which size on a segment is closed.
    pub segment_bytes: u64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { disk: Arc::new(LocalDisk::default()), segment_bytes: SEGMENT_BYTES }
    }
}

/// Where a statement lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The first index of its segment.
    pub segment: u64,
    /// Where its record starts there.
    pub offset: u64,
    /// How many bytes the statement has.
    pub length: u64,
}

/// The log, open for writing. Whoever has it must hold the store's lock.
pub struct Log {
    disk: Arc<dyn Disk>,
    layout: Layout,
    origin: String,
    sign: Box<SignCheckpoint>,
    segment_bytes: u64,
    /// The first index of the open segment, and its length in bytes.
    segment: (u64, u64),
    frontier: Frontier,
    /// The entries of the bundle that is not full.
    open_bundle: Vec<Hash>,
    /// What the checkpoint on disk was signed over.
    published: Option<Checkpoint>,
    /// Tiles that may not be durable.
    unsettled: BTreeSet<PathBuf>,
    stopped: Option<String>,
}

impl Log {
    /// Lays out an empty log, durably. Does not replace anything: run again after a failure, it goes on where it was.
    pub fn create(disk: &dyn Disk, layout: &Layout) -> Result<(), Error> {
        let segment = layout.segment(0);
        disk.make_folder(&layout.segments()).map_err(Error::at(&layout.segments()))?;
        disk.write(&segment, 0, &segment::header(0)).map_err(Error::at(&segment))?;
        disk.sync(&segment).map_err(Error::at(&segment))?;
        for folder in [layout.segments(), layout.log()] {
            disk.sync_folder(&folder).map_err(Error::at(&folder))?;
        }
        Ok(())
    }

    /// How many statements there are.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Appends statements. When it returns they are durable and the checkpoint covers them. After a failure nothing more is appended.
    pub fn append(&mut self, statements: &[&[u8]]) -> Result<Vec<Place>, Error> {
        if let Some(reason) = &self.stopped {
            return Err(Error::Stopped { reason: reason.clone() });
        }
        if let Some(long) = statements.iter().find(|bytes| bytes.is_empty() || bytes.len() > LONGEST) {
            return Err(Error::TooLong { length: long.len() });
        }
        let outcome = self.write(statements);
        if let Err(error) = &outcome {
            self.stopped = Some(error.to_string());
        }
        outcome
    }

    fn write(&mut self, statements: &[&[u8]]) -> Result<Vec<Place>, Error> {
        let mut places = Vec::with_capacity(statements.len());
        let mut rest = statements;
        while !rest.is_empty() {
            if self.is_segment_full(self.frontier.size(), self.segment.1) {
                self.begin_segment()?;
            }
            let (first, start) = self.segment;
            let longest: usize = rest.iter().map(|bytes| FRAME_LENGTH + bytes.len()).sum();
            let mut records = Vec::with_capacity(longest.min(2 * SEGMENT_BYTES as usize));
            let mut taken = 0;
            for (index, bytes) in (self.frontier.size()..).zip(rest) {
                let offset = start + records.len() as u64;
                if taken > 0 && self.is_segment_full(index, offset) {
                    break;
                }
                places.push(Place { segment: first, offset, length: bytes.len() as u64 });
                segment::push_record(&mut records, index, bytes);
                taken += 1;
            }
            let path = self.layout.segment(first);
            self.disk.write(&path, start, &records).map_err(Error::at(&path))?;
            self.disk.sync(&path).map_err(Error::at(&path))?;
            self.segment.1 += records.len() as u64;
            let (now, later) = rest.split_at_checked(taken).unwrap_or((rest, &[]));
            let entries: Vec<Hash> = now.iter().map(|bytes| Sha256::digest(bytes).into()).collect();
            self.grow(&entries)?;
            rest = later;
        }
        self.publish()?;
        Ok(places)
    }

    fn is_segment_full(&self, size: u64, length: u64) -> bool {
        length >= self.segment_bytes && size.is_multiple_of(TILE_WIDTH)
    }

    /// Makes all tiles and a checkpoint over them durable, then begins the next segment. Its folder is synced before anything is written
    /// to it.
    fn begin_segment(&mut self) -> Result<(), Error> {
        self.publish()?;
        self.settle()?;
        let first = self.frontier.size();
        let path = self.layout.segment(first);
        let header = segment::header(first);
        self.disk.write(&path, 0, &header).map_err(Error::at(&path))?;
        self.disk.sync(&path).map_err(Error::at(&path))?;
        let folder = self.layout.segments();
        self.disk.sync_folder(&folder).map_err(Error::at(&folder))?;
        self.segment = (first, header.len() as u64);
        Ok(())
    }

    /// Extends the tree, and writes the tiles and bundles that change. Gives those at the edge, which are not full.
    fn grow(&mut self, entries: &[Hash]) -> Result<Vec<TileFile>, Error> {
        let bundles = bundles(&mut self.open_bundle, self.frontier.size(), entries);
        let tiles = self.frontier.append(entries).into_iter().map(|(tile, bytes)| TileFile::of_tile(tile, bytes));
        let mut edge = Vec::new();
        for file in tiles.chain(bundles) {
            let path = self.layout.log().join(&file.path);
            self.put(&path, &file.bytes)?;
            if file.is_full() {
                remove_partial(&*self.disk, &path, |_| None)?;
                self.unsettled.insert(path);
            } else {
                edge.push(file);
            }
        }
        Ok(edge)
    }

    /// Signs a checkpoint that covers all tiles. One over the same tree stays, with the cosignatures that it may carry.
    fn publish(&mut self) -> Result<(), Error> {
        let checkpoint =
            Checkpoint { origin: self.origin.clone(), size: self.frontier.size(), root: self.frontier.root() };
        if self.published.as_ref() == Some(&checkpoint) {
            return Ok(());
        }
        let signed =
            (self.sign)(checkpoint.clone()).map_err(|error| Error::Checkpoint { reason: error.to_string() })?;
        replace(&*self.disk, &self.layout, &self.layout.checkpoint(), signed.to_string().as_bytes())?;
        self.published = Some(checkpoint);
        Ok(())
    }

    /// Writes a tile unless it is there already.
    fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        if read_if_there(&*self.disk, path).map_err(Error::at(path))?.as_deref() == Some(bytes) {
            return Ok(());
        }
        if let Some(folder) = path.parent() {
            self.disk.make_folder(folder).map_err(Error::at(folder))?;
        }
        let temporary = self.layout.temporary().join("tile");
        self.disk.write(&temporary, 0, bytes).map_err(Error::at(&temporary))?;
        self.disk.rename(&temporary, path).map_err(Error::at(path))
    }

    /// Makes the full tiles durable, those of the upper levels at the edge, and the names of all folders above them.
    fn settle(&mut self) -> Result<(), Error> {
        let size = self.frontier.size();
        let edge = (0..8).filter_map(|level| Tile::of_tree(size, level, (size >> (8 * u32::from(level))) / TILE_WIDTH));
        self.unsettled.extend(edge.map(|tile| self.layout.log().join(tile.to_string())));
        let mut folders = BTreeSet::from([self.layout.log()]);
        for path in &self.unsettled {
            self.disk.sync(path).map_err(Error::at(path))?;
            let above = path.ancestors().skip(1).take_while(|folder| folder.starts_with(self.layout.tiles()));
            folders.extend(above.map(Path::to_path_buf));
        }
        for folder in &folders {
            self.disk.sync_folder(folder).map_err(Error::at(folder))?;
        }
        self.unsettled.clear();
        Ok(())
    }
}

/// The first indices of all segments, in order.
pub fn segments(disk: &dyn Disk, layout: &Layout) -> Result<Vec<u64>, Error> {
    let folder = layout.segments();
    let names = disk.names(&folder).map_err(Error::at(&folder))?;
    let mut firsts: Vec<u64> = names.iter().filter_map(|name| first_of_segment(name)).collect();
    firsts.sort_unstable();
    Ok(firsts)
}

/// Reads one statement from its place; nothing if it is not there undamaged.
pub fn statement_at(disk: &dyn Disk, layout: &Layout, index: u64, place: Place) -> Result<Vec<u8>, Error> {
    let path = layout.segment(place.segment);
    let length = usize::try_from(place.length).unwrap_or(LONGEST).min(LONGEST) + FRAME_LENGTH;
    let bytes = disk.read_part(&path, place.offset, length).map_err(Error::at(&path))?;
    match segment::record(&bytes, index) {
        Some(statement) => Ok(statement.to_vec()),
        None => Err(Error::Damaged { segment: path, index }),
    }
}

/// Puts bytes durably under a temporary name, then gives them their own: whoever looks sees the old or the new, whole.
pub(crate) fn replace(disk: &dyn Disk, layout: &Layout, path: &Path, bytes: &[u8]) -> Result<(), Error> {
    replace_all(disk, layout, &[(path, bytes)])
}

/// The same for several files, whose bytes become durable together.
pub(crate) fn replace_all(disk: &dyn Disk, layout: &Layout, files: &[(&Path, &[u8])]) -> Result<(), Error> {
    if !disk.is_settled() {
        // Nobody looks at a store that is being made: half a file is as good as none.
        let named: Vec<(PathBuf, &[u8])> = files.iter().map(|(path, bytes)| (path.to_path_buf(), *bytes)).collect();
        return disk.write_durably(&named).map_err(Error::at(layout.folder()));
    }
    let temporary = |place: usize| layout.temporary().join(format!("replacement-{place}"));
    let written: Vec<(PathBuf, &[u8])> =
        files.iter().enumerate().map(|(place, (_, bytes))| (temporary(place), *bytes)).collect();
    disk.write_durably(&written).map_err(Error::at(&layout.temporary()))?;
    for ((temporary, _), (path, _)) in written.iter().zip(files) {
        disk.rename(temporary, path).map_err(Error::at(path))?;
    }
    Ok(())
}

/// Removes the partial tiles beside a tile, except those that are as expected for their width.
fn remove_partial<'a>(disk: &dyn Disk, tile: &Path, expected: impl Fn(usize) -> Option<&'a [u8]>) -> Result<(), Error> {
    let mut folder = tile.as_os_str().to_owned();
    folder.push(".p");
    let folder = PathBuf::from(folder);
    let names = disk.names(&folder).map_err(Error::at(&folder))?;
    let mut kept = 0;
    for name in &names {
        let path = folder.join(name);
        let is_kept = match name.parse().ok().and_then(&expected) {
            Some(expected) => disk.read(&path).map_err(Error::at(&path))? == expected,
            None => false,
        };
        if is_kept {
            kept += 1;
        } else {
            disk.remove(&path).map_err(Error::at(&path))?;
        }
    }
    if kept == 0 && !names.is_empty() { disk.remove_folder(&folder).map_err(Error::at(&folder)) } else { Ok(()) }
}
