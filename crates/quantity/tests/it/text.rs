//! What people type into records.

use heng_quantity::text::{parse, unit};

#[test]
fn plain_quantities_are_read_with_their_digits() {
    let cases = [
        ("20.5 °C", "20.5", "\\degreecelsius"),
        ("20.5℃", "20.5", "\\degreecelsius"),
        ("15 kg", "15", "\\kilogram"),
        ("0.25 MPa", "0.25", "\\mega\\pascal"),
        ("100 L/min", "100", "\\litre\\minute\\tothe{-1}"),
        ("1 000.5 g", "1000.5", "\\gram"),
        ("1\u{a0}000\u{a0}000 Pa", "1000000", "\\pascal"),
        ("0.123 456 7 mm", "0.1234567", "\\milli\\metre"),
        ("−0.02 kWh", "-0.02", "\\kilo\\watt\\hour"),
        ("50 %", "50", "\\percent"),
        ("50%", "50", "\\percent"),
        ("2.5e-3 m", "0.0025", "\\metre"),
        ("1.2 × 10⁻³ µm", "0.0012", "\\micro\\metre"),
        ("1.2×10^6 Ω", "12E5", "\\ohm"),
        ("220 V", "220", "\\volt"),
        ("10 kV·A", "10", "\\kilo\\volt\\ampere"),
        ("10 kVA", "10", "\\kilo\\volt\\ampere"),
        ("7.85 kg/m³", "7.85", "\\kilogram\\metre\\tothe{-3}"),
        ("7.85 kg·m⁻³", "7.85", "\\kilogram\\metre\\tothe{-3}"),
        ("4.2 J/(kg·K)", "4.2", "\\joule\\kilogram\\tothe{-1}\\kelvin\\tothe{-1}"),
        ("11.5 1/K", "11.5", "\\kelvin\\tothe{-1}"),
        ("11 1/K", "11", "\\kelvin\\tothe{-1}"),
        ("9.8 m/s2", "9.8", "\\metre\\second\\tothe{-2}"),
        ("5 N m", "5", "\\newton\\metre"),
        ("3 n mile", "3", "\\nauticalmile"),
        ("30°", "30", "\\degree"),
        ("20.5 \\degreecelsius", "20.5", "\\degreecelsius"),
        ("5 EV", "5", "\\exa\\volt"),
        ("760 mmHg", "760", "\\mmhg"),
        ("80 dB", "80", "\\decibel"),
        ("1 d", "1", "\\day"),
    ];
    for (text, value, unit) in cases {
        let reported = parse(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}"));
        assert_eq!((reported.value.to_string().as_str(), reported.unit.to_string().as_str()), (value, unit), "{text}");
        assert_eq!(reported.uncertainty, None);
    }
}

#[test]
fn what_is_unclear_is_a_finding() {
    let cases = [
        ("", "quantity-missing", None),
        ("5", "unit-missing", None),
        ("kg", "number-malformed", None),
        ("２０.5 ℃", "number-full-width", Some("20.5 ℃")),
        ("5　kg", "number-full-width", Some("5 kg")),
        ("1,5 kg", "number-comma", None),
        ("1,000 g", "number-comma", None),
        ("5 20 g", "number-malformed", None),
        ("1 0000 g", "number-malformed", None),
        ("1.2.3 g", "number-malformed", None),
        ("5 ± 1 g", "number-malformed", None),
        ("1e9999999999 g", "number-beyond-bounds", None),
        ("5 Kg", "unit-misspelt", Some("kg")),
        ("5 KPA", "unit-misspelt", Some("kPa")),
        ("5 ug", "unit-misspelt", Some("µg")),
        ("5 um/m", "unit-misspelt", Some("µm·m⁻¹")),
        ("5 mpa", "unit-ambiguous", None),
        ("5 B", "unit-ambiguous", None),
        ("5 千克", "unit-name-for-symbol", Some("kg")),
        ("5 公斤", "unit-name-for-symbol", Some("kg")),
        ("5 兆帕", "unit-name-for-symbol", Some("MPa")),
        ("5 kvar", "unit-misspelt", Some("\\kilo\\volt\\ampere")),
        ("5 \\meter", "unit-misspelt", Some("\\metre")),
        ("5 kgf", "unit-outside-dsi", Some("\\newton")),
        ("5 kg/m·s", "unit-unknown", None),
        ("5 kg/m/s", "unit-unknown", None),
        ("5 ft", "unit-ambiguous", None),
        ("5 斤", "unit-unknown", None),
    ];
    for (text, code, suggestion) in cases {
        let finding = parse(text).expect_err(text);
        assert_eq!(
            (finding.code.as_str(), finding.data.get("suggestion").map(String::as_str)),
            (code, suggestion),
            "{text}"
        );
    }
}

#[test]
fn a_printed_quantity_reads_back() {
    for text in
        ["20.5 °C", "1 000.5 g", "−0.02 kW·h", "7.85 kg·m⁻³", "30°", "1.2 × 10⁷ Ω", "45 %", "12 345.678 91 L·min⁻¹"]
    {
        let reported = parse(text).unwrap_or_else(|finding| panic!("{text}: {finding:?}"));
        assert_eq!(parse(&reported.value_text()).unwrap(), reported);
    }
}

#[test]
fn every_symbol_that_is_printed_reads_back() {
    for text in
        ["\\kilo\\watt\\hour", "\\degreecelsius", "\\percent", "\\metre\\tothe{2}\\second\\tothe{-1}", "\\micro\\ohm"]
    {
        let known: heng_quantity::Unit = text.parse().unwrap();
        assert_eq!(unit(&known.symbol()).unwrap(), known);
    }
}

proptest::proptest! {
    #[test]
    fn reading_is_total(text in "\\PC{0,40}") {
        if let Ok(reported) = parse(&text) {
            let _ = reported.text();
        }
    }

    #[test]
    fn reading_near_misses_is_total(text in "[0-9 .,eE×10⁻³−+-]{0,12}[ ]?[a-zA-Zµ°·/()^0-9²³]{0,8}") {
        if let Ok(reported) = parse(&text) {
            let _ = reported.text();
        }
    }
}
