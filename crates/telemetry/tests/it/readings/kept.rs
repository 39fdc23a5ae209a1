//! What is kept of what comes, and how often.

use std::collections::BTreeMap;
use std::fs;

use heng_store::LocalDisk;
use heng_telemetry::readings::report::{Days, report};
use heng_telemetry::readings::{Ingested, Readings, ReadingsError};

use super::fixtures::{HOUR_MS, MIDNIGHT_MS, csv, data, message, opened};

fn counts(ingested: &Ingested) -> (u64, u64, u64, u64) {
    (ingested.readings, ingested.added, ingested.again, ingested.conflicts)
}

fn codes(ingested: &Ingested) -> BTreeMap<&str, usize> {
    let mut codes = BTreeMap::new();
    ingested.findings.iter().for_each(|finding| *codes.entry(finding.code.as_str()).or_default() += 1);
    codes
}

/// How many readings lie in a data folder.
pub fn kept(data: &std::path::Path) -> u64 {
    report(&LocalDisk::default(), data, Days::default(), None).unwrap().total.readings
}

#[test]
fn the_same_reading_is_kept_once_and_what_differs_is_kept_beside_it() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let first = message(&[("津电0001", "01 00:00", "10.0"), ("津电0002", "01 00:00", "20.0")]);
    let ingested = readings.ingest("heping-01", first.clone(), MIDNIGHT_MS).unwrap();
    assert_eq!((counts(&ingested), codes(&ingested).len()), ((2, 2, 0, 0), 0));
    let ingested = readings.ingest("heping-01", first, MIDNIGHT_MS + 1).unwrap();
    assert_eq!(counts(&ingested), (2, 0, 2, 0));
    assert_eq!(codes(&ingested)["reading-again"], 2);
    let other = message(&[("津电0001", "01 00:00", "10.00"), ("津电0002", "01 00:00", "20.1")]);
    let ingested = readings.ingest("heping-01", other.clone(), MIDNIGHT_MS + 2).unwrap();
    assert_eq!(counts(&ingested), (2, 1, 1, 1), "10.00 is 10.0; 20.1 is not 20.0");
    assert_eq!(codes(&ingested)["reading-conflict"], 1);
    assert_eq!(
        counts(&readings.ingest("heping-01", other, MIDNIGHT_MS).unwrap()),
        (2, 0, 2, 0),
        "a conflict too is kept once"
    );
    drop(readings);
    assert_eq!(kept(data.path()), 3);
}

#[test]
fn what_is_settled_in_parquet_is_still_known_and_still_read() {
    let data = data();
    let readings = opened(data.path(), 1);
    let mut all = Vec::new();
    for day in 1..=5 {
        for hour in 0..24 {
            let at = format!("{day:02} {hour:02}:00");
            let value = format!("{}.5", 100 * day + hour);
            all.push(message(&[("津电0001", &at, &value), ("津电0002", &at, &value)]));
        }
    }
    for (index, batch) in all.iter().enumerate() {
        assert_eq!(readings.ingest("heping-01", batch.clone(), MIDNIGHT_MS).unwrap().added, 2);
        if index % 7 == 0 {
            readings.settle_closed().unwrap();
        }
    }
    assert_eq!(readings.settle_all().unwrap(), 120 % 7 - 1, "each message closed a segment");
    assert_eq!(kept(data.path()), 240);
    for batch in all.iter().rev() {
        assert_eq!(readings.ingest("heping-01", batch.clone(), MIDNIGHT_MS).unwrap().again, 2);
    }
    drop(readings);
    let readings = opened(data.path(), 1 << 20);
    let mixed = message(&[
        ("津电0001", "03 05:00", "305.50"),
        ("津电0001", "03 05:00", "306.5"),
        ("津电0001", "03 05:30", "1"),
    ]);
    assert_eq!(counts(&readings.ingest("heping-01", mixed, MIDNIGHT_MS).unwrap()), (3, 2, 1, 1));
    drop(readings);
    assert_eq!(kept(data.path()), 242);
    let part = data.path().join("readings/parquet/day=2026-03-03/district=120101");
    assert_eq!(fs::read_dir(part).unwrap().count(), 24);
}

#[test]
fn late_early_and_repeated_numbers_are_said() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    let batch = csv("meter,register,unit,at,value,sequence,clock_offset_ms,delay_bound_ms\n\
         津电0001,1-0:1.8.0,kWh,2026-03-01 00:00:00,1,1,,\n\
         津电0001,1-0:1.8.0,kWh,2026-03-01 02:00:00,2,1,,\n\
         津电0001,1-0:1.8.0,kWh,2026-03-01 02:10:01,3,2,,600000\n\
         津电0001,1-0:1.8.0,kWh,2026-03-01 02:10:02,4,3,2000,600000\n\
         津电0001,1-0:1.8.0,Wh,2026-03-01 02:00:00,2000,9,,\n");
    let ingested = readings.ingest("heping-01", batch, MIDNIGHT_MS + 2 * HOUR_MS).unwrap();
    assert_eq!((ingested.added, ingested.late, ingested.early), (5, 1, 1));
    let codes = codes(&ingested);
    assert_eq!((codes["reading-sequence"], codes["reading-late"], codes["reading-early"]), (1, 1, 1));
    assert_eq!(codes["reading-unit-changed"], 1);
    assert_eq!(readings.latencies()["heping-01"].readings(), 5);
    drop(readings);
    let said = report(&LocalDisk::default(), data.path(), Days::default(), None).unwrap();
    assert_eq!(said.feeds[0].2, 5, "4 to 8 did not come");
}

#[test]
fn one_writes_and_others_read() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    assert!(matches!(Readings::open(data.path()), Err(ReadingsError::Locked(_))));
    readings.ingest("heping-01", message(&[("津电0001", "01 00:00", "1")]), MIDNIGHT_MS).unwrap();
    assert_eq!(kept(data.path()), 1);
}

#[test]
fn messages_from_many_threads_are_kept_once_each() {
    let data = data();
    let readings = opened(data.path(), 4096);
    let batches: Vec<_> = (0..40)
        .map(|index| {
            message(&[("津电0001", &format!("01 {:02}:{:02}", index / 4, index % 4 * 15), &index.to_string())])
        })
        .collect();
    let added: u64 = std::thread::scope(|scope| {
        let send = |_| {
            scope.spawn(|| {
                let mut added = 0;
                for batch in &batches {
                    added += readings.ingest("heping-01", batch.clone(), MIDNIGHT_MS).unwrap().added;
                    readings.settle_closed().unwrap();
                }
                added
            })
        };
        (0..4).map(send).collect::<Vec<_>>().into_iter().map(|thread| thread.join().unwrap()).sum()
    });
    assert_eq!(added, 40);
    drop(readings);
    assert_eq!(kept(data.path()), 40);
}
