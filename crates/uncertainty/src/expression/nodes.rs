//! The nodes of an expression or a model: an arena in which every operand stands before its operation, so that no pass recurses.

use std::ops::Range;
use std::sync::Arc;

use heng_quantity::{Decimal, Position, Unit};

use crate::model::Substitution;

use super::lexer::{Placed, Token, distance};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Sqrt,
    Exp,
    Ln,
    Log10,
    Log2,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Erf,
    Abs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binary {
    Add,
    Subtract,
    Multiply,
    Divide,
    Atan2,
    Min,
    Max,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comparison {
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

/// What is taken of a complex quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Re,
    Im,
    Arg,
    Conj,
}

/// What is made of all the elements of a vector, or of all the terms of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gathering {
    Sum,
    Mean,
    Length,
}

/// The index of a node in its arena.
pub(crate) type NodeId = usize;

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum NodeKind {
    Literal(Decimal, Option<Unit>),
    Pi,
    /// An index into the names of the arena.
    Name(usize),
    Text(String),
    Flag(bool),
    Negate(NodeId),
    Call(Function, NodeId),
    Binary(Binary, NodeId, NodeId),
    /// numerator ∕ denominator.
    Power(NodeId, i64, i64),
    Compare(Comparison, NodeId, NodeId),
    And(NodeId, NodeId),
    Or(NodeId, NodeId),
    Not(NodeId),
    /// A form that only models have, written with vectors, sums or complex quantities; it is lowered to the others.
    Form(Form),
    /// The second, in the unit of the first; neither on a scale with an arbitrary zero.
    Like(NodeId, NodeId),
    /// The number of the second in the unit of the first, as a difference from the zero of its scale.
    Reading(NodeId, NodeId),
    /// The second, a reading, back on the scale of the first.
    OnScale(NodeId, NodeId),
    /// A quantity that is known by others, which are the nodes.
    Substituted(Arc<Substitution>, Vec<NodeId>),
}

/// What models have beyond expressions.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    /// The value of an earlier line.
    Line(usize),
    /// A constant of the table.
    Constant(usize),
    /// An index into the variables of the sums.
    Variable(usize),
    /// An element of a vector.
    Element(NodeId, NodeId),
    /// Stands before the terms of a sum and names the node that ends it.
    Open(NodeId),
    /// The terms between `open` and here, for every value of the variable.
    Over {
        gathering: Gathering,
        open: NodeId,
        variable: usize,
        term: NodeId,
        from: NodeId,
        to: NodeId,
    },
    Gathered(Gathering, NodeId),
    Dot(NodeId, NodeId),
    Hypot(NodeId, NodeId),
    Complex(NodeId, NodeId),
    Polar(NodeId, NodeId),
    Part(Part, NodeId),
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    /// Its operator or its first word.
    pub(crate) position: Position,
    /// The tokens it was read from, for messages.
    pub(crate) source: Range<usize>,
}

/// Nodes in the order of their evaluation, and the free names they use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    pub(crate) nodes: Vec<Node>,
    pub(crate) names: Vec<String>,
    pub(crate) tokens: Arc<[Placed]>,
}

/// An excerpt in a message is cut to this length.
const LONGEST_EXCERPT: usize = 60;

impl Arena {
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The text of a node, spaced anew.
    pub(crate) fn excerpt(&self, id: NodeId) -> String {
        if let Some(NodeKind::Name(name)) = self.nodes.get(id).map(|node| &node.kind)
            && let Some(name) = self.names.get(*name)
        {
            // An element of a vector may stand for the whole of it in the text.
            return name.clone();
        }
        let range = self.nodes.get(id).map_or(0..0, |node| node.source.clone());
        let mut text = String::new();
        let mut length = 0;
        for placed in self.tokens.get(range).unwrap_or_default() {
            let tight = matches!(placed.token, Token::Sign(")" | "," | "]" | "[" | ".."))
                || text.ends_with(['(', '['])
                || text.ends_with("..")
                || text.is_empty();
            let call = matches!(placed.token, Token::Sign("(")) && text.ends_with(char::is_alphanumeric);
            if !tight && !call {
                text.push(' ');
            }
            text.push_str(&placed.token.shown());
            length += 1;
            if length > LONGEST_EXCERPT {
                break;
            }
        }
        if text.chars().nth(LONGEST_EXCERPT).is_some() {
            text = text.chars().take(LONGEST_EXCERPT - 1).chain(['…']).collect();
        }
        text
    }

    pub(crate) fn place(&self, id: NodeId) -> Option<(Position, u32)> {
        Self::place_of(&self.nodes, &self.tokens, id)
    }

    /// The place of a node and its length within one line: the whole operation or, where that is long, from its sign on.
    pub(super) fn place_of(nodes: &[Node], tokens: &[Placed], id: NodeId) -> Option<(Position, u32)> {
        let node = nodes.get(id)?;
        let tokens = tokens.get(node.source.clone()).unwrap_or_default();
        let first = tokens.iter().find(|placed| placed.token != Token::NewLine)?;
        let to_the_end = |start: Position| {
            let last =
                tokens.iter().rev().find(|placed| placed.token != Token::NewLine && placed.end.line == start.line);
            last.map_or(1, |last| distance(start, last.end).max(1))
        };
        let length = to_the_end(first.position);
        if length as usize <= LONGEST_EXCERPT || node.position == first.position {
            return Some((first.position, length));
        }
        Some((node.position, to_the_end(node.position)))
    }
}

impl NodeKind {
    /// The nodes it is computed from. For the terms of a sum they are the ends of the range and one term.
    pub(crate) fn operands(&self) -> impl Iterator<Item = NodeId> {
        let (first, second, third) = match self {
            // What is written has no substitutions: they come with the inputs, when it is lowered.
            Self::Literal(..) | Self::Pi | Self::Name(_) | Self::Text(_) | Self::Flag(_) | Self::Substituted(..) => {
                (None, None, None)
            }
            Self::Negate(x) | Self::Call(_, x) | Self::Power(x, ..) | Self::Not(x) => (Some(*x), None, None),
            Self::Binary(_, x, y)
            | Self::Compare(_, x, y)
            | Self::And(x, y)
            | Self::Or(x, y)
            | Self::Like(x, y)
            | Self::Reading(x, y)
            | Self::OnScale(x, y) => (Some(*x), Some(*y), None),
            Self::Form(form) => match form {
                Form::Line(_) | Form::Constant(_) | Form::Variable(_) | Form::Open(_) => (None, None, None),
                Form::Gathered(_, x) | Form::Part(_, x) => (Some(*x), None, None),
                Form::Element(x, y) | Form::Dot(x, y) | Form::Hypot(x, y) | Form::Complex(x, y) | Form::Polar(x, y) => {
                    (Some(*x), Some(*y), None)
                }
                Form::Over { term, from, to, .. } => (Some(*term), Some(*from), Some(*to)),
            },
        };
        first.into_iter().chain(second).chain(third)
    }
}

impl Function {
    /// Every function of one number.
    pub(crate) const ALL: [Self; 19] = [
        Self::Sqrt,
        Self::Exp,
        Self::Ln,
        Self::Log10,
        Self::Log2,
        Self::Sin,
        Self::Cos,
        Self::Tan,
        Self::Asin,
        Self::Acos,
        Self::Atan,
        Self::Sinh,
        Self::Cosh,
        Self::Tanh,
        Self::Asinh,
        Self::Acosh,
        Self::Atanh,
        Self::Erf,
        Self::Abs,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqrt => "sqrt",
            Self::Exp => "exp",
            Self::Ln => "ln",
            Self::Log10 => "log10",
            Self::Log2 => "log2",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Asin => "asin",
            Self::Acos => "acos",
            Self::Atan => "atan",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Asinh => "asinh",
            Self::Acosh => "acosh",
            Self::Atanh => "atanh",
            Self::Erf => "erf",
            Self::Abs => "abs",
        }
    }

    pub(crate) fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name() == name)
    }
}

impl Binary {
    /// Functions of two numbers.
    pub(crate) fn of_name(name: &str) -> Option<(&'static str, Self)> {
        match name {
            "atan2" => Some(("atan2", Self::Atan2)),
            "min" => Some(("min", Self::Min)),
            "max" => Some(("max", Self::Max)),
            _ => None,
        }
    }

    /// As it is written.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Atan2 => "atan2",
            Self::Min => "min",
            Self::Max => "max",
        }
    }
}

impl Part {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Re => "re",
            Self::Im => "im",
            Self::Arg => "arg",
            Self::Conj => "conj",
        }
    }
}

impl Gathering {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Length => "length",
        }
    }
}
