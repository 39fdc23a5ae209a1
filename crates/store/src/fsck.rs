//! Checks a store from its files alone, by code that shares nothing with the writer, and changes nothing.
//!
//! The segments are read first, byte by byte; everything else is compared with what follows from them: tree, tiles, bundles of entries,
//! checkpoint and index. A changed bit in any of these files, and in any document, is a finding. The index is compared by what it says:
//! a bit that no answer depends on, in a free page of SQLite's, is none.

mod cache;
mod documents;
mod merkle;
mod segments;
mod served;

use std::fs::{File, TryLockError};
use std::path::Path;

use heng_evidence::SignedCheckpoint;
use heng_quantity::Finding;

use crate::disk::LocalDisk;
use crate::error::Error;
use crate::layout::Layout;
use crate::store::refuse_unfinished;

/// What a check found, and how much it looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// What is not as it should be; empty if all is.
    pub findings: Vec<Finding>,
    /// Segments read.
    pub segments: u64,
    /// Statements read from them.
    pub statements: u64,
    /// The bytes of those statements.
    pub bytes: u64,
    /// Tiles and bundles of entries compared.
    pub tiles: u64,
    /// Statements compared with the index.
    pub indexed: u64,
    /// Documents compared with their names.
    pub documents: u64,
    /// The root over all statements.
    pub root: [u8; 32],
    /// The size that the checkpoint states, if it can be read.
    pub checkpoint_size: Option<u64>,
}

/// Checks the store in a folder. `is_authentic` tells whether the log's key signed a checkpoint. Refuses while somebody writes.
pub fn fsck(folder: &Path, is_authentic: &dyn Fn(&SignedCheckpoint) -> bool) -> Result<Report, Error> {
    let layout = Layout::new(folder);
    if !layout.segments().is_dir() {
        return Err(Error::NoStore { folder: folder.to_path_buf() });
    }
    let _lock = shared_lock(&layout)?;
    refuse_unfinished(&LocalDisk::default(), &layout)?;
    let mut report = Report::default();
    let stated = served::read_checkpoint(&layout, &mut report)?;
    report.checkpoint_size = stated.as_ref().map(|signed| signed.checkpoint().size);
    let mut cache = cache::Cache::open(&layout, &mut report);
    let entries = segments::read(&layout, &mut report, &mut |seen, report| cache.compare(seen, report))?;
    cache.finish(&entries, &mut report);
    let tree = merkle::Levels::over(&entries);
    report.root = tree.root(entries.len());
    served::compare_checkpoint(&layout, stated.as_ref(), is_authentic, &tree, entries.len(), &mut report)?;
    served::compare_tiles(&layout, &tree, &entries, &mut report)?;
    documents::compare(&layout, &mut report)?;
    Ok(report)
}

/// Keeps writers away, without making a lock where there is none.
fn shared_lock(layout: &Layout) -> Result<Option<File>, Error> {
    let Ok(file) = File::open(layout.lock()) else { return Ok(None) };
    match file.try_lock_shared() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(Error::Locked { folder: layout.folder().to_path_buf() }),
        Err(TryLockError::Error(error)) => Err(Error::at(&layout.lock())(error)),
    }
}

/// A path below the store's folder, as findings give it.
fn shown(layout: &Layout, path: &Path) -> String {
    path.strip_prefix(layout.folder()).unwrap_or(path).to_string_lossy().into_owned()
}

/// Every file below a folder, in order.
fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(&folder).map_err(Error::at(&folder))? {
            let entry = entry.map_err(Error::at(&folder))?;
            let is_folder = entry.file_type().map_err(Error::at(&folder))?.is_dir();
            if is_folder { &mut folders } else { &mut found }.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}
