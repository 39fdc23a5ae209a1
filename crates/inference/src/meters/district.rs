//! The readings of one transformer district as plain columns.

use serde::{Deserialize, Serialize};

/// What the last certificate of a meter says of its error.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Certified {
    /// The error of the registered energy.
    pub error_percent: f64,
    /// Its standard uncertainty.
    pub u_percent: f64,
    /// The years from the certificate to the readings.
    pub years: f64,
}

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
    /// What its last certificate says.
    pub certified: Option<Certified>,
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

    /// Forgets all readings after an instant.
    pub fn keep_until(&mut self, until_s: i64) {
        let end = self.times_s.partition_point(|time| *time <= until_s);
        self.times_s.truncate(end);
        self.head_kwh.truncate(end);
        self.head_voltage_v.iter_mut().for_each(|values| values.truncate(end));
        for meter in &mut self.meters {
            meter.register_kwh.truncate(end);
            meter.voltage_v.truncate(end);
        }
    }
}
