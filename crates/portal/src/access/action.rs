//! What can be asked of the service. Each has its name in the policy.

/// Something that the policy allows or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Action {
    /// See what is public: certificates, things, the register, the log.
    ReadPublic,
    /// See what is not public of a statement, and the files that hold it.
    ReadPrivate,
    /// Have a document checked.
    Check,
    /// Have a measurement model evaluated; nothing of it is kept.
    Evaluate,
    /// Sign in or out, and see one's own day.
    SignIn,
    /// See what is to be done by oneself.
    SeeOwnDay,
    /// Send the readings of a feed.
    SendReadings,
    /// See the tasks of one's laboratory.
    EnterLaboratory,
    /// Begin a field sheet.
    BeginSheet,
    /// See a field sheet.
    ReadSheet,
    /// Fill a field sheet, or throw it away.
    FillSheet,
    /// Sign what was observed.
    SignRecord,
    /// See a record that waits for review.
    ReadRecord,
    /// Review a record: approve it, so that the laboratory certifies, or send it back.
    Review,
    /// Withdraw a certificate of one's laboratory.
    Withdraw,
    /// See what one's laboratory sealed in a comparison round, seal, open and follow up.
    TakeRoundStep,
    /// See the instruments that one's organisation keeps.
    EnterHoldings,
    /// Change the list of instruments that one's organisation keeps.
    ChangeHoldings,
    /// Ask a laboratory for work on an instrument of one's organisation.
    Request,
    /// See districts as their supervisor.
    EnterDistricts,
    /// See the instruments of one district.
    ReadDistrict,
    /// See the networks whose readings are watched.
    EnterService,
    /// See one network: each of its instruments, and the alarms.
    ReadNetwork,
    /// Say what was done about an instrument that was alarmed about.
    AnswerAlarm,
}

impl Action {
    /// All of them, in the order of the table.
    pub(crate) const ALL: [Self; 24] = [
        Self::ReadPublic,
        Self::ReadPrivate,
        Self::Check,
        Self::Evaluate,
        Self::SignIn,
        Self::SeeOwnDay,
        Self::SendReadings,
        Self::EnterLaboratory,
        Self::BeginSheet,
        Self::ReadSheet,
        Self::FillSheet,
        Self::SignRecord,
        Self::ReadRecord,
        Self::Review,
        Self::Withdraw,
        Self::TakeRoundStep,
        Self::EnterHoldings,
        Self::ChangeHoldings,
        Self::Request,
        Self::EnterDistricts,
        Self::ReadDistrict,
        Self::EnterService,
        Self::ReadNetwork,
        Self::AnswerAlarm,
    ];

    /// Its name in the policy.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ReadPublic => "read-public",
            Self::ReadPrivate => "read-private",
            Self::Check => "check",
            Self::Evaluate => "evaluate",
            Self::SignIn => "sign-in",
            Self::SeeOwnDay => "see-own-day",
            Self::SendReadings => "send-readings",
            Self::EnterLaboratory => "enter-laboratory",
            Self::BeginSheet => "begin-sheet",
            Self::ReadSheet => "read-sheet",
            Self::FillSheet => "fill-sheet",
            Self::SignRecord => "sign-record",
            Self::ReadRecord => "read-record",
            Self::Review => "review",
            Self::Withdraw => "withdraw",
            Self::TakeRoundStep => "take-round-step",
            Self::EnterHoldings => "enter-holdings",
            Self::ChangeHoldings => "change-holdings",
            Self::Request => "request",
            Self::EnterDistricts => "enter-districts",
            Self::ReadDistrict => "read-district",
            Self::EnterService => "enter-service",
            Self::ReadNetwork => "read-network",
            Self::AnswerAlarm => "answer-alarm",
        }
    }

    /// The action that is asked at the gate, before it is known about what.
    pub(crate) fn at_the_gate(self) -> Self {
        match self {
            // Of whom it is, only the handler knows; a visitor is told whom to ask.
            Self::ReadPrivate => Self::ReadPublic,
            // Whose feed it is, too.
            Self::SendReadings => Self::SeeOwnDay,
            Self::ReadSheet | Self::FillSheet | Self::SignRecord => Self::BeginSheet,
            Self::ReadRecord | Self::Review | Self::Withdraw | Self::TakeRoundStep => Self::EnterLaboratory,
            Self::ChangeHoldings | Self::Request => Self::EnterHoldings,
            Self::ReadDistrict => Self::EnterDistricts,
            Self::ReadNetwork | Self::AnswerAlarm => Self::EnterService,
            other => other,
        }
    }
}
