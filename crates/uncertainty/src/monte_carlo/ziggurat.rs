//! Draws from the normal and from Student's t distribution out of layers of one area.
//!
//! The area under the density is covered by 1024 layers of one area each: boxes that lie across it, the lowest of them with the tail. A word
//! chooses a layer and a place in it; nearly always the place lies under the density for certain, and is the draw. The rest is decided exactly.
//!
//! Source: G. Marsaglia and W. W. Tsang, J. Stat. Softw. 5 (2000), 8; layer and place come from bits of their own, as J. A. Doornik advises (2005).

use std::sync::LazyLock;

use super::elementary::{root, uniform};
use super::random::Stream;
use crate::student::{cumulative, quantile};

const LAYERS: usize = 1_024;

/// Least ν of a table; below, the lowest layer would be mostly tail.
pub(crate) const LEAST_DEGREES: f64 = 2.0;

/// From this ν on the tail is that of the normal distribution at t (1 − 1/(4ν))/√(1 + t²/(2ν)), to 10⁻⁸ of itself (Abramowitz and Stegun, 26.7.8).
const NEARLY_NORMAL: f64 = 1e6;

/// A density over the real line, symmetric and falling to either side of zero, not normalized: one at zero.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Density {
    /// e^(−x²/2).
    Normal,
    /// (1 + x²/ν)^(−(ν + 1)/2).
    Student(f64),
}

#[derive(Clone, Copy, Debug, Default)]
struct Layer {
    /// Places reach so far either way.
    width: f64,
    /// Nearer than this they lie under the density.
    within: f64,
}

/// The layers of a density.
#[derive(Clone, Debug)]
pub(crate) struct Ziggurat {
    density: Density,
    layers: [Layer; LAYERS],
    /// The density at the width of each layer and at where it lies within.
    heights: [[f64; 2]; LAYERS],
}

impl Ziggurat {
    /// The layers of the t distribution of ν degrees of freedom, at least 2; of the normal distribution where ν is infinite.
    pub(crate) fn of(degrees_of_freedom: f64) -> Self {
        if degrees_of_freedom.is_finite() { Self::made(Density::Student(degrees_of_freedom)) } else { NORMAL.clone() }
    }

    fn made(density: Density) -> Self {
        let mut layers = density.layers(density.outermost());
        // The last one ends at the top, which is off by less than the outermost edge was.
        if let Some(last) = layers.last_mut() {
            last.within = 0.0;
        }
        let heights = layers.map(|layer| [density.at(layer.width), density.at(layer.within)]);
        Self { density, layers, heights }
    }

    /// Is it the table of these degrees of freedom?
    pub(crate) fn is_of(&self, degrees_of_freedom: f64) -> bool {
        match self.density {
            Density::Normal => degrees_of_freedom.is_infinite(),
            Density::Student(known) => known == degrees_of_freedom,
        }
    }

    /// A column of x + scale · z; a word for each draw, and more from the stream where one word does not decide.
    pub(crate) fn fill(&self, column: &mut [f64], words: &[u64], (x, scale): (f64, f64), stream: &mut Stream) {
        for (entry, word) in column.iter_mut().zip(words) {
            let (layer, place) = self.place(*word);
            let z = if place.abs() < layer.within { place } else { self.decided(*word, stream) };
            *entry = x + scale * z;
        }
    }

    #[inline(always)]
    fn place(&self, word: u64) -> (Layer, f64) {
        let layer = self.layers.get(number(word)).copied().unwrap_or_default();
        (layer, (2.0 * uniform(word) - 1.0) * layer.width)
    }

    #[cold]
    fn decided(&self, mut word: u64, stream: &mut Stream) -> f64 {
        loop {
            let (layer, place) = self.place(word);
            let distance = place.abs();
            if distance < layer.within {
                return place;
            }
            if number(word) == 0 {
                return self.tail(layer.within, stream).copysign(place);
            }
            let [low, high] = self.heights.get(number(word)).copied().unwrap_or_default();
            if low + (high - low) * stream.uniform() < self.density.at(distance) {
                return place;
            }
            word = stream.bits();
        }
    }

    /// A draw beyond `edge`. Two coordinates of a spherically symmetric distribution lie within their radius, so that only radii beyond the edge are
    /// drawn; the angle decides.
    fn tail(&self, edge: f64, stream: &mut Stream) -> f64 {
        loop {
            let radius = self.density.radius_beyond(edge, stream.uniform());
            let coordinate = radius * libm::fabs(libm::cos(std::f64::consts::PI * stream.uniform()));
            if coordinate > edge {
                return coordinate;
            }
        }
    }
}

/// The number of a word's layer, from bits that its place does not use.
#[inline(always)]
fn number(word: u64) -> usize {
    word as usize % LAYERS
}

impl Density {
    fn at(self, x: f64) -> f64 {
        match self {
            Self::Normal => libm::exp(-x * x / 2.0),
            Self::Student(nu) => libm::exp(-(nu + 1.0) / 2.0 * libm::log1p(x * x / nu)),
        }
    }

    /// The x ≥ 0 at which the density has this height.
    fn inverse(self, height: f64) -> f64 {
        let logarithm = libm::log(height);
        root(match self {
            Self::Normal => -2.0 * logarithm,
            Self::Student(nu) => nu * libm::expm1(-2.0 / (nu + 1.0) * logarithm),
        })
    }

    /// The area under the density beyond x.
    fn area_beyond(self, x: f64) -> f64 {
        let half = match self {
            Self::Normal => root(std::f64::consts::FRAC_PI_2),
            // √(πν) Γ(ν/2)/Γ((ν + 1)/2)/2; for large ν by the series of the quotient (Abramowitz and Stegun, 6.1.47).
            Self::Student(nu) if nu < 100.0 => {
                let quotient = libm::exp(libm::lgamma(nu / 2.0) - libm::lgamma((nu + 1.0) / 2.0));
                root(std::f64::consts::PI * nu) * quotient / 2.0
            }
            Self::Student(nu) => {
                let quotient = 1.0 - 1.0 / (4.0 * nu) + 1.0 / (32.0 * nu * nu) + 5.0 / (128.0 * nu * nu * nu);
                root(std::f64::consts::FRAC_PI_2) / quotient
            }
        };
        let tail = match self {
            Self::Normal => cumulative(-x, f64::INFINITY),
            Self::Student(nu) if nu < NEARLY_NORMAL => cumulative(-x, nu),
            Self::Student(nu) => {
                let z = x * (1.0 - 1.0 / (4.0 * nu)) / root(1.0 + x * x / (2.0 * nu));
                cumulative(-z, f64::INFINITY)
            }
        };
        2.0 * half * tail
    }

    /// The radius of two coordinates beyond `edge`, for a uniform number: P(R > r) = e^(−r²/2), and (1 + r²/ν)^(−ν/2).
    fn radius_beyond(self, edge: f64, uniform: f64) -> f64 {
        let logarithm = libm::log(uniform);
        root(match self {
            Self::Normal => edge * edge - 2.0 * logarithm,
            Self::Student(nu) => {
                let grown = libm::expm1(-2.0 / nu * logarithm);
                edge * edge + (nu + edge * edge) * grown
            }
        })
    }

    /// The outermost edge with which the layers end at the top, by the rule of false position (Illinois).
    fn outermost(self) -> f64 {
        let degrees_of_freedom = match self {
            Self::Student(nu) if nu < NEARLY_NORMAL => nu,
            _ => f64::INFINITY,
        };
        let beyond = |part: f64| -quantile(part / (2 * LAYERS) as f64, degrees_of_freedom);
        // The lowest layer holds little more than its share of the area, and its tail between a hundredth and all of it.
        let (mut low, mut high) = (beyond(1.1), beyond(0.01));
        let (mut above, mut below) = (self.missed(low), self.missed(high));
        let mut last = 0.0;
        for _ in 0..100 {
            let middle = (low * below - high * above) / (below - above);
            if !(low < middle && middle < high) {
                break;
            }
            let missed = self.missed(middle);
            if libm::fabs(missed) < 1e-8 {
                return middle;
            }
            // The end that stays twice counts half, so that it moves as well.
            let stays = if missed * last > 0.0 { 0.5 } else { 1.0 };
            if missed > 0.0 {
                (low, above, below) = (middle, missed, below * stays);
            } else {
                (high, below, above) = (middle, missed, above * stays);
            }
            last = missed;
        }
        high
    }

    /// How many layers are left over when the top is reached, or with the other sign are needed to reach it.
    fn missed(self, edge: f64) -> f64 {
        let mut height = self.at(edge);
        let area = edge * height + self.area_beyond(edge);
        let mut width = edge;
        let mut made = 1.0;
        // The last layer is not made: how much of it is needed says how near the edge is.
        while made < (LAYERS - 1) as f64 && height + area / width < 1.0 {
            height += area / width;
            width = self.inverse(height);
            made += 1.0;
        }
        LAYERS as f64 - made - (1.0 - height) * width / area
    }

    /// The layers with this outermost edge.
    fn layers(self, edge: f64) -> [Layer; LAYERS] {
        let mut height = self.at(edge);
        let area = edge * height + self.area_beyond(edge);
        let mut layers = [Layer::default(); LAYERS];
        let mut width = edge;
        if let Some((lowest, others)) = layers.split_first_mut() {
            *lowest = Layer { width: area / height, within: edge };
            for layer in others {
                height += area / width;
                let within = if height < 1.0 { self.inverse(height) } else { 0.0 };
                *layer = Layer { width, within };
                width = within;
            }
        }
        layers
    }
}

/// The layers of the normal distribution, which most models need.
static NORMAL: LazyLock<Ziggurat> = LazyLock::new(|| Ziggurat::made(Density::Normal));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_layers_have_one_area_and_reach_the_top() {
        for nu in [2.0, 2.01, 2.5, 3.0, 5.0, 18.0, 50.5, 99.9, 100.0, 1e4, 9.9e5, 1e6, 1e9, 1e18, f64::INFINITY] {
            let ziggurat = Ziggurat::of(nu);
            let at = |x| ziggurat.density.at(x);
            let [lowest, others @ ..] = &ziggurat.layers;
            let area = lowest.width * at(lowest.within);
            // They cover the area under the density, and hardly more, or words would be wasted.
            for (known, half) in [(2.0, std::f64::consts::SQRT_2), (3.0, std::f64::consts::PI * 3.0_f64.sqrt() / 4.0)] {
                let covered = area * LAYERS as f64 / half;
                assert!(nu != known || (1.0..1.02).contains(&covered), "ν = {nu}: {covered}");
            }
            for layer in others {
                let ours = layer.width * (at(layer.within) - at(layer.width));
                assert!((ours / area - 1.0).abs() < 1e-7, "ν = {nu}: {ours} and not {area}");
                assert!(layer.within < layer.width);
            }
        }
    }
}
