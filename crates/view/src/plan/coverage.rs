//! Which kinds of instruments a measurement standard serves: those that were verified with it.

use std::collections::{BTreeMap, HashMap};

use heng_statement::Registration;

use crate::Inventory;
use crate::inventory::Certified;

/// By standard, the kinds of instruments that certificates were issued for with it, each with the first such certificate that stands.
pub fn covered(inventory: &Inventory) -> BTreeMap<&str, BTreeMap<&str, &Certified>> {
    let mut all: BTreeMap<&str, BTreeMap<&str, &Certified>> = BTreeMap::new();
    // A few standards serve many instruments: each is looked up once.
    let mut standards: HashMap<&str, Option<&Certified>> = HashMap::new();
    for (_, thing) in inventory.things() {
        let Some(kind) = thing.registration.as_ref().and_then(working_kind) else { continue };
        for certified in inventory.certificates_of(thing).filter(|one| one.correction.is_none()) {
            for hash in &certified.standards {
                let standard = standards.entry(hash).or_insert_with(|| inventory.certificate(hash));
                let Some(standard) = standard else { continue };
                let first = all.entry(&standard.thing).or_default().entry(kind).or_insert(certified);
                if certified.index < first.index {
                    *first = certified;
                }
            }
        }
    }
    all
}

/// The kind of an instrument that is no measurement standard.
fn working_kind(registration: &Registration) -> Option<&str> {
    let instrument = registration.instrument.as_ref().filter(|_| !registration.is_measurement_standard());
    instrument.map(|instrument| instrument.kind.as_str())
}
