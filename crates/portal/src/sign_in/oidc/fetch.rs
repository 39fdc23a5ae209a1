//! Asking the provider, in small answers and not for long.

use std::time::Duration;

use serde::de::DeserializeOwned;

use super::settings::is_safe;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long an answer may be, in bytes.
const LARGEST: u64 = 256 * 1024;

/// The provider did not answer, or not as its standard says.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{address}: {reason}")]
pub struct FetchError {
    address: String,
    reason: String,
}

impl FetchError {
    /// What was asked, and what came.
    pub(crate) fn new(address: &str, reason: impl ToString) -> Self {
        Self { address: address.to_owned(), reason: reason.to_string() }
    }
}

fn agent() -> ureq::Agent {
    // A redirect would take the secret elsewhere.
    ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build().new_agent()
}

fn read<T: DeserializeOwned>(
    address: &str,
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<T, FetchError> {
    let mut answer = answer.map_err(|error| FetchError::new(address, error))?;
    if answer.status() != 200 {
        return Err(FetchError::new(address, format!("answered {}", answer.status())));
    }
    let bytes = answer
        .body_mut()
        .with_config()
        .limit(LARGEST)
        .read_to_vec()
        .map_err(|error| FetchError::new(address, error))?;
    serde_json::from_slice(&bytes).map_err(|error| FetchError::new(address, error))
}

/// What lies at an address.
pub(crate) fn fetch<T: DeserializeOwned>(address: &str) -> Result<T, FetchError> {
    if !is_safe(address) {
        return Err(FetchError::new(address, "neither https nor on this machine"));
    }
    read(address, agent().get(address).header("accept", "application/json").call())
}

/// What comes back for a form.
pub(crate) fn send<T: DeserializeOwned>(
    address: &str,
    authorization: Option<&str>,
    form: &[(&str, &str)],
) -> Result<T, FetchError> {
    if !is_safe(address) {
        return Err(FetchError::new(address, "neither https nor on this machine"));
    }
    let mut request = agent().post(address).header("accept", "application/json");
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    read(address, request.send_form(form.iter().copied()))
}
