//! The adaptive procedure of JCGM 101:2008, 7.9.

use heng_uncertainty::{
    Adaptive, AdaptiveSimulation, Correlations, Fault, Input, Model, numerical_tolerance, simulate_adaptively,
};

use crate::monte_carlo::{near, normal, uniform};

const ADAPTIVE: Adaptive = Adaptive { digits: 2, seed: 9, probability: 0.95, threads: 2, most: 100_000_000 };

fn adaptively(text: &str, inputs: &[Input], adaptive: &Adaptive) -> AdaptiveSimulation {
    simulate_adaptively(&Model::parse(text).unwrap(), inputs, &Correlations::none(), adaptive, &[]).unwrap()
}

/// JCGM 101:2008, 9.2.2, table 2. Published: u = 2.0 and ± 3.9 with δ = 0.05 (two digits of u).
#[test]
fn four_gaussian_inputs_are_stable_to_two_digits() {
    let inputs = ["a", "b", "c", "d"].map(|name| normal(name, 0.0, 1.0));
    let found = adaptively("y = a + b + c + d", &inputs, &ADAPTIVE);
    assert!(found.is_stable());
    assert_eq!(found.trials, found.sequences * found.trials_of_a_sequence);
    assert_eq!(found.trials_of_a_sequence, 10_000);
    let stability = &found.stabilities[0];
    assert_eq!(stability.numerical_tolerance, 0.05);
    assert!(stability.low <= 0.05 && stability.high <= 0.05 && stability.mean <= 0.05);
    // The stated figures are twice a standard deviation, so that three halves of them hold nearly always.
    near(found.outputs[0].mean.unwrap(), 0.0, 0.05);
    near(found.outputs[0].standard_uncertainty.unwrap(), 2.0, 0.05);
    near(found.outputs[0].symmetric.low, -3.919_927_969, 0.075);
    near(found.outputs[0].symmetric.high, 3.919_927_969, 0.075);
}

/// JCGM 101:2008, 9.3: exact u = 0.075 479 74, symmetric [1.084 433 299, 1.383 566 779]; two digits give δ = 0.0005.
#[test]
fn the_mass_calibration_takes_more_trials_for_more_digits() {
    let inputs = [
        normal("mr", 100_000.0, 0.05),
        normal("dm", 1.234, 0.02),
        uniform("air", 1.1, 1.3),
        uniform("w", 7_000.0, 9_000.0),
        uniform("r", 7_950.0, 8_050.0),
    ];
    let model = "y = (mr + dm)*(1 + (air - 1.2)*(1/w - 1/r)) - 100000";
    let fine = adaptively(model, &inputs, &ADAPTIVE);
    let coarse = adaptively(model, &inputs, &Adaptive { digits: 1, ..ADAPTIVE });
    assert!(fine.is_stable() && coarse.is_stable() && coarse.trials < fine.trials);
    assert_eq!((coarse.stabilities[0].numerical_tolerance, fine.stabilities[0].numerical_tolerance), (0.005, 0.0005));
    near(fine.outputs[0].mean.unwrap(), 1.234, 0.000_75);
    near(fine.outputs[0].standard_uncertainty.unwrap(), 0.075_479_74, 0.000_75);
    near(fine.outputs[0].symmetric.low, 1.084_433_299, 0.000_75);
    near(fine.outputs[0].symmetric.high, 1.383_566_779, 0.000_75);
}

/// As the trials grow fourfold, the stated figures halve: they are standard deviations of means.
#[test]
fn what_is_not_reached_is_said() {
    let inputs = [normal("a", 0.0, 1.0)];
    let impossible = |most| Adaptive { digits: 4, most, ..ADAPTIVE };
    let found = adaptively("y = a + 0", &inputs, &impossible(1_000_000));
    assert!(!found.is_stable());
    assert_eq!(found.trials, 1_000_000);
    let stability = &found.stabilities[0];
    assert_eq!(stability.numerical_tolerance, numerical_tolerance(found.outputs[0].standard_uncertainty.unwrap(), 4));
    near(stability.mean, 2.0 / 1_000.0, 0.000_6);
    let more = adaptively("y = a + 0", &inputs, &impossible(4_000_000));
    near(more.stabilities[0].mean / stability.mean, 0.5, 0.15);
}

#[test]
fn nothing_depends_on_the_number_of_threads() {
    let inputs = [normal("a", 0.010, 0.005), uniform("b", 0.0, 0.005)];
    let run = |threads| adaptively("y = a^2 + b^2", &inputs, &Adaptive { threads, ..ADAPTIVE });
    assert_eq!(run(1), run(2));
    assert_eq!(run(1), run(8));
}

#[test]
fn sequences_grow_with_the_coverage_probability() {
    let inputs = [normal("a", 0.0, 1.0)];
    let found = adaptively("y = a + 0", &inputs, &Adaptive { probability: 0.999, digits: 1, ..ADAPTIVE });
    assert_eq!(found.trials_of_a_sequence, 100_000);
    let fault = |adaptive: &Adaptive| {
        let model = Model::parse("y = a + 0").unwrap();
        simulate_adaptively(&model, &inputs, &Correlations::none(), adaptive, &[]).unwrap_err().fault
    };
    assert!(matches!(fault(&Adaptive { most: 15_000, ..ADAPTIVE }), Fault::Trials { least: 20_000, .. }));
    assert_eq!(fault(&Adaptive { probability: 0.999_999, ..ADAPTIVE }), Fault::Probability);
}

#[test]
fn a_result_that_does_not_vary_is_stable() {
    let found = adaptively("y = a - a + 1", &[normal("a", 0.0, 1.0)], &ADAPTIVE);
    assert!(found.is_stable());
    assert_eq!((found.outputs[0].mean.unwrap(), found.outputs[0].standard_uncertainty.unwrap()), (1.0, 0.0));
}

#[test]
fn trials_without_a_number_are_counted() {
    let found = adaptively("y = sqrt(x)", &[uniform("x", -1.0, 3.0)], &Adaptive { digits: 1, ..ADAPTIVE });
    let part = found.outputs[0].not_finite as f64 / found.trials as f64;
    near(part, 0.25, 0.01);
    assert_eq!(found.outputs[0].histogram.not_finite(), found.outputs[0].not_finite);
}
