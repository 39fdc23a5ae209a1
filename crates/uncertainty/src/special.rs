//! Distribution functions with their tails, densities and quantiles, to about 14 digits.
//!
//! Each tail is computed as a tail, so that a small probability keeps its digits; only `libm` is used, so that every machine gives the same
//! bytes. The relative error is about 10⁻¹⁴, in tails below 10⁻³⁰ about 10⁻¹⁶·|ln p|. What is outside a domain gives no number.

pub mod beta;
pub mod chi_squared;
pub mod fisher;
pub mod gamma;
pub mod normal;
pub(crate) mod root;
mod stirling;

/// Which tail a probability is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Lower,
    Upper,
}

/// Both tails of a distribution at a point: their sum is 1.
#[derive(Clone, Copy, Debug)]
struct Tails {
    lower: f64,
    upper: f64,
}

impl Tails {
    const UNDEFINED: Self = Self { lower: f64::NAN, upper: f64::NAN };

    /// Both from the lower one, which was computed.
    fn of_lower(lower: f64) -> Self {
        Self { lower, upper: 1.0 - lower }
    }

    /// Both from the upper one, which was computed.
    fn of_upper(upper: f64) -> Self {
        Self { lower: 1.0 - upper, upper }
    }

    /// ln(tail/p) and its slope, from a density: rising in the lower tail, negated to rise in the upper one.
    fn against(self, side: Side, probability: f64, density: f64) -> (f64, f64) {
        match side {
            Side::Lower => (libm::log(self.lower / probability), density / self.lower),
            Side::Upper => (-libm::log(self.upper / probability), density / self.upper),
        }
    }

    fn exchanged(self) -> Self {
        Self { lower: self.upper, upper: self.lower }
    }
}
