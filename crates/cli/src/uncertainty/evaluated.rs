//! A model with all that was asked for of it.

use heng_quantity::Finding;
use heng_quantity::coverage::ReportError;
use heng_uncertainty::{
    EllipsoidalRegion, EvaluationError, JointSimulation, ModelFile, Order, Outcome, OutputEvaluation,
    RectangularRegion, Simulation, Stability, Terms, ToleranceInterval, Trials, evaluate_linear, simulate_jointly,
    simulate_within,
};
use heng_wording::Words;

use super::adaptive::adaptively;
use crate::arguments::{Method, UncertaintyOfModel};
use crate::failure::Failure;
use crate::model_source::model_file;

/// Trials of Monte Carlo, where nothing else is asked for (JCGM 101:2008, 7.2.2, note 1: often enough for 95 %).
const USUAL_TRIALS: u64 = 1_000_000;

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

impl Asked {
    /// On what terms results are stated.
    pub fn terms(&self) -> Terms {
        let order = if self.method == Method::SecondOrder { Order::Second } else { Order::First };
        Terms { probability: self.probability, digits: self.digits, order }
    }

    /// Whether what follows to second order is shown beside the rest.
    pub fn shows_second_order(&self) -> bool {
        matches!(self.method, Method::SecondOrder | Method::Both)
    }
}

impl Evaluated {
    /// What the results should not be used without; terms of second order are no news where they are shown.
    pub fn findings(&self) -> Vec<Finding> {
        self.outputs.iter().flat_map(|output| self.findings_of(output)).collect()
    }

    /// The same of one result.
    pub fn findings_of(&self, output: &Outcome) -> Vec<Finding> {
        let is_news = |finding: &Finding| !(self.asked.method == Method::Both && finding.code == "second-order-terms");
        output.findings().into_iter().filter(is_news).collect()
    }
}

/// A model, evaluated.
pub struct Evaluated {
    /// The model with its inputs.
    pub file: ModelFile,
    /// What was asked for.
    pub asked: Asked,
    /// The results, in the order of the model.
    pub outputs: Vec<Outcome>,
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
) -> Result<Outcome, ReportError> {
    let of = |name: &String| *name == linear.name;
    let tolerance = tolerances.iter().find(|(name, _)| of(name)).map(|(_, tolerance)| *tolerance);
    let simulation = run.and_then(|run| run.simulations.iter().find(|one| of(&one.name))).cloned();
    let stability = run.and_then(|run| run.stabilities.iter().find(|one| of(&one.name))).cloned();
    Ok(Outcome::of(linear, asked.terms())?.within(tolerance).beside(simulation, stability))
}
