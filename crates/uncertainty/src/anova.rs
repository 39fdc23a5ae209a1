//! Analysis of variance in one way: observations in groups, such as days, whose effects are random (JCGM 100:2008, H.5).

use serde::{Deserialize, Serialize};

use crate::special::fisher;

/// What is known of one group of observations.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// K, the number of observations.
    pub count: u32,
    /// Their mean.
    pub mean: f64,
    /// s, their experimental standard deviation; not looked at for one observation.
    pub standard_deviation: f64,
}

/// Groups whose variances cannot be analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnalysis {
    /// One group shows nothing between groups.
    #[error("at least two groups are needed, there are {0}")]
    TooFewGroups(usize),
    /// A group is empty.
    #[error("group {} has no observations", .0 + 1)]
    EmptyGroup(usize),
    /// No group has two observations, so that nothing is seen within groups.
    #[error("at least one group needs two observations")]
    NoRepetition,
    /// A number is infinite or none, or a standard deviation is negative.
    #[error("group {} has a value that is no finite number, or a negative standard deviation", .0 + 1)]
    NotFinite(usize),
    /// No observation differs from its group.
    #[error("the observations do not scatter within groups, so that there is nothing to compare with")]
    NoScatter,
}

/// The variances between and within groups, and what they mean for the mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VarianceAnalysis {
    /// The groups.
    pub groups: Vec<Group>,
    /// The mean of all observations.
    pub mean: f64,
    /// s_a², the mean square between groups: Σ nⱼ(x̄ⱼ − x̄)²/(J − 1).
    pub mean_square_between: f64,
    /// ν_a = J − 1.
    pub degrees_of_freedom_between: f64,
    /// s_b², the pooled variance within groups.
    pub mean_square_within: f64,
    /// ν_b = N − J.
    pub degrees_of_freedom_within: f64,
    /// F = s_a²/s_b².
    pub f: f64,
    /// P(F(ν_a, ν_b) ≥ F), were there no effect of the groups.
    pub probability: f64,
    /// s_B, the standard deviation between groups: √((s_a² − s_b²)/K), or zero where that is no root.
    pub standard_deviation_between: f64,
    /// u of the mean where groups have an effect, and its ν = J − 1: s(x̄ⱼ)/√J.
    pub with_effect: MeanUncertainty,
    /// u of the mean where they have none, and its ν = N − 1: the standard deviation of all observations over √N.
    pub without_effect: MeanUncertainty,
}

/// An evaluation of the uncertainty of a mean.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MeanUncertainty {
    /// u.
    pub standard_uncertainty: f64,
    /// ν.
    pub degrees_of_freedom: f64,
}

impl VarianceAnalysis {
    /// s(x̄ⱼ), the standard deviation of the means of the groups.
    pub fn standard_deviation_of_means(&self) -> f64 {
        self.with_effect.standard_uncertainty * libm::sqrt(self.groups.len() as f64)
    }

    /// The quantile of F(ν_a, ν_b) with which F is compared.
    pub fn critical(&self, probability: f64) -> f64 {
        fisher::quantile(probability, self.degrees_of_freedom_between, self.degrees_of_freedom_within)
    }

    /// Whether the effect of the groups is significant: F is above the quantile of the probability, as 0.95.
    pub fn is_significant(&self, probability: f64) -> bool {
        self.probability < 1.0 - probability
    }

    /// u of the mean with its ν: with the effect where it is significant, without it otherwise (H.5.2.5 and H.5.2.6).
    pub fn uncertainty(&self, probability: f64) -> MeanUncertainty {
        if self.is_significant(probability) { self.with_effect } else { self.without_effect }
    }
}

/// The analysis of variance of groups of observations.
///
/// Errors: fewer than two groups, an empty one, none with two observations; values that are not finite; no scatter within groups.
///
/// Source: JCGM 100:2008, H.5.2, equations (H.24) to (H.28).
pub fn variance_analysis(groups: &[&[f64]]) -> Result<VarianceAnalysis, NoAnalysis> {
    let group = |observations: &&[f64]| {
        let count = observations.len() as f64;
        let mean = observations.iter().sum::<f64>() / count;
        let squares: f64 = observations.iter().map(|value| (value - mean) * (value - mean)).sum();
        let standard_deviation = if observations.len() < 2 { 0.0 } else { libm::sqrt(squares / (count - 1.0)) };
        Group { count: observations.len() as u32, mean, standard_deviation }
    };
    variance_analysis_of_groups(&groups.iter().map(group).collect::<Vec<_>>())
}

/// The same from counts, means and standard deviations, as tables give them.
///
/// Where the groups are of different sizes K is (N − Σ nⱼ²/N)/(J − 1), and the mean with effect is that of all observations with the
/// uncertainty of the mean of groups, which is then an approximation.
pub fn variance_analysis_of_groups(groups: &[Group]) -> Result<VarianceAnalysis, NoAnalysis> {
    if groups.len() < 2 {
        return Err(NoAnalysis::TooFewGroups(groups.len()));
    }
    for (place, group) in groups.iter().enumerate() {
        if group.count == 0 {
            return Err(NoAnalysis::EmptyGroup(place));
        }
        let s = if group.count < 2 { 0.0 } else { group.standard_deviation };
        if !(group.mean.is_finite() && s >= 0.0 && s.is_finite()) {
            return Err(NoAnalysis::NotFinite(place));
        }
    }
    let size = |group: &Group| f64::from(group.count);
    let (count, total) = (groups.len() as f64, groups.iter().map(size).sum::<f64>());
    let within = total - count;
    if within < 1.0 {
        return Err(NoAnalysis::NoRepetition);
    }
    // Deviations from the first mean lose no digits where the scatter is small against the value.
    let origin = groups.first().map_or(0.0, |group| group.mean);
    let shift = groups.iter().map(|group| size(group) * (group.mean - origin)).sum::<f64>() / total;
    let square = |x: f64| x * x;
    let squares_between: f64 = groups.iter().map(|group| size(group) * square(group.mean - origin - shift)).sum();
    let repeated = groups.iter().filter(|group| group.count > 1);
    let squares_within: f64 = repeated.map(|group| (size(group) - 1.0) * square(group.standard_deviation)).sum();
    let (mean_square_between, mean_square_within) = (squares_between / (count - 1.0), squares_within / within);
    if mean_square_within <= 0.0 {
        return Err(NoAnalysis::NoScatter);
    }
    let middle = groups.iter().map(|group| group.mean - origin).sum::<f64>() / count;
    let of_means: f64 = groups.iter().map(|group| square(group.mean - origin - middle)).sum::<f64>() / (count - 1.0);
    let usual = (total - groups.iter().map(|group| square(size(group))).sum::<f64>() / total) / (count - 1.0);
    let f = mean_square_between / mean_square_within;
    Ok(VarianceAnalysis {
        groups: groups.to_vec(),
        mean: origin + shift,
        mean_square_between,
        degrees_of_freedom_between: count - 1.0,
        mean_square_within,
        degrees_of_freedom_within: within,
        f,
        probability: fisher::survival(f, count - 1.0, within),
        standard_deviation_between: libm::sqrt(((mean_square_between - mean_square_within) / usual).max(0.0)),
        with_effect: MeanUncertainty {
            standard_uncertainty: libm::sqrt(of_means / count),
            degrees_of_freedom: count - 1.0,
        },
        without_effect: MeanUncertainty {
            standard_uncertainty: libm::sqrt((squares_between + squares_within) / (total - 1.0) / total),
            degrees_of_freedom: total - 1.0,
        },
    })
}
