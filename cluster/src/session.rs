//! What client, scheduler and executors must agree on: the settings of a session and the one function of ours.

use std::sync::Arc;

use ballista_core::extension::SessionConfigExt;
use ballista_core::registry::BallistaFunctionRegistry;
use datafusion::error::Result;
use datafusion::execution::{FunctionRegistry, SessionState, SessionStateBuilder};
use datafusion::prelude::SessionConfig;

use crate::function::infer_district;

/// The settings of every session.
pub fn settings() -> SessionConfig {
    let settings = SessionConfig::new_with_ballista()
        // With it, an executor killed at work hung the job in every trial.
        .with_ballista_adaptive_query_planner(false);
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
