//! What the log says of meters before their readings are looked at: the last certificate of each.

use heng_inference::meters::{Certified, District};
use heng_office::Office;
use heng_statement::{Body, CertificateKind};
use heng_telemetry::district::years_before;
use heng_view::Inventory;
use heng_view::service::found_error;

use super::record::day;
use crate::failure::Failure;

/// Gives each meter what its last certificate before the readings says, where the files have nothing better, and says of how many that was. `thing`
/// names the instrument of a meter. A notice of rejection says what was wrong before the meter was mended or taken away, and nothing of later readings.
pub fn from_log(
    district: &mut District,
    office: &Office,
    inventory: &Inventory,
    thing: &dyn Fn(&str) -> String,
) -> Result<usize, Failure> {
    let Some(first_s) = district.times_s.first().copied() else { return Ok(0) };
    let Some(first) = day(first_s) else { return Ok(0) };
    let (store, mut given) = (office.store(), 0);
    for meter in district.meters.iter_mut().filter(|meter| meter.certified.is_none()) {
        let Some(entered) = inventory.thing(&thing(&meter.id)) else { continue };
        let last = inventory.certificates_of(entered).rfind(|certified| {
            certified.performed_on <= first
                && certified.correction.is_none()
                && certified.kind != CertificateKind::RejectionNotice
        });
        let Some(last) = last else { continue };
        let placed = store.placed(&last.hash).map_err(|error| Failure::of_store(store.layout().folder(), error))?;
        let Some(signed) = placed.map(|placed| placed.signed) else { continue };
        let Body::Cert(certificate) = &signed.statement.body else { continue };
        let known = found_error(certificate).zip(years_before(first_s, last.performed_on));
        let Some((found, years)) = known else { continue };
        meter.certified =
            Some(Certified { error_percent: found.error.value, u_percent: found.error.standard_uncertainty, years });
        given += 1;
    }
    Ok(given)
}
