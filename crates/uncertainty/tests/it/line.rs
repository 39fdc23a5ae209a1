//! The calibration line of the GUM: the book's digits and ours.

use heng_uncertainty::least_squares::{NoLine, straight_line};
use proptest::prelude::*;

const READINGS: [(f64, f64); 11] = [
    (21.521, -0.171),
    (22.012, -0.169),
    (22.512, -0.166),
    (23.003, -0.159),
    (23.507, -0.164),
    (23.999, -0.165),
    (24.513, -0.156),
    (25.002, -0.157),
    (25.503, -0.159),
    (26.010, -0.161),
    (26.511, -0.160),
];

/// JCGM 100:2008, H.3, table H.6. Published: y1 = −0.1712(29) °C, y2 = 0.002 18(67), r = −0.930, s = 0.0035 °C.
#[test]
fn the_thermometer_of_the_gum() {
    let line = straight_line(&READINGS, 20.0).unwrap();
    for (ours, expected) in [
        (line.intercept, -0.171_203_790_1),
        (line.intercept_uncertainty, 0.002_877_597_835),
        (line.slope, 0.002_182_697_74),
        (line.slope_uncertainty, 0.000_667_938_773_2),
        (line.correlation, -0.930_429_603_1),
        (line.scatter, 0.003_497_563_964),
    ] {
        assert!((ours - expected).abs() < 1e-8 * expected.abs(), "ours {ours}, expected {expected}");
    }
    assert_eq!(line.degrees_of_freedom, 9.0);
}

#[test]
fn where_no_line_goes_it_is_said() {
    assert_eq!(straight_line(&[(1.0, 1.0), (2.0, 2.0)], 0.0), Err(NoLine::TooFew(2)));
    assert_eq!(straight_line(&[(1.0, 1.0), (1.0, 2.0), (1.0, 4.0)], 0.0), Err(NoLine::NoSpread));
    assert_eq!(straight_line(&[(1.0, 1.0), (f64::NAN, 2.0), (1.0, 4.0)], 0.0), Err(NoLine::NotFinite));
}

proptest! {
    /// The line is the same thing wherever its origin lies.
    #[test]
    fn another_origin_gives_the_same_line(
        ys in prop::collection::vec(-1.0..1.0f64, 3..20),
        origin in -100.0..100.0f64,
    ) {
        let points: Vec<(f64, f64)> = ys.iter().enumerate().map(|(place, y)| (place as f64, *y)).collect();
        let (here, there) = (straight_line(&points, 0.0).unwrap(), straight_line(&points, origin).unwrap());
        prop_assert!((here.slope - there.slope).abs() < 1e-9);
        prop_assert!((here.intercept + here.slope * origin - there.intercept).abs() < 1e-9);
        prop_assert!((here.scatter - there.scatter).abs() < 1e-9);
    }
}
