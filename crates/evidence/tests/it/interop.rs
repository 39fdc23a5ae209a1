//! Whether an implementation that is not ours accepts what we make: scitt-cose 0.5 (PyPI).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use heng_evidence::Tree;
use heng_rule::Words;
use heng_statement::{Body, Party, PartyKind, Statement, Suite, sign};

use crate::fixtures::{entries, log};
use crate::receipt::{key, receipt};

const SUITES: [Suite; 2] = [Suite::Ed25519, Suite::Es256];

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../interop/scitt.py")
}

/// What the other implementation says; nothing, and a line that says so, where it is not installed.
fn asked(arguments: &[&str]) -> Option<Output> {
    let output = Command::new("python3").arg(script()).args(arguments).output();
    let output = output.ok().filter(|output| output.status.code() != Some(3));
    if output.is_none() {
        eprintln!("SKIPPED: python3 with scitt-cose is not on this machine");
    }
    output
}

fn understood(output: &Output) -> serde_json::Value {
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn scitt_cose_accepts_our_receipts_and_refuses_them_for_another_entry() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    for suite in SUITES {
        fs::write(path("key.pem"), key(suite).public_key().to_pem().unwrap()).unwrap();
        for (size, index) in [(1, 0), (7, 6), (300, 255)] {
            let (receipt, root) = receipt(suite, size, index);
            fs::write(path("receipt"), receipt.to_bytes().unwrap()).unwrap();
            let entry = hex::encode(index.to_be_bytes());
            let Some(output) = asked(&["receipt", &path("receipt"), &entry, &path("key.pem")]) else { return };
            let said = understood(&output);
            assert_eq!(said["root"], hex::encode(root));
            assert_eq!((said["size"].as_u64(), said["index"].as_u64()), (Some(size), Some(index)));
            assert_eq!(said["issuer"], receipt.header.issuer);
            assert_eq!(said["subject"], receipt.header.subject);
            let other = asked(&["receipt", &path("receipt"), "00", &path("key.pem")]).unwrap();
            assert_eq!(other.status.code(), Some(1));
        }
    }
}

#[test]
fn scitt_cose_accepts_our_inclusion_proofs() {
    let (frontier, tiles) = log(&entries(300), 300);
    let root = hex::encode(frontier.root());
    for index in [0_u64, 1, 255, 256, 299] {
        let proof = Tree::new(&tiles, 300).inclusion(index).unwrap();
        let nodes: Vec<_> = proof.path.iter().map(hex::encode).collect();
        let (entry, index) = (hex::encode(index.to_be_bytes()), index.to_string());
        let mut arguments = vec!["inclusion", &entry, &index, "300", &root];
        arguments.extend(nodes.iter().map(String::as_str));
        let Some(output) = asked(&arguments) else { return };
        assert_eq!(understood(&output)["root"], root);
    }
}

#[test]
fn scitt_cose_accepts_our_statements_and_refuses_altered_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let statement = Statement::of(
        "party:tj:authority",
        vec!["party:tj:lab-01".to_owned()],
        "2026-05-20T12:00:00+08:00".parse().unwrap(),
        Body::Party(Party {
            id: "party:tj:lab-01".to_owned(),
            kind: PartyKind::Laboratory,
            name: Words { zh: "示例计量所".to_owned(), en: "Example laboratory".to_owned() },
            address: None,
            of: None,
            district: None,
            standing: None,
            synthetic: true,
        }),
    );
    for suite in SUITES {
        let mut signed = sign(&statement, &key(suite)).unwrap();
        fs::write(path("key.pem"), key(suite).public_key().to_pem().unwrap()).unwrap();
        fs::write(path("statement"), &signed.bytes).unwrap();
        let Some(output) = asked(&["statement", &path("statement"), &path("key.pem")]) else { return };
        let said = understood(&output);
        assert_eq!(said["issuer"], "party:tj:authority");
        assert_eq!(said["subject"], "party:tj:lab-01");
        assert_eq!(said["content_type"], "application/vnd.heng.statement+json");
        let last = signed.bytes.len() - 1;
        signed.bytes[last] ^= 1;
        fs::write(path("statement"), &signed.bytes).unwrap();
        let altered = asked(&["statement", &path("statement"), &path("key.pem")]).unwrap();
        assert_eq!(altered.status.code(), Some(1));
    }
}
