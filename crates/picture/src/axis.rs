//! An axis: round numbers at places where their labels do not touch, and a title that says what they are.

use heng_quantity::{Decimal, RoundingRule, Unit, typography};

use crate::canvas::{SIZE, text_width};
use crate::figures::{factor, ten};

/// Which way an axis goes.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Direction {
    /// From left to right.
    Across,
    /// From bottom to top.
    Up,
}

/// A marked place.
#[derive(Clone, Debug)]
pub(crate) struct Tick {
    /// In pixels.
    pub(crate) at: f64,
    /// Its number.
    pub(crate) label: String,
}

/// A straight axis.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
    /// The marked places.
    pub(crate) ticks: Vec<Tick>,
    power: i32,
    offset: Option<Decimal>,
}

/// Beyond this, sums of two values would not be finite.
const LARGEST: f64 = 8e307;
/// Below this, a step of the axis would be zero.
const SMALLEST: f64 = 1e-290;
/// A span this small beside the values is rounding of doubles.
const RESOLUTION: f64 = 1e-13;
/// Labels with more digits than this are counted from an offset.
const MOST_DIGITS: i32 = 6;
/// Between two labels, in pixels.
const GAP: f64 = 22.0;
/// From one mark across to the next, at least, in pixels.
const CLOSEST_ACROSS: f64 = 38.0;
/// More marks across are no help.
const MOST_ACROSS: i64 = 9;
/// From one label upwards to the next, in pixels.
const RISE: f64 = 26.0;
/// The same at least.
const CLOSEST_UP: f64 = 17.0;

/// The least and the greatest finite value; none where there is none.
pub(crate) fn span(values: impl Iterator<Item = f64>) -> Option<(f64, f64)> {
    let finite = values.filter(|value| value.is_finite()).map(|value| value.clamp(-LARGEST, LARGEST));
    let (low, high) = finite.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    (low <= high).then_some((low, high))
}

/// The same with a margin on both sides; something to draw in even where all values are alike or there are none.
pub(crate) fn widened(span: Option<(f64, f64)>, margin: f64) -> (f64, f64) {
    let Some((low, high)) = span else { return (0.0, 1.0) };
    let largest = libm::fabs(low).max(libm::fabs(high));
    let width = high - low;
    if width <= largest * RESOLUTION || width < SMALLEST {
        let half = if largest == 0.0 { 1.0 } else { (largest * 0.05).max(SMALLEST) };
        return ((low - half).max(-LARGEST), (high + half).min(LARGEST));
    }
    ((low - width * margin).max(-LARGEST), (high + width * margin).min(LARGEST))
}

impl Axis {
    /// From `low` at pixel `from` to `high` at pixel `to`; `low` < `high`. What is beyond the largest numbers of an axis is cut off there.
    pub(crate) fn new((low, high): (f64, f64), (from, to): (f64, f64), direction: Direction) -> Self {
        let (low, high) = (low.clamp(-LARGEST, LARGEST), high.clamp(-LARGEST, LARGEST));
        let room = libm::fabs(to - from);
        let mut axis = Self { low, high, from, to, ticks: Vec::new(), power: 0, offset: None };
        match direction {
            Direction::Across => {
                for count in (1..=((room / CLOSEST_ACROSS) as i64).min(MOST_ACROSS)).rev() {
                    axis.mark(count as f64);
                    if axis.is_legible() {
                        break;
                    }
                }
            }
            Direction::Up => {
                // Two numbers hardly make an axis: closer ones, as far as they do not touch.
                let (usual, most) = ((room / RISE) as i64, (room / CLOSEST_UP) as i64);
                for count in usual.max(1)..=most.max(1) {
                    axis.mark(count as f64);
                    if axis.ticks.len() > 2 {
                        break;
                    }
                }
            }
        }
        axis
    }

    /// Where a value lies, in pixels; what is beyond the axis lies at its end.
    pub(crate) fn at(&self, value: f64) -> f64 {
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.from + share * (self.to - self.from)
    }

    /// Whether a value lies on the axis.
    pub(crate) fn holds(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Whether a value lies before the beginning of the axis.
    pub(crate) fn is_below(&self, value: f64) -> bool {
        value < self.low
    }

    /// The title: `name / unit`, with a power of ten where the labels have one, and with what they are counted from.
    pub(crate) fn title(&self, name: &str, unit: &Unit) -> String {
        let name = match &self.offset {
            Some(offset) if offset.is_negative() => {
                format!("({name} + {})", typography::with_unit(&typography::decimal(&offset.abs()), unit))
            }
            Some(offset) => format!("({name} − {})", typography::with_unit(&typography::decimal(offset), unit)),
            None => name.to_owned(),
        };
        let symbol = unit.symbol();
        let ten = ten(self.power);
        match (self.power, symbol.as_str()) {
            (0, "1") => name,
            (0, _) => format!("{name} / {}", factor(&symbol)),
            (_, "1") => format!("{name} / {ten}"),
            (_, _) => format!("{name} / ({ten}\u{a0}{symbol})"),
        }
    }

    /// The widest label, in pixels.
    pub(crate) fn label_width(&self) -> f64 {
        self.ticks.iter().map(|tick| text_width(&tick.label, SIZE)).fold(0.0, f64::max)
    }

    /// Marks about `count` places a round step apart.
    fn mark(&mut self, count: f64) {
        let width = self.high - self.low;
        let raw = width / count;
        let exponent = libm::floor(libm::log10(raw)) as i32;
        let mantissa = raw / ten_to(exponent);
        let (digit, exponent) = match mantissa {
            m if m <= 1.0 + 1e-9 => (1_i64, exponent),
            m if m <= 2.0 + 1e-9 => (2, exponent),
            m if m <= 5.0 + 1e-9 => (5, exponent),
            _ => (1, exponent + 1),
        };
        let step = digit as f64 * ten_to(exponent);
        let largest = libm::fabs(self.low).max(libm::fabs(self.high));
        let leading = libm::floor(libm::log10(largest.max(SMALLEST))) as i32;
        self.offset = None;
        if leading - exponent + 1 > MOST_DIGITS && width < largest / 100.0 {
            let place = libm::floor(libm::log10(width)) as i32 + 1;
            self.offset = self.round_number(place);
        }
        let base = self.offset.as_ref().map_or(0.0, Decimal::to_f64);
        let (from, to) = (self.low - base, self.high - base);
        let reach = libm::fabs(from).max(libm::fabs(to)).max(SMALLEST);
        let order = libm::floor(libm::log10(reach * (1.0 + 1e-9))) as i32;
        self.power = if (-3..6).contains(&order) && exponent > -6 { 0 } else { order.div_euclid(3) * 3 };
        let (first, last) = (libm::ceil(from / step - 1e-9) as i64, libm::floor(to / step + 1e-9) as i64);
        self.ticks = (first..=last.min(first.saturating_add(200)))
            .map(|number| {
                let value = Decimal::new((number * digit).into(), exponent - self.power);
                let value = if exponent > self.power { value.rounded(0, RoundingRule::Gum726) } else { value };
                Tick { at: self.at(base + number as f64 * step), label: typography::decimal(&value) }
            })
            .collect();
    }

    /// The roundest number to count from: one with fewer digits that lies on the axis or just before it, else the one below its beginning.
    fn round_number(&self, place: i32) -> Option<Decimal> {
        let just_before = self.low - ten_to(place);
        let round = |power: i32| {
            let unit = ten_to(place + power);
            let exact = Decimal::from_f64(libm::floor(self.high / unit) * unit)?;
            Some(exact.rounded(place + power, RoundingRule::Gum726))
        };
        let rounder = (1..=3).rev().filter_map(round).find(|number| number.to_f64() >= just_before);
        let unit = ten_to(place);
        let offset = rounder.or_else(|| {
            let below = Decimal::from_f64(libm::floor(self.low / unit) * unit)?;
            Some(below.rounded(place, RoundingRule::Gum726))
        })?;
        let is_plain = (1..16).contains(&offset.exponent());
        Some(if is_plain { offset.rounded(0, RoundingRule::Gum726) } else { offset.normalized() })
    }

    /// Whether no label touches the next.
    fn is_legible(&self) -> bool {
        let mut end = f64::NEG_INFINITY;
        self.ticks.iter().all(|tick| {
            let half = text_width(&tick.label, SIZE) / 2.0;
            let is_free = tick.at - half >= end;
            end = tick.at + half + GAP;
            is_free
        })
    }
}

/// A power of ten as the double nearest to it.
fn ten_to(exponent: i32) -> f64 {
    Decimal::new(1.into(), exponent).to_f64()
}
