//! A whole city: districts by the thousand in Parquet, judged side by side and written in their order.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};

use heng_inference::meters::Settings;
use heng_telemetry::TelemetryError;
use heng_telemetry::city::{Gathered, Reader, Tally, Verdicts, places, verdicts};
use heng_wording::Words;

use crate::failure::Failure;
use crate::{print, progress};

/// Districts that one worker may be ahead of what is written.
const AHEAD: usize = 16;

fn unreadable(error: TelemetryError) -> Failure {
    Failure::unreadable("error-infer-district").with("reason", error)
}

/// Judges all districts of the files, from an instant on where one is given; results go to `out` in the order of the districts, whichever is done first. Memory holds as many districts as there are workers, and results of a few more.
pub fn infer(
    files: &[PathBuf],
    settings: &Settings,
    since_s: Option<i64>,
    out: Option<&Path>,
    words: &Words,
) -> Result<Tally, Failure> {
    let places = places(files).map_err(unreadable)?;
    let mut results = Output::new(out)?;
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
    if let Some(path) = out {
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    Ok(tally)
}

/// The file of results, where one is wanted.
struct Output<'a> {
    path: &'a Path,
    gathered: Gathered<BufWriter<File>>,
}

impl<'a> Output<'a> {
    fn new(out: Option<&'a Path>) -> Result<Self, Failure> {
        let path = out.unwrap_or(Path::new(""));
        let file = out.map(File::create).transpose().map_err(|error| Failure::writing(path, error))?;
        let gathered = Gathered::new(file.map(BufWriter::new)).map_err(|error| Failure::writing(path, error))?;
        Ok(Self { path, gathered })
    }

    fn take(&mut self, index: usize, verdicts: Verdicts) -> Result<usize, Failure> {
        self.gathered.take(index, verdicts).map_err(|error| Failure::writing(self.path, error))
    }

    fn close(self) -> Result<Tally, Failure> {
        self.gathered.close().map_err(|error| Failure::writing(self.path, error))
    }
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
