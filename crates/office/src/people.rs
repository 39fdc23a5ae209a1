//! Who is who, and who may do what, as the desk knows them from the log.

use std::sync::Arc;

use heng_statement::Party;
use heng_statement::authority::Authority;

use crate::{Desk, Office};

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
