//! The units of D-SI 2.2, each with its size, its names and its standing.

use super::LegalBasis;
use super::dimension::BaseQuantity::{
    self, AmountOfSubstance, ElectricCurrent, Information, Length, LevelInBel, LevelInNeper, LuminousIntensity, Mass,
    Temperature, Time,
};

/// One unit with a name of its own.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Entry {
    /// The D-SI name, without the backslash.
    pub(crate) name: &'static str,
    pub(crate) symbol: &'static str,
    /// The full Chinese name (全称).
    pub(crate) zh: &'static str,
    /// The short Chinese name (简称), which is also the Chinese symbol.
    pub(crate) zh_short: &'static str,
    pub(crate) en: &'static str,
    pub(crate) size: Size,
    pub(crate) dimension: &'static [(BaseQuantity, i8)],
    pub(crate) prefixes: Prefixes,
    pub(crate) legal: Option<LegalBasis>,
    /// The name in the SI Reference Point of the BIPM, where it lists the unit.
    pub(crate) reference: Option<&'static str>,
}

/// The size in coherent SI units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Size {
    /// numerator ∕ denominator × 10^power × π^pi.
    Exact { numerator: u64, denominator: u64, power: i8, pi: i8 },
    /// A recommended value, with an uncertainty of its own.
    Measured(&'static str),
}

/// Which prefixes a unit takes (D-SI 2.2, rules 10 to 14; SI brochure 3 and table 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Prefixes {
    Decimal,
    /// All but the one that makes a unit with a name of its own: `\kilogram`, `\decibel`.
    DecimalBut(&'static str),
    /// Binary ones, and decimal ones above 1.
    Multiples,
    None,
    /// No prefix, and no exponent but 1.
    NoneNorExponent,
}

/// The units in the order of the SI brochure.
pub(crate) fn entries() -> impl Iterator<Item = &'static Entry> {
    BASE.iter().chain(DERIVED).chain(ACCEPTED).chain(OTHER)
}

/// The unit of this D-SI name.
pub(crate) fn named(name: &str) -> Option<&'static Entry> {
    entries().find(|entry| entry.name == name)
}

const TABLE1: LegalBasis = LegalBasis::Order1984Table1;
const TABLE2: LegalBasis = LegalBasis::Order1984Table2;
const TABLE3: LegalBasis = LegalBasis::Order1984Table3;
const TABLE4: LegalBasis = LegalBasis::Order1984Table4;

/// SI brochure (9th edition), table 2; and the gram, whose multiples name those of the kilogram (section 3).
const BASE: &[Entry] = &[
    entry("metre", "m", "米", "米", "metre", ONE, &[(Length, 1)]).legal(TABLE1).referenced(),
    entry("kilogram", "kg", "千克", "千克", "kilogram", ONE, &[(Mass, 1)]).bare().legal(TABLE1).referenced(),
    entry("gram", "g", "克", "克", "gram", tens(-3), &[(Mass, 1)]).all_but("kilo").legal(TABLE1).referenced(),
    entry("second", "s", "秒", "秒", "second", ONE, &[(Time, 1)]).legal(TABLE1).referenced(),
    entry("ampere", "A", "安培", "安", "ampere", ONE, &[(ElectricCurrent, 1)]).legal(TABLE1).referenced(),
    entry("kelvin", "K", "开尔文", "开", "kelvin", ONE, &[(Temperature, 1)]).legal(TABLE1).referenced(),
    entry("mole", "mol", "摩尔", "摩", "mole", ONE, &[(AmountOfSubstance, 1)]).legal(TABLE1).referenced(),
    entry("candela", "cd", "坎德拉", "坎", "candela", ONE, &[(LuminousIntensity, 1)]).legal(TABLE1).referenced(),
    entry("one", "1", "一", "一", "one", ONE, &[]).alone().legal(LegalBasis::Gb3101).referenced(),
];

/// SI brochure (9th edition), table 4.
const DERIVED: &[Entry] = &[
    entry("radian", "rad", "弧度", "弧度", "radian", ONE, &[]).legal(TABLE2).referenced(),
    entry("steradian", "sr", "球面度", "球面度", "steradian", ONE, &[]).legal(TABLE2).referenced(),
    entry("hertz", "Hz", "赫兹", "赫", "hertz", ONE, &[(Time, -1)]).legal(TABLE3).referenced(),
    entry("newton", "N", "牛顿", "牛", "newton", ONE, &[(Time, -2), (Length, 1), (Mass, 1)]).legal(TABLE3).referenced(),
    entry("pascal", "Pa", "帕斯卡", "帕", "pascal", ONE, PRESSURE).legal(TABLE3).referenced(),
    entry("joule", "J", "焦耳", "焦", "joule", ONE, ENERGY).legal(TABLE3).referenced(),
    entry("watt", "W", "瓦特", "瓦", "watt", ONE, &[(Time, -3), (Length, 2), (Mass, 1)]).legal(TABLE3).referenced(),
    entry("coulomb", "C", "库仑", "库", "coulomb", ONE, CHARGE).legal(TABLE3).referenced(),
    entry("volt", "V", "伏特", "伏", "volt", ONE, &[(Time, -3), (Length, 2), (Mass, 1), (ElectricCurrent, -1)])
        .legal(TABLE3)
        .referenced(),
    entry("farad", "F", "法拉", "法", "farad", ONE, &[(Time, 4), (Length, -2), (Mass, -1), (ElectricCurrent, 2)])
        .legal(TABLE3)
        .referenced(),
    entry("ohm", "Ω", "欧姆", "欧", "ohm", ONE, &[(Time, -3), (Length, 2), (Mass, 1), (ElectricCurrent, -2)])
        .legal(TABLE3)
        .referenced(),
    entry("siemens", "S", "西门子", "西", "siemens", ONE, &[(Time, 3), (Length, -2), (Mass, -1), (ElectricCurrent, 2)])
        .legal(TABLE3)
        .referenced(),
    entry("weber", "Wb", "韦伯", "韦", "weber", ONE, &[(Time, -2), (Length, 2), (Mass, 1), (ElectricCurrent, -1)])
        .legal(TABLE3)
        .referenced(),
    entry("tesla", "T", "特斯拉", "特", "tesla", ONE, &[(Time, -2), (Mass, 1), (ElectricCurrent, -1)])
        .legal(TABLE3)
        .referenced(),
    entry("henry", "H", "亨利", "亨", "henry", ONE, &[(Time, -2), (Length, 2), (Mass, 1), (ElectricCurrent, -2)])
        .legal(TABLE3)
        .referenced(),
    entry("degreecelsius", "°C", "摄氏度", "摄氏度", "degree Celsius", ONE, &[(Temperature, 1)])
        .bare()
        .legal(TABLE3)
        .referenced_as("degreeCelsius"),
    entry("lumen", "lm", "流明", "流", "lumen", ONE, &[(LuminousIntensity, 1)]).legal(TABLE3).referenced(),
    entry("lux", "lx", "勒克斯", "勒", "lux", ONE, &[(Length, -2), (LuminousIntensity, 1)]).legal(TABLE3).referenced(),
    entry("becquerel", "Bq", "贝可勒尔", "贝可", "becquerel", ONE, &[(Time, -1)]).legal(TABLE3).referenced(),
    entry("gray", "Gy", "戈瑞", "戈", "gray", ONE, DOSE).legal(TABLE3).referenced(),
    entry("sievert", "Sv", "希沃特", "希", "sievert", ONE, DOSE).legal(TABLE3).referenced(),
    // In GB 3102.8-1993 (8-23), after the order of 1984.
    entry("katal", "kat", "卡塔尔", "卡塔", "katal", ONE, &[(Time, -1), (AmountOfSubstance, 1)]).referenced(),
];

/// SI brochure (9th edition), table 8, with the bit and the byte of IEC 80000-13 and the pure numbers of section 5.4.7.
const ACCEPTED: &[Entry] = &[
    entry("minute", "min", "分", "分", "minute", times(60), &[(Time, 1)]).bare().legal(TABLE4).referenced(),
    entry("hour", "h", "小时", "时", "hour", times(3_600), &[(Time, 1)]).bare().legal(TABLE4).referenced(),
    entry("day", "d", "天", "天", "day", times(86_400), &[(Time, 1)]).bare().legal(TABLE4).referenced(),
    entry("degree", "°", "度", "度", "degree", pi_over(180), &[]).legal(TABLE4).referenced(),
    entry("arcminute", "′", "角分", "角分", "arcminute", pi_over(10_800), &[]).legal(TABLE4).referenced(),
    entry("arcsecond", "″", "角秒", "角秒", "arcsecond", pi_over(648_000), &[]).legal(TABLE4).referenced(),
    // Announced as legal in 1990 (国家技术监督局, 国家土地管理局, 农业部) under the name 公顷, hm².
    entry("hectare", "ha", "公顷", "公顷", "hectare", tens(4), &[(Length, 2)])
        .bare()
        .legal(LegalBasis::Announcement1990)
        .referenced(),
    entry("litre", "L", "升", "升", "litre", tens(-3), VOLUME).legal(TABLE4).referenced(),
    entry("tonne", "t", "吨", "吨", "tonne", tens(3), &[(Mass, 1)]).legal(TABLE4).referenced(),
    entry("dalton", "Da", "道尔顿", "道尔顿", "dalton", DALTON, &[(Mass, 1)]).referenced(),
    entry("atomicmassunit", "u", "原子质量单位", "原子质量单位", "unified atomic mass unit", DALTON, &[(Mass, 1)])
        .legal(TABLE4),
    entry("electronvolt", "eV", "电子伏特", "电子伏", "electronvolt", power_of_ten(1_602_176_634, -28), ENERGY)
        .legal(TABLE4)
        .referenced(),
    entry(
        "astronomicalunit",
        "au",
        "天文单位",
        "天文单位",
        "astronomical unit",
        times(149_597_870_700),
        &[(Length, 1)],
    )
    .referenced(),
    entry("neper", "Np", "奈培", "奈培", "neper", ONE, &[(LevelInNeper, 1)]).referenced(),
    entry("bel", "B", "贝尔", "贝", "bel", ONE, &[(LevelInBel, 1)]).all_but("deci").referenced(),
    entry("decibel", "dB", "分贝", "分贝", "decibel", tens(-1), &[(LevelInBel, 1)]).bare().legal(TABLE4),
    entry("percent", "%", "百分之一", "百分之一", "percent", tens(-2), &[]).alone().legal(LegalBasis::Gb3101),
    // GB 3101-1993, 2.3.3: abbreviations such as ppm are not to be used.
    entry("ppm", "ppm", "百万分之一", "百万分之一", "part per million", tens(-6), &[]).alone(),
    entry("bit", "bit", "比特", "比特", "bit", ONE, &[(Information, 1)]).multiples(),
    entry("byte", "B", "字节", "字节", "byte", times(8), &[(Information, 1)]).multiples(),
];

/// Units that D-SI knows and discourages: table 8 of the 8th edition of the SI brochure and older, and constants used as
/// units. Measured sizes are CODATA 2022 recommended values.
const OTHER: &[Entry] = &[
    entry("nauticalmile", "n mile", "海里", "海里", "nautical mile", times(1_852), &[(Length, 1)]).legal(TABLE4),
    entry("knot", "kn", "节", "节", "knot", fraction(1_852, 3_600), &[(Time, -1), (Length, 1)]).legal(TABLE4),
    entry("bar", "bar", "巴", "巴", "bar", tens(5), PRESSURE),
    // The conventional density of mercury, 13 595.1 kg/m³, times the standard acceleration of free fall, 9.806 65 m/s².
    entry("mmhg", "mmHg", "毫米汞柱", "毫米汞柱", "millimetre of mercury", power_of_ten(133_322_387_415, -9), PRESSURE)
        .bare(),
    entry("angstrom", "Å", "埃", "埃", "ångström", tens(-10), &[(Length, 1)]),
    entry("barn", "b", "靶恩", "靶", "barn", tens(-28), &[(Length, 2)]),
    entry(
        "clight",
        "c",
        "真空光速",
        "真空光速",
        "speed of light in vacuum",
        times(299_792_458),
        &[(Time, -1), (Length, 1)],
    ),
    // h ∕ 2π with h = 6.626 070 15 × 10⁻³⁴ J s.
    entry(
        "planckbar",
        "ħ",
        "约化普朗克常量",
        "约化普朗克常量",
        "reduced Planck constant",
        Size::Exact { numerator: 662_607_015, denominator: 2, power: -42, pi: -1 },
        &[(Time, -1), (Length, 2), (Mass, 1)],
    ),
    entry("elementarycharge", "e", "元电荷", "元电荷", "elementary charge", power_of_ten(1_602_176_634, -28), CHARGE),
    entry(
        "electronmass",
        "mₑ",
        "电子质量",
        "电子质量",
        "electron mass",
        Size::Measured("9.1093837139E-31"),
        &[(Mass, 1)],
    ),
    entry(
        "naturalunittime",
        "ħ∕(mₑc²)",
        "自然时间单位",
        "自然时间单位",
        "natural unit of time",
        NATURAL_TIME,
        &[(Time, 1)],
    ),
    entry("bohr", "a₀", "玻尔半径", "玻尔半径", "bohr", Size::Measured("5.29177210544E-11"), &[(Length, 1)]),
    entry("hartree", "Eₕ", "哈特里", "哈特里", "hartree", Size::Measured("4.3597447222060E-18"), ENERGY),
    entry("atomicunittime", "ħ∕Eₕ", "原子时间单位", "原子时间单位", "atomic unit of time", ATOMIC_TIME, &[(Time, 1)]),
];

const ONE: Size = times(1);
const DALTON: Size = Size::Measured("1.66053906892E-27");
const NATURAL_TIME: Size = Size::Measured("1.28808866644E-21");
const ATOMIC_TIME: Size = Size::Measured("2.4188843265864E-17");
const PRESSURE: &[(BaseQuantity, i8)] = &[(Time, -2), (Length, -1), (Mass, 1)];
const ENERGY: &[(BaseQuantity, i8)] = &[(Time, -2), (Length, 2), (Mass, 1)];
const CHARGE: &[(BaseQuantity, i8)] = &[(Time, 1), (ElectricCurrent, 1)];
const DOSE: &[(BaseQuantity, i8)] = &[(Time, -2), (Length, 2)];
const VOLUME: &[(BaseQuantity, i8)] = &[(Length, 3)];

const fn times(numerator: u64) -> Size {
    power_of_ten(numerator, 0)
}

const fn tens(power: i8) -> Size {
    power_of_ten(1, power)
}

const fn power_of_ten(numerator: u64, power: i8) -> Size {
    Size::Exact { numerator, denominator: 1, power, pi: 0 }
}

const fn fraction(numerator: u64, denominator: u64) -> Size {
    Size::Exact { numerator, denominator, power: 0, pi: 0 }
}

const fn pi_over(denominator: u64) -> Size {
    Size::Exact { numerator: 1, denominator, power: 0, pi: 1 }
}

const fn entry(
    name: &'static str,
    symbol: &'static str,
    zh: &'static str,
    zh_short: &'static str,
    en: &'static str,
    size: Size,
    dimension: &'static [(BaseQuantity, i8)],
) -> Entry {
    Entry { name, symbol, zh, zh_short, en, size, dimension, prefixes: Prefixes::Decimal, legal: None, reference: None }
}

impl Entry {
    const fn bare(self) -> Self {
        Self { prefixes: Prefixes::None, ..self }
    }

    const fn alone(self) -> Self {
        Self { prefixes: Prefixes::NoneNorExponent, ..self }
    }

    const fn multiples(self) -> Self {
        Self { prefixes: Prefixes::Multiples, ..self }
    }

    const fn all_but(self, prefix: &'static str) -> Self {
        Self { prefixes: Prefixes::DecimalBut(prefix), ..self }
    }

    const fn legal(self, basis: LegalBasis) -> Self {
        Self { legal: Some(basis), ..self }
    }

    const fn referenced(self) -> Self {
        let name = self.name;
        self.referenced_as(name)
    }

    const fn referenced_as(self, name: &'static str) -> Self {
        Self { reference: Some(name), ..self }
    }
}
