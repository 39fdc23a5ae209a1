//! The one state of the service: a store at work, whom it trusts, and the words.
//!
//! Every page asks the store; nothing of it is kept here, so that a withdrawal is seen by the next request.

use std::sync::Arc;

use heng_checker::Policy;
use heng_office::{ANCHOR, Office, clock};
use heng_statement::{Body, SignedStatement, StatementHash};
use heng_store::{Entry, Question, Store};
use heng_wording::{Language, Words};
use jiff::civil::Date;

use crate::problem::Problem;

/// The store cannot be shown.
#[derive(Debug, thiserror::Error)]
#[error("the store cannot be opened for the portal: {0}")]
pub struct OpenError(String);

/// What every request needs.
pub struct Portal {
    office: Arc<Office>,
    policy: Policy,
    zh: Words,
    en: Words,
    synthetic: bool,
}

impl Portal {
    /// A portal on a store.
    pub fn open(office: Arc<Office>) -> Result<Self, OpenError> {
        let policy = office.policy(ANCHOR).map_err(|failure| OpenError(failure.code().to_owned()))?;
        let mut portal =
            Self { office, policy, zh: Words::new(Language::Zh), en: Words::new(Language::En), synthetic: false };
        portal.synthetic =
            portal.is_synthetic().map_err(|problem| OpenError(problem.cause.unwrap_or_else(|| problem.code.into())))?;
        Ok(portal)
    }

    /// Whether the authority that everyone here trusts is made up.
    fn is_synthetic(&self) -> Result<bool, Problem> {
        let mut said = self.entries(Question::Party(ANCHOR))?.into_iter().filter(|entry| entry.kind == "party");
        said.try_fold(false, |synthetic, entry| match self.entry(&entry)?.statement.body {
            Body::Party(party) => Ok(synthetic || (party.id == ANCHOR && party.synthetic)),
            _ => Ok(synthetic),
        })
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
    pub(crate) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The words of a language.
    pub(crate) fn words(&self, language: Language) -> &Words {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }

    /// Whether every page says 示例数据.
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
    pub(crate) fn entry(&self, entry: &Entry) -> Result<SignedStatement, Problem> {
        self.store().statement_at(entry.index)?.ok_or_else(|| Problem::failure(format!("no statement {}", entry.index)))
    }

    /// The statement with this hash.
    pub(crate) fn statement(&self, hash: &StatementHash) -> Result<Option<SignedStatement>, Problem> {
        Ok(self.store().statement(hash)?)
    }
}
