//! Which provider vouches for people, as its file says (`heng serve --oidc FILE`).

use std::path::{Path, PathBuf};

use heng_rule::Words;
use serde::Deserialize;

/// A provider and how this service is known to it.
#[derive(Clone)]
pub struct VouchingProvider {
    /// Its address, exactly as it names itself.
    pub issuer: String,
    /// The name that it gave this service.
    pub client: String,
    /// The secret that it gave this service.
    pub secret: String,
    /// How people call it.
    pub name: Words,
}

/// The secret is never printed.
impl std::fmt::Debug for VouchingProvider {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("VouchingProvider").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// The file does not say which provider.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct SettingsError {
    file: String,
    reason: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    issuer: String,
    client: String,
    secret_file: Option<PathBuf>,
    secret_variable: Option<String>,
    name: Words,
}

impl VouchingProvider {
    /// Reads the file. The secret lies elsewhere: in a file that it names, relative to itself, or in a variable, which `variable` reads.
    pub fn read(file: &Path, variable: impl FnOnce(&str) -> Option<String>) -> Result<Self, SettingsError> {
        let failed = |reason: &dyn std::fmt::Display| SettingsError {
            file: file.display().to_string(),
            reason: reason.to_string(),
        };
        let text = std::fs::read_to_string(file).map_err(|error| failed(&error))?;
        let written: Written = toml::from_str(&text).map_err(|error| failed(&error))?;
        if !is_safe(&written.issuer) {
            return Err(failed(&"issuer: only https, or http on this machine"));
        }
        let secret = match (written.secret_file, written.secret_variable) {
            (Some(path), None) => {
                let path = file.parent().unwrap_or(Path::new("")).join(path);
                std::fs::read_to_string(&path).map_err(|error| failed(&format!("{}: {error}", path.display())))?
            }
            (None, Some(name)) => variable(&name).ok_or_else(|| failed(&format!("no variable {name}")))?,
            _ => return Err(failed(&"exactly one of secret_file and secret_variable")),
        };
        let secret = secret.trim().to_owned();
        Ok(Self { issuer: written.issuer, client: written.client, secret, name: written.name })
    }
}

/// Whether nobody on the way can read or change what is said to this address.
pub(crate) fn is_safe(address: &str) -> bool {
    let on_this_machine = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .any(|start| address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
    // A user before the host, as in http://127.0.0.1:80@example, names another host.
    (address.starts_with("https://") || on_this_machine) && !address.contains('@')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_address_in_clear_is_only_one_on_this_machine() {
        for address in ["https://id.example", "http://127.0.0.1:3000", "http://localhost/realm", "http://[::1]:3000/"] {
            assert!(is_safe(address), "{address}");
        }
        for address in
            ["http://id.example", "http://127.0.0.1.example", "http://127.0.0.1:80@id.example", "ftp://x", ""]
        {
            assert!(!is_safe(address), "{address}");
        }
    }

    #[test]
    fn a_secret_lies_elsewhere_and_is_never_printed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("oidc.toml");
        let start = "issuer = \"https://id.example\"\nclient = \"heng\"\nname = { zh = \"示例\", en = \"Example\" }\n";
        let read = |rest: &str| {
            std::fs::write(&file, format!("{start}{rest}\n")).unwrap();
            VouchingProvider::read(&file, |name| (name == "KEPT").then(|| "from a variable".to_owned()))
        };
        std::fs::write(folder.path().join("secret"), "from a file\n").unwrap();
        let settings = read("secret_file = \"secret\"").unwrap();
        assert_eq!(settings.secret, "from a file");
        assert!(!format!("{settings:?}").contains("from a file"));
        assert_eq!(read("secret_variable = \"KEPT\"").unwrap().secret, "from a variable");
        for wrong in ["", "secret = \"here\"", "secret_variable = \"LOST\"", "secret_file = \"none\""] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
