//! What was found of a certificate when everything passed: so much of its report stays true until somebody says something new of its people,
//! or corrects something it rests on.
//!
//! Statements do not change and a log only grows. What a certificate rests on grows by two things alone: an introduction, a key or an
//! authorization of one who signed, and a correction. Whoever follows the log knows of both without reading a single statement again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use heng_statement::{Body, StatementHash};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::believed::Believed;
use crate::check::{laid_open, push_link};
use crate::dossier::{Dossier, Included};
use crate::memory::{Answers, Of, about};
use crate::proofs::{Answer, included, received};
use crate::report::{Check, Report};
use crate::standing::stood;

/// What was found that no later checkpoint can change.
pub(crate) struct Found {
    /// The check `renderings`.
    pub(crate) rendering: Check,
    /// The check `chain`.
    pub(crate) connected: Check,
    /// The numbers and the answers of the certificate and of those above it.
    pub(crate) links: Vec<(String, Arc<Answers>)>,
}

/// A report of which everything passed, without what is about now.
#[derive(Debug)]
pub struct Settled {
    pub(crate) number: String,
    pub(crate) valid_through: Option<Date>,
    pub(crate) synthetic: bool,
    /// The place of the certificate in the log.
    pub(crate) index: u64,
    /// The size of the tree in which all was proved to be.
    pub(crate) tree_size: u64,
    pub(crate) rendering: Arc<Answers>,
    pub(crate) answers: Arc<Answers>,
    /// The certificate, its record and its review.
    pub(crate) statements: Box<[Of]>,
    pub(crate) ground: Arc<Ground>,
}

/// What thousands of certificates rest on alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Ground {
    /// The check `chain`, about nothing.
    pub(crate) connected: Check,
    /// The certificates above.
    pub(crate) links: Vec<(String, Arc<Answers>)>,
    /// The statements of those, and of the people.
    pub(crate) statements: Vec<Of>,
    /// How often each of those who signed was introduced, given a key or authorized.
    pub(crate) introduced: BTreeMap<String, usize>,
}

/// What a log says by now, counted by whoever follows it.
pub struct Said<'a> {
    /// The introductions, keys and authorizations of a party.
    pub introductions: &'a dyn Fn(&str) -> usize,
    /// The corrections of a statement.
    pub corrections: &'a dyn Fn(&StatementHash) -> usize,
}

impl Settled {
    /// The report as of now; nothing where something was said that may change it, or where `tree` is not known to hold what was proved.
    pub fn report(&self, tree: &Believed, as_of: Timestamp, said: &Said<'_>) -> Option<Report> {
        if !(tree.continues(self.tree_size) && self.holds(said)) {
            return None;
        }
        let own = |name, (outcome, reason): Answer| Check { name, subject: self.number.clone(), outcome, reason };
        let count = self.statements.len() + self.ground.statements.len();
        let mut checks = vec![own("bundle", laid_open(count))];
        checks.extend(self.rendering.all().chain(tree.checks()).map(|check| about(check, &self.number)));
        checks.push(own("inclusion", included(count, tree.checkpoint())));
        checks.push(own("receipt", received(self.index)));
        checks.push(about(&self.ground.connected, &self.number));
        let mut report = Report {
            number: Some(self.number.clone()),
            valid_through: self.valid_through,
            as_of: Some(as_of),
            synthetic: self.synthetic,
            checks,
            findings: Vec::new(),
        };
        let above = self.ground.links.iter().map(|(number, answers)| (number, answers));
        for (number, answers) in std::iter::once((&self.number, &self.answers)).chain(above) {
            let (outcome, reason) = stood(as_of);
            let standing = Check { name: "standing", subject: number.clone(), outcome, reason };
            push_link(&mut report, number, answers, standing);
        }
        Some(report)
    }

    fn holds(&self, said: &Said<'_>) -> bool {
        let mut statements = self.statements.iter().chain(&self.ground.statements);
        self.ground.introduced.iter().all(|(party, count)| (said.introductions)(party) == *count)
            && statements.all(|hash| (said.corrections)(&hex::encode(hash)) == 0)
    }
}

/// The ground of a dossier and the statements of the certificate itself; nothing where something is missing that may come to light, or is corrected.
pub(crate) fn ground(dossier: &Dossier, found: &Found) -> Option<(Box<[Of]>, Ground)> {
    let (issue, _) = dossier.certificate(&dossier.certificate)?;
    let is_act = |body: &Body| matches!(body, Body::Meas(_) | Body::Assess(_));
    let acts = dossier.cited(issue).filter(|cited| is_act(&cited.statement.body)).map(|cited| cited.hash_bytes());
    let own: BTreeSet<Of> = std::iter::once(issue.hash_bytes()).chain(acts).collect();
    let mut statements = Vec::new();
    let mut introduced = BTreeMap::new();
    for Included { signed, .. } in dossier.statements.values() {
        introduced.entry(signed.statement.issuer.clone()).or_insert(0);
    }
    for Included { signed, .. } in dossier.statements.values() {
        let is_whole = signed.statement.cites.iter().all(|cited| dossier.signed(cited).is_some());
        match &signed.statement.body {
            _ if !is_whole => return None,
            Body::Correct(_) => return None,
            Body::Party(_) | Body::Key(_) | Body::Auth(_) => {
                for party in &signed.statement.about {
                    if let Some(count) = introduced.get_mut(party) {
                        *count += 1;
                    }
                }
            }
            _ => {}
        }
        if !own.contains(&signed.hash_bytes()) {
            statements.push(signed.hash_bytes());
        }
    }
    let links = found.links.get(1..).unwrap_or_default().to_vec();
    let ground = Ground { connected: about(&found.connected, ""), links, statements, introduced };
    Some((own.into_iter().collect(), ground))
}
