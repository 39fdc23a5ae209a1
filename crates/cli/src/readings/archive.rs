//! `heng readings archive`: sealed parts into the object store.

use std::process::ExitCode;

use heng_store::Store;
use heng_wording::Words;
use serde_json::json;

use super::seal::sealed;
use super::{disk, failed};
use crate::arguments::ReadingsArchive;
use crate::failure::{Failure, Outcome};
use crate::print;
use crate::progress::bar;

/// Moves them, and says how many.
pub fn archive(arguments: &ReadingsArchive, words: &Words) -> Outcome {
    let data = &arguments.data;
    let store = Store::open(data).map_err(|error| Failure::of_store(data, error))?;
    let sealed = sealed(&store)?.into_keys().collect();
    let mut shown = None;
    let moved = disk(data)?.move_sealed(&sealed, arguments.through, &mut |done, all| {
        shown.get_or_insert_with(|| bar(usize::try_from(all).unwrap_or(0))).set_position(done);
    });
    if let Some(bar) = shown {
        bar.finish_and_clear();
    }
    let moved = moved.map_err(failed)?;
    if arguments.json {
        print::line(json!({ "parts": moved.parts, "bytes": moved.bytes, "unsealed_segments": moved.unsealed }));
        return Ok(ExitCode::SUCCESS);
    }
    let megabytes = format!("{:.1}", moved.bytes as f64 / 1e6);
    match moved.parts {
        0 => print::line(words.say("readings-archived-none", &[])),
        parts => {
            print::line(words.say("readings-archived", &[("parts", &parts.to_string()), ("megabytes", &megabytes)]));
        }
    }
    if moved.unsealed > 0 {
        print::line(words.say("readings-archive-unsealed", &[("segments", &moved.unsealed.to_string())]));
    }
    Ok(ExitCode::SUCCESS)
}
