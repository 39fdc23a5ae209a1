//! The index can be deleted, damaged, stale or of another store: what it answers stays the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use heng_store::{Appender, Layout, Question, Store};
use rusqlite::Connection;
use rusqlite::types::Value;

use crate::fixtures::*;

/// All rows of all tables.
fn rows(folder: &Path) -> BTreeMap<&'static str, Vec<Vec<Value>>> {
    let connection = Connection::open(Layout::new(folder).index()).unwrap();
    let tables = ["statement", "certificate", "about", "party", "citing"];
    let rows = tables.map(|table| {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
        let mut rows: Vec<Vec<Value>> = rows.map(Result::unwrap).collect();
        rows.sort_by_key(|row| format!("{row:?}"));
        (table, rows)
    });
    BTreeMap::from(rows)
}

fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Store::create(folder.path(), ORIGIN).unwrap();
    let appender = open_with_small_segments(folder.path()).unwrap();
    appender.append(registrations(0..300)).unwrap();
    let standard = registration(1).hash();
    appender
        .append((0..40).map(|number| certificate(&format!("津字第 {number} 号"), &standard, "备注")).collect())
        .unwrap();
    folder
}

#[test]
fn an_index_that_is_gone_is_made_again_to_the_same_content() {
    let folder = filled();
    let before = rows(folder.path());
    assert_eq!(before["citing"].len(), 40);
    let path = Layout::new(folder.path()).index();
    fs::remove_file(&path).unwrap();
    assert_eq!(codes(&check(folder.path())), ["store-index-missing"]);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.entries(Question::OfKind("cert")).unwrap().len(), 40);
    drop(store);
    assert_eq!(rows(folder.path()), before);
    for damage in [&b"no database at all"[..], &[]] {
        fs::write(&path, damage).unwrap();
        assert_eq!(codes(&check(folder.path())).first(), Some(&"store-index-unreadable"));
        drop(Appender::open(folder.path(), signer()).unwrap());
        assert_eq!(rows(folder.path()), before);
    }
    assert_eq!(check(folder.path()).findings, []);
}

#[test]
fn an_index_that_is_behind_is_caught_up() {
    let folder = filled();
    let before = rows(folder.path());
    let connection = Connection::open(Layout::new(folder.path()).index()).unwrap();
    for table in ["statement", "certificate", "about", "party", "citing"] {
        connection.execute(&format!("DELETE FROM {table} WHERE log_index >= 123"), []).unwrap();
    }
    drop(connection);
    assert!(codes(&check(folder.path())).contains(&"store-index-differs"));
    drop(Store::open(folder.path()).unwrap());
    assert_eq!(rows(folder.path()), before);
}

#[test]
fn an_index_of_another_store_or_of_another_version_is_replaced() {
    let folder = filled();
    let before = rows(folder.path());
    let path = Layout::new(folder.path()).index();
    let (other, appender) = new_store();
    appender.append(registrations(5..100)).unwrap();
    drop(appender);
    fs::copy(Layout::new(other.path()).index(), &path).unwrap();
    drop(Appender::open(folder.path(), signer()).unwrap());
    assert_eq!(rows(folder.path()), before);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    drop(Appender::open(folder.path(), signer()).unwrap());
    assert_eq!(rows(folder.path()), before);
}

#[test]
fn a_row_that_the_segments_do_not_give_is_a_finding() {
    for tampering in [
        "UPDATE statement SET offset = offset + 1 WHERE log_index = 7",
        "UPDATE statement SET kind = 'cert' WHERE log_index = 7",
        "UPDATE about SET thing = 'thing:other' WHERE log_index = 7",
        "DELETE FROM certificate WHERE log_index = 310",
        "DELETE FROM citing WHERE log_index = 310",
        "INSERT INTO party VALUES ('party:tj:p-009', 7)",
    ] {
        let folder = filled();
        Connection::open(Layout::new(folder.path()).index()).unwrap().execute(tampering, []).unwrap();
        let report = check(folder.path());
        let codes = codes(&report);
        assert!(
            codes.iter().any(|code| ["store-index-differs", "store-index-rows"].contains(code)),
            "{tampering}: {codes:?}"
        );
    }
}
