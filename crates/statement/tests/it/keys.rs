//! Keys and signatures, also between us and OpenSSL.

use std::fs;
use std::path::Path;
use std::process::Command;

use heng_statement::{KeyId, PublicKey, SigningKey, Suite};
use sha2::{Digest, Sha256};

use crate::fixtures::key;

const MESSAGE: &[u8] = "示值误差 E = −0.5 g".as_bytes();

#[test]
fn a_key_survives_its_encodings() {
    for suite in Suite::ALL {
        let key = key(suite, 1);
        let public = key.public_key();
        assert_eq!(SigningKey::from_pem(&key.to_pem().unwrap()).unwrap().public_key(), public);
        assert_eq!(&PublicKey::from_pem(&public.to_pem().unwrap()).unwrap(), public);
        assert_eq!(&PublicKey::from_spki_der(public.to_spki_der()).unwrap(), public);
        assert_eq!(public.suite(), suite);
        assert_eq!(suite.name().parse(), Ok(suite));
        assert_eq!(public.key_id(), KeyId(Sha256::digest(public.to_spki_der()).into()));
        assert_eq!(public.key_id().to_string().parse::<KeyId>().unwrap(), public.key_id());
    }
}

#[test]
fn the_ed25519_signature_of_rfc_8032_section_7_1_test_2() {
    let mut seed = [0; 32];
    hex::decode_to_slice("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", &mut seed).unwrap();
    let key = SigningKey::generate(Suite::Ed25519, &seed).unwrap();
    assert_eq!(
        hex::encode(key.sign(&[0x72]).unwrap()),
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    );
}

#[test]
fn a_signature_is_of_its_message_and_its_key() {
    for suite in Suite::ALL {
        let (mine, other) = (key(suite, 1), key(suite, 2));
        let signature = mine.sign(MESSAGE).unwrap();
        mine.public_key().authenticate(MESSAGE, &signature).unwrap();
        mine.public_key().authenticate_der(MESSAGE, &mine.sign_der(MESSAGE).unwrap()).unwrap();
        assert!(mine.public_key().authenticate(b"else", &signature).is_err());
        assert!(other.public_key().authenticate(MESSAGE, &signature).is_err());
        assert_eq!(mine.sign(MESSAGE).unwrap(), signature);
        assert!(mine.public_key().authenticate(MESSAGE, &[0; 64]).is_err());
        assert!(mine.public_key().authenticate(MESSAGE, &[0xff; 64]).is_err());
    }
}

/// Whether OpenSSL 3 is at hand; says so if not.
fn openssl() -> bool {
    let version = Command::new("openssl")
        .arg("version")
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let present = version.as_ref().is_ok_and(|version| version.starts_with("OpenSSL 3"));
    if !present {
        eprintln!("SKIPPED: no OpenSSL 3 on this machine ({version:?})");
    }
    present
}

fn run(folder: &Path, arguments: &[&str]) {
    let output = Command::new("openssl").args(arguments).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What `openssl pkeyutl` needs to be told for each suite.
fn digest_options(suite: Suite) -> &'static [&'static str] {
    match suite {
        Suite::Ed25519 => &["-rawin"],
        Suite::Es256 => &["-rawin", "-digest", "sha256"],
        Suite::Sm2 => &["-rawin", "-digest", "sm3", "-pkeyopt", "distid:1234567812345678"],
    }
}

#[test]
fn openssl_reads_our_keys_and_accepts_our_signatures() {
    if !openssl() {
        return;
    }
    for suite in Suite::ALL {
        let folder = tempfile::tempdir().unwrap();
        let key = key(suite, 7);
        fs::write(folder.path().join("private.pem"), key.to_pem().unwrap()).unwrap();
        fs::write(folder.path().join("public.pem"), key.public_key().to_pem().unwrap()).unwrap();
        fs::write(folder.path().join("message"), MESSAGE).unwrap();
        fs::write(folder.path().join("signature"), key.sign_der(MESSAGE).unwrap()).unwrap();
        let verify =
            ["pkeyutl", "-verify", "-pubin", "-inkey", "public.pem", "-in", "message", "-sigfile", "signature"];
        run(folder.path(), &[&verify, digest_options(suite)].concat());
        run(folder.path(), &["pkey", "-in", "private.pem", "-pubout", "-out", "derived.pem"]);
        let derived = fs::read_to_string(folder.path().join("derived.pem")).unwrap();
        assert_eq!(&PublicKey::from_pem(&derived).unwrap(), key.public_key(), "{suite}");
        let sign = ["pkeyutl", "-sign", "-inkey", "private.pem", "-in", "message", "-out", "theirs"];
        run(folder.path(), &[&sign, digest_options(suite)].concat());
        key.public_key().authenticate_der(MESSAGE, &fs::read(folder.path().join("theirs")).unwrap()).unwrap();
    }
}

#[test]
fn we_read_the_keys_of_openssl_and_accept_its_signatures() {
    if !openssl() {
        return;
    }
    for suite in Suite::ALL {
        let folder = tempfile::tempdir().unwrap();
        let generate: &[&str] = match suite {
            Suite::Ed25519 => &["genpkey", "-algorithm", "ed25519", "-out", "private.pem"],
            Suite::Es256 => {
                &["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "private.pem"]
            }
            Suite::Sm2 => &["genpkey", "-algorithm", "SM2", "-out", "private.pem"],
        };
        run(folder.path(), generate);
        run(folder.path(), &["pkey", "-in", "private.pem", "-pubout", "-out", "public.pem"]);
        fs::write(folder.path().join("message"), MESSAGE).unwrap();
        let sign = ["pkeyutl", "-sign", "-inkey", "private.pem", "-in", "message", "-out", "signature"];
        run(folder.path(), &[&sign, digest_options(suite)].concat());
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        let public = PublicKey::from_pem(&text("public.pem")).unwrap();
        assert_eq!(public.suite(), suite);
        public.authenticate_der(MESSAGE, &fs::read(folder.path().join("signature")).unwrap()).unwrap();
        let private = SigningKey::from_pem(&text("private.pem")).unwrap();
        assert_eq!(private.public_key(), &public);
        public.authenticate(MESSAGE, &private.sign(MESSAGE).unwrap()).unwrap();
    }
}
