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
        (68.215398, 5.0, 0.99999999999975911, 2.4088668693340414e-13),
        (1.0, 1.0, 0.6826894921370859, 0.3173105078629141),
        (0.001, 3.0, 8.4079190580461593e-6, 0.99999159208094195),
        (500.0, 10.0, 1.0, 4.4147360999137313e-101),
        (1000.5, 1000.0, 0.51040550577001998, 0.48959449422998002),
        (3.84, 1.0, 0.9499564787512949, 0.050043521248705103),
        (102000.0, 100000.0, 0.99999558806074488, 4.4119392551203062e-6),
        (20.0, 0.5, 0.99999791696959135, 2.0830304086494313e-6),
    ] {
        alike(chi_squared_cumulative(x, nu), below, 2e-14);
        alike(chi_squared_survival(x, nu), above, 5e-14);
    }
}

#[test]
fn f_in_both_tails() {
    for (f, nu1, nu2, below, above) in [
        (3.09695234, 2.0, 15.0, 0.92516545589767331, 0.074834544102326686),
        (2.261, 9.0, 40.0, 0.96256209003892686, 0.037437909961073138),
        (0.2, 3.0, 7.0, 0.10683204433751021, 0.89316795566248979),
        (80.0, 4.0, 30.0, 0.99999999999999854, 1.457260993275967e-15),
        (1.02, 300.0, 400.0, 0.57473223983684975, 0.42526776016315025),
        (0.69, 9.0, 10.0, 0.29412290728252094, 0.70587709271747906),
        (1000.0, 1.0, 1.0, 0.97987502169635587, 0.020124978303644131),
    ] {
        alike(f_cumulative(f, nu1, nu2), below, 2e-14);
        alike(f_survival(f, nu1, nu2), above, 5e-14);
    }
}

#[test]
fn quantiles() {
    for (p, nu, exact) in [
        (0.95, 19.0, 30.143527205646156),
        (0.95, 5.0, 11.070497693516352),
        (0.05, 5.0, 1.1454762260617693),
        (0.999, 2.0, 13.815510557964272),
        (1e-6, 4.0, 0.0028297613229586858),
        (0.95, 1000.0, 1074.679448803441),
    ] {
        alike(chi_squared_quantile(p, nu), exact, 2e-14);
    }
    for (p, nu1, nu2, exact) in [
        (0.95, 9.0, 40.0, 2.1240292640166961),
        (0.975, 9.0, 40.0, 2.4519392170299259),
        (0.95, 19.0, 20.0, 2.1370089585834024),
        (0.05, 3.0, 8.0, 0.11305517703415201),
        (0.95, 9.0, 10.0, 3.0203829470213744),
    ] {
        alike(f_quantile(p, nu1, nu2), exact, 2e-14);
    }
    for (p, exact) in [
        (0.75, 0.67448975019608174),
        (0.975, 1.9599639845400539),
        (0.625, 0.31863936396437516),
        (1e-10, -6.3613409024040562),
        (0.01, -2.3263478740408411),
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
