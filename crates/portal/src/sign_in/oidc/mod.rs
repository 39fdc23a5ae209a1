//! Signing in by a provider of OpenID Connect: the authorization-code flow with PKCE, state and nonce.
//!
//! The provider says only who somebody is. An account of the store must name that subject, and what its party may do is in the log.

mod fetch;
mod pending;
mod provider;
mod settings;
mod token;
mod way;

use std::sync::{Arc, Mutex, PoisonError};

use heng_office::clock;
use jiff::{SignedDuration, Timestamp};

pub use fetch::FetchError;
pub use settings::{SettingsError, VouchingProvider};
pub(crate) use way::{leave, return_from};

use pending::Pending;
use provider::Provider;

/// How long a provider that gave no answer is not asked again.
const QUIET: SignedDuration = SignedDuration::from_secs(5);

/// The provider that vouches for people, and the sign-ins that are under way.
#[derive(Debug)]
pub(crate) struct Oidc {
    settings: VouchingProvider,
    pending: Pending,
    known: Mutex<Option<Arc<Provider>>>,
    /// When it was last asked for nothing. Held by whoever asks: others wait for the same answer.
    silent: Mutex<Option<(Timestamp, FetchError)>>,
}

impl Oidc {
    /// Nothing is asked of the provider before somebody wants to sign in: the service starts without it.
    pub(crate) fn new(settings: VouchingProvider) -> Self {
        Self { settings, pending: Pending::default(), known: Mutex::new(None), silent: Mutex::new(None) }
    }

    /// How people call it, in Chinese and in English.
    pub(crate) fn name(&self) -> &heng_rule::Words {
        &self.settings.name
    }

    /// What it says of itself, asked once and again after an hour.
    fn provider(&self, now: Timestamp) -> Result<Arc<Provider>, FetchError> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(provider) = known().as_ref().filter(|provider| provider.is_fresh(now)) {
            return Ok(Arc::clone(provider));
        }
        let mut silent = self.silent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(provider) = known().as_ref().filter(|provider| provider.is_fresh(now)) {
            return Ok(Arc::clone(provider));
        }
        // Those who waited meanwhile came before it was silent.
        if let Some((_, error)) = silent.as_ref().filter(|(at, _)| now.duration_since(*at) < QUIET) {
            return Err(error.clone());
        }
        match Provider::discovered(&self.settings.issuer, now) {
            Ok(provider) => {
                let provider = Arc::new(provider);
                *known() = Some(Arc::clone(&provider));
                Ok(provider)
            }
            Err(error) => {
                *silent = Some((clock::now(), error.clone()));
                Err(error)
            }
        }
    }

    /// The same, asked again because a token names a key that was not there; not more often than once a minute.
    fn provider_with_new_keys(&self, now: Timestamp) -> Result<Arc<Provider>, FetchError> {
        {
            let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            if known.as_ref().is_some_and(|provider| provider.may_be_asked_again(now)) {
                *known = None;
            }
        }
        self.provider(now)
    }
}
