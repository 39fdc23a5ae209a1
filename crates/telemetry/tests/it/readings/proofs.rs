//! A reading of a settled segment is proved from its line alone.

use std::fs;

use heng_evidence::Hash;
use heng_store::LocalDisk;
use heng_telemetry::readings::canonical::Reading;
use heng_telemetry::readings::seal::{proven, sealable};
use heng_telemetry::readings::store::folder;

use super::fixtures::{HOUR_MS, MIDNIGHT_MS, data, message, opened};

#[test]
fn every_reading_leads_to_the_root_of_its_segment_and_no_other_does() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    for hour in 0..9 {
        let at = format!("01 {hour:02}:00");
        let rows =
            [("津电0002", at.as_str(), "2.50"), ("津电0001", at.as_str(), "1.0"), ("津电0001", at.as_str(), "1.1")];
        readings.ingest("heping-01", message(&rows), MIDNIGHT_MS).unwrap();
    }
    readings.settle_all().unwrap();
    drop(readings);
    let (disk, folder) = (LocalDisk::default(), folder(data.path()));
    let sealable = sealable(&disk, &folder).unwrap();
    assert_eq!((sealable.len(), sealable[0].readings), (1, 27));
    assert_eq!((sealable[0].from_ms, sealable[0].to_ms), (MIDNIGHT_MS, MIDNIGHT_MS + 8 * HOUR_MS));
    let root: Hash = hex::decode(&sealable[0].root).unwrap().try_into().unwrap();
    let mut places = std::collections::BTreeSet::new();
    for hour in 0..9 {
        for (meter, wanted) in [("津电0001", vec!["1.0", "1.1"]), ("津电0002", vec!["2.50"])] {
            let proven = proven(&disk, &folder, meter, Some("1-0:1.8.0"), MIDNIGHT_MS + hour * HOUR_MS).unwrap();
            let lines: Vec<Reading> = proven.iter().map(|one| serde_json::from_str(&one.line).unwrap()).collect();
            let values: Vec<&str> = lines.iter().map(|reading| reading.value.as_str()).collect();
            assert_eq!(values, wanted);
            for one in &proven {
                one.proof.check(one.line.as_bytes(), &root).unwrap();
                assert!(one.proof.check(one.line.replace("津电", "晋电").as_bytes(), &root).is_err());
                assert!(places.insert(one.proof.leaf_index));
            }
            assert!(lines.iter().all(|reading| reading.salt.len() == 32 && reading.district == "120101"));
        }
    }
    assert_eq!(places.len(), 27);
    assert!(proven(&disk, &folder, "津电0001", Some("1-0:2.8.0"), MIDNIGHT_MS).unwrap().is_empty());
}

#[test]
fn a_part_that_was_changed_proves_nothing() {
    let data = data();
    let readings = opened(data.path(), 1 << 20);
    readings.ingest("heping-01", message(&[("津电0001", "01 00:00", "1.0")]), MIDNIGHT_MS).unwrap();
    readings.settle_all().unwrap();
    readings.ingest("heping-01", message(&[("津电0001", "01 00:00", "2.0")]), MIDNIGHT_MS).unwrap();
    readings.settle_all().unwrap();
    drop(readings);
    let parts = data.path().join("readings/parquet/day=2026-03-01/district=120101");
    fs::copy(parts.join("part-000000000001.parquet"), parts.join("part-000000000000.parquet")).unwrap();
    let error = proven(&LocalDisk::default(), &folder(data.path()), "津电0001", None, MIDNIGHT_MS).unwrap_err();
    assert!(error.to_string().ends_with("the readings do not give the root"), "{error}");
}
