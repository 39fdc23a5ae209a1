//! Sessions: who showed their password lately. Kept in memory only: when the service starts anew, everyone signs in again.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use heng_office::Failure;
use heng_office::accounts::Account;
use heng_office::keys::entropy;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

/// The cookie that holds a session's token.
pub(crate) const COOKIE: &str = "heng-session";

/// A session ends so long after its last request.
const IDLE: SignedDuration = SignedDuration::from_mins(30);

/// And so long after it began, whatever happens: a working day.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);

/// So many sessions may be open at once; the one that was idle longest makes room.
const MOST: usize = 10_000;

#[derive(Clone, Debug)]
struct Session {
    account: String,
    /// What the account was proven by when it began.
    proof: [u8; 32],
    begun: Timestamp,
    seen: Timestamp,
}

impl Session {
    fn has_ended(&self, now: Timestamp) -> bool {
        now.duration_since(self.seen) > IDLE || now.duration_since(self.begun) > LONGEST
    }
}

/// The open sessions, by the hash of their tokens: who reads the memory cannot go on with one.
#[derive(Debug, Default)]
pub(crate) struct Sessions {
    open: Mutex<BTreeMap<[u8; 32], Session>>,
}

impl Sessions {
    /// Opens a session and gives its token.
    pub(crate) fn begin(&self, account: &Account, now: Timestamp) -> Result<String, Failure> {
        let token = hex::encode(entropy()?);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, session| !session.has_ended(now));
        if open.len() >= MOST
            && let Some(idlest) = open.iter().min_by_key(|(_, session)| session.seen).map(|(key, _)| *key)
        {
            open.remove(&idlest);
        }
        open.insert(
            key(&token),
            Session { account: account.name.clone(), proof: account.proof(), begun: now, seen: now },
        );
        Ok(token)
    }

    /// The account of a session that has not ended, and what it was proven by; the session was seen now.
    pub(crate) fn account(&self, token: &str, now: Timestamp) -> Option<(String, [u8; 32])> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let session = open.get_mut(&key(token))?;
        if session.has_ended(now) {
            open.remove(&key(token));
            return None;
        }
        session.seen = now;
        Some((session.account.clone(), session.proof))
    }

    /// How many are open, those included that have ended and that nobody has asked for since.
    pub(crate) fn count(&self) -> usize {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Ends a session.
    pub(crate) fn end(&self, token: &str) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&key(token));
    }
}

fn key(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use heng_office::accounts::Accounts;

    use super::*;

    #[test]
    fn a_session_ends_when_idle_when_old_and_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let accounts = Accounts::of(folder.path());
        accounts.add("zhang", "party:zhang", "sixteen signs are enough").unwrap();
        let zhang = accounts.named("zhang").unwrap().unwrap();
        let sessions = Sessions::default();
        let start: Timestamp = "2026-05-20T08:00:00+08:00".parse().unwrap();
        let after = |minutes| start + SignedDuration::from_mins(minutes);
        let token = sessions.begin(&zhang, start).unwrap();
        assert_eq!(sessions.account(&token, after(29)), Some(("zhang".to_owned(), zhang.proof())));
        assert_eq!(sessions.account(&token, after(58)), Some(("zhang".to_owned(), zhang.proof())));
        assert_eq!(sessions.account(&token, after(90)), None);
        assert_eq!(sessions.account(&token, after(58)), None, "an ended session does not come back");

        let token = sessions.begin(&zhang, start).unwrap();
        for quarter in 1..=48 {
            assert!(sessions.account(&token, after(quarter * 15)).is_some(), "{quarter}");
        }
        assert_eq!(sessions.account(&token, after(49 * 15)), None, "twelve hours are the most");

        let token = sessions.begin(&zhang, start).unwrap();
        sessions.end(&token);
        assert_eq!(sessions.account(&token, start), None);
        assert_eq!(sessions.account("", start), None);
    }
}
