//! What the log says of meters before their readings are looked at: the last certificate of each.

use heng_inference::meters::{Certified, District};
use heng_office::Office;
use heng_statement::{Body, CertificateKind};
use heng_view::Inventory;
use heng_view::service::found_error;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{TimeZone, offset};

use crate::failure::Failure;

/// The mean length of a year in days.
const YEAR: f64 = 365.2425;

/// Gives each meter what its last certificate before the readings says, where the files have nothing better, and says of how many that was. `thing`
/// names the instrument of a meter. A notice of rejection says what was wrong before the meter was mended or taken away, and nothing of later readings.
pub fn from_log(
    district: &mut District,
    office: &Office,
    inventory: &Inventory,
    thing: &dyn Fn(&str) -> String,
) -> Result<usize, Failure> {
    let Some(first) = district.times_s.first().copied().and_then(day) else { return Ok(0) };
    let mut given = 0;
    for meter in district.meters.iter_mut().filter(|meter| meter.certified.is_none()) {
        let Some(entered) = inventory.thing(&thing(&meter.id)) else { continue };
        let last = inventory.certificates_of(entered).rfind(|certified| {
            certified.performed_on <= first
                && certified.correction.is_none()
                && certified.kind != CertificateKind::RejectionNotice
        });
        let Some(last) = last else { continue };
        let signed = office.store().placed(&last.hash);
        let signed = signed.map_err(|error| Failure::new("error-store").with("path", "").with("reason", error))?;
        let Some(signed) = signed.map(|placed| placed.signed) else { continue };
        let Body::Cert(certificate) = &signed.statement.body else { continue };
        let Some(found) = found_error(certificate) else { continue };
        meter.certified = Some(Certified {
            error_percent: found.error.value,
            u_percent: found.error.standard_uncertainty,
            years: f64::from((first - last.performed_on).get_days()) / YEAR,
        });
        given += 1;
    }
    Ok(given)
}

/// The legal day of an instant of the readings.
fn day(seconds: i64) -> Option<Date> {
    let instant = Timestamp::from_second(seconds).ok()?;
    Some(TimeZone::fixed(offset(8)).to_datetime(instant).date())
}
