//! The normal equations of the piles, the vehicles eliminated.

use super::sessions::{Kept, Sessions};

/// What a vehicle's sessions at one pile weigh together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub pile: u32,
    pub weight: f32,
}

/// What a vehicle's sessions say together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Vehicle {
    /// 1/(W + λ), which is also the variance of the vehicle's deviation where the piles are known.
    pub variance: f64,
    /// W = Σw, Σwy and Σwt.
    sums: [f64; 3],
}

/// The normal equations of piles, mean μ and temperature coefficient β after the elimination of vehicles, without the priors of the piles.
///
/// With weights w of sessions s of vehicle v at pile p, W_v = Σw, and λ = 1/σ² of the vehicles' deviations:
/// A_pq = Σ_v (w_vp δ_pq − w_vp w_vq / (W_v + λ)), and likewise for the columns of μ (regressor 1) and β (regressor t) and the right side.
#[derive(Debug, Default)]
pub(super) struct Reduced {
    pub starts: Vec<u32>,
    pub pairs: Vec<Pair>,
    pub vehicles: Vec<Vehicle>,
    /// λ.
    pub precision: f64,
    /// A_pp.
    pub diagonal: Vec<f64>,
    /// Σw by pile.
    pub weights: Vec<f64>,
    /// The right side and the columns of μ and β, by pile.
    pub right: Vec<f64>,
    pub columns: [Vec<f64>; 2],
    /// The block of μ and β, and its right side.
    pub block: [[f64; 2]; 2],
    pub block_right: [f64; 2],
}

impl Reduced {
    /// Sums up sessions. `weigh` writes the weight of each session of a vehicle.
    pub fn of(
        sessions: &Sessions,
        reference_celsius: f64,
        precision: f64,
        mut weigh: impl FnMut(usize, &[Kept], &mut Vec<f64>),
    ) -> Self {
        let piles = sessions.piles();
        let mut reduced = Self {
            starts: Vec::with_capacity(sessions.vehicles() + 1),
            vehicles: Vec::with_capacity(sessions.vehicles()),
            precision,
            diagonal: vec![0.0; piles],
            weights: vec![0.0; piles],
            right: vec![0.0; piles],
            columns: [vec![0.0; piles], vec![0.0; piles]],
            ..Self::default()
        };
        reduced.starts.push(0);
        let mut weights = Vec::new();
        let mut rows: Vec<(u32, [f64; 3])> = Vec::new();
        for (vehicle, of_vehicle) in sessions.by_vehicle().enumerate() {
            weights.clear();
            weigh(vehicle, of_vehicle, &mut weights);
            rows.clear();
            let mut squares = [0.0; 2];
            let mut next = weights.iter();
            for of_pile in of_vehicle.chunk_by(|one, next| one.pile == next.pile) {
                let mut sums = [0.0; 3];
                // The weights are in the order of the sessions.
                for (session, weight) in of_pile.iter().zip(next.by_ref()) {
                    let t = session.temperature_above(reference_celsius);
                    let y = session.difference_percent();
                    let [w, wy, wt] = &mut sums;
                    *w += weight;
                    *wy += weight * y;
                    *wt += weight * t;
                    let [tt, ty] = &mut squares;
                    *tt += weight * t * t;
                    *ty += weight * t * y;
                }
                if let Some(first) = of_pile.first() {
                    rows.push((first.pile, sums));
                }
            }
            reduced.take(&rows, squares);
        }
        reduced
    }

    fn take(&mut self, rows: &[(u32, [f64; 3])], [squares, products]: [f64; 2]) {
        let mut sums = [0.0; 3];
        for (_, row) in rows {
            sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
        }
        let [w, wy, wt] = sums;
        let variance = 1.0 / (w + self.precision);
        let [mu, beta] = &mut self.columns;
        for (pile, row) in rows {
            let [weight, difference, temperature] = *row;
            let place = *pile as usize;
            // The equations see the weight as it is kept.
            let kept = weight as f32;
            let weight = f64::from(kept);
            let share = weight * variance;
            self.pairs.push(Pair { pile: *pile, weight: kept });
            let cells = [
                (&mut self.diagonal, weight - weight * share),
                (&mut self.weights, weight),
                (&mut self.right, difference - share * wy),
                (&mut *mu, weight - share * w),
                (&mut *beta, temperature - share * wt),
            ];
            for (column, value) in cells {
                if let Some(cell) = column.get_mut(place) {
                    *cell += value;
                }
            }
        }
        let [[mu_mu, mu_beta], [beta_mu, beta_beta]] = &mut self.block;
        *mu_mu += w - w * w * variance;
        *mu_beta += wt - w * wt * variance;
        *beta_mu += wt - w * wt * variance;
        *beta_beta += squares - wt * wt * variance;
        let [right_mu, right_beta] = &mut self.block_right;
        *right_mu += wy - w * wy * variance;
        *right_beta += products - wt * wy * variance;
        self.starts.push(self.pairs.len() as u32);
        self.vehicles.push(Vehicle { variance, sums });
    }

    /// Each vehicle with its pairs.
    pub fn by_vehicle(&self) -> impl Iterator<Item = (&Vehicle, &[Pair])> {
        self.vehicles.iter().zip(self.starts.windows(2)).map(|(vehicle, range)| {
            let pairs = match *range {
                [start, end] => self.pairs.get(start as usize..end as usize).unwrap_or_default(),
                _ => &[],
            };
            (vehicle, pairs)
        })
    }

    /// The deviation of each vehicle from μ, where the piles, μ and β are as given.
    pub fn deviations(&self, errors: &[f64], mu: f64, beta: f64) -> Vec<f64> {
        self.by_vehicle()
            .map(|(vehicle, pairs)| {
                let [w, wy, wt] = vehicle.sums;
                let mut left = wy - mu * w - beta * wt;
                for pair in pairs {
                    left -= f64::from(pair.weight) * errors.get(pair.pile as usize).copied().unwrap_or(0.0);
                }
                left * vehicle.variance
            })
            .collect()
    }

    /// How many of a vehicle's degrees of freedom the sessions decide: W/(W + λ).
    pub fn decided(&self) -> f64 {
        self.vehicles.iter().map(|vehicle| 1.0 - self.precision * vehicle.variance).sum()
    }

    /// y = A·x for K columns at once.
    pub fn apply<const K: usize>(&self, x: &[[f64; K]], y: &mut [[f64; K]]) {
        for (vehicle, pairs) in self.by_vehicle() {
            let mut mean = [0.0; K];
            for pair in pairs {
                let weight = f64::from(pair.weight);
                if let Some(x) = x.get(pair.pile as usize) {
                    mean.iter_mut().zip(x).for_each(|(mean, x)| *mean += weight * x);
                }
            }
            mean.iter_mut().for_each(|mean| *mean *= vehicle.variance);
            for pair in pairs {
                let weight = f64::from(pair.weight);
                if let (Some(x), Some(y)) = (x.get(pair.pile as usize), y.get_mut(pair.pile as usize)) {
                    y.iter_mut().zip(x).zip(&mean).for_each(|((y, x), mean)| *y += weight * (x - mean));
                }
            }
        }
    }
}
