//! Which kinds of instruments a measurement standard serves: those that were verified with it.

use std::collections::BTreeMap;

use crate::Inventory;
use crate::inventory::Certified;

/// By standard, the kinds of instruments that certificates were issued for with it, each with the first such certificate that stands.
pub fn covered(inventory: &Inventory) -> BTreeMap<&str, BTreeMap<&str, &Certified>> {
    let mut all: BTreeMap<&str, BTreeMap<&str, &Certified>> = BTreeMap::new();
    for certified in inventory.certificates().iter().filter(|one| one.correction.is_none()) {
        let registration = inventory.thing(&certified.thing).and_then(|thing| thing.registration.as_ref());
        let Some(registration) = registration.filter(|one| !one.is_measurement_standard()) else { continue };
        let Some(kind) = registration.instrument.as_ref().map(|instrument| instrument.kind.as_str()) else { continue };
        for standard in certified.standards.iter().filter_map(|hash| inventory.certificate(hash)) {
            all.entry(&standard.thing).or_default().entry(kind).or_insert(certified);
        }
    }
    all
}
