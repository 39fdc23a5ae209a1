//! One writer at a time, by an advisory lock that the system lets go of when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use crate::error::Error;
use crate::layout::Layout;

/// Takes the lock of a store, held until the file is dropped.
pub(crate) fn exclusive(layout: &Layout) -> Result<File, Error> {
    let path = layout.lock();
    exclusive_file(&path).map_err(Error::at(&path))?.ok_or(Error::Locked { folder: layout.folder().to_path_buf() })
}

/// Takes the lock of a file, made where it is not there and held until it is dropped; nothing where another process has it.
pub fn exclusive_file(path: &Path) -> std::io::Result<Option<File>> {
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
    // A process that another thread is just starting shares our open files until it runs its own program: such a holder is gone in a moment.
    for _ in 0..PATIENCE {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) => sleep(MOMENT),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(None)
}

/// How often the lock is tried.
const PATIENCE: u32 = 40;
/// How long between two tries.
const MOMENT: Duration = Duration::from_millis(10);
