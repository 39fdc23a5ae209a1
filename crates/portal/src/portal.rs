//! The one state of the service: a store at work, whom it trusts, who is signed in, and the words.
//!
//! What is kept here of the log follows it statement by statement, and is asked only once it has caught up: a withdrawal is seen by the next
//! request, whoever wrote it.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use heng_checker::{Memory, Policy};
use heng_office::follow::inventory;
use heng_office::{ANCHOR, Desk, Office, clock, snapshot};
use heng_rule::catalogue::{Catalogue, builtin_catalogue};
use heng_statement::{Heading, SignedStatement, StatementHash};
use heng_store::{Entry, Question, Store};
use heng_telemetry::readings::Readings;
use heng_wording::{Language, Words};
use jiff::civil::Date;
use parking_lot::RwLock;
use tokio::sync::Semaphore;

use crate::access::{AccessPolicy, Person, person};
use crate::facts::service::kept::ResultsKept;
use crate::following::{Following, InventoryNow};
use crate::kept::Kept;
use crate::metrics::Metrics;
use crate::plan::now::PlanKept;
use crate::problem::Problem;
use crate::sign_in::{Attempts, Oidc, Sessions, VouchingProvider};
use crate::uploads::Uploads;

/// The store cannot be shown.
#[derive(Debug, thiserror::Error)]
#[error("the store cannot be opened for the portal: {0}")]
pub struct OpenError(String);

/// Passwords that are hashed at once.
const HASHING: usize = 2;

/// Models that are evaluated at once.
const EVALUATING: usize = 2;

/// What every request needs.
pub struct Portal {
    office: Arc<Office>,
    checks: Memory,
    catalogue: Catalogue,
    access: AccessPolicy,
    sessions: Sessions,
    attempts: Attempts,
    oidc: Option<Oidc>,
    proxy: Option<IpAddr>,
    readings: Option<Arc<Readings>>,
    hashing: Semaphore,
    evaluating: Arc<Semaphore>,
    uploads: Uploads,
    kept: Kept,
    results: ResultsKept,
    plan: PlanKept,
    metrics: Metrics,
    seated: RwLock<Seated>,
    following: Following,
    /// Held by whoever reads the register and then adds to it.
    turn: Mutex<()>,
    zh: Words,
    en: Words,
    synthetic: bool,
}

/// The desk, and the statements up to which it knows who is who.
struct Seated {
    desk: Arc<Desk>,
    people: u64,
}

impl Portal {
    /// A portal on a store at work.
    pub fn open(desk: Desk) -> Result<Self, OpenError> {
        let failed = |failure: heng_office::Failure| {
            let problem = Problem::from(failure);
            OpenError(problem.cause.unwrap_or_else(|| problem.code.into()))
        };
        let office = desk.shared_office();
        let policy = office.policy(ANCHOR).map_err(failed)?;
        let synthetic = desk.introduced(ANCHOR).is_some_and(|authority| authority.synthetic);
        let known = office.store().size().map_err(|error| OpenError(error.to_string()))?;
        let inventory = inventory(office.store(), ANCHOR).map_err(failed)?;
        let checks = Memory::new(Some(policy));
        snapshot::take_up(office.store(), &checks);
        Ok(Self {
            office,
            checks,
            catalogue: builtin_catalogue().map_err(|error| OpenError(error.to_string()))?,
            access: AccessPolicy::new().map_err(|error| OpenError(error.to_string()))?,
            sessions: Sessions::default(),
            attempts: Attempts::default(),
            oidc: None,
            proxy: None,
            readings: None,
            hashing: Semaphore::new(HASHING),
            evaluating: Arc::new(Semaphore::new(EVALUATING)),
            uploads: Uploads::default(),
            kept: Kept::default(),
            results: ResultsKept::default(),
            plan: PlanKept::default(),
            metrics: Metrics::default(),
            seated: RwLock::new(Seated { desk: Arc::new(desk), people: known }),
            turn: Mutex::new(()),
            following: Following::new(inventory),
            zh: Words::new(Language::Zh),
            en: Words::new(Language::En),
            synthetic,
        })
    }

    /// The same, with a provider that vouches for people besides their passwords.
    pub fn with_provider(self, provider: VouchingProvider) -> Self {
        Self { oidc: Some(Oidc::new(provider)), ..self }
    }

    /// The same, behind a proxy that says whose requests it passes on.
    pub fn behind_proxy(self, proxy: IpAddr) -> Self {
        Self { proxy: Some(proxy.to_canonical()), ..self }
    }

    /// The proxy whose word counts for where a request came from.
    pub(crate) fn proxy(&self) -> Option<IpAddr> {
        self.proxy
    }

    /// The same, with a place for readings of meters.
    pub fn with_readings(self, readings: Arc<Readings>) -> Self {
        Self { readings: Some(readings), ..self }
    }

    /// Where readings of meters are kept, if they are taken in here.
    pub(crate) fn readings(&self) -> Option<&Readings> {
        self.readings.as_deref()
    }

    /// Everything that the log says of every thing, as of now; within an answer that reads it already, as of then.
    pub(crate) fn inventory(&self) -> Result<InventoryNow<'_>, Problem> {
        self.following.caught_up(self.store(), self.office.size())
    }

    /// The turn of one who reads the register and then adds to it.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The desk, which knows who is who as of now.
    pub(crate) fn desk(&self) -> Result<Arc<Desk>, Problem> {
        let said = self.inventory()?.people_said();
        {
            let seated = self.seated.read();
            if seated.people >= said {
                return Ok(Arc::clone(&seated.desk));
            }
        }
        let mut seated = self.seated.write();
        if seated.people < said {
            *seated = Seated { desk: Arc::new(seated.desk.refreshed(ANCHOR)?), people: said };
        }
        Ok(Arc::clone(&seated.desk))
    }

    /// The person of an account, as the log says today.
    pub(crate) fn person(&self, account: &str, party: &str) -> Option<Person> {
        let districts = self.inventory().ok()?.districts();
        person(&*self.desk().ok()?, account, party, self.today(), &districts)
    }

    /// The store at work.
    pub(crate) fn office(&self) -> &Office {
        &self.office
    }

    /// The store, for reading.
    pub(crate) fn store(&self) -> &Store {
        self.office.store()
    }

    /// Whom the public check trusts: the store's authority and its log, as its policy file says.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.checks.policy()
    }

    /// What passed before, and whom the public check trusts.
    pub(crate) fn checks(&self) -> &Memory {
        &self.checks
    }

    /// Which instruments are under mandatory control.
    pub(crate) fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Who may do what.
    pub(crate) fn access(&self) -> &AccessPolicy {
        &self.access
    }

    /// Who is signed in.
    pub(crate) fn sessions(&self) -> &Sessions {
        &self.sessions
    }

    /// Who tried to sign in lately.
    pub(crate) fn attempts(&self) -> &Attempts {
        &self.attempts
    }

    /// The provider that vouches for people.
    pub(crate) fn oidc(&self) -> Option<&Oidc> {
        self.oidc.as_ref()
    }

    /// The turns in which passwords are hashed.
    pub(crate) fn hashing(&self) -> &Semaphore {
        &self.hashing
    }

    /// The turns in which models are evaluated.
    pub(crate) fn evaluating(&self) -> &Arc<Semaphore> {
        &self.evaluating
    }

    /// The room for files that people send.
    pub(crate) fn uploads(&self) -> &Uploads {
        &self.uploads
    }

    /// Answers that are the same for everyone.
    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The files of results that were read.
    pub(crate) fn results(&self) -> &ResultsKept {
        &self.results
    }

    /// What was read of the plan.
    pub(crate) fn plan_kept(&self) -> &PlanKept {
        &self.plan
    }

    /// What the service counts of itself.
    pub(crate) fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Whether readers come by an encrypted connection only.
    pub(crate) fn is_secure(&self) -> bool {
        self.office.origin().starts_with("https://")
    }

    /// The words of a language.
    pub(crate) fn words(&self, language: Language) -> &Words {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }

    /// Whether every page says 示例数据: the authority that everyone here trusts is made up.
    pub(crate) fn synthetic(&self) -> bool {
        self.synthetic
    }

    /// The legal day.
    pub(crate) fn today(&self) -> Date {
        clock::day(clock::now())
    }

    /// The statements that answer a question.
    pub(crate) fn entries(&self, question: Question<'_>) -> Result<Vec<Entry>, Problem> {
        Ok(self.store().entries(question)?)
    }

    /// The statement of an entry.
    pub(crate) fn entry(&self, entry: &Entry) -> Result<Arc<SignedStatement>, Problem> {
        let placed = self.store().placed_of(entry)?;
        placed.map(|placed| placed.signed).ok_or_else(|| Problem::failure(format!("no statement {}", entry.index)))
    }

    /// What the statement with this hash says apart from its body.
    pub(crate) fn heading(&self, hash: &StatementHash) -> Result<Arc<Heading>, Problem> {
        self.store().heading(hash)?.ok_or_else(|| Problem::failure(format!("no statement {hash}")))
    }

    /// The statement with this hash.
    pub(crate) fn statement(&self, hash: &StatementHash) -> Result<Option<Arc<SignedStatement>>, Problem> {
        Ok(self.store().placed(hash)?.map(|placed| placed.signed))
    }
}
