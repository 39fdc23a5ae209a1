//! Reproducible random words: the streams of a block of trials, which its seed and its number alone decide.

/// Streams that are stepped side by side: as many as fit into the registers of every processor of the family.
const LANES: usize = 2;

/// xoshiro256++ by D. Blackman and S. Vigna (ACM Trans. Math. Softw. 47 (2021), 36; public domain reference code), two streams side by
/// side, their states filled by `SplitMix64` as its authors advise.
#[derive(Clone, Debug)]
pub(crate) struct Lanes {
    state: [[u64; LANES]; 4],
}

impl Lanes {
    /// Fills whole rows, one word of each stream.
    pub(crate) fn fill(&mut self, words: &mut [u64]) {
        let [mut a, mut b, mut c, mut d] = self.state;
        let (rows, _) = words.as_chunks_mut::<LANES>();
        for row in rows {
            let streams = a.iter_mut().zip(&mut b).zip(c.iter_mut().zip(&mut d));
            for (word, ((a, b), (c, d))) in row.iter_mut().zip(streams) {
                *word = stepped([a, b, c, d]);
            }
        }
        self.state = [a, b, c, d];
    }
}

/// One stream, for draws that take a number of words which is not known before.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    state: [u64; 4],
    /// The second of the two Gaussian numbers that one step makes.
    spare: Option<f64>,
}

impl Stream {
    /// 64 random bits.
    pub(crate) fn bits(&mut self) -> u64 {
        let [a, b, c, d] = &mut self.state;
        stepped([a, b, c, d])
    }

    /// Uniform over the open interval (0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// Standard Gaussian, by Box and Muller's formula (JCGM 101:2008, C.4).
    fn gaussian(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        let radius = libm::sqrt(-2.0 * libm::log(self.uniform()));
        let angle = std::f64::consts::TAU * self.uniform();
        self.spare = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }

    /// Gamma of unit scale, by rejection (G. Marsaglia and W. Tsang, ACM Trans. Math. Softw. 26 (2000), 363).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        if shape < 1.0 {
            let power = libm::pow(self.uniform(), 1.0 / shape);
            return self.gamma(shape + 1.0) * power;
        }
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / libm::sqrt(9.0 * d);
        loop {
            let x = self.gaussian();
            let root = 1.0 + c * x;
            let v = root * root * root;
            if v > 0.0 && libm::log(self.uniform()) < 0.5 * x * x + d * (1.0 - v + libm::log(v)) {
                return d * v;
            }
        }
    }
}

/// The streams of a block of trials.
pub(crate) fn streams_of_block(seed: u64, block: u64) -> (Lanes, Stream) {
    let mut start = seed;
    let mut mixed = split_mix(&mut start) ^ block;
    let lanes = Lanes { state: std::array::from_fn(|_| std::array::from_fn(|_| split_mix(&mut mixed))) };
    let stream = Stream { state: std::array::from_fn(|_| split_mix(&mut mixed)), spare: None };
    (lanes, stream)
}

#[inline(always)]
fn stepped([a, b, c, d]: [&mut u64; 4]) -> u64 {
    let result = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
    let shifted = *b << 17;
    *c ^= *a;
    *d ^= *b;
    *b ^= *c;
    *a ^= *d;
    *c ^= shifted;
    *d = d.rotate_left(45);
    result
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
