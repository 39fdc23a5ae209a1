//! Our verdict on the structure of documents agrees with xmllint and the published schemas.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use heng_exchange::dcc;

const SHARED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc");

/// What the schema, too, would say; not what only the contents of a document contradict.
fn structural(bytes: &[u8]) -> Vec<String> {
    let Ok(read) = dcc::read(bytes) else { return vec!["unreadable".to_owned()] };
    let is_structural = |code: &str| {
        code.starts_with("structure-") || matches!(code, "xml-not-well-formed" | "xml-entity" | "reference-duplicate")
    };
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

/// Whether xmllint accepts each of the files.
fn accepted(schema: &Path, files: &[PathBuf]) -> Vec<bool> {
    let mut command = Command::new("xmllint");
    let output = command.args(["--nonet", "--noout", "--schema"]).arg(schema).args(files).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines: BTreeSet<&str> = said.lines().collect();
    files.iter().map(|file| lines.contains(format!("{} validates", file.display()).as_str())).collect()
}

/// D-SI examples lie in an element of their own, which no published schema describes.
const AROUND: &str = r#"<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="https://ptb.de/si/examples">
<xs:import namespace="https://ptb.de/si" schemaLocation="SHARED/xsd/dsi/v2.2.1/SI_Format.xsd"/>
<xs:element name="testDSIXML"><xs:complexType mixed="true"><xs:sequence>
<xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/>
</xs:sequence></xs:complexType></xs:element></xs:schema>"#;

#[test]
fn islands_of_d_si_are_judged_as_their_schema_does() {
    if !is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let around = folder.path().join("around.xsd");
    std::fs::write(&around, AROUND.replace("SHARED", SHARED)).unwrap();
    let files = documents("dsi");
    let accepted = accepted(&around, &files);
    assert!(accepted.iter().filter(|accepted| !**accepted).count() >= 4);
    for (path, accepted) in files.iter().zip(accepted) {
        let ours = structural(&std::fs::read(path).unwrap());
        assert_eq!(ours.is_empty(), accepted, "{}: {ours:#?}", path.display());
        assert!(ours.is_empty() || path.to_string_lossy().contains("IMPROVABLE"));
    }
}

mod mutations;

#[test]
fn mutated_documents_are_judged_as_the_schema_does() {
    if !is_there() {
        return;
    }
    let count = std::env::var("HENG_MUTANTS").ok().and_then(|count| count.parse().ok()).unwrap_or(60);
    let folder = tempfile::tempdir().unwrap();
    let mut disagreements = Vec::new();
    let (mut all, mut refused) = (0, 0);
    for (place, path) in documents("").into_iter().enumerate() {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let Some(schema) = version(&text).map(|version| schema(&version)).filter(|schema| schema.exists()) else {
            continue;
        };
        if text.len() > 200_000 || !structural(text.as_bytes()).is_empty() {
            continue;
        }
        let mutants = mutations::of(&text, place as u64, count);
        let files: Vec<PathBuf> =
            (0..mutants.len()).map(|number| folder.path().join(format!("{number}.xml"))).collect();
        for (file, (_, mutant)) in files.iter().zip(&mutants) {
            std::fs::write(file, mutant).unwrap();
        }
        for ((what, mutant), accepted) in mutants.iter().zip(accepted(&schema, &files)) {
            all += 1;
            refused += usize::from(!accepted);
            let ours = structural(mutant.as_bytes());
            if ours.is_empty() != accepted {
                disagreements.push(format!("{}: {what}: xmllint {accepted}, ours {ours:?}", path.display()));
            }
        }
    }
    eprintln!("{all} mutants, {refused} refused by the schema");
    assert!(refused > 100);
    assert!(disagreements.is_empty(), "{} of {all}:\n{}", disagreements.len(), disagreements.join("\n"));
}

/// A word of the tag that only looks like a declaration declares nothing, and nobody looks behind it for the rest of one.
#[test]
fn only_an_attribute_declares_a_prefix() {
    let faults = |tag: &str| structural(format!("<digitalCalibrationCertificate {tag}/>").as_bytes()).concat();
    assert!(!faults("xmlns='https://ptb.de/dcc'").contains("structure-root-unknown"));
    assert!(faults("xmlns xmlns:dcc='https://ptb.de/dcc'").contains("structure-root-unknown"));
}
