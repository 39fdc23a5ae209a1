//! Made-up charging sessions whose truth is known: vehicles that charge near their home, now and then elsewhere, at piles that are more or less right.
//!
//! For demonstrations. What a vehicle takes in is less than what the pile delivers, by the losses between them and the vehicle's own error, which is the vehicle's
//! for good; besides, each session scatters by what the displays cut off, and a few are far out.

use core::fmt::Write;

use crate::random::Random;

/// A pile.
#[derive(Clone, Debug)]
pub struct MadeUpPile {
    /// Its name.
    pub pile: String,
    /// Its error in percent.
    pub error_percent: f64,
    /// Where it is: vehicles charge near by.
    pub district: usize,
    /// Whether some of its bills are not the price times the energy.
    pub bills_wrongly: bool,
}

/// Sessions to be made up.
#[derive(Clone, Debug)]
pub struct MadeUpSessions {
    /// The piles.
    pub piles: Vec<MadeUpPile>,
    /// How many vehicles charge at them.
    pub vehicles: usize,
    /// How many sessions there are.
    pub sessions: usize,
    /// The seed.
    pub seed: u64,
}

/// The rated power of every pile in kilowatts.
const RATED_KW: f64 = 120.0;

/// Means and standard deviations in percent: of what a vehicle takes in too little, and of a session, √(a + b/E).
const LOST: f64 = 6.0;
const VEHICLES: f64 = 1.5;
const NOISE: (f64, f64) = (0.3, 8.0);

/// Percent per kelvin, about 20 °C.
const BY_TEMPERATURE: f64 = -0.02;

struct Vehicle {
    bias_percent: f64,
    district: usize,
}

impl MadeUpSessions {
    /// The sessions as a CSV file that `heng infer piles` reads. The same seed gives the same ones.
    #[must_use]
    pub fn written(&self) -> String {
        let mut random = Random(self.seed);
        let mut by_district: Vec<Vec<&MadeUpPile>> = Vec::new();
        for pile in &self.piles {
            if by_district.len() <= pile.district {
                by_district.resize(pile.district + 1, Vec::new());
            }
            if let Some(near) = by_district.get_mut(pile.district) {
                near.push(pile);
            }
        }
        let fleet: Vec<Vehicle> = (0..self.vehicles)
            .map(|_| Vehicle { bias_percent: VEHICLES * random.normal(), district: random.below(by_district.len()) })
            .collect();
        let mut text = "pile,vehicle,kwh,vehicle_kwh,temp,duration_min,rated_kw,price_per_kwh,amount\n".to_owned();
        for _ in 0..self.sessions {
            let number = random.below(fleet.len());
            let Some(vehicle) = fleet.get(number) else { break };
            let is_abroad = random.uniform() < 0.2;
            let near = by_district.get(vehicle.district).filter(|near| !is_abroad && !near.is_empty());
            let pile = match near {
                Some(near) => near.get(random.below(near.len())).copied(),
                None => self.piles.get(random.below(self.piles.len())),
            };
            if let Some(pile) = pile {
                session(&mut text, pile, (number, vehicle), &mut random);
            }
        }
        text
    }
}

/// A line of one session.
fn session(text: &mut String, pile: &MadeUpPile, (number, vehicle): (usize, &Vehicle), random: &mut Random) {
    let delivered = 8.0 + 42.0 * random.uniform();
    let temperature = 12.0 + 9.0 * random.normal();
    let is_gross = random.uniform() < 0.003;
    let scatter = libm::sqrt(NOISE.0 + NOISE.1 / delivered) * if is_gross { 8.0 } else { 1.0 };
    let short = LOST + vehicle.bias_percent + BY_TEMPERATURE * (temperature - 20.0) + scatter * random.normal();
    let kwh = libm::round(delivered * (1.0 + pile.error_percent / 100.0) * 1000.0) / 1000.0;
    let taken_in = libm::round(delivered * (1.0 - short / 100.0) * 100.0) / 100.0;
    let minutes = libm::ceil(delivered / (RATED_KW * (0.35 + 0.4 * random.uniform())) * 60.0);
    let price = 1.1 + 0.1 * random.below(6) as f64;
    let wrong = if pile.bills_wrongly && random.uniform() < 0.06 { 1.0 } else { 0.0 };
    let amount = libm::round(kwh * price * 100.0) / 100.0 + wrong;
    let name = &pile.pile;
    // Writing into a text cannot fail.
    let _ = writeln!(
        text,
        "{name},示例-{number:04},{kwh:.3},{taken_in:.2},{temperature:.1},{minutes:.0},{RATED_KW:.0},{price:.1},{amount:.2}"
    );
}
