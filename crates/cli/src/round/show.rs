//! A round for people in a terminal, and for programs.

use heng_office::said::findings_json;
use heng_quantity::{Finding, Reported};
use heng_statement::round::RoundReport;
use heng_view::round::{ParticipantState, Phase, RoundFinding};
use heng_view::{RoundLog, RoundState};
use heng_wording::{Language, Words};
use serde_json::{Value, json};

use crate::figures::{score, table};
use crate::print;

/// The word of a phase.
pub fn phase(phase: Phase, words: &Words) -> String {
    words.say(&format!("round-phase-{}", phase.code()), &[])
}

/// The title of a round.
pub fn title(round: &RoundLog, words: &Words) -> String {
    let title = &round.announcement.title;
    match words.language() {
        Language::Zh => title.zh.clone(),
        Language::En => title.en.clone(),
    }
}

/// Where the round stands, who has sealed and opened, the report, what was wrong and what is owed.
pub fn show(round: &RoundLog, state: &RoundState, words: &Words) {
    let announcement = &round.announcement;
    print::line(format_args!("{}  {}", announcement.number, title(round, words)));
    let facts = [
        ("phase", phase(state.phase, words)),
        ("seal-by", announcement.seal_by.to_string()),
        ("open-by", announcement.open_by.to_string()),
        ("report-by", announcement.report_by.to_string()),
    ];
    let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    print::line(words.say("round-stands", &facts));
    if announcement.synthetic {
        print::line(words.say("badge-synthetic", &[]));
    }
    let mut rows =
        vec![["code", "laboratory", "sealed", "opened", "outcome"].map(|column| column_name(column, words)).to_vec()];
    for one in &state.participants {
        rows.push(participant(one, words));
    }
    print::text(&table(&rows));
    if let Some(Ok(report)) = &state.computed {
        reported(report, words);
    }
    if let Some(Err(finding)) = &state.computed {
        print::line(print::finding_line(&announcement.number, finding, words));
    }
    for finding in findings(round, state) {
        print::line(print::finding_line(&announcement.number, &finding, words));
    }
    for duty in &state.duties {
        let act = words.say(&format!("round-act-{}", duty.act.code()), &[]);
        let by = duty.by.map_or_else(|| "–".to_owned(), |by| by.to_string());
        let code = if duty.is_overdue { "round-overdue" } else { "round-owed" };
        print::line(words.say(code, &[("party", &duty.party), ("act", &act), ("day", &by)]));
    }
}

fn column_name(column: &str, words: &Words) -> String {
    words.say(&format!("round-column-{column}"), &[])
}

fn participant(one: &ParticipantState, words: &Words) -> Vec<String> {
    let day = |counted: &Option<heng_view::round::Counted>| {
        counted.as_ref().map_or_else(|| "–".to_owned(), |counted| heng_office::clock::day(counted.made_at).to_string())
    };
    let followed = one.followed.as_ref().map(|followed| match &followed.answer {
        None => "round-outcome-committed",
        Some((_, true)) => "round-outcome-accepted",
        Some((_, false)) => "round-outcome-refused",
    });
    let outcome = match one.is_satisfactory {
        None => "–".to_owned(),
        Some(true) => words.say("round-outcome-satisfactory", &[]),
        Some(false) => words.say(followed.unwrap_or("round-outcome-unsatisfactory"), &[]),
    };
    vec![one.code.clone(), one.party.clone(), day(&one.seal), day(&one.opening), outcome]
}

fn reported(report: &RoundReport, words: &Words) {
    for item in &report.items {
        print::line("");
        let method = words.say(&method(&item.method), &[]);
        let reference = item.reference.text();
        let facts = [("item", item.item.as_str()), ("method", method.as_str()), ("reference", reference.as_str())];
        print::line(words.say("round-reference", &facts));
        let mut rows = vec![["code", "result", "difference"].map(|column| column_name(column, words)).to_vec()];
        if let (Some(head), Some(first)) = (rows.first_mut(), item.laboratories.first()) {
            head.extend(
                first.scores.iter().map(|one| words.say(&format!("round-score-{}", one.score.replace('_', "-")), &[])),
            );
        }
        for laboratory in &item.laboratories {
            let mut row = vec![laboratory.code.clone(), laboratory.result.text(), difference(&laboratory.difference)];
            row.extend(laboratory.scores.iter().map(|one| {
                let judgement = words.say(&format!("round-judgement-{}", one.judgement), &[]);
                format!("{} {judgement}", score(one.exact_value.to_f64()))
            }));
            rows.push(row);
        }
        print::text(&table(&rows));
    }
    print::line("");
}

/// A difference whose uncertainty nobody knows is shown with as many digits as a score deserves; JSON has all.
fn difference(stated: &Reported) -> String {
    match &stated.uncertainty {
        Some(_) => stated.text(),
        None => crate::figures::quantity(stated.value.to_f64(), &stated.unit),
    }
}

/// The message of a method.
fn method(name: &str) -> String {
    use heng_comparison::reference_value::Estimator;
    let is_estimator = Estimator::ALL.iter().any(|estimator| json!(estimator) == json!(name));
    let kind = if is_estimator { "estimator" } else { "robust" };
    match name {
        heng_statement::round::Protocol::PILOT => "round-method-pilot".to_owned(),
        _ => format!("{kind}-{}", name.replace('_', "-")),
    }
}

/// What was wrong, each laboratory by its code.
fn findings(round: &RoundLog, state: &RoundState) -> Vec<Finding> {
    let who = |finding: &RoundFinding| round.announcement.code(&finding.party).unwrap_or(&finding.party).to_owned();
    state.findings.iter().map(|finding| finding.finding(&who(finding))).collect()
}

/// Everything, with the statements that say so.
pub fn in_json(round: &RoundLog, state: &RoundState, words: &Words) -> Value {
    let computed = state.computed.as_ref().and_then(|computed| computed.as_ref().ok());
    let shown = findings(round, state);
    let mut findings = findings_json(&shown, words);
    for (finding, found) in findings.iter_mut().zip(&state.findings) {
        if let Some(finding) = finding.as_object_mut() {
            finding.insert("because_of".to_owned(), json!(found.because_of));
        }
    }
    json!({
        "round": round.hash,
        "announcement": round.announcement,
        "coordinator": round.coordinator,
        "phase": state.phase,
        "participants": state.participants,
        "report": state.report,
        "difference": state.difference,
        "computed": computed,
        "evaluations": state.evaluations.iter().map(|item| json!({ "item": item.item, "evaluation": item.round.evaluation() })).collect::<Vec<_>>(),
        "findings": findings,
        "duties": state.duties,
    })
}
