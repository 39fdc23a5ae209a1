//! What is known of a meter that has no certificate: what laboratories found of others of its batch, which are of the same kind, maker and model.
//!
//! It is what is known of the usual ones among them, as the prior needs it: those that were rejected do not count.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use heng_inference::meters::Certified;
use heng_office::Office;
use heng_telemetry::district::years_before;
use heng_view::Inventory;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::infer::certified::last_found;

/// So many of a batch must have been verified before anything is said of the others, and no more than so many are asked.
const FEW: usize = 5;
const MOST: usize = 50;

/// Kind, maker and model.
type Batch = [String; 3];

/// The batches of a log, gathered when the first meter asks, and what was said of those that were asked for.
#[derive(Default)]
pub struct Batches {
    members: OnceLock<BTreeMap<Batch, Vec<String>>>,
    known: Mutex<BTreeMap<(Batch, i64), Option<Certified>>>,
}

impl Batches {
    /// What the batch of an instrument says of it before the first reading, whose second and day are given.
    pub fn known_of(
        &self,
        (office, inventory): (&Office, &Inventory),
        thing: &str,
        (first_s, first): (i64, Date),
    ) -> Result<Option<Certified>, Failure> {
        let Some(batch) = batch(inventory, thing) else { return Ok(None) };
        let asked = (batch, first_s);
        if let Some(known) = self.known().get(&asked) {
            return Ok(*known);
        }
        let members = self.members.get_or_init(|| gathered(inventory)).get(&asked.0).map_or(&[][..], Vec::as_slice);
        let mut found = Vec::new();
        // From all over the batch: numbers that follow each other were made together.
        for member in members.iter().step_by(members.len().div_ceil(MOST).max(1)) {
            if let Some((error, on)) = last_found(office, inventory, member, first)?
                && let Some(years) = years_before(first_s, on)
            {
                found.push([error.error.value, error.error.standard_uncertainty, years]);
            }
        }
        let known = of_batch(&found);
        self.known().insert(asked, known);
        Ok(known)
    }

    /// What was said already: whole or not at all, whoever failed while it was held.
    fn known(&self) -> MutexGuard<'_, BTreeMap<(Batch, i64), Option<Certified>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn gathered(inventory: &Inventory) -> BTreeMap<Batch, Vec<String>> {
    let mut members: BTreeMap<Batch, Vec<String>> = BTreeMap::new();
    for (id, _) in inventory.things() {
        if let Some(batch) = batch(inventory, id) {
            members.entry(batch).or_default().push(id.to_owned());
        }
    }
    members
}

/// The batch of an instrument; none where its maker or model is not known.
fn batch(inventory: &Inventory, thing: &str) -> Option<Batch> {
    let registration = inventory.thing(thing)?.registration.as_ref()?;
    let instrument = registration.instrument.as_ref()?;
    let maker = &instrument.manufacturer;
    let maker = if maker.zh.is_empty() { &maker.en } else { &maker.zh };
    let batch = [instrument.kind.clone(), maker.clone(), instrument.model.clone()];
    batch.iter().all(|part| !part.is_empty()).then_some(batch)
}

/// What n errors with their standard uncertainties and ages say of one more of the batch: with their mean m and standard deviation s, a t distribution of n − 1
/// degrees of freedom about m with the scale s·√(1 + 1/n), of standard deviation s·√((1 + 1/n)·(n − 1)/(n − 3)); and the mean of u², for what the standards of
/// the laboratory have in common no scatter shows.
fn of_batch(found: &[[f64; 3]]) -> Option<Certified> {
    if found.len() < FEW {
        return None;
    }
    let count = found.len() as f64;
    let mean = |of: &dyn Fn(&[f64; 3]) -> f64| found.iter().map(of).sum::<f64>() / count;
    let error_percent = mean(&|[error, ..]| *error);
    let squares = count * mean(&|[error, ..]| (error - error_percent) * (error - error_percent));
    let scattered = squares / (count - 1.0) * (1.0 + 1.0 / count) * (count - 1.0) / (count - 3.0);
    let common = mean(&|[_, u, _]| u * u);
    let variance = scattered + common;
    let years = mean(&|[_, _, years]| *years);
    (variance > 0.0).then(|| Certified { error_percent, u_percent: variance.sqrt(), years })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::of_batch;

    #[test]
    fn a_batch_says_its_mean_and_how_far_one_more_may_be_from_it() {
        let found =
            [(0.1, 1.0), (0.3, 2.0), (0.2, 1.0), (0.4, 2.0), (0.0, 1.5)].map(|(error, years)| [error, 0.1, years]);
        let known = of_batch(&found).unwrap();
        assert!((known.error_percent - 0.2).abs() < 1e-12 && (known.years - 1.5).abs() < 1e-12);
        // s² = 0.1/4 = 0.025; ·(1 + 1/5)·4/2 = 0.06; + 0.1².
        assert!((known.u_percent * known.u_percent - 0.07).abs() < 1e-12);
        assert!(of_batch(&found[..4]).is_none(), "four are too few");
        // Errors that are all the same are known no better than each of them.
        assert!((of_batch(&[[0.1, 0.2, 1.0]; 6]).unwrap().u_percent - 0.2).abs() < 1e-9);
    }
}
