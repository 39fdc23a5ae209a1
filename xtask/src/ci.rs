//! Everything that must hold before a change lands.

use crate::run::{Outcome, command, run};
use crate::{browser, cluster, demo, fuzz, setup};

/// How long each fuzz target runs, in seconds.
const FUZZ_SECONDS: u32 = 3;

/// Format, lints, tests, the demonstration, the cluster, the pages in a browser, fuzzing: in this order, the cheapest first.
pub fn ci() -> Outcome {
    setup::install_for_tests()?;
    setup::install_for_browser()?;
    run(command("cargo").args(["fmt", "--all", "--check"]))?;
    run(command("cargo").args(["test", "--release", "--locked"]))?;
    demo::certificate()?;
    cluster::cluster(true)?;
    browser::look(&[])?;
    fuzz::fuzz(FUZZ_SECONDS)?;
    run(command("cargo").args(["clippy", "--release", "--all-targets", "--locked", "--", "--deny", "warnings"]))
}
