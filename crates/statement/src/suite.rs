//! The signature suites, chosen per key.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A signature algorithm with its curve and its hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suite {
    /// Ed25519 (RFC 8032); COSE algorithm −8 (EdDSA).
    Ed25519,
    /// ECDSA over P-256 with SHA-256, nonce by RFC 6979, only the lower of the two s; COSE algorithm −7 (ES256).
    Es256,
    /// SM2 over sm2p256v1 with SM3 (GB/T 32918.2, GB/T 32905), distinguishing identifier `SM2_IDENTIFIER`; no COSE algorithm is registered.
    Sm2,
}

/// The distinguishing identifier that GB/T 35276 sets for use without another one.
pub const SM2_IDENTIFIER: &str = "1234567812345678";

/// Our COSE algorithm number for SM2 with SM3, in the range left to private use (below −65536, RFC 9054 and the IANA registry).
pub const COSE_SM2: i64 = -65_602;

/// The text names no suite.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is no signature suite; there are ed25519, es256 and sm2")]
pub struct UnknownSuite {
    /// The text as given.
    pub text: String,
}

impl Suite {
    /// All suites.
    pub const ALL: [Self; 3] = [Self::Ed25519, Self::Es256, Self::Sm2];

    /// The name in key statements and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "ed25519",
            Self::Es256 => "es256",
            Self::Sm2 => "sm2",
        }
    }

    /// The COSE algorithm identifier, for the `alg` header of statements and receipts.
    pub fn cose_algorithm(self) -> i64 {
        match self {
            Self::Ed25519 => -8,
            Self::Es256 => -7,
            Self::Sm2 => COSE_SM2,
        }
    }
}

impl fmt::Display for Suite {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl FromStr for Suite {
    type Err = UnknownSuite;

    fn from_str(text: &str) -> Result<Self, UnknownSuite> {
        Self::ALL.into_iter().find(|suite| suite.name() == text).ok_or_else(|| UnknownSuite { text: text.to_owned() })
    }
}
