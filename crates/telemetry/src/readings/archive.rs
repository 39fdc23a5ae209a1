//! Sealed parts that lie in an object store: moved there, found there again, and never used unless they are what was moved.
//!
//! ```text
//! readings/archive.toml                    which store, and where its keys are (heng-archive/1)
//! readings/segments/000000000000.json      each part with its key, its length and its SHA-256 once it was moved
//! readings/archive.lock                    held by the one process that moves
//! ```
//!
//! The key of a part ends in its digest, so that nothing in the store is ever written over by something else.

mod disk;
mod moving;
mod s3;
mod settings;

pub use disk::ArchivedDisk;
pub use moving::Moved;
pub use s3::S3;
pub use settings::Settings;

use std::path::PathBuf;

/// The two things that are asked of an object store. An error leaves open whether the operation took place.
pub trait Objects: Send + Sync {
    /// Puts an object there.
    ///
    /// # Errors
    /// What keeps it from being put.
    fn put(&self, key: &str, bytes: &[u8]) -> Result<(), ArchiveError>;

    /// The object, which has this length; of what is longer nothing is given.
    ///
    /// # Errors
    /// What keeps it from being read.
    fn get(&self, key: &str, length: u64) -> Result<Vec<u8>, ArchiveError>;
}

/// Parts cannot be moved to the object store or read from it. Each says what to do next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// The settings cannot be used.
    #[error("{path}: {reason}; correct the file as docs/readings.md shows it")]
    Settings {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// A part was moved, and nobody says to where.
    #[error("{object} was moved to an object store, and {path} is not there: put it back")]
    NoSettings {
        /// The key.
        object: String,
        /// The file.
        path: PathBuf,
    },
    /// The store does not answer, or not to the end.
    #[error("{object}: {reason}; look whether the endpoint can be reached, then do the same again: nothing is lost")]
    Unreachable {
        /// The key, and in which bucket.
        object: String,
        /// What happened.
        reason: String,
    },
    /// The store will not.
    #[error(
        "{object}: the store refuses: {reason}; check keys, region and bucket in readings/archive.toml, the clock of this machine, and that the key may read and write objects"
    )]
    Refused {
        /// The key, and in which bucket.
        object: String,
        /// What it says.
        reason: String,
    },
    /// The store does not have it.
    #[error(
        "{object} is not in the store; bring it back from the store's versions or from a backup, or check bucket and endpoint in readings/archive.toml"
    )]
    Missing {
        /// The key, and in which bucket.
        object: String,
    },
    /// The store has something else.
    #[error(
        "{object} is not what was moved there, and is not used; bring it back from the store's versions or from a backup"
    )]
    Altered {
        /// The key.
        object: String,
    },
    /// Another process moves.
    #[error("another process moves parts of {path}; wait until it is done")]
    Locked {
        /// The folder.
        path: PathBuf,
    },
}

impl ArchiveError {
    /// The code that people's words go by.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Settings { .. } => "error-archive-settings",
            Self::NoSettings { .. } => "error-archive-no-settings",
            Self::Unreachable { .. } => "error-archive-unreachable",
            Self::Refused { .. } => "error-archive-refused",
            Self::Missing { .. } => "error-archive-missing",
            Self::Altered { .. } => "error-archive-altered",
            Self::Locked { .. } => "error-archive-locked",
        }
    }

    /// What the words name: the file, folder or object, and what was said of it.
    pub fn facts(&self) -> (String, String) {
        match self {
            Self::Settings { path, reason } => (path.display().to_string(), reason.clone()),
            Self::NoSettings { object, path } => (object.clone(), path.display().to_string()),
            Self::Unreachable { object, reason } | Self::Refused { object, reason } => (object.clone(), reason.clone()),
            Self::Missing { object } | Self::Altered { object } => (object.clone(), String::new()),
            Self::Locked { path } => (path.display().to_string(), String::new()),
        }
    }
}
