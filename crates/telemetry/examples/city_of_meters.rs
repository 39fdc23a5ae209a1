//! Writes a synthetic city of electricity meters and the true errors behind them; `cargo xtask city-of-meters` starts it.
//!
//! `city_of_meters FOLDER METERS [DAYS [SEED]]` writes `districts-00000.parquet`, … (layout: `heng_telemetry::districts`) and `truth.csv`. Nothing in it is real: homes with a base load, a fridge and spikes whose rate goes by the hour and
//! the season, on three phases of one feeder each with a common neutral; registers of 0.01 kWh, voltages of 0.1 V, missing readings; meters beyond the limit, stopped and bypassed ones.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::print_stderr)]

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use heng_inference::meters::{District, MeterReadings};
use heng_telemetry::districts::Districts;

/// Districts in one file.
const BATCH: usize = 64;
const PER_DAY: usize = 96;
/// Steps of five minutes within an interval.
const STEPS: usize = 3;

struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ bits >> 31
    }

    fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// The sum of twelve, about its mean.
    fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
    }
}

#[derive(Clone, Copy)]
enum Defect {
    None,
    Beyond,
    Stopped(usize),
    Bypassed(usize, f64),
}

struct Home {
    base_kw: f64,
    busy: f64,
    height_kw: f64,
    spike_kw: f64,
    left: usize,
    fridge: usize,
    error: f64,
    defect: Defect,
    phase: usize,
}

fn homes(random: &mut Random, count: usize, days: usize) -> Vec<Home> {
    (0..count)
        .map(|_| {
            let mut error = (0.35 * random.normal()).clamp(-1.0, 1.0);
            let draw = random.uniform();
            let defect = if draw < 0.04 {
                let size = 2.2 + 3.8 * random.uniform();
                error = if random.uniform() < 0.5 { size } else { -size };
                Defect::Beyond
            } else if draw < 0.045 {
                Defect::Stopped(days / 2 + (random.uniform() * days as f64 / 4.0) as usize)
            } else if draw < 0.05 {
                Defect::Bypassed(
                    days / 4 + (random.uniform() * days as f64 / 4.0) as usize,
                    0.3 + 0.3 * random.uniform(),
                )
            } else {
                Defect::None
            };
            Home {
                base_kw: 0.03 + 0.15 * random.uniform(),
                busy: 0.01 + 0.04 * random.uniform(),
                height_kw: 0.5 + 2.0 * random.uniform(),
                spike_kw: 0.0,
                left: 0,
                fridge: (random.uniform() * 12.0) as usize,
                error,
                defect,
                phase: (random.uniform() * 3.0) as usize,
            }
        })
        .collect()
}

/// One district, and the lines of truth of its meters.
fn district(random: &mut Random, name: &str, count: usize, days: usize) -> (District, String) {
    let readings = days * PER_DAY + 1;
    let mut homes = homes(random, count, days);
    let own_ohm: Vec<f64> = (0..count).map(|_| 0.05 + 0.15 * random.uniform()).collect();
    // Along the feeder in the order of the homes; what lies between two of them carries all beyond.
    let trunk_ohm: Vec<f64> = (0..count).map(|_| 0.12 / count as f64 * (0.5 + random.uniform())).collect();
    let first_s = 1_767_196_800;
    let mut result = District {
        times_s: (0..readings as i64).map(|k| first_s + 900 * k).collect(),
        head_kwh: Vec::with_capacity(readings),
        head_voltage_v: vec![Vec::new(); 3],
        meters: (0..count)
            .map(|i| MeterReadings {
                id: format!("{name}-{i:03}"),
                register_kwh: Vec::with_capacity(readings),
                voltage_v: Vec::with_capacity(readings),
                phase: Some(homes[i].phase as u8 + 1),
                ..MeterReadings::default()
            })
            .collect(),
    };
    let head_error = 1.0 + 0.001 * random.normal();
    let mut head = 1000.0 * random.uniform();
    let mut registers: Vec<f64> = (0..count).map(|_| 1000.0 * random.uniform()).collect();
    let mut beyond = vec![[0.0_f64; 3]; count + 1];
    let mut current = vec![0.0; count];
    for step in 0..=days * PER_DAY * STEPS {
        let interval = step / STEPS;
        let (day, hour) = (interval / PER_DAY, (interval % PER_DAY) as f64 / 4.0);
        let evening = 0.4 + 1.2 * (-((hour - 19.0) / 3.0).powi(2)).exp() + 0.6 * (-((hour - 7.5) / 1.5).powi(2)).exp();
        for (i, home) in homes.iter_mut().enumerate() {
            if home.left == 0 {
                home.spike_kw = 0.0;
                if random.uniform() < home.busy * evening {
                    home.left = 1 + (random.uniform() * 9.0) as usize;
                    home.spike_kw = home.height_kw * (0.5 + random.uniform());
                }
            } else {
                home.left -= 1;
            }
            let fridge = if (step + home.fridge) % 12 < 5 { 0.1 } else { 0.0 };
            current[i] = (home.base_kw + fridge + home.spike_kw) * 1000.0 / 230.0;
        }
        for i in (0..count).rev() {
            beyond[i] = beyond[i + 1];
            beyond[i][homes[i].phase] += current[i];
        }
        let source = [0, 1, 2].map(|_: usize| 233.0 + 0.4 * random.normal());
        let mut drop = [0.0_f64; 3];
        let mut loss_w = 30.0 + 0.3 * count as f64;
        let reads = step % STEPS == 0;
        let lost_head = false;
        for i in 0..count {
            let [a, b, c] = beyond[i];
            let neutral = trunk_ohm[i];
            for (p, (own, others)) in [(a, b + c), (b, a + c), (c, a + b)].into_iter().enumerate() {
                let volts = trunk_ohm[i] * own + neutral * (own - 0.5 * others);
                drop[p] += volts;
                loss_w += volts * own;
            }
            loss_w += own_ohm[i] * current[i] * current[i];
            if reads {
                let volts = source[homes[i].phase] - drop[homes[i].phase] - own_ohm[i] * current[i];
                result.meters[i].voltage_v.push((volts * 10.0).round() / 10.0);
                let lost = random.uniform() < 0.008 && step > 0;
                result.meters[i].register_kwh.push(if lost {
                    f64::NAN
                } else {
                    (registers[i] * 100.0).floor() / 100.0
                });
            }
        }
        if reads {
            for (volts, source) in result.head_voltage_v.iter_mut().zip(source) {
                volts.push((source * 10.0).round() / 10.0);
            }
            result.head_kwh.push(if lost_head { f64::NAN } else { (head * 100.0).floor() / 100.0 });
        }
        let hours = 0.25 / STEPS as f64;
        let mut total_kw = loss_w / 1000.0;
        for (i, home) in homes.iter().enumerate() {
            let kw = current[i] * 0.23;
            total_kw += kw;
            let seen = match home.defect {
                Defect::Stopped(from) if day >= from => 0.0,
                Defect::Bypassed(from, part) if day >= from => 1.0 - part,
                _ => 1.0,
            };
            registers[i] += kw * hours * seen * (1.0 + home.error / 100.0);
        }
        head += total_kw * hours * head_error;
    }
    let mut truth = String::new();
    for (home, meter) in homes.iter().zip(&result.meters) {
        let (kind, since) = match home.defect {
            Defect::None => ("ok", String::new()),
            Defect::Beyond => ("out", String::new()),
            Defect::Stopped(day) => ("stopped", day.to_string()),
            Defect::Bypassed(day, _) => ("theft", day.to_string()),
        };
        let _ = writeln!(truth, "{name},{},{kind},{:.4},{since}", meter.id, home.error);
    }
    (result, truth)
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap();
    let meters: usize = arguments.next().unwrap().parse().unwrap();
    let days: usize = arguments.next().map_or(30, |text| text.parse().unwrap());
    let seed: u64 = arguments.next().map_or(1, |text| text.parse().unwrap());
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    // Sizes first, so that each district can be made by itself.
    let mut random = Random(seed);
    let mut sizes = Vec::new();
    let mut left = meters;
    while left > 0 {
        let size = (20 + (random.uniform() * 160.0) as usize).min(left);
        sizes.push(size);
        left -= size;
    }
    let batches: Vec<&[usize]> = sizes.chunks(BATCH).collect();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let truths = std::sync::Mutex::new(std::collections::BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let batch = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                    let Some(sizes) = batches.get(batch) else { break };
                    let file = File::create(folder.join(format!("districts-{batch:05}.parquet"))).unwrap();
                    let mut districts = Districts::new(BufWriter::new(file)).unwrap();
                    let mut lines = String::new();
                    for (place, size) in sizes.iter().enumerate() {
                        let number = batch * BATCH + place;
                        let mut random = Random(seed ^ (number as u64 + 1).wrapping_mul(0xD6E8_FEB8_6659_FD93));
                        let name = format!("台区{number:06}");
                        let (district, truth) = district(&mut random, &name, *size, days);
                        districts.write(&name, &district).unwrap();
                        lines += &truth;
                    }
                    districts.close().unwrap();
                    truths.lock().unwrap().insert(batch, lines);
                    eprintln!("{} of {}", batch + 1, batches.len());
                }
            });
        }
    });
    let mut truth = BufWriter::new(File::create(folder.join("truth.csv")).unwrap());
    truth.write_all(b"district,meter,kind,error_percent,since_day\n").unwrap();
    for lines in truths.into_inner().unwrap().values() {
        truth.write_all(lines.as_bytes()).unwrap();
    }
    truth.flush().unwrap();
}
