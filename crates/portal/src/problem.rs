//! Why a page could not be shown, and what to do next: a code, its facts, and the status it is sent with.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use heng_office::Failure;

use crate::frame::address;

/// A page that could not be shown. The words are `portal-problem-CODE` and `portal-problem-CODE-next`.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) data: Vec<(&'static str, String)>,
    /// The names nearest to one that is not known, and where they lead.
    pub(crate) near: Vec<(String, String)>,
    /// For the log of the service, never for the page.
    pub(crate) cause: Option<String>,
}

impl Problem {
    /// A problem with what was asked.
    pub(crate) fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, code, data: Vec::new(), near: Vec::new(), cause: None }
    }

    /// With one more fact.
    pub(crate) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.data.push((name, value.to_string()));
        self
    }

    /// With the names that may have been meant; each has a page in this folder.
    pub(crate) fn near(mut self, folder: &str, names: Vec<String>) -> Self {
        self.near = names.into_iter().map(|name| (name.clone(), address(folder, &name))).collect();
        self
    }

    /// The service could not.
    pub(crate) fn failure(cause: impl ToString) -> Self {
        let cause = Some(cause.to_string());
        Self { cause, ..Self::new(StatusCode::INTERNAL_SERVER_ERROR, "failure") }
    }

    /// Too many ask for the same at once.
    pub(crate) fn busy() -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "busy")
    }

    /// There is no page at this address.
    pub(crate) fn no_page() -> Self {
        Self::new(StatusCode::NOT_FOUND, "no-page")
    }

    /// The best description of a status that a library answered with.
    pub(crate) fn of_status(status: StatusCode) -> Self {
        let code = match status {
            StatusCode::NOT_FOUND => "no-page",
            StatusCode::METHOD_NOT_ALLOWED => "method",
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            StatusCode::REQUEST_TIMEOUT => "too-slow",
            status if status.is_client_error() => "bad-request",
            _ => "failure",
        };
        Self::new(status, code)
    }
}

impl From<heng_store::Error> for Problem {
    fn from(error: heng_store::Error) -> Self {
        Self::failure(error)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        Self::failure(format!("{failure:?}"))
    }
}

/// Only carries the problem: the guard knows the reader's language and writes the page.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
