//! Who is who, and who may do what, as the desk knows them from the log.

use std::sync::Arc;

use heng_statement::authority::Authority;
use heng_statement::{Body, Party};
use heng_store::{Question, Store};

use crate::{Desk, Failure, Office};

impl Office {
    /// Every party as the log introduces it, a later introduction after an earlier one.
    pub fn parties(&self) -> Result<Vec<Party>, Failure> {
        parties(self.store())
    }
}

/// Every party as the log of a store introduces it, a later introduction after an earlier one.
pub fn parties(store: &Store) -> Result<Vec<Party>, Failure> {
    let failed = |error| Failure::of_store(store.layout().folder(), error);
    let mut parties = Vec::new();
    for entry in store.entries(Question::OfKind("party")).map_err(failed)? {
        let signed = store.statement_at(entry.index).map_err(failed)?;
        parties.extend(signed.and_then(|signed| match signed.statement.body {
            Body::Party(party) => Some(party),
            _ => None,
        }));
    }
    Ok(parties)
}

impl Desk {
    /// The store that the desk works with, to be held longer than the desk.
    pub fn shared_office(&self) -> Arc<Office> {
        Arc::clone(&self.office)
    }

    /// What the statements prove about keys and authorizations.
    pub fn authority(&self) -> &Authority {
        &self.authority
    }

    /// A party that the log introduces.
    pub fn introduced(&self, id: &str) -> Option<&Party> {
        self.parties.get(id)
    }

    /// All parties that the log introduces.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        self.parties.values()
    }
}
