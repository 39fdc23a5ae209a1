//! What belongs into a bundle: everything that the certificate rests on, and nothing else.

use std::collections::BTreeMap;

use heng_statement::{Body, SignedStatement, StatementHash};

use crate::documents::xml_of;

/// Where statements and texts come from; a store answers from its index.
pub struct Sources<'a> {
    /// The statement with this hash.
    pub statement: &'a dyn Fn(&StatementHash) -> Option<SignedStatement>,
    /// The party, key and authorization statements about a party.
    pub about_party: &'a dyn Fn(&str) -> Vec<StatementHash>,
    /// The corrections of a statement.
    pub corrections: &'a dyn Fn(&StatementHash) -> Vec<StatementHash>,
    /// The text with this SHA-256.
    pub text: &'a dyn Fn(&str) -> Option<Vec<u8>>,
}

/// A certificate's statements by hash, and the texts that they fix.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// The statements.
    pub statements: BTreeMap<StatementHash, SignedStatement>,
    /// The rule files of all certificates and the XML of the one asked about.
    pub texts: Vec<Vec<u8>>,
}

/// Follows what the certificate cites, who said it, by what right, and what was corrected, until nothing new is met.
pub fn gathered(certificate: &StatementHash, sources: &Sources<'_>) -> Gathered {
    let mut statements = BTreeMap::new();
    let mut waiting = vec![certificate.clone()];
    while let Some(hash) = waiting.pop() {
        if statements.contains_key(&hash) {
            continue;
        }
        let Some(signed) = (sources.statement)(&hash) else { continue };
        waiting.extend(signed.statement.cites.iter().cloned());
        waiting.extend((sources.about_party)(&signed.statement.issuer));
        waiting.extend((sources.corrections)(&hash));
        statements.insert(hash, signed);
    }
    let mut wanted: Vec<String> = statements
        .values()
        .filter_map(|signed| match &signed.statement.body {
            Body::Norm(publication) => Some(publication.rule.sha256.clone()),
            _ => None,
        })
        .collect();
    if let Some(SignedStatement { statement, .. }) = statements.get(certificate)
        && let Body::Cert(content) = &statement.body
    {
        wanted.extend(xml_of(content).map(|document| document.sha256.clone()));
    }
    wanted.sort();
    wanted.dedup();
    let texts = wanted.iter().filter_map(|sha256| (sources.text)(sha256)).collect();
    Gathered { statements, texts }
}
