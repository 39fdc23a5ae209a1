//! Draws of the inputs, a column of a block of trials for each input.

use crate::correlation::Joint;
use crate::input::{Input, Shape};
use crate::random::Stream;

/// How the inputs of a program are drawn.
#[derive(Clone, Debug)]
pub(crate) struct Sampler<'a> {
    inputs: &'a [Input],
    joint: Joint,
    /// The place among `inputs` of each input of the program.
    used: Vec<usize>,
}

impl<'a> Sampler<'a> {
    pub(crate) fn new(inputs: &'a [Input], joint: Joint, used: Vec<usize>) -> Self {
        Self { inputs, joint, used }
    }

    /// How many columns it fills.
    pub(crate) fn width(&self) -> usize {
        self.used.len()
    }

    /// Fills a column for each input of the program: first the correlated inputs together, then the others one after the other.
    pub(crate) fn draw(&self, stream: &mut Stream, columns: &mut [Vec<f64>], count: usize) {
        let independent: Vec<Vec<f64>> =
            self.joint.members.iter().map(|_| (0..count).map(|_| stream.gaussian()).collect()).collect();
        for (place, column) in self.used.iter().zip(columns) {
            let Some(input) = self.inputs.get(*place) else { continue };
            column.clear();
            match self.joint.members.iter().position(|member| member == place) {
                Some(member) => {
                    let row = self.joint.rows.get(member).map_or(&[][..], Vec::as_slice);
                    input.draw_jointly(row, &independent, column, count);
                }
                None => column.extend((0..count).map(|_| input.drawn(stream))),
            }
        }
    }
}

impl Input {
    /// JCGM 101:2008, 6.4.8: x + L z, here with L = u · row.
    fn draw_jointly(&self, row: &[f64], independent: &[Vec<f64>], column: &mut Vec<f64>, count: usize) {
        column.resize(count, 0.0);
        for (weight, deviations) in row.iter().zip(independent).filter(|(weight, _)| **weight != 0.0) {
            for (entry, deviation) in column.iter_mut().zip(deviations) {
                *entry += weight * deviation;
            }
        }
        let u = self.shape.standard_uncertainty();
        for entry in column {
            *entry = self.estimate + u * *entry;
        }
    }

    fn drawn(&self, stream: &mut Stream) -> f64 {
        let deviation = match self.shape {
            Shape::Constant => 0.0,
            Shape::Normal { standard_uncertainty } if self.degrees_of_freedom.is_finite() => {
                standard_uncertainty * stream.student(self.degrees_of_freedom)
            }
            Shape::Normal { standard_uncertainty } => standard_uncertainty * stream.gaussian(),
            Shape::Student { scale, degrees_of_freedom } if degrees_of_freedom.is_finite() => {
                scale * stream.student(degrees_of_freedom)
            }
            Shape::Student { scale, .. } => scale * stream.gaussian(),
            Shape::Uniform { half_width } => half_width * (2.0 * stream.uniform() - 1.0),
            Shape::AsymmetricUniform { below, above } => (below + above) * stream.uniform() - below,
            Shape::Triangular { half_width } => half_width * (stream.uniform() + stream.uniform() - 1.0),
            Shape::Arcsine { half_width } => half_width * libm::sin(std::f64::consts::TAU * stream.uniform()),
            Shape::Trapezoid { half_width, top_ratio } => {
                let sides = (1.0 + top_ratio) * stream.uniform() + (1.0 - top_ratio) * stream.uniform();
                half_width * (sides - 1.0)
            }
            Shape::CurvilinearTrapezoid { half_width, limit_half_width } => {
                let limit = half_width + limit_half_width * (2.0 * stream.uniform() - 1.0);
                limit * (2.0 * stream.uniform() - 1.0)
            }
            Shape::Exponential { mean } => mean * (-libm::log(stream.uniform()) - 1.0),
            Shape::Gamma { shape, scale } => scale * (stream.gamma(shape) - shape),
        };
        self.estimate + deviation
    }
}
