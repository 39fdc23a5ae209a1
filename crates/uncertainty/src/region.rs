//! Coverage regions of several results together.

use crate::linear::Evaluation;
use crate::monte_carlo::Interval;
use crate::student::quantile;

/// Below this pivot of the correlation matrix, one result is a combination of the others as far as doubles can tell.
const SINGULAR: f64 = 1e-12;

/// (η − y)ᵀ U⁻¹ (η − y) ≤ k_p² (JCGM 102:2011, 6.5.3 and 7.7.2).
#[derive(Clone, Debug, PartialEq)]
pub struct EllipsoidalRegion {
    /// y, in the order of the model.
    pub center: Vec<f64>,
    /// U, the covariance matrix of y.
    pub covariance: Vec<Vec<f64>>,
    /// k_p.
    pub factor: f64,
}

/// y_j ± k_q u(y_j) for all j at once (JCGM 102:2011, 6.5.4 and 7.7.3).
#[derive(Clone, Debug, PartialEq)]
pub struct RectangularRegion {
    /// One for each result, in the order of the model.
    pub sides: Vec<Interval>,
    /// k_q.
    pub factor: f64,
}

/// The cells of a mesh in which the values lie densest, as many as the coverage probability needs (JCGM 102:2011, 7.7.4).
#[derive(Clone, Debug, PartialEq)]
pub struct SmallestRegion {
    /// The part of space that the mesh divides, a side for each result in the order of the model.
    pub mesh: Vec<Interval>,
    /// How many cells each side has.
    pub cells_of_a_side: usize,
    /// The cells of the region in ascending order, the last result counted fastest.
    pub cells: Vec<usize>,
    /// The part of the trials in these cells, p or little more.
    pub probability: f64,
}

impl EllipsoidalRegion {
    /// Whether the results may have these values together; not where their number is another.
    pub fn contains(&self, values: &[f64]) -> bool {
        let Some(distances) = Distances::of(&self.center, &self.covariance) else { return false };
        values.len() == self.center.len() && distances.ellipsoidal(values) <= self.factor
    }

    /// The volume, an area for two results: π^(m/2)/Γ(m/2 + 1) k_p^m √det U.
    pub fn volume(&self) -> f64 {
        let Some(distances) = Distances::of(&self.center, &self.covariance) else { return 0.0 };
        let half = self.center.len() as f64 / 2.0;
        let unit = libm::pow(std::f64::consts::PI, half) / libm::tgamma(half + 1.0);
        unit * libm::pow(self.factor, 2.0 * half) * distances.determinant_root()
    }
}

impl RectangularRegion {
    /// Whether the results may have these values together; not where their number is another.
    pub fn contains(&self, values: &[f64]) -> bool {
        let is_within = |(side, value): (&Interval, &f64)| side.low <= *value && *value <= side.high;
        values.len() == self.sides.len() && self.sides.iter().zip(values).all(is_within)
    }

    /// The volume, an area for two results.
    pub fn volume(&self) -> f64 {
        self.sides.iter().map(|side| side.high - side.low).product()
    }
}

impl SmallestRegion {
    /// Whether the results may have these values together; not where their number is another.
    pub fn contains(&self, values: &[f64]) -> bool {
        values.len() == self.mesh.len()
            && cell(&self.mesh, self.cells_of_a_side, values)
                .is_some_and(|cell| self.cells.binary_search(&cell).is_ok())
    }

    /// The volume, an area for two results.
    pub fn volume(&self) -> f64 {
        let side = |side: &Interval| (side.high - side.low) / self.cells_of_a_side as f64;
        self.cells.len() as f64 * self.mesh.iter().map(side).product::<f64>()
    }
}

impl Evaluation {
    /// The ellipsoidal region of all results for the coverage probability p, as for jointly normal results: k_p² is the p-quantile of χ²_m.
    ///
    /// None for p outside (0, 1), and where one result is a combination of the others or known exactly, so that U has no inverse.
    ///
    /// Source: JCGM 102:2011, 6.5.3.
    pub fn ellipsoidal_region(&self, probability: f64) -> Option<EllipsoidalRegion> {
        let factor = ellipsoidal_factor(self.outputs.len(), probability)?;
        let u = |row: usize| self.outputs.get(row).map_or(f64::NAN, |output| output.estimate.standard_uncertainty);
        let entry = |row: usize, (column, r): (usize, &f64)| r * u(row) * u(column);
        let rows = self.correlations.iter().enumerate();
        let covariance: Vec<Vec<f64>> =
            rows.map(|(row, of)| of.iter().enumerate().map(|at| entry(row, at)).collect()).collect();
        let center: Vec<f64> = self.outputs.iter().map(|output| output.estimate.value).collect();
        Distances::of(&center, &covariance)?;
        Some(EllipsoidalRegion { center, covariance, factor })
    }

    /// The rectangular region of all results for the coverage probability p, as for jointly normal results, whatever their correlations:
    /// k_q is the factor of one result for q = 1 − (1 − p)/m. None for p outside (0, 1).
    ///
    /// Source: JCGM 102:2011, 6.5.4.
    pub fn rectangular_region(&self, probability: f64) -> Option<RectangularRegion> {
        let factor = rectangular_factor(self.outputs.len(), probability)?;
        let side = |value: f64, u: f64| Interval { low: value - factor * u, high: value + factor * u };
        let estimates = self.outputs.iter().map(|output| &output.estimate);
        let sides = estimates.map(|estimate| side(estimate.value, estimate.standard_uncertainty)).collect();
        Some(RectangularRegion { sides, factor })
    }
}

/// k_p = √χ²_m(p), for m jointly normal results; none without results and for p outside (0, 1).
///
/// P(χ²_m > k²) = Q(m/2, k²/2), solved by bisection to the last digit. Source: JCGM 102:2011, 6.5.3.
pub fn ellipsoidal_factor(results: usize, probability: f64) -> Option<f64> {
    if results == 0 || results > 1_000 || !(probability > 0.0 && probability < 1.0) {
        return None;
    }
    let is_beyond = |k: f64| chi_squared_tail(results, k * k) <= 1.0 - probability;
    let (mut low, mut high) = (0.0, 1.0);
    while !is_beyond(high) {
        high *= 2.0;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return Some(high);
        }
        if is_beyond(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
}

/// k_q of the normal distribution for q = 1 − (1 − p)/m; none without results and for p outside (0, 1).
///
/// Source: JCGM 102:2011, 6.5.4.
pub fn rectangular_factor(results: usize, probability: f64) -> Option<f64> {
    let is_usable = results > 0 && probability > 0.0 && probability < 1.0;
    // The lower tail keeps the digits of a p near one.
    is_usable.then(|| -quantile((1.0 - probability) / (2.0 * results as f64), f64::INFINITY))
}

/// P(χ²_m > x) in closed form: e^(−x/2) Σ (x/2)^i/i! for even m, erfc √(x/2) + e^(−x/2) Σ (x/2)^(i + ½)/Γ(i + 3/2) for odd m.
///
/// Source: Abramowitz and Stegun, 26.4.4 and 26.4.5.
fn chi_squared_tail(degrees: usize, x: f64) -> f64 {
    let half = x / 2.0;
    let is_odd = degrees % 2 == 1;
    let (mut term, mut next, start) = if is_odd {
        (libm::sqrt(half) * std::f64::consts::FRAC_2_SQRT_PI, 1.5, libm::erfc(libm::sqrt(half)))
    } else {
        (1.0, 1.0, 0.0)
    };
    // The exponential goes into the terms, so that none overflows before it.
    term *= libm::exp(-half);
    let mut sum = start;
    for _ in 0..degrees / 2 {
        sum += term;
        term *= half / next;
        next += 1.0;
    }
    sum
}

/// Distances from the middle of several results in units of their uncertainties.
pub(crate) struct Distances {
    center: Vec<f64>,
    uncertainties: Vec<f64>,
    /// The lower factor of the correlation matrix.
    factor: Vec<Vec<f64>>,
}

impl Distances {
    /// None where the covariance matrix has no inverse.
    pub(crate) fn of(center: &[f64], covariance: &[Vec<f64>]) -> Option<Self> {
        let variance = |place: usize| covariance.get(place).and_then(|row| row.get(place)).copied();
        let uncertainties: Vec<f64> =
            (0..center.len()).map(|place| variance(place).map(libm::sqrt)).collect::<Option<_>>()?;
        let mut factor: Vec<Vec<f64>> = Vec::with_capacity(center.len());
        for (row, u) in covariance.iter().zip(&uncertainties) {
            let mut made: Vec<f64> = Vec::with_capacity(center.len());
            for (other, (entry, v)) in row.iter().zip(&uncertainties).enumerate().take(factor.len()) {
                let of_other = factor.get(other)?;
                let known: f64 = made.iter().zip(of_other).map(|(a, b)| a * b).sum();
                made.push((entry / (u * v) - known) / of_other.last()?);
            }
            let pivot = 1.0 - made.iter().map(|entry| entry * entry).sum::<f64>();
            if !(pivot > SINGULAR && *u > 0.0) {
                return None;
            }
            made.push(libm::sqrt(pivot));
            factor.push(made);
        }
        Some(Self { center: center.to_vec(), uncertainties, factor })
    }

    /// √((η − y)ᵀ U⁻¹ (η − y)).
    pub(crate) fn ellipsoidal(&self, values: &[f64]) -> f64 {
        let mut solved: Vec<f64> = Vec::with_capacity(self.factor.len());
        let deviations = values.iter().zip(&self.center).zip(&self.uncertainties);
        for (row, ((value, center), u)) in self.factor.iter().zip(deviations) {
            let known: f64 = row.iter().zip(&solved).map(|(a, b)| a * b).sum();
            solved.push(((value - center) / u - known) / row.last().copied().unwrap_or(f64::NAN));
        }
        libm::sqrt(solved.iter().map(|entry| entry * entry).sum())
    }

    fn determinant_root(&self) -> f64 {
        let diagonal = self.factor.iter().filter_map(|row| row.last());
        diagonal.zip(&self.uncertainties).map(|(entry, u)| entry * u).product()
    }
}

/// The cell of a mesh in which these values lie, the last counted fastest; none outside the mesh.
pub(crate) fn cell(mesh: &[Interval], cells_of_a_side: usize, values: &[f64]) -> Option<usize> {
    let count = cells_of_a_side as f64;
    mesh.iter().zip(values).try_fold(0, |place, (side, value)| {
        let at = (value - side.low) / (side.high - side.low) * count;
        (at >= 0.0 && at < count).then(|| place * cells_of_a_side + at as usize)
    })
}
