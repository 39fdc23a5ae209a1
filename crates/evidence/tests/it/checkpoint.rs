//! Checkpoints, their signatures and their witnesses.

use heng_evidence::{
    Checkpoint, CheckpointError, KeyKind, Note, SignedCheckpoint, VerifierKey, WitnessPolicy, Witnesses,
};
use heng_statement::{SigningKey, Suite, ed25519_authentic};

const ORIGIN: &str = "log.heng.example/tianjin";

fn key(number: u8) -> SigningKey {
    SigningKey::generate(Suite::Ed25519, &[number; 32]).unwrap()
}

fn named(name: &str, kind: KeyKind, key: &SigningKey) -> VerifierKey {
    VerifierKey::new(name, kind, key.public_key().ed25519_bytes().unwrap()).unwrap()
}

fn log_key() -> VerifierKey {
    named(ORIGIN, KeyKind::Ed25519, &key(1))
}

fn checkpoint() -> SignedCheckpoint {
    let checkpoint = Checkpoint { origin: ORIGIN.to_owned(), size: 20_852_163, root: [9; 32] };
    checkpoint.signed(&log_key(), |message| key(1).sign(message)).unwrap()
}

#[test]
fn the_key_and_the_note_of_go_sumdb_note_are_read_and_authentic() {
    let text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let key: VerifierKey = text.parse().unwrap();
    assert_eq!((key.name(), key.kind(), key.key_hash()), ("PeterNeumann", KeyKind::Ed25519, [0xc7, 0x4f, 0x20, 0xa3]));
    let note = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n\n\
                — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let read: Note = note.parse().unwrap();
    assert_eq!(read.to_string(), note);
    let [signature] = read.signatures.as_slice() else { panic!("{read:?}") };
    assert!(signature.is_by(&key));
    assert!(ed25519_authentic(key.key(), read.text.as_bytes(), signature.signature.as_slice().try_into().unwrap()));
}

#[test]
fn the_example_of_tlog_cosignature_is_read_as_printed() {
    let text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n";
    let signed: SignedCheckpoint = text.parse().unwrap();
    assert_eq!(signed.to_string(), text);
    assert_eq!(signed.checkpoint().size, 20_852_163);
    assert_eq!(signed.checkpoint().origin, "example.com/behind-the-sofa");
    let time = u64::from_be_bytes(signed.signatures()[1].signature[..8].try_into().unwrap());
    assert_eq!(time, 1_679_315_147);
}

#[test]
fn a_checkpoint_is_authentic_only_under_the_log_s_key() {
    let signed: SignedCheckpoint = checkpoint().to_string().parse().unwrap();
    assert_eq!(signed, checkpoint());
    signed.authenticate(&log_key(), ed25519_authentic).unwrap();
    let other = named(ORIGIN, KeyKind::Ed25519, &key(2));
    assert!(matches!(signed.authenticate(&other, ed25519_authentic), Err(CheckpointError::Unsigned { .. })));
    let elsewhere = named("log.heng.example/elsewhere", KeyKind::Ed25519, &key(1));
    assert!(matches!(signed.authenticate(&elsewhere, ed25519_authentic), Err(CheckpointError::Key { .. })));
}

#[test]
fn no_byte_of_a_checkpoint_is_free() {
    let text = checkpoint().to_string().into_bytes();
    for position in 0..text.len() {
        for flip in [0x01, 0x20, 0x80] {
            let mut bytes = text.clone();
            bytes[position] ^= flip;
            let accepted = std::str::from_utf8(&bytes).is_ok_and(|text| {
                let read: Result<SignedCheckpoint, _> = text.parse();
                read.is_ok_and(|read| read.authenticate(&log_key(), ed25519_authentic).is_ok())
            });
            assert!(!accepted, "byte {position} may be changed by {flip:#04x}");
        }
    }
}

#[test]
fn other_spellings_of_a_checkpoint_are_refused() {
    let text = checkpoint().to_string();
    for changed in [
        text.replace("\n20852163\n", "\n020852163\n"),
        text.replace("\n20852163\n", "\n+20852163\n"),
        text.replace("=\n\n— ", "=\nan extension\n\n— "),
        text.replace("\n\n— ", "\n— "),
        text.replace(' ', "\t"),
        text.trim_end().to_owned(),
        format!("{text}\n"),
        format!("{text}— x\n"),
    ] {
        assert_ne!(changed, text);
        assert!(changed.parse::<SignedCheckpoint>().is_err(), "{changed:?}");
    }
}

fn witnesses(signed: &SignedCheckpoint, required: usize, of: &[VerifierKey]) -> Witnesses {
    WitnessPolicy { required, of: of.to_vec() }.witnesses(signed, &log_key(), ed25519_authentic)
}

#[test]
fn as_many_witnesses_as_required_must_have_cosigned() {
    let keys: Vec<_> =
        (11..14).map(|number| named(&format!("w{number}.example"), KeyKind::Cosignature, &key(number))).collect();
    let mut signed = checkpoint();
    assert!(witnesses(&signed, 0, &keys).suffice());
    assert!(!witnesses(&signed, 1, &keys).suffice());
    for (number, witness) in (11..13).zip(&keys) {
        signed.cosign(witness, 1_679_315_147, |message| key(number).sign(message)).unwrap();
    }
    let signed: SignedCheckpoint = signed.to_string().parse().unwrap();
    signed.authenticate(&log_key(), ed25519_authentic).unwrap();
    let seen = witnesses(&signed, 2, &keys);
    assert!(seen.suffice());
    assert_eq!(seen.authentic.iter().map(|cosignature| cosignature.time).collect::<Vec<_>>(), [1_679_315_147; 2]);
    assert!(!witnesses(&signed, 3, &keys).suffice());
    let seen = witnesses(&signed, 1, &keys[..1]);
    assert!(seen.suffice());
    assert_eq!(seen.unknown.len(), 1, "the other witness is reported, not dropped");
}

#[test]
fn one_key_under_two_names_is_one_witness_and_the_log_is_none() {
    let names: Vec<_> = ["w1.example", "w2.example"].map(|name| named(name, KeyKind::Cosignature, &key(11))).into();
    let own = named("w3.example", KeyKind::Cosignature, &key(1));
    let mut signed = checkpoint();
    for witness in &names {
        signed.cosign(witness, 5, |message| key(11).sign(message)).unwrap();
    }
    assert_eq!(witnesses(&signed, 2, &names).authentic.len(), 1);
    signed.cosign(&own, 5, |message| key(1).sign(message)).unwrap();
    assert!(!witnesses(&signed, 1, &[own]).suffice());
}

#[test]
fn a_false_cosignature_is_reported_and_spoils_the_policy() {
    let keys: Vec<_> =
        (11..13).map(|number| named(&format!("w{number}.example"), KeyKind::Cosignature, &key(number))).collect();
    let mut signed = checkpoint();
    signed.cosign(&keys[0], 5, |message| key(11).sign(message)).unwrap();
    signed.cosign(&keys[1], 5, |message| key(99).sign(message)).unwrap();
    let seen = witnesses(&signed, 1, &keys);
    assert_eq!((seen.authentic.len(), seen.not_authentic.len()), (1, 1));
    assert!(!seen.suffice());
}

#[test]
fn a_cosignature_is_of_its_time() {
    let witness = named("w.example", KeyKind::Cosignature, &key(11));
    let mut signed = checkpoint();
    signed.cosign(&witness, 5, |message| key(11).sign(message)).unwrap();
    let text = signed.to_string();
    let mut note: Note = text.parse().unwrap();
    note.signatures[1].signature[7] = 6;
    let later: SignedCheckpoint = note.to_string().parse().unwrap();
    assert_eq!(witnesses(&later, 1, std::slice::from_ref(&witness)).not_authentic.len(), 1);
    assert!(witnesses(&text.parse().unwrap(), 1, &[witness]).suffice());
}

#[test]
fn keys_have_one_spelling() {
    let text = log_key().to_string();
    assert_eq!(text.parse::<VerifierKey>(), Ok(log_key()));
    for changed in [text.replacen('+', "++", 1), text.to_uppercase(), format!("{text}="), text.replace("log.", "log. ")]
    {
        assert!(changed.parse::<VerifierKey>().is_err(), "{changed}");
    }
    assert!(VerifierKey::new("with space", KeyKind::Ed25519, [1; 32]).is_err());
    assert!(VerifierKey::new("", KeyKind::Ed25519, [1; 32]).is_err());
}
