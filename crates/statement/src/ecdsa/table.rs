//! Multiples of one point, kept so that multiplying it is a handful of additions and no doubling (fixed-base windowing; Brickell, Gordon, McCurley and Wilson
//! 1992, with signed digits).

use super::field::Words;
use super::point::{Affine, Equation, Jacobian};

/// d·2^(w·i)·P for every window i and every digit d = 1 … 2^(w−1).
#[derive(Debug)]
pub(super) struct Table<const N: usize> {
    /// w, in bits.
    width: u32,
    /// Window by window, each with 2^(w−1) points.
    points: Vec<Affine<N>>,
}

impl<const N: usize> Table<N> {
    /// The multiples of a point of prime order; 64·N / w + 1 windows. Nothing if the point has so small an order that one of them is at infinity.
    pub fn new(point: &Affine<N>, width: u32, equation: &Equation<N>) -> Option<Self> {
        let windows = windows::<N>(width);
        let mut base = point.jacobian(equation);
        let mut bases = Vec::with_capacity(windows);
        for _ in 0..windows {
            bases.push(base);
            base = (0..width).fold(base, |point, _| point.doubled(equation));
        }
        let mut points = Vec::with_capacity(windows << (width - 1));
        for base in equation.affine(&bases)? {
            let mut multiple = base.jacobian(equation);
            for _ in 0..1u32 << (width - 1) {
                points.push(multiple);
                multiple = multiple.plus(&base, equation);
            }
        }
        Some(Self { width, points: equation.affine(&points)? })
    }

    /// sum + k·P.
    pub fn add_multiple(&self, scalar: &Words<N>, sum: Jacobian<N>, equation: &Equation<N>) -> Jacobian<N> {
        let digits = digits(scalar, self.width);
        digits
            .zip(self.points.chunks_exact(1 << (self.width - 1)))
            .fold(sum, |sum, (digit, multiples)| add_digit(sum, digit, multiples, equation))
    }
}

/// k·P for a point that is met once: 4-bit windows from the top, with doublings between them.
pub(super) fn multiple<const N: usize>(
    scalar: &Words<N>,
    point: &Affine<N>,
    equation: &Equation<N>,
) -> Option<Jacobian<N>> {
    const WIDTH: u32 = 4;
    let mut multiples = vec![point.jacobian(equation)];
    for _ in 1..1u32 << (WIDTH - 1) {
        let next = multiples.last()?.plus(point, equation);
        multiples.push(next);
    }
    let multiples = equation.affine(&multiples)?;
    let digits: Vec<i32> = digits(scalar, WIDTH).collect();
    Some(digits.into_iter().rev().fold(Jacobian::INFINITY, |sum, digit| {
        let sum = (0..WIDTH).fold(sum, |sum, _| sum.doubled(equation));
        add_digit(sum, digit, &multiples, equation)
    }))
}

/// sum + d·P, where `multiples` holds 1·P, 2·P …
fn add_digit<const N: usize>(
    sum: Jacobian<N>,
    digit: i32,
    multiples: &[Affine<N>],
    equation: &Equation<N>,
) -> Jacobian<N> {
    let place = usize::try_from(digit.unsigned_abs()).unwrap_or(0).wrapping_sub(1);
    match multiples.get(place) {
        None => sum,
        Some(point) if digit < 0 => sum.plus(&point.negative(equation), equation),
        Some(point) => sum.plus(point, equation),
    }
}

/// How many windows a scalar of 64·N bits and the carry of its signed digits need.
fn windows<const N: usize>(width: u32) -> usize {
    64 * N / usize::try_from(width).unwrap_or(1) + 1
}

/// The digits d_i with −2^(w−1) < d_i ≤ 2^(w−1) and k = Σ d_i·2^(w·i), the least significant first.
fn digits<const N: usize>(scalar: &Words<N>, width: u32) -> impl Iterator<Item = i32> {
    let full = 1i32 << width;
    let mut carry = 0;
    let scalar = *scalar;
    (0..windows::<N>(width)).map(move |window| {
        let digit = bits(&scalar, window, width) + carry;
        carry = i32::from(digit > full / 2);
        digit - carry * full
    })
}

/// The bits of one window; w ≤ 16.
fn bits<const N: usize>(scalar: &Words<N>, window: usize, width: u32) -> i32 {
    let start = window * usize::try_from(width).unwrap_or(0);
    let word = |place: usize| scalar.get(place).copied().unwrap_or(0);
    let shift = start % 64;
    let low = word(start / 64) >> shift;
    let high = if shift == 0 { 0 } else { word(start / 64 + 1) << (64 - shift) };
    i32::try_from((low | high) & ((1 << width) - 1)).unwrap_or(0)
}
