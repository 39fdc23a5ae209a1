//! Which items of a list nothing covers, and the cheapest set of new standards that would close the hole.
//!
//! This is the weighted set cover problem. Up to [`EXACT`] open items it is solved exactly; beyond that greedily, with a bound that is stated.

use std::collections::{BTreeMap, BTreeSet};

/// Open items up to which the cheapest set is found exactly: 2¹⁶ partial covers are looked at.
pub const EXACT: usize = 16;

/// A standard that could be built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its name.
    pub id: String,
    /// What it costs, in any unit; at least one.
    pub cost: u64,
    /// The items it would cover.
    pub covers: Vec<String>,
}

/// How good a set is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// No set is cheaper.
    Exact,
    /// No set is cheaper than `least`, and the greedy set costs at most `factor` times the cheapest.
    Greedy {
        /// A lower bound of the cheapest cost.
        least: f64,
        /// H(d) = 1 + ½ + … + 1/d, where d is the largest number of open items that one candidate covers.
        factor: f64,
    },
}

/// A set of standards that closes the hole.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosingSet {
    /// The candidates, by name.
    pub chosen: Vec<String>,
    /// What they cost together.
    pub cost: u64,
    /// How good that is.
    pub bound: Bound,
    /// The items that no candidate covers.
    pub impossible: Vec<String>,
}

/// A list against what there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The items that nothing covers, each with how many instruments wait for it; most first.
    pub open: Vec<(String, u64)>,
    /// How many instruments have a standard.
    pub served: u64,
    /// How many have none.
    pub waiting: u64,
    /// How many name an item that is not in the list: they need no standard by it.
    pub unlisted: u64,
}

/// What is missing: `items` is the list, `instruments` names the item of each instrument, `standards` the items that each standard covers.
pub fn gap<'a>(
    items: impl IntoIterator<Item = &'a str>,
    instruments: impl IntoIterator<Item = &'a str>,
    standards: impl IntoIterator<Item = &'a [String]>,
) -> Gap {
    let covered: BTreeSet<&str> = standards.into_iter().flatten().map(String::as_str).collect();
    let mut wait: BTreeMap<&str, u64> = items.into_iter().map(|item| (item, 0)).collect();
    let mut unlisted = 0;
    for item in instruments {
        match wait.get_mut(item) {
            Some(count) => *count += 1,
            None => unlisted += 1,
        }
    }
    let (done, open): (Vec<_>, Vec<_>) = wait.into_iter().partition(|(item, _)| covered.contains(item));
    let sum = |entries: &[(&str, u64)]| entries.iter().map(|(_, count)| count).sum();
    let (served, waiting) = (sum(&done), sum(&open));
    let mut open: Vec<(String, u64)> = open.into_iter().map(|(item, count)| (item.to_owned(), count)).collect();
    open.sort_by(|one, two| two.1.cmp(&one.1).then_with(|| one.0.cmp(&two.0)));
    Gap { open, served, waiting, unlisted }
}

/// The cheapest set of candidates that covers every item of `open` that can be covered.
///
/// Ties are broken by name, so that the same input gives the same set everywhere. A candidate of cost zero is taken to cost one.
///
/// Greedy (V. Chvátal, *A greedy heuristic for the set-covering problem*, Mathematics of Operations Research 4, 1979, 233–235): again and again the
/// candidate that costs least for each item it newly covers. It costs at most H(d) times the cheapest set, and its cost divided by H(d) is therefore
/// a lower bound of it.
pub fn closing_set(open: &[String], candidates: &[Candidate]) -> ClosingSet {
    let numbers: BTreeMap<&str, usize> =
        open.iter().map(String::as_str).collect::<BTreeSet<_>>().into_iter().zip(0..).collect();
    let mut sets: Vec<Set<'_>> = candidates
        .iter()
        .map(|candidate| {
            let items: BTreeSet<usize> =
                candidate.covers.iter().filter_map(|item| numbers.get(item.as_str()).copied()).collect();
            Set { id: &candidate.id, cost: candidate.cost.max(1), items: items.into_iter().collect() }
        })
        .filter(|set| !set.items.is_empty())
        .collect();
    sets.sort_by(|one, two| one.id.cmp(two.id));
    let possible: BTreeSet<usize> = sets.iter().flat_map(|set| set.items.iter().copied()).collect();
    let impossible =
        numbers.iter().filter(|(_, number)| !possible.contains(number)).map(|(item, _)| (*item).to_owned());
    let impossible: Vec<String> = impossible.collect();
    let (chosen, bound) = if numbers.len() <= EXACT {
        (exact(numbers.len(), &possible, &sets), Bound::Exact)
    } else {
        let chosen = greedy(numbers.len(), possible.len(), &sets);
        let largest = sets.iter().map(|set| set.items.len()).max().unwrap_or(1);
        let factor: f64 = (1..=u32::try_from(largest).unwrap_or(u32::MAX)).map(|number| 1.0 / f64::from(number)).sum();
        let cost: u64 = chosen.iter().filter_map(|place| sets.get(*place)).map(|set| set.cost).sum();
        #[expect(clippy::cast_precision_loss, reason = "a bound is rounded")]
        let least = cost as f64 / factor;
        (chosen, Bound::Greedy { least, factor })
    };
    let chosen: Vec<&Set<'_>> = chosen.into_iter().filter_map(|place| sets.get(place)).collect();
    let cost = chosen.iter().map(|set| set.cost).sum();
    let mut chosen: Vec<String> = chosen.into_iter().map(|set| set.id.to_owned()).collect();
    chosen.sort();
    ClosingSet { chosen, cost, bound, impossible }
}

/// A candidate that covers something open.
struct Set<'a> {
    id: &'a str,
    cost: u64,
    items: Vec<usize>,
}

/// The cheapest cover of every subset, built up from the empty one: the first open item must be covered by somebody, so only its candidates are tried.
fn exact(count: usize, possible: &BTreeSet<usize>, sets: &[Set<'_>]) -> Vec<usize> {
    let mask = |items: &mut dyn Iterator<Item = usize>| items.fold(0_usize, |mask, item| mask | (1 << item));
    let target = mask(&mut possible.iter().copied());
    let masks: Vec<usize> = sets.iter().map(|set| mask(&mut set.items.iter().copied())).collect();
    let mut by_item: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (place, set) in sets.iter().enumerate() {
        for item in &set.items {
            if let Some(places) = by_item.get_mut(*item) {
                places.push(place);
            }
        }
    }
    // The cost of the cheapest cover so far, the set that was added last, and the cover before it.
    let mut best: Vec<Option<(u64, usize, usize)>> = vec![None; 1 << count];
    if let Some(first) = best.first_mut() {
        *first = Some((0, usize::MAX, 0));
    }
    for covered in 0..=target {
        let Some((cost, _, _)) = best.get(covered).copied().flatten() else { continue };
        let Some(next) = possible.iter().find(|item| covered & (1 << **item) == 0) else { continue };
        for place in by_item.get(*next).into_iter().flatten() {
            let (Some(set), Some(set_mask)) = (sets.get(*place), masks.get(*place)) else { continue };
            let reached = covered | set_mask;
            let total = cost.saturating_add(set.cost);
            if let Some(slot) = best.get_mut(reached)
                && slot.is_none_or(|(known, _, _)| total < known)
            {
                *slot = Some((total, *place, covered));
            }
        }
    }
    let mut chosen = Vec::new();
    let mut covered = target;
    while let Some((_, place, before)) =
        best.get(covered).copied().flatten().filter(|(_, place, _)| *place != usize::MAX)
    {
        chosen.push(place);
        covered = before;
    }
    chosen
}

fn greedy(count: usize, possible: usize, sets: &[Set<'_>]) -> Vec<usize> {
    let mut covered = vec![false; count];
    let mut left = possible;
    let mut chosen = Vec::new();
    let is_open = |covered: &[bool], item: &usize| covered.get(*item).is_some_and(|covered| !covered);
    while left > 0 {
        let gains = sets
            .iter()
            .enumerate()
            .map(|(place, set)| (place, set, set.items.iter().filter(|item| is_open(&covered, item)).count()));
        // cost/gain is compared crosswise in whole numbers; the first by name wins.
        let best = gains.filter(|(_, _, gain)| *gain > 0).min_by(|one, two| {
            let cross = |cost: u64, gain: usize| u128::from(cost) * u128::try_from(gain).unwrap_or(u128::MAX);
            cross(one.1.cost, two.2).cmp(&cross(two.1.cost, one.2)).then(one.0.cmp(&two.0))
        });
        let Some((place, set, gain)) = best else { break };
        for item in &set.items {
            if let Some(covered) = covered.get_mut(*item) {
                *covered = true;
            }
        }
        left -= gain;
        chosen.push(place);
    }
    chosen
}
