//! The best subsets by going through all orders that the distances of the results from a mean can have.

use super::{Candidate, Sum};

/// The largest subset that passes, of those of its size the one with the smallest χ².
///
/// χ² of a subset is the least over μ of Σ (xᵢ − μ)²/uᵢ², so the best subset of size m holds the m results nearest to its own mean in units
/// of uᵢ. The order of these distances changes only at the n(n − 1) places μ where two of them are equal; between two such places it is
/// looked at once. This finds what a search of all 2ⁿ subsets finds, in a time of n³ ln n.
pub(super) fn best(points: &[(f64, f64)], passes: impl Fn(usize, &Candidate) -> bool) -> Option<Candidate> {
    let mut best: Vec<Option<Candidate>> = points.iter().map(|_| None).collect();
    for place in places(points) {
        offer(points, place, &mut best);
    }
    let sized = best.into_iter().enumerate().map(|(before, candidate)| (before + 1, candidate));
    let mut sizes = sized.rev().filter(|(size, _)| *size > 1).filter_map(|(size, candidate)| Some((size, candidate?)));
    sizes.find(|(size, one)| passes(*size, one)).map(|(_, one)| one)
}

/// One place between each two at which the order of distances |x − μ|/u changes.
fn places(points: &[(f64, f64)]) -> Vec<f64> {
    let mut changes: Vec<f64> = points.iter().map(|(value, _)| *value).collect();
    for (index, (x, s)) in points.iter().enumerate() {
        for (y, t) in points.iter().skip(index + 1) {
            changes.push((s * x + t * y) / (s + t));
            if s != t {
                changes.push((s * x - t * y) / (s - t));
            }
        }
    }
    let low = points.iter().fold(f64::INFINITY, |low, (value, _)| low.min(*value));
    let high = points.iter().fold(f64::NEG_INFINITY, |high, (value, _)| high.max(*value));
    // The mean of a subset lies between its results.
    changes.retain(|change| *change >= low && *change <= high);
    changes.sort_by(f64::total_cmp);
    let mut places: Vec<f64> = changes.windows(2).map(|pair| pair.iter().sum::<f64>() / 2.0).collect();
    places.dedup();
    if places.is_empty() {
        places.push(low);
    }
    places
}

/// The subsets of all sizes of the results nearest to a place.
fn offer(points: &[(f64, f64)], place: f64, best: &mut [Option<Candidate>]) {
    let mut order: Vec<(f64, usize)> =
        points.iter().enumerate().map(|(index, (value, s))| (libm::fabs(value - place) * s, index)).collect();
    order.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let mut sum = Sum::default();
    for (size, ((_, index), entry)) in (1..).zip(order.iter().zip(best)) {
        let Some(point) = points.get(*index) else { continue };
        sum = sum.with(*point);
        // Most places change nothing, so that no members are gathered for them.
        if entry.as_ref().is_none_or(|known| sum.chi_squared <= known.chi_squared * (1.0 + super::ALIKE)) {
            Candidate::offer(entry, sum.chi_squared, order.iter().take(size).map(|(_, index)| *index).collect());
        }
    }
}
