//! What sessions and errors show without any comparison: impossible energies, wrong amounts, errors that crowd under the limit.

use serde::Serialize;

use super::PileError;

/// What a session says beside its energy; what the platform does not deliver is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bill {
    /// The energy that was charged for, in kWh.
    pub energy_kwh: f64,
    /// How long it took, in minutes.
    pub duration_min: Option<f64>,
    /// The rated power of the pile, in kW.
    pub rated_kw: Option<f64>,
    /// The price of a kWh, energy and service together.
    pub price_per_kwh: Option<f64>,
    /// What was charged, in the same currency.
    pub amount: Option<f64>,
}

/// The smallest steps in which a platform states things.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Steps {
    /// Of energy, in kWh.
    pub energy_kwh: f64,
    /// Of time, in minutes.
    pub duration_min: f64,
    /// Of money.
    pub amount: f64,
}

impl Bill {
    /// Whether more energy is charged for than the rated power can deliver in the time, the limit of the pile's error in percent and a step of
    /// each allowed: E − δE > P·(t + δt)·(1 + L/100). Nothing where time or power is not known.
    pub fn exceeds_power(&self, limit_percent: f64, steps: &Steps) -> Option<bool> {
        let hours = (self.duration_min? + steps.duration_min) / 60.0;
        Some(self.energy_kwh - steps.energy_kwh > self.rated_kw? * hours * (1.0 + limit_percent / 100.0))
    }

    /// Whether the amount is not the price times the energy, a step of each allowed: |a − p·E| > δa + p·δE. Nothing where price or amount is not
    /// known.
    pub fn contradicts_tariff(&self, steps: &Steps) -> Option<bool> {
        let price = self.price_per_kwh?;
        Some((self.amount? - price * self.energy_kwh).abs() > steps.amount + price.abs() * steps.energy_kwh)
    }
}

/// How many piles lie close under the limit, on the side of which more is charged, and how many as close further in.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Crowding {
    /// Piles in the quarter of the limit below it.
    pub at_limit: u32,
    /// Piles in the quarter of the limit below that.
    pub before: u32,
    /// The probability of as many at the limit, or more, if a pile of the two quarters were as likely in the one as in the other.
    pub probability: f64,
}

/// Whether errors crowd under the limit, as they do where piles are set to charge as much as is still allowed.
///
/// Errors that come from production and wear fall off from their middle: the quarter of the limit that touches it then holds no more piles than
/// the one before, so that the binomial tail P(K ≥ k), K ~ B(n, 1/2), is an upper bound of the probability of what is seen. Piles whose u exceeds
/// half a quarter are not counted. The limit is each pile's own.
pub fn crowding<'a>(piles: impl IntoIterator<Item = &'a PileError>) -> Crowding {
    let (mut at_limit, mut before) = (0, 0);
    for pile in piles {
        let quarter = pile.limit_percent / 4.0;
        if pile.u_percent > quarter / 2.0 {
            continue;
        }
        let below = pile.limit_percent - pile.error_percent;
        at_limit += u32::from(below > 0.0 && below <= quarter);
        before += u32::from(below > quarter && below <= 2.0 * quarter);
    }
    Crowding { at_limit, before, probability: tail(at_limit, at_limit + before) }
}

/// P(K ≥ k) for K ~ B(n, 1/2).
fn tail(k: u32, n: u32) -> f64 {
    let of = |count: u32| libm::lgamma(f64::from(count) + 1.0);
    let term = |k: u32| libm::exp(of(n) - of(k) - of(n - k) - f64::from(n) * std::f64::consts::LN_2);
    (k..=n).map(term).sum::<f64>().min(1.0)
}
