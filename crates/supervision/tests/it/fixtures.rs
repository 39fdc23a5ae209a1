//! A world with keys, and one certificate in it. All of it is made up.

use std::collections::BTreeMap;

use heng_rule::{Outcome, Record, RuleReference, Verdict, Words};
use heng_statement::authority::{Anchor, Authority};
use heng_statement::{Certificate, Document, SignedStatement, SigningKey, Statement, Suite, sign};
use heng_supervision::certification::{self, Draft, Person};
use heng_supervision::{World, world};
use jiff::civil::Date;

pub struct Scene {
    pub world: World,
    pub keys: BTreeMap<String, SigningKey>,
    pub introductions: Vec<SignedStatement>,
}

pub fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: text.to_owned() }
}

pub fn rule(id: &str) -> RuleReference {
    RuleReference {
        id: id.to_owned(),
        version: 1,
        sha256: "ab".repeat(32),
        norm: "示例 1-2026".to_owned(),
        title: words("示例规则"),
        in_force_from: None,
    }
}

impl Scene {
    pub fn new() -> Self {
        Self::of(world().unwrap())
    }

    pub fn of(world: World) -> Self {
        let keys: BTreeMap<String, SigningKey> = world
            .key_holders()
            .enumerate()
            .map(|(number, id)| {
                (id.to_owned(), SigningKey::generate(Suite::Ed25519, &[u8::try_from(number).unwrap() + 1; 32]).unwrap())
            })
            .collect();
        let introductions = world
            .introductions(&|id| keys.get(id).map(SigningKey::public_key).cloned())
            .iter()
            .map(|statement| sign(statement, &keys[&statement.issuer]).unwrap())
            .collect();
        Self { world, keys, introductions }
    }

    pub fn authority(&self) -> Authority {
        self.authority_with(&[])
    }

    pub fn authority_with(&self, more: &[SignedStatement]) -> Authority {
        let anchor =
            Anchor { party: self.world.anchor.clone(), key: self.keys[&self.world.anchor].public_key().clone() };
        Authority::new(self.introductions.iter().chain(more), &[anchor])
    }

    pub fn sign(&self, statement: &Statement) -> SignedStatement {
        sign(statement, &self.keys[&statement.issuer]).unwrap()
    }

    /// A record by 赵敏 on an instrument that happens to be the M1 set, reviewed by 孙丽.
    pub fn record(&self) -> Record {
        self.world.record(self.world.standard("thing:standard:tj-m1").unwrap())
    }
}

pub fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub fn at(day: &str) -> jiff::Timestamp {
    format!("{day}T12:00:00+08:00").parse().unwrap()
}

pub fn verdict(outcome: Outcome) -> Verdict {
    Verdict { outcome, rule: rule("jjg-539-2016"), class: None, because_of: vec![] }
}

pub fn draft<'a>(record: &'a Record, rule_id: &str, verdict: Option<Verdict>) -> Draft<'a> {
    Draft {
        number: record.number.clone().unwrap(),
        record,
        rule: rule(rule_id),
        environment: vec![],
        results: vec![],
        verdict,
        valid_through: Some(day("2027-12-31")),
        laboratory: record.client.clone(),
        authorization_number: None,
        issued_on: record.performed_on,
        standards: vec![],
        verifier: Person { id: record.verifier.clone(), name: words("检定员（示例）") },
        reviewer: Person { id: record.reviewer.clone(), name: words("核验员（示例）") },
        check_address: "https://heng.example/check".to_owned(),
        disseminates: vec![],
    }
}

/// The same certificate with an XML of a known hash.
pub fn rendered(certificate: Certificate) -> Certificate {
    let document = Document {
        name: format!("{}.xml", certificate.number),
        media_type: "application/xml".to_owned(),
        sha256: "cd".repeat(32),
        length: 1,
    };
    Certificate { documents: vec![document], ..certificate }
}

/// The certificate of the F2 set, by which the M1 set was calibrated.
pub fn certificate_of_the_standard(scene: &Scene) -> Certificate {
    let standard = scene.world.standard("thing:standard:tj-f2").unwrap();
    let record = scene.world.record(standard);
    let draft = Draft {
        valid_through: Some(standard.valid_through),
        disseminates: vec![standard.dissemination()],
        ..draft(&record, &record.rule, None)
    };
    rendered(certification::certificate(draft))
}
