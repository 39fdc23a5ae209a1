//! Large and hostile data is answered in bounded time.

use heng_comparison::ComparisonError;
use heng_comparison::reference_value::{Estimator, MeasuredValue, Settings, reference_values};
use heng_comparison::robust::{RobustMethod, robust_estimate};

fn many(count: u32) -> Vec<MeasuredValue> {
    (0..count)
        .map(|place| MeasuredValue {
            value: 1.0 + f64::from(place * 7919 % 1000) / 10.0,
            standard_uncertainty: 1.0 + f64::from(place % 13),
            degrees_of_freedom: 5.0,
        })
        .collect()
}

#[test]
fn many_laboratories_are_answered_or_refused() {
    let ours = reference_values(&many(200), &Settings::default()).unwrap();
    let refused = |estimator| ours.estimates.iter().find(|one| one.estimator == estimator).unwrap().refusal.clone();
    assert_eq!(refused(Estimator::Median), Some(ComparisonError::TooMany { most: 22, given: 200 }));
    assert_eq!(refused(Estimator::MandelPaule), None);
    assert!(ours.largest_consistent_subset.is_some());
    assert_eq!(
        reference_values(&many(1_001), &Settings::default()),
        Err(ComparisonError::TooMany { most: 1_000, given: 1_001 })
    );
    let results: Vec<f64> = many(3_001).iter().map(|one| one.value).collect();
    assert_eq!(
        robust_estimate(&results, RobustMethod::QHampel),
        Err(ComparisonError::TooMany { most: 3_000, given: 3_001 })
    );
    assert!(robust_estimate(&results, RobustMethod::AlgorithmA).is_ok());
}

#[test]
fn extreme_sizes_keep_their_digits_or_are_refused() {
    let plain = reference_values(&many(9), &Settings::default()).unwrap();
    for factor in [1e-95, 1e95] {
        let scaled: Vec<MeasuredValue> = many(9)
            .iter()
            .map(|one| MeasuredValue {
                value: factor * one.value,
                standard_uncertainty: factor * one.standard_uncertainty,
                ..*one
            })
            .collect();
        let scaled = reference_values(&scaled, &Settings::default()).unwrap();
        for estimator in Estimator::ALL {
            let (Some(before), Some(after)) = (plain.by(estimator), scaled.by(estimator)) else { continue };
            assert!((after.value / factor / before.value - 1.0).abs() < 1e-9, "{estimator:?}: {after:?} {before:?}");
            let ratio = after.standard_uncertainty / factor / before.standard_uncertainty;
            assert!(
                (ratio - 1.0).abs() < 1e-9,
                "{estimator:?}: {ratio:e} {} {}",
                before.value,
                before.standard_uncertainty
            );
        }
    }
    let tiny: Vec<f64> = [1.0, 2.0, 3.0, 5.0].map(|one| one * 1e-200).to_vec();
    assert_eq!(robust_estimate(&tiny, RobustMethod::AlgorithmA), Err(ComparisonError::NotFinite));
}
