//! The few things the store asks of a file system, so that each of them can be made to fail.
//!
//! A file's bytes are durable after `sync` of the file, its name after `sync_folder` of its folder; nothing else is promised. In
//! particular a rename may reach the disk before the bytes of what was renamed. See Pillai and others, *All File Systems Are Not Created
//! Equal* (OSDI 2014), and Rebello and others, *Can Applications Recover from fsync Failures?* (ATC 2020): after a failed `sync` the
//! pages may be marked clean, so nobody may try again and believe the answer.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::late::Late;

/// A file system. An error leaves open whether the operation took place.
pub trait Disk: Send + Sync {
    /// The whole file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// `length` bytes from `offset`; fewer are an error.
    fn read_part(&self, path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>>;
    /// The names in a folder, sorted; none if there is no such folder.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Writes at `offset`, making the file if it is not there.
    fn write(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()>;
    /// Makes the file this short.
    fn cut(&self, path: &Path, length: u64) -> io::Result<()>;
    /// Makes the file's bytes durable.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Writes new files and makes their bytes durable. Where waiting for one does not stop another, many are durable as soon as one.
    fn write_durably(&self, files: &[(PathBuf, &[u8])]) -> io::Result<()> {
        for (path, bytes) in files {
            self.write(path, 0, bytes)?;
            self.sync(path)?;
        }
        Ok(())
    }
    /// Makes the names in a folder durable.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Gives a file another name, at once for whoever looks, replacing what had it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Makes a folder and those above it; nothing if it is there.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
    /// Whether what was said to be durable is so: a disk may put it off until `settle`.
    fn is_settled(&self) -> bool {
        true
    }
    /// Makes durable whatever was put off, and puts off nothing from now on.
    fn settle(&self) -> io::Result<()> {
        Ok(())
    }
}

/// So many files are written at once: they wait for the disk, not for a processor.
const WAIT_TOGETHER: usize = 16;

/// The machine's file system.
#[derive(Debug, Default)]
pub struct LocalDisk {
    /// The file written to last stays open until another one is: a failed write-back is only sure to be reported to a descriptor that
    /// was open when it failed.
    last_written: Mutex<Option<(PathBuf, File)>>,
    /// There for a store that is being made.
    late: Option<Late>,
}

impl LocalDisk {
    /// For a store that is being made in this folder, which is made if it is not there: nothing is durable before it is settled.
    pub fn late(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { late: Some(Late::at(folder)?), ..Self::default() })
    }

    fn with_file<T>(
        &self,
        path: &Path,
        how: &OpenOptions,
        act: impl FnOnce(&mut File) -> io::Result<T>,
    ) -> io::Result<T> {
        let mut last = self.last_written.lock().unwrap_or_else(PoisonError::into_inner);
        let mut file = match last.take() {
            Some((open, file)) if open == path => file,
            _ => how.open(path)?,
        };
        let outcome = act(&mut file);
        *last = Some((path.to_path_buf(), file));
        outcome
    }

    /// Lets go of a file that changes its name or disappears.
    fn forget(&self, path: &Path) {
        let mut last = self.last_written.lock().unwrap_or_else(PoisonError::into_inner);
        last.take_if(|(open, _)| open == path);
    }
}

impl Disk for LocalDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_part(&self, path: &Path, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = vec![0; length];
        file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut names = entries
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<io::Result<Vec<String>>>()?;
        names.sort();
        Ok(names)
    }

    fn write(&self, path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.with_file(path, OpenOptions::new().write(true).create(true).truncate(false), |file| {
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(bytes)
        })
    }

    fn cut(&self, path: &Path, length: u64) -> io::Result<()> {
        self.with_file(path, OpenOptions::new().write(true), |file| file.set_len(length))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        if !self.is_settled() {
            return Ok(());
        }
        self.with_file(path, OpenOptions::new().write(true), |file| file.sync_all())
    }

    fn write_durably(&self, files: &[(PathBuf, &[u8])]) -> io::Result<()> {
        if !self.is_settled() {
            // There is nothing to wait for, and whoever makes files in one folder makes them one after the other.
            return files.iter().try_for_each(|(path, bytes)| fs::write(path, bytes));
        }
        // Each file is synced by the descriptor it was written through; a file system commits those together that wait together.
        let waiting = Mutex::new(files.iter());
        let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
        let work = || {
            while let Some((path, bytes)) = next() {
                let mut file = File::create(path)?;
                file.write_all(bytes)?;
                file.sync_all()?;
            }
            Ok(())
        };
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..files.len().min(WAIT_TOGETHER)).map(|_| scope.spawn(work)).collect();
            // A panic of a worker is a panic here.
            let ended =
                workers.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            ended.fold(Ok(()), io::Result::and)
        })
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        // Only on Unix can a folder be opened and synced; elsewhere the file system keeps names in its own journal.
        if cfg!(unix) && self.is_settled() { File::open(folder)?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.forget(from);
        self.forget(to);
        fs::rename(from, to)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.forget(path);
        fs::remove_file(path)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    fn is_settled(&self) -> bool {
        self.late.as_ref().is_none_or(Late::is_settled)
    }

    fn settle(&self) -> io::Result<()> {
        self.late.as_ref().map_or(Ok(()), Late::settle)
    }
}

/// The bytes of a file, or nothing if there is none.
pub(crate) fn read_if_there(disk: &dyn Disk, path: &Path) -> io::Result<Option<Vec<u8>>> {
    match disk.read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}
