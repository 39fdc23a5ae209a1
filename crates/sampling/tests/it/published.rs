//! Figures that books and tables print, digit by digit.

use heng_sampling::hypergeometric::{cumulative, probability};
use heng_sampling::number::Distribution;
use heng_sampling::plan::failing_at;
use heng_sampling::proportion::binomial_cumulative;
use heng_sampling::{Plan, Proportion};

fn near(found: f64, printed: f64, half_digit: f64) {
    assert!((found - printed).abs() <= half_digit, "{found} is not {printed}");
}

#[test]
fn intervals_of_clopper_and_pearson_are_those_of_newcombe_s_table() {
    // R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 5.
    for (count, of, low, high) in
        [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)]
    {
        let found = Proportion::of(count, of);
        near(found.low, low, 5e-5);
        near(found.high, high, 5e-5);
    }
    // The rule of three has its exact form: 1 − (α/2)^(1/n).
    near(Proportion::of(0, 10).high, 1.0 - 0.025_f64.powf(0.1), 1e-14);
    let all = Proportion::of(10, 10);
    assert_eq!((all.share, all.high), (Some(1.0), 1.0));
    let none = Proportion::of(0, 0);
    assert_eq!((none.share, none.low, none.high), (None, 0.0, 1.0));
}

#[test]
fn the_curve_of_eighty_nine_and_two_is_montgomery_s() {
    // D. C. Montgomery, Introduction to Statistical Quality Control, single sampling, n = 89, c = 2, type B.
    for (share, printed) in [
        (0.005, 0.9897),
        (0.01, 0.9397),
        (0.02, 0.7366),
        (0.03, 0.4985),
        (0.04, 0.3042),
        (0.05, 0.1721),
        (0.06, 0.0919),
        (0.07, 0.0468),
        (0.08, 0.0230),
        (0.09, 0.0109),
    ] {
        near(binomial_cumulative(2, 89, share), printed, 5.1e-5);
    }
    // n = 50, c = 1 at 1 % and 5 %.
    near(binomial_cumulative(1, 50, 0.01), 0.9106, 5e-5);
    near(binomial_cumulative(1, 50, 0.05), 0.2794, 5e-5);
}

#[test]
fn hands_and_lotteries_are_as_they_are_counted() {
    // Aces in a hand of five of 52 cards: C(4, x) C(48, 5 − x)/2 598 960.
    for (aces, hands) in [(0, 1_712_304.0), (1, 778_320.0), (2, 103_776.0), (3, 4_512.0), (4, 48.0)] {
        near(probability(aces, 52, 4, 5), hands / 2_598_960.0, 1e-14);
    }
    near(probability(6, 49, 6, 6) * 13_983_816.0, 1.0, 1e-12);
    near(probability(3, 49, 6, 6) * 13_983_816.0, 246_820.0, 1e-7);
    assert_eq!(probability(5, 52, 4, 5), 0.0);
    assert!(probability(1, 5, 6, 2).is_nan());
    near(cumulative(4, 52, 4, 5), 1.0, 0.0);
}

#[test]
fn acceptance_is_the_exact_rational_number() {
    // Sums of C(D, k) C(N − D, n − k)/C(N, n) with rational arithmetic.
    for (lot, sample, accept, failing, exact) in [
        (1_000, 80, 1, 50, 0.077_459_040_442_256_07),
        (500, 50, 0, 25, 0.066_999_414_050_646_01),
        (3_200, 125, 3, 160, 0.118_851_067_216_889_72),
        (20, 5, 1, 4, 0.751_289_989_680_082_5),
    ] {
        let found = Plan { sample, accept }.acceptance(lot, failing);
        assert!((found / exact - 1.0).abs() < 1e-12, "{found} is not {exact}");
    }
}

#[test]
fn independent_units_add_up_as_by_hand() {
    let three = Distribution::of_independent([0.1, 0.2, 0.3]);
    for (number, exact) in [(0, 0.504), (1, 0.398), (2, 0.092), (3, 0.006), (4, 0.0)] {
        near(three.probability(number), exact, 1e-15);
    }
    near(three.mean(), 0.6, 1e-15);
    near(three.at_least(2), 0.098, 1e-15);
    near(three.at_most(1), 0.902, 1e-15);
    // The rule of succession: with a uniform prior every number is as probable as any other.
    let uniform = Distribution::beta_binomial(9, 1.0, 1.0);
    for number in 0..=9 {
        near(uniform.probability(number), 0.1, 1e-14);
    }
}

#[test]
fn a_quality_counts_whole_units() {
    assert_eq!(failing_at(20, 0.05), 1, "one of twenty is five percent");
    assert_eq!(failing_at(1_000, 0.05), 50);
    assert_eq!(failing_at(90, 0.0315), 3);
    assert_eq!(failing_at(0, 0.05), 0);
}

#[test]
fn computed_plans_are_the_smallest_that_keep_the_risk() {
    for (lot, quality, risk, accept) in [(500, 0.05, 0.1, 0), (1_200, 0.05, 0.1, 1), (10_000, 0.02, 0.05, 3)] {
        let plan = Plan::smallest(lot, quality, risk, accept).unwrap();
        assert!(plan.consumer_risk(lot, quality) <= risk);
        let smaller = Plan { sample: plan.sample - 1, accept };
        assert!(smaller.consumer_risk(lot, quality) > risk, "{plan:?}");
    }
    assert_eq!(Plan::smallest(100, 0.05, 0.1, 5), None, "five of a hundred are within the whole lot's allowance");
    let plan = Plan::between(2_000, (0.05, 0.1), (0.01, 0.05)).unwrap();
    assert!(plan.consumer_risk(2_000, 0.05) <= 0.1 && plan.acceptance(2_000, 20) >= 0.95);
    let good = plan.still_accepted(2_000, 0.95);
    assert!(plan.acceptance(2_000, good) >= 0.95 && plan.acceptance(2_000, good + 1) < 0.95);
    let curve = plan.characteristic(2_000);
    assert_eq!(curve.points[0].acceptance, 1.0);
    assert!(curve.points.windows(2).all(|pair| pair[0].acceptance >= pair[1].acceptance));
    assert!(curve.points.last().unwrap().acceptance < 1e-3);
}
