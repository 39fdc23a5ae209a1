//! Units: read strictly, printed canonically, converted exactly.

use heng_quantity::unit::{BaseQuantity, Exponent, LegalBasis, UnitFault, read};
use heng_quantity::{Decimal, Unit};
use num_rational::BigRational;
use proptest::prelude::*;

fn unit(text: &str) -> Unit {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn ratio(text: &str) -> BigRational {
    match text.split_once('/') {
        Some((above, below)) => ratio(above) / ratio(below),
        None => text.parse::<Decimal>().unwrap().to_rational(),
    }
}

/// SI brochure (9th edition): tables 4 and 8, and section 2.3.4; all of them exact.
#[test]
fn conversions_of_the_si_brochure_are_exact() {
    let cases = [
        ("\\kilo\\watt\\hour", "\\mega\\joule", "3.6"),
        ("\\bar", "\\pascal", "100000"),
        ("\\litre", "\\metre\\tothe{3}", "0.001"),
        ("\\litre\\per\\minute", "\\metre\\tothe{3}\\second\\tothe{-1}", "1/60000"),
        ("\\hour", "\\second", "3600"),
        ("\\day", "\\second", "86400"),
        ("\\tonne", "\\kilogram", "1000"),
        ("\\gram", "\\kilogram", "0.001"),
        ("\\electronvolt", "\\joule", "1.602176634E-19"),
        ("\\astronomicalunit", "\\metre", "149597870700"),
        ("\\hectare", "\\metre\\tothe{2}", "10000"),
        ("\\degree", "\\arcsecond", "3600"),
        ("\\newton\\metre", "\\joule", "1"),
        ("\\volt", "\\kilogram\\metre\\tothe{2}\\second\\tothe{-3}\\ampere\\tothe{-1}", "1"),
        ("\\farad", "\\coulomb\\volt\\tothe{-1}", "1"),
        ("\\weber", "\\volt\\second", "1"),
        ("\\henry", "\\weber\\ampere\\tothe{-1}", "1"),
        ("\\siemens", "\\ohm\\tothe{-1}", "1"),
        ("\\gray", "\\joule\\kilogram\\tothe{-1}", "1"),
        ("\\lux", "\\lumen\\metre\\tothe{-2}", "1"),
        ("\\mmhg", "\\pascal", "133.322387415"),
        ("\\knot", "\\metre\\second\\tothe{-1}", "463/900"),
        ("\\percent", "\\one", "0.01"),
        ("\\ppm", "\\percent", "0.0001"),
        ("\\kilo\\byte", "\\bit", "8000"),
        ("\\kibi\\byte", "\\bit", "8192"),
        ("\\bel", "\\decibel", "10"),
        ("\\dalton", "\\atomicmassunit", "1"),
        ("\\hour\\tothe{0.5}", "\\second\\tothe{0.5}", "60"),
    ];
    for (from, to, factor) in cases {
        let conversion = unit(from).conversion_to(&unit(to)).unwrap();
        assert!(conversion.is_exact(), "{from} to {to}");
        assert_eq!(conversion.factor(), &ratio(factor), "{from} to {to}");
        assert_eq!(conversion.offset(), &ratio("0"));
    }
}

#[test]
fn conversions_through_pi_roots_or_measured_sizes_say_that_they_are_not_exact() {
    let cases = [
        ("\\degree", "\\radian", 0.017_453_292_519_943_295),
        ("\\planckbar", "\\joule\\second", 1.054_571_817_646_156_5e-34),
        ("\\dalton", "\\kilogram", 1.660_539_068_92e-27),
        ("\\kilo\\hertz\\tothe{0.5}", "\\hertz\\tothe{0.5}", 31.622_776_601_683_793),
        ("\\milli\\metre\\tothe{1_3}", "\\metre\\tothe{1_3}", 0.1),
        ("\\degree\\tothe{0.5}", "\\radian\\tothe{0.5}", 0.132_110_909_920_200_36),
    ];
    for (from, to, factor) in cases {
        let conversion = unit(from).conversion_to(&unit(to)).unwrap();
        assert_eq!(conversion.is_exact(), from.contains("metre"), "{from}");
        assert_eq!(conversion.value_f64(1.0), factor, "{from} to {to}");
    }
}

#[test]
fn a_bare_celsius_temperature_has_its_own_zero_and_a_difference_has_none() {
    let (celsius, kelvin) = (unit("\\degreecelsius"), unit("\\kelvin"));
    let conversion = celsius.conversion_to(&kelvin).unwrap();
    let twenty: Decimal = "20.5".parse().unwrap();
    assert_eq!(conversion.value(&twenty), ratio("293.65"));
    assert_eq!(conversion.difference(&twenty), ratio("20.5"));
    let back = kelvin.conversion_to(&celsius).unwrap();
    assert_eq!(back.value(&"293.65".parse().unwrap()), ratio("20.5"));
    assert_eq!(
        unit("\\milli\\kelvin").conversion_to(&celsius).unwrap().value(&"293650".parse().unwrap()),
        ratio("20.5")
    );
    let coefficient = unit("\\degreecelsius\\tothe{-1}");
    assert!(coefficient.is_equivalent(&unit("\\kelvin\\tothe{-1}")));
    assert!(unit("\\watt\\per\\degreecelsius").is_equivalent(&unit("\\watt\\per\\kelvin")));
    assert!(!celsius.is_equivalent(&kelvin));
    assert_eq!(celsius.of_difference(), kelvin);
}

#[test]
fn quantities_of_different_dimension_are_not_converted() {
    for (from, to) in [
        ("\\metre", "\\second"),
        ("\\decibel", "\\one"),
        ("\\decibel", "\\neper"),
        ("\\bit", "\\one"),
        ("\\metre\\tothe{0.5}", "\\metre"),
    ] {
        let mismatch = unit(from).conversion_to(&unit(to)).unwrap_err();
        assert_eq!(*mismatch.from, unit(from));
    }
    assert_eq!(
        unit("\\newton").conversion_to(&unit("\\pascal")).unwrap_err().to_string(),
        "\\newton (T^-2 L M) cannot be converted to \\pascal (T^-2 L^-1 M)"
    );
}

#[test]
fn expressions_print_canonically() {
    let cases = [
        ("\\kilogram\\per\\metre\\tothe{3}", "\\kilogram\\metre\\tothe{-3}"),
        ("\\ampere\\tothe{+0.5}", "\\ampere\\tothe{0.5}"),
        ("\\ampere\\tothe{-005}", "\\ampere\\tothe{-5}"),
        ("\\ampere\\tothe{2.0000}", "\\ampere\\tothe{2}"),
        ("\\ampere\\tothe{-0}", "\\ampere\\tothe{0}"),
        ("\\degree\\tothe{1}", "\\degree"),
        ("\\hertz\\tothe{1_2}", "\\hertz\\tothe{0.5}"),
        ("\\hertz\\tothe{-2_6}", "\\hertz\\tothe{-1_3}"),
        ("\\kelvin\\per\\percent", "\\kelvin\\per\\percent"),
        ("\\volt\\percent\\per\\percent\\metre", "\\volt\\percent\\metre\\tothe{-1}\\per\\percent"),
        ("\\metre\\metre", "\\metre\\metre"),
    ];
    for (text, printed) in cases {
        assert_eq!(unit(text).to_string(), printed);
        assert_eq!(unit(printed), unit(text));
    }
}

#[test]
fn what_d_si_does_not_allow_is_refused() {
    let fault = |text: &str| text.parse::<Unit>().unwrap_err().fault;
    assert_eq!(fault(""), UnitFault::Empty);
    assert_eq!(fault("kg"), UnitFault::NoBackslash);
    assert_eq!(fault("\\meter"), UnitFault::UnknownName("meter".to_owned()));
    assert_eq!(fault("\\Metre"), UnitFault::UnknownName("Metre".to_owned()));
    assert_eq!(fault("\\metre\\"), UnitFault::UnknownName(String::new()));
    assert_eq!(fault("\\metre "), UnitFault::UnknownName("metre ".to_owned()));
    assert_eq!(fault("\\milli"), UnitFault::PrefixWithoutUnit("milli"));
    assert_eq!(fault("\\micro\\mega\\ampere"), UnitFault::PrefixWithoutUnit("micro"));
    for (prefix, unit) in
        [("kilo", "gram"), ("milli", "kilogram"), ("milli", "hour"), ("deci", "bel"), ("milli", "one")]
    {
        assert_eq!(fault(&format!("\\{prefix}\\{unit}")), UnitFault::PrefixNotAllowed { prefix, unit });
    }
    assert_eq!(fault("\\kibi\\metre"), UnitFault::PrefixNotAllowed { prefix: "kibi", unit: "metre" });
    assert_eq!(fault("\\milli\\bit"), UnitFault::PrefixNotAllowed { prefix: "milli", unit: "bit" });
    for exponent in ["", " ", "2e2", "{2}", "0,5", "2/3", "\\metre", "1_0", "--1", ".5", "2.", "1_2_3", "1.5_2", "100"]
    {
        assert_eq!(fault(&format!("\\metre\\tothe{{{exponent}}}")), UnitFault::BadExponent, "{exponent:?}");
    }
    assert_eq!(fault("\\metre\\tothe2"), UnitFault::BadExponent);
    assert_eq!(fault("\\metre\\tothe{2}\\tothe{2}"), UnitFault::BadExponent);
    assert_eq!(fault("\\tothe{2}\\metre"), UnitFault::BadExponent);
    assert_eq!(fault("\\one\\tothe{2}"), UnitFault::ExponentNotAllowed("one"));
    assert_eq!(fault("\\per\\metre"), UnitFault::MisplacedPer);
    assert_eq!(fault("\\metre\\per"), UnitFault::MisplacedPer);
    assert_eq!(fault("\\metre\\per\\second\\per\\second"), UnitFault::MisplacedPer);
    assert_eq!(fault("\\metre\\per\\tothe{2}"), UnitFault::BadExponent);
    assert_eq!(fault(&"\\metre".repeat(33)), UnitFault::BeyondBounds);
    assert_eq!(fault(&"\\metre".repeat(1_000_000)), UnitFault::BeyondBounds);
    assert_eq!(fault("\\metre\\tothe{1_997}\\second\\tothe{1_991}"), UnitFault::BeyondBounds);
}

#[test]
fn misspelt_units_give_a_suggestion_and_no_unit() {
    let cases = [
        ("\\degreeCelsius", "unit-misspelt", "\\degreecelsius"),
        ("\\Mega\\becquerel", "unit-misspelt", "\\mega\\becquerel"),
        ("%", "unit-misspelt", "\\percent"),
        ("\\%", "unit-misspelt", "\\percent"),
        ("kBq", "unit-misspelt", "\\kilo\\becquerel"),
        ("\\meter", "unit-misspelt", "\\metre"),
        ("\\liter", "unit-misspelt", "\\litre"),
        ("\\kelvinn", "unit-misspelt", "\\kelvin"),
        ("\\°C", "unit-misspelt", "\\degreecelsius"),
        ("\\kilowatt", "unit-misspelt", "\\kilo\\watt"),
        ("kilowatt hour", "unit-misspelt", "\\kilo\\watt\\hour"),
        ("\\per\\degreeCelsius\\tothe{2}", "unit-misspelt", "\\degreecelsius\\tothe{-2}"),
        ("\\metre\\tothe{2/3}", "unit-misspelt", "\\metre\\tothe{2_3}"),
        ("\\kgf", "unit-outside-dsi", "\\newton"),
        ("fahrenheit", "unit-fahrenheit", "\\degreecelsius"),
    ];
    for (text, code, suggestion) in cases {
        let (found, findings) = read(text);
        assert_eq!(found, None, "{text}");
        let finding = findings.first().unwrap();
        assert_eq!(
            (finding.code.as_str(), finding.data.get("suggestion").map(String::as_str)),
            (code, Some(suggestion)),
            "{text}"
        );
    }
}

#[test]
fn what_means_the_same_by_definition_is_read_with_a_warning() {
    for (text, same) in [
        ("\\kilo\\gram", "\\kilogram"),
        ("\\deci\\bel", "\\decibel"),
        ("\\mmHg", "\\mmhg"),
        (" \\metre\t", "\\metre"),
        ("\\one\\tothe{5}", "\\one"),
        ("\\per\\kelvin", "\\kelvin\\tothe{-1}"),
    ] {
        let (found, findings) = read(text);
        assert_eq!(found, Some(unit(same)));
        assert_eq!(findings.first().unwrap().code, "unit-rewritten");
    }
}

#[test]
fn products_quotients_and_powers_merge_equal_units() {
    let product = |left: &str, right: &str| unit(left).product(&unit(right)).unwrap().to_string();
    let quotient = |left: &str, right: &str| unit(left).quotient(&unit(right)).unwrap().to_string();
    assert_eq!(product("\\newton", "\\metre"), "\\newton\\metre");
    assert_eq!(product("\\metre", "\\metre"), "\\metre\\tothe{2}");
    assert_eq!(product("\\milli\\metre", "\\metre"), "\\milli\\metre\\metre");
    assert_eq!(product("\\one", "\\metre"), "\\metre");
    assert_eq!(product("\\percent", "\\percent"), "\\percent\\percent");
    assert_eq!(quotient("\\metre", "\\metre"), "\\one");
    assert_eq!(quotient("\\kilogram", "\\metre\\tothe{3}"), "\\kilogram\\metre\\tothe{-3}");
    assert_eq!(quotient("\\one", "\\percent"), "\\one\\per\\percent");
    assert_eq!(unit("\\metre\\tothe{2}").power(Exponent::new(1, 2).unwrap()).unwrap(), unit("\\metre"));
    assert!(unit("\\percent").power(Exponent::new(1, 2).unwrap()).is_err());
    assert!(unit("\\metre\\tothe{99}").product(&unit("\\metre")).is_err());
}

#[test]
fn dimensions_are_those_of_the_si() {
    let dimension = unit("\\volt").dimension();
    assert_eq!(dimension.exponent(BaseQuantity::Length), Exponent::from(2));
    assert_eq!(dimension.to_string(), "T^-3 L^2 M I^-1");
    assert!(unit("\\radian").dimension().is_one());
    assert_eq!(unit("\\volt\\hertz\\tothe{-0.5}").dimension().to_string(), "T^-2.5 L^2 M I^-1");
}

/// GB 3100-1993, 6: symbols; names with 每 once, powers before the unit; SI brochure 5.4 for the English ones.
#[test]
fn units_have_symbols_and_names_in_both_languages() {
    let cases = [
        ("\\kilogram\\per\\metre\\tothe{3}", "kg·m⁻³", "千克每立方米", "千克每立方米", "kilogram per cubic metre"),
        ("\\kilo\\watt\\hour", "kW·h", "千瓦特小时", "千瓦时", "kilowatt hour"),
        ("\\degreecelsius", "°C", "摄氏度", "摄氏度", "degree Celsius"),
        ("\\percent", "%", "百分之一", "百分之一", "percent"),
        ("\\mega\\pascal", "MPa", "兆帕斯卡", "兆帕", "megapascal"),
        ("\\metre\\second\\tothe{-2}", "m·s⁻²", "米每二次方秒", "米每二次方秒", "metre per second squared"),
        ("\\metre\\tothe{2}", "m²", "平方米", "平方米", "square metre"),
        ("\\metre\\tothe{4}", "m⁴", "四次方米", "四次方米", "metre to the power 4"),
        (
            "\\joule\\kilogram\\tothe{-1}\\kelvin\\tothe{-1}",
            "J·kg⁻¹·K⁻¹",
            "焦耳每千克开尔文",
            "焦每千克开",
            "joule per kilogram kelvin",
        ),
        ("\\kelvin\\tothe{-1}", "K⁻¹", "每开尔文", "每开", "reciprocal kelvin"),
        ("\\litre\\minute\\tothe{-1}", "L·min⁻¹", "升每分", "升每分", "litre per minute"),
        ("\\micro\\metre", "µm", "微米", "微米", "micrometre"),
        ("\\one", "1", "一", "一", "one"),
        (
            "\\volt\\hertz\\tothe{-0.5}",
            "V·Hz^(-1/2)",
            "伏特每0.5次方赫兹",
            "伏每0.5次方赫",
            "volt per hertz to the power 0.5",
        ),
    ];
    for (text, symbol, zh, short, en) in cases {
        let unit = unit(text);
        assert_eq!(
            (unit.symbol().as_str(), unit.name_zh().as_str(), unit.name_zh_short().as_str(), unit.name_en().as_str()),
            (symbol, zh, short, en)
        );
    }
}

#[test]
fn legal_units_of_china_carry_their_basis() {
    assert_eq!(
        unit("\\kilo\\watt\\hour").legal_bases(),
        Some(vec![LegalBasis::Order1984Table3, LegalBasis::Order1984Table4, LegalBasis::Order1984Table5])
    );
    for text in ["\\bar", "\\mmhg", "\\ppm", "\\angstrom", "\\kilo\\watt\\bar"] {
        assert_eq!(unit(text).legal_bases(), None, "{text}");
    }
}

#[test]
fn named_units_have_their_si_reference_point() {
    let point = |text: &str| unit(text).reference_point();
    assert_eq!(point("\\kilogram").as_deref(), Some("https://si-digital-framework.org/SI/units/kilogram"));
    assert_eq!(point("\\degreecelsius").as_deref(), Some("https://si-digital-framework.org/SI/units/degreeCelsius"));
    assert_eq!(point("\\bar"), None);
    assert_eq!(point("\\kilo\\watt"), None);
}

#[test]
fn stated_values_convert_with_their_digits() {
    let converted = |text: &str, target: &str| {
        heng_quantity::text::parse(text).unwrap().converted_to(&unit(target)).unwrap().value.to_string()
    };
    assert_eq!(converted("1500 g", "\\kilogram"), "1.500");
    assert_eq!(converted("20.5 °C", "\\kelvin"), "293.65");
    assert_eq!(converted("293.65 K", "\\degreecelsius"), "20.50");
    assert_eq!(converted("1.23 kWh", "\\mega\\joule"), "4.428");
    assert_eq!(converted("100 L/min", "\\metre\\tothe{3}\\second\\tothe{-1}"), "0.001667");
    assert_eq!(converted("180.0°", "\\radian"), "3.1416");
    assert_eq!(converted("0.00 g", "\\kilogram"), "0.00000");
}

#[test]
fn uncertainties_of_temperatures_convert_as_differences() {
    let mut reported = heng_quantity::text::parse("20.50 °C").unwrap();
    reported.uncertainty =
        Some(heng_quantity::Uncertainty::Standard { value: "0.05".parse().unwrap(), distribution: None });
    let kelvin = reported.converted_to(&unit("\\kelvin")).unwrap();
    assert_eq!(kelvin.text(), "(293.65\u{a0}±\u{a0}0.05)\u{a0}K");
    assert_eq!(kelvin.converted_to(&unit("\\degreecelsius")).unwrap(), reported);
}

#[test]
fn the_largest_exponents_stay_quick() {
    let start = std::time::Instant::now();
    let far = unit("\\quetta\\metre\\tothe{99}\\quetta\\second\\tothe{-98.999}");
    let near = unit("\\quecto\\metre\\tothe{99}\\quecto\\second\\tothe{-98.999}");
    assert!(!far.conversion_to(&near).unwrap().is_exact());
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}

fn any_unit() -> impl Strategy<Value = Unit> {
    let part = prop_oneof![
        "\\\\(kilo|milli|micro|mega)\\\\(metre|second|pascal|volt|gram\\\\tothe\\{2\\}|joule)\\\\per\\\\(hour|minute|kilogram)",
        "\\\\(metre|kelvin|kilogram|degreecelsius|day|litre|knot|degree)(\\\\tothe\\{(-[1-3]|0\\.5|2)\\})?",
        "\\\\(percent|one|hour)\\\\(metre|kelvin|decibel|byte)\\\\per\\\\(percent|second)",
    ];
    part.prop_filter_map("not in D-SI", |text| text.parse().ok())
}

proptest! {
    #[test]
    fn printing_then_reading_is_the_identity(left in any_unit(), right in any_unit()) {
        for unit in [left.product(&right).unwrap(), left.quotient(&right).unwrap(), left] {
            prop_assert_eq!(unit.to_string().parse::<Unit>().unwrap(), unit);
        }
    }

    #[test]
    fn a_product_divided_by_a_factor_is_the_other(left in any_unit(), right in any_unit(), third in any_unit()) {
        let product = left.product(&right).unwrap();
        let back = product.quotient(&right).unwrap();
        // Products know no zero: (°C·s) ∕ s is a kelvin in size.
        prop_assert!(back.is_equivalent(&left) || left.is_affine() || back.is_affine());
        prop_assert_eq!(back.dimension(), left.dimension());
        let one = product.product(&third).unwrap();
        let other = left.product(&right.product(&third).unwrap()).unwrap();
        prop_assert!(one.is_equivalent(&other));
    }

    #[test]
    fn conversion_there_and_back_is_exact(index in 0_usize..6, coefficient in any::<i64>(), exponent in -9_i32..3) {
        let pairs = [
            ("\\degreecelsius", "\\milli\\kelvin"),
            ("\\kilo\\watt\\hour", "\\mega\\joule"),
            ("\\litre\\per\\minute", "\\metre\\tothe{3}\\per\\second"),
            ("\\knot", "\\metre\\per\\second"),
            ("\\mmhg", "\\kilo\\pascal"),
            ("\\arcminute", "\\degree"),
        ];
        let (from, to) = (unit(pairs[index].0), unit(pairs[index].1));
        let value = Decimal::new(coefficient.into(), exponent);
        let (there, back) = (from.conversion_to(&to).unwrap(), to.conversion_to(&from).unwrap());
        prop_assert_eq!(there.value(&value) * back.factor() + back.offset(), value.to_rational());
    }

    #[test]
    fn reading_is_total(text in "\\PC{0,60}", names in "(\\\\(metre|kilo|tothe\\{[-0-9._]{0,5}\\}|per|one|percent|second|degreecelsius)){0,8}") {
        for text in [text, names] {
            let (unit, findings) = read(&text);
            prop_assert_eq!(unit.is_some() && findings.is_empty(), text.parse::<Unit>().is_ok());
            if let Some(unit) = unit {
                prop_assert_eq!(unit.to_string().parse::<Unit>().unwrap(), unit);
            }
        }
    }
}
