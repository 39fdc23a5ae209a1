//! Units that certificates use and D-SI does not have, with the D-SI unit to convert to.

/// A unit outside D-SI.
pub(super) struct Outside {
    /// How texts write it, in lower case, without backslash and spaces.
    pub(super) spellings: &'static [&'static str],
    /// The D-SI unit that replaces it.
    pub(super) replacement: &'static str,
    /// By what its numbers are multiplied, where that is all.
    pub(super) factor: Option<&'static str>,
}

/// The unit that a text names, if it is one of these.
pub(super) fn named(text: &str) -> Option<&'static Outside> {
    let key: String =
        text.chars().filter(|sign| *sign != '\\' && !sign.is_whitespace()).flat_map(char::to_lowercase).collect();
    UNITS.iter().find(|unit| unit.spellings.contains(&key.as_str()))
}

/// Sizes: NIST SP 811 (2008), appendix B.8; all exact. Names that stand for several units (gallon, ounce, calorie) are left out.
const UNITS: &[Outside] = &[
    outside(&["kgf", "kilogramforce", "kp", "kilopond"], "\\newton", "9.80665"),
    outside(&["torr"], "\\pascal", "101325/760"),
    outside(&["atm", "atmosphere"], "\\pascal", "101325"),
    outside(&["psi"], "\\pascal", "4.4482216152605/0.00064516"),
    outside(&["gon", "grad"], "\\degree", "0.9"),
    outside(&["inch", "in"], "\\metre", "0.0254"),
    outside(&["foot", "ft"], "\\metre", "0.3048"),
    outside(&["ft(u.s.survey)"], "\\metre", "1200/3937"),
    outside(&["pound", "lb"], "\\kilogram", "0.45359237"),
    outside(&["imperialgallon", "gallon(u.k.)"], "\\litre", "4.54609"),
    outside(&["barrel", "barel", "oilbarrel"], "\\litre", "158.987294928"),
    outside(&["horsepower", "ps"], "\\watt", "735.49875"),
    outside(&["curie", "ci"], "\\becquerel", "3.7E10"),
    Outside {
        spellings: &["fahrenheit", "degreefahrenheit", "°f", "℉"], replacement: "\\degreecelsius", factor: None
    },
];

const fn outside(spellings: &'static [&'static str], replacement: &'static str, factor: &'static str) -> Outside {
    Outside { spellings, replacement, factor: Some(factor) }
}
