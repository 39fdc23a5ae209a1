//! Writes a synthetic city's charging sessions and the true errors behind them.
//!
//! `cargo run --release -p heng-telemetry --example charging_city -- FOLDER [SESSIONS [PILES [VEHICLES [SEED]]]]` writes `sessions.parquet`, with
//! the columns that `heng infer piles` reads, and `truth.csv`. Nothing in it is real: 40 districts of piles whose popularity has a heavy tail,
//! vehicles with four habitual piles each and trips beyond, and 25 depots whose vehicles hardly ever charge elsewhere.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods, clippy::print_stdout)]

use std::fmt::Write;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::{Compression, ZstdLevel};
use parquet::data_type::{DataType, FloatType, Int32Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;

const DISTRICTS: usize = 40;
const DEPOTS: usize = 25;
const ROW_GROUP: usize = 1 << 20;
const SCHEMA: &str = "message sessions { required int32 pile; required int32 vehicle; required float kwh; required float temp; \
                      required int32 day (INTEGER(16, true)); required float y_pct; }";

/// SplitMix64, and what is drawn with it.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ bits >> 31
    }

    /// In (0, 1].
    fn uniform(&mut self) -> f64 {
        ((self.bits() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.bits() >> 32) as usize * n) >> 32
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// By Marsaglia and Tsang (2000), for shapes from 1 on.
    fn gamma(&mut self, shape: f64, scale: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && self.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v * scale;
            }
        }
    }

    /// The excess over 1 of a Pareto variate.
    fn excess(&mut self, tail: f64) -> f64 {
        self.uniform().powf(-1.0 / tail) - 1.0
    }
}

/// Piles that are chosen by their popularity.
#[derive(Default)]
struct Choice {
    piles: Vec<u32>,
    cumulated: Vec<f64>,
}

impl Choice {
    fn add(&mut self, pile: usize, popularity: f64) {
        self.piles.push(pile as u32);
        self.cumulated.push(self.cumulated.last().unwrap_or(&0.0) + popularity);
    }

    fn one(&self, random: &mut Random) -> u32 {
        let at = random.uniform() * self.cumulated.last().unwrap();
        self.piles[self.cumulated.partition_point(|sum| *sum < at).min(self.piles.len() - 1)]
    }
}

struct Vehicle {
    bias: f64,
    district: usize,
    is_captive: bool,
    habits: [u32; 4],
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |place: usize, absent: usize| arguments.get(place).map_or(absent, |text| text.parse().unwrap());
    let [sessions, piles, vehicles] = [number(1, 5_000_000), number(2, 5_000), number(3, 100_000)];
    let mut random = Random(number(4, 1) as u64);
    let folder = Path::new(arguments.first().unwrap());

    let mut of_districts: Vec<Choice> = (0..DISTRICTS).map(|_| Choice::default()).collect();
    let mut of_depots: Vec<Vec<u32>> = vec![Vec::new(); DEPOTS];
    let mut everywhere = Choice::default();
    let mut truth = "pile,err_pct,bad,district,fleet\n".to_owned();
    let mut errors = Vec::with_capacity(piles);
    for pile in 0..piles {
        let district = random.below(DISTRICTS);
        let depot = (random.uniform() < 0.08).then(|| random.below(DEPOTS));
        let popularity = random.excess(1.3) + 0.05;
        let is_bad = random.uniform() < 0.02;
        let error = if is_bad {
            (3.0 + 3.0 * random.uniform()) * if random.bits() & 1 == 0 { 1.0 } else { -1.0 }
        } else {
            0.7 * random.normal()
        };
        match depot {
            Some(depot) => of_depots[depot].push(pile as u32),
            None => {
                of_districts[district].add(pile, popularity);
                everywhere.add(pile, popularity);
            }
        }
        let bad = if is_bad { "True" } else { "False" };
        let fleet = depot.map_or(-1, |depot| depot as i64);
        writeln!(truth, "{pile},{error},{bad},{district},{fleet}").unwrap();
        errors.push(error);
    }
    std::fs::write(folder.join("truth.csv"), truth).unwrap();

    let mut activity = Vec::with_capacity(vehicles);
    let mut sum = 0.0;
    let fleet: Vec<Vehicle> = (0..vehicles)
        .map(|_| {
            let district = random.below(DISTRICTS);
            let depot = (random.uniform() < 0.05).then(|| &of_depots[random.below(DEPOTS)]).filter(|d| !d.is_empty());
            let habits = [0; 4].map(|_| match depot {
                Some(depot) => depot[random.below(depot.len())],
                None => of_districts[district].one(&mut random),
            });
            sum += random.excess(1.6) + 0.2;
            activity.push(sum);
            Vehicle { bias: 1.5 * random.normal(), district, is_captive: depot.is_some(), habits }
        })
        .collect();

    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let file = File::create(folder.join("sessions.parquet")).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    let mut left = sessions;
    while left > 0 {
        let rows = left.min(ROW_GROUP);
        let mut whole: [Vec<i32>; 3] = Default::default();
        let mut real: [Vec<f32>; 3] = Default::default();
        for _ in 0..rows {
            let at = random.uniform() * sum;
            let number = activity.partition_point(|edge| *edge < at).min(vehicles - 1);
            let vehicle = &fleet[number];
            let [place, habit] = [random.uniform(), random.uniform()];
            let pile = if place > if vehicle.is_captive { 0.9995 } else { 0.93 } {
                everywhere.one(&mut random)
            } else if place > 0.75 && !vehicle.is_captive {
                of_districts[vehicle.district].one(&mut random)
            } else {
                vehicle.habits[[0.5, 0.75, 0.9].iter().filter(|edge| habit > **edge).count()]
            };
            let kwh = random.gamma(2.2, 12.0).clamp(1.0, 120.0);
            let temperature = 14.0 + 10.0 * random.normal();
            let gross = if random.uniform() < 0.003 { 8.0 } else { 1.0 };
            let noise = gross * random.normal() * (0.5 + 0.5 * 26.0 / kwh).sqrt();
            let difference = errors[pile as usize] - vehicle.bias + 0.02 * (temperature - 14.0) + noise;
            let day = random.below(365) as i32;
            whole.iter_mut().zip([pile as i32, number as i32, day]).for_each(|(column, value)| column.push(value));
            real.iter_mut().zip([kwh, temperature, difference]).for_each(|(column, value)| column.push(value as f32));
        }
        let mut group = writer.next_row_group().unwrap();
        let [pile, vehicle, day] = &whole;
        let [kwh, temperature, difference] = &real;
        column::<Int32Type>(&mut group, pile);
        column::<Int32Type>(&mut group, vehicle);
        column::<FloatType>(&mut group, kwh);
        column::<FloatType>(&mut group, temperature);
        column::<Int32Type>(&mut group, day);
        column::<FloatType>(&mut group, difference);
        group.close().unwrap();
        left -= rows;
    }
    writer.close().unwrap();
    println!("{sessions} sessions, {piles} piles, {vehicles} vehicles: synthetic");
}

fn column<T: DataType>(group: &mut SerializedRowGroupWriter<'_, File>, values: &[T::T]) {
    let mut column = group.next_column().unwrap().unwrap();
    column.typed::<T>().write_batch(values, None, None).unwrap();
    column.close().unwrap();
}
