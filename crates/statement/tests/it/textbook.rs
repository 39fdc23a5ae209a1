//! ECDSA as the textbook writes it, with big integers and affine points: slow, obvious, and written without a look at ours.
//!
//! It signs for the tests, also on the two curves of 192 bits, for which no library of this generation is published.

use heng_statement::Curve;
use num_bigint::BigUint;
use num_integer::Integer;
use sha2::{Digest, Sha256};

pub type Point = Option<(BigUint, BigUint)>;

/// A curve with its numbers.
pub struct Textbook {
    pub p: BigUint,
    pub a: BigUint,
    pub b: BigUint,
    pub g: Point,
    pub n: BigUint,
    pub size: usize,
}

fn hex(text: &str) -> BigUint {
    BigUint::parse_bytes(text.replace(' ', "").as_bytes(), 16).unwrap()
}

impl Textbook {
    /// The numbers of SEC 2 and RFC 5639.
    pub fn of(curve: Curve) -> Self {
        let [p, a, b, x, y, n] = match curve {
            Curve::Secp192k1 => [
                "fffffffffffffffffffffffffffffffffffffffeffffee37",
                "0",
                "3",
                "db4ff10ec057e9ae26b07d0280b7f4341da5d1b1eae06c7d",
                "9b2f2f6d9c5628a7844163d015be86344082aa88d95e2f9d",
                "fffffffffffffffffffffffe26f2fc170f69466a74defd8d",
            ],
            Curve::Secp256k1 => [
                "fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f",
                "0",
                "7",
                "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798",
                "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8",
                "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141",
            ],
            Curve::Secp192r1 => [
                "fffffffffffffffffffffffffffffffeffffffffffffffff",
                "fffffffffffffffffffffffffffffffefffffffffffffffc",
                "64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1",
                "188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012",
                "07192b95ffc8da78631011ed6b24cdd573f977a11e794811",
                "ffffffffffffffffffffffff99def836146bc9b1b4d22831",
            ],
            Curve::Secp256r1 => [
                "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
                "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
                "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
                "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
                "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
                "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            ],
            Curve::Brainpool256r1 => [
                "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
                "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
                "26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
                "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262",
                "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
                "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7",
            ],
            Curve::Secp384r1 => [
                "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
                "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000fffffffc",
                "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef",
                "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
                "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
                "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
            ],
            Curve::Brainpool384r1 => [
                "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123acd3a729901d1a71874700133107ec53",
                "7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f8aa5814a503ad4eb04a8c7dd22ce2826",
                "04a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d57cb4390295dbc9943ab78696fa504c11",
                "1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8e826e03436d646aaef87b2e247d4af1e",
                "8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff99129280e4646217791811142820341263c5315",
                "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7cf3ab6af6b7fc3103b883202e9046565",
            ],
        }
        .map(hex);
        Self { size: p.bits().div_ceil(8) as usize, p, a, b, g: Some((x, y)), n }
    }

    /// P + Q by the chord and the tangent.
    pub fn sum(&self, left: &Point, right: &Point) -> Point {
        let (Some((x1, y1)), Some((x2, y2))) = (left, right) else { return left.clone().or_else(|| right.clone()) };
        let p = &self.p;
        let slope = if x1 == x2 {
            if (y1 + y2) % p == BigUint::ZERO {
                return None;
            }
            (3u8 * x1 * x1 + &self.a) * (2u8 * y1).modinv(p).unwrap() % p
        } else {
            (y2 + p - y1) * ((x2 + p - x1) % p).modinv(p).unwrap() % p
        };
        let x = (&slope * &slope + p + p - x1 - x2) % p;
        let y = (slope * (x1 + p - &x) + p - y1) % p;
        Some((x, y))
    }

    /// k·P.
    pub fn times(&self, k: &BigUint, point: &Point) -> Point {
        (0..k.bits()).rev().fold(None, |sum, bit| {
            let doubled = self.sum(&sum, &sum);
            if k.bit(bit) { self.sum(&doubled, point) } else { doubled }
        })
    }

    /// −P.
    pub fn opposite(&self, point: &Point) -> Point {
        point.as_ref().map(|(x, y)| (x.clone(), (&self.p - y) % &self.p))
    }

    /// A number below n from a seed and a purpose.
    pub fn scalar(&self, seed: &[u8], purpose: &str) -> BigUint {
        let digest = |half: u8| Sha256::new().chain_update(seed).chain_update(purpose).chain_update([half]).finalize();
        let number = BigUint::from_bytes_be(&[digest(0), digest(1)].concat());
        number % (&self.n - 1u8) + 1u8
    }

    /// The number that a message becomes.
    pub fn message(&self, message: &[u8]) -> BigUint {
        let digest = Sha256::digest(message);
        BigUint::from_bytes_be(&digest[..digest.len().min(self.size)]) % &self.n
    }

    /// r and s over a message, by a private key; the same key and message give the same.
    pub fn sign(&self, private: &BigUint, message: &[u8]) -> (BigUint, BigUint) {
        let e = self.message(message);
        let k = self.scalar(&[private.to_bytes_be(), message.to_vec()].concat(), "nonce");
        let (x, _) = self.times(&k, &self.g).unwrap();
        let r = x % &self.n;
        let s = k.modinv(&self.n).unwrap() * (e + &r * private) % &self.n;
        (r, s)
    }

    /// Whether a signature is by a key.
    pub fn is_by(&self, public: &Point, message: &[u8], r: &BigUint, s: &BigUint) -> bool {
        let within = |number: &BigUint| *number != BigUint::ZERO && *number < self.n;
        if !within(r) || !within(s) {
            return false;
        }
        let inverse = s.modinv(&self.n).unwrap();
        let (u, v) = (self.message(message) * &inverse % &self.n, r * inverse % &self.n);
        self.sum(&self.times(&u, &self.g), &self.times(&v, public)).is_some_and(|(x, _)| x.mod_floor(&self.n) == *r)
    }

    /// A number in as many bytes as a coordinate has.
    pub fn bytes(&self, number: &BigUint) -> Vec<u8> {
        let bytes = number.to_bytes_be();
        [vec![0; self.size.saturating_sub(bytes.len())], bytes].concat()
    }

    /// 04 ‖ x ‖ y.
    pub fn point(&self, point: &Point) -> Vec<u8> {
        let (x, y) = point.as_ref().unwrap();
        [vec![4], self.bytes(x), self.bytes(y)].concat()
    }
}

/// SEQUENCE { INTEGER r, INTEGER s }.
pub fn der(r: &BigUint, s: &BigUint) -> Vec<u8> {
    let integer = |number: &BigUint| {
        let mut bytes = number.to_bytes_be();
        if bytes[0] >= 0x80 {
            bytes.insert(0, 0);
        }
        [vec![2, bytes.len() as u8], bytes].concat()
    };
    let content = [integer(r), integer(s)].concat();
    [vec![0x30, content.len() as u8], content].concat()
}
