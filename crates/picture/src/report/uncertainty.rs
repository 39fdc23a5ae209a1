//! The report of a measurement model: formula, results as reported, budget, pictures, Monte Carlo and findings.

use heng_quantity::{Decimal, Finding, Unit, typography};
use heng_uncertainty::conformity::measured::Measured;
use heng_uncertainty::{HeavyTail, Interval, Model, OutputEvaluation, Shape, Stated, ToleranceInterval, ValidMethod};
use heng_wording::Words;

use super::{bare, findings, heading, page, paragraph};
use crate::budget::BudgetPicture;
use crate::canvas::escaped;
use crate::density::DensityPicture;
use crate::figures::{DIGITS, headed, number, percent, place_of, probability, stated};
use crate::histogram::{Bins, CoverageBar, HistogramPicture, IntervalKind};
use crate::picture::{Column, Table};

/// A model evaluated.
pub struct UncertaintyReport<'a> {
    /// For people.
    pub title: Option<&'a str>,
    /// For people: where the model is from.
    pub source: Option<&'a str>,
    /// The model.
    pub model: &'a Model,
    /// p.
    pub coverage_probability: f64,
    /// Its results.
    pub outputs: Vec<ReportedOutput<'a>>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// A result with everything that is known of it.
pub struct ReportedOutput<'a> {
    /// By linear propagation.
    pub output: &'a OutputEvaluation,
    /// As it is passed on.
    pub stated: Stated,
    /// As the law of propagation reports it, where the trials do not let it stand.
    pub not_validated: Option<String>,
    /// k and U, where the effective degrees of freedom hold.
    pub expanded: Option<(f64, f64)>,
    /// Its limits, where it has some.
    pub tolerance: Option<ToleranceInterval>,
    /// What the trials say, where there were some.
    pub trials: Option<ReportedTrials>,
}

/// What the trials say of a result.
pub struct ReportedTrials {
    /// How many.
    pub count: u64,
    /// The seed.
    pub seed: u64,
    /// Their mean; none where the distribution has none.
    pub mean: Option<f64>,
    /// Their standard deviation; none where the distribution has none.
    pub standard_uncertainty: Option<f64>,
    /// The input that leaves the result without a standard deviation.
    pub heavy_tail: Option<HeavyTail>,
    /// The probabilistically symmetric interval.
    pub symmetric: Interval,
    /// The shortest interval.
    pub shortest: Interval,
    /// How often they fell where; empty where that was not kept.
    pub bins: Bins,
    /// Whether the linear interval is validated, and the numerical tolerance, where they can be compared.
    pub validation: Option<(bool, f64)>,
}

/// The page.
pub fn uncertainty(report: &UncertaintyReport<'_>, words: &Words) -> String {
    let title = report.title.map_or_else(|| words.say("report-untitled-model", &[]), str::to_owned);
    let mut html = String::new();
    for output in &report.outputs {
        html.push_str(&answer(output, report.coverage_probability, words));
    }
    html.push_str(&heading(&words.say("report-model", &[])));
    html.push_str("<div class=\"formula\">\n");
    html.push_str(&report.model.formula().mathml());
    html.push_str("\n</div>\n");
    for output in &report.outputs {
        html.push_str(&evaluation(output, report.coverage_probability, words));
    }
    html.push_str(&findings(&report.findings, words));
    page(&title, &html, report.source, words)
}

/// The result, which is the largest thing on the page, and what U rests on.
fn answer(output: &ReportedOutput<'_>, coverage_probability: f64, words: &Words) -> String {
    let name = &output.output.name;
    let reported = &output.stated.reported;
    let (text, p) = (reported.text(), probability(coverage_probability));
    let said = match reported.interval_text().filter(|_| output.stated.method == ValidMethod::MonteCarlo) {
        Some(interval) => words
            .say("report-stated-by-trials", &[("result", name), ("text", &text), ("interval", &interval), ("p", &p)]),
        None => words.say("report-stated", &[("result", name), ("text", &text)]),
    };
    let mut html = format!("<p class=\"answer\">{}</p>\n", escaped(&said));
    if let Some(linear) = &output.not_validated {
        html.push_str(&paragraph(&words.say("report-linear-not-validated", &[("linear", linear)])));
    }
    let estimate = &output.output.estimate;
    let unit = estimate.unit.of_difference();
    let of_difference = |value: f64, digits: i32| typography::with_unit(&number(value, digits), &unit);
    let said = match output.expanded {
        Some((factor, expanded)) => words.say(
            "report-expanded",
            &[
                ("expanded", &of_difference(expanded, 3)),
                ("k", &number(factor, 3)),
                ("p", &probability(coverage_probability)),
                ("degrees", &number(estimate.degrees_of_freedom, 3)),
            ],
        ),
        None => words.say("report-standard", &[("u", &of_difference(estimate.standard_uncertainty, 3))]),
    };
    html.push_str(&format!("<p class=\"quiet\">{}</p>\n", escaped(&said)));
    if let Some(tolerance) = output.tolerance {
        let part = tolerance.conformance_probability(estimate.value, estimate.standard_uncertainty);
        html.push_str(&paragraph(&words.say("report-conforms", &[("probability", &percent(part))])));
    }
    html
}

/// Budget, pictures and Monte Carlo of a result.
fn evaluation(output: &ReportedOutput<'_>, coverage_probability: f64, words: &Words) -> String {
    let name = &output.output.name;
    let mut html = heading(&words.say("picture-budget-title", &[("result", name)]));
    html.push_str(&bare(&budget(output.output, words)));
    html.push_str(&BudgetPicture::of(output.output).picture(words).figure(words));
    let estimate = &output.output.estimate;
    if let Some(trials) = &output.trials {
        html.push_str(&heading(&words.say("picture-histogram-title", &[("result", name)])));
        html.push_str(&monte_carlo(trials, &estimate.unit, words));
        let linear = output.expanded.map(|(_, expanded)| CoverageBar {
            kind: IntervalKind::Linear,
            low: estimate.value - expanded,
            high: estimate.value + expanded,
        });
        let bar = |kind, interval: Interval| CoverageBar { kind, low: interval.low, high: interval.high };
        let of_trials = [bar(IntervalKind::Symmetric, trials.symmetric), bar(IntervalKind::Shortest, trials.shortest)];
        let picture = HistogramPicture {
            name: name.clone(),
            unit: estimate.unit.clone(),
            bins: trials.bins.clone(),
            mean: trials.mean,
            standard_uncertainty: trials.standard_uncertainty,
            linear: (estimate.value, estimate.standard_uncertainty),
            coverage_probability,
            intervals: linear.into_iter().chain(of_trials).collect(),
        };
        html.push_str(&picture.picture(words).figure(words));
    }
    if let Some(tolerance) = output.tolerance {
        let picture = DensityPicture {
            name: name.clone(),
            unit: estimate.unit.clone(),
            measured: Measured::Normal { value: estimate.value, standard_uncertainty: estimate.standard_uncertainty },
            tolerance,
            acceptance: None,
        }
        .picture(words);
        html.push_str(&heading(&picture.title));
        html.push_str(&picture.figure(words));
    }
    html
}

fn monte_carlo(trials: &ReportedTrials, unit: &Unit, words: &Words) -> String {
    let of_difference = |value: f64| typography::with_unit(&number(value, 3), &unit.of_difference());
    let interval = trials.symmetric.high - trials.symmetric.low;
    let place = place_of([trials.standard_uncertainty.unwrap_or(interval / 2.0)].into_iter());
    let whole = |count: u64| typography::decimal(&Decimal::new(count.into(), 0));
    let (count, seed) = (whole(trials.count), trials.seed.to_string());
    let of_value = |value: f64| typography::with_unit(&stated(value, place), unit);
    let drawn = [("trials", count.as_str()), ("seed", &seed)];
    let said = match trials.mean.zip(trials.standard_uncertainty) {
        Some((mean, u)) => {
            let (mean, u) = (of_value(mean), of_difference(u));
            words.say("report-trials", &[&drawn[..], &[("mean", mean.as_str()), ("u", &u)]].concat())
        }
        None => words.say("report-trials-without-u", &drawn),
    };
    let mut html = paragraph(&said);
    if let Some(tail) = &trials.heavy_tail {
        let degrees = number(tail.degrees_of_freedom, 3);
        let facts = [("input", tail.input.as_str()), ("degrees", &degrees)];
        html.push_str(&paragraph(&words.say("uncertainty-without-standard-deviation", &facts)));
    }
    if let Some((is_validated, tolerance)) = trials.validation {
        let code = if is_validated { "report-validated" } else { "report-not-validated" };
        html.push_str(&paragraph(&words.say(code, &[("tolerance", &of_difference(tolerance))])));
    }
    html
}

/// The budget as a table, in the order of the evaluation.
fn budget(output: &OutputEvaluation, words: &Words) -> Table {
    let say = |code: &str| words.say(code, &[]);
    let rows = output.budget.iter().map(|line| {
        // What is not known is no zero.
        let known = |text: String| if line.shape == Shape::Unknown { say("report-unknown") } else { text };
        vec![
            line.input.clone(),
            typography::with_unit(&number(line.estimate, DIGITS), &line.unit),
            known(number(line.standard_uncertainty, 4)),
            known(number(line.degrees_of_freedom, 3)),
            number(line.sensitivity, 4),
            known(number(libm::fabs(line.contribution), 4)),
            known(percent(line.share)),
        ]
    });
    Table {
        caption: say("report-budget"),
        columns: vec![
            Column::Words(say("report-symbol")),
            Column::Numbers(say("report-estimate")),
            Column::Numbers("u".to_owned()),
            Column::Numbers("ν".to_owned()),
            Column::Numbers(say("report-sensitivity")),
            Column::Numbers(headed(&say("report-contribution"), &output.estimate.unit.of_difference())),
            Column::Numbers(say("picture-share")),
        ],
        rows: rows.collect(),
    }
}
