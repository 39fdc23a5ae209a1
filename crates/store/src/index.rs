//! The index: where each statement lies and which statements are about what. A cache: made from the segments alone, by one function.
//!
//! It is written after the log, in one transaction for each batch, and holds the entry of the last statement it knows; so one that is
//! behind, from another log, or of another version of this file is noticed at opening and caught up or made again.

use std::path::Path;
use std::time::Duration;

use heng_statement::StatementHash;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};

use crate::error::Error;
use crate::log::Place;
use crate::subject::{Subject, hash_bytes};

/// The version of the tables below. An index of another one is made again.
const VERSION: i64 = 2;

const TABLES: &str = "
    CREATE TABLE statement (
        log_index INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, segment INTEGER NOT NULL, offset INTEGER NOT NULL,
        length INTEGER NOT NULL, kind TEXT NOT NULL, issuer TEXT NOT NULL, made_at INTEGER NOT NULL, norm TEXT
    ) STRICT;
    CREATE INDEX of_kind ON statement (kind);
    CREATE TABLE certificate (number TEXT, log_index INTEGER, PRIMARY KEY (number, log_index)) STRICT, WITHOUT ROWID;
    CREATE TABLE about (thing TEXT, log_index INTEGER, PRIMARY KEY (thing, log_index)) STRICT, WITHOUT ROWID;
    CREATE TABLE party (party TEXT, log_index INTEGER, PRIMARY KEY (party, log_index)) STRICT, WITHOUT ROWID;
    CREATE TABLE citing (cited BLOB, log_index INTEGER, PRIMARY KEY (cited, log_index)) STRICT, WITHOUT ROWID;
";

/// The bytes of a hash.
pub type HashBytes = [u8; 32];

/// A statement in an answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its index.
    pub index: u64,
    /// Its hash.
    pub hash: StatementHash,
    /// Its kind, as in `Question::OfKind`.
    pub kind: String,
    /// Who says it.
    pub issuer: String,
    /// When it was said, by the issuer's clock.
    pub made_at: Timestamp,
    /// The norm of the rule it was made under.
    pub norm: Option<String>,
    /// Where it lies.
    pub place: Place,
}

/// A statement as the index has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Located {
    /// Its index in the log.
    pub index: u64,
    /// SHA-256 of its bytes.
    pub hash: HashBytes,
    /// Where it lies.
    pub place: Place,
}

impl Entry {
    /// The same without what it says of the statement.
    pub(crate) fn located(&self) -> Option<Located> {
        Some(Located { index: self.index, hash: hash_bytes(&self.hash)?, place: self.place })
    }
}

/// A question to the index that one text or hash answers with the indices of statements, in the order of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question<'a> {
    /// The statements of a kind: `party`, `key`, `auth`, `reg`, `meas`, `assess`, `cert`, `norm`, `correct`.
    OfKind(&'a str),
    /// Every version of the certificate with this number.
    Certificate(&'a str),
    /// The statements about a thing.
    About(&'a str),
    /// The statements that a party made, and those that introduce it, its keys or its authorizations.
    Party(&'a str),
    /// The statements that rest on another one, correct it, or name it as a standard's certificate.
    Citing(&'a HashBytes),
}

/// The index of a store.
pub struct Index {
    connection: Connection,
}

impl Index {
    /// Opens the index for writing. One that is damaged or of another version is replaced by an empty one.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if let Ok(index) = Self::open_as_it_is(path) {
            return Ok(index);
        }
        for suffix in ["", "-wal", "-shm"] {
            let mut file = path.as_os_str().to_owned();
            file.push(suffix);
            match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::at(Path::new(&file))(error));
                }
                _ => {}
            }
        }
        let connection = Connection::open(path)?;
        set_up(&connection)?;
        connection.execute_batch(&format!("BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT"))?;
        Ok(Self { connection })
    }

    /// Opens the index for reading only.
    pub fn open_for_reading(path: &Path) -> Result<Self, Error> {
        let connection =
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        connection.busy_timeout(Duration::from_secs(10))?;
        Ok(Self { connection })
    }

    fn open_as_it_is(path: &Path) -> Result<Self, Error> {
        let connection =
            Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        set_up(&connection)?;
        let version: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let index = Self { connection };
        if version != VERSION {
            return Err(rusqlite::Error::InvalidQuery.into());
        }
        index.last()?;
        Ok(index)
    }

    /// The last statement it knows.
    pub fn last(&self) -> Result<Option<Located>, Error> {
        let sql = format!("{LOCATED} ORDER BY log_index DESC LIMIT 1");
        Ok(self.connection.prepare_cached(&sql)?.query_row([], located).optional()?)
    }

    /// How many statements it knows.
    pub fn size(&self) -> Result<u64, Error> {
        Ok(self.last()?.map_or(0, |last| last.index + 1))
    }

    /// Forgets everything.
    pub fn clear(&mut self) -> Result<(), Error> {
        let tables = ["statement", "certificate", "about", "party", "citing"];
        let sql: String = tables.iter().map(|table| format!("DELETE FROM {table};")).collect();
        Ok(self.connection.execute_batch(&format!("BEGIN; {sql} COMMIT"))?)
    }

    /// Adds statements, all or none.
    pub fn add(&mut self, statements: &[(Located, Subject)]) -> Result<(), Error> {
        let transaction = self.connection.transaction()?;
        {
            let mut statement =
                transaction.prepare_cached("INSERT INTO statement VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
            let mut certificate = transaction.prepare_cached("INSERT INTO certificate VALUES (?, ?)")?;
            let mut about = transaction.prepare_cached("INSERT INTO about VALUES (?, ?)")?;
            let mut party = transaction.prepare_cached("INSERT INTO party VALUES (?, ?)")?;
            let mut citing = transaction.prepare_cached("INSERT INTO citing VALUES (?, ?)")?;
            for (at, subject) in statements {
                let Place { segment, offset, length } = at.place;
                let index = column(at.index);
                let place = (column(segment), column(offset), column(length));
                let said = (subject.kind, &subject.issuer, nanoseconds(subject.made_at), &subject.norm);
                statement
                    .execute(params![index, at.hash, place.0, place.1, place.2, said.0, said.1, said.2, said.3])?;
                if let Some(number) = &subject.certificate {
                    certificate.execute(params![number, index])?;
                }
                for thing in &subject.about {
                    about.execute(params![thing, index])?;
                }
                for of in &subject.parties {
                    party.execute(params![of, index])?;
                }
                for cited in &subject.cites {
                    citing.execute(params![cited, index])?;
                }
            }
        }
        Ok(transaction.commit()?)
    }

    /// Where the statements from the first index up to the second are, in the order of the log.
    pub fn between(&self, from: u64, to: u64) -> Result<Vec<Located>, Error> {
        let sql = format!("{LOCATED} WHERE log_index >= ? AND log_index < ? ORDER BY log_index");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([column(from), column(to)], located)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Where the statement with this hash is.
    pub fn by_hash(&self, hash: &HashBytes) -> Result<Option<Located>, Error> {
        let sql = format!("{LOCATED} WHERE hash = ?");
        Ok(self.connection.prepare_cached(&sql)?.query_row([hash], located).optional()?)
    }

    /// Where the statement with this index in the log is.
    pub fn at(&self, index: u64) -> Result<Option<Located>, Error> {
        let sql = format!("{LOCATED} WHERE log_index = ?");
        Ok(self.connection.prepare_cached(&sql)?.query_row([column(index)], located).optional()?)
    }

    /// The statements that answer a question, in the order of the log.
    pub fn entries(&self, question: Question<'_>) -> Result<Vec<Entry>, Error> {
        let (table, key): (_, &dyn rusqlite::ToSql) = match &question {
            Question::OfKind(kind) => ("statement WHERE kind", kind),
            Question::Certificate(number) => ("certificate WHERE number", number),
            Question::About(thing) => ("about WHERE thing", thing),
            Question::Party(party) => ("party WHERE party", party),
            Question::Citing(hash) => ("citing WHERE cited", hash),
        };
        let sql = format!(
            "SELECT log_index, hash, segment, offset, length, statement.kind, issuer, made_at, norm FROM (SELECT log_index FROM {table} = ?) JOIN statement USING (log_index) ORDER BY log_index"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let entries = statement.query_map([key], |row| {
            let Located { index, hash, place } = located(row)?;
            Ok(Entry {
                index,
                hash: hex::encode(hash),
                kind: row.get(5)?,
                issuer: row.get(6)?,
                made_at: instant(row.get(7)?),
                norm: row.get(8)?,
                place,
            })
        })?;
        Ok(entries.collect::<Result<_, _>>()?)
    }
}

const LOCATED: &str = "SELECT log_index, hash, segment, offset, length FROM statement";

fn located(row: &rusqlite::Row<'_>) -> rusqlite::Result<Located> {
    let place = Place { segment: row.get(2)?, offset: row.get(3)?, length: row.get(4)? };
    Ok(Located { index: row.get(0)?, hash: row.get(1)?, place })
}

/// SQLite's integers have a sign; no log gets so long that it matters, and one too long for it would find nothing.
fn column(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(-1)
}

/// A time as the index keeps it. What lies beyond 64 bits is kept as the end of them.
pub(crate) fn nanoseconds(time: Timestamp) -> i64 {
    let beyond = if time < Timestamp::UNIX_EPOCH { i64::MIN } else { i64::MAX };
    i64::try_from(time.as_nanosecond()).unwrap_or(beyond)
}

fn instant(nanoseconds: i64) -> Timestamp {
    Timestamp::from_nanosecond(nanoseconds.into()).unwrap_or_default()
}

/// Readers see whole batches while one is written; a power failure may lose the last ones, which opening adds again.
fn set_up(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    Ok(())
}
