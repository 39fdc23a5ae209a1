//! Whom this user trusts: one policy file in the user's own configuration, which `heng init` adds to.

use std::path::PathBuf;

use heng_checker::Policy;

use crate::check::policy_in;
use crate::failure::{Failure, make_folder, write};

/// The policy that was noted for this user, if any.
pub fn noted() -> Result<Option<Policy>, Failure> {
    match file() {
        Some(path) if path.is_file() => policy_in(&path).map(Some),
        _ => Ok(None),
    }
}

/// Adds a policy to what this user trusts; gives the file, or nothing where the user has no folder of their own.
pub fn note(policy: &Policy) -> Result<Option<PathBuf>, Failure> {
    let Some(path) = file() else { return Ok(None) };
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let joined = match noted()? {
        Some(noted) => noted.joined(policy.clone()),
        None => policy.clone(),
    };
    let text = joined.to_text().map_err(|error| Failure::writing(&path, error))?;
    write(&path, text.as_bytes())?;
    Ok(Some(path))
}

fn file() -> Option<PathBuf> {
    let folder = match std::env::var_os("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(std::env::var_os("HOME")?).join(".config"),
    };
    Some(folder.join("heng/policy.toml"))
}
