//! The straight line through points by ordinary least squares (JCGM 100, H.3).

/// A line y = intercept + slope · (x − origin), with what the scatter about it says of its coefficients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StraightLine {
    /// The x at which the intercept is taken.
    pub origin: f64,
    /// y at the origin.
    pub intercept: f64,
    /// dy/dx.
    pub slope: f64,
    /// u(intercept).
    pub intercept_uncertainty: f64,
    /// u(slope).
    pub slope_uncertainty: f64,
    /// r(intercept, slope).
    pub correlation: f64,
    /// s, the experimental standard deviation of y about the line.
    pub scatter: f64,
    /// n − 2.
    pub degrees_of_freedom: f64,
}

/// No line goes through these points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoLine {
    /// Two coefficients and a scatter need three points.
    #[error("a line with its uncertainty needs three points, there are {0}")]
    TooFew(usize),
    /// All x are the same.
    #[error("all points have the same abscissa")]
    NoSpread,
    /// A value is infinite or no number.
    #[error("a coordinate is no finite number")]
    NotFinite,
}

/// The line through points (x, y) whose y scatter equally and independently and whose x are exact.
///
/// With θ = x − origin, D = n Σθ² − (Σθ)²: slope = (n Σθy − Σθ Σy)/D, intercept = (Σy Σθ² − Σθy Σθ)/D, s² = Σ(y − ŷ)²/(n − 2),
/// u²(intercept) = s² Σθ²/D, u²(slope) = n s²/D, r = −Σθ/√(n Σθ²) (JCGM 100, H.3.2, equations H.13a to H.13f).
/// D is formed about the mean of θ, where nothing cancels.
pub fn straight_line(points: &[(f64, f64)], origin: f64) -> Result<StraightLine, NoLine> {
    if points.len() < 3 {
        return Err(NoLine::TooFew(points.len()));
    }
    if !origin.is_finite() || points.iter().any(|(x, y)| !x.is_finite() || !y.is_finite()) {
        return Err(NoLine::NotFinite);
    }
    let count = points.len() as f64;
    let mean_x = points.iter().map(|(x, _)| x - origin).sum::<f64>() / count;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / count;
    let spread: f64 = points.iter().map(|(x, _)| square(x - origin - mean_x)).sum();
    if spread <= 0.0 {
        return Err(NoLine::NoSpread);
    }
    let slope = points.iter().map(|(x, y)| (x - origin - mean_x) * (y - mean_y)).sum::<f64>() / spread;
    let intercept = mean_y - slope * mean_x;
    let residual = |(x, y): &(f64, f64)| square(y - intercept - slope * (x - origin));
    let degrees_of_freedom = count - 2.0;
    let variance = points.iter().map(residual).sum::<f64>() / degrees_of_freedom;
    let squares = spread / count + square(mean_x);
    Ok(StraightLine {
        origin,
        intercept,
        slope,
        intercept_uncertainty: libm::sqrt(variance * squares / spread),
        slope_uncertainty: libm::sqrt(variance / spread),
        correlation: -mean_x / libm::sqrt(squares),
        scatter: libm::sqrt(variance),
        degrees_of_freedom,
    })
}

fn square(x: f64) -> f64 {
    x * x
}
