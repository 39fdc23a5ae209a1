//! What passed before. A check that depends only on bytes named by their hashes has one answer for ever, so a service need not find it again.
//!
//! Only what passed is remembered, and only of a certificate whose citations were all at hand: what was missing may come to light, and what
//! failed is looked at anew. What is said of keys, authorizations and corrections is part of the name under which an answer is remembered.

use std::sync::Arc;

use heng_rule::Rule;
use heng_statement::authority::Authority;
use heng_statement::{Body, SignedStatement, StatementHash};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::report::Check;

/// About how many bytes of answers are remembered.
const MOST_BYTES: u64 = 256 << 20;

/// The name of what statements prove of keys and authorizations: the hash of those statements.
pub(crate) type Grounds = [u8; 32];

/// What passed before, under one policy.
pub struct Memory {
    policy: Option<Policy>,
    authorities: Cache<Grounds, Arc<Authority>>,
    rules: Cache<String, Arc<Rule>>,
    answers: Cache<(StatementHash, Grounds), Arc<Answers>, Bytes>,
    renderings: Cache<StatementHash, Arc<Check>>,
}

/// What was found of one certificate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Answers {
    /// The checks of the people.
    pub(crate) people: Vec<Check>,
    /// The checks of the computation.
    pub(crate) computation: Vec<Check>,
}

impl Answers {
    pub(crate) fn all(&self) -> impl Iterator<Item = &Check> {
        self.people.iter().chain(&self.computation)
    }
}

#[derive(Clone, Copy)]
struct Bytes;

impl Weighter<(StatementHash, Grounds), Arc<Answers>> for Bytes {
    fn weight(&self, _: &(StatementHash, Grounds), answers: &Arc<Answers>) -> u64 {
        let text = |check: &Check| {
            let data = check.reason.data.iter().map(|(name, value)| name.len() + value.len() + 48);
            128 + check.subject.len() + check.reason.code.len() + data.sum::<usize>()
        };
        answers.all().map(text).sum::<usize>() as u64
    }
}

impl Memory {
    /// An empty memory for checks under this policy.
    pub fn new(policy: Option<Policy>) -> Self {
        Self {
            policy,
            authorities: Cache::new(1024),
            rules: Cache::new(256),
            answers: Cache::with_weighter(65_536, MOST_BYTES, Bytes),
            renderings: Cache::new(65_536),
        }
    }

    /// Whom to trust.
    pub fn policy(&self) -> Option<&Policy> {
        self.policy.as_ref()
    }

    /// What the statements prove, if it was established before.
    pub(crate) fn authority(&self, grounds: &Grounds, establish: impl FnOnce() -> Authority) -> Arc<Authority> {
        if let Some(known) = self.authorities.get(grounds) {
            return known;
        }
        let authority = Arc::new(establish());
        self.authorities.insert(*grounds, Arc::clone(&authority));
        authority
    }

    /// The rule with this SHA-256, if it was read before.
    pub(crate) fn rule(&self, sha256: &str, read: impl FnOnce() -> Option<Rule>) -> Option<Arc<Rule>> {
        if let Some(known) = self.rules.get(sha256) {
            return Some(known);
        }
        let rule = Arc::new(read()?);
        self.rules.insert(sha256.to_owned(), Arc::clone(&rule));
        Some(rule)
    }

    /// That the XML of this certificate shows its digits, if it was found before.
    pub(crate) fn rendering(&self, of: &StatementHash) -> Option<Arc<Check>> {
        self.renderings.get(of)
    }

    pub(crate) fn remember_rendering(&self, of: &StatementHash, check: &Check) {
        self.renderings.insert(of.clone(), Arc::new(check.clone()));
    }

    pub(crate) fn answers(&self, of: &StatementHash, grounds: &Grounds) -> Option<Arc<Answers>> {
        self.answers.get(&(of.clone(), *grounds))
    }

    pub(crate) fn remember(&self, of: &StatementHash, grounds: &Grounds, answers: &Arc<Answers>) {
        self.answers.insert((of.clone(), *grounds), Arc::clone(answers));
    }
}

/// The name of what a dossier says of keys, authorizations and corrections.
pub(crate) fn grounds(dossier: &Dossier) -> Grounds {
    let mut hash = Sha256::new();
    for included in dossier.statements.values() {
        let signed: &SignedStatement = &included.signed;
        match &signed.statement.body {
            Body::Party(_) | Body::Key(_) | Body::Auth(_) => hash.update(signed.hash_bytes()),
            // Whether a correction counts depends on what it corrects.
            Body::Correct(correction) => {
                hash.update(signed.hash_bytes());
                hash.update([u8::from(dossier.signed(&correction.statement).is_some())]);
            }
            _ => {}
        }
    }
    hash.finalize().into()
}
