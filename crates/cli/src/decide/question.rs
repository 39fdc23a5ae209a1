//! Limits, rules and priors as they are typed.

use heng_quantity::{Unit, text};
use heng_uncertainty::ToleranceInterval;
use heng_uncertainty::conformity::decision::{DecisionRule, GuardBand, RuleKind};
use heng_uncertainty::conformity::prior::Prior;

use super::refused;
use super::result_file::Chosen;
use crate::failure::Failure;

/// "49.9 g..50.1 g", "..5 g" or "5 g..", in the unit of the result.
pub fn limits(stated: &str, chosen: &Chosen) -> Result<ToleranceInterval, Failure> {
    let wrong = || Failure::unreadable("error-decide-limits").with("text", stated);
    let (low, high) = stated.split_once("..").ok_or_else(wrong)?;
    let limit = |side: &str| {
        let side = side.trim();
        if side.is_empty() { Ok(None) } else { quantity(side, chosen).map(Some) }
    };
    let tolerance = ToleranceInterval { lower: limit(low)?, upper: limit(high)? };
    if tolerance.lower.is_none() && tolerance.upper.is_none() {
        return Err(Failure::unreadable("error-decide-no-limit"));
    }
    Ok(tolerance)
}

/// A quantity in the unit of the result; a bare number only where that unit is one.
fn quantity(stated: &str, chosen: &Chosen) -> Result<f64, Failure> {
    if let Ok(number) = stated.parse::<f64>()
        && chosen.unit == Unit::one()
    {
        return Ok(number);
    }
    let wrong = |code| {
        let failure = Failure::unreadable(code).with("text", stated);
        failure.with("output", &chosen.name).with("unit", chosen.unit.symbol())
    };
    let read = text::parse(stated).map_err(|_| wrong("error-decide-quantity"))?;
    let conversion = read.unit.conversion_to(&chosen.unit).map_err(|_| wrong("error-decide-unit"))?;
    let value = heng_quantity::decimal::rational_to_f64(&conversion.value(&read.value));
    if value.is_finite() { Ok(value) } else { Err(wrong("error-decide-quantity")) }
}

/// simple, guarded or risk=P.
pub fn rule(stated: &str, coverage_factor: f64) -> Result<DecisionRule, Failure> {
    let wrong = || Failure::unreadable("error-decide-rule").with("text", stated);
    match stated.split_once('=') {
        None if stated == "simple" => Ok(DecisionRule::simple()),
        None if stated == "guarded" => {
            let guard_band = GuardBand::Expanded { multiple: 1.0, coverage_factor };
            Ok(DecisionRule::guarded(RuleKind::GuardedAcceptance, guard_band))
        }
        Some(("risk", target)) => {
            let target: f64 = target.trim().parse().map_err(|_| wrong())?;
            if !(target > 0.0 && target < 1.0) {
                return Err(wrong());
            }
            Ok(DecisionRule::guarded(RuleKind::GuardedAcceptance, GuardBand::Risk { target }))
        }
        _ => Err(wrong()),
    }
}

/// A distribution with its parameters: bare numbers are in the unit of the result.
pub fn prior(stated: &str, chosen: &Chosen, tolerance: &ToleranceInterval) -> Result<Prior, Failure> {
    let wrong = || Failure::unreadable("error-decide-prior").with("text", stated);
    let (name, parameters) = stated.split_once(':').ok_or_else(wrong)?;
    let parameters: Vec<&str> = parameters.split(',').map(str::trim).collect();
    let bare = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(wrong);
    let value = |text: &str| bare(text).or_else(|_| quantity(text, chosen));
    let width = |text: &str| {
        let of_difference = Chosen { unit: chosen.unit.of_difference(), ..chosen.clone() };
        bare(text).or_else(|_| quantity(text, &of_difference))
    };
    let prior = match (name.trim(), parameters.as_slice()) {
        ("normal", [mean, sigma]) => Prior::Normal { mean: value(mean)?, standard_deviation: width(sigma)? },
        ("uniform", [low, high]) => Prior::Uniform { low: value(low)?, high: value(high)? },
        ("gamma", [shape, scale]) => Prior::Gamma { shape: bare(shape)?, scale: width(scale)? },
        ("lognormal", [location, scale]) => Prior::Lognormal { location: bare(location)?, scale: bare(scale)? },
        ("triangular", [low, mode, high]) => {
            Prior::Triangular { low: value(low)?, mode: value(mode)?, high: value(high)? }
        }
        ("conforming", [mean, part]) => {
            return Prior::normal_of_conforming_part(tolerance, value(mean)?, bare(part)?)
                .map_err(|error| refused(&error));
        }
        _ => return Err(wrong()),
    };
    Ok(prior)
}
