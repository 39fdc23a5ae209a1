//! Decision rules of ILAC-G8:09/2019, JCGM 106:2012, ISO 14253-1 and JJF 1094, and capability.

use heng_uncertainty::conformity::capability::{
    process_capability, spread_index_interval, standard_deviation_of_true_values,
};
use heng_uncertainty::conformity::decision::{
    ConformityStatement, Decision, DecisionRule, GuardBand, NegligibleUncertainty, RuleKind,
};
use heng_uncertainty::conformity::measured::{Measured, Sampled};
use heng_uncertainty::conformity::{ConformityError, ToleranceInterval};
use heng_uncertainty::student;
use proptest::prelude::*;

const LIMITS: ToleranceInterval = ToleranceInterval { lower: Some(-1.0), upper: Some(1.0) };

fn normal(value: f64, standard_uncertainty: f64) -> Measured {
    Measured::Normal { value, standard_uncertainty }
}

fn expanded(kind: RuleKind) -> DecisionRule {
    DecisionRule::guarded(kind, GuardBand::Expanded { multiple: 1.0, coverage_factor: 2.0 })
}

fn statements(rule: DecisionRule, values: &[f64], u: f64) -> Vec<ConformityStatement> {
    values.iter().map(|value| rule.decision(&LIMITS, &normal(*value, u)).unwrap().statement).collect()
}

/// ILAC-G8:09/2019, figures 2 to 4, with U = 0.2: what each rule says on the way out.
#[test]
fn what_each_rule_says_on_the_way_out() {
    use ConformityStatement::{ConditionalFail, ConditionalPass, Fail, Pass, Undecided};
    let values = [0.0, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3];
    let says = |rule| statements(rule, &values, 0.1);
    assert_eq!(says(DecisionRule::simple()), [Pass, Pass, Pass, Pass, Fail, Fail, Fail]);
    assert_eq!(says(expanded(RuleKind::GuardedAcceptance)), [Pass, Pass, Fail, Fail, Fail, Fail, Fail]);
    assert_eq!(says(expanded(RuleKind::GuardedRejection)), [Pass, Pass, Pass, Pass, Pass, Pass, Fail]);
    assert_eq!(
        says(expanded(RuleKind::NonBinary)),
        [Pass, Pass, ConditionalPass, ConditionalPass, ConditionalFail, ConditionalFail, Fail]
    );
    assert_eq!(says(expanded(RuleKind::Proof)), [Pass, Pass, Undecided, Undecided, Undecided, Undecided, Fail]);
}

/// ILAC-G8:09/2019, table 1: w = U leaves a specific risk below 2.5 %, no guard band one of up to 50 %.
#[test]
fn the_specific_risk_of_a_statement() {
    let limit = ToleranceInterval { lower: None, upper: Some(10.0) };
    for (w, risk) in [(0.0, 0.5), (1.645, 0.049_984_905_54), (2.0, 0.022_750_131_95)] {
        let rule = DecisionRule::guarded(RuleKind::GuardedAcceptance, GuardBand::Width { width: w });
        let decision = rule.decision(&limit, &normal(10.0 - w, 1.0)).unwrap();
        assert_eq!(decision.statement, ConformityStatement::Pass);
        assert!((decision.specific_risk.unwrap() - risk).abs() < 1e-10);
    }
}

/// ILAC-G8:09/2019, table 1: w = 0.83 U is the rule of ISO 14253-1:2017 with a specific risk below 5 %. By the normal distribution 1.66 u.
#[test]
fn the_guard_band_of_iso_14253() {
    let limit = ToleranceInterval { lower: None, upper: Some(0.0) };
    let band = GuardBand::Expanded { multiple: 0.83, coverage_factor: 2.0 };
    let decision =
        DecisionRule::guarded(RuleKind::GuardedAcceptance, band).decision(&limit, &normal(-1.66, 1.0)).unwrap();
    assert_eq!(decision.statement, ConformityStatement::Pass);
    assert!((decision.specific_risk.unwrap() - 0.048_457_226_266_722_9).abs() < 1e-15);
}

/// JCGM 106:2012, 8.3.3, the speed limit of 100 km/h with u(v)/v = 2 %: at 107 km/h it was exceeded with at least 99.9 %.
#[test]
fn a_driver_is_fined_only_with_certainty() {
    let limit = ToleranceInterval { lower: None, upper: Some(100.0) };
    let rule = DecisionRule::guarded(RuleKind::GuardedRejection, GuardBand::Risk { target: 0.001 });
    let says = |speed: f64| rule.decision(&limit, &normal(speed, 0.02 * speed)).unwrap().statement;
    assert_eq!((says(106.0), says(107.0)), (ConformityStatement::Pass, ConformityStatement::Fail));
}

/// JJF 1094-2002, 5.3.1.4 to 5.3.1.6: with U ≤ MPEV/3 the limits themselves decide, else less U, beyond U, or undecided.
#[test]
fn a_small_uncertainty_is_left_out() {
    let third = NegligibleUncertainty { ratio: 1.0 / 3.0, coverage_factor: 2.0 };
    let rule = DecisionRule { negligible: Some(third), ..expanded(RuleKind::Proof) };
    assert_eq!(statements(rule, &[0.99, 1.01], 0.16), [ConformityStatement::Pass, ConformityStatement::Fail]);
    assert_eq!(
        statements(rule, &[0.5, 0.99, 1.01, 1.6], 0.2),
        [
            ConformityStatement::Pass,
            ConformityStatement::Undecided,
            ConformityStatement::Undecided,
            ConformityStatement::Fail
        ]
    );
    let one = ToleranceInterval { lower: None, upper: Some(1.0) };
    assert_eq!(rule.decision(&one, &normal(0.0, 0.1)).unwrap_err(), ConformityError::TwoLimitsNeeded);
}

#[test]
fn a_rule_that_accepts_nothing_says_so() {
    let wide = expanded(RuleKind::GuardedAcceptance).decision(&LIMITS, &normal(0.0, 0.6)).unwrap();
    assert_eq!((wide.statement, wide.acceptance), (ConformityStatement::NothingAcceptable, None));
    let rule = DecisionRule::guarded(RuleKind::GuardedAcceptance, GuardBand::Risk { target: 0.05 });
    let decision = rule.decision(&LIMITS, &normal(0.0, 0.6)).unwrap();
    assert_eq!(decision.statement, ConformityStatement::NothingAcceptable);
    assert!(decision.guarding.is_some());
    assert_eq!(rule.decision(&LIMITS, &normal(0.0, 0.4)).unwrap().statement, ConformityStatement::Pass);
}

#[test]
fn a_decision_can_be_stored_with_all_that_it_rests_on() {
    let rule = DecisionRule::guarded(RuleKind::NonBinary, GuardBand::Risk { target: 0.05 });
    let decision = rule.decision(&LIMITS, &normal(0.7, 0.1)).unwrap();
    let text = toml::to_string(&decision).unwrap();
    assert_eq!(toml::from_str::<Decision>(&text).unwrap(), decision);
}

/// Trials of a uniform distribution from 0 to 1 in a thousand steps, the same as a histogram and as two quantiles.
#[test]
fn a_sampled_distribution_is_what_it_was_sampled_from() {
    let trials: Vec<f64> = (0..1000).rev().map(|step| (f64::from(step) + 0.5) / 1000.0).collect();
    let limits = ToleranceInterval { lower: Some(0.1), upper: Some(0.7) };
    let histogram = Sampled::of_histogram(0.5, &[0.0, 0.25, 1.0], &[250, 750]).unwrap();
    for sampled in
        [Sampled::of_trials(trials).unwrap(), histogram, Sampled::of_quantiles(0.5, &[(0.0, 0.0), (1.0, 1.0)]).unwrap()]
    {
        let measured = Measured::Sampled(sampled);
        assert!((measured.conformance_probability(&limits) - 0.6).abs() < 1e-12);
        assert!((measured.standard_uncertainty() - 1.0 / 12.0_f64.sqrt()).abs() < 1e-6);
        // Ten per cent beyond the upper limit, moved: the estimate may be as high as 0.7 − 0.4.
        let upper = ToleranceInterval { lower: None, upper: Some(0.7) };
        let rule = DecisionRule::guarded(RuleKind::GuardedAcceptance, GuardBand::Risk { target: 0.1 });
        let acceptance = rule.decision(&upper, &measured).unwrap().acceptance.unwrap();
        assert!((acceptance.upper.unwrap() - 0.3).abs() < 1e-3, "{acceptance:?}");
    }
}

#[test]
fn a_value_that_was_drawn_at_the_limit_conforms() {
    let measured = Measured::Sampled(Sampled::of_trials(vec![1.0, 2.0, 3.0, 4.0]).unwrap());
    let limits = ToleranceInterval { lower: Some(2.0), upper: Some(3.0) };
    assert_eq!(measured.conformance_probability(&limits), 0.5);
}

#[test]
fn few_observations_make_a_decision_less_certain() {
    let few = Measured::Student { value: 0.5, standard_uncertainty: 0.2, degrees_of_freedom: 3.0 };
    let limit = ToleranceInterval { lower: None, upper: Some(1.0) };
    let risk = few.nonconformance_probability(&limit);
    assert_eq!(risk, student::survival(2.5, 3.0));
    assert!(risk > normal(0.5, 0.2).nonconformance_probability(&limit));
}

/// JCGM 106:2012, 7.6: C_m = T/(4u).
#[test]
fn the_capability_of_a_measurement() {
    assert_eq!(LIMITS.measurement_capability_index(0.125), Some(4.0));
    assert_eq!(LIMITS.test_uncertainty_ratio(0.25, 2.0), Some(2.0));
    assert_eq!(ToleranceInterval { lower: None, upper: Some(1.0) }.measurement_capability_index(0.1), None);
}

/// By hand: subgroups (9, 11), (10, 12): s_w² = (2 + 2)/2, x̄ = 10.5, s² = 5/3.
#[test]
fn the_capability_of_a_process() {
    let limits = ToleranceInterval { lower: Some(4.0), upper: Some(16.0) };
    let process = process_capability(&limits, &[&[9.0, 11.0], &[10.0, 12.0]]).unwrap();
    let near = |ours: f64, expected: f64| assert!((ours - expected).abs() < 1e-14, "{ours} {expected}");
    near(process.capability.spread.unwrap().value, 12.0 / (6.0 * 2.0_f64.sqrt()));
    near(process.capability.centred.value, 5.5 / (3.0 * 2.0_f64.sqrt()));
    near(process.performance.spread.unwrap().value, 12.0 / (6.0 * (5.0_f64 / 3.0).sqrt()));
    near(process.capability.spread.unwrap().standard_uncertainty, 2.0_f64.sqrt() / 2.0);
    assert_eq!((process.within_degrees_of_freedom, process.overall_degrees_of_freedom), (2.0, 3.0));
    // s²ν/σ² is χ²(ν): with ν = 2 the quantiles are −2 ln(1 − p).
    let (low, high) = spread_index_interval(1.0, 2.0, 0.9).unwrap();
    near(low, (-(0.95_f64.ln())).sqrt());
    near(high, (-(0.05_f64.ln())).sqrt());
    assert_eq!(process_capability(&limits, &[&[1.0], &[2.0]]).unwrap_err(), ConformityError::TooFew);
    assert_eq!(process_capability(&limits, &[&[1.0, 1.0]]).unwrap_err(), ConformityError::NoScatter);
    assert_eq!(standard_deviation_of_true_values(5.0, 3.0), Some(4.0));
    assert_eq!(standard_deviation_of_true_values(3.0, 3.0), None);
}

#[test]
fn bad_numbers_decide_nothing() {
    let rule = expanded(RuleKind::GuardedAcceptance);
    assert_eq!(
        rule.decision(&LIMITS, &normal(f64::NAN, 0.1)).unwrap_err(),
        ConformityError::NotFinite { what: "measured value" }
    );
    assert_eq!(rule.decision(&LIMITS, &normal(0.0, -0.1)).unwrap_err(), ConformityError::Uncertainty);
    let negative = DecisionRule::guarded(RuleKind::GuardedAcceptance, GuardBand::Width { width: -1.0 });
    assert_eq!(negative.decision(&LIMITS, &normal(0.0, 0.1)).unwrap_err(), ConformityError::GuardBand);
    let nothing = Measured::Student { value: 0.0, standard_uncertainty: 1.0, degrees_of_freedom: 0.0 };
    assert_eq!(rule.decision(&LIMITS, &nothing).unwrap_err(), ConformityError::DegreesOfFreedom);
}

proptest! {
    /// Whatever passes by a target risk has at most that risk, and what is just outside has more.
    #[test]
    fn a_solved_guard_band_keeps_its_promise(
        value in -2.0..2.0f64, u in 0.01..0.8f64, target in 0.001..0.4f64, nu in 1.0..50.0f64,
    ) {
        let rule = DecisionRule::guarded(RuleKind::GuardedAcceptance, GuardBand::Risk { target });
        let measured = Measured::Student { value, standard_uncertainty: u, degrees_of_freedom: nu };
        let decision = rule.decision(&LIMITS, &measured).unwrap();
        let risk = measured.nonconformance_probability(&LIMITS);
        match decision.statement {
            ConformityStatement::Pass => prop_assert!(risk <= target + 1e-12),
            _ => prop_assert!(risk >= target - 1e-12),
        }
    }
}
