//! Canonical JSON (RFC 8785) within I-JSON (RFC 7493): one value, one spelling, so that hashes and signatures are of facts and not of spaces.
//!
//! Numbers are integers only. A measured value is a decimal in a string (it keeps its digits), and a float would bring in the one part of
//! RFC 8785 that implementations get wrong.

use serde_json::Value;

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

/// The canonical bytes of a statement's value (RFC 8785, 3.2), in UTF-8.
pub fn canonical_bytes(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    canonical_bytes_within(value, LARGEST_TEXT)
}

/// The canonical bytes of a value that may be as large as its format allows, for example a bundle of many statements.
pub fn canonical_bytes_within(value: &Value, largest: usize) -> Result<Vec<u8>, CanonicalError> {
    let mut out = Vec::new();
    write(value, GREATEST_DEPTH, &mut out)?;
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

fn write(value: &Value, depth_left: usize, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => {
            let kept_exactly = number.as_i64().is_some_and(|integer| integer.unsigned_abs() <= LARGEST_INTEGER);
            if !kept_exactly {
                return Err(CanonicalError::Number { number: number.to_string() });
            }
            out.extend_from_slice(number.to_string().as_bytes());
        }
        Value::String(text) => write_text(text, out)?,
        Value::Array(items) => {
            let depth_left = depth_left.checked_sub(1).ok_or(CanonicalError::TooDeep)?;
            out.push(b'[');
            for (position, item) in items.iter().enumerate() {
                if position > 0 {
                    out.push(b',');
                }
                write(item, depth_left, out)?;
            }
            out.push(b']');
        }
        Value::Object(members) => {
            let depth_left = depth_left.checked_sub(1).ok_or(CanonicalError::TooDeep)?;
            let mut sorted: Vec<_> = members.iter().collect();
            // RFC 8785, 3.2.3: by UTF-16 code units, which differs from the order of UTF-8 bytes above U+FFFF.
            // Among ASCII names, as nearly all are, the two are one.
            if members.keys().all(|name| name.is_ascii()) {
                sorted.sort_by_key(|(name, _)| *name);
            } else {
                sorted.sort_by(|(left, _), (right, _)| left.encode_utf16().cmp(right.encode_utf16()));
            }
            out.push(b'{');
            for (position, (name, member)) in sorted.into_iter().enumerate() {
                if position > 0 {
                    out.push(b',');
                }
                write_text(name, out)?;
                out.push(b':');
                write(member, depth_left, out)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn write_text(text: &str, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    let forbidden = |code_point: &u32| matches!(code_point, 0xFDD0..=0xFDEF) || code_point & 0xFFFE == 0xFFFE;
    if let Some(code_point) = text.chars().map(u32::from).find(forbidden) {
        return Err(CanonicalError::Noncharacter { code_point });
    }
    // serde_json escapes exactly what RFC 8785, 3.2.2.2 asks for, the same way.
    serde_json::to_writer(out, text)?;
    Ok(())
}
