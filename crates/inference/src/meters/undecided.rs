//! A district whose readings decide nothing: every meter has its row all the same, with what was known before and with the reason.

use super::assessment::{MeterAssessment, Reason, State, assessment, is_enough, summarized};
use super::district::District;
use super::posterior::{Marginal, prior};
use super::settings::Settings;

/// The verdict on every meter of a district, in the order of the readings: of [`assessment`], or undecided where there are too few readings for one ([`Reason::Missing`])
/// or where they cannot be told apart ([`Reason::Collinear`]: the equations have no one solution in double precision); [`Reason::District`] where they are not those of the district as it is.
///
/// An undecided row says what was known before: the error and the interval of the meter's last certificate or of usual meters (in percent), nothing registered, and
/// no uncertainty of the readings alone, since there is none that is finite: `data_u_percent` is `f64::INFINITY`.
#[must_use]
pub fn every_meter(district: &District, settings: &Settings) -> Vec<MeterAssessment> {
    assessment(district, settings).map_or_else(|| every_undecided(district, settings), |found| found.meters)
}

/// The same of a district that has no [`assessment`].
#[must_use]
pub fn every_undecided(district: &District, settings: &Settings) -> Vec<MeterAssessment> {
    undecided(district, settings, if is_enough(district) { Reason::Collinear } else { Reason::Missing })
}

pub(super) fn undecided(district: &District, settings: &Settings, reason: Reason) -> Vec<MeterAssessment> {
    let meters = district.meters.iter().map(|meter| {
        let parts = prior(meter.certified.as_ref(), settings.usual_percent, settings).to_vec();
        let believed = Marginal { parts, data_mean: 0.0, data_variance: f64::INFINITY };
        let summary = summarized(&believed, settings.limit_percent);
        MeterAssessment {
            meter: meter.id.clone(),
            state: State::Undecided,
            error_percent: summary.error,
            u_percent: summary.u,
            low_percent: summary.low,
            high_percent: summary.high,
            p_beyond_limit: summary.beyond,
            decidable: false,
            reason,
            since_s: None,
            now_percent: summary.error,
            registered_kwh: 0.0,
            data_u_percent: f64::INFINITY,
        }
    });
    meters.collect()
}
