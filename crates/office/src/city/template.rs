//! The example records that the city's verifications are made like.

use std::collections::BTreeMap;

use heng_checker::charging::METER_PUBLIC_KEY;
use heng_exchange::record::read_toml;
use heng_quantity::{Decimal, Reported};
use heng_rule::{Cell, Instrument, Organisation, Record, RuleSet};
use heng_supervision::World;
use heng_supervision::city::{Job, Planned};

use super::session::{meter_key, signs};
use crate::Failure;

macro_rules! example {
    ($name:literal) => {
        (
            $name,
            include_bytes!(concat!("../../../../examples/records/", $name, ".toml")),
            include_bytes!(concat!("../../../../examples/records/", $name, "-failing.toml")),
        )
    };
}

/// Name, a record that conforms, one that does not.
type Example = (&'static str, &'static [u8], &'static [u8]);

const EXAMPLES: [Example; 7] = [
    example!("scale"),
    example!("pressure-gauge"),
    example!("fuel-dispenser"),
    example!("electricity-meter"),
    example!("ac-charging-pile"),
    example!("dc-charging-pile"),
    example!("weight"),
];

/// The examples, read.
pub(super) struct Templates {
    records: BTreeMap<&'static str, (Record, Record)>,
    seed: u64,
}

impl Templates {
    pub(super) fn read(seed: u64) -> Result<Self, Failure> {
        let mut records = BTreeMap::new();
        for (name, conforming, failing) in EXAMPLES {
            let read = |bytes: &[u8]| {
                let first = read_toml(bytes).records.into_iter().next().map(|read| read.record);
                first.ok_or_else(|| Failure::new("error-founding").with("reason", name))
            };
            records.insert(name, (read(conforming)?, read(failing)?));
        }
        Ok(Self { records, seed })
    }

    /// For how many months a verification of such an instrument is good at least.
    pub(super) fn months(&self, template: &str, rules: &RuleSet) -> Option<i32> {
        let (record, _) = self.records.get(template)?;
        rules.rule(&record.rule)?.intervals().iter().map(|interval| interval.months).min()
    }

    /// The instrument as its keeper registers it.
    pub(super) fn instrument(&self, planned: &Planned) -> Option<Instrument> {
        let (record, _) = self.records.get(planned.template.as_str())?;
        let mut instrument =
            Instrument { id: Some(planned.id.clone()), serial: planned.serial.clone(), ..record.instrument.clone() };
        if let Some(model) = planned.model {
            instrument.model = model.to_owned();
        }
        if signs(&planned.template) {
            let key = meter_key(self.seed, &planned.id).ok()?;
            let key = Cell::Text(hex::encode(key.public_key().to_spki_der()));
            instrument.characteristics.insert(METER_PUBLIC_KEY.to_owned(), key);
        }
        Some(instrument)
    }

    /// What was observed of it.
    pub(super) fn record(&self, planned: &Planned, job: &Job, world: &World) -> Option<Record> {
        let (conforming, failing) = self.records.get(planned.template.as_str())?;
        let mut record = if job.is_failing { failing } else { conforming }.clone();
        record.instrument = self.instrument(planned)?;
        record.performed_on = job.performed_on;
        record.place = planned.place.address.clone();
        record.verifier.clone_from(&job.verifier);
        record.reviewer.clone_from(&job.reviewer);
        record.number = None;
        record.synthetic = true;
        if let Some(keeper) = world.party(&planned.keeper) {
            record.client = Organisation {
                name: keeper.name.clone(),
                id: Some(keeper.id.clone()),
                address: keeper.address.clone(),
            };
        }
        if let Some(code) = &planned.standards_of {
            for standard in &mut record.standards {
                *standard = format!("{standard}-{code}");
            }
        }
        let (temperature, humidity) = job.climate;
        set(&mut record, "temperature", &format!("{}.{}", temperature / 10, temperature % 10));
        set(&mut record, "relative_humidity", &humidity.to_string());
        Some(record)
    }
}

/// The climate of the day, where the rule asks for it.
fn set(record: &mut Record, name: &str, value: &str) {
    if let Some(Cell::Quantity(stated)) = record.environment.get_mut(name)
        && let Ok(value) = value.parse::<Decimal>()
    {
        *stated = Reported { value, ..stated.clone() };
    }
}
