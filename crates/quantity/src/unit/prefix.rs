//! The prefixes of the SI, and those of binary multiples.

use super::LegalBasis;

/// A prefix of a unit.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Prefix {
    pub(crate) name: &'static str,
    pub(crate) symbol: &'static str,
    pub(crate) zh: &'static str,
    pub(crate) base: u64,
    pub(crate) power: i8,
    pub(crate) legal: Option<LegalBasis>,
}

/// SI brochure (9th edition, 2022 update), table 7. The Chinese names of 10^±27 and 10^±30 are those of 《国际单位制(SI)手册》;
/// the order of 1984 ends at 10^±18, GB 3100-1993 at 10^±24.
pub(crate) const DECIMAL: &[Prefix] = &[
    decimal("quetta", "Q", "昆", 30, None),
    decimal("ronna", "R", "容", 27, None),
    decimal("yotta", "Y", "尧", 24, Some(LegalBasis::Gb3100)),
    decimal("zetta", "Z", "泽", 21, Some(LegalBasis::Gb3100)),
    decimal("exa", "E", "艾", 18, Some(LegalBasis::Order1984Table5)),
    decimal("peta", "P", "拍", 15, Some(LegalBasis::Order1984Table5)),
    decimal("tera", "T", "太", 12, Some(LegalBasis::Order1984Table5)),
    decimal("giga", "G", "吉", 9, Some(LegalBasis::Order1984Table5)),
    decimal("mega", "M", "兆", 6, Some(LegalBasis::Order1984Table5)),
    decimal("kilo", "k", "千", 3, Some(LegalBasis::Order1984Table5)),
    decimal("hecto", "h", "百", 2, Some(LegalBasis::Order1984Table5)),
    decimal("deca", "da", "十", 1, Some(LegalBasis::Order1984Table5)),
    decimal("deci", "d", "分", -1, Some(LegalBasis::Order1984Table5)),
    decimal("centi", "c", "厘", -2, Some(LegalBasis::Order1984Table5)),
    decimal("milli", "m", "毫", -3, Some(LegalBasis::Order1984Table5)),
    decimal("micro", "µ", "微", -6, Some(LegalBasis::Order1984Table5)),
    decimal("nano", "n", "纳", -9, Some(LegalBasis::Order1984Table5)),
    decimal("pico", "p", "皮", -12, Some(LegalBasis::Order1984Table5)),
    decimal("femto", "f", "飞", -15, Some(LegalBasis::Order1984Table5)),
    decimal("atto", "a", "阿", -18, Some(LegalBasis::Order1984Table5)),
    decimal("zepto", "z", "仄", -21, Some(LegalBasis::Gb3100)),
    decimal("yocto", "y", "幺", -24, Some(LegalBasis::Gb3100)),
    decimal("ronto", "r", "柔", -27, None),
    decimal("quecto", "q", "亏", -30, None),
];

/// IEC 80000-13, clause 4; only for bits and bytes.
pub(crate) const BINARY: &[Prefix] = &[
    binary("yobi", "Yi", "尧比", 80),
    binary("zebi", "Zi", "泽比", 70),
    binary("exbi", "Ei", "艾比", 60),
    binary("pebi", "Pi", "拍比", 50),
    binary("tebi", "Ti", "太比", 40),
    binary("gibi", "Gi", "吉比", 30),
    binary("mebi", "Mi", "兆比", 20),
    binary("kibi", "Ki", "千比", 10),
];

const fn decimal(
    name: &'static str,
    symbol: &'static str,
    zh: &'static str,
    power: i8,
    legal: Option<LegalBasis>,
) -> Prefix {
    Prefix { name, symbol, zh, base: 10, power, legal }
}

const fn binary(name: &'static str, symbol: &'static str, zh: &'static str, power: i8) -> Prefix {
    Prefix { name, symbol, zh, base: 2, power, legal: None }
}

/// The prefix of this D-SI name.
pub(crate) fn named(name: &str) -> Option<&'static Prefix> {
    DECIMAL.iter().chain(BINARY).find(|prefix| prefix.name == name)
}
