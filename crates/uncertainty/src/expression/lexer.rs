//! The words of an expression, each with its place.

use std::iter::Peekable;
use std::str::Chars;

use heng_quantity::{Decimal, Position, Unit};

use crate::error::{SyntaxError, SyntaxFault};

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Number(Decimal, Option<Unit>),
    Name(String),
    Text(String),
    /// `+ - * / ^ ( ) [ ] , .. = < <= > >= == !=`.
    Sign(&'static str),
    NewLine,
    End,
}

impl Token {
    /// The token as a person sees it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Number(value, None) => value.to_string(),
            Self::Number(value, Some(unit)) => format!("{value}[{}]", unit.symbol()),
            Self::Name(name) => name.clone(),
            Self::Text(text) => format!("\"{text}\""),
            Self::Sign(sign) => (*sign).to_owned(),
            Self::NewLine => "the end of the line".to_owned(),
            Self::End => "the end".to_owned(),
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Placed {
    pub(crate) token: Token,
    pub(crate) position: Position,
    /// One character past it, in the same line.
    pub(crate) end: Position,
}

/// A name or a bracket longer than this is a mistake.
const LONGEST_WORD: usize = 200;

/// Splits the text into tokens; the last is always `End`.
pub(crate) fn tokens(text: &str, longest: usize) -> Result<Vec<Placed>, SyntaxError> {
    let start = Position { line: 1, column: 1 };
    if text.chars().nth(longest).is_some() {
        return Err(SyntaxError { position: start, length: 1, fault: SyntaxFault::TooLong { limit: longest } });
    }
    let mut lexer = Lexer { rest: text.chars().peekable(), position: start };
    let mut tokens = Vec::new();
    loop {
        let placed = lexer.next_token()?;
        let at_end = placed.token == Token::End;
        tokens.push(placed);
        if at_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    rest: Peekable<Chars<'a>>,
    position: Position,
}

impl Lexer<'_> {
    fn bump(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        if next == '\n' {
            self.position = Position { line: self.position.line.saturating_add(1), column: 1 };
        } else {
            self.position.column = self.position.column.saturating_add(1);
        }
        Some(next)
    }

    fn bump_if(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        if self.rest.peek().copied().is_some_and(wanted) { self.bump() } else { None }
    }

    fn take_while(&mut self, into: &mut String, wanted: impl Fn(char) -> bool) {
        while let Some(next) = self.bump_if(&wanted) {
            into.push(next);
        }
    }

    fn next_token(&mut self) -> Result<Placed, SyntaxError> {
        let mut blank = String::new();
        self.take_while(&mut blank, |sign| sign != '\n' && sign.is_whitespace());
        if self.rest.peek() == Some(&'#') {
            self.take_while(&mut blank, |sign| sign != '\n');
        }
        let position = self.position;
        let error = |fault, end: Position| Err(SyntaxError { position, length: distance(position, end), fault });
        let Some(first) = self.rest.peek().copied() else {
            return Ok(Placed { token: Token::End, position, end: position });
        };
        let token = match first {
            '.' if self.is_range() => {
                self.bump();
                self.bump();
                Token::Sign("..")
            }
            '0'..='9' | '.' => self.number(position)?,
            '"' => {
                self.bump();
                let mut text = String::new();
                self.take_while(&mut text, |sign| sign != '"' && sign != '\n');
                if self.bump_if(|sign| sign == '"').is_none() {
                    let found = "the end of the line".to_owned();
                    return error(SyntaxFault::Unexpected { expected: "\"", found }, self.position);
                }
                Token::Text(text)
            }
            _ if first == '_' || first.is_alphabetic() => {
                let mut name = String::new();
                loop {
                    self.take_while(&mut name, |sign| matches!(sign, '_' | '\'') || sign.is_alphanumeric());
                    // One point is part of a name, two are a range.
                    if self.is_range() || self.bump_if(|sign| sign == '.').is_none() {
                        break;
                    }
                    name.push('.');
                }
                if name.chars().nth(LONGEST_WORD).is_some() {
                    return error(SyntaxFault::TooLong { limit: LONGEST_WORD }, self.position);
                }
                Token::Name(name)
            }
            _ => {
                self.bump();
                match first {
                    '\n' | ';' => Token::NewLine,
                    '+' => Token::Sign("+"),
                    '-' | '−' => Token::Sign("-"),
                    '*' | '·' | '×' => Token::Sign("*"),
                    '/' | '÷' => Token::Sign("/"),
                    '^' => Token::Sign("^"),
                    '(' => Token::Sign("("),
                    ')' => Token::Sign(")"),
                    '[' => Token::Sign("["),
                    ']' => Token::Sign("]"),
                    ',' => Token::Sign(","),
                    '≤' => Token::Sign("<="),
                    '≥' => Token::Sign(">="),
                    '≠' => Token::Sign("!="),
                    '<' | '>' | '=' | '!' => {
                        let equal = self.bump_if(|sign| sign == '=').is_some();
                        match (first, equal) {
                            ('<', true) => Token::Sign("<="),
                            ('<', false) => Token::Sign("<"),
                            ('>', true) => Token::Sign(">="),
                            ('>', false) => Token::Sign(">"),
                            ('=', true) => Token::Sign("=="),
                            ('=', false) => Token::Sign("="),
                            (_, true) => Token::Sign("!="),
                            (_, false) => {
                                let fault = SyntaxFault::Unexpected { expected: "!=", found: "!".to_owned() };
                                return error(fault, self.position);
                            }
                        }
                    }
                    _ => {
                        let fault = SyntaxFault::Unexpected { expected: "operand", found: first.to_string() };
                        return error(fault, self.position);
                    }
                }
            }
        };
        Ok(Placed { token, position, end: self.position })
    }

    /// Two points come next.
    fn is_range(&self) -> bool {
        let mut ahead = self.rest.clone();
        ahead.next_if_eq(&'.').is_some() && ahead.next_if_eq(&'.').is_some()
    }

    /// Digits with one point and one power of ten, and a unit in brackets.
    fn number(&mut self, position: Position) -> Result<Token, SyntaxError> {
        let mut text = String::new();
        loop {
            self.take_while(&mut text, |sign| sign.is_ascii_digit());
            // `1..n` is a range from one.
            if self.is_range() || self.bump_if(|sign| sign == '.').is_none() {
                break;
            }
            text.push('.');
        }
        let mut ahead = self.rest.clone();
        if ahead.next_if(|sign| matches!(sign, 'e' | 'E')).is_some() {
            let signed = ahead.next_if(|sign| matches!(sign, '+' | '-')).is_some();
            // `5e` is five and the variable e, which need an operator between them; `5e3` is five thousand.
            if ahead.peek().is_some_and(char::is_ascii_digit) {
                text.push('e');
                self.bump();
                if signed {
                    text.extend(self.bump());
                }
                self.take_while(&mut text, |sign| sign.is_ascii_digit());
            }
        }
        let Ok(value) = text.parse() else {
            let fault = SyntaxFault::Number { text: text.chars().take(40).collect() };
            return Err(SyntaxError { position, length: distance(position, self.position), fault });
        };
        let mut ahead = self.rest.clone();
        while ahead.next_if_eq(&' ').is_some() {}
        if ahead.peek() != Some(&'[') {
            return Ok(Token::Number(value, None));
        }
        while self.bump_if(|sign| sign == ' ').is_some() {}
        let bracket = self.position;
        self.bump();
        let mut name = String::new();
        self.take_while(&mut name, |sign| sign != ']' && sign != '\n');
        let closed = self.bump_if(|sign| sign == ']').is_some();
        match heng_quantity::text::unit(&name) {
            Ok(unit) if closed => Ok(Token::Number(value, Some(unit))),
            _ => {
                let fault = SyntaxFault::Unit { text: name.chars().take(40).collect() };
                Err(SyntaxError { position: bracket, length: distance(bracket, self.position), fault })
            }
        }
    }
}

/// How many characters lie between two places of a line; one where the end is in another line.
pub(crate) fn distance(start: Position, end: Position) -> u32 {
    if start.line == end.line { end.column.saturating_sub(start.column) } else { 1 }
}
