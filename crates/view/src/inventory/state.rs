//! How a certificate stands on a day, and because of what.

use std::collections::BTreeSet;

use heng_rule::{Outcome, Words};
use heng_statement::body::CorrectionKind;
use heng_statement::{CertificateKind, StatementHash};
use jiff::civil::Date;
use serde::Serialize;

use super::{Certified, Entered, Inventory};

/// What can be relied on, on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "kebab-case")]
pub enum CertificateState {
    /// Found to conform, and the validity has not ended.
    Conforms {
        /// The last day.
        through: Option<Date>,
        /// How many days are left, that day included.
        days: Option<i32>,
    },
    /// Found not to conform.
    DoesNotConform,
    /// Could not be decided with that uncertainty.
    NotDecidable,
    /// Values and uncertainties without a verdict.
    Calibrated {
        /// The last day on which it may be relied on, where one is stated.
        through: Option<Date>,
    },
    /// The validity ended.
    Expired {
        /// The last day.
        through: Date,
    },
    /// The certificate was withdrawn.
    Withdrawn {
        /// The correction.
        by: StatementHash,
        /// From which day on.
        from: Date,
        /// Why.
        reason: Words,
    },
    /// Another certificate took its place.
    Superseded {
        /// The correction.
        by: StatementHash,
        /// From which day on.
        from: Date,
        /// Why.
        reason: Words,
        /// The number of the other.
        replaced_by: Option<String>,
    },
    /// A certificate it rests on no longer stands.
    Undermined {
        /// The number of that certificate.
        number: String,
        /// From which day on.
        from: Date,
    },
}

impl CertificateState {
    /// Whether the instrument may be used for what verification is asked for.
    pub fn is_good(&self) -> bool {
        matches!(self, Self::Conforms { .. } | Self::Calibrated { .. })
    }
}

impl Inventory {
    /// How a certificate stands on a day. A correction comes first, then what it rests on, then its days, then its verdict.
    pub fn state(&self, certified: &Certified, on: Date) -> CertificateState {
        if let Some(corrected) = &certified.correction {
            let (by, from, reason) = (corrected.by.clone(), corrected.from, corrected.reason.clone());
            return match corrected.kind {
                CorrectionKind::Withdrawn => CertificateState::Withdrawn { by, from, reason },
                CorrectionKind::Superseded => CertificateState::Superseded {
                    by,
                    from,
                    reason,
                    replaced_by: corrected
                        .replaced_by
                        .as_deref()
                        .and_then(|hash| self.certificate(hash))
                        .map(|other| other.number.clone()),
                },
            };
        }
        if let Some(fallen) = self.fallen(certified, &mut BTreeSet::new()) {
            return fallen;
        }
        match (certified.kind, certified.outcome, certified.valid_through) {
            (CertificateKind::RejectionNotice, Some(Outcome::NotDecidable), _) => CertificateState::NotDecidable,
            (CertificateKind::RejectionNotice, ..) => CertificateState::DoesNotConform,
            (_, _, Some(through)) if through < on => CertificateState::Expired { through },
            (CertificateKind::Calibration, None, through) => CertificateState::Calibrated { through },
            (_, Some(Outcome::DoesNotConform), _) => CertificateState::DoesNotConform,
            (_, Some(Outcome::NotDecidable), _) => CertificateState::NotDecidable,
            (_, _, through) => {
                CertificateState::Conforms { through, days: through.and_then(|through| days_left(on, through)) }
            }
        }
    }

    /// How a thing stands on a day: by its last certificate; nothing where it has none.
    pub fn thing_state(&self, thing: &Entered, on: Date) -> Option<CertificateState> {
        Some(self.state(self.certificates_of(thing).next_back()?, on))
    }

    /// The nearest certificate above this one that was corrected.
    fn fallen(&self, certified: &Certified, seen: &mut BTreeSet<u64>) -> Option<CertificateState> {
        let above: Vec<&Certified> = certified.standards.iter().filter_map(|hash| self.certificate(hash)).collect();
        let undermined = |above: &&Certified| {
            let corrected = above.correction.as_ref()?;
            Some(CertificateState::Undermined { number: above.number.clone(), from: corrected.from })
        };
        if let Some(state) = above.iter().find_map(undermined) {
            return Some(state);
        }
        above.into_iter().find_map(|above| if seen.insert(above.index) { self.fallen(above, seen) } else { None })
    }
}

/// How many days are left, the last one included.
fn days_left(on: Date, through: Date) -> Option<i32> {
    Some(on.until((jiff::Unit::Day, through)).ok()?.get_days() + 1)
}
