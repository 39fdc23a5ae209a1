//! `heng uncertainty`: a measurement model evaluated by the law of propagation or by Monte Carlo.

use std::process::ExitCode;

use heng_quantity::{Coverage, Decimal, Estimate, Reported, RoundingRule, Uncertainty};
use heng_uncertainty::student::quantile;
use heng_uncertainty::{
    Evaluation, Interval, ModelFile, OutputEvaluation, Simulation, ToleranceInterval, Trials, Validation,
    evaluate_linear, simulate_within,
};
use heng_wording::Words;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::arguments::{Method, UncertaintyOfModel};
use crate::failure::{Failure, Outcome};
use crate::model_source::model_file;
use crate::print::{self, findings_json};

/// Digits of u to which the clause 8 validation of JCGM 101 compares.
const VALIDATED_DIGITS: u8 = 1;

/// An output by the law of propagation, as computed and as reported.
struct Linear<'a> {
    output: &'a OutputEvaluation,
    reported: Reported,
    /// k and U; absent where the effective degrees of freedom do not hold, since k would rest on them.
    expanded: Option<(f64, f64)>,
    tolerance: Option<ToleranceInterval>,
}

impl Linear<'_> {
    /// The conformance probability of a normal quantity, where there are limits.
    fn conformance_probability(&self) -> Option<f64> {
        let Estimate { value, standard_uncertainty, .. } = self.output.estimate;
        Some(self.tolerance?.conformance_probability(value, standard_uncertainty))
    }
}

/// Evaluates a model and prints the result with its budget.
pub fn uncertainty(arguments: &UncertaintyOfModel, words: &Words) -> Outcome {
    let (file, source) = model_file(&arguments.file, words)?;
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new("error-model-evaluated").with("path", arguments.file.display()).with("reason", error)
    };
    let evaluation = evaluate_linear(&file.model, &file.inputs, &file.correlations)
        .map_err(|error| source.of_model(&error.finding(source.model_start()), words))?;
    let tolerances = file.tolerances(&evaluation.outputs).map_err(|finding| source.of_model(&finding, words))?;
    let linear = linear(&evaluation, &file, &tolerances).map_err(|error| failed(&error))?;
    let simulations = match arguments.method {
        Method::Linear => Vec::new(),
        Method::MonteCarlo => {
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            let trials = Trials {
                count: arguments.trials,
                seed: arguments.seed,
                probability: file.coverage_probability,
                threads,
            };
            simulate_within(&file.model, &file.inputs, &file.correlations, &trials, &tolerances)
                .map_err(|error| source.of_model(&error.finding(source.model_start()), words))?
        }
    };
    let results: Vec<(Linear<'_>, Option<&Simulation>)> = linear
        .into_iter()
        .map(|result| {
            let simulation = simulations.iter().find(|simulation| simulation.name == result.output.name);
            (result, simulation)
        })
        .collect();
    if arguments.json {
        let outputs: Vec<Value> = results.iter().map(|(linear, simulation)| output_json(linear, *simulation)).collect();
        let findings: Vec<_> = evaluation.outputs.iter().flat_map(OutputEvaluation::findings).collect();
        let answer = json!({
            "model": file.model.text(),
            "coverage_probability": file.coverage_probability,
            "trials": (arguments.method == Method::MonteCarlo).then_some(arguments.trials),
            "seed": (arguments.method == Method::MonteCarlo).then_some(arguments.seed),
            "outputs": outputs,
            "findings": findings_json(&findings, words),
        });
        print::line(format_args!("{answer:#}"));
    } else {
        for (linear, simulation) in &results {
            show(linear, *simulation, &file, arguments, words);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn linear<'a>(
    evaluation: &'a Evaluation,
    file: &ModelFile,
    tolerances: &[(String, ToleranceInterval)],
) -> Result<Vec<Linear<'a>>, heng_quantity::coverage::ReportError> {
    let probability = Decimal::from_f64(file.coverage_probability).unwrap_or_else(|| Decimal::from(0));
    evaluation
        .outputs
        .iter()
        .map(|output| {
            let tolerance = tolerances.iter().find(|(name, _)| *name == output.name).map(|(_, tolerance)| *tolerance);
            let Estimate { standard_uncertainty, degrees_of_freedom, .. } = output.estimate;
            if !output.effective_degrees_hold {
                let reported = output.estimate.reported(RoundingRule::Gum726, &Coverage::Standard)?;
                return Ok(Linear { output, reported, expanded: None, tolerance });
            }
            let coverage = Coverage::Probability { probability: probability.clone(), quantile };
            let reported = output.estimate.reported(RoundingRule::Gum726, &coverage)?;
            let factor = quantile((1.0 + file.coverage_probability) / 2.0, degrees_of_freedom);
            Ok(Linear { output, reported, expanded: Some((factor, factor * standard_uncertainty)), tolerance })
        })
        .collect()
}

/// The clause 8 comparison of the linear interval with that of the trials.
fn validation(linear: &Linear<'_>, simulation: &Simulation) -> Option<Validation> {
    let Estimate { value, standard_uncertainty, .. } = linear.output.estimate;
    let (_, expanded) = linear.expanded?;
    let interval = Interval { low: value - expanded, high: value + expanded };
    Some(Validation::of(interval, standard_uncertainty, simulation.symmetric, VALIDATED_DIGITS))
}

/// A number JSON can carry; what is infinite is null.
fn finite(number: f64) -> Option<f64> {
    number.is_finite().then_some(number)
}

fn output_json(linear: &Linear<'_>, simulation: Option<&Simulation>) -> Value {
    let Estimate { value, standard_uncertainty, degrees_of_freedom, unit } = &linear.output.estimate;
    let budget: Vec<Value> = linear
        .output
        .budget
        .iter()
        .map(|line| {
            json!({
                "input": line.input,
                "estimate": line.estimate,
                "unit": line.unit.to_string(),
                "standard_uncertainty": line.standard_uncertainty,
                "degrees_of_freedom": finite(line.degrees_of_freedom),
                "sensitivity": line.sensitivity,
                "contribution": line.contribution,
                "share": line.share,
            })
        })
        .collect();
    let interval = |interval: &Interval| json!([interval.low, interval.high]);
    let monte_carlo = simulation.map(|simulation| {
        let validation = validation(linear, simulation);
        json!({
            "mean": simulation.mean,
            "standard_uncertainty": simulation.standard_uncertainty,
            "symmetric_interval": interval(&simulation.symmetric),
            "shortest_interval": interval(&simulation.shortest),
            "not_finite": simulation.not_finite,
            "conformance_probability": simulation.conformance_probability,
            "linear_validated": validation.as_ref().map(Validation::is_validated),
            "numerical_tolerance": validation.as_ref().map(|validation| validation.tolerance),
        })
    });
    json!({
        "name": linear.output.name,
        "unit": unit.to_string(),
        "estimate": value,
        "standard_uncertainty": standard_uncertainty,
        "effective_degrees_of_freedom": finite(*degrees_of_freedom).filter(|_| linear.output.effective_degrees_hold),
        "second_order": linear.output.second_order.map(|second| {
            json!({ "standard_uncertainty": second.standard_uncertainty, "bias": second.bias })
        }),
        "effective_degrees_hold": linear.output.effective_degrees_hold,
        "coverage_factor": linear.expanded.map(|(factor, _)| factor),
        "expanded_uncertainty": linear.expanded.map(|(_, expanded)| expanded),
        "reported": linear.reported.text(),
        "reported_expanded_uncertainty": reported_expanded(&linear.reported),
        "specification": linear.tolerance.map(|limits| json!({ "lower": limits.lower, "upper": limits.upper })),
        "conformance_probability": linear.conformance_probability(),
        "budget": budget,
        "monte_carlo": monte_carlo,
    })
}

fn reported_expanded(reported: &Reported) -> Option<String> {
    match &reported.uncertainty {
        Some(Uncertainty::Expanded { value, .. }) => Some(value.to_string()),
        _ => None,
    }
}

fn show(
    linear: &Linear<'_>,
    simulation: Option<&Simulation>,
    file: &ModelFile,
    arguments: &UncertaintyOfModel,
    words: &Words,
) {
    let Estimate { standard_uncertainty, degrees_of_freedom, unit, .. } = &linear.output.estimate;
    let symbol = unit.symbol();
    print::line(format_args!("{} = {}", linear.output.name, linear.reported.text()));
    let (u, p) = (number(*standard_uncertainty), format!("{}", file.coverage_probability));
    match linear.expanded {
        Some((factor, expanded)) => {
            let (k, expanded, degrees) = (format!("{factor:.2}"), number(expanded), number(*degrees_of_freedom));
            let facts = [("u", u.as_str()), ("unit", &symbol), ("k", &k), ("expanded", &expanded), ("p", &p)];
            print::line(words.say("uncertainty-stated", &facts));
            print::line(words.say("uncertainty-degrees", &[("degrees", &degrees)]));
        }
        None => print::line(words.say("uncertainty-degrees-do-not-hold", &[("u", &u), ("unit", &symbol)])),
    }
    if let (Some(limits), Some(probability)) = (linear.tolerance, linear.conformance_probability()) {
        let end = |limit: Option<f64>, absent: &str| limit.map_or_else(|| absent.to_owned(), number);
        let (lower, upper) = (end(limits.lower, "-∞"), end(limits.upper, "∞"));
        let probability = percent(probability);
        let facts = [("lower", lower.as_str()), ("upper", &upper), ("unit", &symbol), ("probability", &probability)];
        print::line(words.say("uncertainty-conforms", &facts));
    }
    for finding in linear.output.findings() {
        print::line(print::finding_line(&arguments.file.display().to_string(), &finding, words));
    }
    print::line("");
    print::text(&budget(linear, words));
    if let Some(simulation) = simulation {
        print::line("");
        let (trials, seed) = (arguments.trials.to_string(), arguments.seed.to_string());
        let (mean, u) = (number(simulation.mean), number(simulation.standard_uncertainty));
        let facts =
            [("trials", trials.as_str()), ("seed", &seed), ("mean", &mean), ("u", &u), ("unit", symbol.as_str())];
        print::line(words.say("uncertainty-trials", &facts));
        for (code, interval) in
            [("uncertainty-symmetric", &simulation.symmetric), ("uncertainty-shortest", &simulation.shortest)]
        {
            let (low, high) = (number(interval.low), number(interval.high));
            print::line(words.say(code, &[("low", &low), ("high", &high), ("unit", &symbol), ("p", &p)]));
        }
        if let Some(probability) = simulation.conformance_probability {
            print::line(words.say("uncertainty-conforms-counted", &[("probability", &percent(probability))]));
        }
        if simulation.not_finite > 0 {
            let count = simulation.not_finite.to_string();
            print::line(words.say("uncertainty-not-finite", &[("count", &count)]));
        }
        let Some(validation) = validation(linear, simulation) else { return };
        let code = if validation.is_validated() { "uncertainty-validated" } else { "uncertainty-not-validated" };
        print::line(words.say(code, &[("tolerance", &number(validation.tolerance)), ("unit", &symbol)]));
    }
    print::line("");
}

/// The budget as an aligned table.
fn budget(linear: &Linear<'_>, words: &Words) -> String {
    let heads = ["input", "estimate", "u", "degrees", "sensitivity", "contribution", "share"]
        .map(|column| words.say(&format!("uncertainty-column-{column}"), &[]));
    let mut rows = vec![heads];
    for line in &linear.output.budget {
        rows.push([
            line.input.clone(),
            format!("{} {}", number(line.estimate), line.unit.symbol()).trim_end().to_owned(),
            number(line.standard_uncertainty),
            number(line.degrees_of_freedom),
            number(line.sensitivity),
            number(line.contribution),
            format!("{:.1} %", line.share * 100.0),
        ]);
    }
    let mut widths = [0_usize; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut table = String::new();
    for row in &rows {
        let cells: Vec<String> = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))))
            .collect();
        table.push_str(cells.join("  ").trim_end());
        table.push('\n');
    }
    table
}

/// A probability with two decimals of a percent, for reading.
fn percent(probability: f64) -> String {
    format!("{:.2}", probability * 100.0)
}

/// Seven significant digits, for reading; JSON has all of them.
fn number(number: f64) -> String {
    if number.is_infinite() {
        return "∞".to_owned();
    }
    let rounded = Decimal::from_f64(number).map_or(number, |exact| {
        let place = exact.leading_exponent().unwrap_or(0) - 6;
        exact.rounded(place, RoundingRule::Gum726).to_f64()
    });
    let size = rounded.abs();
    // A large estimate keeps its whole part.
    if (1e7..1e15).contains(&size) {
        format!("{number:.3}").trim_end_matches('0').trim_end_matches('.').to_owned()
    } else if size != 0.0 && !(1e-4..1e15).contains(&size) {
        format!("{rounded:e}")
    } else {
        format!("{rounded}")
    }
}
