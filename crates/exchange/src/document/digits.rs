//! Whether a rendering shows the digits that were signed.

use std::collections::BTreeSet;

use heng_quantity::{Decimal, Reported, Uncertainty};
use heng_rule::{Cell, Named};
use heng_statement::Certificate;

use super::figures::written_out;

/// Every number of a certificate's quantities, as stated.
pub fn figures_of(certificate: &Certificate) -> BTreeSet<String> {
    let mut figures = Figures::default();
    certificate.instrument.characteristics.values().for_each(|cell| figures.cell(cell));
    certificate.environment.iter().for_each(|named| figures.named(named));
    for point in certificate.results.iter().flat_map(|item| &item.points) {
        point.conditions.iter().chain(&point.observed).for_each(|named| figures.named(named));
        figures.named(&point.result);
        if let Some(limit) = &point.limit {
            limit.lower.iter().chain(&limit.upper).for_each(|end| figures.reported(end));
        }
        point.degrees_of_freedom.iter().for_each(|degrees| figures.number(degrees));
        for line in &point.budget {
            let degrees = line.degrees_of_freedom.as_ref();
            for value in
                [&line.estimate.value, &line.standard_uncertainty, &line.contribution.value].into_iter().chain(degrees)
            {
                figures.number(&written_out(value).unwrap_or_else(|| value.clone()));
            }
        }
    }
    for range in &certificate.disseminates {
        [&range.from, &range.to, &range.expanded_uncertainty].into_iter().for_each(|end| figures.reported(end));
    }
    figures.0
}

/// The numbers of a certificate that a rendered text does not show with the same digits.
pub fn missing_figures(certificate: &Certificate, rendered: &str) -> Vec<String> {
    let shown = read_figures(rendered);
    figures_of(certificate).into_iter().filter(|figure| !shown.contains(figure)).collect()
}

/// The numbers that stand in a rendered text, undressed: plain minus, no groups, no plus, `5E3` for `5 × 10³`.
/// A `±` states both signs.
pub fn read_figures(rendered: &str) -> BTreeSet<String> {
    let characters: Vec<char> = plain(rendered).chars().collect();
    let at = |index: usize| characters.get(index).copied();
    let digit = |index: usize| at(index).is_some_and(|character| character.is_ascii_digit());
    let mut figures = BTreeSet::new();
    let mut index = 0;
    while index < characters.len() {
        if !digit(index) {
            index += 1;
            continue;
        }
        let before = index.checked_sub(1).and_then(at);
        let mut number = String::new();
        let mut group = 0;
        while let Some(character) = at(index) {
            let ahead = (1..=4).take_while(|ahead| digit(index + ahead)).count();
            let after_point = number.contains('.');
            // Groups are parted by one space; in a fraction the last may be short.
            let next_group = matches!(character, GROUP | ' ')
                && if after_point { group == 3 && (1..=3).contains(&ahead) } else { group <= 3 && ahead == 3 };
            if character.is_ascii_digit() {
                number.push(character);
                group += 1;
            } else if character == '.' && ahead > 0 && !after_point {
                number.push(character);
                group = 0;
            } else if next_group {
                group = 0;
            } else {
                break;
            }
            index += 1;
        }
        let power: String =
            characters.iter().skip(index).take_while(|next| matches!(next, 'E' | '-' | '0'..='9')).collect();
        if power.len() > 1 && power.starts_with('E') {
            index += power.chars().count();
            number.push_str(&power);
        }
        // `1.2 × 10³` and `12E2` state the same digits.
        let Ok(value) = number.parse::<Decimal>() else { continue };
        match before {
            Some('-') => figures.extend([(-&value).to_string()]),
            Some('±') => figures.extend([(-&value).to_string(), value.to_string()]),
            _ => figures.extend([value.to_string()]),
        }
    }
    figures
}

/// What parts groups of digits after [`plain`].
const GROUP: char = '\u{a0}';

fn plain(rendered: &str) -> String {
    let mut text: String = rendered
        .chars()
        .map(|character| match character {
            '−' => '-',
            // Text extraction turns the no-break space of some fonts into these.
            '\u{2009}' | '\u{202f}' => GROUP,
            other => other,
        })
        .collect();
    for (superscript, digit) in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".chars().zip("0123456789-".chars()) {
        text = text.replace(superscript, &digit.to_string());
    }
    text.replace("\u{a0}×\u{a0}10", "E").replace(" × 10", "E")
}

#[derive(Default)]
struct Figures(BTreeSet<String>);

impl Figures {
    fn number(&mut self, value: &Decimal) {
        self.0.insert(value.to_string());
    }

    fn named(&mut self, named: &Named) {
        self.reported(&named.quantity);
    }

    fn reported(&mut self, reported: &Reported) {
        self.number(&reported.value);
        match &reported.uncertainty {
            None => {}
            Some(Uncertainty::Standard { value, .. }) => self.number(value),
            Some(Uncertainty::Expanded { value, coverage_factor, coverage_probability, .. }) => {
                [value, coverage_factor, coverage_probability].into_iter().for_each(|number| self.number(number));
            }
            Some(Uncertainty::Interval { lower, upper, coverage_probability, standard, .. }) => {
                [lower, upper, coverage_probability].into_iter().for_each(|number| self.number(number));
                standard.iter().for_each(|number| self.number(number));
            }
        }
    }

    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Input(input) => {
                let stated = [
                    &input.standard_uncertainty,
                    &input.half_width,
                    &input.expanded_uncertainty,
                    &input.coverage_factor,
                    &input.degrees_of_freedom,
                ];
                self.number(&input.value);
                stated.into_iter().flatten().for_each(|number| self.number(number));
            }
            Cell::Quantity(reported) => self.reported(reported),
            Cell::Series(series) => series.iter().for_each(|reported| self.reported(reported)),
            Cell::Flag(_) | Cell::Text(_) => {}
        }
    }
}
