//! Numbers from random words and the few functions that draws need, written so that a loop over a column does several at once.
//!
//! Only additions, multiplications, divisions, square roots and the bits of doubles are used: IEEE 754 says how each of them is rounded, so that
//! a processor with wider registers gives the same bytes. The polynomials were fitted at Chebyshev nodes; their relative errors, stated with
//! each, are far below what any number of trials can show.

const ONE: u64 = 0x3ff0_0000_0000_0000;
const TWO: u64 = 0x4000_0000_0000_0000;
const MANTISSA: u64 = 0x000f_ffff_ffff_ffff;
/// The bits of 2⁵²: with a whole number in its mantissa it is 2⁵² more than that number.
const WHOLE: u64 = 0x4330_0000_0000_0000;
/// The bits of √½.
const ROOT_OF_HALF: u64 = 0x3fe6_a09e_667f_3bcd;
/// 1.5 · 2⁵²: a double of some size added to it is rounded to a whole number, which then stands in the low bits.
pub(crate) const ROUNDING: f64 = 6_755_399_441_055_744.0;

/// Uniform over the open interval (0, 1), from the upper 52 bits.
#[inline(always)]
pub(crate) fn uniform(word: u64) -> f64 {
    const LESS: f64 = 1.0 - 1.0 / (1_u64 << 53) as f64;
    f64::from_bits((word >> 12) | ONE) - LESS
}

/// Uniform over (0, 1) from the upper 40 bits.
#[inline(always)]
pub(crate) fn of_upper_40(word: u64) -> f64 {
    const LESS: f64 = 1.0 - 1.0 / (1_u64 << 41) as f64;
    f64::from_bits(((word >> 24) << 12) | ONE) - LESS
}

/// Uniform over (−1, 1) from the lower 24 bits.
#[inline(always)]
pub(crate) fn of_lower_24(word: u64) -> f64 {
    const LESS: f64 = 3.0 - 1.0 / (1_u64 << 24) as f64;
    f64::from_bits(((word << 28) & MANTISSA) | TWO) - LESS
}

/// Uniform over (−1, 1) from the upper 32 bits.
#[inline(always)]
pub(crate) fn of_upper_32(word: u64) -> f64 {
    const LESS: f64 = 3.0 - 1.0 / (1_u64 << 32) as f64;
    f64::from_bits(((word >> 32) << 20) | TWO) - LESS
}

/// Uniform over (−1, 1) from the lower 32 bits.
#[inline(always)]
pub(crate) fn of_lower_32(word: u64) -> f64 {
    const LESS: f64 = 3.0 - 1.0 / (1_u64 << 32) as f64;
    f64::from_bits(((word << 20) & MANTISSA) | TWO) - LESS
}

/// log₂ x for positive normal x, to 10⁻¹¹: the exponent, and log₂((1 + s)/(1 − s)) for the rest, as an odd polynomial in s.
#[inline(always)]
pub(crate) fn log2(x: f64) -> f64 {
    let bits = x.to_bits().wrapping_add(ONE - ROOT_OF_HALF);
    let exponent = f64::from_bits((bits >> 52) | WHOLE) - (4_503_599_627_370_496.0 + 1_023.0);
    let rest = f64::from_bits((bits & MANTISSA).wrapping_add(ROOT_OF_HALF));
    let s = (rest - 1.0) / (rest + 1.0);
    let z = s * s;
    let low = 2.885_390_081_789_987 + z * 0.961_796_673_451_549_4;
    let high = (0.577_083_566_004_790_3 + z * 0.411_673_766_240_245_54) + (z * z) * 0.340_712_041_531_562_87;
    exponent + s * (low + (z * z) * high)
}

/// 2^y − 1 for y from −1000 to 1000, to 10⁻¹¹ of itself where y is near zero as well.
#[inline(always)]
pub(crate) fn exp2_less_one(y: f64) -> f64 {
    let rounded = y + ROUNDING;
    let f = y - (rounded - ROUNDING);
    let scale = f64::from_bits((rounded.to_bits() << 52).wrapping_add(ONE));
    let (square, fourth) = (f * f, (f * f) * (f * f));
    let low = (0.693_147_180_556_832_4 + f * 0.240_226_506_958_885_03)
        + square * (0.055_504_109_063_258_665 + f * 0.009_618_129_135_236_136);
    let high = (0.001_333_347_847_368_533_1 + f * 0.000_154_034_751_865_340_46)
        + square * (1.530_370_071_139_779_7e-5 + f * 1.325_080_551_675_83e-6);
    scale * f * (low + fourth * high) + (scale - 1.0)
}

/// sin(w π/2) for w from −1 to 1, to 10⁻¹⁰.
#[inline(always)]
pub(crate) fn sine_of_quarters(w: f64) -> f64 {
    let z = w * w;
    let low = 1.570_796_326_768_066 + z * -0.645_964_095_574_125;
    let high = (0.079_692_603_685_575_85 + z * -0.004_681_657_707_278_008)
        + (z * z) * (0.000_160_254_590_237_275_1 + z * -3.431_788_991_809_800_7e-6);
    w * (low + (z * z) * high)
}

/// The square root, which IEEE 754 rounds correctly everywhere.
#[inline(always)]
pub(crate) fn root(x: f64) -> f64 {
    x.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> impl Iterator<Item = u64> {
        let mut words = vec![0, 1, u64::MAX, 1 << 63, (1 << 63) - 1, u64::from(u32::MAX)];
        let (mut lanes, _) = crate::monte_carlo::random::streams_of_block(1, 0);
        let mut more = vec![0; 65_536];
        lanes.fill(&mut more);
        words.append(&mut more);
        words.into_iter()
    }

    fn near(ours: f64, exact: f64, relative: f64) {
        assert!((ours - exact).abs() <= relative * exact.abs(), "ours {ours}, exact {exact}");
    }

    #[test]
    fn draws_lie_within_the_open_interval_and_are_symmetric() {
        for word in words() {
            for (ours, mirrored, low) in [
                (uniform(word), uniform(!word), 0.0),
                (of_upper_40(word), of_upper_40(!word), 0.0),
                (of_upper_32(word), of_upper_32(!word), -1.0),
                (of_lower_32(word), of_lower_32(!word), -1.0),
                (of_lower_24(word), of_lower_24(!word), -1.0),
            ] {
                assert!(low < ours && ours < 1.0);
                assert_eq!(ours + mirrored, 1.0 + low);
            }
        }
    }

    #[test]
    fn the_functions_are_as_near_as_they_say() {
        for word in words() {
            let x = uniform(word);
            near(log2(x), libm::log2(x), 1e-11);
            for width in [1e-6, 0.3, 5.0, 900.0] {
                near(exp2_less_one(width * x), libm::expm1(width * x * std::f64::consts::LN_2), 1e-11);
            }
            let w = 2.0 * x - 1.0;
            near(sine_of_quarters(w), libm::sin(w * std::f64::consts::FRAC_PI_2), 1e-10);
        }
        assert_eq!(exp2_less_one(0.0), 0.0);
    }
}
