//! Charging sessions, kept small and in an order of their own.

use std::ops::Range;

/// A session as the platform delivers it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Session {
    /// The pile, by the number that the reader gave it.
    pub pile: u32,
    /// The vehicle, by the number that the reader gave it.
    pub vehicle: u32,
    /// 100·ln(energy by the pile / energy by the vehicle), in percent.
    pub difference_percent: f64,
    /// The energy, on which the noise depends, in kWh.
    pub energy_kwh: f64,
    /// The temperature in degrees Celsius, where it is known.
    pub temperature_celsius: Option<f64>,
}

/// A session as it is kept: 12 bytes. Whole steps make the order of any two sessions, and with it every sum, independent of the order in which
/// they were delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Kept {
    pub pile: u32,
    difference: i32,
    energy: u16,
    temperature: i16,
}

/// Steps of the difference in a percent.
const DIFFERENCE_STEPS: f64 = 10_000.0;
/// Steps of the energy in a kWh, and of the temperature in a degree.
const STEPS: f64 = 100.0;
const NO_TEMPERATURE: i16 = i16::MIN;
/// Energies whose logarithms to base 2 agree to a quarter share a class.
pub(super) const ENERGY_CLASSES: usize = 64;
/// Sessions are taken in blocks, so that no growth copies them all.
const BLOCK: usize = 1 << 16;

impl Kept {
    fn of(session: &Session) -> Option<Self> {
        let Session { pile, difference_percent, energy_kwh, temperature_celsius, .. } = *session;
        let difference = (difference_percent * DIFFERENCE_STEPS).round();
        let energy = (energy_kwh * STEPS).round();
        let temperature = match temperature_celsius.map(|celsius| (celsius * STEPS).round()) {
            Some(steps) if steps.abs() <= f64::from(i16::MAX) => steps as i16,
            Some(_) => return None,
            None => NO_TEMPERATURE,
        };
        let fits = difference.abs() <= f64::from(i32::MAX) && energy >= 1.0;
        // What is charged beyond the largest step has the noise of the largest step.
        fits.then(|| Self {
            pile,
            difference: difference as i32,
            energy: energy.min(f64::from(u16::MAX)) as u16,
            temperature,
        })
    }

    pub fn difference_percent(self) -> f64 {
        f64::from(self.difference) / DIFFERENCE_STEPS
    }

    pub fn energy_kwh(self) -> f64 {
        f64::from(self.energy) / STEPS
    }

    pub fn temperature_celsius(self) -> Option<f64> {
        (self.temperature != NO_TEMPERATURE).then(|| f64::from(self.temperature) / STEPS)
    }

    /// The temperature above a reference one; none where it is not known, so that it has no effect there.
    pub fn temperature_above(self, reference_celsius: f64) -> f64 {
        self.temperature_celsius().map_or(0.0, |celsius| celsius - reference_celsius)
    }

    /// The class of its energy: four to an octave.
    pub fn energy_class(self) -> usize {
        let energy = usize::from(self.energy.max(1));
        let octave = energy.ilog2() as usize;
        // The two bits below the leading one.
        let quarter = if octave >= 2 { (energy >> (octave - 2)) & 3 } else { (energy << (2 - octave)) & 3 };
        (octave * 4 + quarter).min(ENERGY_CLASSES - 1)
    }
}

/// Takes sessions as they come, of any length and in any order.
#[derive(Debug, Default)]
pub struct SessionsBuilder {
    blocks: Vec<Vec<(u32, Kept)>>,
    open: Vec<(u32, Kept)>,
    refused: u64,
}

impl SessionsBuilder {
    /// Takes a session. One without energy, or with numbers beyond any that is charged (a difference over 200 000 %, a temperature over
    /// 327 °C), is counted and left out.
    pub fn add(&mut self, session: &Session) {
        let Some(kept) = Kept::of(session) else {
            self.refused += 1;
            return;
        };
        if self.open.len() == BLOCK {
            self.blocks.push(std::mem::take(&mut self.open));
        }
        if self.open.capacity() == 0 {
            self.open.reserve_exact(BLOCK);
        }
        self.open.push((session.vehicle, kept));
    }

    /// How many were left out.
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// Groups the sessions by vehicle. The ranks say which place in the order of names the number of each pile and each vehicle has; with
    /// them the result is the same to the last bit whatever the order of delivery. A number without a rank is left out.
    pub fn finish(mut self, pile_ranks: &[u32], vehicle_ranks: &[u32]) -> Sessions {
        self.blocks.push(self.open);
        let mut starts = vec![0_u32; vehicle_ranks.len() + 1];
        let mut piles = pile_ranks.len();
        for (vehicle, kept) in self.blocks.iter().flatten() {
            if let (Some(rank), Some(pile)) = (vehicle_ranks.get(*vehicle as usize), pile_ranks.get(kept.pile as usize))
                && let Some(count) = starts.get_mut(*rank as usize + 1)
            {
                *count += 1;
                piles = piles.max(*pile as usize + 1);
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut kept = vec![Kept::default(); total as usize];
        let mut next = starts.clone();
        for block in self.blocks {
            for (vehicle, mut session) in block {
                let (Some(rank), Some(pile)) =
                    (vehicle_ranks.get(vehicle as usize), pile_ranks.get(session.pile as usize))
                else {
                    continue;
                };
                session.pile = *pile;
                if let Some(place) = next.get_mut(*rank as usize)
                    && let Some(slot) = kept.get_mut(*place as usize)
                {
                    *slot = session;
                    *place += 1;
                }
            }
        }
        for range in starts.windows(2) {
            if let [start, end] = *range
                && let Some(sessions) = kept.get_mut(start as usize..end as usize)
            {
                sessions.sort_unstable();
            }
        }
        Sessions { starts, kept, piles, refused: self.refused }
    }
}

/// Sessions grouped by vehicle, and within a vehicle by pile.
#[derive(Debug)]
pub struct Sessions {
    starts: Vec<u32>,
    kept: Vec<Kept>,
    piles: usize,
    refused: u64,
}

impl Sessions {
    /// How many sessions there are.
    pub fn len(&self) -> usize {
        self.kept.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many piles have a rank.
    pub fn piles(&self) -> usize {
        self.piles
    }

    /// How many sessions were left out because their numbers were none that are charged.
    pub fn refused(&self) -> u64 {
        self.refused
    }

    /// The sessions of each vehicle, in the order of the vehicles' names.
    pub(super) fn by_vehicle(&self) -> impl Iterator<Item = &[Kept]> {
        self.starts.windows(2).map(|range| match *range {
            [start, end] => self.kept.get(Range { start: start as usize, end: end as usize }).unwrap_or_default(),
            _ => &[],
        })
    }

    pub(super) fn all(&self) -> &[Kept] {
        &self.kept
    }

    pub(super) fn vehicles(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}
