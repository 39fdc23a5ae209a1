//! Every address the service answers and the action it is. An address that is not here is answered to nobody.

use axum::http::Method;

use super::Action;

/// An address of the service, as the router writes it, and what it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endpoint {
    /// `GET` or `POST`; a `GET` is also asked as `HEAD`.
    pub(crate) method: &'static str,
    /// The pattern.
    pub(crate) path: &'static str,
    /// What it is.
    pub(crate) action: Action,
}

const fn get(path: &'static str, action: Action) -> Endpoint {
    Endpoint { method: "GET", path, action }
}

const fn post(path: &'static str, action: Action) -> Endpoint {
    Endpoint { method: "POST", path, action }
}

/// All of them.
pub(crate) const ENDPOINTS: &[Endpoint] = &[
    get("/", Action::ReadPublic),
    get("/check", Action::Check),
    post("/check", Action::Check),
    get("/check/{number}", Action::Check),
    get("/certificate/{number}", Action::ReadPublic),
    get("/certificate/{number}/{file}", Action::ReadPrivate),
    get("/thing/{id}", Action::ReadPublic),
    get("/statement/{hash}", Action::ReadPublic),
    get("/session", Action::Check),
    post("/session", Action::Check),
    get("/register", Action::ReadPublic),
    get("/rounds", Action::ReadPublic),
    get("/round/{number}", Action::ReadPublic),
    get("/round/{number}/{file}", Action::ReadPrivate),
    get("/plan", Action::ReadPublic),
    get("/plan/conflicts", Action::ReadPublic),
    get("/plan/forecasts", Action::ReadPublic),
    get("/plan/norms", Action::ReadPublic),
    get("/plan/progress", Action::ReadPublic),
    get("/plan/department/{name}", Action::ReadPublic),
    get("/plan/report/{statement}/{file}", Action::ReadPublic),
    get("/plan/{indicator}", Action::ReadPublic),
    get("/uncertainty", Action::Evaluate),
    post("/uncertainty", Action::Evaluate),
    get("/api/check/{number}", Action::Check),
    post("/api/check", Action::Check),
    post("/api/session", Action::Check),
    get("/api/certificate/{number}", Action::ReadPublic),
    get("/api/thing/{id}", Action::ReadPublic),
    get("/api/statement/{hash}", Action::ReadPublic),
    get("/api/register", Action::ReadPublic),
    get("/api/plan", Action::ReadPublic),
    get("/api/plan/conflicts", Action::ReadPublic),
    get("/api/plan/forecasts", Action::ReadPublic),
    get("/api/plan/norms", Action::ReadPublic),
    get("/api/plan/progress", Action::ReadPublic),
    get("/api/plan/department/{name}", Action::ReadPublic),
    get("/api/plan/{indicator}", Action::ReadPublic),
    post("/api/uncertainty", Action::Evaluate),
    post("/api/readings", Action::SendReadings),
    get("/api/day", Action::SeeOwnDay),
    get("/api/holdings", Action::EnterHoldings),
    get("/api/laboratory", Action::EnterLaboratory),
    get("/api/districts", Action::EnterDistricts),
    get("/api/service/causes", Action::EnterService),
    get("/api/service/matrix", Action::EnterService),
    get("/api/openapi.json", Action::ReadPublic),
    get("/checkpoint", Action::ReadPublic),
    get("/tile/{*path}", Action::ReadPublic),
    get("/assets/{name}", Action::ReadPublic),
    get("/metrics", Action::ReadPublic),
    get("/health/live", Action::ReadPublic),
    get("/health/ready", Action::ReadPublic),
    get("/sign-in", Action::SignIn),
    post("/sign-in", Action::SignIn),
    get("/sign-in/provider", Action::SignIn),
    get("/sign-in/return", Action::SignIn),
    post("/sign-out", Action::SignIn),
    get("/day", Action::SeeOwnDay),
    get("/holdings", Action::EnterHoldings),
    get("/holdings/due.ics", Action::EnterHoldings),
    get("/holdings/request", Action::Request),
    post("/holdings/request", Action::Request),
    get("/holdings/new", Action::ChangeHoldings),
    post("/holdings/new", Action::ChangeHoldings),
    get("/holdings/ledger", Action::EnterHoldings),
    post("/holdings/ledger", Action::ChangeHoldings),
    post("/holdings/ledger/enter", Action::ChangeHoldings),
    get("/holdings/ledger/{file}", Action::EnterHoldings),
    get("/laboratory", Action::EnterLaboratory),
    get("/laboratory/new", Action::BeginSheet),
    post("/laboratory/new", Action::BeginSheet),
    get("/laboratory/sheet/{draft}", Action::ReadSheet),
    post("/laboratory/sheet/{draft}", Action::FillSheet),
    post("/laboratory/sheet/{draft}/live", Action::FillSheet),
    post("/laboratory/sheet/{draft}/discard", Action::FillSheet),
    get("/laboratory/record/{hash}", Action::ReadRecord),
    post("/laboratory/record/{hash}", Action::Review),
    get("/laboratory/withdraw/{number}", Action::Withdraw),
    post("/laboratory/withdraw/{number}", Action::Withdraw),
    get("/laboratory/rounds", Action::EnterLaboratory),
    get("/laboratory/round/{number}", Action::TakeRoundStep),
    post("/laboratory/round/{number}", Action::TakeRoundStep),
    get("/found", Action::ReadPublic),
    get("/service", Action::EnterService),
    get("/service/network/{id}", Action::ReadNetwork),
    get("/service/causes", Action::EnterService),
    get("/service/matrix", Action::EnterService),
    get("/service/alarms", Action::EnterService),
    post("/service/alarms", Action::AnswerAlarm),
    get("/districts", Action::EnterDistricts),
];

/// The action of a request to a route.
pub(crate) fn action(method: &Method, path: &str) -> Option<Action> {
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    ENDPOINTS.iter().find(|endpoint| endpoint.path == path && endpoint.method == method).map(|endpoint| endpoint.action)
}
