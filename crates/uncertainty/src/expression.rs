//! Expressions and conditions over named values: the limits of rules, computed exactly where that is possible.
//!
//! ```
//! use heng_quantity::Unit;
//! use heng_uncertainty::{Condition, Expression, Value};
//!
//! let lookup = |name: &str| match name {
//!     "e" => Some(Value::Quantity { value: "5".parse().ok()?, unit: "\\gram".parse::<Unit>().ok()? }),
//!     "load" => Some(Value::Quantity { value: "2.5".parse().ok()?, unit: "\\kilogram".parse::<Unit>().ok()? }),
//!     "class" => Some(Value::from("III")),
//!     _ => None,
//! };
//! let limit = Expression::parse("0.5*e")?.evaluate_exact(&lookup)?;
//! assert_eq!(limit.decimal().map(|digits| digits.to_string()), Some("2.5".to_owned()));
//! let on_the_first_step = Condition::parse("0[g] <= load <= 500*e and class == \"III\"")?;
//! assert!(on_the_first_step.evaluate(&lookup)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calls;
mod evaluation;
pub(crate) mod lexer;
mod nodes;
mod number;
pub(crate) mod syntax;
pub(crate) mod units;

pub(crate) use number::power_f64;
pub use number::{ExactQuantity, Number, Quantity, Value};

use crate::error::{EvaluationError, Fault, SyntaxError};
use evaluation::{Found, evaluated};
use syntax::{Arena, NodeId};

/// Rules write short expressions; longer ones are refused unread.
const LONGEST: usize = 4_000;

/// What names stand for.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<Value>;

/// An arithmetic expression, such as the limit `0.5*e`.
///
/// Operators `+ - * / ^`, parentheses, the functions sqrt exp ln log10 log2 sin cos tan asin acos atan sinh cosh tanh asinh
/// acosh atanh erf abs atan2 min max and the constant pi; every other name is looked up. Literals are pure numbers unless a
/// unit follows in brackets, `0.02[MPa]`. A sum, min or max has the unit of its left operand.
#[derive(Clone, Debug)]
pub struct Expression {
    text: String,
    arena: Arena,
    root: NodeId,
}

impl Expression {
    /// Reads an expression.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let (arena, root) = syntax::expression(text, LONGEST)?;
        Ok(Self { text: text.to_owned(), arena, root })
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names that must be given, in the order of their first use.
    pub fn names(&self) -> &[String] {
        &self.arena.names
    }

    /// The value, exact wherever only + − × ÷, min, max, abs and whole powers are met on the way.
    pub fn evaluate(&self, lookup: Lookup<'_>) -> Result<Quantity, EvaluationError> {
        match evaluated(&self.arena, self.root, lookup)? {
            Found::Quantity(quantity) if quantity.to_f64().is_finite() => Ok(quantity),
            Found::Quantity(_) => Err(Fault::NotFinite { operand: self.arena.excerpt(self.root) }.into()),
            Found::Text(_) | Found::Flag(_) => {
                Err(Fault::Kind { name: self.arena.excerpt(self.root), expected: "quantity" }.into())
            }
        }
    }

    /// The exact value; an error where a function makes it inexact.
    pub fn evaluate_exact(&self, lookup: Lookup<'_>) -> Result<ExactQuantity, EvaluationError> {
        let quantity = self.evaluate(lookup)?;
        match quantity.number {
            Number::Exact(value) => Ok(ExactQuantity { value, unit: quantity.unit }),
            Number::Approximate(_) => Err(Fault::NotExact { operand: self.arena.excerpt(self.root) }.into()),
        }
    }
}

/// A condition, such as `load > 500*e and class == "III"`.
///
/// Comparisons `< <= > >= == !=`, also in chains (`500*e < load <= 2000*e`), `and`, `or`, `not`, parentheses, texts in
/// quotation marks, flags by name, `true` and `false`.
#[derive(Clone, Debug)]
pub struct Condition {
    text: String,
    arena: Arena,
    root: NodeId,
}

impl Condition {
    /// Reads a condition.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let (arena, root) = syntax::condition(text, LONGEST)?;
        Ok(Self { text: text.to_owned(), arena, root })
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names that must be given, in the order of their first use.
    pub fn names(&self) -> &[String] {
        &self.arena.names
    }

    /// Whether it holds. Every part is evaluated, so that a missing value is never hidden by the part before it.
    pub fn evaluate(&self, lookup: Lookup<'_>) -> Result<bool, EvaluationError> {
        match evaluated(&self.arena, self.root, lookup)? {
            Found::Flag(flag) => Ok(flag),
            Found::Quantity(_) | Found::Text(_) => {
                Err(Fault::Kind { name: self.arena.excerpt(self.root), expected: "flag" }.into())
            }
        }
    }
}
