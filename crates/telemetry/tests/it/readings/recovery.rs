//! What a crash leaves.

use std::fs;
use std::path::{Path, PathBuf};

use heng_telemetry::readings::{JournalError, Readings, ReadingsError};

use super::fixtures::{MIDNIGHT_MS, csv, data, message, opened};
use super::kept::kept;

fn journal(data: &Path) -> PathBuf {
    data.join("readings/journal/000000000000.seg")
}

#[test]
fn a_tail_that_was_torn_anywhere_is_cut_and_nothing_before_it_is() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let first = message(&[("津电0001", "01 00:00", "1"), ("津电0002", "01 00:00", "2")]);
    let second = message(&[("津电0001", "01 06:00", "3")]);
    readings.ingest("heping-01", first.clone(), MIDNIGHT_MS).unwrap();
    let acknowledged = fs::metadata(journal(data.path())).unwrap().len();
    readings.ingest("heping-01", second.clone(), MIDNIGHT_MS).unwrap();
    drop(readings);
    let whole = fs::read(journal(data.path())).unwrap();
    for cut in usize::try_from(acknowledged).unwrap()..whole.len() {
        let mut torn = whole[..cut].to_vec();
        // A disk may also keep other bytes where these were to be.
        torn.resize(cut + cut % 3, 0xaa);
        fs::write(journal(data.path()), &torn).unwrap();
        let readings = opened(data.path(), 1 << 20);
        assert_eq!(readings.ingest("heping-01", first.clone(), MIDNIGHT_MS).unwrap().again, 2, "cut at {cut}");
        assert_eq!(readings.ingest("heping-01", second.clone(), MIDNIGHT_MS).unwrap().added, 1, "cut at {cut}");
        drop(readings);
        assert_eq!(kept(data.path()), 3, "cut at {cut}");
    }
    let is_torn = |name: &str| name.contains(".torn-");
    let names = fs::read_dir(data.path().join("readings/journal")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().any(|name| is_torn(&name.to_string_lossy())), "what was cut is kept beside it");
}

#[test]
fn damage_before_the_tail_is_refused() {
    let data = data();
    let readings = opened(data.path(), 1);
    for hour in 0..3 {
        readings.ingest("heping-01", message(&[("津电0001", &format!("01 0{hour}:00"), "1")]), MIDNIGHT_MS).unwrap();
    }
    drop(readings);
    let mut bytes = fs::read(journal(data.path())).unwrap();
    let middle = bytes.len() - 5;
    bytes[middle] ^= 1;
    fs::write(journal(data.path()), &bytes).unwrap();
    let opened = Readings::open(data.path());
    assert!(matches!(opened, Err(ReadingsError::Journal(JournalError::Damaged { index: 0, .. }))));
    fs::remove_file(journal(data.path())).unwrap();
    let opened = Readings::open(data.path());
    assert!(matches!(opened, Err(ReadingsError::Journal(JournalError::Gap { found: 1, wanted: 0 }))));
}

#[test]
fn settling_that_broke_off_is_done_again_without_doubling() {
    let data = data();
    let readings = opened(data.path(), 1);
    let batch = message(&[("津电0001", "01 00:00", "1"), ("津电0001", "02 00:00", "2")]);
    readings.ingest("heping-01", batch.clone(), MIDNIGHT_MS).unwrap();
    let segment = fs::read(journal(data.path())).unwrap();
    readings.settle_closed().unwrap();
    drop(readings);
    // Parts and manifest are there, and so is the segment still.
    fs::write(journal(data.path()), &segment).unwrap();
    assert_eq!(kept(data.path()), 2);
    let readings = opened(data.path(), 1);
    assert_eq!(readings.ingest("heping-01", batch.clone(), MIDNIGHT_MS).unwrap().again, 2);
    readings.settle_closed().unwrap();
    drop(readings);
    assert!(!journal(data.path()).exists());
    assert_eq!(kept(data.path()), 2);
}

#[test]
fn parts_without_a_manifest_are_not_read_and_written_again() {
    let data = data();
    let readings = opened(data.path(), 1);
    let batch = message(&[("津电0001", "01 00:00", "1"), ("津电0001", "02 00:00", "2")]);
    readings.ingest("heping-01", batch.clone(), MIDNIGHT_MS).unwrap();
    let segment = fs::read(journal(data.path())).unwrap();
    readings.settle_closed().unwrap();
    drop(readings);
    fs::write(journal(data.path()), &segment).unwrap();
    fs::remove_file(data.path().join("readings/segments/000000000000.json")).unwrap();
    assert_eq!(kept(data.path()), 2);
    let readings = opened(data.path(), 1);
    assert_eq!(readings.ingest("heping-01", batch, MIDNIGHT_MS).unwrap().again, 2);
    readings.settle_all().unwrap();
    drop(readings);
    assert_eq!(kept(data.path()), 2);
}

#[test]
fn lines_that_were_not_taken_are_kept_through_everything() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let batch = csv("meter,register,unit,at,value\n津电0001,1-0:1.8.0,kWh,2026-03-01 00:00,一百\n津电0001,1-0:1.8.0\n");
    let ingested = readings.ingest("heping-01", batch, MIDNIGHT_MS).unwrap();
    assert_eq!((ingested.readings, ingested.rejected, ingested.findings.len()), (0, 2, 2));
    drop(readings);
    let readings = opened(data.path(), 1 << 20);
    readings.settle_all().unwrap();
    let text = fs::read_to_string(data.path().join("readings/rejects/000000000000.jsonl")).unwrap();
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["text"], "津电0001,1-0:1.8.0,kWh,2026-03-01 00:00,一百");
    assert_eq!((&lines[0]["feed"], &lines[0]["line"]), (&"heping-01".into(), &2.into()));
    assert_eq!(lines[1]["finding"]["code"], "readings-width");
}
