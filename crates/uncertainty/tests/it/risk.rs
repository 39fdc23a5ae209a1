//! Global risks of JCGM 106:2012 and NCSLI RP-19, and guard bands solved for them.

use heng_uncertainty::conformity::characteristic::OperatingCharacteristic;
use heng_uncertainty::conformity::guard::{
    Guarding, guarding_of_conditional_consumers_risk, guarding_of_consumers_risk, guarding_of_specific_risk,
};
use heng_uncertainty::conformity::measured::{Measured, Sampled};
use heng_uncertainty::conformity::prior::Prior;
use heng_uncertainty::conformity::risk::GlobalRisk;
use heng_uncertainty::conformity::{AcceptanceInterval, ConformityError, ToleranceInterval};
use heng_uncertainty::special::normal;
use heng_uncertainty::student;
use proptest::prelude::*;

fn within(ours: f64, expected: f64, tolerance: f64) {
    assert!((ours - expected).abs() <= tolerance, "ours {ours:e}, expected {expected:e}");
}

fn limits(lower: impl Into<Option<f64>>, upper: impl Into<Option<f64>>) -> ToleranceInterval {
    ToleranceInterval { lower: lower.into(), upper: upper.into() }
}

fn standard_normal(u: f64, tolerance: ToleranceInterval) -> GlobalRisk {
    GlobalRisk { prior: Prior::Normal { mean: 0.0, standard_deviation: 1.0 }, standard_uncertainty: u, tolerance }
}

/// JCGM 106:2012, 9.5, the example of ball bearings with a gamma prior. Published: 4.2 % do not conform, R_C = 0.8 %, R_P = 1.7 %.
#[test]
fn ball_bearings() {
    let risk = GlobalRisk {
        prior: Prior::Gamma { shape: 4.0, scale: 0.25 },
        standard_uncertainty: 0.25,
        tolerance: limits(None, 2.0),
    };
    let risks = risk.risks(&AcceptanceInterval::simple(&risk.tolerance)).unwrap();
    within(risks.nonconforming, 0.042_380_111_99, 1e-11);
    within(risks.consumers_risk, 0.008_019_111_884_287_176, 1e-13);
    within(risks.producers_risk, 0.017_444_569_229_783_59, 1e-13);
    within(risks.accepted, 0.948_194_430_662_819_6, 1e-13);
}

/// NCSLI RP-19, table of risks at 4 : 1, in per cent.
#[test]
fn risks_at_four_to_one() {
    let tolerance = limits(-1.0, 1.0);
    for (in_tolerance, accepted_falsely, among_accepted, rejected_falsely) in
        [(0.60, 4.838_603_208, 8.260_081_91, 6.260_452_759), (0.95, 0.871_010_188_1, 0.923_897_630_6, 1.595_393_569)]
    {
        let prior = Prior::normal_of_conforming_part(&tolerance, 0.0, in_tolerance).unwrap();
        let risk = GlobalRisk { standard_uncertainty: prior.standard_deviation() / 4.0, prior, tolerance };
        let risks = risk.risks(&AcceptanceInterval::simple(&tolerance)).unwrap();
        within(100.0 * risks.consumers_risk, accepted_falsely, 1e-9);
        within(100.0 * risks.conditional_consumers_risk.unwrap(), among_accepted, 1e-8);
        within(100.0 * risks.producers_risk, rejected_falsely, 1e-9);
    }
}

/// Deaver: σ₀ = 1, limits ± 2, u = 1/4.
#[test]
fn deaver() {
    let risk = standard_normal(0.25, limits(-2.0, 2.0));
    let risks = risk.risks(&AcceptanceInterval::simple(&risk.tolerance)).unwrap();
    within(risks.consumers_risk, 0.008_006_084_834, 1e-12);
    within(risks.producers_risk, 0.014_850_884_21, 1e-11);
}

/// Against integrals of thirty digits: (prior, u, tolerance, acceptance, R_C, R_P, accepted).
#[test]
fn every_prior_agrees_with_quadrature_of_thirty_digits() {
    let interval = |lower: Option<f64>, upper: Option<f64>| AcceptanceInterval { lower, upper };
    let resistor = Prior::Normal { mean: 1500.0, standard_deviation: 0.12 };
    let uniform = Prior::Uniform { low: -1.0, high: 2.0 };
    let table = Prior::Table { places: vec![(-1.0, 0.0), (0.5, 0.5), (2.0, 1.0)] };
    let step = [0.005_554_364_700_633_854, 0.072_221_031_372_512_42, 0.433_333_333_328_121_4];
    let cases = [
        (
            resistor.clone(),
            0.04,
            limits(1499.8, 1500.2),
            interval(Some(1499.8), Some(1500.2)),
            [0.018_942_206_717_029_11, 0.037_207_800_178_057_75, 0.886_153_701_993_341_9],
        ),
        (
            resistor,
            0.04,
            limits(1499.8, 1500.2),
            interval(Some(1499.84), Some(1500.16)),
            [0.004_334_072_221_819_245, 0.114_656_578_408_258_1, 0.794_096_789_267_931_7],
        ),
        (
            uniform.clone(),
            0.1,
            limits(-1.0, 1.0),
            interval(None, Some(0.9)),
            [0.002_777_182_352_922_877, 0.036_110_515_686_256_21, 0.633_333_333_333_333_3],
        ),
        (uniform, 0.1, limits(-0.5, 1.0), interval(Some(-0.4), Some(0.9)), step),
        (table, 0.1, limits(-0.5, 1.0), interval(Some(-0.4), Some(0.9)), step),
        (
            Prior::Triangular { low: 0.0, mode: 1.0, high: 3.0 },
            0.2,
            limits(None, 2.0),
            interval(None, Some(1.9)),
            [0.011_788_842_100_498_34, 0.053_455_503_285_539_79, 0.791_666_672_148_291_9],
        ),
        (
            Prior::Lognormal { location: 0.1, scale: 0.5 },
            0.1,
            limits(0.4, 3.0),
            interval(Some(0.4), Some(2.8)),
            [0.006_121_317_733_398_859, 0.024_071_127_054_638_96, 0.938_102_381_612_850_7],
        ),
        (
            Prior::Gamma { shape: 0.5, scale: 2.0 },
            0.3,
            limits(None, 4.0),
            interval(None, Some(3.5)),
            [0.000_150_093_466_957_646_3, 0.017_104_685_403_040_71, 0.937_545_144_167_558_5],
        ),
        (
            Prior::Normal { mean: 0.0, standard_deviation: 1.0 },
            1e-6,
            limits(-2.0, 2.0),
            interval(Some(-2.0), Some(2.0)),
            [4.307_850_461_277_382e-8, 4.307_861_259_470_685e-8, 0.954_499_736_103_533_6],
        ),
    ];
    for (prior, standard_uncertainty, tolerance, acceptance, [consumers, producers, accepted]) in cases {
        let risk = GlobalRisk { prior, standard_uncertainty, tolerance };
        let risks = risk.risks(&acceptance).unwrap();
        within(risks.consumers_risk, consumers, 1e-12);
        within(risks.producers_risk, producers, 1e-12);
        within(risks.accepted, accepted, 1e-12);
        // What does not conform is accepted or rejected.
        let rejected = 1.0 - risks.accepted;
        within(rejected - risks.producers_risk + risks.consumers_risk, risks.nonconforming, 2e-12);
    }
}

#[test]
fn a_perfect_measurement_makes_no_mistake() {
    let risk = standard_normal(0.0, limits(-2.0, 1.0));
    let risks = risk.risks(&AcceptanceInterval::simple(&risk.tolerance)).unwrap();
    assert_eq!((risks.consumers_risk, risks.producers_risk), (0.0, 0.0));
    within(risks.accepted, 1.0 - risks.nonconforming, 1e-12);
}

/// ILAC-G8:09/2019, table 1: one limit, w = 1.645 u for 5 %.
#[test]
fn a_guard_band_for_a_specific_risk() {
    let measured = Measured::Normal { value: 3.0, standard_uncertainty: 0.2 };
    let solved = guarding_of_specific_risk(&limits(None, 10.0), &measured, 0.05).unwrap();
    let Guarding::Solved { upper_guard_band: Some(guard_band), risk, lower_guard_band: None, .. } = solved else {
        panic!("{solved:?}")
    };
    within(guard_band, 0.2 * 1.644_853_626_951_472_7, 1e-14);
    within(risk, 0.05, 1e-15);
    // A type A evaluation has wider tails: t95(4) = 2.13 one-sided.
    let few = Measured::Student { value: 3.0, standard_uncertainty: 0.2, degrees_of_freedom: 4.0 };
    let solved = guarding_of_specific_risk(&limits(2.0, None), &few, 0.05).unwrap();
    within(solved.acceptance().unwrap().lower.unwrap(), 2.0 + 0.2 * student::quantile(0.95, 4.0), 1e-13);
}

/// Twice the tail that a normal distribution has beyond 1.5 is more than 5 %: no value is that certain.
#[test]
fn where_the_tolerance_is_narrow_no_guard_band_is_wide_enough() {
    let measured = Measured::Normal { value: 0.4, standard_uncertainty: 1.0 };
    let guarding = guarding_of_specific_risk(&limits(-1.5, 1.5), &measured, 0.05).unwrap();
    let Guarding::Impossible { least_risk, at } = guarding else { panic!("{guarding:?}") };
    within(least_risk, 2.0 * normal::survival(1.5), 1e-15);
    assert_eq!(at, 0.0);
    let wider = guarding_of_specific_risk(&limits(-2.0, 2.0), &measured, 0.05).unwrap().acceptance().unwrap();
    let upper = wider.upper.unwrap();
    within(normal::survival(2.0 - upper) + normal::survival(2.0 + upper), 0.05, 1e-14);
    within(wider.lower.unwrap(), -upper, 1e-14);
}

#[test]
fn a_guard_band_for_a_global_risk() {
    let risk = standard_normal(0.25, limits(-2.0, 2.0));
    let solved = guarding_of_consumers_risk(&risk, 0.002).unwrap();
    let risks = risk.risks(&solved.acceptance().unwrap()).unwrap();
    within(risks.consumers_risk, 0.002, 1e-12);
    assert!(matches!(guarding_of_consumers_risk(&risk, 0.01).unwrap(), Guarding::NotNeeded { .. }));
    let one_sided = standard_normal(0.5, limits(None, 1.0));
    let solved = guarding_of_consumers_risk(&one_sided, 1e-4).unwrap();
    within(one_sided.risks(&solved.acceptance().unwrap()).unwrap().consumers_risk, 1e-4, 1e-12);
    let among = guarding_of_conditional_consumers_risk(&risk, 0.002).unwrap();
    let part = risk.risks(&among.acceptance().unwrap()).unwrap().conditional_consumers_risk.unwrap();
    within(part, 0.002, 1e-10);
}

/// A normal prior of variance 1 and u = 1 leave a variance of 1/2 about y/2: in the middle the risk is 2 Φ(−½ √2).
#[test]
fn no_guard_band_makes_a_bad_measurement_sure() {
    let risk = standard_normal(1.0, limits(-0.5, 0.5));
    let least = 2.0 * normal::survival(0.5 * 2.0_f64.sqrt());
    within(risk.nonconformance_given(0.0).unwrap(), least, 1e-12);
    let Guarding::Impossible { least_risk, at } = guarding_of_conditional_consumers_risk(&risk, 0.1).unwrap() else {
        panic!("a guard band was found")
    };
    within(least_risk, least, 1e-12);
    assert_eq!(at, 0.0);
}

#[test]
fn a_wider_guard_band_moves_risk_from_consumer_to_producer() {
    let risk = standard_normal(0.3, limits(-1.0, 2.0));
    let curve = risk.risks_over_guard_bands(&[-0.2, 0.0, 0.1, 0.3, 0.6]).unwrap();
    for ((_, one), (_, next)) in curve.iter().zip(curve.iter().skip(1)) {
        assert!(next.consumers_risk < one.consumers_risk && next.producers_risk > one.producers_risk);
    }
}

#[test]
fn risk_is_shared_at_the_acceptance_limit() {
    let upper = AcceptanceInterval { lower: None, upper: Some(3.0) };
    let curve = OperatingCharacteristic::between(&upper, 0.5, 1.0, 5.0, 5).unwrap();
    assert_eq!(curve.shared_risk, [3.0]);
    assert_eq!(curve.points[2].acceptance_probability, 0.5);
    within(curve.points[3].acceptance_probability, normal::survival(2.0), 1e-15);
    let both = AcceptanceInterval { lower: Some(-0.1), upper: Some(0.1) };
    assert!(OperatingCharacteristic::between(&both, 1.0, -1.0, 1.0, 3).unwrap().shared_risk.is_empty());
    let both = AcceptanceInterval { lower: Some(-1.0), upper: Some(1.0) };
    for at in OperatingCharacteristic::between(&both, 1.0, -1.0, 1.0, 3).unwrap().shared_risk {
        within(both.acceptance_probability(at, 1.0), 0.5, 1e-15);
    }
}

#[test]
fn risks_can_be_stored_with_their_question() {
    let risk = standard_normal(0.25, limits(None, 2.0));
    let risks = risk.risks(&AcceptanceInterval::simple(&risk.tolerance)).unwrap();
    let text = toml::to_string(&risks).unwrap();
    assert!(text.contains("distribution = \"normal\""), "{text}");
    assert_eq!(toml::from_str::<heng_uncertainty::conformity::risk::Risks>(&text).unwrap(), risks);
}

#[test]
fn bad_questions_have_no_answer() {
    let simple = |risk: &GlobalRisk| risk.risks(&AcceptanceInterval::simple(&risk.tolerance)).map(|_| ());
    let normal = standard_normal(0.25, limits(-2.0, 2.0));
    for (risk, error) in [
        (standard_normal(-1.0, limits(-2.0, 2.0)), ConformityError::Uncertainty),
        (standard_normal(f64::NAN, limits(-2.0, 2.0)), ConformityError::Uncertainty),
        (standard_normal(1.0, limits(None, None)), ConformityError::NoLimit),
        (standard_normal(1.0, limits(2.0, 1.0)), ConformityError::LimitsCross),
        (standard_normal(1.0, limits(f64::NAN, None)), ConformityError::NotFinite { what: "limit" }),
        (GlobalRisk { prior: Prior::Gamma { shape: 0.0, scale: 1.0 }, ..normal.clone() }, ConformityError::Prior),
        (GlobalRisk { prior: Prior::Uniform { low: 1.0, high: 1.0 }, ..normal.clone() }, ConformityError::Prior),
        (GlobalRisk { prior: Prior::Table { places: vec![(0.0, 0.0)] }, ..normal.clone() }, ConformityError::Table),
    ] {
        assert_eq!(simple(&risk), Err(error));
    }
    for target in [0.0, 1.0, f64::NAN] {
        assert!(guarding_of_consumers_risk(&normal, target).is_err());
    }
    assert!(Prior::normal_of_conforming_part(&limits(-1.0, 1.0), 2.0, 0.9).is_err());
    assert!(Prior::normal_of_conforming_part(&limits(None, 1.0), 0.0, 0.4).is_err());
    assert_eq!(Sampled::of_trials(vec![1.0, f64::NAN]), Err(ConformityError::Table));
    assert!(Sampled::of_quantiles(0.0, &[(0.0, 1.0), (1.0, 0.0)]).is_err());
}

/// The mean need not lie in the middle: the part within the limits is the one asked for.
#[test]
fn a_prior_from_the_part_that_conforms() {
    for (tolerance, mean, part) in
        [(limits(-1.0, 1.0), 0.3, 0.9), (limits(None, 5.0), 1.0, 0.99), (limits(0.0, 10.0), 1.0, 0.2)]
    {
        let prior = Prior::normal_of_conforming_part(&tolerance, mean, part).unwrap();
        within(1.0 - prior.nonconforming(&tolerance), part, 1e-14);
    }
    let half = Prior::normal_of_conforming_part(&limits(-1.0, 1.0), 0.0, 0.95).unwrap();
    within(half.standard_deviation(), 1.0 / normal::quantile(0.975), 1e-14);
}

proptest! {
    /// The same question in another unit and from another origin has the same risks.
    #[test]
    fn risks_know_no_unit(
        factor in 1e-6..1e6f64, shift in -100.0..100.0f64, u in 0.05..1.0f64, lower in -3.0..-0.1f64, w in -0.3..0.3f64,
    ) {
        let here = standard_normal(u, limits(lower, 1.5));
        let there = GlobalRisk {
            prior: Prior::Normal { mean: shift * factor, standard_deviation: factor },
            standard_uncertainty: u * factor,
            tolerance: limits((lower + shift) * factor, (1.5 + shift) * factor),
        };
        let one = here.risks(&AcceptanceInterval::guarded(&here.tolerance, w)).unwrap();
        let other = there.risks(&AcceptanceInterval::guarded(&there.tolerance, w * factor)).unwrap();
        prop_assert!((one.consumers_risk - other.consumers_risk).abs() < 1e-12);
        prop_assert!((one.producers_risk - other.producers_risk).abs() < 1e-12);
    }

    /// Normal prior and normal measurement: what is accepted is normal of variance 1 + u², in closed form.
    #[test]
    fn the_accepted_part_is_known_in_closed_form(u in 0.001..3.0f64, lower in -3.0..0.0f64, upper in 0.1..3.0f64) {
        let risk = standard_normal(u, limits(-1.0, 1.0));
        let accepted = risk.risks(&AcceptanceInterval { lower: Some(lower), upper: Some(upper) }).unwrap().accepted;
        let s = (1.0 + u * u).sqrt();
        let closed = normal::cumulative(upper / s) - normal::cumulative(lower / s);
        prop_assert!((accepted - closed).abs() < 1e-12, "{accepted} {closed}");
    }
}
