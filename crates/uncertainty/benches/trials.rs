//! How many trials a second a Monte Carlo method evaluates, on one thread and on two.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::time::Instant;

use heng_quantity::Unit;
use heng_uncertainty::{Correlations, Input, Model, Shape, Trials, simulate};

fn main() {
    let input = |name: &str, estimate: f64, shape: Shape| Input {
        name: name.to_owned(),
        estimate,
        unit: Unit::one(),
        shape,
        degrees_of_freedom: f64::INFINITY,
    };
    let normal = |name, estimate, u| input(name, estimate, Shape::Normal { standard_uncertainty: u });
    let student = |name, estimate, u, nu| Input { degrees_of_freedom: nu, ..normal(name, estimate, u) };
    let curved = |half_width, limit_half_width| Shape::CurvilinearTrapezoid { half_width, limit_half_width };
    let sum = ["a", "b", "c", "d"].map(|name| normal(name, 0.0, 1.0));
    let gauge_block = [
        student("ls", 50_000_623.0, 25.0, 18.0),
        student("d", 215.0, 6.0, 24.0),
        student("d1", 0.0, 4.0, 5.0),
        student("d2", 0.0, 7.0, 8.0),
        input("alphas", 11.5e-6, Shape::Uniform { half_width: 2e-6 }),
        normal("t0", -0.1, 0.2),
        input("delta", 0.0, Shape::Arcsine { half_width: 0.5 }),
        input("dalpha", 0.0, curved(1.0e-6, 0.1e-6)),
        input("dt", 0.0, curved(0.050, 0.025)),
    ];
    for (name, text, inputs, count) in [
        ("sum of four normal inputs", "y = a + b + c + d", &sum[..], 4_000_000_u32),
        (
            "gauge block of JCGM 101, 9.5",
            "y = ls + d + d1 + d2 - ls*(dalpha*(t0 + delta) + alphas*dt)",
            &gauge_block[..],
            2_000_000,
        ),
        ("sum of four normal inputs, counted in bins", "y = a + b + c + d", &sum[..], 20_000_000),
    ] {
        let model = Model::parse(text).unwrap();
        let seconds = |threads| {
            let trials = Trials { count: count.into(), seed: 1, probability: 0.95, threads };
            let start = Instant::now();
            let found = simulate(&model, inputs, &Correlations::none(), &trials).unwrap();
            assert!(found.iter().all(|output| output.standard_uncertainty > 0.0));
            start.elapsed().as_secs_f64()
        };
        let (one, two) = (seconds(1), seconds(2));
        let rate = |seconds: f64| f64::from(count) / seconds / 1e6;
        println!(
            "{:>9.2} million trials a second on one thread, {:.2} on two ({:.2} times as many): {name}, {count} trials",
            rate(one),
            rate(two),
            one / two
        );
    }
}
