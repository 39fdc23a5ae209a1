//! A draw that nobody can doubt: who is drawn follows from the list and a seed that was not known when the list was fixed.
//!
//! Each unit has the key SHA-256(`heng-draw/1` ∥ LF ∥ seed ∥ LF ∥ name); those with the smallest keys are drawn. Whoever has the list and the seed
//! can do it again with any tool that computes SHA-256, and no unit's chance depends on its place in the list.

use sha2::{Digest, Sha256};

/// The one way of drawing there is.
const METHOD: &str = "heng-draw/1";

/// Who was drawn, and from what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// SHA-256 of the sorted names, each followed by a line feed, in hexadecimal: what is to be fixed before the seed is known.
    pub population: String,
    /// Who was drawn, in the order of their keys. The order serves for substitutes: who comes next.
    pub drawn: Vec<String>,
}

/// Draws so many of the units by a seed.
pub fn draw<'a>(names: impl IntoIterator<Item = &'a str>, seed: &str, sample: usize) -> Draw {
    let mut names: Vec<&str> = names.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    let population = population(&names);
    let mut keyed: Vec<([u8; 32], &str)> = names.into_iter().map(|name| (key(seed, name), name)).collect();
    keyed.sort_unstable();
    let drawn = keyed.into_iter().take(sample).map(|(_, name)| name.to_owned()).collect();
    Draw { population, drawn }
}

/// The key of a unit.
fn key(seed: &str, name: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [METHOD, "\n", seed, "\n", name] {
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}

/// The digest of sorted names.
fn population(names: &[&str]) -> String {
    let mut hash = Sha256::new();
    for name in names {
        hash.update(name.as_bytes());
        hash.update(b"\n");
    }
    hex::encode(hash.finalize())
}
