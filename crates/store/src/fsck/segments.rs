//! Reads the segments: every byte must be accounted for.

use std::collections::BTreeMap;
use std::fs;

use heng_quantity::Finding;
use heng_statement::SignedStatement;
use sha2::{Digest, Sha256};

use super::{Report, files, shown};
use crate::error::Error;
use crate::layout::Layout;

/// A statement as the segments have it.
pub(super) struct Seen {
    pub(super) index: u64,
    pub(super) hash: [u8; 32],
    pub(super) segment: u64,
    pub(super) offset: u64,
    pub(super) signed: SignedStatement,
}

/// Reads all statements, in order, and gives their hashes. After a damaged record the rest of its segment is not read, since nothing
/// tells where the next one starts; its place, and those after it, are then missing from the tree.
pub(super) fn read(
    layout: &Layout,
    report: &mut Report,
    each: &mut dyn FnMut(&Seen, &mut Report),
) -> Result<Vec<[u8; 32]>, Error> {
    let mut entries: Vec<[u8; 32]> = Vec::new();
    let mut indices: BTreeMap<[u8; 32], u64> = BTreeMap::new();
    let paths = files(&layout.segments())?;
    let count = paths.len();
    for (number, path) in paths.into_iter().enumerate() {
        let name = shown(layout, &path);
        let expected = entries.len() as u64;
        if path != layout.segment(expected) {
            report.findings.push(Finding::error("store-segment-order").with("file", &name).with("expected", expected));
            break;
        }
        report.segments += 1;
        let bytes = fs::read(&path).map_err(Error::at(&path))?;
        let Some(mut rest) = after_header(&bytes, expected) else {
            report.findings.push(Finding::error("store-segment-header").with("file", &name));
            break;
        };
        while !rest.is_empty() {
            let index = entries.len() as u64;
            let offset = (bytes.len() - rest.len()) as u64;
            let Some((statement, after)) = first_record(rest, index) else {
                let is_acknowledged = report.checkpoint_size.is_none_or(|size| index < size) || number + 1 < count;
                let code = if is_acknowledged { "store-record-damaged" } else { "store-tail-torn" };
                let finding = if is_acknowledged { Finding::error(code) } else { Finding::warning(code) };
                report.findings.push(finding.with("file", &name).with("index", index).with("offset", offset));
                return Ok(entries);
            };
            rest = after;
            let hash: [u8; 32] = Sha256::digest(statement).into();
            entries.push(hash);
            report.statements += 1;
            report.bytes += statement.len() as u64;
            if let Some(first) = indices.insert(hash, index) {
                report.findings.push(Finding::error("store-statement-twice").with("index", index).with("first", first));
            }
            match SignedStatement::parse(statement) {
                Ok(signed) => each(&Seen { index, hash, segment: expected, offset, signed }, report),
                Err(error) => report
                    .findings
                    .push(Finding::error("store-statement-unreadable").with("index", index).with("reason", error)),
            }
        }
    }
    Ok(entries)
}

/// Magic and version (8 bytes), first index (8), CRC-32 of both (4).
fn after_header(bytes: &[u8], first: u64) -> Option<&[u8]> {
    let (header, rest) = bytes.split_at_checked(20)?;
    let (covered, checksum) = header.split_at_checked(16)?;
    let (magic, number) = covered.split_at_checked(8)?;
    let is_right =
        magic == b"HENGSEG\x01" && number == first.to_be_bytes() && checksum == crc32fast::hash(covered).to_be_bytes();
    is_right.then_some(rest)
}

/// Length (4 bytes), CRC-32 (4) of length, index (8) and statement, statement.
fn first_record(bytes: &[u8], index: u64) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (checksum, rest) = rest.split_first_chunk::<4>()?;
    let (statement, after) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
    let covered = [length.as_slice(), &index.to_be_bytes(), statement].concat();
    (!statement.is_empty() && *checksum == crc32fast::hash(&covered).to_be_bytes()).then_some((statement, after))
}
