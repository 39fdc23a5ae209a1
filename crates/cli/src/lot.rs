//! `heng lot grade`: does a lot of meters stay in service?

mod plan;

use std::path::Path;
use std::process::ExitCode;

use heng_office::said::findings_json;
use heng_picture::report::{LotReport, decision_code, ground, lot, lot_tables, record_says};
use heng_quantity::Finding;
use heng_rule::sampling::builtin_sampling_plans;
use heng_sampling::file::{LotFile, read_estimates, read_lot, read_results};
use heng_sampling::grade::Drawn;
use heng_sampling::{Assumptions, Decision, Lot, Unit, grade};
use heng_wording::Words;
use serde_json::{Map, Value, json};

use crate::arguments::LotGrade;
use crate::failure::{Failure, Outcome, read, write};
use crate::figures::table;
use crate::infer::meters::limits::{confidence, limit, percent};
use crate::print::{self, finding_line};
use crate::source_text::refuse;
use plan::chosen;

/// A finding with the file it is about.
type Placed = (String, Finding);

/// Grades a lot and says what was found. Ends with 0 where the lot stays, 1 where it is replaced or not decided, 2 where a file cannot be read.
pub fn grade_lot(arguments: &LotGrade, words: &Words) -> Outcome {
    let name = arguments.file.display().to_string();
    let text = text(&arguments.file)?;
    let file = match read_lot(&text) {
        Ok(file) => file,
        Err(finding) => return Ok(refuse(&[finding], &arguments.file, arguments.json, words)),
    };
    let failed = |error| Failure::new("error-limits").with("reason", error);
    let plans = builtin_sampling_plans().map_err(failed)?;
    let limit = limit(&file.limits)?;
    let folder = arguments.file.parent().unwrap_or(Path::new("."));
    let mut findings: Vec<Placed> = Vec::new();
    let units = units(&file, folder, &mut findings)?;
    if units.is_empty() {
        return Err(Failure::unreadable("error-lot-unit-count").with("file", &name));
    }
    let mut results = |named: &Option<String>| -> Result<Vec<_>, Failure> {
        let Some(named) = named else { return Ok(Vec::new()) };
        let (results, found) = read_results(&self::text(&folder.join(named))?, percent(&limit));
        findings.extend(found.into_iter().map(|finding| (named.clone(), finding)));
        Ok(results)
    };
    let (sample, replaced) = (results(&file.sample.results)?, results(&file.replaced.results)?);
    let (plan, quality, plan_said) = chosen(&file.plan, units.len() as u64, &plans, words)?;
    let uses = plans.estimates.value;
    let assumptions = Assumptions { prior: uses.prior, shift: uses.shift, floor: uses.floor };
    let lot_of = Lot {
        units,
        plan,
        limiting_quality: quality,
        drawn: Drawn { seed: file.draw.seed.clone(), population: file.draw.population.clone() },
        results: sample,
        replaced,
    };
    let grading = grade(&lot_of, &assumptions, uses.disagreement);
    findings.extend(grading.findings.iter().map(|finding| (name.clone(), finding.clone())));
    let mut notes = vec![lot_limit(&limit, words), plan_said];
    if grading.decision == Decision::Extended {
        let (cycle, by) = plans.extension_years.value;
        let citation = &plans.extension_years.citation;
        let (cycle, by) = (cycle.to_string(), by.to_string());
        let facts = [
            ("cycle", cycle.as_str()),
            ("by", &by),
            ("norm", &citation.norm),
            ("confidence", confidence(citation.confidence)),
        ];
        notes.push(words.say("lot-extension", &facts));
    }
    if let Some(seed) = &file.draw.seed {
        notes.push(match &file.draw.beacon {
            Some(beacon) => words.say("lot-beacon", &[("seed", seed), ("beacon", beacon)]),
            None => words.say("lot-seed", &[("seed", seed)]),
        });
    }
    if let Some(path) = &arguments.html {
        let report = LotReport { title: &file.title, notes: &notes, grading: &grading };
        write(path, lot(&report, words).as_bytes())?;
        print::note(words.say("written", &[("path", &path.display().to_string())]));
    }
    if arguments.json {
        let mut value =
            serde_json::to_value(&grading).map_err(|error| Failure::new("error-limits").with("reason", error))?;
        if let Value::Object(members) = &mut value {
            complete(members, &file, &plans, (percent(&limit), &findings), words);
        }
        print::line(format_args!("{value:#}"));
    } else {
        print::line(&file.title);
        print::line(words.say(decision_code(grading.decision), &[]));
        print::line(ground(&grading, words));
        for note in &notes {
            print::line(note);
        }
        for table_of in lot_tables(&grading, words) {
            print::line("");
            print::line(&table_of.caption);
            let heads = table_of.columns.iter().map(|column| column.head().to_owned()).collect();
            print::text(&table(&std::iter::once(heads).chain(table_of.rows).collect::<Vec<_>>()));
        }
        if let Some(said) = grading.record.as_ref().and_then(|record| record_says(record, words)) {
            print::line(said);
        }
        print::line("");
        print::line(words.say("lot-population", &[("population", &grading.draw.population)]));
        for (file, finding) in &findings {
            print::line(finding_line(file, finding, words));
        }
    }
    Ok(if grading.decision == Decision::Extended { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What a program wants to know beside the grade.
fn complete(
    members: &mut Map<String, Value>,
    file: &LotFile,
    plans: &heng_rule::sampling::SamplingPlans,
    (limit_percent, findings): (f64, &[Placed]),
    words: &Words,
) {
    members.insert("format".to_owned(), json!("heng-lot-grade/1"));
    members.insert("title".to_owned(), json!(file.title));
    members.insert("limit_percent".to_owned(), json!(limit_percent));
    members.insert("seed".to_owned(), json!(file.draw.seed));
    members.insert("beacon".to_owned(), json!(file.draw.beacon));
    members.insert("rule".to_owned(), json!({ "id": plans.id, "version": plans.version }));
    let placed = findings.iter().flat_map(|(file, finding)| {
        let mut values = findings_json(std::slice::from_ref(finding), words);
        for value in values.iter_mut().filter_map(Value::as_object_mut) {
            value.insert("file".to_owned(), json!(file));
        }
        values
    });
    members.insert("findings".to_owned(), placed.collect());
}

fn text(path: &Path) -> Result<String, Failure> {
    String::from_utf8(read(path)?).map_err(|error| Failure::reading(path, error))
}

/// The limit with where it comes from.
fn lot_limit(limit: &heng_rule::service::ServiceLimit, words: &Words) -> String {
    let citation = &limit.largest.citation;
    let shown = limit.largest.value.value_text();
    let facts = [
        ("limit", shown.as_str()),
        ("norm", &citation.norm),
        ("class", &limit.class),
        ("confidence", confidence(citation.confidence)),
    ];
    words.say("lot-limit", &facts)
}

/// All units of the lot; a meter that stands in two files is one.
fn units(file: &LotFile, folder: &Path, findings: &mut Vec<Placed>) -> Result<Vec<Unit>, Failure> {
    let mut units: Vec<Unit> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for named in &file.estimates {
        let (found, of_file) = read_estimates(&text(&folder.join(named))?);
        findings.extend(of_file.into_iter().map(|finding| (named.clone(), finding)));
        for unit in found {
            if seen.insert(unit.name.clone()) {
                units.push(unit);
            } else {
                findings.push((named.clone(), Finding::error("lot-unit-twice").with("unit", &unit.name)));
            }
        }
    }
    Ok(units)
}
