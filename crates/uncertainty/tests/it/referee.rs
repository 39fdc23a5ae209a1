//! A referee that knows neither trials nor derivatives: expectation and variance of small models by quadrature, in tests only.

use heng_uncertainty::{Correlations, Input, Model, Shape, Trials, evaluate_linear, simulate};
use proptest::prelude::*;

use crate::monte_carlo::{TRIALS, near, normal, shaped, uniform};

/// Nodes and weights of one input: the trapezoidal rule over ± 9 u for normal inputs, the rule of Gauss and Chebyshev for arcsine, and that of Gauss and
/// Legendre for uniform ones, all exact to about 10⁻¹² for smooth models.
fn rule(input: &Input) -> Vec<(f64, f64)> {
    const NODES: usize = 60;
    let x = input.estimate;
    match input.shape {
        Shape::Normal { standard_uncertainty: u } => {
            let step = 18.0 / NODES as f64;
            let z = (0..=NODES).map(|node| -9.0 + step * node as f64);
            z.map(|z| (x + u * z, step * libm::exp(-z * z / 2.0) / std::f64::consts::TAU.sqrt())).collect()
        }
        Shape::Arcsine { half_width } => {
            let angle = |node: usize| std::f64::consts::PI * (node as f64 + 0.5) / NODES as f64;
            (0..NODES).map(|node| (x + half_width * libm::cos(angle(node)), 1.0 / NODES as f64)).collect()
        }
        Shape::Uniform { half_width } => legendre(24).into_iter().map(|(z, w)| (x + half_width * z, w / 2.0)).collect(),
        _ => vec![(x, 1.0)],
    }
}

fn legendre(count: usize) -> Vec<(f64, f64)> {
    let of = |place: usize| {
        let mut z = libm::cos(std::f64::consts::PI * (place as f64 + 0.75) / (count as f64 + 0.5));
        let mut slope = 0.0;
        for _ in 0..100 {
            let (mut before, mut value) = (1.0, z);
            for degree in 2..=count {
                let n = degree as f64;
                (before, value) = (value, ((2.0 * n - 1.0) * z * value - (n - 1.0) * before) / n);
            }
            slope = count as f64 * (z * value - before) / (z * z - 1.0);
            z -= value / slope;
        }
        (z, 2.0 / ((1.0 - z * z) * slope * slope))
    };
    (0..count).map(of).collect()
}

/// Mean, u and the fourth central moment of f over all inputs.
fn quadrature(f: &dyn Fn(&[f64]) -> f64, inputs: &[Input]) -> (f64, f64, f64) {
    let rules: Vec<Vec<(f64, f64)>> = inputs.iter().map(rule).collect();
    let mut points: Vec<(Vec<f64>, f64)> = vec![(Vec::new(), 1.0)];
    for rule in &rules {
        let longer = |(point, weight): &(Vec<f64>, f64)| {
            rule.iter().map(|(x, w)| ([point.as_slice(), &[*x]].concat(), weight * w)).collect::<Vec<_>>()
        };
        points = points.iter().flat_map(longer).collect();
    }
    let moment = |g: &dyn Fn(f64) -> f64| points.iter().map(|(point, weight)| weight * g(f(point))).sum::<f64>();
    let mean = moment(&|y| y);
    let variance = moment(&|y| (y - mean) * (y - mean));
    (mean, variance.sqrt(), moment(&|y| (y - mean).powi(4)))
}

type Case = (&'static str, fn(&[f64]) -> f64, Vec<Input>);

fn cases() -> Vec<Case> {
    let arcsine = |name, estimate, half_width| shaped(name, estimate, Shape::Arcsine { half_width });
    vec![
        (
            "y = a*b/c",
            |x| x[0] * x[1] / x[2],
            vec![normal("a", 2.0, 0.3), uniform("b", -1.0, 3.0), arcsine("c", 4.0, 2.0)],
        ),
        (
            "y = exp(a)*sin(b)",
            |x| libm::exp(x[0]) * libm::sin(x[1]),
            vec![normal("a", 0.1, 0.5), arcsine("b", 1.0, 0.7)],
        ),
        (
            "y = ln(a) + b^(3/2)",
            |x| libm::log(x[0]) + libm::pow(x[1], 1.5),
            vec![uniform("a", 0.2, 1.2), uniform("b", 1.0, 2.0)],
        ),
        (
            "y = a^3 - 2*a*b",
            |x| x[0] * x[0] * x[0] - 2.0 * x[0] * x[1],
            vec![normal("a", 0.5, 0.4), normal("b", -1.0, 0.2)],
        ),
        ("y = atan2(a, b)", |x| libm::atan2(x[0], x[1]), vec![normal("a", 1.0, 0.2), uniform("b", 1.0, 2.0)]),
        (
            "y = 1/(1 + a^2) - cos(b*c)",
            |x| 1.0 / (1.0 + x[0] * x[0]) - libm::cos(x[1] * x[2]),
            vec![normal("a", 0.3, 0.2), normal("b", 1.0, 0.1), arcsine("c", 0.5, 0.4)],
        ),
    ]
}

/// Each mean within 4.5 u/√M, each u within 4.5 standard deviations √((μ₄ − u⁴)/(4u²M)).
#[test]
fn trials_agree_with_quadrature() {
    for (text, f, inputs) in cases() {
        let (mean, u, fourth) = quadrature(&f, &inputs);
        for count in [1_000_000, 4_000_000] {
            let trials = Trials { count, ..TRIALS };
            let found = simulate(&Model::parse(text).unwrap(), &inputs, &Correlations::none(), &trials).unwrap();
            near(found[0].mean.unwrap(), mean, 4.5 * u / (count as f64).sqrt());
            let scatter = ((fourth - u.powi(4)) / (4.0 * u * u * count as f64)).sqrt();
            near(found[0].standard_uncertainty.unwrap(), u, 4.5 * scatter);
        }
    }
}

/// As the uncertainties of normal inputs are halved, what first order leaves out of u falls eightfold and what second order leaves out of it
/// thirty-two-fold: their next terms are of the third and of the fifth power.
#[test]
fn linear_propagation_comes_nearer_to_quadrature_as_its_theory_says() {
    for (text, f, inputs) in cases() {
        let missing = |scale: f64| {
            let narrow = |input: &Input| normal(&input.name, input.estimate, 0.05 * scale);
            let inputs: Vec<Input> = inputs.iter().map(narrow).collect();
            let (mean, u, _) = quadrature(&f, &inputs);
            let found = evaluate_linear(&Model::parse(text).unwrap(), &inputs, &Correlations::none()).unwrap();
            let output = found.only().unwrap();
            let second = output.second_order.unwrap();
            let biased = output.estimate.value + second.bias;
            (output.estimate.standard_uncertainty - u, second.standard_uncertainty - u, biased - mean)
        };
        let (wide, narrow) = (missing(1.0), missing(0.5));
        // Where a term vanishes by chance the ratio says nothing; rounding bounds it below.
        let falls = |wide: f64, narrow: f64, times: f64| {
            assert!(
                narrow.abs() < wide.abs() / times + 1e-12,
                "{text}: {wide} and {narrow} with half the uncertainties"
            );
        };
        falls(wide.0, narrow.0, 6.0);
        falls(wide.1, narrow.1, 20.0);
        falls(wide.2, narrow.2, 10.0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A linear model of correlated normal inputs: the law of propagation is exact, and the interval is y ± 1.96 u.
    #[test]
    fn linear_models_agree_in_both_methods(
        coefficients in prop::array::uniform4(-5.0..5.0_f64),
        u in prop::array::uniform4(0.1..3.0_f64),
        r in -0.99..0.99_f64,
        seed in any::<u64>(),
    ) {
        let [a, b, c, d] = coefficients;
        let model = Model::parse(&format!("y = {a:.6}*a + {b:.6}*b - {c:.6}*c/2 + {d:.6}*d + 3").replace("+ -", "- ").replace("- -", "+ ")).unwrap();
        let inputs: Vec<Input> = ["a", "b", "c", "d"].iter().zip(u).map(|(name, u)| normal(name, 1.0, u)).collect();
        let correlations = Correlations::none().with("a", "b", r);
        let linear = evaluate_linear(&model, &inputs, &correlations).unwrap();
        let estimate = &linear.only().unwrap().estimate;
        let count = 200_000;
        let found = simulate(&model, &inputs, &correlations, &Trials { count, seed, ..TRIALS }).unwrap();
        // 5 standard deviations of each figure, in u: mean 1/√M, u 1/√(2M), quantile √(p(1 − p)/M)/φ.
        let unit = 5.0 * estimate.standard_uncertainty / (count as f64).sqrt();
        prop_assert!((found[0].mean.unwrap() - estimate.value).abs() < unit);
        prop_assert!((found[0].standard_uncertainty.unwrap() - estimate.standard_uncertainty).abs() < 0.71 * unit);
        let expanded = 1.959_963_985 * estimate.standard_uncertainty;
        prop_assert!((found[0].symmetric.low - (estimate.value - expanded)).abs() < 2.68 * unit);
        prop_assert!((found[0].symmetric.high - (estimate.value + expanded)).abs() < 2.68 * unit);
    }
}
