//! What the log says of instruments before their readings are looked at: the last certificate of each.

use heng_office::Office;
use heng_statement::{Body, CertificateKind};
use heng_view::Inventory;
use heng_view::service::{FoundError, found_error};
use jiff::civil::Date;

use crate::failure::Failure;

/// The error that the last standing certificate of an instrument states, of those up to a day, and the day of its measurements. A notice of rejection says
/// what was wrong before the instrument was mended or taken away, and nothing of later readings.
pub fn last_found(
    office: &Office,
    inventory: &Inventory,
    thing: &str,
    through: Date,
) -> Result<Option<(FoundError, Date)>, Failure> {
    let Some(entered) = inventory.thing(thing) else { return Ok(None) };
    let last = inventory.certificates_of(entered).rfind(|certified| {
        certified.performed_on <= through
            && certified.correction.is_none()
            && certified.kind != CertificateKind::RejectionNotice
    });
    let Some(last) = last else { return Ok(None) };
    let store = office.store();
    let placed = store.placed(&last.hash).map_err(|error| Failure::of_store(store.layout().folder(), error))?;
    let Some(signed) = placed.map(|placed| placed.signed) else { return Ok(None) };
    let Body::Cert(certificate) = &signed.statement.body else { return Ok(None) };
    Ok(found_error(certificate).zip(Some(last.performed_on)))
}
