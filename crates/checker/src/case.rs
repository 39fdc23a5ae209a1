//! What the checks look at: a dossier, whom the policy trusts, and what the statements prove of keys and authorizations.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use heng_rule::Rule;
use heng_statement::authority::{Anchor, Authority};
use heng_statement::{Body, Correction, PublicKey, SignedStatement};

use crate::bundle::decoded;
use crate::dossier::Dossier;
use crate::memory::{Grounds, Memory, grounds};
use crate::policy::Policy;
use crate::report::Reason;

/// What the checks look at.
pub(crate) struct Case<'a> {
    /// The certificate and what proves it.
    pub dossier: &'a Dossier,
    /// Whom to trust; absent if nobody said.
    pub policy: Option<&'a Policy>,
    /// What the statements prove about keys and authorizations.
    pub authority: Arc<Authority>,
    /// What passed before, where the one who checks is a service.
    pub memory: Option<(&'a Memory, Grounds)>,
    /// Whether the log signed what it says of the standing; found once.
    pub standing_is_by_log: OnceLock<bool>,
    /// The rules that were read without a memory, by the SHA-256 of their texts: all certificates of a bundle may be by one.
    rules: Mutex<BTreeMap<String, Option<Arc<Rule>>>>,
}

impl<'a> Case<'a> {
    /// The case of a dossier from anywhere.
    pub fn open(dossier: &'a Dossier, policy: Option<&'a Policy>) -> Result<Self, Reason> {
        let anchors = policy.map(anchors).transpose()?.unwrap_or_default();
        let authority = Arc::new(established(dossier, &anchors));
        Ok(Self::of(dossier, policy, authority, None))
    }

    /// The case of a dossier from a log at hand, with what passed before.
    pub fn with_memory(dossier: &'a Dossier, memory: &'a Memory) -> Result<Self, Reason> {
        let policy = memory.policy();
        let anchors = policy.map(anchors).transpose()?.unwrap_or_default();
        let grounds = grounds(dossier);
        let authority = memory.authority(&grounds, || established(dossier, &anchors));
        let memory = Some((memory, grounds));
        Ok(Self::of(dossier, policy, authority, memory))
    }

    fn of(
        dossier: &'a Dossier,
        policy: Option<&'a Policy>,
        authority: Arc<Authority>,
        memory: Option<(&'a Memory, Grounds)>,
    ) -> Self {
        Self { dossier, policy, authority, memory, standing_is_by_log: OnceLock::new(), rules: Mutex::default() }
    }

    /// The corrections among the statements.
    pub fn corrections(&self) -> impl Iterator<Item = (&SignedStatement, &Correction)> {
        self.dossier.statements.values().filter_map(|included| match &included.signed.statement.body {
            Body::Correct(correction) => Some((&*included.signed, correction)),
            _ => None,
        })
    }

    /// The rule whose text has this SHA-256; nothing if the text cannot be read as one.
    pub fn rule(&self, sha256: &str, text: &[u8]) -> Option<Arc<Rule>> {
        let read = || Rule::parse(text).ok().map(|(rule, _)| rule);
        match self.memory {
            Some((memory, _)) => memory.rule(sha256, read),
            None => {
                let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
                rules.entry(sha256.to_owned()).or_insert_with(|| read().map(Arc::new)).clone()
            }
        }
    }
}

fn established(dossier: &Dossier, anchors: &[Anchor]) -> Authority {
    Authority::new(dossier.statements.values().map(|included| &*included.signed), anchors)
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;

    use super::Case;
    use crate::{Bundle, Dossier};

    #[test]
    fn a_rule_that_many_certificates_are_by_is_read_once() {
        let bytes = include_bytes!("../../../schemas/golden/heng-bundle-1/e2-weights.heng");
        let dossier = Dossier::open(&Bundle::parse(bytes).unwrap()).unwrap();
        let case = Case::open(&dossier, None).unwrap();
        let mut rules =
            dossier.texts.iter().filter_map(|(sha256, text)| Some((sha256, text, case.rule(sha256, text)?)));
        let (sha256, text, rule) = rules.next().unwrap();
        assert!(Arc::ptr_eq(&rule, &case.rule(sha256, text).unwrap()));
    }
}
