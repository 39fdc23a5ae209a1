//! What belongs into a bundle: everything that the certificate rests on, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use heng_statement::{Body, SignedStatement, StatementHash};

use crate::documents::xml_of;

/// Where statements and texts come from; a store answers from its index.
pub struct Sources<'a> {
    /// The statement with this hash.
    pub statement: &'a dyn Fn(&StatementHash) -> Option<Arc<SignedStatement>>,
    /// The party, key and authorization statements about a party.
    pub about_party: &'a dyn Fn(&str) -> Vec<StatementHash>,
    /// The corrections of a statement.
    pub corrections: &'a dyn Fn(&StatementHash) -> Vec<StatementHash>,
    /// The text with this SHA-256.
    pub text: &'a dyn Fn(&str) -> Option<Arc<Vec<u8>>>,
}

/// A certificate's statements by hash, and the texts that they fix.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The statements.
    pub statements: BTreeMap<StatementHash, Arc<SignedStatement>>,
    /// The rule files of all certificates and the XML of the one asked about, by their SHA-256.
    pub texts: BTreeMap<String, Arc<Vec<u8>>>,
}

/// Follows what the certificate cites, who said it, by what right, and what was corrected, until nothing new is met.
pub fn gathered(certificate: &StatementHash, sources: &Sources<'_>) -> Gathered {
    let mut statements = BTreeMap::new();
    let mut waiting = vec![certificate.clone()];
    let mut evidence_list = None;
    // A report names its evidence in a list beside it, because a plan can rest on more statements than one statement can name.
    if let Some(signed) = (sources.statement)(certificate)
        && let Body::Report(report) = &signed.statement.body
    {
        let text = (sources.text)(&report.evidence.sha256);
        waiting
            .extend(text.and_then(|text| serde_json::from_slice::<Vec<StatementHash>>(&text).ok()).unwrap_or_default());
        evidence_list = Some(report.evidence.sha256.clone());
    }
    let mut asked = BTreeSet::new();
    while let Some(hash) = waiting.pop() {
        if statements.contains_key(&hash) {
            continue;
        }
        let Some(signed) = (sources.statement)(&hash) else { continue };
        waiting.extend(signed.statement.cites.iter().cloned());
        if asked.insert(signed.statement.issuer.clone()) {
            waiting.extend((sources.about_party)(&signed.statement.issuer));
        }
        waiting.extend((sources.corrections)(&hash));
        statements.insert(hash, signed);
    }
    let mut wanted: Vec<String> = statements
        .values()
        .filter_map(|signed| match &signed.statement.body {
            Body::Norm(publication) => Some(vec![publication.rule.sha256.clone()]),
            Body::Plan(publication) => Some(publication.files.iter().map(|file| file.sha256.clone()).collect()),
            _ => None,
        })
        .flatten()
        .collect();
    wanted.extend(evidence_list);
    if let Some(signed) = statements.get(certificate)
        && let Body::Cert(content) = &signed.statement.body
    {
        wanted.extend(xml_of(content).map(|document| document.sha256.clone()));
    }
    wanted.sort();
    wanted.dedup();
    let texts = wanted.into_iter().filter_map(|sha256| Some((sha256.clone(), (sources.text)(&sha256)?))).collect();
    Gathered { statements, texts }
}
