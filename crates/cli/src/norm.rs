//! `heng norm`: the life of norms, where they are cited, how they are used, and what has gone stale.

use std::process::ExitCode;

use heng_exchange::plan::read_norms;
use heng_office::plan::json::norms;
use heng_rule::RuleSet;
use heng_view::plan::{Cited, cited, overdue, stale};
use heng_wording::Words;
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::arguments::{NormCite, NormCommand, NormFile, NormList};
use crate::failure::{Failure, Outcome, read};
use crate::plan::{Looked, Opened, day, told};
use crate::print;
use crate::source_text::refuse;

/// Does what is asked. Ends with 1 where something is refused, with 2 where a file is not understood.
pub fn norm(command: &NormCommand, words: &Words) -> Outcome {
    match command {
        NormCommand::Tell(file) => tell(file, words),
        NormCommand::Cite(asked) => cite(asked, words),
        NormCommand::Used(asked) => used(asked, words),
        NormCommand::Stale(asked) => self::stale_ones(asked, words),
    }
}

fn tell(arguments: &NormFile, words: &Words) -> Outcome {
    let stated = match read_norms(&read(&arguments.file)?) {
        Ok(stated) => stated,
        Err(findings) => return Ok(refuse(&findings, &arguments.file, false, words)),
    };
    let opened = Opened::speaking(&arguments.speaker)?;
    let acts = opened.acts(&arguments.speaker);
    let stages = stated.stages.into_iter().map(|stage| acts.stage(stage));
    let feedback = stated.feedback.into_iter().map(|feedback| acts.feed_back(feedback));
    told(stages.chain(feedback), &arguments.file, words)
}

/// The rules of this project.
fn rules() -> Result<RuleSet, Failure> {
    heng_rule::builtin().map_err(|error| Failure::new("error-founding").with("reason", error))
}

/// The citations in their files.
fn of_rules() -> Result<Vec<Cited>, Failure> {
    Ok(heng_office::plan::citations_of(&rules()?))
}

fn cite(arguments: &NormCite, words: &Words) -> Outcome {
    let opened = Looked::at(&arguments.at.data)?;
    let day = day(&arguments.at);
    let found = cited(opened.inventory.plan(), &arguments.norm, arguments.clause.as_deref(), day, &of_rules()?);
    if arguments.at.json {
        print::line(format_args!("{:#}", json!({ "norm": arguments.norm, "as_of": day, "cited": found })));
        return Ok(ExitCode::SUCCESS);
    }
    for one in &found {
        let clause = one.clause.as_deref().unwrap_or("–");
        print::line(words.say("norm-cited", &[("by", &one.by), ("as_written", &one.as_written), ("clause", clause)]));
    }
    print::line(words.say("norm-cited-count", &[("norm", &arguments.norm), ("count", &found.len().to_string())]));
    Ok(ExitCode::SUCCESS)
}

fn used(arguments: &NormList, words: &Words) -> Outcome {
    let opened = Looked::at(&arguments.at.data)?;
    let day = day(&arguments.at);
    let listed = norms(&opened.inventory, &rules()?, day, arguments.norm.as_deref());
    if arguments.at.json {
        print::line(format_args!("{:#}", json!({ "as_of": day, "norms": listed })));
        return Ok(ExitCode::SUCCESS);
    }
    for one in &listed {
        let text = |name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let stage = text("stage");
        let data = [
            ("norm", text("norm")),
            ("count", one.get("used").map(Value::to_string).unwrap_or_default()),
            ("stage", if stage.is_empty() { stage } else { words.say(&format!("plan-stage-{stage}"), &[]) }),
            ("feedback", one.get("feedback").and_then(Value::as_array).map_or(0, Vec::len).to_string()),
        ];
        let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        print::line(words.say("norm-used", &data));
    }
    Ok(ExitCode::SUCCESS)
}

fn stale_ones(arguments: &NormList, words: &Words) -> Outcome {
    let opened = Looked::at(&arguments.at.data)?;
    let day = day(&arguments.at);
    let log = opened.inventory.plan();
    let is_asked = |norm: &str| arguments.norm.as_ref().is_none_or(|asked| asked == norm);
    let mut found = stale(log, day, &of_rules()?);
    found.retain(|one| is_asked(&one.cited.as_written));
    let overdue: Vec<(&str, Date)> = overdue(log, day).into_iter().filter(|(number, _)| is_asked(number)).collect();
    if arguments.at.json {
        let overdue: Vec<Value> =
            overdue.iter().map(|(norm, due)| json!({ "norm": norm, "review_due": due })).collect();
        print::line(format_args!("{:#}", json!({ "as_of": day, "stale": found, "overdue": overdue })));
        return Ok(ExitCode::SUCCESS);
    }
    for one in &found {
        let stage = words.say(&format!("plan-stage-{}", one.stage.code()), &[]);
        let by = one.replaced_by.join(", ");
        let data = [
            ("by", one.cited.by.as_str()),
            ("norm", &one.cited.as_written),
            ("stage", &stage),
            ("since", &one.since.to_string()),
            ("replaced_by", &by),
        ];
        print::line(words.say("norm-stale", &data));
    }
    for (norm, due) in &overdue {
        print::line(words.say("norm-overdue", &[("norm", norm), ("day", &due.to_string())]));
    }
    let counts = [("stale", found.len().to_string()), ("overdue", overdue.len().to_string())];
    print::line(words.say("norm-stale-count", &counts.each_ref().map(|(name, count)| (*name, count.as_str()))));
    Ok(if found.is_empty() && overdue.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
