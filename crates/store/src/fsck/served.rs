//! Compares what is served, checkpoint and tiles, with the tree that follows from the segments.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use heng_evidence::SignedCheckpoint;
use heng_quantity::Finding;

use super::merkle::Levels;
use super::{Report, files, shown};
use crate::error::Error;
use crate::layout::Layout;

/// The checkpoint, if it can be read as one.
pub(super) fn read_checkpoint(layout: &Layout, report: &mut Report) -> Result<Option<SignedCheckpoint>, Error> {
    let Some(bytes) = read(&layout.checkpoint())? else {
        report.findings.push(Finding::error("store-checkpoint-missing"));
        return Ok(None);
    };
    let signed = String::from_utf8(bytes).ok().and_then(|text| text.parse().ok());
    if signed.is_none() {
        report.findings.push(Finding::error("store-checkpoint-unreadable"));
    }
    Ok(signed)
}

/// Whether the log's key signed it, over this tree, under the name that the store has.
pub(super) fn compare_checkpoint(
    layout: &Layout,
    signed: Option<&SignedCheckpoint>,
    is_authentic: &dyn Fn(&SignedCheckpoint) -> bool,
    tree: &Levels,
    size: usize,
    report: &mut Report,
) -> Result<(), Error> {
    let Some(signed) = signed else { return Ok(()) };
    let checkpoint = signed.checkpoint();
    let mut add =
        |finding: Finding| report.findings.push(finding.with("size", checkpoint.size).with("statements", size));
    if !is_authentic(signed) {
        add(Finding::error("store-checkpoint-not-authentic"));
    }
    let origin = read(&layout.origin())?.unwrap_or_default();
    if origin != format!("{}\n", checkpoint.origin).into_bytes() {
        add(Finding::error("store-checkpoint-origin").with("origin", &checkpoint.origin));
    }
    match usize::try_from(checkpoint.size) {
        Ok(covered) if covered <= size => {
            if tree.root(covered) != checkpoint.root {
                add(Finding::error("store-checkpoint-root"));
            }
            if covered < size {
                add(Finding::warning("store-checkpoint-behind"));
            }
        }
        _ => add(Finding::error("store-checkpoint-beyond")),
    }
    Ok(())
}

/// Compares every tile and bundle file with the tree; all that the tree has must be there, and nothing else.
pub(super) fn compare_tiles(
    layout: &Layout,
    tree: &Levels,
    entries: &[[u8; 32]],
    report: &mut Report,
) -> Result<(), Error> {
    let mut looked_at = BTreeSet::new();
    let rows = tree.rows.iter().enumerate().map(|(level, row)| (level.to_string(), row.as_slice(), &[] as &[u8]));
    // Each entry of a bundle has its length before it, 16 bits.
    for (level, row, prefix) in rows.chain([("entries".to_owned(), entries, [0, 32].as_slice())]) {
        for (number, hashes) in row.chunks(256).enumerate() {
            let place = layout.tiles().join(&level).join(place(number));
            let expected = |width: usize| -> Option<Vec<u8>> {
                let hashes = hashes.get(..width).filter(|hashes| !hashes.is_empty())?;
                Some(hashes.iter().flat_map(|hash| prefix.iter().chain(hash)).copied().collect())
            };
            let narrower = with_suffix(&place);
            let required = if hashes.len() == 256 { place } else { narrower.join(hashes.len().to_string()) };
            let mut present = if narrower.is_dir() { files(&narrower)? } else { Vec::new() };
            present.retain(|path| *path != required);
            for path in present.into_iter().chain([required]) {
                let width = path.file_name().and_then(|name| name.to_str()?.parse().ok());
                let width = width.filter(|_| path.parent() == Some(&narrower)).unwrap_or(hashes.len());
                let bytes = read(&path)?;
                let code = match (&bytes, expected(width)) {
                    (None, _) => Some("store-tile-missing"),
                    (Some(_), None) => Some("store-tile-unexpected"),
                    (Some(bytes), Some(expected)) => (*bytes != expected).then_some("store-tile-differs"),
                };
                report.tiles += 1;
                report.findings.extend(code.map(|code| Finding::error(code).with("file", shown(layout, &path))));
                looked_at.insert(path);
            }
        }
    }
    for path in files(&layout.tiles())?.into_iter().filter(|path| !looked_at.contains(path)) {
        report.findings.push(Finding::error("store-tile-unexpected").with("file", shown(layout, &path)));
    }
    Ok(())
}

/// `x001/x234/067` for 1234067.
fn place(number: usize) -> PathBuf {
    let digits = format!("{number:03}");
    let digits = format!("{}{digits}", "0".repeat((3 - digits.len() % 3) % 3));
    let (groups, _) = digits.as_bytes().as_chunks::<3>();
    let mut path = PathBuf::new();
    for (left, group) in groups.iter().enumerate().map(|(at, group)| (groups.len() - 1 - at, group)) {
        let group = String::from_utf8_lossy(group);
        path.push(if left > 0 { format!("x{group}") } else { group.into_owned() });
    }
    path
}

fn with_suffix(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".p");
    name.into()
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Error> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(Error::at(path)(error)),
    }
}
