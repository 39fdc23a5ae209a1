//! Robust means and standard deviations against the examples of ISO 13528:2022, annex E, and ISO 5725-5:1998.

use heng_comparison::ComparisonError;
use heng_comparison::robust::{
    AlgorithmA, AlgorithmS, RobustMethod, StartingScale, algorithm_a, algorithm_a_with_scale, algorithm_s,
    deviation_of_two, hampel, hampel_iterated, made, mean_absolute_deviation, niqr, q_hampel, q_method, qn,
    robust_estimate, uncertainty_of_robust_mean,
};
use heng_comparison::statistics::{mean, median, standard_deviation};
use proptest::prelude::*;

use crate::data::{ALLERGEN_A, ATRAZINE, COLIFORMS, CREOSOTE, FOUR_AVERAGES, FOUR_DEVIATIONS, MERCURY};
use crate::near;

/// E.1: results below the limit of detection taken as the limit.
const CENSORED: [f64; 23] =
    [10., 10., 12., 19., 20., 20., 23., 23., 25., 25., 26., 28., 28., 30., 28., 29., 30., 30., 31., 32., 32., 45., 50.];

#[test]
fn creosote_of_iso_5725_5() {
    for (variant, scale) in [(AlgorithmA::Converged, 1.0698397), (AlgorithmA::ExactFactors, 1.067772898)] {
        let ours = algorithm_a(&CREOSOTE, variant).unwrap();
        near(ours.location, 20.41214286, 1e-8 / 2.0);
        near(ours.scale, scale, 5e-8);
        assert_eq!(ours.start, Some(StartingScale::Made));
    }
}

#[test]
fn censored_results_of_iso_13528_e_1() {
    let converged = algorithm_a(&CENSORED, AlgorithmA::Converged).unwrap();
    near(converged.location, 26.0080055, 5e-8);
    near(converged.scale, 7.23726724, 5e-9);
    let printed = algorithm_a(&CENSORED, AlgorithmA::AsPrinted).unwrap();
    near(printed.location, 26.01, 0.005);
    near(printed.scale, 7.23, 0.005);
    near(printed.scale, 7.2296, 5e-5);
    // Table E.1, deleted: 26.81 and 5.29.
    let deleted = [12., 19., 20., 23., 23., 25., 25., 26., 28., 28., 28., 29., 30., 30., 31., 32., 32., 45.];
    let printed = algorithm_a(&deleted, AlgorithmA::AsPrinted).unwrap();
    near(printed.location, 26.81, 0.005);
    near(printed.scale, 5.29, 0.005);
}

#[test]
fn atrazine_of_iso_13528_e_3() {
    near(mean(&ATRAZINE).unwrap(), 0.251211765, 5e-10);
    near(standard_deviation(&ATRAZINE).unwrap(), 0.0672108161, 5e-11);
    near(median(&ATRAZINE).unwrap(), 0.2620, 1e-12);
    near(made(&ATRAZINE).unwrap(), 0.038558, 1e-9);
    near(niqr(&ATRAZINE).unwrap(), 0.0402340575, 1e-10);
    let ours = algorithm_a(&ATRAZINE, AlgorithmA::Converged).unwrap();
    near(ours.location, 0.257011039, 5e-10);
    near(ours.scale, 0.0395199072, 5e-11);
    // Table E.5.
    for (method, location, scale, uncertainty) in [
        (RobustMethod::AlgorithmAAsPrinted, 0.2570, 0.0395, 0.0085),
        (RobustMethod::MedianNiqr, 0.2620, 0.0402, 0.0086),
        (RobustMethod::QHampel, 0.2600, 0.0426, 0.0091),
        (RobustMethod::Mean, 0.2512, 0.0672, 0.0115),
    ] {
        let ours = robust_estimate(&ATRAZINE, method).unwrap();
        near(ours.location, location, 5e-5);
        near(ours.scale, scale, 5e-5);
        near(ours.standard_uncertainty, uncertainty, 5e-5);
        assert_eq!(ours.method, method);
    }
    // Table E.4 has six updates.
    assert_eq!(algorithm_a(&ATRAZINE, AlgorithmA::AsPrinted).unwrap().iterations, 6);
    // Without the three outliers: 0.2588, 0.0337, 0.0061.
    let trimmed: Vec<f64> = ATRAZINE.iter().copied().filter(|x| *x > 0.06 && *x < 0.42).collect();
    let ours = robust_estimate(&trimmed, RobustMethod::Mean).unwrap();
    near(ours.location, 0.2588, 5e-5);
    near(ours.scale, 0.0337, 5e-5);
    near(ours.standard_uncertainty, 0.0061, 5e-5);
}

#[test]
fn mercury_of_iso_13528_e_7() {
    let values: Vec<f64> = MERCURY.iter().map(|row| row.1).collect();
    let ours = algorithm_a(&values, AlgorithmA::Converged).unwrap();
    near(ours.location, 0.03161, 5e-6);
    near(ours.scale, 0.0164, 5e-5);
    near(uncertainty_of_robust_mean(ours.scale, values.len()), 0.0045, 5e-5);
}

#[test]
fn four_replicates_of_iso_13528_e_13() {
    near(algorithm_a(&FOUR_AVERAGES, AlgorithmA::AsPrinted).unwrap().location, 1.57, 0.005);
    for variant in [AlgorithmS::Converged, AlgorithmS::AsPrinted, AlgorithmS::ExactFactors] {
        let ours = algorithm_s(&FOUR_DEVIATIONS, 3, variant).unwrap();
        near(ours.value, 0.34, 0.005);
        assert_eq!(ours.variant, variant);
    }
}

#[test]
fn arithmetic_statistics_of_iso_13528_e_12() {
    let ours = robust_estimate(&ALLERGEN_A, RobustMethod::Mean).unwrap();
    near(ours.location, 11.54, 0.005);
    near(ours.scale, 3.29, 0.005);
}

#[test]
fn exact_factors_of_algorithm_s_round_to_table_c_1() {
    for nu in 1..=10 {
        let spreads = [0.9, 1.0, 1.1, 0.95, 1.05];
        let printed = algorithm_s(&spreads, nu, AlgorithmS::Converged).unwrap();
        let exact = algorithm_s(&spreads, nu, AlgorithmS::ExactFactors).unwrap();
        near(exact.limit_factor, printed.limit_factor, 0.000_501);
        // The table rounds up: 1.024 for 1.0234 at ν = 6, 1.017 for 1.0164 at ν = 10.
        near(exact.adjustment_factor, printed.adjustment_factor, 0.000_7);
    }
}

#[test]
fn three_laboratories_have_the_deviations_of_d_1_4_2() {
    let results = [1.5310, 1.4030, 1.6300];
    near(robust_estimate(&results, RobustMethod::MedianMade).unwrap().standard_uncertainty, 0.1060, 5e-5);
    near(mean_absolute_deviation(&results).unwrap(), 0.0948, 5e-5);
    near(deviation_of_two(1.0, 2.0).unwrap(), 0.5f64.sqrt(), 1e-15);
}

#[test]
fn qn_by_hand() {
    // d = 1, 2, 3, 4, 5, 6 of 0, 1, 3, 7 is not sorted so: 1, 2, 3, 4, 6, 7; h = 3, k = 3.
    near(qn(&[0.0, 1.0, 3.0, 7.0]).unwrap(), 2.2191 * 0.5132 * 3.0, 1e-12);
    // p = 35, odd and beyond table C.2.
    let p = 35.0_f64;
    let factor = 1.0 / (1.0 + (1.6019 + (-2.128 - 5.172 / p) / p) / p);
    let mut differences: Vec<f64> =
        (0..35).flat_map(|i| (i + 1..35).map(move |j| (COLIFORMS[i] - COLIFORMS[j]).abs())).collect();
    differences.sort_by(f64::total_cmp);
    near(qn(&COLIFORMS).unwrap(), 2.2191 * factor * differences[152], 1e-12);
}

#[test]
fn the_q_method_takes_several_results_of_a_laboratory() {
    // Each laboratory's result stated twice says the same as stated once: H₁ is a mean over pairs.
    let twice: Vec<[f64; 2]> = ATRAZINE.iter().map(|x| [*x, *x]).collect();
    let twice: Vec<&[f64]> = twice.iter().map(<[f64; 2]>::as_slice).collect();
    let once: Vec<&[f64]> = ATRAZINE.iter().map(std::slice::from_ref).collect();
    near(q_method(&twice).unwrap(), q_method(&once).unwrap(), 1e-12);
    near(q_hampel(&twice).unwrap().location, q_hampel(&once).unwrap().location, 1e-12);
}

#[test]
fn another_program_agrees() {
    // Differential: pt13528 0.1.8, iterated to the end. Qₙ, Q, Hampel, x*, s*.
    for (results, theirs) in [
        (&COLIFORMS[..], [0.36137857796, 0.36980323358, 3.59884399132, 3.58093632436, 0.393757837593]),
        (&ALLERGEN_A[..], [2.06624912176, 2.10319902953, 10.8644418754, 11.1700299692, 2.68714617382]),
        (&CREOSOTE[..], [1.1725879737, 1.33703454076, 20.4121428571, 20.4121428571, 1.06983970296]),
        (&FOUR_AVERAGES[..], [0.376707402977, 0.39692005491, 1.56739130435, 1.56864266983, 0.464949383985]),
    ] {
        let q = robust_estimate(results, RobustMethod::QHampel).unwrap();
        let a = algorithm_a(results, AlgorithmA::Converged).unwrap();
        for (ours, theirs) in [qn(results).unwrap(), q.scale, q.location, a.location, a.scale].iter().zip(theirs) {
            near(*ours, theirs, 1e-11 * theirs);
        }
    }
    near(algorithm_s(&FOUR_DEVIATIONS, 3, AlgorithmS::Converged).unwrap().value, 0.3395831714472991, 1e-13);
    let threes: Vec<&[f64]> = COLIFORMS.chunks_exact(3).collect();
    let ours = q_hampel(&threes).unwrap();
    near(ours.scale, 0.42889555880223024, 1e-13);
    near(ours.location, 3.5526656661798546, 1e-12);
}

#[test]
fn hampel_solves_its_equation() {
    let scale = robust_estimate(&ATRAZINE, RobustMethod::QHampel).unwrap().scale;
    let place = hampel(&ATRAZINE, scale).unwrap();
    let sum: f64 = ATRAZINE
        .iter()
        .map(|x| {
            let q = (x - place) / scale;
            let size = q.abs();
            q.signum()
                * if size <= 1.5 {
                    size
                } else if size <= 3.0 {
                    1.5
                } else {
                    (4.5 - size).max(0.0)
                }
        })
        .sum();
    near(sum, 0.0, 1e-10);
    let (iterated, updates) = hampel_iterated(&ATRAZINE, scale).unwrap();
    assert!((iterated - place).abs() < 0.01 * scale && updates > 1);
}

#[test]
fn what_has_no_spread_is_refused() {
    let alike = [2.0; 6];
    for method in [
        RobustMethod::AlgorithmA,
        RobustMethod::AlgorithmAFixedScale,
        RobustMethod::MedianMade,
        RobustMethod::MedianNiqr,
        RobustMethod::MedianQn,
        RobustMethod::MedianMeanDeviation,
        RobustMethod::QHampel,
        RobustMethod::Mean,
    ] {
        assert_eq!(robust_estimate(&alike, method), Err(ComparisonError::NoSpread), "{method:?}");
    }
    // Eleven of twelve alike: MADe is zero and Algorithm A shrinks for ever.
    let most = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 9.0];
    assert_eq!(algorithm_a(&most, AlgorithmA::Converged), Err(ComparisonError::NoSpread));
    assert_eq!(
        algorithm_s(&[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0], 1, AlgorithmS::Converged),
        Err(ComparisonError::NoSpread)
    );
    assert_eq!(algorithm_a(&[1.0, f64::NAN, 2.0], AlgorithmA::Converged), Err(ComparisonError::NotFinite));
    assert_eq!(algorithm_a(&[1.0], AlgorithmA::Converged), Err(ComparisonError::TooFew { needed: 3, given: 1 }));
    assert_eq!(algorithm_s(&[1.0], 11, AlgorithmS::Converged), Err(ComparisonError::DegreesOfFreedom));
    assert!(algorithm_a_with_scale(&CREOSOTE, 0.0).is_err() && hampel(&CREOSOTE, f64::NAN).is_err());
}

fn results() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-50.0..50.0_f64, 5..25)
}

const METHODS: [RobustMethod; 8] = [
    RobustMethod::AlgorithmA,
    RobustMethod::AlgorithmAExactFactors,
    RobustMethod::AlgorithmAFixedScale,
    RobustMethod::MedianMade,
    RobustMethod::MedianNiqr,
    RobustMethod::MedianQn,
    RobustMethod::QHampel,
    RobustMethod::Mean,
];

proptest! {
    #[test]
    fn a_change_of_unit_and_zero_changes_nothing_else(results in results(), factor in 0.01..100.0_f64, shift in -1e3..1e3_f64) {
        let changed: Vec<f64> = results.iter().map(|x| factor * x + shift).collect();
        for method in METHODS {
            let before = robust_estimate(&results, method).unwrap();
            let after = robust_estimate(&changed, method).unwrap();
            let digits = 1e-8 * (factor * 50.0 + shift.abs());
            prop_assert!((after.location - (factor * before.location + shift)).abs() < digits, "{method:?}");
            prop_assert!((after.scale - factor * before.scale).abs() < digits, "{method:?}");
        }
    }

    #[test]
    fn laboratories_have_no_order(results in results(), seed in 0..1000_usize) {
        let mut mixed = results.clone();
        let size = mixed.len();
        for place in 0..size {
            mixed.swap(place, (place * 7 + seed) % size);
        }
        for method in METHODS {
            let (before, after) = (robust_estimate(&results, method).unwrap(), robust_estimate(&mixed, method).unwrap());
            prop_assert!((after.location - before.location).abs() < 1e-9);
            prop_assert!((after.scale - before.scale).abs() < 1e-9);
        }
    }

    #[test]
    fn algorithm_a_is_where_it_says(results in results()) {
        // Differential: x* and s* solve their equations.
        let ours = algorithm_a(&results, AlgorithmA::Converged).unwrap();
        let drawn: Vec<f64> = results.iter().map(|x| x.clamp(ours.location - 1.5 * ours.scale, ours.location + 1.5 * ours.scale)).collect();
        prop_assert!((mean(&drawn).unwrap() - ours.location).abs() < 1e-11 * 50.0);
        let squares: f64 = drawn.iter().map(|x| (x - ours.location).powi(2)).sum();
        prop_assert!((1.134 * (squares / (results.len() as f64 - 1.0)).sqrt() - ours.scale).abs() < 1e-10 * 50.0);
    }
}
