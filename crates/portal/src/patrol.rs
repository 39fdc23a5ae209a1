//! Checking every certificate of the log while nobody asks: whoever asks then finds at hand what passed, and whoever runs the service hears of
//! what did not.

use std::sync::{Arc, Weak};
use std::time::Duration;

use heng_checker::{Outcome, Report};
use heng_office::{clock, snapshot};
use heng_statement::StatementHash;

use crate::portal::Portal;

/// So long it waits before it looks whether there are new certificates.
const BETWEEN: Duration = Duration::from_secs(10);

/// So many certificates are named at once.
const AT_ONCE: usize = 1024;

/// So much more is settled before it is kept for the next start again.
const WORTH_KEEPING: usize = 1024;

/// Walks until the service is gone. It rests as long as it worked, so that it takes half of one core at most.
pub(crate) fn walk(portal: &Weak<Portal>) {
    let mut walked = 0;
    let mut kept = portal.upgrade().map_or(0, |portal| portal.checks().count_settled());
    loop {
        let Some(some) = portal.upgrade().map(|portal| next(&portal, walked)) else { return };
        if some.is_empty() {
            if let Some(portal) = portal.upgrade() {
                keep(&portal, &mut kept);
            }
            std::thread::sleep(BETWEEN);
        }
        walked += some.len();
        for certificate in some {
            let Some(portal) = portal.upgrade() else { return };
            let begun = clock::now();
            look(&portal, &certificate);
            drop(portal);
            std::thread::sleep(clock::now().duration_since(begun).unsigned_abs());
        }
    }
}

/// The certificates that come next.
fn next(portal: &Arc<Portal>, walked: usize) -> Vec<StatementHash> {
    portal.inventory().map_or_else(
        |_| Vec::new(),
        |inventory| inventory.certificates().iter().skip(walked).take(AT_ONCE).map(|one| one.hash.clone()).collect(),
    )
}

/// Keeps what is settled, if that is much more than what was kept before.
fn keep(portal: &Portal, kept: &mut usize) {
    let count = portal.checks().count_settled();
    if count < *kept + WORTH_KEEPING {
        return;
    }
    *kept = count;
    if let Err(failure) = snapshot::keep_settled(portal.store(), portal.checks()) {
        // The next start is slow then, and nothing else.
        tracing::warn!(?failure, "what is settled cannot be kept");
    }
}

fn look(portal: &Portal, certificate: &StatementHash) {
    match portal.report(certificate) {
        Ok(report) => {
            portal.metrics().count_walked();
            if let Some(check) = unsound(&report) {
                portal.metrics().count_unsound();
                let number = report.number.as_deref().unwrap_or(certificate);
                tracing::error!(number, check, "a certificate of this log does not pass");
            }
        }
        Err(problem) => {
            let cause = problem.cause.as_deref().unwrap_or(problem.code);
            tracing::error!(certificate = certificate.as_str(), cause, "a certificate of this log cannot be checked");
        }
    }
}

/// The first check that did not pass although nothing was said against the certificate: that it was withdrawn is no fault of the log.
fn unsound(report: &Report) -> Option<&'static str> {
    let failed = report.checks.iter().find(|check| check.outcome != Outcome::Passed && check.name != "standing");
    failed.map(|check| check.name)
}
