//! What is known of a meter that has no certificate: what laboratories found of others of its batch, which are of the same maker and model.
//!
//! It is what is known of the usual ones among them, as the prior needs it: notices of rejection do not count.

use std::collections::BTreeMap;

use heng_inference::meters::Certified;
use heng_office::Office;
use heng_telemetry::district::years_before;
use heng_view::Inventory;
use jiff::civil::Date;

use crate::failure::Failure;
use crate::infer::certified::last_found;

/// So many of a batch must have been verified before anything is said of the others, and no more are asked.
const FEW: usize = 5;
const MOST: usize = 50;

/// The batches of the log, and what is known of those that were asked for.
pub struct Batches<'a> {
    office: &'a Office,
    inventory: &'a Inventory,
    /// The first reading: its second and its day.
    first: (i64, Date),
    members: BTreeMap<(&'a str, &'a str), Vec<&'a str>>,
    known: BTreeMap<(&'a str, &'a str), Option<Certified>>,
}

impl<'a> Batches<'a> {
    /// The batches of all registered instruments.
    pub fn of(office: &'a Office, inventory: &'a Inventory, first: (i64, Date)) -> Self {
        let mut members: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
        for (id, _) in inventory.things() {
            if let Some(batch) = batch(inventory, id) {
                members.entry(batch).or_default().push(id);
            }
        }
        Self { office, inventory, first, members, known: BTreeMap::new() }
    }

    /// What the batch of an instrument says of it.
    pub fn known_of(&mut self, thing: &str) -> Result<Option<Certified>, Failure> {
        let Some(batch) = batch(self.inventory, thing) else { return Ok(None) };
        if let Some(known) = self.known.get(&batch) {
            return Ok(*known);
        }
        let (first_s, first) = self.first;
        let mut found = Vec::new();
        for member in self.members.get(&batch).into_iter().flatten() {
            if let Some((error, on)) = last_found(self.office, self.inventory, member, first)?
                && let Some(years) = years_before(first_s, on)
            {
                found.push((error.error.value, years));
            }
            if found.len() == MOST {
                break;
            }
        }
        let known = of_batch(&found);
        self.known.insert(batch, known);
        Ok(known)
    }
}

/// The maker and the model of an instrument.
fn batch<'a>(inventory: &'a Inventory, thing: &str) -> Option<(&'a str, &'a str)> {
    let registration = inventory.thing(thing)?.registration.as_ref()?;
    let instrument = registration.instrument.as_ref()?;
    let maker = &instrument.manufacturer;
    let maker = if maker.zh.is_empty() { &maker.en } else { &maker.zh };
    Some((maker.as_str(), instrument.model.as_str()))
}

/// What n errors with their ages say of one more of the batch: with their mean m and standard deviation s, a t distribution of n − 1 degrees of freedom about m
/// with the scale s·√(1 + 1/n), of standard deviation s·√((1 + 1/n)·(n − 1)/(n − 3)); of their mean age.
fn of_batch(found: &[(f64, f64)]) -> Option<Certified> {
    if found.len() < FEW {
        return None;
    }
    let count = found.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| found.iter().map(of).sum::<f64>() / count;
    let (error, years) = (mean(|one| one.0), mean(|one| one.1));
    let squares: f64 = found.iter().map(|(one, _)| (one - error) * (one - error)).sum();
    let variance = squares / (count - 1.0) * (1.0 + 1.0 / count) * (count - 1.0) / (count - 3.0);
    // Errors that are all the same, to rounding, say nothing of how far the next one may be.
    (variance > 1e-12).then(|| Certified { error_percent: error, u_percent: variance.sqrt(), years })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::of_batch;

    #[test]
    fn a_batch_says_its_mean_and_how_far_one_more_may_be_from_it() {
        let found = [(0.1, 1.0), (0.3, 2.0), (0.2, 1.0), (0.4, 2.0), (0.0, 1.5)];
        let known = of_batch(&found).unwrap();
        assert!((known.error_percent - 0.2).abs() < 1e-12 && (known.years - 1.5).abs() < 1e-12);
        // s² = 0.1/4 = 0.025; ·(1 + 1/5)·4/2 = 0.06.
        assert!((known.u_percent * known.u_percent - 0.06).abs() < 1e-12);
        assert!(of_batch(&found[..4]).is_none(), "four are too few");
        assert!(of_batch(&[(0.1, 1.0); 6]).is_none());
    }
}
