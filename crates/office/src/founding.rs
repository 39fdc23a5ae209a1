//! An example city's store: keys, introductions, rules, and every standard really certified against the next higher one.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use heng_statement::{Body, PublicKey, Publication, SigningKey, Statement, Suite, legal_zone};
use heng_supervision::{World, world};
use jiff::Timestamp;
use jiff::civil::{Date, time};
use sha2::{Digest, Sha256};

use crate::desk::rule_id;
use crate::keys::entropy;
use crate::parallel::each;
use crate::{Desk, Failure, LOG, Moment, Office, Refused};

/// The party whose key readers of this store trust.
pub const ANCHOR: &str = "party:authority";

/// How to found a store.
#[derive(Clone, Copy, Debug)]
pub struct Founding {
    /// From the seed, the same keys every time; without one, keys that nobody can guess.
    pub seed: Option<u64>,
    /// The suite of all keys but the log's.
    pub suite: Suite,
}

/// Founds a store in a folder that is empty or not there. `progress` hears how many standards are certified, of how many.
pub fn found(
    data: &Path,
    founding: Founding,
    fonts: Vec<Vec<u8>>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Desk, Failure> {
    let world = world().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    let desk = introduce(data, founding, fonts, &world)?;
    for (done, standard) in world.standards.iter().enumerate() {
        progress(done, world.standards.len());
        let moment = afternoon(standard.performed_on)?;
        taken(&standard.id, desk.issue(world.record(standard), moment))?;
    }
    progress(world.standards.len(), world.standards.len());
    desk.office().settle()?;
    Ok(desk)
}

/// A store that knows everybody of a world, and all rules; no certificate yet. It is still to be settled.
pub(crate) fn introduce(data: &Path, founding: Founding, fonts: Vec<Vec<u8>>, world: &World) -> Result<Desk, Failure> {
    let log_key = Arc::new(new_key(founding.seed, LOG, Suite::Ed25519)?);
    let office = Office::create(data, &log_key)?;
    let kept = each(world.key_holders().collect(), |party| {
        if party == LOG {
            return Ok((party.to_owned(), log_key.public_key().clone()));
        }
        let key = Arc::new(new_key(founding.seed, party, founding.suite)?);
        office.keys().keep(party, &key)?;
        Ok((party.to_owned(), key.public_key().clone()))
    });
    let public: BTreeMap<String, PublicKey> = kept.into_iter().collect::<Result<_, Failure>>()?;
    let introductions = world.introductions(&|party| public.get(party).cloned());
    let signed = each(introductions.iter().collect(), |statement| office.signed(statement));
    office.append(signed.into_iter().collect::<Result<_, _>>()?)?;
    publish_rules(&office, world.founded_at)?;
    Desk::open(Arc::new(office), fonts, ANCHOR)
}

/// What founding needs must not be refused.
pub(crate) fn taken<T>(what: &str, result: Result<T, Refused>) -> Result<T, Failure> {
    result.map_err(|refused| match refused {
        Refused::Failure(failure) => failure,
        Refused::Refusals(refusals) => {
            let codes: Vec<String> =
                refusals.iter().map(|refusal| format!("{}: {:?}", refusal.code, refusal.data)).collect();
            Failure::new("error-founding").with("reason", format!("{what}: {}", codes.join(", ")))
        }
    })
}

/// From the seed, the same key every time; without one, a key that nobody can guess.
fn new_key(seed: Option<u64>, party: &str, suite: Suite) -> Result<SigningKey, Failure> {
    let bytes = match seed {
        Some(seed) => Sha256::digest(format!("heng-founding/1 {seed} {party}")).into(),
        None => entropy()?,
    };
    SigningKey::generate(suite, &bytes).map_err(|error| Failure::new("error-key").with("reason", error))
}

/// Every rule of this project, published by the authority; its bytes are kept beside.
fn publish_rules(office: &Office, made_at: Timestamp) -> Result<(), Failure> {
    let rules = heng_rule::builtin().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    let mut statements = Vec::new();
    for rule in rules.iter() {
        let reference = rule.reference();
        if let Some(bytes) = rules.bytes(rule.id()) {
            office.keep(&[bytes])?;
        }
        let about = vec![rule_id(&reference.id)];
        let publication = Body::Norm(Publication { rule: reference });
        statements.push(office.signed(&Statement::of(ANCHOR, about, made_at, publication))?);
    }
    office.append(statements)
}

/// Three in the afternoon of a day.
pub fn afternoon(day: Date) -> Result<Moment, Failure> {
    let at = day.to_datetime(time(15, 0, 0, 0)).to_zoned(legal_zone());
    let at = at.map_err(|error| Failure::new("error-founding").with("reason", error))?.timestamp();
    Ok(Moment { at, day })
}
