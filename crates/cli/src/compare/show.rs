//! An evaluated round for people in a terminal.

use heng_comparison::Outcome;
use heng_comparison::homogeneity::{ItemHomogeneity, ItemStability};
use heng_comparison::reference_value::{Consensus, Consistency, ReferenceValues};
use heng_comparison::round::{AssignedValue, Reference};
use heng_comparison::score::Score;
use heng_quantity::Unit;
use heng_wording::Words;
use serde::Serialize;
use serde_json::json;

use super::Compared;
use crate::arguments::Estimators;
use crate::figures::{number, percent, quantity, score, table};
use crate::print;

/// Consistency, reference values, what the results are held against, and scores.
pub fn show(compared: &Compared, estimators: Estimators, path: &str, words: &Words) {
    let evaluation = &compared.evaluation;
    if let Some(title) = &compared.round.title {
        print::line(title);
    }
    for finding in &compared.findings {
        print::line(print::finding_line(path, finding, words));
    }
    let unit = &evaluation.unit;
    if let Some(values) = shown_outcome(evaluation.reference_values.as_ref(), words) {
        reference_values(values, estimators, unit, words);
        print::line("");
    }
    if matches!(estimators, Estimators::All) && !evaluation.robust.is_empty() {
        robust(compared, words);
        print::line("");
    }
    if !evaluation.laboratories.is_empty()
        && let Some(assigned) = shown_outcome(Some(&evaluation.assessment.assigned_value), words)
    {
        against(compared, assigned, estimators, words);
        print::line("");
    }
    if let Some(found) = shown_outcome(evaluation.homogeneity.as_ref(), words) {
        homogeneity(found, unit, words);
    }
    if let Some(found) = shown_outcome(evaluation.stability.as_ref(), words) {
        stability(found, unit, words);
    }
}

/// What a part gives; where it gives nothing, why is said.
pub fn shown_outcome<'a, T>(outcome: Option<&'a Outcome<T>>, words: &Words) -> Option<&'a T> {
    let outcome = outcome?;
    if let Some(refusal) = &outcome.refusal {
        let finding = refusal.finding();
        print::line(words.finding(&finding.code, &finding.data));
    }
    outcome.result.as_ref()
}

/// The word for a name of a document, such as an estimator's.
fn word(prefix: &str, named: impl Serialize, words: &Words) -> String {
    let name = json!(named).as_str().unwrap_or_default().replace('_', "-");
    words.say(&format!("{prefix}-{name}"), &[])
}

fn reference_values(values: &ReferenceValues, estimators: Estimators, unit: &Unit, words: &Words) {
    consistency(&values.consistency, words);
    if let Some(subset) = &values.largest_consistent_subset {
        let size = subset.size.to_string();
        let chi_squared = number(subset.chi_squared);
        print::line(words.say("compare-subset", &[("size", &size), ("chi-squared", &chi_squared)]));
    }
    let symbol = heads_unit(unit);
    let mut rows = vec![
        ["estimator", "reference", "u", "interval", "tau"]
            .map(|column| words.say(&format!("compare-column-{column}"), &[("unit", &symbol)]))
            .to_vec(),
    ];
    for estimate in &values.estimates {
        if let Estimators::One(one) = estimators
            && one != estimate.estimator
        {
            continue;
        }
        let name = word("estimator", estimate.estimator, words);
        rows.push(match (&estimate.consensus, &estimate.refusal) {
            (Some(found), _) => consensus(name, found),
            (None, Some(refusal)) => {
                let finding = refusal.finding();
                vec![name, words.finding(&finding.code, &finding.data)]
            }
            (None, None) => vec![name],
        });
    }
    print::text(&table(&rows));
    let estimator = word("estimator", values.recommendation.estimator, words);
    let reason = word("compare-reason", values.recommendation.reason, words);
    print::line(words.say("compare-recommended", &[("estimator", &estimator), ("reason", &reason)]));
}

fn consistency(found: &Consistency, words: &Words) {
    let facts = [
        ("chi-squared", number(found.chi_squared)),
        ("degrees", number(found.degrees_of_freedom)),
        ("p", percent(found.p_value)),
        ("birge", number(found.birge_ratio)),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say(if found.is_consistent { "compare-consistent" } else { "compare-inconsistent" }, &facts));
}

fn consensus(name: String, found: &Consensus) -> Vec<String> {
    let [low, high] = found.interval.map(number);
    let tau = found.between_laboratories.map(number).unwrap_or_default();
    vec![name, number(found.value), number(found.standard_uncertainty), format!("{low} … {high}"), tau]
}

fn robust(compared: &Compared, words: &Words) {
    let symbol = heads_unit(&compared.evaluation.unit);
    let mut rows = vec![
        ["robust", "location", "scale", "u"]
            .map(|column| words.say(&format!("compare-column-{column}"), &[("unit", &symbol)]))
            .to_vec(),
    ];
    for robust in &compared.evaluation.robust {
        let name = word("robust", robust.method, words);
        rows.push(match (&robust.outcome.result, &robust.outcome.refusal) {
            (Some(found), _) => {
                vec![name, number(found.location), number(found.scale), number(found.standard_uncertainty)]
            }
            (None, Some(refusal)) => {
                let finding = refusal.finding();
                vec![name, words.finding(&finding.code, &finding.data)]
            }
            (None, None) => vec![name],
        });
    }
    print::text(&table(&rows));
}

/// What the results are held against, and how each stands to it.
fn against(compared: &Compared, assigned: &AssignedValue, estimators: Estimators, words: &Words) {
    let evaluation = &compared.evaluation;
    let unit = &evaluation.unit;
    let from = match assigned.from {
        Reference::Stated(_) => words.say("compare-from-stated", &[]),
        Reference::HomogeneityMean => words.say("compare-from-homogeneity", &[]),
        Reference::Robust(method) => word("robust", method, words),
        Reference::Estimator(estimator) => word("estimator", estimator, words),
    };
    let (value, u) = (quantity(assigned.value, unit), quantity(assigned.standard_uncertainty, unit));
    let (expanded, k) = (quantity(assigned.expanded_uncertainty, unit), number(assigned.coverage_factor));
    let facts = [("from", from.as_str()), ("value", &value), ("u", &u), ("expanded", &expanded), ("k", &k)];
    print::line(words.say("compare-assigned", &facts));
    if let Some(sigma) = shown_outcome(evaluation.assessment.standard_deviation.as_ref(), words) {
        print::line(words.say("compare-sigma", &[("sigma", &quantity(*sigma, unit))]));
    }
    if let Some(preferred) = evaluation.assessment.preferred_score {
        print::line(word("compare-preferred", preferred, words));
    }
    let shown = match (estimators, assigned.from) {
        (Estimators::One(one), _) | (Estimators::All, Reference::Estimator(one)) => Some(one),
        _ => None,
    };
    let values = evaluation.reference_values.as_ref().and_then(|values| values.result.as_ref());
    let consensus = shown.and_then(|one| values.and_then(|values| values.by(one)));
    let has =
        |score: fn(&heng_comparison::round::LaboratoryScores) -> bool| evaluation.assessment.scores.iter().any(score);
    let has_degrees = consensus.is_some();
    let columns = [
        ("laboratory", true),
        ("value", true),
        ("u", true),
        ("difference", true),
        ("expanded-difference", has_degrees),
        ("z", has(|scores| scores.z.is_some())),
        ("z-prime", has(|scores| scores.z_prime.is_some())),
        ("zeta", has(|scores| scores.zeta.is_some())),
        ("e-n", has(|scores| scores.e_n.is_some())),
        ("percent-allowed", has(|scores| scores.percent_allowed.is_some())),
    ];
    let symbol = heads_unit(unit);
    let kept = |cells: Vec<String>| -> Vec<String> {
        cells.into_iter().zip(columns).filter(|(_, (_, is_shown))| *is_shown).map(|(cell, _)| cell).collect()
    };
    let heads = columns.map(|(column, _)| words.say(&format!("compare-column-{column}"), &[("unit", &symbol)]));
    let mut rows = vec![kept(heads.to_vec())];
    for (place, (laboratory, scores)) in
        compared.round.laboratories.iter().zip(&evaluation.assessment.scores).enumerate()
    {
        let degree = consensus.and_then(|consensus| consensus.degrees_of_equivalence.get(place));
        rows.push(kept(vec![
            laboratory.name.clone(),
            number(laboratory.value),
            laboratory.standard_uncertainty.map(number).unwrap_or_default(),
            number(degree.map_or(scores.difference, |degree| degree.difference)),
            degree.map(|degree| number(degree.expanded_uncertainty)).unwrap_or_default(),
            judged(scores.z, words),
            judged(scores.z_prime, words),
            judged(scores.zeta, words),
            judged(scores.e_n, words),
            judged(scores.percent_allowed, words),
        ]));
    }
    print::text(&table(&rows));
    print::line(words.say("compare-marks", &[]));
}

/// A score, with a mark where it is a signal.
fn judged(of: Option<Score>, words: &Words) -> String {
    let Some(of) = of else { return String::new() };
    format!("{}{}", score(of.value), word("compare-judgement", of.judgement, words))
}

fn homogeneity(found: &ItemHomogeneity, unit: &Unit, words: &Words) {
    let within = found.within_items.map_or_else(|| "—".to_owned(), |within| quantity(within, unit));
    let (between, mean) = (quantity(found.between_items, unit), quantity(found.mean, unit));
    let items = found.items.to_string();
    let facts = [("items", items.as_str()), ("mean", &mean), ("within", &within), ("between", &between)];
    print::line(words.say("compare-homogeneity", &facts));
    if let (Some(holds), Some(criterion)) = (found.is_homogeneous, found.criterion) {
        let code = if holds { "compare-homogeneous" } else { "compare-not-homogeneous" };
        print::line(words.say(code, &[("criterion", &quantity(criterion, unit))]));
    }
}

fn stability(found: &ItemStability, unit: &Unit, words: &Words) {
    let code = if found.is_stable { "compare-stable" } else { "compare-not-stable" };
    let (difference, criterion) = (quantity(found.difference, unit), quantity(found.criterion, unit));
    print::line(words.say(code, &[("difference", &difference), ("criterion", &criterion)]));
}

/// The unit of a column as it stands in its head: `/mm`, nothing where the unit is one.
pub fn heads_unit(unit: &Unit) -> String {
    let symbol = unit.symbol();
    if symbol == "1" {
        String::new()
    } else if symbol.contains(['/', '·', ' ']) {
        format!("/({symbol})")
    } else {
        format!("/{symbol}")
    }
}
