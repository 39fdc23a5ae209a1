//! What earlier days said of districts, in a file between two runs: the days themselves are not needed again.

use std::collections::BTreeMap;
use std::path::Path;

use heng_inference::meters::{District, Knowledge};
use serde::{Deserialize, Serialize};

use crate::failure::{Failure, read, write};

/// The format of the file.
const FORMAT: &str = "heng-meters-state/2";

/// What is known of one district, and until when.
#[derive(Debug, Serialize, Deserialize)]
struct OfDistrict {
    until_s: i64,
    knowledge: Knowledge,
}

/// What is known of all.
#[derive(Debug, Serialize, Deserialize)]
pub struct Known {
    format: String,
    districts: BTreeMap<String, OfDistrict>,
}

impl Known {
    /// What the file says, or nothing where there is none yet.
    pub fn read(path: Option<&Path>) -> Result<Self, Failure> {
        let none = Self { format: FORMAT.to_owned(), districts: BTreeMap::new() };
        let Some(path) = path.filter(|path| path.exists()) else { return Ok(none) };
        let known: Self = serde_json::from_slice(&read(path)?).map_err(|error| Failure::reading(path, error))?;
        if known.format != FORMAT {
            let failure = Failure::unreadable("error-known-format").with("path", path.display());
            return Err(failure.with("format", known.format));
        }
        Ok(known)
    }

    /// What is known of a district from before these readings. Days that were counted already are refused: they would count twice.
    pub fn earlier(&self, name: &str, district: &District) -> Result<Option<&Knowledge>, Failure> {
        let Some(of) = self.districts.get(name) else { return Ok(None) };
        if district.times_s.first().is_some_and(|first| *first < of.until_s) {
            return Err(Failure::unreadable("error-infer-counted").with("district", name));
        }
        Ok(Some(&of.knowledge))
    }

    /// Keeps what is known now.
    pub fn keep(&mut self, name: &str, district: &District, knowledge: Knowledge) {
        let until_s = district.times_s.last().copied().unwrap_or(i64::MIN);
        self.districts.insert(name.to_owned(), OfDistrict { until_s, knowledge });
    }

    /// Writes the file.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let bytes = serde_json::to_vec(self).map_err(|error| Failure::writing(path, error))?;
        write(path, &bytes)
    }
}
