//! What is true of the program, seen from outside: scheduler, executors and whoever asks as processes on this machine.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::panic)]

mod city;
mod processes;

use std::fs;

use heng_inference::meters::Settings;
use processes::{Cluster, heng_cluster};

#[test]
fn a_city_is_judged_to_the_bytes_that_one_machine_writes() {
    let folder = tempfile::tempdir().unwrap();
    city::written(folder.path());
    let cluster = Cluster::start(2);
    let out = folder.path().join("together.out");
    for (since, since_s) in [(None, None), (Some("2026-01-04"), Some(1_767_196_800 + 3 * 86_400))] {
        let said = cluster.judged(folder.path(), since, &out);
        assert!(said.contains("5 districts, 20 meters"), "{said}");
        assert_eq!(fs::read(&out).unwrap(), city::alone(folder.path(), &Settings::for_limit(2.0), since_s));
    }
}

#[test]
fn a_district_that_cannot_be_read_ends_the_run_and_is_named() {
    let folder = tempfile::tempdir().unwrap();
    city::written(folder.path());
    city::spoilt(&folder.path().join("districts-00001.parquet"));
    let cluster = Cluster::start(1);
    let output = cluster.infer(folder.path(), &["--parquet", &folder.path().join("out").display().to_string()]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("districts-00001.parquet"), "{said}");
    assert!(!said.contains("given out again"), "{said}");
}

#[test]
fn a_folder_without_districts_and_a_limit_that_is_none_are_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let readings = folder.path().display().to_string();
    let nothing = heng_cluster(&["infer", "meters", "--readings", &readings]);
    assert_eq!(nothing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("districts-….parquet"));
    let limit = heng_cluster(&["infer", "meters", "--readings", &readings, "--limits", "没有"]);
    assert_eq!(limit.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&limit.stderr).contains("jjf-wan-111-2021:2"));
}

#[test]
fn an_address_that_others_cannot_reach_is_refused() {
    let output = heng_cluster(&["scheduler", "--listen", "0.0.0.0:50050"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("0.0.0.0:50050"));
}
