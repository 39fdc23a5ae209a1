//! Whether an ID token is what it says (OpenID Connect Core 1.0, 3.1.3.7), for RS256 and ES256.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use ring::signature::{ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey};
use serde::Deserialize;

/// How far the provider's clock may be off, in seconds.
const OFF: i64 = 60;

/// How old a fresh token may be, in seconds: it was asked for a moment ago.
const OLDEST: i64 = 600;

/// The keys that a provider publishes (RFC 7517). Those of other kinds are left out.
#[derive(Debug, Deserialize)]
pub(crate) struct Keys {
    keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
struct Key {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    used_for: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: String,
    #[serde(default)]
    e: String,
    #[serde(default)]
    x: String,
    #[serde(default)]
    y: String,
}

#[derive(Deserialize)]
struct Head {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nonce: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

/// What a token must say.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected<'a> {
    pub(crate) issuer: &'a str,
    pub(crate) client: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) now: Timestamp,
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Doubt {
    /// Not three parts of base64url and JSON.
    Form,
    /// Signed in another way than RS256 or ES256.
    Algorithm,
    /// By a key that the provider does not publish.
    Key,
    /// The signature does not fit.
    Signature,
    /// Made by another provider.
    Issuer,
    /// Made for another service.
    Audience,
    /// Too old, or from the future.
    Time,
    /// Not the one that was asked for.
    Nonce,
    /// It names nobody.
    Subject,
}

/// Whom the provider vouches for.
pub(crate) fn subject(token: &str, keys: &Keys, expected: Expected<'_>) -> Result<String, Doubt> {
    let (signed, signature) = token.rsplit_once('.').ok_or(Doubt::Form)?;
    let (head, claims) = signed.split_once('.').ok_or(Doubt::Form)?;
    let head: Head = part(head)?;
    // RFC 7515, 4.1.11: what must be understood is not understood here.
    if head.crit.is_some() {
        return Err(Doubt::Algorithm);
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| Doubt::Form)?;
    key(keys, &head)?.verify(signed.as_bytes(), &signature)?;
    let claims: Claims = part(claims)?;
    if claims.iss != expected.issuer {
        return Err(Doubt::Issuer);
    }
    let is_for_us = match &claims.aud {
        Audience::One(one) => one == expected.client,
        Audience::Many(many) => {
            many.iter().any(|one| one == expected.client) && (many.len() == 1 || claims.azp.is_some())
        }
    };
    if !is_for_us || claims.azp.is_some_and(|azp| azp != expected.client) {
        return Err(Doubt::Audience);
    }
    let now = expected.now.as_second();
    if claims.exp <= now.saturating_sub(OFF)
        || claims.iat > now.saturating_add(OFF)
        || claims.iat < now.saturating_sub(OLDEST)
    {
        return Err(Doubt::Time);
    }
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Doubt::Nonce);
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err(Doubt::Subject);
    }
    Ok(claims.sub)
}

fn part<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Doubt> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Doubt::Form)?;
    serde_json::from_slice(&bytes).map_err(|_| Doubt::Form)
}

/// The one key that the token may have been signed with. The algorithm is the key's, never the token's alone.
fn key<'a>(keys: &'a Keys, head: &Head) -> Result<&'a Key, Doubt> {
    let kind = match head.alg.as_str() {
        "RS256" => "RSA",
        "ES256" => "EC",
        _ => return Err(Doubt::Algorithm),
    };
    let fits = |key: &&Key| {
        key.kty == kind
            && key.used_for.as_deref().is_none_or(|used| used == "sig")
            && key.alg.as_deref().is_none_or(|alg| alg == head.alg)
            && (kind == "RSA" || key.crv.as_deref() == Some("P-256"))
            && (head.kid.is_none() || key.kid == head.kid)
    };
    let mut fitting = keys.keys.iter().filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(key), None) => Ok(key),
        _ => Err(Doubt::Key),
    }
}

impl Key {
    fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Doubt> {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| Doubt::Key);
        let verified = if self.kty == "RSA" {
            RsaPublicKeyComponents { n: bytes(&self.n)?, e: bytes(&self.e)? }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            )
        } else {
            let point = [vec![4], bytes(&self.x)?, bytes(&self.y)?].concat();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature)
        };
        verified.map_err(|_| Doubt::Signature)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::{Value, json};

    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn encoded(bytes: &[u8]) -> String {
        URL_SAFE_NO_PAD.encode(bytes)
    }

    struct Signer(EcdsaKeyPair, SystemRandom);

    impl Signer {
        fn new() -> Self {
            let random = SystemRandom::new();
            let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap();
            Self(pair, random)
        }

        fn published(&self, kid: &str) -> Value {
            let point = self.0.public_key().as_ref();
            json!({"kty": "EC", "crv": "P-256", "kid": kid, "use": "sig", "x": encoded(&point[1..33]), "y": encoded(&point[33..])})
        }

        fn token(&self, head: &Value, claims: &Value) -> String {
            let signed = format!("{}.{}", encoded(head.to_string().as_bytes()), encoded(claims.to_string().as_bytes()));
            let signature = self.0.sign(&self.1, signed.as_bytes()).unwrap();
            format!("{signed}.{}", encoded(signature.as_ref()))
        }
    }

    fn claims() -> Value {
        json!({"iss": "https://id.example", "sub": "zhao", "aud": "heng", "exp": NOW + 300, "iat": NOW, "nonce": "asked"})
    }

    fn changed(name: &str, value: Value) -> Value {
        let mut claims = claims();
        claims[name] = value;
        claims
    }

    fn judged(signer: &Signer, head: &Value, claims: &Value) -> Result<String, Doubt> {
        let keys = serde_json::from_value(json!({"keys": [signer.published("one")]})).unwrap();
        let now = Timestamp::from_second(NOW).unwrap();
        let expected = Expected { issuer: "https://id.example", client: "heng", nonce: "asked", now };
        subject(&signer.token(head, claims), &keys, expected)
    }

    #[test]
    fn a_token_is_believed_only_if_everything_in_it_is_right() {
        let signer = Signer::new();
        let head = json!({"alg": "ES256", "kid": "one"});
        assert_eq!(judged(&signer, &head, &claims()), Ok("zhao".to_owned()));
        assert_eq!(judged(&signer, &head, &changed("aud", json!(["heng"]))), Ok("zhao".to_owned()));
        let cases = [
            ("iss", json!("https://id.example/"), Doubt::Issuer),
            ("aud", json!("another"), Doubt::Audience),
            ("aud", json!(["heng", "another"]), Doubt::Audience),
            ("azp", json!("another"), Doubt::Audience),
            ("exp", json!(NOW - 60), Doubt::Time),
            ("iat", json!(NOW + 61), Doubt::Time),
            ("iat", json!(NOW - 601), Doubt::Time),
            ("nonce", json!("another"), Doubt::Nonce),
            ("nonce", Value::Null, Doubt::Nonce),
            ("sub", json!(""), Doubt::Subject),
            ("sub", json!("x".repeat(256)), Doubt::Subject),
            ("exp", json!("soon"), Doubt::Form),
        ];
        for (name, value, doubt) in cases {
            assert_eq!(judged(&signer, &head, &changed(name, value.clone())), Err(doubt), "{name} {value}");
        }
    }

    #[test]
    fn the_algorithm_is_never_what_the_token_wishes() {
        let signer = Signer::new();
        for alg in ["none", "HS256", "ES384", "RS512", "PS256", ""] {
            assert_eq!(judged(&signer, &json!({"alg": alg}), &claims()), Err(Doubt::Algorithm), "{alg}");
        }
        assert_eq!(judged(&signer, &json!({"alg": "RS256", "kid": "one"}), &claims()), Err(Doubt::Key));
        assert_eq!(judged(&signer, &json!({"alg": "ES256", "kid": "two"}), &claims()), Err(Doubt::Key));
        assert_eq!(judged(&signer, &json!({"alg": "ES256", "crit": ["b64"]}), &claims()), Err(Doubt::Algorithm));
    }

    #[test]
    fn a_changed_letter_or_another_key_is_noticed() {
        let (signer, other) = (Signer::new(), Signer::new());
        let keys: Keys = serde_json::from_value(json!({"keys": [other.published("one")]})).unwrap();
        let now = Timestamp::from_second(NOW).unwrap();
        let expected = Expected { issuer: "https://id.example", client: "heng", nonce: "asked", now };
        let token = signer.token(&json!({"alg": "ES256", "kid": "one"}), &claims());
        assert_eq!(subject(&token, &keys, expected), Err(Doubt::Signature));
        let keys: Keys = serde_json::from_value(json!({"keys": [signer.published("one")]})).unwrap();
        assert!(subject(&token, &keys, expected).is_ok());
        let (start, signature) = token.rsplit_once('.').unwrap();
        let (head, _) = start.split_once('.').unwrap();
        let forged = format!("{head}.{}.{signature}", encoded(changed("sub", json!("chief")).to_string().as_bytes()));
        assert_eq!(subject(&forged, &keys, expected), Err(Doubt::Signature));
        for cut in ["", "a", "a.b", "..", "a.b.c", &format!("{start}.")] {
            assert!(subject(cut, &keys, expected).is_err(), "{cut}");
        }
    }

    #[test]
    fn among_two_keys_without_a_name_none_is_guessed() {
        let (signer, other) = (Signer::new(), Signer::new());
        let keys: Keys =
            serde_json::from_value(json!({"keys": [signer.published("one"), other.published("two")]})).unwrap();
        let now = Timestamp::from_second(NOW).unwrap();
        let expected = Expected { issuer: "https://id.example", client: "heng", nonce: "asked", now };
        let token = signer.token(&json!({"alg": "ES256"}), &claims());
        assert_eq!(subject(&token, &keys, expected), Err(Doubt::Key));
    }
}
