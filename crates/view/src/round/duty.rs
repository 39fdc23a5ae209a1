//! Who owes what in a round, and until when.

use heng_statement::StatementHash;
use jiff::civil::Date;
use serde::Serialize;

/// What somebody is to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Seal a result.
    Seal,
    /// Open what was sealed.
    Open,
    /// Report.
    Report,
    /// Commit to a corrective action.
    FollowUp,
    /// Answer a corrective action.
    Close,
}

impl Act {
    /// Its name in the interface and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Seal => "seal",
            Self::Open => "open",
            Self::Report => "report",
            Self::FollowUp => "follow-up",
            Self::Close => "close",
        }
    }
}

/// Something owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duty {
    /// Who owes it.
    pub party: String,
    /// What.
    pub act: Act,
    /// Its last day; nothing where the protocol sets none.
    pub by: Option<Date>,
    /// Whether that day is over.
    pub is_overdue: bool,
    /// The statement that it is owed because of.
    pub because_of: StatementHash,
}
