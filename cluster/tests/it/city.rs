//! A small made city, and what one machine says of it.

use std::fs::{self, File};
use std::path::Path;

use heng_inference::meters::{District, MeterReadings, Settings};
use heng_telemetry::city::{Gathered, Reader, files, places, verdicts};
use heng_telemetry::districts::Districts;

const HOMES: usize = 4;
const DAYS: usize = 8;

/// Homes that draw by turns; the second registers 6 % too little.
fn district(seed: usize) -> District {
    let steps = DAYS * 96;
    let mut district =
        District { times_s: (0..=steps as i64).map(|k| 1_767_196_800 + 900 * k).collect(), ..District::default() };
    district.meters = (0..HOMES)
        .map(|home| MeterReadings {
            id: format!("表{seed}-{home}"),
            phase: Some(home as u8 % 3 + 1),
            ..MeterReadings::default()
        })
        .collect();
    let (mut head, mut registers) = (1000.0, [50.0; HOMES]);
    for k in 0..=steps {
        district.head_kwh.push((head * 100.0_f64).floor() / 100.0);
        for (home, register) in registers.iter_mut().enumerate() {
            district.meters[home].register_kwh.push((*register * 100.0_f64).floor() / 100.0);
            let kwh = 0.04 + 0.5 * f64::from(u8::from((k * (5 + home) + seed * 3) % 17 < 4));
            *register += kwh * if home == 1 { 0.94 } else { 1.0 };
            head += kwh * 1.01;
        }
    }
    district
}

/// Writes five districts into two files.
pub fn written(folder: &Path) {
    for (file, seeds) in [0..3, 3..5].into_iter().enumerate() {
        let mut districts =
            Districts::new(File::create(folder.join(format!("districts-0000{file}.parquet"))).unwrap()).unwrap();
        for seed in seeds {
            districts.write(&format!("台区{seed}"), &district(seed)).unwrap();
        }
        districts.close().unwrap();
    }
}

/// Spoils the readings of a file and leaves its list of contents.
pub fn spoilt(file: &Path) {
    let mut bytes = fs::read(file).unwrap();
    let end = bytes.len() / 2;
    bytes[64..end].fill(0xff);
    fs::write(file, bytes).unwrap();
}

/// The results as the shared functions write them without a cluster.
pub fn alone(folder: &Path, settings: &Settings, since_s: Option<i64>) -> Vec<u8> {
    let files = files(folder);
    let mut bytes = Vec::new();
    let mut gathered = Gathered::new(Some(&mut bytes)).unwrap();
    let mut reader = Reader::default();
    for (index, (file, number)) in places(&files).unwrap().into_iter().enumerate() {
        let found = reader.district(&files[file], number).unwrap();
        gathered.take(index, verdicts(found, settings, since_s)).unwrap();
    }
    gathered.close().unwrap();
    bytes
}
