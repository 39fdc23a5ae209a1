//! What the checker says of certificates of this log: from what passed before where that still holds, and otherwise anew.

use heng_checker::{Report, Said, check_dossier};
use heng_office::{Known, clock};
use heng_statement::StatementHash;

use crate::portal::Portal;
use crate::problem::Problem;

impl Portal {
    /// What the checker says of a certificate of the log, as it would of the bundle that is made now.
    pub(crate) fn report(&self, certificate: &StatementHash) -> Result<Report, Problem> {
        // Whatever is said from now on is not in the answer, and the answer does not claim to know it.
        let as_of = clock::now();
        let store = self.store();
        let checkpoint = store.checkpoint()?;
        let size = checkpoint.checkpoint().size;
        let tree = self.checks().follow(&checkpoint, |old_size| store.consistency(old_size, size).ok());
        let inventory = self.inventory()?;
        if let (Some(tree), Some(settled)) = (tree, self.checks().settled(certificate)) {
            let said = Said {
                introductions: &|party| inventory.introductions(party).len(),
                corrections: &|statement| inventory.corrections(statement).len(),
            };
            if let Some(report) = settled.report(&tree, as_of, &said) {
                return Ok(report);
            }
        }
        let known = Known {
            introductions: &|party| inventory.introductions(party).to_vec(),
            corrections: &|statement| inventory.corrections(statement).to_vec(),
        };
        let dossier = self.office().dossier(certificate, &known)?;
        drop(inventory);
        Ok(check_dossier(&dossier, self.checks()))
    }
}
