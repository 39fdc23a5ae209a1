//! What `heng uncertainty --json` printed, read again: one result with its distribution.

use std::path::Path;

use heng_quantity::{Unit, text};
use heng_uncertainty::Histogram;
use heng_uncertainty::conformity::measured::{Measured, Sampled};
use serde::Deserialize;

use crate::failure::Failure;
use crate::source_text::read_text;

/// The one version there is.
const FORMAT: &str = "heng-result/1";

/// k of U where the result states none (ILAC-G8:09/2019, 4.2.2: U at about 95 %, k = 2).
const USUAL_FACTOR: f64 = 2.0;

/// One result of the file.
#[derive(Clone)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// What is known of it.
    pub measured: Measured,
    /// The k of its U.
    pub coverage_factor: f64,
    /// u; none where the distribution has none.
    pub standard_uncertainty: Option<f64>,
}

#[derive(Deserialize)]
struct Document {
    format: String,
    method: String,
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
struct Output {
    name: String,
    unit: String,
    estimate: f64,
    standard_uncertainty: Option<f64>,
    effective_degrees_of_freedom: Option<f64>,
    coverage_factor: Option<f64>,
    second_order: Option<SecondOrder>,
    monte_carlo: Option<MonteCarlo>,
}

#[derive(Deserialize)]
struct SecondOrder {
    standard_uncertainty: f64,
}

#[derive(Deserialize)]
struct MonteCarlo {
    mean: Option<f64>,
    standard_uncertainty: Option<f64>,
    histogram: Histogram,
}

/// The only result, or the one with this name.
pub fn result_file(path: &Path, name: Option<&str>) -> Result<Chosen, Failure> {
    let unreadable = |reason: &dyn std::fmt::Display| {
        Failure::unreadable("error-decide-file").with("path", path.display()).with("reason", reason)
    };
    let text = read_text(path)?.map_err(|finding| unreadable(&finding.code))?;
    let document: Document = serde_json::from_str(&text).map_err(|error| unreadable(&error))?;
    if document.format != FORMAT {
        return Err(unreadable(&FORMAT));
    }
    let names = || {
        let names: Vec<&str> = document.outputs.iter().map(|output| output.name.as_str()).collect();
        names.join(", ")
    };
    let output = match (name, document.outputs.as_slice()) {
        (None, [only]) => only,
        (Some(name), outputs) => outputs.iter().find(|output| output.name == name).ok_or_else(|| {
            Failure::unreadable("error-decide-output").with("path", path.display()).with("outputs", names())
        })?,
        (None, _) => {
            let failure = Failure::unreadable("error-decide-output").with("path", path.display());
            return Err(failure.with("outputs", names()));
        }
    };
    let unit = text::unit(&output.unit).map_err(|_| unreadable(&output.unit))?;
    if output.standard_uncertainty.is_none() && output.monte_carlo.is_none() {
        return Err(Failure::unreadable("error-decide-unknown-u").with("output", &output.name));
    }
    let measured = measured(output, &document.method).ok_or_else(|| unreadable(&output.name))?;
    let coverage_factor = output.coverage_factor.filter(|factor| *factor > 0.0).unwrap_or(USUAL_FACTOR);
    let has_u = output.monte_carlo.as_ref().is_none_or(|trials| trials.standard_uncertainty.is_some());
    let standard_uncertainty = has_u.then(|| measured.standard_uncertainty());
    Ok(Chosen { name: output.name.clone(), unit, measured, coverage_factor, standard_uncertainty })
}

/// The distribution of the trials where there were any, else t where u has degrees of freedom, else normal.
fn measured(output: &Output, method: &str) -> Option<Measured> {
    if let Some(trials) = &output.monte_carlo {
        return sampled(trials, output.estimate).map(Measured::Sampled);
    }
    let standard_uncertainty = match (&output.second_order, method) {
        (Some(second), "second-order") => second.standard_uncertainty,
        _ => output.standard_uncertainty?,
    };
    let value = output.estimate;
    Some(match output.effective_degrees_of_freedom {
        Some(degrees_of_freedom) => Measured::Student { value, standard_uncertainty, degrees_of_freedom },
        None => Measured::Normal { value, standard_uncertainty },
    })
}

/// The histogram as a distribution about the mean, or about the estimate where there is no mean; what lies beyond its bins is spread out to the least and the greatest value.
fn sampled(trials: &MonteCarlo, estimate: f64) -> Option<Sampled> {
    let histogram = &trials.histogram;
    let ends = histogram.ends();
    let (mut edges, mut counts) = (vec![ends.low], Vec::new());
    let mut add = |high: f64, count: u64| {
        let last = edges.last().copied().unwrap_or(ends.low);
        if high > last {
            edges.push(high.min(ends.high));
            counts.push(count);
        } else if let Some(before) = counts.last_mut() {
            *before += count;
        }
    };
    let first = histogram.bins().next().map_or(ends.high, |bin| bin.low);
    add(first, histogram.below());
    for bin in histogram.bins() {
        add(bin.high, bin.count);
    }
    add(ends.high, histogram.above());
    Sampled::of_histogram(trials.mean.unwrap_or(estimate), &edges, &counts).ok()
}
