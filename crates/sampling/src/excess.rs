//! Groups of which more fail than of the others: what chance alone would do, and what is left when many groups are looked at.

use crate::hypergeometric::probability;

/// The probability that chance alone gives a group of `of` units, drawn without regard to it, `failed` or more of the `all_failed` that fail among `all`:
/// P(X ≥ k), X hypergeometric (R. A. Fisher, The Design of Experiments, 1935, II: the exact test, to one side).
pub fn excess((failed, of): (u64, u64), (all_failed, all): (u64, u64)) -> f64 {
    if all_failed > all || of > all {
        return f64::NAN;
    }
    // From the end on, so that small terms are not lost.
    let most = of.min(all_failed);
    f64::min((failed..=most).rev().map(|count| probability(count, all, all_failed, of)).sum(), 1.0)
}

/// The same probabilities, each as large as it has to be so that at most as large a share of all families has any group named by chance:
/// p̃₍ᵢ₎ = max over j ≤ i of min(1, (m − j + 1)·p₍ⱼ₎), p₍₁₎ ≤ p₍₂₎ ≤ … (S. Holm, Scand. J. Statist. 6 (1979) 65).
pub fn adjusted(probabilities: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    let at = |place: usize| probabilities.get(place).copied().unwrap_or(1.0);
    order.sort_by(|one, other| at(*one).total_cmp(&at(*other)));
    let mut adjusted = vec![1.0; probabilities.len()];
    let mut largest: f64 = 0.0;
    for (before, place) in order.into_iter().enumerate() {
        largest = largest.max(f64::min(1.0, (probabilities.len() - before) as f64 * at(place)));
        if let Some(cell) = adjusted.get_mut(place) {
            *cell = largest;
        }
    }
    adjusted
}
