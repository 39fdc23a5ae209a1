//! How many certificates a second go from a record to files in hand, and which step takes the time.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods)]

use std::path::Path;
use std::time::{Duration, Instant};

use heng_exchange::record::{self, Kind, Reading};
use heng_office::founding::{Founding, found};
use heng_office::{Desk, Moment, Refused, clock, fonts};
use heng_rule::Record;
use heng_statement::Suite;

/// As many as one sync makes durable in `heng certify`.
const BATCH: usize = 32;
const BATCHES: usize = 4;

/// Where the time of a batch went.
#[derive(Default)]
struct Spent {
    evaluated: Duration,
    rendered: Duration,
    appended: Duration,
    bundled: Duration,
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let Ok(fonts) = fonts::fonts(None) else {
        println!("no Chinese font on this machine: no certificates to count");
        return;
    };
    let founding = Founding { seed: Some(7), suite: Suite::Ed25519 };
    let desk = found(&folder.path().join("data"), founding, fonts, &mut |_, _| {}).unwrap();
    let record = scale(&desk);
    let mut spent = Spent::default();
    for batch in 0..BATCHES {
        let records = (0..BATCH).map(|place| {
            let mut record = record.clone();
            record.number = Some(format!("BENCH-{}", batch * BATCH + place));
            record
        });
        certified(&desk, records.collect(), &mut spent);
    }
    let count = (BATCH * BATCHES) as f64;
    let Spent { evaluated, rendered, appended, bundled } = spent;
    let whole = (evaluated + rendered + appended + bundled).as_secs_f64();
    println!(
        "{:>9.1} certificates/s from record to signed, logged, XML, 2 PDF, 2 HTML, bundle; one thread",
        count / whole
    );
    for (step, time) in [
        ("sign the record, evaluate it, ask the gates", evaluated),
        ("render XML, PDF and HTML", rendered),
        ("review, sign, append durably", appended),
        ("gather the bundle and attach it", bundled),
    ] {
        let seconds = time.as_secs_f64();
        println!("{:>9.1} ms each, {:>3.0} % of it: {step}", seconds * 1e3 / count, seconds * 100.0 / whole);
    }
}

fn scale(desk: &Desk) -> Record {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/records/scale.toml");
    let read = record::read(&std::fs::read(path).unwrap(), Kind::Toml, &Reading { rules: desk.rules(), rule: None });
    read.records.into_iter().next().unwrap().record
}

fn certified(desk: &Desk, records: Vec<Record>, spent: &mut Spent) {
    let at = clock::now();
    let moment = Moment { at, day: clock::day(at) };
    let prepared = timed(&mut spent.evaluated, || {
        records.into_iter().map(|record| made(desk.prepared(record, moment))).collect::<Vec<_>>()
    });
    let rendered =
        timed(&mut spent.rendered, || prepared.into_iter().map(|one| desk.rendered(one).unwrap()).collect::<Vec<_>>());
    let issued = timed(&mut spent.appended, || desk.issued(rendered, moment).unwrap());
    let files = timed(&mut spent.bundled, || {
        issued.into_iter().map(|one| desk.with_bundle(made(one)).unwrap().len()).sum::<usize>()
    });
    assert_eq!(files, 6 * BATCH);
}

fn made<T>(outcome: Result<T, Refused>) -> T {
    match outcome {
        Ok(made) => made,
        Err(Refused::Failure(failure)) => panic!("{failure:?}"),
        Err(Refused::Refusals(refusals)) => panic!("{refusals:?}"),
    }
}

fn timed<T>(into: &mut Duration, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    *into += start.elapsed();
    done
}
