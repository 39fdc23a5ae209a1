//! What the page shows of an evaluation, in words and typeset numbers.

use heng_picture::{Bins, BudgetPicture, CoverageBar, HistogramPicture, IntervalKind, Picture, Width};
use heng_quantity::typography::{decimal, with_unit};
use heng_quantity::{Decimal, Estimate, Finding, RoundingRule, Severity, Unit};
use heng_uncertainty::{Expanded, Interval, Line, Outcome, Shape, Simulation, Stated, ToleranceInterval, ValidMethod};
use heng_wording::Words;

use super::evaluated::Evaluated;
use super::marked::{Marked, marked};
use super::numbers::{degrees, estimate, estimate_in, percent, significant, size, size_in};
use crate::public::answer::shape;

/// Mathematics longer than that is shown by nobody's browser in good time.
const LONGEST_FORMULA: usize = 200_000;

/// All that the page says.
pub(crate) struct Answer {
    /// One sentence, for whoever does not see the page change.
    pub(crate) said: String,
    pub(crate) faults: Vec<Said>,
    pub(crate) warnings: Vec<Said>,
    pub(crate) title: Option<String>,
    pub(crate) origin: Option<String>,
    /// MathML, a line of the model each.
    pub(crate) formula: Vec<String>,
    pub(crate) results: Vec<Shown>,
    /// Names of the results, and a row of coefficients for each; empty where there is one result.
    pub(crate) correlations: Vec<(String, Vec<String>)>,
}

/// A finding in words.
pub(crate) struct Said {
    pub(crate) sentence: String,
    /// `Line 3, column 17`.
    pub(crate) place: Option<String>,
    pub(crate) marked: Option<Marked>,
}

/// One result.
pub(crate) struct Shown {
    pub(crate) id: usize,
    pub(crate) name: String,
    pub(crate) reported: String,
    pub(crate) shape: &'static str,
    pub(crate) verdict: String,
    /// Name and value.
    pub(crate) facts: Vec<(String, String)>,
    pub(crate) methods: Vec<Method>,
    pub(crate) unit: String,
    pub(crate) probability: String,
    pub(crate) trials: Option<String>,
    pub(crate) histogram: Option<Drawn>,
    pub(crate) bars: Option<Drawn>,
    pub(crate) budget: Vec<Row>,
    pub(crate) conformance: Vec<String>,
}

/// A method's figures.
pub(crate) struct Method {
    pub(crate) name: String,
    pub(crate) estimate: String,
    pub(crate) uncertainty: String,
    pub(crate) interval: String,
    pub(crate) shortest: String,
}

/// A line of a budget.
pub(crate) struct Row {
    pub(crate) input: String,
    pub(crate) distribution: String,
    pub(crate) estimate: String,
    pub(crate) uncertainty: String,
    pub(crate) degrees: String,
    pub(crate) sensitivity: String,
    pub(crate) contribution: String,
    pub(crate) share: String,
}

/// A picture in two widths; its numbers are in a table of the page.
pub(crate) struct Drawn {
    pub(crate) wide: String,
    pub(crate) narrow: String,
    pub(crate) caption: String,
}

impl Drawn {
    fn of(picture: &Picture) -> Self {
        let svg = |width| picture.svg(width).to_owned();
        Self { wide: svg(Width::Wide), narrow: svg(Width::Narrow), caption: picture.caption.clone() }
    }
}

/// What the page says of an evaluation of this text.
pub(super) fn answer(text: &str, evaluated: &Result<Evaluated, Finding>, words: &Words) -> Answer {
    let evaluated = match evaluated {
        Ok(evaluated) => evaluated,
        Err(finding) => {
            let fault = said(text, finding, words);
            return Answer {
                said: [fault.place.clone().unwrap_or_default(), fault.sentence.clone()].join(" "),
                faults: vec![fault],
                warnings: Vec::new(),
                title: None,
                origin: None,
                formula: Vec::new(),
                results: Vec::new(),
                correlations: Vec::new(),
            };
        }
    };
    let results: Vec<Shown> =
        (1..).zip(&evaluated.outputs).map(|(id, output)| shown(id, output, evaluated, words)).collect();
    let formula: Vec<String> = evaluated.file.model.formula().lines.into_iter().map(|line| line.mathml).collect();
    let length: usize = formula.iter().map(String::len).sum();
    let coefficients = |row: &Vec<f64>| row.iter().map(|r| rounded(*r)).collect();
    let names = evaluated.outputs.iter().map(|output| output.linear.name.clone());
    let correlations: Vec<(String, Vec<String>)> = names.zip(evaluated.correlations.iter().map(coefficients)).collect();
    Answer {
        said: results.iter().map(|one| format!("{} = {}", one.name, one.reported)).collect::<Vec<_>>().join("; "),
        faults: Vec::new(),
        warnings: evaluated.findings.iter().map(|finding| said(text, finding, words)).collect(),
        title: evaluated.file.title.clone(),
        origin: evaluated.file.origin.clone(),
        formula: if length > LONGEST_FORMULA { Vec::new() } else { formula },
        correlations: if results.len() > 1 { correlations } else { Vec::new() },
        results,
    }
}

fn said(text: &str, finding: &Finding, words: &Words) -> Said {
    let length = finding.data.get("length").and_then(|length| length.parse().ok()).unwrap_or(1);
    let at = finding.position;
    let place = at.map(|at| {
        let (line, column) = (at.line.to_string(), at.column.to_string());
        words.say("model-page-place", &[("line", &line), ("column", &column)])
    });
    // Of a warning about the whole there is no place to show.
    let marked = at.filter(|_| finding.severity == Severity::Error).map(|at| marked(text, at, length));
    Said { sentence: words.finding(&finding.code, &finding.data), place, marked }
}

fn shown(id: usize, output: &Outcome, evaluated: &Evaluated, words: &Words) -> Shown {
    let Estimate { value, standard_uncertainty, degrees_of_freedom, unit } = &output.linear.estimate;
    let say = |code: &str| words.say(code, &[]);
    let probability = percent(evaluated.file.coverage_probability, 2).replace(".00", "");
    let u = if output.is_unknown() { say("uncertainty-unknown") } else { size_in(*standard_uncertainty, unit) };
    let mut facts = vec![(String::from("u"), u)];
    match output.expanded {
        _ if output.is_unknown() => {}
        Some(Expanded { factor, uncertainty: expanded }) => {
            facts.push((String::from("k"), significant(factor, 3)));
            facts.push((String::from("U"), size_in(expanded, unit)));
            facts.push((say("model-page-degrees"), degrees(*degrees_of_freedom)));
        }
        None => facts.push((say("model-page-degrees"), say("model-page-degrees-do-not-hold"))),
    }
    facts.push((String::from("p"), probability.clone()));
    facts.extend(truncated(output, words));
    if let Some(second) = output.linear.second_order {
        let (u, bias) = (size_in(second.standard_uncertainty, unit), size_in(second.bias, unit));
        facts.push((
            say("model-page-second-order"),
            words.say("model-page-second-order-is", &[("u", &u), ("bias", &bias)]),
        ));
    }
    let (shape, verdict) = verdict(output, words);
    let ends = |interval: &Interval, u: f64| format!("[{}, {}]", estimate(interval.low, u), estimate(interval.high, u));
    let mut methods = vec![Method {
        name: say("model-page-linear"),
        estimate: estimate(*value, *standard_uncertainty),
        uncertainty: size(*standard_uncertainty),
        interval: output.linear_interval().map(|interval| ends(&interval, *standard_uncertainty)).unwrap_or_default(),
        shortest: String::new(),
    }];
    if let Some(simulation) = &output.simulation {
        let absent = || String::from("–");
        let half = (simulation.symmetric.high - simulation.symmetric.low) / 2.0;
        // Digits as of u; of half the interval where there is none.
        let width = simulation.standard_uncertainty.unwrap_or(half);
        methods.push(Method {
            name: say("model-page-monte-carlo"),
            estimate: simulation.mean.map_or_else(absent, |mean| estimate(mean, width)),
            uncertainty: simulation.standard_uncertainty.map_or_else(absent, size),
            interval: ends(&simulation.symmetric, width),
            shortest: ends(&simulation.shortest, width),
        });
    }
    Shown {
        id,
        name: output.linear.name.clone(),
        reported: stated(output, &probability, words),
        shape,
        verdict,
        facts,
        methods,
        unit: in_unit(unit),
        probability,
        trials: output.simulation.as_ref().map(|simulation| trials(evaluated.trials, simulation, words)),
        histogram: histogram(output, evaluated.file.coverage_probability, words),
        bars: (*standard_uncertainty > 0.0).then(|| Drawn::of(&BudgetPicture::of(&output.linear).picture(words))),
        budget: output.linear.budget.iter().map(|line| row(line, words)).collect(),
        conformance: conformance(output, unit, words),
    }
}

/// k and U with ν_eff as a table of t has it, as books print them (JCGM 100:2008, G.4.1, note 1).
fn truncated(output: &Outcome, words: &Words) -> Option<(String, String)> {
    let (whole, expanded) = output.truncated?;
    let data = [
        ("degrees", degrees(whole)),
        ("factor", significant(expanded.factor, 3)),
        ("expanded", with_unit(&significant(expanded.uncertainty, 2), &output.linear.estimate.unit.of_difference())),
    ];
    let data = data.each_ref().map(|(name, value)| (*name, value.as_str()));
    Some((words.say("model-page-truncated", &[]), words.say("model-page-truncated-is", &data)))
}

/// What should be passed on: the result of the trials with its interval where they do not let the linear one stand.
fn stated(output: &Outcome, probability: &str, words: &Words) -> String {
    let Stated { method, reported } = output.stated();
    match reported.interval_text().filter(|_| method == ValidMethod::MonteCarlo) {
        Some(interval) => {
            let facts = [("text", reported.text()), ("interval", interval), ("p", probability.to_owned())];
            words.say("model-page-stated-by-trials", &facts.each_ref().map(|(name, value)| (*name, value.as_str())))
        }
        None => reported.text(),
    }
}

/// Whether the linear interval stands, as a shape and a sentence.
fn verdict(output: &Outcome, words: &Words) -> (&'static str, String) {
    let unit = &output.linear.estimate.unit;
    match output.validation() {
        Some(validation) => {
            let (shape, code) = if validation.is_validated() {
                (shape::GOOD, "model-page-validated")
            } else {
                (shape::ATTENTION, "model-page-not-validated")
            };
            let number = |number: f64| size_in(number, unit);
            let tolerance = with_unit(&significant(validation.tolerance, 1), &unit.of_difference());
            let (low, high) = (number(validation.low_difference), number(validation.high_difference));
            (shape, words.say(code, &[("tolerance", &tolerance), ("low", &low), ("high", &high)]))
        }
        None => (shape::UNKNOWN, words.say("model-page-not-compared", &[])),
    }
}

fn trials(count: u64, simulation: &Simulation, words: &Words) -> String {
    let said = words.say("model-page-trials", &[("trials", &decimal(&count_of(count)))]);
    let mut all = vec![said];
    if let Some(tail) = &simulation.heavy_tail {
        let facts = [("input", tail.input.as_str()), ("degrees", &degrees(tail.degrees_of_freedom))];
        all.push(words.say("uncertainty-without-standard-deviation", &facts));
    }
    if simulation.not_finite > 0 {
        let lost = decimal(&count_of(simulation.not_finite));
        all.push(words.say("uncertainty-not-finite", &[("count", &lost)]));
    }
    all.join(" ")
}

fn count_of(count: u64) -> Decimal {
    Decimal::new(count.into(), 0)
}

fn conformance(output: &Outcome, unit: &Unit, words: &Words) -> Vec<String> {
    let Some(limits) = output.tolerance else { return Vec::new() };
    let end = |limit: Option<f64>, absent: &str| {
        limit.map_or_else(|| absent.to_owned(), |limit| estimate_in(limit, 0.0, unit))
    };
    let ToleranceInterval { lower, upper } = limits;
    let (lower, upper) = (end(lower, "−∞"), end(upper, "∞"));
    let mut said = vec![words.say("model-page-limits", &[("lower", &lower), ("upper", &upper)])];
    let mut add = |code: &str, probability: Option<f64>| {
        if let Some(probability) = probability {
            said.push(words.say(code, &[("probability", &percent(probability, 2))]));
        }
    };
    add("model-page-conforms", output.conformance_probability());
    add("model-page-conforms-counted", output.simulation.as_ref().and_then(|one| one.conformance_probability));
    said
}

/// The trials with the linear result over them.
fn histogram(output: &Outcome, coverage_probability: f64, words: &Words) -> Option<Drawn> {
    let varies = |simulation: &&Simulation| simulation.standard_uncertainty.is_none_or(|u| u > 0.0);
    let simulation = output.simulation.as_ref().filter(varies)?;
    let Estimate { value, standard_uncertainty, unit, .. } = &output.linear.estimate;
    let beyond = simulation.histogram.below() + simulation.histogram.above();
    let bins = Bins::of(simulation.histogram.bins().map(|bin| (bin.low, bin.high, bin.count)), beyond);
    let bar = |kind, Interval { low, high }| CoverageBar { kind, low, high };
    let linear = output.linear_interval().map(|interval| bar(IntervalKind::Linear, interval));
    let trials = [bar(IntervalKind::Symmetric, simulation.symmetric), bar(IntervalKind::Shortest, simulation.shortest)];
    let picture = HistogramPicture {
        name: output.linear.name.clone(),
        unit: unit.clone(),
        bins,
        mean: simulation.mean,
        standard_uncertainty: simulation.standard_uncertainty,
        linear: (*value, *standard_uncertainty),
        coverage_probability,
        intervals: linear.into_iter().chain(trials).collect(),
    };
    Some(Drawn::of(&picture.picture(words)))
}

fn row(line: &Line, words: &Words) -> Row {
    let u = line.standard_uncertainty;
    // What is not known is no zero.
    let known = |text: String| if line.shape == Shape::Unknown { words.say("uncertainty-unknown", &[]) } else { text };
    Row {
        input: line.input.clone(),
        distribution: words.say(distribution(line.shape), &[]),
        estimate: estimate_in(line.estimate, u, &line.unit),
        uncertainty: known(size_in(u, &line.unit)),
        degrees: known(degrees(line.degrees_of_freedom)),
        sensitivity: size(line.sensitivity),
        contribution: known(size(line.contribution)),
        share: known(percent(line.share, 1)),
    }
}

fn distribution(shape: Shape) -> &'static str {
    match shape {
        Shape::Constant => "model-page-shape-constant",
        Shape::Unknown => "model-page-shape-unknown",
        Shape::Normal { .. } => "model-page-shape-normal",
        Shape::Uniform { .. } | Shape::AsymmetricUniform { .. } => "model-page-shape-uniform",
        Shape::Triangular { .. } => "model-page-shape-triangular",
        Shape::Arcsine { .. } => "model-page-shape-arcsine",
        Shape::Trapezoid { .. } => "model-page-shape-trapezoid",
        Shape::CurvilinearTrapezoid { .. } => "model-page-shape-curvilinear",
        Shape::Student { .. } => "model-page-shape-t",
        Shape::Exponential { .. } => "model-page-shape-exponential",
        Shape::Gamma { .. } => "model-page-shape-gamma",
    }
}

/// The unit as it stands behind a quantity in a head: `u / nm`.
fn in_unit(unit: &Unit) -> String {
    let symbol = unit.of_difference().symbol();
    if symbol == "1" { String::new() } else { format!("/\u{a0}{symbol}") }
}

/// A coefficient of correlation to three decimals.
fn rounded(r: f64) -> String {
    Decimal::from_f64(r).map_or_else(String::new, |exact| decimal(&exact.rounded(-3, RoundingRule::Gum726)))
}
