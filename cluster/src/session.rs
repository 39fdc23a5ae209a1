//! What client, scheduler and executors must agree on: the settings of a session and the one function of ours.

use std::sync::Arc;
use std::time::Duration;

use ballista_core::extension::{EndpointOverrideFn, SessionConfigExt};
use ballista_core::registry::BallistaFunctionRegistry;
use datafusion::error::Result;
use datafusion::execution::{FunctionRegistry, SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;

use crate::function::infer_district;

/// How long a machine may take to answer the first time.
const REACHED: Duration = Duration::from_secs(10);

/// How often a silent machine is asked whether it is still there, and how long it may take to say so.
const STILL_THERE: Duration = Duration::from_secs(10);

/// How connections are made. A machine without current closes nothing: whoever waits for it must ask.
pub fn connections() -> EndpointOverrideFn {
    Arc::new(|endpoint| {
        Ok(endpoint
            .connect_timeout(REACHED)
            .http2_keep_alive_interval(STILL_THERE)
            .keep_alive_timeout(STILL_THERE)
            .keep_alive_while_idle(true))
    })
}

/// The settings of every session.
pub fn settings() -> SessionConfig {
    let settings = SessionConfig::new_with_ballista()
        // With it, an executor killed at work hung the job in every trial.
        .with_ballista_adaptive_query_planner(false)
        .with_ballista_override_create_grpc_client_endpoint(connections());
    settings
        // One task holds one part of the plan: a task that is lost costs a few districts.
        .set_usize("ballista.scheduler.max_partitions_per_task", 1)
        // Whoever asks gives out again what cannot be fetched; there is no use in waiting for the dead.
        .set_usize("ballista.client.io_retries_times", 1)
        .set_usize("ballista.client.io_retry_wait_time_ms", 500)
}

/// The state of a session with our function.
pub fn state(settings: SessionConfig) -> Result<SessionState> {
    let mut state = SessionStateBuilder::new().with_config(settings).with_default_features().build();
    state.register_udf(Arc::new(infer_district()))?;
    Ok(state)
}

/// What executors look functions up in.
pub fn registry() -> Result<Arc<BallistaFunctionRegistry>> {
    Ok(Arc::new(BallistaFunctionRegistry::from(&state(settings())?)))
}
