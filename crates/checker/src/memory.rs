//! What passed before. A check that depends only on bytes named by their hashes has one answer for ever, so a service need not find it again.
//!
//! Only what passed is remembered, and only of a certificate whose citations were all at hand: what was missing may come to light, and what
//! failed is looked at anew. What is said of keys, authorizations and corrections is part of the name under which an answer is remembered.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use heng_rule::Rule;
use heng_statement::authority::Authority;
use heng_statement::{Body, SignedStatement};
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::report::Check;

/// Of so many certificates it is remembered what passed. One takes about a hundred bytes, since thousands have the same answers.
const CERTIFICATES: usize = 1 << 20;

/// So many different answers are shared; what differs more often than that is not worth sharing.
const DIFFERENT: usize = 1 << 16;

/// The name of what statements prove of keys and authorizations: the hash of those statements.
pub(crate) type Grounds = [u8; 32];

/// The hash of a certificate's statement.
type Of = [u8; 32];

/// What passed before, under one policy.
pub struct Memory {
    policy: Option<Policy>,
    authorities: Cache<Grounds, Arc<Authority>>,
    rules: Cache<String, Arc<Rule>>,
    answers: Cache<(Of, Grounds), Arc<Answers>>,
    renderings: Cache<Of, Arc<Answers>>,
    shared: Mutex<BTreeSet<Arc<Answers>>>,
}

/// What was found of one certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
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

    /// The same without the certificate that they are about.
    fn without_subject(&self) -> Self {
        let without = |checks: &[Check]| checks.iter().map(|check| about(check, "")).collect();
        Self { people: without(&self.people), computation: without(&self.computation) }
    }
}

/// The same check of another certificate.
pub(crate) fn about(check: &Check, subject: &str) -> Check {
    Check { name: check.name, subject: subject.to_owned(), outcome: check.outcome, reason: check.reason.clone() }
}

impl Memory {
    /// An empty memory for checks under this policy.
    pub fn new(policy: Option<Policy>) -> Self {
        Self {
            policy,
            authorities: Cache::new(1024),
            rules: Cache::new(256),
            answers: Cache::new(CERTIFICATES),
            renderings: Cache::new(CERTIFICATES),
            shared: Mutex::default(),
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

    /// That the XML of this certificate shows its digits, if it was found before; the subject is left empty.
    pub(crate) fn rendering(&self, of: &SignedStatement) -> Option<Check> {
        self.renderings.get(&of.hash_bytes())?.all().next().cloned()
    }

    pub(crate) fn remember_rendering(&self, of: &SignedStatement, check: &Check) {
        let answers = Answers { people: Vec::new(), computation: vec![check.clone()] };
        self.renderings.insert(of.hash_bytes(), self.shared(&answers));
    }

    /// What passed of this certificate before; the subjects are left empty.
    pub(crate) fn answers(&self, of: &SignedStatement, grounds: &Grounds) -> Option<Arc<Answers>> {
        self.answers.get(&(of.hash_bytes(), *grounds))
    }

    pub(crate) fn remember(&self, of: &SignedStatement, grounds: &Grounds, answers: &Answers) {
        self.answers.insert((of.hash_bytes(), *grounds), self.shared(answers));
    }

    /// The same answers as those of any other certificate that has them.
    fn shared(&self, answers: &Answers) -> Arc<Answers> {
        let answers = Arc::new(answers.without_subject());
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = shared.get(&answers) {
            return Arc::clone(known);
        }
        if shared.len() >= DIFFERENT {
            shared.clear();
        }
        shared.insert(Arc::clone(&answers));
        answers
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
