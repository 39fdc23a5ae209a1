//! Signed statements: COSE_Sign1 (RFC 9052) over canonical JSON, in one encoding only.
//!
//! No byte of the encoding is free: a statement is accepted only if encoding it again gives the same bytes, and the suites accept one
//! signature spelling. So a statement has one hash, and citing it by hash cites exactly what was signed.
//!
//! ```text
//! 18([ << { 1: alg, 3: "application/vnd.heng.statement+json", 4: key id, 15: { 1: issuer, 2: subject } } >>, {}, payload, signature ])
//! ```
//!
//! Header 15 (CWT claims, RFC 9597) repeats the issuer and the first thing the statement is about, because a transparency service asks for
//! them there (RFC 9943, section 5); they are made from the payload and cannot differ from it.

use coset::cbor::Value as Cbor;
use coset::{Algorithm, ContentType, CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};
use sha2::{Digest, Sha256};

use crate::canonical::{
    CanonicalError, LARGEST_TEXT, canonical_bytes, canonical_bytes_without, parse_canonical, require_same,
};
use crate::key::{KeyError, KeyId, PublicKey, Signature, SigningKey};
use crate::published::{Cut, cut_certificate};
use crate::reading::{self, Heading};
use crate::suite::{COSE_SM2, Suite};
use crate::{FORMAT, Statement, StatementHash};

/// The content type in the protected header.
pub const CONTENT_TYPE: &str = "application/vnd.heng.statement+json";

/// The largest encoding: the payload, the headers and the signature. Issuer and subject can be no longer than the payload that holds them.
const LARGEST_ENCODING: usize = 3 * LARGEST_TEXT;

/// Bytes that are no signed statement, or not an authentic one.
#[derive(Debug, thiserror::Error)]
pub enum SignedError {
    /// More bytes than any statement has.
    #[error("{length} bytes are more than a signed statement can have")]
    TooLarge {
        /// How many bytes there are.
        length: usize,
    },
    /// No tagged COSE_Sign1 structure, or not the one encoding of it that is accepted.
    #[error("not a COSE_Sign1 message in the encoding of statements")]
    Envelope,
    /// The algorithm is none of the suites.
    #[error("signed with an algorithm that is no suite of statements")]
    Algorithm,
    /// The payload is no statement in canonical form.
    #[error(transparent)]
    Payload(#[from] CanonicalError),
    /// The statement is of a format that this version does not know.
    #[error("the format {format:?} is not known")]
    Format {
        /// The format as stated.
        format: String,
    },
    /// The key given is not the one that the statement names.
    #[error("signed with the key {stated}, not with {given}")]
    OtherKey {
        /// The key that the statement names.
        stated: KeyId,
        /// The key given.
        given: KeyId,
    },
    /// The key cannot sign or the signature is not by it.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The parts of the value no longer say what its bytes say.
    #[error("the statement was altered after it was read")]
    Altered,
}

/// A signed statement. `parse` does not authenticate: until `authenticate` has passed it is only what somebody sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedStatement {
    /// The COSE_Sign1 bytes.
    pub bytes: Vec<u8>,
    /// What they say.
    pub statement: Statement,
    /// The key they name.
    pub key_id: KeyId,
    /// SHA-256 of the bytes as they were read or signed.
    hash: [u8; 32],
}

/// Signs a statement.
pub fn sign(statement: &Statement, key: &SigningKey) -> Result<SignedStatement, SignedError> {
    sign_owned(statement.clone(), key)
}

/// The same of a statement that nobody needs besides.
pub fn sign_owned(statement: Statement, key: &SigningKey) -> Result<SignedStatement, SignedError> {
    if statement.format != FORMAT {
        return Err(SignedError::Format { format: statement.format.clone() });
    }
    let payload = statement.canonical_bytes()?;
    let message = to_be_signed(&statement, key.suite(), key.key_id(), payload.clone());
    let signature = key.sign(&message)?;
    let bytes = encoded(&statement, key.suite(), key.key_id(), payload, signature)?;
    let hash = Sha256::digest(&bytes).into();
    Ok(SignedStatement { bytes, statement, key_id: key.key_id(), hash })
}

impl SignedStatement {
    /// Reads a signed statement, strictly; does not authenticate it.
    pub fn parse(bytes: &[u8]) -> Result<Self, SignedError> {
        let envelope = Envelope::read(bytes)?;
        let statement = statement_of(&envelope.payload)?;
        let key_id = envelope.key_id;
        // Whatever else the headers may carry, in whatever order and spelling: only our own encoding of these parts is accepted.
        if envelope.encoded(&statement)? != bytes {
            return Err(SignedError::Envelope);
        }
        Ok(Self { bytes: bytes.to_vec(), statement, key_id, hash: Sha256::digest(bytes).into() })
    }

    /// Reads again what was read strictly before, as its hash says: whatever is refused at the first reading would have another one.
    pub fn read_again(bytes: Vec<u8>, hash: [u8; 32]) -> Result<Self, SignedError> {
        if Sha256::digest(&bytes).as_slice() != hash {
            return Err(SignedError::Altered);
        }
        let Envelope { key_id, payload, .. } = Envelope::read(&bytes)?;
        let statement = reading::statement(&payload).map_err(CanonicalError::from)?;
        Ok(Self { bytes, statement, key_id, hash })
    }

    /// Cuts what anyone may see of a certificate out of what was read strictly before; nothing if it is no certificate.
    pub fn certificate_cut(bytes: &[u8], hash: [u8; 32]) -> Result<Option<Cut>, SignedError> {
        if Sha256::digest(bytes).as_slice() != hash {
            return Err(SignedError::Altered);
        }
        Ok(cut_certificate(&Envelope::read(bytes)?.payload))
    }

    /// Reads again what was read strictly before, without its body.
    pub fn heading_again(bytes: &[u8], hash: [u8; 32]) -> Result<Heading, SignedError> {
        if Sha256::digest(bytes).as_slice() != hash {
            return Err(SignedError::Altered);
        }
        let payload = Envelope::read(bytes)?.payload;
        Ok(reading::heading(&payload).map_err(CanonicalError::from)?)
    }

    /// Passes if the bytes are signed with this key and say what `statement` says.
    pub fn authenticate(&self, key: &PublicKey) -> Result<(), SignedError> {
        let envelope = Envelope::read(&self.bytes)?;
        // One statement has one encoding: if it gives these bytes, these bytes say it.
        let is_unaltered = envelope.key_id == self.key_id
            && envelope.payload == self.statement.canonical_bytes()?
            && envelope.encoded(&self.statement)? == self.bytes
            && Sha256::digest(&self.bytes).as_slice() == self.hash;
        if !is_unaltered {
            return Err(SignedError::Altered);
        }
        if envelope.key_id != key.key_id() {
            return Err(SignedError::OtherKey { stated: envelope.key_id, given: key.key_id() });
        }
        if envelope.suite != key.suite() {
            return Err(SignedError::Algorithm);
        }
        let message = to_be_signed(&self.statement, envelope.suite, envelope.key_id, envelope.payload);
        Ok(key.authenticate(&message, &envelope.signature)?)
    }

    /// SHA-256 of the bytes, in lower-case hex: how other statements cite this one.
    pub fn hash(&self) -> StatementHash {
        hex::encode(self.hash)
    }

    /// SHA-256 of the bytes: the entry of this statement in the log.
    pub fn hash_bytes(&self) -> [u8; 32] {
        self.hash
    }
}

/// The parts of an encoding that are not in its payload.
struct Envelope {
    suite: Suite,
    key_id: KeyId,
    payload: Vec<u8>,
    signature: Signature,
}

impl Envelope {
    fn read(bytes: &[u8]) -> Result<Self, SignedError> {
        if bytes.len() > LARGEST_ENCODING {
            return Err(SignedError::TooLarge { length: bytes.len() });
        }
        let message = CoseSign1::from_tagged_slice(bytes).map_err(|_| SignedError::Envelope)?;
        let suite = suite_of(message.protected.header.alg.as_ref()).ok_or(SignedError::Algorithm)?;
        let key_id = KeyId(message.protected.header.key_id.as_slice().try_into().map_err(|_| SignedError::Envelope)?);
        let signature = message.signature.as_slice().try_into().map_err(|_| SignedError::Envelope)?;
        let payload = message.payload.ok_or(SignedError::Envelope)?;
        Ok(Self { suite, key_id, payload, signature })
    }

    fn encoded(&self, statement: &Statement) -> Result<Vec<u8>, SignedError> {
        encoded(statement, self.suite, self.key_id, self.payload.clone(), self.signature)
    }
}

/// Reads a statement whose bytes must be the canonical form of what was understood, so that nothing in them went unread.
fn statement_of(payload: &[u8]) -> Result<Statement, SignedError> {
    // What is read and written again as the very same bytes is canonical and has nothing that went unread.
    if payload.len() <= LARGEST_TEXT
        && let Ok(statement) = reading::statement(payload)
        && statement.format == FORMAT
        && statement.canonical_bytes().is_ok_and(|canonical| canonical == payload)
    {
        return Ok(statement);
    }
    // Otherwise the text is asked first, so that the reader hears what is wrong with it.
    let value = parse_canonical(payload)?;
    if let Some(format) = value.get("format").and_then(|format| format.as_str()).filter(|format| *format != FORMAT) {
        return Err(SignedError::Format { format: format.chars().take(40).collect() });
    }
    let statement: Statement = serde_json::from_value(value).map_err(CanonicalError::from)?;
    require_same(payload, &statement.canonical_bytes()?)?;
    Ok(statement)
}

fn suite_of(algorithm: Option<&Algorithm>) -> Option<Suite> {
    match algorithm? {
        Algorithm::Assigned(iana::Algorithm::EdDSA) => Some(Suite::Ed25519),
        Algorithm::Assigned(iana::Algorithm::ES256) => Some(Suite::Es256),
        Algorithm::PrivateUse(COSE_SM2) => Some(Suite::Sm2),
        _ => None,
    }
}

fn message(statement: &Statement, suite: Suite, key_id: KeyId, payload: Vec<u8>) -> CoseSign1Builder {
    let subject = statement.about.first().unwrap_or(&statement.issuer);
    let claims = Cbor::Map(vec![
        (Cbor::from(1), Cbor::from(statement.issuer.as_str())),
        (Cbor::from(2), Cbor::from(subject.as_str())),
    ]);
    let mut protected = HeaderBuilder::new().key_id(key_id.0.to_vec()).value(15, claims).build();
    protected.alg = Some(match suite {
        Suite::Ed25519 => Algorithm::Assigned(iana::Algorithm::EdDSA),
        Suite::Es256 => Algorithm::Assigned(iana::Algorithm::ES256),
        Suite::Sm2 => Algorithm::PrivateUse(COSE_SM2),
    });
    protected.content_type = Some(ContentType::Text(CONTENT_TYPE.to_owned()));
    CoseSign1Builder::new().protected(protected).payload(payload)
}

fn to_be_signed(statement: &Statement, suite: Suite, key_id: KeyId, payload: Vec<u8>) -> Vec<u8> {
    message(statement, suite, key_id, payload).build().tbs_data(&[])
}

fn encoded(
    statement: &Statement,
    suite: Suite,
    key_id: KeyId,
    payload: Vec<u8>,
    signature: Signature,
) -> Result<Vec<u8>, SignedError> {
    let message = message(statement, suite, key_id, payload).signature(signature.to_vec()).build();
    message.to_tagged_vec().map_err(|_| SignedError::Envelope)
}

impl Statement {
    /// The canonical JSON that is signed.
    pub fn canonical_bytes(&self) -> Result<Vec<u8>, CanonicalError> {
        canonical_bytes(self)
    }
}

impl crate::Certificate {
    /// SHA-256 of the canonical JSON of the content without its renderings, in hex: what a reviewer approves before there are renderings.
    pub fn content_hash(&self) -> Result<String, CanonicalError> {
        // A certificate that was not rendered has no such member either.
        Ok(hex::encode(Sha256::digest(canonical_bytes_without(self, "documents")?)))
    }

    /// With the hash of its content, for all who ask for it.
    pub fn hashed(&self) -> Result<HashedCertificate<'_>, CanonicalError> {
        Ok(HashedCertificate { content_sha256: self.content_hash()?, certificate: self })
    }
}

/// A certificate with the hash of its content, which is computed once and cannot be another's.
#[derive(Clone, Debug)]
pub struct HashedCertificate<'a> {
    certificate: &'a crate::Certificate,
    content_sha256: String,
}

impl<'a> HashedCertificate<'a> {
    /// The certificate.
    pub fn certificate(&self) -> &'a crate::Certificate {
        self.certificate
    }

    /// `Certificate::content_hash` of it.
    pub fn content_sha256(&self) -> &str {
        &self.content_sha256
    }
}

impl crate::KeyCertificate {
    /// The statement body that lets a key speak for a party.
    pub fn new(party: &str, key: &PublicKey, valid_from: jiff::civil::Date, valid_through: jiff::civil::Date) -> Self {
        use base64::Engine as _;
        Self {
            party: party.to_owned(),
            suite: key.suite().name().to_owned(),
            public_key: base64::engine::general_purpose::STANDARD.encode(key.to_spki_der()),
            valid_from,
            valid_through,
        }
    }

    /// The public key; refused if it is not of the stated suite.
    pub fn key(&self) -> Result<PublicKey, KeyError> {
        use base64::Engine as _;
        let der =
            base64::engine::general_purpose::STANDARD.decode(&self.public_key).map_err(|_| KeyError::PublicKey)?;
        let key = PublicKey::from_spki_der(&der)?;
        if key.suite().name() == self.suite { Ok(key) } else { Err(KeyError::PublicKey) }
    }
}
