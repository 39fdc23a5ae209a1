//! A certificate of the log, whether it stands today, and because of what.

use heng_office::ANCHOR;
use heng_statement::{Body, Certificate, SignedStatement, Statement, StatementHash};
use heng_view::{CertificateState, Standing, standing};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::portal::Portal;
use crate::problem::Problem;

/// A certificate and how it stands.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CertificateFacts {
    /// The statement.
    pub(crate) statement: StatementHash,
    /// Its place in the log.
    pub(crate) index: u64,
    /// Who issued it.
    pub(crate) issuer: String,
    /// When it was signed.
    pub(crate) made_at: Timestamp,
    /// How it stands today.
    #[serde(flatten)]
    pub(crate) status: CertificateState,
    /// The day that was asked about.
    pub(crate) on: Date,
    /// Its content.
    pub(crate) certificate: Certificate,
}

/// The facts of a statement, if it is a certificate.
pub(crate) fn certificate_facts(
    portal: &Portal,
    signed: &SignedStatement,
) -> Result<Option<CertificateFacts>, Problem> {
    let Body::Cert(certificate) = &signed.statement.body else { return Ok(None) };
    let hash = signed.hash();
    let index = portal.store().index_of(&hash)?.ok_or_else(|| Problem::failure("a certificate without place"))?;
    let on = portal.today();
    let status = {
        let inventory = portal.inventory()?;
        let certified = inventory.certificate(&hash).ok_or_else(|| Problem::failure("a certificate without place"))?;
        inventory.state(certified, on)
    };
    Ok(Some(CertificateFacts {
        status,
        statement: hash,
        index,
        issuer: signed.statement.issuer.clone(),
        made_at: signed.statement.made_at,
        on,
        certificate: (**certificate).clone(),
    }))
}

/// What was said against a certificate by those who may.
pub(crate) fn standing_of(portal: &Portal, hash: &StatementHash, issuer: &str) -> Result<Standing, Problem> {
    let mut citing: Vec<(StatementHash, Statement)> = Vec::new();
    for entry in portal.store().citing(hash)? {
        if entry.kind == "correct" {
            citing.push((entry.hash.clone(), portal.entry(&entry)?.statement));
        }
    }
    Ok(standing(hash, issuer, ANCHOR, citing.iter().map(|(hash, statement)| (hash, statement))))
}

/// The number of the certificate with this hash.
pub(crate) fn number_of(portal: &Portal, hash: &StatementHash) -> Result<Option<String>, Problem> {
    Ok(portal.statement(hash)?.and_then(|signed| match signed.statement.body {
        Body::Cert(certificate) => Some(certificate.number),
        _ => None,
    }))
}
