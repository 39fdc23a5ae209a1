//! Accounts: how a person proves to be a party of the log. One file an account, readable by its owner only.
//!
//! An account says who somebody is and nothing of what they may do: that follows from the authorizations in the log.

use std::path::{Path, PathBuf};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::Failure;
use crate::files::{make_folder, write};
use crate::keys::{entropy, write_secret};

/// The version of an account's file.
const FORMAT: &str = "heng-account/1";

/// Longer names are refused.
pub const LONGEST_NAME: usize = 40;

/// NIST SP 800-63B, 3.1.1.2: at least 15 characters where the password is all that is asked.
const SHORTEST_PASSWORD: usize = 15;

/// Longer ones are refused before they are hashed, so that nobody makes the service work for nothing.
const LONGEST_PASSWORD: usize = 256;

/// Longer tokens are nobody's.
const LONGEST_TOKEN: usize = 200;

/// Who a provider of OpenID Connect says that somebody is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The provider.
    pub issuer: String,
    /// Whom it means, by its own name for them (`sub`).
    pub subject: String,
}

/// An account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    format: String,
    /// The name to sign in with.
    pub name: String,
    /// The party it speaks for.
    pub party: String,
    /// The password's argon2id hash; absent where only a provider vouches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    /// Whom a provider vouches for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Subject>,
    /// SHA-256 of the token by which a program proves to be this account, in hex. A token is too long to be guessed, so that one hash is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl Account {
    /// A digest of all that it is proven by. After a change of any of it, what was opened by what it was before is closed.
    pub fn proof(&self) -> [u8; 32] {
        let mut digest = Sha256::new();
        let subject = self.subject.as_ref();
        for part in [
            Some(&self.party),
            self.password.as_ref(),
            subject.map(|subject| &subject.issuer),
            subject.map(|subject| &subject.subject),
        ] {
            // Each part with its length, so that no two accounts give the same bytes.
            let part = part.map_or(&[][..], |part| part.as_bytes());
            digest.update((part.len() as u64).to_be_bytes());
            digest.update(part);
        }
        digest.finalize().into()
    }
}

/// The folder of a store's accounts.
#[derive(Clone, Debug)]
pub struct Accounts {
    folder: PathBuf,
}

impl Accounts {
    /// The accounts of the store in `data`.
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join("accounts") }
    }

    /// Adds an account that signs in with a password. A name that is taken is refused.
    pub fn add(&self, name: &str, party: &str, password: &str) -> Result<(), Failure> {
        let length = password.chars().count();
        if !(SHORTEST_PASSWORD..=LONGEST_PASSWORD).contains(&length) {
            return Err(Failure::new("error-password-length")
                .with("shortest", SHORTEST_PASSWORD)
                .with("longest", LONGEST_PASSWORD));
        }
        self.keep(name, party, Some(hashed(password, &entropy()?)?), None)
    }

    /// Adds an account that a provider vouches for.
    pub fn add_vouched(&self, name: &str, party: &str, subject: Subject) -> Result<(), Failure> {
        self.keep(name, party, None, Some(subject))
    }

    fn keep(&self, name: &str, party: &str, password: Option<String>, subject: Option<Subject>) -> Result<(), Failure> {
        let path = self.file(name).ok_or_else(|| Failure::new("error-account-name").with("name", name))?;
        let account = Account {
            format: FORMAT.to_owned(),
            name: name.to_owned(),
            party: party.to_owned(),
            password,
            subject,
            token: None,
        };
        make_folder(&self.folder)?;
        let text = serde_json::to_vec_pretty(&account).map_err(|error| Failure::writing(&path, error))?;
        write_secret(&path, &text)
    }

    /// Gives an account another password.
    pub fn change_password(&self, account: &Account, password: &str) -> Result<(), Failure> {
        let path = self.file(&account.name).ok_or_else(|| Failure::new("error-account-name").with("name", ""))?;
        let changed = Account { password: Some(hashed(password, &entropy()?)?), ..account.clone() };
        let text = serde_json::to_vec_pretty(&changed).map_err(|error| Failure::writing(&path, error))?;
        write(&path, &text)
    }

    /// Adds an account that only a program uses: it has a token and no password. Gives the token, which is kept nowhere.
    pub fn add_machine(&self, name: &str, party: &str) -> Result<String, Failure> {
        self.keep(name, party, None, None)?;
        let account = self.named(name)?.ok_or_else(|| Failure::new("error-account-name").with("name", name))?;
        self.change_token(&account)
    }

    /// Gives an account another token; the old one is worth nothing then.
    pub fn change_token(&self, account: &Account) -> Result<String, Failure> {
        let path = self.file(&account.name).ok_or_else(|| Failure::new("error-account-name").with("name", ""))?;
        let secret = hex::encode(entropy()?);
        let changed = Account { token: Some(digest(&secret)), ..account.clone() };
        let text = serde_json::to_vec_pretty(&changed).map_err(|error| Failure::writing(&path, error))?;
        write(&path, &text)?;
        Ok(format!("{}.{secret}", account.name))
    }

    /// The account that a token belongs to.
    pub fn of_token(&self, token: &str) -> Result<Option<Account>, Failure> {
        let Some((name, secret)) = token.rsplit_once('.').filter(|_| token.len() <= LONGEST_TOKEN) else {
            return Ok(None);
        };
        // Hashes of unguessable texts are compared: how long that takes tells nothing of the token.
        let presented = digest(secret);
        Ok(self.named(name)?.filter(|account| account.token.as_ref() == Some(&presented)))
    }

    /// The account of this name.
    pub fn named(&self, name: &str) -> Result<Option<Account>, Failure> {
        let Some(path) = self.file(name) else { return Ok(None) };
        match std::fs::read(&path) {
            Ok(bytes) => read(&path, &bytes).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Failure::reading(&path, error)),
        }
    }

    /// The account that a provider vouches for.
    pub fn vouched(&self, subject: &Subject) -> Result<Option<Account>, Failure> {
        Ok(self.all()?.into_iter().find(|account| account.subject.as_ref() == Some(subject)))
    }

    /// All accounts, by name.
    pub fn all(&self) -> Result<Vec<Account>, Failure> {
        let entries = match std::fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Failure::reading(&self.folder, error)),
        };
        let mut accounts = Vec::new();
        for entry in entries {
            let path = entry.map_err(|error| Failure::reading(&self.folder, error))?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let bytes = std::fs::read(&path).map_err(|error| Failure::reading(&path, error))?;
                accounts.push(read(&path, &bytes)?);
            }
        }
        accounts.sort_by(|one: &Account, other| one.name.cmp(&other.name));
        Ok(accounts)
    }

    /// The account, if name and password belong together. An unknown name takes as long as a wrong password.
    pub fn proven(&self, name: &str, password: &str) -> Result<Option<Account>, Failure> {
        if password.chars().count() > LONGEST_PASSWORD {
            return Ok(None);
        }
        let account = self.named(name)?;
        match account.as_ref().and_then(|account| account.password.as_deref()) {
            Some(hash) => Ok(account.clone().filter(|_| is_proven(password, hash))),
            None => {
                hashed(password, &[0; 32])?;
                Ok(None)
            }
        }
    }

    /// Only plain names name files.
    fn file(&self, name: &str) -> Option<PathBuf> {
        let is_plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || "-.".contains(sign);
        let fits = (1..=LONGEST_NAME).contains(&name.len())
            && name.chars().all(is_plain)
            && name.starts_with(|sign: char| sign.is_ascii_alphanumeric());
        fits.then(|| self.folder.join(format!("{name}.json")))
    }
}

/// A password that nobody can guess and people can type: 20 signs without those that look alike.
pub fn generated_password() -> Result<String, Failure> {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let signs: Vec<char> = entropy()?
        .iter()
        .take(20)
        .filter_map(|byte| SIGNS.get(usize::from(byte % 32)).map(|sign| char::from(*sign)))
        .collect();
    Ok(signs.chunks(5).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

fn read(path: &Path, bytes: &[u8]) -> Result<Account, Failure> {
    let account: Account = serde_json::from_slice(bytes).map_err(|error| Failure::reading(path, error))?;
    if account.format == FORMAT {
        Ok(account)
    } else {
        Err(Failure::reading(path, format!("{} ≠ {FORMAT}", account.format)))
    }
}

fn digest(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

/// Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet).
fn hashed(password: &str, salt: &[u8; 32]) -> Result<String, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::new("error-key").with("reason", error);
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|error| failed(&error))?;
    let salt = salt.get(..16).unwrap_or(salt);
    let hash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password.as_bytes(), salt)
        .map_err(|error| failed(&error))?;
    Ok(hash.to_string())
}

fn is_proven(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}
