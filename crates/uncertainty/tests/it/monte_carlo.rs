//! Monte Carlo against the exact results of published examples.

use heng_quantity::Unit;
use heng_uncertainty::{
    EvaluationError, Input, Interval, Model, Shape, Simulation, Trials, Validation, numerical_tolerance, simulate,
};

const TRIALS: Trials = Trials { count: 1_000_000, seed: 101, probability: 0.95, threads: 2 };

fn shaped(name: &str, estimate: f64, shape: Shape) -> Input {
    Input { name: name.to_owned(), estimate, unit: Unit::one(), shape, degrees_of_freedom: f64::INFINITY }
}

fn normal(name: &str, estimate: f64, standard_uncertainty: f64) -> Input {
    shaped(name, estimate, Shape::Normal { standard_uncertainty })
}

fn uniform(name: &str, low: f64, high: f64) -> Input {
    shaped(name, (low + high) / 2.0, Shape::Uniform { half_width: (high - low) / 2.0 })
}

fn simulated(model: &str, inputs: &[Input], trials: &Trials) -> Result<Simulation, EvaluationError> {
    simulate(&Model::parse(model).unwrap(), inputs, trials).map(|outputs| outputs[0].clone())
}

fn near(ours: f64, expected: f64, tolerance: f64) {
    assert!((ours - expected).abs() <= tolerance, "ours {ours}, expected {expected} ± {tolerance}");
}

/// JCGM 101:2008, 9.2.2, table 2. Published: u = 2.00, ±3.92.
#[test]
fn four_gaussian_inputs() {
    let inputs = ["a", "b", "c", "d"].map(|name| normal(name, 0.0, 1.0));
    let found = simulated("y = a + b + c + d", &inputs, &TRIALS).unwrap();
    near(found.mean, 0.0, 0.008);
    near(found.standard_uncertainty, 2.0, 0.0057);
    near(found.symmetric.low, -3.919_927_969, 0.022);
    near(found.symmetric.high, 3.919_927_969, 0.022);
    assert!(found.shortest.high - found.shortest.low <= found.symmetric.high - found.symmetric.low);
}

/// JCGM 101:2008, 9.2.3, table 3. Published: ±3.88; exact: ±3.879 406 741.
#[test]
fn four_rectangular_inputs() {
    let root = 3.0_f64.sqrt();
    let inputs = ["a", "b", "c", "d"].map(|name| uniform(name, -root, root));
    let found = simulated("y = a + b + c + d", &inputs, &TRIALS).unwrap();
    near(found.standard_uncertainty, 2.0, 0.0057);
    near(found.symmetric.low, -3.879_406_741, 0.018);
    near(found.symmetric.high, 3.879_406_741, 0.018);
}

/// JCGM 101:2008, 9.3. Published: 1.2341, u = 0.0754, [1.0834, 1.3825]; exact: 1.234, 0.075 479 74, width 0.299 133 48.
#[test]
fn mass_calibration() {
    let inputs = [
        normal("mr", 100_000.0, 0.05),
        normal("dm", 1.234, 0.02),
        uniform("air", 1.1, 1.3),
        uniform("w", 7_000.0, 9_000.0),
        uniform("r", 7_950.0, 8_050.0),
    ];
    let found = simulated("y = (mr + dm)*(1 + (air - 1.2)*(1/w - 1/r)) - 100000", &inputs, &TRIALS).unwrap();
    near(found.mean, 1.234, 0.000_31);
    near(found.standard_uncertainty, 0.075_479_74, 0.000_22);
    near(found.shortest.high - found.shortest.low, 0.299_133_48, 0.000_6);
}

/// JCGM 101:2008, 9.4.2 with r = 0. Published and exact: 150 × 10⁻⁶, u = 112 × 10⁻⁶, shortest [0, 366] × 10⁻⁶.
#[test]
fn comparison_loss() {
    let inputs = [normal("a", 0.010, 0.005), normal("b", 0.0, 0.005)];
    let found = simulated("y = a^2 + b^2", &inputs, &TRIALS).unwrap();
    near(found.mean, 150e-6, 0.45e-6);
    near(found.standard_uncertainty, 111.803_398_9e-6, 0.8e-6);
    near(found.shortest.low, 0.0, 1e-6);
    near(found.shortest.high, 366.005_289_7e-6, 3e-6);
}

/// NPL DEM-ES-011, 9.2. Exact: −0.664 900 292 9, u = 0.606 226 697 4, shortest [ln 0.15, ln 1.1].
#[test]
fn logarithm_of_a_rectangular_input() {
    let found = simulated("y = ln(x)", &[uniform("x", 0.1, 1.1)], &TRIALS).unwrap();
    near(found.mean, -0.664_900_292_9, 0.002_5);
    near(found.standard_uncertainty, 0.606_226_697_4, 0.002);
    near(found.shortest.low, -1.897_119_985, 0.008);
    near(found.shortest.high, 0.095_310_179_8, 0.002);
    near(found.symmetric.low, -2.079_441_542, 0.006);
    near(found.symmetric.high, 0.072_320_661_58, 0.002);
}

/// JCGM 101:2008, 6.4: variances a²/6, a²/2 and, for t with ν = 18 and scale s, s² · 18/16.
#[test]
fn each_distribution_has_its_variance() {
    let mut student = normal("x", 5.0, 2.0);
    student.degrees_of_freedom = 18.0;
    let inputs = [
        (shaped("x", 5.0, Shape::Triangular { half_width: 1.0 }), (1.0_f64 / 6.0).sqrt()),
        (shaped("x", 5.0, Shape::Arcsine { half_width: 1.0 }), 0.5_f64.sqrt()),
        (student, 2.0 * (18.0_f64 / 16.0).sqrt()),
    ];
    for (input, expected) in inputs {
        let found = simulated("y = x + 0", &[input], &TRIALS).unwrap();
        near(found.mean, 5.0, 0.004 * expected);
        near(found.standard_uncertainty, expected, 0.004 * expected);
    }
}

#[test]
fn a_seed_gives_the_same_bits_for_any_number_of_threads() {
    let inputs = [normal("a", 0.010, 0.005), uniform("b", 0.0, 0.005)];
    let run = |seed, threads| {
        let trials = Trials { count: 100_500, seed, threads, ..TRIALS };
        simulated("y = a^2 + b^2", &inputs, &trials).unwrap()
    };
    let one = run(7, 1);
    assert_eq!(one, run(7, 2));
    assert_eq!(one, run(7, 8));
    assert_ne!(one, run(8, 1));
}

#[test]
fn trials_without_a_number_are_counted() {
    let trials = Trials { count: 100_000, ..TRIALS };
    let found = simulated("y = sqrt(x)", &[uniform("x", -1.0, 3.0)], &trials).unwrap();
    near(found.not_finite as f64, 25_000.0, 600.0);
    assert!(simulated("y = sqrt(x)", &[uniform("x", -3.0, -1.0)], &trials).is_err());
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let refused = |input: Input, trials: Trials| assert!(simulated("y = x + 0", &[input], &trials).is_err());
    refused(normal("x", 0.0, -1.0), TRIALS);
    refused(normal("x", 0.0, f64::NAN), TRIALS);
    refused(normal("x", 0.0, 1.0), Trials { count: 10, ..TRIALS });
    refused(normal("x", 0.0, 1.0), Trials { probability: 1.0, ..TRIALS });
}

/// JCGM 101:2008, 7.9.2, examples: u = 0.000 35 of two digits gives 0.5 × 10⁻⁵, u = 2 of one digit gives 0.5.
#[test]
fn numerical_tolerance_of_the_supplement() {
    assert_eq!(numerical_tolerance(0.000_35, 2), 0.5e-5);
    assert_eq!(numerical_tolerance(2.0, 1), 0.5);
    assert!(numerical_tolerance(0.0, 1).is_nan());
}

/// JCGM 101:2008, 9.3: first order is not validated (|d| = 0.044, δ = 0.005); second order is with one digit, not with two (|d| = 0.0026).
#[test]
fn linear_result_of_the_mass_calibration_is_not_validated() {
    let exact = Interval { low: 1.084_433_267, high: 1.383_566_747 };
    let first = Interval { low: 1.128_452_709, high: 1.339_547_291 };
    let second = Interval { low: 1.087_074_291, high: 1.380_925_709 };
    let of_first = Validation::of(first, 0.053_851_648_07, exact, 1);
    near(of_first.low_difference, 0.044, 0.000_1);
    assert_eq!(of_first.tolerance, 0.005);
    assert!(!of_first.is_validated());
    assert!(Validation::of(second, 0.074_963_473_85, exact, 1).is_validated());
    assert!(!Validation::of(second, 0.074_963_473_85, exact, 2).is_validated());
}
