//! A public key as people and files write it: hexadecimal, base64 or PEM.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// A longer text is no key: the longest, hexadecimal in PEM with its lines, has a few hundred characters.
pub const LONGEST_KEY: usize = 8 << 10;

/// The bytes that a key's text stands for; nothing where it is neither hexadecimal nor base64. White space is passed over.
///
/// OCPP 2.0.1 carries a key as the base64 of `oca:base16:asn1:` and hexadecimal digits, or of the same with `base64`; that too is taken.
pub fn key_bytes(text: &str) -> Option<Vec<u8>> {
    if text.len() > LONGEST_KEY {
        return None;
    }
    let body: String =
        text.lines().filter(|line| !line.trim_start().starts_with("-----")).flat_map(str::split_whitespace).collect();
    let named = |text: &str| {
        let (encoding, digits) = text.strip_prefix("oca:")?.split_once(":asn1:")?;
        match encoding {
            "base16" => hex::decode(digits).ok(),
            "base64" => STANDARD.decode(digits).ok(),
            _ => None,
        }
    };
    if body.starts_with("oca:") {
        return named(&body);
    }
    let bytes = encoded(body.strip_prefix("0x").unwrap_or(&body))?;
    match std::str::from_utf8(&bytes) {
        Ok(text) if text.starts_with("oca:") => named(text),
        _ => Some(bytes),
    }
}

/// Hexadecimal, else base64: a key in base64 that shows only hexadecimal digits, and an even number of them, does not occur.
pub(super) fn encoded(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() {
        return None;
    }
    hex::decode(text).ok().or_else(|| STANDARD.decode(text).ok())
}
