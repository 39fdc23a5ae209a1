//! The check finds any changed bit, and changes nothing itself.

use std::fs;
use std::path::{Path, PathBuf};

use heng_store::{Error, Layout, Store, fsck};

use crate::fixtures::*;

/// What is done to a store.
type Damage<'a> = &'a dyn Fn(&Path);

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

#[test]
fn a_flipped_bit_in_any_byte_of_log_and_documents_is_found() {
    let (folder, appender) = new_store();
    appender.keep(&["证书".as_bytes(), b"<dcc/>"]).unwrap();
    appender.append(registrations(0..3)).unwrap();
    appender.append(registrations(3..5)).unwrap();
    drop(appender);
    assert_eq!(check(folder.path()).findings, []);
    let mut flips = 0;
    for path in [files(&folder.path().join("log")), files(&folder.path().join("blobs"))].concat() {
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&path, bytes).unwrap();
            flips += 1;
            assert_ne!(check(folder.path()).findings, [], "{} byte {at}", path.display());
        }
        fs::write(&path, whole).unwrap();
    }
    println!("{flips} flips, all found");
    assert_eq!(check(folder.path()).findings, []);
}

#[test]
fn a_flipped_bit_in_the_index_is_found_or_changes_no_answer() {
    let (folder, appender) = new_store();
    appender.append(registrations(0..40)).unwrap();
    drop(appender);
    let path = Layout::new(folder.path()).index();
    let whole = fs::read(&path).unwrap();
    let (mut found, mut without_consequence) = (0, 0);
    for at in (0..whole.len()).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 1 << (at % 8);
        fs::write(&path, bytes).unwrap();
        if !check(folder.path()).findings.is_empty() {
            found += 1;
            continue;
        }
        without_consequence += 1;
        let store = Store::open(folder.path()).unwrap();
        for (index, statement) in registrations(0..40).iter().enumerate() {
            assert_eq!(store.index_of(&statement.hash()).unwrap(), Some(index as u64), "byte {at}");
            assert_eq!(store.statement_at(index as u64).unwrap().as_ref(), Some(statement), "byte {at}");
        }
    }
    println!("{found} flips found, {without_consequence} of no consequence");
    assert!(found > 0);
}

#[test]
fn every_kind_of_damage_has_its_code() {
    let layout = |folder: &Path| Layout::new(folder);
    let cases: [(&str, Damage); 10] = [
        ("store-checkpoint-missing", &|folder| fs::remove_file(layout(folder).checkpoint()).unwrap()),
        ("store-checkpoint-unreadable", &|folder| fs::write(layout(folder).checkpoint(), "账").unwrap()),
        ("store-checkpoint-beyond", &|folder| {
            let path = layout(folder).segment(0);
            let whole = fs::read(&path).unwrap();
            fs::write(path, &whole[..20]).unwrap();
        }),
        ("store-segment-order", &|folder| fs::write(layout(folder).segments().join("备份.seg"), "").unwrap()),
        ("store-segment-header", &|folder| fs::write(layout(folder).segment(0), "HENGSEG").unwrap()),
        ("store-tile-missing", &|folder| fs::remove_file(layout(folder).tiles().join("0/000.p/5")).unwrap()),
        ("store-tile-missing", &|folder| fs::remove_file(layout(folder).tiles().join("entries/000.p/5")).unwrap()),
        ("store-tile-differs", &|folder| fs::write(layout(folder).tiles().join("0/000.p/3"), [0; 96]).unwrap()),
        ("store-tile-unexpected", &|folder| fs::write(layout(folder).tiles().join("0/000.p/6"), [0; 192]).unwrap()),
        ("store-tile-unexpected", &|folder| fs::write(layout(folder).tiles().join("0/001"), [0; 32]).unwrap()),
    ];
    for (code, damage) in cases {
        let (folder, appender) = new_store();
        appender.append(registrations(0..3)).unwrap();
        appender.append(registrations(3..5)).unwrap();
        drop(appender);
        damage(folder.path());
        assert!(codes(&check(folder.path())).contains(&code), "{code}: {:?}", check(folder.path()).findings);
    }
}

#[test]
fn a_statement_stored_twice_and_a_record_that_is_no_statement_are_found() {
    let (folder, appender) = new_store();
    appender.append(registrations(0..2)).unwrap();
    drop(appender);
    let path = Layout::new(folder.path()).segment(0);
    let mut bytes = fs::read(&path).unwrap();
    heng_store::segment::push_record(&mut bytes, 2, &registration(0).bytes);
    heng_store::segment::push_record(&mut bytes, 3, "不是声明".as_bytes());
    fs::write(&path, bytes).unwrap();
    let report = check(folder.path());
    let found = codes(&report);
    assert!(found.contains(&"store-statement-twice") && found.contains(&"store-statement-unreadable"), "{found:?}");
}

#[test]
fn the_check_of_a_large_store_counts_and_leaves_every_byte() {
    let folder = tempfile::tempdir().unwrap();
    Store::create(folder.path(), ORIGIN).unwrap();
    let appender = open_with_small_segments(folder.path()).unwrap();
    assert!(matches!(fsck(folder.path(), &is_authentic), Err(Error::Locked { .. })));
    for batch in registrations(0..1300).chunks(90) {
        appender.append(batch.to_vec()).unwrap();
    }
    let root = appender.store().checkpoint().unwrap().checkpoint().root;
    drop(appender);
    let state =
        |folder: &Path| files(folder).into_iter().map(|path| (fs::read(&path).unwrap(), path)).collect::<Vec<_>>();
    let before = state(folder.path());
    let report = check(folder.path());
    assert_eq!(state(folder.path()), before);
    assert_eq!((report.statements, report.indexed, report.root), (1300, 1300, root));
    assert_eq!(report.segments, 6);
    assert_eq!(report.findings, []);
    assert_eq!(codes(&fsck(folder.path(), &|_| false).unwrap()), ["store-checkpoint-not-authentic"]);
}
