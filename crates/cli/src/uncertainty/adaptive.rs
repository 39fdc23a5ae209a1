//! The adaptive Monte Carlo method as a run of the command.

use heng_uncertainty::{Adaptive, EvaluationError, ModelFile, ToleranceInterval, simulate_adaptively};

use super::evaluated::{Asked, Run, threads};

/// Digits of u that are to be stable, where nothing else is asked for: as many as are reported.
const USUAL_DIGITS: u8 = 2;

/// The most trials, where nothing else is asked for.
const USUAL_MOST: u64 = 100_000_000;

/// Draws until the figures of every result are stable, or as many trials as are allowed.
pub fn adaptively(
    file: &ModelFile,
    asked: &Asked,
    tolerances: &[(String, ToleranceInterval)],
) -> Result<Run, EvaluationError> {
    let adaptive = Adaptive {
        digits: asked.digits.unwrap_or(USUAL_DIGITS),
        seed: asked.seed,
        probability: asked.probability,
        threads: threads(),
        most: asked.trials.unwrap_or(USUAL_MOST),
    };
    let found = simulate_adaptively(&file.model, &file.inputs, &file.correlations, &adaptive, tolerances)?;
    Ok(Run {
        trials: found.trials,
        seed: asked.seed,
        sequences: Some(found.sequences),
        stabilities: found.stabilities,
        simulations: found.outputs,
        joint: None,
    })
}
