//! How often one may try: a few passwords at once, then one every so often, counted for each name and for each address.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Those who try under one name, or from one address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Whose {
    /// The name that was typed.
    Name(String),
    /// The address that the request came from.
    Address(String),
}

impl Whose {
    /// How many tries at once, and the time after which one more is allowed.
    fn allowance(&self) -> (i64, SignedDuration) {
        match self {
            Self::Name(_) => (5, SignedDuration::from_secs(30)),
            // Many may sit behind one address.
            Self::Address(_) => (30, SignedDuration::from_secs(2)),
        }
    }
}

/// Names that are remembered at once.
const MOST: usize = 20_000;

/// The failed tries that still count. Each entry holds the instant at which all of its tries are forgotten.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    forgotten_at: Mutex<BTreeMap<Whose, Timestamp>>,
}

impl Attempts {
    /// How long to wait before the next try; nothing if it may be made now.
    pub(crate) fn wait(&self, whose: &Whose, now: Timestamp) -> Option<SignedDuration> {
        let (most, each) = whose.allowance();
        let forgotten = self.forgotten_at.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = forgotten.get(whose)?.duration_since(now);
        let wait = counted - each * i32::try_from(most - 1).unwrap_or(i32::MAX);
        (wait > SignedDuration::ZERO).then_some(wait)
    }

    /// Counts a failed try.
    pub(crate) fn failed(&self, whose: Whose, now: Timestamp) {
        let (_, each) = whose.allowance();
        let mut forgotten = self.forgotten_at.lock().unwrap_or_else(PoisonError::into_inner);
        if forgotten.len() >= MOST {
            forgotten.retain(|_, at| *at > now);
        }
        let at = forgotten.entry(whose).or_insert(now);
        *at = (*at).max(now) + each;
    }

    /// Forgets the failed tries of someone who then knew the password.
    pub(crate) fn forget(&self, whose: &Whose) {
        self.forgotten_at.lock().unwrap_or_else(PoisonError::into_inner).remove(whose);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn after_five_tries_a_name_waits_and_others_do_not() {
        let attempts = Attempts::default();
        let now: Timestamp = "2026-05-20T08:00:00+08:00".parse().unwrap();
        let (zhang, li) = (Whose::Name("zhang".to_owned()), Whose::Name("li".to_owned()));
        for _ in 0..5 {
            assert_eq!(attempts.wait(&zhang, now), None);
            attempts.failed(zhang.clone(), now);
        }
        assert_eq!(attempts.wait(&zhang, now), Some(SignedDuration::from_secs(30)));
        assert_eq!(attempts.wait(&li, now), None);
        let later = now + SignedDuration::from_secs(31);
        assert_eq!(attempts.wait(&zhang, later), None, "one more after half a minute");
        attempts.failed(zhang.clone(), later);
        assert!(attempts.wait(&zhang, later).is_some());
        attempts.forget(&zhang);
        assert_eq!(attempts.wait(&zhang, later), None);
    }
}
