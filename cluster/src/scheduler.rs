//! `heng-cluster scheduler`: gives parts of jobs to executors. Its state is in memory: whoever gave it a job gives it again.

use std::sync::Arc;

use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;

use crate::arguments::Scheduler;
use crate::failure::Failure;
use crate::session;

/// An executor that is not heard for so long is lost: three beats and more.
const LOST_SECONDS: u64 = 15;

/// How often the scheduler looks for executors that are lost.
const LOOK_SECONDS: u64 = 3;

/// How long jobs wait for an executor once the last one is lost.
const NOBODY_SECONDS: u64 = 120;

/// How long verdicts that were fetched stay with the executors.
const FETCHED_SECONDS: u64 = 60;

/// Serves until it is stopped.
pub async fn serve(arguments: &Scheduler) -> Result<(), Failure> {
    let config = SchedulerConfig {
        bind_host: arguments.listen.ip().to_string(),
        external_host: arguments.listen.ip().to_string(),
        bind_port: arguments.listen.port(),
        override_config_producer: Some(Arc::new(session::settings)),
        override_create_grpc_client_endpoint: Some(session::connections()),
        override_session_builder: Some(Arc::new(session::state)),
        executor_timeout_seconds: LOST_SECONDS,
        expire_dead_executor_interval_seconds: LOOK_SECONDS,
        no_executors_grace_period_seconds: NOBODY_SECONDS,
        finished_job_data_clean_up_interval_seconds: FETCHED_SECONDS,
        finished_job_state_clean_up_interval_seconds: FETCHED_SECONDS,
        ..SchedulerConfig::default()
    };
    let cluster = BallistaCluster::new_from_config(&config).await.map_err(Failure::stopped)?;
    start_server(cluster, arguments.listen, Arc::new(config)).await.map_err(Failure::stopped)
}
