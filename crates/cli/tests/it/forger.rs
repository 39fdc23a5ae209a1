//! Someone with every key and no scruples: signs and logs what the program itself would refuse to issue.

use std::path::PathBuf;

use heng_evidence::{Checkpoint, KeyKind, VerifierKey};
use heng_exchange::dcc;
use heng_rule::Record;
use heng_statement::{
    Authorization, Body, Certificate, Document, KeyCertificate, Party, PartyKind, Scope, SignedStatement, SigningKey,
    Statement, StatementHash, Suite, sign,
};
use heng_store::Appender;
use heng_supervision::Grounds;
use heng_supervision::certification::{issue, measurement, review};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};

use crate::city::City;

/// A forger at work in a city's store.
pub struct Forger {
    data: PathBuf,
    appender: Appender,
}

/// What a certificate is made of, each part open to change.
pub struct Forgery {
    /// The record, as the verifier will sign it.
    pub record: Record,
    /// The certificate; its renderings are made anew.
    pub certificate: Certificate,
    /// The party whose key signs the record.
    pub verifier: String,
    /// The party whose key signs the review.
    pub reviewer: String,
    /// The party whose key signs the certificate.
    pub laboratory: String,
    /// When all of them sign.
    pub at: Timestamp,
    /// The publication of the rule.
    pub rule: Option<StatementHash>,
    /// What is done to the XML before its hash is taken.
    pub xml: fn(String) -> String,
}

impl Forgery {
    /// Puts another verifier's name everywhere.
    pub fn measured_by(&mut self, party: &str) {
        self.verifier = party.to_owned();
        self.record.verifier = party.to_owned();
        self.certificate.signatories[0].id = party.to_owned();
    }

    /// Puts another reviewer's name everywhere.
    pub fn reviewed_by(&mut self, party: &str) {
        self.reviewer = party.to_owned();
        self.record.reviewer = party.to_owned();
        self.certificate.signatories[1].id = party.to_owned();
    }
}

impl Forger {
    /// Opens the store of a city.
    pub fn in_city(city: &City) -> Self {
        let data = PathBuf::from(city.path("data"));
        let log_key = key(&data, "party:log");
        let signed = move |checkpoint: Checkpoint| {
            let bytes = log_key.public_key().ed25519_bytes().unwrap();
            let name = VerifierKey::new(&checkpoint.origin, KeyKind::Ed25519, bytes).unwrap();
            Ok(checkpoint.signed(&name, |message| log_key.sign(message)).unwrap())
        };
        let appender = Appender::open(&data, Box::new(signed)).unwrap();
        Self { data, appender }
    }

    /// The parts of a genuine certificate.
    pub fn parts(&self, number: &str) -> Forgery {
        let store = self.appender.store();
        let issued = store.certificate(number).unwrap().unwrap();
        let Body::Cert(certificate) = issued.statement.body else { panic!("{number} is no certificate") };
        let cited: Vec<SignedStatement> =
            issued.statement.cites.iter().filter_map(|hash| store.statement(hash).unwrap()).collect();
        let record = cited.iter().find_map(|signed| match &signed.statement.body {
            Body::Meas(record) => Some(record.as_ref().clone()),
            _ => None,
        });
        let rule = cited.iter().find(|signed| matches!(signed.statement.body, Body::Norm(_)));
        let record = record.unwrap();
        Forgery {
            verifier: record.verifier.clone(),
            reviewer: record.reviewer.clone(),
            laboratory: issued.statement.issuer.clone(),
            at: issued.statement.made_at,
            rule: rule.map(SignedStatement::hash),
            record,
            certificate: *certificate,
            xml: |xml| xml,
        }
    }

    /// Signs and logs a forgery under a number of its own.
    pub fn issues(&self, number: &str, forgery: Forgery) {
        let Forgery { record, mut certificate, verifier, reviewer, laboratory, at, rule, xml } = forgery;
        certificate.number = number.to_owned();
        certificate.check_address = format!("https://heng.example/check/{number}");
        let rendered = xml(String::from_utf8(dcc::write(&certificate)).unwrap()).into_bytes();
        certificate.documents = vec![Document {
            name: format!("{number}.xml"),
            media_type: "application/xml".to_owned(),
            sha256: hex::encode(Sha256::digest(&rendered)),
            length: rendered.len() as u64,
        }];
        let meas = self.signed(&measurement(record, &verifier, at, &certificate.rule));
        let assess = self.signed(&review(&certificate.hashed().unwrap(), &reviewer, at, meas.hash()));
        let grounds = Grounds { measurement: meas.hash(), review: assess.hash(), rule, entitlements: Vec::new() };
        let cert = self.signed(&issue(certificate, &laboratory, at, grounds));
        self.appender.keep(&[&rendered]).unwrap();
        self.appender.append(vec![meas, assess, cert]).unwrap();
    }

    /// Introduces a person of a laboratory with key and authorization of the given dates.
    pub fn hires(&self, person: &str, laboratory: &str, key_through: Date, authorization: Authorization) {
        let key = SigningKey::generate(Suite::Ed25519, &Sha256::digest(person).into()).unwrap();
        std::fs::write(key_file(&self.data, person), key.to_pem().unwrap()).unwrap();
        let like = heng_rule::Words { zh: "示例人员".to_owned(), en: "Example Person".to_owned() };
        let party = Party {
            id: person.to_owned(),
            kind: PartyKind::Person,
            name: like,
            address: None,
            of: Some(laboratory.to_owned()),
            district: None,
            standing: None,
            synthetic: true,
        };
        let introduced = KeyCertificate::new(person, key.public_key(), date(2026, 1, 1), key_through);
        let bodies = [Body::Party(party), Body::Key(introduced), Body::Auth(authorization)];
        let said = bodies.map(|body| self.said(laboratory, person, body));
        self.appender.append(said.into()).unwrap();
    }

    /// The hash of a certificate's statement.
    pub fn hash(&self, number: &str) -> StatementHash {
        self.appender.store().certificate(number).unwrap().unwrap().hash()
    }

    /// Signs and logs what one party says about something.
    pub fn logs(&self, issuer: &str, about: &str, body: Body) {
        self.appender.append(vec![self.said(issuer, about, body)]).unwrap();
    }

    /// A statement of one party about another.
    fn said(&self, issuer: &str, about: &str, body: Body) -> SignedStatement {
        self.signed(&Statement::of(issuer, vec![about.to_owned()], "2026-01-05T02:00:00Z".parse().unwrap(), body))
    }

    fn signed(&self, statement: &Statement) -> SignedStatement {
        sign(statement, &key(&self.data, &statement.issuer)).unwrap()
    }
}

/// An authorization for one rule.
pub fn authorization(party: &str, roles: &[heng_statement::Role], rule: &str, through: Date) -> Authorization {
    let scope = Scope { rule: Some(rule.to_owned()), ..Scope::default() };
    Authorization {
        party: party.to_owned(),
        roles: roles.to_vec(),
        scope: vec![scope],
        valid_from: date(2026, 1, 1),
        valid_through: through,
        number: None,
    }
}

fn key(data: &std::path::Path, party: &str) -> SigningKey {
    SigningKey::from_pem(&std::fs::read_to_string(key_file(data, party)).unwrap()).unwrap()
}

fn key_file(data: &std::path::Path, party: &str) -> PathBuf {
    data.join("keys").join(format!("{}.pem", party.replace(':', "-")))
}
