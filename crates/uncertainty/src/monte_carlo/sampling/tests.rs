//! Draws against the exact distributions, out to probabilities of one in a million.

use super::*;
use crate::correlation::Correlations;
use crate::student::cumulative;

fn strips(input: &Input, seed: u64, count: usize, mut take: impl FnMut(&[f64])) {
    let joint = Correlations::none().drawable(std::slice::from_ref(input)).unwrap();
    let sampler = Sampler::new(std::slice::from_ref(input), joint, &[0]);
    let mut drawing = sampler.drawing();
    let mut columns = vec![vec![0.0; STRIP]];
    for strip in 0..count.div_ceil(STRIP) as u64 {
        if strip % 8 == 0 {
            drawing.start(seed, strip / 8);
        }
        sampler.draw(&mut drawing, &mut columns);
        take(&columns[0]);
    }
}

fn input(shape: Shape) -> Input {
    Input {
        name: "x".to_owned(),
        estimate: 0.0,
        unit: heng_quantity::Unit::one(),
        shape,
        degrees_of_freedom: f64::INFINITY,
    }
}

fn student(degrees_of_freedom: f64) -> Input {
    Input { degrees_of_freedom, ..input(Shape::Normal { standard_uncertainty: 1.0 }) }
}

/// P(X ≤ x) of each distribution by its definition in JCGM 101:2008, 6.4.
fn exact(input: &Input, x: f64) -> f64 {
    let inside = |part: f64| part.clamp(0.0, 1.0);
    match input.shape {
        // So near to the normal distribution that no test tells them apart.
        Shape::Normal { standard_uncertainty } if input.degrees_of_freedom > 1e12 => {
            cumulative(x / standard_uncertainty, f64::INFINITY)
        }
        Shape::Normal { standard_uncertainty } => cumulative(x / standard_uncertainty, input.degrees_of_freedom),
        Shape::Uniform { half_width } => inside((x / half_width + 1.0) / 2.0),
        Shape::Triangular { half_width } => {
            let tail = (1.0 - (x / half_width).abs()).max(0.0);
            if x < 0.0 { tail * tail / 2.0 } else { 1.0 - tail * tail / 2.0 }
        }
        Shape::Arcsine { half_width } => 0.5 + libm::asin(x / half_width) / std::f64::consts::PI,
        Shape::Trapezoid { half_width, top_ratio } => {
            let (z, height) = ((x / half_width).abs(), 1.0 / (1.0 + top_ratio));
            let tail = if z > top_ratio {
                (1.0 - z) * (1.0 - z) / (1.0 - top_ratio) * height / 2.0
            } else {
                (1.0 - top_ratio) * height / 2.0 + (top_ratio - z) * height
            };
            if x < 0.0 { tail } else { 1.0 - tail }
        }
        Shape::CurvilinearTrapezoid { half_width, limit_half_width } => {
            let (z, outer, inner) = (x.abs(), half_width + limit_half_width, half_width - limit_half_width);
            let tail = if z > inner {
                (outer - z - z * libm::log(outer / z)) / (4.0 * limit_half_width)
            } else {
                0.5 - z * libm::log(outer / inner) / (4.0 * limit_half_width)
            };
            if x < 0.0 { tail } else { 1.0 - tail }
        }
        Shape::Exponential { mean } => -libm::expm1(-(x + mean) / mean),
        Shape::Gamma { shape: 3.0, scale } => {
            let z = x / scale + 3.0;
            1.0 - libm::exp(-z) * (1.0 + z + z * z / 2.0)
        }
        _ => f64::NAN,
    }
}

fn all() -> Vec<Input> {
    vec![
        student(f64::INFINITY),
        student(1.0),
        student(1.9),
        student(2.0),
        student(2.5),
        student(5.0),
        student(18.0),
        student(1e6),
        student(1e16),
        input(Shape::Uniform { half_width: 1.0 }),
        input(Shape::Triangular { half_width: 1.0 }),
        input(Shape::Arcsine { half_width: 1.0 }),
        input(Shape::Trapezoid { half_width: 1.0, top_ratio: 0.4 }),
        input(Shape::CurvilinearTrapezoid { half_width: 0.05, limit_half_width: 0.025 }),
        input(Shape::Exponential { mean: 1.0 }),
        input(Shape::Gamma { shape: 3.0, scale: 1.0 }),
    ]
}

/// Kolmogorov and Smirnov: √n sup |F_n − F| of a true distribution exceeds 2.2 once in eight thousand times.
#[test]
fn every_distribution_passes_the_test_of_kolmogorov_and_smirnov() {
    for input in all() {
        let mut draws = Vec::new();
        strips(&input, 11, 1_000_000, |strip| draws.extend_from_slice(strip));
        draws.sort_unstable_by(f64::total_cmp);
        let count = draws.len() as f64;
        let distance = draws.iter().enumerate().map(|(rank, x)| {
            let ours = exact(&input, *x);
            (ours - rank as f64 / count).max((rank as f64 + 1.0) / count - ours)
        });
        let distance = count.sqrt() * distance.fold(0.0, f64::max);
        assert!(distance < 2.2, "{:?} with ν = {}: {distance}", input.shape, input.degrees_of_freedom);
    }
}

/// The numbers of draws beyond points as far out as one in a million, each within 4.5 standard deviations of a count.
#[test]
fn the_tails_hold_as_many_draws_as_they_should() {
    for (input, points) in [
        (student(f64::INFINITY), [1.0, 2.0, 3.0, 4.0, 4.753_424_308_822_899]),
        (student(2.5), [1.0, 5.0, 20.0, 60.0, 140.0]),
        (student(5.0), [1.0, 3.0, 6.0, 12.0, 20.0]),
        (student(18.0), [1.0, 2.5, 4.0, 5.5, 6.8]),
        (student(1e16), [1.0, 2.0, 3.0, 4.0, 4.753_424_308_822_899]),
        (input(Shape::Exponential { mean: 1.0 }), [1.0, 4.0, 7.0, 10.0, 12.8]),
    ] {
        const COUNT: usize = 40_000_000;
        let mut beyond = [[0_u64; 2]; 5];
        strips(&input, 5, COUNT, |strip| {
            for (count, point) in beyond.iter_mut().zip(points) {
                count[0] += strip.iter().filter(|x| **x < -point).count() as u64;
                count[1] += strip.iter().filter(|x| **x > point).count() as u64;
            }
        });
        let count = COUNT.div_ceil(STRIP) as f64 * STRIP as f64;
        for (ours, point) in beyond.iter().zip(points) {
            let above = match input.shape {
                Shape::Exponential { .. } => libm::exp(-point - 1.0),
                _ => exact(&input, -point),
            };
            let below = if matches!(input.shape, Shape::Exponential { .. }) { 0.0 } else { above };
            for (ours, p) in ours.iter().zip([below, above]) {
                let (expected, scatter) = (p * count, (p * (1.0 - p) * count).sqrt());
                let difference = (*ours as f64 - expected).abs();
                assert!(difference <= 4.5 * scatter, "{:?} beyond {point}: {ours}, expected {expected}", input.shape);
            }
        }
    }
}

/// Moments of odd and even order of ten million normal draws: 0, 1, 0, 3, 0, 15 with standard deviations √(E z²ᵏ − (E zᵏ)²).
#[test]
fn normal_draws_have_the_moments_of_the_normal_distribution() {
    let mut sums = [0.0; 6];
    let mut count = 0.0;
    strips(&student(f64::INFINITY), 3, 10_000_000, |strip| {
        count += strip.len() as f64;
        for z in strip {
            let mut power = 1.0;
            for sum in &mut sums {
                power *= z;
                *sum += power;
            }
        }
    });
    let moments = [0.0, 1.0, 0.0, 3.0, 0.0, 15.0];
    let variances = [1.0, 2.0, 15.0, 96.0, 945.0, 10_170.0];
    for ((sum, moment), variance) in sums.into_iter().zip(moments).zip(variances) {
        let scatter = libm::sqrt(variance / count);
        assert!((sum / count - moment).abs() < 4.5 * scatter, "{} and not {moment} ± {scatter}", sum / count);
    }
}
