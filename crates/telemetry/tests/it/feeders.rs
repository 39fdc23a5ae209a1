//! Feeders with known errors that others made, where they lie beside the project.

use std::path::{Path, PathBuf};

use heng_inference::meters::{Settings, State, assessment};
use heng_telemetry::district::{Source, read};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/meters");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is absent, so nothing is said of the published feeders", folder.display());
    None
}

/// How many were called beyond, and how many of them are; how many stopped and bypassed ones were found, of how many, and how many were so called wrongly.
fn judged(folder: &Path, readings: &str) -> [usize; 5] {
    let mut counts = [0; 5];
    for feeder in ["sb_rural1_13", "sb_semiurb4_41", "eulv55", "sb_urban6_111", "sb_urban6x2_222"] {
        let source = |name: String| Source { bytes: std::fs::read(folder.join(&name)).unwrap(), name };
        let voltages = source(format!("{feeder}_voltages.parquet"));
        let meters = source(format!("{feeder}_meters_public.csv"));
        let district = read(source(format!("{feeder}_{readings}.parquet")), Some(voltages), Some(meters)).unwrap();
        let found = assessment(&district, &Settings::for_limit(2.0)).unwrap();
        let truth = std::fs::read_to_string(folder.join(format!("truth/{feeder}_meters.csv"))).unwrap();
        for (line, meter) in truth.lines().skip(1).zip(&found.meters) {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells[0], meter.meter);
            let error: f64 = cells[4].parse().unwrap();
            if meter.state == State::Beyond {
                counts[0] += 1;
                counts[1] += usize::from(error.abs() > 2.0);
            }
            let wanted = match cells[2] {
                "stopped" => Some(State::Stopped),
                "theft" => Some(State::Bypassed),
                _ => None,
            };
            if let Some(wanted) = wanted {
                counts[3] += 1;
                counts[2] += usize::from(meter.state == wanted);
            } else if matches!(meter.state, State::Stopped | State::Bypassed) {
                counts[4] += 1;
            }
        }
    }
    counts
}

#[test]
fn those_called_beyond_are_and_all_stops_and_bypasses_are_found() {
    let Some(folder) = folder() else { return };
    let [called, right, found, changed, wrong] = judged(&folder, "readings_sync");
    assert!(right >= 12, "{right} found");
    assert!(right as f64 >= 0.95 * called as f64, "{right} of {called}");
    assert_eq!((found, changed, wrong), (10, 10, 0));
}

#[test]
fn on_raw_clocks_nobody_is_accused() {
    let Some(folder) = folder() else { return };
    let [called, _, _, _, wrong] = judged(&folder, "readings");
    assert_eq!((called, wrong), (0, 0));
}
