//! What went past a register that stopped or is bypassed: a weighted sum of coefficients of the balance.
#![expect(clippy::indexing_slicing, reason = "places within one system, set where it is built")]

use super::change::{Change, Kind};
use super::energy::Energies;
use super::posterior::Posterior;
use super::settings::Settings;

/// A mean with its variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    pub mean: f64,
    pub variance: f64,
}

/// Weights of coefficients by their place.
struct Weighted(Vec<(usize, f64)>);

impl Weighted {
    fn moments(&self, found: &Posterior) -> Moments {
        let mean = self.0.iter().map(|(row, w)| w * found.mean[*row]).sum();
        let variance: f64 = self
            .0
            .iter()
            .map(|(a, w)| self.0.iter().map(|(b, v)| w * v * found.covariance.at(*a, *b)).sum::<f64>())
            .sum();
        Moments { mean, variance: variance.max(0.0) }
    }
}

/// The mean correction of a meter over the period where it drifts: that at the start and a part of the drift.
pub fn drifted(meter: usize, drift: (usize, f64), found: &Posterior) -> Moments {
    Weighted(vec![(meter, 1.0), drift]).moments(found)
}

/// How far the energy of a home may be off, relative to it, that is seen by its voltage and the balance only: the noise of the days after a stop is not white, and a single home is not a sample.
const UNSEEN_RELATIVE: f64 = 0.08;

/// What one change says of the energy past its meter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unregistered {
    /// The correction of the whole period in percent of what was registered: the meter's own and what went past.
    pub correction_percent: Moments,
    /// What went past since the change, relative to what the home used to draw.
    pub drawn: Moments,
}

impl Unregistered {
    /// Whose first column stands at `place`; where the meter drifts as well, with the place of that and its part of the mean.
    pub fn new(
        change: &Change,
        place: usize,
        drift: Option<(usize, f64)>,
        energies: &Energies,
        settings: &Settings,
        found: &Posterior,
    ) -> Self {
        let registered: f64 = energies.meters.row(change.meter).iter().sum::<f64>().max(1e-9);
        let sums: Vec<(usize, f64)> = change
            .terms(energies, settings)
            .iter()
            .enumerate()
            .map(|(offset, term)| (place + offset, term.energy_kwh.iter().sum::<f64>()))
            .collect();
        let usual: f64 =
            energies.usual[change.meter].as_ref().map_or(0.0, |usual| usual.iter().skip(change.from).sum::<f64>());
        let mut correction: Vec<(usize, f64)> =
            sums.iter().map(|(row, kwh)| (*row, kwh / registered * 100.0)).collect();
        correction.insert(0, (change.meter, 1.0));
        correction.extend(drift);
        // What is not seen of a home that changes its ways while its register stands still.
        let stopped = if change.kind == Kind::Stop { UNSEEN_RELATIVE } else { 0.0 };
        let drawn = sums.iter().map(|(row, kwh)| (*row, kwh / usual.max(1e-9))).collect();
        let drawn = Weighted(drawn).moments(found);
        let mut correction_percent = Weighted(correction).moments(found);
        let unseen = stopped * drawn.mean * usual / registered * 100.0;
        correction_percent.variance += unseen * unseen;
        Self { correction_percent, drawn }
    }

    /// Whether a register that stands still does so while the home draws: at least a tenth of what it used to, seen at four standard deviations.
    pub fn real(&self, kind: Kind) -> bool {
        kind != Kind::Stop || (self.drawn.mean > 0.1 && self.drawn.mean > 4.0 * self.drawn.variance.sqrt())
    }
}
