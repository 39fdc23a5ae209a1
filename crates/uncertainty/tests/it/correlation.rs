//! Correlated inputs by both methods, and what no quantities can have.

use heng_quantity::Unit;
use heng_uncertainty::{Correlations, Fault, Input, Model, Shape, Trials, evaluate_linear, simulate};
use proptest::prelude::*;

use crate::monte_carlo::{TRIALS, near, normal, shaped, uniform};

/// JCGM 101:2008, 9.4, r = 0.9. By theory E = 150 × 10⁻⁶ and u² = 4s⁴(1 + r²) + 4x²s², u = 120.5 × 10⁻⁶.
#[test]
fn correlated_comparison_loss() {
    let model = Model::parse("y = a^2 + b^2").unwrap();
    let inputs = [normal("a", 0.010, 0.005), normal("b", 0.0, 0.005)];
    let found = simulate(&model, &inputs, &Correlations::none().with("a", "b", 0.9), &TRIALS).unwrap();
    near(found[0].mean.unwrap(), 150e-6, 0.5e-6);
    near(found[0].standard_uncertainty.unwrap(), 120.519_7e-6, 0.6e-6);
    let loose = simulate(&model, &inputs, &Correlations::none(), &TRIALS).unwrap();
    near(loose[0].standard_uncertainty.unwrap(), 111.803_4e-6, 0.6e-6);
}

/// JCGM 100:2008, H.2, with the means of table H.2 as jointly normal. Published: u(R) = 0.071, u(X) = 0.295, u(Z) = 0.236.
#[test]
fn resistance_and_reactance_by_trials() {
    let model = Model::parse("R = V/I*cos(phi)\nX = V/I*sin(phi)\nZ = V/I").unwrap();
    let inputs = [
        normal("V", 4.999, 0.003_209_361_307),
        normal("I", 0.019_661, 9.471_008_394e-6),
        normal("phi", 1.044_46, 7.520_638_271e-4),
    ];
    let correlations = Correlations::none().with("V", "I", -0.355_311_219_8).with("V", "phi", 0.857_624_210_8).with(
        "I",
        "phi",
        -0.645_111_217_7,
    );
    let found = simulate(&model, &inputs, &correlations, &TRIALS).unwrap();
    for (output, (value, u)) in found.iter().zip([
        (127.732_169_9, 0.071_071_407_4),
        (219.846_511_9, 0.295_581_677_4),
        (254.259_701_9, 0.236_336_130_1),
    ]) {
        near(output.mean.unwrap(), value, 0.005 * u);
        near(output.standard_uncertainty.unwrap(), u, 0.004 * u);
    }
}

#[test]
fn fully_correlated_inputs_move_as_one() {
    let model = Model::parse("y = a - b\nz = a + b").unwrap();
    let inputs = [normal("a", 1.0, 0.5), normal("b", 1.0, 0.5)];
    let together = Correlations::none().with("b", "a", 1.0);
    let found = simulate(&model, &inputs, &together, &Trials { count: 10_000, ..TRIALS }).unwrap();
    assert_eq!(found[0].standard_uncertainty.unwrap(), 0.0);
    near(found[1].standard_uncertainty.unwrap(), 1.0, 0.03);
    let linear = evaluate_linear(&model, &inputs, &together).unwrap();
    assert_eq!(linear.outputs[0].estimate.standard_uncertainty, 0.0);
}

fn faults(inputs: &[Input], correlations: &Correlations) -> [Option<Fault>; 2] {
    let model = Model::parse("y = a + b + c").unwrap();
    let trials = Trials { count: 1_000, ..TRIALS };
    [
        evaluate_linear(&model, inputs, correlations).err().map(|error| error.fault),
        simulate(&model, inputs, correlations, &trials).err().map(|error| error.fault),
    ]
}

#[test]
fn correlations_that_contradict_each_other_are_refused() {
    let inputs = ["a", "b", "c"].map(|name| normal(name, 0.0, 1.0));
    let impossible = Correlations::none().with("a", "b", 0.9).with("b", "c", 0.9).with("a", "c", -0.9);
    assert_eq!(
        faults(&inputs, &impossible),
        [Some(Fault::CorrelationsImpossible), Some(Fault::CorrelationsImpossible)]
    );
    let possible = Correlations::none().with("a", "b", 0.9).with("b", "c", 0.9).with("a", "c", 0.62);
    assert_eq!(faults(&inputs, &possible), [None, None]);
}

#[test]
fn pairs_that_are_none_are_refused() {
    let inputs = ["a", "b", "c"].map(|name| normal(name, 0.0, 1.0));
    for (first, second, r) in [("a", "b", 1.1), ("a", "b", f64::NAN), ("a", "a", 0.5), ("a", "d", 0.5)] {
        let expected = Some(Fault::Correlation { first: first.to_owned(), second: second.to_owned() });
        assert_eq!(faults(&inputs, &Correlations::none().with(first, second, r)), [expected.clone(), expected]);
    }
    let twice = Correlations::none().with("a", "b", 0.5).with("b", "a", 0.5);
    assert!(matches!(faults(&inputs, &twice), [Some(Fault::Correlation { .. }), Some(Fault::Correlation { .. })]));
}

#[test]
fn only_normal_inputs_are_drawn_together() {
    let expected = Fault::CorrelationNotSampled { first: "a".to_owned(), second: "b".to_owned() };
    let pair = Correlations::none().with("a", "b", 0.5);
    for other in [
        uniform("b", -1.0, 1.0),
        Input { degrees_of_freedom: 4.0, ..normal("b", 0.0, 1.0) },
        shaped("b", 0.0, Shape::Student { scale: 1.0, degrees_of_freedom: 5.0 }),
    ] {
        let inputs = [normal("a", 0.0, 1.0), other, normal("c", 0.0, 1.0)];
        assert_eq!(faults(&inputs, &pair), [None, Some(expected.clone())]);
        assert_eq!(faults(&inputs, &Correlations::none().with("a", "b", 0.0)), [None, None]);
    }
}

proptest! {
    /// Any vectors give a possible correlation matrix: that of their angles.
    #[test]
    fn what_is_possible_is_accepted(vectors in prop::collection::vec(prop::array::uniform3(-1.0_f64..1.0), 3)) {
        let length = |v: &[f64; 3]| (v[0] * v[0] + v[1] * v[1] + v[2] * v[2]).sqrt();
        prop_assume!(vectors.iter().all(|vector| length(vector) > 0.1));
        let r = |i: usize, j: usize| {
            let (v, w) = (&vectors[i], &vectors[j]);
            ((v[0] * w[0] + v[1] * w[1] + v[2] * w[2]) / length(v) / length(w)).clamp(-1.0, 1.0)
        };
        let inputs = ["a", "b", "c"].map(|name| normal(name, 0.0, 1.0));
        let correlations = Correlations::none().with("a", "b", r(0, 1)).with("b", "c", r(1, 2)).with("a", "c", r(0, 2));
        prop_assert_eq!(faults(&inputs, &correlations), [None, None]);
    }
}

/// Means of n = 8 simultaneous observations of two quantities: a multivariate t distribution of 8 − 2 = 6 degrees of freedom whose covariance matrix is
/// ν/(ν − 2) S/n with S = Σ (x − x̄)(x − x̄)ᵀ/ν (JCGM 102:2011, 5.3.2), so that each u² is that of type A times 7/6 · 6/4.
#[test]
fn means_of_simultaneous_observations_are_drawn_from_the_multivariate_t_distribution() {
    let x = [1.02, 0.98, 1.05, 0.99, 1.01, 0.97, 1.03, 1.00];
    let y = [2.03, 1.95, 2.08, 2.01, 2.00, 1.96, 2.07, 1.98];
    let of = |name: &str, observations: &[f64]| Input::of_observations(name, observations, Unit::one()).unwrap();
    let inputs = [of("x", &x), of("y", &y)];
    let correlations = Correlations::of_observations(&[("x", &x), ("y", &y)]).unwrap();
    let model = Model::parse("d = x - y\ns = x + y").unwrap();
    let linear = evaluate_linear(&model, &inputs, &correlations).unwrap();
    let found = simulate(&model, &inputs, &correlations, &Trials { count: 4_000_000, ..TRIALS }).unwrap();
    for (found, linear) in found.iter().zip(&linear.outputs) {
        let expected = linear.estimate.standard_uncertainty * (7.0_f64 / 6.0 * 6.0 / 4.0).sqrt();
        near(found.mean.unwrap(), linear.estimate.value, 0.003 * expected);
        near(found.standard_uncertainty.unwrap(), expected, 0.01 * expected);
        // A linear combination of a multivariate t distribution is t itself: quantile(0.975) = 2.447 for ν = 6.
        let scale = linear.estimate.standard_uncertainty * (7.0_f64 / 6.0).sqrt();
        near(found.symmetric.high - linear.estimate.value, 2.446_911_851 * scale, 0.012 * scale);
    }
}

/// Too few observations for so many quantities leave n − N = 0 degrees of freedom.
#[test]
fn as_many_quantities_as_observations_are_refused() {
    let inputs = ["a", "b", "c"].map(|name| Input { degrees_of_freedom: 2.0, ..normal(name, 0.0, 1.0) });
    let chain = Correlations::none().with("a", "b", 0.5).with("b", "c", 0.5);
    assert!(matches!(faults(&inputs, &chain), [None, Some(Fault::CorrelationNotSampled { .. })]));
    assert_eq!(faults(&inputs, &Correlations::none().with("a", "b", 0.5)), [None, None]);
}
