//! The document `heng-model/1`: a measurement model with what is known of its inputs.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use heng_quantity::{Reported, Unit, text};
use heng_uncertainty::{Correlations, Input, Model, Shape};
use serde::Deserialize;
use toml::Spanned;

use crate::failure::{Failure, read};

/// The one version there is.
const FORMAT: &str = "heng-model/1";

/// A model with its inputs, ready to be evaluated.
pub struct ModelFile {
    /// The model.
    pub model: Model,
    /// Its inputs.
    pub inputs: Vec<Input>,
    /// Their correlations.
    pub correlations: Correlations,
    /// p.
    pub coverage_probability: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: Spanned<String>,
    model: Spanned<String>,
    /// For people; nothing is computed from it.
    #[serde(default, rename = "title")]
    _title: Option<String>,
    #[serde(default, rename = "source")]
    _source: Option<String>,
    #[serde(default = "usual_probability")]
    coverage_probability: f64,
    inputs: BTreeMap<Spanned<String>, InputText>,
    #[serde(default)]
    correlations: Vec<CorrelationText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InputText {
    value: Option<Spanned<String>>,
    #[serde(default)]
    observations: Vec<Spanned<String>>,
    standard_uncertainty: Option<Spanned<String>>,
    expanded_uncertainty: Option<Spanned<String>>,
    coverage_factor: Option<f64>,
    half_width: Option<Spanned<String>>,
    distribution: Option<DistributionText>,
    degrees_of_freedom: Option<f64>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum DistributionText {
    Uniform,
    Triangular,
    Arcsine,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrelationText {
    between: Spanned<[String; 2]>,
    coefficient: f64,
}

fn usual_probability() -> f64 {
    0.95
}

/// A document with its name, to say where something is wrong.
struct Source {
    path: PathBuf,
    text: String,
}

impl Source {
    fn failure(&self, code: &'static str, span: Range<usize>) -> Failure {
        let before = self.text.get(..span.start).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Failure::unreadable(code).with("path", self.path.display()).with("line", line).with("column", column)
    }

    /// A quantity as people write it: number, blank, unit.
    fn quantity(&self, stated: &Spanned<String>) -> Result<Reported, Failure> {
        text::parse(stated.get_ref())
            .map_err(|_| self.failure("error-model-quantity", stated.span()).with("text", stated.get_ref()))
    }

    /// The number of a width or an uncertainty in the unit of its input.
    fn width(&self, stated: &Spanned<String>, unit: &Unit) -> Result<f64, Failure> {
        let quantity = self.quantity(stated)?;
        let wrong = || self.failure("error-model-width", stated.span()).with("text", stated.get_ref());
        let conversion = quantity.unit.of_difference().conversion_to(&unit.of_difference()).map_err(|_| wrong())?;
        let number = heng_quantity::decimal::rational_to_f64(&(quantity.value.to_rational() * conversion.factor()));
        if number >= 0.0 { Ok(number) } else { Err(wrong()) }
    }
}

/// Reads a document; every error says where.
pub fn model_file(path: &Path) -> Result<ModelFile, Failure> {
    let unreadable = |reason: &dyn std::fmt::Display| {
        Failure::unreadable("error-model-unreadable").with("path", path.display()).with("reason", reason)
    };
    let text = String::from_utf8(read(path)?).map_err(|error| unreadable(&error))?;
    let document: Document = toml::from_str(&text).map_err(|error| unreadable(&error))?;
    let source = Source { path: path.to_path_buf(), text };
    if document.format.get_ref() != FORMAT {
        return Err(source.failure("error-model-format", document.format.span()).with("format", FORMAT));
    }
    let model = Model::parse(document.model.get_ref())
        .map_err(|error| source.failure("error-model-text", document.model.span()).with("reason", error))?;
    let inputs =
        document.inputs.iter().map(|(name, text)| input(&source, name, text)).collect::<Result<Vec<_>, _>>()?;
    let mut correlations = Correlations::none();
    for correlation in &document.correlations {
        let [first, second] = correlation.between.get_ref();
        let known = |name: &String| inputs.iter().any(|input| input.name == *name);
        if !(known(first) && known(second)) || first == second || correlation.coefficient.abs() > 1.0 {
            return Err(source.failure("error-model-correlation", correlation.between.span()));
        }
        correlations = correlations.with(first, second, correlation.coefficient);
    }
    Ok(ModelFile { model, inputs, correlations, coverage_probability: document.coverage_probability })
}

fn input(source: &Source, name: &Spanned<String>, stated: &InputText) -> Result<Input, Failure> {
    let failure = |code| source.failure(code, name.span()).with("input", name.get_ref());
    if !stated.observations.is_empty() {
        return observed(source, name, stated);
    }
    let Some(value) = &stated.value else { return Err(failure("error-model-no-value")) };
    let value = source.quantity(value)?;
    let width = |text: &Spanned<String>| source.width(text, &value.unit);
    let shape = match (&stated.standard_uncertainty, &stated.expanded_uncertainty, &stated.half_width) {
        (None, None, None) if stated.coverage_factor.is_none() && stated.distribution.is_none() => Shape::Constant,
        (Some(u), None, None) if stated.coverage_factor.is_none() && stated.distribution.is_none() => {
            Shape::Normal { standard_uncertainty: width(u)? }
        }
        (None, Some(expanded), None) if stated.distribution.is_none() => match stated.coverage_factor {
            Some(factor) if factor > 0.0 => Shape::Normal { standard_uncertainty: width(expanded)? / factor },
            _ => return Err(failure("error-model-no-factor")),
        },
        (None, None, Some(half)) if stated.coverage_factor.is_none() => {
            let half_width = width(half)?;
            match stated.distribution {
                Some(DistributionText::Uniform) => Shape::Uniform { half_width },
                Some(DistributionText::Triangular) => Shape::Triangular { half_width },
                Some(DistributionText::Arcsine) => Shape::Arcsine { half_width },
                None => return Err(failure("error-model-no-distribution")),
            }
        }
        _ => return Err(failure("error-model-evaluation")),
    };
    let degrees_of_freedom = stated.degrees_of_freedom.unwrap_or(f64::INFINITY);
    if degrees_of_freedom.is_nan() || degrees_of_freedom <= 0.0 {
        return Err(failure("error-model-degrees"));
    }
    let estimate = value.value.to_f64();
    Ok(Input { name: name.get_ref().clone(), estimate, unit: value.unit, shape, degrees_of_freedom })
}

/// Type A: the mean of observations in the unit of the first one.
fn observed(source: &Source, name: &Spanned<String>, stated: &InputText) -> Result<Input, Failure> {
    let failure = |code| source.failure(code, name.span()).with("input", name.get_ref());
    let only_observed = stated.value.is_none()
        && stated.standard_uncertainty.is_none()
        && stated.expanded_uncertainty.is_none()
        && stated.coverage_factor.is_none()
        && stated.half_width.is_none()
        && stated.distribution.is_none()
        && stated.degrees_of_freedom.is_none();
    // One observation alone tells nothing of its scatter.
    let [first, _, ..] = stated.observations.as_slice() else { return Err(failure("error-model-one-observation")) };
    if !only_observed {
        return Err(failure("error-model-evaluation"));
    }
    let unit = source.quantity(first)?.unit;
    let mut numbers = Vec::new();
    for observation in &stated.observations {
        let quantity = source.quantity(observation)?;
        if quantity.unit != unit {
            let failure = source.failure("error-model-width", observation.span());
            return Err(failure.with("text", observation.get_ref()));
        }
        numbers.push(quantity.value.to_f64());
    }
    Input::of_observations(name.get_ref(), &numbers, unit).map_err(|_| failure("error-model-one-observation"))
}
