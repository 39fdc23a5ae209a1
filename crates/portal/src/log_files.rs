//! The log as C2SP tlog-tiles serves it: the checkpoint and the tiles, from the store's own files.

use std::io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;

/// `/checkpoint`
pub(crate) async fn checkpoint(State(portal): State<Arc<Portal>>) -> Result<Response, Problem> {
    read(portal, |portal| {
        let text = portal.store().checkpoint()?.to_string();
        let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
        Ok((headers, text).into_response())
    })
    .await
}

/// `/tile/{path}`: tiles and bundles of entries. A full one never changes, and neither does a partial one.
pub(crate) async fn tile(State(portal): State<Arc<Portal>>, Path(path): Path<String>) -> Result<Response, Problem> {
    if !is_tile(&path) {
        return Err(Problem::no_page());
    }
    read(portal, move |portal| match std::fs::read(portal.store().layout().tiles().join(&path)) {
        Ok(bytes) => {
            let headers =
                [(CONTENT_TYPE, "application/octet-stream"), (CACHE_CONTROL, "public, max-age=31536000, immutable")];
            Ok((headers, bytes).into_response())
        }
        Err(error) if matches!(error.kind(), NotFound | NotADirectory | IsADirectory) => Err(Problem::no_page()),
        Err(error) => Err(Problem::failure(error)),
    })
    .await
}

/// Whether a path is made as tlog-tiles makes them, `0/x001/234.p/5` or `entries/000`, so that it can lead nowhere else.
fn is_tile(path: &str) -> bool {
    let is_number = |part: &str| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = path.split('/');
    let level = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let is_place = |part: &&str| {
        let part = part.strip_prefix('x').unwrap_or(part);
        is_number(part.strip_suffix(".p").unwrap_or(part))
    };
    (level == "entries" || is_number(level)) && !rest.is_empty() && rest.iter().all(is_place)
}
