//! The control chart of individual values with their moving ranges, and the patterns that say a material or a measurement drifts.

use serde::Serialize;

use crate::error::{ComparisonError, checked};
use crate::statistics::average;

/// d₂ of ranges of two: ISO 7870-2:2023; GB/T 17989.2-2020.
const RANGE_FACTOR: f64 = 1.128;
/// D₄ of ranges of two: ISO 7870-2:2023; GB/T 17989.2-2020.
const RANGE_LIMIT_FACTOR: f64 = 3.267;
/// Action limits lie three standard deviations from the centre: ISO 7870-2:2023.
const ACTION: f64 = 3.0;
/// Warning limits lie at two.
const WARNING: f64 = 2.0;

/// Where the centre line and the standard deviation come from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Baseline {
    /// From all values of the chart.
    All,
    /// From its first values, when nothing had happened yet.
    First(usize),
    /// Known beforehand, such as a certified value and the standard deviation of a method.
    Known {
        /// The centre line.
        centre: f64,
        /// σ.
        standard_deviation: f64,
    },
}

/// A pattern that chance rarely makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalCode {
    /// A value beyond 3σ.
    BeyondActionLimit,
    /// Two of three successive values beyond 2σ on one side.
    TwoOfThreeBeyondWarningLimit,
    /// Four of five successive values beyond 1σ on one side.
    FourOfFiveBeyondOneSigma,
    /// Eight successive values on one side of the centre line: a shift.
    EightOnOneSide,
    /// Six successive values that rise or fall all along: a drift.
    SixRisingOrFalling,
    /// A moving range beyond its limit.
    RangeBeyondLimit,
}

/// A pattern with the value that completes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ChartSignal {
    /// The place of the value, from zero.
    pub place: usize,
    /// Which pattern.
    pub code: SignalCode,
}

/// A Shewhart chart of individual values, in their unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ControlChart {
    /// The centre line.
    pub centre: f64,
    /// σ: R̄/d₂, or as known.
    pub standard_deviation: f64,
    /// centre ± 3σ.
    pub action_limits: [f64; 2],
    /// centre ± 2σ.
    pub warning_limits: [f64; 2],
    /// |xᵢ − xᵢ₋₁|.
    pub moving_ranges: Vec<f64>,
    /// R̄ of the baseline; d₂σ where σ is known.
    pub mean_range: f64,
    /// D₄R̄.
    pub range_limit: f64,
    /// Patterns, in the order of the values.
    pub signals: Vec<ChartSignal>,
}

/// The chart of values in their order. Centre x̄ and σ = R̄/1.128 with R̄ the mean moving range of the baseline.
///
/// Errors: fewer than two values, or in the baseline; a value that is no finite number; a baseline without scatter.
///
/// Source: ISO 7870-2:2023 (individuals and moving ranges); Western Electric, Statistical Quality Control Handbook (1956), for the patterns; Nelson,
/// J. Qual. Technol. 16 (1984) 237, for the drift.
pub fn control_chart(values: &[f64], baseline: Baseline) -> Result<ControlChart, ComparisonError> {
    checked(values, 2)?;
    let moving_ranges: Vec<f64> = values
        .windows(2)
        .filter_map(|pair| if let [before, after] = pair { Some(libm::fabs(after - before)) } else { None })
        .collect();
    let of_first = |count: usize| {
        if count < 2 || count > values.len() {
            return Err(ComparisonError::TooFew { needed: 2, given: count.min(values.len()) });
        }
        let first: Vec<f64> = values.iter().take(count).copied().collect();
        let ranges: Vec<f64> = moving_ranges.iter().take(count - 1).copied().collect();
        let mean_range = average(&ranges);
        Ok((average(&first), mean_range / RANGE_FACTOR, mean_range))
    };
    let (centre, standard_deviation, mean_range) = match baseline {
        Baseline::All => of_first(values.len())?,
        Baseline::First(count) => of_first(count)?,
        Baseline::Known { centre, standard_deviation } => {
            checked(&[centre, standard_deviation], 2)?;
            (centre, standard_deviation, RANGE_FACTOR * standard_deviation)
        }
    };
    if standard_deviation <= 0.0 {
        return Err(ComparisonError::NoSpread);
    }
    let around = |factor: f64| [centre - factor * standard_deviation, centre + factor * standard_deviation];
    let range_limit = RANGE_LIMIT_FACTOR * mean_range;
    let standardized: Vec<f64> = values.iter().map(|value| (value - centre) / standard_deviation).collect();
    Ok(ControlChart {
        centre,
        standard_deviation,
        action_limits: around(ACTION),
        warning_limits: around(WARNING),
        signals: signals(&standardized, &moving_ranges, range_limit),
        moving_ranges,
        mean_range,
        range_limit,
    })
}

fn signals(standardized: &[f64], ranges: &[f64], range_limit: f64) -> Vec<ChartSignal> {
    let mut signals = Vec::new();
    for place in 0..standardized.len() {
        // The last values up to this one, none where there are not yet so many.
        let last = |count: usize| (place + 1).checked_sub(count).and_then(|from| standardized.get(from..=place));
        let completes = |count: usize, of: usize, beyond: f64| {
            last(of).is_some_and(|values| {
                [1.0, -1.0].iter().any(|side| {
                    let is_beyond = |value: &&f64| side * **value > beyond;
                    values.iter().filter(is_beyond).count() >= count
                        && values.iter().next_back().is_some_and(|own| is_beyond(&own))
                })
            })
        };
        let runs = last(6).is_some_and(|values| {
            let steps = || values.windows(2).filter_map(|pair| if let [a, b] = pair { Some(b - a) } else { None });
            steps().all(|step| step > 0.0) || steps().all(|step| step < 0.0)
        });
        let range = place.checked_sub(1).and_then(|before| ranges.get(before));
        for (is_there, code) in [
            (completes(1, 1, ACTION), SignalCode::BeyondActionLimit),
            (completes(2, 3, WARNING), SignalCode::TwoOfThreeBeyondWarningLimit),
            (completes(4, 5, 1.0), SignalCode::FourOfFiveBeyondOneSigma),
            (completes(8, 8, 0.0), SignalCode::EightOnOneSide),
            (runs, SignalCode::SixRisingOrFalling),
            (range.is_some_and(|range| *range > range_limit), SignalCode::RangeBeyondLimit),
        ] {
            if is_there {
                signals.push(ChartSignal { place, code });
            }
        }
    }
    signals
}
