//! The three notations and how each writes the same things.

use std::borrow::Cow;

use super::pieces::Item;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// The model language itself.
    Text,
    MathMl,
    Typst,
}

impl Notation {
    pub(super) fn enclosed(self, mut items: Vec<Item>) -> Vec<Item> {
        let (open, close) = match self {
            Self::Text | Self::Typst => ("(", ")"),
            Self::MathMl => ("<mrow><mo>(</mo>", "<mo>)</mo></mrow>"),
        };
        items.insert(0, Item::word(open));
        items.push(Item::word(close));
        items
    }

    /// An operator between its operands.
    pub(super) fn operator(self, text: &'static str, mathml: &'static str, typst: &'static str) -> Item {
        Item::word(match self {
            Self::Text => text,
            Self::MathMl => mathml,
            Self::Typst => typst,
        })
    }

    /// A function of its arguments.
    pub(super) fn called(self, text: &'static str, shown: &'static str, arguments: Vec<Item>) -> Vec<Item> {
        let (open, between, close): (Cow<'static, str>, _, _) = match self {
            Self::Text => (format!("{text}(").into(), ", ", ")"),
            Self::MathMl => (
                format!("<mrow><mi>{shown}</mi><mo>&#x2061;</mo><mrow><mo>(</mo>").into(),
                "<mo>,</mo>",
                "<mo>)</mo></mrow></mrow>",
            ),
            Self::Typst => (format!("op(\"{shown}\") (").into(), ", ", ")"),
        };
        let mut items = vec![Item::Text(open)];
        for (place, argument) in arguments.into_iter().enumerate() {
            if place > 0 {
                items.push(Item::word(between));
            }
            items.push(argument);
        }
        items.push(Item::word(close));
        items
    }

    /// An element such as `<mfrac>` or a function such as `frac`.
    pub(super) fn wrapped(self, element: &'static str, typst: &'static str, children: Vec<Item>) -> Vec<Item> {
        let mut items = Vec::new();
        if self == Self::MathMl {
            items.push(Item::Text(format!("<{element}>").into()));
            for child in children {
                items.extend([Item::word("<mrow>"), child, Item::word("</mrow>")]);
            }
            items.push(Item::Text(format!("</{element}>").into()));
        } else {
            items.push(Item::Text(format!("{typst}(").into()));
            for (place, child) in children.into_iter().enumerate() {
                if place > 0 {
                    items.push(Item::word(", "));
                }
                items.push(child);
            }
            items.push(Item::word(")"));
        }
        items
    }

    /// A base with something above or below it.
    pub(super) fn scripted(
        self,
        element: &'static str,
        typst: &'static str,
        base: Item,
        script: Vec<Item>,
    ) -> Vec<Item> {
        let (open, between, close) = match self {
            Self::MathMl => (format!("<{element}><mrow>"), "</mrow><mrow>".to_owned(), format!("</mrow></{element}>")),
            Self::Text | Self::Typst => (String::new(), format!("{typst}("), ")".to_owned()),
        };
        let mut items = vec![Item::Text(open.into()), base, Item::Text(between.into())];
        items.extend(script);
        items.push(Item::Text(close.into()));
        items
    }

    /// A number, with its power of ten where it has one, and its unit.
    pub(super) fn number(self, digits: &str, unit: Option<&str>) -> String {
        let (digits, power) = digits.split_once('E').map_or((digits, None), |(digits, power)| (digits, Some(power)));
        match self {
            Self::Text => {
                let power = power.map(|power| format!("E{power}")).unwrap_or_default();
                format!("{digits}{power}{}", unit.map(|unit| format!("[{unit}]")).unwrap_or_default())
            }
            Self::MathMl => {
                let power = power.map(|power| format!("<mo>×</mo><msup><mn>10</mn><mn>{}</mn></msup>", minus(power)));
                let unit = unit
                    .map(|unit| format!("<mspace width=\"0.17em\"/><mi mathvariant=\"normal\">{}</mi>", escaped(unit)));
                format!("<mrow><mn>{digits}</mn>{}{}</mrow>", power.unwrap_or_default(), unit.unwrap_or_default())
            }
            Self::Typst => {
                let power = power.map(|power| format!(" times 10^({power})")).unwrap_or_default();
                format!("{digits}{power}{}", unit.map(|unit| format!(" thin {}", quoted(unit))).unwrap_or_default())
            }
        }
    }

    pub(super) fn exponent(self, numerator: i64, denominator: i64) -> String {
        let sign = if numerator < 0 { "-" } else { "" };
        let above = numerator.unsigned_abs();
        match self {
            Self::Text if denominator == 1 => format!("^{numerator}"),
            Self::Text => format!("^({numerator}/{denominator})"),
            Self::MathMl if denominator == 1 => format!("<mn>{}</mn>", minus(&numerator.to_string())),
            Self::MathMl => format!("<mn>{}{above}</mn><mo>/</mo><mn>{denominator}</mn>", minus(sign)),
            Self::Typst if denominator == 1 => numerator.to_string(),
            Self::Typst => format!("{sign}{above} slash {denominator}"),
        }
    }
}

/// The minus sign of printed numbers.
fn minus(number: &str) -> String {
    number.replace('-', "−")
}

/// Text within an element or an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Upright text of Typst.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
