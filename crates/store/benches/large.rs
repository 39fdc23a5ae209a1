//! What a large store costs: opening it, its memory, its index, its check. `cargo bench --bench large -- 1000000` for a million.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]

#[allow(dead_code)]
#[path = "../tests/it/fixtures.rs"]
mod fixtures;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use fixtures::*;
use heng_store::{Appender, Layout, Question, Store};

const ORDINARY: u64 = 100_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if let [act, folder] = arguments.as_slice() {
        return measure(act, Path::new(folder));
    }
    let count = arguments.first().map_or(ORDINARY, |count| count.parse().unwrap());
    let (folder, appender) = new_store();
    let mut spent = 0.0;
    for start in (0..count).step_by(5_000) {
        let statements = registrations(start..count.min(start + 5_000));
        let begin = Instant::now();
        appender.append(statements).unwrap();
        spent += begin.elapsed().as_secs_f64();
    }
    println!("{count} statements appended, 5000 at a time: {:.0} /s", count as f64 / spent);
    drop(appender);
    let index = Layout::new(folder.path()).index();
    println!("index: {} MB", std::fs::metadata(&index).unwrap().len() / 1_000_000);
    // Each in a process of its own, so that its memory is its own.
    for act in ["read", "write", "check", "rebuild", "read"] {
        if act == "rebuild" {
            std::fs::remove_file(&index).unwrap();
        }
        let status = Command::new(std::env::current_exe().unwrap()).arg(act).arg(folder.path()).status().unwrap();
        assert!(status.success());
    }
}

fn measure(act: &str, folder: &Path) {
    let begin = Instant::now();
    match act {
        "write" => drop(Appender::open(folder, signer()).unwrap()),
        "check" => assert_eq!(check(folder).findings, []),
        _ => {
            let store = Store::open(folder).unwrap();
            let opened = begin.elapsed().as_secs_f64();
            let last = store.size().unwrap() - 1;
            let found = store.entries(Question::About(&format!("thing:scale:{last:06}"))).unwrap();
            assert_eq!(found[0].index, last);
            store.inclusion(last / 2, last).unwrap();
            println!("  opened in {opened:.3} s; then a question and a proof");
        }
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("memory unknown");
    println!("{act}: {:.3} s, {peak}", begin.elapsed().as_secs_f64());
}
