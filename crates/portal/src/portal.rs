//! The one state of the service: a store at work, whom it trusts, who is signed in, and the words.
//!
//! What is kept here of the log follows it statement by statement, and is asked only once it has caught up: a withdrawal is seen by the next
//! request, whoever wrote it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard};

use heng_checker::{Memory, Policy};
use heng_office::follow::{follow, inventory};
use heng_office::{ANCHOR, Desk, Office, clock, snapshot};
use heng_rule::catalogue::{Catalogue, builtin_catalogue};
use heng_statement::{Body, Heading, SignedStatement, StatementHash};
use heng_store::{Entry, Question, Store};
use heng_telemetry::readings::Readings;
use heng_view::Inventory;
use heng_wording::{Language, Words};
use jiff::civil::Date;
use tokio::sync::Semaphore;

use crate::access::{AccessPolicy, Person, person};
use crate::kept::Kept;
use crate::metrics::Metrics;
use crate::plan::now::PlanKept;
use crate::problem::Problem;
use crate::sign_in::{Attempts, Oidc, Sessions, VouchingProvider};

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
    readings: Option<Arc<Readings>>,
    hashing: Semaphore,
    evaluating: Arc<Semaphore>,
    kept: Kept,
    plan: PlanKept,
    metrics: Metrics,
    desk: RwLock<Arc<Desk>>,
    followed: RwLock<Followed>,
    /// Held by whoever reads the register and then adds to it.
    turn: Mutex<()>,
    zh: Words,
    en: Words,
    synthetic: bool,
}

/// What the log says, as far as it was followed.
struct Followed {
    inventory: Inventory,
    /// The statements up to which the desk knows who is who.
    people: u64,
    /// The statements after the last one that says who is who.
    people_said: u64,
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
            readings: None,
            hashing: Semaphore::new(HASHING),
            evaluating: Arc::new(Semaphore::new(EVALUATING)),
            kept: Kept::default(),
            plan: PlanKept::default(),
            metrics: Metrics::default(),
            desk: RwLock::new(Arc::new(desk)),
            turn: Mutex::new(()),
            followed: RwLock::new(Followed { inventory, people: known, people_said: 0 }),
            zh: Words::new(Language::Zh),
            en: Words::new(Language::En),
            synthetic,
        })
    }

    /// The same, with a provider that vouches for people besides their passwords.
    pub fn with_provider(self, provider: VouchingProvider) -> Self {
        Self { oidc: Some(Oidc::new(provider)), ..self }
    }

    /// The same, with a place for readings of meters.
    pub fn with_readings(self, readings: Arc<Readings>) -> Self {
        Self { readings: Some(readings), ..self }
    }

    /// Where readings of meters are kept, if they are taken in here.
    pub(crate) fn readings(&self) -> Option<&Readings> {
        self.readings.as_deref()
    }

    /// Everything that the log says of every thing, as of now.
    pub(crate) fn inventory(&self) -> Result<InventoryNow<'_>, Problem> {
        let size = self.office.size();
        let now = self.followed.read().unwrap_or_else(PoisonError::into_inner);
        if now.inventory.size() >= size {
            return Ok(InventoryNow(now));
        }
        drop(now);
        {
            let mut followed = self.followed.write().unwrap_or_else(PoisonError::into_inner);
            let Followed { inventory, people_said, .. } = &mut *followed;
            follow(self.store(), inventory, size, &mut |index, statement| {
                if matches!(statement.body, Body::Party(_) | Body::Key(_) | Body::Auth(_) | Body::Correct(_)) {
                    *people_said = index + 1;
                }
            })?;
        }
        Ok(InventoryNow(self.followed.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// The turn of one who reads the register and then adds to it.
    pub(crate) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The desk, which knows who is who as of now.
    pub(crate) fn desk(&self) -> Result<Arc<Desk>, Problem> {
        let (is_behind, said) = {
            let now = self.inventory()?;
            (now.0.people < now.0.people_said, now.0.people_said)
        };
        if is_behind {
            let mut desk = self.desk.write().unwrap_or_else(PoisonError::into_inner);
            let mut followed = self.followed.write().unwrap_or_else(PoisonError::into_inner);
            if followed.people < said {
                *desk = Arc::new(desk.refreshed(ANCHOR)?);
                followed.people = said;
            }
        }
        Ok(Arc::clone(&self.desk.read().unwrap_or_else(PoisonError::into_inner)))
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

    /// Answers that are the same for everyone.
    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
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

/// The inventory, caught up. Held for the time of one answer.
pub(crate) struct InventoryNow<'a>(RwLockReadGuard<'a, Followed>);

impl std::ops::Deref for InventoryNow<'_> {
    type Target = Inventory;

    fn deref(&self) -> &Inventory {
        &self.0.inventory
    }
}
