//! Inputs that are results of files: certificates, results of other models, archives of other programs.

use std::collections::BTreeSet;
use std::sync::Arc;

use heng_quantity::{Finding, Unit, text};
use serde::Deserialize;
use toml::Spanned;

use super::{InputText, Source};
use crate::influence::{Budget, Budgets};

/// Where an input comes from, as the model file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name of the file, as it is written.
    pub file: String,
    /// The result among those of the file.
    pub result: Option<String>,
    /// The SHA-256 that the bytes of the file must have, hex, where the model file says it.
    pub sha256: Option<String>,
    /// The unit of a result in a file that knows no units.
    pub unit: Option<Unit>,
}

/// An input from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// Its name in the model.
    pub name: String,
    /// Where it is from.
    pub origin: Origin,
    /// What the file says of it.
    pub budget: Budget,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FromText {
    file: String,
    result: Option<String>,
    sha256: Option<String>,
    unit: Option<Spanned<String>>,
}

/// Every input from a file, with all that the file says.
pub(super) fn taken(
    source: &Source,
    inputs: &[(Spanned<String>, InputText)],
    budgets: &dyn Fn(&Origin) -> Result<Arc<Budgets>, Finding>,
) -> Result<Vec<(Taken, Arc<Budgets>)>, Finding> {
    let mut all: Vec<(Taken, Arc<Budgets>)> = Vec::new();
    let mut checked: BTreeSet<*const Budgets> = BTreeSet::new();
    for (name, stated) in inputs {
        let Some(from) = &stated.from else { continue };
        if !stated.has_no_evaluation() || stated.identity.is_some() {
            return Err(source.finding("model-from-evaluation", name.span()).with("input", name.get_ref()));
        }
        let FromText { file, result, sha256, unit } = from.get_ref();
        let unit = unit.as_ref().map(|stated| {
            text::unit(stated.get_ref())
                .map_err(|_| source.finding("model-from-unit-unknown", stated.span()).with("text", stated.get_ref()))
        });
        let origin =
            Origin { file: file.clone(), result: result.clone(), sha256: sha256.clone(), unit: unit.transpose()? };
        let found = of_file(&origin, budgets, &mut checked).map_err(|finding| {
            let place = source.finding(&finding.code, from.span());
            let placed = Finding { position: place.position, ..finding };
            let length = place.data.get("length").cloned().unwrap_or_default();
            placed.with("length", length).with("input", name.get_ref()).with("file", file)
        })?;
        all.push((Taken { name: name.get_ref().clone(), origin, budget: found.0 }, found.1));
    }
    Ok(all)
}

fn of_file(
    origin: &Origin,
    budgets: &dyn Fn(&Origin) -> Result<Arc<Budgets>, Finding>,
    checked: &mut BTreeSet<*const Budgets>,
) -> Result<(Budget, Arc<Budgets>), Finding> {
    let all = budgets(origin)?;
    // All inputs may be from one file. Those already found are kept, so that no other one can be where one of them was.
    if checked.insert(Arc::as_ptr(&all)) {
        all.check()?;
    }
    let mut budget = all.result(origin.result.as_deref())?.clone();
    match (&budget.unit, &origin.unit) {
        (None, None) => return Err(Finding::error("model-from-unit").with("result", &budget.result)),
        (Some(unit), Some(_)) => {
            let finding = Finding::error("model-from-unit-stated").with("result", &budget.result);
            return Err(finding.with("unit", unit.symbol()));
        }
        (None, Some(unit)) => budget.unit = Some(unit.clone()),
        (Some(_), None) => {}
    }
    Ok((budget, all))
}

/// The same as the joining of inputs needs them.
pub(super) fn found(taken: &[(Taken, Arc<Budgets>)]) -> Vec<(String, Budget, Arc<Budgets>)> {
    taken.iter().map(|(taken, all)| (taken.name.clone(), taken.budget.clone(), Arc::clone(all))).collect()
}

/// The first input from a file with which there are more influences than there may be inputs.
pub(super) fn beyond(taken: &[(Taken, Arc<Budgets>)], most: usize) -> Option<&str> {
    let mut influences: BTreeSet<&str> = BTreeSet::new();
    taken.iter().map(|(taken, _)| taken).find_map(|taken| {
        let components = taken.budget.components.iter().filter(|one| one.component != 0.0);
        influences.extend(components.map(|one| one.identity.as_str()));
        (influences.len() > most).then_some(taken.name.as_str())
    })
}
