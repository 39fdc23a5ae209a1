//! What the propagation costs: CPU seconds for ten million trials of text models, memory, how far a second thread helps, and linear propagation.
//!
//! `interop/peers/table.py` reads the lines `case<TAB>unit<TAB>number`.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, clippy::indexing_slicing)]

use std::time::Instant;

use heng_quantity::Unit;
use heng_uncertainty::{Correlations, Input, Known, Model, Propagation, Shape, Trials, evaluate_linear, simulate};

/// Trials of every Monte Carlo case.
const COUNT: u64 = 10_000_000;

/// Each case is measured so often, and its least cost is printed: what else runs on the machine only adds.
const TIMES: usize = 5;

fn main() {
    let curved = |half_width, limit_half_width| Shape::CurvilinearTrapezoid { half_width, limit_half_width };
    let gauge_block = [
        student("ls", 50_000_623.0, 25.0, 18.0),
        student("d", 215.0, 6.0, 24.0),
        student("d1", 0.0, 4.0, 5.0),
        student("d2", 0.0, 7.0, 8.0),
        shaped("alphas", 11.5e-6, Shape::Uniform { half_width: 2e-6 }),
        normal("t0", -0.1, 0.2),
        shaped("delta", 0.0, Shape::Arcsine { half_width: 0.5 }),
        shaped("dalpha", 0.0, curved(1.0e-6, 0.1e-6)),
        shaped("dt", 0.0, curved(0.050, 0.025)),
    ];
    let mass = [
        normal("mr", 100_000.0, 0.05),
        normal("dm", 1.234, 0.02),
        shaped("air", 1.2, Shape::Uniform { half_width: 0.1 }),
        shaped("w", 8_000.0, Shape::Uniform { half_width: 1_000.0 }),
        shaped("r", 8_000.0, Shape::Uniform { half_width: 50.0 }),
    ];
    let sum = ["a", "b", "c", "d"].map(|name| normal(name, 0.0, 1.0));
    for (case, text, inputs) in [
        ("sum of four normal inputs", "y = a + b + c + d", &sum[..]),
        ("mass calibration", "y = (mr + dm)*(1 + (air - 1.2)*(1/w - 1/r)) - 100000", &mass[..]),
        ("gauge block", "y = ls + d + d1 + d2 - ls*(dalpha*(t0 + delta) + alphas*dt) - 50000000", &gauge_block[..]),
    ] {
        let model = Model::parse(text).unwrap();
        let run = |threads| {
            let trials = Trials { count: COUNT, seed: 1, probability: 0.95, threads };
            let found = simulate(&model, inputs, &Correlations::none(), &trials).unwrap();
            assert!(found.iter().all(|output| output.standard_uncertainty.is_some_and(|u| u > 0.0)));
        };
        println!("{case}\tCPU s for 1e7 trials\t{:.3}", least(cpu_seconds, || run(1)));
        let start = Instant::now();
        let wall = |before: f64| start.elapsed().as_secs_f64() - before;
        let (one, two) = (least(|| wall(0.0), || run(1)), least(|| wall(0.0), || run(2)));
        println!("{case}\ttwo threads over one\t{:.2}", one / two);
        // On a machine with other work this says more: what the second thread costs, which is what it cannot help with.
        let all = |threads| {
            let before = process_seconds();
            (0..TIMES).for_each(|_| run(threads));
            process_seconds() - before
        };
        println!("{case}\tCPU s of two threads over one\t{:.2}", all(2) / all(1));
    }
    // As many as are kept, which takes the most memory.
    let kept = Trials { count: 2_000_000, seed: 1, probability: 0.95, threads: 2 };
    let model = Model::parse("y = a + b + c + d").unwrap();
    let start = Instant::now();
    let run = || assert!(simulate(&model, &sum, &Correlations::none(), &kept).is_ok());
    println!("2e6 trials, all kept\tms\t{:.1}", 1e3 * least(|| start.elapsed().as_secs_f64(), run));
    println!("all of these\tMB at most\t{:.1}", peak_megabytes());
    for count in [100, 1_000] {
        let (text, inputs) = chain(count);
        let model = Model::parse(&text).unwrap();
        let whole = || assert!(evaluate_linear(&model, &inputs, &Correlations::none()).is_ok());
        println!("chain of {count} inputs\tms, model and budget\t{:.4}", 1e3 * repeated(10, whole));
        let mut propagation = Propagation::new(&model, &inputs, &Correlations::none()).unwrap();
        let mut known: Vec<Known> = inputs.iter().map(Known::of).collect();
        let again = || {
            known[0].estimate += 1e-9;
            assert!(propagation.evaluate(&known).unwrap()[0].standard_uncertainty > 0.0);
        };
        println!("chain of {count} inputs\tms, evaluated again\t{:.4}", 1e3 * repeated(100, again));
    }
}

fn shaped(name: &str, estimate: f64, shape: Shape) -> Input {
    Input { name: name.to_owned(), estimate, unit: Unit::one(), shape, degrees_of_freedom: f64::INFINITY }
}

fn normal(name: &str, estimate: f64, u: f64) -> Input {
    Input::standard(name, estimate, Unit::one(), u, f64::INFINITY)
}

fn student(name: &str, estimate: f64, u: f64, nu: f64) -> Input {
    Input::standard(name, estimate, Unit::one(), u, nu)
}

/// y = Σ sin(xᵢ) xᵢ₊₁.
fn chain(count: usize) -> (String, Vec<Input>) {
    let terms: Vec<String> = (1..count).map(|i| format!("sin(x{})*x{i}", i - 1)).collect();
    let input =
        |i: usize| student(&format!("x{i}"), 1.0 + 1e-3 * i as f64, 0.01 + 1e-5 * i as f64, (5 + i % 20) as f64);
    (format!("y = {}", terms.join(" + ")), (0..count).map(input).collect())
}

fn least(clock: impl Fn() -> f64, mut run: impl FnMut()) -> f64 {
    let once = |_| {
        let start = clock();
        run();
        clock() - start
    };
    (0..TIMES).map(once).fold(f64::INFINITY, f64::min)
}

/// By the wall clock, because the processor time of a thread is known only to some milliseconds.
fn repeated(times: usize, mut run: impl FnMut()) -> f64 {
    let start = Instant::now();
    (0..times).map(|_| least(|| start.elapsed().as_secs_f64(), &mut run)).fold(f64::INFINITY, f64::min)
}

/// What this thread has used.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    text.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// What all threads of this process have used, the ended ones as well; clock ticks are hundredths of a second.
fn process_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap();
    let ticks = text.rsplit(')').next().unwrap().split_whitespace();
    ticks.skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

fn peak_megabytes() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = text.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1e3
}
