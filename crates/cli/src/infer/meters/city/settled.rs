//! What becomes of the districts of a city, in their order: they are counted, written or printed, and signed where a store takes them.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

use heng_statement::certificate::Document;
use heng_telemetry::city::{Gathered, Tally, Verdicts};
use heng_telemetry::meter_rows::{Row, columns};
use heng_telemetry::results::csv;

use super::super::json;
use super::super::recalled::Recalled;
use super::super::recorded::{Readings, network};
use super::{Asked, Judged, Log};
use crate::failure::Failure;
use crate::infer::stated::named;
use crate::print;

/// What is printed while districts are judged.
enum Printed {
    Nothing,
    Csv,
    Json(json::Printed),
}

/// What a city came to.
#[derive(Default)]
pub struct Counts {
    /// Districts, meters, readings and states.
    pub tally: Tally,
    /// Districts by whether they meet the conditions.
    pub valid: BTreeMap<Option<bool>, usize>,
    /// Of how many meters the log knew something.
    pub recalled: Recalled,
    /// Districts that are in the log now.
    pub recorded: usize,
    /// Of these, those that were there before with the same figures.
    pub known: usize,
    /// Alarms that were raised.
    pub alerts: usize,
    /// Districts that the log does not take, with the reason; all others are in it.
    pub refused: Vec<(String, Failure)>,
}

/// Takes districts as they are done, and settles each when all before it are.
pub struct Settled<'a, 'log> {
    asked: Asked<'a>,
    files: &'a [PathBuf],
    log: Option<&'a Log<'log>>,
    printed: Printed,
    gathered: Gathered<BufWriter<File>>,
    waiting: BTreeMap<usize, Judged>,
    due: usize,
    /// The file that districts are recorded of, as statements name it.
    document: Option<(usize, Document)>,
    counts: Counts,
}

impl<'a, 'log> Settled<'a, 'log> {
    /// Begins what is wanted.
    pub fn new(asked: Asked<'a>, files: &'a [PathBuf], log: Option<&'a Log<'log>>) -> Result<Self, Failure> {
        let arguments = asked.arguments;
        let printed = match (arguments.csv, arguments.json) {
            (true, _) => {
                print::text(&csv(&columns(&[])));
                Printed::Csv
            }
            (_, true) => Printed::Json(json::Printed::begin(asked.limit, asked.conditions)),
            _ => Printed::Nothing,
        };
        let file = arguments.parquet.as_deref().map(File::create).transpose();
        let file = file.map_err(|error| unwritten(asked, &error))?;
        let gathered = Gathered::new(file.map(BufWriter::new)).map_err(|error| unwritten(asked, &error))?;
        let (waiting, counts) = (BTreeMap::new(), Counts::default());
        Ok(Self { asked, files, log, printed, gathered, waiting, due: 0, document: None, counts })
    }

    /// Takes a district, and gives how many are settled.
    pub fn take(&mut self, index: usize, judged: Judged) -> Result<usize, Failure> {
        self.waiting.insert(index, judged);
        while let Some(judged) = self.waiting.remove(&self.due) {
            self.settle(judged)?;
            self.due += 1;
        }
        Ok(self.due)
    }

    fn settle(&mut self, judged: Judged) -> Result<(), Failure> {
        let valid = match judged.held.forbids_conclusions() {
            true => Some(false),
            false => judged.held.is_valid().filter(|is_valid| *is_valid),
        };
        *self.counts.valid.entry(valid).or_default() += 1;
        self.counts.recalled.add(judged.recalled);
        match &mut self.printed {
            Printed::Nothing => {}
            Printed::Csv => print_rows(&judged.verdicts),
            Printed::Json(printed) => {
                let Judged { verdicts, assessment, held, .. } = &judged;
                let known = assessment.as_ref().map(|assessment| &assessment.district);
                let meters = verdicts.meters.iter().map(|meter| json::meter(&verdicts.district, meter));
                printed.add(json::district(&verdicts.district, known, held), meters);
            }
        }
        self.record(&judged)?;
        let asked = self.asked;
        self.gathered.take(self.due, judged.verdicts).map_err(|error| unwritten(asked, &error))?;
        Ok(())
    }

    /// Signs what was inferred of a district. Of one that has too few readings nothing was.
    fn record(&mut self, judged: &Judged) -> Result<(), Failure> {
        let (Some(log), Some(district), Some(assessment)) = (self.log, &judged.readings, &judged.assessment) else {
            return Ok(());
        };
        let name = &judged.verdicts.district;
        let registered = self.asked.arguments.record.register.as_ref().map(|register| format!("{register} {name}"));
        let readings =
            Readings { network: network(name), name: registered.as_deref(), files: vec![self.document(judged.file)?] };
        let mut log = log.write().unwrap_or_else(PoisonError::into_inner);
        match log.record(readings, (district, assessment, &judged.held), self.asked.limit) {
            Ok(recorded) => {
                self.counts.recorded += 1;
                self.counts.known += usize::from(recorded.is_known);
                self.counts.alerts += recorded.alerts.len();
            }
            // One that nobody registered keeps no other out.
            Err(failure) if failure.is_of_input() => self.counts.refused.push((name.clone(), failure)),
            Err(failure) => return Err(failure),
        }
        Ok(())
    }

    /// A file as statements name it; its bytes are read once.
    fn document(&mut self, file: usize) -> Result<Document, Failure> {
        let document = match self.document.take() {
            Some((known, document)) if known == file => document,
            _ => named(self.files.get(file).map_or(Path::new(""), PathBuf::as_path))?,
        };
        self.document = Some((file, document.clone()));
        Ok(document)
    }

    /// Ends what was begun.
    pub fn close(self) -> Result<Counts, Failure> {
        let Self { asked, printed, gathered, mut counts, .. } = self;
        if let Printed::Json(printed) = printed {
            printed.end();
        }
        counts.tally = gathered.close().map_err(|error| unwritten(asked, &error))?;
        if let Some(path) = &asked.arguments.parquet {
            print::note(asked.words.say("written", &[("path", &path.display().to_string())]));
        }
        Ok(counts)
    }
}

fn unwritten(asked: Asked<'_>, error: &dyn std::fmt::Display) -> Failure {
    Failure::writing(asked.arguments.parquet.as_deref().unwrap_or(Path::new("")), error)
}

/// Prints the rows of a district, without the names of the columns.
fn print_rows(verdicts: &Verdicts) {
    let rows: Vec<Row<'_>> = verdicts.meters.iter().map(|meter| (verdicts.district.as_str(), meter)).collect();
    let text = csv(&columns(&rows));
    let (_, rows) = text.split_once('\n').unwrap_or_default();
    print::text(rows);
}
