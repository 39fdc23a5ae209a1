//! Every address the service answers, in one list.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::access::gate;
use crate::day;
use crate::district;
use crate::guard::{LARGEST, guard, note_route};
use crate::interface;
use crate::laboratory::{record, rounds, sheet, tasks, withdrawal};
use crate::log_files;
use crate::metrics::metrics;
use crate::owner::{by_hand, calendar, holdings, ledger, request};
use crate::plan;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::public::{certificate, check, files, found, home, register, round, session, statement, thing, uncertainty};
use crate::sign_in;
use crate::style::asset;
use crate::utility::{alarms, causes, matrix as service_matrix, network, networks};

/// The whole service, for a listener or for a test.
pub fn router(portal: Arc<Portal>) -> Router {
    Router::new()
        .route("/", get(home::home))
        .route("/check", get(check::by_query).post(check::of_file))
        .route("/check/{number}", get(check::by_number))
        .route("/certificate/{number}", get(certificate::certificate))
        .route("/certificate/{number}/{file}", get(files::file))
        .route("/thing/{id}", get(thing::thing))
        .route("/statement/{hash}", get(statement::statement))
        .route("/session", get(session::page).post(session::of_file))
        .route("/register", get(register::register))
        .route("/rounds", get(round::list))
        .route("/round/{number}", get(round::page))
        .route("/round/{number}/{file}", get(round::file))
        .route("/plan", get(plan::matrix::page))
        .route("/plan/conflicts", get(plan::conflicts::page))
        .route("/plan/forecasts", get(plan::forecasts::page))
        .route("/plan/norms", get(plan::norms::page))
        .route("/plan/progress", get(plan::progress::page))
        .route("/plan/department/{name}", get(plan::department::page))
        .route("/plan/report/{statement}/{file}", get(plan::reports::file))
        .route("/plan/{indicator}", get(plan::indicator::page))
        .route("/uncertainty", get(uncertainty::page).post(uncertainty::of_text).layer(largest_model()))
        .route("/api/check/{number}", get(interface::check))
        .route("/api/check", post(interface::check_files))
        .route("/api/session", post(interface::check_session))
        .route("/api/certificate/{number}", get(interface::certificate))
        .route("/api/thing/{id}", get(interface::thing))
        .route("/api/statement/{hash}", get(interface::statement))
        .route("/api/register", get(interface::register))
        .route("/api/plan", get(interface::plan::plan))
        .route("/api/plan/conflicts", get(interface::plan::of_conflicts))
        .route("/api/plan/forecasts", get(interface::plan::of_forecasts))
        .route("/api/plan/norms", get(interface::plan::of_norms))
        .route("/api/plan/progress", get(interface::plan::of_progress))
        .route("/api/plan/department/{name}", get(interface::plan::of_department))
        .route("/api/plan/{indicator}", get(interface::plan::one))
        .route("/api/uncertainty", post(interface::uncertainty::evaluate).layer(largest_model()))
        .route("/api/readings", post(interface::readings::take))
        .route("/api/day", get(interface::own::day))
        .route("/api/holdings", get(interface::own::holdings))
        .route("/api/laboratory", get(interface::own::laboratory))
        .route("/api/districts", get(interface::own::districts))
        .route("/api/service/causes", get(interface::own::causes))
        .route("/api/service/matrix", get(interface::own::service))
        .route("/api/openapi.json", get(interface::description))
        .route("/checkpoint", get(log_files::checkpoint))
        .route("/tile/{*path}", get(log_files::tile))
        .route("/assets/{name}", get(asset))
        .route("/metrics", get(metrics))
        .route("/health/live", get(live))
        .route("/health/ready", get(ready))
        .route(
            "/sign-in",
            get(sign_in::page).post(sign_in::sign_in).layer(DefaultBodyLimit::max(sign_in::LARGEST_FORM)),
        )
        .route("/sign-in/provider", get(sign_in::leave))
        .route("/sign-in/return", get(sign_in::return_from))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/day", get(day::day))
        .route("/holdings", get(holdings::page))
        .route("/holdings/due.ics", get(calendar::due))
        .route("/holdings/request", get(request::page).post(request::ask))
        .route("/holdings/new", get(by_hand::page).post(by_hand::register))
        .route("/holdings/ledger", get(ledger::page).post(ledger::look))
        .route("/holdings/ledger/enter", post(ledger::confirm))
        .route("/holdings/ledger/{file}", get(ledger::file))
        .route("/laboratory", get(tasks::page))
        .route("/laboratory/new", get(sheet::beginning).post(sheet::begin))
        .route("/laboratory/sheet/{draft}", get(sheet::page).post(sheet::fill))
        .route("/laboratory/sheet/{draft}/live", post(sheet::live))
        .route("/laboratory/sheet/{draft}/discard", post(sheet::discard))
        .route("/laboratory/record/{hash}", get(record::page).post(record::answer))
        .route("/laboratory/withdraw/{number}", get(withdrawal::page).post(withdrawal::withdraw))
        .route("/laboratory/rounds", get(rounds::list))
        .route("/laboratory/round/{number}", get(rounds::page).post(rounds::act))
        .route("/found", get(found::page))
        .route("/service", get(networks::page))
        .route("/service/network/{id}", get(network::page))
        .route("/service/causes", get(causes::page))
        .route("/service/matrix", get(service_matrix::page))
        .route("/service/alarms", get(alarms::page).post(alarms::answer))
        .route("/districts", get(district::page::page))
        .route_layer(from_fn_with_state(Arc::clone(&portal), gate))
        .route_layer(from_fn(note_route))
        .fallback(async || Problem::no_page())
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(from_fn_with_state(Arc::clone(&portal), guard))
        .with_state(portal)
}

/// What a request with a model may bring.
fn largest_model() -> DefaultBodyLimit {
    DefaultBodyLimit::max(uncertainty::LARGEST_BODY)
}

/// The process answers.
async fn live() -> &'static str {
    "live\n"
}

/// The store answers.
async fn ready(State(portal): State<Arc<Portal>>) -> Result<&'static str, Problem> {
    read(portal, |portal| Ok((portal.store().size()?, portal.inventory()?.size()))).await.map(|_| "ready\n").map_err(
        |mut problem| {
            problem.status = StatusCode::SERVICE_UNAVAILABLE;
            problem
        },
    )
}

/// Reads the store on a thread that may wait for the disk.
pub(crate) async fn read<T: Send + 'static>(
    portal: Arc<Portal>,
    work: impl FnOnce(&Portal) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    tokio::task::spawn_blocking(move || work(&portal)).await.map_err(Problem::failure)?
}
