//! Checkpoints (C2SP tlog-checkpoint): the signed size and root of a log.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::hash::Hash;
use crate::note::{KeyKind, Note, NoteError, NoteSignature, VerifierKey};

/// The size and the root of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's unique name, one line.
    pub origin: String,
    /// How many leaves.
    pub size: u64,
    /// Their root.
    pub root: Hash,
}

/// Not a checkpoint, or not one by the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// No signed note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text is not origin, size and root in their one spelling. Extension lines are refused: nobody could audit them.
    #[error("not the text of a checkpoint")]
    Text,
    /// No signature is by the log's key.
    #[error("the checkpoint carries no signature by {name}")]
    Unsigned {
        /// The name of the log's key.
        name: String,
    },
    /// A signature says it is by the log's key and is not.
    #[error("the signature said to be by {name} is not")]
    NotAuthentic {
        /// The name of the log's key.
        name: String,
    },
    /// The key is not of the kind that signs checkpoints, or its name is not the origin.
    #[error("{name} is no key for this log's checkpoints")]
    Key {
        /// The name of the key.
        name: String,
    },
}

/// The text that is signed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}\n{}\n{}", self.origin, self.size, STANDARD.encode(self.root))
    }
}

impl FromStr for Checkpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let checkpoint = || {
            let mut lines = text.split('\n');
            let origin = lines.next().filter(|origin| !origin.is_empty())?;
            let size = lines.next()?.parse().ok()?;
            let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
            Some(Self { origin: origin.to_owned(), size, root })
        };
        checkpoint().filter(|checkpoint| checkpoint.to_string() == text).ok_or(CheckpointError::Text)
    }
}

/// A checkpoint with its signatures, authentic or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

/// Why signing failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningError<E> {
    /// The key cannot sign this.
    #[error(transparent)]
    Checkpoint(CheckpointError),
    /// The signing function failed.
    #[error("the key could not sign: {0}")]
    Signer(E),
}

impl Checkpoint {
    /// Signs the checkpoint with the log's key, whose name is the origin. `sign` makes an Ed25519 signature with its private half.
    pub fn signed<E>(
        self,
        key: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<SignedCheckpoint, SigningError<E>> {
        let text = self.to_string();
        if key.kind() != KeyKind::Ed25519 || key.name() != self.origin || text.parse::<Self>().as_ref() != Ok(&self) {
            return Err(SigningError::Checkpoint(CheckpointError::Key { name: key.name().to_owned() }));
        }
        let signature = sign(text.as_bytes()).map_err(SigningError::Signer)?.to_vec();
        let signature = NoteSignature { name: key.name().to_owned(), key_hash: key.key_hash(), signature };
        Ok(SignedCheckpoint { checkpoint: self, note: Note { text, signatures: vec![signature] } })
    }
}

impl SignedCheckpoint {
    /// What is signed; not to be relied on before `authenticate` has passed.
    pub fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The signatures, authentic or not, in their order.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.note.signatures
    }

    /// Passes if the log's key signed. `authentic` tells whether an Ed25519 public key signed a message.
    pub fn authenticate(
        &self,
        key: &VerifierKey,
        authentic: impl Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
    ) -> Result<&Checkpoint, CheckpointError> {
        let name = || key.name().to_owned();
        if key.kind() != KeyKind::Ed25519 || key.name() != self.checkpoint.origin {
            return Err(CheckpointError::Key { name: name() });
        }
        let mut said = self.note.signatures.iter().filter(|signature| signature.is_by(key)).peekable();
        if said.peek().is_none() {
            return Err(CheckpointError::Unsigned { name: name() });
        }
        let is_authentic = |signature: &NoteSignature| {
            let bytes = signature.signature.as_slice().try_into();
            bytes.is_ok_and(|bytes| authentic(key.key(), self.note.text.as_bytes(), bytes))
        };
        if said.all(is_authentic) { Ok(&self.checkpoint) } else { Err(CheckpointError::NotAuthentic { name: name() }) }
    }

    /// Adds a witness's cosignature made at a time, in seconds since 1970. A witness first checks that the log only grew.
    pub fn cosign<E>(
        &mut self,
        key: &VerifierKey,
        time: u64,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<(), SigningError<E>> {
        if key.kind() != KeyKind::Cosignature || i64::try_from(time).is_err() {
            return Err(SigningError::Checkpoint(CheckpointError::Key { name: key.name().to_owned() }));
        }
        let signature = sign(&self.cosigned_message(time)).map_err(SigningError::Signer)?;
        let signature = [&time.to_be_bytes()[..], &signature].concat();
        self.note.signatures.push(NoteSignature { name: key.name().to_owned(), key_hash: key.key_hash(), signature });
        Ok(())
    }

    /// What a witness signs at a time (C2SP tlog-cosignature, Ed25519 signed message).
    pub(crate) fn cosigned_message(&self, time: u64) -> Vec<u8> {
        format!("cosignature/v1\ntime {time}\n{}", self.note.text).into_bytes()
    }
}

/// The whole note, as served at `checkpoint`.
impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(formatter)
    }
}

impl FromStr for SignedCheckpoint {
    type Err = CheckpointError;

    fn from_str(text: &str) -> Result<Self, CheckpointError> {
        let note: Note = text.parse()?;
        let checkpoint = note.text.parse()?;
        Ok(Self { checkpoint, note })
    }
}
