//! From a measurement model and its inputs to a result with an uncertainty budget.
