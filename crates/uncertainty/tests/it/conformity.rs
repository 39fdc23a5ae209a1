//! Conformance probabilities of JCGM 106:2012 and ILAC-G8:09/2019.

use heng_quantity::Unit;
use heng_uncertainty::{Correlations, Input, Model, ToleranceInterval, Trials, simulate_within};

fn near(ours: f64, expected: f64) {
    assert!((ours - expected).abs() < 1e-9, "ours {ours}, expected {expected}");
}

/// JCGM 106:2012, clause 7, example of a Zener diode: y = −5.47 V, u = 0.05 V, upper limit −5.40 V. Published: 0.92.
#[test]
fn one_upper_limit() {
    let limit = ToleranceInterval { upper: Some(-5.40), lower: None };
    near(limit.conformance_probability(-5.47, 0.05), 0.919_243_340_8);
}

/// JCGM 106:2012, clause 7, example of a motor oil: y = 13.6, u = 1.8, from 12.5 to 16.3. Published: 0.66.
#[test]
fn two_limits() {
    let limits = ToleranceInterval { lower: Some(12.5), upper: Some(16.3) };
    near(limits.conformance_probability(13.6, 1.8), 0.662_629_786_5);
}

/// ILAC-G8:09/2019: the specific risk at the acceptance limit with guard bands of 0, 1.645 u and 2 u. Published: 50 %, 5 %, 2.5 %.
#[test]
fn specific_risk_at_the_acceptance_limit() {
    let limit = ToleranceInterval { upper: Some(10.0), lower: None };
    for (guard, risk) in [(0.0, 0.5), (1.645, 0.049_984_905_54), (2.0, 0.022_750_131_95)] {
        near(1.0 - limit.conformance_probability(10.0 - guard * 0.3, 0.3), risk);
    }
}

#[test]
fn without_uncertainty_the_limits_belong_to_the_interval() {
    let limits = ToleranceInterval { lower: Some(-1.0), upper: Some(1.0) };
    for (value, probability) in [(-1.0, 1.0), (1.0, 1.0), (0.0, 1.0), (1.1, 0.0), (-1.1, 0.0)] {
        assert_eq!(limits.conformance_probability(value, 0.0), probability);
    }
    assert_eq!(ToleranceInterval::default().conformance_probability(3.0, 1.0), 1.0);
}

/// The motor oil again by counting: within four standard deviations of a count, both where all trials are kept and in bins.
#[test]
fn counted_trials_conform_as_often_as_the_normal_distribution_says() {
    let limits = ToleranceInterval { lower: Some(12.5), upper: Some(16.3) };
    let model = Model::parse("y = x").unwrap();
    let inputs = [Input::standard("x", 13.6, Unit::one(), 1.8, f64::INFINITY)];
    for count in [1_000_000, 10_000_000] {
        let trials = Trials { count, seed: 3, probability: 0.95, threads: 2 };
        let tolerances = [("y".to_owned(), limits)];
        let results = simulate_within(&model, &inputs, &Correlations::none(), &trials, &tolerances).unwrap();
        let expected = 0.662_629_786_5;
        let scatter = (expected * (1.0 - expected) / count as f64).sqrt();
        let ours = results[0].conformance_probability.unwrap();
        assert!((ours - expected).abs() < 4.0 * scatter, "ours {ours}, expected {expected}");
    }
}
