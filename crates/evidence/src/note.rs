//! Signed notes (C2SP signed-note) and the keys that sign them.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// More signatures than this are refused; the specification asks for at least 16.
const MOST_SIGNATURES: usize = 64;

/// Not a note or not a key in its one encoding.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not a text, a blank line and signature lines.
    #[error("not a signed note")]
    Form,
    /// Line of a signature, counted from 1 among those, that is none.
    #[error("line {line} of the signatures is no signature")]
    SignatureLine {
        /// Counted from 1.
        line: usize,
    },
    /// More signatures than are read.
    #[error("{count} signatures are more than {MOST_SIGNATURES}")]
    TooMany {
        /// How many there are.
        count: usize,
    },
    /// Not a verifier key.
    #[error("{text:?} is no verifier key")]
    Key {
        /// The text, cut to a readable length.
        text: String,
    },
}

/// How a key signs notes: the signature type byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyKind {
    /// 0x01: Ed25519 over the note's text.
    Ed25519,
    /// 0x04: Ed25519 over the text with a time before it (C2SP tlog-cosignature).
    Cosignature,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::Cosignature => 0x04,
        }
    }
}

/// The public key of a log or of a witness with its name, written as `name+1a2b3c4d+base64` (vkey).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    key: [u8; 32],
}

impl VerifierKey {
    /// A key with its name, which has no white space and no `+`.
    pub fn new(name: &str, kind: KeyKind, key: [u8; 32]) -> Result<Self, NoteError> {
        if !is_key_name(name) {
            return Err(key_error(name));
        }
        Ok(Self { name: name.to_owned(), kind, key })
    }

    /// The name in signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it signs.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The Ed25519 public key.
    pub fn key(&self) -> &[u8; 32] {
        &self.key
    }

    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key).
    pub fn key_hash(&self) -> [u8; 4] {
        let hash = Sha256::new()
            .chain_update(&self.name)
            .chain_update([b'\n', self.kind.byte()])
            .chain_update(self.key)
            .finalize();
        let [first, second, third, fourth, ..]: [u8; 32] = hash.into();
        [first, second, third, fourth]
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let material = STANDARD.encode([&[self.kind.byte()][..], &self.key].concat());
        write!(formatter, "{}+{}+{material}", self.name, hex::encode(self.key_hash()))
    }
}

impl FromStr for VerifierKey {
    type Err = NoteError;

    fn from_str(text: &str) -> Result<Self, NoteError> {
        let key = || {
            let (name, rest) = text.split_once('+')?;
            let (_, material) = rest.split_once('+')?;
            let material = STANDARD.decode(material).ok()?;
            let (kind, key) = material.split_first()?;
            let kind = [KeyKind::Ed25519, KeyKind::Cosignature].into_iter().find(|known| known.byte() == *kind)?;
            Self::new(name, kind, key.try_into().ok()?).ok()
        };
        key().filter(|key| key.to_string() == text).ok_or_else(|| key_error(text))
    }
}

fn key_error(text: &str) -> NoteError {
    NoteError::Key { text: text.chars().take(80).collect() }
}

fn is_key_name(name: &str) -> bool {
    !name.is_empty()
        && !name.contains(|character: char| character.is_whitespace() || character.is_control() || character == '+')
}

/// One line of a note's signatures, authentic or not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteSignature {
    /// The name of the key that is said to have signed.
    pub name: String,
    /// The short identifier of that key.
    pub key_hash: [u8; 4],
    /// The signature, whose form depends on the key's kind.
    pub signature: Vec<u8>,
}

impl NoteSignature {
    /// Whether it is said to be by this key.
    pub fn is_by(&self, key: &VerifierKey) -> bool {
        self.name == key.name && self.key_hash == key.key_hash()
    }
}

/// A text with signatures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The text, ending in a newline.
    pub text: String,
    /// The signatures in their order.
    pub signatures: Vec<NoteSignature>,
}

impl fmt::Display for Note {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{}", self.text)?;
        for signature in &self.signatures {
            let encoded = STANDARD.encode([&signature.key_hash[..], &signature.signature].concat());
            writeln!(formatter, "— {} {encoded}", signature.name)?;
        }
        Ok(())
    }
}

impl FromStr for Note {
    type Err = NoteError;

    fn from_str(note: &str) -> Result<Self, NoteError> {
        if note.contains(|character: char| character < ' ' && character != '\n') {
            return Err(NoteError::Form);
        }
        let (body, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Form)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Form)?;
        let count = lines.split('\n').count();
        if count > MOST_SIGNATURES {
            return Err(NoteError::TooMany { count });
        }
        let signature = |line: &str| {
            let (name, encoded) = line.strip_prefix("— ")?.split_once(' ')?;
            let bytes = STANDARD.decode(encoded).ok()?;
            let (key_hash, signature) = bytes.split_first_chunk()?;
            let signature = NoteSignature { name: name.to_owned(), key_hash: *key_hash, signature: signature.to_vec() };
            (is_key_name(name) && !signature.signature.is_empty()).then_some(signature)
        };
        let signatures = (1..)
            .zip(lines.split('\n'))
            .map(|(line, text)| signature(text).ok_or(NoteError::SignatureLine { line }))
            .collect::<Result<_, _>>()?;
        let note = Self { text: format!("{body}\n"), signatures };
        Ok(note)
    }
}
