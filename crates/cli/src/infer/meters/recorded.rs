//! What was inferred goes into a store's log: the keeper of the network signs it, and alarms ask whom it names.

use std::collections::BTreeMap;

use heng_inference::meters::{Assessment, District};
use heng_office::service::{Recorded, record};
use heng_office::{ANCHOR, Office, clock, follow};
use heng_rule::service::ServiceLimit;
use heng_statement::certificate::Document;
use heng_supervision::service::Asked;
use heng_view::Inventory;
use heng_wording::Words;

use super::batch::Batches;
use super::conditions::Held;
use super::recalled::{Recalled, from_log};
use super::record::judged;
use crate::arguments::InferRecord;
use crate::failure::Failure;
use crate::infer::registering::register;
use crate::infer::stated::to_answer;
use crate::print;

/// A store that takes what is inferred.
pub struct Recorder<'a> {
    arguments: &'a InferRecord,
    keeper: &'a str,
    office: Office,
    inventory: Inventory,
    /// The instruments that the keeper has registered, by their serial numbers.
    by_serial: BTreeMap<String, String>,
    batches: Batches,
}

impl<'a> Recorder<'a> {
    /// The store that the arguments name; none where they name none.
    pub fn open(arguments: &'a InferRecord) -> Result<Option<Self>, Failure> {
        let (Some(data), Some(keeper)) = (&arguments.data, &arguments.party) else { return Ok(None) };
        let office = Office::open(data)?;
        let inventory = follow::inventory(office.store(), ANCHOR)?;
        let registered = inventory.of_keeper(keeper).filter_map(|(id, thing)| {
            let serial = thing.registration.as_ref()?.instrument.as_ref()?.serial.clone();
            Some((serial, id.to_owned()))
        });
        let by_serial = registered.collect();
        Ok(Some(Self { arguments, keeper, office, inventory, by_serial, batches: Batches::default() }))
    }

    /// Gives the meters of a district what the log knows of them.
    pub fn recall(&self, district: &mut District) -> Result<Recalled, Failure> {
        from_log(district, (&self.office, &self.inventory), &self.batches, &|meter| self.thing(meter))
    }

    fn thing(&self, meter: &str) -> String {
        self.by_serial.get(meter).cloned().unwrap_or_else(|| meter.to_owned())
    }

    /// Signs what was inferred of a district. The readings name a meter by its identifier or by its serial number. Nobody is alarmed where the
    /// specification allows no conclusion.
    pub fn record(
        &mut self,
        readings: Readings<'_>,
        (district, assessment, held): (&District, &Assessment, &Held),
        limit: &ServiceLimit,
    ) -> Result<Recorded, Failure> {
        let Readings { network, name, files } = readings;
        register(self.arguments, (self.keeper, &network, name), &self.office, &mut self.inventory)?;
        let thing = |meter: &str| self.thing(meter);
        let registered = self.inventory.thing(&network).and_then(|thing| thing.registration.as_ref());
        let synthetic = registered.is_some_and(|registration| registration.synthetic);
        let judged = judged(&network, (district, assessment), limit, &thing, files, synthetic)
            .ok_or_else(|| Failure::unreadable("error-infer-nothing"))?;
        let now = clock::now();
        let asked = Asked {
            addressee: Some(self.arguments.addressee.as_deref().unwrap_or(self.keeper)),
            answer_by: self.arguments.answer_by.unwrap_or_else(|| to_answer(clock::day(now))),
        };
        let asked = (!held.forbids_conclusions()).then_some(asked);
        let recorded = record(&self.office, &self.inventory, judged, self.keeper, asked, now)?;
        // What comes next may be about the same instruments, and an alarm that waits is not raised again.
        follow::follow(self.office.store(), &mut self.inventory, self.office.size(), &mut |_, _| {})?;
        Ok(recorded)
    }
}

/// The readings of a district as the log names them.
pub struct Readings<'a> {
    /// The network.
    pub network: String,
    /// The name that it is registered by, if it has to be.
    pub name: Option<&'a str>,
    /// The files.
    pub files: Vec<Document>,
}

/// The network of a district of which no more than the name is known.
pub fn network(district: &str) -> String {
    format!("thing:network:{district}")
}

/// Of how many meters the log knew something.
pub fn say_recalled(recalled: Recalled, words: &Words) {
    for (code, count) in [("infer-recalled", recalled.own), ("infer-recalled-batch", recalled.of_batch)] {
        if count > 0 {
            print::note(words.say(code, &[("count", &count.to_string())]));
        }
    }
}

/// What of a district is in the log now.
pub fn say_recorded(network: &str, recorded: &Recorded, held: &Held, words: &Words) {
    let alerts = recorded.alerts.len().to_string();
    let facts = [("network", network), ("statement", &recorded.inference), ("alerts", &alerts)];
    let code = match (recorded.is_known && recorded.alerts.is_empty(), held.forbids_conclusions()) {
        (true, _) => "infer-recorded-known",
        (false, true) => "infer-recorded-silent",
        (false, false) => "infer-recorded",
    };
    print::note(words.say(code, &facts));
}
