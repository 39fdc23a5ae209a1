//! The keys of a store: one file a party, readable by its owner only.

use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use heng_statement::SigningKey;

use crate::Failure;
use crate::files::make_folder;

/// 32 bytes that nobody can guess.
pub fn entropy() -> Result<[u8; 32], Failure> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| Failure::new("error-entropy").with("reason", error))?;
    Ok(bytes)
}

/// Writes a file that only its owner can read, and never over another one.
pub fn write_secret(path: &Path, secret: &[u8]) -> Result<(), Failure> {
    let opened = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    opened.and_then(|mut file| file.write_all(secret)).map_err(|error| Failure::writing(path, error))
}

/// The folder of a store's keys.
#[derive(Debug)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    /// The keys of the store in `data`.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("keys") }
    }

    /// Keeps a party's key.
    pub fn keep(&self, party: &str, key: &SigningKey) -> Result<(), Failure> {
        make_folder(&self.folder)?;
        let pem = key.to_pem().map_err(|error| Failure::new("error-key").with("reason", error))?;
        write_secret(&self.file(party), pem.as_bytes())
    }

    /// A party's key.
    pub fn key(&self, party: &str) -> Result<SigningKey, Failure> {
        let path = self.file(party);
        let pem = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new("error-no-key").with("party", party).with("path", path.display()).with("reason", error)
        })?;
        SigningKey::from_pem(&pem).map_err(|error| Failure::reading(&path, error))
    }

    /// Party identifiers contain colons, which some file systems refuse; whatever is no letter or digit becomes a dash.
    fn file(&self, party: &str) -> PathBuf {
        let name: String = party.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
        self.folder.join(format!("{name}.pem"))
    }
}
