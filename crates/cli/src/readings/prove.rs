//! `heng readings prove`: one reading with everything that proves it, as a file.

use std::process::ExitCode;

use heng_checker::reading_proof::FORMAT;
use heng_checker::{Bundle, ReadingProof};
use heng_office::Office;
use heng_telemetry::readings::seal::proven;
use heng_telemetry::readings::store::folder;
use heng_wording::Words;

use super::seal::sealed;
use super::{disk, failed};
use crate::arguments::ReadingsProve;
use crate::failure::{Failure, Outcome, write};
use crate::print;

/// Writes the proof. Where the store has several readings of that instant, the first is proved, and each other in a file with its number.
pub fn prove(arguments: &ReadingsProve, words: &Words) -> Outcome {
    let office = Office::open(&arguments.data)?;
    let known = sealed(office.store())?;
    let found = proven(
        &*disk(&arguments.data)?,
        &folder(&arguments.data),
        &arguments.meter,
        arguments.register.as_deref(),
        arguments.at.as_millisecond(),
    )
    .map_err(failed)?;
    if found.is_empty() {
        return Err(Failure::unreadable("error-readings-not-found")
            .with("meter", &arguments.meter)
            .with("at", arguments.at));
    }
    for (number, one) in found.into_iter().enumerate() {
        let hash = known
            .get(&(one.segment, one.root.clone()))
            .ok_or_else(|| Failure::new("error-readings-not-sealed").with("segment", one.segment))?;
        let unreadable = |error: heng_checker::bundle::BundleError| Failure::new("error-bundle").with("reason", error);
        let proof = ReadingProof {
            bundle: Bundle::parse(&office.bundle(hash)?).map_err(unreadable)?,
            format: FORMAT.to_owned(),
            index: one.proof.leaf_index,
            line: one.line,
            path: one.proof.path.iter().map(|hash| heng_checker::bundle::encoded(hash)).collect(),
        };
        let path = match number {
            0 => arguments.out.clone(),
            _ => {
                let mut name = arguments.out.clone().into_os_string();
                name.push(format!(".{number}"));
                name.into()
            }
        };
        write(&path, &proof.to_bytes().map_err(unreadable)?)?;
        print::line(words.say("written", &[("path", &path.display().to_string())]));
    }
    Ok(ExitCode::SUCCESS)
}
