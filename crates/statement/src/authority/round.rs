//! Who may take which step of a comparison round.

use super::{Authority, Explanation, Failure, Reason, Subject};
use crate::round::RoundStep;
use crate::{Body, Role, SignedStatement};

impl Authority {
    /// Why a step of a round is its issuer's to take: a round is announced by who may coordinate; sealed and opened, and followed up, by who takes
    /// part; reported by the pilot, who is another than the coordinator; closed by the coordinator, who never closes their own action. `action` is
    /// the corrective action that a closing is about.
    pub fn round_step(
        &self,
        step: &SignedStatement,
        announcement: &SignedStatement,
        action: Option<&SignedStatement>,
    ) -> Result<Explanation, Failure> {
        let mut explanation = self.speaker(step)?;
        explanation.extend(self.round_step_of_authentic(step, announcement, action)?);
        Ok(explanation)
    }

    /// The same of a step whose signature was found authentic and whose key its issuer's.
    pub fn round_step_of_authentic(
        &self,
        step: &SignedStatement,
        announcement: &SignedStatement,
        action: Option<&SignedStatement>,
    ) -> Result<Explanation, Failure> {
        let issuer = &step.statement.issuer;
        let day = step.statement.legal_day();
        let failure = |reason| Failure::new(reason, issuer, day).about(&step.hash());
        let no_part = || failure(Reason::NoPartInRound);
        let coordinator = &announcement.statement.issuer;
        let Some(round) = announced(announcement) else { return Err(no_part()) };
        let Body::Comp(content) = &step.statement.body else { return Err(no_part()) };
        if content.round().is_some_and(|of| *of != announcement.hash()) {
            return Err(no_part());
        }
        let takes_part = round.code(issuer).is_some();
        let has_part = match &**content {
            RoundStep::Announcement(round) => {
                if round.pilot == *issuer {
                    return Err(failure(Reason::SelfApproval));
                }
                return self.permission(issuer, Role::Coordinate, &Subject::default(), day);
            }
            RoundStep::Seal(_) | RoundStep::Opening(_) | RoundStep::CorrectiveAction(_) => takes_part,
            RoundStep::Report(_) => round.pilot == *issuer,
            RoundStep::Closing(closing) => {
                let Some(action) = action.filter(|action| action.hash() == closing.action) else {
                    return Err(no_part());
                };
                let decided_by = match &action.statement.body {
                    Body::Comp(content) => match &**content {
                        RoundStep::CorrectiveAction(action) => action.decided_by.as_ref(),
                        _ => return Err(no_part()),
                    },
                    _ => return Err(no_part()),
                };
                let is_own = action.statement.issuer == *issuer
                    || action.key_id == step.key_id
                    || (decided_by.is_some() && decided_by == closing.decided_by.as_ref());
                if is_own {
                    return Err(failure(Reason::SelfApproval));
                }
                issuer == coordinator
            }
        };
        if has_part { Ok(Explanation::new()) } else { Err(no_part()) }
    }
}

fn announced(announcement: &SignedStatement) -> Option<&crate::round::Announcement> {
    match &announcement.statement.body {
        Body::Comp(step) => match &**step {
            RoundStep::Announcement(round) => Some(round),
            _ => None,
        },
        _ => None,
    }
}
