//! What a bad standard has touched.

use std::collections::BTreeSet;

use heng_statement::StatementHash;

/// A certificate that rests on the one asked about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Impact {
    /// Through how many certificates.
    pub depth: u32,
    /// The statement.
    pub hash: StatementHash,
}

/// Every certificate downstream of `of`, nearest first. `users` gives the certificates that used the instrument of a certificate as a standard.
pub fn impact(of: &StatementHash, users: &dyn Fn(&StatementHash) -> Vec<StatementHash>) -> Vec<Impact> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::from([of.clone()]);
    let mut level = vec![of.clone()];
    let mut depth = 0;
    while !level.is_empty() {
        depth += 1;
        let mut next = Vec::new();
        for hash in level.iter().flat_map(users) {
            if seen.insert(hash.clone()) {
                found.push(Impact { depth, hash: hash.clone() });
                next.push(hash);
            }
        }
        level = next;
    }
    found
}
