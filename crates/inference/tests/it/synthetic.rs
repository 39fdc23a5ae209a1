//! A synthetic district: homes with spikes on three phases of one trunk, written by a generator of our own with a fixed seed.

use heng_inference::meters::{District, MeterReadings};

pub const HOMES: usize = 12;
pub const PER_DAY: usize = 96;
/// Steps within an interval.
const STEPS: usize = 3;

/// What happens to the meters of the district.
#[derive(Clone, Copy, Default)]
pub struct Defects<'a> {
    /// A meter and its error in percent.
    pub beyond: Option<(usize, f64)>,
    /// A meter, the day and the part that goes past it from then on.
    pub bypass: Option<(usize, usize, f64)>,
    /// A meter and the day it stops.
    pub stop: Option<(usize, usize)>,
    /// A home where nobody lives.
    pub vacant: Option<usize>,
    /// A meter and how far its error moves over the period, in percent, evenly.
    pub drift: Option<(usize, f64)>,
    /// A home that draws what another one draws.
    pub alike: Option<(usize, usize)>,
    /// Meters, the day and the part of the energy that is not registered from then on.
    pub past: &'a [(usize, usize, f64)],
}

struct Lcg(u64);

impl Lcg {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// The errors of the meters in percent.
pub fn errors(seed: u64, defects: Defects<'_>) -> Vec<f64> {
    drawn_errors(&mut Lcg(seed), defects)
}

fn drawn_errors(random: &mut Lcg, defects: Defects<'_>) -> Vec<f64> {
    (0..HOMES)
        .map(|i| match defects.beyond {
            Some((meter, error)) if meter == i => error,
            _ => random.uniform() - 0.5,
        })
        .collect()
}

/// The registers, voltages and phases of `days` days.
pub fn district(days: usize, seed: u64, defects: Defects<'_>) -> District {
    let mut random = Lcg(seed);
    let intervals = days * PER_DAY;
    let errors = drawn_errors(&mut random, defects);
    let mut meters: Vec<MeterReadings> = (0..HOMES)
        .map(|i| MeterReadings {
            id: format!("合成{i:02}"),
            phase: Some((i % 3) as u8 + 1),
            register_kwh: vec![0.0],
            ..MeterReadings::default()
        })
        .collect();
    let mut district =
        District { times_s: vec![0], head_kwh: vec![0.0], head_voltage_v: vec![Vec::new(); 3], meters: Vec::new() };
    let (mut registers, mut head) = ([0.0; HOMES], 0.0);
    let mut spike = [0_usize; HOMES];
    let mut height = [0.0; HOMES];
    let mut power = [0.0; HOMES];
    for step in 0..=intervals * STEPS {
        let interval = step / STEPS;
        let (day, place) = (interval / PER_DAY, (interval % PER_DAY) as f64 / PER_DAY as f64);
        for i in 0..HOMES {
            if spike[i] == 0 && random.uniform() < 0.03 + 0.05 * place {
                spike[i] = 1 + (random.uniform() * 9.0) as usize;
                height[i] = 1.0 + 1.5 * random.uniform();
            }
            let busy = if spike[i] > 0 { height[i] } else { 0.0 };
            spike[i] = spike[i].saturating_sub(1);
            power[i] = if defects.vacant == Some(i) { 0.0 } else { 0.15 + 0.02 * i as f64 + busy };
        }
        if let Some((home, other)) = defects.alike {
            power[home] = power[other];
        }
        let current: Vec<f64> = power.iter().map(|kw| kw * 1000.0 / 230.0).collect();
        let drop: Vec<f64> = (0..HOMES)
            .map(|i| {
                (0..HOMES)
                    .map(|j| {
                        current[j]
                            * if i == j {
                                0.15
                            } else if i % 3 == j % 3 {
                                0.06
                            } else {
                                -0.01
                            }
                    })
                    .sum()
            })
            .collect();
        if step % STEPS == 0 {
            let source = 231.0 + 2.0 * random.uniform();
            for voltages in &mut district.head_voltage_v {
                voltages.push((source * 10.0).round() / 10.0);
            }
            for (meter, drop) in meters.iter_mut().zip(&drop) {
                meter.voltage_v.push(((source - drop) * 10.0).round() / 10.0);
            }
        }
        if step == intervals * STEPS {
            break;
        }
        let hours = 0.25 / STEPS as f64;
        for i in 0..HOMES {
            let seen = match (defects.bypass, defects.stop) {
                (Some((meter, from, part)), _) if meter == i && day >= from => 1.0 - part,
                (_, Some((meter, from))) if meter == i && day >= from => 0.0,
                _ => defects
                    .past
                    .iter()
                    .filter(|(meter, from, _)| *meter == i && day >= *from)
                    .map(|one| 1.0 - one.2)
                    .product(),
            };
            let moved = match defects.drift {
                Some((meter, percent)) if meter == i => percent * step as f64 / (intervals * STEPS) as f64,
                _ => 0.0,
            };
            registers[i] += power[i] * hours * seen * (1.0 + (errors[i] + moved) / 100.0);
            head += (power[i] + drop[i] * current[i] / 1000.0) * hours;
        }
        if step % STEPS == STEPS - 1 {
            district.times_s.push((interval as i64 + 1) * 900);
            district.head_kwh.push((head * 100.0).round() / 100.0);
            for (meter, register) in meters.iter_mut().zip(&registers) {
                let lost = random.uniform() < 0.008;
                meter.register_kwh.push(if lost { f64::NAN } else { (register * 100.0).round() / 100.0 });
            }
        }
    }
    district.meters = meters;
    district
}
