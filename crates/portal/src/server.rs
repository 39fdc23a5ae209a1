//! Listening: until the process is told to stop, and then until what was begun is done.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tower::ServiceExt;

use crate::patrol::walk;
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

/// How long a connection may take for the head of a request, or be silent between two. The request with its body has a limit of its own.
const HEAD: Duration = Duration::from_secs(10);

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
        let told = async move {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            tracing::info!("told to stop");
        };
        let portal = Arc::new(portal);
        let walked = Arc::downgrade(&portal);
        // Not a task of the runtime: it works for long and nobody waits for it.
        std::thread::Builder::new().name("patrol".to_owned()).spawn(move || walk(&walked))?;
        let router = router(portal);
        let begun = GracefulShutdown::new();
        tokio::select! {
            () = accept(&listener, &router, &begun) => {}
            () = told => {}
        }
        drop(listener);
        tokio::select! {
            () = begun.shutdown() => {}
            () = tokio::time::sleep(GRACE) => {}
        }
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    served.map_err(failed)
}

/// Takes connections for as long as it is asked to.
async fn accept(listener: &TcpListener, router: &Router, begun: &GracefulShutdown) {
    loop {
        let (stream, peer) = match listener.accept().await {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: those who are served will give some back.
                tracing::warn!(%error, "a connection was not taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let router = router.clone();
        let service = service_fn(move |mut request: hyper::Request<Incoming>| {
            // The address that a request comes from counts the tries to sign in.
            request.extensions_mut().insert(ConnectInfo(peer));
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD)
            .serve_connection(TokioIo::new(stream), service);
        tokio::spawn(begun.watch(connection));
    }
}
