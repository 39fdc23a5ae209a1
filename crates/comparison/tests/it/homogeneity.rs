//! Homogeneity and stability of items against ISO 13528:2022, table B.1 and E.2, and a round of an accredited provider.

use heng_comparison::ComparisonError;
use heng_comparison::homogeneity::{Allowed, expanded_criterion_factors, homogeneity, stability};
use proptest::prelude::*;

use crate::near;

fn arsenic() -> Vec<Vec<f64>> {
    [
        [0.185, 0.194],
        [0.187, 0.189],
        [0.182, 0.186],
        [0.188, 0.196],
        [0.191, 0.181],
        [0.188, 0.180],
        [0.187, 0.196],
        [0.177, 0.186],
        [0.179, 0.187],
        [0.188, 0.196],
    ]
    .iter()
    .map(|item| item.to_vec())
    .collect()
}

#[test]
fn arsenic_in_chocolate_is_homogeneous_and_stable() {
    let items = arsenic();
    let mean = homogeneity(&items, None).unwrap().mean;
    let allowed = Allowed::StandardDeviation(0.15 * mean);
    let ours = homogeneity(&items, Some(allowed)).unwrap();
    near(ours.mean, 0.18715, 1e-12);
    near(ours.standard_deviation_of_means, 0.00397946116, 5e-12);
    near(ours.within_items.unwrap(), 0.00556327242, 5e-12);
    near(ours.between_items, 0.000600925213, 5e-13);
    near(ours.criterion.unwrap(), 0.00842, 5e-6);
    assert_eq!((ours.is_homogeneous, ours.is_homogeneous_expanded), (Some(true), Some(true)));
    let later = vec![vec![0.191, 0.198], vec![0.190, 0.196]];
    let ours = stability(&items, &later, allowed).unwrap();
    near(ours.later_mean, 0.19375, 1e-12);
    near(ours.difference, 0.00660, 1e-12);
    assert!(ours.is_stable && ours.is_stable_expanded.unwrap());
    // Held against a tenth of the largest error allowed, a third as wide.
    assert!(!stability(&items, &later, Allowed::MaximumError(0.15 * mean)).unwrap().is_stable);
}

#[test]
fn factors_of_the_expanded_criterion_are_those_of_table_b_1() {
    for (items, first, second) in [
        (20, 1.59, 0.57),
        (19, 1.60, 0.59),
        (18, 1.62, 0.62),
        (17, 1.64, 0.64),
        (16, 1.67, 0.68),
        (15, 1.69, 0.71),
        (14, 1.72, 0.75),
        (13, 1.75, 0.80),
        (12, 1.79, 0.86),
        (11, 1.83, 0.93),
        (10, 1.88, 1.01),
        (9, 1.94, 1.11),
        (8, 2.01, 1.25),
        (7, 2.10, 1.43),
    ] {
        let ours = expanded_criterion_factors(items, 2).unwrap();
        near(ours.0, first, 0.005);
        near(ours.1, second, 0.005);
    }
}

#[test]
fn a_negative_variance_is_zero_and_said() {
    let items: Vec<Vec<f64>> = [
        [1.5220, 1.4640],
        [1.4550, 1.4940],
        [1.4620, 1.4950],
        [1.4830, 1.4800],
        [1.5110, 1.4610],
        [1.4800, 1.5040],
        [1.4500, 1.4650],
        [1.4710, 1.4520],
        [1.4910, 1.5040],
        [1.4720, 1.4830],
    ]
    .iter()
    .map(|item| item.to_vec())
    .collect();
    let ours = homogeneity(&items, Some(Allowed::StandardDeviation(0.0948246))).unwrap();
    near(ours.within_items.unwrap(), 0.0223, 5e-5);
    assert_eq!(ours.between_items, 0.0);
    assert!(ours.is_variance_negative);
    near(ours.criterion.unwrap(), 0.0284, 5e-5);
    near(ours.f.unwrap(), 0.69, 0.005);
    near(ours.f_critical.unwrap(), 3.02, 0.005);
    assert!(ours.p_value.unwrap() > 0.05);
}

#[test]
fn cochran_finds_the_item_that_varies_most() {
    // ISO 5725-2, critical values at 5 % for n = 2: 0.602 of ten variances, 0.781 of six; for n = 3: 0.616 of six.
    let with = |items: usize, replicates: usize| {
        let mut table: Vec<Vec<f64>> =
            (0..items).map(|_| (0..replicates).map(|place| f64::from(place as u32)).collect()).collect();
        table[2][0] = -9.0;
        homogeneity(&table, None).unwrap().cochran.unwrap()
    };
    near(with(10, 2).critical_value, 0.602, 0.0005);
    near(with(6, 2).critical_value, 0.781, 0.0005);
    near(with(6, 3).critical_value, 0.616, 0.0005);
    assert!(with(10, 2).is_outlier && with(10, 2).item == 2);
    near(with(10, 2).statistic, 50.0 / (50.0 + 9.0 * 0.5), 1e-12);
    assert!(!homogeneity(&arsenic(), None).unwrap().cochran.unwrap().is_outlier);
}

#[test]
fn single_measurements_give_an_upper_bound() {
    let items: Vec<Vec<f64>> = [1.0, 2.0, 4.0].iter().map(|value| vec![*value]).collect();
    let ours = homogeneity(&items, Some(Allowed::StandardDeviation(1.0))).unwrap();
    near(ours.between_items, (7.0f64 / 3.0).sqrt(), 1e-14);
    assert_eq!((ours.within_items, ours.f, ours.expanded_criterion), (None, None, None));
    assert_eq!(ours.is_homogeneous, Some(false));
}

#[test]
fn incomplete_tables_are_refused() {
    assert_eq!(homogeneity(&[vec![1.0, 2.0], vec![1.0]], None), Err(ComparisonError::Unbalanced));
    assert_eq!(homogeneity(&[vec![1.0]], None), Err(ComparisonError::TooFew { needed: 2, given: 1 }));
    assert_eq!(homogeneity(&[vec![1.0], vec![f64::INFINITY]], None), Err(ComparisonError::NotFinite));
    assert!(homogeneity(&arsenic(), Some(Allowed::StandardDeviation(0.0))).is_err());
    assert!(stability(&arsenic(), &[], Allowed::MaximumError(1.0)).is_err());
}

proptest! {
    #[test]
    fn s_s_is_the_between_component_of_variance_analysis(items in prop::collection::vec(prop::collection::vec(-5.0..5.0_f64, 3), 4..9), shift in -100.0..100.0_f64) {
        // Differential: mean squares from sums of squares of the whole table.
        let all: Vec<f64> = items.iter().flatten().copied().collect();
        let grand = all.iter().sum::<f64>() / all.len() as f64;
        let total: f64 = all.iter().map(|x| (x - grand).powi(2)).sum();
        let between: f64 = items.iter().map(|item| 3.0 * (item.iter().sum::<f64>() / 3.0 - grand).powi(2)).sum();
        let g = items.len() as f64;
        let (of_items, within) = (between / (g - 1.0), (total - between) / (2.0 * g));
        let moved: Vec<Vec<f64>> = items.iter().map(|item| item.iter().map(|x| x + shift).collect()).collect();
        let ours = homogeneity(&moved, None).unwrap();
        prop_assert!((ours.within_items.unwrap().powi(2) - within).abs() < 1e-9);
        prop_assert!((ours.between_items.powi(2) - ((of_items - within) / 3.0).max(0.0)).abs() < 1e-9);
        prop_assert!((ours.f.unwrap() - of_items / within).abs() < 1e-8 * (1.0 + of_items / within));
    }
}
