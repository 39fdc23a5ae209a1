//! One writer at a time, by an advisory lock that the system lets go of when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::thread::sleep;
use std::time::Duration;

use crate::error::Error;
use crate::layout::Layout;

/// Takes the lock, held until the file is dropped.
pub(crate) fn exclusive(layout: &Layout) -> Result<File, Error> {
    let path = layout.lock();
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(Error::at(&path))?;
    // A process that another thread is just starting shares our open files until it runs its own program: such a holder is gone in a moment.
    for _ in 0..PATIENCE {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => sleep(MOMENT),
            Err(TryLockError::Error(error)) => return Err(Error::at(&path)(error)),
        }
    }
    Err(Error::Locked { folder: layout.folder().to_path_buf() })
}

/// How often the lock is tried.
const PATIENCE: u32 = 40;
/// How long between two tries.
const MOMENT: Duration = Duration::from_millis(10);
