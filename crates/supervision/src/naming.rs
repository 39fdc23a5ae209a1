//! Records name people as people do; statements name parties.

use heng_quantity::Finding;
use heng_statement::Party;

/// The party that a record means: by its identifier, or by its name in either language if only one party has that name.
pub fn party_named<'a>(parties: impl IntoIterator<Item = &'a Party>, named: &str) -> Result<&'a Party, Finding> {
    let wanted = folded(named);
    let mut found: Option<&Party> = None;
    for party in parties {
        if party.id == named.trim() {
            return Ok(party);
        }
        if !wanted.is_empty() && (folded(&party.name.zh) == wanted || folded(&party.name.en) == wanted) {
            match found {
                Some(other) if other.id != party.id => {
                    return Err(Finding::error("party-ambiguous")
                        .with("named", named)
                        .with("first", &other.id)
                        .with("second", &party.id));
                }
                _ => found = Some(party),
            }
        }
    }
    found.ok_or_else(|| Finding::error("party-unknown").with("named", named))
}

/// Names are compared without case and spaces: 赵 敏 and 赵敏, Zhao Min and ZHAO MIN.
fn folded(name: &str) -> String {
    name.chars().filter(|character| !character.is_whitespace()).flat_map(char::to_lowercase).collect()
}
