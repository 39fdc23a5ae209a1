//! A keeper's ledger against the register: what is new, what is changed, what stays, and what cannot be taken.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Finding, Severity};
use heng_rule::Instrument;
use heng_statement::{Described, Place, Registration};
use heng_view::Inventory;
use heng_view::inventory::Entered;

use crate::thing_id;

/// Identifiers are longer than serial numbers, but not by much.
const LONGEST_ID: usize = 300;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The thing is not registered yet.
    New,
    /// It is registered, and something is different.
    Changed,
    /// It is registered just so.
    Same,
    /// The row cannot be taken; the findings say why.
    Refused,
}

impl Fate {
    /// Every fate.
    pub const ALL: [Self; 4] = [Self::New, Self::Changed, Self::Same, Self::Refused];

    /// Its name in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Same => "same",
            Self::Refused => "refused",
        }
    }
}

/// A part of a registration that a row changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// What people call it.
    Name,
    /// What its nameplate says.
    Nameplate,
    /// Where it is used.
    Place,
    /// What it is used for.
    Purpose,
}

impl Change {
    /// Its name in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nameplate => "nameplate",
            Self::Place => "place",
            Self::Purpose => "purpose",
        }
    }
}

/// A row, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// What becomes of it.
    pub fate: Fate,
    /// What would be registered; absent where nothing can be.
    pub registration: Option<Registration>,
    /// What it changes.
    pub changes: Vec<Change>,
    /// What was found.
    pub findings: Vec<Finding>,
}

/// What becomes of each row of a keeper's ledger. `rows` are what was read, with what the reader found.
pub fn planned(keeper: &str, rows: Vec<(Described, Vec<Finding>)>, inventory: &Inventory) -> Vec<Planned> {
    let own = Own::of(keeper, inventory);
    let mut planned: Vec<Planned> = rows
        .into_iter()
        .map(|(described, findings)| {
            if findings.iter().any(|finding| finding.severity == Severity::Error) {
                return Planned { fate: Fate::Refused, registration: None, changes: Vec::new(), findings };
            }
            match own.row(&described, inventory) {
                Ok((registration, changes, is_new)) => {
                    let fate = match (is_new, changes.is_empty()) {
                        (true, _) => Fate::New,
                        (false, true) => Fate::Same,
                        (false, false) => Fate::Changed,
                    };
                    Planned { fate, registration: Some(registration), changes, findings }
                }
                Err(mut refused) => {
                    refused.splice(0..0, findings);
                    Planned { fate: Fate::Refused, registration: None, changes: Vec::new(), findings: refused }
                }
            }
        })
        .collect();
    refuse_duplicates(&mut planned);
    planned
}

/// The same thing twice in one ledger: nobody can say which row is meant, so neither is taken.
fn refuse_duplicates(planned: &mut [Planned]) {
    let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
    for registration in planned.iter().filter_map(|one| one.registration.as_ref()) {
        *seen.entry(&registration.id).or_default() += 1;
    }
    let twice: BTreeSet<String> =
        seen.into_iter().filter(|(_, count)| *count > 1).map(|(id, _)| id.to_owned()).collect();
    for one in planned {
        let Some(registration) = &one.registration else { continue };
        if !twice.contains(&registration.id) {
            continue;
        }
        let serial = registration.instrument.as_ref().map(|instrument| instrument.serial.clone()).unwrap_or_default();
        one.findings.push(Finding::error("ledger-twice").with("serial", serial).with("id", &registration.id));
        (one.fate, one.registration, one.changes) = (Fate::Refused, None, Vec::new());
    }
}

/// What a keeper has.
struct Own<'a> {
    keeper: &'a str,
    /// Identifiers by what the nameplate says, for things whose identifier was not made from it.
    by_nameplate: BTreeMap<String, String>,
    /// A house of a demonstration keeps only instruments of a demonstration.
    synthetic: bool,
}

impl<'a> Own<'a> {
    fn of(keeper: &'a str, inventory: &Inventory) -> Self {
        let synthetic = inventory.party(keeper).is_some_and(|party| party.synthetic);
        let mut own = Self { keeper, by_nameplate: BTreeMap::new(), synthetic };
        for (id, thing) in inventory.of_keeper(keeper) {
            let Some(registration) = &thing.registration else { continue };
            if let Some(instrument) = &registration.instrument {
                own.by_nameplate.insert(nameplate_id(instrument), id.to_owned());
            }
        }
        own
    }

    /// What would be registered, what that changes, and whether the thing is new.
    fn row(
        &self,
        described: &Described,
        inventory: &Inventory,
    ) -> Result<(Registration, Vec<Change>, bool), Vec<Finding>> {
        let id = self.id(described)?;
        let entered = inventory.thing(&id);
        let before = entered.and_then(|thing| thing.registration.as_ref());
        if let Some(before) = before {
            if before.keeper != self.keeper {
                return Err(vec![Finding::error("ledger-of-another").with("id", &id)]);
            }
            if before.kind != Registration::INSTRUMENT {
                return Err(vec![Finding::error("ledger-not-an-instrument").with("id", &id)]);
            }
        }
        let registration = self.merged(&id, described, before)?;
        let changes = before.map_or_else(Vec::new, |before| changes(before, &registration));
        let certified = entered.is_some_and(|thing| inventory.certificates_of(thing).next().is_some());
        let is_unproven = before.is_none() && !self.is_certified_for(&id, entered, &registration, inventory);
        if certified && (changes.contains(&Change::Nameplate) || is_unproven) {
            return Err(vec![Finding::error("ledger-nameplate").with("id", &id)]);
        }
        Ok((registration, changes, before.is_none()))
    }

    /// Whether the certificates of a thing that nobody has registered are of what would be registered: they were made for this keeper, or its
    /// identifier was made from this nameplate.
    fn is_certified_for(
        &self,
        id: &str,
        entered: Option<&Entered>,
        registration: &Registration,
        inventory: &Inventory,
    ) -> bool {
        let is_of_nameplate = registration.instrument.as_ref().is_some_and(|instrument| nameplate_id(instrument) == id);
        let mut certificates = entered.into_iter().flat_map(|thing| inventory.certificates_of(thing));
        is_of_nameplate || certificates.any(|certified| certified.client.as_deref() == Some(self.keeper))
    }

    /// The thing that a row means: the one it names, or the one with this nameplate.
    fn id(&self, described: &Described) -> Result<String, Vec<Finding>> {
        match &described.id {
            Some(id) => {
                let rest = id.strip_prefix("thing:").filter(|rest| !rest.is_empty() && id.len() <= LONGEST_ID);
                let is_clean = |rest: &str| !rest.contains(|sign: char| sign.is_control() || sign.is_whitespace());
                match rest {
                    Some(rest) if is_clean(rest) => Ok(id.clone()),
                    _ => {
                        let shown: String = id.chars().take(60).collect();
                        Err(vec![Finding::error("ledger-id-malformed").with("id", shown)])
                    }
                }
            }
            None => {
                let made = nameplate_id(&instrument(described, None)?);
                Ok(self.by_nameplate.get(&made).cloned().unwrap_or(made))
            }
        }
    }

    fn merged(
        &self,
        id: &str,
        described: &Described,
        before: Option<&Registration>,
    ) -> Result<Registration, Vec<Finding>> {
        let known = before.and_then(|before| before.instrument.as_ref());
        let mut instrument = instrument(described, known)?;
        if before.is_some() || described.id.is_some() {
            instrument.id = known.map_or_else(|| Some(id.to_owned()), |known| known.id.clone());
        }
        let name = described.name.after(before.map(|before| &before.name)).unwrap_or_default();
        let place = match (before.and_then(|before| before.place.as_ref()), &described.district) {
            (None, None) if described.address.is_blank() => None,
            (None, None) => return Err(vec![Finding::error("ledger-missing-district")]),
            (was, district) => Some(Place {
                district: district.clone().or_else(|| was.map(|was| was.district.clone())).unwrap_or_default(),
                address: described.address.after(was.map(|was| &was.address)).unwrap_or_default(),
            }),
        };
        Ok(Registration {
            id: id.to_owned(),
            kind: Registration::INSTRUMENT.to_owned(),
            name,
            keeper: self.keeper.to_owned(),
            instrument: Some(instrument),
            place,
            purpose: described.purpose.or_else(|| before.and_then(|before| before.purpose)),
            synthetic: before.map_or(self.synthetic, |before| before.synthetic),
        })
    }
}

/// The identifier that is made from a nameplate, whatever identifier the thing has.
fn nameplate_id(instrument: &Instrument) -> String {
    thing_id(&Instrument { id: None, ..instrument.clone() })
}

/// The nameplate that a row gives; what it leaves blank stays as it is known.
fn instrument(described: &Described, known: Option<&Instrument>) -> Result<Instrument, Vec<Finding>> {
    let mut missing = Vec::new();
    let mut needed = |code: &str, given: Option<String>| {
        given.unwrap_or_else(|| {
            missing.push(Finding::error(code));
            String::new()
        })
    };
    let kind = needed("ledger-missing-kind", described.kind.clone().or_else(|| known.map(|known| known.kind.clone())));
    let serial =
        needed("ledger-missing-serial", described.serial.clone().or_else(|| known.map(|known| known.serial.clone())));
    let name = described.name.after(known.map(|known| &known.name));
    if name.is_none() {
        missing.push(Finding::error("ledger-missing-name"));
    }
    let manufacturer = described.manufacturer.after(known.map(|known| &known.manufacturer));
    if manufacturer.is_none() {
        missing.push(Finding::error("ledger-missing-manufacturer"));
    }
    let (Some(name), Some(manufacturer), true) = (name, manufacturer, missing.is_empty()) else { return Err(missing) };
    let mut characteristics = known.map(|known| known.characteristics.clone()).unwrap_or_default();
    characteristics.extend(described.characteristics.clone());
    let model = described.model.clone().or_else(|| known.map(|known| known.model.clone())).unwrap_or_default();
    Ok(Instrument { id: None, kind, name, manufacturer, model, serial, characteristics })
}

fn changes(before: &Registration, after: &Registration) -> Vec<Change> {
    // What people call a thing stands beside its nameplate as well, and is no part of it.
    let nameplate = |registration: &Registration| {
        registration.instrument.clone().map(|instrument| Instrument { name: heng_rule::Words::default(), ..instrument })
    };
    let mut changes = Vec::new();
    let mut note = |differs: bool, change| changes.extend(differs.then_some(change));
    note(before.name != after.name, Change::Name);
    note(nameplate(before) != nameplate(after), Change::Nameplate);
    note(before.place != after.place, Change::Place);
    note(before.purpose != after.purpose, Change::Purpose);
    changes
}
