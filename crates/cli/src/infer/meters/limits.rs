//! The limits of meters in service, from the file of them that is compiled in.

use serde::Deserialize;

use crate::failure::Failure;

const FILE: &str = include_str!("../../../../../rules/meters-in-service/limits.toml");

#[derive(Deserialize)]
struct Limits {
    limit: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    norm: String,
    class: String,
    limit_percent: String,
    confidence: String,
}

/// A limit and where it comes from.
pub struct Limit {
    pub id: String,
    pub norm: String,
    pub class: String,
    pub percent: f64,
    pub confidence: String,
}

/// The limit of a rule, `ID` or `ID:CLASS`; class 2 where none is said.
pub fn limit(name: &str) -> Result<Limit, Failure> {
    let (id, class) = name.split_once(':').unwrap_or((name, "2"));
    let unknown = || {
        let known: Vec<String> = toml::from_str::<Limits>(FILE)
            .map(|file| file.limit.iter().map(|one| format!("{}:{}", one.id, one.class)).collect())
            .unwrap_or_default();
        Failure::unreadable("error-infer-limits").with("name", name).with("known", known.join(", "))
    };
    let file: Limits = toml::from_str(FILE).map_err(|_| unknown())?;
    let found = file.limit.into_iter().find(|one| one.id == id && one.class == class).ok_or_else(unknown)?;
    let percent = found.limit_percent.parse().map_err(|_| unknown())?;
    Ok(Limit { id: found.id, norm: found.norm, class: found.class, percent, confidence: found.confidence })
}
