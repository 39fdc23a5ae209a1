//! Signed statements.

use heng_statement::{SignedError, SignedStatement, Suite, canonical, sign};

use crate::fixtures::{key, person, statement};

#[test]
fn a_statement_signed_in_any_suite_is_read_and_authenticated() {
    for suite in Suite::ALL {
        let key = key(suite, 1);
        let said = statement(
            "party:tj:lab-01",
            "2026-05-20",
            &["party:tj:zhang"],
            person("party:tj:zhang", "party:tj:lab-01"),
        );
        let signed = sign(&said, &key).unwrap();
        let read = SignedStatement::parse(&signed.bytes).unwrap();
        assert_eq!(read, signed);
        assert_eq!(read.statement, said);
        assert_eq!(read.key_id, key.key_id());
        read.authenticate(key.public_key()).unwrap();
        assert_eq!(sign(&said, &key).unwrap().bytes, signed.bytes, "{suite} signs the same bytes the same way");
    }
}

#[test]
fn a_statement_is_read_again_by_the_hash_it_had_and_by_no_other() {
    let key = key(Suite::Ed25519, 3);
    let said =
        statement("party:tj:lab-01", "2026-05-20", &["party:tj:zhang"], person("party:tj:zhang", "party:tj:lab-01"));
    let signed = sign(&said, &key).unwrap();
    assert_eq!(SignedStatement::read_again(signed.bytes.clone(), signed.hash_bytes()).unwrap(), signed);
    for position in 0..signed.bytes.len() {
        let mut bytes = signed.bytes.clone();
        bytes[position] ^= 1;
        let answer = SignedStatement::read_again(bytes, signed.hash_bytes());
        assert!(matches!(answer, Err(SignedError::Altered)), "byte {position}: {answer:?}");
    }
}

#[test]
fn no_byte_of_a_signed_statement_is_free() {
    for suite in Suite::ALL {
        let key = key(suite, 2);
        let said = statement(
            "party:tj:lab-01",
            "2026-05-20",
            &["party:tj:zhang"],
            person("party:tj:zhang", "party:tj:lab-01"),
        );
        let signed = sign(&said, &key).unwrap();
        for position in 0..signed.bytes.len() {
            for flip in [0x01, 0x20, 0x80] {
                let mut bytes = signed.bytes.clone();
                bytes[position] ^= flip;
                let accepted =
                    SignedStatement::parse(&bytes).is_ok_and(|read| read.authenticate(key.public_key()).is_ok());
                assert!(!accepted, "{suite}: byte {position} may be changed by {flip:#04x}");
            }
        }
        for cut in 0..signed.bytes.len() {
            assert!(SignedStatement::parse(&signed.bytes[..cut]).is_err(), "{suite}: cut to {cut} bytes");
        }
        let longer = [signed.bytes.as_slice(), &[0]].concat();
        assert!(SignedStatement::parse(&longer).is_err());
    }
}

#[test]
fn the_other_s_of_an_ecdsa_signature_is_refused() {
    let key = key(Suite::Es256, 3);
    let signed =
        sign(&statement("party:tj:lab-01", "2026-05-20", &[], person("party:tj:zhang", "party:tj:lab-01")), &key)
            .unwrap();
    let at = signed.bytes.len() - 32;
    let order = p256_order();
    let mut other = signed.bytes.clone();
    other[at..].copy_from_slice(&difference(&order, &signed.bytes[at..]));
    let read = SignedStatement::parse(&other).unwrap();
    assert!(matches!(read.authenticate(key.public_key()), Err(SignedError::Key(_))));
}

#[test]
fn another_key_and_an_altered_value_are_refused() {
    let mine = key(Suite::Ed25519, 4);
    let other = key(Suite::Ed25519, 5);
    let signed =
        sign(&statement("party:tj:lab-01", "2026-05-20", &[], person("party:tj:zhang", "party:tj:lab-01")), &mine)
            .unwrap();
    assert!(matches!(signed.authenticate(other.public_key()), Err(SignedError::OtherKey { .. })));
    let mut altered = signed.clone();
    altered.statement.issuer = "party:tj:lab-02".to_owned();
    assert!(matches!(altered.authenticate(mine.public_key()), Err(SignedError::Altered)));
}

#[test]
fn unknown_members_and_formats_are_refused() {
    let said = statement("party:tj:lab-01", "2026-05-20", &[], person("party:tj:zhang", "party:tj:lab-01"));
    let text = String::from_utf8(said.canonical_bytes().unwrap()).unwrap();
    for changed in [
        text.replace("\"of\":", "\"off\":"),
        text.replace("\"synthetic\":true", "\"synthetic\":true,\"tag\":1"),
        text.replace("heng-statement/1", "heng-statement/2"),
    ] {
        assert_ne!(changed, text);
        canonical::parse_canonical(changed.as_bytes())
            .expect("still canonical JSON, so it is the statement that is refused");
        let bytes = enveloped(changed.as_bytes());
        assert!(SignedStatement::parse(&bytes).is_err(), "{changed}");
    }
    assert!(SignedStatement::parse(&enveloped(text.as_bytes())).is_ok());
}

/// The envelope of an Ed25519 statement by `party:tj:lab-01`, written by hand, around any payload.
fn enveloped(payload: &[u8]) -> Vec<u8> {
    let issuer = b"party:tj:lab-01";
    let mut protected = vec![0xa4, 0x01, 0x27, 0x03, 0x78, 0x23];
    protected.extend_from_slice(b"application/vnd.heng.statement+json");
    protected.extend_from_slice(&[0x04, 0x58, 0x20]);
    protected.extend_from_slice(&key(Suite::Ed25519, 6).key_id().0);
    protected.extend_from_slice(&[0x0f, 0xa2, 0x01, 0x6f]);
    protected.extend_from_slice(issuer);
    protected.extend_from_slice(&[0x02, 0x6f]);
    protected.extend_from_slice(issuer);
    let mut bytes = vec![0xd2, 0x84, 0x58, u8::try_from(protected.len()).unwrap()];
    bytes.extend_from_slice(&protected);
    bytes.extend_from_slice(&[0xa0, 0x59]);
    bytes.extend_from_slice(&u16::try_from(payload.len()).unwrap().to_be_bytes());
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&[0x58, 0x40]);
    bytes.extend_from_slice(&[7; 64]);
    bytes
}

fn p256_order() -> [u8; 32] {
    let mut order = [0; 32];
    hex::decode_to_slice("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", &mut order).unwrap();
    order
}

fn difference(left: &[u8], right: &[u8]) -> Vec<u8> {
    let mut borrow = 0;
    let mut digits: Vec<u8> = left
        .iter()
        .zip(right)
        .rev()
        .map(|(&left, &right)| {
            let digit = i16::from(left) - i16::from(right) - borrow;
            borrow = i16::from(digit < 0);
            u8::try_from(digit.rem_euclid(256)).unwrap()
        })
        .collect();
    digits.reverse();
    digits
}
