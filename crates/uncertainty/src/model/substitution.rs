//! Names of a model that stand for other quantities, to first order.

use std::collections::BTreeMap;
use std::sync::Arc;

use heng_quantity::Unit;

/// What each name stands for.
pub(crate) type Substitutions = BTreeMap<String, Arc<Substitution>>;

/// x = x₀ + Σ cₖ (zₖ − zₖ₀): a quantity by those that it was found from, as the law of propagation has it (JCGM 100:2008, 5.1.2).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Substitution {
    /// x₀.
    pub(crate) estimate: f64,
    /// Its unit.
    pub(crate) unit: Unit,
    /// What it was found from.
    pub(crate) terms: Vec<Term>,
}

/// One quantity of those that another was found from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Term {
    /// Its name among the inputs.
    pub(crate) name: String,
    /// cₖ.
    pub(crate) sensitivity: f64,
    /// zₖ₀.
    pub(crate) estimate: f64,
}
