//! Where everything lies under a store's folder.
//!
//! ```text
//! log/origin                        the name of the log, one line
//! log/segments/000000000000.seg     the statements in order; the name is the log index of the first
//! log/tile/…, log/checkpoint        the log as C2SP tlog-tiles serves it, made from the segments
//! blobs/ab/abcdef…                  documents by their SHA-256
//! index.sqlite                      a cache, made from the segments
//! temporary/                        files before they get their name; emptied when the store is opened for writing
//! lock                              held by the one process that writes
//! unfinished                        there as long as the store is being made and nothing of it is sure to be durable
//! ```

use std::path::{Path, PathBuf};

/// The paths of one store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    folder: PathBuf,
}

impl Layout {
    /// The layout under a folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder that a web server can serve as it is, but for its `segments`.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// The name of the log.
    pub fn origin(&self) -> PathBuf {
        self.log().join("origin")
    }

    /// The signed checkpoint.
    pub fn checkpoint(&self) -> PathBuf {
        self.log().join("checkpoint")
    }

    /// The folder of segments.
    pub fn segments(&self) -> PathBuf {
        self.log().join("segments")
    }

    /// The segment whose first statement has this index.
    pub fn segment(&self, first: u64) -> PathBuf {
        self.segments().join(format!("{first:012}.seg"))
    }

    /// The folder of tiles.
    pub fn tiles(&self) -> PathBuf {
        self.log().join("tile")
    }

    /// The folder of documents.
    pub fn blobs(&self) -> PathBuf {
        self.folder.join("blobs")
    }

    /// A document; `sha256` is lower-case hex.
    pub fn blob(&self, sha256: &str) -> PathBuf {
        let start: String = sha256.chars().take(2).collect();
        self.blobs().join(start).join(sha256)
    }

    /// The index.
    pub fn index(&self) -> PathBuf {
        self.folder.join("index.sqlite")
    }

    /// Where files are written before they get their name.
    pub fn temporary(&self) -> PathBuf {
        self.folder.join("temporary")
    }

    /// What is there as long as the store is being made.
    pub fn unfinished(&self) -> PathBuf {
        self.folder.join("unfinished")
    }

    /// The lock of the one writer.
    pub fn lock(&self) -> PathBuf {
        self.folder.join("lock")
    }
}

/// The log index of the first statement of the segment with this file name.
pub(crate) fn first_of_segment(name: &str) -> Option<u64> {
    let digits = name.strip_suffix(".seg")?;
    let is_plain = digits.len() >= 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let first = if is_plain { digits.parse().ok()? } else { return None };
    (format!("{first:012}.seg") == name).then_some(first)
}
