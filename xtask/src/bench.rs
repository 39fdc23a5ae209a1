//! Measures, side by side in one run, and prints ratios.

use crate::run::{Outcome, command, run, target};
use crate::setup;

/// Other programs that propagate uncertainty, from PyPI. METAS UncLib runs on Mono, which is installed for it.
const PEERS: [&str; 7] = ["numpy", "numba", "uncertainties", "GTC", "suncal", "openturns", "metas_unclib"];

/// The benchmark of the uncertainty engine, as `interop/peers/table.py` starts it.
const TRIALS: &str = "cargo bench --profile release --locked --bench trials";

const CITY_USAGE: &str = "usage: cargo xtask city-of-meters --meters N OUT";

/// Every benchmark of the workspace.
pub fn bench() -> Outcome {
    setup::install_for_tests()?;
    run(command("cargo").args(["bench", "--profile", "release", "--locked"]))
}

/// The uncertainty engine and the inference of meters beside other programs, installed in a folder of their own: one table with ratios, and one with errors.
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
    run(command(&python).args(["interop/peers/table.py", "--bench", TRIALS]).arg(&python))?;
    run(command("cargo").args(["build", "--release", "--locked", "--bin", "heng"]))?;
    run(command(&python).arg("interop/peers/meters.py").arg(target().join("release/heng")))
}

/// A synthetic city of meters, written by an example of the crate that knows the layout.
pub fn city_of_meters(arguments: &[String]) -> Outcome {
    let [flag, meters, out] = arguments else { return Err(CITY_USAGE.into()) };
    if flag != "--meters" || meters.parse::<u64>().is_err() {
        return Err(CITY_USAGE.into());
    }
    run(command("cargo")
        .args(["run", "--release", "--locked", "--quiet", "-p", "heng-telemetry", "--example", "city_of_meters", "--"])
        .args([out, meters]))
}
