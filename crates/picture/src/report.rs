//! Reports: a page of its own for an evaluation, with its formula, its numbers, its pictures and what was found. No scripts, nothing from elsewhere.

mod calibration;
mod comparison;
mod decision;
mod lot;
mod material;
mod uncertainty;

use std::fmt::Write as _;

use heng_quantity::{Finding, Severity};
use heng_wording::Words;

pub use calibration::{CalibrationReport, calibration};
pub use comparison::comparison;
pub use decision::{DecisionReport, decision};
pub use lot::{LotReport, decision_code, ground, lot, lot_tables, record_says, record_tables};
pub use material::material;
pub use uncertainty::{ReportedOutput, ReportedTrials, UncertaintyReport, uncertainty};

use crate::canvas::escaped;
use crate::picture::{STYLE, Table};

/// The rules of a page of its own, with the variables that [`STYLE`] uses.
pub const PAGE_STYLE: &str = include_str!("report/page.css");

/// A page with a heading and its sections, which are HTML already.
fn page(title: &str, sections: &str, source: Option<&str>, words: &Words) -> String {
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{}</title>\n<style>\n{PAGE_STYLE}{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        match words.language() {
            heng_wording::Language::Zh => "zh-Hans",
            heng_wording::Language::En => "en",
        },
        escaped(title),
        escaped(title)
    );
    page.push_str(sections);
    if let Some(source) = source {
        let _ =
            writeln!(page, "<footer><p>{} {}</p></footer>", escaped(&words.say("report-source", &[])), escaped(source));
    }
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// A page of sentences and tables.
pub fn tables_page(title: &str, sentences: &[String], tables: &[Table], words: &Words) -> String {
    let mut html: String = sentences.iter().map(|sentence| paragraph(sentence)).collect();
    for table in tables {
        html.push_str(&heading(&table.caption));
        html.push_str(&bare(table));
    }
    page(title, &html, None, words)
}

fn heading(words: &str) -> String {
    format!("<h2>{}</h2>\n", escaped(words))
}

fn paragraph(words: &str) -> String {
    format!("<p>{}</p>\n", escaped(words))
}

/// A table right below a heading that says what its caption says; the caption is there for those who hear the page.
fn bare(table: &Table) -> String {
    format!("<div class=\"bare\">{}</div>\n", table.html())
}

/// What was found, each with the shape of its severity in words.
fn findings(findings: &[Finding], words: &Words) -> String {
    if findings.is_empty() {
        return String::new();
    }
    let mut html = heading(&words.say("report-findings", &[]));
    html.push_str("<ul class=\"findings\">\n");
    for finding in findings {
        let (class, code) = match finding.severity {
            Severity::Info => ("info", "severity-info"),
            Severity::Warning => ("warning", "severity-warning"),
            Severity::Error => ("error", "severity-error"),
        };
        let _ = writeln!(
            html,
            "<li class=\"{class}\"><b>{}</b> {}</li>",
            escaped(&words.say(code, &[])),
            escaped(&words.finding(&finding.code, &finding.data))
        );
    }
    html.push_str("</ul>\n");
    html
}
