//! Feeders with known errors that others made, where they lie beside the project.

use std::path::{Path, PathBuf};

use heng_inference::meters::{District, Settings, State, assessment, continued_assessment};
use heng_telemetry::district::{Source, read};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/meters");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("SKIPPED: {} is absent, so nothing is said of the published feeders", folder.display());
    None
}

const FEEDERS: [&str; 5] = ["sb_rural1_13", "sb_semiurb4_41", "eulv55", "sb_urban6_111", "sb_urban6x2_222"];

fn district(folder: &Path, feeder: &str, readings: &str) -> District {
    let source = |name: String| Source { bytes: std::fs::read(folder.join(&name)).unwrap(), name };
    let voltages = source(format!("{feeder}_voltages.parquet"));
    let meters = source(format!("{feeder}_meters_public.csv"));
    read(source(format!("{feeder}_{readings}.parquet")), Some(voltages), Some(meters)).unwrap()
}

/// What was found of what there is.
#[derive(Debug, Default)]
struct Score {
    /// Called beyond the limit, and how many of them are.
    called: usize,
    right: usize,
    /// Of those that were made wrong on purpose, how many were called beyond.
    found: usize,
    /// Stopped and bypassed ones found, of how many, and how many were so called wrongly.
    changes: usize,
    changed: usize,
    accused: usize,
    /// Decidable ones, and how many of their intervals hold the truth.
    decidable: usize,
    held: usize,
    /// Called drifting, and how many of them are.
    drifting: usize,
    moving: usize,
}

fn judged(folder: &Path, readings: &str) -> Score {
    let mut score = Score::default();
    for feeder in FEEDERS {
        let found = assessment(&district(folder, feeder, readings), &Settings::for_limit(2.0)).unwrap();
        let truth = std::fs::read_to_string(folder.join(format!("truth/{feeder}_meters.csv"))).unwrap();
        for (line, meter) in truth.lines().skip(1).zip(&found.meters) {
            let cells: Vec<&str> = line.split(',').collect();
            assert_eq!(cells[0], meter.meter);
            let error: f64 = cells[4].parse().unwrap();
            if meter.state == State::Beyond {
                score.called += 1;
                score.right += usize::from(error.abs() > 2.0);
                score.found += usize::from(cells[2] == "out");
            }
            if meter.decidable {
                score.decidable += 1;
                score.held += usize::from(meter.low_percent <= error && error <= meter.high_percent);
            }
            score.drifting += usize::from(meter.state == State::Drifting);
            score.moving += usize::from(meter.state == State::Drifting && cells[2] == "drift");
            let wanted = match cells[2] {
                "stopped" => Some(State::Stopped),
                "theft" => Some(State::Bypassed),
                _ => None,
            };
            if let Some(wanted) = wanted {
                score.changed += 1;
                score.changes += usize::from(meter.state == wanted);
            } else if matches!(meter.state, State::Stopped | State::Bypassed) {
                score.accused += 1;
            }
        }
    }
    eprintln!("{readings}: {score:?}");
    score
}

#[test]
fn those_called_beyond_are_and_all_stops_and_bypasses_are_found() {
    let Some(folder) = folder() else { return };
    for (readings, wanted, moving) in [("readings_sync", 20, 3), ("readings_synchp", 20, 4)] {
        let score = judged(&folder, readings);
        assert!(score.found >= wanted, "{score:?}");
        assert!(score.right as f64 >= 0.95 * score.called as f64, "{score:?}");
        assert_eq!((score.changes, score.changed, score.accused), (10, 10, 0));
        assert!(score.moving >= moving && score.drifting == score.moving, "{score:?}");
        let share = score.held as f64 / score.decidable as f64;
        assert!((0.93..=0.97).contains(&share), "{share}");
    }
}

#[test]
fn on_raw_clocks_nobody_is_accused() {
    let Some(folder) = folder() else { return };
    let score = judged(&folder, "readings");
    assert_eq!((score.called, score.accused, score.drifting), (0, 0, 0));
}

#[test]
fn thirty_days_and_then_nineteen_say_nearly_what_forty_nine_say_at_once() {
    let Some(folder) = folder() else { return };
    let settings = Settings::for_limit(2.0);
    let (mut squares, mut count) = (0.0, 0.0);
    for feeder in ["sb_semiurb4_41", "eulv55"] {
        let whole = district(&folder, feeder, "readings_sync");
        let middle = 30 * 96;
        let mut late = whole.clone();
        late.keep_from(whole.times_s[middle]);
        let mut early = whole.clone();
        early.keep_until(whole.times_s[middle]);
        let (_, known) = continued_assessment(&early, &settings, None).unwrap();
        let (both, _) = continued_assessment(&late, &settings, Some(&known)).unwrap();
        let once = assessment(&whole, &settings).unwrap();
        for (a, b) in both.meters.iter().zip(&once.meters) {
            if b.decidable && matches!(b.state, State::Good | State::Beyond) {
                let gap = (a.error_percent - b.error_percent) / b.u_percent;
                squares += gap * gap;
                count += 1.0;
            }
        }
    }
    let typical = f64::sqrt(squares / count);
    eprintln!("in two parts and at once: {typical:.2} standard uncertainties apart, {count} meters");
    assert!(typical < 1.0, "{typical}");
}
