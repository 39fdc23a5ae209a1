//! Reports written as pages.

use std::path::Path;

use heng_comparison::{Study, StudyEvaluation};
use heng_picture::Bins;
use heng_picture::report::{
    self, CalibrationReport, DecisionReport, ReportedOutput, ReportedTrials, UncertaintyReport,
};
use heng_quantity::{Finding, Unit};
use heng_uncertainty::conformity::decision::Decision;
use heng_uncertainty::curve::CalibrationLine;
use heng_uncertainty::{Histogram, Outcome, ValidMethod, Validation};
use heng_wording::Words;

use crate::compare::Compared;
use crate::failure::{Failure, write};
use crate::print;
use crate::uncertainty::evaluated::{Evaluated, Run};

/// k of the bars and bands about a line (JCGM 100:2008, 6.3.3: in the range 2 to 3).
const USUAL_FACTOR: f64 = 2.0;

/// The report of a model.
pub fn uncertainty(path: &Path, evaluated: &Evaluated, words: &Words) -> Result<(), Failure> {
    let outputs = &evaluated.outputs;
    let report = UncertaintyReport {
        title: evaluated.file.title.as_deref(),
        source: evaluated.file.origin.as_deref(),
        model: &evaluated.file.model,
        coverage_probability: evaluated.asked.probability,
        outputs: outputs.iter().map(|output| reported(output, evaluated.run.as_ref())).collect(),
        findings: evaluated.findings(),
    };
    written(path, &report::uncertainty(&report, words), words)
}

/// The report of a round.
pub fn comparison(path: &Path, compared: &Compared, words: &Words) -> Result<(), Failure> {
    written(path, &report::comparison(&compared.round, &compared.evaluation, words), words)
}

/// The report of a decision.
pub fn decision(path: &Path, (name, unit): (&str, &Unit), decision: &Decision, words: &Words) -> Result<(), Failure> {
    let report = DecisionReport { title: None, source: None, name, unit, decision };
    written(path, &report::decision(&report, words), words)
}

/// The report of a line, with U for k = 2 at the points and about the line.
pub fn fit(
    path: &Path,
    (title, line): (Option<&str>, &CalibrationLine),
    units: [&Unit; 2],
    words: &Words,
) -> Result<(), Failure> {
    let report = CalibrationReport {
        title,
        source: None,
        line,
        names: ["x".to_owned(), "y".to_owned()],
        units: units.map(Clone::clone),
        coverage_factor: USUAL_FACTOR,
    };
    written(path, &report::calibration(&report, words), words)
}

/// The report of a study of a reference material.
pub fn material(
    path: &Path,
    study: &Study,
    evaluation: &StudyEvaluation,
    findings: &[Finding],
    words: &Words,
) -> Result<(), Failure> {
    written(path, &report::material(study, evaluation, findings, words), words)
}

fn written(path: &Path, page: &str, words: &Words) -> Result<(), Failure> {
    write(path, page.as_bytes())?;
    print::note(words.say("written", &[("path", &path.display().to_string())]));
    Ok(())
}

/// A result as the report shows it.
fn reported<'a>(output: &'a Outcome, run: Option<&Run>) -> ReportedOutput<'a> {
    let validation = output.validation();
    let trials = output.simulation.as_ref().zip(run).map(|(simulation, run)| ReportedTrials {
        count: run.trials,
        seed: run.seed,
        mean: simulation.mean,
        standard_uncertainty: simulation.standard_uncertainty,
        heavy_tail: simulation.heavy_tail.clone(),
        symmetric: simulation.symmetric,
        shortest: simulation.shortest,
        bins: bins(&simulation.histogram),
        validation: validation.as_ref().map(|one: &Validation| (one.is_validated(), one.tolerance)),
    });
    let stated = output.stated();
    let is_by_trials = stated.method == ValidMethod::MonteCarlo;
    ReportedOutput {
        output: &output.linear,
        not_validated: is_by_trials.then(|| output.reported.text()),
        stated,
        expanded: output.expanded.map(|expanded| (expanded.factor, expanded.uncertainty)),
        tolerance: output.tolerance,
        trials,
    }
}

/// How often the trials fell where.
fn bins(histogram: &Histogram) -> Bins {
    let bins = histogram.bins().map(|bin| (bin.low, bin.high, bin.count));
    Bins::of(bins, histogram.below() + histogram.above())
}
