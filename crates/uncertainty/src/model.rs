//! Measurement models as text: lines of assignments over named inputs.

mod columns;
mod program;

pub(crate) use columns::{Plan, STRIP};
pub(crate) use program::{Operation, Program};

use heng_quantity::Unit;

use crate::error::{EvaluationError, SyntaxError, SyntaxFault};
use crate::expression::syntax::{self, Arena, Assignment};

/// Enough for a model of some thousand inputs.
const LONGEST: usize = 400_000;

/// A measurement model (VIM 2.48), for example `E = I + e/2 - dL - L`.
///
/// Lines are separated by line ends or `;`, and `#` opens a comment. A line may use the names of the lines before it;
/// names that no line assigns are the inputs. The outputs are the lines that no other line uses.
#[derive(Clone, Debug)]
pub struct Model {
    text: String,
    arena: Arena,
    lines: Vec<Assignment>,
    outputs: Vec<String>,
}

impl Model {
    /// Reads a model.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let (arena, lines) = syntax::model(text, LONGEST)?;
        let outputs = lines.iter().filter(|line| !line.is_used).map(|line| line.name.clone()).collect();
        Ok(Self { text: text.to_owned(), arena, lines, outputs })
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names that must be given, in the order of their first use.
    pub fn inputs(&self) -> &[String] {
        &self.arena.names
    }

    /// The names of the results, in the order of the lines.
    pub fn outputs(&self) -> &[String] {
        &self.outputs
    }

    /// The same model with these lines as its results.
    pub fn with_outputs(mut self, outputs: &[&str]) -> Result<Self, SyntaxError> {
        for name in outputs {
            if !self.lines.iter().any(|line| line.name == *name) {
                let position = heng_quantity::Position { line: 1, column: 1 };
                return Err(SyntaxError { position, fault: SyntaxFault::NotAssigned { name: (*name).to_owned() } });
            }
        }
        self.outputs = outputs.iter().map(|name| (*name).to_owned()).collect();
        Ok(self)
    }

    /// The units of the results, if the inputs have these units; an error that names both sides where they do not fit.
    pub fn unit_check(&self, units: &dyn Fn(&str) -> Option<Unit>) -> Result<Vec<(String, Unit)>, EvaluationError> {
        let program = self.program(units)?;
        Ok(self.outputs.iter().cloned().zip(program.outputs.into_iter().map(|(_, unit)| unit)).collect())
    }
}
