//! The verdict on each meter of a district.
#![expect(clippy::indexing_slicing, reason = "matrices of one size, set on entry")]

use serde::{Deserialize, Serialize};

use super::balance::{Balance, Solution};
use super::change::{Change, Kind};
use super::coarse;
use super::district::District;
use super::drift;
use super::energy::Energies;
use super::impedance::Impedances;
use super::knowledge::Knowledge;
use super::lasting::{self, Lasting};
use super::noise::Noise;
use super::physics::{Physics, physics};
use super::posterior::{Marginal, Own, Posterior};
use super::settings::Settings;
use super::still::Still;
use super::stretches;
use super::undecided::undecided;
use super::unregistered::{Moments, Unregistered, drifted};
use super::whole;

/// What a meter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Within the limit, with the confidence asked for.
    Good,
    /// Beyond the limit, with the confidence asked for.
    Beyond,
    /// Its error moves.
    Drifting,
    /// Its register stands still while energy is drawn.
    Stopped,
    /// A part of the energy goes past it.
    Bypassed,
    /// The readings do not say.
    Undecided,
}

/// Why the readings do not say, or what decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The balance decides.
    Balance,
    /// Almost nothing was drawn.
    Vacant,
    /// Too little was drawn beside the noise of the balance.
    Load,
    /// The clocks are too far off.
    Clocks,
    /// Too many readings are missing.
    Missing,
    /// Another meter's energy looks the same.
    Collinear,
    /// The head meter's own error covers it.
    Head,
    /// No voltage says what this customer adds to the loss.
    Voltages,
    /// The error is too near the limit.
    NearLimit,
    /// Loss, head meter or the number of errors found are what no district has: the readings are not those of this district as it is.
    District,
}

/// The verdict on one meter. Percentages are errors of the registered energy relative to the true one, over the period of the readings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MeterAssessment {
    /// The meter.
    pub meter: String,
    /// What it is.
    pub state: State,
    /// Its error over the period.
    pub error_percent: f64,
    /// The standard uncertainty.
    pub u_percent: f64,
    /// The lower end of the 95 % interval.
    pub low_percent: f64,
    /// The upper end.
    pub high_percent: f64,
    /// The probability that the error over the period is beyond the limit.
    pub p_beyond_limit: f64,
    /// Whether the readings alone could show an error as large as the limit.
    pub decidable: bool,
    /// Why not, or what decided.
    pub reason: Reason,
    /// The time from which on the state holds, in seconds of the readings' clock.
    pub since_s: Option<i64>,
    /// The error at the end of the period.
    pub now_percent: f64,
    /// The energy that was registered.
    pub registered_kwh: f64,
    /// The standard uncertainty from the readings alone, without what was known before.
    pub data_u_percent: f64,
}

/// What was learnt of the district beside its meters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DistrictAssessment {
    /// The head meter's error, as far as the readings see it.
    pub head_percent: f64,
    /// Its standard uncertainty.
    pub head_u_percent: f64,
    /// The offset of the head's clock.
    pub head_clock_s: f64,
    /// The loss relative to the head's energy.
    pub loss_percent: f64,
    /// The loss by interval.
    pub loss_kwh: Vec<f64>,
    /// The coefficients of its shapes by name.
    pub shapes: Vec<(String, f64)>,
    /// The errors that usual meters have here.
    pub usual_percent: f64,
    /// The jitter of the head's clock.
    pub head_jitter_s: f64,
    /// The part of the loss that is not understood.
    pub loss_unexplained: f64,
    /// How much more the scores vary from day to day than white noise would.
    pub dispersion: f64,
    /// Whether the offsets seen by the head end are in the readings.
    pub clocks_applied: bool,
    /// The scale of what shifted clocks leave.
    pub clock_scale: f64,
    /// The scale of what filled boundaries leave.
    pub missing_scale: f64,
}

/// The verdict on a district.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assessment {
    /// The meters in the order of the readings.
    pub meters: Vec<MeterAssessment>,
    /// The rest.
    pub district: DistrictAssessment,
    /// What happened, by meter.
    pub changes: Vec<Change>,
}

/// What the readings of a district say about its meters.
#[must_use]
pub fn assessment(district: &District, settings: &Settings) -> Option<Assessment> {
    continued_assessment(district, settings, None).map(|(assessment, _)| assessment)
}

/// The same, with what earlier readings said; the second is what all of them say, for the next time. Meters are known by their names: some may be gone and others new.
#[must_use]
pub fn continued_assessment(
    district: &District,
    settings: &Settings,
    earlier: Option<&Knowledge>,
) -> Option<(Assessment, Knowledge)> {
    if !is_enough(district) {
        return None;
    }
    // Registers that hardly move from one reading to the next say more with fewer readings.
    let every = coarse::together(district);
    let thin = (every > 1).then(|| coarse::thinned(district, every)).filter(is_enough);
    if let Some(thin) = thin {
        let (mut found, known) = judged(&thin, settings, earlier)?;
        coarse::restore(&mut found, district, every);
        return Some((found, known));
    }
    judged(district, settings, earlier)
}

fn judged(district: &District, settings: &Settings, earlier: Option<&Knowledge>) -> Option<(Assessment, Knowledge)> {
    let names: Vec<&str> = district.meters.iter().map(|meter| meter.id.as_str()).collect();
    let earlier = earlier.and_then(|known| known.of(&names));
    let earlier = earlier.as_ref();
    let lasting = earlier.map_or(&[][..], |known| &known.lasting);
    let mended = lasting::without_stands(district, lasting);
    let district = mended.as_ref().unwrap_or(district);
    let mut energies = Energies::new(district);
    let carried = lasting::carried(lasting, district, &mut energies);
    let own = |physics: &Physics| -> Vec<Own> {
        let alone = physics.marginal_percent.iter().zip(&district.meters);
        // Without voltages the phase says nothing of what a home adds to the loss, and not to know it takes nothing away.
        let is_seen = physics.impedances.is_some();
        alone
            .map(|(percent, meter)| Own {
                systematic_percent: percent
                    * match meter.phase {
                        None if is_seen => settings.unphased_loss_relative,
                        _ => settings.own_loss_relative,
                    },
                certified: meter.certified,
            })
            .collect()
    };
    let stood: Vec<bool> = energies.stops.iter().map(Option::is_some).collect();
    let first_physics = physics(district, &mut energies, settings, None, &|_| false);
    let (first, mut changes) = {
        let mut balance = Balance::new(&energies, &first_physics, settings);
        balance.earlier = earlier;
        balance.changes.extend(carried);
        balance.own = own(&first_physics);
        let loss = balance.expected_loss();
        let first = balance.solve(Noise::first(), &loss, 6)?;
        (first, balance.changes)
    };
    let bypasses = first.bypasses(&changes);
    // A register that stands still while nothing is drawn is right: as an unknown it would be noise. What a first look with guessed noise took for a drift is looked at again.
    let mut places = first.places.iter();
    changes.retain(|change| {
        let real = places.next().is_some_and(|place| {
            Unregistered::new(change, *place, None, &energies, settings, &first.posterior).real(change.kind)
        });
        if !real {
            energies.stops[change.meter] = None;
        }
        real && change.kind != Kind::Drift
    });
    // Who is bypassed or whose register stands still draws something else than the register says; the impedances are learnt from what is drawn.
    for (meter, from, more) in &bypasses {
        energies.bypassed[*meter] = Some((*from, *more));
    }
    let again = !bypasses.is_empty() || stood.iter().any(|stood| *stood);
    let physics = match first_physics.impedances {
        Some(Impedances { learning, .. }) if again => {
            let changed = |home: usize| stood[home] || bypasses.iter().any(|(meter, ..)| *meter == home);
            physics(district, &mut energies, settings, Some(learning), &changed)
        }
        impedances => Physics { impedances, ..first_physics },
    };
    let mut balance = Balance::new(&energies, &physics, settings);
    balance.earlier = earlier;
    balance.own = own(&physics);
    balance.changes = changes;
    let freedom = 1.0 - (energies.meters.rows as f64 / energies.intervals() as f64).min(0.5);
    balance.stopped_variance = balance.expected_stopped_variance();
    let noise = Noise::first().learnt(&energies, &first.loss, &balance.stopped_variance, &first.residual, freedom);
    let without = vec![0.0; energies.intervals()];
    let other = noise.variances(&energies, &first.loss, &without);
    balance.stopped_variance = stretches::seen(&balance.stopped_variance, &first.residual, &other, energies.per_day);
    // The offsets seen by the head end count as far as the balance shows them.
    let shown = (clock_share(&energies, &noise) / 0.2).min(1.0);
    let seconds = energies.hours * 3600.0;
    for (own, meter) in balance.own.iter_mut().zip(&district.meters) {
        let cell = &mut own.systematic_percent;
        let clock = settings.clock_percent * shown * meter.clock_offset_s.unwrap_or(0.0) / seconds;
        *cell = (*cell * *cell + clock * clock).sqrt();
    }
    let solution = balance.solve(noise, &first.loss, 8)?;
    let mut knowledge = solution.knowledge.clone();
    knowledge.meters = district.meters.iter().map(|meter| meter.id.clone()).collect();
    let mut found = verdicts(district, &energies, &balance, &solution, settings);
    keep_standing(&mut found.meters, &energies, &balance.changes, lasting);
    knowledge.lasting = lasting::lasting(&found.meters, &energies, lasting);
    if !whole::holds(&balance, &solution, &found.meters, settings) {
        // What such a district said is worth nothing for the days to come either.
        let before = earlier.cloned().unwrap_or_else(|| Knowledge::nothing(&knowledge.meters));
        found.meters = undecided(district, settings, Reason::District);
        found.changes.clear();
        return Some((found, before));
    }
    Some((found, knowledge))
}

/// Whether there is anything to compare: meters, a head meter and two intervals.
pub(super) fn is_enough(district: &District) -> bool {
    let read = district.head_kwh.iter().filter(|value| value.is_finite()).count();
    district.times_s.len() >= 3 && read >= 2 && !district.meters.is_empty()
}

/// Even of a register that says nothing the error is stated with an uncertainty.
const LEAST_U_PERCENT: f64 = 0.1;

/// A register that stands still from the beginning is that of a home that is vacant, or of a meter that stopped before; it is never good. What is known to last goes on since it began.
fn keep_standing(meters: &mut [MeterAssessment], energies: &Energies, changes: &[Change], known: &[Lasting]) {
    for (row, meter) in meters.iter_mut().enumerate() {
        let Some(Still { from, .. }) = energies.still[row] else {
            let bypass = changes.iter().find(|change| change.meter == row && change.kind == Kind::Bypass);
            let since_s = bypass.and_then(|bypass| lasting::since_s(known, &meter.meter, Kind::Bypass, bypass.from));
            if meter.state == State::Bypassed && since_s.is_some() {
                meter.since_s = since_s;
            }
            continue;
        };
        meter.reason = if energies.missing_share[row] > 0.5 { Reason::Missing } else { Reason::Vacant };
        meter.decidable = false;
        meter.state = State::Undecided;
        meter.since_s = None;
        if let Some(since_s) = lasting::since_s(known, &meter.meter, Kind::Stop, from) {
            (meter.state, meter.reason, meter.since_s) = (State::Stopped, Reason::Balance, Some(since_s));
            // It can register no less than nothing.
            (meter.error_percent, meter.low_percent) = (-100.0, -100.0);
            meter.high_percent = -100.0 + 2.0 * LEAST_U_PERCENT;
            (meter.now_percent, meter.u_percent, meter.p_beyond_limit) = (-100.0, LEAST_U_PERCENT, 1.0);
            meter.decidable = true;
        }
    }
}

/// How many of its standard uncertainties a drift is from nothing, at least, once all that happened is known.
const CLEAR: f64 = 2.5;

/// How much goes past a meter at least, relative to what it registers, that is called bypassed.
const LEAST_PAST: f64 = 0.05;

/// Whether energy goes past a meter once all that happened is known: it draws more than it registers, never less.
fn goes_past(found: &Posterior, place: usize) -> bool {
    let (mean, deviation) = (found.mean[place], found.covariance.at(place, place).sqrt());
    mean - 2.0 * deviation > LEAST_PAST
}

fn error_of(correction_percent: f64) -> f64 {
    -correction_percent / (1.0 + correction_percent / 100.0)
}

fn verdicts(
    district: &District,
    energies: &Energies,
    balance: &Balance<'_>,
    solution: &Solution,
    settings: &Settings,
) -> Assessment {
    let n = energies.meters.rows;
    let found = &solution.posterior;
    let places = &solution.places;
    let limit = settings.limit_percent;
    let head = found.mean[n];
    let head_variance = found.covariance.at(n, n);
    let mut meters = Vec::with_capacity(n);
    let mut suspects = Vec::new();
    for i in 0..n {
        let energy = energies.meters.row(i);
        let registered: f64 = energy.iter().sum();
        let marginal = &found.marginals[i];
        let change = balance
            .changes
            .iter()
            .position(|change| change.meter == i && change.kind != Kind::Drift)
            .or_else(|| balance.changes.iter().position(|change| change.meter == i));
        let mut state = None;
        let mut since = None;
        let mut summary = summarized(marginal, limit);
        let mut now = summary.error;
        let mut reason = Reason::Balance;
        let data_u = marginal.data_variance.sqrt();
        let mut decidable = 2.0 * data_u <= limit;
        if let Some(index) = change {
            let change = &balance.changes[index];
            let place = places[index];
            let value = found.mean[place];
            let drift = drift::of_mean(&balance.changes, places, i, energies);
            match change.kind {
                Kind::Drift => {
                    let Moments { mean, variance } = drifted(i, drift.unwrap_or((place, 0.0)), found);
                    let hidden = balance.own[i].systematic_percent;
                    let variance = variance + hidden * hidden;
                    summary = summarized(&Marginal::normal(mean, variance), limit);
                    decidable = 2.0 * variance.sqrt() <= limit;
                    now = error_of(found.mean[i] + value);
                    // What other changes explain since is no drift any more.
                    let clear = value * value >= CLEAR * CLEAR * found.covariance.at(place, place);
                    if clear && value.abs() >= settings.least_drift_percent {
                        state = Some(State::Drifting);
                        since = Some(change.from);
                    }
                }
                Kind::Bypass | Kind::Stop => {
                    let past = Unregistered::new(change, place, drift, energies, settings, found);
                    let hidden = balance.own[i].systematic_percent;
                    let Moments { mean, variance } = past.correction_percent;
                    let spread = variance + hidden * hidden;
                    // Who is bypassed has registered too little over the period.
                    let less = mean - 2.0 * spread.sqrt() > 0.0;
                    let past_it = less && goes_past(found, place) && change.rival.is_none();
                    let alone = change.kind == Kind::Stop || past_it;
                    let real = alone && past.real(change.kind);
                    if real {
                        summary = summarized(&Marginal::normal(mean, spread), limit);
                        since = Some(change.from);
                        decidable = true;
                    }
                    if change.kind == Kind::Bypass && !real {
                        state = Some(State::Undecided);
                        reason = Reason::Collinear;
                        decidable = false;
                    } else if change.kind == Kind::Bypass {
                        state = Some(State::Bypassed);
                        now = -100.0 * (value + found.mean[i] / 100.0) / (1.0 + value + found.mean[i] / 100.0);
                    } else if real {
                        state = Some(State::Stopped);
                        now = -100.0;
                    } else {
                        state = Some(State::Undecided);
                        reason = Reason::Vacant;
                        decidable = false;
                    }
                }
            }
        }
        // How far beyond the limit the readings alone put the meter.
        let beyond_alone = (error_of(marginal.data_mean).abs() - limit) / data_u;
        let open = state.is_none();
        let mut state = state.unwrap_or_else(|| {
            if !decidable {
                let hidden = balance.own[i].systematic_percent;
                reason = why(energies, solution, i, registered);
                if matches!(reason, Reason::Load | Reason::Head | Reason::Collinear) && 2.0 * hidden > limit {
                    reason = Reason::Voltages;
                }
                State::Undecided
            } else if summary.beyond <= 1.0 - settings.confidence {
                State::Good
            } else {
                reason = Reason::NearLimit;
                State::Undecided
            }
        });
        // Offsets of clocks move energy between meters that look alike; what that does to their errors is not known well enough to accuse anyone.
        let clocks = unsynchronised(energies, &solution.noise);
        if clocks && (state == State::Drifting || (open && summary.beyond > 0.5)) {
            reason = Reason::Clocks;
            decidable = false;
            state = State::Undecided;
        } else if open && (decidable || beyond_alone >= settings.reach) {
            suspects.push((summary.beyond, i));
        }
        meters.push(MeterAssessment {
            meter: district.meters[i].id.clone(),
            state,
            error_percent: summary.error,
            u_percent: summary.u,
            low_percent: summary.low,
            high_percent: summary.high,
            p_beyond_limit: summary.beyond,
            decidable,
            reason,
            since_s: since.and_then(|k| district.times_s.get(k).copied()),
            now_percent: now,
            registered_kwh: energies.registered[i],
            data_u_percent: data_u,
        });
    }
    // Which of two it is that a bypass would explain nobody can say.
    for rival in balance.changes.iter().filter_map(|change| change.rival) {
        if matches!(meters[rival].state, State::Good | State::Undecided | State::Drifting) {
            (meters[rival].state, meters[rival].reason) = (State::Undecided, Reason::Collinear);
            meters[rival].decidable = false;
        }
        suspects.retain(|(_, meter)| *meter != rival);
    }
    // A balance in which most meters cannot be seen holds something that nobody knows of: it would be put down to a few.
    if !whole::is_seen(balance, solution, limit) {
        suspects.clear();
        for meter in meters.iter_mut().filter(|meter| meter.state == State::Drifting) {
            (meter.state, meter.reason, meter.decidable) = (State::Undecided, Reason::Load, false);
            meter.since_s = None;
        }
    }
    // Those are called beyond of whom, on average, no more than a known share is expected to be called so wrongly.
    suspects.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut wrong = 0.0;
    for (count, (beyond, i)) in suspects.into_iter().enumerate() {
        wrong += 1.0 - beyond;
        if beyond <= 0.5 || wrong > settings.wrong_share * (count as f64 + 1.0) {
            break;
        }
        let meter = &mut meters[i];
        meter.state = State::Beyond;
        meter.decidable = true;
        meter.reason = Reason::Balance;
    }
    let head_total: f64 = energies.head.iter().sum();
    let shapes = balance
        .shapes
        .iter()
        .enumerate()
        .map(|(offset, shape)| (shape.name.to_owned(), found.mean[n + 2 + offset]))
        .collect();
    Assessment {
        meters,
        district: DistrictAssessment {
            head_percent: head,
            head_u_percent: head_variance.sqrt(),
            head_clock_s: found.mean[n + 1],
            loss_percent: 100.0 * solution.loss.iter().sum::<f64>() / head_total.max(1e-9),
            loss_kwh: solution.loss.clone(),
            shapes,
            usual_percent: found.usual_percent,
            head_jitter_s: solution.noise.head_jitter_s,
            loss_unexplained: solution.noise.loss,
            dispersion: solution.dispersion,
            clocks_applied: unsynchronised(energies, &solution.noise),
            clock_scale: solution.noise.clock,
            missing_scale: solution.noise.missing,
        },
        changes: balance.changes.clone(),
    }
}

pub(super) struct Summary {
    pub(super) error: f64,
    pub(super) u: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) beyond: f64,
}

pub(super) fn summarized(marginal: &Marginal, limit: f64) -> Summary {
    // An error e needs the correction b with (1 + e)(1 + b) = 1.
    let correction = |error: f64| -error / (1.0 + error / 100.0);
    let mean = marginal.mean();
    let error = error_of(mean);
    let factor = 1.0 / ((1.0 + mean / 100.0) * (1.0 + mean / 100.0));
    let above = marginal.below(correction(limit));
    let below = 1.0 - marginal.below(correction(-limit));
    Summary {
        error,
        u: marginal.variance().sqrt() * factor,
        low: error_of(marginal.quantile(0.975)),
        high: error_of(marginal.quantile(0.025)),
        beyond: (above + below).clamp(0.0, 1.0),
    }
}

fn why(energies: &Energies, solution: &Solution, i: usize, registered: f64) -> Reason {
    let n = energies.meters.rows;
    let hours = energies.intervals() as f64 * energies.hours;
    let marginal = &solution.posterior.marginals[i];
    let covariance = &solution.posterior.covariance;
    let with_head = covariance.at(i, n) / (covariance.at(i, i) * covariance.at(n, n)).sqrt();
    if registered / hours < 0.02 {
        Reason::Vacant
    } else if energies.missing_share[i] > 0.2 {
        Reason::Missing
    } else if unsynchronised(energies, &solution.noise) {
        Reason::Clocks
    } else if with_head.abs() > 0.7 {
        Reason::Head
    } else if marginal.data_variance * solution.gram.at(i, i) > 20.0 {
        Reason::Collinear
    } else {
        Reason::Load
    }
}

/// Readings that are all taken at one time differ by a second or two; the head's clock against the mean of many by less.
const SYNCHRONOUS_S: f64 = 1.5;

/// Whether offsets of clocks show in the balance.
fn unsynchronised(energies: &Energies, noise: &Noise) -> bool {
    clock_share(energies, noise) > 0.2 || noise.head_jitter_s > SYNCHRONOUS_S
}

fn clock_share(energies: &Energies, noise: &Noise) -> f64 {
    let clock: f64 = energies.clock_variance.iter().map(|v| v * noise.clock).sum();
    let count = energies.clock_variance.len() as f64;
    let missing: f64 = energies.missing_variance.iter().map(|v| v * noise.missing).sum();
    clock / (clock + missing + energies.resolution_variance * count)
}
