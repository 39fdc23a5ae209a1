//! What a stated uncertainty says about itself: impossible coverage factors, reversed intervals, negative widths.

use std::f64::consts::{FRAC_2_PI, SQRT_2};

use num_traits::Signed;

use crate::decimal::Decimal;
use crate::reported::{Distribution, Uncertainty};
use crate::{Finding, RoundingRule};

/// p is stated to two or three digits, and k = 2 stands for p = 95 % by convention (JCGM 100 6.3.3), which is 95.45 %.
const TOLERANCE: f64 = 0.01;

impl Uncertainty {
    /// What is wrong with the uncertainty of a value, from the statement alone.
    pub fn findings(&self, value: &Decimal) -> Vec<Finding> {
        let mut findings = Vec::new();
        match self {
            Self::Standard { value, .. } => findings.extend(negative(value)),
            Self::Expanded { value, coverage_factor, coverage_probability, distribution } => {
                findings.extend(negative(value));
                findings.extend(coverage_findings(coverage_factor, coverage_probability, *distribution));
            }
            Self::Interval { lower, upper, coverage_probability, standard, .. } => {
                findings.extend(standard.as_ref().and_then(negative));
                findings.extend(probability_range(coverage_probability));
                let ends = |code: Finding| code.with("lower", lower).with("upper", upper);
                if lower.numeric_cmp(upper).is_gt() {
                    findings.push(ends(Finding::error("interval-reversed")));
                } else if value.numeric_cmp(lower).is_lt() || value.numeric_cmp(upper).is_gt() {
                    findings.push(ends(Finding::warning("interval-excludes-value")).with("value", value));
                }
            }
        }
        findings
    }
}

/// Whether k and p go together.
///
/// For a stated distribution, P(|X − μ| ≤ k·u) must be p, within 0.01. Where none is stated, p must lie between the least
/// and the greatest P that any of the distributions of D-SI gives for k: from the t-distribution with one degree of freedom
/// or the arcsine, to the triangular, normal or uniform one. So k = 2 goes with any p from 0.70 up, and never with 0.5.
pub fn coverage_findings(factor: &Decimal, probability: &Decimal, distribution: Option<Distribution>) -> Vec<Finding> {
    let mut findings: Vec<_> = probability_range(probability).into_iter().collect();
    if !factor.coefficient().is_positive() {
        findings.push(Finding::error("coverage-factor-not-positive").with("factor", factor));
    }
    if !findings.is_empty() {
        return findings;
    }
    let (k, p) = (factor.to_f64(), probability.to_f64());
    let (least, greatest) = match distribution {
        Some(Distribution::StudentT) => (cauchy(k), coverage(Distribution::Normal, k)),
        Some(distribution) => (coverage(distribution, k), coverage(distribution, k)),
        None => [Distribution::Normal, Distribution::Uniform, Distribution::Triangular, Distribution::Arcsine]
            .map(|distribution| coverage(distribution, k))
            .into_iter()
            .fold((cauchy(k), cauchy(k)), |(least, greatest), p| (least.min(p), greatest.max(p))),
    };
    if p < least - TOLERANCE || p > greatest + TOLERANCE {
        findings.push(
            Finding::error("coverage-factor-impossible")
                .with("factor", factor)
                .with("probability", probability)
                .with("least", to_three_places(least))
                .with("greatest", to_three_places(greatest)),
        );
    }
    findings
}

fn negative(value: &Decimal) -> Option<Finding> {
    value.is_negative().then(|| Finding::error("uncertainty-negative").with("uncertainty", value))
}

fn probability_range(probability: &Decimal) -> Option<Finding> {
    let inside = probability.coefficient().is_positive() && probability.numeric_cmp(&Decimal::one()).is_le();
    (!inside).then(|| Finding::error("coverage-probability-range").with("probability", probability))
}

/// P(|X − μ| ≤ k·σ): JCGM 100 4.3, G.1.3; for the t-distribution, the least, at one degree of freedom.
fn coverage(distribution: Distribution, k: f64) -> f64 {
    match distribution {
        Distribution::Normal => libm::erf(k / SQRT_2),
        Distribution::StudentT => cauchy(k),
        Distribution::Uniform => (k / 3_f64.sqrt()).min(1.0),
        Distribution::Triangular => {
            let outside = (1.0 - k / 6_f64.sqrt()).max(0.0);
            1.0 - outside * outside
        }
        Distribution::Arcsine => FRAC_2_PI * libm::asin((k / SQRT_2).min(1.0)),
    }
}

/// Student's t with one degree of freedom.
fn cauchy(k: f64) -> f64 {
    FRAC_2_PI * libm::atan(k)
}

fn to_three_places(value: f64) -> Decimal {
    Decimal::from_f64(value).unwrap_or_else(Decimal::zero).rounded(-3, RoundingRule::Gbt8170)
}
