//! The document `heng-comparison/1`: a round with its laboratories, its assigned value and its items.

use heng_quantity::Finding;
use serde::Deserialize;
use toml::Spanned;

use super::{Reading, ResultText, SettingsText, UncertaintyText, named};
use crate::round::{AssessmentDeviation, Laboratory, Reference, Round};
use crate::score::Expanded;

/// The one version there is.
const FORMAT: &str = "heng-comparison/1";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: Spanned<String>,
    title: Option<String>,
    source: Option<String>,
    quantity: String,
    unit: Spanned<String>,
    coverage_probability: Option<Spanned<f64>>,
    coverage_factor: Option<Spanned<f64>>,
    significance: Option<Spanned<f64>>,
    #[serde(default)]
    laboratories: Vec<ResultText>,
    reference: Option<Spanned<ReferenceText>>,
    assessment: Option<Spanned<AssessmentText>>,
    homogeneity: Option<ItemsText>,
    stability: Option<ItemsText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceText {
    value: Option<Spanned<f64>>,
    standard_uncertainty: Option<Spanned<f64>>,
    expanded_uncertainty: Option<Spanned<f64>>,
    coverage_factor: Option<Spanned<f64>>,
    method: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AssessmentText {
    standard_deviation: Option<Spanned<f64>>,
    relative_standard_deviation: Option<Spanned<f64>>,
    standard_deviation_method: Option<Spanned<String>>,
    maximum_error: Option<Spanned<f64>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemsText {
    items: Vec<Spanned<Vec<Spanned<f64>>>>,
}

/// Reads a round. Nothing is guessed: where a finding has the severity error there is no round.
///
/// ```
/// let (round, findings) = heng_comparison::file::read_round(r#"
/// format = "heng-comparison/1"
/// quantity = "mass"
/// unit = "mg"
/// laboratories = [
///     { name = "A", value = 10.0, standard_uncertainty = 0.1 },
///     { name = "B", value = 10.1, expanded_uncertainty = 0.4, coverage_factor = 2 },
/// ]
/// "#);
/// assert!(findings.is_empty());
/// let evaluation = round.ok_or("no round")?.evaluation();
/// let assigned = evaluation.assessment.assigned_value.result.ok_or("no value")?;
/// assert!((assigned.value - 10.02).abs() < 1e-12);
/// # Ok::<(), &'static str>(())
/// ```
pub fn read_round(text: &str) -> (Option<Round>, Vec<Finding>) {
    let mut reading = Reading::new(text);
    let round = reading.document::<Document>().and_then(|document| read(&mut reading, &document));
    let round = round.filter(|_| !reading.has_errors());
    (round, reading.findings)
}

fn read(reading: &mut Reading<'_>, document: &Document) -> Option<Round> {
    reading.format(&document.format, FORMAT);
    let unit = reading.unit(&document.unit);
    let settings = reading.settings(&SettingsText {
        coverage_probability: document.coverage_probability.clone(),
        coverage_factor: document.coverage_factor.clone(),
        significance: document.significance.clone(),
    });
    let mut laboratories: Vec<Laboratory> = Vec::new();
    for stated in &document.laboratories {
        let name = stated.name.get_ref();
        if laboratories.iter().any(|known| known.name == *name) {
            let finding = Finding::error("comparison-laboratory-twice").with("laboratory", name);
            reading.add(finding, stated.name.span());
        }
        let result = reading.result(stated, &settings);
        laboratories.push(Laboratory {
            name: name.clone(),
            value: result.value,
            standard_uncertainty: result.uncertainty.map(|(uncertainty, _)| uncertainty),
            coverage_factor: result.uncertainty.map_or(settings.coverage_factor, |(_, factor)| factor),
            degrees_of_freedom: result.degrees_of_freedom,
        });
    }
    let items = |reading: &mut Reading<'_>, stated: &Option<ItemsText>| {
        stated.as_ref().map_or_else(Vec::new, |stated| reading.rows(&stated.items))
    };
    let homogeneity = items(reading, &document.homogeneity);
    let stability = items(reading, &document.stability);
    if laboratories.is_empty() && homogeneity.is_empty() {
        reading.error("comparison-no-results", document.format.span());
    }
    let reference = document.reference.as_ref().and_then(|stated| reference(reading, stated));
    let (standard_deviation, maximum_error) =
        document.assessment.as_ref().map_or((None, None), |stated| assessment(reading, stated));
    Some(Round {
        title: document.title.clone(),
        source: document.source.clone(),
        quantity: document.quantity.clone(),
        unit: unit?,
        laboratories,
        reference,
        standard_deviation,
        maximum_error,
        homogeneity,
        stability,
        settings,
    })
}

/// A stated value with its uncertainty, or a method, and not both.
fn reference(reading: &mut Reading<'_>, stated: &Spanned<ReferenceText>) -> Option<Reference> {
    let text = stated.get_ref();
    let uncertainty = UncertaintyText {
        standard_uncertainty: text.standard_uncertainty.clone(),
        expanded_uncertainty: text.expanded_uncertainty.clone(),
        coverage_factor: text.coverage_factor.clone(),
    };
    match (&text.value, &text.method) {
        (Some(value), None) => {
            let value = reading.number(value);
            let read = reading.uncertainty(
                &uncertainty,
                stated.span(),
                crate::reference_value::Settings::default().coverage_factor,
            );
            if read.is_none() && !reading.has_errors() {
                reading.error("comparison-reference", stated.span());
            }
            let (standard, coverage_factor) = read?;
            let expanded_uncertainty = standard * coverage_factor;
            Some(Reference::Stated(Expanded { value, expanded_uncertainty, coverage_factor }))
        }
        (None, Some(method)) if text.standard_uncertainty.is_none() && text.expanded_uncertainty.is_none() => {
            let name = method.get_ref().as_str();
            let found = named(name).map(Reference::Estimator).or_else(|| named(name).map(Reference::Robust));
            let found = found.or_else(|| (name == "homogeneity_mean").then_some(Reference::HomogeneityMean));
            if found.is_none() {
                reading.add(Finding::error("comparison-method").with("method", name), method.span());
            }
            found
        }
        _ => {
            reading.error("comparison-reference", stated.span());
            None
        }
    }
}

/// At most one way to σ_pt, and δ_E.
fn assessment(
    reading: &mut Reading<'_>,
    stated: &Spanned<AssessmentText>,
) -> (Option<AssessmentDeviation>, Option<f64>) {
    let text = stated.get_ref();
    let deviation = match (&text.standard_deviation, &text.relative_standard_deviation, &text.standard_deviation_method)
    {
        (Some(sigma), None, None) => Some(AssessmentDeviation::Stated(reading.positive(sigma))),
        (None, Some(part), None) => Some(AssessmentDeviation::Relative(reading.positive(part))),
        (None, None, Some(method)) => reading.method(method).map(AssessmentDeviation::Robust),
        (None, None, None) => None,
        _ => {
            reading.error("comparison-assessment", stated.span());
            None
        }
    };
    (deviation, text.maximum_error.as_ref().map(|error| reading.positive(error)))
}
