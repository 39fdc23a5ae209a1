//! The median of an even number of results with equal weights: the middle of the two in the middle.

use super::{Normal, gauss_points, numbers};
use crate::distribution::false_position;

/// Xᵢ ~ N(xᵢ, uᵢ²), n = 2k of them, with M = (L + H)/2 of the k-th smallest L and the next one H.
pub(super) struct Even<'a> {
    normals: &'a [Normal],
    /// Where integrals are cut.
    ends: &'a [f64],
    half: usize,
    points: Vec<(f64, f64)>,
}

impl<'a> Even<'a> {
    pub(super) fn new(normals: &'a [Normal], ends: &'a [f64]) -> Self {
        Self { normals, ends, half: normals.len() / 2, points: gauss_points() }
    }

    /// E((H − L)²)/4 = ½ ∫∫ P(L ≤ s, H > t) ds dt over s < t: what choosing L or H at random adds to the variance of M.
    pub(super) fn spread(&self) -> f64 {
        let chances = |place: f64| -> Vec<f64> { self.normals.iter().map(|normal| normal.cumulative(place)).collect() };
        // Whole panels below a place are the same for all places of a panel.
        let mut panels: Vec<(f64, Vec<f64>)> = Vec::new();
        let mut sum = 0.0;
        for ends in self.ends.windows(2) {
            let [low, high] = ends else { continue };
            for (upper, weight) in self.within(*low, *high) {
                let above: Vec<f64> = self.normals.iter().map(|normal| normal.mirrored_cumulative(upper)).collect();
                let whole: f64 = panels.iter().map(|(inner, below)| inner * self.apart(below, &above)).sum();
                let last = self.within(*low, upper);
                let part: f64 = last.iter().map(|(lower, inner)| inner * self.apart(&chances(*lower), &above)).sum();
                sum += weight * (whole + part);
            }
            panels.extend(self.within(*low, *high).into_iter().map(|(place, weight)| (weight, chances(place))));
        }
        sum / 2.0
    }

    /// t with P(M ≤ t) = p, between places where it is less and more.
    pub(super) fn quantile(&self, probability: f64, low: f64, high: f64) -> f64 {
        false_position(low, high, |place| self.cumulative(place) - probability)
    }

    /// P(M ≤ t) = 1 − P(L > t) − ∫ ∂P(L ≤ s, H > w)/∂s ds over s ≤ t at w = 2t − s.
    fn cumulative(&self, place: f64) -> f64 {
        let above: f64 = self
            .places(place)
            .iter()
            .map(|(lower, weight)| weight * self.falling_apart(*lower, 2.0 * place - lower))
            .sum();
        self.at_least_half(place) - above
    }

    /// P(L ≤ t): at least k of the results are at most t.
    fn at_least_half(&self, place: f64) -> f64 {
        let chances: Vec<f64> = self.normals.iter().map(|normal| normal.cumulative(place)).collect();
        numbers(&chances).iter().skip(self.half).sum()
    }

    /// P(L ≤ s, H > t) for s ≤ t: k results are at most s and all others above t, the coefficient of zᵏ in Π (Φᵢ(s) z + 1 − Φᵢ(t)).
    fn apart(&self, below: &[f64], above: &[f64]) -> f64 {
        let mut coefficients = vec![0.0; self.half + 1];
        if let Some(first) = coefficients.first_mut() {
            *first = 1.0;
        }
        for (below, above) in below.iter().zip(above) {
            let mut before = 0.0;
            for coefficient in &mut coefficients {
                let own = *coefficient;
                *coefficient = own * above + before * below;
                before = own;
            }
        }
        coefficients.last().copied().unwrap_or(f64::NAN)
    }

    /// ∂P(L ≤ s, H > w)/∂s.
    fn falling_apart(&self, lower: f64, upper: f64) -> f64 {
        let mut coefficients = vec![(0.0, 0.0); self.half + 1];
        if let Some(first) = coefficients.first_mut() {
            *first = (1.0, 0.0);
        }
        for normal in self.normals {
            let (below, density) = (normal.cumulative(lower), normal.density(lower));
            let above = normal.mirrored_cumulative(upper);
            let mut before = (0.0, 0.0);
            for coefficient in &mut coefficients {
                let own = *coefficient;
                *coefficient =
                    (own.0 * above + before.0 * below, own.1 * above + before.1 * below + before.0 * density);
                before = own;
            }
        }
        coefficients.last().map_or(f64::NAN, |(_, slope)| *slope)
    }

    /// Places with weights below a limit.
    fn places(&self, limit: f64) -> Vec<(f64, f64)> {
        let panels =
            self.ends.windows(2).filter_map(|ends| if let [low, high] = ends { Some((*low, *high)) } else { None });
        panels.take_while(|(low, _)| *low < limit).flat_map(|(low, high)| self.within(low, high.min(limit))).collect()
    }

    fn within(&self, low: f64, high: f64) -> Vec<(f64, f64)> {
        let (middle, half) = (f64::midpoint(low, high), (high - low) / 2.0);
        self.points.iter().map(|(place, weight)| (middle + half * place, half * weight)).collect()
    }
}
