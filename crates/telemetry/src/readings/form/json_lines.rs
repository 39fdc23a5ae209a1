//! Lines of JSON, an object a reading. A number's digits are taken as they are written.

use std::borrow::Cow;

use heng_quantity::Finding;

use super::super::batch::{Builder, Cells};
use super::json_object::{Object, Scalar};
use super::{COLUMNS, fill, lines};

pub(super) fn read(bytes: &[u8], builder: &mut Builder) {
    let mut unknown: Vec<String> = Vec::new();
    let mut is_empty = true;
    for (number, line) in lines(bytes) {
        is_empty = false;
        let Ok(text) = std::str::from_utf8(line) else {
            builder.reject(number, line, Finding::error("readings-encoding"));
            continue;
        };
        match members(text) {
            Ok(members) => {
                let mut cells = Cells::default();
                for (name, value) in &members {
                    if !fill(&mut cells, name, value)
                        && unknown.len() < 20
                        && !unknown.iter().any(|known| known == name)
                    {
                        unknown.push(name.chars().take(40).collect());
                    }
                }
                builder.push(number, line, &cells);
            }
            Err(code) => builder.reject(number, line, Finding::error(code)),
        }
    }
    if is_empty {
        builder.note(Finding::warning("readings-none"));
    }
    if !unknown.is_empty() {
        builder.note(Finding::warning("readings-column-unknown").with("columns", unknown.join(", ")));
    }
}

type Members<'a> = Vec<(Cow<'a, str>, Cow<'a, str>)>;

/// The members of a line, or the code of what is wrong with it.
fn members(line: &str) -> Result<Members<'_>, &'static str> {
    let mut members: Members<'_> = Vec::with_capacity(COLUMNS.len());
    let mut object = Object::open(line).ok_or("readings-json")?;
    while let Some((name, value)) = object.member().map_err(|_| "readings-json")? {
        if members.iter().any(|(known, _)| *known == name) {
            return Err("readings-json-twice");
        }
        let value = match value {
            Scalar::Text(text) => text,
            Scalar::Number(digits) => digits.into(),
            Scalar::Null => "".into(),
            Scalar::Truth | Scalar::Nested if COLUMNS.contains(&&*name) => return Err("readings-json-kind"),
            Scalar::Truth | Scalar::Nested => "".into(),
        };
        members.push((name, value));
    }
    Ok(members)
}
