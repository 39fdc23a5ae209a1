//! The grammar: an arena of nodes in which every operand stands before its operation, so that no pass recurses.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use heng_quantity::{Decimal, Position, Unit};

use super::lexer::{Placed, Token, tokens};
use crate::error::{SyntaxError, SyntaxFault};

/// Deeper nesting is refused: the parser recurses only there.
const DEEPEST: usize = 64;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Sqrt,
    Exp,
    Ln,
    Log10,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
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
}

/// What a node gives; a bare name may give anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Condition,
    Text,
    Any,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub(crate) kind: NodeKind,
    pub(crate) position: Position,
    /// The tokens it was read from, for messages.
    source: Range<usize>,
}

/// Nodes in the order of their evaluation, and the free names they use.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arena {
    pub(crate) nodes: Vec<Node>,
    pub(crate) names: Vec<String>,
    tokens: Vec<Placed>,
}

/// An excerpt in a message is cut to this length.
const LONGEST_EXCERPT: usize = 60;

impl Arena {
    pub(crate) fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// The text of a node, spaced anew.
    pub(crate) fn excerpt(&self, id: NodeId) -> String {
        let range = self.nodes.get(id).map_or(0..0, |node| node.source.clone());
        let mut text = String::new();
        for placed in self.tokens.get(range).unwrap_or_default() {
            let tight = matches!(placed.token, Token::Sign(")" | ",")) || text.ends_with('(') || text.is_empty();
            let call = matches!(placed.token, Token::Sign("(")) && text.ends_with(char::is_alphanumeric);
            if !tight && !call {
                text.push(' ');
            }
            text.push_str(&placed.token.shown());
        }
        if text.chars().nth(LONGEST_EXCERPT).is_some() {
            text = text.chars().take(LONGEST_EXCERPT - 1).chain(['…']).collect();
        }
        text
    }
}

/// A parsed line of a model.
#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    pub(crate) name: String,
    pub(crate) root: NodeId,
    /// Whether a later line names it. Roots cannot tell: a line that only renames another has the same root.
    pub(crate) is_used: bool,
}

pub(crate) fn expression(text: &str, longest: usize) -> Result<(Arena, NodeId), SyntaxError> {
    single(text, longest, Kind::Number)
}

pub(crate) fn condition(text: &str, longest: usize) -> Result<(Arena, NodeId), SyntaxError> {
    single(text, longest, Kind::Condition)
}

fn single(text: &str, longest: usize, kind: Kind) -> Result<(Arena, NodeId), SyntaxError> {
    let mut parser = Parser::new(text, longest)?;
    parser.skip_new_lines();
    let root = parser.disjunction()?;
    parser.require(root, kind)?;
    parser.skip_new_lines();
    match parser.peek() {
        Token::End => Ok((parser.arena(), root)),
        _ => Err(parser.unexpected("operator")),
    }
}

/// Lines `name = expression`; a later line may use the names of earlier ones.
pub(crate) fn model(text: &str, longest: usize) -> Result<(Arena, Vec<Assignment>), SyntaxError> {
    let mut parser = Parser::new(text, longest)?;
    let mut assignments: Vec<Assignment> = Vec::new();
    loop {
        parser.skip_new_lines();
        let position = parser.position();
        let name = match parser.peek().clone() {
            Token::End if !assignments.is_empty() => break,
            Token::Name(name) => name,
            _ => return Err(parser.unexpected("name")),
        };
        parser.advance();
        parser.take_sign("=").ok_or_else(|| parser.unexpected("="))?;
        let fault = if reserved(&name) {
            Some(SyntaxFault::Reserved { name: name.clone() })
        } else if parser.assigned.contains_key(&name) {
            Some(SyntaxFault::AssignedTwice { name: name.clone() })
        } else if parser.known.contains_key(&name) {
            Some(SyntaxFault::UsedBefore { name: name.clone() })
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(SyntaxError { position, fault });
        }
        let root = parser.sum()?;
        parser.require(root, Kind::Number)?;
        if parser.known.contains_key(&name) {
            return Err(SyntaxError { position, fault: SyntaxFault::UsedBefore { name } });
        }
        match parser.peek() {
            Token::NewLine | Token::End => {}
            _ => return Err(parser.unexpected("operator")),
        }
        parser.assigned.insert(name.clone(), root);
        assignments.push(Assignment { name, root, is_used: false });
    }
    for line in &mut assignments {
        line.is_used = parser.used.contains(&line.name);
    }
    Ok((parser.arena(), assignments))
}

fn reserved(name: &str) -> bool {
    function(name).is_some() || matches!(name, "pi" | "atan2" | "min" | "max" | "and" | "or" | "not" | "true" | "false")
}

fn function(name: &str) -> Option<Function> {
    Some(match name {
        "sqrt" => Function::Sqrt,
        "exp" => Function::Exp,
        "ln" => Function::Ln,
        "log10" => Function::Log10,
        "sin" => Function::Sin,
        "cos" => Function::Cos,
        "tan" => Function::Tan,
        "asin" => Function::Asin,
        "acos" => Function::Acos,
        "atan" => Function::Atan,
        "abs" => Function::Abs,
        _ => return None,
    })
}

impl Function {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqrt => "sqrt",
            Self::Exp => "exp",
            Self::Ln => "ln",
            Self::Log10 => "log10",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Tan => "tan",
            Self::Asin => "asin",
            Self::Acos => "acos",
            Self::Atan => "atan",
            Self::Abs => "abs",
        }
    }
}

struct Parser {
    tokens: Vec<Placed>,
    next: usize,
    depth: usize,
    nodes: Vec<Node>,
    kinds: Vec<Kind>,
    names: Vec<String>,
    known: BTreeMap<String, usize>,
    assigned: BTreeMap<String, NodeId>,
    /// The assigned names that a later line uses.
    used: BTreeSet<String>,
}

impl Parser {
    fn new(text: &str, longest: usize) -> Result<Self, SyntaxError> {
        Ok(Self {
            tokens: tokens(text, longest)?,
            next: 0,
            depth: 0,
            nodes: Vec::new(),
            kinds: Vec::new(),
            names: Vec::new(),
            known: BTreeMap::new(),
            assigned: BTreeMap::new(),
            used: BTreeSet::new(),
        })
    }

    fn arena(self) -> Arena {
        Arena { nodes: self.nodes, names: self.names, tokens: self.tokens }
    }

    /// Inside parentheses a line may be broken.
    fn peek(&mut self) -> &Token {
        while self.depth > 0 && self.tokens.get(self.next).is_some_and(|placed| placed.token == Token::NewLine) {
            self.next += 1;
        }
        self.tokens.get(self.next).map_or(&Token::End, |placed| &placed.token)
    }

    fn position(&mut self) -> Position {
        self.peek();
        let last = self.tokens.last().map(|placed| placed.position);
        let here = self.tokens.get(self.next).map(|placed| placed.position);
        here.or(last).unwrap_or(Position { line: 1, column: 1 })
    }

    fn advance(&mut self) {
        self.next += 1;
    }

    fn skip_new_lines(&mut self) {
        while *self.peek() == Token::NewLine {
            self.advance();
        }
    }

    fn take_sign(&mut self, wanted: &'static str) -> Option<()> {
        (*self.peek() == Token::Sign(wanted)).then(|| self.advance())
    }

    fn take_word(&mut self, wanted: &str) -> Option<()> {
        matches!(self.peek(), Token::Name(name) if name == wanted).then(|| self.advance())
    }

    fn unexpected(&mut self, expected: &'static str) -> SyntaxError {
        let found = self.peek().shown();
        SyntaxError { position: self.position(), fault: SyntaxFault::Unexpected { expected, found } }
    }

    fn push(&mut self, kind: NodeKind, gives: Kind, position: Position, start: usize) -> NodeId {
        self.nodes.push(Node { kind, position, source: start..self.next });
        self.kinds.push(gives);
        self.nodes.len() - 1
    }

    fn require(&self, id: NodeId, wanted: Kind) -> Result<(), SyntaxError> {
        let kind = self.kinds.get(id).copied().unwrap_or(Kind::Any);
        if kind == wanted || kind == Kind::Any {
            return Ok(());
        }
        let expected = match wanted {
            Kind::Number => "number",
            Kind::Condition => "condition",
            Kind::Text | Kind::Any => "text",
        };
        let position = self.nodes.get(id).map_or(Position { line: 1, column: 1 }, |node| node.position);
        Err(SyntaxError { position, fault: SyntaxFault::Kind { expected } })
    }

    /// a or b.
    fn disjunction(&mut self) -> Result<NodeId, SyntaxError> {
        let start = self.next;
        let mut left = self.conjunction()?;
        loop {
            let position = self.position();
            if self.take_word("or").is_none() {
                return Ok(left);
            }
            let right = self.conjunction()?;
            self.require(left, Kind::Condition)?;
            self.require(right, Kind::Condition)?;
            left = self.push(NodeKind::Or(left, right), Kind::Condition, position, start);
        }
    }

    /// a and b.
    fn conjunction(&mut self) -> Result<NodeId, SyntaxError> {
        let start = self.next;
        let mut left = self.negation()?;
        loop {
            let position = self.position();
            if self.take_word("and").is_none() {
                return Ok(left);
            }
            let right = self.negation()?;
            self.require(left, Kind::Condition)?;
            self.require(right, Kind::Condition)?;
            left = self.push(NodeKind::And(left, right), Kind::Condition, position, start);
        }
    }

    fn negation(&mut self) -> Result<NodeId, SyntaxError> {
        let (start, position) = (self.next, self.position());
        let mut negated = false;
        let mut any = false;
        while self.take_word("not").is_some() {
            negated = !negated;
            any = true;
        }
        let operand = self.comparison()?;
        if any {
            self.require(operand, Kind::Condition)?;
        }
        Ok(if negated { self.push(NodeKind::Not(operand), Kind::Condition, position, start) } else { operand })
    }

    /// a < b ≤ c … means a < b and b ≤ c.
    fn comparison(&mut self) -> Result<NodeId, SyntaxError> {
        let start = self.next;
        let mut left = self.sum()?;
        let mut whole = None;
        loop {
            let position = self.position();
            let comparison = match self.peek() {
                Token::Sign("<") => Comparison::Less,
                Token::Sign("<=") => Comparison::LessOrEqual,
                Token::Sign(">") => Comparison::Greater,
                Token::Sign(">=") => Comparison::GreaterOrEqual,
                Token::Sign("==") => Comparison::Equal,
                Token::Sign("!=") => Comparison::NotEqual,
                _ => return Ok(whole.unwrap_or(left)),
            };
            self.advance();
            let right = self.sum()?;
            let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
            let is_text = |parser: &Self, id: NodeId| parser.kinds.get(id) == Some(&Kind::Text);
            let wanted =
                if equality && (is_text(self, left) || is_text(self, right)) { Kind::Text } else { Kind::Number };
            self.require(left, wanted)?;
            self.require(right, wanted)?;
            let compared = self.push(NodeKind::Compare(comparison, left, right), Kind::Condition, position, start);
            whole = Some(match whole {
                None => compared,
                Some(before) => self.push(NodeKind::And(before, compared), Kind::Condition, position, start),
            });
            left = right;
        }
    }

    fn sum(&mut self) -> Result<NodeId, SyntaxError> {
        self.chain(&[("+", Binary::Add), ("-", Binary::Subtract)], Self::product)
    }

    fn product(&mut self) -> Result<NodeId, SyntaxError> {
        self.chain(&[("*", Binary::Multiply), ("/", Binary::Divide)], Self::signed)
    }

    fn chain(
        &mut self,
        signs: &[(&'static str, Binary)],
        operand: fn(&mut Self) -> Result<NodeId, SyntaxError>,
    ) -> Result<NodeId, SyntaxError> {
        let start = self.next;
        let mut left = operand(self)?;
        loop {
            let position = self.position();
            let Some((_, binary)) = signs.iter().find(|(sign, _)| *self.peek() == Token::Sign(sign)) else {
                return Ok(left);
            };
            self.advance();
            let right = operand(self)?;
            self.require(left, Kind::Number)?;
            self.require(right, Kind::Number)?;
            left = self.push(NodeKind::Binary(*binary, left, right), Kind::Number, position, start);
        }
    }

    /// −x; −x^2 is −(x^2).
    fn signed(&mut self) -> Result<NodeId, SyntaxError> {
        let (start, position) = (self.next, self.position());
        let mut negative = false;
        let mut any = false;
        loop {
            if self.take_sign("-").is_some() {
                negative = !negative;
            } else if self.take_sign("+").is_none() {
                break;
            }
            any = true;
        }
        let operand = self.power()?;
        if any {
            self.require(operand, Kind::Number)?;
        }
        Ok(if negative { self.push(NodeKind::Negate(operand), Kind::Number, position, start) } else { operand })
    }

    fn power(&mut self) -> Result<NodeId, SyntaxError> {
        let start = self.next;
        let base = self.primary()?;
        let position = self.position();
        if self.take_sign("^").is_none() {
            return Ok(base);
        }
        self.require(base, Kind::Number)?;
        let (numerator, denominator) = self.exponent()?;
        if *self.peek() == Token::Sign("^") {
            // a^b^c is read in two ways.
            return Err(self.unexpected("operator"));
        }
        Ok(self.push(NodeKind::Power(base, numerator, denominator), Kind::Number, position, start))
    }

    /// `2`, `-1`, `0.5`, `(1/2)`, `(-3/2)`.
    fn exponent(&mut self) -> Result<(i64, i64), SyntaxError> {
        let error = SyntaxError { position: self.position(), fault: SyntaxFault::Exponent };
        let enclosed = self.take_sign("(").is_some();
        let negative = self.take_sign("-").is_some();
        let (mut numerator, mut denominator) = self.fraction().ok_or_else(|| error.clone())?;
        if enclosed {
            if self.take_sign("/").is_some() {
                let (below, of) = self.fraction().ok_or_else(|| error.clone())?;
                numerator *= of;
                denominator *= below;
            }
            self.take_sign(")").ok_or_else(|| self.unexpected(")"))?;
        }
        let bounded = denominator != 0 && denominator <= 100_000_000 && numerator <= 99 * denominator;
        if bounded { Ok((if negative { -numerator } else { numerator }, denominator)) } else { Err(error) }
    }

    /// A small literal as a fraction.
    fn fraction(&mut self) -> Option<(i64, i64)> {
        let Token::Number(value, None) = self.peek().clone() else { return None };
        self.advance();
        let places = value.exponent().min(0).unsigned_abs();
        let denominator = 10_i64.checked_pow(places).filter(|_| places <= 4)?;
        let scaled = &value * &Decimal::from(denominator);
        let numerator: i64 = scaled.rounded(0, heng_quantity::RoundingRule::Gbt8170).to_string().parse().ok()?;
        (numerator <= 10_000 * denominator).then_some((numerator, denominator))
    }

    fn primary(&mut self) -> Result<NodeId, SyntaxError> {
        let position = self.position();
        let start = self.next;
        let token = self.peek().clone();
        match token {
            Token::Number(value, unit) => {
                self.advance();
                Ok(self.push(NodeKind::Literal(value, unit), Kind::Number, position, start))
            }
            Token::Text(text) => {
                self.advance();
                Ok(self.push(NodeKind::Text(text), Kind::Text, position, start))
            }
            Token::Sign("(") => self.enclosed(Self::disjunction),
            Token::Name(name) => {
                self.advance();
                if *self.peek() == Token::Sign("(") {
                    return self.call(&name, position, start);
                }
                match name.as_str() {
                    "pi" => Ok(self.push(NodeKind::Pi, Kind::Number, position, start)),
                    "true" | "false" => Ok(self.push(NodeKind::Flag(name == "true"), Kind::Condition, position, start)),
                    _ if reserved(&name) => Err(SyntaxError { position, fault: SyntaxFault::Reserved { name } }),
                    _ => Ok(self.named(name, position, start)),
                }
            }
            _ => Err(self.unexpected("operand")),
        }
    }

    /// The value of an earlier line is the line itself, so that it keeps its identity.
    fn named(&mut self, name: String, position: Position, start: usize) -> NodeId {
        if let Some(root) = self.assigned.get(&name) {
            let root = *root;
            self.used.insert(name);
            return root;
        }
        let index = match self.known.get(&name) {
            Some(index) => *index,
            None => {
                self.names.push(name.clone());
                self.known.insert(name, self.names.len() - 1);
                self.names.len() - 1
            }
        };
        self.push(NodeKind::Name(index), Kind::Any, position, start)
    }

    fn enclosed<T>(&mut self, inner: fn(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        if self.depth == DEEPEST {
            let fault = SyntaxFault::TooDeep { limit: DEEPEST };
            return Err(SyntaxError { position: self.position(), fault });
        }
        self.take_sign("(").ok_or_else(|| self.unexpected("("))?;
        self.depth += 1;
        let found = inner(self)?;
        if *self.peek() != Token::Sign(")") {
            return Err(self.unexpected(")"));
        }
        self.advance();
        self.depth -= 1;
        Ok(found)
    }

    fn call(&mut self, name: &str, position: Position, start: usize) -> Result<NodeId, SyntaxError> {
        let arguments = self.enclosed(|parser| {
            let mut arguments = vec![parser.sum()?];
            while parser.take_sign(",").is_some() {
                arguments.push(parser.sum()?);
            }
            Ok(arguments)
        })?;
        for argument in &arguments {
            self.require(*argument, Kind::Number)?;
        }
        let count = |function, expected| SyntaxError {
            position,
            fault: SyntaxFault::Arguments { function, expected, found: arguments.len() },
        };
        let of_two = match name {
            "atan2" => Some(("atan2", Binary::Atan2)),
            "min" => Some(("min", Binary::Min)),
            "max" => Some(("max", Binary::Max)),
            _ => None,
        };
        let kind = match (of_two, function(name), arguments.as_slice()) {
            (Some((_, binary)), _, [first, second]) => NodeKind::Binary(binary, *first, *second),
            (Some((function, _)), _, _) => return Err(count(function, 2)),
            (None, Some(function), [argument]) => NodeKind::Call(function, *argument),
            (None, Some(function), _) => return Err(count(function.name(), 1)),
            (None, None, _) => {
                return Err(SyntaxError { position, fault: SyntaxFault::Function { name: name.to_owned() } });
            }
        };
        Ok(self.push(kind, Kind::Number, position, start))
    }
}
