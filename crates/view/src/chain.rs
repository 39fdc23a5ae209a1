//! How a certificate hangs on the unit: certificate by certificate, up to where the unit is realised.

use std::collections::BTreeSet;
use std::sync::Arc;

use heng_statement::{Body, Certificate, SignedStatement, StandardUsed, StatementHash};

/// Where a chain ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Top {
    /// The certificate rests on no other: it realises the unit.
    Realisation,
    /// The certificate of a standard is not at hand.
    Missing(StatementHash),
    /// A certificate cites itself, directly or through others.
    Circle(StatementHash),
    /// Followed no further.
    TooDeep(StatementHash),
}

/// No real chain comes near: from a shop's scale to the kilogram it is five or six steps.
const DEEPEST: u32 = 64;

/// One certificate in a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How many steps below the certificate that was asked about; 0 is that certificate itself.
    pub depth: u32,
    /// The statement.
    pub hash: StatementHash,
    /// The statement that issues it.
    pub issue: Arc<SignedStatement>,
    /// As what the certificate below used the instrument; absent for the first.
    pub used_as: Option<StandardUsed>,
}

impl Link {
    /// Its content.
    pub fn certificate(&self) -> Option<&Certificate> {
        match &self.issue.statement.body {
            Body::Cert(certificate) => Some(certificate),
            _ => None,
        }
    }
}

/// A certificate with all that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Every certificate once, the one asked about first, then level by level as met.
    pub links: Vec<Link>,
    /// Every end of the chain.
    pub tops: Vec<Top>,
}

/// The chain above a certificate, as far as `statement` can find the statements.
///
/// Each certificate is followed once, so that a diamond of standards costs nothing and a circle is found.
pub fn chain(of: &StatementHash, statement: &dyn Fn(&StatementHash) -> Option<Arc<SignedStatement>>) -> Chain {
    let mut chain = Chain { links: Vec::new(), tops: Vec::new() };
    let mut seen = BTreeSet::new();
    follow(of, None, 0, &mut Vec::new(), &mut seen, statement, &mut chain);
    chain
}

fn follow(
    hash: &StatementHash,
    used_as: Option<&StandardUsed>,
    depth: u32,
    path: &mut Vec<StatementHash>,
    seen: &mut BTreeSet<StatementHash>,
    statement: &dyn Fn(&StatementHash) -> Option<Arc<SignedStatement>>,
    chain: &mut Chain,
) {
    if path.contains(hash) {
        chain.tops.push(Top::Circle(hash.clone()));
        return;
    }
    if depth > DEEPEST {
        chain.tops.push(Top::TooDeep(hash.clone()));
        return;
    }
    if !seen.insert(hash.clone()) {
        return;
    }
    let issue = statement(hash);
    let Some((issue, Body::Cert(certificate))) = issue.as_ref().map(|issue| (issue, &issue.statement.body)) else {
        chain.tops.push(Top::Missing(hash.clone()));
        return;
    };
    chain.links.push(Link { depth, hash: hash.clone(), issue: Arc::clone(issue), used_as: used_as.cloned() });
    if certificate.standards.is_empty() && !chain.tops.contains(&Top::Realisation) {
        chain.tops.push(Top::Realisation);
    }
    path.push(hash.clone());
    for standard in &certificate.standards {
        follow(&standard.certificate_statement, Some(standard), depth + 1, path, seen, statement, chain);
    }
    path.pop();
}
