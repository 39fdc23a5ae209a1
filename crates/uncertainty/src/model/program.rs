//! A model with the units of its inputs settled: plain operations on doubles, conversions included.

use std::cell::{Cell, LazyCell};
use std::collections::BTreeMap;

use heng_quantity::Unit;

use super::Model;
use crate::error::{EvaluationError, Fault};
use crate::expression::power_f64;
use crate::expression::syntax::{Binary, Function, NodeId, NodeKind};
use crate::expression::units::{Change, Units};
use crate::input::Input;
use crate::nearest::nearest_to;

/// One operation; operands are the indices of earlier ones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Operation {
    Constant(f64),
    Input(usize),
    Negate(usize),
    Call(Function, usize),
    Binary(Binary, usize, usize),
    Power(usize, i64, i64),
    /// factor · x + offset.
    Affine(usize, f64, f64),
}

#[derive(Clone, Debug)]
pub(crate) struct Program {
    pub(crate) operations: Vec<Operation>,
    /// The operation and the unit of each output.
    pub(crate) outputs: Vec<(usize, Unit)>,
}

impl Model {
    /// The operations that compute the outputs from numbers in the given units, with those that no output needs left out.
    pub(crate) fn program(&self, units: &dyn Fn(&str) -> Option<Unit>) -> Result<Program, EvaluationError> {
        Ok(self.compiled(units)?.0.pruned())
    }

    /// The same for the units of these inputs, with the nearest names where one is missing.
    pub(crate) fn program_of(&self, inputs: &[Input]) -> Result<Program, EvaluationError> {
        let names = LazyCell::new(|| {
            inputs.iter().map(|input| (input.name.as_str(), &input.unit)).collect::<BTreeMap<&str, &Unit>>()
        });
        // Inputs mostly come in the order in which the model uses them.
        let next = Cell::new(0_usize);
        let program = self.program(&|name| {
            let expected = inputs.get(next.get()).filter(|input| input.name == name);
            next.set(next.get() + usize::from(expected.is_some()));
            expected.map(|input| &input.unit).or_else(|| names.get(name).copied()).cloned()
        });
        program.map_err(|error| with_nearest(error, inputs))
    }

    /// Which operation first gave no finite number, though its operands were finite.
    pub(crate) fn not_finite(&self, inputs: &[Input], estimates: &[f64]) -> EvaluationError {
        let unit = |name: &str| inputs.iter().find(|input| input.name == name).map(|input| input.unit.clone());
        let (program, origins) = match self.compiled(&unit) {
            Ok(compiled) => compiled,
            Err(error) => return error,
        };
        let Ok(graph) = self.graph() else { return Fault::NotFinite { operand: String::new() }.into() };
        let mut values = Vec::new();
        program.fill_values(estimates, &mut values);
        let is_finite = |place: usize| values.get(place).is_some_and(|value| value.is_finite());
        let first = (0..values.len()).find(|place| !is_finite(*place)).unwrap_or(0);
        let at = origins.get(first).copied().unwrap_or(0);
        let units = Units { arena: &graph.arena, at };
        let divisor = match graph.arena.node(at).map(|node| &node.kind) {
            Some(NodeKind::Binary(Binary::Divide, _, divisor)) => Some(*divisor),
            Some(NodeKind::Power(base, numerator, _)) if *numerator < 0 => Some(*base),
            _ => None,
        };
        let operand = program.operations.get(first).and_then(|operation| operation.operands().last());
        let is_zero = operand.and_then(|operand| values.get(operand)) == Some(&0.0);
        units.error(match divisor {
            Some(divisor) if is_zero => Fault::DivisionByZero { divisor: graph.arena.excerpt(divisor) },
            _ => Fault::NotFinite { operand: graph.arena.excerpt(at) },
        })
    }

    /// Every operation of the model, and the node of each.
    fn compiled(&self, units: &dyn Fn(&str) -> Option<Unit>) -> Result<(Program, Vec<NodeId>), EvaluationError> {
        let graph = self.graph()?;
        let unit = |name: &str| units(name).or_else(|| graph.constant_unit(name));
        let mut compiler = Compiler { operations: Vec::new(), places: Vec::new() };
        let mut origins = Vec::new();
        for (at, node) in graph.arena.nodes.iter().enumerate() {
            let place = compiler.node(Units { arena: &graph.arena, at }, &node.kind, &unit)?;
            compiler.places.push(place);
            origins.resize(compiler.operations.len(), at);
        }
        let outputs = graph.outputs.iter().filter_map(|(_, root)| compiler.places.get(*root).cloned()).collect();
        Ok((Program { operations: compiler.operations, outputs }, origins))
    }
}

pub(super) fn with_nearest(mut error: EvaluationError, inputs: &[Input]) -> EvaluationError {
    if let Fault::Missing { name, nearest } = &mut error.fault {
        let vectors = inputs.iter().filter_map(|input| super::element(&input.name)).map(|(vector, _)| vector);
        *nearest = nearest_to(name, inputs.iter().map(|input| input.name.as_str()).chain(vectors));
    }
    error
}

struct Compiler {
    operations: Vec<Operation>,
    /// Operation and unit of every node of the arena.
    places: Vec<(usize, Unit)>,
}

impl Compiler {
    fn push(&mut self, operation: Operation) -> usize {
        self.operations.push(operation);
        self.operations.len() - 1
    }

    fn changed(&mut self, place: usize, change: &Change) -> usize {
        let factor = |conversion: &heng_quantity::unit::Conversion| conversion.difference_f64(1.0);
        match change {
            Change::Nothing => place,
            Change::Difference(conversion) => self.push(Operation::Affine(place, factor(conversion), 0.0)),
            Change::Value(conversion) => {
                self.push(Operation::Affine(place, factor(conversion), conversion.value_f64(0.0)))
            }
        }
    }

    fn place(&self, id: usize) -> (usize, Unit) {
        self.places.get(id).cloned().unwrap_or_else(|| (0, Unit::one()))
    }

    fn node(
        &mut self,
        at: Units<'_>,
        kind: &NodeKind,
        units: &dyn Fn(&str) -> Option<Unit>,
    ) -> Result<(usize, Unit), EvaluationError> {
        Ok(match kind {
            NodeKind::Literal(value, unit) => {
                let unit = unit.clone().unwrap_or_else(Unit::one);
                (self.push(Operation::Constant(value.to_f64())), unit)
            }
            NodeKind::Pi => (self.push(Operation::Constant(std::f64::consts::PI)), Unit::one()),
            NodeKind::Name(index) => {
                let name = at.arena.names.get(*index).map_or("", String::as_str);
                let unit = units(name)
                    .ok_or_else(|| at.error(Fault::Missing { name: name.to_owned(), nearest: Vec::new() }))?;
                (self.push(Operation::Input(*index)), unit)
            }
            NodeKind::Negate(operand) => {
                let (place, unit) = self.place(*operand);
                at.linear((*operand, &unit))?;
                (self.push(Operation::Negate(place)), unit)
            }
            NodeKind::Call(function, argument) => {
                let (place, unit) = self.place(*argument);
                let operand = (*argument, &unit);
                let (change, unit) = match function {
                    Function::Sqrt => (Change::Nothing, at.power(operand, 1, 2)?),
                    Function::Abs => {
                        at.linear(operand)?;
                        (Change::Nothing, unit)
                    }
                    _ => (at.pure(function.name(), operand)?, Unit::one()),
                };
                let place = self.changed(place, &change);
                (self.push(Operation::Call(*function, place)), unit)
            }
            NodeKind::Binary(binary, left, right) => {
                let (first, first_unit) = self.place(*left);
                let (second, second_unit) = self.place(*right);
                let plan = at.binary(*binary, (*left, &first_unit), (*right, &second_unit))?;
                let first = self.changed(first, &plan.left);
                let second = self.changed(second, &plan.right);
                (self.push(Operation::Binary(*binary, first, second)), plan.unit)
            }
            NodeKind::Power(base, numerator, denominator) => {
                let (place, unit) = self.place(*base);
                let unit = at.power((*base, &unit), *numerator, *denominator)?;
                (self.push(Operation::Power(place, *numerator, *denominator)), unit)
            }
            NodeKind::Like(like, operand) => {
                let ((_, to), (place, from)) = (self.place(*like), self.place(*operand));
                at.linear((*like, &to))?;
                at.linear((*operand, &from))?;
                let change = at.as_difference_of((*like, &to), (*operand, &from))?;
                (self.changed(place, &change), to)
            }
            NodeKind::Reading(scale, operand) => {
                let ((_, to), (place, from)) = (self.place(*scale), self.place(*operand));
                let change = at.as_value_of((*scale, &to), (*operand, &from))?;
                (self.changed(place, &change), to.of_difference())
            }
            NodeKind::OnScale(scale, operand) => (self.place(*operand).0, self.place(*scale).1),
            NodeKind::Substituted(substitution, terms) => {
                let mut sum = self.push(Operation::Constant(substitution.estimate));
                for (term, node) in substitution.terms.iter().zip(terms) {
                    // At the estimate of the term this is zero to the last bit.
                    let (factor, offset) = (term.sensitivity, -(term.sensitivity * term.estimate));
                    let change = self.push(Operation::Affine(self.place(*node).0, factor, offset));
                    sum = self.push(Operation::Binary(Binary::Add, sum, change));
                }
                (sum, substitution.unit.clone())
            }
            // A graph has no conditions and no forms.
            NodeKind::Form(_)
            | NodeKind::Text(_)
            | NodeKind::Flag(_)
            | NodeKind::Compare(..)
            | NodeKind::And(..)
            | NodeKind::Or(..)
            | NodeKind::Not(_) => {
                return Err(at.error(Fault::Kind { name: at.arena.excerpt(at.at), expected: "quantity" }));
            }
        })
    }
}

impl Operation {
    /// Its value for the values of its operands, in the order of [`Self::operands`]; those of inputs are not its own.
    pub(crate) fn value(self, x: f64, y: f64) -> f64 {
        match self {
            Self::Constant(value) => value,
            Self::Input(_) => f64::NAN,
            Self::Negate(_) => -x,
            Self::Call(function, _) => function.value(x),
            Self::Binary(binary, ..) => binary.value(x, y),
            Self::Power(_, numerator, denominator) => power_f64(x, numerator, denominator),
            Self::Affine(_, factor, offset) => factor * x + offset,
        }
    }

    /// The operations it needs.
    pub(crate) fn operands(&self) -> impl Iterator<Item = usize> {
        let (first, second) = match self {
            Self::Constant(_) | Self::Input(_) => (None, None),
            Self::Negate(operand) | Self::Call(_, operand) | Self::Power(operand, ..) | Self::Affine(operand, ..) => {
                (Some(*operand), None)
            }
            Self::Binary(_, left, right) => (Some(*left), Some(*right)),
        };
        first.into_iter().chain(second)
    }

    fn moved(self, to: impl Fn(usize) -> usize) -> Self {
        match self {
            Self::Constant(_) | Self::Input(_) => self,
            Self::Negate(operand) => Self::Negate(to(operand)),
            Self::Call(function, operand) => Self::Call(function, to(operand)),
            Self::Binary(binary, left, right) => Self::Binary(binary, to(left), to(right)),
            Self::Power(operand, numerator, denominator) => Self::Power(to(operand), numerator, denominator),
            Self::Affine(operand, factor, offset) => Self::Affine(to(operand), factor, offset),
        }
    }
}

impl Program {
    /// Without what no output needs.
    fn pruned(self) -> Self {
        let mut needed = vec![false; self.operations.len()];
        for (place, _) in &self.outputs {
            mark(&mut needed, *place);
        }
        for (place, operation) in self.operations.iter().enumerate().rev() {
            if needed.get(place) == Some(&true) {
                operation.operands().for_each(|operand| mark(&mut needed, operand));
            }
        }
        let mut moved = vec![0; self.operations.len()];
        let mut operations = Vec::new();
        for ((operation, needed), place) in self.operations.into_iter().zip(needed).zip(0..) {
            if needed {
                let kept = operation.moved(|operand| moved.get(operand).copied().unwrap_or(0));
                if let Some(entry) = moved.get_mut::<usize>(place) {
                    *entry = operations.len();
                }
                operations.push(kept);
            }
        }
        let to = |place: usize| moved.get(place).copied().unwrap_or(0);
        let outputs = self.outputs.into_iter().map(|(place, unit)| (to(place), unit)).collect();
        Self { operations, outputs }
    }
}

fn mark(needed: &mut [bool], place: usize) {
    if let Some(entry) = needed.get_mut(place) {
        *entry = true;
    }
}
