//! A statement of the log with its proof of inclusion.

use axum::http::StatusCode;
use heng_rule::Words;
use heng_statement::StatementHash;
use heng_store::subject::Subject;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::portal::Portal;
use crate::problem::Problem;
use crate::visit::Visit;

/// A statement and the proof that it is in the log.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StatementFacts {
    /// SHA-256 of its bytes.
    pub(crate) statement: StatementHash,
    /// What it says: `cert`, `meas` …
    pub(crate) kind: &'static str,
    /// Who said it.
    pub(crate) issuer: String,
    /// Their name, where the log introduces them and it is for the visitor.
    pub(crate) issuer_name: Option<Words>,
    /// The organisation of a person whose name is not public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) issuer_of: Option<Words>,
    /// When it was signed.
    pub(crate) made_at: Timestamp,
    /// The things it is about.
    pub(crate) about: Vec<String>,
    /// What it rests on.
    pub(crate) cites: Vec<StatementHash>,
    /// Its place in the log.
    pub(crate) index: u64,
    /// The proof under the checkpoint.
    pub(crate) inclusion: Inclusion,
    /// What was signed, as far as the visitor may see it.
    pub(crate) content: Value,
    /// The fields that are not public and were left out, as JSON pointers.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) not_public: Vec<String>,
}

/// The proof that a statement is in the tree of a checkpoint (RFC 9162, 2.1.3).
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Inclusion {
    /// The log.
    pub(crate) origin: String,
    /// How many statements the checkpoint covers.
    pub(crate) tree_size: u64,
    /// The root of the tree, in hex.
    pub(crate) root: String,
    /// The hashes from the leaf's sister to below the root, in hex.
    pub(crate) path: Vec<String>,
}

/// The statement with this hash.
pub(crate) fn statement_facts(portal: &Portal, visit: &Visit, hash: &str) -> Result<StatementFacts, Problem> {
    let unknown = || Problem::new(StatusCode::NOT_FOUND, "no-statement");
    let store = portal.store();
    let index = store.index_of(hash)?.ok_or_else(unknown)?;
    let signed = store.statement_at(index)?.ok_or_else(unknown)?;
    let checkpoint = store.checkpoint()?;
    let checkpoint = checkpoint.checkpoint();
    let proof = store.inclusion(index, checkpoint.size)?;
    let statement = &signed.statement;
    let issuer = portal.known_as(visit, &statement.issuer)?;
    let seen = portal.seen_statement(visit, statement)?;
    Ok(StatementFacts {
        statement: signed.hash(),
        kind: Subject::of(statement).kind,
        issuer: statement.issuer.clone(),
        issuer_name: issuer.name,
        issuer_of: issuer.of,
        made_at: statement.made_at,
        about: statement.about.clone(),
        cites: statement.cites.clone(),
        index,
        inclusion: Inclusion {
            origin: checkpoint.origin.clone(),
            tree_size: checkpoint.size,
            root: hex::encode(checkpoint.root),
            path: proof.path.iter().map(hex::encode).collect(),
        },
        content: seen.content,
        not_public: seen.not_public,
    })
}
