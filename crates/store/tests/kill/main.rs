//! `kill -9` at random moments under load: no acknowledged statement is lost, none is there twice, and the store checks clean.
//!
//! A binary of its own: between fork and exec a child holds the locks of all stores that other tests of its process have open.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

#[allow(dead_code)]
#[path = "../it/fixtures.rs"]
mod fixtures;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use heng_store::{Appender, Settings, Store};

use fixtures::*;

/// Names the folder of the store to the child.
const FOLDER: &str = "HENG_STORE_KILL_FOLDER";
/// Names the first number of the child's statements.
const START: &str = "HENG_STORE_KILL_START";

const ROUNDS: u64 = 200;
const THREADS: u64 = 4;
/// How many numbers one child may use.
const NUMBERS: u64 = 1 << 20;
/// A store is used for this many rounds, so that it is opened with segments of earlier rounds, and its check stays quick.
const ROUNDS_OF_A_STORE: u64 = 10;

/// Segments are closed as soon as they may be, so that the moments between two are hit as well.
fn open(folder: &Path) -> Appender {
    Appender::open_with(folder, signer(), Settings { segment_bytes: 1, ..Settings::default() }).unwrap()
}

#[test]
fn nothing_acknowledged_is_lost_when_the_process_is_killed() {
    let mut random = Random(20_260_302);
    let mut acknowledged_in_all = 0;
    let mut killed_before_the_first = 0;
    for store in 0..ROUNDS / ROUNDS_OF_A_STORE {
        let folder = tempfile::tempdir().unwrap();
        Store::create(folder.path(), ORIGIN).unwrap();
        let mut acknowledged: BTreeMap<String, u64> = BTreeMap::new();
        for round in 0..ROUNDS_OF_A_STORE {
            let new = killed(folder.path(), (store * ROUNDS_OF_A_STORE + round) * NUMBERS, random.below(120));
            killed_before_the_first += u64::from(new.is_empty());
            acknowledged.extend(new);
            let appender = open(folder.path());
            for (hash, index) in &acknowledged {
                assert_eq!(appender.store().index_of(hash).unwrap(), Some(*index), "store {store}, round {round}");
            }
            drop(appender);
            let report = check(folder.path());
            assert_eq!(report.findings, [], "store {store}, round {round}");
            assert!(report.statements >= acknowledged.len() as u64);
        }
        acknowledged_in_all += acknowledged.len();
    }
    println!(
        "{ROUNDS} kills, {acknowledged_in_all} statements acknowledged, {killed_before_the_first} kills before the first"
    );
    assert!(acknowledged_in_all as u64 > ROUNDS, "the load was too small to mean anything");
}

/// Lets a child append until it is killed after this long; gives what it had acknowledged by then.
fn killed(folder: &Path, start: u64, milliseconds: u64) -> BTreeMap<String, u64> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child", "--nocapture"])
        .env(FOLDER, folder)
        .env(START, start.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap_or_default);
    assert!(lines.any(|line| line.ends_with("ready")), "the child did not start");
    // The lines are read while the child runs, or a full pipe would make it wait.
    let reader = std::thread::spawn(move || lines.collect::<Vec<_>>());
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_millis(milliseconds) {
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let lines = reader.join().unwrap();
    lines.iter().filter_map(|line| line.strip_prefix("ack ")?.strip_suffix(" .")?.split_once(' ')).fold(
        BTreeMap::new(),
        |mut found, (hash, index)| {
            found.insert(hash.to_owned(), index.parse().unwrap());
            found
        },
    )
}

/// The child: appends from several threads, in batches of several sizes, some of them again, and says what was acknowledged.
#[test]
fn child() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let start: u64 = std::env::var(START).unwrap().parse().unwrap();
    println!("\nready");
    let appender = open(Path::new(&folder));
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let appender = &appender;
            scope.spawn(move || {
                let numbers = NUMBERS / THREADS;
                let mut random = Random(start + thread);
                let mut next = start + thread * numbers;
                let end = next + numbers;
                while next < end {
                    let length = 1 + random.below(40).min(end - next - 1);
                    let again =
                        if random.below(4) == 0 { next.saturating_sub(2).max(start + thread * numbers) } else { next };
                    let appended = appender.append(registrations(again..next + length)).unwrap();
                    next += length;
                    let said: String =
                        appended.iter().map(|one| format!("ack {} {} .\n", one.hash, one.index)).collect();
                    std::io::stdout().lock().write_all(said.as_bytes()).unwrap();
                }
            });
        }
    });
}

/// SplitMix64, so that a failing run can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound.max(1)
    }
}
