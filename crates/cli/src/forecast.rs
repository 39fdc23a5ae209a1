//! `heng forecast`: forecasts sealed before their time, observations after it, and what the forecasts were worth.

use std::process::ExitCode;

use heng_exchange::plan::read_forecasts;
use heng_office::plan::json::product;
use heng_view::plan::products;
use heng_wording::Words;
use serde_json::json;

use crate::arguments::{ForecastCommand, ForecastFile, ForecastVerify};
use crate::failure::{Outcome, read};
use crate::plan::{Looked, Opened, day, told};
use crate::print;
use crate::source_text::refuse;

/// Does what is asked. Ends with 1 where something is refused, with 2 where a file is not understood.
pub fn forecast(command: &ForecastCommand, words: &Words) -> Outcome {
    match command {
        ForecastCommand::Seal(file) => say(file, true, words),
        ForecastCommand::Observe(file) => say(file, false, words),
        ForecastCommand::Verify(verify) => self::verify(verify, words),
    }
}

fn say(arguments: &ForecastFile, seals: bool, words: &Words) -> Outcome {
    let stated = match read_forecasts(&read(&arguments.file)?) {
        Ok(stated) => stated,
        Err(findings) => return Ok(refuse(&findings, &arguments.file, false, words)),
    };
    let opened = Opened::speaking(&arguments.speaker)?;
    let acts = opened.acts(&arguments.speaker);
    if seals {
        told(stated.seals.into_iter().map(|seal| acts.seal(seal)), &arguments.file, words)
    } else {
        told(stated.observations.into_iter().map(|seen| acts.observe(seen)), &arguments.file, words)
    }
}

fn verify(arguments: &ForecastVerify, words: &Words) -> Outcome {
    let opened = Looked::at(&arguments.at.data)?;
    let day = day(&arguments.at);
    let mut all = products(opened.inventory.plan(), day);
    all.retain(|one| arguments.product.as_ref().is_none_or(|product| *product == one.name));
    if arguments.at.json {
        let products: Vec<_> = all.iter().map(product).collect();
        print::line(format_args!("{:#}", json!({ "as_of": day, "products": products })));
        return Ok(ExitCode::SUCCESS);
    }
    for one in &all {
        let outcomes: Vec<String> = one
            .counts
            .iter()
            .map(|(outcome, count)| format!("{} {count}", words.say(&format!("plan-outcome-{}", outcome.code()), &[])))
            .collect();
        print::line(words.say("plan-forecast-product", &[("product", &one.name), ("outcomes", &outcomes.join(", "))]));
        for (name, share) in one.scores() {
            let share = share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
            let name = words.say(&format!("plan-score-{name}"), &[]);
            print::line(words.say("plan-forecast-score", &[("name", &name), ("share", &share)]));
        }
        if let Some(lead) = one.mean_lead_minutes() {
            print::line(words.say("plan-forecast-lead", &[("minutes", &lead.to_string())]));
        }
    }
    if all.is_empty() {
        print::line(words.say("plan-forecast-none", &[]));
    }
    Ok(ExitCode::SUCCESS)
}
