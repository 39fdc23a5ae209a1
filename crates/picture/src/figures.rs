//! Numbers as a picture and its table state them: rounded in decimal, set by the rules of typography.

use heng_quantity::{Decimal, RoundingRule, Unit, typography};

/// Digits that a number without a stated uncertainty is given with.
pub(crate) const DIGITS: i32 = 7;

/// Whole numbers up to a thousand million are written out.
const LARGEST_PLAIN: i32 = 9;

/// At most so many significant digits; a whole part is never cut. Zeros that come from the rounding of doubles are left out.
pub(crate) fn number(value: f64, digits: i32) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    let Some(shortest) = Decimal::shortest_from_f64(value) else {
        return if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    };
    let leading = shortest.leading_exponent().unwrap_or(0);
    let is_plain = leading < LARGEST_PLAIN;
    let place = leading.saturating_sub(digits - 1);
    let place = if is_plain { place.min(0) } else { place };
    let mut rounded =
        if shortest.exponent() < place { shortest.rounded(place, RoundingRule::Gum726) } else { shortest };
    if libm::fabs(rounded.to_f64() - value) <= NOISE * libm::fabs(value) {
        rounded = rounded.normalized();
    }
    if is_plain && rounded.exponent() > 0 {
        rounded = rounded.rounded(0, RoundingRule::Gum726);
    }
    typography::decimal(&rounded)
}

/// What a few operations on doubles leave behind the digits that were put in.
const NOISE: f64 = 1e-13;

/// Rounded to a place that an uncertainty demands; such a place is its second digit.
pub(crate) fn at_place(value: f64, place: i32) -> String {
    match Decimal::from_f64(value) {
        Some(exact) if place > 0 && value != 0.0 => typography::decimal(&exact.rounded(0, RoundingRule::Gum726)),
        Some(exact) => typography::decimal(&exact.rounded(place, RoundingRule::Gum726)),
        None => number(value, DIGITS),
    }
}

/// The place of the second significant digit of the smallest uncertainty above zero; none where there is none.
pub(crate) fn place_of(uncertainties: impl Iterator<Item = f64>) -> Option<i32> {
    let smallest = uncertainties.filter(|u| *u > 0.0 && u.is_finite()).fold(f64::INFINITY, f64::min);
    Decimal::shortest_from_f64(smallest)?.leading_exponent().map(|leading| leading - 1)
}

/// To the place where there is one, else with all the digits that mean something.
pub(crate) fn stated(value: f64, place: Option<i32>) -> String {
    match place {
        // Beyond fifteen digits a double says nothing.
        Some(place) if value == 0.0 || fits(value, place) => at_place(value, place),
        _ => number(value, DIGITS),
    }
}

fn fits(value: f64, place: i32) -> bool {
    let leading = Decimal::shortest_from_f64(value).and_then(|shortest| shortest.leading_exponent()).unwrap_or(0);
    (-4..LARGEST_PLAIN).contains(&leading) && leading.saturating_sub(place) < 15 && place > -12
}

/// A part of one in percent with one decimal, more where it is small.
pub(crate) fn percent(part: f64) -> String {
    let value = part * 100.0;
    let text = if value != 0.0 && libm::fabs(value) < 0.1 { number(value, 2) } else { at_place(value, -1) };
    format!("{text}\u{a0}%")
}

/// A probability such as 0.95 in percent, with no more digits than it has.
pub(crate) fn probability(part: f64) -> String {
    format!("{}\u{a0}%", number(part * 100.0, 4))
}

/// A name with the unit that its numbers are in, as in `U / nm`; the name alone where that is one.
pub(crate) fn headed(name: &str, unit: &Unit) -> String {
    let symbol = unit.symbol();
    if symbol == "1" { name.to_owned() } else { format!("{name} / {}", factor(&symbol)) }
}

/// A unit of several factors is held together where it is divided by.
pub(crate) fn factor(symbol: &str) -> String {
    if symbol.contains(['·', '/', ' ']) { format!("({symbol})") } else { symbol.to_owned() }
}

/// A column of numbers with one place and, where they are very large or small, one power of ten, which its head says.
pub(crate) struct Aligned {
    power: i32,
    place: i32,
}

impl Aligned {
    /// With three digits of the largest.
    pub(crate) fn by(largest: f64) -> Self {
        let leading = Decimal::shortest_from_f64(largest).and_then(|shortest| shortest.leading_exponent()).unwrap_or(0);
        let power = if (-3..6).contains(&leading) { 0 } else { leading.div_euclid(3) * 3 };
        Self { power, place: (leading - power - 2).min(0) }
    }

    /// A number of the column.
    pub(crate) fn text(&self, value: f64) -> String {
        match Decimal::from_f64(value) {
            Some(exact) if exact.leading_exponent().is_none_or(|leading| leading - self.power < LARGEST_PLAIN) => {
                let scaled = Decimal::new(exact.coefficient().clone(), exact.exponent() - self.power);
                typography::decimal(&scaled.rounded(self.place, RoundingRule::Gum726))
            }
            _ => number(value, DIGITS),
        }
    }

    /// The head of the column.
    pub(crate) fn headed(&self, name: &str, unit: &Unit) -> String {
        if self.power == 0 {
            return headed(name, unit);
        }
        let ten = ten(self.power);
        let symbol = unit.symbol();
        if symbol == "1" { format!("{name} / {ten}") } else { format!("{name} / ({ten}\u{a0}{symbol})") }
    }
}

/// A power of ten, `10⁻¹²`.
pub(crate) fn ten(power: i32) -> String {
    let text = typography::decimal(&Decimal::new(1.into(), power));
    // `1 × 10⁻¹²`, without the one.
    text.rsplit('\u{a0}').next().map_or_else(|| text.clone(), str::to_owned)
}
