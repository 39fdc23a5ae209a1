//! Integrals by Gauss and Legendre's rule, over one panel or over as many as the integrand needs.

/// Nodes in (0, 1) and weights of the rule of 16 points on (−1, 1), exact for polynomials of degree 31 (Abramowitz and Stegun, table 25.4).
const NODES: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_58),
    (0.458_016_777_657_227_37, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_74),
    (0.755_404_408_355_003, 0.124_628_971_255_533_88),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_894),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_096),
];

/// How often a panel may be halved.
const MOST_HALVINGS: u32 = 40;

/// ∫ f from `from` to `to`, by one rule of 16 points.
pub(crate) fn panel(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (middle, half) = (from + (to - from) / 2.0, (to - from) / 2.0);
    NODES.iter().map(|(node, weight)| weight * (f(middle - half * node) + f(middle + half * node))).sum::<f64>() * half
}

/// ∫ f between the first and the last of the places, which rise; the integrand may have kinks at any of them, and no peak narrower than
/// the distance of the places about it.
///
/// A panel is halved until its halves agree with it within `tolerance`, an absolute error, or its own rounding.
pub(crate) fn integral(places: &[f64], tolerance: f64, f: &impl Fn(f64) -> f64) -> f64 {
    let pairs = places.iter().zip(places.iter().skip(1));
    pairs
        .map(|(from, to)| if to > from { halved(*from, *to, panel(*from, *to, f), tolerance, 0, f) } else { 0.0 })
        .sum()
}

fn halved(from: f64, to: f64, whole: f64, tolerance: f64, depth: u32, f: &impl Fn(f64) -> f64) -> f64 {
    let middle = from + (to - from) / 2.0;
    let (left, right) = (panel(from, middle, f), panel(middle, to, f));
    let both = left + right;
    let is_enough = libm::fabs(both - whole) <= tolerance.max(1e-15 * libm::fabs(both));
    // The first halves alone decide nothing, where by chance both sums agree.
    if depth >= MOST_HALVINGS || both.is_nan() || (is_enough && depth >= 1) {
        return both;
    }
    halved(from, middle, left, tolerance, depth + 1, f) + halved(middle, to, right, tolerance, depth + 1, f)
}
