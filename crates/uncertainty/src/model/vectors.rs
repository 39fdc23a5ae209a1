//! Vectors and sums in the lowering of a model: element by element, term by term.

use std::rc::Rc;

use super::lowering::{Lowering, MOST_OPERATIONS, Meaning};
use crate::error::{EvaluationError, Fault};
use crate::expression::syntax::{Binary, Form, Gathering, NodeId, NodeKind};

pub(super) type Act<'a> = &'a mut dyn FnMut(&mut Lowering<'_>, &Meaning) -> Result<Meaning, EvaluationError>;
pub(super) type ActOnTwo<'a> =
    &'a mut dyn FnMut(&mut Lowering<'_>, &Meaning, &Meaning) -> Result<Meaning, EvaluationError>;

impl Lowering<'_> {
    /// The same of every element of a vector, or of the one quantity.
    pub(super) fn each(&mut self, x: &Meaning, act: Act<'_>) -> Result<Meaning, EvaluationError> {
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
    pub(super) fn elementwise(
        &mut self,
        left: NodeId,
        right: NodeId,
        act: ActOnTwo<'_>,
    ) -> Result<Meaning, EvaluationError> {
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

    pub(super) fn paired(
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

    pub(super) fn vector(&self, at: NodeId) -> Result<Rc<[Meaning]>, EvaluationError> {
        match self.meaning(at)? {
            Meaning::Vector(elements) => Ok(elements),
            _ if self.declared.vectors.is_none() => {
                Err(self.error(at, Fault::LengthUnknown { operand: self.excerpt(at) }))
            }
            _ => Err(self.error(at, self.absent(at).unwrap_or(Fault::NotAVector { operand: self.excerpt(at) }))),
        }
    }

    /// Nothing is given of this name, neither a quantity nor a vector.
    pub(super) fn absent(&self, at: NodeId) -> Option<Fault> {
        let NodeKind::Name(index) = self.written.arena.node(at)?.kind else { return None };
        let name = self.written.arena.names.get(index)?;
        let is_given = self.declared.scalars.contains(name);
        (!is_given).then(|| Fault::Missing { name: name.clone(), nearest: Vec::new() })
    }

    pub(super) fn not_whole(&self, at: NodeId) -> EvaluationError {
        self.error(at, Fault::NotWhole { operand: self.excerpt(at) })
    }

    /// A whole number that the model alone determines.
    pub(super) fn whole_of(&self, at: NodeId) -> Result<i64, EvaluationError> {
        match self.meaning(at)? {
            Meaning::Whole { number, .. } => Ok(number),
            _ => Err(self.not_whole(at)),
        }
    }

    pub(super) fn element(&mut self, vector: NodeId, index: NodeId) -> Result<Meaning, EvaluationError> {
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

    pub(super) fn kind(&self, at: NodeId) -> NodeKind {
        self.written.arena.node(at).map_or(NodeKind::Pi, |node| node.kind.clone())
    }

    /// Lowers the terms of the sum that ends at this node, for every value of its variable.
    pub(super) fn over(&mut self, at: NodeId) -> Result<Meaning, EvaluationError> {
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
    pub(super) fn gathered(&mut self, gathering: Gathering, elements: &[Meaning]) -> Result<Meaning, EvaluationError> {
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
}
