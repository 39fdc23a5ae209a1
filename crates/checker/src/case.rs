//! A bundle laid open: its statements by hash, its texts by hash, whom the policy trusts.

use std::collections::BTreeMap;

use heng_statement::authority::{Anchor, Authority};
use heng_statement::{Body, Certificate, PublicKey, SignedStatement, StatementHash};
use sha2::{Digest, Sha256};

use crate::bundle::{Bundle, Logged, decoded};
use crate::policy::Policy;
use crate::report::Reason;

/// What the checks look at.
pub(crate) struct Case<'a> {
    /// The bundle as read.
    pub bundle: &'a Bundle,
    /// Whom to trust; absent if nobody said.
    pub policy: Option<&'a Policy>,
    /// Every statement of the bundle with its proof.
    pub statements: BTreeMap<StatementHash, (SignedStatement, &'a Logged)>,
    /// What the log says of the standing of the certificates; not itself in the log.
    pub standing: Option<SignedStatement>,
    /// Rule files and XML documents.
    pub texts: BTreeMap<String, Vec<u8>>,
    /// What the statements prove about keys and authorizations.
    pub authority: Authority,
}

impl<'a> Case<'a> {
    /// Opens a bundle. A part that cannot be read is a reason for the check `bundle` to fail.
    pub fn open(bundle: &'a Bundle, policy: Option<&'a Policy>) -> Result<Self, Reason> {
        let mut statements = BTreeMap::new();
        for logged in &bundle.statements {
            let signed = decoded(&logged.bytes)
                .and_then(|bytes| SignedStatement::parse(&bytes).ok())
                .ok_or_else(|| Reason::new("bundle-statement-unreadable").with("index", logged.index))?;
            if statements.insert(signed.hash(), (signed, logged)).is_some() {
                return Err(Reason::new("bundle-statement-twice").with("index", logged.index));
            }
        }
        let mut texts = BTreeMap::new();
        for text in &bundle.texts {
            let bytes = decoded(text).ok_or_else(|| Reason::new("bundle-text-unreadable"))?;
            texts.insert(hex::encode(Sha256::digest(&bytes)), bytes);
        }
        let anchors = policy.map(anchors).transpose()?.unwrap_or_default();
        let authority = Authority::new(statements.values().map(|(signed, _)| signed), &anchors);
        let standing = decoded(&bundle.standing).and_then(|bytes| SignedStatement::parse(&bytes).ok());
        let case = Self { bundle, policy, statements, standing, texts, authority };
        if let Some(text) = case.unused_text() {
            return Err(Reason::new("bundle-text-unused").with("sha256", text));
        }
        Ok(case)
    }

    /// The statement with this hash.
    pub fn signed(&self, hash: &StatementHash) -> Option<&SignedStatement> {
        self.statements.get(hash).map(|(signed, _)| signed)
    }

    /// The certificate with this hash.
    pub fn certificate(&self, hash: &StatementHash) -> Option<(&SignedStatement, &Certificate)> {
        let signed = self.signed(hash)?;
        match &signed.statement.body {
            Body::Cert(certificate) => Some((signed, certificate)),
            _ => None,
        }
    }

    /// The statements that a statement cites, as far as they are in the bundle.
    pub fn cited<'b>(&'b self, by: &'b SignedStatement) -> impl Iterator<Item = &'b SignedStatement> {
        by.statement.cites.iter().filter_map(|hash| self.signed(hash))
    }

    /// A text that no statement fixes proves nothing and could be anything: nobody may smuggle it along.
    fn unused_text(&self) -> Option<&String> {
        self.texts.keys().find(|sha256| {
            !self.statements.values().any(|(signed, _)| match &signed.statement.body {
                Body::Cert(certificate) => certificate.documents.iter().any(|document| document.sha256 == **sha256),
                Body::Norm(publication) => publication.rule.sha256 == **sha256,
                _ => false,
            })
        })
    }
}

fn anchors(policy: &Policy) -> Result<Vec<Anchor>, Reason> {
    policy
        .anchor
        .iter()
        .map(|anchor| {
            let key = public_key(&anchor.public_key)
                .ok_or_else(|| Reason::new("policy-key-unreadable").with("party", &anchor.party))?;
            Ok(Anchor { party: anchor.party.clone(), key })
        })
        .collect()
}

/// A key as a policy writes it.
pub(crate) fn public_key(text: &str) -> Option<PublicKey> {
    PublicKey::from_spki_der(&decoded(text)?).ok()
}
