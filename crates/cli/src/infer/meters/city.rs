//! A whole city: districts by the thousand in Parquet, judged side by side; what becomes of them is settled in their order.

mod settled;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{PoisonError, RwLock};

use heng_inference::meters::{Assessment, District, Settings};
use heng_rule::service::ServiceLimit;
use heng_telemetry::TelemetryError;
use heng_telemetry::city::{Place, Reader, Tally, Verdicts, judged, places};
use heng_telemetry::districts::DistrictFile;
use heng_telemetry::meter_rows::{begin_s, code};
use heng_wording::Words;

use super::conditions::{Conditions, Held};
use super::recalled::Recalled;
use super::recorded::{Recorder, say_recalled};
use super::sources::in_folder;
use crate::arguments::InferMeters;
use crate::failure::{Failure, Outcome};
use crate::figures::table;
use crate::{print, progress};
use settled::Settled;

/// Districts that one worker may be ahead of what is settled.
const AHEAD: usize = 16;

/// The files of a city: those of a folder, or the one that is named; empty where the readings are of single districts.
pub fn files(readings: &Path) -> Vec<PathBuf> {
    if readings.is_file() && DistrictFile::open(readings).is_ok() {
        return vec![readings.to_path_buf()];
    }
    heng_telemetry::city::files(readings)
}

/// Refuses what a city has no answer to, so that nobody takes its counts for what was asked.
pub fn refuse_options(arguments: &InferMeters) -> Result<(), Failure> {
    let given = [
        ("--html", arguments.html.is_some()),
        ("--state", arguments.state.is_some()),
        ("--voltages", arguments.voltages.is_some()),
        ("--meters", arguments.meters.is_some()),
        ("--network", arguments.record.network.is_some()),
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

/// What all districts are held to.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    pub arguments: &'a InferMeters,
    pub limit: &'a ServiceLimit,
    pub settings: &'a Settings,
    pub conditions: &'a Conditions,
    pub words: &'a Words,
}

/// What one district came to.
struct Judged {
    file: usize,
    verdicts: Verdicts,
    assessment: Option<Assessment>,
    held: Held,
    recalled: Recalled,
    /// Its readings, where they go into the log.
    readings: Option<District>,
}

/// A store that takes what is inferred: read by those who judge, written by whoever settles.
type Log<'a> = RwLock<Recorder<'a>>;

/// Judges the districts of a city and says what they came to, and how long it took.
#[expect(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]
pub fn whole_city(asked: Asked<'_>, files: &[PathBuf]) -> Outcome {
    let started = std::time::Instant::now();
    let log = Recorder::open(&asked.arguments.record)?.map(RwLock::new);
    let settled = infer(asked, files, log.as_ref())?;
    let seconds = started.elapsed().as_secs_f64().max(1e-3);
    let words = asked.words;
    say_recalled(settled.recalled, words);
    if log.is_some() {
        let facts = [("districts", settled.recorded), ("known", settled.known), ("alerts", settled.alerts)];
        let facts = facts.map(|(name, count)| (name, count.to_string()));
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        print::note(words.say("infer-city-recorded", &facts));
    }
    for (district, failure) in &settled.refused {
        let facts = [("district", district.as_str()), ("reason", &failure.said(words))];
        print::note(words.say("infer-city-refused", &facts));
    }
    let is_document = asked.arguments.csv || asked.arguments.json;
    let say = |line: String| if is_document { print::note(line) } else { print::line(line) };
    say(pace(&settled.tally, seconds, words));
    for condition in said_of_conditions(&settled.valid, asked) {
        say(condition);
    }
    if !is_document {
        let states = settled.tally.states.iter().map(|(state, count)| {
            vec![words.say(&format!("infer-state-{}", code(state).replace('_', "-")), &[]), count.to_string()]
        });
        print::text(&table(&states.collect::<Vec<_>>()));
    }
    Ok(if settled.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How much was judged, how fast, and how long seven million meters would take.
fn pace(tally: &Tally, seconds: f64, words: &Words) -> String {
    let per_second = tally.readings as f64 / seconds;
    // Ninety-six readings a day of thirty days.
    let hours_of_seven_million = 7e6 * 2880.0 / per_second / 3600.0;
    let facts: [(&str, &str); 6] = [
        ("districts", &tally.districts.to_string()),
        ("meters", &tally.meters.to_string()),
        ("readings", &tally.readings.to_string()),
        ("seconds", &format!("{seconds:.1}")),
        ("rate", &format!("{per_second:.0}")),
        ("hours", &format!("{hours_of_seven_million:.1}")),
    ];
    words.say("infer-city", &facts)
}

/// How many districts meet the conditions of the specification; nothing where it has none.
fn said_of_conditions(valid: &BTreeMap<Option<bool>, usize>, asked: Asked<'_>) -> Vec<String> {
    if asked.conditions.is_empty() {
        return Vec::new();
    }
    let count = |is_met| valid.get(&is_met).copied().unwrap_or_default().to_string();
    let (met, not_met, unknown) = (count(Some(true)), count(Some(false)), count(None));
    let facts: [(&str, &str); 4] =
        [("rule", asked.conditions.id()), ("met", &met), ("not-met", &not_met), ("unknown", &unknown)];
    let held = asked.words.say("infer-city-conditions", &facts);
    asked.conditions.duties(asked.words).into_iter().chain([held]).collect()
}

/// Judges all districts of the files; they are settled in their order, whichever is done first. Memory holds as many districts as there are workers, and
/// results of a few more; where they go into the log the readings of these too.
fn infer(asked: Asked<'_>, files: &[PathBuf], log: Option<&Log<'_>>) -> Result<settled::Counts, Failure> {
    let places = places(files).map_err(unreadable)?;
    let mut settled = Settled::new(asked, files, log)?;
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, through, stop) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicBool::new(false));
    let bar = progress::bar(places.len());
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel::<(usize, Result<Judged, Failure>)>(workers);
        for _ in 0..workers {
            let (send, places, next, through, stop) = (send.clone(), &places, &next, &through, &stop);
            scope.spawn(move || {
                let mut reader = Reader::default();
                while !stop.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(place) = places.get(index).copied() else { break };
                    // Whoever is far ahead waits, so that what waits to be settled stays small.
                    while index > through.load(Ordering::Acquire) + workers * AHEAD && !stop.load(Ordering::Relaxed) {
                        std::thread::sleep(std::time::Duration::from_millis(2));
                    }
                    if send.send((index, district(asked, &mut reader, (files, place), log))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let result = settle(&receive, &mut settled, &through, &bar);
        stop.store(true, Ordering::Relaxed);
        // What is still on its way is let go, so that nobody waits for a place.
        drop(receive);
        result
    })?;
    bar.finish_and_clear();
    settled.close()
}

/// Judges one district.
fn district(
    asked: Asked<'_>,
    reader: &mut Reader,
    (files, (file, number)): (&[PathBuf], Place),
    log: Option<&Log<'_>>,
) -> Result<Judged, Failure> {
    let path = files.get(file).map_or(Path::new(""), PathBuf::as_path);
    let mut found = reader.district(path, number).map_err(unreadable)?;
    if let Some(from) = asked.arguments.since.and_then(begin_s) {
        found.district.keep_from(from);
    }
    let mut recalled = Recalled::default();
    if let Some(log) = log {
        recalled = log.read().unwrap_or_else(PoisonError::into_inner).recall(&mut found.district)?;
    }
    let held = asked.conditions.held(&found.district);
    let (verdicts, assessment) = judged(&found, asked.settings);
    let readings = log.is_some().then_some(found.district);
    Ok(Judged { file, verdicts, assessment, held, recalled, readings })
}

fn settle(
    receive: &Receiver<(usize, Result<Judged, Failure>)>,
    settled: &mut Settled<'_, '_>,
    through: &AtomicUsize,
    bar: &indicatif::ProgressBar,
) -> Result<(), Failure> {
    for (index, judged) in receive {
        let count = settled.take(index, judged?)?;
        through.store(count, Ordering::Release);
        bar.set_position(count as u64);
    }
    Ok(())
}
