//! A whole city: districts by the thousand in Parquet, judged side by side and written in their order.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use heng_inference::meters::Settings;
use heng_telemetry::TelemetryError;
use heng_telemetry::city::{Gathered, Reader, Tally, Verdicts, places, verdicts};
use heng_telemetry::districts::DistrictFile;
use heng_telemetry::meter_rows::{Row, columns};
use heng_telemetry::results::csv;
use heng_wording::Words;

use super::sources::in_folder;
use crate::arguments::InferMeters;
use crate::failure::Failure;
use crate::{print, progress};

/// Districts that one worker may be ahead of what is written.
const AHEAD: usize = 16;

/// What becomes of the verdicts of a city.
#[derive(Clone, Copy)]
pub enum Wanted<'a> {
    /// They are counted.
    Counts,
    /// They are printed as they come in their order.
    Csv,
    /// They are written to this file.
    Parquet(&'a Path),
}

/// The files of a city: those of a folder, or the one that is named; empty where the readings are of single districts.
pub fn files(readings: &Path) -> Vec<PathBuf> {
    if readings.is_file() && DistrictFile::open(readings).is_ok() {
        return vec![readings.to_path_buf()];
    }
    heng_telemetry::city::files(readings)
}

/// Refuses what a city has no answer to, so that nobody takes its counts for what was asked.
pub fn refuse_options(arguments: &InferMeters) -> Result<(), Failure> {
    if arguments.record.data.is_some() {
        return Err(Failure::unreadable("error-infer-city-record"));
    }
    let given = [
        ("--json", arguments.json),
        ("--html", arguments.html.is_some()),
        ("--state", arguments.state.is_some()),
        ("--conditions", arguments.conditions.is_some()),
        ("--voltages", arguments.voltages.is_some()),
        ("--meters", arguments.meters.is_some()),
    ];
    match given.iter().find(|(_, is_given)| *is_given) {
        Some((option, _)) => Err(Failure::unreadable("error-infer-city-option").with("option", option)),
        None => Ok(()),
    }
}

/// Refuses a folder that has readings of single districts beside those of a city: one of both would be passed over.
pub fn refuse_others(folder: &Path) -> Result<(), Failure> {
    let others = if folder.is_dir() { in_folder(folder, None, None).unwrap_or_default() } else { Vec::new() };
    match others.first() {
        Some(other) => {
            let failure = Failure::unreadable("error-infer-city-beside").with("path", folder.display());
            Err(failure.with("file", &other.name))
        }
        None => Ok(()),
    }
}

fn unreadable(error: TelemetryError) -> Failure {
    Failure::unreadable("error-infer-district").with("reason", error)
}

/// Judges all districts of the files, from an instant on where one is given; results go where they are wanted in the order of the districts, whichever is done first. Memory holds as many districts as there are workers, and results of a few more.
pub fn infer(
    files: &[PathBuf],
    settings: &Settings,
    since_s: Option<i64>,
    wanted: Wanted<'_>,
    words: &Words,
) -> Result<Tally, Failure> {
    let places = places(files).map_err(unreadable)?;
    let mut results = Output::new(wanted)?;
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, written, stop) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let bar = progress::bar(places.len());
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<(usize, Result<Verdicts, TelemetryError>)>(workers);
        for _ in 0..workers {
            let (send, places, next, written, stop) = (send.clone(), &places, &next, &written, &stop);
            scope.spawn(move || {
                let mut reader = Reader::default();
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some((file, number)) = places.get(index).copied() else { break };
                    // Whoever is far ahead waits, so that what waits to be written stays small.
                    while index > written.load(Ordering::Acquire) + workers * AHEAD && !stop.load(Ordering::Relaxed) {
                        std::thread::sleep(std::time::Duration::from_millis(2));
                    }
                    let path = files.get(file).map_or(Path::new(""), PathBuf::as_path);
                    let found = reader.district(path, number);
                    if send.send((index, found.map(|found| verdicts(found, settings, since_s)))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let result = gathered(&receive, &mut results, &written, &bar);
        stop.store(true, Ordering::Relaxed);
        // What is still on its way is let go, so that nobody waits for a place.
        drop(receive);
        result
    })?;
    bar.finish_and_clear();
    let tally = results.close()?;
    if let Wanted::Parquet(path) = wanted {
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    Ok(tally)
}

/// The results: counted, and written or printed where that is wanted.
struct Output<'a> {
    path: &'a Path,
    gathered: Gathered<BufWriter<File>>,
    is_printed: bool,
}

impl<'a> Output<'a> {
    fn new(wanted: Wanted<'a>) -> Result<Self, Failure> {
        let (out, is_printed) = match wanted {
            Wanted::Counts => (None, false),
            Wanted::Csv => (None, true),
            Wanted::Parquet(path) => (Some(path), false),
        };
        if is_printed {
            print::text(&csv(&columns(&[])));
        }
        let path = out.unwrap_or(Path::new(""));
        let file = out.map(File::create).transpose().map_err(|error| Failure::writing(path, error))?;
        let gathered = Gathered::new(file.map(BufWriter::new)).map_err(|error| Failure::writing(path, error))?;
        Ok(Self { path, gathered, is_printed })
    }

    fn take(&mut self, index: usize, verdicts: Verdicts) -> Result<usize, Failure> {
        let mut tell = |through: &Verdicts| {
            if self.is_printed {
                print_rows(through);
            }
        };
        self.gathered.take_and_tell(index, verdicts, &mut tell).map_err(|error| Failure::writing(self.path, error))
    }

    fn close(self) -> Result<Tally, Failure> {
        self.gathered.close().map_err(|error| Failure::writing(self.path, error))
    }
}

/// Prints the rows of a district, without the names of the columns.
fn print_rows(verdicts: &Verdicts) {
    let rows: Vec<Row<'_>> = verdicts.meters.iter().map(|meter| (verdicts.district.as_str(), meter)).collect();
    let text = csv(&columns(&rows));
    let (_, rows) = text.split_once('\n').unwrap_or_default();
    print::text(rows);
}

fn gathered(
    receive: &Receiver<(usize, Result<Verdicts, TelemetryError>)>,
    results: &mut Output<'_>,
    written: &AtomicUsize,
    bar: &indicatif::ProgressBar,
) -> Result<(), Failure> {
    for (index, verdicts) in receive {
        let through = results.take(index, verdicts.map_err(unreadable)?)?;
        written.store(through, Ordering::Release);
        bar.set_position(through as u64);
    }
    Ok(())
}
