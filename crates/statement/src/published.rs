//! What anyone may see of a statement, declared field by field; the rest is for those whom it concerns.
//!
//! The declaration is complete: a test walks the published schema, and a field that nobody declared is shown to nobody.

mod declaration;

use heng_rule::{Organisation, Words};
use serde_json::{Map, Value};

use crate::body::PartyKind;
use crate::{Body, Certificate, CertificateKind, Party, Statement};
pub use declaration::{CASES, DECLARATION, Declared, Field, field_of};

use Field::{Inside, Private, Public};

/// What anyone may see of something, as JSON, and which fields were left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The public fields.
    pub content: Value,
    /// The fields that are not public, as JSON pointers into what was signed.
    pub not_public: Vec<String>,
}

/// The public part of a statement. `is_person` says whether a party is a natural person.
pub fn published(statement: &Statement, is_person: &dyn Fn(&str) -> bool) -> Result<Published, serde_json::Error> {
    let mut content = serde_json::to_value(statement)?;
    let mut not_public = Vec::new();
    let body = case(&statement.body, is_person);
    leave_out(&mut content, "statement", body, "", &mut not_public);
    Ok(Published { content, not_public })
}

/// The public part of a body by itself.
pub fn published_body(body: &Body, is_person: &dyn Fn(&str) -> bool) -> Result<Published, serde_json::Error> {
    let mut content = serde_json::to_value(body)?;
    let mut not_public = Vec::new();
    let case = case(body, is_person);
    leave_out(&mut content, case, case, "", &mut not_public);
    Ok(Published { content, not_public })
}

/// Which declaration holds for a body.
fn case(body: &Body, is_person: &dyn Fn(&str) -> bool) -> &'static str {
    match body {
        Body::Party(party) => match party.kind {
            PartyKind::Person => "party.person",
            PartyKind::Organisation => "party.organisation",
            PartyKind::Authority
            | PartyKind::NationalInstitute
            | PartyKind::Laboratory
            | PartyKind::Log
            | PartyKind::Machine => "party",
        },
        Body::Key(_) => "key",
        Body::Auth(granted) if is_person(&granted.party) => "auth.person",
        Body::Auth(_) => "auth",
        Body::Reg(_) => "reg",
        Body::Req(_) => "req",
        Body::Meas(_) => "meas",
        Body::Assess(_) => "assess",
        Body::Cert(certificate) if certificate.is_own_matter() => "cert.own",
        Body::Cert(_) => "cert",
        Body::Norm(_) => "norm",
        Body::Correct(_) => "correct",
        Body::Publish(_) => "publish",
    }
}

/// Leaves out of `value`, which is of a kind, whatever is not declared public.
fn leave_out(value: &mut Value, kind: &str, body: &str, at: &str, not_public: &mut Vec<String>) {
    let kind = if kind == "body" { body } else { kind };
    match value {
        Value::Array(items) => {
            for (place, item) in items.iter_mut().enumerate() {
                leave_out(item, kind, body, &format!("{at}/{place}"), not_public);
            }
        }
        Value::Object(fields) => {
            let mut kept = Map::new();
            for (name, mut field) in std::mem::take(fields) {
                let at = format!("{at}/{name}");
                match field_of(kind, &name) {
                    Some(Public) => {
                        kept.insert(name, field);
                    }
                    Some(Inside(inner)) => {
                        leave_out(&mut field, inner, body, &at, not_public);
                        kept.insert(name, field);
                    }
                    Some(Private) | None => not_public.push(at),
                }
            }
            *fields = kept;
        }
        _ => {}
    }
}

impl Certificate {
    /// Whether it is between the laboratory and its client alone: a calibration that passes no unit on.
    pub fn is_own_matter(&self) -> bool {
        self.kind == CertificateKind::Calibration && self.disseminates.is_empty()
    }

    /// The certificate as anyone may see it: what is not public is blank.
    pub fn published(&self) -> Self {
        let mut seen = self.clone();
        seen.client = Organisation { name: Words::default(), id: None, address: None };
        seen.place = Words::default();
        seen.remark = None;
        for signatory in &mut seen.signatories {
            signatory.name = Words::default();
        }
        if self.is_own_matter() {
            seen.results = Vec::new();
        }
        seen
    }
}

impl Party {
    /// The party as anyone may see it: what is not public is blank.
    pub fn published(&self) -> Self {
        let mut seen = self.clone();
        if matches!(self.kind, PartyKind::Person | PartyKind::Organisation) {
            seen.address = None;
        }
        if self.kind == PartyKind::Person {
            seen.name = Words::default();
        }
        seen
    }
}
