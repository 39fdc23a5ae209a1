//! Lots and their tables as people and other programs write them.
#![no_main]

use heng_sampling::file::{read_estimates, read_lot, read_results};
use heng_sampling::grade::Drawn;
use heng_sampling::{Assumptions, Lot, Plan, grade};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = read_lot(text);
    let (units, _) = read_estimates(text);
    let (results, _) = read_results(text, 2.0);
    if units.is_empty() || units.len() > 500 {
        return;
    }
    let assumptions = Assumptions { prior: (1.0, 1.0), shift: 1.0, floor: 0.001 };
    let drawn = Drawn { seed: Some("seed".to_owned()), population: None };
    let plan = Plan { sample: 5, accept: 1 };
    let lot = Lot { units, plan, limiting_quality: 0.05, drawn, results: results.clone(), replaced: results };
    let grading = grade(&lot, &assumptions, 0.01);
    let share = grading.share.both;
    assert!((0.0..=1.0 + 1e-9).contains(&share.mean) && share.low <= share.high, "{share:?}");
});
