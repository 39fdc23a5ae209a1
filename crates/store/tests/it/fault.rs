//! Whatever operation of the disk fails, and however: no acknowledged statement is lost, none is there twice, and the store checks clean.

use std::path::Path;
use std::sync::{Arc, LazyLock};

use heng_statement::SignedStatement;
use heng_store::{Appended, Appender, Disk, Error, Settings, Store};

use crate::faulty_disk::{Failure, FaultyDisk, Remains};
use crate::fixtures::*;

/// What is appended in each run: one by one, across the border of a tile, and over the ends of segments.
static STATEMENTS: LazyLock<Vec<SignedStatement>> = LazyLock::new(|| registrations(0..620));
const BATCHES: [usize; 8] = [1, 2, 250, 4, 1, 260, 101, 1];
const DOCUMENT: &[u8] = "文件".as_bytes();

/// The ways to fail, and what of the power cut remains.
const FAILURES: [(Failure, Remains); 5] = [
    (Failure::Lost, Remains::OnlyWhatWasSynced),
    (Failure::LostButPersisted, Remains::OnlyWhatWasSynced),
    (Failure::PowerCut, Remains::OnlyWhatWasSynced),
    (Failure::PowerCut, Remains::NamesWithoutBytes),
    (Failure::PowerCut, Remains::TornBytes),
];

/// What was promised to the callers.
#[derive(Default)]
struct Promised {
    appended: Vec<Appended>,
    document: Option<String>,
}

fn settings(disk: &Arc<FaultyDisk>) -> Settings {
    Settings { disk: Arc::clone(disk) as Arc<dyn Disk>, segment_bytes: 1 << 10 }
}

/// Makes the store where there is none, opens it, and appends what was not promised yet.
fn work(folder: &Path, disk: &Arc<FaultyDisk>, promised: &mut Promised) -> Result<(), Error> {
    match Store::create_on(&**disk, folder, ORIGIN) {
        Ok(()) | Err(Error::StoreExists { .. }) => {}
        Err(error) => return Err(error),
    }
    let appender = Appender::open_with(folder, signer(), settings(disk))?;
    if promised.document.is_none() {
        promised.document = appender.keep(&[DOCUMENT])?.pop();
    }
    let mut start = 0;
    for length in BATCHES {
        let batch = &STATEMENTS[start..start + length];
        start += length;
        if promised.appended.len() < start {
            promised.appended.extend(appender.append(batch.to_vec())?);
        }
    }
    Ok(())
}

/// Everything promised is there, in its place, once.
fn require_all(folder: &Path, promised: &Promised) {
    let store = Store::open(folder).unwrap();
    for (one, statement) in promised.appended.iter().zip(STATEMENTS.iter()) {
        assert_eq!(one.hash, statement.hash());
        assert_eq!(store.index_of(&one.hash).unwrap(), Some(one.index));
        assert_eq!(store.statement_at(one.index).unwrap().unwrap().bytes, statement.bytes);
    }
    if let Some(document) = &promised.document {
        assert_eq!(store.blob(document).unwrap().unwrap(), DOCUMENT);
    }
    drop(store);
    let report = check(folder);
    assert_eq!(report.findings, []);
    assert!(report.statements >= promised.appended.len() as u64);
}

/// Fails at one operation, then reopens (failing once more at another one, if asked), checks, and finishes the work.
fn run(at: usize, (how, remains): (Failure, Remains), again_at: Option<usize>, is_index_lost: bool) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let disk = Arc::new(FaultyDisk::failing(folder.path(), at, how));
    let mut promised = Promised::default();
    let outcome = work(folder.path(), &disk, &mut promised);
    if !disk.has_failed() {
        outcome.unwrap();
        return false;
    }
    assert!(outcome.is_err(), "a failed operation was passed over in silence:\n{}", disk.history());
    let mend = |disk: &FaultyDisk| {
        if how == Failure::PowerCut {
            disk.cut_power(remains);
        }
        if is_index_lost {
            let _ = std::fs::remove_file(folder.path().join("index.sqlite"));
        }
    };
    mend(&disk);
    if let Some(again_at) = again_at {
        disk.fail_next(Some((again_at, how)));
        let outcome = work(folder.path(), &disk, &mut promised);
        assert!(outcome.is_err() || !disk.has_failed());
        mend(&disk);
    }
    disk.fail_next(None);
    let reopened = Store::create_on(&*disk, folder.path(), ORIGIN).map_or_else(
        |error| if matches!(error, Error::StoreExists { .. }) { Ok(()) } else { Err(error) },
        |()| if promised.appended.is_empty() { Ok(()) } else { panic!("the store is gone:\n{}", disk.history()) },
    );
    reopened.unwrap();
    let opened = Appender::open_with(folder.path(), signer(), settings(&disk));
    drop(opened.unwrap_or_else(|error| panic!("{error} after {how:?} {remains:?} at {at}:\n{}", disk.history())));
    require_all(folder.path(), &promised);
    work(folder.path(), &disk, &mut promised).unwrap();
    require_all(folder.path(), &promised);
    assert_eq!(check(folder.path()).statements, STATEMENTS.len() as u64);
    true
}

#[test]
fn nothing_acknowledged_is_lost_when_any_one_operation_fails() {
    std::thread::scope(|scope| {
        for (number, failure) in FAILURES.into_iter().enumerate() {
            scope.spawn(move || {
                let mut at = 0;
                while run(at, failure, None, (at + number) % 3 == 0) {
                    at += 1;
                }
                println!("{failure:?}: {at} operations failed, one in each run");
                assert!(at > 100, "only {at} operations");
            });
        }
    });
}

#[test]
fn nothing_acknowledged_is_lost_when_mending_fails_too() {
    // Two failures in one run: too many pairs to try all, so a stride through both, with all remainders over the five ways to fail.
    for (number, failure) in FAILURES.into_iter().enumerate() {
        for (step, at) in (number..).step_by(23).enumerate() {
            if !run(at, failure, Some((step * 7 + number) % 19), false) {
                break;
            }
        }
    }
}

#[test]
fn a_writer_stops_after_a_failed_write_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    Store::create(folder.path(), ORIGIN).unwrap();
    let disk = Arc::new(FaultyDisk::working(folder.path()));
    let appender = Appender::open_with(folder.path(), signer(), settings(&disk)).unwrap();
    appender.append(registrations(0..1)).unwrap();
    disk.fail_next(Some((0, Failure::Lost)));
    assert!(matches!(appender.append(registrations(1..2)), Err(Error::Disk { .. })));
    assert!(matches!(appender.append(registrations(2..3)), Err(Error::Stopped { .. })));
    drop(appender);
    let appender = Appender::open(folder.path(), signer()).unwrap();
    assert_eq!(appender.append(registrations(1..3)).unwrap().iter().map(|one| one.index).collect::<Vec<_>>(), [1, 2]);
}
