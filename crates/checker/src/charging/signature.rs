//! Whose key a record was checked with, and whether it signed it.

use std::collections::BTreeMap;

use heng_exchange::ocmf::{LONGEST_KEY, Presented, key_bytes};
use heng_statement::{Curve, EcdsaError, MeterKey};

use super::meter::Meters;
use super::{Found, Grounds};
use crate::report::{Outcome, Reason};

/// From whom a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// The one who asks gave it.
    Given,
    /// The meter's certificate names it.
    Certificate,
    /// It came in the same file.
    Enclosed,
}

/// The check `signature`, and the key that it was made with.
pub(super) struct Proved {
    pub answer: Found,
    /// SubjectPublicKeyInfo of the key, where there was one that could be read.
    pub key: Option<Vec<u8>>,
}

/// From how many records on a key is worth its table.
const WORTH_A_TABLE: usize = 24;

/// So many keys keep a table: 88 kB each for 256 bits, 340 kB for 384.
const MOST_TABLES: usize = 512;

/// Each key is read once; one that returns often gets its table.
pub(super) struct Keys {
    uses: BTreeMap<String, usize>,
    read: BTreeMap<(String, Option<Curve>), Result<MeterKey, EcdsaError>>,
    tables: usize,
}

impl Keys {
    pub fn new(presented: &[Presented], grounds: &Grounds<'_>, meters: &Meters<'_>) -> Self {
        let mut uses = BTreeMap::new();
        for presented in presented {
            if let Some((text, _)) = key_of(presented, grounds, meters) {
                *uses.entry(text.to_owned()).or_insert(0) += 1;
            }
        }
        Self { uses, read: BTreeMap::new(), tables: 0 }
    }

    pub fn proved(&mut self, presented: &Presented, grounds: &Grounds<'_>, meters: &Meters<'_>) -> Proved {
        let without = |outcome, reason| Proved { answer: (outcome, reason), key: None };
        let read = &presented.read;
        let (Some(signed), Some(section)) = (&read.signed, &read.signature) else {
            return without(Outcome::Failed, Reason::new("charging-not-whole"));
        };
        let Some(curve) = section.curve else {
            let algorithm = section.algorithm.clone().unwrap_or_default();
            return without(Outcome::NotPossible, Reason::new("charging-algorithm").with("algorithm", algorithm));
        };
        let Some((text, source)) = key_of(presented, grounds, meters) else {
            return without(Outcome::NotPossible, Reason::new("charging-no-key"));
        };
        let key = match self.key(text, curve) {
            Ok(key) => key,
            Err(EcdsaError::NotOnCurve(curve)) => {
                return without(Outcome::NotPossible, Reason::new("charging-key-off-curve").with("curve", curve));
            }
            Err(EcdsaError::Curve) => return without(Outcome::NotPossible, Reason::new("charging-key-curve")),
            Err(_) => return without(Outcome::NotPossible, Reason::new("charging-key-unreadable")),
        };
        let spki = Some(key.to_spki_der());
        let proved = |outcome, reason| Proved { answer: (outcome, reason), key: spki };
        if key.curve() != curve {
            let reason = Reason::new("charging-key-other-curve").with("key", key.curve()).with("record", curve);
            return proved(Outcome::Failed, reason);
        }
        let Ok(signature) = section.signature() else {
            return proved(Outcome::Failed, Reason::new("charging-signature-unreadable"));
        };
        match key.authenticate(signed.as_bytes(), &signature) {
            Ok(()) => {
                let code = match source {
                    Source::Given => "charging-signed-given",
                    Source::Certificate => "charging-signed-certified",
                    Source::Enclosed => "charging-signed-enclosed",
                };
                proved(Outcome::Passed, Reason::new(code).with("curve", curve))
            }
            Err(_) => proved(Outcome::Failed, Reason::new("charging-not-signed").with("curve", curve)),
        }
    }

    /// The key that a text means. A bare point is read on the record's curve, since it names none.
    fn key(&mut self, text: &str, curve: Curve) -> Result<&MeterKey, EcdsaError> {
        let whole = (text.to_owned(), None);
        let place = if self.read.contains_key(&whole) {
            whole
        } else {
            let bytes = key_bytes(text).ok_or(EcdsaError::Key)?;
            match MeterKey::from_spki_der(&bytes) {
                Err(EcdsaError::Key) => {
                    let place = (text.to_owned(), Some(curve));
                    self.read.entry(place.clone()).or_insert_with(|| MeterKey::from_point(curve, &bytes));
                    place
                }
                read => {
                    self.read.insert(whole.clone(), read);
                    whole
                }
            }
        };
        let is_worth_it = self.uses.get(text).is_some_and(|uses| *uses >= WORTH_A_TABLE);
        let key = self.read.get(&place).ok_or(EcdsaError::Key)?.as_ref().map_err(|error| *error)?;
        if is_worth_it && self.tables < MOST_TABLES {
            key.prepare();
            self.tables += 1;
            self.uses.remove(text);
        }
        Ok(key)
    }
}

/// The key to check with: the one given, else the one that the meter's certificate names, else the one in the file.
fn key_of<'a>(presented: &'a Presented, grounds: &Grounds<'a>, meters: &Meters<'a>) -> Option<(&'a str, Source)> {
    if let Some(key) = grounds.key {
        return Some((key, Source::Given));
    }
    let certified = presented.read.record.as_ref().and_then(|record| meters.key(record));
    // One that is no key at all would be compared for every record.
    let certified = certified.filter(|key| key.len() <= LONGEST_KEY);
    match (certified, &presented.key) {
        (Some(key), None) => Some((key, Source::Certificate)),
        // The file's own key is checked against the certificate's by the check `meter`.
        (Some(key), Some(enclosed)) if key_bytes(key) == key_bytes(enclosed) => Some((key, Source::Certificate)),
        (_, Some(enclosed)) => Some((enclosed, Source::Enclosed)),
        (None, None) => None,
    }
}
