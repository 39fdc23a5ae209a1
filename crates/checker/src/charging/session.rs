//! Which records make one session: the pages of one signing component from the reading that begins it to the one that ends it.

use std::collections::{BTreeMap, BTreeSet};

use heng_exchange::ocmf::{ClockState, Context, LONGEST_TARIFF, Presented, Reading, Reason as Why, Record};
use jiff::civil::Date;

use super::signature::Proved;
use super::{Found, SessionFacts};
use crate::report::{Outcome, Reason};

/// One signing component's records in one context: the same serial numbers and the same key.
type Component<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a [u8]>, Context);

/// The sessions of the records that were presented together. Each is put together once, however many records it has.
pub(super) struct Sessions<'a> {
    sessions: Vec<Session<'a>>,
    /// The session of each record, by its place.
    of: BTreeMap<usize, usize>,
    /// The records whose page was signed more than once with different content, by their places.
    twice: BTreeMap<usize, u64>,
}

/// The records of one session and what is next to them.
#[derive(Default)]
pub(super) struct Session<'a> {
    /// In the order of their pages.
    records: Vec<&'a Record>,
    /// A page before which pages are missing, and the one present before it.
    gap: Option<(u64, u64)>,
    /// The states of the clocks at its readings; nothing where one was not stated.
    clocks: BTreeSet<Option<char>>,
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

/// The places of each component's records.
fn components(presented: &[Presented], proved: &[Proved]) -> Vec<Vec<usize>> {
    let mut components: BTreeMap<Component<'_>, Vec<usize>> = BTreeMap::new();
    for (place, (presented, proved)) in presented.iter().zip(proved).enumerate() {
        // A record that its key did not sign says nothing about others.
        let record = presented.read.record.as_ref().filter(|_| proved.answer.0 != Outcome::Failed);
        if let Some((record, pagination)) = record.and_then(|record| Some((record, record.pagination?))) {
            let (meter, gateway) = (record.meter_serial.as_deref(), record.gateway_serial.as_deref());
            let component = (meter, gateway, proved.key.as_deref(), pagination.context);
            components.entry(component).or_default().push(place);
        }
    }
    components.into_values().collect()
}

impl<'a> Sessions<'a> {
    pub fn of(presented: &'a [Presented], proved: &'a [Proved]) -> Self {
        let record = |place: usize| presented.get(place).and_then(|presented| presented.read.record.as_ref());
        let text = |place: usize| presented.get(place).and_then(|presented| presented.read.signed.as_deref());
        let mut sessions = Self { sessions: Vec::new(), of: BTreeMap::new(), twice: BTreeMap::new() };
        for mut places in components(presented, proved) {
            places.sort_by_key(|place| record(*place).and_then(page));
            sessions.note_pages_signed_twice(&places, &record, &text);
            sessions.divide(&places, &record);
        }
        // A record that nothing vouches for, or that does not say its page, stands alone.
        for place in 0..presented.len() {
            if !sessions.of.contains_key(&place) {
                sessions.begin(place, record(place));
            }
        }
        sessions.sessions.iter_mut().for_each(Session::complete);
        sessions
    }

    /// The records of one component, in the order of their pages, as sessions.
    fn divide(&mut self, places: &[usize], record: &dyn Fn(usize) -> Option<&'a Record>) {
        let mut is_first = true;
        for place in places {
            let Some(own) = record(*place) else { continue };
            match self.sessions.last_mut().filter(|open| !is_first && open.goes_on_with(own)) {
                Some(open) => {
                    open.records.push(own);
                    self.of.insert(*place, self.sessions.len().saturating_sub(1));
                }
                None => self.begin(*place, Some(own)),
            }
            is_first = false;
        }
    }

    fn begin(&mut self, place: usize, record: Option<&'a Record>) {
        self.of.insert(place, self.sessions.len());
        self.sessions.push(Session { records: record.into_iter().collect(), ..Session::default() });
    }

    /// Neighbours of the same page are compared with the first of them.
    fn note_pages_signed_twice(
        &mut self,
        places: &[usize],
        record: &dyn Fn(usize) -> Option<&'a Record>,
        text: &dyn Fn(usize) -> Option<&'a str>,
    ) {
        let number = |place: &usize| record(*place).and_then(page);
        for same in places.chunk_by(|one, other| number(one) == number(other)) {
            let (Some(first), Some(page)) = (same.first(), same.first().and_then(number)) else { continue };
            if same.iter().any(|place| text(*place) != text(*first)) {
                self.twice.extend(same.iter().map(|place| (*place, page)));
            }
        }
    }

    /// All of them.
    pub fn all(&self) -> &[Session<'a>] {
        &self.sessions
    }

    /// The place among them of the session that a record is of.
    pub fn of_record(&self, place: usize) -> Option<usize> {
        self.of.get(&place).copied()
    }

    /// The page of a record, where it was signed more than once with different content.
    pub fn signed_twice(&self, place: usize) -> Option<Found> {
        let page = self.twice.get(&place)?;
        Some((Outcome::Failed, Reason::new("charging-page-twice").with("page", page)))
    }
}

impl<'a> Session<'a> {
    /// Whether a record of the next place in the series is of the same session: it neither begins one, nor has this one ended, nor is it the same
    /// page again.
    fn goes_on_with(&self, next: &Record) -> bool {
        self.records.last().is_some_and(|last| !ends(last) && !begins(next) && page(last) != page(next))
    }

    /// What all its records say together.
    fn complete(&mut self) {
        self.gap = self.records.windows(2).find_map(|pair| match pair {
            [before, after] => {
                page(before).zip(page(after)).filter(|(before, after)| before.checked_add(1) != Some(*after))
            }
            _ => None,
        });
        let clock = |reading: &Reading| reading.time.and_then(|time| time.clock).map(ClockState::letter);
        self.clocks = self.readings().map(clock).collect();
    }

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
        !self.clocks.is_empty() && self.clocks.iter().all(|clock| clock.is_some_and(|clock| letters.contains(&clock)))
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
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        for reading in self.readings() {
            let Some(energy) = &reading.energy else { continue };
            let place = *places.entry(&energy.register).or_insert(registers.len());
            match registers.get_mut(place) {
                Some(shown) => shown.push(reading),
                None => registers.push(vec![reading]),
            }
        }
        registers
    }

    /// The check `pagination`: no page between the beginning and the end is missing. That none was signed twice is
    /// [`Sessions::signed_twice`].
    pub fn pages(&self) -> Found {
        let numbers: Vec<u64> = self.records.iter().filter_map(|record| page(record)).collect();
        let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
            return (Outcome::NotPossible, Reason::new("charging-page-unstated"));
        };
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
        let mut tariffs = self.records.iter().filter_map(|record| record.tariff.as_deref());
        let first = tariffs.next()?;
        // Every record of the session says it, and the longest that the format allows is as much as anyone reads.
        let told = |tariff: &str| tariff.chars().take(LONGEST_TARIFF).collect::<String>();
        Some(match tariffs.find(|other| *other != first) {
            Some(other) => {
                let reason = Reason::new("charging-tariff-changed").with("tariff", told(first));
                (Outcome::Failed, reason.with("other", told(other)))
            }
            None => (Outcome::Passed, Reason::new("charging-tariff-signed").with("tariff", told(first))),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used)]

    use heng_exchange::ocmf::records;

    use super::Sessions;
    use crate::charging::signature::Proved;
    use crate::report::{Outcome, Reason};

    /// Each record stands in one session, whose records are put together once and not once for each of them.
    #[test]
    fn a_session_of_many_records_is_put_together_once() {
        let record =
            |page: usize| format!("OCMF|{{\"PG\":\"T{page}\",\"MS\":\"SYN-M-1\",\"RD\":[]}}|{{\"SD\":\"00\"}}\n");
        let presented = records((1..=2_000).map(record).collect::<String>().as_bytes()).unwrap();
        let answer = || (Outcome::NotPossible, Reason::new("charging-no-key"));
        let proved: Vec<Proved> = presented.iter().map(|_| Proved { answer: answer(), key: None }).collect();
        let sessions = Sessions::of(&presented, &proved);
        let [session] = sessions.all() else { panic!("{} sessions", sessions.all().len()) };
        assert_eq!(session.records.len(), 2_000);
        assert!((0..2_000).all(|place| sessions.of_record(place) == Some(0) && sessions.signed_twice(place).is_none()));
    }
}
