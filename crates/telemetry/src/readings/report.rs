//! The quality of all feeds, day by day, of the readings as they lie on disk.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use heng_store::Disk;
use jiff::civil::Date;

use super::canonical::Reading;
use super::feeds::{Feed, Feeds};
use super::quality::{Point, Tally, Verified, expected, tally_of_series};
use super::scan::Scan;
use super::store::{ReadingsError, feeds, folder};
use super::time::{date_of, day_of_date};

/// A feed on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfDay {
    /// The feed.
    pub feed: String,
    /// The legal day.
    pub day: Date,
    /// What was counted.
    pub tally: Tally,
}

/// Everything there is to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QualityReport {
    /// By feed and day.
    pub days: Vec<OfDay>,
    /// By feed: all its days, and how many of its own numbers did not come.
    pub feeds: Vec<(String, Tally, u64)>,
    /// All feeds and days.
    pub total: Tally,
    /// Lines of all messages that were not taken.
    pub rejected: u64,
}

/// Which days count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// From this one; from the feed's first reading where absent.
    pub from: Option<Date>,
    /// Through this one; through the feed's last reading where absent.
    pub through: Option<Date>,
}

impl Days {
    /// Whether a day is asked for.
    fn has(self, day: i64) -> bool {
        date_of(day).is_some_and(|date| {
            self.from.is_none_or(|from| date >= from) && self.through.is_none_or(|through| date <= through)
        })
    }
}

/// The quality of the readings of a data folder. A day between a feed's first and last counts as empty if nothing came.
///
/// # Errors
/// What keeps the readings from being read.
pub fn report(
    disk: &dyn Disk,
    data: &Path,
    days: Days,
    verified: Option<&Verified>,
) -> Result<QualityReport, ReadingsError> {
    let feeds = feeds(disk, data)?;
    let scan = Scan::of(disk, &folder(data))?;
    let mut tallies = counted(&scan, &feeds, days, verified)?;
    for ((feed, day), again) in scan.again() {
        if days.has(day) {
            let declared = declared(&feeds, &feed);
            tallies.entry((feed, day)).or_insert_with(|| Tally::empty(&declared, verified)).again += again;
        }
    }
    fill_gaps(&mut tallies, &feeds, days, verified);
    let mut report = QualityReport { rejected: scan.rejected(), ..QualityReport::default() };
    let sequences = scan.sequences();
    let mut total: Option<Tally> = None;
    for ((feed, day), tally) in tallies {
        match report.feeds.last_mut().filter(|(last, ..)| *last == feed) {
            Some((_, all, _)) => all.add(&tally),
            None => {
                let missing = sequences.get(&feed).map_or(0, super::sequences::Ranges::missing);
                report.feeds.push((feed.clone(), tally.clone(), missing));
            }
        }
        match &mut total {
            Some(total) => total.add(&tally),
            None => total = Some(tally.clone()),
        }
        if let Some(day) = date_of(day) {
            report.days.push(OfDay { feed, day, tally });
        }
    }
    report.total = total.unwrap_or_default();
    Ok(report)
}

fn declared(feeds: &Feeds, id: &str) -> Feed {
    feeds.named(id).cloned().unwrap_or_else(|| Feed::undeclared(id))
}

type ByDay = BTreeMap<(String, i64), Tally>;

/// Feed, meter, register and unit by number: names are kept once.
#[derive(Default)]
struct Names {
    numbers: HashMap<String, usize>,
    all: Vec<[String; 4]>,
    scratch: String,
}

impl Names {
    fn number(&mut self, names: [&str; 4]) -> usize {
        self.scratch.clear();
        for name in names {
            self.scratch.push_str(name);
            self.scratch.push('\u{1f}');
        }
        if let Some(number) = self.numbers.get(&self.scratch) {
            return *number;
        }
        self.numbers.insert(self.scratch.clone(), self.all.len());
        self.all.push(names.map(str::to_owned));
        self.all.len() - 1
    }
}

fn counted(scan: &Scan<'_>, feeds: &Feeds, days: Days, verified: Option<&Verified>) -> Result<ByDay, ReadingsError> {
    let mut tallies = ByDay::new();
    let mut names = Names::default();
    let mut before: HashMap<usize, Point> = HashMap::new();
    for partition in scan.partitions() {
        let day = partition.0;
        if !days.has(day) {
            continue;
        }
        let mut points: BTreeMap<usize, Vec<Point>> = BTreeMap::new();
        scan.visit(&partition, &mut |seen| {
            let number = names.number([seen.feed, seen.meter, seen.register, seen.unit]);
            points.entry(number).or_default().push(Point::from(&seen));
        })?;
        let mut feed = Feed::undeclared("");
        for (number, mut points) in points {
            let Some([id, meter, register, unit]) = names.all.get(number) else { continue };
            if feed.id != *id {
                feed = declared(feeds, id);
            }
            points.sort_by_key(|point| point.at_ms);
            let of_series = (meter.as_str(), register.as_str(), unit.as_str());
            let tally = tally_of_series(&feed, verified, day, of_series, &points, before.get(&number).copied());
            if let Some(last) = points.last() {
                before.insert(number, *last);
            }
            tallies.entry((id.clone(), day)).or_insert_with(|| Tally::empty(&feed, verified)).count(&tally);
        }
    }
    Ok(tallies)
}

/// Days on which nothing came of a feed that promised something.
fn fill_gaps(tallies: &mut ByDay, feeds: &Feeds, days: Days, verified: Option<&Verified>) {
    for feed in feeds.all().iter().filter(|feed| expected(feed).is_some()) {
        let mut known = tallies.keys().filter(|(id, _)| *id == feed.id).map(|(_, day)| *day);
        let (first, last) = (known.clone().next(), known.next_back());
        let from = days.from.map(day_of_date).or(first);
        let through = days.through.map(day_of_date).or(last);
        let Some((from, through)) = from.zip(through) else { continue };
        for day in from..=through {
            tallies.entry((feed.id.clone(), day)).or_insert_with(|| Tally::empty(feed, verified));
        }
    }
}

/// The readings of a meter, by instant.
///
/// # Errors
/// What keeps the readings from being read.
pub fn of_meter(disk: &dyn Disk, data: &Path, meter: &str, days: Days) -> Result<Vec<Reading>, ReadingsError> {
    let scan = Scan::of(disk, &folder(data))?;
    let mut found = Vec::new();
    for partition in scan.partitions().into_iter().filter(|(day, _)| days.has(*day)) {
        scan.visit(&partition, &mut |seen| {
            if seen.meter == meter {
                found.push((seen.at_ms, seen.reading()));
            }
        })?;
    }
    found.sort_by_key(|(at_ms, _)| *at_ms);
    Ok(found.into_iter().map(|(_, reading)| reading).collect())
}
