//! Distribution functions against values of fifty digits, published tables and identities.

use heng_uncertainty::special::{beta, chi_squared, fisher, gamma, normal};
use heng_uncertainty::student;
use proptest::prelude::*;

fn close(what: &str, ours: f64, expected: f64) {
    // What a tail of 10⁻³⁰ loses to its logarithm grows with it.
    let relative = 2e-14 * (1.0_f64).max(expected.abs().ln().abs() / 70.0);
    assert!((ours - expected).abs() <= relative * expected.abs(), "{what}: ours {ours:e}, expected {expected:e}");
}

const GAMMA: [(f64, f64, f64, f64); 19] = [
    (0.5, 0.125, 0.382_924_922_548_026_24, 0.617_075_077_451_973_8),
    (0.5, 8.0, 0.999_936_657_516_333_8, 6.334_248_366_623_985e-5),
    (0.5, 400.0, 1.0, 5.395_865_611_607_901e-176),
    (0.01, 0.25, 0.989_551_581_773_005_1, 0.010_448_418_226_994_893),
    (0.01, 5.0, 0.999_988_246_480_587_3, 1.175_351_941_275_085e-5),
    (1.0, 1e-12, 9.999_999_999_995e-13, 0.999_999_999_999),
    (4.0, 8.0, 0.957_619_888_008_316, 0.042_380_111_991_684),
    (4.0, 60.0, 1.0, 3.315_302_539_864_529_7e-22),
    (4.0, 1e-05, 4.166_633_333_472_223e-22, 1.0),
    (20.0, 19.5, 0.484_855_746_685_937_34, 0.515_144_253_314_062_7),
    (20.0, 90.0, 1.0, 1.149_251_240_948_021_2e-19),
    (100.0, 40.0, 1.206_254_205_308_651_4e-15, 0.999_999_999_999_998_8),
    (100.0, 250.0, 1.0, 1.173_701_770_448_787_4e-27),
    (1000.0, 1100.0, 0.998_940_676_746_07, 0.001_059_323_253_929_977_3),
    (1000.0, 2500.0, 1.0, 2.645_982_074_544_255_6e-256),
    (3000.0, 4000.0, 1.0, 7.235_436_441_937_343e-62),
    (50000.0, 50500.0, 0.987_131_159_622_766_3, 0.012_868_840_377_233_67),
    (200000.0, 201000.0, 0.987_228_728_290_627_8, 0.012_771_271_709_372_22),
    (10_000_000.0, 9990000.0, 0.000_780_153_215_252_048_7, 0.999_219_846_784_748),
];
const BETA: [(f64, f64, f64, f64, f64); 11] = [
    (0.5, 0.5, 0.25, 0.333_333_333_333_333_3, 0.666_666_666_666_666_6),
    (2.0, 3.0, 0.5, 0.6875, 0.3125),
    (0.5, 50.0, 0.015625, 0.789_355_560_337_661, 0.210_644_439_662_339_03),
    (50.0, 0.5, 0.5, 9.901_688_984_594_139e-17, 0.999_999_999_999_999_9),
    (20.0, 30.0, 0.25, 0.010_855_728_106_240_824, 0.989_144_271_893_759_2),
    (20.0, 30.0, 0.75, 0.999_999_913_551_269_4, 8.644_873_061_013_293e-8),
    (500.0, 500.0, 0.5625, 0.999_963_673_969_722, 3.632_603_027_798_437e-5),
    (500.0, 0.5, 0.875, 7.151_878_573_006_976e-31, 1.0),
    (5000.0, 3000.0, 0.609375, 0.002_030_162_774_758_143_3, 0.997_969_837_225_241_9),
    (0.001, 2.0, 0.5, 0.999_806_746_536_947_8, 0.000_193_253_463_052_251_82),
    (12.5, 4.5, 0.000_976_562_5, 2.464_433_259_335_363_3e-35, 1.0),
];
const NORMAL: [(f64, f64); 10] = [
    (-3.0, 0.998_650_101_968_369_9),
    (0.25, 0.401_293_674_317_076_3),
    (1.0, 0.158_655_253_931_457_05),
    (1.5, 0.066_807_201_268_858_07),
    (2.0, 0.022_750_131_948_179_21),
    (3.3, 0.000_483_424_142_383_777_5),
    (6.1, 5.303_423_262_948_841e-10),
    (10.0, 7.619_853_024_160_525e-24),
    (20.7, 1.731_851_879_019_737_8e-95),
    (37.5, 4.605_353_009_581_955e-308),
];
const NORMAL_QUANTILE: [(f64, f64); 8] = [
    (0.3, 0.524_400_512_708_040_8),
    (0.05, 1.644_853_626_951_472_6),
    (0.025, 1.959_963_984_540_054_3),
    (0.001, 3.090_232_306_167_813_6),
    (1e-09, 5.997_807_015_007_686_5),
    (1e-20, 9.262_340_089_798_407),
    (1e-100, 21.273_453_560_965_326),
    (1e-300, 37.047_096_299_361_2),
];
const STUDENT: [(f64, f64, f64, f64); 12] = [
    (0.5, 1.0, 0.352_416_382_349_566_74, 0.254_647_908_947_032_54),
    (63.5, 1.0, 0.005_012_339_786_278_644, 7.892_143_710_005_347e-5),
    (100_000_000.0, 1.0, 3.183_098_861_837_906_6e-9, 3.183_098_861_837_906e-17),
    (2.0, 2.5, 0.078_695_747_878_983, 0.067_963_490_509_794_65),
    (12.0, 5.0, 3.544_746_258_580_761e-5, 1.434_448_845_124_631_7e-5),
    (100000.0, 5.0, 9.490_167_235_394_325e-25, 4.745_083_615_663_555e-29),
    (3.0, 50.0, 0.002_100_851_593_534_123_7, 0.005_831_060_558_356_519),
    (40.0, 50.0, 6.206_211_892_186_353e-40, 7.527_196_805_645_305e-40),
    (0.001, 9.0, 0.499_611_965_162_986_6, 0.388_034_693_296_791_13),
    (5.0, 1000.0, 3.383_628_182_324_315_3e-7, 1.712_012_233_312_244_8e-6),
    (30.0, 1000.0, 7.687_343_722_021_741e-142, 1.215_134_119_013_547_7e-140),
    (10_000_000_000.0, 3.0, 1.102_657_790_843_584e-30, 3.307_973_372_530_752_3e-40),
];
const STUDENT_QUANTILE: [(f64, f64, f64); 6] = [
    (0.005, 16.0, 2.920_781_622_425_1),
    (0.025, 1.0, 12.706_204_736_174_705),
    (1e-10, 4.0, 416.175_140_329_604_1),
    (1e-50, 2.0, 7.071_067_811_865_475e24),
    (1e-08, 300.0, 5.767_580_151_575_073),
    (0.4, 7.0, 0.263_166_861_352_022_8),
];
const CHI_SQUARED_QUANTILE: [(f64, f64, f64); 7] = [
    (0.95, 4.0, 9.487_729_036_781_154),
    (0.95, 1.0, 3.841_458_820_694_124_5),
    (0.05, 10.0, 3.940_299_136_119_06),
    (0.99, 100.0, 135.806_723_171_026_76),
    (1e-06, 3.0, 0.000_241_810_487_201_242_83),
    (0.5, 7.0, 6.345_811_195_521_517_5),
    (1e-12, 30.0, 2.179_273_186_559_265),
];
const FISHER: [(f64, f64, f64, f64, f64, f64); 6] = [
    (2.25, 9.0, 40.0, 0.961_681_129_260_683_3, 0.038_318_870_739_316_696, 0.081_018_008_820_239_16),
    (50.0, 3.0, 12.0, 0.999_999_531_183_024_1, 4.688_169_759_599_982e-7, 5.179_625_704_103_86e-8),
    (10000.0, 2.0, 10.0, 1.0, 3.117_199_205_091_784_5e-17, 1.557_820_692_199_792_4e-20),
    (0.01, 5.0, 7.0, 4.544_318_498_315_391e-5, 0.999_954_556_815_016_9, 0.011_222_827_478_695_78),
    (1e-06, 4.0, 30.0, 2.133_330_109_632_531e-12, 0.999_999_999_997_866_7, 4.266_656_995_567_161e-6),
    (1.1, 200.0, 300.0, 0.772_873_671_122_919_3, 0.227_126_328_877_080_7, 2.133_380_280_802_646_7),
];
const FISHER_QUANTILE: [(f64, f64, f64, f64); 5] = [
    (0.95, 9.0, 40.0, 2.124_029_264_016_696_2),
    (0.975, 9.0, 40.0, 2.451_939_217_029_926),
    (0.01, 3.0, 5.0, 0.035_414_425_653_480_665),
    (0.999, 1.0, 1.0, 405_284.067_902_848_2),
    (1e-09, 6.0, 8.0, 0.000_491_521_121_235_485_2),
];

#[test]
fn both_tails_of_the_gamma_distribution_keep_their_digits() {
    for (a, x, lower, upper) in GAMMA {
        close(&format!("P({a}, {x})"), gamma::lower(a, x), lower);
        close(&format!("Q({a}, {x})"), gamma::upper(a, x), upper);
    }
}

#[test]
fn both_tails_of_the_beta_distribution_keep_their_digits() {
    for (a, b, x, lower, upper) in BETA {
        close(&format!("I{x}({a}, {b})"), beta::lower(a, b, x), lower);
        close(&format!("1 - I{x}({a}, {b})"), beta::upper(a, b, x), upper);
        if (0.01..0.99).contains(&lower) {
            close(&format!("quantile({lower}, {a}, {b})"), beta::quantile(lower, a, b), x);
        }
    }
}

#[test]
fn the_tail_of_the_normal_distribution_keeps_its_digits() {
    for (z, survival) in NORMAL {
        close(&format!("1 - Φ({z})"), normal::survival(z), survival);
        assert_eq!(normal::survival(z), normal::cumulative(-z));
    }
    for (p, z) in NORMAL_QUANTILE {
        close(&format!("z({p})"), normal::upper_quantile(p), z);
        close(&format!("z({p})"), -normal::quantile(p), z);
    }
}

#[test]
fn the_tail_of_students_distribution_keeps_its_digits() {
    for (t, nu, survival, density) in STUDENT {
        close(&format!("P(T > {t}), ν = {nu}"), student::survival(t, nu), survival);
        close(&format!("density at {t}, ν = {nu}"), student::density(t, nu), density);
    }
    for (p, nu, t) in STUDENT_QUANTILE {
        close(&format!("t({p}, {nu})"), student::upper_quantile(p, nu), t);
    }
    // Cauchy's tail far out is 1/(πt), and its density 1/(πt²).
    close("Cauchy", student::upper_quantile(1e-200, 1.0), 1e200 / std::f64::consts::PI);
    close("Cauchy", student::survival(1e200, 1.0), 1e-200 / std::f64::consts::PI);
    assert_eq!(student::upper_quantile(1e-200, 0.1), f64::INFINITY);
    close("density in the middle", student::density(0.0, 1.0), std::f64::consts::FRAC_1_PI);
    assert_eq!(student::quantile(0.5, 3.0), 0.0);
}

#[test]
fn chi_squared_and_f_have_the_quantiles_of_fifty_digits() {
    for (p, nu, x) in CHI_SQUARED_QUANTILE {
        close(&format!("χ²({p}, {nu})"), chi_squared::quantile(p, nu), x);
    }
    for (x, one, other, lower, upper, density) in FISHER {
        close(&format!("P(F ≤ {x}), {one}, {other}"), fisher::cumulative(x, one, other), lower);
        close(&format!("P(F > {x}), {one}, {other}"), fisher::survival(x, one, other), upper);
        close(&format!("density at {x}, {one}, {other}"), fisher::density(x, one, other), density);
    }
    for (p, one, other, x) in FISHER_QUANTILE {
        close(&format!("F({p}, {one}, {other})"), fisher::quantile(p, one, other), x);
    }
}

/// Abramowitz and Stegun, tables 26.8 (χ²) and 26.9 (F): published digits.
#[test]
fn printed_tables() {
    for (upper, nu, printed, half) in [
        (0.05, 1.0, 3.841_46, 5e-6),
        (0.01, 10.0, 23.2093, 5e-5),
        (0.995, 20.0, 7.433_84, 5e-6),
        (0.005, 30.0, 53.6720, 5e-5),
    ] {
        let ours = chi_squared::upper_quantile(upper, nu);
        assert!((ours - printed).abs() <= half, "ours {ours}, printed {printed}");
    }
    for (upper, one, other, printed) in
        [(0.05, 1.0, 1.0, 161.4), (0.05, 5.0, 10.0, 3.33), (0.01, 4.0, 12.0, 5.41), (0.05, 10.0, f64::INFINITY, 1.83)]
    {
        let ours = fisher::upper_quantile(upper, one, other);
        assert!((ours - printed).abs() <= 0.051_f64.min(printed * 0.002), "ours {ours}, printed {printed}");
    }
}

#[test]
fn what_is_outside_a_domain_is_no_number() {
    for nothing in [
        gamma::lower(0.0, 1.0),
        gamma::lower(1.0, f64::NAN),
        gamma::quantile(1.0, 2.0),
        gamma::quantile(0.5, f64::INFINITY),
        beta::lower(-1.0, 1.0, 0.5),
        beta::quantile(0.0, 1.0, 1.0),
        normal::quantile(0.0),
        normal::quantile(f64::NAN),
        chi_squared::quantile(0.5, 0.0),
        fisher::quantile(0.5, 0.0, 1.0),
        fisher::cumulative(1.0, f64::NAN, 1.0),
        student::cumulative(1.0, 0.0),
        student::density(1.0, f64::NAN),
    ] {
        assert!(nothing.is_nan(), "{nothing}");
    }
    assert_eq!((gamma::lower(2.0, 0.0), gamma::upper(2.0, f64::INFINITY)), (0.0, 0.0));
    assert_eq!((normal::density(f64::INFINITY), normal::survival(f64::INFINITY)), (0.0, 0.0));
}

proptest! {
    /// A quantile is the inverse of its distribution function, from either tail.
    #[test]
    fn quantiles_invert(exponent in -40.0..-0.31f64, nu in 0.3..400.0f64, other in 0.5..200.0f64) {
        let p = 10.0_f64.powf(exponent);
        let back = [
            student::survival(student::upper_quantile(p, nu), nu),
            normal::survival(normal::upper_quantile(p)),
            chi_squared::survival(chi_squared::upper_quantile(p, nu), nu),
            fisher::survival(fisher::upper_quantile(p, nu, other), nu, other),
        ];
        for back in back {
            prop_assert!((back / p - 1.0).abs() < 3e-12, "{p:e}: {back:e}");
        }
    }

    /// Γ: P(a, x) − P(a + 1, x) = xᵃe⁻ˣ/Γ(a + 1), that is the density of a + 1.
    #[test]
    fn the_recurrence_of_the_gamma_distribution(a in 0.05..300.0f64, ratio in 0.2..3.0f64) {
        let x = a * ratio;
        let left = gamma::upper(a + 1.0, x) - gamma::upper(a, x);
        prop_assert!((left - gamma::density(a + 1.0, x)).abs() < 1e-14);
    }

    /// Student's t squared is F with one degree of freedom.
    #[test]
    fn the_square_of_t_is_f(t in 0.01..50.0f64, nu in 0.5..500.0f64) {
        let (two_sided, f) = (2.0 * student::survival(t, nu), fisher::survival(t * t, 1.0, nu));
        prop_assert!((two_sided / f - 1.0).abs() < 1e-12, "{two_sided:e}, {f:e}");
    }
}
