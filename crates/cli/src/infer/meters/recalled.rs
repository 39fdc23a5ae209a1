//! What the log says of meters before their readings are looked at.

use heng_inference::meters::{Certified, District};
use heng_office::Office;
use heng_telemetry::district::years_before;
use heng_view::Inventory;

use super::record::day;
use crate::failure::Failure;
use crate::infer::certified::last_found;

/// Gives each meter what its last certificate before the readings says, where the files have nothing better, and says of how many that was. `thing`
/// names the instrument of a meter.
pub fn from_log(
    district: &mut District,
    office: &Office,
    inventory: &Inventory,
    thing: &dyn Fn(&str) -> String,
) -> Result<usize, Failure> {
    let Some(first_s) = district.times_s.first().copied() else { return Ok(0) };
    let Some(first) = day(first_s) else { return Ok(0) };
    let mut given = 0;
    for meter in district.meters.iter_mut().filter(|meter| meter.certified.is_none()) {
        let Some((found, on)) = last_found(office, inventory, &thing(&meter.id), first)? else { continue };
        let Some(years) = years_before(first_s, on) else { continue };
        meter.certified =
            Some(Certified { error_percent: found.error.value, u_percent: found.error.standard_uncertainty, years });
        given += 1;
    }
    Ok(given)
}
