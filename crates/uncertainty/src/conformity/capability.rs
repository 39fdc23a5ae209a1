//! Capability: of a measuring system against a tolerance, and of a process.

use serde::{Deserialize, Serialize};

use super::{ConformityError, ToleranceInterval};
use crate::special::chi_squared;

impl ToleranceInterval {
    /// C_m = (T_U − T_L)/(4 u_m), the measurement capability index; none with one limit or u = 0.
    ///
    /// Source: JCGM 106:2012, 7.6.
    pub fn measurement_capability_index(&self, standard_uncertainty: f64) -> Option<f64> {
        self.test_uncertainty_ratio(standard_uncertainty, 2.0)
    }

    /// TUR = (T_U − T_L)/(2 k u), the test uncertainty ratio; none with one limit or k u not above zero.
    ///
    /// Source: ANSI/NCSL Z540.3-2006, 3.11.
    pub fn test_uncertainty_ratio(&self, standard_uncertainty: f64, coverage_factor: f64) -> Option<f64> {
        let expanded = coverage_factor * standard_uncertainty;
        self.width().filter(|_| expanded > 0.0).map(|width| width / (2.0 * expanded))
    }
}

/// Capability and performance indices of a process, from subgroups of measured values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcessCapability {
    /// The limits.
    pub tolerance: ToleranceInterval,
    /// The mean of all values.
    pub mean: f64,
    /// s_w, pooled within the subgroups.
    pub within_standard_deviation: f64,
    /// Σ(nᵢ − 1).
    pub within_degrees_of_freedom: f64,
    /// s, of all values together.
    pub overall_standard_deviation: f64,
    /// n − 1.
    pub overall_degrees_of_freedom: f64,
    /// C_p and C_pk, with s_w; C_p is none with one limit.
    pub capability: Indices,
    /// P_p and P_pk, with s.
    pub performance: Indices,
}

/// A pair of indices.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Indices {
    /// (T_U − T_L)/(6 s), with its uncertainty.
    pub spread: Option<Index>,
    /// min(T_U − x̄, x̄ − T_L)/(3 s), with its uncertainty.
    pub centred: Index,
}

/// An index with what the number of values leaves uncertain.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Index {
    /// The index.
    pub value: f64,
    /// Its standard uncertainty.
    pub standard_uncertainty: f64,
}

/// Capability and performance of a process whose values are normal about a steady mean.
///
/// C = width/(6 s) with u(C) = C/√(2ν), C_k = distance/(3 s) with u(C_k) = √(1/(9n) + C_k²/(2ν)).
///
/// Errors: limits that are none; fewer than two values in all subgroups together, or none with two; a value that is not finite; no scatter.
///
/// Source: ISO 22514-2:2017, 5 (indices); Bissell, Applied Statistics 39 (1990) 331 (their uncertainties, for large ν).
pub fn process_capability(
    tolerance: &ToleranceInterval,
    subgroups: &[&[f64]],
) -> Result<ProcessCapability, ConformityError> {
    tolerance.check()?;
    let values = || subgroups.iter().copied().flatten().copied();
    if values().any(|value| !value.is_finite()) {
        return Err(ConformityError::NotFinite { what: "measured value" });
    }
    let count = values().count() as f64;
    let mean = values().sum::<f64>() / count;
    let (mut within, mut degrees_of_freedom) = (0.0, 0.0);
    for subgroup in subgroups.iter().filter(|subgroup| !subgroup.is_empty()) {
        let size = subgroup.len() as f64;
        let middle = subgroup.iter().sum::<f64>() / size;
        within += subgroup.iter().map(|value| (value - middle) * (value - middle)).sum::<f64>();
        degrees_of_freedom += size - 1.0;
    }
    if degrees_of_freedom < 1.0 {
        return Err(ConformityError::TooFew);
    }
    let overall: f64 = values().map(|value| (value - mean) * (value - mean)).sum();
    if within <= 0.0 {
        return Err(ConformityError::NoScatter);
    }
    let (s_within, s_overall) = (libm::sqrt(within / degrees_of_freedom), libm::sqrt(overall / (count - 1.0)));
    let indices = |s: f64, nu: f64| {
        let distances = [tolerance.upper.map(|limit| limit - mean), tolerance.lower.map(|limit| mean - limit)];
        let centred = distances.into_iter().flatten().fold(f64::INFINITY, f64::min) / (3.0 * s);
        let spread = tolerance.width().map(|width| width / (6.0 * s));
        Indices {
            spread: spread.map(|value| Index { value, standard_uncertainty: value / libm::sqrt(2.0 * nu) }),
            centred: Index {
                value: centred,
                standard_uncertainty: libm::sqrt(1.0 / (9.0 * count) + centred * centred / (2.0 * nu)),
            },
        }
    };
    Ok(ProcessCapability {
        tolerance: *tolerance,
        mean,
        within_standard_deviation: s_within,
        within_degrees_of_freedom: degrees_of_freedom,
        overall_standard_deviation: s_overall,
        overall_degrees_of_freedom: count - 1.0,
        capability: indices(s_within, degrees_of_freedom),
        performance: indices(s_overall, count - 1.0),
    })
}

/// The interval in which C_p lies with the probability `coverage`: Ĉ √(χ²_q(ν)/ν), q = (1 ∓ p)/2. Exact for normal values.
///
/// Errors: an index or ν not above zero; a probability not between 0 and 1.
///
/// Source: ISO 22514-2:2017, annex; from the distribution of s²ν/σ² as χ²(ν).
pub fn spread_index_interval(
    index: f64,
    degrees_of_freedom: f64,
    coverage: f64,
) -> Result<(f64, f64), ConformityError> {
    if !(coverage > 0.0 && coverage < 1.0) {
        return Err(ConformityError::Probability { what: "coverage probability" });
    }
    if !(degrees_of_freedom > 0.0 && degrees_of_freedom.is_finite()) {
        return Err(ConformityError::DegreesOfFreedom);
    }
    if !index.is_finite() {
        return Err(ConformityError::NotFinite { what: "index" });
    }
    let tail = (1.0 - coverage) / 2.0;
    let factor = |chi_squared: f64| libm::sqrt(chi_squared / degrees_of_freedom);
    Ok((
        index * factor(chi_squared::quantile(tail, degrees_of_freedom)),
        index * factor(chi_squared::upper_quantile(tail, degrees_of_freedom)),
    ))
}

/// The standard deviation of the true values, of measured ones with s: √(s² − u²); none where u explains all of the scatter.
///
/// Source: JCGM 106:2012, 6.2 (a prior from earlier measurements), for independent errors of measurement.
pub fn standard_deviation_of_true_values(observed: f64, standard_uncertainty: f64) -> Option<f64> {
    let square = (observed - standard_uncertainty) * (observed + standard_uncertainty);
    (square > 0.0 && square.is_finite()).then(|| libm::sqrt(square))
}
