//! Numbers that are alike, alone, missing, huge, tiny or no numbers at all: the picture stays one.

use heng_comparison::material::{Baseline, control_chart};
use heng_picture::{Band, LaboratoryRow, Picture, Shape, Width};
use heng_uncertainty::ToleranceInterval;
use heng_uncertainty::conformity::measured::Measured;
use heng_wording::{Language, Words};
use proptest::prelude::*;

use crate::samples;
use crate::svg::{boxes, elements};

/// Well formed, finite, nothing touching.
fn stands(picture: &Picture) {
    for width in [Width::Wide, Width::Narrow] {
        let elements = elements(picture.svg(width));
        for element in &elements {
            for (_, value) in &element.attributes {
                assert!(!value.contains("NaN") && !value.contains("inf"), "{element:?}");
            }
        }
        assert!(elements[0].number("height") > 20.0);
        let boxes = boxes(&elements);
        for (index, ([left, top, right, bottom], words)) in boxes.iter().enumerate() {
            for ([l, t, r, b], other) in boxes.iter().skip(index + 1) {
                let is_apart = right <= l || r <= left || bottom <= t || b <= top;
                assert!(is_apart, "{width:?}: {words:?} touches {other:?}");
            }
        }
    }
}

fn words() -> Words {
    Words::new(Language::Zh)
}

#[test]
fn nothing_uncertain_has_a_budget_of_nothing() {
    let mut budget = samples::budget();
    budget.standard_uncertainty = 0.0;
    for bar in &mut budget.bars {
        (bar.contribution, bar.share) = (0.0, 0.0);
    }
    stands(&budget.picture(&words()));
    budget.bars.clear();
    stands(&budget.picture(&words()));
}

#[test]
fn a_result_without_uncertainty_is_a_line() {
    let mut density = samples::density();
    density.measured = Measured::Normal { value: 0.41, standard_uncertainty: 0.0 };
    stands(&density.picture(&words()));
    let mut histogram = samples::histogram();
    histogram.linear.1 = 0.0;
    stands(&histogram.picture(&words()));
    histogram.bins = heng_picture::Bins { edges: vec![2.0, 2.0], counts: vec![1000], beyond: 0 };
    histogram.standard_uncertainty = Some(0.0);
    histogram.intervals.clear();
    histogram.mean = Some(2.0);
    stands(&histogram.picture(&words()));
    (histogram.mean, histogram.standard_uncertainty) = (None, None);
    stands(&histogram.picture(&words()));
}

#[test]
fn laboratories_that_agree_to_the_last_digit_are_drawn_side_by_side() {
    let mut results = samples::results();
    for row in &mut results.rows {
        (row.value, row.expanded_uncertainty) = (33.6, Some(0.0));
    }
    results.band = Some(Band { value: 33.6, expanded_uncertainty: 0.0 });
    stands(&results.picture(&words()));
    results.rows.truncate(1);
    stands(&results.picture(&words()));
    results.rows.clear();
    results.band = None;
    stands(&results.picture(&words()));
}

#[test]
fn a_chart_of_two_values_is_a_chart() {
    let mut chart = samples::chart();
    chart.values.truncate(2);
    chart.chart = control_chart(&chart.values, Baseline::All).unwrap();
    stands(&chart.picture(&words()));
}

#[test]
fn two_laboratories_have_no_ellipse() {
    let mut youden = samples::youden();
    youden.points.truncate(2);
    youden.ellipse = None;
    stands(&youden.picture(&words()));
    for point in &mut youden.points {
        (point.first, point.second) = (10.0, 20.0);
    }
    stands(&youden.picture(&words()));
}

#[test]
fn a_calibration_of_one_place_is_drawn() {
    let mut calibration = samples::calibration();
    for point in &mut calibration.points {
        (point.x, point.y, point.residual) = (3.0, 7.0, 0.0);
    }
    calibration.band.clear();
    stands(&calibration.picture(&words()));
}

fn size() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(f64::MIN_POSITIVE),
        Just(5e-324),
        Just(f64::MAX),
        Just(-f64::MAX),
        Just(f64::NAN),
        Just(f64::INFINITY),
        Just(1e-300),
        any::<f64>(),
        -1e3..1e3_f64,
        (-300.0..300.0_f64).prop_map(|power| 10_f64.powf(power)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn laboratories_of_any_size_make_a_picture(rows in proptest::collection::vec((size(), size()), 0..12)) {
        let mut results = samples::results();
        results.rows = rows
            .iter()
            .enumerate()
            .map(|(place, (value, u))| LaboratoryRow {
                name: format!("Lab {place}"),
                value: *value,
                expanded_uncertainty: (!u.is_nan()).then_some(u.abs()),
                shape: Shape::Good,
            })
            .collect();
        results.band = rows.first().map(|(value, u)| Band { value: *value, expanded_uncertainty: *u });
        stands(&results.picture(&words()));
    }

    #[test]
    fn quantities_of_any_size_make_a_picture(value in size(), u in size(), lower in size(), upper in size()) {
        let mut density = samples::density();
        density.measured = Measured::Normal { value, standard_uncertainty: u.abs() };
        density.tolerance = ToleranceInterval { lower: Some(lower), upper: Some(upper) };
        density.acceptance = None;
        stands(&density.picture(&words()));
        let mut histogram = samples::histogram();
        (histogram.mean, histogram.standard_uncertainty, histogram.linear) = (Some(value), Some(u.abs()), (lower, upper.abs()));
        stands(&histogram.picture(&words()));
        let mut budget = samples::budget();
        budget.standard_uncertainty = u.abs();
        budget.bars[0].contribution = value.abs();
        stands(&budget.picture(&words()));
    }
}
