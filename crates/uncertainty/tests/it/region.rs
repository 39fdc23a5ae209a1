//! Several results together: the cases of JCGM 102:2011 and jointly normal results, whose regions are known in closed form.

use heng_uncertainty::region::{ellipsoidal_factor, rectangular_factor};
use heng_uncertainty::{Correlations, Input, JointSimulation, Model, Trials, evaluate_linear, simulate_jointly};

use crate::monte_carlo::{TRIALS, near, normal};

fn jointly(text: &str, inputs: &[Input], correlations: &Correlations, trials: &Trials) -> JointSimulation {
    simulate_jointly(&Model::parse(text).unwrap(), inputs, correlations, trials).unwrap()
}

/// k_p = √χ²_m(0.95), tabulated as 3.841, 5.991, 7.815, 9.488, 11.070 and 18.307, and k_q from the normal quantiles of 1 − 0.05/(2m).
#[test]
fn factors_of_normal_results() {
    for (results, ellipsoidal, rectangular) in [
        (1, 1.959_963_984_540_054, 1.959_963_984_540_054),
        (2, 2.447_746_830_680_816, 2.241_402_727_604_947),
        (3, 2.795_483_482_915_107, 2.393_979_799_818_509),
        (4, 3.080_215_745_168_048, 2.497_705_474_412_373),
        (5, 3.327_235_743_604_043, 2.575_829_303_548_901),
        (10, 4.278_672_463_892_877, 2.807_033_768_343_811),
    ] {
        near(ellipsoidal_factor(results, 0.95).unwrap(), ellipsoidal, 1e-9);
        near(rectangular_factor(results, 0.95).unwrap(), rectangular, 1e-9);
    }
    // For two results −2 ln(1 − p) in closed form, also far out.
    for p in [0.05, 0.5, 0.99, 1.0 - 1e-12] {
        let closed = (-2.0 * libm::log(1.0 - p)).sqrt();
        near(ellipsoidal_factor(2, p).unwrap(), closed, 1e-12 * closed);
    }
    assert_eq!(
        (ellipsoidal_factor(0, 0.95), ellipsoidal_factor(2, 1.0), rectangular_factor(2, 0.0)),
        (None, None, None)
    );
}

/// JCGM 102:2011, 9.3, table 6, r = 0; expectations and u by quadrature. Published for x₁ = 0.010: 0.016, 0; u = 0.008, 1.118.
#[test]
fn polar_coordinates() {
    for (x1, radius, u_radius, u_angle) in [
        (0.001, 0.012_564_454_66, 0.006_567_684_455, 1.744_127_245),
        (0.010, 0.015_485_724_61, 0.007_758_371_829, 1.117_546_869),
        (0.100, 0.100_501_269_4, 0.009_974_710_806, 0.100_512_661_2),
    ] {
        let inputs = [normal("x1", x1, 0.01), normal("x2", 0.0, 0.01)];
        let model = "r = sqrt(x1^2 + x2^2)\nphi = atan2(x2, x1)";
        let found = jointly(model, &inputs, &Correlations::none(), &TRIALS);
        near(found.outputs[0].mean.unwrap(), radius, 0.004 * u_radius);
        near(found.moments.as_ref().unwrap().covariance[0][0].sqrt(), u_radius, 0.004 * u_radius);
        near(found.moments.as_ref().unwrap().covariance[1][1].sqrt(), u_angle, 0.004 * u_angle);
        near(found.moments.as_ref().unwrap().correlations[0][1], 0.0, 0.005);
        let (ellipse, rectangle) = (found.ellipsoidal.unwrap(), found.rectangular.unwrap());
        let smallest = found.smallest.unwrap();
        // Whatever the shape of the distribution, the smallest region is the smallest, but for the cells along its edge.
        assert!(smallest.volume() < 1.03 * ellipse.volume() && smallest.volume() < 1.03 * rectangle.volume());
        if x1 == 0.100 {
            // Nearly linear: the ellipse is that of the normal distribution.
            near(ellipse.factor, 2.447_746_83, 0.02);
        }
    }
}

/// Two normal results with r = 0.8: k_p and the area π k_p² u v √(1 − r²) in closed form, the covariance matrix by the law of propagation.
#[test]
fn jointly_normal_results_have_the_regions_of_theory() {
    let inputs = [normal("a", 5.0, 2.0), normal("b", -1.0, 0.3)];
    let correlations = Correlations::none().with("a", "b", 0.8);
    let model = Model::parse("x = a + 2*b\ny = a - b").unwrap();
    let linear = evaluate_linear(&model, &inputs, &correlations).unwrap();
    let theory = linear.ellipsoidal_region(0.95).unwrap();
    let found = jointly("x = a + 2*b\ny = a - b", &inputs, &correlations, &TRIALS);
    for (row, theory) in found.moments.as_ref().unwrap().covariance.iter().zip(&theory.covariance) {
        for (ours, theory) in row.iter().zip(theory) {
            near(*ours, *theory, 0.005 * theory.abs());
        }
    }
    near(found.moments.as_ref().unwrap().correlations[0][1], linear.correlations[0][1], 0.001);
    let ellipse = found.ellipsoidal.unwrap();
    near(ellipse.factor, theory.factor, 0.006);
    near(ellipse.volume(), theory.volume(), 0.01 * theory.volume());
    let [u, v] = [0, 1].map(|place: usize| linear.outputs[place].estimate.standard_uncertainty);
    let r = linear.correlations[0][1];
    let area = std::f64::consts::PI * 5.991_464_547_107_98 * u * v * (1.0 - r * r).sqrt();
    near(theory.volume(), area, 1e-9 * area);
    // Bonferroni's rectangle covers at least p; the one from the trials covers p.
    let (rectangle, bound) = (found.rectangular.unwrap(), linear.rectangular_region(0.95).unwrap());
    assert!(rectangle.factor < bound.factor && rectangle.factor > 1.96, "{}", rectangle.factor);
    // Cells along the edge are in it or not; with 128 a side the area is that of the ellipse within some per cent.
    let smallest = found.smallest.unwrap();
    near(smallest.volume(), area, 0.06 * area);
    near(smallest.probability, 0.95, 0.002);
    assert!(
        smallest.contains(&theory.center) && ellipse.contains(&theory.center) && rectangle.contains(&theory.center)
    );
    let far = [theory.center[0] + 6.0 * u, theory.center[1]];
    assert!(!smallest.contains(&far) && !ellipse.contains(&far) && !rectangle.contains(&far));
    assert!(!ellipse.contains(&[1.0]) && !rectangle.contains(&[]) && !smallest.contains(&[1.0, 2.0, 3.0]));
}

/// Three independent normal results: √χ²₃(0.95) and ((1 + p^⅓)/2 of the normal distribution, 2.3877).
#[test]
fn three_independent_results() {
    let inputs = ["a", "b", "c"].map(|name| normal(name, 1.0, 0.5));
    let found = jointly("x = a + 0\ny = b + 0\nz = c + 0", &inputs, &Correlations::none(), &TRIALS);
    near(found.ellipsoidal.unwrap().factor, 2.795_483_483, 0.006);
    near(found.rectangular.unwrap().factor, 2.387_7, 0.006);
    let volume = 4.0 / 3.0 * std::f64::consts::PI * 2.795_483_483_f64.powi(3) * 0.125;
    near(found.smallest.unwrap().volume(), volume, 0.12 * volume);
}

#[test]
fn results_that_are_combinations_of_each_other_have_no_ellipsoid() {
    let inputs = [normal("a", 1.0, 0.5)];
    let model = "x = 2*a\ny = 3*a + 1";
    let found = jointly(model, &inputs, &Correlations::none(), &Trials { count: 20_000, ..TRIALS });
    assert_eq!(found.ellipsoidal, None);
    near(found.moments.as_ref().unwrap().correlations[0][1], 1.0, 1e-9);
    near(found.rectangular.unwrap().factor, 1.96, 0.05);
    let linear = evaluate_linear(&Model::parse(model).unwrap(), &inputs, &Correlations::none()).unwrap();
    assert_eq!(linear.ellipsoidal_region(0.95), None);
    // A result that is known exactly has no part in it.
    let found = jointly("x = 2*a\ny = a - a", &inputs, &Correlations::none(), &Trials { count: 20_000, ..TRIALS });
    assert_eq!(
        (found.ellipsoidal, found.smallest, found.moments.as_ref().unwrap().correlations[0][1]),
        (None, None, 0.0)
    );
}

#[test]
fn nothing_depends_on_the_number_of_threads() {
    let inputs = [normal("a", 1.0, 0.5), normal("b", 1.0, 0.1)];
    let run = |threads| {
        let trials = Trials { count: 300_000, threads, ..TRIALS };
        jointly("x = a*b\ny = sqrt(a)", &inputs, &Correlations::none(), &trials)
    };
    let one = run(1);
    assert!(one.not_finite > 0 && one.not_finite == one.outputs[1].not_finite);
    assert_eq!(one, run(2));
    assert_eq!(one, run(8));
}
