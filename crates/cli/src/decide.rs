//! `heng decide`: whether a result conforms to limits, with the risks of saying so.

mod question;
mod result_file;

use std::process::ExitCode;

use heng_uncertainty::conformity::characteristic::OperatingCharacteristic;
use heng_uncertainty::conformity::decision::{ConformityStatement, Decision, GuardBand};
use heng_uncertainty::conformity::guard::Guarding;
use heng_uncertainty::conformity::measured::Measured;
use heng_uncertainty::conformity::risk::{GlobalRisk, Risks};
use heng_uncertainty::conformity::{AcceptanceInterval, ConformityError, ToleranceInterval};
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::Decide;
use crate::failure::{Failure, Outcome};
use crate::figures::{number, percent, quantity, score};
use crate::html;
use crate::print;
use result_file::{Chosen, result_file};

/// Points of the operating characteristic.
const POINTS: usize = 101;

/// How far the operating characteristic goes beyond the limits, in u.
const BEYOND: f64 = 5.0;

/// A decision with everything that was asked for beside it.
struct Decided {
    chosen: Chosen,
    decision: Decision,
    /// Global risks, where a prior is stated and something can be accepted.
    risks: Option<Risks>,
    /// Where something can be accepted and u is not zero.
    characteristic: Option<OperatingCharacteristic>,
    /// C_m.
    capability: Option<f64>,
    /// With the k of the result.
    ratio: Option<f64>,
}

/// Decides and prints the decision. A decision that was made ends with 0, whatever it says.
pub fn decide(arguments: &Decide, words: &Words) -> Outcome {
    let decided = decided(arguments)?;
    if let Some(path) = &arguments.html {
        let Chosen { name, unit, .. } = &decided.chosen;
        html::decision(path, (name, unit), &decided.decision, words)?;
    }
    if arguments.json {
        print::line(format_args!("{:#}", of(&decided, arguments)));
    } else {
        show(&decided, words);
    }
    Ok(ExitCode::SUCCESS)
}

fn decided(arguments: &Decide) -> Result<Decided, Failure> {
    let chosen = result_file(&arguments.file, arguments.output.as_deref())?;
    let tolerance = question::limits(&arguments.limits, &chosen)?;
    let rule = question::rule(&arguments.rule, chosen.coverage_factor)?;
    let is_of_u = matches!(rule.guard_band, GuardBand::Expanded { .. }) || arguments.prior.is_some();
    if is_of_u && chosen.standard_uncertainty.is_none() {
        return Err(Failure::unreadable("error-decide-without-u").with("output", &chosen.name));
    }
    let prior = arguments.prior.as_ref().map(|stated| question::prior(stated, &chosen, &tolerance)).transpose()?;
    let decision = rule.decision(&tolerance, &chosen.measured).map_err(|error| refused(&error))?;
    let u = chosen.measured.standard_uncertainty();
    let risks = match (prior, decision.acceptance) {
        (Some(prior), Some(acceptance)) => {
            let question = GlobalRisk { prior, standard_uncertainty: u, tolerance };
            Some(question.risks(&acceptance).map_err(|error| refused(&error))?)
        }
        _ => None,
    };
    let known = chosen.standard_uncertainty;
    let acceptance = decision.acceptance.zip(known);
    let characteristic = acceptance.and_then(|(acceptance, u)| characteristic(&acceptance, &tolerance, u));
    Ok(Decided {
        risks,
        characteristic,
        capability: known.and_then(|u| tolerance.measurement_capability_index(u)),
        ratio: known.and_then(|u| tolerance.test_uncertainty_ratio(u, chosen.coverage_factor)),
        decision,
        chosen,
    })
}

/// The question cannot be answered.
fn refused(error: &ConformityError) -> Failure {
    let named = |code, what: &str| Failure::unreadable(code).with("what", what);
    match error {
        ConformityError::NoLimit => Failure::unreadable("error-decide-no-limit"),
        ConformityError::LimitsCross => Failure::unreadable("error-decide-limits-cross"),
        ConformityError::Prior => Failure::unreadable("error-decide-prior-none"),
        other => named("error-decide", &other.to_string()),
    }
}

fn characteristic(
    acceptance: &AcceptanceInterval,
    tolerance: &ToleranceInterval,
    u: f64,
) -> Option<OperatingCharacteristic> {
    let ends = || {
        let limits = tolerance.lower.into_iter().chain(tolerance.upper);
        limits.chain(acceptance.lower).chain(acceptance.upper)
    };
    let low = ends().fold(f64::INFINITY, f64::min) - BEYOND * u;
    let high = ends().fold(f64::NEG_INFINITY, f64::max) + BEYOND * u;
    OperatingCharacteristic::between(acceptance, u, low, high, POINTS).ok()
}

fn of(decided: &Decided, arguments: &Decide) -> Value {
    let Decided { chosen, decision, .. } = decided;
    // The trials are in the file that was read.
    let measured = match &chosen.measured {
        Measured::Sampled(_) => json!({ "distribution": "sampled", "value": chosen.measured.value() }),
        other => json!(other),
    };
    json!({
        "output": chosen.name,
        "unit": chosen.unit.to_string(),
        "unit_symbol": chosen.unit.symbol(),
        "limits": arguments.limits,
        "rule_as_stated": arguments.rule,
        "prior_as_stated": arguments.prior,
        "rule": decision.rule,
        "tolerance": decision.tolerance,
        "measured": measured,
        "value": chosen.measured.value(),
        "standard_uncertainty": chosen.standard_uncertainty,
        "coverage_factor": chosen.coverage_factor,
        "acceptance": decision.acceptance,
        "guarding": decision.guarding,
        "statement": decision.statement,
        "conformance_probability": decision.conformance_probability,
        "nonconformance_probability": chosen.measured.nonconformance_probability(&decision.tolerance),
        "specific_risk": decision.specific_risk,
        "global_risks": decided.risks,
        "measurement_capability_index": decided.capability,
        "test_uncertainty_ratio": decided.ratio,
        "operating_characteristic": decided.characteristic,
    })
}

fn show(decided: &Decided, words: &Words) {
    let Decided { chosen, decision, .. } = decided;
    let unit = &chosen.unit;
    let value = quantity(chosen.measured.value(), unit);
    let u = chosen.standard_uncertainty.map_or_else(|| "–".to_owned(), |u| quantity(u, unit));
    let facts = [("output", chosen.name.as_str()), ("value", &value), ("u", &u)];
    let code = match chosen.measured {
        Measured::Normal { .. } => "decide-normal",
        Measured::Student { .. } => "decide-student",
        Measured::Sampled(_) => "decide-sampled",
    };
    print::line(words.say(code, &facts));
    let interval = |lower: Option<f64>, upper: Option<f64>| {
        let end = |limit: Option<f64>, absent: &str| limit.map_or_else(|| absent.to_owned(), number);
        let ends = format!("{} … {}", end(lower, "-∞"), end(upper, "∞"));
        heng_quantity::typography::with_unit(&ends, unit)
    };
    let limits = interval(decision.tolerance.lower, decision.tolerance.upper);
    print::line(words.say("decide-limits", &[("limits", &limits)]));
    match decision.acceptance {
        Some(acceptance) => {
            let accepted = interval(acceptance.lower, acceptance.upper);
            print::line(words.say("decide-acceptance", &[("accepted", &accepted)]));
        }
        None => {
            if let Some(Guarding::Impossible { least_risk, .. }) = decision.guarding {
                print::line(words.say("decide-impossible", &[("risk", &percent(least_risk))]));
            }
        }
    }
    let statement = match decision.statement {
        ConformityStatement::Pass => "decide-pass",
        ConformityStatement::ConditionalPass => "decide-conditional-pass",
        ConformityStatement::ConditionalFail => "decide-conditional-fail",
        ConformityStatement::Fail => "decide-fail",
        ConformityStatement::Undecided => "decide-undecided",
        ConformityStatement::NothingAcceptable => "decide-nothing-acceptable",
    };
    print::line(words.say(statement, &[]));
    let conforming = percent(decision.conformance_probability);
    print::line(words.say("decide-conformance", &[("probability", &conforming)]));
    if let Some(risk) = decision.specific_risk {
        print::line(words.say("decide-specific-risk", &[("risk", &percent(risk))]));
    }
    if let GuardBand::Risk { target } = decision.rule.guard_band {
        print::line(words.say("decide-target", &[("risk", &percent(target))]));
    }
    if let Some(risks) = &decided.risks {
        let conditional = risks.conditional_consumers_risk.map_or_else(|| "—".to_owned(), percent);
        let facts = [
            ("consumer", percent(risks.consumers_risk)),
            ("producer", percent(risks.producers_risk)),
            ("conditional", conditional),
            ("nonconforming", percent(risks.nonconforming)),
        ];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        print::line(words.say("decide-global", &facts));
    }
    if let (Some(capability), Some(ratio)) = (decided.capability, decided.ratio) {
        print::line(words.say("decide-capability", &[("capability", &score(capability)), ("ratio", &score(ratio))]));
    }
}
