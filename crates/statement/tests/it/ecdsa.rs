//! Signatures of charging meters: against the textbook, against the libraries, and at the edges.

use ecdsa::signature::hazmat::PrehashVerifier;
use heng_statement::{Curve, EcdsaError, EcdsaSignature, Encoding, MeterKey};
use num_bigint::BigUint;
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use crate::textbook::{Point, Textbook, der};

const MESSAGE: &[u8] = "{\"FV\":\"1.0\",\"MV\":\"示例\"}".as_bytes();

/// A private key of a curve and its point.
fn pair(textbook: &Textbook, seed: u8) -> (BigUint, Point) {
    let private = textbook.scalar(&[seed], "private");
    let public = textbook.times(&private, &textbook.g);
    (private, public)
}

fn key(curve: Curve, textbook: &Textbook, public: &Point) -> MeterKey {
    MeterKey::from_point(curve, &textbook.point(public)).unwrap()
}

/// What the key says without its table, and with it; both must agree.
fn verdict(key: &MeterKey, message: &[u8], signature: &EcdsaSignature) -> bool {
    let first = key.authenticate(message, signature);
    key.prepare();
    assert_eq!(key.authenticate(message, signature), first);
    first.is_ok()
}

fn signature(curve: Curve, textbook: &Textbook, r: &BigUint, s: &BigUint) -> EcdsaSignature {
    EcdsaSignature::read(&[textbook.bytes(r), textbook.bytes(s)].concat(), curve).unwrap()
}

#[test]
fn a_signature_of_the_textbook_is_by_its_key_and_its_message_alone() {
    for curve in Curve::ALL {
        let textbook = Textbook::of(curve);
        let ((private, public), (_, other)) = (pair(&textbook, 1), pair(&textbook, 2));
        let (r, s) = textbook.sign(&private, MESSAGE);
        assert!(textbook.is_by(&public, MESSAGE, &r, &s));
        let signature = EcdsaSignature::read(&der(&r, &s), curve).unwrap();
        assert_eq!(signature.encoding, Encoding::Der);
        assert!(verdict(&key(curve, &textbook, &public), MESSAGE, &signature), "{curve}");
        assert!(!verdict(&key(curve, &textbook, &public), b"else", &signature), "{curve}");
        assert!(!verdict(&key(curve, &textbook, &other), MESSAGE, &signature), "{curve}");
        // Plain ECDSA takes either s.
        let high = self::signature(curve, &textbook, &r, &(&textbook.n - &s));
        assert!(verdict(&key(curve, &textbook, &public), MESSAGE, &high), "{curve}");
    }
}

#[test]
fn a_key_has_one_encoding_and_is_read_from_all() {
    for curve in Curve::ALL {
        let textbook = Textbook::of(curve);
        for seed in 1..4 {
            let (_, public) = pair(&textbook, seed);
            let key = key(curve, &textbook, &public);
            let point = textbook.point(&public);
            assert_eq!(key.point(), point);
            assert_eq!(MeterKey::from_spki_der(&key.to_spki_der()), Ok(key));
            let compressed = [&[2 + (point[2 * textbook.size] & 1)], &point[1..=textbook.size]].concat();
            assert_eq!(MeterKey::from_point(curve, &compressed).unwrap().point(), point);
            assert_eq!(MeterKey::from_point(curve, &point[1..]).unwrap().point(), point);
        }
    }
}

#[test]
fn what_is_no_point_is_no_key() {
    for curve in Curve::ALL {
        let textbook = Textbook::of(curve);
        let (_, public) = pair(&textbook, 1);
        let point = textbook.point(&public);
        let refused = |bytes: &[u8]| MeterKey::from_point(curve, bytes).unwrap_err();
        assert_eq!(refused(&[0]), EcdsaError::Key);
        assert_eq!(refused(&[]), EcdsaError::Key);
        assert_eq!(refused(&point[..point.len() - 2]), EcdsaError::Key);
        let mut beside = point.clone();
        *beside.last_mut().unwrap() ^= 1;
        assert_eq!(refused(&beside), EcdsaError::NotOnCurve(curve));
        assert_eq!(refused(&vec![0; 2 * textbook.size]), EcdsaError::NotOnCurve(curve));
        // x + p is no coordinate, even where it fits.
        let (x, y) = public.clone().unwrap();
        let large = x + &textbook.p;
        if large.bits().div_ceil(8) as usize == textbook.size {
            let bytes = [vec![4], textbook.bytes(&large), textbook.bytes(&y)].concat();
            assert_eq!(refused(&bytes), EcdsaError::NotOnCurve(curve));
        }
        let p = [vec![4], textbook.bytes(&textbook.p), textbook.bytes(&textbook.p)].concat();
        assert_eq!(refused(&p), EcdsaError::NotOnCurve(curve));
    }
    assert_eq!(MeterKey::from_spki_der(b"\x30\x00"), Err(EcdsaError::Key));
}

#[test]
fn numbers_out_of_range_are_no_signature() {
    for curve in Curve::ALL {
        let textbook = Textbook::of(curve);
        let (private, public) = pair(&textbook, 1);
        let key = key(curve, &textbook, &public);
        let (r, s) = textbook.sign(&private, MESSAGE);
        let (zero, n) = (BigUint::ZERO, &textbook.n);
        let largest = (BigUint::from(1u8) << (8 * textbook.size)) - 1u8;
        for (r, s) in [
            (&zero, &s),
            (&r, &zero),
            (&zero, &zero),
            (n, &s),
            (&r, n),
            (&largest, &s),
            (&r, &largest),
            (&BigUint::from(1u8), &BigUint::from(1u8)),
            (&(n - 1u8), &(n - 1u8)),
        ] {
            assert!(!verdict(&key, MESSAGE, &signature(curve, &textbook, r, s)), "{curve} {r:x} {s:x}");
        }
        // Longer than the curve: DER can say it, and it is refused.
        let long = EcdsaSignature::read(&der(&(&r + (n << 64)), &s), curve);
        if let Ok(long) = long {
            assert!(!verdict(&key, MESSAGE, &long));
        }
    }
}

/// For a message e, numbers u and v: the key Q = (R − u·G)/v and the signature with r = x(R), s = r/v … by which u·G + v·Q = R.
#[test]
fn the_last_addition_may_be_a_doubling_or_end_at_infinity() {
    for curve in Curve::ALL {
        let textbook = Textbook::of(curve);
        let n = &textbook.n;
        let e = textbook.message(MESSAGE);
        // Both summands alike: R = 2u·G.
        let u = textbook.scalar(&[7], "doubling");
        let (x, _) = textbook.times(&(2u8 * &u % n), &textbook.g).unwrap();
        let r = x % n;
        let s = &e * u.modinv(n).unwrap() % n;
        let public = textbook.times(&(&e * r.modinv(n).unwrap() % n), &textbook.g);
        assert!(textbook.is_by(&public, MESSAGE, &r, &s));
        assert!(verdict(&key(curve, &textbook, &public), MESSAGE, &signature(curve, &textbook, &r, &s)), "{curve}");
        // Opposite: the sum is at infinity, whatever s.
        let private = (n - &e) * r.modinv(n).unwrap() % n;
        let public = textbook.times(&private, &textbook.g);
        assert!(!textbook.is_by(&public, MESSAGE, &r, &s));
        assert!(!verdict(&key(curve, &textbook, &public), MESSAGE, &signature(curve, &textbook, &r, &s)), "{curve}");
    }
}

#[test]
fn an_x_beyond_the_order_counts_modulo_the_order() {
    for curve in Curve::ALL {
        let textbook = Textbook::of(curve);
        let (p, n) = (&textbook.p, &textbook.n);
        assert!(n < p, "{curve}");
        let quarter = (p + 1u8) >> 2;
        // The first x from n on that has a point; p is 3 modulo 4.
        let (x, y) = (1u32..)
            .find_map(|step| {
                let x = n + step;
                let right = (&x * &x * &x + &textbook.a * &x + &textbook.b) % p;
                let y = right.modpow(&quarter, p);
                (&y * &y % p == right).then_some((x, y))
            })
            .unwrap();
        assert!(x < *p);
        let e = textbook.message(MESSAGE);
        let s = textbook.scalar(&[9], "s");
        let r = &x - n;
        let u = &e * s.modinv(n).unwrap() % n;
        let rest = textbook.sum(&Some((x, y)), &textbook.opposite(&textbook.times(&u, &textbook.g)));
        let public = textbook.times(&(&s * r.modinv(n).unwrap() % n), &rest);
        assert!(textbook.is_by(&public, MESSAGE, &r, &s));
        assert!(verdict(&key(curve, &textbook, &public), MESSAGE, &signature(curve, &textbook, &r, &s)), "{curve}");
        let wrong = signature(curve, &textbook, &(&r + 1u8), &s);
        assert!(!verdict(&key(curve, &textbook, &public), MESSAGE, &wrong), "{curve}");
    }
}

#[test]
fn der_has_one_spelling() {
    let curve = Curve::Secp256r1;
    let read = |text: &str| EcdsaSignature::read(&hex::decode(text).unwrap(), curve).map(|read| read.encoding);
    assert_eq!(read("3006020101020102"), Ok(Encoding::Der));
    for (text, fault) in [
        ("3006020181020102", "a negative number"),
        ("300702020001020102", "a zero in front of a positive number"),
        ("3005020002010200", "an empty number"),
        ("300602010102010200", "something behind it"),
        ("3007020101020102", "a length beyond the end"),
        ("308106020101020102", "a long form for a short length"),
        ("3106020101020102", "a set"),
        ("3080020101020102", "an indefinite length"),
        ("", "nothing"),
    ] {
        assert_eq!(read(text), Err(EcdsaError::Form), "{fault}");
    }
}

/// The libraries' verdict over r ‖ s and a key 04 ‖ x ‖ y, where a library of this generation is published.
fn library(curve: Curve, point: &[u8], message: &[u8], raw: &[u8]) -> Option<bool> {
    let digest = Sha256::digest(message);
    macro_rules! verdict {
        ($curve:ty) => {{
            let key = ecdsa::VerifyingKey::<$curve>::from_sec1_bytes(point).unwrap();
            // Of two that are equal in plain ECDSA, one library takes only the lower s.
            let signature = ecdsa::Signature::<$curve>::from_slice(raw).map(|signature| signature.normalize_s());
            Some(signature.is_ok_and(|signature| key.verify_prehash(&digest, &signature).is_ok()))
        }};
    }
    match curve {
        Curve::Secp192k1 | Curve::Secp192r1 => None,
        Curve::Secp256k1 => verdict!(k256::Secp256k1),
        Curve::Secp256r1 => verdict!(p256::NistP256),
        Curve::Brainpool256r1 => verdict!(bp256::BrainpoolP256r1),
        Curve::Secp384r1 => verdict!(p384::NistP384),
        Curve::Brainpool384r1 => verdict!(bp384::BrainpoolP384r1),
    }
}

#[test]
fn the_examples_are_signed_by_the_textbook_with_keys_from_numbers() {
    for (seed, curve) in (1u8..).zip(Curve::ALL) {
        let path = format!("{}/../../examples/ocmf/{curve}.xml", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).unwrap();
        let (_, record) = text.split_once("OCMF|").unwrap();
        let (payload, section) = record.split_once('|').unwrap();
        let textbook = Textbook::of(curve);
        let (private, public) = pair(&textbook, seed);
        let (r, s) = textbook.sign(&private, payload.as_bytes());
        assert!(section.contains(&hex::encode_upper(der(&r, &s))), "{path}");
        assert!(text.contains(&hex::encode(key(curve, &textbook, &public).to_spki_der())), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_libraries_the_textbook_and_we_agree(
        seed in any::<u8>(),
        message in proptest::collection::vec(any::<u8>(), 0..80),
        turned in proptest::option::of((any::<prop::sample::Index>(), 0u8..8)),
    ) {
        for curve in Curve::ALL {
            let textbook = Textbook::of(curve);
            let (private, public) = pair(&textbook, seed);
            let (r, s) = textbook.sign(&private, &message);
            let mut raw = [textbook.bytes(&r), textbook.bytes(&s)].concat();
            if let Some((place, bit)) = &turned {
                raw[place.index(2 * textbook.size)] ^= 1 << bit;
            }
            let (r, s) = raw.split_at(textbook.size);
            let expected =
                textbook.is_by(&public, &message, &BigUint::from_bytes_be(r), &BigUint::from_bytes_be(s));
            prop_assert_eq!(expected, turned.is_none());
            let ours = EcdsaSignature::read(&raw, curve).unwrap();
            prop_assert_eq!(verdict(&key(curve, &textbook, &public), &message, &ours), expected, "{}", curve);
            if let Some(theirs) = library(curve, &textbook.point(&public), &message, &raw) {
                prop_assert_eq!(theirs, expected, "{}", curve);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..140)) {
        let _ = MeterKey::from_spki_der(&bytes);
        for curve in Curve::ALL {
            let _ = MeterKey::from_point(curve, &bytes);
            let _ = EcdsaSignature::read(&bytes, curve);
        }
    }
}
