//! From a model as written to plain operations on real numbers: vectors and sums unrolled, complex quantities in two parts.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use heng_quantity::Decimal;

use super::complex;
use super::substitution::Substitutions;
use crate::constants;
use crate::error::{EvaluationError, Fault};
use crate::expression::syntax::{Arena, Binary, Form, Function, Gathering, Node, NodeId, NodeKind, Written};

/// Sums and vectors may add as many nodes to those that are written.
pub(super) const MOST_OPERATIONS: usize = 100_000;

/// Terms are visited as many times, whatever they come to.
const MOST_VISITS: usize = 5_000_000;

/// Whole numbers beyond this are no index, and no exact double.
const LARGEST_WHOLE: i64 = 1 << 53;

/// A model without forms, and what its lines come to.
#[derive(Clone, Debug)]
pub(crate) struct Graph {
    pub(crate) arena: Arena,
    /// Name and node of every output.
    pub(crate) outputs: Vec<(String, NodeId)>,
    /// The constants with an uncertainty that it uses.
    pub(crate) constants: Vec<usize>,
}

/// What is known of the names that the model does not assign.
#[derive(Clone, Debug, Default)]
pub(crate) struct Declared {
    /// The lengths of vectors; none while the inputs are not known.
    pub(crate) vectors: Option<BTreeMap<String, usize>>,
    /// The names of inputs that are no elements of vectors.
    pub(crate) scalars: BTreeSet<String>,
    /// The names that stand for others.
    pub(crate) substitutions: Substitutions,
}

/// What a written node comes to.
#[derive(Clone, Debug)]
pub(super) enum Meaning {
    /// A whole number known from the model; a node is made where one is needed.
    Whole {
        number: i64,
        node: Option<NodeId>,
        of: NodeId,
    },
    Real(NodeId),
    Complex(NodeId, NodeId),
    Vector(Rc<[Meaning]>),
}

/// Lowers the lines at these places as outputs; every other line as well, so that all of the model is checked.
pub(crate) fn lowered(written: &Written, outputs: &[usize], declared: &Declared) -> Result<Graph, EvaluationError> {
    let mut lowering = Lowering {
        written,
        declared,
        nodes: Vec::new(),
        names: Vec::new(),
        known: BTreeMap::new(),
        substituted: BTreeMap::new(),
        literals: BTreeMap::new(),
        meanings: vec![None; written.arena.nodes.len()],
        varies: varying(written),
        variables: vec![None; written.variables.len()],
        constants: Vec::new(),
        at: 0,
        loops: 0,
        visits: 0,
    };
    lowering.nodes(0, written.arena.nodes.len())?;
    let mut all = Vec::new();
    for line in outputs.iter().filter_map(|place| written.lines.get(*place)) {
        lowering.at = line.root;
        let meaning = lowering.meaning(line.root)?;
        lowering.output(&line.name, &meaning, &mut all);
    }
    let Lowering { nodes, names, constants, .. } = lowering;
    let arena = Arena { nodes, names, tokens: written.arena.tokens.clone() };
    Ok(Graph { arena, outputs: all, constants })
}

/// Which nodes depend on the variable of a sum around them.
fn varying(written: &Written) -> Vec<bool> {
    let mut varies: Vec<bool> = Vec::with_capacity(written.arena.nodes.len());
    for node in &written.arena.nodes {
        let is_variable = matches!(node.kind, NodeKind::Form(Form::Variable(_)));
        varies.push(is_variable || node.kind.operands().any(|operand| varies.get(operand) == Some(&true)));
    }
    varies
}

pub(super) struct Lowering<'a> {
    pub(super) written: &'a Written,
    pub(super) declared: &'a Declared,
    nodes: Vec<Node>,
    names: Vec<String>,
    known: BTreeMap<String, usize>,
    /// The nodes of the names that stand for others.
    substituted: BTreeMap<String, NodeId>,
    /// Nodes of whole numbers, by the written node and the number.
    literals: BTreeMap<(NodeId, i64), NodeId>,
    meanings: Vec<Option<Meaning>>,
    varies: Vec<bool>,
    pub(super) variables: Vec<Option<i64>>,
    constants: Vec<usize>,
    /// The written node that is lowered.
    pub(super) at: NodeId,
    /// How many sums are around it.
    pub(super) loops: usize,
    visits: usize,
}

impl Lowering<'_> {
    /// Lowers the written nodes of a range, in order; it recurses only into the terms of sums.
    pub(super) fn nodes(&mut self, from: NodeId, to: NodeId) -> Result<(), EvaluationError> {
        let mut at = from;
        while at < to {
            if let Some(NodeKind::Form(Form::Open(end))) = self.written.arena.node(at).map(|node| &node.kind) {
                at = *end;
                // The terms and the range stand before the node of the sum.
                self.at = at;
                let sum = self.over(at)?;
                self.keep(at, sum);
            } else if !(self.loops > 0 && self.varies.get(at) == Some(&false) && self.is_known(at)) {
                self.at = at;
                let meaning = self.node(at)?;
                self.keep(at, meaning);
            }
            self.visits += 1;
            self.check_size()?;
            at += 1;
        }
        Ok(())
    }

    fn check_size(&self) -> Result<(), EvaluationError> {
        let written = self.written.arena.nodes.len();
        if self.nodes.len() > written * 2 + MOST_OPERATIONS || self.visits > written + MOST_VISITS {
            return Err(self.error(self.at, Fault::TooManyOperations { limit: MOST_OPERATIONS }));
        }
        Ok(())
    }

    fn keep(&mut self, at: NodeId, meaning: Meaning) {
        if let Some(entry) = self.meanings.get_mut(at) {
            *entry = Some(meaning);
        }
    }

    fn is_known(&self, at: NodeId) -> bool {
        self.meanings.get(at).is_some_and(Option::is_some)
    }

    pub(super) fn meaning(&self, at: NodeId) -> Result<Meaning, EvaluationError> {
        let meaning = self.meanings.get(at).and_then(Clone::clone);
        meaning.ok_or_else(|| self.error(at, Fault::NotFinite { operand: self.written.arena.excerpt(at) }))
    }

    pub(super) fn excerpt(&self, at: NodeId) -> String {
        self.written.arena.excerpt(at)
    }

    pub(super) fn error(&self, at: NodeId, fault: Fault) -> EvaluationError {
        let place = self.written.arena.place(at);
        EvaluationError {
            position: place.map(|(position, _)| position),
            length: place.map_or(0, |(_, length)| length),
            fault,
        }
    }

    /// An error about an argument of the node that is lowered.
    pub(super) fn not_real(&self, function: &'static str) -> EvaluationError {
        self.error(self.at, Fault::NotReal { function, argument: self.excerpt(self.at) })
    }

    pub(super) fn push(&mut self, kind: NodeKind) -> NodeId {
        let written = self.written.arena.node(self.at);
        let position = written.map_or(heng_quantity::Position { line: 1, column: 1 }, |node| node.position);
        self.nodes.push(Node { kind, position, source: written.map_or(0..0, |node| node.source.clone()) });
        self.nodes.len() - 1
    }

    pub(super) fn whole_literal(&mut self, number: i64) -> NodeId {
        self.push(NodeKind::Literal(Decimal::from(number), None))
    }

    /// The node of a name; of one that stands for others, a node over theirs.
    pub(super) fn name(&mut self, name: &str) -> Meaning {
        let Some(substitution) = self.declared.substitutions.get(name).cloned() else {
            return Meaning::Real(self.own_name(name));
        };
        let node = match self.substituted.get(name) {
            Some(node) => *node,
            None => {
                let terms = substitution.terms.iter().map(|term| self.own_name(&term.name)).collect();
                let node = self.push(NodeKind::Substituted(substitution, terms));
                self.substituted.insert(name.to_owned(), node);
                node
            }
        };
        Meaning::Real(node)
    }

    fn own_name(&mut self, name: &str) -> NodeId {
        let index = match self.known.get(name) {
            Some(index) => *index,
            None => {
                self.names.push(name.to_owned());
                self.known.insert(name.to_owned(), self.names.len() - 1);
                self.names.len() - 1
            }
        };
        self.push(NodeKind::Name(index))
    }

    pub(super) fn element_name(name: &str, index: usize) -> String {
        format!("{name}[{index}]")
    }

    pub(super) fn whole(&mut self, number: i64, node: Option<NodeId>) -> Meaning {
        Meaning::Whole { number, node, of: self.at }
    }

    /// The node of a real quantity.
    pub(super) fn real(&mut self, meaning: &Meaning, function: &'static str) -> Result<NodeId, EvaluationError> {
        match meaning {
            Meaning::Whole { node: Some(node), .. } | Meaning::Real(node) => Ok(*node),
            Meaning::Whole { number, of, .. } => {
                if let Some(node) = self.literals.get(&(*of, *number)) {
                    return Ok(*node);
                }
                let here = std::mem::replace(&mut self.at, *of);
                let node = self.whole_literal(*number);
                self.at = here;
                self.literals.insert((*of, *number), node);
                Ok(node)
            }
            Meaning::Complex(..) | Meaning::Vector(_) => Err(self.not_real(function)),
        }
    }

    fn node(&mut self, at: NodeId) -> Result<Meaning, EvaluationError> {
        let (written, declared) = (self.written, self.declared);
        let Some(node) = written.arena.node(at) else { return self.meaning(at) };
        match &node.kind {
            NodeKind::Literal(value, unit) => {
                let whole = value.to_string().parse().ok().filter(|whole: &i64| *whole <= LARGEST_WHOLE);
                match (whole, unit) {
                    (Some(number), None) if self.loops > 0 => Ok(self.whole(number, None)),
                    (Some(number), None) => {
                        let literal = self.push(node.kind.clone());
                        Ok(self.whole(number, Some(literal)))
                    }
                    _ => Ok(Meaning::Real(self.push(node.kind.clone()))),
                }
            }
            NodeKind::Pi => Ok(Meaning::Real(self.push(NodeKind::Pi))),
            NodeKind::Name(index) => {
                let name = written.arena.names.get(*index).map_or("", String::as_str);
                match declared.vectors.as_ref().and_then(|vectors| vectors.get(name)) {
                    Some(length) => {
                        let elements = (1..=*length).map(|index| self.name(&Self::element_name(name, index)));
                        Ok(Meaning::Vector(elements.collect()))
                    }
                    None => Ok(self.name(name)),
                }
            }
            NodeKind::Negate(operand) => {
                let operand = self.meaning(*operand)?;
                self.each(&operand, &mut |lowering, x| lowering.negated(x))
            }
            NodeKind::Call(function, argument) => {
                let (function, argument) = (*function, self.meaning(*argument)?);
                self.each(&argument, &mut |lowering, x| lowering.called(function, x))
            }
            NodeKind::Binary(binary, left, right) => {
                let binary = *binary;
                self.elementwise(*left, *right, &mut |lowering, x, y| lowering.binary(binary, x, y))
            }
            NodeKind::Power(base, numerator, denominator) => {
                let (numerator, denominator) = (*numerator, *denominator);
                let base = self.meaning(*base)?;
                self.each(&base, &mut |lowering, x| match x {
                    Meaning::Complex(re, im) => complex::power(lowering, (*re, *im), numerator, denominator),
                    _ => {
                        let x = lowering.real(x, "^")?;
                        Ok(Meaning::Real(lowering.push(NodeKind::Power(x, numerator, denominator))))
                    }
                })
            }
            NodeKind::Form(form) => self.form(form),
            // The grammar of models has no conditions, and what is written is not lowered yet.
            _ => Err(self.error(at, Fault::Kind { name: self.excerpt(at), expected: "quantity" })),
        }
    }

    fn form(&mut self, form: &Form) -> Result<Meaning, EvaluationError> {
        let written = self.written;
        match form {
            Form::Line(line) => {
                let root = written.lines.get(*line).map_or(0, |line| line.root);
                self.meaning(root)
            }
            Form::Constant(place) => {
                let Some(constant) = constants::at(*place) else { return self.meaning(self.at) };
                if constant.standard_uncertainty.is_none() {
                    let literal = NodeKind::Literal(constant.value.clone(), Some(constant.unit.clone()));
                    return Ok(Meaning::Real(self.push(literal)));
                }
                if !self.constants.contains(place) {
                    self.constants.push(*place);
                }
                Ok(self.name(&constant.input_name()))
            }
            Form::Variable(variable) => {
                let number = self.variables.get(*variable).copied().flatten();
                let number = number.ok_or_else(|| self.not_whole(self.at))?;
                Ok(self.whole(number, None))
            }
            Form::Element(vector, index) => self.element(*vector, *index),
            Form::Gathered(gathering, vector) => {
                let elements = self.vector(*vector)?;
                self.gathered(*gathering, &elements)
            }
            Form::Dot(left, right) => {
                let (x, y) = (self.vector(*left)?, self.vector(*right)?);
                let products = self
                    .paired((*left, &x), (*right, &y), &mut |lowering, x, y| lowering.binary(Binary::Multiply, x, y))?;
                self.gathered(Gathering::Sum, &products)
            }
            Form::Hypot(left, right) => self.elementwise(*left, *right, &mut |lowering, x, y| {
                let (x, y) = (lowering.real(x, "hypot")?, lowering.real(y, "hypot")?);
                Ok(Meaning::Real(complex::modulus(lowering, (x, y))))
            }),
            Form::Complex(re, im) => self.elementwise(*re, *im, &mut |lowering, x, y| {
                let (re, im) = (lowering.real(x, "complex")?, lowering.real(y, "complex")?);
                let im = lowering.push(NodeKind::Like(re, im));
                Ok(Meaning::Complex(re, im))
            }),
            Form::Polar(modulus, argument) => self.elementwise(*modulus, *argument, &mut |lowering, x, y| {
                let (modulus, argument) = (lowering.real(x, "polar")?, lowering.real(y, "polar")?);
                Ok(complex::of_polar(lowering, modulus, argument))
            }),
            Form::Part(part, whole) => {
                let (part, whole) = (*part, self.meaning(*whole)?);
                self.each(&whole, &mut |lowering, x| complex::part(lowering, part, x))
            }
            Form::Open(_) | Form::Over { .. } => self.meaning(self.at),
        }
    }

    fn negated(&mut self, x: &Meaning) -> Result<Meaning, EvaluationError> {
        match x {
            Meaning::Whole { number, node, .. } => {
                let node = node.map(|node| self.push(NodeKind::Negate(node)));
                Ok(self.whole(-number, node))
            }
            Meaning::Complex(re, im) => {
                let (re, im) = (self.push(NodeKind::Negate(*re)), self.push(NodeKind::Negate(*im)));
                Ok(Meaning::Complex(re, im))
            }
            _ => {
                let x = self.real(x, "-")?;
                Ok(Meaning::Real(self.push(NodeKind::Negate(x))))
            }
        }
    }

    fn called(&mut self, function: Function, x: &Meaning) -> Result<Meaning, EvaluationError> {
        if let Meaning::Complex(re, im) = x {
            return complex::called(self, function, (*re, *im));
        }
        let x = self.real(x, function.name())?;
        Ok(Meaning::Real(self.push(NodeKind::Call(function, x))))
    }

    pub(super) fn binary(&mut self, binary: Binary, x: &Meaning, y: &Meaning) -> Result<Meaning, EvaluationError> {
        if matches!(x, Meaning::Complex(..)) || matches!(y, Meaning::Complex(..)) {
            return complex::binary(self, binary, x, y);
        }
        if let (Meaning::Whole { number: one, node: left, .. }, Meaning::Whole { number: other, node: right, .. }) =
            (x, y)
        {
            let number = match binary {
                Binary::Add => one.checked_add(*other),
                Binary::Subtract => one.checked_sub(*other),
                Binary::Multiply => one.checked_mul(*other),
                _ => None,
            };
            if let Some(number) = number.filter(|number| number.abs() <= LARGEST_WHOLE) {
                // Outside sums the operation is kept as it is written.
                let node = match (left, right) {
                    (Some(left), Some(right)) => Some(self.push(NodeKind::Binary(binary, *left, *right))),
                    _ => None,
                };
                return Ok(self.whole(number, node));
            }
        }
        let (x, y) = (self.real(x, binary.sign())?, self.real(y, binary.sign())?);
        Ok(Meaning::Real(self.push(NodeKind::Binary(binary, x, y))))
    }

    /// `Z` is one output, a complex Z two, a vector one for each element.
    fn output(&mut self, name: &str, meaning: &Meaning, all: &mut Vec<(String, NodeId)>) {
        let mut elements = vec![(name.to_owned(), meaning.clone())];
        if let Meaning::Vector(vector) = meaning {
            let named = vector.iter().enumerate();
            elements = named.map(|(place, one)| (Self::element_name(name, place + 1), one.clone())).collect();
        }
        for (name, meaning) in elements {
            match meaning {
                Meaning::Complex(re, im) => all.extend([(format!("{name}.re"), re), (format!("{name}.im"), im)]),
                real => {
                    // Elements of vectors are no vectors.
                    if let Ok(node) = self.real(&real, "=") {
                        all.push((name, node));
                    }
                }
            }
        }
    }
}
