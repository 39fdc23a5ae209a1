//! Whether a district can be as it was found: a head meter that was exchanged or misread, a customer who is not in the list, or a wrong unit look like errors of many meters at once.
#![expect(clippy::indexing_slicing, reason = "places within one system, set where it is built")]

use super::assessment::{MeterAssessment, State};
use super::balance::{Balance, Solution};
use super::settings::Settings;

/// No district loses more of what it is given.
const MOST_LOSS_PERCENT: f64 = 20.0;

/// A loss may come out below nothing by so many of its standard uncertainties, and by what none of them says.
const BELOW_NOTHING: f64 = 2.0;
const BELOW_NOTHING_PERCENT: f64 = 0.3;

/// The error of the head meter is not so many times what is known of such meters.
const HEAD: f64 = 4.0;

/// One meter of so many may be called beyond; two always.
const ONE_OF: usize = 4;
const ALWAYS: usize = 2;

/// Whether the balance is quiet enough to see an error as large as the limit in so many of a hundred meters of homes where something is drawn.
const SEEN_OF_HUNDRED: usize = 40;

/// A home that draws less is as good as vacant.
const VACANT_KW: f64 = 0.02;

/// Whether most meters can be seen at all, whatever they add to the loss themselves.
pub fn is_seen(balance: &Balance<'_>, solution: &Solution, limit_percent: f64) -> bool {
    let energies = balance.energies;
    let hours = energies.intervals() as f64 * energies.hours;
    let (mut all, mut seen) = (0, 0);
    for (row, marginal) in solution.posterior.marginals.iter().enumerate() {
        if energies.meters.row(row).iter().sum::<f64>() < VACANT_KW * hours {
            continue;
        }
        let hidden = balance.own[row].systematic_percent;
        all += 1;
        seen += usize::from(4.0 * (marginal.data_variance - hidden * hidden) <= limit_percent * limit_percent);
    }
    seen * 100 >= all * SEEN_OF_HUNDRED
}

/// Whether loss, head meter and the number of meters called beyond are what a district can have.
pub fn holds(balance: &Balance<'_>, solution: &Solution, meters: &[MeterAssessment], settings: &Settings) -> bool {
    let n = meters.len();
    let found = &solution.posterior;
    let supplied = balance.energies.head.iter().sum::<f64>().max(1e-9);
    let loss = 100.0 * solution.loss.iter().sum::<f64>() / supplied;
    let parts: Vec<f64> =
        balance.shapes.iter().map(|shape| 100.0 * shape.energy_kwh.iter().sum::<f64>() / supplied).collect();
    let mut variance = 0.0;
    for (i, a) in parts.iter().enumerate() {
        for (j, b) in parts.iter().enumerate() {
            variance += a * b * found.covariance.at(n + 2 + i, n + 2 + j);
        }
    }
    let least = -BELOW_NOTHING * variance.max(0.0).sqrt() - BELOW_NOTHING_PERCENT;
    let called = meters.iter().filter(|meter| meter.state == State::Beyond).count();
    (least..=MOST_LOSS_PERCENT).contains(&loss)
        && found.mean[n].abs() <= HEAD * settings.head_percent
        && called <= ALWAYS.max(n / ONE_OF)
}
