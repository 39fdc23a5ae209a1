//! Instruments in service by who keeps them and where: how many need somebody, and the list behind a cell.

use std::collections::BTreeMap;

use heng_statement::StatementHash;
use heng_statement::service::{InstrumentResult, ServiceState};
use heng_view::Inventory;
use heng_view::service::{Inferred, standing};
use serde::{Deserialize, Serialize};

use super::{States, is_concerned, is_seen_whole, matter, results_if_there};
use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// What is watched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Watched {
    /// Charging piles, by their sessions.
    #[default]
    Piles,
    /// Meters, by the balance of their district.
    Meters,
}

impl Watched {
    pub(crate) const ALL: [Self; 2] = [Self::Piles, Self::Meters];

    /// What an inference watches.
    fn of(inferred: &Inferred) -> Self {
        if inferred.inference.level.is_some() { Self::Piles } else { Self::Meters }
    }

    /// Its name in addresses and in the locale files.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Piles => "piles",
            Self::Meters => "meters",
        }
    }
}

/// Which cell.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Cell {
    /// `meters`, else charging piles.
    #[serde(default)]
    of: String,
    #[serde(default)]
    pub(crate) keeper: String,
    #[serde(default)]
    pub(crate) district: String,
}

impl Cell {
    pub(crate) fn watched(&self) -> Watched {
        Watched::ALL.into_iter().find(|one| one.code() == self.of).unwrap_or_default()
    }
}

/// Instruments of a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// All that are watched.
    pub(crate) all: u32,
    /// Those that somebody has to look at.
    pub(crate) alarming: u32,
    /// Those of which the readings do not say.
    pub(crate) undecided: u32,
}

impl Count {
    /// How large the share of those that need somebody is, in four steps of shade.
    pub(crate) fn shade(self) -> &'static str {
        match (self.alarming * 100).checked_div(self.all) {
            None => "none",
            Some(0) if self.alarming == 0 => "s0",
            Some(..2) => "s1",
            Some(..5) => "s2",
            Some(_) => "s3",
        }
    }

    fn add(&mut self, state: ServiceState, count: u32) {
        self.all += count;
        self.alarming += if state.is_alarming() { count } else { 0 };
        self.undecided += if state == ServiceState::Undecided { count } else { 0 };
    }
}

impl std::iter::Sum for Count {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, one| Self {
            all: sum.all + one.all,
            alarming: sum.alarming + one.alarming,
            undecided: sum.undecided + one.undecided,
        })
    }
}

/// An instrument of a cell, and the inference that says so.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    pub(crate) inference: StatementHash,
    #[serde(flatten)]
    pub(crate) result: InstrumentResult,
}

/// All counts, of what a visitor may see.
#[derive(Clone, Debug, Default)]
pub(crate) struct ServiceMatrix {
    /// The districts that occur.
    pub(crate) districts: Vec<String>,
    /// By keeper, in the order of the districts.
    pub(crate) rows: Vec<(String, Vec<Count>)>,
    /// The list behind the cell that was asked for, those that need somebody first.
    pub(crate) list: Option<Vec<Listed>>,
}

/// For a list no more files are read than this; a district's networks are fewer.
const MOST_FILES: usize = 500;

/// The code of the district of what lies in none that is known.
pub(crate) const NOWHERE: &str = "none";

/// Counts what was last inferred of every network. A transformer district is one keeper's and lies in one district, so that its statement counts it; of piles
/// the file of results says what is whose.
pub(crate) fn service_matrix(portal: &Portal, visit: &Visit, cell: &Cell) -> Result<ServiceMatrix, Problem> {
    let inventory = portal.inventory()?;
    let mut counts: BTreeMap<(String, String), Count> = BTreeMap::new();
    let is_asked = !cell.keeper.is_empty() || !cell.district.is_empty();
    let is_listed = |keeper: &str, district: &str| {
        is_asked
            && (cell.keeper.is_empty() || cell.keeper == keeper)
            && (cell.district.is_empty() || cell.district == district)
    };
    let mut list: Vec<Listed> = Vec::new();
    let last = inventory.service().networks().filter_map(|(id, inferred)| Some((id, standing(inferred)?)));
    // Of transformer districts the statement counts; their files are for lists, those first in which somebody is needed.
    let mut to_list: Vec<(bool, &Inferred)> = Vec::new();
    for (id, inferred) in last.filter(|(_, inferred)| Watched::of(inferred) == cell.watched()) {
        let inference = &inferred.inference;
        let is_whole = is_seen_whole(portal, visit, &inventory, id);
        if Watched::of(inferred) == Watched::Meters {
            if !is_whole {
                continue;
            }
            let (keeper, district) = (inferred.issuer.clone(), named(inference.district.clone()));
            if is_listed(&keeper, &district) {
                to_list.push((!inference.states.keys().any(|state| state.is_alarming()), inferred));
            }
            let cell = counts.entry((keeper, district)).or_default();
            inference.states.iter().for_each(|(state, count)| cell.add(*state, *count));
            continue;
        }
        let Some(results) = results_if_there(portal, inferred)? else { continue };
        for one in &results.instruments {
            if !is_whole && !is_concerned(portal, visit, &inventory, &one.thing) {
                continue;
            }
            let (keeper, district) = whose(&inventory, &one.thing);
            if is_listed(&keeper, &district) {
                list.push(Listed { inference: inferred.hash.clone(), result: one.clone() });
            }
            counts.entry((keeper, district)).or_default().add(one.state, 1);
        }
    }
    to_list.sort_by_key(|(is_well, _)| *is_well);
    for (_, inferred) in to_list.into_iter().take(MOST_FILES) {
        let results = results_if_there(portal, inferred)?;
        let listed = |one: &InstrumentResult| Listed { inference: inferred.hash.clone(), result: one.clone() };
        list.extend(results.iter().flat_map(|results| &results.instruments).map(listed));
    }
    let rank = |one: &Listed| ServiceState::ALL.iter().position(|state| *state == one.result.state);
    list.sort_by(|one, other| {
        let by_probability = || other.result.probability.numeric_cmp(&one.result.probability);
        rank(one).cmp(&rank(other)).then_with(by_probability).then_with(|| one.result.thing.cmp(&other.result.thing))
    });
    let mut districts: Vec<String> = counts.keys().map(|(_, district)| district.clone()).collect();
    districts.sort();
    districts.dedup();
    let mut keepers: Vec<String> = counts.keys().map(|(keeper, _)| keeper.clone()).collect();
    keepers.dedup();
    let rows = keepers.into_iter().map(|keeper| {
        let of = |district: &String| counts.get(&(keeper.clone(), district.clone())).copied().unwrap_or_default();
        let row = districts.iter().map(of).collect();
        (keeper, row)
    });
    Ok(ServiceMatrix { rows: rows.collect(), districts, list: is_asked.then_some(list) })
}

/// The keeper of an instrument and its district.
fn whose(inventory: &Inventory, thing: &str) -> (String, String) {
    let of = matter(inventory, thing);
    (of.keeper.unwrap_or_default(), named(of.district.unwrap_or_default()))
}

/// A district by its code, or that of none.
fn named(district: String) -> String {
    if district.is_empty() { NOWHERE.to_owned() } else { district }
}

/// The states of the instruments of a network that a visitor may see; nothing where there is none.
pub(super) fn seen_states(
    portal: &Portal,
    visit: &Visit,
    inventory: &Inventory,
    (id, inferred): (&str, &Inferred),
) -> Result<Option<States>, Problem> {
    if is_seen_whole(portal, visit, inventory, id) {
        return Ok(Some(inferred.inference.states.clone()));
    }
    if Watched::of(inferred) == Watched::Meters {
        return Ok(None);
    }
    let Some(results) = results_if_there(portal, inferred)? else { return Ok(None) };
    let mut states = States::new();
    for one in results.instruments.iter().filter(|one| is_concerned(portal, visit, inventory, &one.thing)) {
        *states.entry(one.state).or_default() += 1;
    }
    Ok((!states.is_empty()).then_some(states))
}
