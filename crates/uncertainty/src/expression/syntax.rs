//! The grammar: from tokens to nodes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use heng_quantity::{Decimal, Position};

use super::lexer::{Placed, Token, distance, tokens};
pub(crate) use super::nodes::{Arena, Binary, Comparison, Form, Function, Gathering, Node, NodeId, NodeKind, Part};
use crate::error::{SyntaxError, SyntaxFault};

/// Deeper nesting is refused: the parser recurses only there.
pub(super) const DEEPEST: usize = 64;

/// What a node gives; a bare name may give anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Condition,
    Text,
    Any,
}

/// A parsed line of a model.
#[derive(Clone, Debug)]
pub(crate) struct Assignment {
    pub(crate) name: String,
    pub(crate) root: NodeId,
    /// Whether a later line names it.
    pub(crate) is_used: bool,
    /// Whether it is complex, which the text alone decides.
    pub(crate) is_complex: bool,
}

/// A model as written, with its vectors, sums and complex quantities.
#[derive(Clone, Debug)]
pub(crate) struct Written {
    pub(crate) arena: Arena,
    pub(crate) lines: Vec<Assignment>,
    /// The variables of the sums, a name for each sum.
    pub(crate) variables: Vec<String>,
}

pub(crate) fn expression(text: &str, longest: usize) -> Result<(Arena, NodeId), SyntaxError> {
    single(text, longest, Kind::Number)
}

pub(crate) fn condition(text: &str, longest: usize) -> Result<(Arena, NodeId), SyntaxError> {
    single(text, longest, Kind::Condition)
}

fn single(text: &str, longest: usize, kind: Kind) -> Result<(Arena, NodeId), SyntaxError> {
    let mut parser = Parser::new(text, longest, Language::Expression)?;
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
pub(crate) fn model(text: &str, longest: usize) -> Result<Written, SyntaxError> {
    let mut parser = Parser::new(text, longest, Language::Model)?;
    loop {
        parser.skip_new_lines();
        let start = parser.next;
        let name = match parser.peek().clone() {
            Token::End if !parser.lines.is_empty() => break,
            Token::Name(name) => name,
            _ => return Err(parser.unexpected("name")),
        };
        parser.advance();
        parser.take_sign("=").ok_or_else(|| parser.unexpected("="))?;
        let fault = if reserved(&name) {
            Some(SyntaxFault::Reserved { name: name.clone() })
        } else if parser.assigned.contains_key(&name) {
            Some(SyntaxFault::AssignedTwice { name: name.clone() })
        } else {
            None
        };
        if let Some(fault) = fault {
            return Err(parser.error_at(start, fault));
        }
        let first = parser.nodes.len();
        let root = parser.sum()?;
        parser.require(root, Kind::Number)?;
        if let Some(used) = parser.known.get(&name) {
            return Err(match parser.recursion(*used, first) {
                Some(at) => parser.error_at(at, SyntaxFault::Recursion { name }),
                None => parser.error_at(start, SyntaxFault::UsedBefore { name }),
            });
        }
        match parser.peek() {
            Token::NewLine | Token::End => {}
            _ => return Err(parser.unexpected("operator")),
        }
        parser.assigned.insert(name.clone(), parser.lines.len());
        let is_complex = parser.complex.get(root) == Some(&true);
        parser.lines.push(Assignment { name, root, is_used: false, is_complex });
    }
    let Parser { lines, used, .. } = &mut parser;
    for (place, line) in lines.iter_mut().enumerate() {
        line.is_used = used.contains(&place);
    }
    let (lines, variables) = (std::mem::take(&mut parser.lines), std::mem::take(&mut parser.variables));
    Ok(Written { arena: parser.arena(), lines, variables })
}

/// Names that no quantity can have: those of `heng-model/1` from its beginning, and later ones that name no quantity in
/// any field. Later names that are words, such as `mean` or `length`, are functions where a parenthesis follows only.
pub(crate) fn reserved(name: &str) -> bool {
    // Every input of every evaluation is asked, and nearly none has such a name.
    (2..=7).contains(&name.len())
        && name.bytes().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit())
        && (matches!(name, "pi" | "and" | "or" | "not" | "true" | "false" | "hypot" | "conj" | "complex" | "polar")
            || Function::of_name(name).is_some()
            || Binary::of_name(name).is_some())
}

/// What is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// One expression or condition of a rule.
    Expression,
    Model,
}

pub(super) struct Parser {
    pub(super) tokens: Arc<[Placed]>,
    pub(super) next: usize,
    pub(super) depth: usize,
    pub(super) language: Language,
    pub(super) nodes: Vec<Node>,
    kinds: Vec<Kind>,
    /// Whether a node is complex.
    complex: Vec<bool>,
    names: Vec<String>,
    known: BTreeMap<String, usize>,
    pub(super) lines: Vec<Assignment>,
    pub(super) assigned: BTreeMap<String, usize>,
    /// The lines that a later line uses.
    used: BTreeSet<usize>,
    pub(super) variables: Vec<String>,
    /// The variables of the sums around this place, the innermost last.
    pub(super) scopes: Vec<usize>,
}

impl Parser {
    fn new(text: &str, longest: usize, language: Language) -> Result<Self, SyntaxError> {
        Ok(Self {
            tokens: tokens(text, longest)?.into(),
            next: 0,
            depth: 0,
            language,
            nodes: Vec::new(),
            kinds: Vec::new(),
            complex: Vec::new(),
            names: Vec::new(),
            known: BTreeMap::new(),
            lines: Vec::new(),
            assigned: BTreeMap::new(),
            used: BTreeSet::new(),
            variables: Vec::new(),
            scopes: Vec::new(),
        })
    }

    fn arena(self) -> Arena {
        Arena { nodes: self.nodes, names: self.names, tokens: self.tokens }
    }

    /// Inside parentheses a line may be broken.
    pub(super) fn peek(&mut self) -> &Token {
        while self.depth > 0 && self.tokens.get(self.next).is_some_and(|placed| placed.token == Token::NewLine) {
            self.next += 1;
        }
        self.tokens.get(self.next).map_or(&Token::End, |placed| &placed.token)
    }

    pub(super) fn position(&mut self) -> Position {
        self.peek();
        let last = self.tokens.last().map(|placed| placed.position);
        let here = self.tokens.get(self.next).map(|placed| placed.position);
        here.or(last).unwrap_or(Position { line: 1, column: 1 })
    }

    pub(super) fn advance(&mut self) {
        self.next += 1;
    }

    fn skip_new_lines(&mut self) {
        while *self.peek() == Token::NewLine {
            self.advance();
        }
    }

    pub(super) fn take_sign(&mut self, wanted: &'static str) -> Option<()> {
        (*self.peek() == Token::Sign(wanted)).then(|| self.advance())
    }

    pub(super) fn take_word(&mut self, wanted: &str) -> Option<()> {
        matches!(self.peek(), Token::Name(name) if name == wanted).then(|| self.advance())
    }

    pub(super) fn unexpected(&mut self, expected: &'static str) -> SyntaxError {
        let found = self.peek().shown();
        self.error_at(self.next, SyntaxFault::Unexpected { expected, found })
    }

    /// An error about the word at this place.
    pub(super) fn error_at(&self, place: usize, fault: SyntaxFault) -> SyntaxError {
        let placed = self.tokens.get(place).or(self.tokens.last());
        let position = placed.map_or(Position { line: 1, column: 1 }, |placed| placed.position);
        SyntaxError { position, length: placed.map_or(0, |placed| distance(position, placed.end)), fault }
    }

    pub(super) fn push(&mut self, kind: NodeKind, gives: Kind, position: Position, start: usize) -> NodeId {
        let is_complex = match &kind {
            NodeKind::Form(Form::Complex(..) | Form::Polar(..)) => true,
            NodeKind::Form(Form::Line(line)) => self.lines.get(*line).is_some_and(|line| line.is_complex),
            NodeKind::Form(Form::Element(vector, _)) => self.complex.get(*vector) == Some(&true),
            NodeKind::Form(Form::Over { gathering, term, .. } | Form::Gathered(gathering, term)) => {
                *gathering != Gathering::Length && self.complex.get(*term) == Some(&true)
            }
            NodeKind::Form(Form::Part(part, whole)) => *part == Part::Conj && self.complex.get(*whole) == Some(&true),
            NodeKind::Call(Function::Abs, _) => false,
            _ => kind.operands().any(|operand| self.complex.get(operand) == Some(&true)),
        };
        self.nodes.push(Node { kind, position, source: start..self.next });
        self.kinds.push(gives);
        self.complex.push(is_complex);
        self.nodes.len() - 1
    }

    /// The word by which a line that began with the node `first` comes to use the input `used`, directly or through other lines.
    fn recursion(&self, used: usize, first: NodeId) -> Option<usize> {
        let mut reaches = vec![false; self.nodes.len()];
        for (place, node) in self.nodes.iter().enumerate() {
            let is_use = match &node.kind {
                NodeKind::Name(index) => *index == used,
                NodeKind::Form(Form::Line(line)) => {
                    self.lines.get(*line).is_some_and(|line| reaches.get(line.root) == Some(&true))
                }
                kind => kind.operands().any(|operand| reaches.get(operand) == Some(&true)),
            };
            if is_use && place >= first {
                // The first such node of the line is the name itself.
                return Some(node.source.start);
            }
            if let Some(entry) = reaches.get_mut(place) {
                *entry = is_use;
            }
        }
        None
    }

    pub(super) fn require(&self, id: NodeId, wanted: Kind) -> Result<(), SyntaxError> {
        let kind = self.kinds.get(id).copied().unwrap_or(Kind::Any);
        if kind == wanted || kind == Kind::Any {
            return Ok(());
        }
        let expected = match wanted {
            Kind::Number => "number",
            Kind::Condition => "condition",
            Kind::Text | Kind::Any => "text",
        };
        let place = Arena::place_of(&self.nodes, &self.tokens, id);
        let (position, length) = place.unwrap_or((Position { line: 1, column: 1 }, 0));
        Err(SyntaxError { position, length, fault: SyntaxFault::Kind { expected } })
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

    pub(super) fn sum(&mut self) -> Result<NodeId, SyntaxError> {
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
        self.peek();
        let error = self.error_at(self.next, SyntaxFault::Exponent);
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
        // The graph of x^0.5 is that of x^(1/2).
        let shared = common_divisor(numerator, denominator);
        (numerator, denominator) = (numerator / shared, denominator / shared);
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
        (numerator <= 100_000_000 * denominator).then_some((numerator, denominator))
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
                let at = self.next;
                self.advance();
                if *self.peek() == Token::Sign("(") {
                    return self.call(&name, at, position);
                }
                match name.as_str() {
                    "pi" => Ok(self.push(NodeKind::Pi, Kind::Number, position, start)),
                    "true" | "false" => Ok(self.push(NodeKind::Flag(name == "true"), Kind::Condition, position, start)),
                    _ if reserved(&name) => Err(self.error_at(at, SyntaxFault::Reserved { name })),
                    _ => {
                        let named = self.named(name, position, start);
                        if self.language == Language::Model && *self.peek() == Token::Sign("[") {
                            return self.element(named, position, start);
                        }
                        Ok(named)
                    }
                }
            }
            _ => Err(self.unexpected("operand")),
        }
    }

    /// The variable of a sum around this place, an earlier line, a part of an earlier complex line, or an input.
    fn named(&mut self, name: String, position: Position, start: usize) -> NodeId {
        let is_named = |scope: &&usize| self.variables.get(**scope) == Some(&name);
        if let Some(variable) = self.scopes.iter().rev().find(is_named) {
            return self.push(NodeKind::Form(Form::Variable(*variable)), Kind::Number, position, start);
        }
        if let Some(line) = self.line(&name, position, start) {
            return line;
        }
        let part = [(".re", Part::Re), (".im", Part::Im)].into_iter().find(|(ending, _)| name.ends_with(ending));
        if let Some((ending, part)) = part
            && let Some(whole) = name.strip_suffix(ending)
            && self.assigned.get(whole).and_then(|line| self.lines.get(*line)).is_some_and(|line| line.is_complex)
            && let Some(line) = self.line(whole, position, start)
        {
            return self.push(NodeKind::Form(Form::Part(part, line)), Kind::Number, position, start);
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

    fn line(&mut self, name: &str, position: Position, start: usize) -> Option<NodeId> {
        let line = *self.assigned.get(name)?;
        self.used.insert(line);
        Some(self.push(NodeKind::Form(Form::Line(line)), Kind::Number, position, start))
    }

    pub(super) fn open(&mut self, bracket: &'static str) -> Result<(), SyntaxError> {
        self.peek();
        if self.depth == DEEPEST {
            return Err(self.error_at(self.next, SyntaxFault::TooDeep { limit: DEEPEST }));
        }
        self.take_sign(bracket).ok_or_else(|| self.unexpected(bracket))?;
        self.depth += 1;
        Ok(())
    }

    pub(super) fn close(&mut self, bracket: &'static str) -> Result<(), SyntaxError> {
        if *self.peek() != Token::Sign(bracket) {
            return Err(self.unexpected(bracket));
        }
        self.advance();
        self.depth -= 1;
        Ok(())
    }

    pub(super) fn enclosed<T>(&mut self, inner: fn(&mut Self) -> Result<T, SyntaxError>) -> Result<T, SyntaxError> {
        self.open("(")?;
        let found = inner(self)?;
        self.close(")")?;
        Ok(found)
    }
}

/// The greatest common divisor of whole numbers from zero up, of which the second is above zero.
fn common_divisor(mut one: i64, mut other: i64) -> i64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one.max(1)
}
