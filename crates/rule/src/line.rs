//! The calibration line of an item: its coefficients as inputs of the model.

use std::collections::BTreeMap;

use heng_quantity::Unit;
use heng_uncertainty::least_squares::{StraightLine, straight_line};
use heng_uncertainty::linear::{Line, OutputEvaluation};
use heng_uncertainty::{Correlations, Input, Model, Value};

use crate::evaluate::Names;
use crate::point::row_names;
use crate::refusal::Refusal;
use crate::rule::LineText;
use crate::{Record, Row};

/// What a line gives to the model.
pub(crate) struct LineInputs {
    /// Intercept and slope first, both from the same scatter.
    inputs: Vec<Input>,
    correlation: f64,
    degrees_of_freedom: f64,
}

impl LineInputs {
    /// The coefficients of the line through the rows that the record has.
    pub fn of(text: &LineText, item: &str, record: &Record, names: &Names) -> Result<Self, Refusal> {
        let failed = |reason: &dyn std::fmt::Display| {
            Refusal::new("line-not-computable").with("item", item).with("reason", reason)
        };
        let rows = record.observations.get(&text.rows_of).map_or(&[][..], Vec::as_slice);
        let (abscissas, x_unit) = column(rows, &text.abscissa).map_err(|reason| failed(&reason))?;
        let (ordinates, y_unit) = column(rows, &text.ordinate).map_err(|reason| failed(&reason))?;
        let origin = text
            .origin
            .evaluate(&|name| names.get(name).cloned())
            .map_err(|error| failed(&error))?
            .converted_to(&x_unit)
            .map_err(|error| failed(&error))?
            .to_f64();
        let points: Vec<(f64, f64)> = abscissas.into_iter().zip(ordinates).collect();
        let line = straight_line(&points, origin).map_err(|error| failed(&error))?;
        let slope_unit = y_unit.of_difference().quotient(&x_unit.of_difference()).map_err(|error| failed(&error))?;
        Ok(Self::from_line(text, &line, y_unit, slope_unit))
    }

    fn from_line(text: &LineText, line: &StraightLine, y_unit: Unit, slope_unit: Unit) -> Self {
        let spread = y_unit.of_difference();
        let coefficient =
            |name: &str, estimate, unit, u| Input::standard(name, estimate, unit, u, line.degrees_of_freedom);
        let mut inputs = vec![
            coefficient(&text.intercept.name, line.intercept, y_unit, line.intercept_uncertainty),
            coefficient(&text.slope.name, line.slope, slope_unit, line.slope_uncertainty),
        ];
        if let Some(named) = &text.correlation {
            inputs.push(Input::constant(&named.name, line.correlation, Unit::one()));
        }
        if let Some(named) = &text.scatter {
            inputs.push(Input::constant(&named.name, line.scatter, spread));
        }
        Self { inputs, correlation: line.correlation, degrees_of_freedom: line.degrees_of_freedom }
    }

    /// The inputs that the model names, and how they are correlated.
    pub fn inputs_of(&self, model: &Model) -> (Vec<Input>, Correlations) {
        let named: Vec<Input> =
            self.inputs.iter().filter(|input| model.inputs().contains(&input.name)).cloned().collect();
        let correlations = match self.inputs.as_slice() {
            [intercept, slope, ..] if [intercept, slope].iter().all(|one| named.contains(one)) => {
                Correlations::none().with(&intercept.name, &slope.name, self.correlation)
            }
            _ => Correlations::none(),
        };
        (named, correlations)
    }

    /// ν_eff of a result, with what the line gives as one contribution of n − 2 degrees of freedom.
    ///
    /// u_line² = c₁²u₁² + c₂²u₂² + 2 c₁c₂ u₁u₂ r; ν_eff = u⁴ / (u_line⁴/(n − 2) + Σ uᵢ⁴/νᵢ) over the other inputs.
    ///
    /// Source: JCGM 100:2008, H.3.4 for the line alone, G.4.1 (G.2b) for the sum.
    pub fn effective_degrees_of_freedom(&self, evaluated: &OutputEvaluation) -> f64 {
        let is_of_line = |line: &&Line| self.inputs.iter().any(|input| input.name == line.input);
        let fourth = |u: f64| u * u * u * u;
        let others: f64 = evaluated
            .budget
            .iter()
            .filter(|line| !is_of_line(line))
            .map(|line| fourth(line.contribution) / line.degrees_of_freedom)
            .sum();
        let products: Vec<f64> = evaluated
            .budget
            .iter()
            .filter(is_of_line)
            .map(|line| line.sensitivity * line.standard_uncertainty)
            .collect();
        let squares: f64 = products.iter().map(|one| one * one).sum();
        let cross = match products.as_slice() {
            [one, other, ..] => 2.0 * one * other * self.correlation,
            _ => 0.0,
        };
        let inverse = (squares + cross) * (squares + cross) / self.degrees_of_freedom + others;
        if inverse > 0.0 { fourth(evaluated.estimate.standard_uncertainty) / inverse } else { f64::INFINITY }
    }
}

/// A column of numbers, all in the unit of the first.
fn column(rows: &[Row], name: &str) -> Result<(Vec<f64>, Unit), String> {
    let mut unit: Option<Unit> = None;
    let mut values = Vec::new();
    for row in rows {
        let of_row: BTreeMap<String, Value> = row_names(row);
        let Some(Value::Quantity { value, unit: of_value }) = of_row.get(name) else {
            return Err(format!("{name}: no quantity"));
        };
        let wanted = unit.get_or_insert_with(|| of_value.clone());
        let conversion = of_value.conversion_to(wanted).map_err(|error| error.to_string())?;
        values.push(conversion.value_f64(value.to_f64()));
    }
    unit.map(|unit| (values, unit)).ok_or_else(|| format!("{name}: no rows"))
}
