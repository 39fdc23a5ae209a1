//! What the status of the whole plan costs over the statements of a store, step by step: `HENG_CITY` names one, otherwise a small city is made.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::indexing_slicing, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::Instant;

use heng_office::city::make;
use heng_office::founding::Founding;
use heng_office::plan::json::{Asked, status};
use heng_office::plan::{followed, in_force};
use heng_office::snapshot::keep;
use heng_office::{clock, fonts};
use heng_statement::Suite;
use heng_store::Store;
use heng_supervision::city::Size;

/// Each step is measured so often, and its least cost is printed: what else runs on the machine only adds.
const TIMES: usize = 5;

fn main() {
    let fresh = tempfile::tempdir().unwrap();
    let today = clock::day(clock::now());
    let folder = std::env::var("HENG_CITY").map_or_else(|_| fresh.path().join("city"), PathBuf::from);
    if !folder.join("log").exists() {
        let size = Size { seed: 7, instruments: 600, verifications: 2, today };
        let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
        make(&folder, founding, size, fonts::fonts(None).unwrap(), &mut |_, _| {}).unwrap();
    }
    let store = Store::open(&folder).unwrap();
    keep(&store, &followed(&store).unwrap()).unwrap();
    println!("{} statements", store.size().unwrap());
    let inventory = least("the inventory as it was kept", || followed(&store).unwrap());
    let plan = least("the plan from its files", || in_force(&store, &inventory, today).unwrap().unwrap());
    let evidence = least("its evidence", || plan.evidence(&inventory));
    let said = least("rows and indicators by that evidence", || status(&plan.plan, &evidence, today, Asked::default()));
    println!(
        "{} rows, {} indicators",
        said["rows"].as_array().unwrap().len(),
        said["indicators"].as_array().unwrap().len()
    );
}

/// Does a step, prints its least duration in seconds, and gives what it made.
fn least<T>(step: &str, run: impl Fn() -> T) -> T {
    let mut made = None;
    let seconds = (0..TIMES).map(|_| {
        let start = Instant::now();
        let one = run();
        let seconds = start.elapsed().as_secs_f64();
        // What was made before is given back after the clock has stopped.
        made = Some(one);
        seconds
    });
    let seconds = seconds.fold(f64::INFINITY, f64::min);
    println!("{seconds:>9.4} s  {step}");
    made.unwrap()
}
