//! Keys of the three suites, and the signatures they make and authenticate.

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey};
use p256::ecdsa::signature::{Signer, Verifier};
use p256::pkcs8::LineEnding;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

use crate::suite::{SM2_IDENTIFIER, Suite};

/// A signature of any suite as COSE carries it: for ES256 and SM2 r ‖ s, each 32 bytes, big-endian.
pub type Signature = [u8; 64];

/// A key or signature that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// No public key of a known suite in its one DER encoding.
    #[error("no SubjectPublicKeyInfo of an Ed25519, P-256 or SM2 key")]
    PublicKey,
    /// No private key of a known suite.
    #[error("no PKCS #8 private key of an Ed25519, P-256 or SM2 key")]
    PrivateKey,
    /// The key could not be written.
    #[error("the key could not be encoded")]
    Encoding,
    /// The suite's algorithm gave no signature.
    #[error("the key could not sign")]
    Signing,
    /// The signature is not by this key over these bytes.
    #[error("the signature is not by this key over these bytes")]
    Signature,
}

/// SHA-256 of a public key's SubjectPublicKeyInfo DER: how statements name keys.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub [u8; 32]);

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "KeyId({self})")
    }
}

impl FromStr for KeyId {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let mut id = [0; 32];
        hex::decode_to_slice(text, &mut id).map_err(|_| KeyError::PublicKey)?;
        Ok(Self(id))
    }
}

impl Serialize for KeyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for KeyId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[derive(Clone, Debug, PartialEq)]
enum PublicMaterial {
    Ed25519(ed25519_dalek::VerifyingKey),
    Es256(p256::ecdsa::VerifyingKey),
    Sm2(sm2::PublicKey),
}

/// A public key of one of the suites.
#[derive(Clone, Debug)]
pub struct PublicKey {
    material: PublicMaterial,
    spki_der: Vec<u8>,
}

impl PartialEq for PublicKey {
    fn eq(&self, other: &Self) -> bool {
        self.spki_der == other.spki_der
    }
}

impl Eq for PublicKey {}

impl PublicKey {
    fn new(material: PublicMaterial) -> Result<Self, KeyError> {
        let document = match &material {
            PublicMaterial::Ed25519(key) => key.to_public_key_der(),
            PublicMaterial::Es256(key) => key.to_public_key_der(),
            PublicMaterial::Sm2(key) => key.to_public_key_der(),
        };
        let spki_der = document.map_err(|_| KeyError::Encoding)?.into_vec();
        Ok(Self { material, spki_der })
    }

    /// Reads SubjectPublicKeyInfo DER; only the encoding that `to_spki_der` writes, so that a key has one identifier.
    pub fn from_spki_der(der: &[u8]) -> Result<Self, KeyError> {
        let material = if let Ok(key) = ed25519_dalek::VerifyingKey::from_public_key_der(der) {
            PublicMaterial::Ed25519(key)
        } else if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_der(der) {
            PublicMaterial::Es256(key)
        } else {
            PublicMaterial::Sm2(sm2::PublicKey::from_public_key_der(der).map_err(|_| KeyError::PublicKey)?)
        };
        let key = Self::new(material)?;
        if key.spki_der == der { Ok(key) } else { Err(KeyError::PublicKey) }
    }

    /// SubjectPublicKeyInfo DER.
    pub fn to_spki_der(&self) -> &[u8] {
        &self.spki_der
    }

    /// Reads a `PUBLIC KEY` PEM block, as OpenSSL writes it.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let material = if let Ok(key) = ed25519_dalek::VerifyingKey::from_public_key_pem(pem) {
            PublicMaterial::Ed25519(key)
        } else if let Ok(key) = p256::ecdsa::VerifyingKey::from_public_key_pem(pem) {
            PublicMaterial::Es256(key)
        } else {
            PublicMaterial::Sm2(sm2::PublicKey::from_public_key_pem(pem).map_err(|_| KeyError::PublicKey)?)
        };
        Self::new(material)
    }

    /// A `PUBLIC KEY` PEM block.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let pem = match &self.material {
            PublicMaterial::Ed25519(key) => key.to_public_key_pem(LineEnding::LF),
            PublicMaterial::Es256(key) => key.to_public_key_pem(LineEnding::LF),
            PublicMaterial::Sm2(key) => key.to_public_key_pem(LineEnding::LF),
        };
        pem.map_err(|_| KeyError::Encoding)
    }

    /// The suite the key is of.
    pub fn suite(&self) -> Suite {
        match &self.material {
            PublicMaterial::Ed25519(_) => Suite::Ed25519,
            PublicMaterial::Es256(_) => Suite::Es256,
            PublicMaterial::Sm2(_) => Suite::Sm2,
        }
    }

    /// SHA-256 of `to_spki_der`.
    pub fn key_id(&self) -> KeyId {
        KeyId(Sha256::digest(&self.spki_der).into())
    }

    /// The 32 raw bytes of an Ed25519 key, as signed notes carry them; nothing for the other suites.
    pub fn ed25519_bytes(&self) -> Option<[u8; 32]> {
        match &self.material {
            PublicMaterial::Ed25519(key) => Some(key.to_bytes()),
            _ => None,
        }
    }

    /// Reads the 32 raw bytes of an Ed25519 key.
    pub fn from_ed25519_bytes(bytes: &[u8; 32]) -> Result<Self, KeyError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| KeyError::PublicKey)?;
        Self::new(PublicMaterial::Ed25519(key))
    }

    /// Passes if the signature is by this key over these bytes. Of the spellings that an algorithm would allow, one is accepted: Ed25519
    /// without small-order points, ES256 only with the lower s (the other one would make a second statement with another hash).
    pub fn authenticate(&self, message: &[u8], signature: &Signature) -> Result<(), KeyError> {
        let refused = |_| KeyError::Signature;
        match &self.material {
            PublicMaterial::Ed25519(key) => {
                key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(signature)).map_err(refused)
            }
            PublicMaterial::Es256(key) => {
                let signature = p256::ecdsa::Signature::from_slice(signature).map_err(refused)?;
                if signature.normalize_s() != signature {
                    return Err(KeyError::Signature);
                }
                key.verify(message, &signature).map_err(refused)
            }
            PublicMaterial::Sm2(key) => {
                let signature = sm2::dsa::Signature::from_slice(signature).map_err(refused)?;
                let key = sm2::dsa::VerifyingKey::new(SM2_IDENTIFIER, *key).map_err(refused)?;
                key.verify(message, &signature).map_err(refused)
            }
        }
    }

    /// The same for a signature in the DER form that OpenSSL uses (ES256 and SM2; Ed25519 has only the raw form).
    pub fn authenticate_der(&self, message: &[u8], der: &[u8]) -> Result<(), KeyError> {
        let raw = match &self.material {
            PublicMaterial::Ed25519(_) => der.try_into().map_err(|_| KeyError::Signature)?,
            PublicMaterial::Es256(_) => {
                let signature = p256::ecdsa::Signature::from_der(der).map_err(|_| KeyError::Signature)?;
                // Others' signatures may carry either s; both are of the same act.
                signature.normalize_s().to_bytes().into()
            }
            PublicMaterial::Sm2(_) => {
                sm2::dsa::Signature::from_der(der).map_err(|_| KeyError::Signature)?.to_bytes().into()
            }
        };
        self.authenticate(message, &raw)
    }
}

enum PrivateMaterial {
    Ed25519(Box<ed25519_dalek::SigningKey>),
    Es256(p256::ecdsa::SigningKey),
    Sm2(sm2::SecretKey),
}

/// A private key of one of the suites.
pub struct SigningKey {
    material: PrivateMaterial,
    public: PublicKey,
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({} {})", self.public.suite(), self.public.key_id())
    }
}

impl SigningKey {
    fn new(material: PrivateMaterial) -> Result<Self, KeyError> {
        let public = PublicKey::new(match &material {
            PrivateMaterial::Ed25519(key) => PublicMaterial::Ed25519(key.verifying_key()),
            PrivateMaterial::Es256(key) => PublicMaterial::Es256(*key.verifying_key()),
            PrivateMaterial::Sm2(key) => PublicMaterial::Sm2(key.public_key()),
        })?;
        Ok(Self { material, public })
    }

    /// The key that these 32 bytes of entropy give; the same bytes give the same key.
    ///
    /// Ed25519 takes them as its private key (RFC 8032, 5.1.5). For the curves, candidates SHA-256("heng-key/1" ‖ suite ‖ entropy ‖ counter) are
    /// tried until one is a private key, which the first nearly always is.
    pub fn generate(suite: Suite, entropy: &[u8; 32]) -> Result<Self, KeyError> {
        if suite == Suite::Ed25519 {
            return Self::new(PrivateMaterial::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(entropy))));
        }
        (0..=u8::MAX)
            .find_map(|counter| {
                let candidate = Sha256::new()
                    .chain_update(b"heng-key/1")
                    .chain_update(suite.name())
                    .chain_update(entropy)
                    .chain_update([counter])
                    .finalize();
                match suite {
                    Suite::Sm2 => sm2::SecretKey::from_slice(&candidate).ok().map(PrivateMaterial::Sm2),
                    _ => p256::ecdsa::SigningKey::from_slice(&candidate).ok().map(PrivateMaterial::Es256),
                }
            })
            .ok_or(KeyError::PrivateKey)
            .and_then(Self::new)
    }

    /// Reads a PKCS #8 `PRIVATE KEY` PEM block, as OpenSSL writes it.
    pub fn from_pem(pem: &str) -> Result<Self, KeyError> {
        let material = if let Ok(key) = ed25519_dalek::SigningKey::from_pkcs8_pem(pem) {
            PrivateMaterial::Ed25519(Box::new(key))
        } else if let Ok(key) = p256::ecdsa::SigningKey::from_pkcs8_pem(pem) {
            PrivateMaterial::Es256(key)
        } else {
            PrivateMaterial::Sm2(sm2::SecretKey::from_pkcs8_pem(pem).map_err(|_| KeyError::PrivateKey)?)
        };
        Self::new(material)
    }

    /// A PKCS #8 `PRIVATE KEY` PEM block: keep it secret.
    pub fn to_pem(&self) -> Result<String, KeyError> {
        let pem = match &self.material {
            PrivateMaterial::Ed25519(key) => {
                // PKCS #8 version 1, without the public key: OpenSSL does not read version 2 of this key type.
                let bytes = ed25519_dalek::pkcs8::KeypairBytes { secret_key: key.to_bytes(), public_key: None };
                bytes.to_pkcs8_pem(LineEnding::LF)
            }
            PrivateMaterial::Es256(key) => key.to_pkcs8_pem(LineEnding::LF),
            PrivateMaterial::Sm2(key) => key.to_pkcs8_pem(LineEnding::LF),
        };
        pem.map(|text| text.as_str().to_owned()).map_err(|_| KeyError::Encoding)
    }

    /// The public key.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// The suite the key is of.
    pub fn suite(&self) -> Suite {
        self.public.suite()
    }

    /// The public key's identifier.
    pub fn key_id(&self) -> KeyId {
        self.public.key_id()
    }

    /// Signs bytes. The same key and bytes give the same signature in every suite: ES256 takes its nonce by RFC 6979 with SHA-256, SM2 by the
    /// same construction with SM3 over e = SM3(Z_A ‖ M), so that no suite depends on the entropy of the moment.
    pub fn sign(&self, message: &[u8]) -> Result<Signature, KeyError> {
        match &self.material {
            PrivateMaterial::Ed25519(key) => Ok(key.sign(message).to_bytes()),
            PrivateMaterial::Es256(key) => {
                let signature: p256::ecdsa::Signature = key.try_sign(message).map_err(|_| KeyError::Signing)?;
                Ok(signature.normalize_s().to_bytes().into())
            }
            PrivateMaterial::Sm2(key) => {
                let key = sm2::dsa::SigningKey::new(SM2_IDENTIFIER, key).map_err(|_| KeyError::Signing)?;
                let signature: sm2::dsa::Signature = key.try_sign(message).map_err(|_| KeyError::Signing)?;
                Ok(signature.to_bytes().into())
            }
        }
    }

    /// Signs bytes and gives the DER form that OpenSSL uses (ES256 and SM2; Ed25519 has only the raw form).
    pub fn sign_der(&self, message: &[u8]) -> Result<Vec<u8>, KeyError> {
        let raw = self.sign(message)?;
        Ok(match self.suite() {
            Suite::Ed25519 => raw.to_vec(),
            Suite::Es256 => {
                p256::ecdsa::Signature::from_slice(&raw).map_err(|_| KeyError::Signing)?.to_der().as_bytes().to_vec()
            }
            Suite::Sm2 => {
                sm2::dsa::Signature::from_slice(&raw).map_err(|_| KeyError::Signing)?.to_der().as_ref().to_vec()
            }
        })
    }
}

/// Whether an Ed25519 public key, given by its 32 raw bytes, signed a message: the form in which logs and witnesses ask it.
pub fn ed25519_authentic(key: &[u8; 32], message: &[u8], signature: &Signature) -> bool {
    PublicKey::from_ed25519_bytes(key).is_ok_and(|key| key.authenticate(message, signature).is_ok())
}
