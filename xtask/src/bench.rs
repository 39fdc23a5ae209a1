//! Measures, side by side in one run, and prints ratios.

use crate::run::{Outcome, command, run, target};
use crate::setup;

/// Other programs that propagate uncertainty, from PyPI. METAS UncLib runs on Mono, which is installed for it.
const PEERS: [&str; 7] = ["numpy", "numba", "uncertainties", "GTC", "suncal", "openturns", "metas_unclib"];

/// The benchmark of the uncertainty engine, as `interop/peers/table.py` starts it.
const TRIALS: &str = "cargo bench --profile release --locked --bench trials";

/// Every benchmark of the workspace.
pub fn bench() -> Outcome {
    setup::install_for_tests()?;
    run(command("cargo").args(["bench", "--profile", "release", "--locked"]))
}

/// The uncertainty engine beside other programs, installed in a folder of their own: one table with ratios.
pub fn peers() -> Outcome {
    setup::install_for_peers()?;
    let environment = target().join("peers");
    let python = environment.join("bin/python3");
    if !python.is_file() {
        run(command("python3").args(["-m", "venv"]).arg(&environment))?;
    }
    for peer in PEERS {
        // One that cannot be installed is left out of the table, which says so.
        if let Err(error) = run(command(&python).args(["-m", "pip", "install", "--quiet", peer])) {
            println!("{error}");
        }
    }
    run(command(&python).args(["interop/peers/table.py", "--bench", TRIALS]).arg(&python))
}
