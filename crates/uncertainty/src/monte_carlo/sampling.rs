//! Draws of the inputs, a column of a strip of trials for each input.

use super::elementary::{
    exp2_less_one, log2, of_lower_24, of_lower_32, of_upper_32, of_upper_40, root, sine_of_quarters, uniform,
};
use super::random::{Lanes, Stream, streams_of_block};
use super::ziggurat::{LEAST_DEGREES, Ziggurat};
use crate::correlation::Joint;
use crate::input::{Input, Shape};
use crate::model::STRIP;

/// Tables of 32 KB; a model with more different degrees of freedom draws the others by a formula.
const MOST_TABLES: usize = 64;

/// How the inputs of a program are drawn.
#[derive(Clone, Debug)]
pub(crate) struct Sampler {
    /// In the order of the program's inputs.
    draws: Vec<(f64, Draw)>,
    joint: Joint,
    tables: Vec<Ziggurat>,
}

/// How one input is drawn about its estimate; lengths are those of [`Shape`].
#[derive(Clone, Copy, Debug)]
enum Draw {
    Constant,
    /// Normal or t, from the table of this number.
    Table {
        table: usize,
        scale: f64,
    },
    /// s √(ν (U^(−2/ν) − 1)) cos(2πV), here with the power −2/ν and the width s √ν: R. W. Bailey, Math. Comp. 62 (1994), 779.
    Student {
        width: f64,
        power: f64,
    },
    Uniform {
        half_width: f64,
    },
    AsymmetricUniform {
        below: f64,
        width: f64,
    },
    Arcsine {
        half_width: f64,
    },
    /// The sum of two uniform numbers over ± `wide` and ± `narrow`: a triangle where both are equal.
    Trapezoid {
        wide: f64,
        narrow: f64,
    },
    CurvilinearTrapezoid {
        half_width: f64,
        limit_half_width: f64,
    },
    Exponential {
        mean: f64,
    },
    Gamma {
        shape: f64,
        scale: f64,
    },
    /// A member of the joint distribution.
    Joint(usize),
}

/// The streams of a block while its strips are drawn.
#[derive(Clone, Debug)]
pub(crate) struct Drawing {
    lanes: Lanes,
    stream: Stream,
    words: Vec<u64>,
    /// Independent normal numbers, a column for each correlated input, and behind them the factors of each group.
    independent: Vec<Vec<f64>>,
}

impl Sampler {
    /// `used` holds the place among `inputs` of each input of the program.
    pub(crate) fn new(inputs: &[Input], joint: Joint, used: &[usize]) -> Self {
        let mut sampler = Self { draws: Vec::new(), joint, tables: Vec::new() };
        if !sampler.joint.members.is_empty() {
            // Correlated inputs are made of normal numbers, from the first table.
            let _first = sampler.table(f64::INFINITY);
        }
        for place in used {
            let Some(input) = inputs.get(*place) else { continue };
            let member = sampler.joint.members.iter().position(|member| member == place);
            let draw = member.map_or_else(|| sampler.draw_of(input), Draw::Joint);
            sampler.draws.push((input.estimate, draw));
        }
        sampler
    }

    /// The table of these degrees of freedom; none where they are too few, or where there are too many tables.
    fn table(&mut self, degrees_of_freedom: f64) -> Option<usize> {
        let known = self.tables.iter().position(|table| table.is_of(degrees_of_freedom));
        let is_possible = degrees_of_freedom.is_infinite()
            || (degrees_of_freedom >= LEAST_DEGREES && self.tables.len() < MOST_TABLES);
        known.or_else(|| {
            is_possible.then(|| {
                self.tables.push(Ziggurat::of(degrees_of_freedom));
                self.tables.len() - 1
            })
        })
    }

    /// How an independent input is drawn.
    fn draw_of(&mut self, input: &Input) -> Draw {
        let mut student = |scale: f64, degrees_of_freedom: f64| match self.table(degrees_of_freedom) {
            Some(table) => Draw::Table { table, scale },
            None => Draw::Student { width: scale * root(degrees_of_freedom), power: -2.0 / degrees_of_freedom },
        };
        match input.shape {
            Shape::Constant | Shape::Unknown => Draw::Constant,
            Shape::Normal { standard_uncertainty } => student(standard_uncertainty, input.degrees_of_freedom),
            Shape::Student { scale, degrees_of_freedom } => student(scale, degrees_of_freedom),
            Shape::Uniform { half_width } => Draw::Uniform { half_width },
            Shape::AsymmetricUniform { below, above } => Draw::AsymmetricUniform { below, width: below + above },
            Shape::Triangular { half_width } => Draw::Trapezoid { wide: half_width / 2.0, narrow: half_width / 2.0 },
            Shape::Arcsine { half_width } => Draw::Arcsine { half_width },
            Shape::Trapezoid { half_width, top_ratio } => Draw::Trapezoid {
                wide: half_width * (1.0 + top_ratio) / 2.0,
                narrow: half_width * (1.0 - top_ratio) / 2.0,
            },
            Shape::CurvilinearTrapezoid { half_width, limit_half_width } => {
                Draw::CurvilinearTrapezoid { half_width, limit_half_width }
            }
            Shape::Exponential { mean } => Draw::Exponential { mean },
            Shape::Gamma { shape, scale } => Draw::Gamma { shape, scale },
        }
    }

    /// How many columns it fills.
    pub(crate) fn width(&self) -> usize {
        self.draws.len()
    }

    /// What draws the strips of a block, one after the other.
    pub(crate) fn drawing(&self) -> Drawing {
        let (lanes, stream) = streams_of_block(0, 0);
        let columns = self.joint.members.len() + self.joint.groups.len();
        Drawing { lanes, stream, words: vec![0; STRIP], independent: vec![vec![0.0; STRIP]; columns] }
    }

    /// Fills a column for each input of the program with the next strip: first what the correlated inputs share, then one input after the other.
    pub(crate) fn draw(&self, drawing: &mut Drawing, columns: &mut [Vec<f64>]) {
        let Drawing { lanes, stream, words, independent } = drawing;
        let members = self.joint.members.len().min(independent.len());
        let (normals, factors) = independent.split_at_mut(members);
        for (column, table) in normals.iter_mut().zip(self.tables.first().into_iter().cycle()) {
            lanes.fill(words);
            table.fill(column, words, (0.0, 1.0), stream);
        }
        for (column, degrees_of_freedom) in factors.iter_mut().zip(&self.joint.groups) {
            for factor in column {
                *factor = root(degrees_of_freedom / (2.0 * stream.gamma(degrees_of_freedom / 2.0)));
            }
        }
        for ((estimate, draw), column) in self.draws.iter().zip(columns) {
            match draw {
                Draw::Constant => column.fill(*estimate),
                Draw::Joint(member) => self.joint.combine(*member, *estimate, (normals, factors), column),
                Draw::Gamma { shape, scale } => {
                    column.fill_with(|| estimate + scale * (stream.gamma(*shape) - shape));
                }
                Draw::Table { table, scale } => {
                    lanes.fill(words);
                    if let Some(table) = self.tables.get(*table) {
                        table.fill(column, words, (*estimate, *scale), stream);
                    }
                }
                _ => {
                    lanes.fill(words);
                    draw.fill(column, words, *estimate);
                }
            }
        }
    }
}

impl Drawing {
    /// Starts the streams of a block.
    pub(crate) fn start(&mut self, seed: u64, block: u64) {
        (self.lanes, self.stream) = streams_of_block(seed, block);
    }
}

impl Joint {
    /// JCGM 101:2008, 6.4.8: x + L z, here with L = scale · row; times √(ν/χ²) for the members of a group, which makes it the multivariate t
    /// distribution (JCGM 102:2011, 5.3.2).
    fn combine(
        &self,
        member: usize,
        estimate: f64,
        (normals, factors): (&[Vec<f64>], &[Vec<f64>]),
        column: &mut [f64],
    ) {
        column.fill(0.0);
        let row = self.rows.get(member).map_or(&[][..], Vec::as_slice);
        for (weight, deviations) in row.iter().zip(normals).filter(|(weight, _)| **weight != 0.0) {
            for (entry, deviation) in column.iter_mut().zip(deviations) {
                *entry += weight * deviation;
            }
        }
        let group = self.group_of.get(member).copied().flatten();
        if let Some(factors) = group.and_then(|group| factors.get(group)) {
            for (entry, factor) in column.iter_mut().zip(factors) {
                *entry *= factor;
            }
        }
        let scale = self.scales.get(member).copied().unwrap_or(f64::NAN);
        for entry in column {
            *entry = estimate + scale * *entry;
        }
    }
}

impl Draw {
    /// A column from a word for each trial.
    fn fill(self, column: &mut [f64], words: &[u64], x: f64) {
        match self {
            Self::Constant | Self::Table { .. } | Self::Gamma { .. } | Self::Joint(_) => {}
            Self::Student { width, power } => student(column, words, x, (width, power)),
            Self::Uniform { half_width } => each(column, words, |word| x + half_width * (2.0 * uniform(word) - 1.0)),
            Self::AsymmetricUniform { below, width } => {
                each(column, words, |word| x + (width * uniform(word) - below));
            }
            Self::Arcsine { half_width } => {
                each(column, words, |word| x + half_width * sine_of_quarters(2.0 * uniform(word) - 1.0));
            }
            Self::Trapezoid { wide, narrow } => {
                each(column, words, |word| x + (wide * of_upper_32(word) + narrow * of_lower_32(word)));
            }
            Self::CurvilinearTrapezoid { half_width, limit_half_width } => {
                each(column, words, |word| x + (half_width + limit_half_width * of_upper_32(word)) * of_lower_32(word))
            }
            Self::Exponential { mean } => {
                each(column, words, |word| x + mean * (-std::f64::consts::LN_2 * log2(uniform(word)) - 1.0));
            }
        }
    }
}

#[inline(always)]
fn each(column: &mut [f64], words: &[u64], drawn: impl Fn(u64) -> f64) {
    for (entry, word) in column.iter_mut().zip(words) {
        *entry = drawn(*word);
    }
}

/// The angle 2πV of the formula may as well be a quarter turn to either side: its cosine has the distribution of that sine.
fn student(column: &mut [f64], words: &[u64], x: f64, (width, power): (f64, f64)) {
    // In two loops, because one is too long a chain for a processor to overlap with the next.
    for (entry, word) in column.iter_mut().zip(words) {
        *entry = log2(of_upper_40(*word));
    }
    for (entry, word) in column.iter_mut().zip(words) {
        // Beyond 2¹⁰⁰⁰ no double is left; only ν below 0.1 comes there.
        let squared = exp2_less_one((power * *entry).min(1_000.0));
        *entry = x + width * root(squared) * sine_of_quarters(of_lower_24(*word));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::disallowed_methods)]
mod tests;
