//! The one writer: callers from many threads, who take turns and whose statements share one sync.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use heng_statement::{SignedStatement, StatementHash};

use crate::blobs;
use crate::catch_up::catch_up;
use crate::checkpoint::{SignCheckpoint, read_origin};
use crate::disk::Disk;
use crate::error::Error;
use crate::index::{HashBytes, Index, Located};
use crate::layout::Layout;
use crate::lock;
use crate::log::{Log, Settings};
use crate::segment::LONGEST;
use crate::store::{Store, refuse_unfinished};
use crate::subject::Subject;
use crate::turns::Turns;

/// The answer for one statement: it is durable, and the checkpoint covers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// Its index in the log.
    pub index: u64,
    /// Its hash.
    pub hash: StatementHash,
    /// Whether the log had it before.
    pub was_known: bool,
}

/// A store, open for writing. It holds the store's lock until it is dropped.
pub struct Appender {
    store: Store,
    turns: Turns<Vec<SignedStatement>, Result<Vec<Appended>, Error>>,
    writer: Mutex<Writer>,
    /// The size of the log that was acknowledged last.
    size: AtomicU64,
    _lock: File,
}

struct Writer {
    log: Log,
    index: Index,
    stopped: Option<String>,
}

impl Appender {
    /// Opens a store for writing and mends what a crash may have left. `sign` signs checkpoints.
    pub fn open(folder: &Path, sign: Box<SignCheckpoint>) -> Result<Self, Error> {
        Self::open_with(folder, sign, Settings::default())
    }

    /// Opens a store for writing with other settings than the ordinary.
    pub fn open_with(folder: &Path, sign: Box<SignCheckpoint>, settings: Settings) -> Result<Self, Error> {
        let disk = Arc::clone(&settings.disk);
        let layout = Layout::new(folder);
        refuse_unfinished(&*disk, &layout)?;
        let origin = read_origin(&*disk, &layout)?;
        let lock = lock::exclusive(&layout)?;
        empty_temporary(&*disk, &layout)?;
        let mut index = Index::open(&layout.index())?;
        let log = Log::open(settings, layout.clone(), sign, index.size()?)?;
        catch_up(&mut index, &*disk, &layout, log.size())?;
        Ok(Self {
            size: AtomicU64::new(log.size()),
            store: Store::over(disk, layout, origin)?,
            turns: Turns::new(|| Err(stopped("the writer ended early"))),
            writer: Mutex::new(Writer { log, index, stopped: None }),
            _lock: lock,
        })
    }

    /// The store, for reading.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// How many statements the log has. Nobody else writes, so that no file needs to be read for it.
    pub fn size(&self) -> u64 {
        self.size.load(Ordering::Acquire)
    }

    /// Appends statements, in this order; one that the log has already is answered with its index. When it returns all of them are
    /// durable. An error leaves open which of them are; nothing more is appended until the store is opened again, and to append the same
    /// again then is safe.
    pub fn append(&self, statements: Vec<SignedStatement>) -> Result<Vec<Appended>, Error> {
        if let Some(long) = statements.iter().find(|signed| signed.bytes.len() > LONGEST) {
            return Err(Error::TooLong { length: long.bytes.len() });
        }
        let answer = self.turns.taken(vec![statements], |batch| self.write_for_all(batch)).pop();
        answer.unwrap_or_else(|| Err(stopped("no answer")))
    }

    /// Keeps documents durably and gives their SHA-256 in hex. To be called before the statements that name them are appended.
    pub fn keep(&self, documents: &[&[u8]]) -> Result<Vec<String>, Error> {
        let _writer = self.writer();
        blobs::keep(&*self.store.disk, &self.store.layout, documents)
    }

    /// Makes durable what the disk put off, and lets everybody open the store from now on. Nothing to do on a disk that puts nothing off.
    pub fn settle(&self) -> Result<(), Error> {
        let _writer = self.writer();
        let (disk, layout) = (&*self.store.disk, &self.store.layout);
        if disk.is_settled() {
            return Ok(());
        }
        disk.settle().map_err(Error::at(layout.folder()))?;
        disk.remove(&layout.unfinished()).map_err(Error::at(&layout.unfinished()))?;
        disk.sync_folder(layout.folder()).map_err(Error::at(layout.folder()))
    }

    fn write_for_all(&self, batch: Vec<Vec<SignedStatement>>) -> Vec<Result<Vec<Appended>, Error>> {
        let shares: Vec<usize> = batch.iter().map(Vec::len).collect();
        let statements: Vec<SignedStatement> = batch.into_iter().flatten().collect();
        let mut writer = self.writer();
        match writer.write(&statements) {
            Ok(appended) => {
                self.size.store(writer.log.size(), Ordering::Release);
                let mut appended = appended.into_iter();
                shares.into_iter().map(|share| Ok(appended.by_ref().take(share).collect())).collect()
            }
            Err(error) => {
                let reason = error.to_string();
                let others = shares.iter().skip(1).map(|_| Err(stopped(&reason)));
                std::iter::once(Err(error)).chain(others).collect()
            }
        }
    }

    fn writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Writer {
    fn write(&mut self, statements: &[SignedStatement]) -> Result<Vec<Appended>, Error> {
        if let Some(reason) = &self.stopped {
            return Err(stopped(reason));
        }
        // Stopped until it has gone well: so nothing is written after a panic either.
        self.stopped = Some("the writer ended early".to_owned());
        let outcome = self.write_unguarded(statements);
        self.stopped = match &outcome {
            Ok(_) => None,
            Err(error) => Some(error.to_string()),
        };
        outcome
    }

    fn write_unguarded(&mut self, statements: &[SignedStatement]) -> Result<Vec<Appended>, Error> {
        let start = self.log.size();
        let mut new: BTreeMap<HashBytes, u64> = BTreeMap::new();
        let mut fresh: Vec<(HashBytes, &SignedStatement)> = Vec::new();
        let mut answers = Vec::with_capacity(statements.len());
        for signed in statements {
            let hash = signed.hash_bytes();
            let known = match new.get(&hash) {
                Some(index) => Some(*index),
                None => self.index.by_hash(&hash)?.map(|at| at.index),
            };
            let index = known.unwrap_or_else(|| {
                let index = start + fresh.len() as u64;
                new.insert(hash, index);
                fresh.push((hash, signed));
                index
            });
            answers.push(Appended { index, hash: hex::encode(hash), was_known: known.is_some() });
        }
        if fresh.is_empty() {
            return Ok(answers);
        }
        let bytes: Vec<&[u8]> = fresh.iter().map(|(_, signed)| signed.bytes.as_slice()).collect();
        let places = self.log.append(&bytes)?;
        let rows: Vec<(Located, Subject)> = (start..)
            .zip(places)
            .zip(fresh)
            .map(|((index, place), (hash, signed))| (Located { index, hash, place }, Subject::of(&signed.statement)))
            .collect();
        self.index.add(&rows)?;
        Ok(answers)
    }
}

fn stopped(reason: &str) -> Error {
    Error::Stopped { reason: reason.to_owned() }
}

/// Removes what a crash left half written.
fn empty_temporary(disk: &dyn Disk, layout: &Layout) -> Result<(), Error> {
    let folder = layout.temporary();
    disk.make_folder(&folder).map_err(Error::at(&folder))?;
    for name in disk.names(&folder).map_err(Error::at(&folder))? {
        let path = folder.join(name);
        match disk.remove(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(Error::at(&path)(error)),
            _ => {}
        }
    }
    Ok(())
}
