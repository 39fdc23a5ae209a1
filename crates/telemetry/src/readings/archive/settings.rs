//! `readings/archive.toml`: which object store, and where its keys are. A key itself never stands in it.

use std::path::{Path, PathBuf};

use heng_store::Disk;
use serde::Deserialize;

use super::ArchiveError;

/// The one version there is.
const FORMAT: &str = "heng-archive/1";

/// A store, with its keys.
#[derive(Clone)]
pub struct Settings {
    /// Where it answers: `https`, or `http` on this machine.
    pub endpoint: String,
    /// Its region.
    pub region: String,
    /// The bucket.
    pub bucket: String,
    /// What keys begin with: empty, or ending in `/`.
    pub prefix: String,
    /// Whether the bucket stands in the path of an address and not in its host.
    pub path_style: bool,
    /// Who asks.
    pub access_key: String,
    /// What proves it.
    pub secret_key: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    endpoint: String,
    region: String,
    bucket: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    path_style: bool,
    access_key_file: Option<PathBuf>,
    access_key_variable: Option<String>,
    secret_key_file: Option<PathBuf>,
    secret_key_variable: Option<String>,
}

impl Settings {
    /// The settings beside the readings; nothing where there is no such file. `variable` gives what the environment calls by a name.
    ///
    /// # Errors
    /// What keeps the file from being used.
    pub fn read(
        disk: &dyn Disk,
        readings: &Path,
        variable: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Option<Self>, ArchiveError> {
        let path = file(readings);
        let failed = |reason: String| ArchiveError::Settings { path: path.clone(), reason };
        let text = match disk.read(&path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|error| failed(error.to_string()))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(failed(error.to_string())),
        };
        let written: Written = toml::from_str(&text).map_err(|error| failed(error.message().to_owned()))?;
        if written.format != FORMAT {
            return Err(failed(format!("{} ≠ {FORMAT}", written.format)));
        }
        if !is_safe(&written.endpoint) {
            return Err(failed("endpoint: only https, or http on this machine".to_owned()));
        }
        if !is_label(&written.region) || !is_label(&written.bucket) {
            return Err(failed("region and bucket: lower-case letters, digits, - and .".to_owned()));
        }
        let prefix = prefix(&written.prefix)
            .ok_or_else(|| failed("prefix: letters, digits, - . _ and / between them".to_owned()))?;
        let key = |what: &str, file: Option<PathBuf>, name: Option<String>| {
            let key = match (file, name) {
                (Some(file), None) => {
                    let file = readings.join(file);
                    let bytes = disk.read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
                    String::from_utf8(bytes).map_err(|error| format!("{}: {error}", file.display()))
                }
                (None, Some(name)) => variable(&name).ok_or_else(|| format!("no variable {name}")),
                _ => Err(format!("exactly one of {what}_file and {what}_variable")),
            }?;
            let key = key.trim().to_owned();
            if key.is_empty() { Err(format!("{what} is empty")) } else { Ok(key) }
        };
        let access_key = key("access_key", written.access_key_file, written.access_key_variable).map_err(failed)?;
        let secret_key = key("secret_key", written.secret_key_file, written.secret_key_variable).map_err(failed)?;
        let Written { endpoint, region, bucket, path_style, .. } = written;
        Ok(Some(Self { endpoint, region, bucket, prefix, path_style, access_key, secret_key }))
    }
}

/// Where the settings stand.
pub(super) fn file(readings: &Path) -> PathBuf {
    readings.join("archive.toml")
}

fn is_label(name: &str) -> bool {
    let is_sign = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || b"-.".contains(&sign);
    !name.is_empty() && name.bytes().all(is_sign)
}

fn prefix(written: &str) -> Option<String> {
    let trimmed = written.trim_end_matches('/');
    if trimmed.is_empty() {
        return written.is_empty().then(String::new);
    }
    let is_name = |part: &str| {
        let is_sign = |sign: u8| sign.is_ascii_alphanumeric() || b"-._".contains(&sign);
        !part.is_empty() && part != "." && part != ".." && part.bytes().all(is_sign)
    };
    trimmed.split('/').all(is_name).then(|| format!("{trimmed}/"))
}

/// Whether nobody on the way can read what is said to this address: consumption is nobody's business.
fn is_safe(address: &str) -> bool {
    let on_this_machine = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        .iter()
        .any(|start| address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/'])));
    // A user before the host, as in http://127.0.0.1:80@example, names another host.
    (address.starts_with("https://") || on_this_machine) && !address.contains('@')
}
