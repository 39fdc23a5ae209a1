//! Names of piles and vehicles as small numbers.

use std::collections::HashMap;
use std::fmt;

/// A name: a whole number where it is one, in any format, or text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Identifier {
    /// A number without sign or leading zeros; a negative one with its sign.
    Number(i64),
    /// Anything else.
    Text(String),
}

impl Identifier {
    /// What a text names: `17` is the number, and `17.0`, as programs write it that hold it as a fraction; `017` is not.
    pub fn of(text: &str) -> Self {
        let whole = text.strip_suffix(".0").unwrap_or(text);
        match whole.parse::<i64>() {
            Ok(number) if number.to_string() == whole => Self::Number(number),
            _ => Self::Text(text.to_owned()),
        }
    }
}

impl fmt::Display for Identifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

/// Numbers names in the order in which they come.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// Small numbers find their place without being hashed.
    small: Vec<u32>,
    large: HashMap<i64, u32>,
    texts: HashMap<Vec<u8>, u32>,
    names: Vec<Identifier>,
}

const SMALL: usize = 1 << 22;
/// The number of no name.
pub(super) const NONE: u32 = u32::MAX;
/// Whole numbers up to here are exact as fractions.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Identifiers {
    pub fn number(&mut self, id: i64) -> u32 {
        let next = self.names.len() as u32;
        let place = match usize::try_from(id) {
            Ok(place) if place < SMALL => {
                if self.small.len() <= place {
                    self.small.resize((place + 1).next_power_of_two(), NONE);
                }
                match self.small.get_mut(place) {
                    Some(cell) => cell,
                    None => return NONE,
                }
            }
            _ => self.large.entry(id).or_insert(NONE),
        };
        if *place == NONE {
            *place = next;
            self.names.push(Identifier::Number(id));
        }
        *place
    }

    pub fn optional(&mut self, id: Option<i64>) -> u32 {
        id.map_or(NONE, |id| self.number(id))
    }

    /// A number that is held as a fraction: the whole one where it is one, else what it is as text.
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and exact")]
    pub fn fraction(&mut self, id: f64) -> u32 {
        if id.is_nan() {
            return NONE;
        }
        if libm::trunc(id) == id && id.abs() <= EXACT {
            return self.number(id as i64);
        }
        self.text(id.to_string().as_bytes())
    }

    /// An empty text names nothing.
    pub fn text(&mut self, bytes: &[u8]) -> u32 {
        if bytes.trim_ascii().is_empty() {
            return NONE;
        }
        if let Some(known) = self.texts.get(bytes) {
            return *known;
        }
        let name = Identifier::of(&String::from_utf8_lossy(bytes));
        let number = match name {
            Identifier::Number(id) => self.number(id),
            Identifier::Text(_) => {
                self.names.push(name);
                self.names.len() as u32 - 1
            }
        };
        self.texts.insert(bytes.to_vec(), number);
        number
    }

    /// The names in their order, and the rank of each number.
    pub fn ranked(self) -> (Vec<Identifier>, Vec<u32>) {
        let mut ranks = vec![0; self.names.len()];
        let mut names: Vec<(Identifier, usize)> = self.names.into_iter().zip(0..).collect();
        names.sort_unstable();
        for (rank, (_, number)) in names.iter().enumerate() {
            if let Some(cell) = ranks.get_mut(*number) {
                *cell = rank as u32;
            }
        }
        (names.into_iter().map(|(name, _)| name).collect(), ranks)
    }
}
