//! Witnesses: who else has seen that the log only grew.

use std::collections::BTreeSet;

use crate::checkpoint::SignedCheckpoint;
use crate::note::{KeyKind, NoteSignature, VerifierKey};

/// How many of which witnesses must have cosigned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WitnessPolicy {
    /// How many different witnesses.
    pub required: usize,
    /// Of these.
    pub of: Vec<VerifierKey>,
}

/// An authentic cosignature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cosignature {
    /// The witness.
    pub witness: VerifierKey,
    /// When it had seen the checkpoint, in seconds since 1970.
    pub time: u64,
}

/// What the signatures of a checkpoint say of its witnesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witnesses {
    /// How many were required.
    pub required: usize,
    /// Authentic cosignatures by witnesses of the policy, at most one for each key.
    pub authentic: Vec<Cosignature>,
    /// Signatures said to be by a witness of the policy that are not.
    pub not_authentic: Vec<NoteSignature>,
    /// Signatures by neither the log nor a witness of the policy: they count for nothing, and are not hidden.
    pub unknown: Vec<NoteSignature>,
}

impl Witnesses {
    /// Whether enough witnesses cosigned and no signature in their names is false.
    pub fn suffice(&self) -> bool {
        self.authentic.len() >= self.required && self.not_authentic.is_empty()
    }
}

impl WitnessPolicy {
    /// Looks at every signature other than the log's own. `authentic` tells whether an Ed25519 public key signed a message.
    pub fn witnesses(
        &self,
        signed: &SignedCheckpoint,
        log: &VerifierKey,
        authentic: impl Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
    ) -> Witnesses {
        let mut witnesses = Witnesses {
            required: self.required,
            authentic: Vec::new(),
            not_authentic: Vec::new(),
            unknown: Vec::new(),
        };
        // The signed message does not hold the witness's name: one key under two names is one witness.
        let mut counted = BTreeSet::new();
        for signature in signed.signatures().iter().filter(|signature| !signature.is_by(log)) {
            let known = self.of.iter().find(|key| key.kind() == KeyKind::Cosignature && signature.is_by(key));
            let Some(witness) = known else {
                witnesses.unknown.push(signature.clone());
                continue;
            };
            match time_of(signature, witness, signed, &authentic) {
                Some(time) if *witness.key() != *log.key() => {
                    if counted.insert(*witness.key()) {
                        witnesses.authentic.push(Cosignature { witness: witness.clone(), time });
                    }
                }
                _ => witnesses.not_authentic.push(signature.clone()),
            }
        }
        witnesses
    }
}

fn time_of(
    signature: &NoteSignature,
    witness: &VerifierKey,
    signed: &SignedCheckpoint,
    authentic: impl Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
) -> Option<u64> {
    let (time, bytes) = signature.signature.split_first_chunk()?;
    let time = u64::from_be_bytes(*time);
    let bytes = bytes.try_into().ok()?;
    let in_range = i64::try_from(time).is_ok();
    (in_range && authentic(witness.key(), &signed.cosigned_message(time), bytes)).then_some(time)
}
