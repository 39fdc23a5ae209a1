//! The ellipse of a Youden plot against the distributions that it rests on.

use heng_comparison::ComparisonError;
use heng_comparison::distribution::{chi_squared_quantile, f_quantile};
use heng_comparison::youden::youden_ellipse;
use proptest::prelude::*;

use crate::near;

fn pairs(count: u32) -> Vec<[f64; 2]> {
    let of = |place: u32| {
        let angle = f64::from(place) * 2.399_963;
        [10.0 + angle.cos() * f64::from(place % 7), 20.0 + (angle * 1.7).sin() * f64::from(place % 5)]
    };
    (0..count).map(of).collect()
}

#[test]
fn its_distance_is_the_quantile_of_f() {
    for (count, probability) in [(4, 0.95), (12, 0.95), (30, 0.99), (200, 0.9)] {
        let ellipse = youden_ellipse(&pairs(count), probability).unwrap();
        let n = f64::from(count);
        let exact = 2.0 * (n - 1.0) / (n - 2.0) * f_quantile(probability, 2.0, n - 2.0);
        near(ellipse.squared_distance / exact, 1.0, 1e-12);
    }
    // Of very many laboratories it is the quantile of χ² with two degrees of freedom.
    let many = youden_ellipse(&pairs(100_000), 0.95).unwrap();
    near(many.squared_distance, chi_squared_quantile(0.95, 2.0), 1e-3);
}

#[test]
fn what_has_no_ellipse_is_refused() {
    let line: Vec<[f64; 2]> = (0..9).map(|place| [f64::from(place), 2.0 * f64::from(place)]).collect();
    assert_eq!(youden_ellipse(&line, 0.95), Err(ComparisonError::NoSpread));
    assert_eq!(youden_ellipse(&[[1.0, 2.0]; 9], 0.95), Err(ComparisonError::NoSpread));
    assert_eq!(youden_ellipse(&pairs(2), 0.95), Err(ComparisonError::TooFew { needed: 3, given: 2 }));
    assert_eq!(youden_ellipse(&pairs(9), 1.0), Err(ComparisonError::Setting));
    assert_eq!(youden_ellipse(&[[f64::NAN, 1.0]; 4], 0.95), Err(ComparisonError::NotFinite));
}

proptest! {
    /// Whoever is inside in one unit is inside in another, whichever item comes first; the rim is neither in nor out.
    #[test]
    fn it_does_not_depend_on_units(count in 4_u32..40, scale in 1e-6..1e6_f64, shift in -1e3..1e3_f64) {
        let pairs = pairs(count);
        let ellipse = youden_ellipse(&pairs, 0.9).unwrap();
        let other = |[a, b]: [f64; 2]| [b, a * scale + shift * scale];
        let moved = youden_ellipse(&pairs.iter().copied().map(other).collect::<Vec<_>>(), 0.9).unwrap();
        for pair in pairs {
            prop_assert_eq!(ellipse.contains(pair), moved.contains(other(pair)));
        }
        for [x, y] in ellipse.rim(17) {
            let [cx, cy] = ellipse.centre;
            let at = |part: f64| [cx + (x - cx) * part, cy + (y - cy) * part];
            prop_assert!(ellipse.contains(at(0.999)) && !ellipse.contains(at(1.001)));
        }
    }
}
