//! Instruments in a list: what it is, where, whose, how it stands, until when.

use heng_rule::Words;
use heng_rule::catalogue::Catalogue;
use heng_view::inventory::Entered;
use heng_view::{CertificateState, Condition, Inventory, Obligation, obligation};
use jiff::civil::Date;
use serde::Serialize;

/// One instrument of a list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Listed {
    /// The thing.
    pub(crate) id: String,
    /// What people call it.
    pub(crate) name: Words,
    /// Its kind.
    pub(crate) kind: String,
    /// Its model.
    pub(crate) model: String,
    /// Its serial number.
    pub(crate) serial: String,
    /// Who keeps it.
    pub(crate) keeper: String,
    /// The keeper's name.
    pub(crate) keeper_name: Option<Words>,
    /// The district, as a code of GB/T 2260.
    pub(crate) district: Option<String>,
    /// Where it is used.
    pub(crate) address: Option<Words>,
    /// Whether it may be used, and what someone should do about it.
    pub(crate) condition: Condition,
    /// The last day of its validity, passed or not.
    pub(crate) through: Option<Date>,
    /// So many days until that day, that day included; below one, so many days ago.
    pub(crate) days: Option<i32>,
    /// The number of its last certificate.
    pub(crate) certificate: Option<String>,
    /// Whether it must be verified.
    pub(crate) obligation: Obligation,
    /// Whether a laboratory is asked for work on it.
    pub(crate) asked: bool,
    /// The certificate that the condition rests on.
    #[serde(skip)]
    pub(crate) last: Option<Last>,
}

/// The last certificate of an instrument, as far as its condition is explained by it.
#[derive(Clone, Debug)]
pub(crate) struct Last {
    /// The rule.
    pub(crate) rule: String,
    /// The day of the work.
    pub(crate) performed_on: Date,
    /// The day of issue.
    pub(crate) issued_on: Date,
    /// How it stands.
    pub(crate) state: CertificateState,
}

/// A registered instrument as a list of instruments shows it; nothing for what was never registered or is a standard.
pub(crate) fn listed(
    inventory: &Inventory,
    catalogue: &Catalogue,
    id: &str,
    thing: &Entered,
    on: Date,
) -> Option<Listed> {
    if thing.registration.as_ref()?.is_measurement_standard() {
        return None;
    }
    workable(inventory, catalogue, id, thing, on)
}

/// What a laboratory can verify or calibrate: every registered instrument, the standards among them.
pub(crate) fn workable(
    inventory: &Inventory,
    catalogue: &Catalogue,
    id: &str,
    thing: &Entered,
    on: Date,
) -> Option<Listed> {
    let registration = thing.registration.as_ref()?;
    let instrument = registration.instrument.as_ref()?;
    let last = inventory.certificates_of(thing).next_back();
    let through = last.and_then(|last| last.valid_through);
    Some(Listed {
        id: id.to_owned(),
        name: registration.name.clone(),
        kind: instrument.kind.clone(),
        model: instrument.model.clone(),
        serial: instrument.serial.clone(),
        keeper: registration.keeper.clone(),
        keeper_name: inventory.party(&registration.keeper).map(|party| party.name.clone()),
        district: registration.place.as_ref().map(|place| place.district.clone()),
        address: registration.place.as_ref().map(|place| place.address.clone()),
        condition: inventory.condition(thing, on),
        days: through.and_then(|through| Some(on.until((jiff::Unit::Day, through)).ok()?.get_days() + 1)),
        through,
        certificate: last.map(|last| last.number.clone()),
        obligation: obligation(catalogue, &instrument.kind, registration.purpose, on),
        asked: !thing.asked.is_empty(),
        last: last.map(|last| Last {
            rule: last.rule.clone(),
            performed_on: last.performed_on,
            issued_on: last.issued_on,
            state: inventory.state(last, on),
        }),
    })
}

/// The worst first, then those whose validity ends first.
pub(crate) fn sort(list: &mut [Listed]) {
    list.sort_by(|one, other| (one.condition, one.through, &one.id).cmp(&(other.condition, other.through, &other.id)));
}
