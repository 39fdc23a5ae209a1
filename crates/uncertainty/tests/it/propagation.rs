//! A model laid out once gives what it gives each time.

use heng_quantity::Unit;
use heng_uncertainty::{Correlations, Fault, Input, Known, Model, Propagation, evaluate_linear};
use proptest::prelude::*;

/// y = Σ sin(xᵢ) xᵢ₊₁, on whose digits GTC 1.5.1, uncertainties, METAS UncLib and metrolopy agree to thirteen places.
#[test]
fn a_chain_of_inputs_evaluated_again() {
    for (count, y, u, nu) in [
        (100, 90.120_372_355_840_25, 0.144_765_268_302_072_4, 1_185.237_192_457_121),
        (1_000, 1_439.070_739_226_591, 0.448_708_154_920_717_8, 9_790.609_144_652_18),
    ] {
        let terms: Vec<String> = (1..count).map(|i| format!("sin(x{})*x{i}", i - 1)).collect();
        let model = Model::parse(&format!("y = {}", terms.join(" + "))).unwrap();
        let input = |i: usize| {
            let (x, u, nu) = (1.0 + 1e-3 * i as f64, 0.01 + 1e-5 * i as f64, (5 + i % 20) as f64);
            Input::standard(&format!("x{i}"), x, Unit::one(), u, nu)
        };
        let inputs: Vec<Input> = (0..count).map(input).collect();
        let mut propagation = Propagation::new(&model, &inputs, &Correlations::none()).unwrap();
        let known: Vec<Known> = inputs.iter().map(Known::of).collect();
        for _ in 0..2 {
            let found = propagation.evaluate(&known).unwrap();
            let near = |ours: f64, expected: f64| assert!((ours / expected - 1.0).abs() < 1e-12, "{ours}, {expected}");
            near(found[0].value, y);
            near(found[0].standard_uncertainty, u);
            near(found[0].degrees_of_freedom, nu);
        }
    }
}

#[test]
fn what_no_quantity_can_have_is_refused_each_time() {
    let inputs = ["a", "b"].map(|name| Input::standard(name, 1.0, Unit::one(), 0.1, 5.0));
    let model = Model::parse("y = a*b").unwrap();
    let mut propagation = Propagation::new(&model, &inputs, &Correlations::none()).unwrap();
    let good = Known::of(&inputs[0]);
    let mut fault = |known: &[Known]| propagation.evaluate(known).unwrap_err().fault;
    assert_eq!(fault(&[good]), Fault::Missing { name: "b".to_owned(), nearest: Vec::new() });
    assert!(matches!(fault(&[good, good, good]), Fault::Missing { .. }));
    let refused = Fault::Uncertainty { name: "b".to_owned() };
    assert_eq!(fault(&[good, Known { standard_uncertainty: -0.1, ..good }]), refused);
    assert_eq!(fault(&[good, Known { standard_uncertainty: f64::NAN, ..good }]), refused);
    // Fewer than one degree of freedom: nothing was observed that would say how large u is.
    for degrees_of_freedom in [0.0, 0.99, f64::NAN] {
        assert_eq!(fault(&[good, Known { degrees_of_freedom, ..good }]), Fault::Degrees { name: "b".to_owned() });
    }
    let not_finite = Fault::NotFinite { operand: "a".to_owned() };
    assert_eq!(fault(&[Known { estimate: f64::INFINITY, ..good }, good]), not_finite);
    // And it still works afterwards.
    assert_eq!(propagation.evaluate(&[good, good]).unwrap()[0].value, 1.0);
}

proptest! {
    /// The same estimates, uncertainties, degrees of freedom, sensitivities and correlations as with budgets, whatever was evaluated before.
    #[test]
    fn it_agrees_with_the_budget(
        estimates in prop::array::uniform3(-3.0..3.0_f64),
        uncertainties in prop::array::uniform3(0.0..2.0_f64),
        r in -1.0..1.0_f64,
    ) {
        let model = Model::parse("y = a*b - exp(c/4)\nz = a + b - a").unwrap();
        let input = |(name, (x, u)): (&str, (f64, f64))| Input::standard(name, x, Unit::one(), u, 7.0);
        let inputs: Vec<Input> = ["a", "b", "c"].into_iter().zip(estimates.into_iter().zip(uncertainties)).map(input).collect();
        let correlations = Correlations::none().with("a", "c", r);
        let mut propagation = Propagation::new(&model, &inputs, &correlations).unwrap();
        let known: Vec<Known> = inputs.iter().map(Known::of).collect();
        propagation.evaluate(&[known[2], known[0], known[1]]).unwrap();
        let found = propagation.evaluate(&known).unwrap();
        let budget = evaluate_linear(&model, &inputs, &correlations).unwrap();
        for (place, (found, output)) in found.iter().zip(&budget.outputs).enumerate() {
            prop_assert_eq!(found, &output.estimate);
            let of_lines: Vec<f64> = output.budget.iter().map(|line| line.sensitivity).collect();
            prop_assert_eq!(propagation.sensitivities(place), of_lines.as_slice());
        }
        prop_assert_eq!(propagation.correlations(), budget.correlations);
        // z is b: what occurs twice with opposite signs has no part in it.
        prop_assert_eq!(found[1].standard_uncertainty, inputs[1].shape.standard_uncertainty());
    }
}
