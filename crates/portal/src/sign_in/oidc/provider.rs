//! What a provider says of itself (OpenID Connect Discovery 1.0), and trading a code for a token.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::fetch::{FetchError, fetch, send};
use super::settings::VouchingProvider;
use super::token::Keys;

/// How long what it said is believed.
const FRESH: SignedDuration = SignedDuration::from_hours(1);

/// How soon it may be asked for new keys.
const SOON: SignedDuration = SignedDuration::from_mins(1);

#[derive(Debug, Deserialize)]
struct Said {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Deserialize)]
struct Traded {
    id_token: String,
}

/// A provider as it described itself.
#[derive(Debug)]
pub(crate) struct Provider {
    said: Said,
    /// What its tokens are signed with.
    pub(crate) keys: Keys,
    at: Timestamp,
}

impl Provider {
    /// Asks it.
    pub(crate) fn discovered(issuer: &str, at: Timestamp) -> Result<Self, FetchError> {
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let said: Said = fetch(&address)?;
        // Discovery, 4.3: it must be the one that was asked for, to the letter.
        if said.issuer != issuer {
            return Err(FetchError::new(&address, format!("calls itself {}", said.issuer)));
        }
        let keys = fetch(&said.jwks_uri)?;
        Ok(Self { said, keys, at })
    }

    pub(crate) fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) < FRESH
    }

    pub(crate) fn may_be_asked_again(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) > SOON
    }

    /// RFC 9207: whether its answers name it, so that an answer of another provider is not taken for its own.
    pub(crate) fn is_named_right(&self, named: Option<&str>) -> bool {
        match named {
            Some(named) => named == self.said.issuer,
            None => !self.said.authorization_response_iss_parameter_supported,
        }
    }

    /// Where the browser goes, with these parameters.
    pub(crate) fn entrance(&self, parameters: &[(&str, &str)]) -> String {
        let mut address = self.said.authorization_endpoint.clone();
        for (index, (name, value)) in parameters.iter().enumerate() {
            address.push(if index == 0 && !address.contains('?') { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            address.push_str(&encoded(value));
        }
        address
    }

    /// Trades the code for the ID token.
    pub(crate) fn token(
        &self,
        settings: &VouchingProvider,
        code: &str,
        verifier: &str,
        back: &str,
    ) -> Result<String, FetchError> {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", verifier),
            ("redirect_uri", back),
        ];
        // OpenID Connect Core, 9: client_secret_basic where nothing else is said. RFC 6749, 2.3.1: both parts are encoded first.
        let methods = self.said.token_endpoint_auth_methods_supported.as_deref();
        let is_basic = methods.is_none_or(|methods| methods.iter().any(|method| method == "client_secret_basic"));
        let authorization = is_basic.then(|| {
            let pair = format!("{}:{}", encoded(&settings.client), encoded(&settings.secret));
            format!("Basic {}", STANDARD.encode(pair))
        });
        if !is_basic {
            form.extend([("client_id", settings.client.as_str()), ("client_secret", settings.secret.as_str())]);
        }
        Ok(send::<Traded>(&self.said.token_endpoint, authorization.as_deref(), &form)?.id_token)
    }
}

fn encoded(text: &str) -> String {
    const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    utf8_percent_encode(text, PLAIN).to_string()
}
