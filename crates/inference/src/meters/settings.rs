//! What is known before the readings: how good meters and clocks usually are, each figure with its reason.

/// What is known before the readings. Percentages are standard deviations unless said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The limit of the error, from a rule.
    pub limit_percent: f64,
    /// The head meter's error: its class times the ratio errors of its transformers.
    pub head_percent: f64,
    /// The errors of meters that are as they should be: production leaves about half the limit of their class as three standard deviations.
    pub usual_percent: f64,
    /// How far the error of a usual meter wanders in a year: what its last certificate says is worth that much less.
    pub wander_percent: f64,
    /// The errors of meters that are not.
    pub unusual_percent: f64,
    /// The share of meters that are not as they should be.
    pub unusual_share: f64,
    /// The share of customers that are bypassed within a period.
    pub bypass_share: f64,
    /// The share of meters that drift within a period: of what is not as it should be nobody knows beforehand whether it still moves, so as many as those whose error is not usual and stays.
    pub drift_share: f64,
    /// The drift over the period where there is one.
    pub drift_percent: f64,
    /// How far an error must move within the period to be called a drift.
    pub least_drift_percent: f64,
    /// The relative standard uncertainty of a loss computed from learnt impedances: reactive currents and angles are not seen.
    pub loss_relative: f64,
    /// The relative standard uncertainty of what one customer adds to the loss: power factors between 0.9 and 1 alone make it a tenth.
    pub own_loss_relative: f64,
    /// The same where its phase is not known: it may be on all three, and then its currents are others.
    pub unphased_loss_relative: f64,
    /// What an offset of the clock by one interval does to the error, in percent: neighbouring intervals are alike by about four fifths.
    pub clock_percent: f64,
    /// The part of the energy that impedances too noisy to see may cost, in the shape of the squared energy of the head.
    pub square_relative: f64,
    /// The relative day-to-day variation of what one home draws.
    pub day_relative: f64,
    /// The probability of being within the limit from which on a meter is called good.
    pub confidence: f64,
    /// The expected share of wrong ones among the meters of one district that are called beyond; over many districts it is far less, for few are near it.
    pub wrong_share: f64,
    /// How many standard uncertainties of the readings alone an error must be beyond the limit where the readings could not show a smaller one.
    pub reach: f64,
}

impl Settings {
    /// The settings for a limit.
    #[must_use]
    pub fn for_limit(limit_percent: f64) -> Self {
        Self {
            limit_percent,
            head_percent: 0.2,
            usual_percent: 0.45,
            wander_percent: 0.15,
            unusual_percent: 4.0,
            unusual_share: 0.05,
            bypass_share: 0.005,
            drift_share: 0.05,
            drift_percent: 4.0,
            least_drift_percent: 1.0,
            loss_relative: 0.2,
            own_loss_relative: 0.12,
            unphased_loss_relative: 0.2,
            clock_percent: 20.0,
            square_relative: 0.002,
            day_relative: 1.0,
            confidence: 0.95,
            wrong_share: 0.08,
            reach: 2.0,
        }
    }
}
