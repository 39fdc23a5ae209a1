//! Listening: until the process is told to stop, and then until what was begun is done.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

use crate::portal::Portal;
use crate::router::router;

/// The service could not listen or stopped listening.
#[derive(Debug, thiserror::Error)]
#[error("{address}: {source}")]
pub struct ServeError {
    /// Where it was to listen.
    pub address: SocketAddr,
    /// Why it could not.
    pub source: std::io::Error,
}

/// How long requests that were begun may take after the service was told to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until SIGINT or SIGTERM, then finishes what was begun. `listening` hears the address, which the system may have chosen.
pub fn serve(portal: Portal, address: SocketAddr, listening: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let failed = |source| ServeError { address, source };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    let served = runtime.block_on(async {
        let mut terminate = signal(SignalKind::terminate())?;
        let listener = TcpListener::bind(address).await?;
        listening(listener.local_addr()?);
        let (stop, mut stopped) = tokio::sync::watch::channel(false);
        let told = async move {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("told to stop");
            let _ = stop.send(true);
        };
        // The address that a request comes from counts the tries to sign in.
        let service = |portal| router(Arc::new(portal)).into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(listener, service(portal)).with_graceful_shutdown(told).into_future();
        let patience = async move {
            let _ = stopped.wait_for(|stopped| *stopped).await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            served = serving => served,
            () = patience => Ok(()),
        }
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served.map_err(failed)
}
