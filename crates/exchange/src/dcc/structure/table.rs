//! The tables of what elements may hold, read once for each version of the format.
//!
//! One definition a line; lines that begin with `#` are comments.
//!
//! - `simple NAME = KIND` names a kind of text; `a|b|c` is one of these words.
//! - `type NAME : ATTRIBUTES = CONTENT`; the attributes may be left out. `id!` is required, `id=KIND` has another kind.
//! - Content is a sequence of `ELEMENT=TYPE`, in order; `=TYPE` may be left out where both have the same name.
//!   `?`, `*`, `+` as usual, `( … | … )` a choice, `all( … )` any order, `KIND[]` a list between blanks, `#KIND` a text
//!   with attributes, `mixed` text between the elements, `any-lax`, `any-strict`, `other-lax`, `other-strict` an element
//!   that this table does not know.
//! - `si:real` is an element of another table, `si.real` a type of it.
//! - `{320-}` after any of these: since 3.2.0; `{-312}` up to 3.1.2; `{300}` in 3.0.0 alone.
//! - `root` lists what a document, or an island in one, may begin with.

use std::collections::BTreeMap;

use super::content::{self, Content, Particle};
use super::value::Kind;

/// Whose name an element has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    Dcc,
    Si,
    Ds,
    Other,
}

impl Space {
    fn prefix(self) -> &'static str {
        match self {
            Self::Dcc => "dcc",
            Self::Si => "si",
            Self::Ds => "ds",
            Self::Other => "",
        }
    }

    fn of_prefix(prefix: &str) -> Self {
        match prefix {
            "dcc" => Self::Dcc,
            "si" => Self::Si,
            "ds" => Self::Ds,
            _ => Self::Other,
        }
    }
}

/// An attribute that an element may have.
#[derive(Debug)]
pub(super) struct Attribute {
    pub name: &'static str,
    pub is_required: bool,
    pub kind: Kind,
}

/// What an element of a type may hold.
#[derive(Debug)]
pub(super) struct Type {
    pub attributes: Vec<Attribute>,
    pub content: Content,
}

/// All types of one version of the format.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub types: Vec<Type>,
    /// Elements that a document or an island may begin with.
    pub roots: Vec<(Space, &'static str, usize)>,
}

const SOURCES: [(Space, &str); 3] = [
    (Space::Dcc, include_str!("dcc.table")),
    (Space::Si, include_str!("si.table")),
    (Space::Ds, include_str!("ds.table")),
];

/// The versions that the tables know: as written, as in the tables, and the D-SI that a certificate uses.
pub(super) const VERSIONS: [(&str, u16, u16); 9] = [
    ("2.3.0", 230, 130),
    ("2.4.0", 240, 131),
    ("3.0.0", 300, 200),
    ("3.1.0", 310, 210),
    ("3.1.1", 311, 210),
    ("3.1.2", 312, 210),
    ("3.2.0", 320, 210),
    ("3.2.1", 321, 210),
    ("3.3.0", 330, 221),
];

/// Reads the tables for one version of the certificate and one of D-SI.
pub(super) fn read(dcc: u16, si: u16) -> Table {
    let mut builder = Builder { si, dcc, ..Builder::default() };
    let mut roots = Vec::new();
    for (space, source) in SOURCES {
        for line in source.lines() {
            builder.define(space, line, &mut roots);
        }
    }
    let mut table = Table { types: Vec::new(), roots: Vec::new() };
    for (space, item) in roots {
        let Some(item) = Item::read(item).filter(|item| item.range.holds(builder.version(space))) else { continue };
        let place = builder.place(space, item.of);
        table.roots.push((space, item.name, place));
    }
    // Building a type may ask for others: the list grows until none is new.
    while let Some((space, name)) = builder.wanted.get(table.types.len()).copied() {
        let made = builder.made(space, name);
        table.types.push(made);
    }
    table
}

/// From one version up to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range(u16, u16);

impl Range {
    const ALL: Self = Self(0, u16::MAX);

    fn read(text: &str) -> Self {
        match text.split_once('-') {
            Some((from, to)) => Self(from.parse().unwrap_or(0), to.parse().unwrap_or(u16::MAX)),
            None => text.parse().map_or(Self::ALL, |only| Self(only, only)),
        }
    }

    /// Takes a range off the end of a word.
    pub(super) fn split(word: &str) -> (&str, Self) {
        match word.strip_suffix('}').and_then(|word| word.split_once('{')) {
            Some((word, range)) => (word, Self::read(range)),
            None => (word, Self::ALL),
        }
    }

    pub(super) fn holds(self, version: u16) -> bool {
        self.0 <= version && version <= self.1
    }
}

/// One word of a sequence, a root or a list of attributes.
pub(super) struct Item {
    pub space: Option<Space>,
    pub name: &'static str,
    pub of: &'static str,
    pub occurrence: char,
    pub range: Range,
}

impl Item {
    pub(super) fn read(word: &'static str) -> Option<Self> {
        let (word, range) = Range::split(word);
        let occurrence = word.chars().last().filter(|last| "?*+!".contains(*last));
        let word = occurrence.map_or(word, |occurrence| word.trim_end_matches(occurrence));
        let (name, of) = word.split_once('=').unwrap_or((word, word));
        let (space, name) = match name.split_once(':') {
            Some((prefix, name)) => (Some(Space::of_prefix(prefix)), name),
            None => (None, name),
        };
        // A required attribute has its mark at the name.
        let (name, occurrence) = match name.strip_suffix('!') {
            Some(name) => (name, Some('!')),
            None => (name, occurrence),
        };
        let of = of.strip_suffix('!').unwrap_or(of);
        (!name.is_empty()).then_some(Self { space, name, of, occurrence: occurrence.unwrap_or(' '), range })
    }
}

struct Definition {
    attributes: &'static str,
    content: &'static str,
}

/// What is collected while the tables are read.
#[derive(Default)]
pub(super) struct Builder {
    dcc: u16,
    si: u16,
    simple: BTreeMap<(Space, &'static str), &'static str>,
    types: BTreeMap<(Space, &'static str), Definition>,
    wanted: Vec<(Space, &'static str)>,
    places: BTreeMap<(Space, &'static str), usize>,
}

impl Builder {
    pub(super) fn version(&self, space: Space) -> u16 {
        match space {
            Space::Si => self.si,
            _ => self.dcc,
        }
    }

    fn define(&mut self, space: Space, line: &'static str, roots: &mut Vec<(Space, &'static str)>) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "root" => roots.extend(rest.split_whitespace().map(|item| (space, item))),
            "simple" => {
                let Some((name, kinds)) = rest.split_once(" = ") else { return };
                for kind in kinds.split_whitespace() {
                    let (kind, range) = Range::split(kind);
                    if range.holds(self.version(space)) {
                        self.simple.insert((space, name), kind);
                    }
                }
            }
            "type" => {
                let Some((head, content)) = rest.split_once(" = ") else { return };
                let (name, attributes) = head.split_once(" : ").unwrap_or((head, ""));
                let (name, range) = Range::split(name.trim());
                if range.holds(self.version(space)) {
                    self.types.insert((space, name), Definition { attributes, content });
                }
            }
            _ => {}
        }
    }

    /// The place of a type, which is made later if it is new.
    pub(super) fn place(&mut self, space: Space, name: &'static str) -> usize {
        let (space, name) = match name.split_once('.') {
            Some((prefix, name)) => (Space::of_prefix(prefix), name),
            None if name.contains(':') => {
                let (prefix, name) = name.split_once(':').unwrap_or(("", name));
                (Space::of_prefix(prefix), name)
            }
            None => (space, name),
        };
        let next = self.wanted.len();
        let place = *self.places.entry((space, name)).or_insert(next);
        if place == next {
            self.wanted.push((space, name));
        }
        place
    }

    fn kind(&self, space: Space, name: &'static str) -> Kind {
        let (name, is_list) = name.strip_suffix("[]").map_or((name, false), |name| (name, true));
        let name = self.simple.get(&(space, name)).copied().unwrap_or(name);
        let kind = Kind::named(name, self.si);
        if is_list { Kind::List(Box::new(kind)) } else { kind }
    }

    fn made(&mut self, space: Space, name: &'static str) -> Type {
        let Some(Definition { attributes, content }) = self.types.get(&(space, name)) else {
            return Type { attributes: Vec::new(), content: Content::Value(self.kind(space, name)) };
        };
        let version = self.version(space);
        let attributes = attributes
            .split_whitespace()
            .filter_map(Item::read)
            .filter(|item| item.range.holds(version))
            .map(|item| Attribute {
                name: item.name,
                is_required: item.occurrence == '!',
                kind: self.kind(space, if item.of == "Id" { "id" } else { item.of }),
            })
            .collect();
        let content = match content.strip_prefix('#') {
            Some(kind) => Content::Value(self.kind(space, kind)),
            None => content::read(self, space, content),
        };
        Type { attributes, content }
    }

    pub(super) fn particle(&mut self, space: Space, item: &Item) -> Particle {
        let wild = content::Wild::named(item.name);
        let place = if wild.is_some() { 0 } else { self.place(space, item.of) };
        Particle { space: item.space.unwrap_or(space), name: item.name, wild, of: place }
    }
}

impl std::fmt::Display for Particle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.wild {
            Some(_) => f.write_str("…"),
            None => write!(f, "{}:{}", self.space.prefix(), self.name),
        }
    }
}
