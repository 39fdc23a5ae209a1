//! Compares the index with the segments, question by question. A fault of the index is only a warning: it is made again from the segments.

use std::path::Path;

use heng_quantity::Finding;
use rusqlite::{Connection, OpenFlags, OptionalExtension, ToSql, params};

use super::Report;
use super::segments::Seen;
use crate::index::nanoseconds;
use crate::layout::Layout;
use crate::subject::Subject;

/// The index, and how many rows each of its tables should have.
pub(super) struct Cache {
    connection: Option<Connection>,
    rows: [(&'static str, u64); 5],
}

impl Cache {
    pub(super) fn open(layout: &Layout, report: &mut Report) -> Self {
        let rows = [("statement", 0), ("certificate", 0), ("about", 0), ("party", 0), ("citing", 0)];
        let path = layout.index();
        if !path.exists() {
            report.findings.push(Finding::warning("store-index-missing"));
            return Self { connection: None, rows };
        }
        match opened(&path) {
            Ok(connection) => Self { connection: Some(connection), rows },
            Err(error) => {
                report.findings.push(Finding::warning("store-index-unreadable").with("reason", error));
                Self { connection: None, rows }
            }
        }
    }

    /// Compares what the index has of a statement.
    pub(super) fn compare(&mut self, seen: &Seen, report: &mut Report) {
        let Some(connection) = &self.connection else { return };
        let subject = Subject::of(&seen.signed.statement);
        let counts = [
            1,
            usize::from(subject.certificate.is_some()),
            subject.about.len(),
            subject.parties.len(),
            subject.cites.len(),
        ];
        for ((_, rows), count) in self.rows.iter_mut().zip(counts) {
            *rows += count as u64;
        }
        report.indexed += 1;
        match is_as_seen(connection, seen, &subject) {
            Ok(true) => {}
            Ok(false) => report.findings.push(Finding::warning("store-index-differs").with("index", seen.index)),
            Err(error) => self.give_up(&error, report),
        }
    }

    /// Compares how many rows there are, so that none is left over.
    pub(super) fn finish(mut self, entries: &[[u8; 32]], report: &mut Report) {
        let Some(connection) = &self.connection else { return };
        for (table, expected) in self.rows {
            let count = connection.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, u64>(0));
            match count {
                Ok(count) if count == expected => {}
                Ok(_) => {
                    let finding = Finding::warning("store-index-rows").with("table", table);
                    report.findings.push(finding.with("statements", entries.len()));
                }
                Err(error) => return self.give_up(&error, report),
            }
        }
    }

    fn give_up(&mut self, error: &rusqlite::Error, report: &mut Report) {
        report.findings.push(Finding::warning("store-index-unreadable").with("reason", error));
        self.connection = None;
    }
}

/// SQLite's own check passes, over the table and its other orders alike.
fn opened(path: &Path) -> Result<Connection, String> {
    // A file that has no write-ahead log beside it is opened so that not even SQLite's working files are made.
    let has_log = std::fs::metadata(path.with_extension("sqlite-wal")).is_ok_and(|file| file.len() > 0);
    let name = if has_log { path.display().to_string() } else { format!("file:{}?immutable=1", percent_encoded(path)) };
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(name, flags).map_err(|error| error.to_string())?;
    let answer: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(|error| error.to_string())?;
    if answer == "ok" { Ok(connection) } else { Err(answer) }
}

/// SQLite reads `?`, `#` and `%` of a file's URI as its own.
fn percent_encoded(path: &Path) -> String {
    path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}

fn is_as_seen(connection: &Connection, seen: &Seen, subject: &Subject) -> rusqlite::Result<bool> {
    let index = i64::try_from(seen.index).unwrap_or(-1);
    let mut statement = connection.prepare_cached(
        "SELECT hash, segment, offset, length, kind, issuer, made_at, norm FROM statement WHERE log_index = ?",
    )?;
    let row = statement.query_row([index], |row| {
        let place: (u64, u64, u64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let said: (String, String, i64, Option<String>) = (row.get(4)?, row.get(5)?, row.get(6)?, row.get(7)?);
        Ok((row.get::<_, [u8; 32]>(0)?, place, said))
    });
    let said = (subject.kind.to_owned(), subject.issuer.clone(), nanoseconds(subject.made_at), subject.norm.clone());
    let place = (seen.segment, seen.offset, seen.signed.bytes.len() as u64);
    let mut is_as_seen = row.optional()? == Some((seen.hash, place, said));
    let mut has = |sql: &str, key: &dyn ToSql| -> rusqlite::Result<()> {
        is_as_seen &= connection.prepare_cached(sql)?.exists(params![key, index])?;
        Ok(())
    };
    has("SELECT 1 FROM statement WHERE hash = ? AND log_index = ?", &seen.hash)?;
    has("SELECT 1 FROM statement WHERE kind = ? AND log_index = ?", &subject.kind)?;
    for number in subject.certificate.iter() {
        has("SELECT 1 FROM certificate WHERE number = ? AND log_index = ?", number)?;
    }
    for thing in &subject.about {
        has("SELECT 1 FROM about WHERE thing = ? AND log_index = ?", thing)?;
    }
    for party in &subject.parties {
        has("SELECT 1 FROM party WHERE party = ? AND log_index = ?", party)?;
    }
    for cited in &subject.cites {
        has("SELECT 1 FROM citing WHERE cited = ? AND log_index = ?", cited)?;
    }
    Ok(is_as_seen)
}
