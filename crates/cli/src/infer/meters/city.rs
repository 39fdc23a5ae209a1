//! A whole city: districts by the thousand in Parquet, judged side by side and written in their order.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use heng_inference::meters::{MeterAssessment, Settings, State};
use heng_telemetry::TelemetryError;
use heng_telemetry::districts::{DistrictFile, NamedDistrict};
use heng_telemetry::meter_rows::{Row, columns, judged};
use heng_telemetry::results::Results;
use heng_wording::Words;

use crate::failure::Failure;
use crate::{print, progress};

/// Rows of one group in the file of results.
const ROWS: usize = 50_000;

/// Districts that one worker may be ahead of what is written.
const AHEAD: usize = 16;

/// The files of districts in a folder, in the order of their names; empty where it has none.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_of_districts = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.starts_with("districts-") && name.ends_with(".parquet")
    };
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_of_districts).collect();
    files.sort();
    files
}

/// What one district came to.
struct Verdicts {
    district: String,
    meters: Vec<MeterAssessment>,
    readings: usize,
}

/// What a city came to.
#[derive(Debug, Default)]
pub struct Tally {
    pub districts: usize,
    pub meters: usize,
    pub readings: usize,
    pub states: BTreeMap<State, usize>,
}

fn judge(found: &NamedDistrict, settings: &Settings) -> Verdicts {
    let readings = found.district.meters.iter().map(|meter| meter.register_kwh.len()).sum();
    Verdicts { district: found.name.clone(), meters: judged(found, settings), readings }
}

/// Judges all districts of the files; results go to `out` in the order of the districts, whichever is done first. Memory holds as many districts as there are workers, and results of a few more.
pub fn infer(files: &[PathBuf], settings: &Settings, out: Option<&Path>, words: &Words) -> Result<Tally, Failure> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for (file, path) in files.iter().enumerate() {
        let count = DistrictFile::open(path).map_err(|error| Failure::reading(path, error))?.len();
        places.extend((0..count).map(|place| (file, place)));
    }
    let mut writer = match out {
        Some(path) => {
            let file = File::create(path).map_err(|error| Failure::writing(path, error))?;
            let results = Results::new(BufWriter::new(file), &columns(&[]));
            Some((path, results.map_err(|error| Failure::writing(path, error))?))
        }
        None => None,
    };
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, written, stop) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let bar = progress::bar(places.len());
    let mut tally = Tally::default();
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<(usize, Result<Verdicts, TelemetryError>)>(workers);
        for _ in 0..workers {
            let (send, places, next, written, stop) = (send.clone(), &places, &next, &written, &stop);
            scope.spawn(move || {
                let mut open: Option<(usize, DistrictFile)> = None;
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((file, place)) = places.get(index).copied() else { break };
                    // Whoever is far ahead waits, so that what waits to be written stays small.
                    while index > written.load(Ordering::Acquire) + workers * AHEAD && !stop.load(Ordering::Relaxed) {
                        std::thread::sleep(std::time::Duration::from_millis(2));
                    }
                    let verdicts = district(files, &mut open, file, place).map(|found| judge(&found, settings));
                    if send.send((index, verdicts)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let result = gathered(&receive, &mut writer, &written, &mut tally, &bar);
        stop.store(true, Ordering::Relaxed);
        // What is still on its way is let go, so that nobody waits for a place.
        drop(receive);
        result
    })?;
    bar.finish_and_clear();
    if let Some((path, results)) = writer {
        results.close().map_err(|error| Failure::writing(path, error))?;
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    Ok(tally)
}

fn district(
    files: &[PathBuf],
    open: &mut Option<(usize, DistrictFile)>,
    file: usize,
    place: usize,
) -> Result<NamedDistrict, TelemetryError> {
    if open.as_ref().is_none_or(|(known, _)| *known != file) {
        let path = files.get(file).map_or(Path::new(""), PathBuf::as_path);
        *open = Some((file, DistrictFile::open(path)?));
    }
    match open {
        Some((_, reader)) => reader.district(place),
        None => Err(TelemetryError::Empty { file: String::new() }),
    }
}

type Writer<'a> = Option<(&'a Path, Results<BufWriter<File>>)>;

fn gathered(
    receive: &std::sync::mpsc::Receiver<(usize, Result<Verdicts, TelemetryError>)>,
    writer: &mut Writer<'_>,
    written: &AtomicUsize,
    tally: &mut Tally,
    bar: &indicatif::ProgressBar,
) -> Result<(), Failure> {
    let mut waiting: BTreeMap<usize, Verdicts> = BTreeMap::new();
    let mut ready: Vec<Verdicts> = Vec::new();
    let mut rows = 0;
    let mut due = 0;
    for (index, verdicts) in receive {
        let verdicts = verdicts.map_err(|error| Failure::unreadable("error-infer-district").with("reason", error))?;
        waiting.insert(index, verdicts);
        while let Some(one) = waiting.remove(&due) {
            due += 1;
            written.store(due, Ordering::Release);
            bar.inc(1);
            tally.districts += 1;
            tally.meters += one.meters.len();
            tally.readings += one.readings;
            for meter in &one.meters {
                *tally.states.entry(meter.state).or_default() += 1;
            }
            rows += one.meters.len();
            ready.push(one);
            if rows >= ROWS {
                write(writer, &mut ready)?;
                rows = 0;
            }
        }
    }
    write(writer, &mut ready)
}

fn write(writer: &mut Writer<'_>, ready: &mut Vec<Verdicts>) -> Result<(), Failure> {
    if let Some((path, results)) = writer {
        let rows: Vec<Row<'_>> =
            ready.iter().flat_map(|one| one.meters.iter().map(|meter| (one.district.as_str(), meter))).collect();
        if !rows.is_empty() {
            results.add(&columns(&rows)).map_err(|error| Failure::writing(path, error))?;
        }
    }
    ready.clear();
    Ok(())
}
