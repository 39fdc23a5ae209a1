//! Plans: the one of Tianjin holds together, bad files are found out, and figures are what a hand computes.

mod bad;
mod cover;
mod example;
mod figures;
mod mandate;
mod measures;
mod shares;
mod standing;

use heng_rule::plan::Plan;
use jiff::civil::{Date, date};

/// The last day of a year.
fn end(year: i16) -> Date {
    date(year, 12, 31)
}

/// A plan of one file, without findings.
fn sound(source: &str) -> Plan {
    let (plan, findings) = Plan::read(&[("plan.toml", source)]);
    assert_eq!(findings, Vec::new());
    plan
}

/// SHA-256 of bytes, in hex.
fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(bytes))
}
