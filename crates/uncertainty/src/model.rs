//! Measurement models as text: lines of assignments over named inputs.
//!
//! ```
//! use heng_uncertainty::{Correlations, Input, Model, evaluate_linear};
//!
//! // A complex impedance and the mean of a vector of temperatures.
//! let unit = |text: &str| heng_quantity::text::unit(text).unwrap();
//! let model = Model::parse("Z = polar(V/I, phi)\nT = mean(t)")?;
//! let inputs = [
//!     Input::constant("V", 5.0, unit("V")),
//!     Input::constant("I", 0.02, unit("A")),
//!     Input::constant("phi", 0.0, unit("rad")),
//!     Input::constant("t[1]", 20.0, unit("°C")),
//!     Input::constant("t[2]", 21.0, unit("°C")),
//! ];
//! let evaluation = evaluate_linear(&model, &inputs, &Correlations::none())?;
//! let names: Vec<&str> = evaluation.outputs.iter().map(|output| output.name.as_str()).collect();
//! assert_eq!(names, ["Z.re", "Z.im", "T"]);
//! assert_eq!(evaluation.output("T").unwrap().estimate.value, 20.5);
//!
//! let error = Model::parse("y = a + floor(b)").unwrap_err();
//! assert_eq!(error.underlined("y = a + floor(b)"), "  1 | y = a + floor(b)\n    |         ^^^^^");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod columns;
mod complex;
mod lowering;
mod program;
mod substitution;
mod vectors;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(crate) use columns::{Plan, STRIP};
pub(crate) use program::{Operation, Program};
pub(crate) use substitution::{Substitution, Substitutions, Term};

use heng_quantity::{Position, Unit};

use crate::constants;
use crate::error::{EvaluationError, Fault, SyntaxError, SyntaxFault};
use crate::expression::lexer::{Token, distance};
use crate::expression::syntax::{self, Written};
use crate::input::Input;
use lowering::{Declared, Graph, lowered};

/// Enough for a model of some thousand inputs.
const LONGEST: usize = 400_000;

/// A measurement model (VIM 2.48), for example `E = I + e/2 - dL - L`.
///
/// Lines are separated by line ends or `;`, and `#` opens a comment. A line may use the names of the lines before it;
/// names that no line assigns are the inputs. The outputs are the lines that no other line uses.
///
/// An input is a vector where `x[1]`, `x[2]` … `x[n]` are given: `x` is the whole, `x[i]` an element, and operations go element by
/// element. `sum(x)`, `mean(x)`, `length(x)`, `dot(x, y)` and `sum(x[i]*x[i+1] for i in 1..n-1)` are unrolled. `complex(re, im)` and
/// `polar(modulus, argument)` make complex quantities; a complex output `Z` is two, `Z.re` and `Z.im`. `constant("name")` is a
/// constant of the table. `docs/uncertainty.md` has the whole language.
#[derive(Clone, Debug)]
pub struct Model {
    text: String,
    written: Arc<Written>,
    /// The lines that are outputs, in order.
    chosen: Vec<usize>,
    /// None where the lengths of vectors are needed first.
    graph: Option<Graph>,
    /// The lengths of the vectors that the graph is for, once it is unrolled.
    lengths: Option<BTreeMap<String, usize>>,
    substitutions: Substitutions,
    inputs: Vec<String>,
    outputs: Vec<String>,
}

/// A model for given inputs, and these with the constants that it takes from the table.
pub(crate) struct Bound<'a> {
    pub(crate) model: Cow<'a, Model>,
    pub(crate) inputs: Cow<'a, [Input]>,
}

impl Model {
    /// Reads a model.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let written = syntax::model(text, LONGEST)?;
        let chosen = (0..).zip(&written.lines).filter(|(_, line)| !line.is_used).map(|(place, _)| place).collect();
        Self::lowered(text.to_owned(), Arc::new(written), chosen, Substitutions::new()).map_err(|error| {
            let position = error.position.unwrap_or(Position { line: 1, column: 1 });
            SyntaxError { position, length: error.length, fault: SyntaxFault::Form(Box::new(error.fault)) }
        })
    }

    fn lowered(
        text: String,
        written: Arc<Written>,
        chosen: Vec<usize>,
        substitutions: Substitutions,
    ) -> Result<Self, EvaluationError> {
        let declared = Declared { substitutions, ..Declared::default() };
        let graph = match lowered(&written, &chosen, &declared) {
            Ok(graph) => Some(graph),
            Err(EvaluationError { fault: Fault::LengthUnknown { .. }, .. }) => None,
            Err(error) => return Err(error),
        };
        let mut model = Self {
            text,
            written,
            chosen,
            graph: None,
            lengths: None,
            substitutions: declared.substitutions,
            inputs: Vec::new(),
            outputs: Vec::new(),
        };
        match graph {
            Some(graph) => model.take(graph),
            None => {
                model.inputs.clone_from(&model.written.arena.names);
                let lines = model.chosen.iter().filter_map(|place| model.written.lines.get(*place));
                model.outputs = lines
                    .flat_map(|line| {
                        let endings: &[&str] = if line.is_complex { &[".re", ".im"] } else { &[""] };
                        endings.iter().map(|ending| format!("{}{ending}", line.name))
                    })
                    .collect();
            }
        }
        Ok(model)
    }

    fn take(&mut self, graph: Graph) {
        self.inputs.clone_from(&graph.arena.names);
        self.outputs = graph.outputs.iter().map(|(name, _)| name.clone()).collect();
        self.graph = Some(graph);
    }

    /// The text as given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names that must be given, in the order of their first use. Before [`Model::unrolled`] a vector has one name.
    pub fn inputs(&self) -> &[String] {
        &self.inputs
    }

    /// The names of the results, in the order of the lines: `Z.re` and `Z.im` of a complex one. Before [`Model::unrolled`] a vector has
    /// one name.
    pub fn outputs(&self) -> &[String] {
        &self.outputs
    }

    /// How many operations the graph has, inputs and numbers among them; none before [`Model::unrolled`] where a length is needed for it. What an
    /// evaluation takes is proportional to it.
    pub fn size(&self) -> Option<usize> {
        self.graph.as_ref().map(|graph| graph.arena.nodes.len())
    }

    /// The same model with these lines as its results.
    pub fn with_outputs(self, outputs: &[&str]) -> Result<Self, SyntaxError> {
        let mut chosen = Vec::new();
        for name in outputs {
            let Some(line) = self.written.lines.iter().position(|line| line.name == *name) else {
                let fault = SyntaxFault::NotAssigned { name: (*name).to_owned() };
                return Err(SyntaxError { position: Position { line: 1, column: 1 }, length: 0, fault });
            };
            chosen.push(line);
        }
        Self::lowered(self.text, self.written, chosen, self.substitutions).map_err(|error| {
            let position = error.position.unwrap_or(Position { line: 1, column: 1 });
            SyntaxError { position, length: error.length, fault: SyntaxFault::Form(Box::new(error.fault)) }
        })
    }

    /// The same model, where these names stand for other quantities, which are inputs in their place.
    ///
    /// Errors: those of [`Model::unrolled`] that are known before the inputs are.
    pub(crate) fn with_substitutions(self, substitutions: Substitutions) -> Result<Self, EvaluationError> {
        Self::lowered(self.text, self.written, self.chosen, substitutions)
    }

    /// Whether no quantity can have this name, because a function, a constant or an operator has it.
    pub fn is_reserved(name: &str) -> bool {
        syntax::reserved(name)
    }

    /// The model for these inputs, with its vectors and sums unrolled: `x[1]`, `x[2]` … are inputs of their own then.
    ///
    /// Errors: an index outside a vector or that is no whole number; vectors of different lengths that meet; an input with a reserved
    /// name or the name of a vector; more operations than are computed with. Each has its place in the text.
    pub fn unrolled(&self, inputs: &[Input]) -> Result<Self, EvaluationError> {
        Ok(self.bound(inputs)?.model.into_owned())
    }

    /// The units of the results, if the inputs have these units; an error that names both sides where they do not fit.
    pub fn unit_check(&self, units: &dyn Fn(&str) -> Option<Unit>) -> Result<Vec<(String, Unit)>, EvaluationError> {
        let program = self.program(units)?;
        Ok(self.outputs.iter().cloned().zip(program.outputs.into_iter().map(|(_, unit)| unit)).collect())
    }

    /// The model and the inputs that it is evaluated with: as they are, where there are no vectors and no constants with uncertainty.
    pub(crate) fn bound<'a>(&'a self, inputs: &'a [Input]) -> Result<Bound<'a>, EvaluationError> {
        for input in inputs {
            if syntax::reserved(&input.name) {
                return Err(self.error_at_name(&input.name, Fault::Reserved { name: input.name.clone() }));
            }
            if self.written.variables.contains(&input.name) {
                return Err(self.error_at_name(&input.name, Fault::VariableGiven { name: input.name.clone() }));
            }
        }
        let is_element = |name: &String| name.ends_with(']');
        let has_vectors = self.graph.is_none()
            || inputs.iter().any(|input| is_element(&input.name))
            || self.substitutions.keys().any(is_element);
        let mut model = Cow::Borrowed(self);
        if has_vectors {
            let declared = self.declared(inputs)?;
            if self.lengths != declared.vectors {
                let graph = lowered(&self.written, &self.chosen, &declared);
                let mut unrolled = self.clone();
                unrolled.take(graph.map_err(|error| program::with_nearest(error, inputs))?);
                unrolled.lengths = declared.vectors;
                model = Cow::Owned(unrolled);
            }
        }
        let mut inputs = Cow::Borrowed(inputs);
        for place in model.graph.iter().flat_map(|graph| &graph.constants) {
            let constant = constants::at(*place).map(constants::Constant::input);
            // A reading of the constant that was given beats the table.
            if let Some(constant) = constant.filter(|one| !inputs.iter().any(|input| input.name == one.name)) {
                inputs.to_mut().push(constant);
            }
        }
        Ok(Bound { model, inputs })
    }

    /// The vectors among the inputs: `x[1]` … `x[n]` without a gap.
    fn declared(&self, inputs: &[Input]) -> Result<Declared, EvaluationError> {
        let mut vectors: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        let mut scalars = BTreeSet::new();
        let names = || inputs.iter().map(|input| &input.name).chain(self.substitutions.keys());
        for input in names() {
            match element(input) {
                Some((name, index)) => {
                    let (count, largest) = vectors.entry(name.to_owned()).or_default();
                    (*count, *largest) = (*count + 1, (*largest).max(index));
                }
                None => {
                    scalars.insert(input.clone());
                }
            }
        }
        for (name, (count, largest)) in &vectors {
            if scalars.contains(name) {
                return Err(self.error_at_name(name, Fault::ScalarAndVector { name: name.clone() }));
            }
            if count < largest {
                let indices: BTreeSet<usize> = names()
                    .filter_map(|input| element(input).filter(|(of, _)| of == name).map(|(_, index)| index))
                    .collect();
                let absent = (1..=*largest).find(|index| !indices.contains(index)).unwrap_or(1);
                let fault = Fault::Missing { name: format!("{name}[{absent}]"), nearest: Vec::new() };
                return Err(self.error_at_name(name, fault));
            }
        }
        let vectors = vectors.into_iter().map(|(name, (_, length))| (name, length)).collect();
        Ok(Declared { vectors: Some(vectors), scalars, substitutions: self.substitutions.clone() })
    }

    /// An error at the first place where the model has this name, if it has.
    fn error_at_name(&self, name: &str, fault: Fault) -> EvaluationError {
        let is_name = |token: &Token| matches!(token, Token::Name(word) if word == name);
        match self.written.arena.tokens.iter().find(|placed| is_name(&placed.token)) {
            Some(placed) => {
                let length = distance(placed.position, placed.end);
                EvaluationError { position: Some(placed.position), length, fault }
            }
            None => fault.into(),
        }
    }

    /// The model as it is written.
    pub(crate) fn written(&self) -> &Written {
        &self.written
    }

    fn graph(&self) -> Result<&Graph, EvaluationError> {
        let first = || self.inputs.first().cloned().unwrap_or_default();
        self.graph.as_ref().ok_or_else(|| Fault::LengthUnknown { operand: first() }.into())
    }
}

impl Graph {
    /// The unit of a constant of the table, by the name of its input.
    fn constant_unit(&self, name: &str) -> Option<Unit> {
        let constants = self.constants.iter().filter_map(|place| constants::at(*place));
        constants.filter(|constant| constant.input_name() == name).map(|constant| constant.unit.clone()).next()
    }
}

/// The vector and the index of `x[2]`.
fn element(name: &str) -> Option<(&str, usize)> {
    let (vector, index) = name.strip_suffix(']')?.rsplit_once('[')?;
    let number: usize = index.parse().ok().filter(|number| *number > 0)?;
    // Neither x[01] nor x[+1] is an element.
    (number.to_string() == index && !vector.is_empty()).then_some((vector, number))
}
