//! What was inferred goes into a store's log: the keeper of the network signs it, and alarms ask whom it names.

use std::collections::BTreeMap;

use heng_inference::meters::{Assessment, District};
use heng_office::service::record;
use heng_office::{ANCHOR, Office, clock, follow};
use heng_rule::service::ServiceLimit;
use heng_statement::certificate::Document;
use heng_supervision::service::Asked;
use heng_view::Inventory;
use heng_wording::Words;

use super::batch::Batches;
use super::conditions::Held;
use super::recalled::from_log;
use super::record::judged;
use super::sources::Source;
use crate::arguments::InferRecord;
use crate::failure::Failure;
use crate::infer::registering::register;
use crate::infer::stated::{named, to_answer};
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
    pub fn recall(&self, district: &mut District, words: &Words) -> Result<(), Failure> {
        let recalled = from_log(district, (&self.office, &self.inventory), &self.batches, &|meter| self.thing(meter))?;
        for (code, count) in [("infer-recalled", recalled.own), ("infer-recalled-batch", recalled.of_batch)] {
            if count > 0 {
                print::note(words.say(code, &[("count", &count.to_string())]));
            }
        }
        Ok(())
    }

    fn thing(&self, meter: &str) -> String {
        self.by_serial.get(meter).cloned().unwrap_or_else(|| meter.to_owned())
    }

    /// The network of the readings.
    fn network(&self, source: &Source) -> String {
        self.arguments.network.clone().unwrap_or_else(|| format!("thing:network:{}", source.district))
    }

    /// Signs what was inferred of a district. The readings name a meter by its identifier or by its serial number. Nobody is alarmed where the
    /// specification allows no conclusion.
    pub fn record(
        &mut self,
        source: &Source,
        (district, assessment, held): (&District, &Assessment, &Held),
        limit: &ServiceLimit,
        words: &Words,
    ) -> Result<(), Failure> {
        let network = self.network(source);
        register(self.arguments, (self.keeper, &network), &self.office, &mut self.inventory)?;
        let thing = |meter: &str| self.thing(meter);
        let files = source.files().into_iter().map(named).collect::<Result<Vec<Document>, Failure>>()?;
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
        let facts = [
            ("network", network.as_str()),
            ("statement", &recorded.inference),
            ("alerts", &recorded.alerts.len().to_string()),
        ];
        let code = if held.forbids_conclusions() { "infer-recorded-silent" } else { "infer-recorded" };
        print::note(words.say(code, &facts));
        Ok(())
    }
}
