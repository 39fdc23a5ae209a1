//! A certificate of the log, whether it stands today, and because of what.

use std::sync::Arc;

use heng_statement::published::Cut;
use heng_statement::{Body, Certificate, SignedStatement, StatementHash};
use heng_store::Entry;
use heng_view::CertificateState;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::facts::cut::Hole;
use crate::facts::seen::{LeftOut, Seen};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// A certificate and how it stands. Its content is something to read, or a place for what was cut out of it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CertificateFacts<Content = Seen<Certificate>> {
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
    /// Its content, as far as the visitor may see it.
    pub(crate) certificate: Content,
    /// The fields of it that are not public and were left out, as JSON pointers.
    #[serde(skip_serializing_if = "LeftOut::is_empty")]
    pub(crate) not_public: LeftOut,
    /// Whether the visitor may have its files.
    #[serde(skip)]
    pub(crate) is_handed_out: bool,
}

/// The facts of a statement, if it is a certificate.
pub(crate) fn certificate_facts(
    portal: &Portal,
    visit: &Visit,
    signed: &Arc<SignedStatement>,
) -> Result<Option<CertificateFacts>, Problem> {
    let Body::Cert(certificate) = &signed.statement.body else { return Ok(None) };
    let hash = signed.hash();
    let on = portal.today();
    let (index, status) = stands_today(portal, &hash)?;
    let certificate = portal.seen_certificate(visit, signed, certificate)?;
    Ok(Some(CertificateFacts {
        status,
        statement: hash,
        index,
        issuer: signed.statement.issuer.clone(),
        made_at: signed.statement.made_at,
        on,
        is_handed_out: portal.hands_out(visit, &signed.statement)?,
        not_public: certificate.left_out(),
        certificate,
    }))
}

/// The same for a visitor who sees what anyone sees, with a place for its content, and the content.
pub(crate) fn cut_facts(portal: &Portal, entry: &Entry) -> Result<Option<(CertificateFacts<Hole>, Cut)>, Problem> {
    let Some(mut cut) = portal.store().certificate_cut(entry)? else { return Ok(None) };
    let (index, status) = stands_today(portal, &entry.hash)?;
    let facts = CertificateFacts {
        statement: entry.hash.clone(),
        index,
        issuer: entry.issuer.clone(),
        made_at: entry.made_at,
        status,
        on: portal.today(),
        certificate: Hole::default(),
        not_public: LeftOut::Found(std::mem::take(&mut cut.not_public)),
        is_handed_out: false,
    };
    Ok(Some((facts, cut)))
}

/// The place of a certificate in the log, and how it stands today.
fn stands_today(portal: &Portal, hash: &StatementHash) -> Result<(u64, CertificateState), Problem> {
    let inventory = portal.inventory()?;
    let certified = inventory.certificate(hash).ok_or_else(|| Problem::failure("a certificate without place"))?;
    Ok((certified.index, inventory.state(certified, portal.today())))
}

/// Whether nothing was said against a certificate by those who may.
pub(crate) fn stands(portal: &Portal, hash: &StatementHash) -> Result<bool, Problem> {
    Ok(portal.inventory()?.certificate(hash).is_none_or(|certified| certified.correction.is_none()))
}

/// The number of the certificate with this hash.
pub(crate) fn number_of(portal: &Portal, hash: &StatementHash) -> Result<Option<String>, Problem> {
    Ok(portal.inventory()?.certificate(hash).map(|certified| certified.number.clone()))
}
