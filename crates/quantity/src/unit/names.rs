//! Symbols and names of units as people write them: 《法定计量单位使用方法》 (国家计量局, 1984) and the SI brochure, chapter 5.

use super::dimension::BaseQuantity;
use super::exponent::Exponent;
use super::{Component, Unit};

impl Unit {
    /// The symbol, as in `kg·m⁻³`, `kW·h`, `°C` or `%`; `1` for the unit one.
    pub fn symbol(&self) -> String {
        let parts: Vec<_> = self
            .named_parts()
            .map(|component| {
                let prefix = component.prefix.map_or("", |prefix| prefix.symbol);
                format!("{prefix}{}{}", component.entry.symbol, superscript(component.exponent))
            })
            .collect();
        if parts.is_empty() { "1".to_owned() } else { parts.join("·") }
    }

    /// The full Chinese name, as in 千克每立方米 or 千瓦特小时 (《法定计量单位使用方法》, 4 to 7: in the order of the symbol, 每 once,
    /// powers before the unit). Second and third powers of lengths are named as areas and volumes.
    pub fn name_zh(&self) -> String {
        self.chinese(|component| component.entry.zh)
    }

    /// The Chinese name in its short forms (简称), as in 千瓦时 or 兆帕.
    pub fn name_zh_short(&self) -> String {
        self.chinese(|component| component.entry.zh_short)
    }

    /// The English name, as in "kilogram per cubic metre" (SI brochure 5.3).
    pub fn name_en(&self) -> String {
        let (above, below) = self.sides();
        let name = |component: &Component| {
            let unit = format!("{}{}", component.prefix.map_or("", |prefix| prefix.name), component.entry.en);
            let exponent = component.exponent.abs();
            match (exponent.numerator(), exponent.denominator(), component.is_length()) {
                (1, 1, _) => unit,
                (2, 1, true) => format!("square {unit}"),
                (3, 1, true) => format!("cubic {unit}"),
                (2, 1, false) => format!("{unit} squared"),
                (3, 1, false) => format!("{unit} cubed"),
                _ => format!("{unit} to the power {}", plain(exponent)),
            }
        };
        let joined = |side: &[Component]| side.iter().map(name).collect::<Vec<_>>().join(" ");
        match (above.as_slice(), below.as_slice()) {
            ([], []) => "one".to_owned(),
            (above, []) => joined(above),
            ([], below) => format!("reciprocal {}", joined(below)),
            (above, below) => format!("{} per {}", joined(above), joined(below)),
        }
    }

    fn chinese(&self, word: impl Fn(&Component) -> &'static str) -> String {
        let (above, below) = self.sides();
        let name = |component: &Component| {
            let exponent = component.exponent.abs();
            let power = match (exponent.numerator(), exponent.denominator(), component.is_length()) {
                (1, 1, _) => String::new(),
                (2, 1, true) => "平方".to_owned(),
                (3, 1, true) => "立方".to_owned(),
                (count @ 2..=9, 1, _) => format!("{}次方", numeral(count)),
                _ => format!("{}次方", plain(exponent)),
            };
            format!("{power}{}{}", component.prefix.map_or("", |prefix| prefix.zh), word(component))
        };
        let joined = |side: &[Component]| side.iter().map(name).collect::<String>();
        match (above.as_slice(), below.as_slice()) {
            ([], []) => "一".to_owned(),
            (above, []) => joined(above),
            (above, below) => format!("{}每{}", joined(above), joined(below)),
        }
    }

    /// The parts that are written: all but the unit one and zeroth powers.
    fn named_parts(&self) -> impl Iterator<Item = &Component> {
        self.components.iter().filter(|component| component.entry.name != "one" && !component.exponent.is_zero())
    }

    fn sides(&self) -> (Vec<Component>, Vec<Component>) {
        self.named_parts().copied().partition(|component| !component.exponent.is_negative())
    }
}

impl Component {
    fn is_length(&self) -> bool {
        self.entry.dimension == [(BaseQuantity::Length, 1)]
    }
}

fn numeral(count: i64) -> char {
    match count {
        2 => '二',
        3 => '三',
        4 => '四',
        5 => '五',
        6 => '六',
        7 => '七',
        8 => '八',
        _ => '九',
    }
}

fn plain(exponent: Exponent) -> String {
    exponent.to_string().replace('_', "/")
}

/// ⁻³ for whole numbers; `^(1/2)` for fractions, for which there are no superscript signs.
fn superscript(exponent: Exponent) -> String {
    if exponent.is_one() {
        return String::new();
    }
    if !exponent.is_integer() {
        return format!("^({}/{})", exponent.numerator(), exponent.denominator());
    }
    raised(exponent.numerator())
}

/// A whole number in superscript digits.
pub(crate) fn raised(number: i64) -> String {
    number
        .to_string()
        .chars()
        .map(|digit| match digit {
            '-' => '⁻',
            '0' => '⁰',
            '1' => '¹',
            '2' => '²',
            '3' => '³',
            '4' => '⁴',
            '5' => '⁵',
            '6' => '⁶',
            '7' => '⁷',
            '8' => '⁸',
            _ => '⁹',
        })
        .collect()
}
