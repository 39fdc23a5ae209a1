//! The files that a model takes inputs from: beside the model, and not false.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use heng_checker::budget_file::pinned;
use heng_checker::budgets::{budgets_with_findings, bundle};
use heng_checker::{Answer, BudgetFile, Given, Policy};
use heng_quantity::Finding;
use heng_uncertainty::{Budgets, Origin};
use heng_wording::Words;

use crate::failure::{Failure, read};
use crate::{print, trust};

/// The bytes of a file, and what they say.
type Read = (Vec<u8>, Arc<Budgets>);

/// Reads each file once.
pub struct InputFiles<'a> {
    folder: PathBuf,
    policy: Option<Policy>,
    words: &'a Words,
    files: RefCell<BTreeMap<String, Read>>,
}

impl<'a> InputFiles<'a> {
    /// Those that the model at this path may name: names are relative to its folder.
    pub fn beside(model: &Path, words: &'a Words) -> Result<Self, Failure> {
        let folder = model.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(Self { folder, policy: trust::noted()?, words, files: RefCell::default() })
    }

    /// What a file says of its results. A certificate or a result that is false is refused; of one that cannot be checked a note says so.
    pub fn budgets(&self, origin: &Origin) -> Result<Arc<Budgets>, Finding> {
        if let Some((bytes, known)) = self.files.borrow().get(&origin.file) {
            pinned(origin, bytes)?;
            return Ok(Arc::clone(known));
        }
        let path = self.folder.join(&origin.file);
        let bytes = read(&path)
            .map_err(|failure| Finding::error("from-unreadable").with("reason", failure.said(self.words)))?;
        pinned(origin, &bytes)?;
        let (found, findings) = budgets_with_findings(&bytes)?;
        for finding in &findings {
            print::note(print::finding_line(&origin.file, finding, self.words));
        }
        let found = Arc::new(found);
        self.check(&origin.file, &bytes)?;
        self.files.borrow_mut().insert(origin.file.clone(), (bytes, Arc::clone(&found)));
        Ok(found)
    }

    fn check(&self, name: &str, bytes: &[u8]) -> Result<(), Finding> {
        // Archives of other programs have nothing that could be checked.
        if !BudgetFile::is_one(bytes) && bundle(bytes).is_err() {
            return Ok(());
        }
        let unreadable =
            |error: heng_checker::Unreadable| Finding::error("from-unreadable").with("reason", error.reason);
        let reports = heng_checker::check(&[Given { name, bytes }], self.policy.as_ref()).map_err(unreadable)?;
        if reports.iter().any(|report| report.answer() == Answer::Doubtful) {
            return Err(Finding::error("from-doubtful"));
        }
        // That nobody signs a result of a model is no news; what else cannot be checked is.
        let is_open = |check: &heng_checker::Check| {
            check.outcome == heng_checker::Outcome::NotPossible && check.reason.code != "budget-unsigned"
        };
        if reports.iter().flat_map(|report| &report.checks).any(is_open) {
            print::note(self.words.say("uncertainty-from-unchecked", &[("file", name)]));
        }
        Ok(())
    }

    /// The bytes of the files that were read, by the names that the model gives them.
    pub fn into_bytes(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().into_iter().map(|(name, (bytes, _))| (name, bytes)).collect()
    }
}
