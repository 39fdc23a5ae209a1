//! Scores against ISO 13528:2022, table E.7, and what must hold of them.

use heng_comparison::ComparisonError;
use heng_comparison::score::{
    Expanded, Judgement, PreferredScore, e_n, percent_allowed, percent_difference, preferred_score, z, z_prime, zeta,
};
use proptest::prelude::*;

use crate::data::MERCURY;
use crate::near;

#[test]
fn mercury_in_feed_has_the_scores_of_table_e_7() {
    let reference = Expanded { value: 0.044, expanded_uncertainty: 0.0082, coverage_factor: 2.0 };
    let (sigma, u) = (0.0066, reference.standard_uncertainty());
    for (laboratory, value, expanded_uncertainty, coverage_factor, published) in MERCURY {
        let stated = Expanded { value, expanded_uncertainty, coverage_factor };
        let ours = [
            percent_difference(value, 0.044).unwrap(),
            percent_allowed(value, 0.044, 3.0 * sigma).unwrap().value,
            z(value, 0.044, sigma).unwrap().value,
            z_prime(value, 0.044, sigma, u).unwrap().value,
            zeta(value, stated.standard_uncertainty(), 0.044, u, 0.0).unwrap().value,
            e_n(stated, reference, 0.0).unwrap().value,
        ];
        for (place, (ours, published)) in ours.iter().zip(published).enumerate() {
            let half = if place < 2 { 0.05 } else { 0.005 };
            assert!(
                (ours - published).abs() <= half + 1e-12,
                "{laboratory}, {place}: ours {ours}, published {published}"
            );
        }
    }
    // u(x_pt) = 0.0041 is more than 0.3 σ_pt.
    assert_eq!(preferred_score(sigma, u), PreferredScore::ZPrime);
}

#[test]
fn three_laboratories_need_z_prime() {
    let (reference, u, sigma) = (1.5310, 0.1060, 0.0948);
    assert_eq!(preferred_score(sigma, u), PreferredScore::ZPrime);
    for (value, published_z, published_z_prime) in [(1.5310, 0.0, 0.0), (1.4030, -1.35, -0.90), (1.6300, 1.04, 0.70)] {
        near(z(value, reference, sigma).unwrap().value, published_z, 0.005);
        near(z_prime(value, reference, sigma, u).unwrap().value, published_z_prime, 0.005);
    }
}

#[test]
fn judgements_change_at_the_limits_of_the_standards() {
    let judged = |value: f64| z(value, 0.0, 1.0).unwrap().judgement;
    assert_eq!(judged(-2.0), Judgement::Satisfactory);
    assert_eq!(judged(2.000_001), Judgement::Questionable);
    assert_eq!(judged(-2.999_999), Judgement::Questionable);
    assert_eq!(judged(3.0), Judgement::Unsatisfactory);
    assert_eq!(percent_allowed(0.99, 0.0, 1.0).unwrap().judgement, Judgement::Satisfactory);
    assert_eq!(percent_allowed(-1.0, 0.0, 1.0).unwrap().judgement, Judgement::Unsatisfactory);
    let with = |value: f64| {
        let laboratory = Expanded { value, expanded_uncertainty: 3.0, coverage_factor: 2.0 };
        let reference = Expanded { value: 0.0, expanded_uncertainty: 4.0, coverage_factor: 2.0 };
        e_n(laboratory, reference, 0.0).unwrap().judgement
    };
    assert_eq!(with(5.0), Judgement::Satisfactory);
    assert_eq!(with(5.000_01), Judgement::Unsatisfactory);
}

#[test]
fn a_laboratory_within_the_weighted_mean_is_not_counted_twice() {
    // u = 1 and 2: the weighted mean has u² = 0.8; cov(x₁, X) = u²(X).
    let laboratory = Expanded { value: 1.0, expanded_uncertainty: 2.0, coverage_factor: 2.0 };
    let reference = Expanded { value: 0.2, expanded_uncertainty: 2.0 * 0.8f64.sqrt(), coverage_factor: 2.0 };
    let ours = e_n(laboratory, reference, 0.8).unwrap().value;
    near(ours, 0.8 / (2.0 * 0.2f64.sqrt()), 1e-14);
    assert_eq!(e_n(laboratory, reference, 5.0), Err(ComparisonError::Covariance));
}

#[test]
fn what_has_no_denominator_has_no_score() {
    assert_eq!(z(1.0, 0.0, 0.0), Err(ComparisonError::NoDenominator));
    assert_eq!(percent_difference(1.0, 0.0), Err(ComparisonError::NoDenominator));
    assert_eq!(zeta(1.0, 0.0, 0.0, 0.0, 0.0), Err(ComparisonError::NoDenominator));
    assert_eq!(zeta(1.0, -1.0, 0.0, 1.0, 0.0), Err(ComparisonError::Uncertainty));
    assert_eq!(z(f64::NAN, 0.0, 1.0), Err(ComparisonError::NotFinite));
}

proptest! {
    #[test]
    fn a_constant_or_a_unit_leaves_scores(x in -9.0..9.0_f64, shift in -1e4..1e4_f64, factor in 0.01..100.0_f64, sigma in 0.1..5.0_f64, u in 0.0..5.0_f64) {
        let there = |value: f64| factor * value + shift;
        let before = [z(x, 1.0, sigma).unwrap().value, z_prime(x, 1.0, sigma, u).unwrap().value, zeta(x, sigma, 1.0, u, 0.0).unwrap().value];
        let (sigma, u) = (factor * sigma, factor * u);
        let after = [
            z(there(x), there(1.0), sigma).unwrap().value,
            z_prime(there(x), there(1.0), sigma, u).unwrap().value,
            zeta(there(x), sigma, there(1.0), u, 0.0).unwrap().value,
        ];
        for (before, after) in before.iter().zip(after) {
            prop_assert!((before - after).abs() < 1e-7);
        }
        prop_assert!(after[1].abs() <= after[0].abs() + 1e-9);
    }
}
