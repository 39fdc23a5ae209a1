//! A model evaluated by both methods, within bounds of size and time.

use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use heng_checker::Bounds;
use heng_quantity::{Finding, Severity};
use heng_uncertainty::{ModelFile, Order, Outcome, Terms, Trials, evaluate_linear, simulate_within};
use tokio::sync::Semaphore;

use crate::portal::Portal;
use crate::problem::Problem;
use crate::turns::begun;

/// Bytes of a text.
pub(crate) const LONGEST_TEXT: usize = 64 * 1024;

/// What models may ask for, those in files that are checked too.
pub(crate) const BOUNDS: Bounds = Bounds {
    files: 200,
    text: LONGEST_TEXT,
    inputs: 200,
    results: 20,
    // Each keeps a column of trials while they are computed.
    operations: 10_000,
    looked_up: 100_000_000,
};

/// Trials, where the model is small; JCGM 101:2008, 7.2.3 advises 10⁶ for a 95 % interval to one or two digits, which is more than a page waits for.
const MOST_TRIALS: u64 = 200_000;

/// Operations of all trials together.
const MOST_WORK: u64 = 200_000_000;

/// The same for everyone, so that the same model shows the same digits.
pub(crate) const SEED: u64 = 1;

/// How long a page waits.
#[derive(Clone, Copy)]
struct Patience {
    /// For its turn.
    turn: Duration,
    /// And then for the evaluation.
    evaluation: Duration,
}

const PATIENCE: Patience = Patience { turn: Duration::from_secs(5), evaluation: Duration::from_secs(15) };

/// A model with all that follows from it.
pub(crate) struct Evaluated {
    pub(crate) file: ModelFile,
    /// By both methods; without trials where the inputs have no joint distribution that could be drawn from.
    pub(crate) outputs: Vec<Outcome>,
    /// r of the results.
    pub(crate) correlations: Vec<Vec<f64>>,
    pub(crate) trials: u64,
    /// What the results should not be used without.
    pub(crate) findings: Vec<Finding>,
}

/// Evaluates a text on a thread of its own, a few at once. What is wrong with the text is a finding, and so is a model that takes too long.
pub(crate) async fn evaluate(portal: &Arc<Portal>, text: String) -> Result<Result<Evaluated, Finding>, Problem> {
    in_turn(portal.evaluating(), PATIENCE, move || evaluated(&text)).await
}

/// Does work in one of the turns, and no longer than there is patience.
async fn in_turn<T: Send + 'static>(
    turns: &Arc<Semaphore>,
    patience: Patience,
    work: impl FnOnce() -> Result<T, Finding> + Send + 'static,
) -> Result<Result<T, Finding>, Problem> {
    let Some(work) = begun(turns, patience.turn, work).await? else {
        return Ok(Err(Finding::error("model-busy")));
    };
    match tokio::time::timeout(patience.evaluation, work).await {
        Ok(evaluated) => evaluated.map_err(Problem::failure),
        Err(_) => Ok(Err(Finding::error("model-too-slow"))),
    }
}

/// The status of an answer with this evaluation.
pub(crate) fn status<T>(evaluated: &Result<T, Finding>) -> StatusCode {
    match evaluated {
        Ok(_) => StatusCode::OK,
        Err(finding) if finding.code == "model-busy" => StatusCode::TOO_MANY_REQUESTS,
        Err(_) => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

/// The model of a text by both methods, or why there is none.
fn evaluated(text: &str) -> Result<Evaluated, Finding> {
    let mut bounds = BOUNDS;
    bounds.hold_text(text)?;
    let file = ModelFile::parse_within(text, bounds.inputs)?;
    let size = bounds.take(&file)?;
    let linear = evaluate_linear(&file.model, &file.inputs, &file.correlations)
        .map_err(|error| error.finding(file.model_start()))?;
    let tolerances = file.tolerances(&linear.outputs)?;
    let trials = MOST_WORK.checked_div(size as u64).unwrap_or(MOST_TRIALS).min(MOST_TRIALS);
    let asked = Trials { count: trials, seed: SEED, probability: file.coverage_probability, threads: 1 };
    let simulated = simulate_within(&file.model, &file.inputs, &file.correlations, &asked, &tolerances);
    let mut findings = Vec::new();
    let mut simulations = match simulated {
        Ok(simulations) => simulations,
        // The linear result stands without the other one.
        Err(error) => {
            let mut finding = error.finding(file.model_start());
            finding.severity = Severity::Warning;
            findings.push(finding);
            Vec::new()
        }
    };
    simulations.reverse();
    let outputs = linear.outputs.into_iter().map(|output| {
        let tolerance = tolerances.iter().find(|(name, _)| *name == output.name).map(|(_, tolerance)| *tolerance);
        let terms = Terms { probability: file.coverage_probability, digits: None, order: Order::First };
        let name = output.name.clone();
        let outcome = Outcome::of(output, terms).map_err(|_| {
            let finding = Finding::error("evaluation-not-finite").at(file.model_start()).with("length", 1);
            finding.with("operand", name)
        })?;
        Ok(outcome.within(tolerance).beside(simulations.pop(), None))
    });
    let outputs = outputs.collect::<Result<Vec<_>, Finding>>()?;
    findings.splice(..0, outputs.iter().flat_map(Outcome::findings));
    Ok(Evaluated { outputs, correlations: linear.correlations, trials, findings, file })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::Arc;
    use std::time::Duration;

    use axum::http::StatusCode;
    use tokio::sync::Semaphore;

    use super::{PATIENCE, Patience, in_turn, status};

    const LITTLE: Duration = Duration::from_millis(30);

    /// Longer than any test runs.
    const ENOUGH: Duration = Duration::from_secs(600);

    #[tokio::test]
    async fn a_model_that_does_not_get_its_turn_is_answered_with_too_many_requests() {
        let turns = Arc::new(Semaphore::new(1));
        let patience = Patience { turn: LITTLE, evaluation: ENOUGH };
        let other = Arc::clone(&turns).acquire_owned().await.unwrap();
        let refused = in_turn(&turns, patience, || Ok(7)).await.ok().unwrap();
        assert_eq!(refused.as_ref().unwrap_err().code, "model-busy");
        assert_eq!(status(&refused), StatusCode::TOO_MANY_REQUESTS);
        drop(other);
        let done = in_turn(&turns, patience, || Ok(7)).await.ok().unwrap();
        assert_eq!((status(&done), done.unwrap()), (StatusCode::OK, 7));
    }

    /// Whoever waits is told; the turn stays taken until the work ends, so that nobody can start more work by impatience.
    #[tokio::test]
    async fn a_model_that_takes_too_long_is_not_waited_for_and_keeps_its_turn() {
        let turns = Arc::new(Semaphore::new(1));
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let patience = Patience { turn: ENOUGH, evaluation: LITTLE };
        let work = move || {
            let _ = ended.recv();
            Ok(7)
        };
        let slow = in_turn(&turns, patience, work).await.ok().unwrap();
        assert_eq!(slow.as_ref().unwrap_err().code, "model-too-slow");
        assert_eq!(status(&slow), StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(turns.available_permits(), 0);
        let impatient = Patience { turn: LITTLE, evaluation: ENOUGH };
        let next = in_turn(&turns, impatient, || Ok(7)).await.ok().unwrap();
        assert_eq!(next.unwrap_err().code, "model-busy");
        end.send(()).unwrap();
        let patient = Patience { turn: ENOUGH, evaluation: ENOUGH };
        assert_eq!(in_turn(&turns, patient, || Ok(8)).await.ok().unwrap().unwrap(), 8);
        assert_eq!(turns.available_permits(), 1);
    }

    /// What the page and its documentation say.
    #[test]
    fn a_page_waits_five_seconds_for_its_turn_and_fifteen_for_the_evaluation() {
        assert_eq!((PATIENCE.turn.as_secs(), PATIENCE.evaluation.as_secs()), (5, 15));
    }
}
