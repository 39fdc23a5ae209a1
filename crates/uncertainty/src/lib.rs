//! From a measurement model and its inputs to a result with an uncertainty budget.

pub mod anova;
pub mod conformity;
pub mod constants;
pub mod correlation;
pub mod curve;
pub mod document;
pub mod error;
pub mod expression;
pub mod file;
pub mod formula;
pub mod influence;
pub mod input;
pub mod least_squares;
pub mod linear;
pub mod model;
pub mod monte_carlo;
pub mod nearest;
pub mod outcome;
mod quadrature;
pub mod region;
mod second_order;
mod series;
pub mod special;
pub mod student;
mod underline;

pub use conformity::ToleranceInterval;
pub use constants::{Constant, constant, constants};
pub use correlation::Correlations;
pub use error::{EvaluationError, Fault, SyntaxError, SyntaxFault};
pub use expression::{Condition, ExactQuantity, Expression, Number, Quantity, Value};
pub use file::{ModelFile, Origin, Taken};
pub use formula::{Formula, FormulaLine};
pub use influence::{Budget, Budgets, Component, Influence, InfluenceCorrelation, InfluenceEvaluation};
pub use input::{Input, InputError, Shape};
pub use linear::{Evaluation, Known, Line, OutputEvaluation, Propagation, evaluate_linear};
pub use model::Model;
pub use monte_carlo::{
    Adaptive, AdaptiveSimulation, HeavyTail, Histogram, HistogramBin, HistogramError, Interval, JointMoments,
    JointSimulation, Simulation, Stability, Trials, Validation, numerical_tolerance, simulate, simulate_adaptively,
    simulate_jointly, simulate_within,
};
pub use outcome::{Expanded, Order, Outcome, Stated, Terms, ValidMethod};
pub use region::{EllipsoidalRegion, RectangularRegion, SmallestRegion};
pub use second_order::SecondOrder;
pub use underline::underlined;
