//! Sealing: the digest of a settled segment, which the log keeps, and the proof that one reading is under it.
//!
//! The leaves are the canonical lines (`heng-reading/1`) with their salts, in the order of the parts; the tree is that of RFC 9162, section 2.1.
//! salt of leaf i = first 16 bytes of SHA-256(secret of the segment ‖ i as eight bytes, big-endian).

use std::path::Path;

use heng_evidence::{Frontier, InclusionProof, MemoryTiles, Tree};
use heng_store::Disk;
use sha2::{Digest, Sha256};

use super::canonical::{Reading, Seen};
use super::manifest::{self, Manifest};
use super::scan::visit_part;
use super::store::ReadingsError;
use super::time;

/// What there is to say in the log of a segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealable {
    /// The number of its first message, which names it.
    pub segment: u64,
    /// How many readings it has.
    pub readings: u64,
    /// The earliest and the latest instant of its readings, in milliseconds since 1970.
    pub from_ms: i64,
    /// The latest.
    pub to_ms: i64,
    /// The root of the tree.
    pub root: String,
}

/// A reading with the way to the root of its segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proven {
    /// The segment.
    pub segment: u64,
    /// The line that is the leaf.
    pub line: String,
    /// Its place and the hashes beside the way, upwards.
    pub proof: InclusionProof,
    /// The root.
    pub root: String,
}

/// The settled segments that have readings, in order.
///
/// # Errors
/// What keeps the manifests from being read.
pub fn sealable(disk: &dyn Disk, readings: &Path) -> Result<Vec<Sealable>, ReadingsError> {
    let all = manifest::all(disk, readings)?;
    let of = |manifest: Manifest| {
        let (from_ms, to_ms) = manifest.from_ms.zip(manifest.to_ms)?;
        let Manifest { first: segment, readings, root, .. } = manifest;
        Some(Sealable { segment, readings, from_ms, to_ms, root })
    };
    Ok(all.into_iter().filter_map(of).collect())
}

/// The readings of a meter at an instant, each with its proof. `register` narrows them down.
///
/// # Errors
/// What keeps the readings from being read, and a segment whose readings do not give its root.
pub fn proven(
    disk: &dyn Disk,
    readings: &Path,
    meter: &str,
    register: Option<&str>,
    at_ms: i64,
) -> Result<Vec<Proven>, ReadingsError> {
    let day = time::day_of(at_ms);
    let mut all = Vec::new();
    for manifest in manifest::all(disk, readings)? {
        if manifest.parts.iter().any(|part| part.day == day) {
            let wanted = |seen: &Seen<'_>| {
                seen.meter == meter && seen.at_ms == at_ms && register.is_none_or(|register| register == seen.register)
            };
            all.extend(of_segment(disk, readings, &manifest, &wanted)?);
        }
    }
    Ok(all)
}

/// Whether the readings of a segment still give its root.
pub(crate) fn check(disk: &dyn Disk, readings: &Path, manifest: &Manifest) -> Result<(), ReadingsError> {
    of_segment(disk, readings, manifest, &|_| false).map(|_| ())
}

fn of_segment(
    disk: &dyn Disk,
    readings: &Path,
    manifest: &Manifest,
    wanted: &dyn Fn(&Seen<'_>) -> bool,
) -> Result<Vec<Proven>, ReadingsError> {
    let path = || readings.join(format!("segments/{:012}.json", manifest.first));
    let unreadable =
        |reason: &dyn std::fmt::Display| ReadingsError::Unreadable { path: path(), reason: reason.to_string() };
    let salt: [u8; 32] =
        hex::decode(&manifest.salt).ok().and_then(|salt| salt.try_into().ok()).ok_or_else(|| unreadable(&"salt"))?;
    let mut found: Vec<(u64, String)> = Vec::new();
    let mut frontier = Frontier::empty();
    let mut tiles = MemoryTiles::default();
    let mut lines: Vec<String> = Vec::new();
    let mut index = 0;
    for part in &manifest.parts {
        visit_part(disk, &readings.join(&part.path), &part.district, &mut |seen| {
            let line = salted_line(&seen, &salt, index);
            if wanted(&seen) {
                found.push((index, line.clone()));
            }
            lines.push(line);
            index += 1;
            if lines.len() == 8192 {
                tiles.insert(frontier.append(&lines));
                lines.clear();
            }
        })?;
    }
    tiles.insert(frontier.append(&lines));
    if hex::encode(frontier.root()) != manifest.root {
        return Err(unreadable(&"the readings do not give the root"));
    }
    let tree = Tree::new(tiles, index);
    found
        .into_iter()
        .map(|(index, line)| {
            let proof = tree.inclusion(index).map_err(|error| unreadable(&error))?;
            Ok(Proven { segment: manifest.first, line, proof, root: manifest.root.clone() })
        })
        .collect()
}

/// The line of a reading at its place in the tree.
pub(crate) fn salted_line(seen: &Seen<'_>, secret: &[u8; 32], index: u64) -> String {
    let digest = Sha256::new().chain_update(secret).chain_update(index.to_be_bytes()).finalize();
    let salt = digest.get(..16).map(hex::encode).unwrap_or_default();
    Reading { salt, ..seen.reading() }.line()
}
