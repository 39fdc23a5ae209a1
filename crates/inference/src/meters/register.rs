//! What of a register was read: misreadings are taken out, and a register that was exchanged goes on where the one before it ended.
#![expect(clippy::indexing_slicing, reason = "places within one register, found in it")]

/// What no customer draws whose highest readings are not a tenth of it: fuses of three times 40 A.
const MOST_KW: f64 = 28.0;

/// How far beyond what is seldom exceeded an interval may go; what is seldom is one interval of so many, and a few always.
const BEYOND_SELDOM: f64 = 10.0;
const SELDOM_OF: usize = 200;
const SELDOM_AT_LEAST: usize = 3;

/// So many of the next readings say whether one is misread, and so many make a register of their own.
const AHEAD: usize = 8;

/// Where more of a hundred moves than this are backwards the register does so by itself: it counts what is fed in.
const BACKWARDS_OF_HUNDRED: usize = 5;

/// How far single precision is off.
const ROUNDED: f64 = 2.5e-7;

/// A register as if it had never been misread or exchanged.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The boundaries at which it was read.
    pub known: Vec<usize>,
    /// What it showed there.
    pub values: Vec<f64>,
    /// Between the last reading of one register and the first of the next nobody knows what was drawn.
    pub exchanges: Vec<(usize, usize)>,
}

impl Register {
    pub fn new(register: &[f64], hours: f64) -> Self {
        let known: Vec<usize> = (0..register.len()).filter(|t| register[*t].is_finite()).collect();
        let values = register.to_vec();
        let moves = || known.windows(2).map(|pair| (pair[1] - pair[0], register[pair[1]] - register[pair[0]]));
        let back = moves().zip(&known).filter(|((_, gap), t)| *gap < -ROUNDED * register[**t].abs()).count();
        let high = moves().any(|(length, gap)| gap > MOST_KW * hours * length as f64);
        if (back == 0 && !high) || back * 100 > known.len() * BACKWARDS_OF_HUNDRED {
            return Self { known, values, exchanges: Vec::new() };
        }
        let mut rates: Vec<f64> = moves().map(|(length, gap)| gap.max(0.0) / length as f64).collect();
        rates.sort_by(f64::total_cmp);
        let highest = (rates.len() / SELDOM_OF).max(SELDOM_AT_LEAST) + 1;
        let seldom = rates.get(rates.len().saturating_sub(highest)).copied().unwrap_or(0.0);
        let most = (MOST_KW * hours).max(BEYOND_SELDOM * seldom);
        let follows = |before: usize, after: usize| {
            let gap = register[after] - register[before];
            gap >= -ROUNDED * register[before].abs() - 1e-9 && gap <= most * (after - before) as f64
        };
        Self::joined(register, &whole(parts(&known, &follows), &follows))
    }

    /// What was registered.
    pub fn registered(&self) -> f64 {
        let at = |t: Option<&usize>| t.map_or(0.0, |t| self.values[*t]);
        at(self.known.last()) - at(self.known.first())
    }

    fn joined(register: &[f64], parts: &[Vec<usize>]) -> Self {
        let mut joined = Self { known: Vec::new(), values: vec![f64::NAN; register.len()], exchanges: Vec::new() };
        let mut shift = 0.0;
        for part in parts {
            if let (Some(end), Some(begin)) = (joined.known.last(), part.first()) {
                joined.exchanges.push((*end, *begin));
                shift = joined.values[*end] - register[*begin];
            }
            for t in part {
                joined.values[*t] = register[*t] + shift;
                joined.known.push(*t);
            }
        }
        joined
    }
}

/// Readings that follow one another, register by register. What comes after says which of two that do not is misread, or that both are right and the register is another.
fn parts(known: &[usize], follows: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new()];
    for (place, t) in known.iter().copied().enumerate() {
        let Some(part) = parts.last_mut() else { break };
        let Some(last) = part.last().copied().filter(|last| !follows(*last, t)) else {
            part.push(t);
            continue;
        };
        let ahead = &known[place + 1..known.len().min(place + 1 + AHEAD)];
        let of = |from: usize| ahead.iter().filter(|u| follows(from, **u)).count();
        if of(t) <= of(last) {
            continue;
        }
        // A few that stood out before it, or all of another register.
        let misread = (1..=AHEAD).find(|few| part.len() > *few && follows(part[part.len() - 1 - few], t));
        match misread {
            Some(few) => {
                part.truncate(part.len() - few);
                part.push(t);
            }
            None => parts.push(vec![t]),
        }
    }
    parts
}

/// Parts that are too short to be a register are misread; those they stood between may be one.
fn whole(parts: Vec<Vec<usize>>, follows: &dyn Fn(usize, usize) -> bool) -> Vec<Vec<usize>> {
    let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
    let mut kept: Vec<Vec<usize>> = Vec::new();
    for part in parts.into_iter().filter(|part| part.len() >= AHEAD.min(longest)) {
        let goes_on = |last: &&mut Vec<usize>| last.last().zip(part.first()).is_some_and(|(a, b)| follows(*a, *b));
        match kept.last_mut().filter(goes_on) {
            Some(last) => last.extend(part),
            None => kept.push(part),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A home of 0.4 kW by quarters of an hour, from a reading on.
    fn home(count: usize) -> Vec<f64> {
        (0..count).map(|t| 1234.5 + 0.1 * t as f64).collect()
    }

    #[test]
    fn a_misread_register_costs_its_reading_and_no_other() {
        for (at, value) in [(50, 1334.5), (50, 1241.0), (50, 0.0), (0, 0.0), (99, 0.0), (99, 9999.0)] {
            let mut register = home(100);
            register[at] = value;
            let read = Register::new(&register, 0.25);
            assert_eq!(read.known, (0..100).filter(|t| *t != at).collect::<Vec<_>>(), "{at} {value}");
            assert_eq!(read.exchanges, []);
        }
    }

    #[test]
    fn an_exchanged_register_goes_on_where_the_other_ended() {
        for first in [0.5, 21_234.5] {
            let mut register = home(100);
            register[40..].iter_mut().enumerate().for_each(|(t, value)| *value = first + 0.1 * t as f64);
            register[70] = 5.0e5;
            let read = Register::new(&register, 0.25);
            assert_eq!(read.exchanges, [(39, 40)]);
            assert_eq!(read.known.len(), 99);
            assert!((read.registered() - 9.8).abs() < 1e-9, "{}", read.registered());
        }
    }

    #[test]
    fn what_is_registered_stands_as_it_was_read() {
        let register = home(100);
        let read = Register::new(&register, 0.25);
        assert_eq!((read.known.len(), read.values == register), (100, true));
        // A register that counts what is fed in runs back by itself.
        let fed: Vec<f64> = (0..100).map(|t| 50.0 + f64::from(t % 10) - 0.2 * f64::from(t)).collect();
        assert_eq!(Register::new(&fed, 0.25).known.len(), 100);
    }
}
