//! Guard bands: given, or solved for a risk that is not to be exceeded.

use serde::{Deserialize, Serialize};

use super::measured::Measured;
use super::risk::GlobalRisk;
use super::{AcceptanceInterval, ConformityError, ToleranceInterval};

/// Where two limits can trade places, the risk is looked at in so many places before it is bisected.
const PLACES: u32 = 2_000;

/// So many guard bands are tried where the narrowest acceptance does not keep the target.
const GUARD_BANDS: u32 = 64;

/// What became of the search for a guard band.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "solution", rename_all = "kebab-case")]
pub enum Guarding {
    /// Within these limits the risk is at most the target; at a limit it is the target.
    Solved {
        /// The values that are accepted.
        acceptance: AcceptanceInterval,
        /// w_L = A_L − T_L, where there is a lower limit.
        lower_guard_band: Option<f64>,
        /// w_U = T_U − A_U, where there is an upper limit.
        upper_guard_band: Option<f64>,
        /// The risk at the limits.
        risk: f64,
    },
    /// Simple acceptance keeps the risk below the target already.
    NotNeeded {
        /// The tolerance limits themselves.
        acceptance: AcceptanceInterval,
        /// The risk with them.
        risk: f64,
    },
    /// No value can be accepted at this risk: the uncertainty is too large for the tolerance interval.
    Impossible {
        /// The least risk that any acceptance has.
        least_risk: f64,
        /// The measured value at which it is reached.
        at: f64,
    },
}

impl Guarding {
    /// The values that are accepted, where any can be.
    pub fn acceptance(&self) -> Option<AcceptanceInterval> {
        match self {
            Self::Solved { acceptance, .. } | Self::NotNeeded { acceptance, .. } => Some(*acceptance),
            Self::Impossible { .. } => None,
        }
    }

    fn solved(tolerance: &ToleranceInterval, acceptance: AcceptanceInterval, risk: f64) -> Self {
        let difference = |one: Option<f64>, other: Option<f64>| one.zip(other).map(|(one, other)| one - other);
        Self::Solved {
            acceptance,
            lower_guard_band: difference(acceptance.lower, tolerance.lower),
            upper_guard_band: difference(tolerance.upper, acceptance.upper),
            risk,
        }
    }
}

/// The acceptance interval at whose limits the specific risk is `target`: P(Y < T_L) + P(Y > T_U) for the distribution moved there.
///
/// With one limit and a normal distribution w = u z with Φ(z) = 1 − target. With two limits the far tail counts too, and where the tolerance
/// interval is narrow against u, no value may be acceptable: then the least risk is told. A target above ½ moves the limits outward.
///
/// Errors: limits or a distribution that are none; a target not between 0 and 1.
///
/// Source: JCGM 106:2012, 8.3.2 and 9.3; ILAC-G8:09/2019, 4.2 and table 1; ISO 14253-1:2017, 5.
pub fn guarding_of_specific_risk(
    tolerance: &ToleranceInterval,
    measured: &Measured,
    target: f64,
) -> Result<Guarding, ConformityError> {
    tolerance.check()?;
    measured.check()?;
    check_target(target)?;
    let (scale, _) = measured.scale();
    let value = measured.value();
    let risk = |at: f64| measured.moved_nonconformance(tolerance, at - value);
    if scale == 0.0 {
        return Ok(Guarding::solved(tolerance, AcceptanceInterval::simple(tolerance), 0.0));
    }
    let best = match (tolerance.lower, tolerance.upper) {
        (Some(lower), Some(upper)) => best_of_two(lower, upper, measured, &risk),
        // With one limit any value far enough inside is good enough.
        (Some(lower), None) => far(lower, scale, target, &risk),
        (None, Some(upper)) => far(upper, -scale, target, &risk),
        (None, None) => return Err(ConformityError::NoLimit),
    };
    let least_risk = risk(best);
    if least_risk > target {
        return Ok(Guarding::Impossible { least_risk, at: best });
    }
    let outward = |limit: f64, away: f64| last_below(best, far_out(limit, away, target, &risk), target, &risk);
    let acceptance = AcceptanceInterval {
        lower: tolerance.lower.map(|limit| outward(limit.min(best), -scale)),
        upper: tolerance.upper.map(|limit| outward(limit.max(best), scale)),
    };
    let at_limits = acceptance.lower.into_iter().chain(acceptance.upper).map(risk).fold(0.0, f64::max);
    Ok(Guarding::solved(tolerance, acceptance, at_limits))
}

/// The guard band w, the same at both limits, with which the global consumer's risk is `target`.
///
/// Errors: as of a global risk; a target not between 0 and 1.
///
/// Source: JCGM 106:2012, 9.5.4.
pub fn guarding_of_consumers_risk(risk: &GlobalRisk, target: f64) -> Result<Guarding, ConformityError> {
    solved_of_global(risk, target, &|risk, acceptance| Ok(risk.risks(acceptance)?.consumers_risk), 0.0)
}

/// The guard band w, the same at both limits, with which so small a part of what is accepted does not conform.
///
/// Where the tolerance interval is narrow no guard band is wide enough: even a value in its middle would be too uncertain.
///
/// Errors: as of a global risk; a target not between 0 and 1.
///
/// Source: JCGM 106:2012, 9.5.4, with the risk among accepted items.
pub fn guarding_of_conditional_consumers_risk(risk: &GlobalRisk, target: f64) -> Result<Guarding, ConformityError> {
    let middle = risk.tolerance.lower.zip(risk.tolerance.upper).map(|(lower, upper)| lower + (upper - lower) / 2.0);
    let least = middle.map_or(Ok(0.0), |middle| risk.nonconformance_given(middle))?;
    let of = |risk: &GlobalRisk, acceptance: &AcceptanceInterval| {
        Ok(risk.risks(acceptance)?.conditional_consumers_risk.unwrap_or(least))
    };
    solved_of_global(risk, target, &of, least)
}

type RiskOf<'a> = &'a dyn Fn(&GlobalRisk, &AcceptanceInterval) -> Result<f64, ConformityError>;

fn solved_of_global(risk: &GlobalRisk, target: f64, of: RiskOf, least: f64) -> Result<Guarding, ConformityError> {
    risk.check()?;
    check_target(target)?;
    let tolerance = &risk.tolerance;
    let with = |guard_band: f64| of(risk, &AcceptanceInterval::guarded(tolerance, guard_band));
    let simple = with(0.0)?;
    if simple <= target {
        return Ok(Guarding::NotNeeded { acceptance: AcceptanceInterval::simple(tolerance), risk: simple });
    }
    let (mut low, mut high) = match tolerance.width() {
        Some(width) if least > target => {
            // With a lopsided prior the least risk need not be that of the narrowest acceptance.
            let (mut before, mut least) = (0.0, least);
            let mut found = None;
            for step in 1..GUARD_BANDS {
                let guard_band = width / 2.0 * f64::from(step) / f64::from(GUARD_BANDS);
                let risk = with(guard_band)?;
                if risk <= target {
                    found = Some((before, guard_band));
                    break;
                }
                least = least.min(risk);
                before = guard_band;
            }
            let Some(bracket) = found else {
                let limit = AcceptanceInterval::guarded(tolerance, width / 2.0);
                return Ok(Guarding::Impossible {
                    least_risk: least,
                    at: limit.lower.or(limit.upper).unwrap_or(f64::NAN),
                });
            };
            bracket
        }
        Some(width) => (0.0, width / 2.0),
        None => {
            let mut high = risk.standard_uncertainty.max(risk.prior.standard_deviation()).max(f64::MIN_POSITIVE);
            let mut doublings = 0;
            while with(high)? > target && doublings < 60 {
                high *= 2.0;
                doublings += 1;
            }
            (0.0, high)
        }
    };
    // Bisection to a place where the risk is known to its own error.
    for _ in 0..60 {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if with(middle)? > target {
            low = middle;
        } else {
            high = middle;
        }
    }
    let acceptance = AcceptanceInterval::guarded(tolerance, high);
    Ok(Guarding::solved(tolerance, acceptance, with(high)?))
}

fn check_target(target: f64) -> Result<(), ConformityError> {
    if target > 0.0 && target < 1.0 { Ok(()) } else { Err(ConformityError::Probability { what: "target risk" }) }
}

/// Where between two limits the risk is least: in the middle for a symmetric distribution, else the best of many places.
fn best_of_two(lower: f64, upper: f64, measured: &Measured, risk: &impl Fn(f64) -> f64) -> f64 {
    let middle = lower + (upper - lower) / 2.0;
    let Measured::Sampled(_) = measured else { return middle };
    let (scale, _) = measured.scale();
    let (from, to) = (lower - scale, upper + scale);
    let place = |step: u32| from + (to - from) * f64::from(step) / f64::from(PLACES);
    (0..=PLACES).map(place).fold(middle, |best, next| if risk(next) < risk(best) { next } else { best })
}

/// A place inside of a single limit where the risk is at most the target, found by doubling the distance.
fn far(limit: f64, step: f64, target: f64, risk: &impl Fn(f64) -> f64) -> f64 {
    let mut step = step;
    for _ in 0..1_000 {
        if risk(limit + step) <= target || !(limit + step).is_finite() {
            break;
        }
        step *= 2.0;
    }
    limit + step
}

/// A place outside of a limit where the risk is above the target.
fn far_out(limit: f64, step: f64, target: f64, risk: &impl Fn(f64) -> f64) -> f64 {
    let mut step = step;
    for _ in 0..1_000 {
        if risk(limit + step) > target || !(limit + step).is_finite() {
            break;
        }
        step *= 2.0;
    }
    limit + step
}

/// The last place on the way from `good` to `bad` where the risk is at most the target.
fn last_below(good: f64, bad: f64, target: f64, risk: &impl Fn(f64) -> f64) -> f64 {
    let (mut good, mut bad) = (good, bad);
    for _ in 0..2_000 {
        let middle = good + (bad - good) / 2.0;
        if middle == good || middle == bad {
            break;
        }
        if risk(middle) <= target {
            good = middle;
        } else {
            bad = middle;
        }
    }
    good
}
