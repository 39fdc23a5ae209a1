//! The files of districts: one that is named, or all of a folder by their names.

use std::path::{Path, PathBuf};

use heng_inference::meters::District;
use heng_telemetry::district::{Given, Source as Bytes, given};
use heng_telemetry::meter_rows::begin_s;
use heng_wording::Words;
use jiff::civil::Date;

use crate::arguments::InferMeters;
use crate::failure::{Failure, read};
use crate::print;

/// The files of one district.
pub struct Source {
    /// Its name: that of the readings without its ending.
    pub name: String,
    /// The district, whichever span the readings are of: what stands before `_readings`.
    pub district: String,
    readings: PathBuf,
    voltages: Option<PathBuf>,
    meters: Option<PathBuf>,
}

fn bytes(path: &Path) -> Result<Bytes, Failure> {
    Ok(Bytes { name: path.display().to_string(), bytes: read(path)? })
}

impl Source {
    /// Its files.
    pub fn files(&self) -> Vec<&Path> {
        [Some(&self.readings), self.voltages.as_ref(), self.meters.as_ref()]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
            .collect()
    }

    /// Reads the district, from the beginning of a day on where one is given.
    pub fn district(&self, since: Option<Date>, words: &Words) -> Result<District, Failure> {
        let voltages = self.voltages.as_deref().map(bytes).transpose()?;
        let meters = self.meters.as_deref().map(bytes).transpose()?;
        let Given { mut district, no_registers, without_readings } =
            given(bytes(&self.readings)?, voltages, meters).map_err(|error| Failure::reading(&self.readings, error))?;
        for (code, names) in [("infer-no-registers", no_registers), ("infer-without-readings", without_readings)] {
            if !names.is_empty() {
                print::note(words.say(code, &[("file", &self.name), ("names", &names.join(" "))]));
            }
        }
        if let Some(from) = since.and_then(begin_s) {
            district.keep_from(from);
        }
        Ok(district)
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The districts that the arguments name. In a folder every `NAME_readings….parquet` or `.csv` is one, beside its `NAME_voltages` and `NAME_meters_public.csv`.
pub fn sources(arguments: &InferMeters) -> Result<Vec<Source>, Failure> {
    let path = &arguments.readings;
    if !path.is_dir() {
        let name = stem(path);
        let district = name.split_once("_readings").map_or(name.as_str(), |(district, _)| district).to_owned();
        return Ok(vec![Source {
            name,
            district,
            readings: path.clone(),
            voltages: arguments.voltages.clone(),
            meters: arguments.meters.clone(),
        }]);
    }
    let found = in_folder(path, arguments.voltages.as_deref(), arguments.meters.as_deref())?;
    let one_file = [("--voltages", &arguments.voltages), ("--meters", &arguments.meters)];
    // The file of one district says nothing of the meters of another.
    if let Some((option, _)) = one_file.iter().find(|(_, file)| file.is_some() && found.len() > 1) {
        let failure = Failure::unreadable("error-infer-one-file").with("option", option);
        return Err(failure.with("path", path.display()).with("districts", found.len()));
    }
    Ok(found)
}

/// The districts of a folder.
pub fn in_folder(path: &Path, voltages: Option<&Path>, meters: Option<&Path>) -> Result<Vec<Source>, Failure> {
    let entries = std::fs::read_dir(path).map_err(|error| Failure::reading(path, error))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    let mut found = Vec::new();
    for file in &files {
        let name = stem(file);
        let is_table = file.extension().is_some_and(|kind| kind == "parquet" || kind == "csv");
        let Some((district, _)) = name.split_once("_readings").filter(|_| is_table) else { continue };
        let beside =
            |rest: &[&str]| rest.iter().map(|rest| path.join(format!("{district}{rest}"))).find(|path| path.exists());
        found.push(Source {
            readings: file.clone(),
            voltages: voltages.map(Path::to_path_buf).or_else(|| beside(&["_voltages.parquet", "_voltages.csv"])),
            meters: meters.map(Path::to_path_buf).or_else(|| beside(&["_meters_public.csv", "_meters.csv"])),
            district: district.to_owned(),
            name,
        });
    }
    if found.is_empty() {
        return Err(Failure::unreadable("error-infer-folder").with("path", path.display()));
    }
    Ok(found)
}
