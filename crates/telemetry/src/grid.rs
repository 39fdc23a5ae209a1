//! Rows of a file on an even grid of times: a row that is not there is a gap, not a shorter day.

use crate::TelemetryError;
use crate::table::{Column, Table};

/// How far a time may be from its place, as of readings that are taken one after the other.
const TOLERANCE_S: i64 = 10;

/// The same as a part of the step where that is short.
const TOLERANCE_PART: i64 = 20;

/// Steps are minutes, hours or days; the usual difference of times that jitter is a little beside one.
const MINUTE_S: i64 = 60;

/// No more than so many rows of a hundred may be absent: where times are further apart, one of them is wrong.
const MOST_ABSENT: usize = 95;

/// An even grid of times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    first_s: i64,
    step_s: i64,
    count: usize,
}

fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    values.get(values.len() / 2).copied()
}

impl Grid {
    /// The grid on which rising times lie, absent ones included, or the first row that lies on none.
    ///
    /// # Errors
    /// A time beside the grid, or so many absent that there is none.
    pub fn of(file: &str, times_s: &[i64]) -> Result<Self, TelemetryError> {
        let first_s = times_s.first().copied().unwrap_or_default();
        let gaps = times_s.iter().zip(times_s.iter().skip(1)).map(|(before, after)| after - before).collect();
        let Some(usual) = median(gaps) else { return Ok(Self { first_s, step_s: 0, count: times_s.len() }) };
        let whole = (usual + MINUTE_S / 2) / MINUTE_S * MINUTE_S;
        let step_s = if whole > 0 && (usual - whole).abs() <= TOLERANCE_S / 2 { whole } else { usual };
        // The first row may be a few seconds off like any other.
        let beside = |time: &i64| (time - first_s + step_s / 2).rem_euclid(step_s) - step_s / 2;
        let first_s = first_s + median(times_s.iter().map(beside).collect()).unwrap_or(0);
        let mut grid = Self { first_s, step_s, count: usize::MAX };
        let mut last = None;
        for (row, time) in times_s.iter().enumerate() {
            let place = grid.place(*time).filter(|place| last.is_none_or(|last| *place > last));
            let most = (row + 2) * 100 / (100 - MOST_ABSENT) + 1000;
            if place.is_none_or(|place| place > most) {
                return Err(TelemetryError::Grid { file: file.to_owned(), row: row + 1, step_s });
            }
            last = place;
        }
        grid.count = last.map_or(0, |last| last + 1);
        Ok(grid)
    }

    /// The times of all places.
    #[must_use]
    pub fn times_s(&self) -> Vec<i64> {
        std::iter::successors(Some(self.first_s), |time| Some(time + self.step_s)).take(self.count).collect()
    }

    /// Whether a time is on the grid or would be if it were longer.
    #[must_use]
    pub fn holds(&self, time_s: i64) -> bool {
        let tolerance = TOLERANCE_S.min(self.step_s / TOLERANCE_PART);
        let beside = (time_s - self.first_s + tolerance).checked_rem_euclid(self.step_s);
        beside.map_or(time_s == self.first_s, |beside| beside <= 2 * tolerance)
    }

    /// The place of a time, if it has one.
    #[must_use]
    pub fn place(&self, time_s: i64) -> Option<usize> {
        let nearest = (time_s - self.first_s + self.step_s / 2).checked_div_euclid(self.step_s).unwrap_or(0);
        usize::try_from(nearest).ok().filter(|place| self.holds(time_s) && *place < self.count)
    }

    /// The columns of a table with each row in its place: what is absent was not collected.
    pub fn spread(&self, table: &mut Table) {
        if table.times_s.len() == self.count && self.times_s() == table.times_s {
            return;
        }
        let places: Vec<Option<usize>> = table.times_s.iter().map(|time| self.place(*time)).collect();
        for Column { values, .. } in &mut table.columns {
            let mut placed = vec![f64::NAN; self.count];
            for (place, value) in places.iter().zip(values.iter()) {
                if let Some(cell) = place.and_then(|place| placed.get_mut(place)) {
                    *cell = *value;
                }
            }
            *values = placed;
        }
        table.times_s = self.times_s();
    }
}
