//! Arithmetic modulo an odd number of N words of 64 bits, in Montgomery's form (Montgomery 1985; Koç, Acar and Kaliski 1996, "CIOS").
//!
//! Nothing here is secret: it only authenticates signatures, so it may take a time that depends on the numbers. It must not be used to sign.

use std::cmp::Ordering;

/// An integer of N words, the least significant first.
pub(super) type Words<const N: usize> = [u64; N];

/// An odd modulus of exactly 64·N bits (its highest bit is set), and what Montgomery's form needs to know of it.
#[derive(Debug)]
pub(super) struct Field<const N: usize> {
    /// The modulus m.
    modulus: Words<N>,
    /// −m⁻¹ mod 2⁶⁴.
    negative_inverse: u64,
    /// R mod m, R = 2^(64·N): the one of Montgomery's form.
    one: Words<N>,
    /// R² mod m: takes a number into Montgomery's form.
    squared: Words<N>,
    /// R³ mod m: repairs the form of an inverse.
    cubed: Words<N>,
}

impl<const N: usize> Field<N> {
    /// The arithmetic modulo an odd m ≥ 2^(64·N − 1).
    pub fn new(modulus: Words<N>) -> Self {
        let lowest = modulus.first().copied().unwrap_or(1);
        // Newton: each step doubles the bits of the inverse that are right; lowest·lowest is 1 modulo 8.
        let inverse =
            (0..6).fold(lowest, |inverse, _| inverse.wrapping_mul(2u64.wrapping_sub(lowest.wrapping_mul(inverse))));
        let zero = [0; N];
        let mut field =
            Self { modulus, negative_inverse: inverse.wrapping_neg(), one: zero, squared: zero, cubed: zero };
        let doubled = |field: &Self, start, times| (0..times).fold(start, |sum, _| field.add(&sum, &sum));
        field.one = doubled(&field, small(1), 64 * N);
        field.squared = doubled(&field, field.one, 64 * N);
        field.cubed = field.multiply(&field.squared, &field.squared);
        field
    }

    /// The modulus.
    pub fn modulus(&self) -> &Words<N> {
        &self.modulus
    }

    /// 1 in Montgomery's form.
    pub fn one(&self) -> &Words<N> {
        &self.one
    }

    /// A number below the modulus in Montgomery's form: a·R.
    pub fn form(&self, number: &Words<N>) -> Words<N> {
        self.multiply(number, &self.squared)
    }

    /// The number that a form stands for.
    pub fn number(&self, form: &Words<N>) -> Words<N> {
        self.multiply(form, &small(1))
    }

    /// a·b·R⁻¹: the form of the product of two forms.
    #[inline]
    pub fn multiply(&self, a: &Words<N>, b: &Words<N>) -> Words<N> {
        let mut sum = [0u64; N];
        let mut top = 0u64;
        for &b_word in b {
            let mut carry = 0;
            for (word, &a_word) in sum.iter_mut().zip(a) {
                (*word, carry) = multiplied(*word, a_word, b_word, carry);
            }
            let (high, is_over) = top.overflowing_add(carry);
            let factor = sum.first().copied().unwrap_or(0).wrapping_mul(self.negative_inverse);
            let mut carry = 0;
            for (word, &m_word) in sum.iter_mut().zip(&self.modulus) {
                (*word, carry) = multiplied(*word, m_word, factor, carry);
            }
            let (high, is_over_again) = high.overflowing_add(carry);
            // The lowest word is now zero: everything moves down by one.
            sum = std::array::from_fn(|place| sum.get(place + 1).copied().unwrap_or(high));
            top = u64::from(is_over) + u64::from(is_over_again);
        }
        self.reduced(sum, top != 0)
    }

    /// a².
    #[inline]
    pub fn square(&self, a: &Words<N>) -> Words<N> {
        self.multiply(a, a)
    }

    /// a + b.
    #[inline]
    pub fn add(&self, a: &Words<N>, b: &Words<N>) -> Words<N> {
        let (sum, carry) = added(a, b);
        self.reduced(sum, carry)
    }

    /// a − b.
    #[inline]
    pub fn subtract(&self, a: &Words<N>, b: &Words<N>) -> Words<N> {
        let (difference, is_below) = subtracted(a, b);
        if is_below { added(&difference, &self.modulus).0 } else { difference }
    }

    /// −a.
    #[inline]
    pub fn negative(&self, a: &Words<N>) -> Words<N> {
        self.subtract(&[0; N], a)
    }

    /// A number below 2·m, reduced; `carry` counts 2^(64·N).
    #[inline]
    pub fn reduced(&self, number: Words<N>, carry: bool) -> Words<N> {
        let (difference, is_below) = subtracted(&number, &self.modulus);
        if is_below && !carry { number } else { difference }
    }

    /// The form of the inverse of a form; zero gives nothing. Binary extended Euclid (Knuth 1998, section 4.5.2, exercise 39).
    pub fn inverse(&self, form: &Words<N>) -> Option<Words<N>> {
        if is_zero(form) {
            return None;
        }
        let one = small(1);
        // Kept true: x·form = u and y·form = v, modulo m; gcd(u, v) = 1 as m is prime.
        let (mut u, mut v) = (*form, self.modulus);
        let (mut x, mut y) = (one, [0; N]);
        while u != one && v != one {
            self.make_odd(&mut u, &mut x);
            self.make_odd(&mut v, &mut y);
            if compare(&u, &v) == Ordering::Less {
                v = subtracted(&v, &u).0;
                y = self.subtract(&y, &x);
            } else {
                u = subtracted(&u, &v).0;
                x = self.subtract(&x, &y);
            }
        }
        let inverse = if u == one { x } else { y };
        // It is a⁻¹·R⁻¹; R³·R⁻¹ more makes it a⁻¹·R.
        Some(self.multiply(&inverse, &self.cubed))
    }

    /// Halves a number until it is odd, and its cofactor modulo m with it.
    fn make_odd(&self, number: &mut Words<N>, cofactor: &mut Words<N>) {
        while number.first().is_some_and(|word| word & 1 == 0) {
            *number = halved(number, false);
            let is_odd = cofactor.first().is_some_and(|word| word & 1 == 1);
            let (sum, carry) = if is_odd { added(cofactor, &self.modulus) } else { (*cofactor, false) };
            *cofactor = halved(&sum, carry);
        }
    }

    /// The form of a square root of a form, where there is one; m must be 3 modulo 4, as it is for all seven curves: a^((m + 1)/4).
    pub fn root(&self, form: &Words<N>) -> Option<Words<N>> {
        let (next, carry) = added(&self.modulus, &small(1));
        let exponent = halved(&halved(&next, carry), false);
        let root = (0..64 * N).rev().fold(self.one, |power, bit| {
            let square = self.square(&power);
            if is_set(&exponent, bit) { self.multiply(&square, form) } else { square }
        });
        (self.square(&root) == *form).then_some(root)
    }
}

/// A small number.
pub(super) fn small<const N: usize>(number: u64) -> Words<N> {
    std::array::from_fn(|place| if place == 0 { number } else { 0 })
}

/// Whether it is zero.
pub(super) fn is_zero<const N: usize>(number: &Words<N>) -> bool {
    number.iter().all(|word| *word == 0)
}

/// Which is larger.
pub(super) fn compare<const N: usize>(a: &Words<N>, b: &Words<N>) -> Ordering {
    a.iter().rev().cmp(b.iter().rev())
}

/// Whether a bit is set.
fn is_set<const N: usize>(number: &Words<N>, bit: usize) -> bool {
    number.get(bit / 64).is_some_and(|word| (word >> (bit % 64)) & 1 == 1)
}

/// A big-endian number of at most 8·N bytes.
pub(super) fn from_bytes<const N: usize>(bytes: &[u8]) -> Option<Words<N>> {
    let mut words = [0u64; N];
    let mut rest = bytes.rchunks(8);
    for (word, chunk) in words.iter_mut().zip(rest.by_ref()) {
        *word = chunk.iter().fold(0, |word, byte| (word << 8) | u64::from(*byte));
    }
    rest.all(|chunk| chunk.iter().all(|byte| *byte == 0)).then_some(words)
}

/// The number as 8·N bytes, big-endian.
pub(super) fn to_bytes<const N: usize>(number: &Words<N>) -> Vec<u8> {
    number.iter().rev().flat_map(|word| word.to_be_bytes()).collect()
}

/// a + b and whether it went beyond N words.
#[inline]
pub(super) fn added<const N: usize>(a: &Words<N>, b: &Words<N>) -> (Words<N>, bool) {
    let mut carry = false;
    let mut sum = *a;
    for (word, &other) in sum.iter_mut().zip(b) {
        let (partial, over) = word.overflowing_add(other);
        let (total, over_again) = partial.overflowing_add(u64::from(carry));
        *word = total;
        carry = over | over_again;
    }
    (sum, carry)
}

/// a − b and whether a was the smaller.
#[inline]
fn subtracted<const N: usize>(a: &Words<N>, b: &Words<N>) -> (Words<N>, bool) {
    let mut borrow = false;
    let mut difference = *a;
    for (word, &other) in difference.iter_mut().zip(b) {
        let (partial, under) = word.overflowing_sub(other);
        let (total, under_again) = partial.overflowing_sub(u64::from(borrow));
        *word = total;
        borrow = under | under_again;
    }
    (difference, borrow)
}

/// (carry·2^(64·N) + a) / 2, rounded down.
fn halved<const N: usize>(number: &Words<N>, carry: bool) -> Words<N> {
    let mut above = u64::from(carry);
    let mut half = *number;
    for word in half.iter_mut().rev() {
        let lowest = *word & 1;
        *word = (*word >> 1) | (above << 63);
        above = lowest;
    }
    half
}

/// sum + a·b + carry, as its low and its high word; it cannot exceed two words.
#[inline(always)]
fn multiplied(sum: u64, a: u64, b: u64, carry: u64) -> (u64, u64) {
    let total = u128::from(sum) + u128::from(a) * u128::from(b) + u128::from(carry);
    // The low word is what the cast keeps.
    (total as u64, (total >> 64) as u64)
}
