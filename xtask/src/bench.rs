//! Measures, side by side in one run, and prints ratios.

use crate::run::{Outcome, command, run};
use crate::setup;

/// Every benchmark of the workspace.
pub fn bench() -> Outcome {
    setup::install_for_tests()?;
    run(command("cargo").args(["bench", "--profile", "release", "--locked"]))
}
