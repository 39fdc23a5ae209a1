//! What became of a closed segment of the journal: `readings/segments/FIRST.json`. It is written last; parts that no manifest names are not read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use heng_store::Disk;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::store::ReadingsError;

/// A segment whose parts all lie in the folder.
pub(crate) const FORMAT: &str = "heng-readings-segment/1";

/// A segment of which parts were moved to an object store. A program that does not know of that shall not take it for the other.
pub(crate) const FORMAT_ARCHIVED: &str = "heng-readings-segment/2";

/// A segment that was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) format: String,
    /// Its first record, which is its name.
    pub(crate) first: u64,
    /// How many messages it held.
    pub(crate) records: u64,
    /// How many readings.
    pub(crate) readings: u64,
    /// How many lines were not taken.
    pub(crate) rejected: u64,
    /// The instants of its readings, first and last, in milliseconds; absent where there are none.
    pub(crate) from_ms: Option<i64>,
    pub(crate) to_ms: Option<i64>,
    /// The root of the tree over its readings, hexadecimal.
    pub(crate) root: String,
    /// What the readings' salts are made from; never shown.
    pub(crate) salt: String,
    /// Where the readings lie, in the order of the tree.
    pub(crate) parts: Vec<Part>,
    /// What came again, by feed and day.
    pub(crate) again: BTreeMap<String, BTreeMap<i64, u64>>,
    /// The feeds' own numbers, by feed, as ranges.
    pub(crate) sequences: BTreeMap<String, Vec<(i64, i64)>>,
}

/// The readings of a segment in one partition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Part {
    /// The legal day, counted from 1970-01-01.
    pub(crate) day: i64,
    /// The district; empty where nobody named it.
    pub(crate) district: String,
    /// The file, from the folder of the readings.
    pub(crate) path: String,
    /// How many readings.
    pub(crate) readings: u64,
    /// Where it was moved to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) archived: Option<Archived>,
}

/// A part in the object store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Archived {
    /// Its whole key.
    pub(crate) key: String,
    /// How many bytes it has.
    pub(crate) bytes: u64,
    /// Their SHA-256, hexadecimal.
    pub(crate) sha256: String,
}

impl Archived {
    /// What there is to say of these bytes; the key is made of their digest.
    pub(crate) fn of(bytes: &[u8], key: impl FnOnce(&str) -> String) -> Self {
        let sha256 = hex::encode(Sha256::digest(bytes));
        Self { key: key(&sha256), bytes: bytes.len() as u64, sha256 }
    }

    /// Whether these are its bytes.
    pub(crate) fn is_of(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.bytes && hex::encode(Sha256::digest(bytes)) == self.sha256
    }
}

pub(crate) fn folder(readings: &Path) -> PathBuf {
    readings.join("segments")
}

/// All manifests, in order.
pub(crate) fn all(disk: &dyn Disk, readings: &Path) -> Result<Vec<Manifest>, ReadingsError> {
    let folder = folder(readings);
    let names = disk.names(&folder).map_err(ReadingsError::at(&folder))?;
    let mut manifests: Vec<Manifest> = Vec::new();
    for name in names.iter().filter(|name| name.ends_with(".json")) {
        let path = folder.join(name);
        let bytes = disk.read(&path).map_err(ReadingsError::at(&path))?;
        let manifest: Manifest = serde_json::from_slice(&bytes)
            .map_err(|error| ReadingsError::Unreadable { path: path.clone(), reason: error.to_string() })?;
        if manifest.format != FORMAT && manifest.format != FORMAT_ARCHIVED {
            return Err(ReadingsError::Unreadable { path, reason: format!("{} ≠ {FORMAT}", manifest.format) });
        }
        manifests.push(manifest);
    }
    manifests.sort_by_key(|manifest| manifest.first);
    Ok(manifests)
}

/// Keeps a manifest, durably and at once.
pub(crate) fn keep(disk: &dyn Disk, readings: &Path, manifest: &Manifest) -> Result<(), ReadingsError> {
    let folder = folder(readings);
    let path = folder.join(format!("{:012}.json", manifest.first));
    let part = folder.join(format!("{:012}.part", manifest.first));
    let bytes = serde_json::to_vec(manifest)
        .map_err(|error| ReadingsError::Unreadable { path: path.clone(), reason: error.to_string() })?;
    place(disk, readings, &part, &bytes)?;
    disk.rename(&part, &path).map_err(ReadingsError::at(&path))?;
    disk.sync_folder(&folder).map_err(ReadingsError::at(&folder))
}

/// Writes a whole file, durably, its name and the names of the folders above it too, up to `readings`.
pub(crate) fn place(disk: &dyn Disk, readings: &Path, path: &Path, bytes: &[u8]) -> Result<(), ReadingsError> {
    let folder = path.parent().unwrap_or(readings);
    disk.make_folder(folder).map_err(ReadingsError::at(folder))?;
    match disk.remove(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(ReadingsError::at(path)(error)),
        _ => {}
    }
    disk.write(path, 0, bytes).and_then(|()| disk.sync(path)).map_err(ReadingsError::at(path))?;
    for above in folder.ancestors().take_while(|above| above.starts_with(readings)) {
        disk.sync_folder(above).map_err(ReadingsError::at(above))?;
    }
    Ok(())
}
