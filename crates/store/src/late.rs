//! A disk for a store that is being made: nothing is durable until all of it is, and until then nobody else can open it.
//!
//! A store that is laid out with thousands of statements at once (an example city, an archive that is taken over) has nobody yet whom a
//! statement is acknowledged to. So its files are made durable once, at the end, by one call for the whole file system, and not each in
//! its turn. A file says that this has not happened yet; it is written before anything else and removed after everything.

use std::fs::File;
use std::io;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::disk::{Disk, LocalDisk, at_once};

/// The machine's file system, which is asked for durability once.
pub struct LateDisk {
    disk: LocalDisk,
    /// Open since before the first write: a failed write-back is only sure to be reported to a descriptor that was open when it failed.
    folder: File,
    is_settled: AtomicBool,
}

impl LateDisk {
    /// For a store in this folder, which is made if it is not there.
    pub fn at(folder: &Path) -> io::Result<Self> {
        let disk = LocalDisk::default();
        disk.make_folder(folder)?;
        // Where no call makes a whole file system durable, nothing is put off.
        let is_settled = AtomicBool::new(cfg!(not(target_os = "linux")));
        Ok(Self { disk, folder: File::open(folder)?, is_settled })
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

impl Disk for LateDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.disk.read(path)
    }

    fn read_part(&self, path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        self.disk.read_part(path, offset, length)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.disk.names(folder)
    }

    fn write(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.disk.write(path, offset, bytes)
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.disk.cut(path, length)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        if self.is_settled() { self.disk.sync(path) } else { Ok(()) }
    }

    fn write_durably(&self, files: &[(PathBuf, &[u8])]) -> io::Result<()> {
        if self.is_settled() {
            return self.disk.write_durably(files);
        }
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        at_once(files, processors, &|path, bytes| std::fs::write(path, bytes))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if self.is_settled() { self.disk.sync_folder(folder) } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.disk.rename(from, to)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.make_folder(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.disk.remove(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.disk.remove_folder(folder)
    }

    fn is_settled(&self) -> bool {
        self.is_settled.load(Ordering::Acquire)
    }

    fn settle(&self) -> io::Result<()> {
        if !self.is_settled() {
            sync_all_of(&self.folder)?;
            self.is_settled.store(true, Ordering::Release);
        }
        Ok(())
    }
}
