//! The checkpoint on disk, and the name of the log.

use heng_evidence::{Checkpoint, SignedCheckpoint};

use crate::disk::{Disk, read_if_there};
use crate::error::Error;
use crate::layout::Layout;

/// Signs a checkpoint with the log's key.
pub type SignCheckpoint =
    dyn Fn(Checkpoint) -> Result<SignedCheckpoint, Box<dyn std::error::Error + Send + Sync>> + Send + Sync;

/// The checkpoint on disk with its signatures, which are not authenticated; nothing if there is none or it cannot be read as one.
pub(crate) fn read(disk: &dyn Disk, layout: &Layout) -> Result<Option<SignedCheckpoint>, Error> {
    Ok(bytes(disk, layout)?.and_then(|bytes| parsed(&bytes)))
}

/// The bytes of the checkpoint on disk.
pub(crate) fn bytes(disk: &dyn Disk, layout: &Layout) -> Result<Option<Vec<u8>>, Error> {
    read_if_there(disk, &layout.checkpoint()).map_err(Error::at(&layout.checkpoint()))
}

/// The checkpoint that these bytes are, if they are one.
pub(crate) fn parsed(bytes: &[u8]) -> Option<SignedCheckpoint> {
    std::str::from_utf8(bytes).ok()?.parse().ok()
}

/// The name of the log; an error if there is no store.
pub(crate) fn read_origin(disk: &dyn Disk, layout: &Layout) -> Result<String, Error> {
    let bytes = read_if_there(disk, &layout.origin()).map_err(Error::at(&layout.origin()))?;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    match text.as_deref().and_then(|text| text.strip_suffix('\n')) {
        Some(origin) => Ok(origin.to_owned()),
        None => Err(Error::NoStore { folder: layout.folder().to_path_buf() }),
    }
}
