//! What the log says of instruments before their readings are looked at: the last certificate of each.

use heng_office::Office;
use heng_statement::{Body, CertificateKind};
use heng_view::Inventory;
use heng_view::service::{FoundError, found_error};
use jiff::civil::Date;

use crate::failure::Failure;

/// The error that the last standing certificate of an instrument states, of those up to a day, and the day of its measurements. A notice of rejection says
/// what was wrong before the instrument was mended, and a repair changes it: after either nothing is known until it is verified again.
pub fn last_found(
    office: &Office,
    inventory: &Inventory,
    thing: &str,
    through: Date,
) -> Result<Option<(FoundError, Date)>, Failure> {
    let Some(entered) = inventory.thing(thing) else { return Ok(None) };
    let standing = inventory.certificates_of(entered);
    let standing = standing.filter(|one| one.performed_on <= through && one.correction.is_none());
    // Of one day the one that came later; an old one may have come into the log late.
    let Some(last) = standing.max_by_key(|one| one.performed_on) else { return Ok(None) };
    let mended = inventory.service().mended(thing).any(|on| last.performed_on < on && on <= through);
    if last.kind == CertificateKind::RejectionNotice || mended {
        return Ok(None);
    }
    let store = office.store();
    let placed = store.placed(&last.hash).map_err(|error| Failure::of_store(store.layout().folder(), error))?;
    let Some(signed) = placed.map(|placed| placed.signed) else { return Ok(None) };
    let Body::Cert(certificate) = &signed.statement.body else { return Ok(None) };
    Ok(found_error(certificate).zip(Some(last.performed_on)))
}
