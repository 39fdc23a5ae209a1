//! The grammar of what is called or indexed: functions, sums over a range, elements of vectors, constants.

use heng_quantity::Position;

use super::lexer::Token;
use super::syntax::{Binary, Form, Function, Gathering, Kind, Language, NodeId, NodeKind, Parser, Part};
use crate::constants;
use crate::error::{SyntaxError, SyntaxFault};

impl Parser {
    /// A function by its name, which stands at the token `at`, with its arguments to come.
    pub(super) fn call(&mut self, name: &str, at: usize, position: Position) -> Result<NodeId, SyntaxError> {
        let is_model = self.language == Language::Model;
        if is_model && name == "constant" {
            return self.constant(at, position);
        }
        if is_model && self.variable_ahead().is_some() {
            let gathering = match name {
                "sum" => Gathering::Sum,
                "mean" => Gathering::Mean,
                _ => return Err(self.error_at(at, SyntaxFault::Function { name: name.to_owned() })),
            };
            return self.over(gathering, at, position);
        }
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
        let count = |function, expected| SyntaxFault::Arguments { function, expected, found: arguments.len() };
        let form = if is_model { Signature::of_name(name) } else { None };
        let kind = match (Binary::of_name(name), Function::of_name(name), form, arguments.as_slice()) {
            (Some((_, binary)), _, _, [first, second]) => Ok(NodeKind::Binary(binary, *first, *second)),
            (Some((function, _)), ..) => Err(count(function, 2)),
            (_, Some(function), _, [argument]) => Ok(NodeKind::Call(function, *argument)),
            (_, Some(function), ..) => Err(count(function.name(), 1)),
            (_, _, Some(Signature::OfOne(_, make)), [argument]) => Ok(NodeKind::Form(make(*argument))),
            (_, _, Some(Signature::OfOne(function, _)), _) => Err(count(function, 1)),
            (_, _, Some(Signature::OfTwo(_, make)), [first, second]) => Ok(NodeKind::Form(make(*first, *second))),
            (_, _, Some(Signature::OfTwo(function, _)), _) => Err(count(function, 2)),
            _ if WITHOUT_DERIVATIVE.contains(&name) => Err(SyntaxFault::WithoutDerivative { name: name.to_owned() }),
            _ => Err(SyntaxFault::Function { name: name.to_owned() }),
        };
        match kind {
            Ok(kind) => Ok(self.push(kind, Kind::Number, position, at)),
            Err(fault) => Err(self.error_at(at, fault)),
        }
    }

    /// `x[i]`, whose name is read.
    pub(super) fn element(&mut self, vector: NodeId, position: Position, start: usize) -> Result<NodeId, SyntaxError> {
        self.open("[")?;
        let index = self.sum()?;
        self.require(index, Kind::Number)?;
        self.close("]")?;
        Ok(self.push(NodeKind::Form(Form::Element(vector, index)), Kind::Number, position, start))
    }

    /// `constant("name")`.
    fn constant(&mut self, at: usize, position: Position) -> Result<NodeId, SyntaxError> {
        self.open("(")?;
        let Token::Text(name) = self.peek().clone() else { return Err(self.unexpected("text")) };
        let Some(constant) = constants::place(&name) else {
            let nearest = constants::nearest(&name);
            return Err(self.error_at(self.next, SyntaxFault::Constant { name, nearest }));
        };
        self.advance();
        self.close(")")?;
        Ok(self.push(NodeKind::Form(Form::Constant(constant)), Kind::Number, position, at))
    }

    /// The name of the variable, where the call that begins here is one `term for i in …`.
    fn variable_ahead(&self) -> Option<String> {
        let mut depth = 0_usize;
        let mut words = self.tokens.iter().skip(self.next).map(|placed| &placed.token);
        while let Some(token) = words.next() {
            match token {
                Token::Sign("(" | "[") => depth += 1,
                Token::Sign(")" | "]") => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return None;
                    }
                }
                Token::Name(word) if word == "for" && depth == 1 => {
                    let mut ahead = words.clone().filter(|token| **token != Token::NewLine);
                    if let (Some(Token::Name(variable)), Some(Token::Name(word))) = (ahead.next(), ahead.next())
                        && word == "in"
                    {
                        return Some(variable.clone());
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// `sum(term for i in 1..n)`.
    fn over(&mut self, gathering: Gathering, at: usize, position: Position) -> Result<NodeId, SyntaxError> {
        let name = self.variable_ahead().unwrap_or_default();
        self.open("(")?;
        let variable = self.variables.len();
        self.variables.push(name.clone());
        let open = self.push(NodeKind::Form(Form::Open(0)), Kind::Number, position, at);
        self.scopes.push(variable);
        let term = self.sum()?;
        self.require(term, Kind::Number)?;
        self.scopes.pop();
        self.take_word("for").ok_or_else(|| self.unexpected("for"))?;
        self.peek();
        let is_enclosing = self.scopes.iter().any(|scope| self.variables.get(*scope) == Some(&name));
        if super::syntax::reserved(&name) {
            return Err(self.error_at(self.next, SyntaxFault::Reserved { name }));
        }
        if self.assigned.contains_key(&name) || is_enclosing {
            return Err(self.error_at(self.next, SyntaxFault::AssignedTwice { name }));
        }
        self.take_word(&name).ok_or_else(|| self.unexpected("name"))?;
        self.take_word("in").ok_or_else(|| self.unexpected("in"))?;
        let from = self.sum()?;
        self.require(from, Kind::Number)?;
        self.take_sign("..").ok_or_else(|| self.unexpected(".."))?;
        let to = self.sum()?;
        self.require(to, Kind::Number)?;
        self.close(")")?;
        let form = Form::Over { gathering, open, variable, term, from, to };
        let whole = self.push(NodeKind::Form(form), Kind::Number, position, at);
        if let Some(node) = self.nodes.get_mut(open) {
            node.kind = NodeKind::Form(Form::Open(whole));
        }
        Ok(whole)
    }
}

/// Functions of steps that other languages have.
const WITHOUT_DERIVATIVE: [&str; 7] = ["floor", "ceil", "round", "trunc", "sign", "sgn", "mod"];

/// How a form of models is called.
#[derive(Clone, Copy)]
enum Signature {
    OfOne(&'static str, fn(NodeId) -> Form),
    OfTwo(&'static str, fn(NodeId, NodeId) -> Form),
}

impl Signature {
    fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "sum" => Self::OfOne("sum", |x| Form::Gathered(Gathering::Sum, x)),
            "mean" => Self::OfOne("mean", |x| Form::Gathered(Gathering::Mean, x)),
            "length" => Self::OfOne("length", |x| Form::Gathered(Gathering::Length, x)),
            "re" => Self::OfOne("re", |x| Form::Part(Part::Re, x)),
            "im" => Self::OfOne("im", |x| Form::Part(Part::Im, x)),
            "arg" => Self::OfOne("arg", |x| Form::Part(Part::Arg, x)),
            "conj" => Self::OfOne("conj", |x| Form::Part(Part::Conj, x)),
            "dot" => Self::OfTwo("dot", Form::Dot),
            "hypot" => Self::OfTwo("hypot", Form::Hypot),
            "complex" => Self::OfTwo("complex", Form::Complex),
            "polar" => Self::OfTwo("polar", Form::Polar),
            _ => return None,
        })
    }
}
