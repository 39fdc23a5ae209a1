//! What the certificates of the standards say that they pass on.

use std::borrow::Borrow;

use heng_rule::StandardFacts;
use heng_statement::{Certificate, StandardUsed, StatementHash};

/// The facts of a standard, from its own certificate and not from what the user of the standard says of it.
pub fn standard_facts(used: &StandardUsed, certificate: &Certificate) -> StandardFacts {
    StandardFacts {
        id: used.id.clone(),
        certificate: Some(used.certificate_statement.clone()),
        valid_from: Some(certificate.performed_on),
        valid_through: certificate.valid_through.or(Some(used.valid_through)),
        disseminates: certificate.disseminates.clone(),
    }
}

/// The facts of every standard that a certificate used, as far as their certificates are at hand.
pub fn all_standard_facts<C: Borrow<Certificate>>(
    certificate: &Certificate,
    find: &dyn Fn(&StatementHash) -> Option<C>,
) -> Vec<StandardFacts> {
    let facts = |used: &StandardUsed| Some(standard_facts(used, find(&used.certificate_statement)?.borrow()));
    certificate.standards.iter().filter_map(facts).collect()
}
