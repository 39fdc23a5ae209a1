//! What was sealed and is not opened yet: one file a seal, readable by its owner only. The log holds the hash alone.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use heng_statement::StatementHash;
use heng_statement::round::RoundResult;
use serde::{Deserialize, Serialize};

use crate::Failure;
use crate::files::make_folder;
use crate::keys::write_secret;

/// The version of a file.
const FORMAT: &str = "heng-sealed-secret/1";

/// A result with the salt that it was sealed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    format: String,
    /// The announcement.
    pub round: StatementHash,
    /// Who sealed it.
    pub laboratory: String,
    /// What was sealed.
    pub result: RoundResult,
    /// 32 bytes in hex.
    pub salt: String,
}

impl Secret {
    /// A secret before it is kept.
    pub fn new(round: &StatementHash, laboratory: &str, result: RoundResult, salt: [u8; 32]) -> Self {
        Self {
            format: FORMAT.to_owned(),
            round: round.clone(),
            laboratory: laboratory.to_owned(),
            result,
            salt: hex::encode(salt),
        }
    }
}

/// The folder of a store's secrets.
#[derive(Debug)]
pub struct Sealed {
    folder: PathBuf,
}

impl Sealed {
    /// The secrets of the store in `data`.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("sealed") }
    }

    /// Keeps a secret; when this returns it is durable. It must be so before the seal is: a hash that nobody can open is worth nothing.
    pub fn keep(&self, seal: &StatementHash, secret: &Secret) -> Result<(), Failure> {
        make_folder(&self.folder)?;
        let path = self.file(seal);
        let bytes = serde_json::to_vec(secret).map_err(|error| Failure::writing(&path, error))?;
        write_secret(&path, &bytes)?;
        for durable in [&path, &self.folder] {
            File::open(durable).and_then(|file| file.sync_all()).map_err(|error| Failure::writing(durable, error))?;
        }
        Ok(())
    }

    /// What was sealed here; nothing where it was sealed elsewhere.
    pub fn secret(&self, seal: &StatementHash) -> Result<Option<Secret>, Failure> {
        let path = self.file(seal);
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| Failure::reading(&path, error)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::reading(&path, error)),
        }
    }

    fn file(&self, seal: &StatementHash) -> PathBuf {
        self.folder.join(format!("{seal}.json"))
    }
}
