//! What the log says of meters before their readings are looked at.

use heng_inference::meters::{Certified, District};
use heng_office::Office;
use heng_telemetry::district::years_before;
use heng_view::Inventory;

use super::batch::Batches;
use super::record::day;
use crate::failure::Failure;
use crate::infer::certified::last_found;

/// Of how many meters the log knows something.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recalled {
    /// From their own last certificates.
    pub own: usize,
    /// From those of others of their batch.
    pub of_batch: usize,
}

impl Recalled {
    /// Adds those of another district.
    pub fn add(&mut self, other: Self) {
        self.own += other.own;
        self.of_batch += other.of_batch;
    }
}

/// Gives each meter what its last certificate before the readings says, where the files have nothing better; where it has none, what those of its batch say.
/// `thing` names the instrument of a meter.
pub fn from_log(
    district: &mut District,
    (office, inventory): (&Office, &Inventory),
    batches: &Batches,
    thing: &dyn Fn(&str) -> String,
) -> Result<Recalled, Failure> {
    let mut recalled = Recalled::default();
    let Some(first_s) = district.times_s.first().copied() else { return Ok(recalled) };
    let Some(first) = day(first_s) else { return Ok(recalled) };
    for meter in district.meters.iter_mut().filter(|meter| meter.certified.is_none()) {
        let thing = thing(&meter.id);
        let own = last_found(office, inventory, &thing, first)?;
        meter.certified = own.and_then(|(found, on)| {
            let (error, years) = (found.error, years_before(first_s, on)?);
            Some(Certified { error_percent: error.value, u_percent: error.standard_uncertainty, years })
        });
        if meter.certified.is_some() {
            recalled.own += 1;
            continue;
        }
        meter.certified = batches.known_of((office, inventory), &thing, (first_s, first))?;
        recalled.of_batch += usize::from(meter.certified.is_some());
    }
    Ok(recalled)
}
