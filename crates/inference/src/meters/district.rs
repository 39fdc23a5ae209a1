//! The readings of one transformer district as plain columns.

use serde::{Deserialize, Serialize};

/// One customer's meter and its readings; `NaN` is a reading that was not collected.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MeterReadings {
    /// Its name.
    pub id: String,
    /// The cumulative register at each time.
    pub register_kwh: Vec<f64>,
    /// The voltage at each time, or nothing.
    pub voltage_v: Vec<f64>,
    /// The phase it is connected to, 1 to 3.
    pub phase: Option<u8>,
    /// The offset of its clock as the head end once saw it; positive reads late.
    pub clock_offset_s: Option<f64>,
}

/// All readings of a district over the same times.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct District {
    /// The nominal reading times, evenly spaced.
    pub times_s: Vec<i64>,
    /// The cumulative register of the head meter.
    pub head_kwh: Vec<f64>,
    /// The voltages at the head, by phase; empty where there are none.
    pub head_voltage_v: Vec<Vec<f64>>,
    /// The customers' meters.
    pub meters: Vec<MeterReadings>,
}

impl District {
    /// Forgets all readings before an instant.
    pub fn keep_from(&mut self, from_s: i64) {
        let first = self.times_s.partition_point(|time| *time < from_s);
        self.times_s.drain(..first);
        let forget = |values: &mut Vec<f64>| {
            values.drain(..first.min(values.len()));
        };
        forget(&mut self.head_kwh);
        self.head_voltage_v.iter_mut().for_each(forget);
        for meter in &mut self.meters {
            forget(&mut meter.register_kwh);
            forget(&mut meter.voltage_v);
        }
    }
}
