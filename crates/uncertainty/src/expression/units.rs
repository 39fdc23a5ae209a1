//! The units of operations: what must be converted before, and what comes out.
//!
//! A sum has the unit of its left operand. Celsius temperatures lie on a scale with an arbitrary zero: their difference is
//! in kelvin, a kelvin value next to one is a difference, and they have neither sums nor products.

use heng_quantity::Unit;
use heng_quantity::unit::{Conversion, Exponent};

use super::syntax::{Arena, Binary, NodeId};
use crate::error::{EvaluationError, Fault, shown};

/// What an operand goes through before the operation.
pub(crate) enum Change {
    /// Numbers stay as they are.
    Nothing,
    /// Values are converted, zero and all.
    Value(Conversion),
    /// Differences are converted.
    Difference(Conversion),
}

/// How to do an operation of two operands, and its unit.
pub(crate) struct Plan {
    pub(crate) left: Change,
    pub(crate) right: Change,
    pub(crate) unit: Unit,
}

/// Units of operands within one arena.
pub(crate) struct Units<'a> {
    pub(crate) arena: &'a Arena,
    pub(crate) at: NodeId,
}

impl Units<'_> {
    pub(crate) fn error(&self, fault: Fault) -> EvaluationError {
        let place = self.arena.place(self.at);
        let (position, length) = (place.map(|(position, _)| position), place.map_or(0, |(_, length)| length));
        EvaluationError { position, length, fault }
    }

    pub(crate) fn binary(
        &self,
        binary: Binary,
        left: (NodeId, &Unit),
        right: (NodeId, &Unit),
    ) -> Result<Plan, EvaluationError> {
        match binary {
            Binary::Add | Binary::Subtract => self.sum(binary, left, right),
            Binary::Min | Binary::Max => {
                let (right, unit) = (self.as_value_of(left, right)?, left.1.clone());
                Ok(Plan { left: Change::Nothing, right, unit })
            }
            Binary::Atan2 => {
                self.linear(left)?;
                self.linear(right)?;
                let right = self.as_value_of(left, right)?;
                Ok(Plan { left: Change::Nothing, right, unit: Unit::one() })
            }
            Binary::Multiply | Binary::Divide => {
                self.linear(left)?;
                self.linear(right)?;
                let unit = if binary == Binary::Multiply { left.1.product(right.1) } else { left.1.quotient(right.1) };
                let unit = unit.map_err(|_| self.beyond_bounds())?;
                Ok(Plan { left: Change::Nothing, right: Change::Nothing, unit })
            }
        }
    }

    fn sum(&self, binary: Binary, left: (NodeId, &Unit), right: (NodeId, &Unit)) -> Result<Plan, EvaluationError> {
        let operands = || (self.arena.excerpt(left.0), self.arena.excerpt(right.0));
        let (kept, unit) = (Change::Nothing, left.1.clone());
        match (left.1.is_affine(), right.1.is_affine(), binary) {
            (true, true, Binary::Subtract) => {
                Ok(Plan { left: kept, right: self.as_value_of(left, right)?, unit: left.1.of_difference() })
            }
            (true, true, _) => {
                let (left, right) = operands();
                Err(self.error(Fault::TemperatureSum { left, right }))
            }
            (false, true, Binary::Subtract) if left.1.dimension() == right.1.dimension() => {
                let (left, right) = operands();
                Err(self.error(Fault::TemperatureDifference { left, right }))
            }
            (false, true, _) => {
                let change = self.as_difference_of((right.0, &right.1.of_difference()), left)?;
                Ok(Plan { left: change, right: kept, unit: right.1.clone() })
            }
            (_, false, _) => {
                let right = self.as_difference_of((left.0, &left.1.of_difference()), right)?;
                Ok(Plan { left: kept, right, unit })
            }
        }
    }

    /// How `from` becomes a value in the unit of `to`.
    pub(crate) fn as_value_of(&self, to: (NodeId, &Unit), from: (NodeId, &Unit)) -> Result<Change, EvaluationError> {
        let conversion = self.conversion(to, from)?;
        Ok(if conversion.is_identity() { Change::Nothing } else { Change::Value(conversion) })
    }

    /// How a difference in the unit of `from` becomes one in the unit of `to`.
    pub(crate) fn as_difference_of(
        &self,
        to: (NodeId, &Unit),
        from: (NodeId, &Unit),
    ) -> Result<Change, EvaluationError> {
        let conversion = self.conversion(to, from)?;
        Ok(if conversion.is_identity() { Change::Nothing } else { Change::Difference(conversion) })
    }

    fn conversion(&self, to: (NodeId, &Unit), from: (NodeId, &Unit)) -> Result<Conversion, EvaluationError> {
        from.1.conversion_to(to.1).map_err(|_| {
            // Named in the order in which they stand in the text.
            let (first, second) = if to.0 <= from.0 { (to, from) } else { (from, to) };
            self.error(Fault::UnitMismatch {
                left: self.arena.excerpt(first.0),
                left_unit: shown(first.1),
                right: self.arena.excerpt(second.0),
                right_unit: shown(second.1),
            })
        })
    }

    /// How an argument becomes a pure number.
    pub(crate) fn pure(&self, function: &'static str, argument: (NodeId, &Unit)) -> Result<Change, EvaluationError> {
        let conversion = argument.1.conversion_to(&Unit::one()).map_err(|_| {
            let (argument, unit) = (self.arena.excerpt(argument.0), shown(argument.1));
            self.error(Fault::NotDimensionless { function, argument, unit })
        })?;
        Ok(if conversion.is_identity() { Change::Nothing } else { Change::Difference(conversion) })
    }

    /// Refuses a scale with an arbitrary zero.
    pub(crate) fn linear(&self, operand: (NodeId, &Unit)) -> Result<(), EvaluationError> {
        if operand.1.is_affine() {
            return Err(self.error(Fault::TemperatureScale { operand: self.arena.excerpt(operand.0) }));
        }
        Ok(())
    }

    pub(crate) fn power(
        &self,
        base: (NodeId, &Unit),
        numerator: i64,
        denominator: i64,
    ) -> Result<Unit, EvaluationError> {
        self.linear(base)?;
        let exponent = Exponent::new(numerator, denominator).ok_or_else(|| self.beyond_bounds())?;
        base.1.power(exponent).map_err(|_| self.beyond_bounds())
    }

    fn beyond_bounds(&self) -> EvaluationError {
        self.error(Fault::UnitBeyondBounds { operand: self.arena.excerpt(self.at) })
    }
}
