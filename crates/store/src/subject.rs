//! What the index keeps of a statement: what it is, about what, by and of whom, and on what it rests.

use heng_statement::{Body, NormStep, Statement, StatementHash};
use jiff::Timestamp;

use crate::index::HashBytes;

/// The keys by which a statement is found. Each list is sorted and without repetition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// The body's type, as in its JSON.
    pub kind: &'static str,
    /// Who made it.
    pub issuer: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// The norm of the rule it was made under.
    pub norm: Option<String>,
    /// The certificate number, if it is a certificate.
    pub certificate: Option<String>,
    /// The things it is about.
    pub about: Vec<String>,
    /// Who made it, and the party that its body introduces, gives a key or authorizes.
    pub parties: Vec<String>,
    /// What it rests on, corrects, replaces it by, or names as a standard's certificate.
    pub cites: Vec<HashBytes>,
}

impl Subject {
    /// The keys of a statement.
    pub fn of(statement: &Statement) -> Self {
        let mut certificate = None;
        let mut parties = vec![statement.issuer.clone()];
        let mut cites: Vec<&StatementHash> = statement.cites.iter().collect();
        let kind = match &statement.body {
            Body::Party(party) => {
                parties.push(party.id.clone());
                "party"
            }
            Body::Key(key) => {
                parties.push(key.party.clone());
                "key"
            }
            Body::Auth(authorization) => {
                parties.push(authorization.party.clone());
                "auth"
            }
            Body::Reg(_) => "reg",
            Body::Req(request) => {
                parties.push(request.laboratory.clone());
                "req"
            }
            Body::Meas(_) => "meas",
            Body::Assess(_) => "assess",
            Body::Cert(content) => {
                certificate = Some(content.number.clone());
                cites.extend(content.standards.iter().map(|standard| &standard.certificate_statement));
                "cert"
            }
            Body::Comp(step) => {
                cites.extend(step.round());
                "comp"
            }
            Body::Infer(_) => "infer",
            Body::Alert(alert) => {
                cites.push(&alert.inference);
                parties.push(alert.addressee.clone());
                "alert"
            }
            Body::Fix(fix) => {
                cites.extend(fix.alert.iter().chain(&fix.inference));
                "fix"
            }
            Body::Stream(_) => "stream",
            Body::Norm(_) => "norm",
            Body::Life(step) => {
                if let NormStep::Feedback(feedback) = &**step {
                    cites.push(&feedback.used_in);
                }
                "life"
            }
            Body::Plan(_) => "plan",
            Body::Attest(_) => "attest",
            Body::Fcst(_) => "fcst",
            Body::Report(report) => {
                cites.push(&report.published_by);
                "report"
            }
            Body::Correct(correction) => {
                cites.push(&correction.statement);
                cites.extend(&correction.replaced_by);
                "correct"
            }
            Body::Publish(_) => "publish",
        };
        Self {
            kind,
            issuer: statement.issuer.clone(),
            made_at: statement.made_at,
            norm: statement.under.as_ref().map(|rule| rule.norm.clone()),
            certificate,
            about: set(statement.about.clone()),
            parties: set(parties),
            cites: set(cites.into_iter().filter_map(|hash| hash_bytes(hash)).collect()),
        }
    }
}

/// The bytes of a hash in lower-case hex; nothing if it is none.
pub fn hash_bytes(hash: &str) -> Option<HashBytes> {
    let bytes: HashBytes = hex::decode(hash).ok()?.try_into().ok()?;
    (hex::encode(bytes) == hash).then_some(bytes)
}

fn set<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items.dedup();
    items
}
