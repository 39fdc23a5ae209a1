//! Durability that is put off: of a store that is being made, nothing is durable until all of it is, and until then nobody else can open it.
//!
//! A store that is laid out with thousands of statements at once (an example city, an archive that is taken over) has nobody yet whom a
//! statement is acknowledged to. So its files are made durable once, at the end, by one call for the whole file system, and not each in
//! its turn. A file says that this has not happened yet; it is written before anything else and removed after everything.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is still owed.
#[derive(Debug)]
pub(crate) struct Late {
    /// Open since before the first write: a failed write-back is only sure to be reported to a descriptor that was open when it failed.
    folder: File,
    is_settled: AtomicBool,
}

impl Late {
    pub(crate) fn at(folder: &Path) -> io::Result<Self> {
        // Where no call makes a whole file system durable, nothing is put off.
        Ok(Self { folder: File::open(folder)?, is_settled: AtomicBool::new(cfg!(not(target_os = "linux"))) })
    }

    pub(crate) fn is_settled(&self) -> bool {
        self.is_settled.load(Ordering::Acquire)
    }

    pub(crate) fn settle(&self) -> io::Result<()> {
        if !self.is_settled() {
            sync_all_of(&self.folder)?;
            self.is_settled.store(true, Ordering::Release);
        }
        Ok(())
    }
}

#[cfg(target_os = "linux")]
fn sync_all_of(folder: &File) -> io::Result<()> {
    Ok(rustix::fs::syncfs(folder)?)
}

#[cfg(not(target_os = "linux"))]
fn sync_all_of(_: &File) -> io::Result<()> {
    Ok(())
}
