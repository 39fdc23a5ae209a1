//! One pass over the nodes of an expression, operands first.

use std::cmp::Ordering;

use heng_quantity::Unit;

use super::Lookup;
use super::number::{Number, Quantity, Value};
use super::syntax::{Arena, Binary, Comparison, Function, NodeId, NodeKind};
use super::units::{Change, Units};
use crate::error::{EvaluationError, Fault};

/// What a node came to.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    Quantity(Quantity),
    Text(String),
    Flag(bool),
}

pub(crate) fn evaluated(arena: &Arena, root: NodeId, lookup: Lookup<'_>) -> Result<Found, EvaluationError> {
    let mut found: Vec<Found> = Vec::with_capacity(arena.nodes.len());
    for (at, node) in arena.nodes.iter().enumerate() {
        let pass = Pass { units: Units { arena, at }, found: &found };
        let result = pass.node(&node.kind, lookup)?;
        if matches!(&result, Found::Quantity(quantity) if !quantity.number.is_small()) {
            return Err(pass.units.error(Fault::TooManyDigits { operand: arena.excerpt(at) }));
        }
        found.push(result);
    }
    found.into_iter().nth(root).ok_or_else(|| Fault::NotFinite { operand: String::new() }.into())
}

struct Pass<'a> {
    units: Units<'a>,
    found: &'a [Found],
}

impl Pass<'_> {
    fn node(&self, kind: &NodeKind, lookup: Lookup<'_>) -> Result<Found, EvaluationError> {
        let exact = |value: &heng_quantity::Decimal, unit: &Unit| {
            Found::Quantity(Quantity { number: Number::Exact(value.to_rational()), unit: unit.clone() })
        };
        Ok(match kind {
            NodeKind::Literal(value, unit) => exact(value, unit.as_ref().unwrap_or(&Unit::one())),
            NodeKind::Pi => {
                let number = Number::Approximate(std::f64::consts::PI);
                Found::Quantity(Quantity { number, unit: Unit::one() })
            }
            NodeKind::Name(index) => {
                let name = self.units.arena.names.get(*index).map_or("", String::as_str);
                match lookup(name) {
                    Some(Value::Quantity { value, unit }) => exact(&value, &unit),
                    Some(Value::Text(text)) => Found::Text(text),
                    Some(Value::Flag(flag)) => Found::Flag(flag),
                    None => {
                        return Err(self.units.error(Fault::Missing { name: name.to_owned(), nearest: Vec::new() }));
                    }
                }
            }
            NodeKind::Text(text) => Found::Text(text.clone()),
            NodeKind::Flag(flag) => Found::Flag(*flag),
            NodeKind::Negate(operand) => {
                let quantity = self.quantity(*operand)?;
                self.units.linear((*operand, &quantity.unit))?;
                Found::Quantity(Quantity { number: quantity.number.negated(), unit: quantity.unit.clone() })
            }
            NodeKind::Call(function, argument) => self.call(*function, *argument)?,
            NodeKind::Binary(binary, left, right) => self.binary(*binary, *left, *right)?,
            NodeKind::Power(base, numerator, denominator) => {
                let quantity = self.quantity(*base)?;
                let unit = self.units.power((*base, &quantity.unit), *numerator, *denominator)?;
                let number = quantity.number.raised(*numerator, *denominator);
                Found::Quantity(Quantity { number: number.ok_or_else(|| self.division_by_zero(*base))?, unit })
            }
            NodeKind::Compare(comparison, left, right) => Found::Flag(self.compare(*comparison, *left, *right)?),
            // Both sides are evaluated already: `and` and `or` hide no missing value.
            NodeKind::And(left, right) => Found::Flag(self.flag(*left)? & self.flag(*right)?),
            NodeKind::Or(left, right) => Found::Flag(self.flag(*left)? | self.flag(*right)?),
            NodeKind::Not(operand) => Found::Flag(!self.flag(*operand)?),
            // The grammar of expressions has no vectors and no complex quantities.
            NodeKind::Form(_)
            | NodeKind::Like(..)
            | NodeKind::Reading(..)
            | NodeKind::OnScale(..)
            | NodeKind::Substituted(..) => {
                return Err(self.kind_error(self.units.at, "quantity"));
            }
        })
    }

    fn quantity(&self, id: NodeId) -> Result<&Quantity, EvaluationError> {
        match self.found.get(id) {
            Some(Found::Quantity(quantity)) => Ok(quantity),
            _ => Err(self.kind_error(id, "quantity")),
        }
    }

    fn flag(&self, id: NodeId) -> Result<bool, EvaluationError> {
        match self.found.get(id) {
            Some(Found::Flag(flag)) => Ok(*flag),
            _ => Err(self.kind_error(id, "flag")),
        }
    }

    fn kind_error(&self, id: NodeId, expected: &'static str) -> EvaluationError {
        self.units.error(Fault::Kind { name: self.units.arena.excerpt(id), expected })
    }

    fn division_by_zero(&self, divisor: NodeId) -> EvaluationError {
        self.units.error(Fault::DivisionByZero { divisor: self.units.arena.excerpt(divisor) })
    }

    fn call(&self, function: Function, argument: NodeId) -> Result<Found, EvaluationError> {
        let quantity = self.quantity(argument)?;
        let operand = (argument, &quantity.unit);
        let (change, unit) = match function {
            Function::Sqrt => (Change::Nothing, self.units.power(operand, 1, 2)?),
            Function::Abs => {
                self.units.linear(operand)?;
                (Change::Nothing, quantity.unit.clone())
            }
            _ => (self.units.pure(function.name(), operand)?, Unit::one()),
        };
        let number = quantity.number.clone().changed(&change).called(function);
        if !number.to_f64().is_finite() {
            return Err(self.units.error(Fault::NotFinite { operand: self.units.arena.excerpt(self.units.at) }));
        }
        Ok(Found::Quantity(Quantity { number, unit }))
    }

    fn binary(&self, binary: Binary, left: NodeId, right: NodeId) -> Result<Found, EvaluationError> {
        let (first, second) = (self.quantity(left)?, self.quantity(right)?);
        let plan = self.units.binary(binary, (left, &first.unit), (right, &second.unit))?;
        let (first, second) = (first.number.clone().changed(&plan.left), second.number.clone().changed(&plan.right));
        let number = first.combined(binary, &second).ok_or_else(|| self.division_by_zero(right))?;
        Ok(Found::Quantity(Quantity { number, unit: plan.unit }))
    }

    fn compare(&self, comparison: Comparison, left: NodeId, right: NodeId) -> Result<bool, EvaluationError> {
        let ordering = match (self.found.get(left), self.found.get(right)) {
            (Some(Found::Text(first)), Some(Found::Text(second))) => match comparison {
                Comparison::Equal => return Ok(first == second),
                Comparison::NotEqual => return Ok(first != second),
                _ => return Err(self.kind_error(left, "quantity")),
            },
            (Some(Found::Flag(first)), Some(Found::Flag(second))) => match comparison {
                Comparison::Equal => return Ok(first == second),
                Comparison::NotEqual => return Ok(first != second),
                _ => return Err(self.kind_error(left, "quantity")),
            },
            (Some(Found::Text(_)), _) => return Err(self.kind_error(right, "text")),
            (_, Some(Found::Text(_))) => return Err(self.kind_error(left, "text")),
            _ => {
                let (first, second) = (self.quantity(left)?, self.quantity(right)?);
                let change = self.units.as_value_of((left, &first.unit), (right, &second.unit))?;
                match (&first.number, second.number.clone().changed(&change)) {
                    (Number::Exact(first), Number::Exact(second)) => Some(first.cmp(&second)),
                    (first, second) => first.to_f64().partial_cmp(&second.to_f64()),
                }
            }
        };
        let ordering = ordering
            .ok_or_else(|| self.units.error(Fault::NotFinite { operand: self.units.arena.excerpt(self.units.at) }))?;
        Ok(match comparison {
            Comparison::Less => ordering == Ordering::Less,
            Comparison::LessOrEqual => ordering != Ordering::Greater,
            Comparison::Greater => ordering == Ordering::Greater,
            Comparison::GreaterOrEqual => ordering != Ordering::Less,
            Comparison::Equal => ordering == Ordering::Equal,
            Comparison::NotEqual => ordering != Ordering::Equal,
        })
    }
}
