//! The documents `heng-comparison/1` and `heng-material/1`, and tables of results: what they say, and findings about what is wrong with them.

mod round;
mod study;
mod table;

use std::ops::Range;

use heng_quantity::{Finding, Unit, text};
use heng_uncertainty::document;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use toml::Spanned;

use crate::error::LARGEST;
use crate::reference_value::{MeasuredValue, Settings};

pub use round::read_round;
pub use study::read_study;
pub use table::{read_bottles_table, read_results_table};

/// A document larger than that is no comparison.
const MOST_BYTES: usize = 16 << 20;

/// The document being read, with what was found so far.
struct Reading<'a> {
    text: &'a str,
    findings: Vec<Finding>,
}

impl<'a> Reading<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, findings: Vec::new() }
    }

    /// The document as TOML, or a finding where it breaks off.
    fn document<T: DeserializeOwned>(&mut self) -> Option<T> {
        if self.text.len() > MOST_BYTES {
            self.findings.push(Finding::error("comparison-too-large"));
            return None;
        }
        match toml::from_str(self.text) {
            Ok(document) => Some(document),
            Err(error) => {
                self.findings.push(document::finding(self.text, &error));
                None
            }
        }
    }

    fn error(&mut self, code: &str, span: Range<usize>) {
        self.add(Finding::error(code), span);
    }

    fn add(&mut self, finding: Finding, span: Range<usize>) {
        self.findings.push(finding.at(document::place(self.text, span.start)));
    }

    fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == heng_quantity::Severity::Error)
    }

    fn format(&mut self, stated: &Spanned<String>, expected: &str) {
        if stated.get_ref() != expected {
            self.add(Finding::error("comparison-format").with("format", expected), stated.span());
        }
    }

    fn unit(&mut self, stated: &Spanned<String>) -> Option<Unit> {
        match text::unit(stated.get_ref()) {
            Ok(unit) => Some(unit),
            Err(finding) => {
                self.add(finding, stated.span());
                None
            }
        }
    }

    /// A number that can be computed with.
    fn number(&mut self, stated: &Spanned<f64>) -> f64 {
        let number = *stated.get_ref();
        if number.is_nan() || libm::fabs(number) > LARGEST {
            self.error("comparison-number", stated.span());
        }
        number
    }

    /// A number above zero.
    fn positive(&mut self, stated: &Spanned<f64>) -> f64 {
        let number = *stated.get_ref();
        if number.is_nan() || number <= 0.0 || number > LARGEST {
            self.error("comparison-not-above-zero", stated.span());
        }
        number
    }

    fn numbers(&mut self, stated: &[Spanned<f64>]) -> Vec<f64> {
        stated.iter().map(|one| self.number(one)).collect()
    }

    /// Rows of values, each with at least one.
    fn rows(&mut self, stated: &[Spanned<Vec<Spanned<f64>>>]) -> Vec<Vec<f64>> {
        stated
            .iter()
            .map(|row| {
                if row.get_ref().is_empty() {
                    self.error("comparison-no-values", row.span());
                }
                self.numbers(row.get_ref())
            })
            .collect()
    }

    fn settings(&mut self, stated: &SettingsText) -> Settings {
        let usual = Settings::default();
        let mut part = |stated: &Option<Spanned<f64>>, usual: f64| {
            let Some(stated) = stated else { return usual };
            if !(*stated.get_ref() > 0.0 && *stated.get_ref() < 1.0) {
                self.error("comparison-probability", stated.span());
            }
            *stated.get_ref()
        };
        let coverage_probability = part(&stated.coverage_probability, usual.coverage_probability);
        let significance = part(&stated.significance, usual.significance);
        let coverage_factor =
            stated.coverage_factor.as_ref().map_or(usual.coverage_factor, |factor| self.positive(factor));
        Settings { coverage_probability, coverage_factor, significance }
    }

    /// u and k of a standard or an expanded uncertainty; neither where none is stated.
    fn uncertainty(&mut self, stated: &UncertaintyText, place: Range<usize>, usual_factor: f64) -> Option<(f64, f64)> {
        match (&stated.standard_uncertainty, &stated.expanded_uncertainty, &stated.coverage_factor) {
            (Some(standard), None, factor) => {
                let factor = factor.as_ref().map_or(usual_factor, |factor| self.positive(factor));
                Some((self.positive(standard), factor))
            }
            (None, Some(expanded), Some(factor)) => {
                let (expanded, factor) = (self.positive(expanded), self.positive(factor));
                Some((expanded / factor, factor))
            }
            (None, None, None) => None,
            _ => {
                self.error("comparison-uncertainty", place);
                None
            }
        }
    }

    /// One result with its u, which it must state.
    fn measured(&mut self, stated: &ResultText, settings: &Settings) -> Option<MeasuredValue> {
        let result = self.result(stated, settings);
        if result.uncertainty.is_none() {
            self.add(
                Finding::error("comparison-uncertainty-missing").with("laboratory", stated.name.get_ref()),
                stated.name.span(),
            );
        }
        let (standard_uncertainty, _) = result.uncertainty?;
        Some(MeasuredValue { value: result.value, standard_uncertainty, degrees_of_freedom: result.degrees_of_freedom })
    }

    fn result(&mut self, stated: &ResultText, settings: &Settings) -> ReadResult {
        let named = |code: &str| Finding::error(code).with("laboratory", stated.name.get_ref());
        let value = match (&stated.value, &stated.results) {
            (Some(value), None) => self.number(value),
            (None, Some(results)) if !results.is_empty() => crate::statistics::average(&self.numbers(results)),
            _ => {
                self.add(named("comparison-value"), stated.name.span());
                f64::NAN
            }
        };
        let uncertainty = self.uncertainty(&stated.uncertainty(), stated.name.span(), settings.coverage_factor);
        let degrees_of_freedom = match &stated.degrees_of_freedom {
            // Infinity may be written as such.
            Some(degrees) if *degrees.get_ref() >= 1.0 => *degrees.get_ref(),
            Some(degrees) => {
                self.error("comparison-degrees-of-freedom", degrees.span());
                f64::NAN
            }
            None => f64::INFINITY,
        };
        ReadResult { value, uncertainty, degrees_of_freedom }
    }

    /// A method by its name in the documents.
    fn method<T: for<'de> Deserialize<'de>>(&mut self, stated: &Spanned<String>) -> Option<T> {
        let method = named(stated.get_ref());
        if method.is_none() {
            self.add(Finding::error("comparison-method").with("method", stated.get_ref()), stated.span());
        }
        method
    }
}

/// A variant by its name, if there is one of this name.
fn named<T: for<'de> Deserialize<'de>>(name: &str) -> Option<T> {
    T::deserialize(IntoDeserializer::<Error>::into_deserializer(name)).ok()
}

struct ReadResult {
    value: f64,
    /// u and k.
    uncertainty: Option<(f64, f64)>,
    degrees_of_freedom: f64,
}

struct SettingsText {
    coverage_probability: Option<Spanned<f64>>,
    coverage_factor: Option<Spanned<f64>>,
    significance: Option<Spanned<f64>>,
}

#[derive(Clone)]
struct UncertaintyText {
    standard_uncertainty: Option<Spanned<f64>>,
    expanded_uncertainty: Option<Spanned<f64>>,
    coverage_factor: Option<Spanned<f64>>,
}

/// A laboratory, or a method of one laboratory, with its result.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultText {
    name: Spanned<String>,
    value: Option<Spanned<f64>>,
    results: Option<Vec<Spanned<f64>>>,
    standard_uncertainty: Option<Spanned<f64>>,
    expanded_uncertainty: Option<Spanned<f64>>,
    coverage_factor: Option<Spanned<f64>>,
    degrees_of_freedom: Option<Spanned<f64>>,
}

impl ResultText {
    fn uncertainty(&self) -> UncertaintyText {
        UncertaintyText {
            standard_uncertainty: self.standard_uncertainty.clone(),
            expanded_uncertainty: self.expanded_uncertainty.clone(),
            coverage_factor: self.coverage_factor.clone(),
        }
    }
}
