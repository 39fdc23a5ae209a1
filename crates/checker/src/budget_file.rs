//! The document `heng-budget/1`: results of a model with their budgets by identity, and all that they were computed from.
//!
//! It is canonical JSON (RFC 8785), as a bundle is. Nobody signs it: it can be computed again from its own bytes, and the certificates in it can be
//! checked.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use heng_quantity::Finding;
use heng_uncertainty::{Budgets, ModelFile, Origin, evaluate_linear};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::bounds::Bounds;
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
        let mut bounds = Bounds::NONE;
        Self::evaluated(model, &Opened::named(files), &mut bounds)
    }

    /// The same within bounds, from which what the model takes is taken.
    fn evaluated(model: &str, opened: &Opened, bounds: &mut Bounds) -> Result<Self, Finding> {
        bounds.hold_text(model)?;
        let read: RefCell<BTreeMap<&str, Arc<Budgets>>> = RefCell::default();
        let found = |origin: &Origin| {
            let missing = || Finding::error("budget-input-missing");
            let (hash, bytes) = opened.file(&origin.file).ok_or_else(missing)?;
            pinned_to(origin, hash)?;
            if let Some(known) = read.borrow().get(hash) {
                return Ok(Arc::clone(known));
            }
            let found = budgets(bytes).map(Arc::new)?;
            read.borrow_mut().insert(hash, Arc::clone(&found));
            Ok(found)
        };
        let file = ModelFile::parse_with(model, bounds.inputs, &found)?;
        bounds.take(&file)?;
        let evaluation = evaluate_linear(&file.model, &file.inputs, &file.correlations)
            .map_err(|error| error.finding(file.model_start()))?;
        let budgets = file.budgets(&evaluation.outputs, &format!("model:{}", sha256(model.as_bytes())));
        let used: BTreeSet<&str> = file.taken.iter().map(|taken| taken.origin.file.as_str()).collect();
        let used = || opened.files().filter(|(name, ..)| used.contains(name));
        let inputs = used().map(|(name, sha256, _)| InputFile { file: name.to_owned(), sha256: sha256.to_owned() });
        let by_hash: BTreeMap<&str, &[u8]> = used().map(|(_, sha256, bytes)| (sha256, bytes)).collect();
        let (inputs, files) = (inputs.collect(), by_hash.into_values().map(encoded).collect());
        Ok(Self { format: FORMAT.to_owned(), model: model.to_owned(), budgets, inputs, files })
    }

    /// The files that the model takes inputs from.
    ///
    /// Errors: one that is not there or of another hash, one that no input is of.
    pub fn opened(&self) -> Result<Opened, Finding> {
        let missing = || Finding::error("budget-input-missing");
        let mut opened = Opened::default();
        for text in &self.files {
            let bytes = decoded(text).ok_or_else(missing)?;
            opened.by_hash.insert(sha256(&bytes), bytes.into());
        }
        for InputFile { file, sha256 } in &self.inputs {
            if !opened.by_hash.contains_key(sha256) {
                return Err(missing());
            }
            opened.by_name.insert(file.clone(), sha256.clone());
        }
        Ok(opened)
    }

    /// The same, computed again from the model and the files in it.
    pub fn computed_again(&self) -> Result<Self, Finding> {
        let mut bounds = Bounds::NONE;
        self.computed_within(&self.opened()?, &mut bounds)
    }

    /// The same from what was opened, within bounds.
    pub(crate) fn computed_within(&self, opened: &Opened, bounds: &mut Bounds) -> Result<Self, Finding> {
        Self::evaluated(&self.model, opened, bounds)
    }
}

/// Files that a model takes inputs from: the bytes of each once, by however many names it is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The hashes by the names.
    by_name: BTreeMap<String, String>,
    by_hash: BTreeMap<String, Arc<[u8]>>,
}

impl Opened {
    fn named(files: &BTreeMap<String, Vec<u8>>) -> Self {
        let mut opened = Self::default();
        for (name, bytes) in files {
            let hash = sha256(bytes);
            opened.by_hash.entry(hash.clone()).or_insert_with(|| bytes.as_slice().into());
            opened.by_name.insert(name.clone(), hash);
        }
        opened
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.by_name.len()
    }

    /// Hash and bytes of a file.
    pub fn file(&self, name: &str) -> Option<(&str, &[u8])> {
        let (hash, bytes) = self.by_hash.get_key_value(self.by_name.get(name)?)?;
        Some((hash, bytes))
    }

    /// Name, hash and bytes of every file.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str, &[u8])> {
        self.by_name.keys().filter_map(|name| self.file(name).map(|(hash, bytes)| (name.as_str(), hash, bytes)))
    }
}

/// Whether a file is the one that the model file says by its hash.
pub fn pinned(origin: &Origin, bytes: &[u8]) -> Result<(), Finding> {
    if origin.sha256.is_some() { pinned_to(origin, &sha256(bytes)) } else { Ok(()) }
}

fn pinned_to(origin: &Origin, hash: &str) -> Result<(), Finding> {
    match &origin.sha256 {
        Some(wanted) if !wanted.eq_ignore_ascii_case(hash) => Err(Finding::error("from-sha256").with("sha256", hash)),
        _ => Ok(()),
    }
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
