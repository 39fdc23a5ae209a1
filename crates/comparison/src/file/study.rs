//! The document `heng-material/1`: a study of a reference material.

use heng_quantity::Finding;
use serde::Deserialize;
use toml::Spanned;

use super::{Reading, ResultText, SettingsText};
use crate::material::{Baseline, Lot};
use crate::reference_value::Settings;
use crate::robust::RobustMethod;
use crate::study::{Characterization, StabilityData, Study};

/// The one version there is.
const FORMAT: &str = "heng-material/1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: Spanned<String>,
    title: Option<String>,
    source: Option<String>,
    quantity: String,
    unit: Spanned<String>,
    time_unit: Option<Spanned<String>>,
    coverage_probability: Option<Spanned<f64>>,
    coverage_factor: Option<Spanned<f64>>,
    significance: Option<Spanned<f64>>,
    homogeneity: Option<BottlesText>,
    long_term_stability: Option<StabilityText>,
    short_term_stability: Option<StabilityText>,
    characterization: Option<Spanned<CharacterizationText>>,
    allowed_standard_uncertainty: Option<Spanned<f64>>,
    control_chart: Option<Spanned<ChartText>>,
    lots: Option<LotsText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BottlesText {
    bottles: Vec<Spanned<Vec<Spanned<f64>>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StabilityText {
    points: Vec<[Spanned<f64>; 2]>,
    time: Spanned<f64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CharacterizationText {
    value: Option<Spanned<f64>>,
    standard_uncertainty: Option<Spanned<f64>>,
    #[serde(default)]
    laboratories: Vec<ResultText>,
    method: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartText {
    values: Vec<Spanned<f64>>,
    baseline: Option<usize>,
    centre: Option<Spanned<f64>>,
    standard_deviation: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LotsText {
    first: LotText,
    second: LotText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LotText {
    certified: Spanned<f64>,
    certified_uncertainty: Spanned<f64>,
    measured: Spanned<f64>,
    measured_uncertainty: Spanned<f64>,
}

/// Reads a study. Nothing is guessed: where a finding has the severity error there is no study.
pub fn read_study(text: &str) -> (Option<Study>, Vec<Finding>) {
    let mut reading = Reading::new(text);
    let study = reading.document::<Document>().and_then(|document| read(&mut reading, &document));
    let study = study.filter(|_| !reading.has_errors());
    (study, reading.findings)
}

fn read(reading: &mut Reading<'_>, document: &Document) -> Option<Study> {
    reading.format(&document.format, FORMAT);
    let unit = reading.unit(&document.unit);
    let time_unit = document.time_unit.as_ref().and_then(|stated| reading.unit(stated));
    let settings = reading.settings(&SettingsText {
        coverage_probability: document.coverage_probability.clone(),
        coverage_factor: document.coverage_factor.clone(),
        significance: document.significance.clone(),
    });
    let bottles = document.homogeneity.as_ref().map_or_else(Vec::new, |stated| reading.rows(&stated.bottles));
    let long_term = document.long_term_stability.as_ref().map(|stated| stability(reading, stated));
    let short_term = document.short_term_stability.as_ref().map(|stated| stability(reading, stated));
    let characterization =
        document.characterization.as_ref().and_then(|stated| characterization(reading, stated, &settings));
    let allowed_standard_uncertainty =
        document.allowed_standard_uncertainty.as_ref().map(|allowed| reading.positive(allowed));
    let chart = document.control_chart.as_ref().and_then(|stated| chart(reading, stated));
    let lots = document.lots.as_ref().map(|stated| (lot(reading, &stated.first), lot(reading, &stated.second)));
    let has_none = bottles.is_empty() && long_term.is_none() && short_term.is_none() && lots.is_none();
    if has_none && document.characterization.is_none() && document.control_chart.is_none() {
        reading.error("comparison-no-results", document.format.span());
    }
    Some(Study {
        title: document.title.clone(),
        source: document.source.clone(),
        quantity: document.quantity.clone(),
        unit: unit?,
        time_unit,
        bottles,
        long_term,
        short_term,
        characterization,
        allowed_standard_uncertainty,
        chart,
        lots,
        settings,
    })
}

fn stability(reading: &mut Reading<'_>, stated: &StabilityText) -> StabilityData {
    let points = stated.points.iter().map(|[time, value]| (reading.number(time), reading.number(value))).collect();
    let time = reading.number(&stated.time);
    if time < 0.0 {
        reading.error("comparison-time", stated.time.span());
    }
    StabilityData { points, time }
}

/// A stated value, or laboratories with a method that fits what they state.
fn characterization(
    reading: &mut Reading<'_>,
    stated: &Spanned<CharacterizationText>,
    settings: &Settings,
) -> Option<Characterization> {
    let text = stated.get_ref();
    match (&text.value, &text.standard_uncertainty, text.laboratories.as_slice(), &text.method) {
        (Some(value), Some(uncertainty), [], None) => {
            let (value, standard_uncertainty) = (reading.number(value), reading.positive(uncertainty));
            Some(Characterization::Stated { value, standard_uncertainty })
        }
        (None, None, [_, ..], method) => {
            let robust: Option<RobustMethod> = method.as_ref().and_then(|method| super::named(method.get_ref()));
            if let Some(method) = robust {
                let values = text.laboratories.iter().map(|one| reading.result(one, settings).value).collect();
                return Some(Characterization::Scattered { values, method });
            }
            let estimator = match method {
                Some(method) => Some(reading.method(method)?),
                None => None,
            };
            let results: Option<Vec<_>> = text.laboratories.iter().map(|one| reading.measured(one, settings)).collect();
            Some(Characterization::Estimated { results: results?, estimator })
        }
        _ => {
            reading.error("comparison-characterization", stated.span());
            None
        }
    }
}

fn chart(reading: &mut Reading<'_>, stated: &Spanned<ChartText>) -> Option<(Vec<f64>, Baseline)> {
    let text = stated.get_ref();
    let values = reading.numbers(&text.values);
    let baseline = match (text.baseline, &text.centre, &text.standard_deviation) {
        (None, None, None) => Baseline::All,
        (Some(count), None, None) => Baseline::First(count),
        (None, Some(centre), Some(deviation)) => {
            Baseline::Known { centre: reading.number(centre), standard_deviation: reading.positive(deviation) }
        }
        _ => {
            reading.error("comparison-baseline", stated.span());
            return None;
        }
    };
    Some((values, baseline))
}

fn lot(reading: &mut Reading<'_>, stated: &LotText) -> Lot {
    Lot {
        certified: reading.number(&stated.certified),
        certified_uncertainty: reading.positive(&stated.certified_uncertainty),
        measured: reading.number(&stated.measured),
        measured_uncertainty: reading.positive(&stated.measured_uncertainty),
    }
}
