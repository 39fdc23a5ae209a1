//! From a measurement model and its inputs to a result with an uncertainty budget.

pub mod error;
pub mod expression;
pub mod model;

pub use error::{EvaluationError, Fault, SyntaxError, SyntaxFault};
pub use expression::{Condition, ExactQuantity, Expression, Number, Quantity, Value};
pub use model::Model;
