//! Monte Carlo against the exact results of published examples.

use heng_quantity::Unit;
use heng_uncertainty::{
    Correlations, EvaluationError, Input, Interval, Model, Shape, Simulation, Trials, Validation, numerical_tolerance,
    simulate,
};
use proptest::prelude::*;

pub const TRIALS: Trials = Trials { count: 1_000_000, seed: 101, probability: 0.95, threads: 2 };

/// Where P(Y > q) = 0.025 in the case of table 4, by integration over the sum of the three narrow inputs.
const DOMINATED: f64 = 17.015_814_098_928_164;

pub fn shaped(name: &str, estimate: f64, shape: Shape) -> Input {
    Input { name: name.to_owned(), estimate, unit: Unit::one(), shape, degrees_of_freedom: f64::INFINITY }
}

pub fn normal(name: &str, estimate: f64, standard_uncertainty: f64) -> Input {
    shaped(name, estimate, Shape::Normal { standard_uncertainty })
}

pub fn uniform(name: &str, low: f64, high: f64) -> Input {
    shaped(name, (low + high) / 2.0, Shape::Uniform { half_width: (high - low) / 2.0 })
}

fn simulated(model: &str, inputs: &[Input], trials: &Trials) -> Result<Simulation, EvaluationError> {
    simulate(&Model::parse(model).unwrap(), inputs, &Correlations::none(), trials).map(|outputs| outputs[0].clone())
}

pub fn near(ours: f64, expected: f64, tolerance: f64) {
    assert!((ours - expected).abs() <= tolerance, "ours {ours}, expected {expected} ± {tolerance}");
}

/// JCGM 101:2008, 9.2.2, table 2. Published: u = 2.00, ±3.92.
#[test]
fn four_gaussian_inputs() {
    let inputs = ["a", "b", "c", "d"].map(|name| normal(name, 0.0, 1.0));
    let found = simulated("y = a + b + c + d", &inputs, &TRIALS).unwrap();
    near(found.mean.unwrap(), 0.0, 0.008);
    near(found.standard_uncertainty.unwrap(), 2.0, 0.0057);
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
    near(found.standard_uncertainty.unwrap(), 2.0, 0.0057);
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
    near(found.mean.unwrap(), 1.234, 0.000_31);
    near(found.standard_uncertainty.unwrap(), 0.075_479_74, 0.000_22);
    near(found.shortest.high - found.shortest.low, 0.299_133_48, 0.000_6);
}

/// JCGM 101:2008, 9.4.2 with r = 0. Published and exact: 150 × 10⁻⁶, u = 112 × 10⁻⁶, shortest [0, 366] × 10⁻⁶.
#[test]
fn comparison_loss() {
    let inputs = [normal("a", 0.010, 0.005), normal("b", 0.0, 0.005)];
    let found = simulated("y = a^2 + b^2", &inputs, &TRIALS).unwrap();
    near(found.mean.unwrap(), 150e-6, 0.45e-6);
    near(found.standard_uncertainty.unwrap(), 111.803_398_9e-6, 0.8e-6);
    near(found.shortest.low, 0.0, 1e-6);
    near(found.shortest.high, 366.005_289_7e-6, 3e-6);
}

/// NPL DEM-ES-011, 9.2. Exact: −0.664 900 292 9, u = 0.606 226 697 4, shortest [ln 0.15, ln 1.1].
#[test]
fn logarithm_of_a_rectangular_input() {
    let found = simulated("y = ln(x)", &[uniform("x", 0.1, 1.1)], &TRIALS).unwrap();
    near(found.mean.unwrap(), -0.664_900_292_9, 0.002_5);
    near(found.standard_uncertainty.unwrap(), 0.606_226_697_4, 0.002);
    near(found.shortest.low, -1.897_119_985, 0.008);
    near(found.shortest.high, 0.095_310_179_8, 0.002);
    near(found.symmetric.low, -2.079_441_542, 0.006);
    near(found.symmetric.high, 0.072_320_661_58, 0.002);
}

/// JCGM 101:2008, 9.5: the gauge block. Published: 838 nm, u = 36 nm, 99 % from 745 nm to 932 nm; exact: 35.808 08, [744.348, 931.652].
#[test]
fn gauge_block() {
    let student = |name: &str, estimate, u, degrees_of_freedom| {
        Input::standard(name, estimate, Unit::one(), u, degrees_of_freedom)
    };
    let curved = |half_width, limit_half_width| Shape::CurvilinearTrapezoid { half_width, limit_half_width };
    let inputs = [
        student("ls", 50_000_623.0, 25.0, 18.0),
        student("d", 215.0, 6.0, 24.0),
        student("d1", 0.0, 4.0, 5.0),
        student("d2", 0.0, 7.0, 8.0),
        uniform("alphas", 9.5e-6, 13.5e-6),
        normal("t0", -0.1, 0.2),
        shaped("delta", 0.0, Shape::Arcsine { half_width: 0.5 }),
        shaped("dalpha", 0.0, curved(1.0e-6, 0.1e-6)),
        shaped("dt", 0.0, curved(0.050, 0.025)),
    ];
    let model = "y = ls + d + d1 + d2 - ls*(dalpha*(t0 + delta) + alphas*dt) - 50000000";
    let found = simulated(model, &inputs, &Trials { probability: 0.99, ..TRIALS }).unwrap();
    near(found.mean.unwrap(), 838.0, 0.15);
    near(found.standard_uncertainty.unwrap(), 35.808_078_6, 0.1);
    near(found.symmetric.low, 744.348, 0.8);
    near(found.symmetric.high, 931.652, 0.8);
}

/// JCGM 102:2011, 9.3: polar coordinates. Published for x₁ = 0.010, r = 0: 0.016, 0 with u = 0.008, 1.118.
#[test]
fn polar_coordinates() {
    for (x1, radius, u_radius, u_angle) in [
        (0.001, 0.012_564_454_66, 0.006_567_684_455, 1.744_127_245),
        (0.010, 0.015_485_724_61, 0.007_758_371_829, 1.117_546_869),
        (0.100, 0.100_501_269_4, 0.009_974_710_806, 0.100_512_661_2),
    ] {
        let model = Model::parse("r = sqrt(x1^2 + x2^2)\nphi = atan2(x2, x1)").unwrap();
        let inputs = [normal("x1", x1, 0.01), normal("x2", 0.0, 0.01)];
        let found = simulate(&model, &inputs, &Correlations::none(), &TRIALS).unwrap();
        near(found[0].mean.unwrap(), radius, 0.004 * u_radius);
        near(found[0].standard_uncertainty.unwrap(), u_radius, 0.004 * u_radius);
        near(found[1].mean.unwrap(), 0.0, 0.004 * u_angle);
        near(found[1].standard_uncertainty.unwrap(), u_angle, 0.004 * u_angle);
    }
}

/// JCGM 101:2008, 6.4: the variances of the distributions, by theory, by the law of propagation and by the trials.
#[test]
fn each_distribution_has_its_variance() {
    let mut student = normal("x", 5.0, 2.0);
    let inputs = [
        (shaped("x", 5.0, Shape::Triangular { half_width: 1.0 }), (1.0_f64 / 6.0).sqrt()),
        (shaped("x", 5.0, Shape::Arcsine { half_width: 1.0 }), 0.5_f64.sqrt()),
        (shaped("x", 5.0, Shape::Trapezoid { half_width: 2.0, top_ratio: 0.5 }), (4.0 * 1.25_f64 / 6.0).sqrt()),
        (
            shaped("x", 5.0, Shape::CurvilinearTrapezoid { half_width: 0.05, limit_half_width: 0.025 }),
            (0.1_f64 * 0.1 / 12.0 + 0.025 * 0.025 / 9.0).sqrt(),
        ),
        (shaped("x", 5.0, Shape::Student { scale: 2.0, degrees_of_freedom: 8.0 }), 2.0 * (8.0_f64 / 6.0).sqrt()),
        (shaped("x", 5.0, Shape::Exponential { mean: 5.0 }), 5.0),
        (shaped("x", 5.0, Shape::Gamma { shape: 4.0, scale: 1.25 }), 2.5),
        (shaped("x", 5.0, Shape::Gamma { shape: 0.5, scale: 10.0 }), 50.0_f64.sqrt()),
    ];
    for (input, expected) in inputs {
        near(input.shape.standard_uncertainty(), expected, 1e-12 * expected);
        let found = simulated("y = x + 0", &[input], &TRIALS).unwrap();
        near(found.mean.unwrap(), 5.0, 0.004 * expected);
        near(found.standard_uncertainty.unwrap(), expected, 0.006 * expected);
    }
    student.degrees_of_freedom = 18.0;
    let expected = 2.0 * (18.0_f64 / 16.0).sqrt();
    near(student.shape.standard_uncertainty(), 2.0, 0.0);
    let found = simulated("y = x + 0", &[student], &TRIALS).unwrap();
    near(found.standard_uncertainty.unwrap(), expected, 0.004 * expected);
}

/// Quantiles by theory: exponential −mean ln(1 − p); trapezoid and asymmetric rectangle by their areas.
#[test]
fn each_distribution_has_its_quantiles() {
    let exponential = simulated("y = x + 0", &[shaped("x", 3.0, Shape::Exponential { mean: 3.0 })], &TRIALS).unwrap();
    near(exponential.symmetric.low, 3.0 * 0.025_317_807_98, 0.002);
    near(exponential.symmetric.high, 3.0 * 3.688_879_454_1, 0.075);
    near(exponential.shortest.low, 0.0, 0.000_1);
    // Half-width 2, top ± 1: density 1/3 on the top, so that the lower 2.5 % end where (2 − |y|)² / 6 = 0.025.
    let shape = Shape::Trapezoid { half_width: 2.0, top_ratio: 0.5 };
    let trapezoid = simulated("y = x + 0", &[shaped("x", 0.0, shape)], &TRIALS).unwrap();
    near(trapezoid.symmetric.low, -2.0 + 0.15_f64.sqrt(), 0.005);
    let shape = Shape::AsymmetricUniform { below: 1.0, above: 3.0 };
    near(shape.standard_uncertainty(), 4.0 / 12.0_f64.sqrt(), 1e-12);
    let asymmetric = simulated("y = x + 0", &[shaped("x", 0.0, shape)], &TRIALS).unwrap();
    near(asymmetric.symmetric.low, -0.9, 0.003);
    near(asymmetric.symmetric.high, 2.9, 0.003);
    near(asymmetric.standard_uncertainty.unwrap(), shape.standard_uncertainty(), 0.003);
}

/// JCGM 101:2008, 9.2.4, table 4: three rectangular inputs with u = 1 and one with u = 10. Published: u = 10.1, ± 17.0; exact: √103, ± 17.0158.
#[test]
fn one_rectangular_input_that_dominates() {
    let root = 3.0_f64.sqrt();
    let mut inputs = ["a", "b", "c"].map(|name| uniform(name, -root, root)).to_vec();
    inputs.push(uniform("d", -10.0 * root, 10.0 * root));
    let found = simulated("y = a + b + c + d", &inputs, &TRIALS).unwrap();
    near(found.standard_uncertainty.unwrap(), 103.0_f64.sqrt(), 0.02);
    near(found.symmetric.low, -DOMINATED, 0.03);
    near(found.symmetric.high, DOMINATED, 0.03);
}

/// JCGM 101:2008, 9.4.2, r = 0, the two other estimates. Published and exact: 50, u = 50, [0, 150] and 2550, u = 502, all in 10⁻⁶.
#[test]
fn comparison_loss_at_zero_and_far_from_it() {
    let run = |x: f64| simulated("y = a^2 + b^2", &[normal("a", x, 0.005), normal("b", 0.0, 0.005)], &TRIALS).unwrap();
    let zero = run(0.0);
    near(zero.mean.unwrap(), 50e-6, 0.25e-6);
    near(zero.standard_uncertainty.unwrap(), 50e-6, 0.3e-6);
    near(zero.shortest.low, 0.0, 0.5e-6);
    // Exponential with mean 2s²: −2s² ln 0.05.
    near(zero.shortest.high, 149.786_613_7e-6, 1e-6);
    let far = run(0.050);
    near(far.mean.unwrap(), 2_550e-6, 2.5e-6);
    near(far.standard_uncertainty.unwrap(), 502.493_781_1e-6, 2e-6);
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
    let many = simulated("y = sqrt(x)", &[uniform("x", -1.0, 3.0)], &Trials { count: 2_400_000, ..TRIALS }).unwrap();
    near(many.not_finite as f64, 600_000.0, 3_000.0);
    assert_eq!(many.histogram.count() + many.not_finite, 2_400_000);
    // √x of a uniform x from 0 to 3 has the mean 2/3 · √3.
    near(many.mean.unwrap(), 2.0 / 3.0_f64.sqrt(), 0.001_5);
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

/// Beyond 2 × 10⁶ values the trials are counted in bins; the figures still are those of theory, for any number of threads.
#[test]
fn many_trials_are_counted_in_bins() {
    let inputs = [normal("a", 0.010, 0.005), normal("b", 0.0, 0.005)];
    let run = |threads| {
        let trials = Trials { count: 10_500_000, threads, ..TRIALS };
        simulated("y = a^2 + b^2", &inputs, &trials).unwrap()
    };
    let found = run(2);
    assert_eq!(found, run(3));
    near(found.mean.unwrap(), 150e-6, 0.15e-6);
    near(found.standard_uncertainty.unwrap(), 111.803_398_9e-6, 0.25e-6);
    near(found.shortest.low, 0.0, 0.05e-6);
    near(found.shortest.high, 366.005_289_7e-6, 1e-6);
}

/// The same trials but one, sorted and in bins: nothing a metrologist could see differs.
#[test]
fn bins_and_sorted_trials_agree() {
    let heavy = Input { degrees_of_freedom: 3.0, ..normal("c", 0.0, 1.0) };
    for (model, inputs) in [
        ("y = a + b", vec![normal("a", 3.0, 1.0), uniform("b", -1.0, 1.0)]),
        ("y = a^2 + b^2", vec![normal("a", 0.01, 0.005), normal("b", 0.0, 0.005)]),
        ("y = 1000000*a + c", vec![normal("a", 3.0, 1e-9), heavy]),
    ] {
        let run = |count| simulated(model, &inputs, &Trials { count, ..TRIALS }).unwrap();
        let (kept, counted) = (run(2_000_000), run(2_000_001));
        let tolerance = 3e-4 * kept.standard_uncertainty.unwrap();
        near(counted.mean.unwrap(), kept.mean.unwrap(), tolerance);
        near(counted.standard_uncertainty.unwrap(), kept.standard_uncertainty.unwrap(), tolerance);
        near(counted.symmetric.low, kept.symmetric.low, tolerance);
        near(counted.symmetric.high, kept.symmetric.high, tolerance);
        let width = |interval: Interval| interval.high - interval.low;
        near(width(counted.shortest), width(kept.shortest), 4.0 * tolerance);
    }
}

/// Multiplying by a power of two changes no digit, in the figures and in the bins.
#[test]
fn a_unit_four_times_as_small_gives_the_same_digits() {
    for count in [100_000, 2_100_000] {
        let run = |scale: f64| {
            let inputs = [normal("a", 0.010 * scale, 0.005 * scale), uniform("b", 0.0, 0.005 * scale)];
            simulated("y = a + 3*b", &inputs, &Trials { count, ..TRIALS }).unwrap()
        };
        let (one, four) = (run(1.0), run(4.0));
        assert_eq!(4.0 * one.mean.unwrap(), four.mean.unwrap());
        assert_eq!(4.0 * one.standard_uncertainty.unwrap(), four.standard_uncertainty.unwrap());
        assert_eq!(4.0 * one.symmetric.low, four.symmetric.low);
        assert_eq!(4.0 * one.shortest.high, four.shortest.high);
        let counts = |found: &Simulation| found.histogram.bins().map(|bin| bin.count).collect::<Vec<u64>>();
        assert_eq!(counts(&one), counts(&four));
    }
}

#[test]
fn a_result_that_does_not_vary_has_no_uncertainty() {
    for count in [10_000, 2_100_000] {
        let found = simulated("y = x - x + 2", &[normal("x", 1.0, 0.5)], &Trials { count, ..TRIALS }).unwrap();
        assert_eq!((found.mean.unwrap(), found.standard_uncertainty.unwrap()), (2.0, 0.0));
        assert_eq!((found.symmetric.low, found.symmetric.high), (2.0, 2.0));
        let found = simulated("y = 7", &[], &Trials { count, ..TRIALS }).unwrap();
        assert_eq!(
            (found.mean.unwrap(), found.standard_uncertainty.unwrap(), found.histogram.count()),
            (7.0, 0.0, count)
        );
    }
}

/// A quotient of normal numbers has no mean, but its quantiles are those of Cauchy's distribution: ± tan(0.475 π) = ± 12.706.
#[test]
fn values_far_beyond_the_others_are_counted_too() {
    let inputs = [normal("a", 0.0, 1.0), normal("b", 0.0, 1.0)];
    let found = simulated("y = a/b", &inputs, &Trials { count: 4_000_000, ..TRIALS }).unwrap();
    near(found.symmetric.low, -12.706_204_74, 0.15);
    near(found.symmetric.high, 12.706_204_74, 0.15);
    let beyond = found.histogram.below() + found.histogram.above();
    assert!(beyond > 100 && found.histogram.count() == 4_000_000, "{beyond} beyond the bins");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever doubles the inputs are, there is an error or an answer whose figures are in order.
    #[test]
    fn no_inputs_give_disordered_figures(
        estimate in any::<f64>(),
        u in any::<f64>(),
        degrees_of_freedom in prop::sample::select(vec![0.01, 1.0, 2.0, 3.7, 1e12, f64::INFINITY, f64::NAN]),
        half_width in prop::sample::select(vec![0.0, 1e-300, 1.0, 1e10, 1e300]),
        model in prop::sample::select(vec!["y = x + z", "y = x*z", "y = x/z", "y = ln(x) + z", "y = x - x + z"]),
        count in prop::sample::select(vec![1_000_u64, 5_001, 2_000_100]),
    ) {
        let inputs = [
            Input { degrees_of_freedom, ..normal("x", estimate, u.abs()) },
            uniform("z", -half_width, half_width),
        ];
        if let Ok(found) = simulated(model, &inputs, &Trials { count, ..TRIALS }) {
            let ends = found.histogram.ends();
            for interval in [found.symmetric, found.shortest] {
                prop_assert!(ends.low <= interval.low && interval.low <= interval.high && interval.high <= ends.high);
            }
            prop_assert!(found.mean.is_none_or(f64::is_finite) && found.standard_uncertainty.is_none_or(|u| u >= 0.0));
            prop_assert!(found.shortest.high - found.shortest.low <= found.symmetric.high - found.symmetric.low);
            prop_assert_eq!(found.histogram.count() + found.not_finite, count);
            let counted: u64 = found.histogram.bins().map(|bin| bin.count).sum();
            prop_assert_eq!(counted + found.histogram.below() + found.histogram.above(), found.histogram.count());
        }
    }
}
