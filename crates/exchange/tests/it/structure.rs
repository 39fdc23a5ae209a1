//! Our verdict on the structure of documents agrees with xmllint and the published schemas.

use std::path::{Path, PathBuf};
use std::process::Command;

use heng_exchange::dcc;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc");

/// What the schema, too, would say; not what only the contents of a document contradict.
fn structural(bytes: &[u8]) -> Vec<String> {
    let Ok(read) = dcc::read(bytes) else { return vec!["unreadable".to_owned()] };
    let is_structural =
        |code: &str| code.starts_with("structure-") || matches!(code, "xml-not-well-formed" | "xml-entity");
    dcc::findings(&read)
        .iter()
        .filter(|finding| is_structural(&finding.code))
        .map(|finding| format!("{:?} {} {:?}", finding.position, finding.code, finding.data))
        .collect()
}

fn documents(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(SHARED).join("examples").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "xml") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn version(text: &str) -> Option<String> {
    Some(text.split_once("schemaVersion=\"")?.1.split_once('"')?.0.to_owned())
}

fn schema(version: &str) -> PathBuf {
    Path::new(SHARED).join(format!("xsd/dcc/v{version}/dcc.xsd"))
}

fn is_there() -> bool {
    let is_there = Path::new(SHARED).is_dir() && Command::new("xmllint").arg("--version").output().is_ok();
    if !is_there {
        eprintln!("skipped: no ../shared/data/dcc, or no xmllint");
    }
    is_there
}

#[test]
fn every_example_is_judged_as_its_schema_does() {
    if !is_there() {
        return;
    }
    let mut compared = 0;
    for path in documents("") {
        let bytes = std::fs::read(&path).unwrap();
        let Some(version) = version(&String::from_utf8_lossy(&bytes)) else { continue };
        if !schema(&version).exists() {
            continue;
        }
        let mut command = Command::new("xmllint");
        let output =
            command.args(["--nonet", "--noout", "--schema"]).arg(schema(&version)).arg(&path).output().unwrap();
        let ours = structural(&bytes);
        let theirs = String::from_utf8_lossy(&output.stderr);
        assert_eq!(ours.is_empty(), output.status.success(), "{}\nours: {ours:#?}\ntheirs: {theirs}", path.display());
        compared += 1;
    }
    assert!(compared >= 20, "only {compared} documents");
}

#[test]
fn islands_of_d_si_are_judged_as_they_are_graded() {
    if !is_there() {
        return;
    }
    for (folder, is_valid) in [("dsi/PLATINUM", true), ("dsi/IMPROVABLE", false)] {
        for path in documents(folder) {
            let ours = structural(&std::fs::read(&path).unwrap());
            assert_eq!(ours.is_empty(), is_valid, "{}: {ours:#?}", path.display());
        }
    }
}
