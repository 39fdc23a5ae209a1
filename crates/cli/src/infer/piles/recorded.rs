//! What was inferred of charging piles goes into a store's log: whoever watches them signs it, and alarms ask the keeper of each pile.

use std::collections::{BTreeMap, BTreeSet};

use heng_inference::piles::{Anchor, Inference};
use heng_office::service::record;
use heng_office::{ANCHOR, Office, clock, follow};
use heng_statement::certificate::Document;
use heng_supervision::service::Asked;
use heng_telemetry::sessions::{SessionTable, session_files};
use heng_view::Inventory;
use heng_wording::Words;
use jiff::civil::Date;

use super::limits::{Applied, Limits, PileLimit};
use super::record::{Told, judged};
use super::verified::from_log;
use crate::arguments::InferPiles;
use crate::failure::Failure;
use crate::infer::registering::register;
use crate::infer::stated::{named, to_answer};
use crate::print;

/// A store that takes what is inferred.
pub struct Recorder<'a> {
    arguments: &'a InferPiles,
    watcher: &'a str,
    network: &'a str,
    days: (Date, Date),
    office: Office,
    inventory: Inventory,
    /// The instruments of the kinds that the rules of charging piles apply to, by serial number; nothing where two have the same one.
    by_serial: BTreeMap<String, Option<String>>,
}

impl<'a> Recorder<'a> {
    /// The store that the arguments name; none where they name none. `kinds` are those that the rules of charging piles apply to.
    pub fn open(arguments: &'a InferPiles, kinds: &[String]) -> Result<Option<Self>, Failure> {
        let told = &arguments.record;
        let (Some(data), Some(watcher)) = (&told.data, &told.party) else { return Ok(None) };
        let incomplete = || Failure::unreadable("error-infer-piles-log");
        let network = told.network.as_deref().ok_or_else(incomplete)?;
        let days = arguments.begins_on.zip(arguments.ends_on).filter(|(first, last)| first <= last);
        let days = days.ok_or_else(incomplete)?;
        let office = Office::open(data)?;
        let mut inventory = follow::inventory(office.store(), ANCHOR)?;
        register(told, (watcher, network, told.register.as_deref()), &office, &mut inventory)?;
        let mut by_serial: BTreeMap<String, Option<String>> = BTreeMap::new();
        for (id, thing) in inventory.things() {
            let registered = thing.registration.as_ref().and_then(|registration| registration.instrument.as_ref());
            if let Some(instrument) = registered.filter(|instrument| kinds.contains(&instrument.kind)) {
                by_serial
                    .entry(instrument.serial.clone())
                    .and_modify(|known| *known = None)
                    .or_insert_with(|| Some(id.to_owned()));
            }
        }
        Ok(Some(Self { arguments, watcher, network, days, office, inventory, by_serial }))
    }

    /// The instrument of a name: its identifier, or the serial number that no other pile has.
    fn thing(&self, name: &str) -> Option<String> {
        let is_registered = self.inventory.thing(name).is_some_and(|thing| thing.registration.is_some());
        if is_registered { Some(name.to_owned()) } else { self.by_serial.get(name).cloned().flatten() }
    }

    /// The instruments of the piles by rank, each once; and the names of those that are none, or one that another name is already.
    fn things(&self, table: &SessionTable) -> (Vec<Option<String>>, Vec<String>) {
        let (mut seen, mut unknown) = (BTreeSet::new(), Vec::new());
        let things = table.piles.iter().map(|name| {
            let name = name.to_string();
            let thing = self.thing(&name).filter(|thing| seen.insert(thing.clone()));
            if thing.is_none() {
                unknown.push(name);
            }
            thing
        });
        (things.collect(), unknown)
    }

    /// The piles whose error the log knows.
    pub fn verified(&self, table: &SessionTable, words: &Words) -> Result<Vec<Anchor>, Failure> {
        let (things, _) = self.things(table);
        let anchors = from_log(&things, &self.office, &self.inventory, self.days.0)?;
        if !anchors.is_empty() {
            print::note(words.say("infer-piles-recalled", &[("count", &anchors.len().to_string())]));
        }
        Ok(anchors)
    }

    /// The limits of the piles: of each by its registered class, of one that is not registered the one that is given.
    pub fn limits(&self, table: &SessionTable, limits: &Limits, otherwise: &PileLimit) -> Applied {
        Applied::of_registered(&self.things(table).0, &self.inventory, limits, otherwise)
    }

    /// Signs what was inferred, and alarms.
    pub fn record(
        &self,
        inferred: (&SessionTable, &Inference),
        limits: &Applied,
        verified: usize,
        words: &Words,
    ) -> Result<(), Failure> {
        let path = &self.arguments.sessions;
        let unreadable = |error| Failure::reading(path, error);
        let files = session_files(path, &inferred.0.left_out).map_err(unreadable)?;
        let readings = files.iter().map(|file| named(file)).collect::<Result<Vec<Document>, Failure>>()?;
        let registered = self.inventory.thing(self.network).and_then(|thing| thing.registration.as_ref());
        let synthetic = registered.is_some_and(|registration| registration.synthetic);
        let (things, unknown) = self.things(inferred.0);
        if !unknown.is_empty() {
            print::note(words.say("infer-piles-unregistered", &[("piles", &unknown.join(" "))]));
        }
        let told = Told { network: self.network, days: self.days, readings, limits, verified, synthetic };
        let judged = judged(inferred, told, &things).ok_or_else(|| Failure::unreadable("error-infer-piles-figures"))?;
        let now = clock::now();
        let asked = Asked {
            addressee: self.arguments.record.addressee.as_deref(),
            answer_by: self.arguments.record.answer_by.unwrap_or_else(|| to_answer(clock::day(now))),
        };
        let recorded = record(&self.office, &self.inventory, judged, self.watcher, Some(asked), now)?;
        let facts = [
            ("network", self.network),
            ("statement", &recorded.inference),
            ("alerts", &recorded.alerts.len().to_string()),
        ];
        print::note(words.say(
            if recorded.is_known && recorded.alerts.is_empty() { "infer-recorded-known" } else { "infer-recorded" },
            &facts,
        ));
        Ok(())
    }
}
