//! The order of elements in an element: an expression, made into steps from one element to the next.

use super::table::{Builder, Item, Range, Space};
use super::value::Kind;

/// An element that the table does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wild {
    /// Not of the table's own namespace.
    pub is_other: bool,
    /// Only elements that some table knows.
    pub is_strict: bool,
}

impl Wild {
    pub(super) fn named(name: &str) -> Option<Self> {
        let (whose, how) = name.split_once('-')?;
        Some(Self { is_other: whose == "other", is_strict: how == "strict" })
    }
}

/// One place of an element in a content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Particle {
    pub space: Space,
    pub name: &'static str,
    pub wild: Option<Wild>,
    /// The place of its type.
    pub of: usize,
}

impl Particle {
    pub(super) fn fits(&self, space: Space, name: &str) -> bool {
        match self.wild {
            None => self.name == name && self.space == space,
            Some(wild) => !wild.is_other || self.space != space,
        }
    }
}

/// What an element may hold.
#[derive(Debug)]
pub(super) enum Content {
    /// A text.
    Value(Kind),
    /// Elements in order.
    Elements(Elements),
    /// Elements in any order, each at most once.
    All(Vec<(Particle, bool)>),
}

/// Elements in order: state 0 is before the first, state n + 1 is after particle n.
#[derive(Debug, Default)]
pub(super) struct Elements {
    pub is_mixed: bool,
    pub particles: Vec<Particle>,
    next: Vec<Vec<usize>>,
    ends: Vec<bool>,
}

impl Elements {
    /// The particles that may follow.
    pub(super) fn expected(&self, state: usize) -> impl Iterator<Item = (usize, &Particle)> {
        let next = self.next.get(state).map(Vec::as_slice).unwrap_or_default();
        next.iter().filter_map(|place| Some((place + 1, self.particles.get(*place)?)))
    }

    pub(super) fn may_end(&self, state: usize) -> bool {
        self.ends.get(state).copied().unwrap_or(true)
    }

    /// Where an element would fit that does not fit here: the state after it.
    pub(super) fn elsewhere(&self, state: usize, space: Space, name: &str) -> Option<(usize, &Particle)> {
        let places = || self.particles.iter().enumerate().filter(|(_, particle)| particle.fits(space, name));
        let later = places().find(|(place, _)| *place >= state);
        later.or_else(|| places().next()).map(|(place, particle)| (place + 1, particle))
    }
}

/// Reads an expression of a table.
pub(super) fn read(builder: &mut Builder, space: Space, text: &'static str) -> Content {
    if let Some(inside) = text.strip_prefix("all(").and_then(|text| text.strip_suffix(')')) {
        let version = builder.version(space);
        let items: Vec<Item> =
            inside.split_whitespace().filter_map(Item::read).filter(|item| item.range.holds(version)).collect();
        return Content::All(
            items.iter().map(|item| (builder.particle(space, item), item.occurrence == ' ')).collect(),
        );
    }
    let (is_mixed, text) = text.strip_prefix("mixed ").map_or((false, text), |text| (true, text));
    let words = text.split_whitespace().flat_map(words).collect();
    let mut reading =
        Reading { builder, space, words, place: 0, elements: Elements { is_mixed, ..Elements::default() } };
    let whole = reading.choice();
    let mut elements = reading.elements;
    let whole = whole.unwrap_or(Part { may_be_empty: true, first: Vec::new(), last: Vec::new() });
    elements.next.insert(0, whole.first);
    elements.ends = vec![false; elements.particles.len() + 1];
    for (state, end) in elements.ends.iter_mut().enumerate() {
        *end = if state == 0 { whole.may_be_empty } else { whole.last.contains(&(state - 1)) };
    }
    Content::Elements(elements)
}

/// Brackets are words of their own; a closing one keeps what follows it.
fn words(word: &'static str) -> Vec<&'static str> {
    let mut words = Vec::new();
    let mut rest = word;
    while let Some(inside) = rest.strip_prefix('(') {
        words.push("(");
        rest = inside;
    }
    match rest.find(')') {
        Some(at) => {
            let (item, mut closing) = rest.split_at(at);
            if !item.is_empty() {
                words.push(item);
            }
            while let Some(next) = closing.get(1..).and_then(|rest| rest.find(')')) {
                let (one, rest) = closing.split_at(next + 1);
                words.push(one);
                closing = rest;
            }
            words.push(closing);
        }
        None if !rest.is_empty() => words.push(rest),
        None => {}
    }
    words
}

/// A part of an expression: which particles it may begin and end with.
struct Part {
    may_be_empty: bool,
    first: Vec<usize>,
    last: Vec<usize>,
}

struct Reading<'a> {
    builder: &'a mut Builder,
    space: Space,
    words: Vec<&'static str>,
    place: usize,
    elements: Elements,
}

impl Reading<'_> {
    fn word(&self) -> Option<&'static str> {
        self.words.get(self.place).copied()
    }

    /// Alternatives up to the closing bracket or the end; none where no version has any of them.
    fn choice(&mut self) -> Option<Part> {
        let mut whole: Option<Part> = None;
        loop {
            if let Some(part) = self.sequence() {
                whole = Some(match whole {
                    None => part,
                    Some(mut whole) => {
                        whole.may_be_empty |= part.may_be_empty;
                        whole.first.extend(part.first);
                        whole.last.extend(part.last);
                        whole
                    }
                });
            }
            if self.word() != Some("|") {
                return whole;
            }
            self.place += 1;
        }
    }

    fn sequence(&mut self) -> Option<Part> {
        let mut whole: Option<Part> = None;
        while let Some(word) = self.word().filter(|word| *word != "|" && !word.starts_with(')')) {
            self.place += 1;
            let part = if word == "(" { self.group() } else { self.item(word) };
            let Some(part) = part else { continue };
            whole = Some(match whole {
                None => part,
                Some(whole) => self.followed(whole, part),
            });
        }
        whole
    }

    fn followed(&mut self, one: Part, two: Part) -> Part {
        self.link(&one.last, &two.first);
        let mut first = one.first;
        if one.may_be_empty {
            first.extend(&two.first);
        }
        let mut last = two.last;
        if two.may_be_empty {
            last.extend(one.last);
        }
        Part { may_be_empty: one.may_be_empty && two.may_be_empty, first, last }
    }

    fn link(&mut self, from: &[usize], to: &[usize]) {
        for from in from {
            if let Some(next) = self.elements.next.get_mut(*from) {
                next.extend(to.iter().filter(|to| !next.contains(to)).copied().collect::<Vec<_>>());
            }
        }
    }

    fn group(&mut self) -> Option<Part> {
        let part = self.choice();
        let closing = self.word().unwrap_or(")");
        self.place += 1;
        let (closing, range) = Range::split(closing);
        let occurrence = closing.chars().nth(1).unwrap_or(' ');
        let part = part.filter(|_| range.holds(self.builder.version(self.space)))?;
        Some(self.repeated(part, occurrence))
    }

    fn item(&mut self, word: &'static str) -> Option<Part> {
        let item = Item::read(word).filter(|item| item.range.holds(self.builder.version(self.space)))?;
        let particle = self.builder.particle(self.space, &item);
        let place = self.elements.particles.len();
        self.elements.particles.push(particle);
        self.elements.next.push(Vec::new());
        let part = Part { may_be_empty: false, first: vec![place], last: vec![place] };
        Some(self.repeated(part, item.occurrence))
    }

    fn repeated(&mut self, mut part: Part, occurrence: char) -> Part {
        if matches!(occurrence, '*' | '+') {
            let (last, first) = (part.last.clone(), part.first.clone());
            self.link(&last, &first);
        }
        part.may_be_empty |= matches!(occurrence, '*' | '?');
        part
    }
}
