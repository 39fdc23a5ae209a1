//! An evaluated model for people in a terminal.

use heng_quantity::{Coverage, Estimate, RoundingRule, Unit, typography};
use heng_uncertainty::file::GROUPS_SIGNIFICANCE;
use heng_uncertainty::{Budget, Interval, Outcome, Shape, Simulation, Taken, ValidMethod, Validation};
use heng_wording::Words;

use super::evaluated::{Evaluated, Run};
use crate::arguments::Method;
use crate::figures::{number, percent, quantity, table};
use crate::print;

/// The results one after the other.
pub fn show(evaluated: &Evaluated, path: &str, words: &Words) {
    taken(evaluated, words);
    for output in &evaluated.outputs {
        linear(output, evaluated, words);
        for finding in evaluated.findings_of(output) {
            print::line(print::finding_line(path, &finding, words));
        }
        print::line("");
        print::text(&budget(output, words));
        if let (Some(simulation), Some(run)) = (&output.simulation, &evaluated.run) {
            print::line("");
            trials(output, simulation, run, evaluated, words);
        }
        print::line("");
    }
    for (name, analysis) in &evaluated.file.analyses {
        let unit =
            evaluated.file.inputs.iter().find(|input| input.name == *name).map(|input| input.unit.of_difference());
        let of = |value: f64| unit.as_ref().map_or_else(|| number(value), |unit| quantity(value, unit));
        let facts = [
            ("input", name.clone()),
            ("groups", analysis.groups.len().to_string()),
            ("f", number(analysis.f)),
            ("critical", number(analysis.critical(GROUPS_SIGNIFICANCE))),
            ("between", of(analysis.standard_deviation_between)),
            ("within", of(analysis.mean_square_within.sqrt())),
        ];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let differ = analysis.is_significant(GROUPS_SIGNIFICANCE);
        print::line(words.say(if differ { "uncertainty-groups-differ" } else { "uncertainty-groups-alike" }, &facts));
    }
    together(evaluated, words);
}

/// The inputs from files, each on its line.
fn taken(evaluated: &Evaluated, words: &Words) {
    for Taken { name, origin, budget } in &evaluated.file.taken {
        let unit = budget.unit.clone().unwrap_or_else(Unit::one);
        let (estimate, u) = (stated(budget, &unit), quantity(budget.standard_uncertainty, &unit));
        let facts = [
            ("input", name.as_str()),
            ("estimate", &estimate),
            ("u", &u),
            ("file", &origin.file),
            ("result", &budget.result),
        ];
        print::line(words.say("uncertainty-from-file", &facts));
    }
    if !evaluated.file.taken.is_empty() {
        print::line("");
    }
}

/// The value of an input from a file, in as many digits as its u has: two.
fn stated(budget: &Budget, unit: &Unit) -> String {
    let estimate = Estimate {
        value: budget.estimate,
        standard_uncertainty: budget.standard_uncertainty,
        degrees_of_freedom: f64::INFINITY,
        unit: unit.clone(),
    };
    match estimate.reported(RoundingRule::Gum726, &Coverage::Standard) {
        Ok(reported) => typography::with_unit(&reported.value.to_string(), unit),
        Err(_) => quantity(budget.estimate, unit),
    }
}

/// The coverage factors of several results together.
fn together(evaluated: &Evaluated, words: &Words) {
    let drawn = evaluated.run.as_ref().and_then(|run| run.joint.as_ref());
    let (linear_ellipsoidal, linear_rectangular) = &evaluated.regions;
    for (code, ellipsoidal, rectangular) in [
        ("uncertainty-together", linear_ellipsoidal.as_ref(), linear_rectangular.as_ref()),
        (
            "uncertainty-together-drawn",
            drawn.and_then(|joint| joint.ellipsoidal.as_ref()),
            drawn.and_then(|joint| joint.rectangular.as_ref()),
        ),
    ] {
        if let (Some(ellipsoidal), Some(rectangular)) = (ellipsoidal, rectangular) {
            let (p, q) = (number(ellipsoidal.factor), number(rectangular.factor));
            print::line(words.say(code, &[("ellipsoidal", &p), ("rectangular", &q)]));
        }
    }
}

fn linear(output: &Outcome, evaluated: &Evaluated, words: &Words) {
    let Estimate { standard_uncertainty, degrees_of_freedom, unit, .. } = &output.linear.estimate;
    let (u, p) = (quantity(*standard_uncertainty, unit), format!("{}", evaluated.asked.probability));
    let stated = output.stated();
    match stated.reported.interval_text().filter(|_| stated.method == ValidMethod::MonteCarlo) {
        Some(interval) => {
            let (name, text, linear) = (output.linear.name.as_str(), stated.reported.text(), output.reported.text());
            let facts = [("result", name), ("text", &text), ("interval", &interval), ("p", &p)];
            print::line(words.say("uncertainty-stated-by-trials", &facts));
            print::line(words.say("uncertainty-linear-instead", &[("result", name), ("linear", &linear)]));
        }
        None => print::line(format_args!("{} = {}", output.linear.name, stated.reported.text())),
    }
    match output.expanded {
        _ if output.is_unknown() => print::line(words.say("uncertainty-u-unknown", &[])),
        Some(expanded) => {
            let (k, expanded) = (format!("{:.2}", expanded.factor), quantity(expanded.uncertainty, unit));
            let facts = [("u", u.as_str()), ("k", &k), ("expanded", &expanded), ("p", &p)];
            print::line(words.say("uncertainty-stated", &facts));
            let degrees = number(*degrees_of_freedom);
            match output.truncated {
                Some((truncated, expanded)) => {
                    let (truncated, k) = (number(truncated), format!("{:.2}", expanded.factor));
                    let facts = [("degrees", degrees.as_str()), ("truncated", &truncated), ("k", &k)];
                    print::line(words.say("uncertainty-degrees-truncated", &facts));
                }
                None => print::line(words.say("uncertainty-degrees", &[("degrees", &degrees)])),
            }
        }
        None => print::line(words.say("uncertainty-degrees-do-not-hold", &[("u", &u)])),
    }
    if let Some((second, expanded)) = output.second_order.as_ref().filter(|_| evaluated.asked.shows_second_order()) {
        let (u, bias) = (quantity(second.standard_uncertainty, unit), quantity(second.bias, unit));
        let expanded = expanded.map_or_else(|| "—".to_owned(), |expanded| quantity(expanded.uncertainty, unit));
        let facts = [("u", u.as_str()), ("expanded", &expanded), ("bias", &bias)];
        print::line(words.say("uncertainty-second-order", &facts));
    }
    if let (Some(limits), Some(probability)) = (output.tolerance, output.conformance_probability()) {
        let limits = interval(limits.lower.unwrap_or(f64::NEG_INFINITY), limits.upper.unwrap_or(f64::INFINITY), unit);
        let probability = percent(probability);
        print::line(words.say("uncertainty-conforms", &[("limits", &limits), ("probability", &probability)]));
    }
}

/// Two ends with their unit.
fn interval(low: f64, high: f64, unit: &Unit) -> String {
    typography::with_unit(&format!("{} … {}", number(low), number(high)), unit)
}

fn trials(output: &Outcome, simulation: &Simulation, run: &Run, evaluated: &Evaluated, words: &Words) {
    let unit = &simulation.unit;
    let (count, seed) = (run.trials.to_string(), run.seed.to_string());
    let drawn = [("trials", count.as_str()), ("seed", &seed)];
    match simulation.mean.zip(simulation.standard_uncertainty) {
        Some((mean, u)) => {
            let (mean, u) = (quantity(mean, unit), quantity(u, unit));
            print::line(words.say("uncertainty-trials", &[&drawn[..], &[("mean", mean.as_str()), ("u", &u)]].concat()));
        }
        None => print::line(words.say("uncertainty-trials-without-u", &drawn)),
    }
    if let Some(tail) = &simulation.heavy_tail {
        let degrees = number(tail.degrees_of_freedom);
        let facts = [("input", tail.input.as_str()), ("degrees", &degrees)];
        print::line(words.say("uncertainty-without-standard-deviation", &facts));
    }
    if let (Some(sequences), Some(stability)) = (run.sequences, &output.stability) {
        let (sequences, tolerance) = (sequences.to_string(), quantity(stability.numerical_tolerance, unit));
        let code = if stability.is_reached() { "uncertainty-stable" } else { "uncertainty-not-stable" };
        print::line(words.say(code, &[("sequences", &sequences), ("tolerance", &tolerance)]));
    }
    let p = format!("{}", evaluated.asked.probability);
    let covered = |code: &str, Interval { low, high }: Interval| {
        print::line(words.say(code, &[("interval", &interval(low, high, unit)), ("p", &p)]));
    };
    covered("uncertainty-symmetric", simulation.symmetric);
    covered("uncertainty-shortest", simulation.shortest);
    if let Some(probability) = simulation.conformance_probability {
        print::line(words.say("uncertainty-conforms-counted", &[("probability", &percent(probability))]));
    }
    if simulation.not_finite > 0 {
        let count = simulation.not_finite.to_string();
        print::line(words.say("uncertainty-not-finite", &[("count", &count)]));
    }
    let verdict = |code: &str, validation: Validation| {
        print::line(words.say(code, &[("tolerance", &quantity(validation.tolerance, unit))]));
    };
    if let Some(validation) = output.validation() {
        let code = if validation.is_validated() { "uncertainty-validated" } else { "uncertainty-not-validated" };
        verdict(code, validation);
    }
    let second = output.second_order_validation().filter(|_| evaluated.asked.shows_second_order());
    if let Some(validation) = second.filter(|_| output.valid() != Some(ValidMethod::Linear)) {
        let holds = validation.is_validated();
        verdict(if holds { "uncertainty-second-validated" } else { "uncertainty-second-not-validated" }, validation);
    }
    if let Some(valid) = output.valid().filter(|_| evaluated.asked.method == Method::Both) {
        let code = match valid {
            ValidMethod::Linear => "uncertainty-report-linear",
            ValidMethod::SecondOrder => "uncertainty-report-second-order",
            ValidMethod::MonteCarlo => "uncertainty-report-monte-carlo",
        };
        print::line(words.say(code, &[]));
    }
}

/// The budget as an aligned table.
fn budget(output: &Outcome, words: &Words) -> String {
    let heads = ["input", "estimate", "u", "degrees", "sensitivity", "contribution", "share"]
        .map(|column| words.say(&format!("uncertainty-column-{column}"), &[]));
    let mut rows = vec![heads.to_vec()];
    for line in &output.linear.budget {
        // What is not known is no zero.
        let known =
            |text: String| if line.shape == Shape::Unknown { words.say("uncertainty-unknown", &[]) } else { text };
        rows.push(vec![
            line.input.clone(),
            quantity(line.estimate, &line.unit),
            known(number(line.standard_uncertainty)),
            known(number(line.degrees_of_freedom)),
            number(line.sensitivity),
            known(number(line.contribution)),
            known(format!("{:.1} %", line.share * 100.0)),
        ]);
    }
    table(&rows)
}
