//! The main job on the embedded default: an example city with its portal; and, for ci, from one record to a certificate that anyone can check.

use crate::run::{Outcome, command, heng, run, run_expecting, target};
use crate::setup;

/// The record that the README's first example certifies.
const RECORD: &str = "examples/records/scale.toml";

/// Installs what it needs, builds `heng`, makes the example city and serves it until told to stop.
pub fn demo(arguments: impl Iterator<Item = String>) -> Outcome {
    setup::install_for_demo()?;
    run(command("cargo").args(["build", "--release", "--locked"]))?;
    run(command(heng()).arg("demo").args(arguments))
}

/// Builds `heng`, makes a store, certifies a record and checks what came out.
pub fn certificate() -> Outcome {
    setup::install_for_demo()?;
    // The whole workspace, so that this build and the tests' build are one.
    run(command("cargo").args(["build", "--release", "--all-targets", "--locked"]))?;
    let place = target().join("demo");
    if place.exists() {
        std::fs::remove_dir_all(&place).map_err(|error| format!("could not clear {}: {error}", place.display()))?;
    }
    let (data, out) = (place.join("data"), place.join("out"));
    run(command(heng()).args(["init", "--seed", "1", "--data"]).arg(&data))?;
    run(command(heng()).args(["certify", RECORD, "--data"]).arg(&data).arg("--out").arg(&out))?;
    let documents = written(&out)?;
    let policy = data.join("policy.toml");
    run_expecting(command(heng()).arg("check").args(&documents).arg("--policy").arg(&policy), 0)?;
    run(command(heng()).args(["log", "fsck", "--data"]).arg(&data))?;
    println!("\nLook at these:");
    for document in documents {
        println!("  {}", document.display());
    }
    println!("and check any of them:\n  heng check FILE --policy {}", policy.display());
    Ok(())
}

fn written(folder: &std::path::Path) -> Result<Vec<std::path::PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("could not read {}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    files.sort();
    Ok(files)
}
