//! `heng forecast`: forecasts sealed before their time, observations after it, and what the forecasts were worth.

use std::collections::BTreeMap;
use std::process::ExitCode;

use heng_exchange::plan::read_forecasts;
use heng_view::plan::{Outcome as Became, Verified, verified};
use heng_wording::Words;
use serde_json::json;

use crate::arguments::{ForecastCommand, ForecastFile, ForecastVerify};
use crate::failure::{Outcome, read};
use crate::plan::{Opened, day, told};
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

/// How many came out in which way.
struct Counts(BTreeMap<Became, u64>);

impl Counts {
    fn of(&self, outcome: Became) -> u64 {
        self.0.get(&outcome).copied().unwrap_or(0)
    }

    /// A score as a share, where there is something to share.
    fn share(part: u64, whole: u64) -> Option<f64> {
        // No log has 2⁵³ forecasts.
        #[expect(clippy::cast_precision_loss, reason = "counts of forecasts are small")]
        (whole > 0).then(|| part as f64 / whole as f64)
    }

    /// Hit rate, accuracy, threat score, false alarm ratio, and the base rate beside them.
    fn scores(&self) -> [(&'static str, Option<f64>); 5] {
        let (hits, misses) = (self.of(Became::Hit), self.of(Became::Miss));
        let (alarms, rejections) = (self.of(Became::FalseAlarm), self.of(Became::CorrectRejection));
        let all = hits + misses + alarms + rejections;
        [
            ("hit-rate", Self::share(hits, hits + misses)),
            ("accuracy", Self::share(hits + rejections, all)),
            ("threat", Self::share(hits, hits + misses + alarms)),
            ("false-alarm-ratio", Self::share(alarms, hits + alarms)),
            ("base-rate", Self::share(hits + misses, all)),
        ]
    }
}

fn verify(arguments: &ForecastVerify, words: &Words) -> Outcome {
    let opened = Opened::open(&arguments.at.data)?;
    let day = day(&arguments.at);
    let mut by_product: BTreeMap<String, Vec<Verified>> = BTreeMap::new();
    for one in verified(opened.inventory.plan()).into_iter().filter(|one| one.known_from <= day) {
        if arguments.product.as_ref().is_none_or(|product| *product == one.product) {
            by_product.entry(one.product.clone()).or_default().push(one);
        }
    }
    let mut products = Vec::new();
    for (product, all) in &by_product {
        let mut counts = Counts(BTreeMap::new());
        for one in all {
            *counts.0.entry(one.outcome).or_default() += 1;
        }
        let leads: Vec<i64> = all.iter().filter_map(|one| one.lead_minutes).collect();
        let total: i64 = leads.iter().sum();
        let mean_lead = i64::try_from(leads.len()).ok().filter(|count| *count > 0).map(|count| total / count);
        if arguments.at.json {
            let counted: BTreeMap<&str, u64> =
                counts.0.iter().map(|(outcome, count)| (outcome.code(), *count)).collect();
            let scores: BTreeMap<&str, Option<f64>> = counts.scores().into();
            products.push(json!({
                "product": product, "counts": counted, "scores": scores, "mean_lead_minutes": mean_lead, "forecasts": all,
            }));
            continue;
        }
        let outcomes: Vec<String> = counts
            .0
            .iter()
            .map(|(outcome, count)| format!("{} {count}", words.say(&format!("plan-outcome-{}", outcome.code()), &[])))
            .collect();
        print::line(words.say("plan-forecast-product", &[("product", product), ("outcomes", &outcomes.join(", "))]));
        for (name, share) in counts.scores() {
            let share = share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", 100.0 * share));
            let name = words.say(&format!("plan-score-{name}"), &[]);
            print::line(words.say("plan-forecast-score", &[("name", &name), ("share", &share)]));
        }
        if let Some(lead) = mean_lead {
            print::line(words.say("plan-forecast-lead", &[("minutes", &lead.to_string())]));
        }
    }
    if arguments.at.json {
        print::line(format_args!("{:#}", json!({ "as_of": day, "products": products })));
    } else if by_product.is_empty() {
        print::line(words.say("plan-forecast-none", &[]));
    }
    Ok(ExitCode::SUCCESS)
}
