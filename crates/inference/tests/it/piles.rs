//! Errors of charging piles: against a dense solution, against the truth of synthetic sessions, and what cannot be known.

use heng_inference::piles::{
    Anchor, Bill, Gauge, Inference, PileError, Reason, Session, Sessions, SessionsBuilder, Settings, Steps, crowding,
    infer, infer_verified,
};
use proptest::prelude::*;

/// SplitMix64 with uniform and normal numbers, for synthetic sessions.
struct Random(u64);

impl Random {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ bits >> 31
    }

    fn uniform(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, n: u32) -> u32 {
        (self.uniform() * f64::from(n)) as u32
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.uniform()).ln()).sqrt() * (std::f64::consts::TAU * self.uniform()).cos()
    }
}

/// A synthetic town: each vehicle has four habitual piles of its district and now and then another one.
struct Town {
    errors: Vec<f64>,
    sessions: Vec<Session>,
}

#[derive(Clone, Copy)]
struct Plan {
    piles: u32,
    vehicles: u32,
    sessions: usize,
    gross: f64,
    temperature: f64,
    seed: u64,
}

const PLAN: Plan = Plan { piles: 150, vehicles: 600, sessions: 30_000, gross: 0.003, temperature: 0.02, seed: 1 };

fn town(plan: &Plan) -> Town {
    let mut random = Random(plan.seed);
    let errors: Vec<f64> = (0..plan.piles)
        .map(|_| {
            if random.uniform() < 0.03 {
                let side = if random.uniform() < 0.5 { -1.0 } else { 1.0 };
                side * (3.0 + 3.0 * random.uniform())
            } else {
                0.7 * random.normal()
            }
        })
        .collect();
    let habits: Vec<[u32; 4]> = (0..plan.vehicles).map(|_| [0; 4].map(|_| random.below(plan.piles))).collect();
    let biases: Vec<f64> = (0..plan.vehicles).map(|_| 0.4 + 1.5 * random.normal()).collect();
    let sessions = (0..plan.sessions)
        .map(|_| {
            let vehicle = random.below(plan.vehicles);
            let pile = if random.uniform() < 0.8 {
                habits[vehicle as usize][random.below(4) as usize]
            } else {
                random.below(plan.piles)
            };
            let kwh = 3.0 + 50.0 * random.uniform();
            let temperature = 14.0 + 10.0 * random.normal();
            let gross = if random.uniform() < plan.gross { 8.0 } else { 1.0 };
            let noise = gross * random.normal() * (0.5 + 13.0 / kwh).sqrt();
            let y = errors[pile as usize] - biases[vehicle as usize] + plan.temperature * (temperature - 14.0) + noise;
            Session { pile, vehicle, difference_percent: y, energy_kwh: kwh, temperature_celsius: Some(temperature) }
        })
        .collect();
    Town { errors, sessions }
}

fn taken(sessions: &[Session], piles: u32, vehicles: u32) -> Sessions {
    let mut builder = SessionsBuilder::default();
    sessions.iter().for_each(|session| builder.add(session));
    let [piles, vehicles] = [piles, vehicles].map(|count| (0..count).collect::<Vec<u32>>());
    builder.finish(&piles, &vehicles)
}

fn inferred(plan: &Plan, sessions: &[Session], anchors: &[Anchor]) -> Inference {
    infer(&taken(sessions, plan.piles, plan.vehicles), anchors, &Settings::of_limit(2.0))
}

fn covers(row: &PileError, truth: f64) -> bool {
    row.low_percent <= truth && truth <= row.high_percent
}

/// Solves a dense symmetric system and returns its inverse, by Gauss and Jordan with row pivots.
fn inverse(mut matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let n = matrix.len();
    for (place, row) in matrix.iter_mut().enumerate() {
        row.extend((0..n).map(|other| f64::from(u8::from(other == place))));
    }
    for column in 0..n {
        let pivot = (column..n).max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs())).unwrap();
        matrix.swap(column, pivot);
        let head = matrix[column][column];
        matrix[column].iter_mut().for_each(|cell| *cell /= head);
        let from = matrix[column].clone();
        for (place, row) in matrix.iter_mut().enumerate() {
            let factor = row[column];
            if place != column && factor != 0.0 {
                row.iter_mut().zip(&from).for_each(|(cell, from)| *cell -= factor * from);
            }
        }
    }
    matrix.into_iter().map(|row| row[n..].to_vec()).collect()
}

/// All unknowns at once (piles, vehicles, μ, β) with the variances that the inference itself found.
#[test]
fn a_dense_solution_with_all_vehicles_in_it_says_the_same() {
    let plan = Plan { piles: 25, vehicles: 60, sessions: 1500, gross: 0.0, ..PLAN };
    let mut town = town(&plan);
    town.sessions.iter_mut().for_each(|session| session.energy_kwh = 20.0);
    // No pile is far out, so that each prior is the near one.
    for session in &mut town.sessions {
        session.difference_percent -= town.errors[session.pile as usize] * 0.8;
    }
    let found = inferred(&plan, &town.sessions, &[]);
    let [a, b, c] = found.noise;
    // What is not gross at all has nearly the whole weight.
    let weight = 1.0 / (a + b / 20.0 + c / 400.0);
    let (piles, vehicles) = (plan.piles as usize, plan.vehicles as usize);
    let n = piles + vehicles + 2;
    let mut matrix = vec![vec![0.0; n]; n];
    let mut right = vec![0.0; n];
    for (place, row) in matrix.iter_mut().enumerate().take(piles) {
        row[place] = 1.0 / found.near_deviation_percent.powi(2);
    }
    for (place, row) in matrix.iter_mut().enumerate().skip(piles).take(vehicles) {
        row[place] = 1.0 / found.vehicle_deviation_percent.powi(2);
    }
    for session in &town.sessions {
        let terms = [
            (session.pile as usize, 1.0),
            (piles + session.vehicle as usize, 1.0),
            (n - 2, 1.0),
            (n - 1, session.temperature_celsius.unwrap() - 14.0),
        ];
        for (row, one) in terms {
            right[row] += weight * one * session.difference_percent;
            for (column, other) in terms {
                matrix[row][column] += weight * one * other;
            }
        }
    }
    let covariance = inverse(matrix);
    for (place, row) in found.piles.iter().enumerate() {
        let error: f64 = covariance[place].iter().zip(&right).map(|(cell, right)| cell * right).sum();
        let u = covariance[place][place].sqrt();
        // That a session may be gross takes some weight from the outer ones, which least squares leaves to them.
        assert!((row.error_percent - error).abs() < 0.3 * u, "{place}: {} {error} ± {u}", row.error_percent);
        assert!((row.u_percent / u - 1.0).abs() < 0.05, "{place}: {} {u}", row.u_percent);
    }
    let beta: f64 = covariance[n - 1].iter().zip(&right).map(|(cell, right)| cell * right).sum();
    let u = covariance[n - 1][n - 1].sqrt();
    assert!((found.temperature_coefficient_percent - beta).abs() < 0.3 * u);
    assert!((found.temperature_coefficient_u_percent / u - 1.0).abs() < 0.05);
}

#[test]
fn sampled_variances_are_those_of_unit_vectors() {
    let town = town(&PLAN);
    let sessions = taken(&town.sessions, PLAN.piles, PLAN.vehicles);
    let settings = Settings::of_limit(2.0);
    let exact = infer(&sessions, &[], &settings);
    let sampled = infer(&sessions, &[], &Settings { exact_up_to: 0, batches: 64, ..settings });
    for (exact, sampled) in exact.piles.iter().zip(&sampled.piles) {
        assert!((exact.error_percent - sampled.error_percent).abs() < 0.02 * exact.u_percent);
        assert!((exact.u_percent / sampled.u_percent - 1.0).abs() < 0.03, "{exact:?} {sampled:?}");
    }
}

#[test]
fn each_pile_is_held_to_its_own_limit() {
    let town = town(&PLAN);
    let sessions = taken(&town.sessions, PLAN.piles, PLAN.vehicles);
    let settings = Settings::of_limit(2.0);
    let all = infer(&sessions, &[], &settings);
    // One that is well within two percent, and well beyond one.
    let is_between = |row: &PileError| (1.3..1.7).contains(&row.error_percent.abs()) && row.u_percent < 0.1;
    let strict = all.piles.iter().position(is_between).unwrap();
    let own_limits_percent = [(u32::try_from(strict).unwrap(), 1.0)].into();
    let own = infer(&sessions, &[], &Settings { own_limits_percent, ..settings });
    for (pile, (before, after)) in all.piles.iter().zip(&own.piles).enumerate() {
        assert_eq!(before.error_percent, after.error_percent);
        assert_eq!(before.u_percent, after.u_percent);
        if pile == strict {
            assert!(before.decidable && before.p_beyond_limit < 0.01 && before.limit_percent == 2.0);
            assert!(after.decidable && after.p_beyond_limit > 0.99 && after.limit_percent == 1.0);
        } else {
            assert_eq!(before.p_beyond_limit, after.p_beyond_limit);
        }
    }
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    let (mut covered, mut all) = (0, 0);
    for seed in 1..=20 {
        let plan = Plan { seed, sessions: 8000, ..PLAN };
        let town = town(&plan);
        let found = inferred(&plan, &town.sessions, &[]);
        // The gauge is the mean of the population that the errors were drawn from, which is zero here.
        covered += found.piles.iter().zip(&town.errors).filter(|(row, truth)| covers(row, **truth)).count();
        all += town.errors.len();
    }
    let share = f64::from(u32::try_from(covered).unwrap()) / all as f64;
    assert!((0.93..=0.97).contains(&share), "{share}");
}

#[test]
fn what_the_town_was_made_from_is_found() {
    let plan = Plan { sessions: 60_000, ..PLAN };
    let town = town(&plan);
    let found = inferred(&plan, &town.sessions, &[]);
    assert!((found.temperature_coefficient_percent - 0.02).abs() < 3.0 * found.temperature_coefficient_u_percent);
    assert!((found.vehicle_deviation_percent - 1.5).abs() < 0.15, "{}", found.vehicle_deviation_percent);
    assert!((found.gross_share - 0.003).abs() < 0.002, "{}", found.gross_share);
    let [a, b, c] = found.noise;
    for kwh in [5.0, 20.0, 50.0] {
        let variance = a + b / kwh + c / (kwh * kwh);
        assert!((variance / (0.5 + 13.0 / kwh) - 1.0).abs() < 0.05, "{kwh}: {variance}");
    }
    for (row, truth) in found.piles.iter().zip(&town.errors) {
        if row.decidable {
            assert_eq!(row.p_beyond_limit > 0.5, truth.abs() > 2.0, "{row:?} {truth}");
        }
    }
    assert_eq!(found.components, 1);
}

#[test]
fn gross_sessions_of_any_size_move_nothing() {
    let plan = Plan { gross: 0.0, ..PLAN };
    let town = town(&plan);
    let clean = inferred(&plan, &town.sessions, &[]);
    let mut random = Random(7);
    let mut spoilt = town.sessions.clone();
    for session in &mut spoilt {
        if random.uniform() < 0.01 {
            session.difference_percent += 1000.0;
        }
    }
    let found = inferred(&plan, &spoilt, &[]);
    for (clean, found) in clean.piles.iter().zip(&found.piles) {
        assert!((clean.error_percent - found.error_percent).abs() < 0.6 * clean.u_percent, "{clean:?} {found:?}");
    }
    assert!((found.gross_share - 0.01).abs() < 0.002, "{}", found.gross_share);
}

#[test]
fn an_error_that_all_piles_share_is_not_identifiable_without_a_verified_pile() {
    let town = town(&PLAN);
    let before = inferred(&PLAN, &town.sessions, &[]);
    let moved: Vec<Session> = town
        .sessions
        .iter()
        .map(|session| Session { difference_percent: session.difference_percent + 1.0, ..*session })
        .collect();
    let after = inferred(&PLAN, &moved, &[]);
    assert_eq!(after.gauge, Gauge::PopulationMean);
    assert!(after.gauge_u_percent > 0.05, "{}", after.gauge_u_percent);
    for (old, new) in before.piles.iter().zip(&after.piles) {
        assert!((old.error_percent - new.error_percent).abs() < 1e-4);
        assert!(new.u_percent > after.gauge_u_percent * 0.9, "{new:?}");
    }
}

#[test]
fn verified_piles_carry_the_level_with_their_uncertainty() {
    // All piles read 1 % more than those that the vehicles are used to.
    let town = town(&PLAN);
    let moved: Vec<Session> = town
        .sessions
        .iter()
        .map(|session| Session { difference_percent: session.difference_percent + 1.0, ..*session })
        .collect();
    let anchors: Vec<Anchor> =
        (0..8).map(|pile| Anchor { pile, error_percent: town.errors[pile as usize] + 1.0, u_percent: 0.1 }).collect();
    let found = inferred(&PLAN, &moved, &anchors);
    assert_eq!(found.gauge, Gauge::VerifiedPiles);
    assert!((found.population_mean_percent - 1.0).abs() < 0.3, "{}", found.population_mean_percent);
    // Eight anchors of ± 0.1 carry a level of ± 0.035 beside what links them.
    assert!((0.03..0.06).contains(&found.gauge_u_percent), "{}", found.gauge_u_percent);
    let covered = found.piles.iter().zip(&town.errors).filter(|(row, truth)| covers(row, **truth + 1.0)).count();
    assert!(covered >= 136, "{covered} of 150");
}

#[test]
fn a_group_without_chain_to_a_verified_pile_is_not_decided() {
    // Two towns that share no vehicle; one has a verified pile.
    let plan = Plan { piles: 80, vehicles: 200, sessions: 10_000, ..PLAN };
    let (here, there) = (town(&plan), town(&Plan { seed: 2, ..plan }));
    let mut sessions = here.sessions.clone();
    sessions.extend(there.sessions.iter().map(|session| Session {
        pile: session.pile + 80,
        vehicle: session.vehicle + 200,
        ..*session
    }));
    let both = Plan { piles: 160, vehicles: 400, ..plan };
    let anchors = [Anchor { pile: 3, error_percent: here.errors[3], u_percent: 0.05 }];
    let found = inferred(&both, &sessions, &anchors);
    assert_eq!(found.components, 2);
    let (linked, unlinked) = found.piles.split_at(80);
    assert!(linked.iter().all(|row| row.reason != Reason::Unanchored));
    assert!(unlinked.iter().all(|row| row.reason == Reason::Unanchored && !row.decidable));
    let smallest = |rows: &[PileError]| rows.iter().map(|row| row.u_percent).fold(f64::INFINITY, f64::min);
    // The level of the other town rests on 200 vehicles of ± 1.5 and on the mean of its piles.
    assert!(smallest(unlinked) > 0.08 && smallest(linked) < 0.12, "{} {}", smallest(unlinked), smallest(linked));
}

#[test]
fn a_pile_with_few_sessions_is_not_called_good() {
    // Three sessions that point to 1.5 %, and a pile without any.
    let town = town(&PLAN);
    let mut left = 3;
    let mut sessions = town.sessions.clone();
    sessions.retain(|session| {
        left -= i32::from(session.pile == 5);
        session.pile != 5 && session.pile != 6 || session.pile == 5 && left >= 0
    });
    for session in sessions.iter_mut().filter(|session| session.pile == 5) {
        session.difference_percent += 1.5 - town.errors[5];
    }
    let found = inferred(&PLAN, &sessions, &[]);
    assert_eq!(found.piles[5].reason, Reason::FewSessions);
    assert_eq!(found.piles[6].reason, Reason::NoSessions);
    assert!(found.piles[6].u_percent > 0.6 && !found.piles[6].decidable);
}

const STEPS: Steps = Steps { energy_kwh: 0.001, duration_min: 1.0, amount: 0.01 };

#[test]
fn energy_beyond_the_rated_power_and_a_wrong_amount_are_seen() {
    let bill = Bill {
        energy_kwh: 30.0,
        duration_min: Some(30.0),
        rated_kw: Some(60.0),
        price_per_kwh: Some(1.35),
        amount: Some(40.5),
    };
    assert_eq!((bill.exceeds_power(2.0, &STEPS), bill.contradicts_tariff(&STEPS)), (Some(false), Some(false)));
    let fast = Bill { energy_kwh: 31.7, ..bill };
    assert_eq!(fast.exceeds_power(2.0, &STEPS), Some(true));
    assert_eq!(Bill { amount: Some(40.52), ..bill }.contradicts_tariff(&STEPS), Some(true));
    assert_eq!(Bill { amount: None, rated_kw: None, ..bill }.contradicts_tariff(&STEPS), None);
    assert_eq!(Bill { rated_kw: None, ..bill }.exceeds_power(2.0, &STEPS), None);
}

#[test]
fn errors_that_crowd_under_the_limit_are_improbable() {
    let plan = Plan { sessions: 100_000, ..PLAN };
    let town = town(&plan);
    let honest = inferred(&plan, &town.sessions, &[]);
    assert!(crowding(&honest.piles).probability > 0.5);
    // Twenty-five piles set to charge 1.8 % too much.
    let set: Vec<PileError> = honest
        .piles
        .iter()
        .enumerate()
        .map(|(place, row)| PileError { error_percent: if place < 25 { 1.8 } else { row.error_percent }, ..*row })
        .collect();
    let crowd = crowding(&set);
    assert!(crowd.at_limit >= 25 && crowd.probability < 0.01, "{crowd:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_delivery_and_the_numbers_of_names_change_no_bit(seed in 0_u64..1000) {
        let plan = Plan { seed, sessions: 3000, vehicles: 120, piles: 40, ..PLAN };
        let town = town(&plan);
        let first = inferred(&plan, &town.sessions, &[]);
        let mut random = Random(seed);
        let mut shuffled = town.sessions.clone();
        for place in (1..shuffled.len()).rev() {
            shuffled.swap(place, random.below(place as u32 + 1) as usize);
        }
        // Numbers as a reader gives them that meets the names from behind.
        let mut builder = SessionsBuilder::default();
        for session in &shuffled {
            builder.add(&Session { pile: 39 - session.pile, vehicle: 119 - session.vehicle, ..*session });
        }
        let [piles, vehicles] = [40, 120].map(|count| (0..count).rev().collect::<Vec<u32>>());
        let second = infer(&builder.finish(&piles, &vehicles), &[], &Settings::of_limit(2.0));
        prop_assert_eq!(first, second);
    }
}

/// A pile that went wrong after its verification does not hide behind it, nor does it move the level of the others.
#[test]
fn a_verified_pile_that_its_sessions_contradict_is_verified_no_more() {
    let town = town(&PLAN);
    let known = |pile: u32| Anchor { pile, error_percent: town.errors[pile as usize], u_percent: 0.1 };
    let sessions = taken(&town.sessions, PLAN.piles, PLAN.vehicles);
    let settings = Settings::of_limit(2.0);
    let error = |inference: &Inference, pile: usize| inference.piles[pile].error_percent - town.errors[pile];
    for by in [3.0, 8.0, 15.0, 40.0] {
        let mut anchors: Vec<Anchor> = (0..8).map(known).collect();
        anchors[3].error_percent -= by;
        let (found, contradicted) = infer_verified(&sessions, &anchors, &settings);
        assert_eq!(contradicted.iter().map(|anchor| anchor.pile).collect::<Vec<_>>(), [3], "{by}");
        assert!(error(&found, 3).abs() < 3.0 * found.piles[3].u_percent, "{by}: {}", error(&found, 3));
        // Believed, it is far from the truth.
        let believed = infer(&sessions, &anchors, &settings);
        assert!(error(&believed, 3) < -3.0 * believed.piles[3].u_percent, "{by}: {}", error(&believed, 3));
    }
    // Those that agree are all kept, and say the same as ever.
    let (agreed, none) = infer_verified(&sessions, &(0..8).map(known).collect::<Vec<_>>(), &settings);
    assert!(none.is_empty());
    assert_eq!(agreed, infer(&sessions, &(0..8).map(known).collect::<Vec<_>>(), &settings));
}

/// All sessions of a pile that is far out are far from what their vehicles read elsewhere, and yet none of them is gross.
#[test]
fn a_pile_that_is_far_out_is_found_and_not_left_without_sessions() {
    for by in [-30.0, -10.0, 8.0, 20.0] {
        let mut town = town(&PLAN);
        for session in town.sessions.iter_mut().filter(|session| session.pile == 5) {
            session.difference_percent += by;
        }
        let found = inferred(&PLAN, &town.sessions, &[]);
        let (row, truth) = (&found.piles[5], town.errors[5] + by);
        assert!((row.error_percent - truth).abs() < 4.0 * row.u_percent + 0.1, "{by}: {row:?}");
        assert!(row.listed && row.decidable && row.gross_share < 0.1, "{by}: {row:?}");
    }
}
