//! Inputs that were typed and inputs from files as one list, in which every identity is one input.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Budget, Budgets, Influence, InfluenceEvaluation};
use crate::constants::constants;
use crate::input::Input;
use crate::model::{Substitution, Substitutions, Term};

/// Two statements of one u may differ by as much: an uncertainty is stated with two digits, or with one (JCGM 100:2008, 7.2.6).
const AGREEMENT: f64 = 0.05;

/// As many inputs that an influence comes through are named; of more it is only said that there are.
const MOST_NAMED: usize = 3;

/// An input that the model file itself evaluates.
pub(crate) struct Own {
    /// The input.
    pub(crate) input: Input,
    /// Which thing it is, where the file says so.
    pub(crate) identity: Option<String>,
}

/// One identity of which two things are said.
#[derive(Debug)]
pub(crate) struct Clash {
    /// The input that says the second.
    pub(crate) input: String,
    /// Of what.
    pub(crate) identity: String,
}

/// All that a model is evaluated with.
#[derive(Debug, Default)]
pub(crate) struct Joined {
    /// Typed inputs, and behind them the influences of those from files.
    pub(crate) inputs: Vec<Input>,
    /// What stands for the inputs from files, and for an input that is another one by its identity.
    pub(crate) substitutions: Substitutions,
    /// Names of two inputs, and r.
    pub(crate) correlations: Vec<(String, String, f64)>,
    /// The influences from files, by the name of their input.
    pub(crate) influences: BTreeMap<String, Influence>,
}

/// An influence with the names of the inputs that it comes through.
struct Merged<'a> {
    influence: &'a Influence,
    through: Vec<&'a str>,
}

/// Joins the inputs of a model; `taken` has those from files: name, budget, and the file that the budget is of.
pub(crate) fn joined(own: Vec<Own>, taken: &[(String, Budget, Arc<Budgets>)]) -> Result<Joined, Clash> {
    let mut joined = Joined::default();
    let mut by_identity: BTreeMap<String, Input> = BTreeMap::new();
    for Own { input, identity } in own {
        let Some(identity) = identity else {
            joined.inputs.push(input);
            continue;
        };
        match by_identity.get(&identity) {
            None => {
                by_identity.insert(identity, input.clone());
                joined.inputs.push(input);
            }
            Some(first) if is_same(first, &input) => {
                let term = Term { name: first.name.clone(), sensitivity: 1.0, estimate: first.estimate };
                let substitution = Substitution { estimate: input.estimate, unit: input.unit, terms: vec![term] };
                joined.substitutions.insert(input.name, Arc::new(substitution));
            }
            Some(_) => return Err(Clash { input: input.name, identity }),
        }
    }
    let merged = merged(taken)?;
    let mut names: BTreeSet<String> = joined.inputs.iter().map(|input| input.name.clone()).collect();
    names.extend(taken.iter().map(|(name, ..)| name.clone()));
    names.extend(joined.substitutions.keys().cloned());
    for one in &merged {
        let influence = one.influence;
        let clash = || Clash {
            input: one.through.first().copied().unwrap_or_default().to_owned(),
            identity: influence.identity.clone(),
        };
        if let Some(input) = by_identity.get(&influence.identity) {
            let typed = InfluenceEvaluation::of(input);
            if !agree(
                (Some(&typed), input.degrees_of_freedom),
                (influence.evaluation.as_ref(), influence.degrees_of_freedom),
            ) {
                return Err(clash());
            }
            continue;
        }
        // A constant of the table is itself, also where the model names it.
        let constant = constants().iter().find(|constant| constant.identity() == influence.identity);
        let input = match constant.map(crate::constants::Constant::input) {
            Some(input) => input,
            None => Input {
                name: name(influence, &one.through, &mut names),
                estimate: influence.evaluation.as_ref().map_or(0.0, |known| known.estimate),
                unit: influence.evaluation.as_ref().map_or_else(heng_quantity::Unit::one, |known| known.unit.clone()),
                shape: influence
                    .evaluation
                    .as_ref()
                    .map_or(crate::input::Shape::Normal { standard_uncertainty: 1.0 }, |known| known.distribution),
                degrees_of_freedom: influence.degrees_of_freedom,
            },
        };
        joined.influences.insert(input.name.clone(), influence.clone());
        by_identity.insert(influence.identity.clone(), input.clone());
        joined.inputs.push(input);
    }
    for (name, budget, _) in taken {
        let term = |component: &super::Component| {
            let input = by_identity.get(&component.identity)?;
            let u = input.shape.standard_uncertainty();
            (u > 0.0 && component.component != 0.0).then(|| Term {
                name: input.name.clone(),
                sensitivity: component.component / u,
                estimate: input.estimate,
            })
        };
        let substitution = Substitution {
            estimate: budget.estimate,
            unit: budget.unit.clone().unwrap_or_else(heng_quantity::Unit::one),
            terms: budget.components.iter().filter_map(term).collect(),
        };
        joined.substitutions.insert(name.clone(), Arc::new(substitution));
    }
    joined.correlations = correlations(taken, &by_identity)?;
    Ok(joined)
}

/// Every influence that contributes to an input from a file, in the order in which they come.
fn merged(taken: &[(String, Budget, Arc<Budgets>)]) -> Result<Vec<Merged<'_>>, Clash> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    let mut merged: Vec<Merged<'_>> = Vec::new();
    // All inputs may be from one file.
    let mut files: BTreeMap<*const Budgets, BTreeMap<&str, &Influence>> = BTreeMap::new();
    for (name, budget, file) in taken {
        let influences = files.entry(Arc::as_ptr(file)).or_insert_with(|| {
            file.influences.iter().map(|influence| (influence.identity.as_str(), influence)).collect()
        });
        for component in budget.components.iter().filter(|one| one.component != 0.0) {
            let Some(influence) = influences.get(component.identity.as_str()) else { continue };
            let Some(known) = places.get(component.identity.as_str()).and_then(|place| merged.get_mut(*place)) else {
                places.insert(&influence.identity, merged.len());
                merged.push(Merged { influence, through: vec![name] });
                continue;
            };
            let (first, second) = (known.influence, *influence);
            if !agree(
                (first.evaluation.as_ref(), first.degrees_of_freedom),
                (second.evaluation.as_ref(), second.degrees_of_freedom),
            ) {
                return Err(Clash { input: name.clone(), identity: component.identity.clone() });
            }
            if known.through.last() != Some(&name.as_str()) {
                known.through.push(name);
            }
        }
    }
    Ok(merged)
}

/// Whether two files may speak of one quantity: the same ν, and u that differ by no more than rounding. Estimates may differ, because a later
/// file may state one with fewer digits, and nothing is computed from them.
fn agree(
    (one, degrees): (Option<&InfluenceEvaluation>, f64),
    (other, other_degrees): (Option<&InfluenceEvaluation>, f64),
) -> bool {
    let close = |x: f64, y: f64| x == y || libm::fabs(x - y) <= AGREEMENT * libm::fabs(x).max(libm::fabs(y));
    let same_u = match (one, other) {
        (Some(one), Some(other)) => {
            one.unit.of_difference().conversion_to(&other.unit.of_difference()).is_ok_and(|to| {
                close(
                    to.difference_f64(one.distribution.standard_uncertainty()),
                    other.distribution.standard_uncertainty(),
                )
            })
        }
        _ => true,
    };
    same_u && close(degrees, other_degrees)
}

fn is_same(one: &Input, other: &Input) -> bool {
    one.estimate == other.estimate
        && one.unit == other.unit
        && one.shape == other.shape
        && one.degrees_of_freedom == other.degrees_of_freedom
}

/// What people call it, with the inputs that it comes through: `mass of the standard (a, b)`.
fn name(influence: &Influence, through: &[&str], names: &mut BTreeSet<String>) -> String {
    let mut shown = through.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
    if through.len() > MOST_NAMED {
        shown.push_str(", …");
    }
    let base = format!("{} ({shown})", influence.label);
    let mut name = base.clone();
    let mut count = 1;
    while !names.insert(name.clone()) {
        count += 1;
        name = format!("{base} #{count}");
    }
    name
}

/// Correlations of influences, each pair once.
fn correlations(
    taken: &[(String, Budget, Arc<Budgets>)],
    by_identity: &BTreeMap<String, Input>,
) -> Result<Vec<(String, String, f64)>, Clash> {
    let mut all: BTreeMap<(&str, &str), f64> = BTreeMap::new();
    let mut seen: BTreeSet<*const Budgets> = BTreeSet::new();
    for (name, _, file) in taken.iter().filter(|(_, _, file)| seen.insert(Arc::as_ptr(file))) {
        for correlation in &file.correlations {
            let [one, other] = &correlation.between;
            let input = |identity: &String| by_identity.get(identity).map(|input| input.name.as_str());
            let (Some(first), Some(second)) = (input(one), input(other)) else { continue };
            let pair = if first < second { (first, second) } else { (second, first) };
            let stated = all.entry(pair).or_insert(correlation.coefficient);
            if libm::fabs(*stated - correlation.coefficient) > AGREEMENT {
                return Err(Clash { input: name.clone(), identity: one.clone() });
            }
        }
    }
    Ok(all.into_iter().map(|((one, other), r)| (one.to_owned(), other.to_owned(), r)).collect())
}
