//! Work of which only so much is done at once, on threads of its own.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinHandle;

use crate::problem::Problem;

/// Begins work once one of the turns is free; nothing if none was for so long. The turn ends with the work, not with the patience of whoever waits
/// for it, so that nobody can start more of it by going away.
pub(crate) async fn begun<T: Send + 'static>(
    turns: &Arc<Semaphore>,
    patience: Duration,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<Option<JoinHandle<T>>, Problem> {
    let Ok(turn) = tokio::time::timeout(patience, Arc::clone(turns).acquire_owned()).await else { return Ok(None) };
    let turn = turn.map_err(Problem::failure)?;
    Ok(Some(tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    })))
}
