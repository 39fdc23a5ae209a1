//! Findings for people and for programs.

use heng_quantity::{Finding, Severity};
use heng_wording::Words;
use serde_json::{Value, json};

/// Findings as programs read them: `code`, `severity`, `line`, `column`, `message`.
pub fn findings_json(findings: &[Finding], words: &Words) -> Vec<Value> {
    findings
        .iter()
        .map(|finding| {
            json!({
                "code": finding.code,
                "severity": finding.severity,
                "line": finding.position.map(|position| position.line),
                "column": finding.position.map(|position| position.column),
                "message": words.finding(&finding.code, &finding.data),
                "data": finding.data,
            })
        })
        .collect()
}

/// A finding on one line: `FILE:LINE:COLUMN: severity: message [code]`.
pub fn finding_line(file: &str, finding: &Finding, words: &Words) -> String {
    let place = finding.position.map(|position| format!(":{}:{}", position.line, position.column)).unwrap_or_default();
    let severity = match finding.severity {
        Severity::Info => "severity-info",
        Severity::Warning => "severity-warning",
        Severity::Error => "severity-error",
    };
    format!(
        "{file}{place}: {}: {} [{}]",
        words.say(severity, &[]),
        words.finding(&finding.code, &finding.data),
        finding.code
    )
}

/// Whether something is wrong enough to go no further.
pub fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
