//! A certificate of the log, whether it stands today, and because of what.

use heng_office::ANCHOR;
use heng_rule::{Outcome, Words};
use heng_statement::{Body, Certificate, CertificateKind, SignedStatement, Statement, StatementHash};
use heng_view::chain::chain;
use heng_view::{Standing, standing};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::portal::Portal;
use crate::problem::Problem;

/// What can be relied on today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub(crate) enum Status {
    /// Found to conform, and the validity has not ended.
    Conforms {
        /// The last day.
        through: Option<Date>,
        /// How many days are left, that day included.
        days: Option<i32>,
    },
    /// Found not to conform.
    DoesNotConform,
    /// Could not be decided with that uncertainty.
    NotDecidable,
    /// Values and uncertainties without a verdict.
    Calibrated {
        /// The last day on which it may be relied on, where one is stated.
        through: Option<Date>,
    },
    /// The validity ended.
    Expired {
        /// The last day.
        through: Date,
    },
    /// The certificate was withdrawn.
    Withdrawn {
        /// The correction.
        by: StatementHash,
        /// From which day on.
        from: Date,
        /// Why.
        reason: Words,
    },
    /// Another certificate took its place.
    Superseded {
        /// The correction.
        by: StatementHash,
        /// From which day on.
        from: Date,
        /// Why.
        reason: Words,
        /// The number of the other.
        replaced_by: Option<String>,
    },
    /// A certificate it rests on no longer stands.
    Undermined {
        /// The number of that certificate.
        number: String,
        /// From which day on.
        from: Date,
    },
}

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
    pub(crate) status: Status,
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
    Ok(Some(CertificateFacts {
        status: status(portal, &hash, &signed.statement.issuer, certificate, on)?,
        statement: hash,
        index,
        issuer: signed.statement.issuer.clone(),
        made_at: signed.statement.made_at,
        on,
        certificate: (**certificate).clone(),
    }))
}

/// How a certificate stands on a day. A correction comes first, then what it rests on, then its days, then its verdict.
fn status(
    portal: &Portal,
    hash: &StatementHash,
    issuer: &str,
    certificate: &Certificate,
    on: Date,
) -> Result<Status, Problem> {
    match standing_of(portal, hash, issuer)? {
        Standing::InForce => {}
        Standing::Withdrawn { by, from, reason } => return Ok(Status::Withdrawn { by, from, reason }),
        Standing::Superseded { by, replaced_by, from, reason } => {
            let replaced_by = match replaced_by {
                Some(hash) => number_of(portal, &hash)?,
                None => None,
            };
            return Ok(Status::Superseded { by, from, reason, replaced_by });
        }
    }
    let found = |hash: &StatementHash| portal.statement(hash).ok().flatten().map(|signed| signed.statement);
    for link in chain(hash, &found).links.iter().skip(1) {
        if let Standing::Withdrawn { from, .. } | Standing::Superseded { from, .. } =
            standing_of(portal, &link.hash, &link.issuer)?
        {
            return Ok(Status::Undermined { number: link.certificate.number.clone(), from });
        }
    }
    let verdict = certificate.verdict.as_ref().map(|verdict| verdict.outcome);
    Ok(match (certificate.kind, verdict, certificate.valid_through) {
        (CertificateKind::RejectionNotice, Some(Outcome::NotDecidable), _) => Status::NotDecidable,
        (CertificateKind::RejectionNotice, ..) => Status::DoesNotConform,
        (_, _, Some(through)) if through < on => Status::Expired { through },
        (CertificateKind::Calibration, None, through) => Status::Calibrated { through },
        (_, Some(Outcome::DoesNotConform), _) => Status::DoesNotConform,
        (_, Some(Outcome::NotDecidable), _) => Status::NotDecidable,
        (_, _, through) => Status::Conforms { through, days: through.and_then(|through| days_left(on, through)) },
    })
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

fn days_left(on: Date, through: Date) -> Option<i32> {
    Some(on.until((jiff::Unit::Day, through)).ok()?.get_days() + 1)
}
