//! What the forecasts of a product were worth together.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::forecast::{Outcome, Verified, verified};
use super::log::PlanLog;

/// The forecasts of one product, and the events that none of them foretold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// What was forecast.
    pub name: String,
    /// How many came out in which way.
    pub counts: BTreeMap<Outcome, u64>,
    /// Each of them, in the order of the log.
    pub forecasts: Vec<Verified>,
}

/// What is known of every product by a day.
pub fn products(log: &PlanLog, day: Date) -> Vec<Product> {
    let mut all: BTreeMap<String, Product> = BTreeMap::new();
    for one in verified(log).into_iter().filter(|one| one.known_from <= day) {
        let product = all
            .entry(one.product.clone())
            .or_insert_with(|| Product { name: one.product.clone(), ..Product::default() });
        *product.counts.entry(one.outcome).or_default() += 1;
        product.forecasts.push(one);
    }
    all.into_values().collect()
}

impl Product {
    /// How many came out so.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.counts.get(&outcome).copied().unwrap_or(0)
    }

    /// Hit rate H/(H + M), accuracy (H + C)/all, threat score H/(H + M + F), false alarm ratio F/(H + F), and beside them the base rate (H + M)/all:
    /// a share without it says little. None where there is nothing to share.
    pub fn scores(&self) -> [(&'static str, Option<f64>); 5] {
        let (hits, misses) = (self.count(Outcome::Hit), self.count(Outcome::Miss));
        let (alarms, rejections) = (self.count(Outcome::FalseAlarm), self.count(Outcome::CorrectRejection));
        let all = hits + misses + alarms + rejections;
        [
            ("hit-rate", share(hits, hits + misses)),
            ("accuracy", share(hits + rejections, all)),
            ("threat", share(hits, hits + misses + alarms)),
            ("false-alarm-ratio", share(alarms, hits + alarms)),
            ("base-rate", share(hits + misses, all)),
        ]
    }

    /// How long before the event hits were sealed, on the mean, in whole minutes.
    pub fn mean_lead_minutes(&self) -> Option<i64> {
        let leads: Vec<i64> = self.forecasts.iter().filter_map(|one| one.lead_minutes).collect();
        let count = i64::try_from(leads.len()).ok().filter(|count| *count > 0)?;
        Some(leads.iter().sum::<i64>() / count)
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    // No log has 2⁵³ forecasts.
    #[expect(clippy::cast_precision_loss, reason = "counts of forecasts are small")]
    (whole > 0).then(|| part as f64 / whole as f64)
}
