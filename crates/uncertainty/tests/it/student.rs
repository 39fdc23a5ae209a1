//! Student's t against the table of JCGM 100:2008, G.2 (two-sided p, two decimals) and closed forms.

use heng_uncertainty::student::{cumulative, quantile};

#[test]
fn the_table_of_the_gum() {
    for (nu, t68, t95, t99) in [
        (1.0, 1.84, 12.71, 63.66),
        (2.0, 1.32, 4.30, 9.92),
        (5.0, 1.11, 2.57, 4.03),
        (10.0, 1.05, 2.23, 3.17),
        (16.0, 1.03, 2.12, 2.92),
        (50.0, 1.01, 2.01, 2.68),
        (f64::INFINITY, 1.000, 1.960, 2.576),
    ] {
        for (p, published) in [(0.6827, t68), (0.95, t95), (0.99, t99)] {
            let ours = quantile(0.5 + p / 2.0, nu);
            assert!((ours - published).abs() <= 0.005_001, "ν = {nu}, p = {p}: ours {ours}, published {published}");
        }
    }
}

#[test]
fn one_degree_of_freedom_is_cauchy() {
    for t in [-3.0, -0.5, 0.0, 1.0, 7.5] {
        let closed = 0.5 + libm::atan(t) / std::f64::consts::PI;
        assert!((cumulative(t, 1.0) - closed).abs() < 1e-14);
    }
}

#[test]
fn what_is_no_probability_has_no_quantile() {
    assert!(quantile(1.0, 5.0).is_nan() && quantile(0.0, 5.0).is_nan() && quantile(0.9, 0.0).is_nan());
}
