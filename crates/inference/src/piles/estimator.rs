//! From sessions to errors: robust weights, elimination of vehicles, population, variances.

use super::linking::components;
use super::noise::{Noise, NoiseSums};
use super::population::{Likelihood, Marginal, Population};
use super::reduced::Reduced;
use super::sessions::Sessions;
use super::solver::{Effort, System};
use super::{Anchor, Gauge, Inference, PileError, Reason, Settings, small, variance};

/// Passes over the sessions: the first by medians, the others by residuals from the last solution.
const PASSES: usize = 4;
/// While the weights still move, a solution need not be better than this.
const ROUGH: Effort = Effort { tolerance: 1e-4, iterations: 200 };
const FINE: Effort = Effort { tolerance: 1e-8, iterations: 2000 };

/// What is solved for: the errors of piles, and the mean of vehicles μ, the temperature coefficient β and the mean of piles m.
#[derive(Clone, Debug)]
struct Solution {
    /// A⁻¹ of the right side, and of the columns of μ, β and m.
    columns: Vec<[f64; 4]>,
    errors: Vec<f64>,
    /// μ, β, m.
    fixed: [f64; 3],
    /// Their covariance.
    covariance: [[f64; 3]; 3],
    deviations: Vec<f64>,
}

/// Priors of the piles.
#[derive(Clone, Debug)]
struct Priors {
    precisions: Vec<f64>,
    /// The verified error of an anchor; other piles are about the population's mean.
    verified: Vec<Option<Anchor>>,
    /// The precision of the population's mean about zero.
    mean: f64,
}

/// The errors of all piles. Anchors of piles that do not exist are left out.
///
/// Sessions y = e_p + μ + d_v + β·(T − T₀) + ε with d_v ~ N(0, σ²), ε ~ N(0, φ(E)) or gross, e_p ~ (1−π)·N(m, τ²) + π·N(m, τ₁²), all in
/// percent. σ, φ, the share of gross sessions, π, τ and τ₁ are estimated from the same sessions.
pub fn infer(sessions: &Sessions, anchors: &[Anchor], settings: &Settings) -> Inference {
    let piles = sessions.piles();
    let reference = mean_temperature(sessions);
    let mut population = Population::first(settings.limit_percent);
    let mut priors = Priors::of(anchors, piles, &population, settings);
    let (mut noise, mut spread, mut reduced) = first_pass(sessions, reference);
    let mut solution = Solution::start(piles);
    for pass in 1..PASSES {
        solution.refine(&reduced, &priors, ROUGH);
        spread = vehicle_spread(&reduced, &solution, spread);
        let (likelihoods, _) = likelihoods(&reduced, &priors, &solution, None);
        let [_, _, mean] = solution.fixed;
        population = Population::first(settings.limit_percent).fitted(&unverified(&likelihoods, &priors, mean));
        priors.follow(&population, &likelihoods, mean);
        let mut sums = NoiseSums::default();
        let next = pass_of(sessions, reference, &reduced, &solution, &noise, spread, &mut sums);
        if pass + 1 < PASSES {
            noise = noise.updated(&sums);
        }
        reduced = next;
    }
    solution.refine(&reduced, &priors, FINE);
    let system = System { reduced: &reduced, prior: &priors.precisions };
    let conditional = if piles <= settings.exact_up_to {
        variance::exact(&system)
    } else {
        variance::sampled(&system, settings.batches)
    };
    let (likelihoods, variances) = likelihoods(&reduced, &priors, &solution, Some(&conditional));
    let [_, beta, mean] = solution.fixed;
    let [_, [_, beta_variance, _], _] = solution.covariance;
    population = Population::first(settings.limit_percent).fitted(&unverified(&likelihoods, &priors, mean));
    let groups = components(&reduced);
    let counted = counts(sessions);
    let gross = gross_shares(sessions, &reduced, &noise);
    let rows = Rows::of(&reduced, &priors, &groups, settings);
    let mut piles: Vec<PileError> = likelihoods
        .iter()
        .zip(&variances)
        .zip(counted.iter().zip(&gross))
        .enumerate()
        .map(|(pile, ((likelihood, variance), counted))| {
            let marginal = match priors.verified.get(pile) {
                Some(Some(_)) => Marginal::normal(solution.errors.get(pile).copied().unwrap_or(mean), variance.sqrt()),
                _ => population.posterior(likelihood, mean),
            };
            rows.row(pile, likelihood, &marginal, counted)
        })
        .collect();
    list(&mut piles, settings.list_precision);
    let is_anchored = priors.is_anchored();
    Inference {
        piles,
        gauge: if is_anchored { Gauge::VerifiedPiles } else { Gauge::PopulationMean },
        gauge_u_percent: gauge_u(&system, &solution),
        population_mean_percent: if is_anchored { mean } else { 0.0 },
        near_deviation_percent: population.near.sqrt(),
        far_deviation_percent: population.far.sqrt(),
        far_share: population.far_share,
        vehicle_deviation_percent: spread.sqrt(),
        temperature_coefficient_percent: beta,
        temperature_coefficient_u_percent: beta_variance.max(0.0).sqrt(),
        noise: noise.coefficients,
        gross_share: noise.gross_share,
        sessions: sessions.len() as u64,
        refused: sessions.refused(),
        pairs: reduced.pairs.len() as u64,
        components: groups.iter().enumerate().filter(|(pile, group)| *pile == **group as usize).count() as u32,
    }
}

/// The mean of the temperatures that are known, by which they are centred.
fn mean_temperature(sessions: &Sessions) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for session in sessions.all() {
        if let Some(celsius) = session.temperature_celsius() {
            sum += celsius;
            count += 1.0;
        }
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Weights before anything is known: sessions near the median of their vehicle. Returns the noise, the variance of vehicles and the equations.
fn first_pass(sessions: &Sessions, reference: f64) -> (Noise, f64, Reduced) {
    /// A residual beyond this many scales is left out of the first solution.
    const GROSS: f64 = 6.0;
    let mut buffer = Vec::new();
    let mut medians = Vec::with_capacity(sessions.vehicles());
    let mut residuals = Vec::new();
    for of_vehicle in sessions.by_vehicle() {
        buffer.clear();
        buffer.extend(of_vehicle.iter().map(|session| session.difference_percent()));
        let median = median(&mut buffer);
        // A single session is its own median.
        if of_vehicle.len() > 1 {
            residuals.extend(buffer.iter().map(|value| (value - median).abs() as f32));
        }
        medians.push(median);
    }
    // Where no vehicle came twice, the vehicles' own spread is all that is known.
    if residuals.is_empty() {
        let mut all = medians.clone();
        let centre = median(&mut all);
        residuals.extend(all.iter().map(|value| (value - centre).abs() as f32));
    }
    let scale = scale(residuals);
    let mut of_vehicles = medians.clone();
    let centre = median(&mut of_vehicles);
    let spread = scale_f64(medians.iter().map(|value| (value - centre).abs()).collect());
    let noise = Noise::first(sessions.all(), scale);
    let spread = (spread * spread).max(1e-4);
    let bound = GROSS * scale;
    let offsets = offsets(sessions, &medians, 0.5 * bound);
    let reduced = Reduced::of(sessions, reference, 1.0 / spread, |vehicle, of_vehicle, weights| {
        let median = medians.get(vehicle).copied().unwrap_or(0.0);
        weights.extend(of_vehicle.iter().map(|session| {
            let of_pile = offsets.get(session.pile as usize).copied().unwrap_or(0.0);
            let is_near = (session.difference_percent() - median - of_pile).abs() <= bound;
            if is_near { 1.0 / noise.variance(*session) } else { 0.0 }
        }));
    });
    (noise, spread, reduced)
}

/// By how much each pile stands apart from what its vehicles read elsewhere: the median of its sessions about those of their vehicles, where that is more than
/// `least`; else nothing. A pile that is far out would else have none but gross sessions, and be no worse than any other.
fn offsets(sessions: &Sessions, medians: &[f64], least: f64) -> Vec<f64> {
    /// So many sessions a pile must have: of fewer, two gross ones are the median.
    const FEW: usize = 5;
    let mut starts = vec![0_usize; sessions.piles() + 1];
    for session in sessions.all() {
        if let Some(next) = starts.get_mut(session.pile as usize + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut apart = vec![0.0_f32; sessions.len()];
    let mut places = starts.clone();
    for (of_vehicle, median) in sessions.by_vehicle().zip(medians) {
        for session in of_vehicle {
            if let Some(place) = places.get_mut(session.pile as usize) {
                if let Some(cell) = apart.get_mut(*place) {
                    *cell = (session.difference_percent() - median) as f32;
                }
                *place += 1;
            }
        }
    }
    let mut buffer = Vec::new();
    starts
        .iter()
        .zip(starts.iter().skip(1))
        .map(|(from, to)| {
            buffer.clear();
            buffer.extend(apart.get(*from..*to).into_iter().flatten().map(|value| f64::from(*value)));
            let offset = if buffer.len() < FEW { 0.0 } else { median(&mut buffer) };
            if offset.abs() > least { offset } else { 0.0 }
        })
        .collect()
}

fn median(values: &mut [f64]) -> f64 {
    if values.is_empty() {
        return 0.0;
    }
    let is_even = values.len().is_multiple_of(2);
    let (below, upper, _) = values.select_nth_unstable_by(values.len() / 2, f64::total_cmp);
    let lower = below.iter().copied().max_by(f64::total_cmp).filter(|_| is_even);
    0.5 * (*upper + lower.unwrap_or(*upper))
}

/// The standard deviation of a normal distribution with this median of absolute deviations.
fn scale(residuals: Vec<f32>) -> f64 {
    scale_f64(residuals.into_iter().map(f64::from).collect())
}

fn scale_f64(mut deviations: Vec<f64>) -> f64 {
    // 1/Φ⁻¹(3/4).
    (1.482_602_218_505_602 * median(&mut deviations)).max(0.01)
}

/// The weights of all sessions from their residuals, and the equations with them.
fn pass_of(
    sessions: &Sessions,
    reference: f64,
    before: &Reduced,
    solution: &Solution,
    noise: &Noise,
    spread: f64,
    sums: &mut NoiseSums,
) -> Reduced {
    let [mu, beta, _] = solution.fixed;
    Reduced::of(sessions, reference, 1.0 / spread, |vehicle, of_vehicle, weights| {
        let level = mu + solution.deviations.get(vehicle).copied().unwrap_or(0.0);
        let of_deviation = before.vehicles.get(vehicle).map_or(0.0, |vehicle| vehicle.variance);
        weights.extend(of_vehicle.iter().map(|session| {
            let at = session.pile as usize;
            let error = solution.errors.get(at).copied().unwrap_or(0.0);
            let residual = session.difference_percent() - error - level - beta * session.temperature_above(reference);
            let variance = noise.variance(*session);
            let of_pile = before.diagonal.get(at).copied().filter(|own| *own > 0.0).map_or(0.0, |own| 1.0 / own);
            // The share of a session's noise that its own fit took.
            let left = 1.0 - ((of_deviation + of_pile) / variance).min(0.9);
            let squared = residual * residual / left;
            let ordinary = noise.ordinary(squared / variance);
            sums.add(*session, ordinary, squared, variance);
            ordinary / variance
        }));
    })
}

/// The variance of vehicles: the sum of their squared deviations over the degrees of freedom that sessions decide (MacKay, Neural Comput. 4
/// (1992), 415).
fn vehicle_spread(reduced: &Reduced, solution: &Solution, before: f64) -> f64 {
    let squares: f64 = solution.deviations.iter().map(|deviation| deviation * deviation).sum();
    let decided = reduced.decided();
    // Two vehicles of the spread so far hold the answer where nearly none is decided.
    ((squares + 2.0 * before) / (decided + 2.0)).max(1e-6)
}

impl Priors {
    fn of(anchors: &[Anchor], piles: usize, population: &Population, settings: &Settings) -> Self {
        let mut verified = vec![None; piles];
        let mut precisions = vec![1.0 / (population.deviation() * population.deviation()); piles];
        for anchor in anchors {
            let place = anchor.pile as usize;
            if let (Some(cell), Some(precision)) = (verified.get_mut(place), precisions.get_mut(place)) {
                *cell = Some(*anchor);
                let u = anchor.u_percent.max(1e-4);
                *precision = 1.0 / (u * u);
            }
        }
        let is_anchored = verified.iter().any(Option::is_some);
        // Verified piles carry the level; the mean of the others is then whatever it is, here to a hundred percent.
        let u = if is_anchored { 100.0 } else { settings.population_mean_u_percent.max(1e-4) };
        Self { precisions, verified, mean: 1.0 / (u * u) }
    }

    fn is_anchored(&self) -> bool {
        self.verified.iter().any(Option::is_some)
    }

    /// Takes the prior of each pile from the population.
    fn follow(&mut self, population: &Population, likelihoods: &[Likelihood], mean: f64) {
        for ((precision, verified), likelihood) in self.precisions.iter_mut().zip(&self.verified).zip(likelihoods) {
            if verified.is_none() {
                *precision = population.precision(&population.posterior(likelihood, mean));
            }
        }
    }
}

impl Solution {
    fn start(piles: usize) -> Self {
        Self {
            columns: vec![[0.0; 4]; piles],
            errors: vec![0.0; piles],
            fixed: [0.0; 3],
            covariance: [[0.0; 3]; 3],
            deviations: Vec::new(),
        }
    }

    /// Solves again, from the last solution.
    fn refine(&mut self, reduced: &Reduced, priors: &Priors, effort: Effort) {
        let [mu, beta] = &reduced.columns;
        let right: Vec<[f64; 4]> = reduced
            .right
            .iter()
            .zip(mu.iter().zip(beta))
            .zip(priors.precisions.iter().zip(&priors.verified))
            .map(|((right, (mu, beta)), (precision, verified))| match verified {
                Some(anchor) => [right + precision * anchor.error_percent, *mu, *beta, 0.0],
                None => [*right, *mu, *beta, -precision],
            })
            .collect();
        System { reduced, prior: &priors.precisions }.solve(&right, &mut self.columns, effort);
        self.border(reduced, priors, &right);
        let [mu, beta, _] = self.fixed;
        self.deviations = reduced.deviations(&self.errors, mu, beta);
    }

    /// μ, β and m from the Schur complement of the piles.
    fn border(&mut self, reduced: &Reduced, priors: &Priors, right: &[[f64; 4]]) {
        let [[mu_mu, mu_beta], [_, beta_beta]] = reduced.block;
        let [right_mu, right_beta] = reduced.block_right;
        let unverified = priors.precisions.iter().zip(&priors.verified).filter(|(_, verified)| verified.is_none());
        let mean_mean = priors.mean + unverified.map(|(precision, _)| precision).sum::<f64>();
        // Without any temperature the coefficient has nothing to hold it.
        let tiny = 1e-9;
        let mut block = [[mu_mu + tiny, mu_beta, 0.0], [mu_beta, beta_beta + tiny, 0.0], [0.0, 0.0, mean_mean]];
        let mut vector = [right_mu, right_beta, 0.0];
        for (solved, [_, columns @ ..]) in self.columns.iter().zip(right) {
            let [of_right, of_columns @ ..] = solved;
            for ((row, value), column) in block.iter_mut().zip(&mut vector).zip(columns) {
                for (cell, of_column) in row.iter_mut().zip(of_columns) {
                    *cell -= column * of_column;
                }
                *value -= column * of_right;
            }
        }
        // The solutions are symmetric only to their tolerance.
        let [[_, ab, ac], [ba, _, bc], [ca, cb, _]] = &mut block;
        for (one, other) in [(ab, ba), (ac, ca), (bc, cb)] {
            let mean = 0.5 * (*one + *other);
            *one = mean;
            *other = mean;
        }
        if let (Some(fixed), Some(covariance)) = (small::solved(&block, &vector), small::inverse(&block)) {
            self.fixed = fixed;
            self.covariance = covariance;
        }
        for (error, [of_right, of_columns @ ..]) in self.errors.iter_mut().zip(&self.columns) {
            *error = of_right - product(of_columns, &self.fixed);
        }
    }

    /// What the uncertainty of μ, β and m adds to the variance of a linear form whose products with the columns are given.
    fn bordered(&self, form: &[f64; 3]) -> f64 {
        let mut image = [0.0; 3];
        for (cell, row) in image.iter_mut().zip(&self.covariance) {
            *cell = product(row, form);
        }
        product(&image, form).max(0.0)
    }
}

fn product<const N: usize>(one: &[f64; N], other: &[f64; N]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// What the sessions alone say of each pile: the posterior without the pile's own prior; and the variance of the posterior. Where the variances
/// with μ, β and m known are not given, those with all else known stand for them.
fn likelihoods(
    reduced: &Reduced,
    priors: &Priors,
    solution: &Solution,
    conditional: Option<&[f64]>,
) -> (Vec<Likelihood>, Vec<f64>) {
    let [_, _, mean] = solution.fixed;
    let mut variances = Vec::with_capacity(solution.errors.len());
    let mut likelihoods = Vec::with_capacity(solution.errors.len());
    for (pile, ((error, [_, form @ ..]), prior)) in
        solution.errors.iter().zip(&solution.columns).zip(&priors.precisions).enumerate()
    {
        let known = conditional.and_then(|variances| variances.get(pile).copied());
        let own = known.unwrap_or_else(|| 1.0 / (reduced.diagonal.get(pile).copied().unwrap_or(0.0) + prior));
        let variance = own + solution.bordered(form);
        let precision = 1.0 / variance - prior;
        variances.push(variance);
        likelihoods.push(if precision > 1e-9 * prior {
            let about = (error / variance - prior * mean) / precision;
            Likelihood { error: about, variance: 1.0 / precision }
        } else {
            Likelihood { error: mean, variance: f64::INFINITY }
        });
    }
    (likelihoods, variances)
}

/// What the sessions say of the piles that are not verified, about the population's mean.
fn unverified(likelihoods: &[Likelihood], priors: &Priors, mean: f64) -> Vec<Likelihood> {
    let unverified = likelihoods.iter().zip(&priors.verified).filter(|(_, verified)| verified.is_none());
    unverified
        .map(|(likelihood, _)| Likelihood { error: likelihood.error - mean, ..*likelihood })
        .filter(|likelihood| likelihood.variance.is_finite())
        .collect()
}

/// Puts the most probable piles on the list for as long as the mean of their probabilities is large enough.
fn list(piles: &mut [PileError], precision: f64) {
    let mut order: Vec<usize> = (0..piles.len()).collect();
    let probability = |place: &usize| piles.get(*place).map_or(0.0, |pile| pile.p_beyond_limit);
    order.sort_by(|one, other| probability(other).total_cmp(&probability(one)).then(one.cmp(other)));
    let mut sum = 0.0;
    let mut length = 0;
    for (count, place) in (1_usize..).zip(&order) {
        sum += probability(place);
        if sum < precision * count as f64 {
            // The mean of falling numbers only falls.
            break;
        }
        length = count;
    }
    for place in order.into_iter().take(length) {
        if let Some(pile) = piles.get_mut(place) {
            pile.listed = true;
        }
    }
}

/// The standard uncertainty of the mean of all errors.
fn gauge_u(system: &System, solution: &Solution) -> f64 {
    let piles = solution.errors.len();
    let right = vec![[1.0]; piles];
    let mut x = vec![[0.0]; piles];
    system.solve(&right, &mut x, FINE);
    let own: f64 = x.iter().flatten().sum();
    let mut form = [0.0; 3];
    for [_, columns @ ..] in &solution.columns {
        form.iter_mut().zip(columns).for_each(|(sum, column)| *sum += column);
    }
    (own + solution.bordered(&form)).max(0.0).sqrt() / piles.max(1) as f64
}

/// Which part of the weight that the sessions of each pile would have is lost because they are gross.
fn gross_shares(sessions: &Sessions, reduced: &Reduced, noise: &Noise) -> Vec<f64> {
    let mut whole = vec![0.0; sessions.piles()];
    for session in sessions.all() {
        if let Some(cell) = whole.get_mut(session.pile as usize) {
            *cell += 1.0 / noise.variance(*session);
        }
    }
    let share = |(whole, kept): (&f64, &f64)| if *whole > 0.0 { (1.0 - kept / whole).clamp(0.0, 1.0) } else { 0.0 };
    whole.iter().zip(&reduced.weights).map(share).collect()
}

/// The number of sessions and of vehicles of each pile.
fn counts(sessions: &Sessions) -> Vec<[u32; 2]> {
    let mut counts = vec![[0, 0]; sessions.piles()];
    for of_vehicle in sessions.by_vehicle() {
        for of_pile in of_vehicle.chunk_by(|one, next| one.pile == next.pile) {
            if let Some(first) = of_pile.first()
                && let Some([sessions, vehicles]) = counts.get_mut(first.pile as usize)
            {
                *sessions += of_pile.len() as u32;
                *vehicles += 1;
            }
        }
    }
    counts
}

/// What a row is made from beside its own numbers.
struct Rows<'a> {
    reduced: &'a Reduced,
    settings: &'a Settings,
    is_anchored: bool,
    /// Whether a chain of vehicles leads from the pile to a verified one.
    reaches_anchor: Vec<bool>,
}

impl<'a> Rows<'a> {
    fn of(reduced: &'a Reduced, priors: &Priors, groups: &[u32], settings: &'a Settings) -> Self {
        let mut anchored = vec![false; groups.len()];
        for (group, verified) in groups.iter().zip(&priors.verified) {
            if let Some(cell) = anchored.get_mut(*group as usize).filter(|_| verified.is_some()) {
                *cell = true;
            }
        }
        let reaches_anchor =
            groups.iter().map(|group| anchored.get(*group as usize).copied().unwrap_or(false)).collect();
        Self { reduced, settings, is_anchored: priors.is_anchored(), reaches_anchor }
    }

    fn row(
        &self,
        pile: usize,
        likelihood: &Likelihood,
        marginal: &Marginal,
        ([sessions, vehicles], gross_share): (&[u32; 2], &f64),
    ) -> PileError {
        let tail = 0.5 * (1.0 - self.settings.coverage_probability);
        let limit_percent = self.settings.limit_of(pile);
        let p_beyond_limit = marginal.beyond(limit_percent);
        let reason = self.reason((pile, limit_percent), likelihood, p_beyond_limit);
        PileError {
            error_percent: marginal.mean(),
            u_percent: marginal.deviation(),
            low_percent: marginal.quantile(tail),
            high_percent: marginal.quantile(1.0 - tail),
            limit_percent,
            p_beyond_limit,
            decidable: reason == Reason::Decided,
            reason,
            listed: false,
            sessions: *sessions,
            vehicles: *vehicles,
            gross_share: *gross_share,
        }
    }

    fn reason(&self, (pile, limit_percent): (usize, f64), likelihood: &Likelihood, p_beyond_limit: f64) -> Reason {
        let decision_probability = self.settings.decision_probability;
        let at = |values: &[f64]| values.get(pile).copied().unwrap_or(0.0);
        let deviation = likelihood.variance.sqrt();
        // That nearly all piles are good makes none good: the sessions must say so by themselves.
        let by_itself = Marginal::normal(likelihood.error, deviation).beyond(limit_percent);
        let is_beyond = p_beyond_limit >= decision_probability;
        let is_within = p_beyond_limit <= 1.0 - decision_probability && by_itself <= 1.0 - decision_probability;
        if at(&self.reduced.weights) <= 0.0 {
            Reason::NoSessions
        } else if self.is_anchored && !self.reaches_anchor.get(pile).copied().unwrap_or(false) {
            Reason::Unanchored
        } else if is_beyond || is_within {
            Reason::Decided
        } else if 6.0 * deviation <= limit_percent {
            Reason::NearLimit
        } else if likelihood.variance * at(&self.reduced.diagonal) > 4.0 {
            Reason::WeaklyLinked
        } else {
            Reason::FewSessions
        }
    }
}
