//! Verdicts for programs (`heng-infer-meters/1`): of districts at once, and of a city as it comes.

use heng_inference::meters::{DistrictAssessment, MeterAssessment};
use heng_rule::service::ServiceLimit;
use heng_telemetry::meter_rows::instant;
use serde_json::{Value, json};

use super::Judged;
use super::conditions::{Conditions, Held};
use super::limits::percent;
use crate::print;

const FORMAT: &str = "heng-infer-meters/1";

/// A meter.
pub fn meter(district: &str, meter: &MeterAssessment) -> Value {
    json!({
        "district": district,
        "meter": meter.meter,
        "state": meter.state,
        "error_percent": meter.error_percent,
        "u_percent": meter.u_percent,
        "low_percent": meter.low_percent,
        "high_percent": meter.high_percent,
        "p_beyond_limit": meter.p_beyond_limit,
        "decidable": meter.decidable,
        "reason": meter.reason,
        "since": meter.since_s.and_then(instant),
        "now_percent": meter.now_percent,
        "registered_kwh": meter.registered_kwh,
    })
}

/// A district beside its meters; nothing is known of one that has too few readings.
pub fn district(name: &str, known: Option<&DistrictAssessment>, held: &Held) -> Value {
    json!({
        "district": name,
        "head_percent": known.map(|known| known.head_percent),
        "head_u_percent": known.map(|known| known.head_u_percent),
        "loss_percent": known.map(|known| known.loss_percent),
        "usual_percent": known.map(|known| known.usual_percent),
        "clocks_in_readings": known.map(|known| known.clocks_applied),
        "conditions": held.json(),
    })
}

fn limit(limit: &ServiceLimit) -> Value {
    json!({ "id": limit.id, "class": limit.class, "percent": percent(limit), "citation": limit.largest.citation })
}

/// Districts at once.
pub fn of(judged: &[Judged], of: &ServiceLimit, conditions: &Conditions) -> Value {
    let meters = judged.iter().flat_map(|one| one.assessment.meters.iter().map(|row| meter(&one.name, row)));
    let districts = judged.iter().map(|one| district(&one.name, Some(&one.assessment.district), &one.held));
    json!({
        "format": FORMAT,
        "limit": limit(of),
        "duties": conditions.duties_json(),
        "districts": districts.collect::<Vec<_>>(),
        "meters": meters.collect::<Vec<_>>(),
    })
}

/// The same document, printed while a city is judged: its meters are too many to be held.
#[derive(Default)]
pub struct Printed {
    districts: Vec<Value>,
    has_meters: bool,
}

impl Printed {
    /// Prints what stands before the meters.
    pub fn begin(of: &ServiceLimit, conditions: &Conditions) -> Self {
        let head = json!({ "format": FORMAT, "limit": limit(of), "duties": conditions.duties_json() }).to_string();
        // The object goes on.
        print::text(head.strip_suffix('}').unwrap_or(&head));
        print::text(",\n\"meters\":[");
        Self::default()
    }

    /// Prints the meters of a district, and keeps what there is to say of it.
    pub fn add(&mut self, district: Value, meters: impl Iterator<Item = Value>) {
        self.districts.push(district);
        for meter in meters {
            print::text(if self.has_meters { ",\n" } else { "\n" });
            print::text(&meter.to_string());
            self.has_meters = true;
        }
    }

    /// Prints the districts and ends the document.
    pub fn end(self) {
        print::text("\n],\n\"districts\":[");
        for (count, district) in self.districts.iter().enumerate() {
            print::text(if count > 0 { ",\n" } else { "\n" });
            print::text(&district.to_string());
        }
        print::text("\n]}\n");
    }
}
