//! A made-up transformer district whose truth is known: homes along one trunk on three phases, registers and voltages as a head end reads them.
//!
//! For demonstrations. Every home draws a base load, more in the morning and in the evening, and appliances that come and go; each current drops its voltage
//! along its own service line and along the trunk that it shares with the homes of its phase; what is lost there the head meter registers too. Registers are
//! cut to their step, so that the part below it is carried to the next interval as in a real one.

use heng_inference::meters::{District, MeterReadings};

use crate::random::Random;

/// Steps within an interval of a quarter of an hour, so that currents vary within it.
const STEPS: usize = 3;

/// Intervals of a day.
const PER_DAY: usize = 96;

/// The resistances in ohms: of a service line, of what the homes of a phase share, and of the neutral that couples the phases.
const OWN: f64 = 0.12;
const SHARED: f64 = 0.012;
const COUPLED: f64 = -0.003;

/// A home of the district.
#[derive(Clone, Debug)]
pub struct MadeUpHome {
    /// The name of its meter.
    pub meter: String,
    /// The error of its meter in percent.
    pub error_percent: f64,
    /// The day from which on its register stands still.
    pub stops: Option<usize>,
    /// The day from which on the error moves, and by how many percent until the end.
    pub drifts: Option<(usize, f64)>,
}

/// A district to be made up.
#[derive(Clone, Debug)]
pub struct MadeUp {
    /// The homes.
    pub homes: Vec<MadeUpHome>,
    /// The instant of the first reading.
    pub begins_s: i64,
    /// For how many days.
    pub days: usize,
    /// The step of the registers in kilowatt hours.
    pub register_step_kwh: f64,
    /// The seed.
    pub seed: u64,
}

/// What a home draws.
struct Load {
    base_kw: f64,
    busy: usize,
    busy_kw: f64,
    habit: f64,
}

impl Load {
    fn next_kw(&mut self, part_of_day: f64, random: &mut Random) -> f64 {
        let morning = (1.0 - ((part_of_day - 0.30) / 0.06).abs()).max(0.0);
        let evening = (1.0 - ((part_of_day - 0.82) / 0.12).abs()).max(0.0);
        if self.busy == 0 && random.uniform() < 0.02 + self.habit * (0.05 * morning + 0.10 * evening) {
            self.busy = 1 + (random.uniform() * 9.0) as usize;
            self.busy_kw = 0.6 + 2.4 * random.uniform();
        }
        let busy = if self.busy > 0 { self.busy_kw } else { 0.0 };
        self.busy = self.busy.saturating_sub(1);
        self.base_kw * (1.0 + 0.2 * random.uniform()) + busy
    }
}

impl MadeUp {
    /// The readings. The same seed gives the same ones.
    #[must_use]
    pub fn district(&self) -> District {
        let mut random = Random(self.seed);
        let count = self.homes.len();
        let mut loads: Vec<Load> = (0..count)
            .map(|_| Load {
                base_kw: 0.12 + 0.25 * random.uniform(),
                busy: 0,
                busy_kw: 0.0,
                habit: 0.6 + 0.8 * random.uniform(),
            })
            .collect();
        let mut meters: Vec<MeterReadings> = self
            .homes
            .iter()
            .enumerate()
            .map(|(place, home)| MeterReadings {
                id: home.meter.clone(),
                phase: Some((place % 3) as u8 + 1),
                ..MeterReadings::default()
            })
            .collect();
        let mut district = District { head_voltage_v: vec![Vec::new(); 3], ..District::default() };
        let mut registers: Vec<f64> = (0..count).map(|_| (1000.0 + 9000.0 * random.uniform()).floor()).collect();
        let mut head = 120_000.0;
        let intervals = self.days * PER_DAY;
        for interval in 0..=intervals {
            let source = 231.0 + 2.0 * random.uniform();
            let mut power: Vec<f64> = Vec::new();
            for step in 0..STEPS {
                let part_of_day = ((interval * STEPS + step) % (PER_DAY * STEPS)) as f64 / (PER_DAY * STEPS) as f64;
                power = loads.iter_mut().map(|load| load.next_kw(part_of_day, &mut random)).collect();
                let drops = drops(&power, source);
                if step == 0 {
                    self.read(interval, source, &drops, (&registers, head), &mut meters, &mut district);
                    if interval == intervals {
                        break;
                    }
                }
                let hours = 0.25 / STEPS as f64;
                for (place, home) in self.homes.iter().enumerate() {
                    let (Some(kw), Some(drop)) = (power.get(place), drops.get(place)) else { continue };
                    head += (kw + kw / source * drop) * hours;
                    if let Some(register) = registers.get_mut(place) {
                        *register += kw * hours * home.registered(interval, intervals);
                    }
                }
            }
            drop(power);
        }
        district.meters = meters;
        district
    }

    /// One reading of everything.
    fn read(
        &self,
        interval: usize,
        source: f64,
        drops: &[f64],
        (registers, head): (&[f64], f64),
        meters: &mut [MeterReadings],
        district: &mut District,
    ) {
        let cut = |kwh: f64| ((kwh / self.register_step_kwh).floor() * self.register_step_kwh * 1e4).round() / 1e4;
        let tenth = |volt: f64| (volt * 10.0).round() / 10.0;
        district.times_s.push(self.begins_s + interval as i64 * 900);
        district.head_kwh.push(cut(head));
        for voltages in &mut district.head_voltage_v {
            voltages.push(tenth(source));
        }
        for ((meter, register), drop) in meters.iter_mut().zip(registers).zip(drops) {
            meter.register_kwh.push(cut(*register));
            meter.voltage_v.push(tenth(source - drop));
        }
    }
}

impl MadeUpHome {
    /// The part of the energy of an interval that comes into the register.
    fn registered(&self, interval: usize, intervals: usize) -> f64 {
        let day = interval / PER_DAY;
        if self.stops.is_some_and(|from| day >= from) {
            return 0.0;
        }
        let drifted = self.drifts.map_or(0.0, |(from, percent)| {
            let from = from * PER_DAY;
            let gone = interval.saturating_sub(from) as f64 / intervals.saturating_sub(from).max(1) as f64;
            percent * gone
        });
        1.0 + (self.error_percent + drifted) / 100.0
    }
}

/// The drop of each home's voltage in volts.
fn drops(power_kw: &[f64], source: f64) -> Vec<f64> {
    let currents: Vec<f64> = power_kw.iter().map(|kw| kw * 1000.0 / source).collect();
    let mut by_phase = [0.0; 3];
    for (place, current) in currents.iter().enumerate() {
        if let Some(sum) = by_phase.get_mut(place % 3) {
            *sum += current;
        }
    }
    let all: f64 = by_phase.iter().sum();
    let phase = |place: usize| by_phase.get(place % 3).copied().unwrap_or(0.0);
    currents
        .iter()
        .enumerate()
        .map(|(place, current)| OWN * current + SHARED * phase(place) + COUPLED * (all - phase(place)))
        .collect()
}

/// A district as the three files that [`crate::district::read`] reads: registers, voltages, and the phases of the meters, in comma-separated values.
#[must_use]
pub fn written(district: &District) -> [String; 3] {
    use std::fmt::Write as _;
    let names: String = district.meters.iter().map(|meter| format!(",{}", meter.id)).collect();
    let mut registers = format!("ts,head_kwh{names}\n");
    let mut voltages = format!("ts,head_va,head_vb,head_vc{names}\n");
    let cell = |text: &mut String, column: &[f64], row: usize| {
        text.push(',');
        if let Some(value) = column.get(row).filter(|value| value.is_finite()) {
            // Writing into a text cannot fail.
            let _ = write!(text, "{value}");
        }
    };
    for (row, time) in district.times_s.iter().enumerate() {
        for text in [&mut registers, &mut voltages] {
            let _ = write!(text, "{time}");
        }
        cell(&mut registers, &district.head_kwh, row);
        district.head_voltage_v.iter().for_each(|column| cell(&mut voltages, column, row));
        for meter in &district.meters {
            cell(&mut registers, &meter.register_kwh, row);
            cell(&mut voltages, &meter.voltage_v, row);
        }
        registers.push('\n');
        voltages.push('\n');
    }
    let mut phases = "meter,phase\n".to_owned();
    for meter in &district.meters {
        let _ = writeln!(phases, "{},{}", meter.id, meter.phase.map_or_else(String::new, |phase| phase.to_string()));
    }
    [registers, voltages, phases]
}
