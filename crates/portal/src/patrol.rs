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

/// While it walks, what is settled is kept whenever it has grown by this share: a service that is stopped on a long walk loses little of it, and
/// what is written over the whole walk stays in proportion to what there is.
const SHARE: usize = 4;

/// So many certificates it looks at between two looks at whether anybody asks.
const STRIDE: u64 = 64;

/// How far it stands back (`nice`): where there is work for all cores, each thread that answers somebody gets some nine times its time.
const STANDS_BACK: i32 = 10;

/// Walks until the service is gone. While anybody asks it rests as long as it worked, so that it takes half of one core at most.
pub(crate) fn walk(portal: &Weak<Portal>) {
    stand_back();
    let mut walked = 0;
    let (mut answers, mut is_asked) = (0, true);
    let mut kept = portal.upgrade().map_or(0, |portal| portal.checks().count_settled());
    loop {
        let Some(some) = portal.upgrade().map(|portal| next(&portal, walked)) else { return };
        if let Some(portal) = portal.upgrade() {
            let growth = if some.is_empty() { 0 } else { kept / SHARE };
            keep(&portal, &mut kept, WORTH_KEEPING.max(growth));
        }
        if some.is_empty() {
            std::thread::sleep(BETWEEN);
        }
        walked += some.len();
        for (place, certificate) in (0..).zip(some) {
            let Some(portal) = portal.upgrade() else { return };
            if u64::is_multiple_of(place, STRIDE) {
                is_asked = portal.metrics().answers() != answers;
                answers = portal.metrics().answers();
            }
            let begun = clock::now();
            look(&portal, &certificate);
            drop(portal);
            if is_asked {
                std::thread::sleep(clock::now().duration_since(begun).unsigned_abs());
            }
        }
    }
}

/// Lets every other thread of the machine go first, where a thread has a priority of its own.
fn stand_back() {
    if cfg!(target_os = "linux")
        && let Err(error) = rustix::process::setpriority_process(None, STANDS_BACK)
    {
        tracing::warn!(%error, "the walk over the certificates does not stand back");
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
fn keep(portal: &Portal, kept: &mut usize, worth: usize) {
    let count = portal.checks().count_settled();
    if count < *kept + worth {
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
