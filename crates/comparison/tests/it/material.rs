//! Reference materials against stored results of a producer's program, a handbook's chart and closed forms.

use heng_comparison::ComparisonError;
use heng_comparison::material::{
    Baseline, ChartSignal, Components, Governing, Lot, SignalCode, bottle_homogeneity, certified_value, control_chart,
    lot_agreement, shelf_life, stability_trend, stability_uncertainty,
};
use heng_uncertainty::student;
use proptest::prelude::*;

use crate::near;

/// eCerto 0.8, CRM001: three bottles, six values each.
pub const X: [[f64; 6]; 3] = [
    [0.0022, 0.0044, 0.0075, 0.0064, 0.004, 0.0032],
    [0.0073, 0.0039, 0.0049, 0.0051, 0.0077, 0.0079],
    [0.0059, 0.004, 0.0032, 0.0028, 0.0039, 0.003],
];

const Y: [[f64; 6]; 3] = [
    [518.95, 529.62, 512.16, 526.68, 567.27, 530.64],
    [500.52, 498.58, 544.17, 543.51, 521.73, 535.59],
    [553.87, 519.92, 530.59, 550.44, 558.36, 532.62],
];

fn bottles(values: [[f64; 6]; 3]) -> Vec<Vec<f64>> {
    values.iter().map(|bottle| bottle.to_vec()).collect()
}

#[test]
fn bottles_of_crm001() {
    let ours = bottle_homogeneity(&bottles(X)).unwrap();
    near(ours.mean, 0.00485, 1e-16);
    near(ours.mean_square_between, 8.411666667e-6, 5e-16);
    near(ours.mean_square_within, 2.716111111e-6, 5e-16);
    near(ours.f.unwrap(), 3.09695234, 5e-9);
    near(ours.p_value.unwrap(), 0.074834544, 5e-10);
    near(ours.between_bottles, 9.74299368e-4, 5e-13);
    near(ours.between_bottles / ours.mean, 0.200886468, 5e-10);
    near(ours.hidden_by_repeatability, 4.06567655e-4, 5e-13);
    assert_eq!((ours.governing, ours.standard_uncertainty), (Governing::BetweenBottles, ours.between_bottles));
    let ours = bottle_homogeneity(&bottles(Y)).unwrap();
    near(ours.mean, 531.956667, 5e-7);
    near(ours.mean_square_between, 436.1058, 5e-5);
    near(ours.mean_square_within, 342.65252, 5e-6);
    near(ours.p_value.unwrap(), 0.308636265, 5e-10);
    near(ours.between_bottles, 3.94658671, 5e-9);
    near(ours.hidden_by_repeatability, 4.56652694, 5e-9);
    assert_eq!(ours.governing, Governing::HiddenByRepeatability);
    assert!(!ours.is_significant);
}

#[test]
fn bottles_with_different_numbers_of_values() {
    // By hand: {1, 3} and {5}: grand mean 3, MSb = 2·1 + 1·4 = 6, MSw = 2, n₀ = 3 − 5/3.
    let ours = bottle_homogeneity(&[vec![1.0, 3.0], vec![5.0]]).unwrap();
    near(ours.mean_square_between, 6.0, 1e-14);
    near(ours.mean_square_within, 2.0, 1e-14);
    near(ours.replicates, 4.0 / 3.0, 1e-14);
    near(ours.between_bottles, 3.0f64.sqrt(), 1e-14);
    assert_eq!(bottle_homogeneity(&[vec![1.0], vec![2.0]]), Err(ComparisonError::Unbalanced));
    assert!(bottle_homogeneity(&[vec![1.0, 2.0], vec![]]).is_err() && bottle_homogeneity(&[vec![1.0, 2.0]]).is_err());
}

#[test]
fn a_slope_that_is_not_seen_may_yet_be_there() {
    // By hand: x = 0, 1, 2, 3 and y = 0, 1, 0, 1: slope 0.2, residual squares 0.8, s² = 0.4, u(b) = √(0.4/5).
    let trend = stability_trend(&[(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0)]).unwrap();
    near(trend.slope, 0.2, 1e-15);
    near(trend.slope_uncertainty, 0.08f64.sqrt(), 1e-15);
    near(trend.t_critical, 4.302652729911275, 1e-9);
    near(trend.p_value.unwrap(), 2.0 * student::cumulative(-0.2 / 0.08f64.sqrt(), 2.0), 1e-15);
    assert!(!trend.is_significant);
    near(stability_uncertainty(&trend, 10.0).unwrap(), 10.0 * 0.08f64.sqrt(), 1e-14);
    // √(3² + (u(b) t)²) = 5 at u(b) t = 4.
    near(shelf_life(&trend, 3.0, 5.0).unwrap(), 4.0 / 0.08f64.sqrt(), 1e-12);
    assert_eq!(shelf_life(&trend, 5.0, 5.0), Err(ComparisonError::Uncertainty));
    assert_eq!(stability_uncertainty(&trend, -1.0), Err(ComparisonError::Setting));
}

#[test]
fn a_slope_that_is_seen_is_no_stability() {
    let trend = stability_trend(&[(0.0, 10.0), (1.0, 9.01), (2.0, 8.0), (3.0, 6.99), (4.0, 6.0)]).unwrap();
    assert!(trend.is_significant && trend.p_value.unwrap() < 1e-6);
    assert_eq!(stability_uncertainty(&trend, 1.0), Err(ComparisonError::Trend));
    assert_eq!(shelf_life(&trend, 0.0, 1.0), Err(ComparisonError::Trend));
    assert_eq!(stability_trend(&[(0.0, 1.0), (1.0, 2.0)]), Err(ComparisonError::TooFew { needed: 3, given: 2 }));
    assert_eq!(stability_trend(&[(1.0, 1.0), (1.0, 2.0), (1.0, 3.0)]), Err(ComparisonError::NoSpread));
}

#[test]
fn a_certified_value_combines_its_components() {
    let components =
        Components { characterization: 2.0, between_bottles: 4.0, long_term_stability: 5.0, short_term_stability: 6.0 };
    let ours = certified_value(100.0, components, 2.0).unwrap();
    near(ours.standard_uncertainty, 9.0, 1e-15);
    near(ours.expanded_uncertainty, 18.0, 1e-15);
    assert!(certified_value(1.0, Components { between_bottles: -1.0, ..components }, 2.0).is_err());
    assert!(certified_value(1.0, components, 0.0).is_err());
}

#[test]
fn the_flow_rates_of_the_nist_handbook() {
    // NIST/SEMATECH e-Handbook, 6.3.2.2: centre 50.81, R̄ = 1.8778, limits 45.8159 and 55.8041, no value outside.
    let flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    let chart = control_chart(&flow, Baseline::All).unwrap();
    near(chart.centre, 50.81, 1e-12);
    near(chart.mean_range, 1.8778, 5e-5);
    near(chart.action_limits[0], 45.8159, 1e-4);
    near(chart.action_limits[1], 55.8041, 1e-4);
    assert!(chart.signals.iter().all(|signal| signal.code != SignalCode::BeyondActionLimit));
}

#[test]
fn each_pattern_has_its_code() {
    let known = Baseline::Known { centre: 0.0, standard_deviation: 1.0 };
    let signals = |values: &[f64]| control_chart(values, known).unwrap().signals;
    assert_eq!(signals(&[0.1, -3.1]), [ChartSignal { place: 1, code: SignalCode::BeyondActionLimit }]);
    let two = [2.1, -0.2, 2.2, 0.1];
    assert_eq!(signals(&two), [ChartSignal { place: 2, code: SignalCode::TwoOfThreeBeyondWarningLimit }]);
    let four = [1.1, 1.2, -0.5, 1.1, 1.3, -0.1];
    assert_eq!(signals(&four), [ChartSignal { place: 4, code: SignalCode::FourOfFiveBeyondOneSigma }]);
    let eight = [0.1, 0.3, 0.2, 0.3, 0.1, 0.2, 0.1, 0.2, -0.1];
    assert_eq!(signals(&eight), [ChartSignal { place: 7, code: SignalCode::EightOnOneSide }]);
    let six = [-0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.0];
    assert_eq!(signals(&six), [ChartSignal { place: 5, code: SignalCode::SixRisingOrFalling }]);
    assert_eq!(signals(&[-2.0, 2.0]), [ChartSignal { place: 1, code: SignalCode::RangeBeyondLimit }]);
    assert!(signals(&[0.0, 0.5, -0.5, 0.4, -0.4]).is_empty());
    assert_eq!(control_chart(&[1.0, 1.0, 1.0], Baseline::All), Err(ComparisonError::NoSpread));
    assert!(control_chart(&[1.0, 2.0], Baseline::First(3)).is_err() && control_chart(&[1.0], Baseline::All).is_err());
}

#[test]
fn lots_agree_within_the_uncertainty_of_their_difference() {
    let first = Lot { certified: 10.0, certified_uncertainty: 0.1, measured: 10.2, measured_uncertainty: 0.1 };
    let second = Lot { certified: 12.0, certified_uncertainty: 0.1, measured: 12.5, measured_uncertainty: 0.1 };
    let ours = lot_agreement(first, second, 2.0).unwrap();
    near(ours.difference, 0.3, 1e-12);
    near(ours.standard_uncertainty, 0.2, 1e-15);
    assert!(ours.agrees);
    assert!(!lot_agreement(first, Lot { measured: 12.7, ..second }, 2.0).unwrap().agrees);
}

proptest! {
    #[test]
    fn bottles_in_another_unit(values in prop::collection::vec(prop::collection::vec(-5.0..5.0_f64, 2..5), 3..7), factor in 0.01..100.0_f64, shift in -100.0..100.0_f64) {
        let changed: Vec<Vec<f64>> = values.iter().map(|bottle| bottle.iter().map(|x| factor * x + shift).collect()).collect();
        let (before, after) = (bottle_homogeneity(&values).unwrap(), bottle_homogeneity(&changed).unwrap());
        prop_assert!((after.standard_uncertainty - factor * before.standard_uncertainty).abs() < 1e-8 * factor);
        prop_assert!((after.f.unwrap() / before.f.unwrap() - 1.0).abs() < 1e-6);
        // Differential: sums of squares add up.
        let all: Vec<f64> = values.iter().flatten().copied().collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let total: f64 = all.iter().map(|x| (x - mean).powi(2)).sum();
        let parts = before.mean_square_between * before.degrees_of_freedom_between + before.mean_square_within * before.degrees_of_freedom_within;
        prop_assert!((total - parts).abs() < 1e-9 * (1.0 + total));
    }
}
