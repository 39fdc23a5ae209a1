//! Conversion factors as products of powers, so that what is exact stays exact.

use std::collections::BTreeMap;

use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Pow, Signed};

use super::exponent::Exponent;
use crate::decimal::Decimal;

/// What a conversion factor is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Atom {
    Prime(u64),
    Pi,
    /// A measured size in SI units, by its recommended value.
    Measured(&'static str),
}

/// ∏ atomᵢ^exponentᵢ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Factor(BTreeMap<Atom, Exponent>);

/// Digits kept where a factor is irrational; any measured value has far fewer.
const DIGITS: u32 = 40;

/// π to fifty decimals.
const PI: &str = "3.14159265358979323846264338327950288419716939937511";

impl Factor {
    /// Multiplies by atom^exponent.
    pub(crate) fn multiply(&mut self, atom: Atom, exponent: Exponent) {
        let sum = self.0.get(&atom).copied().unwrap_or(Exponent::ZERO) + exponent;
        if sum.is_zero() {
            self.0.remove(&atom);
        } else {
            self.0.insert(atom, sum);
        }
    }

    /// Multiplies by a whole number's power, prime by prime.
    pub(crate) fn multiply_whole(&mut self, number: u64, exponent: Exponent) {
        let (mut rest, mut prime) = (number, 2_u64);
        while rest > 1 {
            if prime.saturating_mul(prime) > rest {
                prime = rest;
            }
            while rest.is_multiple_of(prime) {
                self.multiply(Atom::Prime(prime), exponent);
                rest /= prime;
            }
            prime += 1;
        }
    }

    /// Multiplies by another factor's power.
    pub(crate) fn multiply_factor(&mut self, other: &Self, exponent: Exponent) {
        for (atom, power) in &other.0 {
            self.multiply(*atom, *power * exponent);
        }
    }

    /// The factor as an exact fraction, where it is one.
    pub(crate) fn ratio(&self) -> Option<BigRational> {
        let (mut numerator, mut denominator) = (BigInt::one(), BigInt::one());
        for (atom, exponent) in &self.0 {
            let Atom::Prime(prime) = atom else { return None };
            if !exponent.is_integer() {
                return None;
            }
            let power = BigInt::from(*prime).pow(exponent.numerator().unsigned_abs());
            if exponent.is_negative() { denominator *= power } else { numerator *= power }
        }
        // Powers of different primes have no common divisor.
        Some(BigRational::new_raw(numerator, denominator))
    }

    /// The factor as a fraction, exact where it can be, else to some forty digits.
    pub(crate) fn approximation(&self) -> BigRational {
        self.ratio().unwrap_or_else(|| {
            self.0.iter().fold(BigRational::one(), |product, (atom, exponent)| {
                shortened(&(product * power(&atom.approximation(), *exponent)))
            })
        })
    }
}

impl Atom {
    fn approximation(self) -> BigRational {
        let decimal =
            |text: &str| text.parse::<Decimal>().map_or_else(|_| BigRational::one(), |value| value.to_rational());
        match self {
            Self::Prime(prime) => BigRational::from_integer(prime.into()),
            Self::Pi => decimal(PI),
            Self::Measured(value) => decimal(value),
        }
    }
}

/// base^exponent, for a base above zero.
fn power(base: &BigRational, exponent: Exponent) -> BigRational {
    let whole = exponent.numerator().div_euclid(exponent.denominator());
    let part = exponent.numerator().rem_euclid(exponent.denominator());
    let integral = Pow::pow(base, BigInt::from(whole));
    if part == 0 {
        return integral;
    }
    let degree = u32::try_from(exponent.denominator()).unwrap_or(1);
    let radicand = Pow::pow(base, BigInt::from(part));
    // The root of a number near 1 keeps DIGITS digits; a small one is scaled up first.
    let scale = BigInt::from(10).pow(DIGITS + 20);
    let scaled = radicand.numer() * Pow::pow(&scale, degree) / radicand.denom();
    integral * BigRational::new(scaled.nth_root(degree), scale)
}

/// The fraction cut to DIGITS significant digits and some, so that products stay small.
fn shortened(value: &BigRational) -> BigRational {
    let bits = |number: &BigInt| i64::try_from(number.magnitude().bits()).unwrap_or(i64::MAX);
    let surplus = bits(value.numer()).min(bits(value.denom())) - i64::from(DIGITS) * 5;
    match u64::try_from(surplus) {
        Ok(surplus) if surplus > 0 && value.is_positive() => {
            let cut = |number: &BigInt| BigInt::from_biguint(Sign::Plus, number.magnitude() >> surplus);
            BigRational::new(cut(value.numer()), cut(value.denom()))
        }
        _ => value.clone(),
    }
}
