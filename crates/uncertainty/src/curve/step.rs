//! A calibration curve as a step of a measurement model: its coefficients as correlated inputs.

use heng_quantity::Unit;

use super::error::CurveError;
use super::line::CalibrationLine;
use super::polynomial::CalibrationPolynomial;
use crate::correlation::Correlations;
use crate::input::Input;

impl CalibrationLine {
    /// The coefficients as inputs with their correlation, for a model such as `y = a + b*x` or `x = (y - a)/b`.
    ///
    /// The intercept is in the unit of y, the slope in that of a difference of y by one of x. Both keep the ν of the scatter where they have one.
    ///
    /// Errors: units that have no quotient.
    ///
    /// Source: ISO/TS 28037:2010, 11; JCGM 100:2008, 5.2.2 and H.3.4.
    ///
    /// ```
    /// use heng_uncertainty::curve::CalibrationLine;
    /// use heng_uncertainty::{Input, Model, evaluate_linear};
    ///
    /// let line = CalibrationLine::of_scatter(&[0.0, 1.0, 2.0, 3.0], &[1.0, 3.1, 4.9, 7.0])?;
    /// let (mut inputs, correlations) = line.inputs("a", "b", &r"\volt".parse()?, &r"\kelvin".parse()?)?;
    /// inputs.push(Input::standard("y", 4.0, r"\volt".parse()?, 0.1, f64::INFINITY));
    /// let result = evaluate_linear(&Model::parse("x = (y - a)/b")?, &inputs, &correlations)?;
    /// let x = &result.only().ok_or("no result")?.estimate;
    /// assert!((x.standard_uncertainty - line.stimulus(4.0, 0.1)?.standard_uncertainty).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn inputs(
        &self,
        intercept: &str,
        slope: &str,
        y_unit: &Unit,
        x_unit: &Unit,
    ) -> Result<(Vec<Input>, Correlations), CurveError> {
        let slope_unit = y_unit.of_difference().quotient(&x_unit.of_difference())?;
        let nu = self.degrees_of_freedom.unwrap_or(f64::INFINITY);
        let inputs = vec![
            Input::standard(intercept, self.intercept, y_unit.clone(), self.intercept_uncertainty, nu),
            Input::standard(slope, self.slope, slope_unit, self.slope_uncertainty, nu),
        ];
        let r = self.correlation();
        let none = Correlations::none();
        Ok((inputs, if r == 0.0 { none } else { none.with(intercept, slope, r) }))
    }
}

impl CalibrationPolynomial {
    /// The coefficients of the powers of x as inputs with their correlations, one for each name, for a model such as `y = p0 + p1*x + p2*x^2`.
    ///
    /// The first is in the unit of y, the next in that divided by powers of a difference of x. Far from x = 0 the powers lose digits.
    ///
    /// Errors: another number of names than coefficients; units that have no quotient.
    ///
    /// Source: ISO/TS 28038:2018, 9; JCGM 100:2008, 5.2.2.
    pub fn inputs(
        &self,
        names: &[&str],
        y_unit: &Unit,
        x_unit: &Unit,
    ) -> Result<(Vec<Input>, Correlations), CurveError> {
        let form = self.power_form();
        if names.len() != form.coefficients.len() {
            return Err(CurveError::Lengths { what: "names" });
        }
        let nu = self.degrees_of_freedom.unwrap_or(f64::INFINITY);
        let covariance = |i: usize, j: usize| form.covariance.get(i).and_then(|row| row.get(j)).copied().unwrap_or(0.0);
        let uncertainty = |i: usize| libm::sqrt(covariance(i, i).max(0.0));
        let mut unit = y_unit.clone();
        let mut inputs = Vec::with_capacity(names.len());
        let mut correlations = Correlations::none();
        for (i, (name, coefficient)) in names.iter().zip(&form.coefficients).enumerate() {
            inputs.push(Input::standard(name, *coefficient, unit.clone(), uncertainty(i), nu));
            unit = unit.of_difference().quotient(&x_unit.of_difference())?;
            for (j, other) in names.iter().enumerate().take(i) {
                let product = uncertainty(i) * uncertainty(j);
                if product > 0.0 {
                    correlations = correlations.with(other, name, (covariance(i, j) / product).clamp(-1.0, 1.0));
                }
            }
        }
        Ok((inputs, correlations))
    }
}
