//! `heng init`: a store with an authority, laboratories and standards up to national level.

use std::collections::BTreeMap;
use std::process::ExitCode;

use heng_statement::{Body, PublicKey, Publication, SigningKey, Statement, Suite};
use heng_supervision::world;
use heng_wording::Words;
use jiff::Timestamp;
use jiff::civil::{Date, time};
use jiff::tz::{TimeZone, offset};
use sha2::{Digest, Sha256};

use crate::arguments::Init;
use crate::failure::{Failure, Outcome};
use crate::fonts::fonts;
use crate::issue::{Desk, Moment, Refused, rule_id};
use crate::key::suite;
use crate::keys::entropy;
use crate::office::{LOG, Office};
use crate::print;
use crate::progress::bar;
use crate::trust;

/// The party whose key readers of this store trust.
pub const ANCHOR: &str = "party:authority";

/// Founds a store: keys, introductions, rules, and every standard really certified against the next higher one.
pub fn init(arguments: &Init, words: &Words) -> Outcome {
    let failed = |reason: &dyn std::fmt::Display| Failure::new("error-founding").with("reason", reason);
    let world = world().map_err(|error| failed(&error))?;
    let wanted = suite(&arguments.suite)?;
    let fonts = fonts(None)?;
    let log_key = new_key(arguments.seed, LOG, Suite::Ed25519)?;
    let office = Office::create(&arguments.data, &log_key)?;
    let mut public: BTreeMap<String, PublicKey> = BTreeMap::new();
    for party in world.key_holders() {
        if party == LOG {
            public.insert(party.to_owned(), log_key.public_key().clone());
            continue;
        }
        let key = new_key(arguments.seed, party, wanted)?;
        office.keys().keep(party, &key)?;
        public.insert(party.to_owned(), key.public_key().clone());
    }
    let introductions = world.introductions(&|party| public.get(party).cloned());
    let signed = introductions.iter().map(|statement| office.signed(statement)).collect::<Result<Vec<_>, _>>()?;
    office.append(signed)?;
    publish_rules(&office, world.founded_at)?;

    let desk = Desk::open(&office, fonts, ANCHOR)?;
    let bar = bar(world.standards.len());
    for standard in &world.standards {
        let moment = Moment {
            at: afternoon(standard.performed_on).ok_or_else(|| failed(&standard.id))?,
            day: standard.performed_on,
        };
        match desk.issue(world.record(standard), moment) {
            Ok(_) => bar.inc(1),
            Err(Refused::Failure(failure)) => return Err(failure),
            Err(Refused::Refusals(refusals)) => {
                let codes: Vec<String> =
                    refusals.iter().map(|refusal| format!("{}: {:?}", refusal.code, refusal.data)).collect();
                return Err(failed(&format!("{}: {}", standard.id, codes.join(", "))));
            }
        }
    }
    bar.finish_and_clear();
    let policy = office.policy(ANCHOR)?;
    let path = office.write_policy(&policy)?;
    let size = office.store().size().map_err(|error| failed(&error))?;
    let facts = [
        ("data", arguments.data.display().to_string()),
        ("statements", size.to_string()),
        ("certificates", world.standards.len().to_string()),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say("init-done", &facts));
    print::line(words.say("init-trust", &[("path", &path.display().to_string())]));
    if let Some(noted) = trust::note(&policy)? {
        print::line(words.say("init-noted", &[("path", &noted.display().to_string())]));
    }
    if let Some(seed) = arguments.seed {
        print::line(words.say("init-seeded", &[("seed", &seed.to_string())]));
    }
    Ok(ExitCode::SUCCESS)
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
        statements.push(office.signed(&Statement {
            format: heng_statement::FORMAT.to_owned(),
            issuer: ANCHOR.to_owned(),
            about: vec![rule_id(&reference.id)],
            made_at,
            cites: Vec::new(),
            under: None,
            body: Body::Norm(Publication { rule: reference }),
        })?);
    }
    office.append(statements)
}

fn afternoon(day: Date) -> Option<Timestamp> {
    day.to_datetime(time(15, 0, 0, 0)).to_zoned(TimeZone::fixed(offset(8))).ok().map(|zoned| zoned.timestamp())
}
