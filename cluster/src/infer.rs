//! `heng-cluster infer meters`: a city judged by executors, with the results of `heng infer meters` byte for byte.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use futures::{StreamExt, TryStreamExt};
use heng_rule::service::builtin_service_limits;
use heng_telemetry::city::{Gathered, Tally, files, places};
use heng_telemetry::meter_rows::{begin_s, code};
use heng_wording::Words;
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::InferMeters;
use crate::failure::Failure;
use crate::jobs::Jobs;
use crate::plan::{Due, Question};
use crate::print;

/// Districts of one job, at least and at most: what progress is counted by and what memory holds.
const JOB: (usize, usize) = (128, 1024);

/// Into how many jobs a city is cut where they have a size between.
const JOBS: usize = 64;

/// Jobs given out at once, so that nobody rests while the last task of one is finished.
const AT_ONCE: usize = 2;

/// Judges a city and says how long it took.
#[expect(clippy::disallowed_methods, reason = "this is the edge that reads the clock")]
pub async fn meters(arguments: &InferMeters, words: &Words) -> Result<(), Failure> {
    let started = Instant::now();
    let jobs = Jobs {
        scheduler: &arguments.scheduler,
        question: question(arguments)?,
        patience: Duration::from_secs(arguments.patience.max(1)),
        words,
    };
    let due = due(&arguments.readings)?;
    let tally = judged(&jobs, &due, arguments.parquet.as_deref()).await?;
    if let Some(path) = &arguments.parquet {
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    let seconds = started.elapsed().as_secs_f64().max(1e-3);
    let facts: [(&str, &str); 5] = [
        ("districts", &tally.districts.to_string()),
        ("meters", &tally.meters.to_string()),
        ("readings", &tally.readings.to_string()),
        ("seconds", &format!("{seconds:.1}")),
        ("rate", &format!("{:.0}", tally.readings as f64 / seconds)),
    ];
    print::line(words.say("cluster-city", &facts));
    for (state, count) in &tally.states {
        let state = words.say(&format!("infer-state-{}", code(state).replace('_', "-")), &[]);
        print::line(format_args!("{count:>9}  {state}"));
    }
    Ok(())
}

fn question(arguments: &InferMeters) -> Result<Question, Failure> {
    let limits = builtin_service_limits().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    let limit = limits.named(&arguments.limits).ok_or_else(|| {
        let known = limits.names().join(", ");
        Failure::unreadable("error-infer-limits").with("name", &arguments.limits).with("known", known)
    })?;
    Ok(Question { limit_percent: limit.largest.value.value.to_f64(), since_s: arguments.since.and_then(begin_s) })
}

/// All districts of the folder in their order, by the names under which executors find their files.
fn due(readings: &Path) -> Result<Vec<Due>, Failure> {
    let reading = |error: std::io::Error| {
        Failure::unreadable("error-reading").with("path", readings.display()).with("reason", error)
    };
    let files = files(&readings.canonicalize().map_err(reading)?);
    if files.is_empty() {
        return Err(Failure::unreadable("error-cluster-folder").with("path", readings.display()));
    }
    let unreadable = |error| Failure::unreadable("error-infer-district").with("reason", error);
    let places = places(&files).map_err(unreadable)?;
    let file = |place: usize| files.get(place).map_or_else(PathBuf::new, PathBuf::clone);
    Ok(places
        .iter()
        .enumerate()
        .map(|(index, (place, number))| Due { index, file: file(*place), number: *number })
        .collect())
}

async fn judged(jobs: &Jobs<'_>, due: &[Due], out: Option<&Path>) -> Result<Tally, Failure> {
    let path = out.unwrap_or(Path::new(""));
    let file = out.map(File::create).transpose().map_err(|error| Failure::writing(path, error))?;
    let mut gathered = Gathered::new(file.map(BufWriter::new)).map_err(|error| Failure::writing(path, error))?;
    let bar = bar(due.len());
    let job = (due.len() / JOBS).clamp(JOB.0, JOB.1);
    let mut answers = futures::stream::iter(due.chunks(job).map(|part| jobs.answers(part))).buffered(AT_ONCE);
    while let Some(part) = answers.try_next().await? {
        for (index, answer) in part {
            let verdicts =
                answer.map_err(|reason| Failure::unreadable("error-infer-district").with("reason", reason))?;
            let through = gathered.take(index, verdicts).map_err(|error| Failure::writing(path, error))?;
            bar.set_position(through as u64);
        }
    }
    bar.finish_and_clear();
    gathered.close().map_err(|error| Failure::writing(path, error))
}

/// A bar over the districts; silent where nobody looks.
fn bar(length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg} {eta}") {
        bar.set_style(style);
    }
    bar
}
