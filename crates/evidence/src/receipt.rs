//! Receipts (RFC 9942): one file that proves that an entry is in the log, for any SCITT verifier.
//!
//! ```text
//! 18([ << { 1: alg, 4: key id, 15: { 1: issuer, 2: subject }, 395: 1, -65603: size } >>,
//!      { 396: { -1: [ << [size, index, [path]] >> ] } }, nil, signature ])
//! ```
//!
//! The signature is over the root, which is not carried: the reader computes it from entry and path. Only this encoding is read.
//!
//! A root alone does not fix the size of its tree (a path can fit two sizes), and RFC 9942 signs nothing else of the proof. The size is
//! therefore repeated under a label for private use where it is signed; with it, path and root fix the index too.

use coset::cbor::Value as Cbor;
use coset::iana::EnumI64 as _;
use coset::{
    Algorithm, CoseSign1, CoseSign1Builder, Header, HeaderBuilder, Label, RegisteredLabelWithPrivate,
    TaggedCborSerializable, iana,
};

use crate::hash::Hash;
use crate::proof::{InclusionProof, ProofError};

/// Header label of the verifiable data structure; 1 is RFC9162_SHA256.
const STRUCTURE: i64 = 395;
/// Header label of the proofs.
const PROOFS: i64 = 396;
/// Label of the inclusion proofs among the proofs.
const INCLUSION: i64 = -1;
/// Header label of the CWT claims (RFC 9597).
const CLAIMS: i64 = 15;
/// Header label, for private use, of the size of the tree.
const TREE_SIZE: i64 = -65_603;
/// No tree whose size fits into 64 bits has a longer path.
const LONGEST_PATH: usize = 64;
/// No receipt of the form above is longer.
const LARGEST_ENCODING: usize = 16 * 1024;

/// What the log says of itself and of the entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptHeader {
    /// The COSE algorithm of the log's key: −8 (EdDSA), −7 (ES256) or one for private use.
    pub algorithm: i64,
    /// The identifier of the log's key.
    pub key_id: Vec<u8>,
    /// The log, by its origin.
    pub issuer: String,
    /// What the logged statement is about.
    pub subject: String,
}

/// A receipt, authentic or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What the log says of itself and of the entry.
    pub header: ReceiptHeader,
    /// Where the entry is.
    pub proof: InclusionProof,
    /// The log's signature over the root.
    pub signature: [u8; 64],
}

/// Not a receipt, or not an authentic one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not a receipt in the encoding that is read.
    #[error("not a receipt in the expected encoding")]
    Encoding,
    /// The algorithm number is not one that a signature may have.
    #[error("the receipt's algorithm is not known")]
    Algorithm,
    /// The proof in it proves nothing.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The signature is not by the log's key over the root.
    #[error("the receipt is not signed by the log for this entry")]
    NotAuthentic,
    /// The signing function failed.
    #[error("the log's key could not sign the receipt")]
    Signer,
}

impl Receipt {
    /// Signs a receipt for the entry at the place of a proof in the tree with this root. `sign` signs with the log's key.
    pub fn signed<E>(
        header: ReceiptHeader,
        proof: InclusionProof,
        root: &Hash,
        sign: impl FnOnce(&[u8]) -> Result<[u8; 64], E>,
    ) -> Result<Self, ReceiptError> {
        let message = to_be_signed(&header, &proof, root)?;
        let signature = sign(&message).map_err(|_| ReceiptError::Signer)?;
        Ok(Self { header, proof, signature })
    }

    /// The bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, ReceiptError> {
        let message = envelope(&self.header, &self.proof)?.signature(self.signature.to_vec()).build();
        message.to_tagged_vec().map_err(|_| ReceiptError::Encoding)
    }

    /// Reads the bytes, strictly; does not authenticate.
    pub fn parse(bytes: &[u8]) -> Result<Self, ReceiptError> {
        if bytes.len() > LARGEST_ENCODING {
            return Err(ReceiptError::Encoding);
        }
        let message = CoseSign1::from_tagged_slice(bytes).map_err(|_| ReceiptError::Encoding)?;
        let header = header_of(&message.protected.header).ok_or(ReceiptError::Encoding)?;
        let proof = proof_of(&message.unprotected).ok_or(ReceiptError::Encoding)?;
        let signature = message.signature.as_slice().try_into().map_err(|_| ReceiptError::Encoding)?;
        let receipt = Self { header, proof, signature };
        // Whatever else the bytes carry, in whatever spelling: only our own encoding of these parts is accepted.
        if receipt.to_bytes()? == bytes { Ok(receipt) } else { Err(ReceiptError::Encoding) }
    }

    /// Passes if the log's key signed the root that the proof gives for this entry; gives the root. `authentic` tells whether the log's key
    /// signed a message.
    pub fn authenticate(
        &self,
        entry: &[u8],
        authentic: impl FnOnce(&[u8], &[u8; 64]) -> bool,
    ) -> Result<Hash, ReceiptError> {
        let root = self.proof.root(entry)?;
        let message = to_be_signed(&self.header, &self.proof, &root)?;
        if authentic(&message, &self.signature) { Ok(root) } else { Err(ReceiptError::NotAuthentic) }
    }
}

fn algorithm(number: i64) -> Result<Algorithm, ReceiptError> {
    match iana::Algorithm::from_i64(number) {
        Some(assigned) => Ok(Algorithm::Assigned(assigned)),
        None if number < -65_536 => Ok(Algorithm::PrivateUse(number)),
        None => Err(ReceiptError::Algorithm),
    }
}

fn envelope(header: &ReceiptHeader, proof: &InclusionProof) -> Result<CoseSign1Builder, ReceiptError> {
    let claims = Cbor::Map(vec![
        (Cbor::from(1), Cbor::from(header.issuer.as_str())),
        (Cbor::from(2), Cbor::from(header.subject.as_str())),
    ]);
    let mut protected = HeaderBuilder::new()
        .key_id(header.key_id.clone())
        .value(CLAIMS, claims)
        .value(STRUCTURE, Cbor::from(1))
        .value(TREE_SIZE, Cbor::from(proof.tree_size))
        .build();
    protected.alg = Some(algorithm(header.algorithm)?);
    let path = proof.path.iter().map(|hash| Cbor::Bytes(hash.to_vec())).collect();
    let proof = Cbor::Array(vec![Cbor::from(proof.tree_size), Cbor::from(proof.leaf_index), Cbor::Array(path)]);
    let mut proof_bytes = Vec::new();
    ciborium::into_writer(&proof, &mut proof_bytes).map_err(|_| ReceiptError::Encoding)?;
    let proofs = Cbor::Map(vec![(Cbor::from(INCLUSION), Cbor::Array(vec![Cbor::Bytes(proof_bytes)]))]);
    let unprotected = HeaderBuilder::new().value(PROOFS, proofs).build();
    Ok(CoseSign1Builder::new().protected(protected).unprotected(unprotected))
}

/// The Sig_structure (RFC 9052, 4.4) with the detached root as its payload.
fn to_be_signed(header: &ReceiptHeader, proof: &InclusionProof, root: &Hash) -> Result<Vec<u8>, ReceiptError> {
    Ok(envelope(header, proof)?.build().tbs_detached_data(root, &[]))
}

fn header_of(protected: &Header) -> Option<ReceiptHeader> {
    let algorithm = match protected.alg.as_ref()? {
        RegisteredLabelWithPrivate::Assigned(algorithm) => algorithm.to_i64(),
        RegisteredLabelWithPrivate::PrivateUse(number) => *number,
        RegisteredLabelWithPrivate::Text(_) => return None,
    };
    let claims = value_of(protected, CLAIMS)?.as_map()?;
    let claim = |label: i64| {
        let (_, text) = claims.iter().find(|(name, _)| *name == Cbor::from(label))?;
        text.as_text().map(str::to_owned)
    };
    Some(ReceiptHeader { algorithm, key_id: protected.key_id.clone(), issuer: claim(1)?, subject: claim(2)? })
}

fn proof_of(unprotected: &Header) -> Option<InclusionProof> {
    let [(_, proofs)] = value_of(unprotected, PROOFS)?.as_map()?.as_slice() else { return None };
    let [proof] = proofs.as_array()?.as_slice() else { return None };
    let proof: Cbor = ciborium::from_reader(proof.as_bytes()?.as_slice()).ok()?;
    let [tree_size, leaf_index, path] = proof.as_array()?.as_slice() else { return None };
    let number = |value: &Cbor| u64::try_from(value.as_integer()?).ok();
    let hash = |value: &Cbor| value.as_bytes()?.as_slice().try_into().ok();
    let path = path.as_array().filter(|path| path.len() <= LONGEST_PATH)?;
    Some(InclusionProof {
        tree_size: number(tree_size)?,
        leaf_index: number(leaf_index)?,
        path: path.iter().map(hash).collect::<Option<_>>()?,
    })
}

fn value_of(header: &Header, label: i64) -> Option<&Cbor> {
    header.rest.iter().find(|(name, _)| *name == Label::Int(label)).map(|(_, value)| value)
}
