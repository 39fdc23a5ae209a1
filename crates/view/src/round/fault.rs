//! What makes an announcement unusable, and what makes a result unusable.

use std::collections::BTreeSet;

use heng_comparison::reference_value::Estimator;
use heng_comparison::robust::RobustMethod;
use heng_quantity::Finding;
use heng_statement::round::{Announcement, Protocol, RoundResult};
use serde::Deserialize;
use serde::de::value::{Error, StrDeserializer};

/// Two things give a Youden plot; more are rounds of their own.
const MOST_ITEMS: usize = 2;

/// The scores that a protocol may ask for, by the names of `heng-comparison/1`.
pub(super) const SCORES: [&str; 5] = ["e_n", "zeta", "z", "z_prime", "percent_allowed"];

/// A method by its name in documents.
pub(super) fn named<'de, T: Deserialize<'de>>(name: &'de str) -> Option<T> {
    T::deserialize(StrDeserializer::<Error>::new(name)).ok()
}

/// Why a round cannot be held as announced; nothing if it can.
pub fn faults(round: &Announcement) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut fault = |finding: Finding| found.push(finding);
    if round.number.trim().is_empty() || round.number.contains(['/', '?', '#', '\\']) {
        fault(Finding::error("round-number").with("number", &round.number));
    }
    if round.items.is_empty() || round.items.len() > MOST_ITEMS {
        fault(Finding::error("round-items").with("count", round.items.len()).with("most", MOST_ITEMS));
    }
    let things: BTreeSet<&str> = round.items.iter().map(|item| item.thing.as_str()).collect();
    if things.len() != round.items.len() {
        fault(Finding::error("round-item-twice"));
    }
    let parties: BTreeSet<&str> = round.participants.iter().map(|one| one.party.as_str()).collect();
    let codes: BTreeSet<&str> = round.participants.iter().map(|one| one.code.as_str()).collect();
    if parties.len() != round.participants.len() || codes.len() != round.participants.len() {
        fault(Finding::error("round-participant-twice"));
    }
    let protocol = &round.protocol;
    let is_of_pilot = protocol.reference == Protocol::PILOT;
    let judged = round.participants.iter().filter(|one| !(is_of_pilot && one.party == round.pilot)).count();
    let needed = if is_of_pilot { 1 } else { 2 };
    if judged < needed {
        fault(Finding::error("round-participants").with("count", round.participants.len()));
    }
    if is_of_pilot && round.code(&round.pilot).is_none() {
        fault(Finding::error("round-pilot-without-result"));
    }
    let days = [round.seal_by, round.open_by, round.report_by, round.follow_up_by];
    if !days.is_sorted() {
        fault(Finding::error("round-days"));
    }
    let is_known = is_of_pilot
        || named::<Estimator>(&protocol.reference).is_some()
        || named::<RobustMethod>(&protocol.reference).is_some();
    if !is_known {
        fault(Finding::error("comparison-method").with("method", &protocol.reference));
    }
    scores(protocol, &mut fault);
    let unit = round.unit.of_difference();
    for stated in [&protocol.standard_deviation, &protocol.maximum_error].into_iter().flatten() {
        if stated.unit.conversion_to(&unit).is_err() || stated.value.is_zero() || stated.value.is_negative() {
            fault(Finding::error("round-criterion").with("value", stated.text()).with("unit", unit.symbol()));
        }
    }
    found
}

fn scores(protocol: &Protocol, fault: &mut impl FnMut(Finding)) {
    if protocol.scores.is_empty() {
        fault(Finding::error("round-scores"));
    }
    for score in &protocol.scores {
        let lacks = match score.as_str() {
            "z" | "z_prime" => protocol.standard_deviation.is_none() && protocol.standard_deviation_method.is_none(),
            "percent_allowed" => protocol.maximum_error.is_none(),
            known if SCORES.contains(&known) => false,
            unknown => {
                fault(Finding::error("round-score").with("score", unknown).with("known", SCORES.join(" ")));
                false
            }
        };
        if lacks {
            fault(Finding::error("round-score-without-criterion").with("score", score));
        }
    }
    if protocol.standard_deviation.is_some() && protocol.standard_deviation_method.is_some() {
        fault(Finding::error("comparison-assessment"));
    }
    if let Some(method) = &protocol.standard_deviation_method
        && named::<RobustMethod>(method).is_none()
    {
        fault(Finding::error("comparison-method").with("method", method));
    }
    let numbers = [&protocol.coverage_factor, &protocol.coverage_probability, &protocol.significance];
    let is_part = |place: usize, value: f64| value > 0.0 && (place == 0 || value < 1.0);
    if numbers.into_iter().enumerate().any(|(place, number)| !is_part(place, number.to_f64())) {
        fault(Finding::error("comparison-setting"));
    }
}

/// Why a result cannot be used in a round; nothing if it can.
pub fn result_faults(round: &Announcement, result: &RoundResult) -> Vec<Finding> {
    let mut found = Vec::new();
    for item in &round.items {
        let of_item: Vec<_> = result.values.iter().filter(|value| value.item == item.thing).collect();
        let [value] = of_item.as_slice() else {
            found.push(Finding::error("round-result-item").with("item", &item.thing));
            continue;
        };
        let stated = &value.value;
        if stated.unit.conversion_to(&round.unit).is_err() {
            let finding = Finding::error("round-result-unit").with("item", &item.thing);
            found.push(finding.with("stated", stated.unit.symbol()).with("unit", round.unit.symbol()));
        }
        let u = stated.uncertainty.as_ref().and_then(heng_quantity::Uncertainty::standard_f64);
        if u.is_none_or(|u| u <= 0.0) {
            found.push(Finding::error("round-result-uncertainty").with("item", &item.thing));
        }
        if value.degrees_of_freedom.as_ref().is_some_and(|nu| nu.to_f64() <= 0.0) {
            found.push(Finding::error("comparison-degrees-of-freedom"));
        }
    }
    let strange = result.values.iter().find(|value| !round.items.iter().any(|item| item.thing == value.item));
    if let Some(strange) = strange {
        found.push(Finding::error("round-result-strange").with("item", &strange.item));
    }
    found
}
