//! A checkpoint that the policy believes, and how far back it is known to continue the log.
//!
//! A log's tree only grows. What was proved to be in the tree of one checkpoint is in the tree of every later one that continues it, and one
//! consistency proof shows that for all statements at once (RFC 9162, section 2.1.4). So a service that follows its log proves a statement once.

use std::sync::Arc;

use heng_evidence::{Checkpoint, ConsistencyProof, SignedCheckpoint};

use crate::policy::Policy;
use crate::proofs::{checkpoint, witnesses};
use crate::report::{Check, Outcome};

/// A checkpoint that passed the checks `checkpoint` and `witnesses`.
#[derive(Clone, Debug)]
pub struct Believed {
    signed: Arc<SignedCheckpoint>,
    /// The smallest tree that this one was shown to continue.
    since: u64,
    /// Both checks, about nothing yet.
    checks: [Check; 2],
}

impl Believed {
    /// A checkpoint by itself; nothing if it does not pass.
    pub fn new(signed: &Arc<SignedCheckpoint>, policy: Option<&Policy>) -> Option<Self> {
        let (log, answer) = checkpoint(Some(signed.as_ref()), policy);
        let (log, _) = log?;
        let seen = witnesses(policy, &log, signed);
        let check = |name, (outcome, reason)| Check { name, subject: String::new(), outcome, reason };
        let checks = [check("checkpoint", answer), check("witnesses", seen)];
        let has_passed = checks.iter().all(|check| check.outcome == Outcome::Passed);
        has_passed.then(|| Self { since: signed.checkpoint().size, signed: Arc::clone(signed), checks })
    }

    /// A later checkpoint of the same log; nothing if it does not pass, or is no continuation.
    pub fn continued(
        &self,
        signed: &Arc<SignedCheckpoint>,
        proof: &ConsistencyProof,
        policy: Option<&Policy>,
    ) -> Option<Self> {
        let next = Self::new(signed, policy)?;
        let (old, new) = (self.checkpoint(), signed.checkpoint());
        let is_continuation = new.origin == old.origin
            && (proof.old_size, proof.new_size) == (old.size, new.size)
            && proof.check(&old.root, &new.root).is_ok();
        is_continuation.then_some(Self { since: self.since, ..next })
    }

    /// The checkpoint.
    pub fn checkpoint(&self) -> &Checkpoint {
        self.signed.checkpoint()
    }

    /// Whether it is this one, with the same signatures.
    pub(crate) fn is_of(&self, signed: &Arc<SignedCheckpoint>) -> bool {
        Arc::ptr_eq(&self.signed, signed) || self.signed == *signed
    }

    /// The same, where it is known to continue an earlier tree of this size.
    pub(crate) fn known_since(self, size: u64) -> Option<Self> {
        (size <= self.checkpoint().size).then_some(Self { since: size, ..self })
    }

    pub(crate) fn since(&self) -> u64 {
        self.since
    }

    pub(crate) fn signed(&self) -> &SignedCheckpoint {
        &self.signed
    }

    /// Whether what was in the tree of this size is known to be in this one.
    pub(crate) fn continues(&self, size: u64) -> bool {
        (self.since..=self.checkpoint().size).contains(&size)
    }

    pub(crate) fn checks(&self) -> &[Check; 2] {
        &self.checks
    }
}
