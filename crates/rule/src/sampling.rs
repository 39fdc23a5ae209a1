//! Plans of sampling inspection as data with their sources.
//!
//! ```text
//! format = "heng-sampling-plans/1"
//! id, version, title
//! [citation.NAME]      where a figure comes from and how sure we are of it
//! [risk]               the largest consumer's risk of any plan, and the one that computed plans keep
//! [quality]            the limiting quality where a lot names none
//! [extension]          the cycle, and by how much an accepted lot's is extended
//! [estimates]          what the posterior of the failing share assumes
//! [[plan]]             by size of the lot and limiting quality: how many are drawn, how many may fail
//! ```

use heng_quantity::Reported;
use serde::Deserialize;

use crate::Words;
use crate::cited::{Citations, Cited, FiguresError, cited, quantity};

/// The one version there is.
const FORMAT: &str = "heng-sampling-plans/1";

/// The plans of this project.
const BUILTIN: &str = include_str!("../../../rules/sampling-inspection/plans.toml");

/// A plan by the size of the lot and the limiting quality.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TabledPlan {
    /// The smallest and the largest lot.
    pub lots: (u64, u64),
    /// The limiting quality, in percent.
    pub quality: Reported,
    /// How many are drawn, and how many of them may fail.
    pub sample_and_accept: Cited<(u64, u64)>,
}

/// What the posterior of the failing share assumes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EstimatesUse {
    /// a and b of the beta distribution of the share beforehand.
    pub prior: (f64, f64),
    /// By how much all estimates may be off together: a standard deviation, in natural logarithms of odds.
    pub shift: f64,
    /// How near to 0 and 1 an estimate counts at most.
    pub floor: f64,
    /// Below this probability the sample contradicts the estimates.
    pub disagreement: f64,
}

/// Plans of sampling inspection.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplingPlans {
    /// For example `sampling-inspection`.
    pub id: String,
    /// Counted from 1; a published version is never edited.
    pub version: u32,
    /// Their title.
    pub title: Words,
    /// The largest consumer's risk that a plan of the table has, in percent.
    pub largest_risk: Cited<Reported>,
    /// The consumer's risk that computed plans keep, in percent.
    pub usual_risk: Cited<Reported>,
    /// The limiting quality where a lot names none, in percent.
    pub quality: Cited<Reported>,
    /// The cycle, and by how much an accepted lot's is extended, in years.
    pub extension_years: Cited<(u32, u32)>,
    /// What the posterior assumes.
    pub estimates: Cited<EstimatesUse>,
    /// The table.
    pub plans: Vec<TabledPlan>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    format: String,
    id: String,
    version: u32,
    title: Words,
    citation: Citations,
    risk: RiskText,
    quality: QualityText,
    extension: ExtensionText,
    estimates: EstimatesText,
    plan: Vec<PlanText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RiskText {
    largest: String,
    usual: String,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QualityText {
    limiting: String,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExtensionText {
    cycle_years: u32,
    by_years: u32,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EstimatesText {
    prior: (f64, f64),
    shift: f64,
    floor: f64,
    disagreement: f64,
    citation: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PlanText {
    lots: (u64, u64),
    quality: String,
    sample: u64,
    accept: u64,
    citation: String,
}

impl SamplingPlans {
    /// Reads a file of plans.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        let text: Text = toml::from_str(text).map_err(|error| FiguresError::Unreadable(error.to_string()))?;
        if text.format != FORMAT {
            return Err(FiguresError::Format { stated: text.format, known: FORMAT });
        }
        let known = &text.citation;
        let percent = |typed: &str| quantity(typed, "\\percent");
        let plans = text.plan.iter().map(|line| {
            let sample_and_accept = cited((line.sample, line.accept), &line.citation, known)?;
            Ok(TabledPlan { lots: line.lots, quality: percent(&line.quality)?, sample_and_accept })
        });
        let estimates = &text.estimates;
        let is_usable = [estimates.prior.0, estimates.prior.1, estimates.shift, estimates.floor]
            .iter()
            .all(|figure| figure.is_finite() && *figure > 0.0);
        if !is_usable || estimates.floor >= 0.5 {
            return Err(FiguresError::Unreadable(
                "estimates: prior, shift and floor are above zero, floor below ½".to_owned(),
            ));
        }
        let uses = EstimatesUse {
            prior: estimates.prior,
            shift: estimates.shift,
            floor: estimates.floor,
            disagreement: estimates.disagreement,
        };
        let extension = (text.extension.cycle_years, text.extension.by_years);
        Ok(Self {
            largest_risk: cited(percent(&text.risk.largest)?, &text.risk.citation, known)?,
            usual_risk: cited(percent(&text.risk.usual)?, &text.risk.citation, known)?,
            quality: cited(percent(&text.quality.limiting)?, &text.quality.citation, known)?,
            extension_years: cited(extension, &text.extension.citation, known)?,
            estimates: cited(uses, &estimates.citation, known)?,
            plans: plans.collect::<Result<_, FiguresError>>()?,
            id: text.id,
            version: text.version,
            title: text.title,
        })
    }

    /// The plan of the table for a lot and a limiting quality.
    pub fn of(&self, lot: u64, quality: &Reported) -> Option<&TabledPlan> {
        let is_of = |plan: &&TabledPlan| {
            (plan.lots.0..=plan.lots.1).contains(&lot) && plan.quality.order(quality) == Some(std::cmp::Ordering::Equal)
        };
        self.plans.iter().find(is_of)
    }
}

/// The plans of this project.
pub fn builtin_sampling_plans() -> Result<SamplingPlans, FiguresError> {
    SamplingPlans::parse(BUILTIN)
}
