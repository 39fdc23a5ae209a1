//! One writer at a time, by an advisory lock that the system lets go of when the process ends, however it ends.

use std::fs::{File, OpenOptions, TryLockError};

use crate::error::Error;
use crate::layout::Layout;

/// Takes the lock, held until the file is dropped.
pub(crate) fn exclusive(layout: &Layout) -> Result<File, Error> {
    let path = layout.lock();
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path);
    let file = opened.map_err(Error::at(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked { folder: layout.folder().to_path_buf() }),
        Err(TryLockError::Error(error)) => Err(Error::at(&path)(error)),
    }
}
