//! An inventory in pieces that are written and read beside each other: what there is many of apart, in runs of a handful of thousands.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Certified, Entered, Inventory};

/// So many things or certificates make a piece.
const IN_A_PIECE: usize = 4096;

/// A piece of an inventory, to be kept.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Piece<'a> {
    /// What is neither of the others. It takes longest, and comes first.
    Rest(&'a Inventory),
    /// Some of the things, in their order.
    Things(Vec<(&'a str, &'a Entered)>),
    /// Some of the certificates, in their order.
    Certificates(&'a [Certified]),
}

/// A piece of an inventory as it was kept.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeptPiece {
    /// What is neither of the others.
    Rest(Box<Inventory>),
    /// Some of the things.
    Things(Vec<(String, Entered)>),
    /// Some of the certificates.
    Certificates(Vec<Certified>),
}

impl Inventory {
    /// Its pieces.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let things: Vec<(&str, &Entered)> = self.things().collect();
        let things = things.chunks(IN_A_PIECE).map(|some| Piece::Things(some.to_vec()));
        let certificates = self.certificates.chunks(IN_A_PIECE).map(Piece::Certificates);
        std::iter::once(Piece::Rest(self)).chain(things).chain(certificates).collect()
    }

    /// An inventory from its pieces, in their order; nothing where the first is not the rest.
    pub fn from_pieces(pieces: impl IntoIterator<Item = KeptPiece>) -> Option<Self> {
        let mut pieces = pieces.into_iter();
        let Some(KeptPiece::Rest(rest)) = pieces.next() else { return None };
        let mut inventory = *rest;
        let mut things = Vec::new();
        for piece in pieces {
            match piece {
                KeptPiece::Rest(_) => return None,
                KeptPiece::Things(some) => things.extend(some),
                KeptPiece::Certificates(some) => inventory.certificates.extend(some),
            }
        }
        // Made at once of what is in order already, which is much less work than one after the other.
        inventory.things = BTreeMap::from_iter(things);
        Some(inventory)
    }
}
