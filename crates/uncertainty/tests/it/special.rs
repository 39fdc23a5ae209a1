//! Distribution functions against values of fifty digits, published tables and identities.

use heng_uncertainty::special::{beta, chi_squared, fisher, gamma, normal};
use heng_uncertainty::student;
use proptest::prelude::*;

fn close(what: &str, ours: f64, expected: f64) {
    // What a tail of 10⁻³⁰ loses to its logarithm grows with it.
    let relative = 2e-14 * (1.0_f64).max(expected.abs().ln().abs() / 70.0);
    assert!((ours - expected).abs() <= relative * expected.abs(), "{what}: ours {ours:e}, expected {expected:e}");
}

const GAMMA: [(f64, f64, f64, f64); 19] = [
    (0.5, 0.125, 3.8292492254802621e-1, 6.1707507745197379e-1),
    (0.5, 8.0, 9.9993665751633376e-1, 6.3342483666239843e-5),
    (0.5, 400.0, 1.0, 5.3958656116079009e-176),
    (0.01, 0.25, 9.8955158177300511e-1, 1.0448418226994892e-2),
    (0.01, 5.0, 9.9998824648058725e-1, 1.1753519412750849e-5),
    (1.0, 1e-12, 9.9999999999949998e-13, 9.99999999999e-1),
    (4.0, 8.0, 9.57619888008316e-1, 4.2380111991683996e-2),
    (4.0, 60.0, 1.0, 3.3153025398645296e-22),
    (4.0, 1e-05, 4.1666333334722232e-22, 1.0),
    (20.0, 19.5, 4.8485574668593732e-1, 5.1514425331406268e-1),
    (20.0, 90.0, 1.0, 1.1492512409480211e-19),
    (100.0, 40.0, 1.2062542053086513e-15, 9.9999999999999879e-1),
    (100.0, 250.0, 1.0, 1.1737017704487874e-27),
    (1000.0, 1100.0, 9.9894067674607002e-1, 1.0593232539299773e-3),
    (1000.0, 2500.0, 1.0, 2.6459820745442556e-256),
    (3000.0, 4000.0, 1.0, 7.2354364419373434e-62),
    (50000.0, 50500.0, 9.8713115962276633e-1, 1.286884037723367e-2),
    (200000.0, 201000.0, 9.8722872829062778e-1, 1.2771271709372219e-2),
    (10000000.0, 9990000.0, 7.801532152520487e-4, 9.9921984678474795e-1),
];
const BETA: [(f64, f64, f64, f64, f64); 11] = [
    (0.5, 0.5, 0.25, 3.3333333333333333e-1, 6.6666666666666667e-1),
    (2.0, 3.0, 0.5, 6.875e-1, 3.125e-1),
    (0.5, 50.0, 0.015625, 7.8935556033766098e-1, 2.1064443966233902e-1),
    (50.0, 0.5, 0.5, 9.9016889845941392e-17, 9.999999999999999e-1),
    (20.0, 30.0, 0.25, 1.0855728106240823e-2, 9.8914427189375918e-1),
    (20.0, 30.0, 0.75, 9.9999991355126939e-1, 8.6448730610132929e-8),
    (500.0, 500.0, 0.5625, 9.9996367396972202e-1, 3.6326030277984365e-5),
    (500.0, 0.5, 0.875, 7.1518785730069754e-31, 1.0),
    (5000.0, 3000.0, 0.609375, 2.0301627747581432e-3, 9.9796983722524186e-1),
    (0.001, 2.0, 0.5, 9.9980674653694775e-1, 1.9325346305225182e-4),
    (12.5, 4.5, 0.0009765625, 2.4644332593353635e-35, 1.0),
];
const NORMAL: [(f64, f64); 10] = [
    (-3.0, 9.9865010196836991e-1),
    (0.25, 4.0129367431707628e-1),
    (1.0, 1.5865525393145705e-1),
    (1.5, 6.6807201268858066e-2),
    (2.0, 2.2750131948179207e-2),
    (3.3, 4.8342414238377751e-4),
    (6.1, 5.3034232629488415e-10),
    (10.0, 7.6198530241605261e-24),
    (20.7, 1.7318518790197379e-95),
    (37.5, 4.6053530095819548e-308),
];
const NORMAL_QUANTILE: [(f64, f64); 8] = [
    (0.3, 5.2440051270804082e-1),
    (0.05, 1.6448536269514727),
    (0.025, 1.9599639845400542),
    (0.001, 3.0902323061678135),
    (1e-09, 5.9978070150076869),
    (1e-20, 9.2623400897984076),
    (1e-100, 2.1273453560965324e+1),
    (1e-300, 3.7047096299361199e+1),
];
const STUDENT: [(f64, f64, f64, f64); 12] = [
    (0.5, 1.0, 3.5241638234956673e-1, 2.5464790894703254e-1),
    (63.5, 1.0, 5.0123397862786443e-3, 7.8921437100053473e-5),
    (100000000.0, 1.0, 3.1830988618379066e-9, 3.1830988618379064e-17),
    (2.0, 2.5, 7.8695747878982993e-2, 6.7963490509794652e-2),
    (12.0, 5.0, 3.5447462585807613e-5, 1.4344488451246317e-5),
    (100000.0, 5.0, 9.4901672353943245e-25, 4.745083615663555e-29),
    (3.0, 50.0, 2.1008515935341236e-3, 5.8310605583565193e-3),
    (40.0, 50.0, 6.2062118921863528e-40, 7.5271968056453054e-40),
    (0.001, 9.0, 4.9961196516298663e-1, 3.8803469329679111e-1),
    (5.0, 1000.0, 3.3836281823243152e-7, 1.7120122333122448e-6),
    (30.0, 1000.0, 7.6873437220217411e-142, 1.2151341190135477e-140),
    (10000000000.0, 3.0, 1.1026577908435841e-30, 3.3079733725307523e-40),
];
const STUDENT_QUANTILE: [(f64, f64, f64); 6] = [
    (0.005, 16.0, 2.9207816224251),
    (0.025, 1.0, 1.2706204736174704e+1),
    (1e-10, 4.0, 4.1617514032960412e+2),
    (1e-50, 2.0, 7.0710678118654752e+24),
    (1e-08, 300.0, 5.7675801515750733),
    (0.4, 7.0, 2.6316686135202275e-1),
];
const CHI_SQUARED_QUANTILE: [(f64, f64, f64); 7] = [
    (0.95, 4.0, 9.4877290367811546),
    (0.95, 1.0, 3.8414588206941245),
    (0.05, 10.0, 3.9402991361190601),
    (0.99, 100.0, 1.3580672317102677e+2),
    (1e-06, 3.0, 2.4181048720124282e-4),
    (0.5, 7.0, 6.3458111955215175),
    (1e-12, 30.0, 2.1792731865592652),
];
const FISHER: [(f64, f64, f64, f64, f64, f64); 6] = [
    (2.25, 9.0, 40.0, 9.6168112926068331e-1, 3.8318870739316694e-2, 8.1018008820239151e-2),
    (50.0, 3.0, 12.0, 9.9999953118302404e-1, 4.6881697595999822e-7, 5.1796257041038601e-8),
    (10000.0, 2.0, 10.0, 9.9999999999999997e-1, 3.1171992050917846e-17, 1.5578206921997924e-20),
    (0.01, 5.0, 7.0, 4.5443184983153907e-5, 9.9995455681501685e-1, 1.122282747869578e-2),
    (1e-06, 4.0, 30.0, 2.1333301096325308e-12, 9.9999999999786667e-1, 4.2666569955671607e-6),
    (1.1, 200.0, 300.0, 7.728736711229193e-1, 2.271263288770807e-1, 2.1333802808026466),
];
const FISHER_QUANTILE: [(f64, f64, f64, f64); 5] = [
    (0.95, 9.0, 40.0, 2.1240292640166961),
    (0.975, 9.0, 40.0, 2.4519392170299259),
    (0.01, 3.0, 5.0, 3.5414425653480664e-2),
    (0.999, 1.0, 1.0, 4.0528406790284819e+5),
    (1e-09, 6.0, 8.0, 4.9152112123548518e-4),
];

#[test]
fn both_tails_of_the_gamma_distribution_keep_their_digits() {
    for (a, x, lower, upper) in GAMMA {
        close(&format!("P({a}, {x})"), gamma::lower(a, x), lower);
        close(&format!("Q({a}, {x})"), gamma::upper(a, x), upper);
    }
}

#[test]
fn both_tails_of_the_beta_distribution_keep_their_digits() {
    for (a, b, x, lower, upper) in BETA {
        close(&format!("I{x}({a}, {b})"), beta::lower(a, b, x), lower);
        close(&format!("1 - I{x}({a}, {b})"), beta::upper(a, b, x), upper);
        if (0.01..0.99).contains(&lower) {
            close(&format!("quantile({lower}, {a}, {b})"), beta::quantile(lower, a, b), x);
        }
    }
}

#[test]
fn the_tail_of_the_normal_distribution_keeps_its_digits() {
    for (z, survival) in NORMAL {
        close(&format!("1 - Φ({z})"), normal::survival(z), survival);
        assert_eq!(normal::survival(z), normal::cumulative(-z));
    }
    for (p, z) in NORMAL_QUANTILE {
        close(&format!("z({p})"), normal::upper_quantile(p), z);
        close(&format!("z({p})"), -normal::quantile(p), z);
    }
}

#[test]
fn the_tail_of_students_distribution_keeps_its_digits() {
    for (t, nu, survival, density) in STUDENT {
        close(&format!("P(T > {t}), ν = {nu}"), student::survival(t, nu), survival);
        close(&format!("density at {t}, ν = {nu}"), student::density(t, nu), density);
    }
    for (p, nu, t) in STUDENT_QUANTILE {
        close(&format!("t({p}, {nu})"), student::upper_quantile(p, nu), t);
    }
    close("density in the middle", student::density(0.0, 1.0), std::f64::consts::FRAC_1_PI);
    assert_eq!(student::quantile(0.5, 3.0), 0.0);
}

#[test]
fn chi_squared_and_f_have_the_quantiles_of_fifty_digits() {
    for (p, nu, x) in CHI_SQUARED_QUANTILE {
        close(&format!("χ²({p}, {nu})"), chi_squared::quantile(p, nu), x);
    }
    for (x, one, other, lower, upper, density) in FISHER {
        close(&format!("P(F ≤ {x}), {one}, {other}"), fisher::cumulative(x, one, other), lower);
        close(&format!("P(F > {x}), {one}, {other}"), fisher::survival(x, one, other), upper);
        close(&format!("density at {x}, {one}, {other}"), fisher::density(x, one, other), density);
    }
    for (p, one, other, x) in FISHER_QUANTILE {
        close(&format!("F({p}, {one}, {other})"), fisher::quantile(p, one, other), x);
    }
}

/// Abramowitz and Stegun, tables 26.8 (χ²) and 26.9 (F): published digits.
#[test]
fn printed_tables() {
    for (upper, nu, printed, half) in [
        (0.05, 1.0, 3.841_46, 5e-6),
        (0.01, 10.0, 23.2093, 5e-5),
        (0.995, 20.0, 7.433_84, 5e-6),
        (0.005, 30.0, 53.6720, 5e-5),
    ] {
        let ours = chi_squared::upper_quantile(upper, nu);
        assert!((ours - printed).abs() <= half, "ours {ours}, printed {printed}");
    }
    for (upper, one, other, printed) in
        [(0.05, 1.0, 1.0, 161.4), (0.05, 5.0, 10.0, 3.33), (0.01, 4.0, 12.0, 5.41), (0.05, 10.0, f64::INFINITY, 1.83)]
    {
        let ours = fisher::upper_quantile(upper, one, other);
        assert!((ours - printed).abs() <= 0.051_f64.min(printed * 0.002), "ours {ours}, printed {printed}");
    }
}

#[test]
fn what_is_outside_a_domain_is_no_number() {
    for nothing in [
        gamma::lower(0.0, 1.0),
        gamma::lower(1.0, f64::NAN),
        gamma::quantile(1.0, 2.0),
        gamma::quantile(0.5, f64::INFINITY),
        beta::lower(-1.0, 1.0, 0.5),
        beta::quantile(0.0, 1.0, 1.0),
        normal::quantile(0.0),
        normal::quantile(f64::NAN),
        chi_squared::quantile(0.5, 0.0),
        fisher::quantile(0.5, 0.0, 1.0),
        fisher::cumulative(1.0, f64::NAN, 1.0),
        student::cumulative(1.0, 0.0),
        student::density(1.0, f64::NAN),
    ] {
        assert!(nothing.is_nan(), "{nothing}");
    }
    assert_eq!((gamma::lower(2.0, 0.0), gamma::upper(2.0, f64::INFINITY)), (0.0, 0.0));
    assert_eq!((normal::density(f64::INFINITY), normal::survival(f64::INFINITY)), (0.0, 0.0));
}

proptest! {
    /// A quantile is the inverse of its distribution function, from either tail.
    #[test]
    fn quantiles_invert(exponent in -40.0..-0.31f64, nu in 0.3..400.0f64, other in 0.5..200.0f64) {
        let p = 10.0_f64.powf(exponent);
        let back = [
            student::survival(student::upper_quantile(p, nu), nu),
            normal::survival(normal::upper_quantile(p)),
            chi_squared::survival(chi_squared::upper_quantile(p, nu), nu),
            fisher::survival(fisher::upper_quantile(p, nu, other), nu, other),
        ];
        for back in back {
            prop_assert!((back / p - 1.0).abs() < 3e-12, "{p:e}: {back:e}");
        }
    }

    /// Γ: P(a, x) − P(a + 1, x) = xᵃe⁻ˣ/Γ(a + 1), that is the density of a + 1.
    #[test]
    fn the_recurrence_of_the_gamma_distribution(a in 0.05..300.0f64, ratio in 0.2..3.0f64) {
        let x = a * ratio;
        let left = gamma::upper(a + 1.0, x) - gamma::upper(a, x);
        prop_assert!((left - gamma::density(a + 1.0, x)).abs() < 1e-14);
    }

    /// Student's t squared is F with one degree of freedom.
    #[test]
    fn the_square_of_t_is_f(t in 0.01..50.0f64, nu in 0.5..500.0f64) {
        let (two_sided, f) = (2.0 * student::survival(t, nu), fisher::survival(t * t, 1.0, nu));
        prop_assert!((two_sided / f - 1.0).abs() < 1e-12, "{two_sided:e}, {f:e}");
    }
}
