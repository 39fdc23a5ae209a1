//! Certificate numbers: those that records ask for, and those that are counted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use heng_rule::Record;
use heng_store::Store;
use jiff::civil::Date;

use crate::Failure;

/// Longer numbers are refused; file systems take 255 bytes.
const LONGEST: usize = 60;

/// The numbers given out since the program began.
#[derive(Debug, Default)]
pub struct Numbers {
    given: Mutex<Given>,
}

#[derive(Debug, Default)]
struct Given {
    counts: BTreeMap<String, u32>,
    taken: BTreeSet<String>,
}

impl Numbers {
    /// Whether a number that a record asks for can be one: it names files, and nobody else has it.
    pub fn usable(&self, store: &Store, number: &str) -> Result<(), Failure> {
        let is_plain = |sign: char| sign.is_alphanumeric() || "-_.()（）〔〕[] ".contains(sign);
        let fits = !number.trim().is_empty()
            && number.trim() == number
            && number.chars().count() <= LONGEST
            && number.chars().all(is_plain)
            && !number.starts_with(['.', '-']);
        if !fits {
            return Err(Failure::new("error-number-unfit").with("number", number));
        }
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        if given.taken.contains(number) || !is_free(store, number) {
            return Err(Failure::new("error-number-taken").with("number", number));
        }
        Ok(())
    }

    /// The number of a record: what it asks for, else the norm, the day and the next count that the log does not have.
    pub fn number(&self, store: &Store, record: &Record, norm: &str, day: Date) -> String {
        let mut given = self.given.lock().unwrap_or_else(PoisonError::into_inner);
        let number = record.number.clone().unwrap_or_else(|| {
            let prefix = format!("{}-{}", short(norm), day.to_string().replace('-', ""));
            let next = given.counts.get(&prefix).copied().unwrap_or(0) + 1;
            let free = |count: &u32| {
                let number = format!("{prefix}-{count:04}");
                !given.taken.contains(&number) && is_free(store, &number)
            };
            let count = (next..).find(free).unwrap_or(next);
            given.counts.insert(prefix.clone(), count);
            format!("{prefix}-{count:04}")
        });
        given.taken.insert(number.clone());
        number
    }
}

/// A norm as a number begins with it: without the year of its edition, and without what separates its parts.
fn short(norm: &str) -> String {
    let is_year = |text: &str| text.len() == 4 && text.chars().all(|sign| sign.is_ascii_digit());
    let undated = norm.rsplit_once('-').filter(|(_, year)| is_year(year)).map_or(norm, |(undated, _)| undated);
    undated.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>().to_uppercase()
}

fn is_free(store: &Store, number: &str) -> bool {
    matches!(store.certificate(number), Ok(None))
}
