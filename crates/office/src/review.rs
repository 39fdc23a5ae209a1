//! Two persons, one after the other: the verifier signs what was observed; the reviewer approves it, and the laboratory certifies, or sends it
//! back with a reason.

use std::sync::PoisonError;

use heng_rule::{Record, Refusal};
use heng_statement::{Body, SignedStatement, StatementHash};
use heng_supervision::certification;

use crate::desk::refuse;
use crate::{Desk, Failure, Foreseen, Issued, Moment, Refused};

impl Desk {
    /// Signs a record and appends it; when this returns it is durable and waits for its reviewer.
    pub fn measure(&self, record: Record, moment: Moment) -> Result<StatementHash, Refused> {
        self.measure_noted(record, moment, |_| Ok(()))
    }

    /// The same. `note` hears the hash before anything is appended: whoever keeps it durably finds out after a crash whether this very record
    /// came into the log, and never signs it twice.
    pub fn measure_noted(
        &self,
        record: Record,
        moment: Moment,
        note: impl FnOnce(&StatementHash) -> Result<(), Failure>,
    ) -> Result<StatementHash, Refused> {
        let foreseen = self.foreseen(record, moment)?;
        let meas = self.measured(&foreseen, moment)?;
        let hash = meas.hash();
        note(&hash)?;
        self.office.append(vec![meas])?;
        Ok(hash)
    }

    /// What a record that waits would be certified as now: what its reviewer is asked to approve.
    pub fn waiting(&self, record: &StatementHash, moment: Moment) -> Result<Foreseen, Refused> {
        let (_, measured) = self.record(record)?;
        self.foreseen(measured, moment)
    }

    /// Approves a record: the review and the certificate become durable together, or neither.
    pub fn approve(&self, record: &StatementHash, reviewer: &str, moment: Moment) -> Result<Issued, Refused> {
        let _one_at_a_time = self.reviewing.lock().unwrap_or_else(PoisonError::into_inner);
        let (meas, measured) = self.record(record)?;
        self.require_open(&meas, &measured, reviewer)?;
        let foreseen = self.foreseen(measured, moment)?;
        let rendered = self.rendered(self.numbered(foreseen, meas, moment))?;
        let issued = self.issued(vec![rendered], moment)?;
        issued.into_iter().next().unwrap_or_else(|| Err(Refused::Refusals(Vec::new())))
    }

    /// Sends a record back to who measured.
    pub fn send_back(
        &self,
        record: &StatementHash,
        reviewer: &str,
        reason: &str,
        moment: Moment,
    ) -> Result<StatementHash, Refused> {
        let _one_at_a_time = self.reviewing.lock().unwrap_or_else(PoisonError::into_inner);
        let (meas, measured) = self.record(record)?;
        self.require_open(&meas, &measured, reviewer)?;
        let signed = self.office.signed(&certification::return_to_verifier(&meas, reviewer, reason, moment.at))?;
        let hash = signed.hash();
        self.office.append(vec![signed])?;
        Ok(hash)
    }

    /// The record of a statement of the log.
    fn record(&self, hash: &StatementHash) -> Result<(SignedStatement, Record), Refused> {
        let missing = || Failure::new("error-not-in-log").with("statement", hash);
        let found = self.office.store().statement(hash).map_err(|_| missing())?;
        let signed = found.ok_or_else(missing)?;
        match &signed.statement.body {
            Body::Meas(record) => {
                let record = (**record).clone();
                Ok((signed, record))
            }
            _ => Err(missing().into()),
        }
    }

    /// A record is reviewed once, by the person it names, who did not measure.
    fn require_open(&self, meas: &SignedStatement, record: &Record, reviewer: &str) -> Result<(), Refused> {
        let mut refusals = Vec::new();
        if meas.statement.issuer == reviewer {
            refusals.push(Refusal::new("self-review").with("party", reviewer));
        }
        if record.reviewer != reviewer {
            refusals.push(Refusal::new("review-by-other").with("party", reviewer).with("named", &record.reviewer));
        }
        let failed = |error| Failure::new("error-store").with("path", "").with("reason", error);
        for entry in self.office.store().citing(&meas.hash()).map_err(failed)? {
            let Some(said) = self.office.store().statement_at(entry.index).map_err(failed)? else { continue };
            match &said.statement.body {
                Body::Cert(certificate) => {
                    refusals.push(Refusal::new("record-certified-already").with("number", &certificate.number));
                }
                Body::Assess(review) if !review.approved => {
                    refusals.push(Refusal::new("record-sent-back").with("day", said.statement.legal_day()));
                }
                _ => {}
            }
        }
        refuse(refusals)
    }
}
