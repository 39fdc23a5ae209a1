//! How often one may try: a few passwords at once, then one every so often, counted for each name, each address, and each name from an address.
//!
//! A try counts when it begins and is taken back when it succeeds: who tries many at once has no more of them. A name has few tries from one
//! address and more from all together, so that nobody locks others out who does not come from where they come from.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Those who try.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whose {
    /// Under this name from this address.
    NameFrom(String, String),
    /// Under this name, from wherever.
    Name(String),
    /// From this address.
    Address(String),
    /// From this address, on the way to the provider that vouches.
    Leaving(String),
}

impl Whose {
    /// How many tries at once, and the time after which one more is allowed.
    fn allowance(&self) -> (i32, SignedDuration) {
        match self {
            Self::NameFrom(..) => (5, SignedDuration::from_secs(30)),
            Self::Name(_) => (50, SignedDuration::from_secs(10)),
            // Many may sit behind one address.
            Self::Address(_) => (30, SignedDuration::from_secs(2)),
            Self::Leaving(_) => (30, SignedDuration::from_secs(2)),
        }
    }
}

/// Entries that are remembered at once.
const MOST: usize = 20_000;

/// The tries that count. Each entry holds the instant at which all of its tries are forgotten.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    forgotten_at: Mutex<BTreeMap<Whose, Timestamp>>,
}

impl Attempts {
    /// Counts a try with all whom it counts for; with none of them, and how long to wait, if one of them must wait.
    pub(crate) fn begin(&self, whose: &[Whose], now: Timestamp) -> Result<(), SignedDuration> {
        let mut forgotten = self.forgotten_at.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = |one: &Whose| {
            let (most, each) = one.allowance();
            forgotten.get(one).map(|at| at.duration_since(now) - each * (most - 1))
        };
        if let Some(longest) = whose.iter().filter_map(wait).max().filter(|wait| *wait > SignedDuration::ZERO) {
            return Err(longest);
        }
        if forgotten.len() >= MOST {
            forgotten.retain(|_, at| *at > now);
        }
        for one in whose {
            let at = forgotten.entry(one.clone()).or_insert(now);
            *at = (*at).max(now) + one.allowance().1;
        }
        Ok(())
    }

    /// Takes back a try that succeeded. Who knows one password gets no further tries at others by it.
    pub(crate) fn succeeded(&self, whose: &[Whose]) {
        let mut forgotten = self.forgotten_at.lock().unwrap_or_else(PoisonError::into_inner);
        for one in whose {
            if matches!(one, Whose::NameFrom(..)) {
                forgotten.remove(one);
            } else if let Some(at) = forgotten.get_mut(one) {
                *at -= one.allowance().1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    const LEAST: SignedDuration = SignedDuration::from_nanos(1);

    fn from(name: &str, address: &str) -> Vec<Whose> {
        let (name, address) = (name.to_owned(), address.to_owned());
        vec![Whose::NameFrom(name.clone(), address.clone()), Whose::Name(name), Whose::Address(address)]
    }

    #[test]
    fn after_five_tries_a_name_waits_where_they_were_made_and_nowhere_else() {
        let attempts = Attempts::default();
        let now: Timestamp = "2026-05-20T08:00:00+08:00".parse().unwrap();
        let zhang = from("zhang", "192.0.2.1");
        for _ in 0..5 {
            assert_eq!(attempts.begin(&zhang, now), Ok(()));
        }
        // A refused try counts for nobody, however often it is made.
        for _ in 0..100 {
            assert_eq!(attempts.begin(&zhang, now), Err(SignedDuration::from_secs(30)));
        }
        assert_eq!(attempts.begin(&from("li", "192.0.2.1"), now), Ok(()));
        assert_eq!(attempts.begin(&from("zhang", "192.0.2.2"), now), Ok(()), "somebody else locks nobody out");
        let later = now + SignedDuration::from_secs(30) + LEAST;
        assert_eq!(attempts.begin(&zhang, later), Ok(()), "one more after half a minute");
        assert!(attempts.begin(&zhang, later).is_err());
        attempts.succeeded(&zhang);
        assert_eq!(attempts.begin(&zhang, later), Ok(()));
    }

    #[test]
    fn a_success_takes_back_its_own_try_only() {
        let attempts = Attempts::default();
        let now: Timestamp = "2026-05-20T08:00:00+08:00".parse().unwrap();
        let names: Vec<String> = (0..29).map(|name| format!("name-{name}")).collect();
        for name in &names {
            assert_eq!(attempts.begin(&from(name, "192.0.2.1"), now), Ok(()));
        }
        for _ in 0..100 {
            let own = from("zhang", "192.0.2.1");
            assert_eq!(attempts.begin(&own, now), Ok(()), "many of one house may sign in");
            attempts.succeeded(&own);
        }
        assert_eq!(attempts.begin(&from("li", "192.0.2.1"), now), Ok(()));
        assert!(attempts.begin(&from("wu", "192.0.2.1"), now).is_err(), "thirty that failed are enough");
    }
}
