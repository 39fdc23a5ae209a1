//! The lines of a founding scope as the data files write them: quantities as people type them.

use heng_quantity::{Decimal, Reported, text};
use heng_rule::Words;
use heng_statement::Scope;
use serde::{Deserialize, Deserializer, de};

/// Lines of what is authorized.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(pub Vec<Scope>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    rule: String,
    quantity: String,
    name: Words,
    #[serde(default)]
    instrument: Option<String>,
    from: String,
    to: String,
    #[serde(default)]
    classes: Vec<String>,
    best: String,
    k: Decimal,
}

impl<'de> Deserialize<'de> for Lines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let lines = Vec::<Line>::deserialize(deserializer)?;
        lines.into_iter().map(scope).collect::<Result<_, _>>().map(Self).map_err(de::Error::custom)
    }
}

fn scope(line: Line) -> Result<Scope, String> {
    let read = |typed: &str| -> Result<Option<Reported>, String> {
        text::parse(typed).map(Some).map_err(|finding| format!("{typed:?}: {}", finding.code))
    };
    Ok(Scope {
        from: read(&line.from)?,
        to: read(&line.to)?,
        best_uncertainty: read(&line.best)?,
        coverage_factor: Some(line.k),
        rule: Some(line.rule),
        quantity: Some(line.quantity),
        name: Some(line.name),
        instrument: line.instrument,
        classes: line.classes,
        district: None,
    })
}
