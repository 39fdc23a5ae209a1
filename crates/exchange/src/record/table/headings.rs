//! What the cells of a heading row mean: a name in Chinese or English, or the key of TOML, and a unit.

use heng_quantity::{Finding, Unit, text};
use heng_rule::Rule;
use heng_rule::rule::{Characteristic, Column, EnvironmentLimit, Item};

use super::fields::{FIELDS, FINDING, Field, Holds};
use crate::sheets::{half_width, plain, resembles};

/// Items have far fewer rows.
const MOST_ITEM_ROWS: u32 = 1_000;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::record) enum Target {
    /// A field that does not depend on the rule.
    Field(Field),
    /// The English text of such a field.
    English(Field),
    /// A condition of the surroundings, by name.
    Environment(String),
    /// A characteristic of the instrument, by its place in the rule.
    Characteristic(usize),
    /// An observation.
    Observation {
        /// The item, by its place in the rule.
        item: usize,
        /// The row of the item's sheet, from 1.
        row: u32,
        /// The column, by its place in the item.
        column: usize,
        /// The value itself, or a part of its own evaluation by its key.
        part: Option<&'static str>,
    },
    /// What was found when these rows were handed back; not read.
    Finding,
}

/// A heading that is understood.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::record) struct Heading {
    /// What the column holds.
    pub target: Target,
    /// The unit in which its numbers are stated.
    pub unit: Option<Unit>,
    /// What is wrong with the unit.
    pub fault: Option<Finding>,
}

/// The parts of a value's own evaluation: key, Chinese, English.
pub(in crate::record) const PARTS: [(&str, &str, &str); 6] = [
    ("standard_uncertainty", "标准不确定度", "standard uncertainty"),
    ("half_width", "半宽", "half width"),
    ("expanded_uncertainty", "扩展不确定度", "expanded uncertainty"),
    ("coverage_factor", "包含因子", "coverage factor"),
    ("degrees_of_freedom", "自由度", "degrees of freedom"),
    ("distribution", "分布", "distribution"),
];

/// The names of the columns of one rule's tables.
pub(in crate::record) struct Layout<'rule> {
    environment: &'rule [EnvironmentLimit],
    characteristics: &'rule [Characteristic],
    items: &'rule [Item],
}

impl<'rule> Layout<'rule> {
    /// Only the columns that every table may have.
    pub(in crate::record) fn bare() -> Self {
        Self { environment: &[], characteristics: &[], items: &[] }
    }

    /// With the columns of a rule.
    pub(in crate::record) fn of(rule: &'rule Rule) -> Self {
        Self { environment: rule.surroundings(), characteristics: rule.characteristics(), items: rule.items() }
    }

    /// What a heading means; nothing where this rule has no such column.
    pub(in crate::record) fn heading(&self, cell: &str) -> Option<Heading> {
        if cell.len() > 400 {
            return None;
        }
        let narrow: String = cell.chars().map(half_width).collect();
        let narrow = narrow.trim().trim_matches('*').trim();
        let (name, bracketed) = without_bracket(narrow);
        if let Some(within) = bracketed {
            if matches!(plain(within).as_str(), "en" | "英" | "英文" | "english")
                && let Some(Target::Field(field)) = self.target(&plain(name))
                && field.text().holds == Holds::Words
            {
                return Some(Heading { target: Target::English(field), unit: None, fault: None });
            }
            if let (Some(target), Ok(unit)) = (self.target(&plain(name)), text::unit(within)) {
                return Some(Heading { target, unit: Some(unit), fault: None });
            }
        }
        if let Some(target) = self.target(&plain(narrow)) {
            return Some(Heading { target, unit: None, fault: None });
        }
        // "载荷/g", as tables are headed by GB 3101.
        if let Some((name, unit)) = narrow.split_once('/')
            && let (Some(target), Ok(unit)) = (self.target(&plain(name)), text::unit(unit))
        {
            return Some(Heading { target, unit: Some(unit), fault: None });
        }
        let within = bracketed?;
        let target = self.target(&plain(name))?;
        Some(Heading { target, unit: None, fault: text::unit(within).err() })
    }

    fn target(&self, name: &str) -> Option<Target> {
        if name.is_empty() {
            return None;
        }
        let is = |candidate: &str| plain(candidate) == name;
        for text in &FIELDS {
            if is(text.zh) || is(text.en) || is(text.key) || text.also.iter().any(|also| is(also)) {
                return Some(Target::Field(text.field));
            }
        }
        if is(FINDING.0) || is(FINDING.1) {
            return Some(Target::Finding);
        }
        for limit in self.environment {
            if is(&limit.name)
                || is(&limit.label.zh)
                || is(&limit.label.en)
                || is(&format!("environment.{}", limit.name))
            {
                return Some(Target::Environment(limit.name.clone()));
            }
        }
        for (place, one) in self.characteristics.iter().enumerate() {
            if is(&one.name) || is(&one.label.zh) || is(&one.label.en) || is(&format!("characteristics.{}", one.name)) {
                return Some(Target::Characteristic(place));
            }
        }
        let name = name.strip_prefix("observations").unwrap_or(name);
        (0..)
            .zip(self.items)
            .filter(|(_, item)| item.observations_of.is_none())
            .find_map(|(place, item)| observation(place, item, name))
    }

    /// A heading that is known and differs from this one by a letter or two.
    pub(in crate::record) fn nearest(&self, cell: &str) -> Option<String> {
        let narrow: String = cell.chars().map(half_width).collect();
        let wanted = plain(without_bracket(&narrow).0);
        let mut known: Vec<String> = FIELDS.iter().flat_map(|text| [text.zh.to_owned(), text.en.to_owned()]).collect();
        for limit in self.environment {
            known.extend([limit.label.zh.clone(), limit.label.en.clone()]);
        }
        for one in self.characteristics {
            known.extend([one.label.zh.clone(), one.label.en.clone(), one.name.clone()]);
        }
        let row: String = wanted.chars().filter(char::is_ascii_digit).take(3).collect();
        let row = if row.is_empty() { "1" } else { &row };
        for item in self.items.iter().filter(|item| item.observations_of.is_none()) {
            for column in &item.column {
                known.push(format!("{} {row} {}", item.title.zh, column.label.zh));
                known.push(format!("{} {row} {}", item.title.en, column.label.en));
                known.push(format!("{}.{row}.{}", item.name, column.name));
            }
        }
        known.into_iter().find(|candidate| resembles(&plain(candidate), &wanted))
    }
}

/// `weighing.3.load`, `称量性能 3 载荷`, `Weighing performance 3 Load`; the row may be left out where it is the first.
fn observation(place: usize, item: &Item, name: &str) -> Option<Target> {
    [&item.name, &item.title.zh, &item.title.en].into_iter().find_map(|title| {
        let rest = name.strip_prefix(&plain(title))?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let rest = rest.strip_prefix(&digits)?;
        let row = if digits.is_empty() { 1 } else { digits.parse().ok()? };
        if !(1..=MOST_ITEM_ROWS).contains(&row) {
            return None;
        }
        let (column, part) = (0..).zip(&item.column).find_map(|(place, column)| Some((place, part(column, rest)?)))?;
        Some(Target::Observation { item: place, row, column, part })
    })
}

/// Whether the rest of a heading is this column, and which part of its evaluation.
fn part(column: &Column, rest: &str) -> Option<Option<&'static str>> {
    [&column.name, &column.label.zh, &column.label.en].into_iter().find_map(|label| {
        let rest = rest.strip_prefix(&plain(label))?;
        if rest.is_empty() {
            return Some(None);
        }
        let part = PARTS.iter().find(|(key, zh, en)| [key, zh, en].into_iter().any(|name| plain(name) == rest))?;
        Some(Some(part.0))
    })
}

/// The name before a bracket at the end, and what is in the bracket.
fn without_bracket(heading: &str) -> (&str, Option<&str>) {
    let inner = heading.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    let inner = inner.or_else(|| heading.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')));
    match inner {
        Some((name, within)) => (name.trim(), Some(within.trim())),
        None => (heading, None),
    }
}
