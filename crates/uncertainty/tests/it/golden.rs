//! Figures to the last bit: the same on every machine, with every number of threads, and compiled for wider registers.
//!
//! `tests/golden/trials-1.txt` holds the bits. What a seed means may change only with the number in its name, and with a line in CHANGELOG.md.

use std::fmt::Write;

use heng_quantity::Unit;
use heng_uncertainty::{
    Adaptive, Correlations, Input, Interval, Model, Shape, Simulation, Trials, simulate, simulate_adaptively,
    simulate_jointly,
};

use crate::monte_carlo::{normal, shaped, uniform};

const GOLDEN: &str = include_str!("../golden/trials-1.txt");

pub fn gauge_block() -> (Model, Vec<Input>) {
    let student = |name: &str, estimate, u, nu| Input::standard(name, estimate, Unit::one(), u, nu);
    let curved = |half_width, limit_half_width| Shape::CurvilinearTrapezoid { half_width, limit_half_width };
    let model = Model::parse("y = ls + d + d1 + d2 - ls*(dalpha*(t0 + delta) + alphas*dt) - 50000000").unwrap();
    let inputs = vec![
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
    (model, inputs)
}

fn line(text: &mut String, name: &str, figures: &[f64]) {
    let bits: Vec<String> = figures.iter().map(|figure| format!("{:016x}", figure.to_bits())).collect();
    writeln!(text, "{name} {}", bits.join(" ")).unwrap();
}

fn figures(text: &mut String, case: &str, found: &[Simulation]) {
    for output in found {
        let Simulation { mean, standard_uncertainty, symmetric, shortest, .. } = output;
        let Interval { low, high } = output.histogram.ends();
        let all = [
            mean.unwrap(),
            standard_uncertainty.unwrap(),
            symmetric.low,
            symmetric.high,
            shortest.low,
            shortest.high,
            low,
            high,
        ];
        line(text, &format!("{case}/{}", output.name), &all);
        let counts: Vec<String> = output.histogram.bins().map(|bin| bin.count.to_string()).collect();
        writeln!(text, "{case}/{} {}", output.name, counts.join(" ")).unwrap();
    }
}

fn all_figures(threads: usize) -> String {
    let mut text = String::new();
    let (model, inputs) = gauge_block();
    let none = Correlations::none();
    for count in [100_123, 2_500_000] {
        let trials = Trials { count, seed: 1, probability: 0.99, threads };
        figures(&mut text, &format!("gauge-block-{count}"), &simulate(&model, &inputs, &none, &trials).unwrap());
    }
    let trials = Trials { count: 50_000, seed: 0xfedc_ba98_7654_3210, probability: 0.95, threads };
    let others = [
        shaped("a", 0.0, Shape::Triangular { half_width: 1.0 }),
        shaped("b", 0.0, Shape::Trapezoid { half_width: 1.0, top_ratio: 0.3 }),
        shaped("c", 2.0, Shape::Exponential { mean: 2.0 }),
        shaped("d", 1.5, Shape::Gamma { shape: 3.0, scale: 0.5 }),
        shaped("e", 1.0, Shape::AsymmetricUniform { below: 0.5, above: 0.1 }),
        shaped("f", 1.0, Shape::Constant),
        shaped("g", 0.0, Shape::Student { scale: 0.1, degrees_of_freedom: 2.5 }),
    ];
    let model = Model::parse(
        "p = a + b*c - d/e + f; q = sqrt(abs(a)) + exp(-c) + ln(d) + sin(b)*cos(a); r = atan2(a, b) + e^(3/2) - min(a, b) + g",
    );
    figures(&mut text, "functions", &simulate(&model.unwrap(), &others, &none, &trials).unwrap());
    let observed = |name: &str, u| Input::standard(name, 1.0, Unit::one(), u, 7.0);
    let joint = [observed("a", 0.1), observed("b", 0.2), normal("c", 1.0, 0.1), normal("d", 2.0, 0.3)];
    let correlations = Correlations::none().with("a", "b", 0.7).with("c", "d", -0.4);
    let model = Model::parse("x = a*b + c\ny = a - b*d").unwrap();
    let found = simulate_jointly(&model, &joint, &correlations, &trials).unwrap();
    figures(&mut text, "jointly", &found.outputs);
    line(&mut text, "jointly/covariance", &found.moments.as_ref().unwrap().covariance.concat());
    let (ellipsoidal, rectangular) = (found.ellipsoidal.unwrap(), found.rectangular.unwrap());
    let smallest = found.smallest.unwrap();
    line(
        &mut text,
        "jointly/regions",
        &[ellipsoidal.factor, rectangular.factor, smallest.volume(), smallest.probability],
    );
    let adaptive = Adaptive { digits: 2, seed: 3, probability: 0.95, threads, most: 10_000_000 };
    let found = simulate_adaptively(&model, &joint, &correlations, &adaptive, &[]).unwrap();
    writeln!(text, "adaptively {} trials", found.trials).unwrap();
    figures(&mut text, "adaptively", &found.outputs);
    text
}

#[test]
fn figures_have_the_golden_bits_with_any_number_of_threads() {
    for threads in [1, 2, 8] {
        let ours = all_figures(threads);
        let differing = ours.lines().zip(GOLDEN.lines()).find(|(ours, golden)| ours != golden);
        assert!(ours == GOLDEN, "{threads} threads: {differing:?}\n{}", if GOLDEN.is_empty() { &ours } else { "" });
    }
}

#[test]
fn another_seed_gives_other_figures_that_agree() {
    let (model, inputs) = gauge_block();
    let run = |seed| {
        let trials = Trials { count: 100_000, seed, probability: 0.95, threads: 2 };
        simulate(&model, &inputs, &Correlations::none(), &trials).unwrap().remove(0)
    };
    let (one, two) = (run(1), run(2));
    assert_ne!(one.mean.unwrap(), two.mean.unwrap());
    // The difference of two means of 10⁵ trials: 4.5 √(2/10⁵) u.
    assert!((one.mean.unwrap() - two.mean.unwrap()).abs() < 0.0202 * one.standard_uncertainty.unwrap());
}
