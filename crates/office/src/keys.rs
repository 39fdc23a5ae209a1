//! The keys of a store: one file a party, readable by its owner only.

use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

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
    /// What this process made itself, as long as it founds the store; nothing in any other.
    at_hand: Mutex<Option<BTreeMap<String, Arc<SigningKey>>>>,
}

impl Keys {
    /// The keys of the store in `data`.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("keys"), at_hand: Mutex::default() }
    }

    /// The keys of a store that is being founded: those that are made stay at hand until they are let go.
    pub(crate) fn at_founding(data: &Path) -> Self {
        Self { at_hand: Mutex::new(Some(BTreeMap::new())), ..Self::of(data) }
    }

    /// From now on a key is read from its file when it is needed.
    pub(crate) fn let_go(&self) {
        *self.at_hand() = None;
    }

    fn at_hand(&self) -> MutexGuard<'_, Option<BTreeMap<String, Arc<SigningKey>>>> {
        self.at_hand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a party's key.
    pub fn keep(&self, party: &str, key: &Arc<SigningKey>) -> Result<(), Failure> {
        make_folder(&self.folder)?;
        let pem = key.to_pem().map_err(|error| Failure::new("error-key").with("reason", error))?;
        write_secret(&self.file(party), pem.as_bytes())?;
        if let Some(at_hand) = &mut *self.at_hand() {
            at_hand.insert(party.to_owned(), Arc::clone(key));
        }
        Ok(())
    }

    /// A party's key.
    pub fn key(&self, party: &str) -> Result<Arc<SigningKey>, Failure> {
        if let Some(key) = self.at_hand().as_ref().and_then(|at_hand| at_hand.get(party)) {
            return Ok(Arc::clone(key));
        }
        let path = self.file(party);
        let pem = std::fs::read_to_string(&path).map_err(|error| {
            Failure::new("error-no-key").with("party", party).with("path", path.display()).with("reason", error)
        })?;
        SigningKey::from_pem(&pem).map(Arc::new).map_err(|error| Failure::reading(&path, error))
    }

    /// Party identifiers contain colons, which some file systems refuse; whatever is no letter or digit becomes a dash.
    fn file(&self, party: &str) -> PathBuf {
        let name: String = party.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
        self.folder.join(format!("{name}.pem"))
    }
}
