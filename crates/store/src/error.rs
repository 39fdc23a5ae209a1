//! Why the store could not do what it was asked to.

use std::io;
use std::path::{Path, PathBuf};

use heng_statement::SignedError;

/// The store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the file system said.
        source: io::Error,
    },
    /// Somebody else is writing.
    #[error("{} is being written to by another process", folder.display())]
    Locked {
        /// The store's folder.
        folder: PathBuf,
    },
    /// There is no store here.
    #[error("{} holds no store", folder.display())]
    NoStore {
        /// The folder.
        folder: PathBuf,
    },
    /// The store is being made, or its making was cut short: nothing of it is sure to be whole.
    #[error("{} holds a store that was not finished: unless it is being made just now, delete it and make it again", folder.display())]
    Unfinished {
        /// The folder.
        folder: PathBuf,
    },
    /// There is a store here already.
    #[error("{} holds a store already", folder.display())]
    StoreExists {
        /// The folder.
        folder: PathBuf,
    },
    /// A text that cannot be the name of a log: it is empty, or has spaces, a plus sign or control characters.
    #[error("{origin:?} cannot be the origin of a log")]
    Origin {
        /// The text.
        origin: String,
    },
    /// A statement that was acknowledged can no longer be read. Nothing is cut; a copy of the segment must be fetched.
    #[error("statement {index} in {} was acknowledged and is damaged", segment.display())]
    Damaged {
        /// The segment.
        segment: PathBuf,
        /// The statement's index in the log.
        index: u64,
    },
    /// The segments hold fewer statements than were acknowledged: an old copy was put back, or a segment is gone.
    #[error("{found} statements are there, {acknowledged} were acknowledged")]
    Shortened {
        /// How many the checkpoint or the index knows of.
        acknowledged: u64,
        /// How many the segments hold.
        found: u64,
    },
    /// The statements do not give the root that the checkpoint was signed over.
    #[error("the statements do not give the root of the checkpoint of size {size}")]
    Forked {
        /// The size of the checkpoint.
        size: u64,
    },
    /// An earlier write failed, so what the disk holds is not known until the store is opened again.
    #[error("nothing is written after a failed write: {reason}")]
    Stopped {
        /// The failure.
        reason: String,
    },
    /// A statement longer than any reader accepts.
    #[error("a statement of {length} bytes is too long")]
    TooLong {
        /// Its length.
        length: usize,
    },
    /// The checkpoint could not be signed or read.
    #[error("checkpoint: {reason}")]
    Checkpoint {
        /// What was wrong.
        reason: String,
    },
    /// The log is not that long.
    #[error("the log has {size} statements; {asked} was asked for")]
    Beyond {
        /// How many there are.
        size: u64,
        /// What was asked for.
        asked: u64,
    },
    /// A tile is missing or does not fit the checkpoint; opening the store for writing makes it again.
    #[error("the tiles do not prove it: {reason}")]
    Tiles {
        /// What was wrong.
        reason: String,
    },
    /// A document's bytes are not those that its name says.
    #[error("the document {sha256} is damaged")]
    Document {
        /// Its name.
        sha256: String,
    },
    /// The index could not be read or written. It can be deleted: it is made again from the segments.
    #[error("index: {0}")]
    Index(#[from] rusqlite::Error),
    /// The bytes in the log are no statement.
    #[error("statement {index}: {source}")]
    Statement {
        /// Its index in the log.
        index: u64,
        /// What was wrong.
        source: SignedError,
    },
}

impl Error {
    /// For `map_err`: the file system's refusal, with the path that it was about.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Disk { path, source }
    }
}
