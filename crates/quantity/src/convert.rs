//! Stated quantity values in another unit, and stated uncertainties in another form.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use crate::decimal::Decimal;
use crate::reported::{Distribution, Reported, Uncertainty};
use crate::rounding::RoundingRule;
use crate::unit::{Conversion, Unit, UnitMismatch};

/// How many digits more than were stated a conversion may show to stay exact: 20.5 °C is 293.65 K.
const DIGITS_TO_STAY_EXACT: i32 = 3;

impl Reported {
    /// The same quantity value in another unit.
    ///
    /// Digits: each number is exact where its exact decimal needs at most three digits below the place that its last
    /// stated digit converts to (so 1500 g is 1.500 kg, and 1.23 kW·h is 4.428 MJ); else it is rounded, ties to even, one
    /// digit below that place (100 L/min is 0.001 667 m³/s). It never shows fewer digits than were stated. Uncertainties
    /// convert as differences, the ends of intervals as values.
    pub fn converted_to(&self, unit: &Unit) -> Result<Self, UnitMismatch> {
        let conversion = self.unit.conversion_to(unit)?;
        if conversion.is_identity() {
            return Ok(Self { unit: unit.clone(), ..self.clone() });
        }
        let value = |value: &Decimal| stated(&conversion.value(value), value, &conversion);
        let difference = |value: &Decimal| stated(&conversion.difference(value), value, &conversion);
        let uncertainty = self.uncertainty.as_ref().map(|uncertainty| match uncertainty {
            Uncertainty::Standard { value, distribution } => {
                Uncertainty::Standard { value: difference(value), distribution: *distribution }
            }
            Uncertainty::Expanded { value, coverage_factor, coverage_probability, distribution } => {
                Uncertainty::Expanded {
                    value: difference(value),
                    coverage_factor: coverage_factor.clone(),
                    coverage_probability: coverage_probability.clone(),
                    distribution: *distribution,
                }
            }
            Uncertainty::Interval { lower, upper, coverage_probability, standard, distribution } => {
                Uncertainty::Interval {
                    lower: value(lower),
                    upper: value(upper),
                    coverage_probability: coverage_probability.clone(),
                    standard: standard.as_ref().map(difference),
                    distribution: *distribution,
                }
            }
        });
        Ok(Self { value: value(&self.value), unit: unit.clone(), uncertainty })
    }

    /// The order of two values in whatever units, exactly; nothing where their quantities differ. Uncertainties are not looked at.
    ///
    /// ```
    /// use heng_quantity::text::parse;
    ///
    /// let (small, large) = (parse("999 g")?, parse("1 kg")?);
    /// assert!(small.order(&large).is_some_and(std::cmp::Ordering::is_lt));
    /// assert_eq!(large.order(&parse("1 MPa")?), None);
    /// # Ok::<(), heng_quantity::Finding>(())
    /// ```
    pub fn order(&self, other: &Self) -> Option<Ordering> {
        if self.unit == other.unit {
            return Some(self.value.numeric_cmp(&other.value));
        }
        let conversion = self.unit.conversion_to(&other.unit).ok()?;
        Some(conversion.value(&self.value).cmp(&other.value.to_rational()))
    }

    /// The order of two differences, as uncertainties are: 1 °C of it is 1 K.
    pub fn order_of_differences(&self, other: &Self) -> Option<Ordering> {
        let conversion = self.unit.of_difference().conversion_to(&other.unit.of_difference()).ok()?;
        Some(conversion.difference(&self.value).cmp(&other.value.to_rational()))
    }
}

impl Uncertainty {
    /// u as an exact fraction: as stated, or U ∕ k (JCGM 100 6.2.1). None for an interval that states none, or k = 0.
    pub fn standard_exact(&self) -> Option<BigRational> {
        match self {
            Self::Standard { value, .. } => Some(value.to_rational()),
            Self::Expanded { value, coverage_factor, .. } => {
                (!coverage_factor.is_zero()).then(|| value.to_rational() / coverage_factor.to_rational())
            }
            Self::Interval { standard, .. } => standard.as_ref().map(Decimal::to_rational),
        }
    }

    /// u as the nearest double, for arithmetic.
    pub fn standard_f64(&self) -> Option<f64> {
        self.standard_exact().as_ref().map(crate::decimal::rational_to_f64)
    }

    /// The standard uncertainty, rounded by the rule where it was not stated as such.
    pub fn to_standard(&self, rule: RoundingRule) -> Option<Self> {
        let value = match self {
            Self::Standard { value, .. } => value.clone(),
            Self::Interval { standard, .. } => standard.clone()?,
            Self::Expanded { .. } => rounded(&self.standard_exact()?, rule),
        };
        Some(Self::Standard { value, distribution: self.distribution() })
    }

    /// U = k·u for another coverage factor, rounded by the rule. None where no u is known.
    pub fn to_expanded(&self, factor: &Decimal, probability: &Decimal, rule: RoundingRule) -> Option<Self> {
        let value = rounded(&(self.standard_exact()? * factor.to_rational()), rule);
        Some(Self::Expanded {
            value,
            coverage_factor: factor.clone(),
            coverage_probability: probability.clone(),
            distribution: self.distribution(),
        })
    }

    /// What the uncertainty rests on, if stated.
    pub fn distribution(&self) -> Option<Distribution> {
        match self {
            Self::Standard { distribution, .. }
            | Self::Expanded { distribution, .. }
            | Self::Interval { distribution, .. } => *distribution,
        }
    }
}

/// An exact uncertainty rounded by the rule; thirty digits stand for a fraction without end.
fn rounded(value: &BigRational, rule: RoundingRule) -> Decimal {
    let decimal = match order_of_magnitude(value) {
        None => Decimal::zero(),
        Some(leading) => Decimal::from_rational_rounded(value, leading.saturating_sub(30), RoundingRule::Gbt8170),
    };
    rule.uncertainty(&decimal)
}

fn stated(exact: &BigRational, source: &Decimal, conversion: &Conversion) -> Decimal {
    let place = order_of_magnitude(conversion.factor()).map_or(0, |order| order.saturating_add(source.exponent()));
    let rounding = RoundingRule::Gbt8170;
    if conversion.is_exact()
        && let Some(finite) = Decimal::from_rational(exact)
        && finite.exponent() >= place.saturating_sub(DIGITS_TO_STAY_EXACT)
    {
        return finite.rounded(place.min(finite.exponent()), rounding);
    }
    Decimal::from_rational_rounded(exact, place.saturating_sub(1), rounding)
}

/// ⌊lg |x|⌋; none for zero.
pub(crate) fn order_of_magnitude(value: &BigRational) -> Option<i32> {
    if value.is_zero() {
        return None;
    }
    let digits = |number: &BigInt| i32::try_from(number.magnitude().to_string().len()).unwrap_or(i32::MAX);
    let guess = digits(value.numer()).saturating_sub(digits(value.denom()));
    // 10^guess ≤ |x| or 10^(guess−1) ≤ |x|.
    let power = Decimal::new(BigInt::from(1), guess).to_rational();
    Some(if value.abs() >= power { guess } else { guess.saturating_sub(1) })
}
