//! Sign-ins that went to the provider and have not come back.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// How long somebody may take at the provider.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// So many may be under way at once; the oldest makes room.
const MOST: usize = 10_000;

/// What must be known again when the browser comes back.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    /// Comes back in the address.
    pub(crate) state: String,
    /// Comes back in the token.
    pub(crate) nonce: String,
    /// What the challenge was made of.
    pub(crate) verifier: String,
    /// Where the reader wanted to go.
    pub(crate) to: String,
    /// When it went.
    pub(crate) at: Timestamp,
}

/// The sign-ins under way, by the hash of the cookie that only the browser that began one has.
#[derive(Debug, Default)]
pub(crate) struct Pending(Mutex<BTreeMap<[u8; 32], Begun>>);

impl Pending {
    /// Remembers one.
    pub(crate) fn begin(&self, cookie: &str, begun: Begun) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.retain(|_, other| begun.at.duration_since(other.at) <= LONGEST);
        }
        if all.len() >= MOST
            && let Some(oldest) = all.iter().min_by_key(|(_, other)| other.at).map(|(key, _)| *key)
        {
            all.remove(&oldest);
        }
        all.insert(key(cookie), begun);
    }

    /// Takes it out, whatever comes of it: an answer counts once. Nothing unless the same browser brings the same state in time.
    pub(crate) fn end(&self, cookie: &str, state: &str, now: Timestamp) -> Option<Begun> {
        let begun = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(cookie))?;
        (begun.state == state && now.duration_since(begun.at) <= LONGEST).then_some(begun)
    }
}

fn key(cookie: &str) -> [u8; 32] {
    Sha256::digest(cookie.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn an_answer_counts_once_in_time_and_in_the_browser_that_asked() {
        let at: Timestamp = "2026-05-20T08:00:00+08:00".parse().unwrap();
        let begun = Begun { state: "s".into(), nonce: "n".into(), verifier: "v".into(), to: "/day".into(), at };
        let pending = Pending::default();
        let begin = || pending.begin("cookie", begun.clone());
        begin();
        assert!(pending.end("another", "s", at).is_none());
        assert!(pending.end("cookie", "s", at).is_some());
        assert!(pending.end("cookie", "s", at).is_none(), "a second time");
        begin();
        assert!(pending.end("cookie", "another", at).is_none());
        assert!(pending.end("cookie", "s", at).is_none(), "after a wrong try");
        begin();
        assert!(pending.end("cookie", "s", at + SignedDuration::from_mins(11)).is_none(), "too late");
    }
}
