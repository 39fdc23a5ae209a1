//! Brings the index up to the log, from the segments alone.

use heng_statement::SignedStatement;
use sha2::{Digest, Sha256};

use crate::disk::Disk;
use crate::error::Error;
use crate::index::{Index, Located};
use crate::layout::Layout;
use crate::log::{Place, segments, statement_at};
use crate::segment::Records;
use crate::subject::Subject;

/// How many statements go into one transaction.
const BATCH: usize = 4096;

/// Adds the statements that the index lacks of the first `size`. An index that is not of this log is emptied first.
pub(crate) fn catch_up(index: &mut Index, disk: &dyn Disk, layout: &Layout, size: u64) -> Result<(), Error> {
    let last = index.last()?;
    if last.is_some_and(|last| last.index >= size || !is_in_log(&last, disk, layout)) {
        index.clear()?;
    }
    let from = index.size()?;
    if from == size {
        return Ok(());
    }
    let firsts = segments(disk, layout)?;
    let begin = firsts.iter().rposition(|first| *first <= from).unwrap_or(0);
    let mut batch = Vec::new();
    for &first in firsts.iter().skip(begin).take_while(|first| **first < size) {
        let path = layout.segment(first);
        let bytes = disk.read(&path).map_err(Error::at(&path))?;
        let damaged = |index| Error::Damaged { segment: path.clone(), index };
        for record in Records::of(&bytes, first)
            .ok_or_else(|| damaged(first))?
            .filter(|record| (from..size).contains(&record.index))
        {
            let parsed = SignedStatement::parse(record.bytes);
            let signed = parsed.map_err(|source| Error::Statement { index: record.index, source })?;
            let place = Place { segment: first, offset: record.offset, length: record.bytes.len() as u64 };
            let at = Located { index: record.index, hash: signed.hash_bytes(), place };
            batch.push((at, Subject::of(&signed.statement)));
            if batch.len() == BATCH {
                index.add(&batch)?;
                batch.clear();
            }
        }
    }
    index.add(&batch)?;
    let found = index.size()?;
    if found == size { Ok(()) } else { Err(Error::Shortened { acknowledged: size, found }) }
}

fn is_in_log(last: &Located, disk: &dyn Disk, layout: &Layout) -> bool {
    statement_at(disk, layout, last.index, last.place).is_ok_and(|bytes| Sha256::digest(bytes).as_slice() == last.hash)
}
