//! What was once published loads for ever, and is what the published schema says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use heng_statement::{PublicKey, SignedStatement, Statement, Suite, sign};
use serde_json::{Value, json};

use crate::{examples, fixtures, schema};

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas")
}

fn folder() -> PathBuf {
    schemas().join("golden/statement-1")
}

const TYPES: [&str; 21] = [
    "alert", "assess", "attest", "auth", "cert", "comp", "correct", "fcst", "fix", "infer", "key", "life", "meas",
    "norm", "party", "plan", "publish", "reg", "report", "req", "stream",
];

/// Every file: one of each type, and those that show what was added to a type later.
const FILES: [&str; 38] = [
    "assess",
    "auth",
    "cert",
    "correct",
    "key",
    "meas",
    "norm",
    "party",
    "reg",
    "auth-lines",
    "party-laboratory",
    "correct-decided",
    "req",
    "publish",
    "comp-announcement",
    "comp-announcement-codes",
    "comp-seal",
    "comp-opening",
    "comp-report",
    "comp-corrective-action",
    "comp-closing",
    "auth-coordinator",
    "cert-identities",
    "infer",
    "alert",
    "fix",
    "fix-sampled",
    "cert-trials",
    "stream",
    "plan",
    "attest",
    "fcst-seal",
    "fcst-observation",
    "life-stage",
    "life-feedback",
    "report",
    "auth-attest",
    "infer-piles",
];

/// Each example is signed in one of the suites, in turn.
fn suite_of(name: &str) -> Suite {
    let place = FILES.iter().position(|known| *known == name).unwrap();
    Suite::ALL[place % 3]
}

fn key_of(name: &str) -> PublicKey {
    PublicKey::from_pem(&fs::read_to_string(folder().join(format!("{}.pem", suite_of(name)))).unwrap()).unwrap()
}

#[test]
fn every_golden_statement_is_read_and_authentic() {
    let mut types = BTreeSet::new();
    for name in FILES {
        let signed = SignedStatement::parse(&fs::read(folder().join(format!("{name}.cose"))).unwrap()).unwrap();
        signed.authenticate(&key_of(name)).unwrap();
        let payload = fs::read(folder().join(format!("{name}.json"))).unwrap();
        assert_eq!(
            String::from_utf8(signed.statement.canonical_bytes().unwrap()),
            String::from_utf8(payload),
            "{name}"
        );
        types.insert(serde_json::to_value(&signed.statement.body).unwrap()["type"].as_str().unwrap().to_owned());
    }
    assert!(types.iter().eq(TYPES), "there is a golden statement of each type: {types:?}");
}

#[test]
fn a_statement_is_read_the_same_in_one_pass_and_in_two() {
    for name in FILES {
        let bytes = fs::read(folder().join(format!("{name}.cose"))).unwrap();
        let payload = fs::read(folder().join(format!("{name}.json"))).unwrap();
        let in_one: Statement = serde_json::from_slice(&payload).unwrap();
        let strictly = SignedStatement::parse(&bytes).unwrap();
        let again = SignedStatement::read_again(bytes.clone(), strictly.hash_bytes()).unwrap();
        assert_eq!(strictly.statement, in_one, "{name}");
        assert_eq!(again, strictly, "{name}");
        let heading = SignedStatement::heading_again(&bytes, strictly.hash_bytes()).unwrap();
        assert_eq!((heading.issuer, heading.about, heading.made_at), (in_one.issuer, in_one.about, in_one.made_at));
        assert_eq!((heading.cites, heading.under), (in_one.cites, in_one.under));
        assert_eq!(heading.kind, name.split('-').next().unwrap());

        // What is not there or not known is refused all the same.
        let mut changed: Value = serde_json::from_slice(&payload).unwrap();
        for broken in [json!({ "未知": 1 }), json!({ "type": "no-such-kind" })] {
            changed["body"].as_object_mut().unwrap().extend(broken.as_object().unwrap().clone());
            assert!(heng_statement::reading::statement(changed.to_string().as_bytes()).is_err(), "{name}: {broken}");
        }
    }
}

#[test]
fn signing_the_golden_statements_again_gives_the_same_bytes() {
    for (name, statement) in examples::statements() {
        let signed = sign(&statement, &fixtures::key(suite_of(name), 1)).unwrap();
        assert!(signed.bytes == fs::read(folder().join(format!("{name}.cose"))).unwrap(), "{name}");
    }
}

#[test]
fn the_published_schema_describes_the_golden_statements() {
    let schema: Value = serde_json::from_slice(&fs::read(schemas().join("statement-1.json")).unwrap()).unwrap();
    for name in FILES {
        let statement: Value =
            serde_json::from_slice(&fs::read(folder().join(format!("{name}.json"))).unwrap()).unwrap();
        assert_eq!(schema::faults(&schema, &statement), Vec::<String>::new(), "{name}");
        for path in schema::members(&statement) {
            let mut changed = statement.clone();
            let parent = changed.pointer_mut(&path).unwrap().as_object_mut().unwrap();
            parent.insert("未知".to_owned(), Value::from(1));
            assert!(
                !schema::faults(&schema, &changed).is_empty() || schema::takes_any_name(&path),
                "{name}: the schema lets an unknown member pass in {path:?}"
            );
        }
    }
}

/// Run by hand once for a new version: `cargo test -p heng-statement -- --ignored`. A file that exists is left as it is.
#[test]
#[ignore = "writes the golden files that are missing"]
fn write_missing_golden_files() {
    fs::create_dir_all(folder()).unwrap();
    let write = |name: String, bytes: &[u8]| {
        if !folder().join(&name).exists() {
            fs::write(folder().join(name), bytes).unwrap();
        }
    };
    for suite in Suite::ALL {
        write(format!("{suite}.pem"), fixtures::key(suite, 1).public_key().to_pem().unwrap().as_bytes());
    }
    for (name, statement) in examples::statements() {
        write(format!("{name}.json"), &statement.canonical_bytes().unwrap());
        write(format!("{name}.cose"), &sign(&statement, &fixtures::key(suite_of(name), 1)).unwrap().bytes);
    }
}
