//! ECDSA with SHA-256 on the seven curves that charging meters sign with: keys of others, and whether a signature is by them.
//!
//! Our own statements are signed in the suites of [`crate::suite`]; nothing here signs. A verifier has no secrets, so tables of multiples of a key
//! are kept and the time may depend on the numbers: a key that returns costs an eighth of what a library for P-256 costs that must also be able to sign.
//! `docs/decisions` says why it is written here.

mod curve;
mod der;
mod field;
mod point;
mod table;

use std::fmt;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

pub use curve::Curve;
use curve::{AnyGroup, Group, group};
use field::{Words, added, compare, from_bytes, is_zero, to_bytes};
use point::{Affine, Equation, Jacobian};
use table::{Table, multiple};

use crate::KeyId;

/// The object identifier 1.2.840.10045.2.1 (id-ecPublicKey, RFC 5480).
const EC_PUBLIC_KEY: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];

/// The width of the windows of a key's table: 88 kB for a key of 256 bits and 340 kB for one of 384, made in the time of a few dozen signatures.
fn width<const N: usize>() -> u32 {
    if N > 4 { 7 } else { 6 }
}

/// Why bytes are no key, or a signature is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EcdsaError {
    /// Neither a SubjectPublicKeyInfo nor a point.
    #[error("no SubjectPublicKeyInfo and no point of a curve")]
    Key,
    /// A SubjectPublicKeyInfo of another algorithm or another curve.
    #[error("the key is of a curve that OCMF does not use")]
    Curve,
    /// Coordinates that do not satisfy the curve's equation.
    #[error("the key is not a point of {0}")]
    NotOnCurve(Curve),
    /// Neither DER nor the two numbers one after the other.
    #[error("no ECDSA signature")]
    Form,
    /// The signature is not by this key over these bytes.
    #[error("the signature is not by this key over these bytes")]
    NotBy,
}

/// How a signature was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// ECDSA-Sig-Value in DER (RFC 3279, 2.2.3).
    Der,
    /// r ‖ s, each as long as a coordinate.
    Raw,
}

/// The two numbers of a signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EcdsaSignature {
    r: Vec<u8>,
    s: Vec<u8>,
    /// How it was written.
    pub encoding: Encoding,
}

impl EcdsaSignature {
    /// Reads DER, strictly, or else r ‖ s of a curve's size. Bytes that could be both are DER, which OCMF prescribes.
    pub fn read(bytes: &[u8], curve: Curve) -> Result<Self, EcdsaError> {
        if let Some((r, s)) = numbers(bytes) {
            return Ok(Self { r: r.to_vec(), s: s.to_vec(), encoding: Encoding::Der });
        }
        match bytes.split_at_checked(curve.size()) {
            Some((r, s)) if s.len() == curve.size() => {
                Ok(Self { r: r.to_vec(), s: s.to_vec(), encoding: Encoding::Raw })
            }
            _ => Err(EcdsaError::Form),
        }
    }
}

fn numbers(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (r, rest) = der::natural(der::whole(der::SEQUENCE, bytes)?)?;
    let (s, rest) = der::natural(rest)?;
    rest.is_empty().then_some((r, s))
}

/// A public key of a charging meter.
pub struct MeterKey {
    curve: Curve,
    material: Material,
}

enum Material {
    Three(Key<3>),
    Four(Key<4>),
    Six(Key<6>),
}

struct Key<const N: usize> {
    group: &'static Group<N>,
    point: Affine<N>,
    table: OnceLock<Option<Table<N>>>,
}

impl fmt::Debug for MeterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "MeterKey({} {})", self.curve, self.key_id())
    }
}

impl PartialEq for MeterKey {
    fn eq(&self, other: &Self) -> bool {
        self.curve == other.curve && self.point() == other.point()
    }
}

impl Eq for MeterKey {}

impl MeterKey {
    /// Reads SubjectPublicKeyInfo DER with a named curve (RFC 5480).
    pub fn from_spki_der(bytes: &[u8]) -> Result<Self, EcdsaError> {
        let (curve, point) = key_info(bytes).ok_or(EcdsaError::Key)?;
        Self::from_point(curve.ok_or(EcdsaError::Curve)?, point)
    }

    /// Reads a point of a known curve: 04 ‖ x ‖ y, 02 or 03 ‖ x (SEC 1, 2.3.4), or x ‖ y alone.
    pub fn from_point(curve: Curve, bytes: &[u8]) -> Result<Self, EcdsaError> {
        let material = match group(curve) {
            AnyGroup::Three(group) => Material::Three(Key::read(group, curve, bytes)?),
            AnyGroup::Four(group) => Material::Four(Key::read(group, curve, bytes)?),
            AnyGroup::Six(group) => Material::Six(Key::read(group, curve, bytes)?),
        };
        Ok(Self { curve, material })
    }

    /// The curve.
    pub fn curve(&self) -> Curve {
        self.curve
    }

    /// The point as 04 ‖ x ‖ y.
    pub fn point(&self) -> Vec<u8> {
        match &self.material {
            Material::Three(key) => key.written(),
            Material::Four(key) => key.written(),
            Material::Six(key) => key.written(),
        }
    }

    /// SubjectPublicKeyInfo DER, the point uncompressed: one spelling for each key.
    pub fn to_spki_der(&self) -> Vec<u8> {
        let names = [EC_PUBLIC_KEY, self.curve.object_identifier()];
        let algorithm = names.map(|name| der::written(der::OBJECT_IDENTIFIER, name)).concat();
        let mut bits = vec![0];
        bits.extend(self.point());
        let content = [der::written(der::SEQUENCE, &algorithm), der::written(der::BIT_STRING, &bits)].concat();
        der::written(der::SEQUENCE, &content)
    }

    /// SHA-256 of `to_spki_der`.
    pub fn key_id(&self) -> KeyId {
        KeyId(Sha256::digest(self.to_spki_der()).into())
    }

    /// Makes the table that a key needs only when it returns; does nothing if it is there.
    pub fn prepare(&self) {
        match &self.material {
            Material::Three(key) => key.prepare(),
            Material::Four(key) => key.prepare(),
            Material::Six(key) => key.prepare(),
        }
    }

    /// Passes if the signature is by this key over these bytes (SEC 1, 4.1.4; FIPS 186-5, 6.4.2). Either s counts, as in plain ECDSA.
    pub fn authenticate(&self, message: &[u8], signature: &EcdsaSignature) -> Result<(), EcdsaError> {
        let digest = Sha256::digest(message);
        let is_by = match &self.material {
            Material::Three(key) => key.signed(&digest, signature),
            Material::Four(key) => key.signed(&digest, signature),
            Material::Six(key) => key.signed(&digest, signature),
        };
        is_by.unwrap_or(false).then_some(()).ok_or(EcdsaError::NotBy)
    }
}

/// The curve, if it is one of the seven, and the point of a SubjectPublicKeyInfo.
fn key_info(bytes: &[u8]) -> Option<(Option<Curve>, &[u8])> {
    let (algorithm, rest) = der::element(der::SEQUENCE, der::whole(der::SEQUENCE, bytes)?)?;
    let bits = der::whole(der::BIT_STRING, rest)?;
    let (name, parameters) = der::element(der::OBJECT_IDENTIFIER, algorithm)?;
    let named = der::whole(der::OBJECT_IDENTIFIER, parameters).filter(|_| name == EC_PUBLIC_KEY);
    let curve = named.and_then(|named| Curve::ALL.into_iter().find(|curve| curve.object_identifier() == named));
    Some((curve, bits.strip_prefix(&[0])?))
}

impl<const N: usize> Key<N> {
    fn read(group: &'static Group<N>, curve: Curve, bytes: &[u8]) -> Result<Self, EcdsaError> {
        let equation = &group.equation;
        let point = match (bytes.len().checked_sub(curve.size()), bytes.split_first()) {
            (Some(1), Some((sign @ (2 | 3), x))) => {
                let x = coordinate(equation, x).ok_or(EcdsaError::NotOnCurve(curve))?;
                equation.point_at(&x, *sign).ok_or(EcdsaError::NotOnCurve(curve))?
            }
            (Some(more), Some((4, both))) if more == curve.size() + 1 => uncompressed(equation, curve, both)?,
            (Some(more), _) if more == curve.size() => uncompressed(equation, curve, bytes)?,
            _ => return Err(EcdsaError::Key),
        };
        Ok(Self { group, point, table: OnceLock::new() })
    }

    fn written(&self) -> Vec<u8> {
        let number = |form| to_bytes(&self.group.equation.field.number(form));
        [vec![4], number(&self.point.x), number(&self.point.y)].concat()
    }

    fn prepare(&self) {
        self.table.get_or_init(|| Table::new(&self.point, width::<N>(), &self.group.equation));
    }

    /// Whether x(e/s·G + r/s·Q) is r modulo n; nothing where a number is out of range.
    fn signed(&self, digest: &[u8], signature: &EcdsaSignature) -> Option<bool> {
        let Group { equation, scalars, generator } = self.group;
        let within = |bytes: &[u8]| {
            from_bytes::<N>(bytes).filter(|number| !is_zero(number) && compare(number, scalars.modulus()).is_lt())
        };
        let (r, s) = (within(&signature.r)?, within(&signature.s)?);
        // The leftmost bits of the digest, as many as n has: all seven orders have 64·N bits.
        let leftmost = digest.get(..digest.len().min(8 * N))?;
        let e = scalars.reduced(from_bytes(leftmost)?, false);
        let inverse = scalars.inverse(&scalars.form(&s))?;
        // The form of 1/s times a number is the number of the quotient.
        let (u, v) = (scalars.multiply(&inverse, &e), scalars.multiply(&inverse, &r));
        let sum = generator.as_ref()?.add_multiple(&u, Jacobian::INFINITY, equation);
        let sum = match self.table.get().and_then(Option::as_ref) {
            Some(table) => table.add_multiple(&v, sum, equation),
            None => {
                let both = equation.affine(&[multiple(&v, &self.point, equation)?])?;
                sum.plus(both.first()?, equation)
            }
        };
        Some(!sum.is_infinity() && has_x(&sum, &r, equation, scalars.modulus()))
    }
}

/// Whether the x of a point, as a number below p, is r or r + n: x = X/Z².
fn has_x<const N: usize>(point: &Jacobian<N>, r: &Words<N>, equation: &Equation<N>, n: &Words<N>) -> bool {
    let f = &equation.field;
    let zz = f.square(&point.z);
    let is_x = |number: &Words<N>| compare(number, f.modulus()).is_lt() && f.multiply(&f.form(number), &zz) == point.x;
    let (larger, is_over) = added(r, n);
    is_x(r) || (!is_over && is_x(&larger))
}

fn coordinate<const N: usize>(equation: &Equation<N>, bytes: &[u8]) -> Option<Words<N>> {
    let number = from_bytes(bytes).filter(|number| compare(number, equation.field.modulus()).is_lt())?;
    Some(equation.field.form(&number))
}

fn uncompressed<const N: usize>(equation: &Equation<N>, curve: Curve, bytes: &[u8]) -> Result<Affine<N>, EcdsaError> {
    let (x, y) = bytes.split_at_checked(curve.size()).ok_or(EcdsaError::Key)?;
    let point = coordinate(equation, x).zip(coordinate(equation, y)).map(|(x, y)| Affine { x, y });
    point.filter(|point| equation.holds(point)).ok_or(EcdsaError::NotOnCurve(curve))
}
