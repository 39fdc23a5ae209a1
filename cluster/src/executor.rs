//! `heng-cluster executor`: reads districts from the shared folder and judges them.

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_executor::executor_server::TERMINATING;
use ballista_executor::terminate::sig_term;
use futures::future::{Either, select};
use heng_wording::Words;

use crate::arguments::Executor;
use crate::failure::Failure;
use crate::{print, session};

/// How often the scheduler hears of an executor.
const BEAT_SECONDS: u64 = 4;

/// How long an executor waits for its scheduler to be there.
const PATIENCE_SECONDS: u16 = 60;

/// How long before an executor that was ended begins again.
const PAUSE: Duration = Duration::from_secs(1);

/// How long an executor may take to end in order.
const IN_ORDER: Duration = Duration::from_secs(5);

/// Two ports, one after the other, that nobody listens on.
fn free(address: SocketAddr) -> Result<u16, Failure> {
    let listener = |port: u16| TcpListener::bind((address.ip(), port));
    for _ in 0..100 {
        let first = listener(0).map_err(Failure::stopped)?;
        let port = first.local_addr().map_err(Failure::stopped)?.port();
        if port.checked_add(1).is_some_and(|next| listener(next).is_ok()) {
            return Ok(port);
        }
    }
    Err(Failure::stopped("no two free ports"))
}

/// Where verdicts wait until they are fetched, and whether it is ours to remove.
enum Work {
    Given(PathBuf),
    Temporary(tempfile::TempDir),
}

impl Work {
    fn new(given: Option<&PathBuf>) -> Result<Self, Failure> {
        match given {
            Some(folder) => {
                std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, error))?;
                Ok(Self::Given(folder.clone()))
            }
            None => Ok(Self::Temporary(tempfile::tempdir().map_err(Failure::stopped)?)),
        }
    }

    fn folder(&self) -> String {
        match self {
            Self::Given(folder) => folder.display().to_string(),
            Self::Temporary(folder) => folder.path().display().to_string(),
        }
    }
}

/// Works until it is asked to end. Who was silent for too long, or found no scheduler, is ended by Ballista and begins again.
pub async fn work(arguments: &Executor, words: &Words) -> Result<(), Failure> {
    let asked = asked_to_end();
    let mut has_worked = false;
    loop {
        TERMINATING.store(false, Ordering::Release);
        let (at_work, asked_to) = (pin!(once(arguments)), pin!(asked_and_waited(&asked)));
        match select(at_work, asked_to).await {
            _ if asked.load(Ordering::Acquire) => return Ok(()),
            Either::Right(_) | Either::Left((Ok(()), _)) => {
                has_worked = true;
                print::note(words.say("cluster-begins-again", &[]));
            }
            Either::Left((Err(failure), _)) if has_worked => print::note(failure.said(words)),
            Either::Left((Err(failure), _)) => return Err(failure),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Set once this process is asked to end, by hand or by the system.
fn asked_to_end() -> Arc<AtomicBool> {
    let asked = Arc::new(AtomicBool::new(false));
    let (by_hand, by_system) = (Arc::clone(&asked), Arc::clone(&asked));
    tokio::spawn(async move { by_hand.store(tokio::signal::ctrl_c().await.is_ok(), Ordering::Release) });
    tokio::spawn(async move { by_system.store(sig_term().await.is_ok(), Ordering::Release) });
    asked
}

/// Ends some seconds after this process is asked to end: who is at work ends in order before, who waits for a scheduler would go on waiting.
async fn asked_and_waited(asked: &AtomicBool) {
    while !asked.load(Ordering::Acquire) {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    tokio::time::sleep(IN_ORDER).await;
}

async fn once(arguments: &Executor) -> Result<(), Failure> {
    let grpc_port = match arguments.listen.port() {
        0 => free(arguments.listen)?,
        port => port,
    };
    let folder = Work::new(arguments.work.as_ref())?;
    let cores = arguments.cores.or_else(|| std::thread::available_parallelism().map(usize::from).ok());
    let config = ExecutorProcessConfig {
        bind_host: arguments.listen.ip().to_string(),
        external_host: Some(arguments.listen.ip().to_string()),
        grpc_port,
        port: grpc_port.checked_add(1).ok_or_else(|| Failure::stopped("there is no next port"))?,
        scheduler_host: arguments.scheduler.host.clone(),
        scheduler_port: arguments.scheduler.port,
        scheduler_connect_timeout_seconds: PATIENCE_SECONDS,
        vcores: cores.unwrap_or(1).max(1),
        work_dir: Some(folder.folder()),
        executor_heartbeat_interval_seconds: BEAT_SECONDS,
        override_function_registry: Some(session::registry().map_err(Failure::stopped)?),
        override_create_grpc_client_endpoint: Some(session::connections()),
        override_config_producer: Some(Arc::new(session::settings)),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await.map_err(Failure::stopped)
}
