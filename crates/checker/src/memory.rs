//! What passed before. A check that depends only on bytes named by their hashes has one answer for ever, so a service need not find it again.
//!
//! Only what passed is remembered, and only of a certificate whose citations were all at hand: what was missing may come to light, and what
//! failed is looked at anew. What is said of keys, authorizations and corrections is part of the name under which an answer is remembered.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use heng_evidence::{ConsistencyProof, SignedCheckpoint};
use heng_rule::Rule;
use heng_statement::authority::Authority;
use heng_statement::{Body, SignedStatement, StatementHash};
use quick_cache::sync::Cache;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::believed::Believed;
use crate::dossier::Dossier;
use crate::policy::Policy;
use crate::report::{Check, Report};
use crate::settled::{Found, Ground, Settled, ground};

/// Of so many certificates it is remembered what passed. One takes about a hundred bytes, since thousands have the same answers.
const CERTIFICATES: usize = 1 << 20;

/// So many different answers, and grounds, are shared; what differs more often than that is not worth sharing.
const DIFFERENT: usize = 1 << 16;

/// The name of what statements prove of keys and authorizations: the hash of those statements.
pub(crate) type Grounds = [u8; 32];

/// The hash of a statement.
pub(crate) type Of = [u8; 32];

/// What passed before, under one policy.
pub struct Memory {
    policy: Option<Policy>,
    followed: Mutex<Option<Arc<Believed>>>,
    authorities: Cache<Grounds, Arc<Authority>>,
    rules: Cache<String, Arc<Rule>>,
    answers: Cache<(Of, Grounds), Arc<Answers>>,
    renderings: Cache<Of, Arc<Answers>>,
    settled: Cache<Of, Arc<Settled>>,
    shared: Shared<Answers>,
    grounds: Shared<Ground>,
}

/// What was found of one certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
            followed: Mutex::default(),
            authorities: Cache::new(1024),
            rules: Cache::new(256),
            answers: Cache::new(CERTIFICATES),
            renderings: Cache::new(CERTIFICATES),
            settled: Cache::new(CERTIFICATES),
            shared: Shared::default(),
            grounds: Shared::default(),
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
        self.shared.one(answers.without_subject())
    }

    /// What was found of the certificate with this hash when everything passed.
    pub fn settled(&self, certificate: &StatementHash) -> Option<Arc<Settled>> {
        let mut hash = Of::default();
        hex::decode_to_slice(certificate, &mut hash).ok()?;
        self.settled.get(&hash)
    }

    /// The log's checkpoint of now, if it passes and continues the one before; `consistency` proves that for the size before.
    pub fn follow(
        &self,
        signed: &Arc<SignedCheckpoint>,
        consistency: impl FnOnce(u64) -> Option<ConsistencyProof>,
    ) -> Option<Arc<Believed>> {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = followed.as_ref().filter(|known| known.is_of(signed)) {
            return Some(Arc::clone(known));
        }
        let next = match followed.as_ref() {
            Some(known) => consistency(known.checkpoint().size)
                .and_then(|proof| known.continued(signed, &proof, self.policy()))
                // Nothing that was proved before counts then.
                .or_else(|| Believed::new(signed, self.policy())),
            None => Believed::new(signed, self.policy()),
        };
        *followed = next.map(Arc::new);
        followed.clone()
    }

    /// The checkpoint that was followed last.
    pub fn followed(&self) -> Option<Arc<Believed>> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How much is settled.
    pub fn count_settled(&self) -> usize {
        self.settled.len()
    }

    pub(crate) fn all_settled(&self) -> Vec<(Of, Arc<Settled>)> {
        self.settled.iter().collect()
    }

    /// Begins with what was settled under a checkpoint; whether nothing was followed before.
    pub(crate) fn settle_all(
        &self,
        tree: Believed,
        settled: Vec<(Of, Settled)>,
        answers: &[Arc<Answers>],
        grounds: &[Arc<Ground>],
    ) -> bool {
        let mut followed = self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        if followed.is_some() {
            return false;
        }
        *followed = Some(Arc::new(tree));
        self.shared.keep(answers);
        self.grounds.keep(grounds);
        for (of, settled) in settled {
            self.settled.insert(of, Arc::new(settled));
        }
        true
    }

    /// Remembers what was found of a dossier of which everything passed, if it is under the checkpoint that was followed last.
    pub(crate) fn settle(&self, dossier: &Dossier, found: Found, report: &Report) {
        let Some(tree) =
            self.followed().filter(|tree| dossier.checkpoint.as_ref().is_some_and(|signed| tree.is_of(signed)))
        else {
            return;
        };
        let Some((_, certificate)) = dossier.certificate(&dossier.certificate) else { return };
        let Some(included) = dossier.statements.get(&dossier.certificate) else { return };
        let shared = |answers: &Arc<Answers>| self.shared(answers);
        let rendering = self.shared(&Answers { people: Vec::new(), computation: vec![found.rendering.clone()] });
        let links: Vec<_> = found.links.iter().map(|(number, answers)| (number.clone(), shared(answers))).collect();
        let found = Found { links, ..found };
        let Some((_, answers)) = found.links.first().cloned() else { return };
        let Some((statements, ground)) = ground(dossier, &found) else { return };
        let settled = Settled {
            number: certificate.number.clone(),
            valid_through: report.valid_through,
            synthetic: report.synthetic,
            index: included.index,
            tree_size: tree.checkpoint().size,
            rendering,
            answers,
            statements,
            ground: self.grounds.one(ground),
        };
        self.settled.insert(included.signed.hash_bytes(), Arc::new(settled));
    }
}

/// Values of which equal ones are kept once.
struct Shared<T>(Mutex<BTreeSet<Arc<T>>>);

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Ord> Shared<T> {
    /// Keeps these as well.
    fn keep(&self, values: &[Arc<T>]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(values.iter().cloned());
    }

    /// The one that is kept of those that are equal.
    fn one(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept.get(&value) {
            return Arc::clone(known);
        }
        if kept.len() >= DIFFERENT {
            kept.clear();
        }
        kept.insert(Arc::clone(&value));
        value
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
