//! What the log says of every thing: who keeps it, its certificates and how they stand, what was asked and what waits.
//!
//! It follows the log statement by statement and holds nothing that the log does not say, so it can be thrown away and made again. What depends
//! on the day is asked with the day.

mod certified;
mod condition;
mod note;
mod pieces;
mod state;
mod work;

use std::collections::{BTreeMap, BTreeSet};

use heng_statement::{Party, PartyKind, Registration, StatementHash};
use serde::{Deserialize, Serialize};

use crate::nearest::nearest;
use crate::plan::PlanLog;
use crate::round::RoundLog;
use crate::service::ServiceLog;
use jiff::civil::Date;

pub use certified::{Certified, Corrected};
pub use condition::{Condition, SOON};
pub use pieces::{KeptPiece, Piece};
pub use state::CertificateState;
pub use work::{Asked, Returned, Work};

/// Goes up whenever following the same log gives another inventory: one that was kept under another version is not believed.
pub const VERSION: u32 = 8;

/// A registration in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
    /// The first statement.
    pub by: StatementHash,
    /// The day on which it was said.
    pub on: Date,
    /// The last statement: what it says counts.
    pub last: StatementHash,
}

impl Registered {
    /// The statements that it rests on, each once.
    pub fn statements(&self) -> impl Iterator<Item = &StatementHash> {
        std::iter::once(&self.by).chain((self.last != self.by).then_some(&self.last))
    }
}

/// An authorization, as far as it counts people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorized {
    /// The statement.
    pub hash: StatementHash,
    /// Who authorizes.
    pub by: String,
    /// Whether it names the number of a paper.
    pub has_number: bool,
    /// First day.
    pub from: Date,
    /// Last day.
    pub through: Date,
}

/// A thing as the log describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entered {
    /// The last registration.
    pub registration: Option<Registration>,
    /// When it was registered first.
    pub registered: Option<Registered>,
    /// Its certificates, in the order of the log, by their place in [`Inventory::certificates`].
    certificates: Vec<u32>,
    /// The requests for work on it that nobody has met yet.
    pub asked: Vec<Asked>,
    /// The last statement about it, by its index in the log.
    pub last_index: u64,
}

impl Entered {
    /// Who keeps it.
    pub fn keeper(&self) -> Option<&str> {
        self.registration.as_ref().map(|registration| registration.keeper.as_str())
    }
}

/// Every thing, every certificate, every party, and the work that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inventory {
    anchor: String,
    size: u64,
    /// Kept in pieces of their own, like the certificates.
    #[serde(skip)]
    things: BTreeMap<String, Entered>,
    #[serde(skip)]
    certificates: Vec<Certified>,
    by_hash: BTreeMap<StatementHash, u32>,
    by_number: BTreeMap<String, u32>,
    /// The certificates that name an instrument's serial number; two makers may use the same.
    by_serial: BTreeMap<String, Vec<u32>>,
    by_keeper: BTreeMap<String, BTreeSet<String>>,
    by_district: BTreeMap<String, BTreeSet<String>>,
    parties: BTreeMap<String, Party>,
    /// The statement that introduced a party last.
    party_statements: BTreeMap<String, StatementHash>,
    /// The statements that introduce a party, its keys and its authorizations.
    introductions: BTreeMap<String, Vec<StatementHash>>,
    /// The corrections that name a statement.
    corrections: BTreeMap<StatementHash, Vec<StatementHash>>,
    work: BTreeMap<StatementHash, Work>,
    /// The comparison rounds, by the announcement.
    rounds: BTreeMap<StatementHash, RoundLog>,
    /// Instruments in service.
    service: ServiceLog,
    /// What each party was authorized to.
    authorizations: BTreeMap<String, Vec<Authorized>>,
    /// What was said for plans.
    plan: PlanLog,
}

impl Inventory {
    /// An empty inventory. `anchor` is the authority whose corrections count whoever issued a statement.
    pub fn new(anchor: &str) -> Self {
        Self {
            anchor: anchor.to_owned(),
            size: 0,
            things: BTreeMap::new(),
            certificates: Vec::new(),
            by_hash: BTreeMap::new(),
            by_number: BTreeMap::new(),
            by_serial: BTreeMap::new(),
            by_keeper: BTreeMap::new(),
            by_district: BTreeMap::new(),
            parties: BTreeMap::new(),
            party_statements: BTreeMap::new(),
            introductions: BTreeMap::new(),
            corrections: BTreeMap::new(),
            work: BTreeMap::new(),
            rounds: BTreeMap::new(),
            service: ServiceLog::default(),
            authorizations: BTreeMap::new(),
            plan: PlanLog::default(),
        }
    }

    /// How many statements of the log it has followed.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The authority whose corrections count whoever issued a statement.
    pub fn anchor(&self) -> &str {
        &self.anchor
    }

    /// A thing that the log knows.
    pub fn thing(&self, id: &str) -> Option<&Entered> {
        self.things.get(id)
    }

    /// Every thing, by identifier.
    pub fn things(&self) -> impl Iterator<Item = (&str, &Entered)> {
        self.things.iter().map(|(id, thing)| (id.as_str(), thing))
    }

    /// The things that a party keeps.
    pub fn of_keeper(&self, party: &str) -> impl Iterator<Item = (&str, &Entered)> {
        self.named(self.by_keeper.get(party))
    }

    /// The things that are used in a district.
    pub fn of_district(&self, code: &str) -> impl Iterator<Item = (&str, &Entered)> {
        self.named(self.by_district.get(code))
    }

    /// The districts in which something is used.
    pub fn districts(&self) -> BTreeSet<String> {
        self.by_district.keys().cloned().collect()
    }

    fn named<'a>(&'a self, ids: Option<&'a BTreeSet<String>>) -> impl Iterator<Item = (&'a str, &'a Entered)> {
        ids.into_iter().flatten().filter_map(|id| Some((id.as_str(), self.things.get(id)?)))
    }

    /// A party as it was last introduced.
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.get(id)
    }

    /// The statement that introduced a party last.
    pub fn introduced_by(&self, party: &str) -> Option<&StatementHash> {
        self.party_statements.get(party)
    }

    /// Every party, by identifier.
    pub fn parties(&self) -> impl Iterator<Item = &Party> {
        self.parties.values()
    }

    /// The statements that introduce a party, its keys and its authorizations, in the order of the log.
    pub fn introductions(&self, party: &str) -> &[StatementHash] {
        self.introductions.get(party).map_or(&[], Vec::as_slice)
    }

    /// The corrections that name a statement, whoever made them, in the order of the log.
    pub fn corrections(&self, statement: &str) -> &[StatementHash] {
        self.corrections.get(statement).map_or(&[], Vec::as_slice)
    }

    /// The records that were signed and are not certified yet, or were sent back; by the hash of the record's statement.
    pub fn work(&self) -> impl Iterator<Item = (&StatementHash, &Work)> {
        self.work.iter()
    }

    /// One of them.
    pub fn work_of(&self, record: &str) -> Option<&Work> {
        self.work.get(record)
    }

    /// The comparison rounds, in the order of the log.
    pub fn rounds(&self) -> Vec<&RoundLog> {
        let mut rounds: Vec<&RoundLog> = self.rounds.values().collect();
        rounds.sort_by_key(|round| round.index);
        rounds
    }

    /// What was said of instruments in service.
    pub fn service(&self) -> &ServiceLog {
        &self.service
    }

    /// What was said for plans.
    pub fn plan(&self) -> &PlanLog {
        &self.plan
    }

    /// What a party was authorized to, in the order of the log.
    pub fn authorizations(&self, party: &str) -> &[Authorized] {
        self.authorizations.get(party).map_or(&[], Vec::as_slice)
    }

    /// Goes on at a later place of the log: what lies between is not at hand. For those who were given some statements of a log.
    pub fn skip_to(&mut self, index: u64) {
        self.size = self.size.max(index);
    }

    /// The round of this announcement.
    pub fn round(&self, announcement: &str) -> Option<&RoundLog> {
        self.rounds.get(announcement)
    }

    /// The round with this number: the first one, because a number is given once.
    pub fn round_numbered(&self, number: &str) -> Option<&RoundLog> {
        self.rounds.values().filter(|round| round.announcement.number == number).min_by_key(|round| round.index)
    }

    /// The last certificate with this number.
    pub fn numbered(&self, number: &str) -> Option<&Certified> {
        self.certificate_at(*self.by_number.get(number)?)
    }

    /// The certificate numbers nearest to one that nobody knows.
    pub fn numbers_near(&self, number: &str) -> Vec<String> {
        nearest(number, &self.by_number)
    }

    /// The things and organisations nearest to an identifier that nobody knows; never a person, a network or that identifier itself.
    pub fn things_near(&self, id: &str) -> Vec<String> {
        let is_person = |id: &String| self.parties.get(id).is_some_and(|party| party.kind == PartyKind::Person);
        let parties = nearest(id, &self.parties).into_iter().filter(|id| !is_person(id));
        // A network has no page for everyone, and nothing is near itself.
        let is_network = |id: &String| {
            let registered = self.things.get(id).and_then(|thing| thing.registration.as_ref());
            registered.is_some_and(|registration| registration.kind == Registration::NETWORK)
        };
        let things = nearest(id, &self.things).into_iter().filter(|near| near != id && !is_network(near));
        things.chain(parties).collect()
    }

    /// The certificate with this hash.
    pub fn certificate(&self, hash: &str) -> Option<&Certified> {
        self.certificate_at(*self.by_hash.get(hash)?)
    }

    /// The certificates of instruments with a serial number, in the order of the log.
    pub fn certificates_of_serial(&self, serial: &str) -> impl Iterator<Item = &Certified> {
        let places = self.by_serial.get(serial).into_iter().flatten();
        places.filter_map(|place| self.certificate_at(*place))
    }

    /// The certificates of a thing, in the order of the log.
    pub fn certificates_of<'a>(&'a self, thing: &'a Entered) -> impl DoubleEndedIterator<Item = &'a Certified> {
        thing.certificates.iter().filter_map(|place| self.certificate_at(*place))
    }

    /// Every certificate, in the order of the log.
    pub fn certificates(&self) -> &[Certified] {
        &self.certificates
    }

    fn certificate_at(&self, place: u32) -> Option<&Certified> {
        self.certificates.get(usize::try_from(place).ok()?)
    }
}
