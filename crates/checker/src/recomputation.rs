//! Results of models, computed again from the files that they carry.

use heng_quantity::Finding;

use crate::budget_file::BudgetFile;
use crate::budgets::bundle;
use crate::given::Given;
use crate::policy::Policy;
use crate::report::{Check, Outcome, Reason, Report};

/// A result that rests on results is opened so far.
const DEEPEST: usize = 8;

/// The report of the file itself, then those of the certificates and results in it.
pub(crate) fn reports(name: &str, file: &BudgetFile, policy: Option<&Policy>) -> Vec<Report> {
    within(name, file, policy, DEEPEST)
}

fn within(name: &str, file: &BudgetFile, policy: Option<&Policy>, deepest: usize) -> Vec<Report> {
    let mut report = Report::empty();
    report.number = Some(name.to_owned());
    let check = |name, (outcome, reason): (Outcome, Reason)| Check {
        name,
        subject: report.number.clone().unwrap_or_default(),
        outcome,
        reason,
    };
    let opened = file.opened();
    let bundle_check = match &opened {
        Ok(files) => (Outcome::Passed, Reason::new("budget-opened").with("count", files.len())),
        Err(finding) => (Outcome::Failed, Reason::new("budget-files-differ").with("code", &finding.code)),
    };
    let checks = vec![
        check("bundle", bundle_check),
        check("uncertainty", recomputed(file)),
        // Whoever computed it need not be who measured: only certificates are signed.
        check("signature", (Outcome::NotPossible, Reason::new("budget-unsigned"))),
    ];
    report.checks = checks;
    let mut reports = vec![report];
    for (inner, bytes) in opened.iter().flatten() {
        if BudgetFile::is_one(bytes) {
            match (BudgetFile::parse(bytes), deepest.checked_sub(1)) {
                (Ok(file), Some(deepest)) => reports.extend(within(inner, &file, policy, deepest)),
                _ => reports.push(unreadable(inner)),
            }
        } else if bundle(bytes).is_ok() {
            match crate::check(&[Given { name: inner, bytes }], policy) {
                Ok(of_certificate) => reports.extend(of_certificate),
                Err(_) => reports.push(unreadable(inner)),
            }
        }
    }
    reports
}

fn recomputed(file: &BudgetFile) -> (Outcome, Reason) {
    match file.computed_again() {
        Ok(again) if again == *file => {
            (Outcome::Passed, Reason::new("budget-passed").with("count", file.budgets.results.len()))
        }
        Ok(again) => {
            let differing = file.budgets.results.iter().find(|one| !again.budgets.results.contains(one));
            let place = differing.map_or("", |budget| budget.result.as_str());
            (Outcome::Failed, Reason::new("budget-differs").with("result", place))
        }
        Err(Finding { code, .. }) => (Outcome::Failed, Reason::new("budget-not-evaluable").with("code", code)),
    }
}

fn unreadable(name: &str) -> Report {
    let mut report = Report::empty();
    report.number = Some(name.to_owned());
    let reason = Reason::new("budget-files-differ").with("code", "from-unreadable");
    report.checks.push(Check { name: "bundle", subject: name.to_owned(), outcome: Outcome::Failed, reason });
    report
}
