//! Synthetic statements, no more of them than a view reads.

use heng_rule::{Instrument, Occasion, Organisation, RuleReference, Words};
use heng_statement::{Body, Certificate, CertificateKind, StandardUsed, Statement};
use jiff::civil::date;

pub const LABORATORY: &str = "party:示例:计量院";
pub const AUTHORITY: &str = "party:示例:市场监管委";

pub fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

pub fn statement(issuer: &str, body: Body) -> Statement {
    Statement::of(issuer, vec![], "2026-05-20T02:00:00Z".parse().unwrap(), body)
}

/// A certificate that used the instruments of these certificates as standards.
pub fn certificate(number: &str, standards: &[&str]) -> Statement {
    let organisation = Organisation { name: words("示例机构"), id: None, address: None };
    statement(
        LABORATORY,
        Body::Cert(Box::new(Certificate {
            number: number.to_owned(),
            kind: CertificateKind::Calibration,
            occasion: Occasion::Calibration,
            laboratory: organisation.clone(),
            authorization_number: None,
            client: organisation,
            instrument: Instrument {
                id: None,
                kind: "weight".to_owned(),
                name: words("砝码"),
                manufacturer: words("示例厂"),
                model: "F1".to_owned(),
                serial: number.to_owned(),
                characteristics: Default::default(),
            },
            rule: RuleReference {
                id: "示例".to_owned(),
                version: 1,
                sha256: String::new(),
                norm: "JJG 0-2026".to_owned(),
                title: words("示例规程"),
                in_force_from: None,
            },
            performed_on: date(2026, 5, 20),
            issued_on: date(2026, 5, 20),
            valid_through: None,
            place: words("天津市（示例）"),
            environment: vec![],
            standards: standards.iter().map(|hash| standard(hash)).collect(),
            results: vec![],
            verdict: None,
            signatories: vec![],
            remark: None,
            check_address: "https://heng.example/check".to_owned(),
            synthetic: true,
            disseminates: vec![],
            documents: vec![],
        })),
    )
}

fn standard(hash: &str) -> StandardUsed {
    StandardUsed {
        id: format!("thing:standard:{hash}"),
        name: words("标准砝码"),
        model: "E2".to_owned(),
        serial: hash.to_owned(),
        quantity: "mass".to_owned(),
        range: words("1 kg"),
        accuracy: words("E2"),
        certificate_number: hash.to_owned(),
        certificate_statement: hash.to_owned(),
        certificate_xml_sha256: String::new(),
        valid_through: date(2027, 5, 19),
    }
}
