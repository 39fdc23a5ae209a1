//! `heng readings`: readings of meters as they come in.

mod broker;
mod ingest;
mod prove;
mod quality;
mod seal;
mod show;

use std::process::ExitCode;

use heng_telemetry::readings::ReadingsError;
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
    }
}

/// Readings that could not be kept or read.
fn failed(error: ReadingsError) -> Failure {
    let failure = match error {
        ReadingsError::Feeds { .. } => Failure::unreadable("error-readings"),
        _ => Failure::new("error-readings"),
    };
    failure.with("reason", error)
}
