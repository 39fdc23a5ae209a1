//! Files that anyone may send: no more bytes of them are held at once than there is room for, and only a few are looked at.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::portal::Portal;
use crate::problem::Problem;
use crate::turns::begun;

/// Bytes of all files that are held at once: sixteen of the largest.
const MOST_BYTES: usize = 256 << 20;

/// What is counted at once: so many bytes, or a part of them.
const UNIT: usize = 1024;

/// Files of one form: a certificate, what it rests on, and the results inside one another.
const MOST_FILES: usize = 64;

/// Files that are looked at at once.
const LOOKING: usize = 2;

/// How long a file waits to be looked at.
const PATIENCE: Duration = Duration::from_secs(10);

/// The room that there is.
pub(crate) struct Uploads {
    room: Arc<Semaphore>,
    turns: Arc<Semaphore>,
}

impl Default for Uploads {
    fn default() -> Self {
        Self { room: Arc::new(Semaphore::new(MOST_BYTES / UNIT)), turns: Arc::new(Semaphore::new(LOOKING)) }
    }
}

/// Files with their names, and the room that they take for as long as they are held.
pub(crate) struct Upload {
    files: Vec<(String, Vec<u8>)>,
    _room: Option<OwnedSemaphorePermit>,
}

/// The files of a form. A form that is sent without a choice has one file without name and bytes.
pub(crate) async fn given(portal: &Portal, mut form: Multipart) -> Result<Upload, Problem> {
    let refused = |error: MultipartError| Problem::of_status(error.status());
    let mut held = Room { of: &portal.uploads().room, bytes: 0, taken: None };
    let mut files = Vec::new();
    while let Some(mut field) = form.next_field().await.map_err(refused)? {
        let name = field.file_name().unwrap_or_default().to_owned();
        held.take(name.len())?;
        let mut bytes = Vec::new();
        while let Some(part) = field.chunk().await.map_err(refused)? {
            held.take(part.len())?;
            bytes.extend_from_slice(&part);
        }
        if !bytes.is_empty() {
            files.push((name, bytes));
        }
        if files.len() > MOST_FILES {
            return Err(Problem::of_status(StatusCode::PAYLOAD_TOO_LARGE));
        }
    }
    if files.is_empty() {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "no-file"));
    }
    Ok(Upload { files, _room: held.taken })
}

/// Room that is taken as bytes arrive. Who waits for more while holding some would wait for others who do the same: where there is none, it is
/// refused at once.
struct Room<'a> {
    of: &'a Arc<Semaphore>,
    bytes: usize,
    taken: Option<OwnedSemaphorePermit>,
}

impl Room<'_> {
    fn take(&mut self, bytes: usize) -> Result<(), Problem> {
        let units = |bytes: usize| bytes.div_ceil(UNIT);
        let more = units(self.bytes + bytes) - units(self.bytes);
        self.bytes += bytes;
        let more = u32::try_from(more).map_err(Problem::failure)?;
        let more = Arc::clone(self.of).try_acquire_many_owned(more).map_err(|_| Problem::busy())?;
        match &mut self.taken {
            Some(taken) => taken.merge(more),
            None => self.taken = Some(more),
        }
        Ok(())
    }
}

/// Looks at files, a few at once. Their room is given back when the work is done.
pub(crate) async fn look<T: Send + 'static>(
    portal: Arc<Portal>,
    upload: Upload,
    work: impl FnOnce(&Portal, &[(String, Vec<u8>)]) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turns = Arc::clone(&portal.uploads().turns);
    let work = begun(&turns, PATIENCE, move || work(&portal, &upload.files)).await?;
    work.ok_or_else(Problem::busy)?.await.map_err(Problem::failure)?
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn room_is_taken_as_bytes_arrive_and_given_back() {
        let of = Arc::new(Semaphore::new(3));
        let mut one = Room { of: &of, bytes: 0, taken: None };
        for _ in 0..UNIT {
            one.take(2).unwrap();
        }
        assert_eq!(of.available_permits(), 1, "two units, however small the parts");
        let mut other = Room { of: &of, bytes: 0, taken: None };
        other.take(1).unwrap();
        assert_eq!(one.take(1).unwrap_err().status, StatusCode::TOO_MANY_REQUESTS);
        drop(other);
        one.take(1).unwrap();
        drop(one);
        assert_eq!(of.available_permits(), 3);
    }
}
