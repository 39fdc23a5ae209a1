//! Which records make one session: the pages of one signing component from the reading that begins it to the one that ends it.

use std::collections::{BTreeMap, BTreeSet};

use heng_exchange::ocmf::{Context, Presented, Reading, Reason as Why, Record};
use jiff::civil::Date;

use super::signature::Proved;
use super::{Found, SessionFacts};
use crate::report::{Outcome, Reason};

/// One signing component's records in one context: the same serial numbers and the same key.
type Component<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a [u8]>, Context);

/// The records that were presented together, in the order of their pages.
pub(super) struct Sessions<'a> {
    records: Vec<Option<&'a Record>>,
    /// The places of each component's records, by page.
    series: Vec<Vec<usize>>,
    /// In which series a record stands, and where in it.
    standing: BTreeMap<usize, (usize, usize)>,
    /// The pages, by series, that were signed more than once with different content.
    twice: BTreeSet<(usize, u64)>,
}

/// The records of one session and what is next to them.
pub(super) struct Session<'a> {
    /// In the order of their pages.
    records: Vec<&'a Record>,
    /// The page that was signed twice with different content.
    twice: Option<u64>,
    /// A page before which pages are missing, and the one present before it.
    gap: Option<(u64, u64)>,
}

fn begins(record: &Record) -> bool {
    record.readings.iter().any(|reading| reading.reason == Some(Why::Begin))
}

fn ends(record: &Record) -> bool {
    record.readings.iter().any(|reading| reading.reason == Some(Why::End))
}

fn page(record: &Record) -> Option<u64> {
    record.pagination.map(|page| page.number)
}

impl<'a> Sessions<'a> {
    pub fn of(presented: &'a [Presented], proved: &'a [Proved]) -> Self {
        let mut components: BTreeMap<Component<'_>, Vec<usize>> = BTreeMap::new();
        for (place, (presented, proved)) in presented.iter().zip(proved).enumerate() {
            // A record that its key did not sign says nothing about others.
            let record = presented.read.record.as_ref().filter(|_| proved.answer.0 != Outcome::Failed);
            if let Some((record, pagination)) = record.and_then(|record| Some((record, record.pagination?))) {
                let serial = |serial: &'a Option<String>| serial.as_deref();
                let component = (
                    serial(&record.meter_serial),
                    serial(&record.gateway_serial),
                    proved.key.as_deref(),
                    pagination.context,
                );
                components.entry(component).or_default().push(place);
            }
        }
        let records: Vec<Option<&Record>> = presented.iter().map(|presented| presented.read.record.as_ref()).collect();
        let number = |place: &usize| records.get(*place).copied().flatten().and_then(page);
        let text = |place: usize| presented.get(place).and_then(|presented| presented.read.signed.as_deref());
        let mut sessions =
            Self { records: Vec::new(), series: Vec::new(), standing: BTreeMap::new(), twice: BTreeSet::new() };
        for (series, mut places) in components.into_values().enumerate() {
            places.sort_by_key(number);
            let mut first: Option<usize> = None;
            for (standing, place) in places.iter().enumerate() {
                sessions.standing.insert(*place, (series, standing));
                // Neighbours of the same page are compared with the first of them.
                let same = first.filter(|first| number(first) == number(place));
                match (same, number(place)) {
                    (Some(same), Some(page)) if text(same) != text(*place) => {
                        sessions.twice.insert((series, page));
                    }
                    (Some(_), _) => {}
                    (None, _) => first = Some(*place),
                }
            }
            sessions.series.push(places);
        }
        Self { records, ..sessions }
    }

    /// The session that a record is of.
    pub fn session(&self, place: usize) -> Session<'a> {
        let record = |place: usize| self.records.get(place).copied().flatten();
        let Some(own) = record(place) else { return Session { records: Vec::new(), twice: None, gap: None } };
        let mut records = vec![own];
        // A record that nothing vouches for, or that does not say its page, stands alone.
        let Some((series, standing)) = self.standing.get(&place) else {
            return Session { records, twice: None, gap: None };
        };
        let twice = page(own).filter(|page| self.twice.contains(&(*series, *page)));
        let places = self.series.get(*series).map_or(&[][..], Vec::as_slice);
        if !begins(own) {
            for other in places.get(..*standing).unwrap_or_default().iter().rev().filter_map(|other| record(*other)) {
                if ends(other) || page(other) == records.first().and_then(|first| page(first)) {
                    break;
                }
                records.insert(0, other);
                if begins(other) {
                    break;
                }
            }
        }
        if !ends(own) {
            for other in places.get(standing + 1..).unwrap_or_default().iter().filter_map(|other| record(*other)) {
                if begins(other) || page(other) == records.last().and_then(|last| page(last)) {
                    break;
                }
                records.push(other);
                if ends(other) {
                    break;
                }
            }
        }
        let gap = records.windows(2).find_map(|pair| match pair {
            [before, after] => {
                page(before).zip(page(after)).filter(|(before, after)| before.checked_add(1) != Some(*after))
            }
            _ => None,
        });
        Session { records, twice, gap }
    }
}

impl<'a> Session<'a> {
    /// Its readings, in the order in which they were signed.
    pub fn readings(&self) -> impl DoubleEndedIterator<Item = &'a Reading> {
        self.records.iter().flat_map(|record| &record.readings)
    }

    /// The day on which it began, by the meter's clock.
    pub fn day(&self) -> Option<Date> {
        self.readings().find_map(|reading| reading.time).map(|time| time.day)
    }

    /// Whether every reading's clock is in one of these states.
    pub fn clocks_within(&self, letters: &[char]) -> bool {
        let mut clocks = self.readings().map(|reading| reading.time.and_then(|time| time.clock)).peekable();
        clocks.peek().is_some() && clocks.all(|clock| clock.is_some_and(|clock| letters.contains(&clock.letter())))
    }

    /// Times and energy, as they are stated.
    pub fn facts(&self) -> Option<SessionFacts> {
        let mut times = self.readings().filter_map(|reading| reading.time);
        let began = times.next()?;
        let ended = times.next_back().unwrap_or(began);
        let energy = self.registers().into_iter().find_map(|shown| match shown.as_slice() {
            [first, .., last] => last.energy.as_ref()?.since(first.energy.as_ref()?),
            _ => None,
        });
        Some(SessionFacts { began: began.instant, ended: ended.instant, energy })
    }

    /// The readings of each register of energy, the registers in the order in which they were first read.
    pub fn registers(&self) -> Vec<Vec<&'a Reading>> {
        let mut registers: Vec<Vec<&Reading>> = Vec::new();
        for reading in self.readings() {
            let Some(energy) = &reading.energy else { continue };
            let same = registers.iter_mut().find(|shown| {
                shown
                    .first()
                    .and_then(|first| first.energy.as_ref())
                    .is_some_and(|first| first.register == energy.register)
            });
            match same {
                Some(shown) => shown.push(reading),
                None => registers.push(vec![reading]),
            }
        }
        registers
    }

    /// The check `pagination`: no page between the beginning and the end is missing, and none was signed twice.
    pub fn pages(&self) -> Found {
        let numbers: Vec<u64> = self.records.iter().filter_map(|record| page(record)).collect();
        let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
            return (Outcome::NotPossible, Reason::new("charging-page-unstated"));
        };
        if let Some(number) = self.twice {
            return (Outcome::Failed, Reason::new("charging-page-twice").with("page", number));
        }
        if let Some((before, after)) = self.gap {
            return (Outcome::Failed, Reason::new("charging-page-gap").with("before", before).with("after", after));
        }
        let is_session = self
            .records
            .iter()
            .any(|record| record.pagination.is_some_and(|page| page.context == Context::Transaction));
        let is_whole = self.records.first().is_some_and(|record| begins(record))
            && self.records.last().is_some_and(|record| ends(record));
        match (is_session && !is_whole, numbers.len()) {
            (true, _) => {
                (Outcome::NotPossible, Reason::new("charging-page-open").with("first", first).with("last", last))
            }
            (false, 1) => (Outcome::Passed, Reason::new("charging-page-single").with("page", first)),
            (false, count) => {
                let reason = Reason::new("charging-page-complete").with("first", first).with("last", last);
                (Outcome::Passed, reason.with("count", count))
            }
        }
    }

    /// The check `bounds`: the first reading begins a session, the last one ends it, and no other does either.
    pub fn bounds(&self) -> Found {
        let stated =
            self.readings().filter_map(|reading| Some((reading.reason?, reading.time.map(|time| time.instant))));
        // A meter with several registers reads them all at the same moment: such neighbours are one.
        let mut moments: Vec<_> = stated.collect();
        moments.dedup();
        let moments: Vec<Why> = moments.into_iter().map(|(why, _)| why).collect();
        if moments.is_empty() {
            return (Outcome::NotPossible, Reason::new("charging-bounds-unstated"));
        }
        let count = |why| moments.iter().filter(|moment| **moment == why).count();
        match (count(Why::Begin), count(Why::End)) {
            (1, 1) if moments.first() == Some(&Why::Begin) && moments.last() == Some(&Why::End) => {
                (Outcome::Passed, Reason::new("charging-bounds-passed"))
            }
            (0, _) => (Outcome::NotPossible, Reason::new("charging-bounds-no-begin")),
            (1, 0) => (Outcome::NotPossible, Reason::new("charging-bounds-no-end")),
            _ => (Outcome::Failed, Reason::new("charging-bounds-order")),
        }
    }

    /// The check `tariff`, where one was signed: the same in the whole session.
    pub fn tariff(&self) -> Option<Found> {
        let mut told = self.records.iter().filter_map(|record| record.tariff.as_deref());
        let first = told.next()?;
        Some(match told.find(|other| *other != first) {
            Some(other) => {
                (Outcome::Failed, Reason::new("charging-tariff-changed").with("tariff", first).with("other", other))
            }
            None => (Outcome::Passed, Reason::new("charging-tariff-signed").with("tariff", first)),
        })
    }
}
