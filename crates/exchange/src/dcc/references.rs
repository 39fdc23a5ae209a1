//! Which other certificates a document rests on or replaces.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::whole::{Element, Unfaithful, document};

/// What another certificate is to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The certificate of equipment that was used.
    Equipment,
    /// The certificate behind an influence condition.
    InfluenceCondition,
    /// A report that went before this one.
    PreviousReport,
    /// A report that another reference links to.
    LinkedReport,
    /// Something else.
    Other,
}

/// A reference to another certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateReference {
    /// What it is to this one.
    pub relation: Relation,
    /// Whose certificate it is, in the first language stated; empty where nothing is said.
    pub of: String,
    /// How or where it is found.
    pub referral: String,
    /// Its number.
    pub number: String,
    /// How the hash is made, as stated.
    pub procedure: String,
    /// The hash as stated; none where what stands in its place cannot be one.
    pub hash: Option<String>,
}

/// Every reference to another certificate, in document order.
pub fn certificate_references(bytes: &[u8]) -> Result<Vec<CertificateReference>, Unfaithful> {
    let document = document(bytes)?;
    let mut found = Vec::new();
    collect(&document.root, "", &mut found);
    Ok(found)
}

/// Elements that refer to another certificate by number and hash.
pub(super) const REFERENCES: [&str; 3] = ["certificate", "previousReport", "linkedReport"];

fn collect(element: &Element, around: &str, found: &mut Vec<CertificateReference>) {
    for child in element.children() {
        if REFERENCES.contains(&child.local()) && child.child(&["referralID", "value"]).is_some() {
            let content = |parent: Option<&Element>| parent.and_then(|parent| parent.stated(&["content"]));
            found.push(CertificateReference {
                relation: match (child.local(), element.local()) {
                    ("previousReport", _) => Relation::PreviousReport,
                    ("linkedReport", _) => Relation::LinkedReport,
                    (_, "measuringEquipment") => Relation::Equipment,
                    (_, "influenceCondition") => Relation::InfluenceCondition,
                    _ => Relation::Other,
                },
                of: content(element.child(&["name"])).unwrap_or_else(|| around.to_owned()),
                referral: content(child.child(&["referral"])).unwrap_or_default(),
                number: child.stated(&["referralID"]).unwrap_or_default(),
                procedure: child.stated(&["procedure"]).unwrap_or_default(),
                hash: child.stated(&["value"]).filter(|value| is_hash(value)),
            });
        }
        let name = element.child(&["name"]).and_then(|name| name.stated(&["content"]));
        collect(child, name.as_deref().unwrap_or(around), found);
    }
}

/// Whether a text can be the hash of a file: hexadecimal or base64 of as many bytes as a hash in use has.
pub(super) fn is_hash(text: &str) -> bool {
    let packed: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != ':').collect();
    let is_length = |length: usize| matches!(length, 20 | 28 | 32 | 48 | 64);
    hex::decode(&packed).or_else(|_| STANDARD.decode(&packed)).is_ok_and(|bytes| is_length(bytes.len()))
}
