//! What a quantity's elements say: values, units and what belongs to them, as printed.

use super::speech::Speech;
use super::table::{Extra, Stated};
use crate::dcc::whole::Element;

/// Elements that hold one quantity or a list of one.
pub(super) const HOLDERS: [&str; 9] = [
    "real",
    "realListXMLList",
    "constant",
    "complex",
    "complexListXMLList",
    "hybrid",
    "realList",
    "complexList",
    "charsXMLList",
];

/// Whether an element is a quantity of D-SI; `dcc:list` and `dcc:quantity` are not.
pub(super) fn is_holder(element: &Element) -> bool {
    HOLDERS.contains(&element.local()) || is_like_real(element)
}

/// Other formats use the parts of a `real` under names of their own.
fn is_like_real(element: &Element) -> bool {
    let known = ["label", "value", "unit", "dateTime", "standardMU", "expandedMU", "expandedUnc", "coverageInterval"];
    element.child(&["value"]).is_some()
        && element.child(&["unit"]).is_some()
        && element.children().all(|child| known.contains(&child.local()))
}

/// What a D-SI element states. A hybrid states the same more than once; all of it is given.
pub(super) fn stated(element: &Element, title: &str, speech: &mut Speech<'_>) -> Vec<Stated> {
    match element.local() {
        "hybrid" => element.children().flat_map(|child| stated(child, title, speech)).collect(),
        "realList" | "complexList" | "list" => of_list(element, title, speech),
        "charsXMLList" => {
            let values = tokens(&element.text());
            vec![Stated { title: title.to_owned(), values, ..Stated::default() }]
        }
        _ => one(element, title, speech),
    }
}

fn tokens(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

/// The text of an element: of a list, its parts.
fn values(element: &Element) -> Vec<String> {
    if element.local().ends_with("XMLList") { tokens(&element.text()) } else { vec![element.text()] }
}

fn one(element: &Element, title: &str, speech: &mut Speech<'_>) -> Vec<Stated> {
    let mut parts: Vec<Stated> = Vec::new();
    let mut units = Vec::new();
    let mut phase_units = Vec::new();
    let mut extras = Vec::new();
    let mut labels = Vec::new();
    for child in element.children() {
        let name = child.local().trim_end_matches("XMLList");
        match name {
            "label" => labels = values(child),
            "value" => parts.push(Stated { title: title.to_owned(), values: values(child), ..Stated::default() }),
            "valueReal" | "valueImag" | "valueMagnitude" | "valuePhase" => {
                let title = format!("{title} {}", speech.label(name));
                parts.push(Stated { title: title.trim().to_owned(), values: values(child), ..Stated::default() });
            }
            "unit" => units = values(child),
            "unitPhase" => phase_units = values(child),
            _ => uncertainty(child, &mut extras, speech),
        }
    }
    let unit = units.first().filter(|_| units.len() == 1).cloned().unwrap_or_default();
    for extra in &mut extras {
        // What is measured in the unit of the value was left with a mark.
        if extra.unit == OF_VALUE {
            extra.unit.clone_from(&unit);
        }
    }
    let label = labels.join(" ");
    for (place, part) in parts.iter_mut().enumerate() {
        let is_phase = place > 0 && !phase_units.is_empty();
        part.units.clone_from(if is_phase { &phase_units } else { &units });
        if place == 0 {
            part.extras.clone_from(&extras);
            if labels.len() > 1 {
                part.extras.insert(0, extra(speech.label("label"), labels.clone(), ""));
            } else if part.title.is_empty() {
                part.title.clone_from(&label);
            } else if !label.is_empty() && part.title != label {
                part.title = format!("{} [{label}]", part.title);
            }
        }
    }
    if parts.is_empty() {
        parts.push(Stated { title: title.to_owned(), values: vec![element.text()], units, extras });
    }
    parts
}

/// Stands for "the unit of the value" until that is known.
const OF_VALUE: &str = "\u{0}";

fn extra(title: impl Into<String>, values: Vec<String>, unit: &str) -> Extra {
    Extra { title: title.into(), values, unit: unit.to_owned() }
}

/// Whatever is said beside value and unit; nothing is left out.
fn uncertainty(element: &Element, extras: &mut Vec<Extra>, speech: &Speech<'_>) {
    let name = element.local().trim_end_matches("XMLList");
    if element.children().next().is_some() {
        if name == "covariance" {
            let stated = |name: &str| element.stated(&[name, &format!("{name}XMLList")]).unwrap_or_default();
            let (title, unit) = (speech.label(name), stated("unit"));
            match extras.last_mut().filter(|last| last.title == title && last.unit == unit) {
                Some(Extra { values, .. }) => {
                    values.iter_mut().for_each(|text| text.push_str(&format!(" {}", stated("value"))))
                }
                None => extras.push(extra(title, vec![stated("value")], &unit)),
            }
            return;
        }
        element.children().for_each(|child| uncertainty(child, extras, speech));
        return;
    }
    let unit = match name {
        "uncertainty"
        | "valueExpandedMU"
        | "standardUnc"
        | "valueStandardMU"
        | "intervalMin"
        | "intervalMax"
        | "standardUncertainty" => OF_VALUE,
        _ => "",
    };
    let title = match name {
        "uncertainty" | "valueExpandedMU" => "U".to_owned(),
        "standardUnc" | "valueStandardMU" | "standardUncertainty" => "u".to_owned(),
        "coverageFactor" => "k".to_owned(),
        "coverageProbability" => "p".to_owned(),
        _ => speech.label(name),
    };
    extras.push(extra(title, values(element), unit));
}

/// A list of whole quantities: each a row; what is said of all of them belongs to each.
fn of_list(element: &Element, title: &str, speech: &mut Speech<'_>) -> Vec<Stated> {
    let unit = element.stated(&["listUnit"]);
    let phase = element.stated(&["listUnitPhase"]);
    let label = element.stated(&["label"]).unwrap_or_default();
    let title = if label.is_empty() || label == title { title.to_owned() } else { format!("{title} {label}") };
    let mut common = Vec::new();
    let is_row = |child: &Element| is_holder(child) || child.local() == "list";
    for child in element.children() {
        if !is_row(child) && !matches!(child.local(), "label" | "listUnit" | "listUnitPhase") {
            uncertainty(child, &mut common, speech);
        }
    }
    for extra in &mut common {
        if extra.unit == OF_VALUE {
            extra.unit = unit.clone().unwrap_or_default();
        }
    }
    let mut rows: Vec<Stated> = Vec::new();
    for child in element.children().filter(|child| is_row(child)) {
        let is_single = matches!(child.local(), "real" | "complex");
        for (place, mut part) in stated(child, title.trim(), speech).into_iter().enumerate() {
            if part.units.is_empty() && is_single {
                let unit = if place > 0 && phase.is_some() { &phase } else { &unit };
                part.units.extend(unit.clone());
            }
            if place == 0 && is_single {
                part.extras.extend(common.iter().cloned());
            }
            join(&mut rows, part);
        }
    }
    rows
}

/// Adds a row to the column it belongs to, else a column.
pub(super) fn join(columns: &mut Vec<Stated>, next: Stated) {
    match columns.iter_mut().find(|column| column.continues(&next)) {
        Some(column) => column.append(next),
        None => columns.push(next),
    }
}
