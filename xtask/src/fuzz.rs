//! Runs the fuzz targets, coverage-guided, on the stable compiler.
//!
//! libFuzzer needs our crates compiled with coverage counters, and only ours: `fuzz/counting-rustc` is the compiler wrapper
//! that adds them, so that the dependencies are not built a second time.

use std::path::PathBuf;

use crate::run::{Outcome, command, root, run, target};

/// What the compiler needs to count the edges that an input takes.
pub const COUNTERS: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Ccodegen-units=1",
];

/// Every target of `fuzz/targets`, each for so many seconds, from the seeds in `fuzz/seeds/TARGET`.
pub fn fuzz(seconds: u32) -> Outcome {
    let wrapper = root().join("fuzz/counting-rustc");
    run(command("cargo")
        .args(["build", "--release", "--package", "fuzz", "--bins", "--locked"])
        .env("RUSTC_WORKSPACE_WRAPPER", &wrapper)
        .env("HENG_COUNTERS", COUNTERS.join(" ")))?;
    for name in targets()? {
        let corpus = target().join("fuzz").join(&name);
        std::fs::create_dir_all(&corpus).map_err(|error| format!("could not make {}: {error}", corpus.display()))?;
        let mut fuzzer = command(target().join("release").join(format!("fuzz-{name}")));
        fuzzer.arg(&corpus);
        let seeds = root().join("fuzz/seeds").join(&name);
        if seeds.is_dir() {
            fuzzer.arg(seeds);
        }
        fuzzer.args([
            format!("-max_total_time={seconds}"),
            "-timeout=10".to_owned(),
            "-rss_limit_mb=2048".to_owned(),
            "-max_len=65536".to_owned(),
            "-print_final_stats=1".to_owned(),
            "-verbosity=0".to_owned(),
            format!("-artifact_prefix={}/", corpus.display()),
        ]);
        run(&mut fuzzer)?;
    }
    Ok(())
}

fn targets() -> Result<Vec<String>, String> {
    let folder: PathBuf = root().join("fuzz/targets");
    let entries =
        std::fs::read_dir(&folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}
