//! The readings of a data folder, open for whoever feeds them in.
//!
//! ```text
//! readings/feeds.toml                                    who feeds, and what is expected (heng-feeds/1)
//! readings/journal/000000000000.seg                      what was taken lately, message by message
//! readings/segments/000000000000.json                    what became of a closed segment
//! readings/parquet/day=2026-01-01/district=120101/…      the readings of closed segments
//! readings/rejects/000000000000.jsonl                    their lines that were not taken
//! readings/lock                                          held by the one process that writes
//! ```
//!
//! There is no thread that writes: whoever finds nobody writing writes for all that wait, and one sync answers them all.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use heng_quantity::Finding;
use heng_store::{Disk, LocalDisk, Turns};

use super::archive::ArchiveError;
use super::batch::{Batch, Row};
use super::compaction::settle;
use super::feeds::{Feed, Feeds, FeedsError};
use super::identities::{Identities, Met};
use super::journal::{self, Journal, JournalError};
use super::latency::Latencies;
use super::manifest::{self, Manifest};
use super::record::{Record, RejectedLine};
use super::scan::{sequences, visit_part};
use super::sequences::Ranges;
use super::time::{self, day_of};

/// What the readings are opened with, where the ordinary is not wanted.
pub struct Settings {
    /// The file system.
    pub disk: Arc<dyn Disk>,
    /// From which size on a segment of the journal is closed.
    pub segment_bytes: u64,
    /// How many identities of settled readings are kept in memory.
    pub most_identities: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { disk: Arc::new(LocalDisk::default()), segment_bytes: 64 << 20, most_identities: 100_000_000 }
    }
}

/// Readings cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum ReadingsError {
    /// The file system refuses.
    #[error("{path}: {source}")]
    Disk {
        /// The path.
        path: PathBuf,
        /// Its reason.
        source: io::Error,
    },
    /// The journal refuses.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// Another process has them open.
    #[error("another process writes to {0}")]
    Locked(PathBuf),
    /// The file of feeds.
    #[error("{path}: {source}")]
    Feeds {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: FeedsError,
    },
    /// A file is not what was written.
    #[error("{path}: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// An earlier write failed, so what the disk holds is not known until the readings are opened again.
    #[error("nothing is written after a failed write: {0}")]
    Stopped(String),
    /// There is no randomness.
    #[error("no randomness: {0}")]
    Entropy(String),
    /// The object store that parts were moved to.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl ReadingsError {
    /// What the object store has to do with it, if it has.
    pub fn archive(&self) -> Option<&ArchiveError> {
        match self {
            Self::Archive(error) => Some(error),
            Self::Disk { source, .. } => source.get_ref().and_then(|inner| inner.downcast_ref()),
            _ => None,
        }
    }

    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Disk { path, source }
    }
}

/// The answer for one message: what it brought is durable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ingested {
    /// Readings that were understood.
    pub readings: u64,
    /// Those of them that are new, the conflicting ones included.
    pub added: u64,
    /// Those that were there already.
    pub again: u64,
    /// Those that differ from what is there of the same meter, register and instant; both are kept.
    pub conflicts: u64,
    /// New ones that came later than the feed promised.
    pub late: u64,
    /// New ones of an instant that has not come yet.
    pub early: u64,
    /// Lines that were not taken; they are kept as they came.
    pub rejected: u64,
    /// What there is to say, at most [`MOST_FINDINGS`] of it; the counts above are complete.
    pub findings: Vec<Finding>,
}

impl Ingested {
    /// Both together, as of one message.
    pub fn and(mut self, other: Self) -> Self {
        for (mine, theirs) in [
            (&mut self.readings, other.readings),
            (&mut self.added, other.added),
            (&mut self.again, other.again),
            (&mut self.conflicts, other.conflicts),
            (&mut self.late, other.late),
            (&mut self.early, other.early),
            (&mut self.rejected, other.rejected),
        ] {
            *mine += theirs;
        }
        let room = MOST_FINDINGS.saturating_sub(self.findings.len());
        self.findings.extend(other.findings.into_iter().take(room));
        self
    }
}

/// How long to wait before looking again for what is closed.
const NOW_AND_THEN: Duration = Duration::from_secs(2);

/// More findings of one message are counted and not told one by one.
pub const MOST_FINDINGS: usize = 100;

/// The readings, open for writing. They hold the lock until they are dropped.
pub struct Readings {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    feeds: Feeds,
    most_identities: usize,
    turns: Turns<Message, Answer>,
    writer: Mutex<Writer>,
    /// Held by the one who settles segments.
    settling: Mutex<()>,
    _lock: File,
}

/// What became of a message.
type Answer = Result<Ingested, ReadingsError>;

struct Message {
    feed: String,
    batch: Batch,
    received_ms: i64,
}

struct Writer {
    journal: Journal,
    identities: Identities,
    sequences: BTreeMap<String, Ranges>,
    manifests: Vec<Manifest>,
    latencies: Latencies,
    stopped: Option<String>,
}

impl Readings {
    /// Opens the readings of a data folder, and mends what a crash may have left. Where there are none, they begin.
    ///
    /// # Errors
    /// What keeps them from being opened.
    pub fn open(data: &Path) -> Result<Self, ReadingsError> {
        Self::open_with(data, Settings::default())
    }

    /// Opens them with other settings than the ordinary.
    ///
    /// # Errors
    /// What keeps them from being opened.
    pub fn open_with(data: &Path, settings: Settings) -> Result<Self, ReadingsError> {
        let folder = folder(data);
        let Settings { disk, segment_bytes, most_identities } = settings;
        disk.make_folder(&folder).map_err(ReadingsError::at(&folder))?;
        let lock = locked(&folder)?;
        let feeds = feeds(&*disk, data)?;
        let manifests = manifest::all(&*disk, &folder)?;
        let settled = manifests.last().map_or(0, |last| last.first + last.records);
        let (journal, segments) = Journal::open(Arc::clone(&disk), &folder.join("journal"), segment_bytes, settled)?;
        disk.sync_folder(&folder).map_err(ReadingsError::at(&folder))?;
        let mut writer = Writer {
            journal,
            identities: Identities::default(),
            sequences: sequences(&manifests),
            manifests,
            latencies: Latencies::new(),
            stopped: None,
        };
        for segment in segments {
            for record in &segment.records {
                writer.take_up(record, segment.first);
            }
        }
        Ok(Self {
            folder,
            disk,
            feeds,
            most_identities,
            turns: Turns::new(|| Err(stopped("the writer ended early"))),
            writer: Mutex::new(writer),
            settling: Mutex::new(()),
            _lock: lock,
        })
    }

    /// The feeds.
    pub fn feeds(&self) -> &Feeds {
        &self.feeds
    }

    /// How long readings were under way, since the readings were opened.
    pub fn latencies(&self) -> Latencies {
        self.writer().latencies.clone()
    }

    /// Takes a message in. When it returns, everything that is new in it is durable, and so is everything that it brought again. After an error
    /// nobody knows; to bring the same again, when the readings were opened again, is safe.
    ///
    /// # Errors
    /// What keeps the message from being kept.
    pub fn ingest(&self, feed: &str, batch: Batch, received_ms: i64) -> Result<Ingested, ReadingsError> {
        let mut answers = self.ingest_all(vec![(feed.to_owned(), batch, received_ms)])?;
        answers.pop().ok_or_else(|| stopped("no answer"))
    }

    /// Takes messages in, in this order, with one sync.
    ///
    /// # Errors
    /// What keeps any of them from being kept.
    pub fn ingest_all(&self, messages: Vec<(String, Batch, i64)>) -> Result<Vec<Ingested>, ReadingsError> {
        let messages = messages.into_iter().map(|(feed, batch, received_ms)| Message { feed, batch, received_ms });
        self.turns.taken(messages.collect(), |batch| self.write_for_all(batch)).into_iter().collect()
    }

    fn write_for_all(&self, batch: Vec<Message>) -> Vec<Answer> {
        let count = batch.len();
        let refused = |reason: &str| (0..count).map(|_| Err(stopped(reason))).collect();
        let mut writer = self.writer();
        if let Some(reason) = &writer.stopped {
            return refused(reason);
        }
        // Stopped until it has gone well: so nothing is written after a panic either.
        writer.stopped = Some("the writer ended early".to_owned());
        match self.write(&mut writer, batch) {
            Ok(answers) => {
                writer.stopped = None;
                answers
            }
            Err(error) => {
                let reason = error.to_string();
                let answers = refused(&reason);
                writer.stopped = Some(reason);
                answers
            }
        }
    }

    fn write(&self, writer: &mut Writer, batch: Vec<Message>) -> Result<Vec<Answer>, ReadingsError> {
        let mut records = Vec::new();
        let mut answers = Vec::with_capacity(batch.len());
        for message in batch {
            let undeclared;
            let feed = match self.feeds.named(&message.feed) {
                Some(feed) => feed,
                None => {
                    undeclared = Feed::undeclared(&message.feed);
                    &undeclared
                }
            };
            match days(&message.batch.rows).into_iter().try_for_each(|day| self.remember(writer, day)) {
                Ok(()) => {}
                // Nothing of this message was written, and others need not wait for a store that does not answer.
                Err(error) if error.archive().is_some() => {
                    answers.push(Err(error));
                    continue;
                }
                Err(error) => return Err(error),
            }
            let (record, ingested) = writer.taken(feed, message);
            if !record.rows.is_empty() || !record.rejected.is_empty() || !record.again.is_empty() {
                records.push(record.to_bytes());
            }
            answers.push(Ok(ingested));
        }
        if !records.is_empty() {
            writer.journal.append(&records)?;
        }
        if writer.journal.roll_if_large()? {
            let open = writer.journal.open_segment();
            let settled = writer.manifests.last().map_or(0, |last| last.first + last.records);
            writer.identities.forget(self.most_identities, settled.min(open));
        }
        Ok(answers)
    }

    /// Knows what Parquet has of a day.
    fn remember(&self, writer: &mut Writer, day: i64) -> Result<(), ReadingsError> {
        if writer.identities.has_parquet(day) {
            return Ok(());
        }
        let parts: Vec<(PathBuf, String)> = writer
            .manifests
            .iter()
            .flat_map(|manifest| &manifest.parts)
            .filter(|part| part.day == day)
            .map(|part| (self.folder.join(&part.path), part.district.clone()))
            .collect();
        for (path, district) in parts {
            let identities = &mut writer.identities;
            let mut series = super::batch::Series::default();
            let mut number = None;
            visit_part(&*self.disk, &path, &district, &mut |seen| {
                let is_same =
                    series.meter == seen.meter && series.register == seen.register && series.unit == seen.unit;
                if number.is_none() || !is_same {
                    series = seen.series();
                    number = Some(identities.number(&series).id);
                }
                if let Some(number) = number {
                    identities.meet(day, number, seen.at_ms, seen.value, None);
                }
            })?;
        }
        writer.identities.set_parquet(day);
        Ok(())
    }

    /// Settles the segments of the journal that are closed: their readings go to Parquet. Readings are taken in meanwhile. Gives how many segments
    /// were settled.
    ///
    /// # Errors
    /// What keeps a segment from being settled; it stays in the journal.
    pub fn settle_closed(&self) -> Result<usize, ReadingsError> {
        let _settling = self.settling.lock().unwrap_or_else(PoisonError::into_inner);
        let journal = self.folder.join("journal");
        let mut settled = 0;
        let open = self.writer().journal.open_segment();
        for first in journal::firsts(&*self.disk, &journal)?.into_iter().filter(|first| *first < open) {
            let path = journal::path(&journal, first);
            let is_settled = self.writer().manifests.iter().any(|manifest| manifest.first == first);
            if !is_settled {
                let bytes = self.disk.read(&path).map_err(ReadingsError::at(&path))?;
                let (segment, length) = journal::read(&path, &bytes, first)?;
                if length != bytes.len() as u64 {
                    return Err(JournalError::Damaged { path, index: first + segment.records.len() as u64 }.into());
                }
                let manifest = settle(&*self.disk, &self.folder, &segment, salt()?)?;
                let mut writer = self.writer();
                writer.manifests.push(manifest);
                writer.manifests.sort_by_key(|manifest| manifest.first);
                settled += 1;
            }
            self.disk.remove(&path).map_err(ReadingsError::at(&path))?;
            self.disk.sync_folder(&journal).map_err(ReadingsError::at(&journal))?;
        }
        Ok(settled)
    }

    /// Closes the open segment, if it has anything, and settles all.
    ///
    /// # Errors
    /// What keeps a segment from being closed or settled.
    pub fn settle_all(&self) -> Result<usize, ReadingsError> {
        {
            let mut writer = self.writer();
            if let Some(reason) = &writer.stopped {
                return Err(stopped(reason));
            }
            if writer.journal.has_open_records() {
                let begun = writer.journal.begin();
                if let Err(error) = &begun {
                    writer.stopped = Some(error.to_string());
                }
                begun?;
            }
        }
        self.settle_closed()
    }

    /// Settles what is closed now and then, on a thread of its own, for as long as somebody holds the readings. `failed` hears what keeps a segment from
    /// being settled.
    ///
    /// # Errors
    /// What keeps the thread from being started.
    pub fn keep_settled(
        self: &Arc<Self>,
        failed: impl Fn(ReadingsError) + Send + 'static,
    ) -> Result<(), ReadingsError> {
        let readings = Arc::downgrade(self);
        let work = move || {
            while let Some(readings) = readings.upgrade() {
                if let Err(error) = readings.settle_closed() {
                    failed(error);
                }
                drop(readings);
                std::thread::sleep(NOW_AND_THEN);
            }
        };
        let thread = std::thread::Builder::new().name("settling".to_owned()).spawn(work);
        thread.map(|_| ()).map_err(|error| stopped(&error.to_string()))
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    /// Knows what the journal has.
    fn take_up(&mut self, record: &Record, segment: u64) {
        let numbers: Vec<u32> = record.series.iter().map(|series| self.identities.number(series).id).collect();
        let sequences = self.sequences.entry(record.feed.clone()).or_default();
        for row in &record.rows {
            if let Some(number) = numbers.get(row.series as usize) {
                self.identities.meet(day_of(row.at_ms), *number, row.at_ms, row.value, Some(segment));
            }
            if let Some(sequence) = row.sequence {
                sequences.insert(sequence);
            }
        }
    }

    /// What is new in a message, and what there is to say of it.
    fn taken(&mut self, feed: &Feed, message: Message) -> (Record, Ingested) {
        let Message { batch, received_ms, .. } = message;
        let mut record = Record { feed: feed.id.clone(), received_ms, series: batch.series, ..Record::default() };
        for series in record.series.iter_mut().filter(|series| series.district.is_empty()) {
            series.district.clone_from(&feed.district);
        }
        let mut said = Said { ingested: Ingested::default(), is_full: false };
        batch.findings.into_iter().for_each(|finding| said.say(|| finding));
        let numbers: Vec<_> = record.series.iter().map(|series| self.identities.number(series)).collect();
        for (series, _) in record.series.iter().zip(&numbers).filter(|(_, number)| number.is_other_unit) {
            said.say(|| {
                Finding::warning("reading-unit-changed")
                    .with("meter", &series.meter)
                    .with("register", &series.register)
                    .with("unit", &series.unit)
            });
        }
        let segment = self.journal.open_segment();
        let latency = self.latencies.entry(feed.id.clone()).or_default();
        let sequences = self.sequences.entry(feed.id.clone()).or_default();
        for row in batch.rows {
            let Some((number, series)) = numbers.get(row.series as usize).zip(record.series.get(row.series as usize))
            else {
                continue;
            };
            said.ingested.readings += 1;
            let day = day_of(row.at_ms);
            let about = |code| {
                Finding::warning(code)
                    .with("meter", &series.meter)
                    .with("register", &series.register)
                    .with("at", time::text(row.at_ms))
            };
            match self.identities.meet(day, number.id, row.at_ms, row.value, Some(segment)) {
                Met::Again => {
                    said.ingested.again += 1;
                    said.say(|| about("reading-again"));
                    *record.again.entry(day).or_default() += 1;
                    continue;
                }
                Met::Differs => {
                    said.ingested.conflicts += 1;
                    said.say(|| about("reading-conflict").with("value", row.value));
                }
                Met::New => {}
            }
            said.ingested.added += 1;
            if let Some(sequence) = row.sequence
                && !sequences.insert(sequence)
            {
                said.say(|| about("reading-sequence").with("sequence", sequence));
            }
            let under_way = under_way_ms(&row, received_ms);
            latency.count(under_way, received_ms);
            if feed.late_after_s.is_some_and(|limit| under_way > i64::from(limit) * 1000) {
                said.ingested.late += 1;
                said.say(|| about("reading-late").with("seconds", under_way / 1000));
            }
            if under_way < -i64::from(row.delay_bound_ms.unwrap_or(0)) {
                said.ingested.early += 1;
                said.say(|| about("reading-early").with("seconds", -under_way / 1000));
            }
            record.rows.push(row);
        }
        said.ingested.rejected = batch.rejected.len() as u64;
        for rejected in batch.rejected {
            let finding = serde_json::to_string(&rejected.finding).unwrap_or_default();
            said.say(|| rejected.finding);
            record.rejected.push(RejectedLine { line: rejected.line, finding, bytes: rejected.bytes });
        }
        (record, said.ingested)
    }
}

/// The time between the instant of a reading, by true time as far as the feed knows its clock, and its arrival.
pub(crate) fn under_way_ms(row: &Row, received_ms: i64) -> i64 {
    received_ms - (row.at_ms - i64::from(row.clock_offset_ms.unwrap_or(0)))
}

/// An answer that grows.
struct Said {
    ingested: Ingested,
    is_full: bool,
}

impl Said {
    fn say(&mut self, finding: impl FnOnce() -> Finding) {
        if self.ingested.findings.len() < MOST_FINDINGS {
            self.ingested.findings.push(finding());
        } else if !self.is_full {
            self.is_full = true;
            self.ingested.findings.push(Finding::info("readings-more-findings"));
        }
    }
}

/// The folder of a store's readings.
pub fn folder(data: &Path) -> PathBuf {
    data.join("readings")
}

/// The feeds of a data folder; none where there is no file.
///
/// # Errors
/// What keeps the file from being used.
pub fn feeds(disk: &dyn Disk, data: &Path) -> Result<Feeds, ReadingsError> {
    let path = folder(data).join("feeds.toml");
    let bytes = match disk.read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Feeds::default()),
        Err(error) => return Err(ReadingsError::at(&path)(error)),
    };
    let failed = |source| ReadingsError::Feeds { path: path.clone(), source };
    let text = String::from_utf8(bytes).map_err(|error| failed(FeedsError::Unreadable(error.to_string())))?;
    Feeds::read(&text).map_err(failed)
}

/// The days of rows, each once.
fn days(rows: &[Row]) -> Vec<i64> {
    let mut days: Vec<i64> = Vec::new();
    for row in rows {
        let day = day_of(row.at_ms);
        if days.last() != Some(&day) && !days.contains(&day) {
            days.push(day);
        }
    }
    days
}

fn locked(folder: &Path) -> Result<File, ReadingsError> {
    let path = folder.join("lock");
    heng_store::lock::exclusive_file(&path)
        .map_err(ReadingsError::at(&path))?
        .ok_or_else(|| ReadingsError::Locked(folder.to_path_buf()))
}

fn salt() -> Result<[u8; 32], ReadingsError> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|error| ReadingsError::Entropy(error.to_string()))?;
    Ok(bytes)
}

fn stopped(reason: &str) -> ReadingsError {
    ReadingsError::Stopped(reason.to_owned())
}
