//! Quantity symbols: the letters that readers know in place of the names that a model is written with.

use std::collections::BTreeMap;

use heng_rule::{ItemResult, Named};

use crate::document::sheet::{Line, Span};

/// The letters that models spell out.
const SPELLED: [(&str, &str); 12] = [
    ("Δ", "d"),
    ("δ", "d"),
    ("α", "alpha"),
    ("β", "beta"),
    ("γ", "gamma"),
    ("θ", "theta"),
    ("λ", "lambda"),
    ("μ", "mu"),
    ("ν", "nu"),
    ("π", "pi"),
    ("ρ", "rho"),
    ("φ", "phi"),
];

/// The symbols of one item, by the name that its model may use for each.
pub struct Symbols(BTreeMap<String, String>);

impl Symbols {
    /// The symbols of all that an item states.
    pub fn of(item: &ItemResult) -> Self {
        let mut symbols = BTreeMap::new();
        for point in &item.points {
            let named = point.conditions.iter().chain(&point.observed).chain([&point.result]);
            for (named, symbol) in named.filter_map(|named: &Named| Some((named, named.symbol.as_ref()?))) {
                for name in [named.name.clone(), spelled(symbol)] {
                    symbols.entry(name).or_insert_with(|| symbol.clone());
                }
            }
        }
        Self(symbols)
    }

    /// The symbol of a model's name; the name itself where the item states none.
    pub fn symbol(&self, name: &str) -> Line {
        symbol(self.0.get(name).map_or(name, String::as_str))
    }

    /// A model as people write it: symbols in italics, a true minus, functions upright, bars for an absolute value.
    pub fn model(&self, model: &str) -> Line {
        let mut line = Line::new();
        let mut word = String::new();
        let mut bars: Vec<bool> = Vec::new();
        for character in model.chars().chain(['\0']) {
            let begins = character.is_alphabetic() || character == '_';
            if begins || (!word.is_empty() && character.is_ascii_digit()) {
                word.push(character);
                continue;
            }
            let is_function = character == '(' && !word.is_empty();
            let is_absolute = is_function && word == "abs";
            let word = std::mem::take(&mut word);
            if is_function && !is_absolute {
                push(&mut line, &word);
            } else if !word.is_empty() && !is_absolute {
                line.extend(self.symbol(&word));
            }
            match character {
                '\0' => {}
                '-' => push(&mut line, "−"),
                '*' => push(&mut line, "\u{a0}·\u{a0}"),
                '(' => {
                    bars.push(is_absolute);
                    push(&mut line, if is_absolute { "|" } else { "(" });
                }
                ')' => push(&mut line, if bars.pop() == Some(true) { "|" } else { ")" }),
                other => push(&mut line, other.encode_utf8(&mut [0; 4])),
            }
        }
        line
    }
}

/// A symbol as the runs that are set: `I_max − I_min` is two symbols and a sign.
pub fn symbol(symbol: &str) -> Line {
    let mut line = Line::new();
    for (index, word) in symbol.split(' ').enumerate() {
        if index > 0 {
            push(&mut line, "\u{a0}");
        }
        if word.chars().any(char::is_alphabetic) {
            line.push(Span::Symbol(indexed(word)));
        } else {
            push(&mut line, word);
        }
    }
    line
}

/// `x1` is x with the index 1.
fn indexed(symbol: &str) -> String {
    let mut rest = symbol.chars();
    match rest.next() {
        Some(letter) if letter.is_alphabetic() => {
            let index = rest.as_str();
            let is_index = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
            if is_index { format!("{letter}_{index}") } else { symbol.to_owned() }
        }
        _ => symbol.to_owned(),
    }
}

fn push(line: &mut Line, sign: &str) {
    match line.last_mut() {
        Some(Span::Text(text)) => text.push_str(sign),
        _ => line.push(Span::Text(sign.to_owned())),
    }
}

fn spelled(symbol: &str) -> String {
    let without_index = symbol.replace('_', "");
    SPELLED.iter().fold(without_index, |spelled, (letter, name)| spelled.replace(letter, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_is_written_with_the_symbols_of_its_item() {
        let symbols = Symbols([("dL", "ΔL"), ("rising", "p_↑")].map(|(a, b)| (a.to_owned(), b.to_owned())).into());
        let written = |model: &str| symbols.model(model).iter().map(Span::text).collect::<String>();
        assert_eq!(written("E = I + e/2 - dL - L"), "E = I + e/2 − ΔL − L");
        assert_eq!(written("h = abs(2*(rising) - x1)"), "h = |2\u{a0}·\u{a0}(p_↑) − x_1|");
        assert_eq!(written("y = sqrt(x)"), "y = sqrt(x)");
    }

    #[test]
    fn two_symbols_and_a_sign_are_set_as_such() {
        let kinds = symbol("I_max − I_min");
        assert_eq!(kinds.iter().filter(|span| matches!(span, Span::Symbol(_))).count(), 2);
    }
}
