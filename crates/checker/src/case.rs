//! What the checks look at: a dossier, whom the policy trusts, and what the statements prove of keys and authorizations.

use std::sync::{Arc, OnceLock};

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
}

impl<'a> Case<'a> {
    /// The case of a dossier from anywhere.
    pub fn open(dossier: &'a Dossier, policy: Option<&'a Policy>) -> Result<Self, Reason> {
        let anchors = policy.map(anchors).transpose()?.unwrap_or_default();
        let authority = Arc::new(established(dossier, &anchors));
        Ok(Self { dossier, policy, authority, memory: None, standing_is_by_log: OnceLock::new() })
    }

    /// The case of a dossier from a log at hand, with what passed before.
    pub fn with_memory(dossier: &'a Dossier, memory: &'a Memory) -> Result<Self, Reason> {
        let policy = memory.policy();
        let anchors = policy.map(anchors).transpose()?.unwrap_or_default();
        let grounds = grounds(dossier);
        let authority = memory.authority(&grounds, || established(dossier, &anchors));
        let memory = Some((memory, grounds));
        Ok(Self { dossier, policy, authority, memory, standing_is_by_log: OnceLock::new() })
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
            None => read().map(Arc::new),
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
