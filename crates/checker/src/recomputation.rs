//! Results of models, computed again from the files that they carry.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::Finding;
use heng_uncertainty::Budget;

use crate::bounds::Bounds;
use crate::budget_file::{BudgetFile, Opened};
use crate::budgets::bundle;
use crate::check::check_within;
use crate::given::Given;
use crate::policy::Policy;
use crate::report::{Check, Outcome, Reason, Report};

/// A result that rests on results is opened so far.
const DEEPEST: usize = 8;

/// The report of the file itself, then those of the certificates and results in it, each file once however often it is named.
pub(crate) fn reports(name: &str, file: &BudgetFile, policy: Option<&Policy>, bounds: &mut Bounds) -> Vec<Report> {
    let mut opening = Opening { policy, bounds, seen: BTreeSet::new(), reports: Vec::new() };
    opening.result(name, file, DEEPEST);
    opening.reports
}

/// Files within files on their way to their reports.
struct Opening<'a> {
    policy: Option<&'a Policy>,
    /// What is left of them.
    bounds: &'a mut Bounds,
    /// The hashes of the files that were opened.
    seen: BTreeSet<String>,
    reports: Vec<Report>,
}

impl Opening<'_> {
    fn result(&mut self, name: &str, file: &BudgetFile, deepest: usize) {
        let check = |check, (outcome, reason): (Outcome, Reason)| Check {
            name: check,
            subject: name.to_owned(),
            outcome,
            reason,
        };
        let opened = file.opened();
        let bundle_check = match &opened {
            Ok(files) => (Outcome::Passed, Reason::new("budget-opened").with("count", files.count())),
            Err(finding) => (Outcome::Failed, Reason::new("budget-files-differ").with("code", &finding.code)),
        };
        let mut report = Report::empty();
        report.number = Some(name.to_owned());
        report.checks = vec![
            check("bundle", bundle_check),
            check("uncertainty", recomputed(file, &opened, self.bounds)),
            // Whoever computed it need not be who measured: only certificates are signed.
            check("signature", (Outcome::NotPossible, Reason::new("budget-unsigned"))),
        ];
        self.reports.push(report);
        for (inner, hash, bytes) in opened.iter().flat_map(Opened::files) {
            if !self.seen.insert(hash.to_owned()) {
                continue;
            }
            let Some(left) = self.bounds.files.checked_sub(1) else {
                self.reports.push(unopened(inner));
                return;
            };
            self.bounds.files = left;
            self.inside(inner, bytes, deepest);
        }
    }

    fn inside(&mut self, name: &str, bytes: &[u8], deepest: usize) {
        if BudgetFile::is_one(bytes) {
            match (BudgetFile::parse(bytes), deepest.checked_sub(1)) {
                (Ok(file), Some(deepest)) => self.result(name, &file, deepest),
                _ => self.reports.push(unreadable(name)),
            }
        } else if bundle(bytes).is_ok() {
            match check_within(&[Given { name, bytes }], self.policy, self.bounds) {
                Ok(of_certificate) => self.reports.extend(of_certificate),
                Err(_) => self.reports.push(unreadable(name)),
            }
        }
    }
}

fn recomputed(file: &BudgetFile, opened: &Result<Opened, Finding>, bounds: &mut Bounds) -> (Outcome, Reason) {
    let again = opened.as_ref().map_err(Finding::clone).and_then(|opened| file.computed_within(opened, bounds));
    match again {
        Ok(again) if again == *file => {
            (Outcome::Passed, Reason::new("budget-passed").with("count", file.budgets.results.len()))
        }
        Ok(again) => {
            let computed: BTreeMap<&str, &Budget> =
                again.budgets.results.iter().map(|budget| (budget.result.as_str(), budget)).collect();
            let is_other = |stated: &&Budget| computed.get(stated.result.as_str()) != Some(stated);
            let place = file.budgets.results.iter().find(is_other).map_or("", |budget| budget.result.as_str());
            (Outcome::Failed, Reason::new("budget-differs").with("result", place))
        }
        Err(finding) if Bounds::is_named_by(&finding) => {
            (Outcome::NotPossible, Reason::new("budget-beyond-bounds").with("code", finding.code))
        }
        Err(Finding { code, .. }) => (Outcome::Failed, Reason::new("budget-not-evaluable").with("code", code)),
    }
}

fn unreadable(name: &str) -> Report {
    of_bundle(name, Outcome::Failed, Reason::new("budget-files-differ").with("code", "from-unreadable"))
}

/// The first of the files that were not opened, for all of them.
fn unopened(name: &str) -> Report {
    of_bundle(name, Outcome::NotPossible, Reason::new("budget-more-files"))
}

fn of_bundle(name: &str, outcome: Outcome, reason: Reason) -> Report {
    let mut report = Report::empty();
    report.number = Some(name.to_owned());
    report.checks.push(Check { name: "bundle", subject: name.to_owned(), outcome, reason });
    report
}
