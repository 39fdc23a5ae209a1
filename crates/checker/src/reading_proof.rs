//! The proof of one reading as a file: its line, the way to the root of its segment, and the bundle of the statement that sealed the segment.

use serde::{Deserialize, Serialize};

use crate::bundle::{Bundle, BundleError, LARGEST};

/// The one version there is.
pub const FORMAT: &str = "heng-reading-proof/1";

/// How a reading is written as a leaf.
pub const LEAF: &str = "heng-reading/1";

/// A reading with all that proves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingProof {
    /// The statement that sealed the segment, with what it rests on.
    pub bundle: Bundle,
    /// `heng-reading-proof/1`.
    pub format: String,
    /// The place of the reading among those of its segment, from 0.
    pub index: u64,
    /// The reading as it was sealed (`heng-reading/1`).
    pub line: String,
    /// The hashes beside the way from the reading to the root, upwards, base64.
    pub path: Vec<String>,
}

/// What is read of a line; whatever else it says is sealed with it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SealedReading {
    /// `heng-reading/1`.
    pub format: String,
    /// Who fed it.
    pub feed: String,
    /// The meter.
    pub meter: String,
    /// The register.
    pub register: String,
    /// When.
    pub at: String,
    /// What was read.
    pub value: String,
    /// In which unit.
    pub unit: String,
}

impl ReadingProof {
    /// Whether bytes begin like one: canonical JSON begins with the bundle, and the bundle with its certificate.
    pub fn is_one(bytes: &[u8]) -> bool {
        bytes.starts_with(b"{\"bundle\":{")
    }

    /// Reads a proof strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        if bytes.len() > LARGEST {
            return Err(BundleError::TooLarge(bytes.len()));
        }
        let proof: Self = serde_json::from_slice(bytes).map_err(|error| BundleError::Unreadable(error.to_string()))?;
        if proof.format != FORMAT {
            return Err(BundleError::Format(proof.format));
        }
        if proof.to_bytes()? == bytes { Ok(proof) } else { Err(BundleError::NotCanonical) }
    }

    /// The canonical bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        heng_statement::canonical::canonical_bytes_within(self, LARGEST)
            .map_err(|error| BundleError::Unreadable(error.to_string()))
    }

    /// What the line says; nothing where it is no reading.
    pub fn reading(&self) -> Option<SealedReading> {
        serde_json::from_str(&self.line).ok().filter(|reading: &SealedReading| reading.format == LEAF)
    }
}
