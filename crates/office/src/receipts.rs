//! The receipts that a demonstration keeps of its own piles, so that a visitor has something to check.

use std::path::{Path, PathBuf};

use crate::Failure;
use crate::files::{make_folder, read, write};

/// The folder of a store's receipts.
#[derive(Debug)]
pub struct Receipts {
    folder: PathBuf,
}

impl Receipts {
    /// The receipts of the store in `data`.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("receipts") }
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Keeps one.
    pub fn keep(&self, name: &str, text: &str) -> Result<(), Failure> {
        make_folder(&self.folder)?;
        write(&self.folder.join(name), text.as_bytes())
    }

    /// Their names; none where this store has no such folder.
    pub fn names(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return Vec::new() };
        let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
        names.sort();
        names
    }

    /// One of those that are there. A name is a name, never a path.
    pub fn receipt(&self, name: &str) -> Result<Option<Vec<u8>>, Failure> {
        if !self.names().iter().any(|known| known == name) {
            return Ok(None);
        }
        read(&self.folder.join(name)).map(Some)
    }
}
