//! A model with all that was asked for of it.

use heng_quantity::coverage::ReportError;
use heng_quantity::{Coverage, Decimal, Estimate, Finding, Reported, RoundingRule};
use heng_uncertainty::student::quantile;
use heng_uncertainty::{
    EllipsoidalRegion, EvaluationError, Interval, JointSimulation, ModelFile, OutputEvaluation, RectangularRegion,
    SecondOrder, Simulation, Stability, ToleranceInterval, Trials, Validation, evaluate_linear, simulate_jointly,
    simulate_within,
};
use heng_wording::Words;

use super::adaptive::adaptively;
use crate::arguments::{Method, UncertaintyOfModel};
use crate::failure::Failure;
use crate::model_source::model_file;

/// Trials of Monte Carlo, where nothing else is asked for (JCGM 101:2008, 7.2.2, note 1: often enough for 95 %).
const USUAL_TRIALS: u64 = 1_000_000;

/// Digits of u to which the clause 8 validation of JCGM 101 compares, where nothing else is asked for.
const VALIDATED_DIGITS: u8 = 1;

/// Of more results nobody asks for a region of all together.
const MOST_TOGETHER: usize = 16;

/// What was asked for.
pub struct Asked {
    /// How.
    pub method: Method,
    /// How many trials, or how many at most.
    pub trials: Option<u64>,
    /// The significant digits of u that count.
    pub digits: Option<u8>,
    /// The seed of the trials.
    pub seed: u64,
    /// p.
    pub probability: f64,
}

/// A model, evaluated.
pub struct Evaluated {
    /// The model with its inputs.
    pub file: ModelFile,
    /// What was asked for.
    pub asked: Asked,
    /// The results, in the order of the model.
    pub outputs: Vec<EvaluatedOutput>,
    /// r between the results, to first order.
    pub correlations: Vec<Vec<f64>>,
    /// Coverage regions of several results together, to first order (JCGM 102:2011, 6.5).
    pub regions: (Option<EllipsoidalRegion>, Option<RectangularRegion>),
    /// What was drawn.
    pub run: Option<Run>,
}

/// What was drawn.
pub struct Run {
    /// All trials.
    pub trials: u64,
    /// Their seed.
    pub seed: u64,
    /// h, of the adaptive method.
    pub sequences: Option<u64>,
    /// How far each result has stabilized, of the adaptive method.
    pub stabilities: Vec<Stability>,
    /// What the trials say of each result.
    pub simulations: Vec<Simulation>,
    /// What they say of several results together.
    pub joint: Option<JointSimulation>,
}

/// One result.
pub struct EvaluatedOutput {
    /// By the law of propagation.
    pub linear: OutputEvaluation,
    /// As it is stated: by the method that was asked for, with U where there is one, else with u.
    pub reported: Reported,
    /// k and U to first order; absent where the effective degrees of freedom do not hold, since k would rest on them.
    pub expanded: Option<Expanded>,
    /// The same with ν_eff truncated to an integer, as a table of t asks for; where ν_eff is finite.
    pub truncated: Option<(f64, Expanded)>,
    /// To second order, where it was asked for.
    pub second_order: Option<(SecondOrder, Option<Expanded>)>,
    /// Its limits.
    pub tolerance: Option<ToleranceInterval>,
    /// By Monte Carlo.
    pub simulation: Option<Simulation>,
    /// How far that has stabilized.
    pub stability: Option<Stability>,
    /// Digits of u to which intervals are compared.
    digits: u8,
}

/// k and U = k u.
#[derive(Clone, Copy)]
pub struct Expanded {
    /// k.
    pub factor: f64,
    /// U.
    pub uncertainty: f64,
}

/// The method whose result stands beside the trials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Valid {
    Linear,
    SecondOrder,
    MonteCarlo,
}

impl EvaluatedOutput {
    /// y ± U to first order.
    pub fn linear_interval(&self) -> Option<Interval> {
        Some(about(self.linear.estimate.value, self.expanded?))
    }

    /// y ± U to second order.
    pub fn second_order_interval(&self) -> Option<Interval> {
        let (_, expanded) = self.second_order.as_ref()?;
        Some(about(self.linear.estimate.value, (*expanded)?))
    }

    /// The clause 8 comparison of the linear interval with that of the trials.
    pub fn validation(&self) -> Option<Validation> {
        let u = self.linear.estimate.standard_uncertainty;
        Some(Validation::of(self.linear_interval()?, u, self.simulation.as_ref()?.symmetric, self.digits))
    }

    /// The same of the interval to second order.
    pub fn second_order_validation(&self) -> Option<Validation> {
        let (second, _) = self.second_order.as_ref()?;
        let interval = self.second_order_interval()?;
        Some(Validation::of(interval, second.standard_uncertainty, self.simulation.as_ref()?.symmetric, self.digits))
    }

    /// The simplest method whose interval the trials validate; Monte Carlo itself where they validate none. Nothing where there is no interval that
    /// could be compared.
    pub fn valid(&self) -> Option<Valid> {
        self.validation()?;
        let holds = |validation: Option<Validation>| validation.is_some_and(|validation| validation.is_validated());
        Some(if holds(self.validation()) {
            Valid::Linear
        } else if holds(self.second_order_validation()) {
            Valid::SecondOrder
        } else {
            Valid::MonteCarlo
        })
    }

    /// The conformance probability of a normal quantity, where there are limits.
    pub fn conformance_probability(&self) -> Option<f64> {
        let Estimate { value, standard_uncertainty, .. } = self.linear.estimate;
        Some(self.tolerance?.conformance_probability(value, standard_uncertainty))
    }

    /// What the result should not be used without.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = if self.second_order.is_some() { Vec::new() } else { self.linear.findings() };
        if let Some(stability) = self.stability.as_ref().filter(|stability| !stability.is_reached()) {
            let finding = Finding::warning("adaptive-not-stable").with("output", &self.linear.name);
            findings.push(finding.with("tolerance", crate::figures::number(stability.numerical_tolerance)));
        }
        findings
    }
}

fn about(value: f64, expanded: Expanded) -> Interval {
    Interval { low: value - expanded.uncertainty, high: value + expanded.uncertainty }
}

/// As many threads as the machine offers.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Evaluates a model by the method that is asked for, and by the law of propagation in any case.
pub fn evaluated(arguments: &UncertaintyOfModel, words: &Words) -> Result<Evaluated, Failure> {
    let (file, source) = model_file(&arguments.file, words)?;
    let failed = |error: &dyn std::fmt::Display| {
        Failure::new("error-model-evaluated").with("path", arguments.file.display()).with("reason", error)
    };
    let wrong = |error: EvaluationError| source.of_model(&error.finding(source.model_start()), words);
    let asked = Asked {
        method: arguments.method,
        trials: arguments.trials,
        digits: arguments.digits,
        seed: arguments.seed,
        probability: arguments.coverage.unwrap_or(file.coverage_probability),
    };
    if !(asked.probability > 0.0 && asked.probability < 1.0) {
        return Err(source.of_model(&Finding::error("evaluation-probability"), words));
    }
    let evaluation = evaluate_linear(&file.model, &file.inputs, &file.correlations).map_err(wrong)?;
    let tolerances = file.tolerances(&evaluation.outputs).map_err(|finding| source.of_model(&finding, words))?;
    let run = match asked.method {
        Method::Linear | Method::SecondOrder => None,
        Method::MonteCarlo | Method::Both => Some(simulated(&file, &asked, &tolerances).map_err(wrong)?),
        Method::Adaptive => Some(adaptively(&file, &asked, &tolerances).map_err(wrong)?),
    };
    let regions = if evaluation.outputs.len() > 1 {
        (evaluation.ellipsoidal_region(asked.probability), evaluation.rectangular_region(asked.probability))
    } else {
        (None, None)
    };
    let mut outputs = Vec::with_capacity(evaluation.outputs.len());
    for linear in evaluation.outputs {
        if asked.method == Method::SecondOrder && linear.second_order.is_none() {
            let failure = Failure::new("error-uncertainty-no-second-order").with("path", arguments.file.display());
            return Err(failure.with("output", &linear.name));
        }
        outputs.push(output(linear, &asked, &tolerances, run.as_ref()).map_err(|error| failed(&error))?);
    }
    Ok(Evaluated { file, asked, outputs, correlations: evaluation.correlations, regions, run })
}

fn simulated(
    file: &ModelFile,
    asked: &Asked,
    tolerances: &[(String, ToleranceInterval)],
) -> Result<Run, EvaluationError> {
    let trials = Trials {
        count: asked.trials.unwrap_or(USUAL_TRIALS),
        seed: asked.seed,
        probability: asked.probability,
        threads: threads(),
    };
    let simulations = simulate_within(&file.model, &file.inputs, &file.correlations, &trials, tolerances)?;
    let joint = if (2..=MOST_TOGETHER).contains(&simulations.len()) {
        Some(simulate_jointly(&file.model, &file.inputs, &file.correlations, &trials)?)
    } else {
        None
    };
    let (trials, seed) = (trials.count, trials.seed);
    Ok(Run { trials, seed, sequences: None, stabilities: Vec::new(), simulations, joint })
}

fn output(
    linear: OutputEvaluation,
    asked: &Asked,
    tolerances: &[(String, ToleranceInterval)],
    run: Option<&Run>,
) -> Result<EvaluatedOutput, ReportError> {
    let Estimate { standard_uncertainty, degrees_of_freedom, .. } = linear.estimate;
    let holds = linear.effective_degrees_hold;
    let expanded = |u: f64, degrees_of_freedom: f64| {
        let factor = quantile((1.0 + asked.probability) / 2.0, degrees_of_freedom);
        Expanded { factor, uncertainty: factor * u }
    };
    let truncated = linear.estimate.truncated_degrees_of_freedom();
    let truncated = (holds && truncated.is_finite() && truncated >= 1.0)
        .then(|| (truncated, expanded(standard_uncertainty, truncated)));
    // k is that of the first-order ν_eff: no formula gives one to second order.
    let second_order = linear
        .second_order
        .filter(|_| matches!(asked.method, Method::SecondOrder | Method::Both))
        .map(|second| (second, holds.then(|| expanded(second.standard_uncertainty, degrees_of_freedom))));
    let stated = match (&second_order, asked.method) {
        (Some((second, _)), Method::SecondOrder) => {
            Estimate { standard_uncertainty: second.standard_uncertainty, ..linear.estimate.clone() }
        }
        _ => linear.estimate.clone(),
    };
    let probability = Decimal::from_f64(asked.probability).unwrap_or_else(|| Decimal::from(0));
    let coverage = if holds { Coverage::Probability { probability, quantile } } else { Coverage::Standard };
    let reported = stated.reported(rounding(asked.digits), &coverage)?;
    let simulation = run.and_then(|run| run.simulations.iter().find(|one| one.name == linear.name)).cloned();
    let stability = run.and_then(|run| run.stabilities.iter().find(|one| one.name == linear.name)).cloned();
    Ok(EvaluatedOutput {
        reported,
        expanded: holds.then(|| expanded(standard_uncertainty, degrees_of_freedom)),
        truncated,
        second_order,
        tolerance: tolerances.iter().find(|(name, _)| *name == linear.name).map(|(_, tolerance)| *tolerance),
        simulation,
        stability,
        digits: asked.digits.unwrap_or(VALIDATED_DIGITS),
        linear,
    })
}

/// Two significant digits of uncertainty; one as JJF 1059.1-2012, 5.3.8, has it, which keeps two where the first is 1 or 2.
pub fn rounding(digits: Option<u8>) -> RoundingRule {
    if digits == Some(1) { RoundingRule::Jjf10591OneDigit } else { RoundingRule::Gum726 }
}
