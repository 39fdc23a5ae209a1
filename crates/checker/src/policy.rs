//! Whom a checker trusts: the anchors, the log and the witnesses, by their keys.

use serde::{Deserialize, Serialize};

/// A policy file, `heng-policy/1`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// `heng-policy/1`.
    pub format: String,
    /// Parties whose keys are taken as given.
    pub anchor: Vec<Anchor>,
    /// Logs that are believed.
    pub log: Vec<LogKey>,
    /// How many witnesses must have seen the same checkpoint.
    #[serde(default)]
    pub witnesses: Witnesses,
}

/// A party whose key is taken as given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// The party.
    pub party: String,
    /// Its public key as SubjectPublicKeyInfo DER, base64.
    pub public_key: String,
}

/// A log that is believed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogKey {
    /// The first line of its checkpoints.
    pub origin: String,
    /// Its public key as SubjectPublicKeyInfo DER, base64.
    pub public_key: String,
}

/// The witnesses that count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Witnesses {
    /// How many of `key` must have signed.
    #[serde(default)]
    pub required: usize,
    /// Their keys, as verifier keys of signed notes.
    #[serde(default)]
    pub key: Vec<String>,
}

/// The policy cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// No such text.
    #[error("the policy cannot be read: {0}")]
    Unreadable(String),
    /// A format of another version.
    #[error("the policy's format is {0:?}, not heng-policy/1")]
    Format(String),
}

/// The one version there is.
const FORMAT: &str = "heng-policy/1";

impl Policy {
    /// A policy with one anchor and one log, and no witnesses required.
    pub fn new(anchor: Anchor, log: LogKey) -> Self {
        Self { format: FORMAT.to_owned(), anchor: vec![anchor], log: vec![log], witnesses: Witnesses::default() }
    }

    /// Reads a policy file.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let policy: Self = toml::from_str(text).map_err(|error| PolicyError::Unreadable(error.to_string()))?;
        if policy.format == FORMAT { Ok(policy) } else { Err(PolicyError::Format(policy.format)) }
    }

    /// Writes a policy file.
    pub fn to_text(&self) -> Result<String, PolicyError> {
        toml::to_string(self).map_err(|error| PolicyError::Unreadable(error.to_string()))
    }

    /// Trusts all that either policy trusts; the stricter demand on witnesses stays.
    pub fn joined(mut self, other: Self) -> Self {
        self.anchor.extend(other.anchor.into_iter().filter(|anchor| !self.anchor.contains(anchor)).collect::<Vec<_>>());
        self.log.extend(other.log.into_iter().filter(|log| !self.log.contains(log)).collect::<Vec<_>>());
        self.witnesses.required = self.witnesses.required.max(other.witnesses.required);
        let new_keys = other.witnesses.key.into_iter().filter(|key| !self.witnesses.key.contains(key));
        let new_keys: Vec<_> = new_keys.collect();
        self.witnesses.key.extend(new_keys);
        self
    }
}
