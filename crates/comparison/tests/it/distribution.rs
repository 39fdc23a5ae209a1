//! Distributions against values computed with forty digits, and against each other.

use heng_comparison::distribution::{
    chi_squared_cumulative, chi_squared_quantile, chi_squared_survival, f_cumulative, f_quantile, f_survival,
    normal_cumulative, normal_quantile,
};
use heng_uncertainty::student;
use proptest::prelude::*;

#[track_caller]
fn alike(ours: f64, exact: f64, relative: f64) {
    assert!((ours - exact).abs() <= relative * exact.abs(), "ours {ours:e}, exact {exact:e}");
}

#[test]
fn chi_squared_in_both_tails() {
    for (x, nu, below, above) in [
        (68.215398, 5.0, 0.9999999999997591, 2.4088668693340415e-13),
        (1.0, 1.0, 0.6826894921370859, 0.3173105078629141),
        (0.001, 3.0, 8.40791905804616e-06, 0.9999915920809419),
        (500.0, 10.0, 1.0, 4.414736099913731e-101),
        (1000.5, 1000.0, 0.51040550577002, 0.48959449422998),
        (3.84, 1.0, 0.9499564787512949, 0.050043521248705106),
        (102000.0, 100000.0, 0.9999955880607448, 4.4119392551203065e-06),
        (20.0, 0.5, 0.9999979169695914, 2.083030408649431e-06),
    ] {
        alike(chi_squared_cumulative(x, nu), below, 2e-14);
        alike(chi_squared_survival(x, nu), above, 5e-14);
    }
}

#[test]
fn f_in_both_tails() {
    for (f, nu1, nu2, below, above) in [
        (3.09695234, 2.0, 15.0, 0.9251654558976733, 0.07483454410232669),
        (2.261, 9.0, 40.0, 0.9625620900389269, 0.037437909961073136),
        (0.2, 3.0, 7.0, 0.10683204433751022, 0.8931679556624897),
        (80.0, 4.0, 30.0, 0.9999999999999986, 1.457260993275967e-15),
        (1.02, 300.0, 400.0, 0.5747322398368497, 0.42526776016315027),
        (0.69, 9.0, 10.0, 0.29412290728252094, 0.7058770927174791),
        (1000.0, 1.0, 1.0, 0.9798750216963559, 0.020124978303644132),
    ] {
        alike(f_cumulative(f, nu1, nu2), below, 2e-14);
        alike(f_survival(f, nu1, nu2), above, 5e-14);
    }
}

#[test]
fn quantiles() {
    for (p, nu, exact) in [
        (0.95, 19.0, 30.143527205646155),
        (0.95, 5.0, 11.070497693516351),
        (0.05, 5.0, 1.1454762260617692),
        (0.999, 2.0, 13.815510557964272),
        (1e-6, 4.0, 0.002829761322958686),
        (0.95, 1000.0, 1074.679448803441),
    ] {
        alike(chi_squared_quantile(p, nu), exact, 2e-14);
    }
    for (p, nu1, nu2, exact) in [
        (0.95, 9.0, 40.0, 2.1240292640166962),
        (0.975, 9.0, 40.0, 2.451939217029926),
        (0.95, 19.0, 20.0, 2.1370089585834022),
        (0.05, 3.0, 8.0, 0.11305517703415201),
        (0.95, 9.0, 10.0, 3.0203829470213743),
    ] {
        alike(f_quantile(p, nu1, nu2), exact, 2e-14);
    }
    for (p, exact) in [
        (0.75, 0.6744897501960817),
        (0.975, 1.9599639845400538),
        (0.625, 0.31863936396437514),
        (1e-10, -6.361340902404057),
        (0.01, -2.326347874040841),
    ] {
        alike(normal_quantile(p), exact, 4e-15);
    }
}

#[test]
fn what_has_no_distribution_gives_no_number() {
    assert!(chi_squared_cumulative(1.0, 0.0).is_nan() && chi_squared_quantile(1.0, 3.0).is_nan());
    assert!(f_cumulative(1.0, -1.0, 2.0).is_nan() && f_quantile(0.5, f64::NAN, 2.0).is_nan());
    assert!(normal_quantile(0.0).is_nan() && chi_squared_survival(f64::NAN, 2.0).is_nan());
}

proptest! {
    #[test]
    fn quantiles_undo_distributions(p in 1e-6..0.999_999_f64, nu1 in 0.5..200.0_f64, nu2 in 0.5..200.0_f64) {
        prop_assert!((chi_squared_cumulative(chi_squared_quantile(p, nu1), nu1) - p).abs() < 1e-13);
        prop_assert!((f_cumulative(f_quantile(p, nu1, nu2), nu1, nu2) - p).abs() < 1e-12);
        prop_assert!((normal_cumulative(normal_quantile(p)) - p).abs() < 1e-15);
    }

    #[test]
    fn the_square_of_t_is_f_and_of_z_is_chi_squared(t in 0.01..20.0_f64, nu in 1.0..100.0_f64) {
        prop_assert!((f_survival(t * t, 1.0, nu) - 2.0 * student::cumulative(-t, nu)).abs() < 1e-12);
        let z = t.min(8.0);
        let tail = 2.0 * normal_cumulative(-z);
        prop_assert!((chi_squared_survival(z * z, 1.0) / tail - 1.0).abs() < 1e-13);
    }

    #[test]
    fn two_degrees_are_exponential(x in 0.001..600.0_f64) {
        prop_assert!((chi_squared_survival(x, 2.0) / libm::exp(-x / 2.0) - 1.0).abs() < 1e-13);
    }

    #[test]
    fn f_turned_around(f in 0.01..100.0_f64, nu1 in 0.5..50.0_f64, nu2 in 0.5..50.0_f64) {
        prop_assert!((f_cumulative(f, nu1, nu2) - f_survival(1.0 / f, nu2, nu1)).abs() < 1e-13);
    }
}
