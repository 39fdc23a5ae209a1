//! Keys, statements and stores for tests. All of it is made up.

use std::path::Path;

use heng_evidence::{KeyKind, SignedCheckpoint, VerifierKey};
use heng_statement::{PublicKey, SignedStatement, SigningKey, Statement, Suite, sign};
use heng_store::{Appender, Error, Report, Settings, SignCheckpoint, Store, fsck};
use serde_json::{Value, json};

/// The name of the tests' log.
pub const ORIGIN: &str = "log.example.cn/ceshi";

fn key(number: u8) -> SigningKey {
    SigningKey::generate(Suite::Ed25519, &[number; 32]).unwrap()
}

pub fn log_key() -> SigningKey {
    key(1)
}

pub fn verifier() -> VerifierKey {
    VerifierKey::new(ORIGIN, KeyKind::Ed25519, log_key().public_key().ed25519_bytes().unwrap()).unwrap()
}

/// Signs checkpoints with the log's key.
pub fn signer() -> Box<SignCheckpoint> {
    let (log_key, verifier) = (log_key(), verifier());
    Box::new(move |checkpoint| Ok(checkpoint.signed(&verifier, |message| log_key.sign(message))?))
}

/// Whether the log's key signed a checkpoint.
pub fn is_authentic(signed: &SignedCheckpoint) -> bool {
    let authentic = |key: &[u8; 32], message: &[u8], signature: &[u8; 64]| {
        PublicKey::from_ed25519_bytes(key).is_ok_and(|key| key.authenticate(message, signature).is_ok())
    };
    signed.authenticate(&verifier(), authentic).is_ok()
}

/// A store in a folder of its own, and its appender.
pub fn new_store() -> (tempfile::TempDir, Appender) {
    let folder = tempfile::tempdir().unwrap();
    Store::create(folder.path(), ORIGIN).unwrap();
    let appender = Appender::open(folder.path(), signer()).unwrap();
    (folder, appender)
}

/// Opens a store whose segments are closed early.
pub fn open_with_small_segments(folder: &Path) -> Result<Appender, Error> {
    Appender::open_with(folder, signer(), Settings { segment_bytes: 1 << 14, ..Settings::default() })
}

pub fn check(folder: &Path) -> Report {
    fsck(folder, &is_authentic).unwrap()
}

/// The codes of all findings, in order.
pub fn codes(report: &Report) -> Vec<&str> {
    report.findings.iter().map(|finding| finding.code.as_str()).collect()
}

pub fn signed(issuer: &str, about: &[&str], cites: &[&str], body: Value) -> SignedStatement {
    let statement: Statement = serde_json::from_value(json!({
        "format": "heng-statement/1", "issuer": issuer, "about": about, "made_at": "2026-03-02T02:00:00Z", "cites": cites, "body": body,
    }))
    .unwrap();
    sign(&statement, &key(2)).unwrap()
}

/// The registration of a made-up scale.
pub fn registration(number: u64) -> SignedStatement {
    let id = format!("thing:scale:{number:06}");
    let body = json!({
        "type": "reg", "id": id, "kind": "digital-indicating-scale", "name": { "zh": format!("电子秤 {number} 号"), "en": format!("Scale no. {number}") },
        "keeper": "party:tj:shop-07", "synthetic": true,
    });
    signed("party:tj:lab-01", &[&id], &[], body)
}

pub fn registrations(numbers: std::ops::Range<u64>) -> Vec<SignedStatement> {
    numbers.map(registration).collect()
}

/// A made-up certificate that names the certificate of a standard.
pub fn certificate(number: &str, of_standard: &str, remark: &str) -> SignedStatement {
    let words = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
    let body = json!({
        "type": "cert", "number": number, "kind": "calibration", "occasion": "calibration",
        "laboratory": { "name": words("示例计量院", "Example institute"), "id": "party:tj:lab-01" },
        "client": { "name": words("示例粮店", "Example grain shop") },
        "instrument": {
            "kind": "digital-indicating-scale", "name": words("电子秤", "Scale"), "manufacturer": words("示例衡器厂", "Example works"),
            "model": "ACS-30", "serial": "0007", "characteristics": {},
        },
        "rule": { "id": "example", "version": 1, "sha256": "00".repeat(32), "norm": "示例", "title": words("示例规程", "Example") },
        "performed_on": "2026-03-01", "issued_on": "2026-03-02", "place": words("实验室", "Laboratory"), "environment": [],
        "standards": [{
            "id": "thing:standard:01", "name": words("砝码", "Weight"), "model": "F1", "serial": "1", "quantity": "mass",
            "range": words("1 kg", "1 kg"), "accuracy": words("F1 等级", "class F1"), "certificate_number": "示字第 1 号",
            "certificate_statement": of_standard, "certificate_xml_sha256": "00".repeat(32), "valid_through": "2027-01-01",
        }],
        "results": [], "signatories": [], "remark": words(remark, remark), "check_address": "https://example.cn/c/1", "synthetic": true,
    });
    signed("party:tj:lab-01", &["thing:scale:000007"], &[], body)
}
