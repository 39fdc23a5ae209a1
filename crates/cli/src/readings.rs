//! `heng readings`: readings of meters as they come in.

mod archive;
mod broker;
mod ingest;
mod prove;
mod quality;
mod seal;
mod show;

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use heng_store::LocalDisk;
use heng_telemetry::readings::archive::ArchivedDisk;
use heng_telemetry::readings::store::folder;
use heng_telemetry::readings::{Readings, ReadingsError, Settings};
use heng_wording::Words;

use crate::arguments::ReadingsCommand;
use crate::failure::Failure;

/// Takes readings in, counts them, shows them.
pub fn readings(command: &ReadingsCommand, words: &Words) -> Result<ExitCode, Failure> {
    match command {
        ReadingsCommand::Ingest(arguments) => ingest::ingest(arguments, words),
        ReadingsCommand::Quality(arguments) => quality::quality(arguments, words),
        ReadingsCommand::Seal(arguments) => seal::seal(arguments, words),
        ReadingsCommand::Prove(arguments) => prove::prove(arguments, words),
        ReadingsCommand::Show(arguments) => show::show(arguments, words),
        ReadingsCommand::Archive(arguments) => archive::archive(arguments, words),
    }
}

/// The readings of a store, open for writing, with the parts that were moved to an object store.
pub fn opened(data: &Path) -> Result<Readings, Failure> {
    Readings::open_with(data, Settings { disk: disk(data)?, ..Settings::default() }).map_err(failed)
}

/// The disk under the readings of a store, with the object store that parts were moved to.
#[expect(clippy::disallowed_methods, reason = "this is the edge that reads the environment")]
fn disk(data: &Path) -> Result<Arc<ArchivedDisk>, Failure> {
    let variable = |name: &str| std::env::var(name).ok();
    let disk = ArchivedDisk::open(Arc::new(LocalDisk::default()), data, &variable);
    disk.map(Arc::new).map_err(|error| failed(error.into()))
}

/// The same where there must be readings already: a folder that has none is misspelt, and says nothing of quality.
fn existing(data: &Path) -> Result<Arc<ArchivedDisk>, Failure> {
    if !folder(data).is_dir() {
        return Err(Failure::unreadable("error-readings-none").with("path", data.display()));
    }
    disk(data)
}

/// Readings that could not be kept or read.
fn failed(error: ReadingsError) -> Failure {
    if let Some(archive) = error.archive() {
        let (what, reason) = archive.facts();
        return Failure::new(archive.code()).with("what", what).with("reason", reason);
    }
    let failure = match error {
        ReadingsError::Feeds { .. } => Failure::unreadable("error-readings"),
        _ => Failure::new("error-readings"),
    };
    failure.with("reason", error)
}
