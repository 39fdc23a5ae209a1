//! The pictures of how the trials fell, for results by a Monte Carlo method.

use heng_quantity::{Decimal, Uncertainty};
use heng_rule::{ItemResult, PointResult};

use super::band::plain;
use super::{Author, text};
use crate::document::figures;
use crate::document::histogram::Fall;
use crate::document::sheet::Picture;

/// More pictures than this say nothing that their tables do not.
const MOST: usize = 6;
/// The width of a picture on paper and in a wide window, in pixels.
const WIDE: u32 = 690;
/// The width of a picture on a phone, in pixels.
const NARROW: u32 = 358;

impl Author<'_> {
    /// A picture for each point of an item whose result is by trials.
    pub(super) fn trials(&self, item: &ItemResult) -> Vec<Picture> {
        item.points.iter().filter_map(|point| self.trials_of(item, point)).take(MOST).collect()
    }

    fn trials_of(&self, item: &ItemResult, point: &PointResult) -> Option<Picture> {
        let trials = point.trials.as_ref()?;
        let result = &point.result.quantity;
        let Some(Uncertainty::Expanded { value: half, .. }) = &result.uncertainty else { return None };
        let standard = result.uncertainty.as_ref()?.standard_f64().filter(|u| *u > 0.0)?;
        let end = |end: Decimal| (end.to_f64(), figures::with_unit(figures::number(&end), &result.unit));
        let fall = Fall {
            axis: plain(&self.label(&point.result), Some(figures::unit(&result.unit))),
            ends: (trials.from.to_f64(), trials.to.to_f64()),
            bars: trials.bins.clone(),
            result: (result.value.to_f64(), standard),
            stated: [end(&result.value - half), end(&result.value + half)],
        };
        if fall.ends.0 >= fall.ends.1 || fall.bars.is_empty() {
            return None;
        }
        let count = figures::number(&Decimal::from(i64::try_from(trials.count).ok()?));
        let seed = trials.seed.to_string();
        let facts = [("item", self.text(&item.title)), ("count", count.as_str()), ("seed", seed.as_str())];
        let name = self.words.say("trials-name", &facts);
        Some(Picture {
            wide: fall.drawing(WIDE, &name),
            narrow: fall.drawing(NARROW, &name),
            name,
            caption: text(&self.words.say("trials-caption", &facts)),
        })
    }
}
