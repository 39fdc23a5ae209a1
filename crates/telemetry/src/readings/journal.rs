//! The journal: what was taken, message by message, in segments that are written by one writer and synced before anyone is answered.
//!
//! A segment is closed when it has grown large; then its readings go to Parquet and it is removed. A process that dies leaves at most a torn
//! tail of records that nobody was told of. Opening cuts it, and keeps the bytes beside it: whether they were ever acknowledged cannot be seen
//! from them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heng_store::Disk;
use heng_store::segment::{self, HEADER_LENGTH, LONGEST, Records};

use super::record::Record;

/// The journal cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The file system refuses.
    #[error("{path}: {source}")]
    Disk {
        /// The path.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// A closed segment is not what was written.
    #[error("{path} is damaged after record {index}")]
    Damaged {
        /// The segment.
        path: PathBuf,
        /// The first record that cannot be read.
        index: u64,
    },
    /// A segment is missing.
    #[error("the journal goes on at record {found}, not at {wanted}")]
    Gap {
        /// Where the next one begins.
        found: u64,
        /// Where it should.
        wanted: u64,
    },
    /// A message longer than any segment takes.
    #[error("a message of {0} bytes is too long")]
    TooLong(usize),
}

pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> JournalError {
    let path = path.to_path_buf();
    move |source| JournalError::Disk { path, source }
}

/// The journal, open for writing.
pub(crate) struct Journal {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    segment_bytes: u64,
    /// The first record of the open segment, and its length in bytes.
    open: (u64, u64),
    next: u64,
}

/// A segment that was read.
pub(crate) struct Segment {
    /// The number of its first record.
    pub(crate) first: u64,
    pub(crate) records: Vec<Record>,
}

impl Journal {
    /// Opens the journal, and gives what its segments hold. `settled` is the number of records that Parquet has.
    pub(crate) fn open(
        disk: Arc<dyn Disk>,
        folder: &Path,
        segment_bytes: u64,
        settled: u64,
    ) -> Result<(Self, Vec<Segment>), JournalError> {
        disk.make_folder(folder).map_err(at(folder))?;
        let mut journal = Self { disk, folder: folder.to_path_buf(), segment_bytes, open: (settled, 0), next: settled };
        let firsts = firsts(&*journal.disk, folder)?;
        let mut segments: Vec<Segment> = Vec::new();
        for (index, first) in firsts.iter().enumerate() {
            let is_last = index + 1 == firsts.len();
            let (segment, length) = journal.mended(*first, is_last)?;
            let wanted = segments.last().map(|before| before.first + before.records.len() as u64);
            if let Some(wanted) = wanted.filter(|wanted| *wanted != *first) {
                return Err(JournalError::Gap { found: *first, wanted });
            }
            journal.open = (*first, length);
            journal.next = *first + segment.records.len() as u64;
            segments.push(segment);
        }
        match segments.first().map(|segment| segment.first) {
            None => journal.begin()?,
            // What Parquet has may still be here too, but nothing may be missing between.
            Some(first) if first > settled => return Err(JournalError::Gap { found: first, wanted: settled }),
            Some(_) => {}
        }
        Ok((journal, segments))
    }

    /// Reads a segment; of the last one a torn tail is cut.
    fn mended(&self, first: u64, is_last: bool) -> Result<(Segment, u64), JournalError> {
        let path = self.path(first);
        let bytes = self.disk.read(&path).map_err(at(&path))?;
        let (segment, length) = read(&path, &bytes, first)?;
        let is_torn = length < bytes.len() as u64 || length == 0;
        if is_torn && !is_last {
            return Err(JournalError::Damaged { path, index: first + segment.records.len() as u64 });
        }
        if is_torn {
            let torn = bytes.get(usize::try_from(length).unwrap_or(usize::MAX)..).unwrap_or_default();
            if !torn.is_empty() {
                let kept = self.folder.join(format!("{first:012}.torn-{length}"));
                self.disk.write(&kept, 0, torn).map_err(at(&kept))?;
                self.disk.sync(&kept).map_err(at(&kept))?;
            }
            self.disk.cut(&path, length).map_err(at(&path))?;
            if length == 0 {
                self.disk.write(&path, 0, &segment::header(first)).map_err(at(&path))?;
            }
        }
        if is_last {
            // What a process wrote before it died may be in the cache only.
            self.disk.sync(&path).map_err(at(&path))?;
            self.disk.sync_folder(&self.folder).map_err(at(&self.folder))?;
        }
        Ok((segment, length.max(HEADER_LENGTH as u64)))
    }

    /// The first record of the open segment.
    pub(crate) fn open_segment(&self) -> u64 {
        self.open.0
    }

    /// Whether the open segment has a record.
    pub(crate) fn has_open_records(&self) -> bool {
        self.next > self.open.0
    }

    /// Appends records; when it returns they are durable.
    pub(crate) fn append(&mut self, records: &[Vec<u8>]) -> Result<(), JournalError> {
        if let Some(long) = records.iter().find(|record| record.len() > LONGEST) {
            return Err(JournalError::TooLong(long.len()));
        }
        let (first, length) = self.open;
        let path = self.path(first);
        let mut buffer = Vec::with_capacity(records.iter().map(|record| record.len() + 8).sum());
        for (index, record) in (self.next..).zip(records) {
            segment::push_record(&mut buffer, index, record);
        }
        self.disk.write(&path, length, &buffer).map_err(at(&path))?;
        self.disk.sync(&path).map_err(at(&path))?;
        self.open.1 += buffer.len() as u64;
        self.next += records.len() as u64;
        Ok(())
    }

    /// Begins another segment where the open one has grown large; whether it did.
    pub(crate) fn roll_if_large(&mut self) -> Result<bool, JournalError> {
        if self.open.1 < self.segment_bytes || !self.has_open_records() {
            return Ok(false);
        }
        self.begin().map(|()| true)
    }

    /// Begins another segment.
    pub(crate) fn begin(&mut self) -> Result<(), JournalError> {
        let path = self.path(self.next);
        let header = segment::header(self.next);
        self.disk.write(&path, 0, &header).map_err(at(&path))?;
        self.disk.sync(&path).map_err(at(&path))?;
        self.disk.sync_folder(&self.folder).map_err(at(&self.folder))?;
        self.open = (self.next, header.len() as u64);
        Ok(())
    }

    fn path(&self, first: u64) -> PathBuf {
        path(&self.folder, first)
    }
}

pub(crate) fn path(folder: &Path, first: u64) -> PathBuf {
    folder.join(format!("{first:012}.seg"))
}

/// The first records of the segments in a folder, in order.
pub(crate) fn firsts(disk: &dyn Disk, folder: &Path) -> Result<Vec<u64>, JournalError> {
    let names = disk.names(folder).map_err(at(folder))?;
    let mut firsts: Vec<u64> =
        names.iter().filter_map(|name| name.strip_suffix(".seg").and_then(|digits| digits.parse().ok())).collect();
    firsts.sort_unstable();
    Ok(firsts)
}

/// The whole records of a segment, and the length of what was read.
pub(crate) fn read(path: &Path, bytes: &[u8], first: u64) -> Result<(Segment, u64), JournalError> {
    let Some(mut records) = Records::of(bytes, first) else {
        return Ok((Segment { first, records: Vec::new() }, 0));
    };
    let mut read = Vec::new();
    for record in records.by_ref() {
        // It is what was written; so it was written by another version.
        let damaged = || JournalError::Damaged { path: path.to_path_buf(), index: record.index };
        read.push(Record::parse(record.bytes).ok_or_else(damaged)?);
    }
    Ok((Segment { first, records: read }, records.offset()))
}
