//! Plans at work: the plan in force with its evidence, what is said for it, and the report that is frozen at a checkpoint.

pub mod json;
pub mod report;

use std::collections::BTreeSet;

use heng_quantity::{Decimal, RoundingRule};
use heng_rule::RuleSet;
use heng_rule::plan::{Evidence, Plan};
use heng_statement::norm::ClauseFeedback;
use heng_statement::plan::{Attestation, ForecastSeal, Observation, PlanReport};
use heng_statement::{Body, NormStage, Statement, StatementHash};
use heng_store::Store;
use heng_supervision::plan::{Refused, Speaking};
use heng_view::Inventory;
use heng_view::plan::{Cited, Published, evidence, figures, rows, witnesses};
use jiff::Timestamp;
use jiff::civil::Date;
use num_rational::BigRational;

use crate::round::NotTaken;
use crate::service::document;
use crate::{ANCHOR, Failure, Office, follow};

/// The plan that is in force, read from its files.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The plan.
    pub plan: Plan,
    /// Who published it.
    pub published: Published,
}

impl InForce {
    /// The evidence for it.
    pub fn evidence(&self, inventory: &Inventory) -> Evidence {
        evidence(inventory, &self.plan, &self.published)
    }
}

/// The plan in force on a day; nothing where none was published.
pub fn in_force(store: &Store, inventory: &Inventory, day: Date) -> Result<Option<InForce>, Failure> {
    let Some(published) = inventory.plan().in_force(day) else { return Ok(None) };
    read(store, published).map(Some)
}

/// A published plan, read from its files as they were published.
pub fn read(store: &Store, published: &Published) -> Result<InForce, Failure> {
    let mut files = Vec::new();
    for file in &published.publication.files {
        let failed = |reason: &dyn std::fmt::Display| {
            Failure::new("error-plan-file").with("file", &file.name).with("reason", reason)
        };
        let bytes = store.document(&file.sha256).map_err(|error| failed(&error))?;
        let bytes = bytes.ok_or_else(|| failed(&"not kept here"))?;
        files.push((file.name.clone(), String::from_utf8(bytes.to_vec()).map_err(|error| failed(&error))?));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let (plan, _) = Plan::read(&files);
    Ok(InForce { plan, published: published.clone() })
}

/// A report as people read it.
pub struct Rendering {
    /// The name of its file.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Gives what people read of a report and its evidence.
pub type Render<'a> = dyn Fn(&PlanReport, &Evidence) -> Result<Vec<Rendering>, Failure> + 'a;

/// A report that was frozen.
pub struct Frozen {
    /// The statement.
    pub statement: StatementHash,
    /// What people read.
    pub renderings: Vec<Rendering>,
}

/// A store that somebody speaks in, for a plan.
pub struct Acts<'a> {
    /// The store.
    pub office: &'a Office,
    /// What was said in it before.
    pub inventory: &'a Inventory,
    /// Who speaks.
    pub issuer: &'a str,
    /// When.
    pub at: Timestamp,
}

impl Acts<'_> {
    fn speaking(&self) -> Speaking<'_> {
        Speaking { inventory: self.inventory, issuer: self.issuer, made_at: self.at }
    }

    /// Publishes a plan, if it can be read without an error. Its files are durable before the statement is.
    pub fn publish(&self, files: &[(&str, &str)], synthetic: bool) -> Result<StatementHash, NotTaken> {
        let (plan, findings) = Plan::read(files);
        let named = files.iter().map(|(name, text)| document(name, "application/toml", text.as_bytes())).collect();
        let statement = self.speaking().publication(&plan, named, &findings, synthetic);
        let statement = statement.map_err(NotTaken::Findings)?;
        self.office.keep(&files.iter().map(|(_, text)| text.as_bytes()).collect::<Vec<_>>())?;
        self.append(statement)
    }

    /// Says that something holds.
    pub fn attest(&self, plan: &Plan, attestation: Attestation) -> Result<StatementHash, NotTaken> {
        self.say(self.speaking().attestation(plan, attestation))
    }

    /// Seals a forecast.
    pub fn seal(&self, seal: ForecastSeal) -> Result<StatementHash, NotTaken> {
        self.say(self.speaking().seal(seal))
    }

    /// Says what was observed.
    pub fn observe(&self, seen: Observation) -> Result<StatementHash, NotTaken> {
        self.say(self.speaking().observation(seen))
    }

    /// Says that a norm has reached a stage.
    pub fn stage(&self, stage: NormStage) -> Result<StatementHash, NotTaken> {
        self.say(self.speaking().stage(stage))
    }

    /// Says something of a clause that was used.
    pub fn feed_back(&self, feedback: ClauseFeedback) -> Result<StatementHash, NotTaken> {
        let store = self.office.store();
        let norm_of = |hash: &StatementHash| match store.statement(hash).ok()??.statement.body {
            Body::Cert(certificate) => Some(certificate.rule.norm),
            _ => None,
        };
        self.say(self.speaking().feedback(feedback, &norm_of))
    }

    /// Freezes how the plan stands on a day by what the log says until now: the statements that give the figures are named, so that anyone computes
    /// them again.
    /// `rendered` gives what people read: it is durable before the statement is, and fixed by it.
    pub fn freeze(&self, in_force: &InForce, as_of: Date, rendered: &Render<'_>) -> Result<Frozen, NotTaken> {
        let checkpoint = self
            .office
            .store()
            .checkpoint()
            .map_err(|error| Failure::new("error-store").with("path", "").with("reason", error))?;
        let checkpoint = checkpoint.checkpoint();
        let plan = &in_force.plan;
        let facts = in_force.evidence(self.inventory);
        let of = |indicator: &str| witnesses(plan, indicator, &facts, as_of);
        let mut named: BTreeSet<StatementHash> = plan.indicators.iter().flat_map(|one| of(&one.id)).collect();
        named.insert(in_force.published.said.hash.clone());
        let list = serde_json::to_vec(&named).map_err(|error| Failure::new("error-bundle").with("reason", error))?;
        let is_synthetic = in_force.published.publication.synthetic;
        let mut report = PlanReport {
            plan: plan.id.clone(),
            published_by: in_force.published.said.hash.clone(),
            as_of,
            origin: checkpoint.origin.clone(),
            tree_size: checkpoint.size,
            root: hex::encode(checkpoint.root),
            program: concat!("heng ", env!("CARGO_PKG_VERSION")).to_owned(),
            figures: figures(plan, &facts, as_of),
            evidence: document("evidence.json", "application/json", &list),
            documents: Vec::new(),
            rows: rows(plan),
            synthetic: is_synthetic,
        };
        let renderings = rendered(&report, &facts)?;
        report.documents = renderings.iter().map(|one| document(&one.name, one.media_type, &one.bytes)).collect();
        let statement = self.speaking().report(report).map_err(NotTaken::Findings)?;
        let bytes = renderings.iter().map(|one| one.bytes.as_slice()).chain([list.as_slice()]);
        self.office.keep(&bytes.collect::<Vec<_>>())?;
        Ok(Frozen { statement: self.append(statement)?, renderings })
    }

    fn say(&self, statement: Result<Statement, Refused>) -> Result<StatementHash, NotTaken> {
        self.append(statement.map_err(NotTaken::Findings)?)
    }

    fn append(&self, statement: Statement) -> Result<StatementHash, NotTaken> {
        let signed = self.office.signed(&statement)?;
        let hash = signed.hash();
        self.office.append(vec![signed])?;
        Ok(hash)
    }
}

/// The citations in rule files.
pub fn citations_of(rules: &RuleSet) -> Vec<Cited> {
    let mut all: Vec<Cited> = Vec::new();
    for rule in rules.iter() {
        let by = rule.reference().norm;
        all.extend(rule.citations().map(|(_, citation)| Cited {
            by: by.clone(),
            clause: citation.clause.clone(),
            as_written: citation.norm.clone(),
            statement: None,
        }));
    }
    all
}

/// A figure as people read it: whole numbers as they are, others cut after two places and not rounded up, because 100 means that not one is missing.
pub fn shown(figure: &BigRational) -> Decimal {
    let hundred = BigRational::from_integer(100.into());
    let cut = (figure * &hundred).trunc() / hundred;
    let place = if figure.is_integer() { 0 } else { -2 };
    Decimal::from_rational_rounded(&cut, place, RoundingRule::Gum726)
}

/// Everything that was said in a store, as the authority's corrections have it.
pub fn followed(store: &Store) -> Result<Inventory, Failure> {
    follow::inventory(store, ANCHOR)
}
