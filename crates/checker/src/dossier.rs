//! A certificate with everything that proves it, laid open: from a bundle's bytes, or from a log at hand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use heng_evidence::{Hash, Receipt, SignedCheckpoint};
use heng_statement::{Body, Certificate, SignedStatement, StatementHash};
use sha2::{Digest, Sha256};

use crate::bundle::{Bundle, FORMAT, Logged, decoded, encoded};
use crate::report::Reason;

/// A statement with the proof that it is in the log.
#[derive(Clone, Debug)]
pub struct Included {
    /// The statement.
    pub signed: Arc<SignedStatement>,
    /// Its place in the log.
    pub index: u64,
    /// The audit path under the checkpoint, from the leaf upwards; absent where it could not be read.
    pub path: Option<Vec<Hash>>,
}

/// A certificate with everything that proves it. What could not be read is absent, and the check of its name says so.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// The certificate that it is about.
    pub certificate: StatementHash,
    /// The log's checkpoint.
    pub checkpoint: Option<Arc<SignedCheckpoint>>,
    /// The log's receipt for the certificate.
    pub receipt: Option<Receipt>,
    /// What the log says of the standing of the certificates; not itself in the log.
    pub standing: Option<SignedStatement>,
    /// Every statement that the certificate rests on, and itself.
    pub statements: BTreeMap<StatementHash, Included>,
    /// Rule files and XML documents by their SHA-256.
    pub texts: BTreeMap<String, Arc<Vec<u8>>>,
}

impl Dossier {
    /// Lays a bundle open. A part that cannot be read is a reason for the check `bundle` to fail.
    pub fn open(bundle: &Bundle) -> Result<Self, Reason> {
        let mut statements = BTreeMap::new();
        for logged in &bundle.statements {
            let signed = decoded(&logged.bytes)
                .and_then(|bytes| SignedStatement::parse(&bytes).ok())
                .ok_or_else(|| Reason::new("bundle-statement-unreadable").with("index", logged.index))?;
            let path = logged.path.iter().map(|hash| decoded(hash).and_then(|bytes| bytes.try_into().ok())).collect();
            let hash = signed.hash();
            let included = Included { signed: Arc::new(signed), index: logged.index, path };
            if statements.insert(hash, included).is_some() {
                return Err(Reason::new("bundle-statement-twice").with("index", logged.index));
            }
        }
        let mut texts = BTreeMap::new();
        for text in &bundle.texts {
            let bytes = decoded(text).ok_or_else(|| Reason::new("bundle-text-unreadable"))?;
            texts.insert(hex::encode(Sha256::digest(&bytes)), Arc::new(bytes));
        }
        let dossier = Self {
            certificate: bundle.certificate.clone(),
            checkpoint: bundle.checkpoint.parse().ok().map(Arc::new),
            receipt: decoded(&bundle.receipt).and_then(|bytes| Receipt::parse(&bytes).ok()),
            standing: decoded(&bundle.standing).and_then(|bytes| SignedStatement::parse(&bytes).ok()),
            statements,
            texts,
        };
        match dossier.unused_text() {
            Some(text) => Err(Reason::new("bundle-text-unused").with("sha256", text)),
            None => Ok(dossier),
        }
    }

    /// The same as a file that needs no log. Nothing where a proof is absent.
    pub fn bundle(&self) -> Option<Bundle> {
        let mut statements = Vec::new();
        for Included { signed, index, path } in self.statements.values() {
            let path = path.as_ref()?.iter().map(|hash| encoded(hash)).collect();
            statements.push(Logged { bytes: encoded(&signed.bytes), index: *index, path });
        }
        statements.sort_by_key(|logged| logged.index);
        Some(Bundle {
            format: FORMAT.to_owned(),
            certificate: self.certificate.clone(),
            checkpoint: self.checkpoint.as_ref()?.to_string(),
            receipt: encoded(&self.receipt.as_ref()?.to_bytes().ok()?),
            standing: encoded(&self.standing.as_ref()?.bytes),
            statements,
            texts: self.texts.values().map(|text| encoded(text)).collect(),
        })
    }

    /// The statement with this hash.
    pub fn signed(&self, hash: &StatementHash) -> Option<&SignedStatement> {
        self.statements.get(hash).map(|included| &*included.signed)
    }

    /// The certificate with this hash.
    pub fn certificate(&self, hash: &StatementHash) -> Option<(&SignedStatement, &Certificate)> {
        let signed = self.signed(hash)?;
        match &signed.statement.body {
            Body::Cert(certificate) => Some((signed, certificate)),
            _ => None,
        }
    }

    /// The statements that a statement cites, as far as they are here.
    pub(crate) fn cited<'b>(&'b self, by: &'b SignedStatement) -> impl Iterator<Item = &'b SignedStatement> {
        by.statement.cites.iter().filter_map(|hash| self.signed(hash))
    }

    /// A text that no statement fixes proves nothing and could be anything: nobody may smuggle it along.
    fn unused_text(&self) -> Option<&String> {
        let mut fixed: BTreeSet<&str> = BTreeSet::new();
        for included in self.statements.values() {
            match &included.signed.statement.body {
                Body::Cert(certificate) => fixed.extend(certificate.documents.iter().map(|one| one.sha256.as_str())),
                Body::Norm(publication) => fixed.extend([publication.rule.sha256.as_str()]),
                Body::Plan(publication) => fixed.extend(publication.files.iter().map(|one| one.sha256.as_str())),
                Body::Report(report) => fixed.extend([report.evidence.sha256.as_str()]),
                _ => {}
            }
        }
        self.texts.keys().find(|sha256| !fixed.contains(sha256.as_str()))
    }
}
