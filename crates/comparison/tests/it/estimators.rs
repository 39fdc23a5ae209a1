//! What must hold of every estimator, and each against another method.

use heng_comparison::distribution::{chi_squared_survival, normal_cumulative};
use heng_comparison::reference_value::{
    Estimator, MeasuredValue, MedianWeights, Settings, estimated, largest_consistent_subset, restricted_log_likelihood,
    weighted_median,
};
use heng_uncertainty::student;
use proptest::prelude::*;

use crate::data::{CAROTID, PCB_28, POWER_SENSOR};
use crate::near;
use crate::reference_value::results;

fn measured(values: &[(f64, f64)]) -> Vec<MeasuredValue> {
    values
        .iter()
        .map(|(value, standard_uncertainty)| MeasuredValue {
            value: *value,
            standard_uncertainty: *standard_uncertainty,
            degrees_of_freedom: 7.0,
        })
        .collect()
}

fn sets(most: usize) -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((-10.0..10.0_f64, 0.1..4.0_f64), 3..most)
}

fn chi_squared(values: &[(f64, f64)]) -> f64 {
    let sum: f64 = values.iter().map(|(_, u)| u.powi(-2)).sum();
    let mean = values.iter().map(|(x, u)| x * u.powi(-2)).sum::<f64>() / sum;
    values.iter().map(|(x, u)| ((x - mean) / u).powi(2)).sum()
}

/// The mixture of normal distributions at a place.
fn pooled(values: &[(f64, f64)], place: f64) -> f64 {
    values.iter().map(|(x, u)| normal_cumulative((place - x) / u)).sum::<f64>() / values.len() as f64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_largest_consistent_subset_is_that_of_all_subsets(values in sets(13)) {
        let settings = Settings::default();
        let ours = largest_consistent_subset(&measured(&values), &settings);
        let mut best: Option<(usize, f64, u32)> = None;
        for mask in 1_u32..(1 << values.len()) {
            let members: Vec<(f64, f64)> =
                values.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1).map(|(_, one)| *one).collect();
            let size = members.len();
            if size < 2 {
                continue;
            }
            let chi = chi_squared(&members);
            let passes = chi_squared_survival(chi, size as f64 - 1.0) >= 0.05;
            if passes && best.is_none_or(|(known, least, _)| size > known || (size == known && chi < least)) {
                best = Some((size, chi, mask));
            }
        }
        match best {
            Some((size, chi, mask)) => {
                let ours = ours.unwrap();
                prop_assert_eq!(ours.size, size);
                prop_assert!((ours.chi_squared - chi).abs() < 1e-9 * (1.0 + chi));
                let members = ours.members.iter().enumerate().map(|(place, is)| u32::from(*is) << place).sum::<u32>();
                prop_assert_eq!(members, mask);
            }
            None => prop_assert!(ours.is_err()),
        }
    }

    #[test]
    fn laboratories_have_no_order(values in sets(8), turn in 1..7_usize) {
        let settings = Settings::default();
        let results = measured(&values);
        let mut turned = results.clone();
        turned.rotate_left(turn % results.len());
        for estimator in Estimator::ALL {
            let (before, after) = (estimated(&results, estimator, &settings), estimated(&turned, estimator, &settings));
            prop_assert_eq!(before.is_ok(), after.is_ok());
            let (Ok(before), Ok(after)) = (before, after) else { continue };
            prop_assert!((before.value - after.value).abs() < 1e-7, "{:?}", estimator);
            prop_assert!((before.standard_uncertainty - after.standard_uncertainty).abs() < 1e-7, "{:?}", estimator);
            let mut degrees = before.degrees_of_equivalence.clone();
            degrees.rotate_left(turn % results.len());
            for (one, other) in degrees.iter().zip(&after.degrees_of_equivalence) {
                prop_assert!((one.difference - other.difference).abs() < 1e-7);
                prop_assert!((one.standard_uncertainty - other.standard_uncertainty).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn a_change_of_unit_and_zero_changes_nothing_else(values in sets(8), factor in 1e-3..1e3_f64, shift in -1e3..1e3_f64) {
        let settings = Settings::default();
        let changed: Vec<(f64, f64)> = values.iter().map(|(x, u)| (factor * x + shift, factor * u)).collect();
        let digits = 1e-7 * (factor * 10.0 + shift.abs());
        for estimator in Estimator::ALL {
            let before = estimated(&measured(&values), estimator, &settings);
            let after = estimated(&measured(&changed), estimator, &settings);
            prop_assert_eq!(before.is_ok(), after.is_ok());
            let (Ok(before), Ok(after)) = (before, after) else { continue };
            prop_assert!((factor * before.value + shift - after.value).abs() < digits, "{:?}", estimator);
            prop_assert!((factor * before.standard_uncertainty - after.standard_uncertainty).abs() < digits, "{:?}", estimator);
            for (one, other) in before.interval.iter().zip(after.interval) {
                prop_assert!((factor * one + shift - other).abs() < digits, "{:?}", estimator);
            }
        }
    }

    #[test]
    fn weights_make_one_and_values_lie_among_the_results(values in sets(9)) {
        let settings = Settings::default();
        for estimator in Estimator::ALL {
            let Ok(ours) = estimated(&measured(&values), estimator, &settings) else { continue };
            prop_assert!((ours.weights.iter().sum::<f64>() - 1.0).abs() < 1e-8, "{:?}: {}", estimator, ours.weights.iter().sum::<f64>());
            let low = values.iter().map(|one| one.0).fold(f64::INFINITY, f64::min);
            let high = values.iter().map(|one| one.0).fold(f64::NEG_INFINITY, f64::max);
            prop_assert!(low - 1e-9 <= ours.value && ours.value <= high + 1e-9);
            prop_assert!(ours.standard_uncertainty > 0.0 && ours.interval[0] < ours.interval[1]);
        }
    }

    #[test]
    fn the_restricted_likelihood_has_no_higher_place(values in sets(9)) {
        // Differential: a slow grid over τ.
        let results = measured(&values);
        let ours = estimated(&results, Estimator::RestrictedMaximumLikelihood, &Settings::default()).unwrap();
        let highest = restricted_log_likelihood(&results, ours.between_laboratories.unwrap());
        for step in 0..4000 {
            let tau = f64::from(step) * 0.005;
            prop_assert!(restricted_log_likelihood(&results, tau) <= highest + 1e-9, "τ = {tau}");
        }
    }

    #[test]
    fn mandel_paule_solves_its_equation(values in sets(9)) {
        let ours = estimated(&measured(&values), Estimator::MandelPaule, &Settings::default()).unwrap();
        let tau = ours.between_laboratories.unwrap();
        let widened: Vec<(f64, f64)> = values.iter().map(|(x, u)| (*x, u.hypot(tau))).collect();
        let expected = values.len() as f64 - 1.0;
        if tau > 0.0 {
            prop_assert!((chi_squared(&widened) - expected).abs() < 1e-8);
        } else {
            prop_assert!(chi_squared(&values) <= expected + 1e-9);
        }
    }

    #[test]
    fn the_pool_holds_its_probability(values in sets(9)) {
        let ours = estimated(&measured(&values), Estimator::LinearPool, &Settings::default()).unwrap();
        prop_assert!((pooled(&values, ours.interval[0]) - 0.025).abs() < 1e-12);
        prop_assert!((pooled(&values, ours.interval[1]) - 0.975).abs() < 1e-12);
    }
}

#[test]
fn the_subset_says_where_another_is_as_good() {
    let settings = Settings::default();
    // 0, 2, 4 with u = 1: {0, 2} and {2, 4} have χ² = 2.
    let symmetric = largest_consistent_subset(&measured(&[(0.0, 0.6), (2.0, 0.6), (4.0, 0.6)]), &settings);
    assert!(symmetric.is_err());
    let ours = largest_consistent_subset(&measured(&[(0.0, 0.8), (2.0, 0.8), (4.0, 0.8)]), &settings).unwrap();
    assert_eq!((ours.members.as_slice(), ours.is_unique), ([true, true, false].as_slice(), false));
    // One of two that are alike.
    let ours =
        largest_consistent_subset(&measured(&[(0.0, 0.5), (1.0, 0.5), (9.0, 0.5), (9.0, 0.5)]), &settings).unwrap();
    assert_eq!((ours.members.as_slice(), ours.is_unique), ([false, false, true, true].as_slice(), true));
}

#[test]
fn the_hierarchical_model_is_what_a_fine_sum_gives() {
    // Differential: a plain sum over τ and the prior by its formula.
    for published in [PCB_28, CAROTID] {
        let results = results(published);
        let ours = estimated(&results, Estimator::Hierarchical, &Settings::default()).unwrap();
        let mut sorted: Vec<f64> = results.iter().map(|one| one.value).collect();
        let median = |values: &mut Vec<f64>| {
            values.sort_by(f64::total_cmp);
            let half = values.len() / 2;
            if values.len() % 2 == 1 { values[half] } else { (values[half - 1] + values[half]) / 2.0 }
        };
        let centre = median(&mut sorted);
        let prior = median(&mut sorted.iter().map(|x| (x - centre).abs()).collect()) / 0.674489750196082;
        let (mut sum, mut first, mut second, mut tau_sum) = (0.0, 0.0, 0.0, 0.0);
        let top = restricted_log_likelihood(&results, prior);
        // τ = prior · tan θ has the half-Cauchy prior where θ is uniform.
        let steps = 200_000;
        for step in 0..steps {
            let theta = (f64::from(step) + 0.5) / f64::from(steps) * std::f64::consts::FRAC_PI_2;
            let tau = prior * theta.tan();
            let weight = (restricted_log_likelihood(&results, tau) - top).exp();
            let total: f64 = results.iter().map(|one| 1.0 / (one.standard_uncertainty.powi(2) + tau * tau)).sum();
            let mean = results
                .iter()
                .map(|one| one.value / (one.standard_uncertainty.powi(2) + tau * tau) / total)
                .sum::<f64>();
            sum += weight;
            first += weight * mean;
            second += weight * (mean * mean + 1.0 / total);
            tau_sum += weight * tau;
        }
        near(ours.value, first / sum, 1e-7);
        near(ours.standard_uncertainty, (second / sum - (first / sum).powi(2)).sqrt(), 1e-6);
        near(ours.between_laboratories.unwrap(), tau_sum / sum, 1e-6);
    }
}

#[test]
fn the_median_of_three_is_what_integration_gives() {
    // P(median ≤ t) of three = pq + pr + qr − 2pqr.
    let values = [(1.0, 0.5), (1.7, 0.3), (3.0, 1.0)];
    let ours = weighted_median(&measured(&values), MedianWeights::Equal, &Settings::default()).unwrap();
    let below = |t: f64| {
        let [p, q, r] = values.map(|(x, u)| normal_cumulative((t - x) / u));
        p * q + p * r + q * r - 2.0 * p * q * r
    };
    let (mut first, mut second, step) = (0.0, 0.0, 1e-4);
    for index in 0..200_000 {
        let t = -8.0 + (f64::from(index) + 0.5) * step;
        let mass = below(t + step / 2.0) - below(t - step / 2.0);
        first += mass * t;
        second += mass * t * t;
    }
    assert_eq!(ours.value, 1.7);
    near(ours.standard_uncertainty, (second - first * first).sqrt(), 1e-7);
    near(below(ours.interval[0]), 0.025, 1e-12);
    near(below(ours.interval[1]), 0.975, 1e-12);
}

#[test]
fn the_weighted_median_is_what_all_subsets_give() {
    // Differential: all 2⁵ subsets at every place of a fine grid.
    let values = [(1.0, 0.5), (1.7, 0.3), (3.0, 1.0), (2.2, 0.45), (0.4, 0.7)];
    let ours = weighted_median(&measured(&values), MedianWeights::InverseVariance, &Settings::default()).unwrap();
    let total: f64 = values.iter().map(|(_, u)| u.powi(-2)).sum();
    let below = |t: f64| {
        (0_u32..32)
            .map(|mask| {
                let is_in = |place: usize| mask >> place & 1 == 1;
                let weight: f64 =
                    values.iter().enumerate().filter(|(place, _)| is_in(*place)).map(|(_, (_, u))| u.powi(-2)).sum();
                let chance: f64 = values
                    .iter()
                    .enumerate()
                    .map(|(place, (x, u))| {
                        let below = normal_cumulative((t - x) / u);
                        if is_in(place) { below } else { 1.0 - below }
                    })
                    .product();
                if weight > total / 2.0 { chance } else { 0.0 }
            })
            .sum::<f64>()
    };
    let (mut first, mut second, step) = (0.0, 0.0, 5e-4);
    for index in 0..32_000 {
        let t = -7.0 + (f64::from(index) + 0.5) * step;
        let mass = below(t + step / 2.0) - below(t - step / 2.0);
        first += mass * t;
        second += mass * t * t;
    }
    near(ours.standard_uncertainty, (second - first * first).sqrt(), 1e-6);
    near(below(ours.interval[0]), 0.025, 1e-12);
    near(below(ours.interval[1]), 0.975, 1e-12);
}

#[test]
fn the_median_of_two_is_their_mean() {
    let values = [(1.0, 0.5), (1.7, 0.3)];
    for weights in [MedianWeights::Equal, MedianWeights::InverseVariance] {
        let alike = if weights == MedianWeights::Equal { values } else { [(1.0, 0.4), (1.7, 0.4)] };
        let ours = weighted_median(&measured(&alike), weights, &Settings::default()).unwrap();
        let u = alike[0].1.hypot(alike[1].1) / 2.0;
        near(ours.value, 1.35, 1e-14);
        near(ours.standard_uncertainty, u, 1e-9);
        near(ours.interval[0], 1.35 - 1.959963984540054 * u, 1e-9);
        near(ours.interval[1], 1.35 + 1.959963984540054 * u, 1e-9);
        near(ours.weights[0], 0.5, 1e-9);
    }
}

#[test]
fn the_median_of_an_even_number_is_what_simulation_gives() {
    // 2 000 000 draws: PCB 28 has u = 0.46291 and (32.5707, 34.3797), the power sensor u = 0.00273867 and (0.814584, 0.825400).
    for (published, u, low, high) in
        [(PCB_28, 0.46291, 32.5707, 34.3797), (POWER_SENSOR, 0.00273867, 0.814584, 0.825400)]
    {
        let ours = weighted_median(&results(published), MedianWeights::Equal, &Settings::default()).unwrap();
        near(ours.standard_uncertainty, u, 0.002 * u);
        near(ours.interval[0], low, 0.006 * u);
        near(ours.interval[1], high, 0.006 * u);
    }
}

#[test]
fn one_result_with_most_of_the_weight_is_the_weighted_median() {
    let values = [(1.0, 5.0), (2.0, 0.1), (9.0, 4.0)];
    let ours = weighted_median(&measured(&values), MedianWeights::InverseVariance, &Settings::default()).unwrap();
    near(ours.value, 2.0, 1e-15);
    near(ours.standard_uncertainty, 0.1, 1e-9);
    near(ours.interval[1], 2.0 + 0.1 * 1.959963984540054, 1e-9);
    near(ours.degrees_of_equivalence[1].standard_uncertainty, 0.0, 1e-5);
    near(ours.weights[1], 1.0, 1e-9);
}

#[test]
fn equal_weights_by_scatter_are_the_mean_of_observations() {
    // JCGM 100:2008, 4.2.3: 1, 2, 3 have s/√n = 1/√3.
    let values = [(1.0, 0.1), (2.0, 0.1), (3.0, 0.1)];
    let ours = estimated(&measured(&values), Estimator::ArithmeticMeanByScatter, &Settings::default()).unwrap();
    near(ours.standard_uncertainty, 1.0 / 3.0f64.sqrt(), 1e-14);
    near(ours.interval[1] - ours.value, student::quantile(0.975, 2.0) / 3.0f64.sqrt(), 1e-12);
    let ours = estimated(&measured(&values), Estimator::ArithmeticMean, &Settings::default()).unwrap();
    near(ours.standard_uncertainty, 0.1 / 3.0f64.sqrt(), 1e-15);
}
