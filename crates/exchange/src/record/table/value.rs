//! What one cell says, given its heading: a quantity, repeated observations, a word, yes or no.

use heng_quantity::{Decimal, Distribution, Finding, Unit, text};
use heng_rule::Occasion;
use serde_json::{Value, json};

use crate::sheets::{Content, half_width};

/// More observations in one cell are refused.
const MOST_IN_SERIES: usize = 1_000;

/// A quantity, or several separated by semicolons, in the heading's unit unless the cell states its own.
pub(super) fn quantities(content: &Content, unit: Option<&Unit>) -> Result<Value, Finding> {
    let shown = number_text(content)?;
    let parts: Vec<&str> = shown.split(';').filter(|part| !part.trim().is_empty()).collect();
    match parts.as_slice() {
        [] => Err(Finding::error("quantity-missing")),
        [only] => quantity(only, unit),
        several if several.len() > MOST_IN_SERIES => Err(Finding::error("record-series-too-long")),
        several => several.iter().map(|one| quantity(one, unit)).collect(),
    }
}

/// One quantity.
pub(super) fn quantity(stated: &str, unit: Option<&Unit>) -> Result<Value, Finding> {
    let stated = stated.trim();
    let read = match text::parse(stated) {
        Err(finding) if finding.code == "unit-missing" => match unit {
            Some(unit) => text::parse(&format!("{stated} {unit}")),
            None => Err(finding),
        },
        read => read,
    }?;
    match unit {
        Some(unit) if *unit != read.unit => Err(Finding::error("record-cell-unit-differs")
            .with("text", super::excerpt(stated))
            .with("unit", unit.symbol())),
        _ => Ok(json!({ "value": read.value, "unit": read.unit })),
    }
}

/// A number without unit, such as k or ν.
pub(super) fn number(content: &Content) -> Result<Value, Finding> {
    let shown = number_text(content)?;
    let read: Result<Decimal, _> = shown.trim().parse();
    read.map(|value| json!(value)).map_err(|_| Finding::error("number-malformed").with("text", super::excerpt(&shown)))
}

/// The occasion in either language.
pub(super) fn occasion(text: &str) -> Option<Occasion> {
    match text.trim().to_lowercase().as_str() {
        "首次检定" | "首检" | "首次" | "initial" | "initial verification" => Some(Occasion::Initial),
        "后续检定" | "后续" | "周期检定" | "subsequent" | "subsequent verification" => {
            Some(Occasion::Subsequent)
        }
        "使用中检查" | "使用中检验" | "使用中" | "in-service" | "in service" | "in-service inspection" => {
            Some(Occasion::InService)
        }
        "校准" | "calibration" => Some(Occasion::Calibration),
        _ => None,
    }
}

/// A distribution in either language.
pub(super) fn distribution(text: &str) -> Option<Distribution> {
    match text.trim().to_lowercase().as_str() {
        "正态" | "正态分布" | "normal" => Some(Distribution::Normal),
        "t" | "t 分布" | "t分布" | "student-t" => Some(Distribution::StudentT),
        "均匀" | "均匀分布" | "矩形" | "矩形分布" | "uniform" | "rectangular" => {
            Some(Distribution::Uniform)
        }
        "三角" | "三角分布" | "triangular" => Some(Distribution::Triangular),
        "反正弦" | "反正弦分布" | "arcsine" => Some(Distribution::Arcsine),
        _ => None,
    }
}

/// The text of a word or a name: as typed, without blanks around it.
pub(super) fn word(content: &Content) -> Result<String, Finding> {
    let shown = match content {
        Content::Faulty(finding) => return Err(finding.as_ref().clone()),
        other => other.shown(),
    };
    let shown = shown.trim();
    if shown.chars().count() > 500 {
        return Err(Finding::error("record-cell-too-long").with("text", super::excerpt(shown)));
    }
    Ok(shown.to_owned())
}

/// The digits that the cell shows, full-width ones as ordinary ones: they are the same digits.
fn number_text(content: &Content) -> Result<String, Finding> {
    match content {
        Content::Text(text) => Ok(text.chars().map(half_width).collect()),
        Content::Number { shown, .. } => Ok(shown.clone()),
        Content::Faulty(finding) => Err(finding.as_ref().clone()),
        Content::Flag(_) | Content::Day(_) => {
            Err(Finding::error("record-cell-no-quantity").with("text", content.shown()))
        }
    }
}
