//! From a model as written to plain operations on real numbers: vectors and sums unrolled, complex quantities in two parts.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use heng_quantity::Decimal;

use super::complex;
use crate::constants;
use crate::error::{EvaluationError, Fault};
use crate::expression::syntax::{Arena, Binary, Form, Function, Gathering, Node, NodeId, NodeKind, Written};

/// Sums and vectors may add as many nodes to those that are written.
const MOST_OPERATIONS: usize = 100_000;

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
    written: &'a Written,
    declared: &'a Declared,
    nodes: Vec<Node>,
    names: Vec<String>,
    known: BTreeMap<String, usize>,
    /// Nodes of whole numbers, by the written node and the number.
    literals: BTreeMap<(NodeId, i64), NodeId>,
    meanings: Vec<Option<Meaning>>,
    varies: Vec<bool>,
    variables: Vec<Option<i64>>,
    constants: Vec<usize>,
    /// The written node that is lowered.
    at: NodeId,
    /// How many sums are around it.
    loops: usize,
    visits: usize,
}

impl Lowering<'_> {
    /// Lowers the written nodes of a range, in order; it recurses only into the terms of sums.
    fn nodes(&mut self, from: NodeId, to: NodeId) -> Result<(), EvaluationError> {
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

    fn meaning(&self, at: NodeId) -> Result<Meaning, EvaluationError> {
        let meaning = self.meanings.get(at).and_then(Clone::clone);
        meaning.ok_or_else(|| self.error(at, Fault::NotFinite { operand: self.written.arena.excerpt(at) }))
    }

    fn excerpt(&self, at: NodeId) -> String {
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

    fn name(&mut self, name: &str) -> Meaning {
        let index = match self.known.get(name) {
            Some(index) => *index,
            None => {
                self.names.push(name.to_owned());
                self.known.insert(name.to_owned(), self.names.len() - 1);
                self.names.len() - 1
            }
        };
        Meaning::Real(self.push(NodeKind::Name(index)))
    }

    fn element_name(name: &str, index: usize) -> String {
        format!("{name}[{index}]")
    }

    fn whole(&mut self, number: i64, node: Option<NodeId>) -> Meaning {
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

    /// The same of every element of a vector, or of the one quantity.
    fn each(&mut self, x: &Meaning, act: Act<'_>) -> Result<Meaning, EvaluationError> {
        match x {
            Meaning::Vector(elements) => {
                let all: Result<Vec<Meaning>, EvaluationError> =
                    elements.iter().map(|element| act(self, element)).collect();
                Ok(Meaning::Vector(all?.into()))
            }
            one => act(self, one),
        }
    }

    /// The same of every pair of elements; one quantity goes with every element.
    fn elementwise(&mut self, left: NodeId, right: NodeId, act: ActOnTwo<'_>) -> Result<Meaning, EvaluationError> {
        match (self.meaning(left)?, self.meaning(right)?) {
            (Meaning::Vector(x), Meaning::Vector(y)) => {
                Ok(Meaning::Vector(self.paired((left, &x), (right, &y), act)?.into()))
            }
            (Meaning::Vector(x), y) => {
                let all: Result<Vec<Meaning>, EvaluationError> = x.iter().map(|x| act(self, x, &y)).collect();
                Ok(Meaning::Vector(all?.into()))
            }
            (x, Meaning::Vector(y)) => {
                let all: Result<Vec<Meaning>, EvaluationError> = y.iter().map(|y| act(self, &x, y)).collect();
                Ok(Meaning::Vector(all?.into()))
            }
            (x, y) => act(self, &x, &y),
        }
    }

    fn paired(
        &mut self,
        left: (NodeId, &[Meaning]),
        right: (NodeId, &[Meaning]),
        act: ActOnTwo<'_>,
    ) -> Result<Vec<Meaning>, EvaluationError> {
        if left.1.len() != right.1.len() {
            let fault = Fault::LengthsDiffer {
                left: self.excerpt(left.0),
                left_length: left.1.len(),
                right: self.excerpt(right.0),
                right_length: right.1.len(),
            };
            return Err(self.error(self.at, fault));
        }
        left.1.iter().zip(right.1).map(|(x, y)| act(self, x, y)).collect()
    }

    fn vector(&self, at: NodeId) -> Result<Rc<[Meaning]>, EvaluationError> {
        match self.meaning(at)? {
            Meaning::Vector(elements) => Ok(elements),
            _ if self.declared.vectors.is_none() => {
                Err(self.error(at, Fault::LengthUnknown { operand: self.excerpt(at) }))
            }
            _ => Err(self.error(at, self.absent(at).unwrap_or(Fault::NotAVector { operand: self.excerpt(at) }))),
        }
    }

    /// Nothing is given of this name, neither a quantity nor a vector.
    fn absent(&self, at: NodeId) -> Option<Fault> {
        let NodeKind::Name(index) = self.written.arena.node(at)?.kind else { return None };
        let name = self.written.arena.names.get(index)?;
        let is_given = self.declared.scalars.contains(name);
        (!is_given).then(|| Fault::Missing { name: name.clone(), nearest: Vec::new() })
    }

    fn not_whole(&self, at: NodeId) -> EvaluationError {
        self.error(at, Fault::NotWhole { operand: self.excerpt(at) })
    }

    /// A whole number that the model alone determines.
    fn whole_of(&self, at: NodeId) -> Result<i64, EvaluationError> {
        match self.meaning(at)? {
            Meaning::Whole { number, .. } => Ok(number),
            _ => Err(self.not_whole(at)),
        }
    }

    fn element(&mut self, vector: NodeId, index: NodeId) -> Result<Meaning, EvaluationError> {
        let number = self.whole_of(index)?;
        let outside = |length| Fault::IndexOutside { vector: self.excerpt(vector), length, index: number };
        let place = usize::try_from(number).ok().and_then(|number| number.checked_sub(1));
        match self.meaning(vector)? {
            Meaning::Vector(elements) => {
                let element = place.and_then(|place| elements.get(place)).cloned();
                element.ok_or_else(|| self.error(self.at, outside(elements.len())))
            }
            _ => {
                if self.declared.vectors.is_none() && !matches!(self.kind(vector), NodeKind::Name(_)) {
                    // A line made of what may be vectors.
                    return Err(self.error(vector, Fault::LengthUnknown { operand: self.excerpt(vector) }));
                }
                let NodeKind::Name(name) = self.kind(vector) else {
                    return Err(self.error(vector, Fault::NotAVector { operand: self.excerpt(vector) }));
                };
                if self.declared.vectors.is_some() {
                    let fault = self.absent(vector);
                    let fault = fault.unwrap_or(Fault::NotAVector { operand: self.excerpt(vector) });
                    return Err(self.error(vector, fault));
                }
                let name = self.written.arena.names.get(name).map_or("", String::as_str);
                // Nothing has an element below the first, but how many there are is said with the inputs only.
                match place {
                    Some(place) => Ok(self.name(&Self::element_name(name, place + 1))),
                    None => Err(self.error(vector, Fault::LengthUnknown { operand: name.to_owned() })),
                }
            }
        }
    }

    fn kind(&self, at: NodeId) -> NodeKind {
        self.written.arena.node(at).map_or(NodeKind::Pi, |node| node.kind.clone())
    }

    /// Lowers the terms of the sum that ends at this node, for every value of its variable.
    fn over(&mut self, at: NodeId) -> Result<Meaning, EvaluationError> {
        let NodeKind::Form(Form::Over { gathering, open, variable, term, from, to }) = self.kind(at) else {
            return self.meaning(at);
        };
        self.nodes(term + 1, at)?;
        let (first, last) = (self.whole_of(from)?, self.whole_of(to)?);
        self.at = at;
        if first > last {
            return Err(self.error(at, Fault::EmptyRange { from: first, to: last }));
        }
        if last.saturating_sub(first) >= MOST_OPERATIONS as i64 {
            return Err(self.error(at, Fault::TooManyOperations { limit: MOST_OPERATIONS }));
        }
        let mut terms = Vec::new();
        self.loops += 1;
        for number in first..=last {
            if let Some(entry) = self.variables.get_mut(variable) {
                *entry = Some(number);
            }
            self.nodes(open + 1, term + 1)?;
            let meaning = self.meaning(term)?;
            if matches!(meaning, Meaning::Vector(_)) {
                return Err(
                    self.error(term, Fault::NotReal { function: gathering.name(), argument: self.excerpt(term) })
                );
            }
            terms.push(meaning);
        }
        self.loops -= 1;
        self.at = at;
        self.gathered(gathering, &terms)
    }

    /// Σ x, Σ x/n or n.
    fn gathered(&mut self, gathering: Gathering, elements: &[Meaning]) -> Result<Meaning, EvaluationError> {
        let count = elements.len() as i64;
        match (gathering, elements) {
            (Gathering::Length, _) => {
                let literal = (self.loops == 0).then(|| self.whole_literal(count));
                Ok(self.whole(count, literal))
            }
            (_, []) => Err(self.error(self.at, Fault::EmptyRange { from: 1, to: 0 })),
            (Gathering::Sum, [first, rest @ ..]) => {
                let mut sum = first.clone();
                for element in rest {
                    sum = self.binary(Binary::Add, &sum, element)?;
                }
                Ok(sum)
            }
            (Gathering::Mean, [first, ..]) if elements.iter().all(|one| !matches!(one, Meaning::Complex(..))) => {
                // Readings of one scale have a mean on it, also where its zero is arbitrary and there is no sum.
                let scale = self.real(first, "mean")?;
                let mut sum = None;
                for element in elements {
                    let element = self.real(element, "mean")?;
                    let reading = self.push(NodeKind::Reading(scale, element));
                    sum = Some(match sum {
                        None => reading,
                        Some(sum) => self.push(NodeKind::Binary(Binary::Add, sum, reading)),
                    });
                }
                let count = self.whole_literal(count);
                let mean = self.push(NodeKind::Binary(Binary::Divide, sum.unwrap_or(scale), count));
                Ok(Meaning::Real(self.push(NodeKind::OnScale(scale, mean))))
            }
            (Gathering::Mean, _) => {
                let sum = self.gathered(Gathering::Sum, elements)?;
                let count = Meaning::Real(self.whole_literal(count));
                self.binary(Binary::Divide, &sum, &count)
            }
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

type Act<'a> = &'a mut dyn FnMut(&mut Lowering<'_>, &Meaning) -> Result<Meaning, EvaluationError>;
type ActOnTwo<'a> = &'a mut dyn FnMut(&mut Lowering<'_>, &Meaning, &Meaning) -> Result<Meaning, EvaluationError>;
