//! Canonical JSON (RFC 8785) within I-JSON (RFC 7493): one value, one spelling, so that hashes and signatures are of facts and not of spaces.
//!
//! Numbers are integers only. A measured value is a decimal in a string (it keeps its digits), and a float would bring in the one part of
//! RFC 8785 that implementations get wrong.

use serde::Serialize;
use serde_json::Value;

mod writer;

/// The largest canonical JSON text that is read. It holds the record and the certificate of an ordinary verification with their uncertainty
/// budgets; larger data belongs in a document that the statement cites by its hash.
pub const LARGEST_TEXT: usize = 256 * 1024;

/// How deep arrays and objects may nest.
pub const GREATEST_DEPTH: usize = 32;

/// The largest integer that every JSON implementation keeps exactly (RFC 7493, 2.2): 2⁵³ − 1.
pub const LARGEST_INTEGER: u64 = 9_007_199_254_740_991;

/// The text is no canonical JSON, or the value has no canonical form.
#[derive(Debug, thiserror::Error)]
pub enum CanonicalError {
    /// More than `LARGEST_TEXT` bytes.
    #[error("{length} bytes are more than the {largest} that there may be")]
    TooLarge {
        /// How many bytes there are.
        length: usize,
        /// How many there may be.
        largest: usize,
    },
    /// Nested beyond `GREATEST_DEPTH`.
    #[error("nested deeper than {GREATEST_DEPTH} levels")]
    TooDeep,
    /// A number that is no integer, or is beyond ±`LARGEST_INTEGER`.
    #[error("the number {number} is no integer that every reader keeps exactly")]
    Number {
        /// The number as read.
        number: String,
    },
    /// A code point that RFC 7493, 2.1 forbids.
    #[error("a text contains the noncharacter U+{code_point:04X}")]
    Noncharacter {
        /// The code point.
        code_point: u32,
    },
    /// Not JSON at all, or not of the expected form.
    #[error("not the expected JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// JSON, but spelled otherwise than the canonical form: order, spaces, escapes, repeated or unknown members, digits with a plus sign …
    #[error("the text differs from its own canonical form at byte {offset}")]
    NotCanonical {
        /// The first byte that differs, counted from 0.
        offset: usize,
    },
}

impl serde::ser::Error for CanonicalError {
    fn custom<T: std::fmt::Display>(reason: T) -> Self {
        Self::Json(serde::ser::Error::custom(reason))
    }
}

/// The canonical bytes of a statement or of a part of it (RFC 8785, 3.2), in UTF-8.
pub fn canonical_bytes<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, CanonicalError> {
    canonical_bytes_within(value, LARGEST_TEXT)
}

/// The canonical bytes of a value that may be as large as its format allows, for example a bundle of many statements.
pub fn canonical_bytes_within<T: Serialize + ?Sized>(value: &T, largest: usize) -> Result<Vec<u8>, CanonicalError> {
    written(value, None, largest)
}

/// The canonical bytes of a struct as if it did not have this member.
pub(crate) fn canonical_bytes_without<T: Serialize + ?Sized>(
    value: &T,
    member: &'static str,
) -> Result<Vec<u8>, CanonicalError> {
    written(value, Some(member), LARGEST_TEXT)
}

fn written<T: Serialize + ?Sized>(
    value: &T,
    left_out: Option<&'static str>,
    largest: usize,
) -> Result<Vec<u8>, CanonicalError> {
    let mut out = Vec::new();
    value.serialize(writer::Writer { out: &mut out, depth_left: GREATEST_DEPTH, left_out })?;
    if out.len() > largest {
        return Err(CanonicalError::TooLarge { length: out.len(), largest });
    }
    Ok(out)
}

/// Reads a text that must be its own canonical form.
pub fn parse_canonical(bytes: &[u8]) -> Result<Value, CanonicalError> {
    if bytes.len() > LARGEST_TEXT {
        return Err(CanonicalError::TooLarge { length: bytes.len(), largest: LARGEST_TEXT });
    }
    let value: Value = serde_json::from_slice(bytes)?;
    require_same(bytes, &canonical_bytes(&value)?)?;
    Ok(value)
}

/// Passes only if both texts are the same bytes.
pub(crate) fn require_same(given: &[u8], canonical: &[u8]) -> Result<(), CanonicalError> {
    if given == canonical {
        return Ok(());
    }
    let offset = given.iter().zip(canonical).take_while(|(left, right)| left == right).count();
    Err(CanonicalError::NotCanonical { offset })
}
