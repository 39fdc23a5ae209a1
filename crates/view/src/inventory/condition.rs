//! The condition of an instrument: whether it may be used today, and what someone should do about it.

use jiff::civil::Date;
use serde::Serialize;

use super::{CertificateState, Entered, Inventory};

/// So many days before the end of its validity an instrument is said to be due soon. No regulation says how many: a month is what a laboratory's
/// waiting list needs.
pub const SOON: i32 = 30;

/// What a list is sorted and a matrix is counted by. The order is that of attention: the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// Found not to conform.
    Failed,
    /// Its certificate was withdrawn, or one that it rests on.
    Fallen,
    /// The validity ended.
    Overdue,
    /// Nobody has verified it.
    Unverified,
    /// The verification could not decide.
    Undecided,
    /// Valid, and not for long.
    DueSoon,
    /// Valid.
    InForce,
}

impl Condition {
    /// All of them, the worst first.
    pub const ALL: [Self; 7] =
        [Self::Failed, Self::Fallen, Self::Overdue, Self::Unverified, Self::Undecided, Self::DueSoon, Self::InForce];

    /// Its name in the interface and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Fallen => "fallen",
            Self::Overdue => "overdue",
            Self::Unverified => "unverified",
            Self::Undecided => "undecided",
            Self::DueSoon => "due-soon",
            Self::InForce => "in-force",
        }
    }

    /// The condition of this name.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.code() == code)
    }

    /// Whether the instrument is verified in time.
    pub fn is_in_time(self) -> bool {
        matches!(self, Self::DueSoon | Self::InForce)
    }

    fn of(state: Option<&CertificateState>, on: Date) -> Self {
        let ends_soon = |through: Option<Date>| {
            through.is_some_and(|through| on.until(through).is_ok_and(|left| left.get_days() < SOON))
        };
        match state {
            None => Self::Unverified,
            Some(CertificateState::DoesNotConform) => Self::Failed,
            Some(CertificateState::NotDecidable) => Self::Undecided,
            Some(CertificateState::Expired { .. }) => Self::Overdue,
            Some(
                CertificateState::Withdrawn { .. }
                | CertificateState::Superseded { .. }
                | CertificateState::Undermined { .. },
            ) => Self::Fallen,
            Some(CertificateState::Conforms { through, .. } | CertificateState::Calibrated { through }) => {
                if ends_soon(*through) { Self::DueSoon } else { Self::InForce }
            }
        }
    }
}

impl Inventory {
    /// The condition of a thing on a day.
    pub fn condition(&self, thing: &Entered, on: Date) -> Condition {
        Condition::of(self.thing_state(thing, on).as_ref(), on)
    }
}
