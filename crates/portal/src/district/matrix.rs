//! The matrices: of each kind in each district, and of one kind by who keeps it, how many are under mandatory verification and how many of
//! them are verified in time.

use std::collections::{BTreeMap, BTreeSet};

use heng_rule::catalogue::Catalogue;
use heng_view::Inventory;
use jiff::civil::Date;
use serde::Serialize;

use crate::facts::listing::listed;

/// A count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Count {
    /// The registered instruments under mandatory verification.
    pub(crate) all: usize,
    /// Those verified in time.
    pub(crate) in_time: usize,
}

impl Count {
    fn add(&mut self, is_in_time: bool) {
        self.all += 1;
        self.in_time += usize::from(is_in_time);
    }

    /// The rate in tenths of a per cent, cut: 1000 means that not one is missing. Nothing where there are none.
    pub(crate) fn per_mille(self) -> Option<usize> {
        (self.in_time * 1000).checked_div(self.all)
    }

    /// The rate as people read it.
    pub(crate) fn text(self) -> Option<String> {
        let rate = self.per_mille()?;
        Some(if rate == 1000 { "100".to_owned() } else { format!("{}.{}", rate / 10, rate % 10) })
    }

    /// How much is missing, in four steps of shade.
    pub(crate) fn shade(self) -> &'static str {
        match self.per_mille() {
            None => "none",
            Some(980..) => "s0",
            Some(950..) => "s1",
            Some(900..) => "s2",
            Some(_) => "s3",
        }
    }
}

/// How the instruments are divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Axes<'a> {
    /// A row for each district, a column for each kind.
    DistrictsByKind,
    /// A row for each keeper of instruments of this kind, a column for each district.
    KeepersByDistrict(&'a str),
}

/// All counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matrix {
    /// What the columns are for.
    pub(crate) columns: Vec<String>,
    /// What the rows are for, with their counts in the order of the columns, and their total.
    pub(crate) rows: Vec<(String, Vec<Count>, Count)>,
    /// The totals of the columns.
    pub(crate) totals: Vec<Count>,
    /// The total.
    pub(crate) total: Count,
    /// The registered instruments that nothing says must be verified: they are counted nowhere else.
    pub(crate) others: usize,
}

/// Counts the registered instruments of every district for which both keys of mandatory verification turn.
pub(crate) fn matrix(inventory: &Inventory, catalogue: &Catalogue, on: Date, axes: Axes<'_>) -> Matrix {
    let mut counts: BTreeMap<(String, String), Count> = BTreeMap::new();
    let mut totals: BTreeMap<String, Count> = BTreeMap::new();
    let mut total = Count::default();
    let mut others = 0;
    for district in inventory.districts() {
        for (id, thing) in inventory.of_district(&district) {
            let Some(one) = listed(inventory, catalogue, id, thing, on) else { continue };
            let (row, column) = match axes {
                Axes::DistrictsByKind => (district.clone(), one.kind),
                Axes::KeepersByDistrict(kind) if one.kind == kind => (one.keeper, district.clone()),
                Axes::KeepersByDistrict(_) => continue,
            };
            if !one.obligation.is_mandatory() {
                others += 1;
                continue;
            }
            let is_in_time = one.condition.is_in_time();
            totals.entry(column.clone()).or_default().add(is_in_time);
            counts.entry((row, column)).or_default().add(is_in_time);
            total.add(is_in_time);
        }
    }
    let rows: BTreeSet<String> = match axes {
        Axes::DistrictsByKind => inventory.districts().into_iter().collect(),
        Axes::KeepersByDistrict(_) => counts.keys().map(|(row, _)| row.clone()).collect(),
    };
    let columns: Vec<String> = totals.keys().cloned().collect();
    let rows = rows.into_iter().map(|name| {
        let of = |column: &String| counts.get(&(name.clone(), column.clone())).copied().unwrap_or_default();
        let row: Vec<Count> = columns.iter().map(of).collect();
        let sum = row.iter().fold(Count::default(), |sum, count| Count {
            all: sum.all + count.all,
            in_time: sum.in_time + count.in_time,
        });
        (name, row, sum)
    });
    Matrix { rows: rows.collect(), totals: totals.into_values().collect(), columns, total, others }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn a_rate_is_cut_so_that_100_means_that_not_one_is_missing() {
        assert_eq!(Count { all: 1000, in_time: 999 }.text().as_deref(), Some("99.9"));
        assert_eq!(Count { all: 10_000, in_time: 9_999 }.text().as_deref(), Some("99.9"));
        assert_eq!(Count { all: 3, in_time: 3 }.text().as_deref(), Some("100"));
        assert_eq!(Count::default().text(), None);
        assert_eq!(Count { all: 50, in_time: 44 }.shade(), "s3");
    }
}
