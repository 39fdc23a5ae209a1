//! `heng readings seal`: the digests of settled segments, signed into the log.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use heng_office::{Office, clock};
use heng_statement::{Body, Statement, StatementHash, StreamSegment};
use heng_store::{LocalDisk, Question, Store};
use heng_telemetry::readings::canonical::FORMAT as LEAF;
use heng_telemetry::readings::seal::{Sealable, sealable};
use heng_telemetry::readings::store::folder;
use heng_wording::Words;
use jiff::Timestamp;
use serde_json::json;

use super::failed;
use crate::arguments::ReadingsSeal;
use crate::failure::{Failure, Outcome};
use crate::print;

/// The thing that seals are about: the readings of this store.
pub(super) const STREAM: &str = "stream:readings";

/// Seals what is settled and not sealed yet.
pub fn seal(arguments: &ReadingsSeal, words: &Words) -> Outcome {
    let office = Office::open(&arguments.data)?;
    let known = sealed(office.store())?;
    let all = sealable(&LocalDisk::default(), &folder(&arguments.data)).map_err(failed)?;
    let new: Vec<&Sealable> = all.iter().filter(|one| !known.contains_key(&(one.segment, one.root.clone()))).collect();
    let mut signed = Vec::new();
    for one in &new {
        signed.push(office.signed(&statement(&arguments.data, &arguments.by, one)?)?);
    }
    let hashes: Vec<StatementHash> = signed.iter().map(|signed| signed.hash()).collect();
    office.append(signed)?;
    if arguments.json {
        let rows: Vec<_> = new
            .iter()
            .zip(&hashes)
            .map(|(one, hash)| {
                json!({ "segment": one.segment, "readings": one.readings, "root": one.root, "statement": hash })
            })
            .collect();
        print::line(format_args!("{:#}", json!(rows)));
    } else if new.is_empty() {
        print::line(words.say("readings-sealed-none", &[]));
    } else {
        for one in new {
            let (segment, readings) = (one.segment.to_string(), one.readings.to_string());
            let facts = [("segment", segment.as_str()), ("readings", &readings), ("root", &one.root)];
            print::line(words.say("readings-sealed", &facts));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn statement(data: &Path, by: &str, one: &Sealable) -> Result<Statement, Failure> {
    let instant = |at_ms| Timestamp::from_millisecond(at_ms).map_err(|error| Failure::reading(data, error));
    let segment = StreamSegment {
        segment: one.segment,
        leaf: LEAF.to_owned(),
        readings: one.readings,
        from: instant(one.from_ms)?,
        to: instant(one.to_ms)?,
        root: one.root.clone(),
    };
    Ok(Statement::of(by, vec![STREAM.to_owned()], clock::now(), Body::Stream(segment)))
}

/// The segments that the log has seals of, by number and root.
pub(super) fn sealed(store: &Store) -> Result<BTreeMap<(u64, String), StatementHash>, Failure> {
    let failed = |error: heng_store::Error| Failure::new("error-readings").with("reason", error);
    let mut known = BTreeMap::new();
    for entry in store.entries(Question::About(STREAM)).map_err(failed)? {
        if let Some(signed) = store.statement(&entry.hash).map_err(failed)?
            && let Body::Stream(segment) = &signed.statement.body
        {
            known.entry((segment.segment, segment.root.clone())).or_insert(entry.hash);
        }
    }
    Ok(known)
}
