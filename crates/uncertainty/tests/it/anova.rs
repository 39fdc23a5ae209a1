//! Analysis of variance: the book's digits and ours.

use heng_uncertainty::anova::{Group, NoAnalysis, variance_analysis, variance_analysis_of_groups};
use proptest::prelude::*;

fn close(ours: f64, expected: f64, relative: f64) {
    assert!((ours - expected).abs() <= relative * expected.abs(), "ours {ours:.12e}, expected {expected:.12e}");
}

/// JCGM 100:2008, H.5, table H.9, a Zener voltage standard on ten days, five times each, in µV above 10 V. Published: s(V̄ⱼ) = 57 µV,
/// s̄ = 85 µV, F = 2.25, F95(9, 40) = 2.12, F97.5 = 2.45, s_B = 43 µV, u = 18 µV with ν = 9, or 13 µV with ν = 49.
#[test]
fn zener_voltage_on_ten_days() {
    let means = [172.0, 116.0, 13.0, 144.0, 106.0, 31.0, 60.0, 125.0, 163.0, 41.0];
    let deviations = [60.0, 77.0, 111.0, 101.0, 67.0, 93.0, 80.0, 73.0, 88.0, 86.0];
    let groups: Vec<Group> = means
        .into_iter()
        .zip(deviations)
        .map(|(mean, standard_deviation)| Group { count: 5, mean, standard_deviation })
        .collect();
    let analysis = variance_analysis_of_groups(&groups).unwrap();
    close(analysis.mean, 97.1, 1e-14);
    close((analysis.mean_square_between / 5.0).sqrt(), 57.089_500_88, 1e-9);
    close(analysis.mean_square_within.sqrt(), 84.886_983_69, 1e-9);
    close(analysis.f, 2.261_519_27, 1e-8);
    close(analysis.critical(0.95), 2.124_029_264, 1e-9);
    close(analysis.critical(0.975), 2.451_939_217, 1e-9);
    close(analysis.standard_deviation_between, 42.638_610_57, 1e-9);
    close(analysis.with_effect.standard_uncertainty, 18.053_285_33, 1e-9);
    close(analysis.without_effect.standard_uncertainty, 13.323_241_93, 1e-9);
    assert_eq!((analysis.with_effect.degrees_of_freedom, analysis.without_effect.degrees_of_freedom), (9.0, 49.0));
    // Significant at 5 %, not at 2.5 %: the GUM keeps the effect.
    assert!(analysis.is_significant(0.95) && !analysis.is_significant(0.975));
    assert_eq!(analysis.uncertainty(0.95), analysis.with_effect);
    assert_eq!(analysis.uncertainty(0.975), analysis.without_effect);
}

/// By hand: (1, 3), (5, 7), (6, 8): x̄ = 5, s_a² = 2(9 + 1 + 4)/2 = 14, s_b² = 2, F = 7, s_B² = 6.
#[test]
fn three_pairs_by_hand() {
    let analysis = variance_analysis(&[&[1.0, 3.0], &[5.0, 7.0], &[6.0, 8.0]]).unwrap();
    close(analysis.mean, 5.0, 1e-15);
    close(analysis.mean_square_between, 14.0, 1e-15);
    close(analysis.mean_square_within, 2.0, 1e-15);
    close(analysis.f, 7.0, 1e-15);
    close(analysis.standard_deviation_between, 6.0_f64.sqrt(), 1e-15);
    // (28 + 6)/5/6.
    close(analysis.without_effect.standard_uncertainty, (34.0_f64 / 30.0).sqrt(), 1e-15);
}

#[test]
fn groups_that_scatter_less_than_their_observations_have_no_effect() {
    let analysis = variance_analysis(&[&[1.0, 3.0], &[1.1, 3.1]]).unwrap();
    assert_eq!(analysis.standard_deviation_between, 0.0);
    assert!(analysis.probability > 0.9);
}

#[test]
fn bad_groups_are_not_analysed() {
    assert_eq!(variance_analysis(&[&[1.0, 2.0]]).unwrap_err(), NoAnalysis::TooFewGroups(1));
    assert_eq!(variance_analysis(&[&[1.0, 2.0], &[]]).unwrap_err(), NoAnalysis::EmptyGroup(1));
    assert_eq!(variance_analysis(&[&[1.0], &[2.0]]).unwrap_err(), NoAnalysis::NoRepetition);
    assert_eq!(variance_analysis(&[&[1.0, f64::NAN], &[2.0]]).unwrap_err(), NoAnalysis::NotFinite(0));
    assert_eq!(variance_analysis(&[&[1.0, 1.0], &[2.0, 2.0]]).unwrap_err(), NoAnalysis::NoScatter);
}

proptest! {
    /// Σ(x − x̄)² falls into the parts between and within groups, of any sizes.
    #[test]
    fn squares_add_up(
        groups in prop::collection::vec(prop::collection::vec(-5.0..5.0f64, 2..6), 2..6), offset in -1e4..1e4f64,
    ) {
        let moved: Vec<Vec<f64>> = groups.iter().map(|group| group.iter().map(|x| x + offset).collect()).collect();
        let slices: Vec<&[f64]> = moved.iter().map(Vec::as_slice).collect();
        let analysis = variance_analysis(&slices).unwrap();
        let all: Vec<f64> = groups.iter().flatten().copied().collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        let total: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
        let parts = analysis.mean_square_between * analysis.degrees_of_freedom_between
            + analysis.mean_square_within * analysis.degrees_of_freedom_within;
        prop_assert!((parts - total).abs() < 1e-6 * (1.0 + total), "{parts} {total}");
    }
}
