//! Quantities of several components with one region of uncertainty, ellipsoidal or rectangular.

use num_rational::BigRational;
use num_traits::{Signed, Zero};
use serde::{Deserialize, Serialize};

use crate::consistency::coverage_findings;
use crate::convert::order_of_magnitude;
use crate::decimal::Decimal;
use crate::unit::UnitBeyondBounds;
use crate::{Finding, Reported, RoundingRule, Uncertainty, Unit};

/// A vector quantity as stated, such as real and imaginary part, or the coordinates of a point.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ReportedVector {
    /// The components.
    pub components: Vec<Reported>,
    /// The region of uncertainty that they share, where one was stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
}

/// A coverage region (JCGM 102:2011, 6.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Region {
    /// Its shape.
    pub shape: RegionShape,
    /// V, column by column; the element in row i and column j is in unit i times unit j.
    pub covariance: Vec<Vec<Decimal>>,
    /// k.
    pub coverage_factor: Decimal,
    /// p, between 0 and 1, of the whole region.
    pub coverage_probability: Decimal,
    /// What it rests on, in the words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<String>,
}

/// The shape of a coverage region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RegionShape {
    /// (η − y)ᵀ V⁻¹ (η − y) ≤ k².
    Ellipsoidal,
    /// |ηᵢ − yᵢ| ≤ k·√Vᵢᵢ for every i.
    Rectangular,
}

impl ReportedVector {
    /// What is wrong with the region, from the statement alone.
    pub fn findings(&self) -> Vec<Finding> {
        let Some(region) = &self.region else { return Vec::new() };
        let size = self.components.len();
        let columns = region.covariance.len();
        if columns != size || region.covariance.iter().any(|column| column.len() != size) {
            return vec![Finding::error("covariance-size").with("components", size).with("columns", columns)];
        }
        let mut findings = Vec::new();
        for (row, column) in pairs(size).filter(|(row, column)| row < column) {
            let (Some(above), Some(below)) = (region.element(row, column), region.element(column, row)) else {
                continue;
            };
            if above.numeric_cmp(below).is_ne() {
                findings.push(Finding::error("covariance-asymmetric").with("row", row + 1).with("column", column + 1));
            }
        }
        if findings.is_empty() && Factorised::of(region).is_none() {
            findings.push(Finding::error("covariance-not-positive"));
        }
        // The regions of one component are intervals; those of more have no k that follows from p by one formula alone.
        if size == 1 {
            findings.extend(coverage_findings(&region.coverage_factor, &region.coverage_probability, None));
        }
        findings
    }

    /// The unit of the covariance in a row and a column, both from 0; none outside the vector.
    pub fn covariance_unit(&self, row: usize, column: usize) -> Option<Result<Unit, UnitBeyondBounds>> {
        Some(self.components.get(row)?.unit.of_difference().product(&self.components.get(column)?.unit.of_difference()))
    }

    /// One component, from 0, with its standard uncertainty √Vᵢᵢ rounded by the rule.
    pub fn component(&self, index: usize, rule: RoundingRule) -> Option<Reported> {
        let component = self.components.get(index)?;
        let Some(region) = &self.region else { return Some(component.clone()) };
        let value = rule.uncertainty(&square_root(region.element(index, index)?)?);
        Some(Reported { uncertainty: Some(Uncertainty::Standard { value, distribution: None }), ..component.clone() })
    }

    /// The correlation coefficient r = Vᵢⱼ ∕ √(Vᵢᵢ Vⱼⱼ) (JCGM 100, 5.2.2); none where a variance is zero.
    pub fn correlation(&self, row: usize, column: usize) -> Option<f64> {
        let region = self.region.as_ref()?;
        let (row_variance, column_variance) = (region.element(row, row)?, region.element(column, column)?);
        let product = row_variance.to_f64().sqrt() * column_variance.to_f64().sqrt();
        (product > 0.0).then(|| region.element(row, column).map(|covariance| covariance.to_f64() / product))?
    }

    /// Whether a point, in the units of the components, lies in the region: decided exactly. None without a region, or
    /// where the region is no region.
    pub fn contains(&self, point: &[Decimal]) -> Option<bool> {
        let region = self.region.as_ref()?;
        if point.len() != self.components.len() || !self.findings().is_empty() {
            return None;
        }
        let deviations: Vec<BigRational> = self
            .components
            .iter()
            .zip(point)
            .map(|(component, coordinate)| coordinate.to_rational() - component.value.to_rational())
            .collect();
        let factor = region.coverage_factor.to_rational();
        let bound = &factor * &factor;
        match region.shape {
            RegionShape::Ellipsoidal => {
                let distance = Factorised::of(region)?.squared_distance(&deviations);
                Some(distance.is_some_and(|distance| distance <= bound))
            }
            RegionShape::Rectangular => deviations.iter().enumerate().try_fold(true, |inside, (index, deviation)| {
                let variance = region.element(index, index)?.to_rational();
                Some(inside && deviation * deviation <= &bound * variance)
            }),
        }
    }
}

impl Region {
    fn element(&self, row: usize, column: usize) -> Option<&Decimal> {
        self.covariance.get(column)?.get(row)
    }
}

/// V = L D Lᵀ, computed exactly.
struct Factorised {
    /// Rows of L below its diagonal of ones.
    lower: Vec<Vec<BigRational>>,
    diagonal: Vec<BigRational>,
}

impl Factorised {
    /// None where V is not positive semidefinite.
    fn of(region: &Region) -> Option<Self> {
        let mut factorised = Self { lower: Vec::new(), diagonal: Vec::new() };
        for row in 0..region.covariance.len() {
            let mut line: Vec<BigRational> = Vec::new();
            for column in 0..row {
                let known = factorised.lower.get(column)?;
                let rest = region.element(row, column)?.to_rational() - factorised.weighted(&line, known);
                let pivot = factorised.diagonal.get(column)?;
                match (pivot.is_zero(), rest.is_zero()) {
                    (true, true) => line.push(BigRational::zero()),
                    (true, false) => return None,
                    (false, _) => line.push(rest / pivot),
                }
            }
            let pivot = region.element(row, row)?.to_rational() - factorised.weighted(&line, &line);
            if pivot.is_negative() {
                return None;
            }
            factorised.diagonal.push(pivot);
            factorised.lower.push(line);
        }
        Some(factorised)
    }

    /// Σ aₘ Dₘ bₘ.
    fn weighted(&self, left: &[BigRational], right: &[BigRational]) -> BigRational {
        left.iter().zip(right).zip(&self.diagonal).map(|((left, right), weight)| left * right * weight).sum()
    }

    /// dᵀ V⁻¹ d; none where d points to where V allows no deviation.
    fn squared_distance(&self, deviations: &[BigRational]) -> Option<BigRational> {
        let mut solved: Vec<BigRational> = Vec::new();
        let mut distance = BigRational::zero();
        for ((deviation, line), pivot) in deviations.iter().zip(&self.lower).zip(&self.diagonal) {
            let rest = deviation - line.iter().zip(&solved).map(|(left, right)| left * right).sum::<BigRational>();
            match (pivot.is_zero(), rest.is_zero()) {
                (true, true) => {}
                (true, false) => return None,
                (false, _) => distance += &rest * &rest / pivot,
            }
            solved.push(rest);
        }
        Some(distance)
    }
}

fn pairs(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..size).flat_map(move |row| (0..size).map(move |column| (row, column)))
}

/// √x to some thirty digits; none below zero.
fn square_root(value: &Decimal) -> Option<Decimal> {
    if value.is_negative() {
        return None;
    }
    let Some(leading) = order_of_magnitude(&value.to_rational()) else { return Some(Decimal::zero()) };
    // An even exponent, so that the root of the power of ten is one.
    let exponent = (leading.saturating_sub(60)).div_euclid(2) * 2;
    let scaled = value.rounded(exponent, RoundingRule::Gbt8170);
    Some(Decimal::new(scaled.coefficient().sqrt(), exponent / 2))
}
