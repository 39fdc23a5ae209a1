//! An evaluated model for people in a terminal.

use heng_quantity::Estimate;
use heng_uncertainty::{Interval, Simulation, Validation};
use heng_wording::Words;

use super::evaluated::{Evaluated, EvaluatedOutput, Run, Valid};
use crate::arguments::Method;
use crate::figures::{number, percent, quantity, table};
use crate::print;

/// The results one after the other.
pub fn show(evaluated: &Evaluated, path: &str, words: &Words) {
    for output in &evaluated.outputs {
        linear(output, evaluated, words);
        for finding in output.findings() {
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
}

fn linear(output: &EvaluatedOutput, evaluated: &Evaluated, words: &Words) {
    let Estimate { standard_uncertainty, degrees_of_freedom, unit, .. } = &output.linear.estimate;
    let symbol = unit.symbol();
    print::line(format_args!("{} = {}", output.linear.name, output.reported.text()));
    let (u, p) = (number(*standard_uncertainty), format!("{}", evaluated.asked.probability));
    match output.expanded {
        Some(expanded) => {
            let (k, expanded) = (format!("{:.2}", expanded.factor), number(expanded.uncertainty));
            let facts = [("u", u.as_str()), ("unit", &symbol), ("k", &k), ("expanded", &expanded), ("p", &p)];
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
        None => print::line(words.say("uncertainty-degrees-do-not-hold", &[("u", &u), ("unit", &symbol)])),
    }
    if let Some((second, expanded)) = &output.second_order {
        let (u, bias) = (quantity(second.standard_uncertainty, unit), quantity(second.bias, unit));
        let expanded = expanded.map_or_else(|| "—".to_owned(), |expanded| quantity(expanded.uncertainty, unit));
        let facts = [("u", u.as_str()), ("expanded", &expanded), ("bias", &bias)];
        print::line(words.say("uncertainty-second-order", &facts));
    }
    if let (Some(limits), Some(probability)) = (output.tolerance, output.conformance_probability()) {
        let end = |limit: Option<f64>, absent: &str| limit.map_or_else(|| absent.to_owned(), number);
        let (lower, upper) = (end(limits.lower, "-∞"), end(limits.upper, "∞"));
        let probability = percent(probability);
        let facts = [("lower", lower.as_str()), ("upper", &upper), ("unit", &symbol), ("probability", &probability)];
        print::line(words.say("uncertainty-conforms", &facts));
    }
}

fn trials(output: &EvaluatedOutput, simulation: &Simulation, run: &Run, evaluated: &Evaluated, words: &Words) {
    let symbol = simulation.unit.symbol();
    let (count, seed) = (run.trials.to_string(), run.seed.to_string());
    let (mean, u) = (number(simulation.mean), number(simulation.standard_uncertainty));
    let facts = [("trials", count.as_str()), ("seed", &seed), ("mean", &mean), ("u", &u), ("unit", symbol.as_str())];
    print::line(words.say("uncertainty-trials", &facts));
    if let (Some(sequences), Some(stability)) = (run.sequences, &output.stability) {
        let (sequences, tolerance) = (sequences.to_string(), quantity(stability.numerical_tolerance, &simulation.unit));
        let code = if stability.is_reached() { "uncertainty-stable" } else { "uncertainty-not-stable" };
        print::line(words.say(code, &[("sequences", &sequences), ("tolerance", &tolerance)]));
    }
    let p = format!("{}", evaluated.asked.probability);
    let interval = |code: &str, Interval { low, high }: Interval| {
        let (low, high) = (number(low), number(high));
        print::line(words.say(code, &[("low", &low), ("high", &high), ("unit", &symbol), ("p", &p)]));
    };
    interval("uncertainty-symmetric", simulation.symmetric);
    interval("uncertainty-shortest", simulation.shortest);
    if let Some(probability) = simulation.conformance_probability {
        print::line(words.say("uncertainty-conforms-counted", &[("probability", &percent(probability))]));
    }
    if simulation.not_finite > 0 {
        let count = simulation.not_finite.to_string();
        print::line(words.say("uncertainty-not-finite", &[("count", &count)]));
    }
    let verdict = |code: &str, validation: Validation| {
        let tolerance = number(validation.tolerance);
        print::line(words.say(code, &[("tolerance", &tolerance), ("unit", &symbol)]));
    };
    if let Some(validation) = output.validation() {
        let code = if validation.is_validated() { "uncertainty-validated" } else { "uncertainty-not-validated" };
        verdict(code, validation);
    }
    if let Some(validation) = output.second_order_validation().filter(|_| output.valid() != Some(Valid::Linear)) {
        let holds = validation.is_validated();
        verdict(if holds { "uncertainty-second-validated" } else { "uncertainty-second-not-validated" }, validation);
    }
    if evaluated.asked.method == Method::Both {
        let code = match output.valid() {
            Some(Valid::Linear) => "uncertainty-report-linear",
            Some(Valid::SecondOrder) => "uncertainty-report-second-order",
            _ => "uncertainty-report-monte-carlo",
        };
        print::line(words.say(code, &[]));
    }
}

/// The budget as an aligned table.
fn budget(output: &EvaluatedOutput, words: &Words) -> String {
    let heads = ["input", "estimate", "u", "degrees", "sensitivity", "contribution", "share"]
        .map(|column| words.say(&format!("uncertainty-column-{column}"), &[]));
    let mut rows = vec![heads.to_vec()];
    for line in &output.linear.budget {
        rows.push(vec![
            line.input.clone(),
            quantity(line.estimate, &line.unit),
            number(line.standard_uncertainty),
            number(line.degrees_of_freedom),
            number(line.sensitivity),
            number(line.contribution),
            format!("{:.1} %", line.share * 100.0),
        ]);
    }
    table(&rows)
}
