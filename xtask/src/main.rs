//! The one command that people and CI run: `cargo xtask ci`, `cargo xtask demo`, and the steps they are made of.

#![allow(clippy::disallowed_methods, reason = "this is an edge: it reads clock and environment")]

mod bench;
mod browser;
mod ci;
mod cluster;
mod demo;
mod fuzz;
mod load;
mod run;
mod serving;
mod setup;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  demo [OPTION…]
                install what it needs, build, and serve an example city (options of `heng demo`)
  ci            everything that must hold: format, lints, tests, interoperation, fuzzing, the demo
  browser [PAGE…]
                looks at every page in Chromium (or at those whose name begins so)
                story, interface or sign-in-by-provider does only that; --readme takes the pictures of the READMEs
                --accept takes what is seen as what ought to be seen; --built builds nothing first
  setup         only install what the tests need
  fuzz [SECS]   run every fuzz target for SECS seconds (default 20)
  ingest-load [SECS] [http|mqtt] [--built]
                senders of readings, kill -9 of heng and of the broker in between, and a count (default 60 s each way)
  bench         measure, side by side in one run
  peers         measure the uncertainty engine and the inference of meters beside other programs, which it installs
  city-of-meters --meters N OUT
                write a synthetic city of N electricity meters, 30 days of 96 readings, as Parquet into the folder OUT
  cluster [--built]
                build heng-cluster, judge a small city by it and by heng, kill an executor at work, and compare the bytes
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let outcome = match command.as_deref() {
        Some("ci") => ci::ci(),
        Some("demo") => demo::demo(arguments),
        Some("browser") => browser::browser(arguments),
        Some("setup") => setup::install_for_tests(),
        Some("fuzz") => fuzz::fuzz(arguments.next().and_then(|seconds| seconds.parse().ok()).unwrap_or(20)),
        Some("ingest-load") => {
            let rest: Vec<String> = arguments.collect();
            let seconds = rest.iter().find_map(|word| word.parse().ok()).unwrap_or(60);
            let only = rest.iter().map(String::as_str).find(|word| matches!(*word, "http" | "mqtt"));
            load::ingest_load(seconds, only, rest.iter().any(|word| word == "--built"))
        }
        Some("bench") => bench::bench(),
        Some("peers") => bench::peers(),
        Some("cluster") => cluster::cluster(arguments.any(|word| word == "--built")),
        Some("city-of-meters") => bench::city_of_meters(&arguments.collect::<Vec<_>>()),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
