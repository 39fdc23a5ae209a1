//! The document `heng-budget/1`: results of a model with their budgets by identity, and all that they were computed from.
//!
//! It is canonical JSON (RFC 8785), as a bundle is. Nobody signs it: it can be computed again from its own bytes, and the certificates in it can be
//! checked.

use std::collections::BTreeMap;
use std::sync::Arc;

use heng_quantity::Finding;
use heng_uncertainty::{Budgets, ModelFile, Origin, evaluate_linear};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::budgets::budgets;
use crate::bundle::{LARGEST, decoded, encoded};

/// The one version there is.
pub const FORMAT: &str = "heng-budget/1";

/// Results with their budgets by identity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetFile {
    /// `heng-budget/1`.
    pub format: String,
    /// The model file, its whole text. What it evaluates itself is `model:SHA-256#input`, unless it says which thing it is.
    pub model: String,
    /// The results, by the law of propagation.
    pub budgets: Budgets,
    /// The files that the model takes inputs from, by the names that it gives them.
    pub inputs: Vec<InputFile>,
    /// Their bytes, base64, each once.
    pub files: Vec<String>,
}

/// A file that a model takes inputs from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputFile {
    /// As the model calls it.
    pub file: String,
    /// SHA-256 of its bytes, hex.
    pub sha256: String,
}

impl BudgetFile {
    /// Whether the bytes look like one at all.
    pub fn is_one(bytes: &[u8]) -> bool {
        let wanted = format!("\"format\":\"{FORMAT}\"");
        // The canonical order has the budgets and the bytes of files before the format.
        bytes.starts_with(b"{\"budgets\":") && bytes.windows(wanted.len()).any(|window| window == wanted.as_bytes())
    }

    /// Reads one strictly.
    pub fn parse(bytes: &[u8]) -> Result<Self, Finding> {
        let unreadable = |reason: &dyn std::fmt::Display| Finding::error("budget-unreadable").with("reason", reason);
        if bytes.len() > LARGEST {
            return Err(Finding::error("budget-too-large").with("limit", LARGEST >> 20));
        }
        let file: Self = serde_json::from_slice(bytes).map_err(|error| unreadable(&error))?;
        if file.format != FORMAT {
            return Err(Finding::error("budget-format").with("format", &file.format));
        }
        if file.to_bytes()? != bytes {
            return Err(Finding::error("budget-not-canonical"));
        }
        file.budgets.check()?;
        Ok(file)
    }

    /// The canonical bytes.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Finding> {
        let unreadable = |reason: &dyn std::fmt::Display| Finding::error("budget-unreadable").with("reason", reason);
        heng_statement::canonical::canonical_bytes_within(self, LARGEST).map_err(|error| unreadable(&error))
    }

    /// The results of a model file, evaluated by the law of propagation; `files` has the bytes of those that it takes inputs from, by name.
    pub fn made(model: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<Self, Finding> {
        let found = |origin: &Origin| {
            let bytes = files.get(&origin.file).ok_or_else(|| Finding::error("budget-input-missing"))?;
            pinned(origin, bytes)?;
            budgets(bytes).map(Arc::new)
        };
        let file = ModelFile::parse_with(model, usize::MAX, &found)?;
        let evaluation = evaluate_linear(&file.model, &file.inputs, &file.correlations)
            .map_err(|error| error.finding(file.model_start()))?;
        let budgets = file.budgets(&evaluation.outputs, &format!("model:{}", sha256(model.as_bytes())));
        let used = files.iter().filter(|(name, _)| file.taken.iter().any(|taken| taken.origin.file == **name));
        let inputs: Vec<InputFile> =
            used.clone().map(|(name, bytes)| InputFile { file: name.clone(), sha256: sha256(bytes) }).collect();
        let by_hash: BTreeMap<String, &Vec<u8>> = used.map(|(_, bytes)| (sha256(bytes), bytes)).collect();
        let files = by_hash.values().map(|bytes| encoded(bytes)).collect();
        Ok(Self { format: FORMAT.to_owned(), model: model.to_owned(), budgets, inputs, files })
    }

    /// The bytes of the files that the model takes inputs from, by name.
    ///
    /// Errors: one that is not there or of another hash, one that no input is of.
    pub fn opened(&self) -> Result<BTreeMap<String, Vec<u8>>, Finding> {
        let mut by_hash = BTreeMap::new();
        for text in &self.files {
            let bytes = decoded(text).ok_or_else(|| Finding::error("budget-input-missing"))?;
            by_hash.insert(sha256(&bytes), bytes);
        }
        let named = |input: &InputFile| {
            let bytes = by_hash.get(&input.sha256).ok_or_else(|| Finding::error("budget-input-missing"))?;
            Ok((input.file.clone(), bytes.clone()))
        };
        self.inputs.iter().map(named).collect()
    }

    /// The same, computed again from the model and the files in it.
    pub fn computed_again(&self) -> Result<Self, Finding> {
        Self::made(&self.model, &self.opened()?)
    }
}

/// Whether a file is the one that the model file says by its hash.
pub fn pinned(origin: &Origin, bytes: &[u8]) -> Result<(), Finding> {
    match &origin.sha256 {
        Some(wanted) if !wanted.eq_ignore_ascii_case(&sha256(bytes)) => {
            Err(Finding::error("from-sha256").with("sha256", sha256(bytes)))
        }
        _ => Ok(()),
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
