//! The bundle: a certificate with every statement it rests on, their proofs, and the texts they fix by hash.
//!
//! A bundle is canonical JSON (RFC 8785), so that a reader can open it with any editor and no byte of it is free.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use heng_statement::StatementHash;
use serde::{Deserialize, Serialize};

/// The one version there is.
pub const FORMAT: &str = "heng-bundle/1";

/// Larger bundles are refused before they are read: a chain of twenty certificates needs less than a tenth of it.
pub const LARGEST: usize = 32 << 20;

/// A certificate with all that proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// `heng-bundle/1`.
    pub format: String,
    /// The certificate that the bundle is about.
    pub certificate: StatementHash,
    /// The log's checkpoint, a signed note with its witnesses' signatures.
    pub checkpoint: String,
    /// The log's receipt for the certificate (RFC 9942), base64.
    pub receipt: String,
    /// What the log says of the standing of every certificate in the bundle: a signed statement that is not itself in the log, base64.
    pub standing: String,
    /// Every statement that the certificate rests on, and itself.
    pub statements: Vec<Logged>,
    /// Rule files and XML documents, base64; statements fix them by their SHA-256.
    pub texts: Vec<String>,
}

/// A statement with its proof of inclusion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logged {
    /// The COSE bytes, base64.
    pub bytes: String,
    /// Its place in the log.
    pub index: u64,
    /// The hashes of the audit path under the checkpoint, from the leaf upwards, base64.
    pub path: Vec<String>,
}

/// The bytes are no bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Too large to be read.
    #[error("the bundle has {0} bytes, more than any real one")]
    TooLarge(usize),
    /// Not the JSON of a bundle.
    #[error("this is no bundle: {0}")]
    Unreadable(String),
    /// Another format or version.
    #[error("the format is {0:?}, not heng-bundle/1")]
    Format(String),
    /// The same content in other bytes: someone has changed the file.
    #[error("the bytes are not the canonical form of their content")]
    NotCanonical,
}

impl Bundle {
    /// Reads a bundle strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        if bytes.len() > LARGEST {
            return Err(BundleError::TooLarge(bytes.len()));
        }
        let bundle: Self = serde_json::from_slice(bytes).map_err(|error| BundleError::Unreadable(error.to_string()))?;
        if bundle.format != FORMAT {
            return Err(BundleError::Format(bundle.format));
        }
        if bundle.to_bytes()? == bytes { Ok(bundle) } else { Err(BundleError::NotCanonical) }
    }

    /// The canonical bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        heng_statement::canonical::canonical_bytes_within(self, LARGEST)
            .map_err(|error| BundleError::Unreadable(error.to_string()))
    }
}

/// Bytes as a bundle carries them.
pub fn encoded(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes that a bundle carries; nothing where the text is not their one encoding.
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
