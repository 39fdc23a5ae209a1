//! Conversion between units of one dimension, exact wherever the units are defined exactly.

use num_rational::BigRational;
use num_traits::{One, Zero};

use super::Unit;
use super::dimension::Dimension;
use super::exponent::Exponent;
use super::factor::Factor;
use crate::decimal::{Decimal, rational_to_f64};

/// The units do not measure quantities of one dimension.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{from} ({from_dimension}) cannot be converted to {to} ({to_dimension})")]
pub struct UnitMismatch {
    /// The unit of the value.
    pub from: Box<Unit>,
    /// The unit asked for.
    pub to: Box<Unit>,
    /// The dimension of the value.
    pub from_dimension: Dimension,
    /// The dimension asked for.
    pub to_dimension: Dimension,
}

/// y = factor · x + offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    exact: bool,
    factor: BigRational,
    offset: BigRational,
}

impl Unit {
    /// How numbers in this unit become numbers in another. A bare degree Celsius is a temperature, t ∕ °C = T ∕ K − 273.15
    /// (SI brochure 2.3.4); within a product, and for [`Conversion::difference`], it is a kelvin.
    pub fn conversion_to(&self, other: &Self) -> Result<Conversion, UnitMismatch> {
        if self == other {
            return Ok(Conversion { exact: true, factor: BigRational::one(), offset: BigRational::zero() });
        }
        let (from_dimension, to_dimension) = (self.dimension(), other.dimension());
        if from_dimension != to_dimension {
            return Err(UnitMismatch {
                from: Box::new(self.clone()),
                to: Box::new(other.clone()),
                from_dimension,
                to_dimension,
            });
        }
        let target = other.factor();
        let mut factor = self.factor();
        factor.multiply_factor(&target, -Exponent::ONE);
        let offset = (self.zero_in_si() - other.zero_in_si()) / target.approximation();
        Ok(Conversion::of(&factor, offset))
    }

    /// How numbers in this unit become numbers in coherent SI units.
    pub fn conversion_to_si(&self) -> Conversion {
        Conversion::of(&self.factor(), self.zero_in_si())
    }

    /// Where the unit's zero lies in SI units.
    fn zero_in_si(&self) -> BigRational {
        if self.is_affine() { BigRational::new(27_315.into(), 100.into()) } else { BigRational::zero() }
    }
}

impl Conversion {
    fn of(factor: &Factor, offset: BigRational) -> Self {
        let ratio = factor.ratio();
        Self { exact: ratio.is_some(), factor: ratio.unwrap_or_else(|| factor.approximation()), offset }
    }

    /// Whether factor and offset are exact fractions. They are not where π, a root or a measured size remains between
    /// the units (degree to radian, dalton to kilogram); then the factor is right to some forty digits, or as recommended.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The factor.
    pub fn factor(&self) -> &BigRational {
        &self.factor
    }

    /// The offset, in the unit converted to.
    pub fn offset(&self) -> &BigRational {
        &self.offset
    }

    /// Whether numbers stay as they are.
    pub fn is_identity(&self) -> bool {
        self.exact && self.factor.is_one() && self.offset.is_zero()
    }

    /// A value converted.
    pub fn value(&self, value: &Decimal) -> BigRational {
        value.to_rational() * &self.factor + &self.offset
    }

    /// A difference of values, such as an uncertainty, converted.
    pub fn difference(&self, difference: &Decimal) -> BigRational {
        difference.to_rational() * &self.factor
    }

    /// A computed value converted, rounded once.
    pub fn value_f64(&self, value: f64) -> f64 {
        if self.is_identity() {
            return value;
        }
        Decimal::from_f64(value).map_or(value, |exact| rational_to_f64(&self.value(&exact)))
    }

    /// A computed difference of values, such as an uncertainty, converted, rounded once.
    pub fn difference_f64(&self, difference: f64) -> f64 {
        if self.is_identity() {
            return difference;
        }
        Decimal::from_f64(difference).map_or(difference, |exact| rational_to_f64(&self.difference(&exact)))
    }
}
