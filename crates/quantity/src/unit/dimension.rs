//! Dimensions: what a unit is a unit of.

use std::collections::BTreeMap;
use std::fmt;

use super::exponent::Exponent;

/// What units are made of: the seven base quantities of the SI, and three counts that must not be mixed with pure numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaseQuantity {
    /// T.
    Time,
    /// L.
    Length,
    /// M.
    Mass,
    /// I.
    ElectricCurrent,
    /// Θ.
    Temperature,
    /// N.
    AmountOfSubstance,
    /// J.
    LuminousIntensity,
    /// Bits; of dimension one in ISO 80000-13, yet no bit is a radian.
    Information,
    /// Levels in bel: logarithms of ratios, which do not multiply.
    LevelInBel,
    /// Levels in neper.
    LevelInNeper,
}

impl BaseQuantity {
    fn symbol(self) -> &'static str {
        match self {
            Self::Time => "T",
            Self::Length => "L",
            Self::Mass => "M",
            Self::ElectricCurrent => "I",
            Self::Temperature => "Θ",
            Self::AmountOfSubstance => "N",
            Self::LuminousIntensity => "J",
            Self::Information => "bit",
            Self::LevelInBel => "B",
            Self::LevelInNeper => "Np",
        }
    }
}

/// The exponents of the base quantities (VIM 1.7). Plane and solid angle are of dimension one (SI brochure 2.3.3).
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dimension(BTreeMap<BaseQuantity, Exponent>);

impl Dimension {
    /// Whether it is the dimension of a pure number.
    pub fn is_one(&self) -> bool {
        self.0.is_empty()
    }

    /// The exponent of one base quantity.
    pub fn exponent(&self, quantity: BaseQuantity) -> Exponent {
        self.0.get(&quantity).copied().unwrap_or(Exponent::ZERO)
    }

    /// The exponents that are not zero.
    pub fn exponents(&self) -> impl Iterator<Item = (BaseQuantity, Exponent)> {
        self.0.iter().map(|(quantity, exponent)| (*quantity, *exponent))
    }

    pub(crate) fn multiply(&mut self, quantity: BaseQuantity, exponent: Exponent) {
        let sum = self.exponent(quantity) + exponent;
        if sum.is_zero() {
            self.0.remove(&quantity);
        } else {
            self.0.insert(quantity, sum);
        }
    }
}

impl fmt::Display for Dimension {
    /// For example `T^-2 L M`, or `1`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_one() {
            return formatter.write_str("1");
        }
        for (position, (quantity, exponent)) in self.exponents().enumerate() {
            let space = if position == 0 { "" } else { " " };
            write!(formatter, "{space}{}", quantity.symbol())?;
            if !exponent.is_one() {
                write!(formatter, "^{exponent}")?;
            }
        }
        Ok(())
    }
}
