//! The report of a lot: its decision with the plan's risks, what is known of the share that fails, how it was drawn, and what had been foretold.

use heng_sampling::grade::{Decision, Ground};
use heng_sampling::number::Share;
use heng_sampling::{Grading, Proportion, TrackRecord};
use heng_wording::Words;

use super::{bare, findings, heading, page, paragraph};
use crate::acceptance::AcceptancePicture;
use crate::canvas::{Shape, escaped, shape_beside};
use crate::figures::{number, percent};
use crate::picture::{Column, Table};

/// A lot with the words that its figures come with.
pub struct LotReport<'a> {
    /// For people.
    pub title: &'a str,
    /// Sentences on the limit, the plan's source and the extension.
    pub notes: &'a [String],
    /// The grade.
    pub grading: &'a Grading,
}

/// The code of a decision's word.
pub fn decision_code(decision: Decision) -> &'static str {
    match decision {
        Decision::Extended => "lot-extended",
        Decision::Replaced => "lot-replaced",
        Decision::Open => "lot-open",
    }
}

/// The sentence that says why.
pub fn ground(grading: &Grading, words: &Words) -> String {
    let code = match grading.ground {
        Ground::WithinPlan => "lot-within-plan",
        Ground::BeyondPlan => "lot-beyond-plan",
        Ground::ResultsMissing => "lot-ground-missing",
        Ground::DrawNotShown => "lot-ground-draw",
        Ground::ListNotFixed => "lot-ground-not-fixed",
        Ground::ListChanged => "lot-ground-list",
    };
    let (failed, accept, examined) =
        (grading.failed.to_string(), grading.plan.accept.to_string(), grading.examined.to_string());
    words.say(code, &[("failed", &failed), ("accept", &accept), ("examined", &examined)])
}

/// A share with its exact interval.
fn proportion(found: &Proportion) -> Vec<String> {
    vec![
        format!("{}/{}", found.count, found.of),
        found.share.map_or_else(|| "–".to_owned(), percent),
        percent(found.low),
        percent(found.high),
    ]
}

/// The tables of a grade, the same on a page and in a terminal.
pub fn lot_tables(grading: &Grading, words: &Words) -> Vec<Table> {
    let mut tables = vec![plan(grading, words), known(grading, words)];
    if let Some(record) = &grading.record {
        tables.extend(record_tables(record, words));
    }
    tables
}

fn plan(grading: &Grading, words: &Words) -> Table {
    let say = |code: &str| words.say(code, &[]);
    let row = |code: &str, value: String| vec![say(code), value];
    let mut rows = vec![
        row("lot-size", grading.lot.to_string()),
        row("lot-estimated", grading.estimated.to_string()),
        row("lot-sample", grading.plan.sample.to_string()),
        row("lot-accept", grading.plan.accept.to_string()),
        row("lot-quality", percent(grading.limiting_quality)),
        row("lot-consumer-risk", percent(grading.consumer_risk)),
        row("lot-good", percent(grading.good_share)),
        row("lot-examined", grading.examined.to_string()),
        row("lot-failed", grading.failed.to_string()),
        row("lot-named", grading.named.len().to_string()),
    ];
    if let Some((low, high)) = grading.recall_of_lot {
        rows.push(row("lot-recall", format!("{} … {}", percent(low), percent(high))));
    }
    Table {
        caption: say("lot-plan"),
        columns: vec![Column::Words(say("picture-what")), Column::Numbers(say("lot-figure"))],
        rows,
    }
}

/// What each source contributes to the share.
fn known(grading: &Grading, words: &Words) -> Table {
    let say = |code: &str| words.say(code, &[]);
    let row = |code: &str, share: &Share| {
        vec![
            say(code),
            percent(share.mean),
            percent(share.standard_deviation),
            percent(share.low),
            percent(share.high),
            percent(share.not_good),
        ]
    };
    let share = &grading.share;
    let mut rows = vec![row("picture-lot-by-sample", &share.sample)];
    if let Some(estimates) = &share.estimates {
        rows.push(row("picture-lot-by-estimates", estimates));
        rows.push(row("picture-lot-by-both", &share.both));
    }
    let heads = ["lot-mean", "lot-u", "picture-from", "picture-to", "lot-not-good"];
    let numbers = heads.iter().map(|code| Column::Numbers(say(code)));
    Table {
        caption: say("lot-share"),
        columns: std::iter::once(Column::Words(say("lot-source"))).chain(numbers).collect(),
        rows,
    }
}

/// The tables of a record: shares with their intervals, and probabilities against frequencies.
pub fn record_tables(record: &TrackRecord, words: &Words) -> Vec<Table> {
    let say = |code: &str| words.say(code, &[]);
    let shares = [
        ("record-precision", &record.precision),
        ("record-recall", &record.recall),
        ("record-accused", &record.accused),
        ("record-coverage", &record.coverage),
        ("record-coverage-laboratory", &record.coverage_beside_laboratory),
    ];
    let heads = ["record-count", "record-share", "picture-from", "picture-to"];
    let numbers = || heads.iter().map(|code| Column::Numbers(say(code)));
    let figures = Table {
        caption: say("record-title"),
        columns: std::iter::once(Column::Words(say("picture-what"))).chain(numbers()).collect(),
        rows: shares
            .iter()
            .map(|(code, found)| std::iter::once(say(code)).chain(proportion(found)).collect())
            .collect(),
    };
    let classes = Table {
        caption: say("record-calibration"),
        columns: [Column::Words(say("record-class")), Column::Numbers(say("record-foretold"))]
            .into_iter()
            .chain(numbers())
            .collect(),
        rows: record
            .calibration
            .iter()
            .map(|class| {
                let range = format!("{} … {}", number(class.from, 4), number(class.to, 4));
                [range, percent(class.foretold)].into_iter().chain(proportion(&class.found)).collect()
            })
            .collect(),
    };
    vec![figures, classes]
}

/// What a record's probabilities come to, in a sentence; none without probabilities.
pub fn record_says(record: &TrackRecord, words: &Words) -> Option<String> {
    let (brier, unlikely) = record.brier.zip(record.as_unlikely)?;
    let (expected, failed, brier, unlikely) =
        (number(record.expected, 3), record.failed.to_string(), number(brier, 3), percent(unlikely));
    Some(words.say(
        "record-says",
        &[("expected", &expected), ("failed", &failed), ("brier", &brier), ("unlikely", &unlikely)],
    ))
}

/// The page.
pub fn lot(report: &LotReport<'_>, words: &Words) -> String {
    let grading = report.grading;
    let shape = match grading.decision {
        Decision::Extended => Shape::Good,
        Decision::Replaced => Shape::Bad,
        Decision::Open => Shape::Unknown,
    };
    let word = escaped(&words.say(decision_code(grading.decision), &[]));
    let mut html = format!("<p class=\"answer\">{}{word}</p>\n", shape_beside(shape));
    html.push_str(&paragraph(&ground(grading, words)));
    for note in report.notes {
        html.push_str(&paragraph(note));
    }
    html.push_str(&findings(&grading.findings, words));
    let picture = AcceptancePicture {
        characteristic: grading.plan.characteristic(grading.lot),
        limiting: (grading.limiting_quality, grading.consumer_risk),
        good: grading.good_share,
        share: Some(grading.share),
    }
    .picture(words);
    html.push_str(&heading(&picture.title));
    html.push_str(&paragraph(&picture.description));
    html.push_str(&picture.figure(words));
    for table in lot_tables(grading, words) {
        html.push_str(&heading(&table.caption));
        html.push_str(&bare(&table));
    }
    if let Some(said) = grading.record.as_ref().and_then(|record| record_says(record, words)) {
        html.push_str(&paragraph(&said));
    }
    html.push_str(&heading(&words.say("lot-draw", &[])));
    html.push_str(&paragraph(&words.say("lot-population", &[("population", &grading.draw.population)])));
    if !grading.draw.drawn.is_empty() {
        let drawn = grading.draw.drawn.join(", ");
        html.push_str(&paragraph(&words.say("lot-drawn", &[("drawn", &drawn)])));
    }
    if !grading.named.is_empty() {
        html.push_str(&paragraph(&words.say("lot-named-are", &[("named", &grading.named.join(", "))])));
    }
    page(report.title, &html, None, words)
}
