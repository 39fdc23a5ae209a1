//! `heng compare`: what the laboratories of a round say together.

mod show;

use std::path::Path;
use std::process::ExitCode;

use heng_checker::round::{round_of, told_on};
use heng_checker::{Bundle, Dossier};
use heng_comparison::file::{read_results_table, read_round};
use heng_comparison::reference_value::Estimator;
use heng_comparison::round::Reference;
use heng_comparison::{Round, RoundEvaluation};
use heng_office::said::findings_json;
use heng_quantity::{Finding, Unit};
use heng_view::round::ItemEvaluation;
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::{Compare, Estimators};
use crate::failure::{Failure, Outcome, read};
use crate::html;
use crate::print::{self, has_error};
use crate::source_text::{Table, is_table, read_text, refuse, typed_unit};

pub use show::shown_outcome;

/// A round with everything that it says.
pub struct Compared {
    /// The round.
    pub round: Round,
    /// What it says.
    pub evaluation: RoundEvaluation,
    /// What the reader found, none of it an error.
    pub findings: Vec<Finding>,
}

/// Evaluates a round and prints it.
pub fn compare(arguments: &Compare, words: &Words) -> Outcome {
    let compared = match compared(arguments)? {
        Ok(compared) => compared,
        Err(findings) => return Ok(refuse(&findings, &arguments.file, arguments.json, words)),
    };
    if let Some(path) = &arguments.html {
        html::comparison(path, &compared, words)?;
    }
    if arguments.json {
        print::line(format_args!("{:#}", of(&compared, arguments.estimator, words)));
    } else {
        show::show(&compared, arguments.estimator, &arguments.file.display().to_string(), words);
    }
    Ok(ExitCode::SUCCESS)
}

/// The evaluation, or the findings that leave no round.
fn compared(arguments: &Compare) -> Result<Result<Compared, Vec<Finding>>, Failure> {
    if let Some(bundle) = bundle_in(&arguments.file)? {
        return of_bundle(&bundle, arguments);
    }
    let typed = typed_unit(arguments.unit.as_ref())?;
    let text = match read_text(&arguments.file)? {
        Ok(text) => text,
        Err(finding) => return Ok(Err(vec![finding])),
    };
    let (round, findings) = if is_table(&arguments.file) {
        table(&text, typed.as_ref(), arguments.quantity.as_deref().unwrap_or_default())
    } else {
        read_round(&text)
    };
    let Some(mut round) = round.filter(|_| !has_error(&findings)) else { return Ok(Err(findings)) };
    // A value that was found independently of the results stays what they are held against.
    if let (Estimators::One(estimator), None) = (arguments.estimator, round.reference) {
        round.reference = Some(Reference::Estimator(estimator));
    }
    let evaluation = round.evaluation();
    Ok(Ok(Compared { round, evaluation, findings }))
}

/// The bundle that a file is, by its bytes.
fn bundle_in(path: &Path) -> Result<Option<Bundle>, Failure> {
    let bytes = read(path)?;
    Ok(if bytes.starts_with(b"{") { Bundle::parse(&bytes).ok() } else { None })
}

/// The opened results of a round of the log, by the protocol; where it has several items, the one that was asked for or the first. Whether the
/// round tells the truth is another question: `heng check` answers it.
fn of_bundle(bundle: &Bundle, arguments: &Compare) -> Result<Result<Compared, Vec<Finding>>, Failure> {
    let unreadable = |reason: &str| Failure::unreadable("error-no-round-in-bundle").with("reason", reason);
    let dossier = Dossier::open(bundle).map_err(|reason| unreadable(&reason.code))?;
    let log = round_of(&dossier, None).ok_or_else(|| unreadable("no announcement"))?;
    let state = log.state(told_on(&dossier));
    if state.evaluations.is_empty() {
        return Ok(Err(vec![Finding::error("round-not-opened-yet")]));
    }
    let findings: Vec<Finding> = state
        .findings
        .iter()
        .map(|finding| finding.finding(log.announcement.code(&finding.party).unwrap_or(&finding.party)))
        .collect();
    let is_asked = |item: &&ItemEvaluation| arguments.item.as_ref().is_none_or(|asked| item.item == *asked);
    let known: Vec<&str> = state.evaluations.iter().map(|item| item.item.as_str()).collect();
    let Some(item) = state.evaluations.iter().find(is_asked) else {
        let asked = arguments.item.clone().unwrap_or_default();
        return Ok(Err(vec![Finding::error("round-no-such-item").with("item", asked).with("known", known.join(" "))]));
    };
    let mut round = item.round.clone();
    if let Estimators::One(estimator) = arguments.estimator {
        round.reference = Some(Reference::Estimator(estimator));
    }
    let evaluation = round.evaluation();
    Ok(Ok(Compared { round, evaluation, findings }))
}

fn table(text: &str, typed: Option<&Unit>, quantity: &str) -> (Option<Round>, Vec<Finding>) {
    let mut table = Table::of(text);
    // A table without a unit is of numbers.
    let unit = table.unit_of("value", typed).unwrap_or_else(Unit::one);
    table.expect_difference_of(&["u", "U"], &unit);
    let (round, findings) = read_results_table(&table.text, quantity, unit);
    table.findings.extend(findings);
    (round, table.findings)
}

/// The name of an estimator in documents and on the command line.
pub fn name(estimator: Estimator) -> String {
    json!(estimator).as_str().unwrap_or_default().to_owned()
}

fn of(compared: &Compared, estimators: Estimators, words: &Words) -> Value {
    let mut evaluation = json!(compared.evaluation);
    if let Estimators::One(one) = estimators
        && let Some(estimates) = evaluation.pointer_mut("/reference_values/result/estimates")
        && let Some(estimates) = estimates.as_array_mut()
    {
        let name = json!(name(one));
        estimates.retain(|estimate| estimate.get("estimator") == Some(&name));
    }
    let laboratories: Vec<Value> = compared
        .round
        .laboratories
        .iter()
        .map(|laboratory| {
            json!({
                "laboratory": laboratory.name,
                "value": laboratory.value,
                "standard_uncertainty": laboratory.standard_uncertainty,
                "coverage_factor": laboratory.coverage_factor,
                "degrees_of_freedom": crate::figures::finite(laboratory.degrees_of_freedom),
            })
        })
        .collect();
    if let Some(evaluation) = evaluation.as_object_mut() {
        evaluation.insert("title".to_owned(), json!(compared.round.title));
        evaluation.insert("source".to_owned(), json!(compared.round.source));
        evaluation.insert("unit_symbol".to_owned(), json!(compared.round.unit.symbol()));
        evaluation.insert("settings".to_owned(), json!(compared.round.settings));
        evaluation.insert("results".to_owned(), json!(laboratories));
        evaluation.insert("findings".to_owned(), json!(findings_json(&compared.findings, words)));
    }
    evaluation
}
