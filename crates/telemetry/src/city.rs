//! A city: districts by the thousand in Parquet, each judged by itself, and their verdicts in the order of the districts whoever is done first.
//!
//! One machine and a cluster share this module, so that both write the same bytes.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use heng_inference::meters::{Assessment, MeterAssessment, Settings, State, assessment, every_undecided};
use parquet::errors::ParquetError;

use crate::TelemetryError;
use crate::districts::{DistrictFile, NamedDistrict};
use crate::meter_rows::{Row, columns};
use crate::results::Results;

/// Rows of one group in the file of results; a group ends with a district.
const ROWS: usize = 50_000;

/// The files of districts in a folder, in the order of their names; empty where it has none.
#[must_use]
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

/// Where a district stands: the number of its file, and its number in that file.
pub type Place = (usize, usize);

/// The places of all districts of the files, in their order.
///
/// # Errors
/// Where a file is none of districts.
pub fn places(files: &[PathBuf]) -> Result<Vec<Place>, TelemetryError> {
    let mut places = Vec::new();
    for (file, path) in files.iter().enumerate() {
        places.extend((0..DistrictFile::open(path)?.len()).map(|district| (file, district)));
    }
    Ok(places)
}

/// Reads districts one after the other; the file of the last one stays open.
#[derive(Default)]
pub struct Reader {
    open: Option<(PathBuf, DistrictFile)>,
}

impl Reader {
    /// The district of this number in the file.
    ///
    /// # Errors
    /// What keeps it from being understood.
    pub fn district(&mut self, path: &Path, number: usize) -> Result<NamedDistrict, TelemetryError> {
        let file = match self.open.take() {
            Some((known, file)) if known == path => file,
            _ => DistrictFile::open(path)?,
        };
        let district = file.district(number);
        self.open = Some((path.to_path_buf(), file));
        district
    }
}

/// What one district came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdicts {
    /// Its name.
    pub district: String,
    /// Its meters, in their order.
    pub meters: Vec<MeterAssessment>,
    /// How many readings of them there were.
    pub readings: usize,
}

/// The verdicts on a district, by its readings from an instant on where one is given.
#[must_use]
pub fn verdicts(mut found: NamedDistrict, settings: &Settings, since_s: Option<i64>) -> Verdicts {
    if let Some(from) = since_s {
        found.district.keep_from(from);
    }
    judged(&found, settings).0
}

/// The verdicts on a district, and the assessment that they are of; none where there is too little to read.
#[must_use]
pub fn judged(found: &NamedDistrict, settings: &Settings) -> (Verdicts, Option<Assessment>) {
    let NamedDistrict { name, district } = found;
    let assessment = assessment(district, settings);
    let meters = match &assessment {
        Some(assessment) => assessment.meters.clone(),
        None => every_undecided(district, settings),
    };
    let readings = district.meters.iter().map(|meter| meter.register_kwh.len()).sum();
    (Verdicts { meters, readings, district: name.clone() }, assessment)
}

/// What a city came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Districts.
    pub districts: usize,
    /// Meters.
    pub meters: usize,
    /// Readings of meters.
    pub readings: usize,
    /// Meters by what they are.
    pub states: BTreeMap<State, usize>,
}

impl Tally {
    fn add(&mut self, one: &Verdicts) {
        self.districts += 1;
        self.meters += one.meters.len();
        self.readings += one.readings;
        for meter in &one.meters {
            *self.states.entry(meter.state).or_default() += 1;
        }
    }
}

/// Takes verdicts in any order, counts them, and writes them in the order of the districts.
pub struct Gathered<W: Write + Send> {
    out: Option<Results<W>>,
    waiting: BTreeMap<usize, Verdicts>,
    ready: Vec<Verdicts>,
    rows: usize,
    due: usize,
    tally: Tally,
}

impl<W: Write + Send> Gathered<W> {
    /// Begins a file of results where one is wanted.
    ///
    /// # Errors
    /// What the encoder refuses.
    pub fn new(out: Option<W>) -> Result<Self, ParquetError> {
        let out = out.map(|out| Results::new(out, &columns(&[]))).transpose()?;
        Ok(Self { out, waiting: BTreeMap::new(), ready: Vec::new(), rows: 0, due: 0, tally: Tally::default() })
    }

    /// Takes the verdicts on the district that is `index` in the order, and gives how many districts are through. Verdicts on a district that is through, or waits, change nothing: they are the same.
    ///
    /// # Errors
    /// What the encoder or the disk refuses.
    pub fn take(&mut self, index: usize, verdicts: Verdicts) -> Result<usize, ParquetError> {
        if index >= self.due {
            self.waiting.entry(index).or_insert(verdicts);
        }
        while let Some(one) = self.waiting.remove(&self.due) {
            self.due += 1;
            self.tally.add(&one);
            self.rows += one.meters.len();
            self.ready.push(one);
            if self.rows >= ROWS {
                self.write()?;
            }
        }
        Ok(self.due)
    }

    fn write(&mut self) -> Result<(), ParquetError> {
        if let Some(results) = &mut self.out {
            let rows: Vec<Row<'_>> = self
                .ready
                .iter()
                .flat_map(|one| one.meters.iter().map(|meter| (one.district.as_str(), meter)))
                .collect();
            if !rows.is_empty() {
                results.add(&columns(&rows))?;
            }
        }
        self.ready.clear();
        self.rows = 0;
        Ok(())
    }

    /// Ends the file and gives the count.
    ///
    /// # Errors
    /// What the encoder or the disk refuses.
    pub fn close(mut self) -> Result<Tally, ParquetError> {
        self.write()?;
        if let Some(results) = self.out {
            results.close()?;
        }
        Ok(self.tally)
    }
}
