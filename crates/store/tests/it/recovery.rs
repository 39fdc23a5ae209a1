//! What a crash can explain is mended at opening; what it cannot is refused, and nothing is thrown away.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use heng_store::{Appender, Error, Layout, Store};

use crate::fixtures::*;

/// A closed store of several segments, with this many statements.
fn filled(count: u64) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Store::create(folder.path(), ORIGIN).unwrap();
    let appender = open_with_small_segments(folder.path()).unwrap();
    appender.append(registrations(0..count)).unwrap();
    folder
}

fn segments(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(Layout::new(folder).segments()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

fn flip(path: &Path, at: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[at] ^= 0x10;
    fs::write(path, bytes).unwrap();
}

/// Every file below a folder with its bytes.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(contents(&path)) } else { found.push((path.clone(), fs::read(&path).unwrap())) }
    }
    found.sort();
    found
}

#[test]
fn a_torn_tail_is_cut() {
    let folder = filled(300);
    let last = segments(folder.path()).pop().unwrap();
    let whole = fs::read(&last).unwrap();
    for tail in [&b"\x00"[..], b"\x00\x00\x01\x00", &[0; 4096], &whole[20..420]] {
        OpenOptions::new().append(true).open(&last).unwrap().write_all(tail).unwrap();
        assert_eq!(codes(&check(folder.path())), ["store-tail-torn"]);
        drop(Appender::open(folder.path(), signer()).unwrap());
        assert_eq!(fs::read(&last).unwrap(), whole);
        assert_eq!(check(folder.path()).findings, []);
    }
}

#[test]
fn a_damaged_acknowledged_statement_is_refused_and_nothing_is_cut() {
    let folder = filled(300);
    let last = segments(folder.path()).pop().unwrap();
    let length = fs::metadata(&last).unwrap().len() as usize;
    for at in [3, 19, 20, 200, length / 2, length - 1] {
        flip(&last, at);
        let damaged = contents(&folder.path().join("log"));
        assert!(matches!(Appender::open(folder.path(), signer()), Err(Error::Damaged { .. })), "byte {at}");
        assert_eq!(contents(&folder.path().join("log")), damaged);
        flip(&last, at);
    }
    assert!(Appender::open(folder.path(), signer()).is_ok());
}

#[test]
fn a_log_that_got_shorter_is_refused() {
    let folder = filled(300);
    let last = segments(folder.path()).pop().unwrap();
    let whole = fs::read(&last).unwrap();
    fs::write(&last, &whole[..20]).unwrap();
    assert!(matches!(Appender::open(folder.path(), signer()), Err(Error::Shortened { acknowledged: 300, .. })));
    // The index alone remembers as well as the checkpoint does.
    let checkpoint = Layout::new(folder.path()).checkpoint();
    fs::remove_file(&checkpoint).unwrap();
    assert!(matches!(Appender::open(folder.path(), signer()), Err(Error::Shortened { acknowledged: 300, .. })));
    fs::write(&last, &whole).unwrap();
    assert!(Appender::open(folder.path(), signer()).is_ok());
    assert_eq!(check(folder.path()).findings, []);
}

#[test]
fn statements_that_do_not_lead_to_the_checkpoint_are_refused() {
    let (folder, other) = (filled(300), tempfile::tempdir().unwrap());
    Store::create(other.path(), ORIGIN).unwrap();
    let appender = open_with_small_segments(other.path()).unwrap();
    appender.append(registrations(1..301)).unwrap();
    drop(appender);
    for (ours, theirs) in segments(folder.path()).iter().zip(segments(other.path())) {
        fs::copy(theirs, ours).unwrap();
    }
    let exchanged = contents(&folder.path().join("log"));
    assert!(matches!(Appender::open(folder.path(), signer()), Err(Error::Forked { size: 300 })));
    assert_eq!(contents(&folder.path().join("log")), exchanged);
    assert!(codes(&check(folder.path())).contains(&"store-checkpoint-root"));
}

#[test]
fn whatever_is_made_from_the_segments_is_made_again_to_the_same_bytes() {
    let folder = filled(700);
    let before = contents(&folder.path().join("log"));
    let layout = Layout::new(folder.path());
    fs::remove_dir_all(layout.tiles()).unwrap();
    fs::remove_file(layout.checkpoint()).unwrap();
    fs::remove_file(layout.index()).unwrap();
    drop(open_with_small_segments(folder.path()).unwrap());
    assert_eq!(contents(&folder.path().join("log")), before);
    assert_eq!(check(folder.path()).findings, []);
    // A damaged tile of a closed segment is noticed where the root depends on it, or by fsck, and mended without a checkpoint.
    flip(&layout.tiles().join("0/001"), 77);
    assert_eq!(codes(&check(folder.path())), ["store-tile-differs"]);
    fs::remove_file(layout.checkpoint()).unwrap();
    drop(open_with_small_segments(folder.path()).unwrap());
    assert_eq!(contents(&folder.path().join("log")), before);
}

#[test]
fn a_checkpoint_that_is_behind_is_signed_again() {
    let folder = filled(10);
    let layout = Layout::new(folder.path());
    let old = fs::read(layout.checkpoint()).unwrap();
    let appender = Appender::open(folder.path(), signer()).unwrap();
    appender.append(registrations(10..20)).unwrap();
    drop(appender);
    let new = fs::read(layout.checkpoint()).unwrap();
    fs::write(layout.checkpoint(), old).unwrap();
    assert_eq!(codes(&check(folder.path())), ["store-checkpoint-behind"]);
    drop(Appender::open(folder.path(), signer()).unwrap());
    assert_eq!(fs::read(layout.checkpoint()).unwrap(), new);
    assert_eq!(check(folder.path()).findings, []);
}

#[test]
fn a_checkpoint_of_another_log_is_refused() {
    let folder = filled(10);
    fs::write(Layout::new(folder.path()).origin(), "log.example.cn/other\n").unwrap();
    assert!(matches!(Appender::open(folder.path(), signer()), Err(Error::Checkpoint { .. })));
    assert!(codes(&check(folder.path())).contains(&"store-checkpoint-origin"));
}
