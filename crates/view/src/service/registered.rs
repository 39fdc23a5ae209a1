//! What an instrument registered too much or too little.

use heng_quantity::{Estimate, Reported, Unit};

/// The energy that an instrument registered beyond what passed through it; negative where it registered too little.
///
/// With W the registered energy and e the relative error, W = T·(1 + e), so that ΔW = W − T = W·e ∕ (1 + e), and to first order
/// u(ΔW) = W·u(e) ∕ (1 + e)² (JCGM 100, 5.1.2). The digits of W count as exact. Nothing where e is no ratio, has no standard uncertainty, or is −1 or less.
pub fn over_registered(registered: &Reported, error: &Reported) -> Option<Estimate> {
    let one: Unit = r"\one".parse().ok()?;
    let error = error.converted_to(&one).ok()?;
    let (e, u) = (error.value.to_f64(), error.uncertainty.as_ref()?.standard_f64()?);
    let energy = registered.value.to_f64();
    let factor = 1.0 + e;
    (factor > 0.0).then(|| Estimate {
        value: energy * e / factor,
        standard_uncertainty: energy * u / (factor * factor),
        degrees_of_freedom: f64::INFINITY,
        unit: registered.unit.clone(),
    })
}
