//! `heng record`: empty tables to be filled.

use std::process::ExitCode;

use heng_exchange::record::{Kind, template};
use heng_wording::Words;

use crate::arguments::RecordTemplate;
use crate::failure::{Failure, Outcome, write};
use crate::print;

/// Writes an empty table with the columns of a rule: a workbook or CSV by the file's extension, CSV to standard output.
pub fn template(arguments: &RecordTemplate, words: &Words) -> Outcome {
    let rules = heng_rule::builtin().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    let rule = rules.rule(&arguments.rule).ok_or_else(|| {
        let known: Vec<&str> = rules.iter().map(|rule| rule.id()).collect();
        Failure::new("error-rule-unknown").with("rule", &arguments.rule).with("known", known.join(" "))
    })?;
    let Some(path) = &arguments.out else {
        print::text(&String::from_utf8_lossy(&template::csv(rule, words.language())));
        return Ok(ExitCode::SUCCESS);
    };
    let extension = path.extension().map(|extension| extension.to_string_lossy()).unwrap_or_default();
    let bytes = match Kind::of_extension(&extension) {
        Some(Kind::Xlsx) => template::xlsx(rule, words.language()).map_err(|error| Failure::writing(path, error))?,
        Some(Kind::Csv) => template::csv(rule, words.language()),
        _ => return Err(Failure::unreadable("error-template-kind").with("path", path.display())),
    };
    write(path, &bytes)?;
    print::line(words.say("written", &[("path", &path.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}
