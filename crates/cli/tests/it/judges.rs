//! What others' judges say of the XML of every example record: the published schema (xmllint) and PTB's Schematron (elementpath).

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::city::{City, root};

/// The XML documents of all example records, certified in one city.
fn documents(city: &City) -> Vec<PathBuf> {
    let mut records: Vec<PathBuf> = std::fs::read_dir(root().join("examples/records"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    records.sort();
    for record in &records {
        city.certified(&record.display().to_string());
    }
    let mut documents: Vec<PathBuf> = std::fs::read_dir(city.path("out"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
        .collect();
    documents.sort();
    assert_eq!(documents.len(), records.len(), "every record has its document");
    documents
}

#[test]
fn every_document_passes_the_published_schema() {
    let schema = root().join("../shared/data/dcc/xsd/dcc/v3.3.0/dcc.xsd");
    if !schema.is_file() || Command::new("xmllint").arg("--version").output().is_err() {
        println!("SKIPPED: the published schema or xmllint is not here");
        return;
    }
    let city = City::founded();
    let judged = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(documents(&city))
        .output()
        .unwrap();
    assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr));
}

#[test]
fn every_document_passes_the_schematron_and_one_in_an_undeclared_language_does_not() {
    let rules = root().join("../shared/data/dcc/xsd/schematron/dcc.sch");
    if !rules.is_file() {
        println!("SKIPPED: the published Schematron is not here");
        return;
    }
    let city = City::founded();
    let documents = documents(&city);
    let judged = schematron(&rules, &documents);
    if judged.status.code() == Some(3) {
        println!("SKIPPED: python3 with elementpath is not on this machine");
        return;
    }
    assert!(judged.status.success(), "{}", said(&judged));

    let document = std::fs::read_to_string(documents.first().unwrap()).unwrap();
    let broken = document.replacen("lang=\"en\"", "lang=\"fr\"", 1);
    assert!(document != broken);
    let place = PathBuf::from(city.path("broken.xml"));
    std::fs::write(&place, broken).unwrap();
    let judged = schematron(&rules, &[place]);
    assert_eq!(judged.status.code(), Some(1), "{}", said(&judged));
    assert!(said(&judged).contains("Invalid language code"), "{}", said(&judged));
}

fn schematron(rules: &Path, documents: &[PathBuf]) -> Output {
    Command::new("python3").arg(root().join("interop/schematron.py")).arg(rules).args(documents).output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}
