//! Documents by their SHA-256: certificates' XML and PDF, rule files. What has a name has its bytes, whole and durable.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::disk::{Disk, read_if_there};
use crate::error::Error;
use crate::layout::Layout;
use crate::subject::hash_bytes;

/// Keeps documents durably and gives their SHA-256 in hex. One that is there already is not written again.
pub fn keep(disk: &dyn Disk, layout: &Layout, documents: &[&[u8]]) -> Result<Vec<String>, Error> {
    let names: Vec<String> = documents.iter().map(|bytes| hex::encode(Sha256::digest(bytes))).collect();
    let mut folders = BTreeSet::new();
    let mut missing: BTreeMap<PathBuf, &[u8]> = BTreeMap::new();
    for (name, bytes) in names.iter().zip(documents) {
        let path = layout.blob(name);
        let folder = path.parent().unwrap_or(layout.folder()).to_path_buf();
        if read_if_there(disk, &path).map_err(Error::at(&path))?.as_deref() != Some(bytes) {
            disk.make_folder(&folder).map_err(Error::at(&folder))?;
            missing.insert(path, bytes);
        }
        // Also for one that was there: its name may be the work of a call that failed before it was durable.
        folders.insert(folder);
    }
    let missing: Vec<(&Path, &[u8])> = missing.iter().map(|(path, bytes)| (path.as_path(), *bytes)).collect();
    crate::log::replace_all(disk, layout, &missing)?;
    let above = (!folders.is_empty()).then(|| layout.blobs());
    for folder in folders.iter().map(|folder| folder.as_path()).chain(above.as_deref()) {
        disk.sync_folder(folder).map_err(Error::at(folder))?;
    }
    Ok(names)
}

/// A document; nothing if it is not kept here. Its bytes are compared with its name.
pub fn read(disk: &dyn Disk, layout: &Layout, sha256: &str) -> Result<Option<Vec<u8>>, Error> {
    if hash_bytes(sha256).is_none() {
        return Ok(None);
    }
    let path = layout.blob(sha256);
    let Some(bytes) = read_if_there(disk, &path).map_err(Error::at(&path))? else { return Ok(None) };
    if hex::encode(Sha256::digest(&bytes)) == sha256 {
        Ok(Some(bytes))
    } else {
        Err(Error::Document { sha256: sha256.to_owned() })
    }
}
