//! What goes to the terminal or into a pipe: lines, and findings for people and for programs.

use std::fmt::Display;
use std::io::{ErrorKind, Write, stderr, stdout};
use std::process::ExitCode;
use std::sync::OnceLock;

use heng_quantity::{Finding, Severity};
use heng_wording::Words;

/// Why standard output could not be written, the first time it could not.
static FAILED: OnceLock<std::io::Error> = OnceLock::new();

/// A line on standard output. A reader who has seen enough (`heng … | head`) stops nothing: the work goes on unseen.
pub fn line(line: impl Display) {
    keep(writeln!(stdout().lock(), "{line}"));
}

/// Text on standard output as it is.
pub fn text(text: &str) {
    keep(stdout().lock().write_all(text.as_bytes()));
}

/// A line on standard error. Nobody can be told that it could not be written.
pub fn note(line: impl Display) {
    let _ = writeln!(stderr().lock(), "{line}");
}

/// What the program ends with: a full disk under standard output is a failure, a closed pipe is none.
pub fn end(code: ExitCode) -> ExitCode {
    keep(stdout().lock().flush());
    match FAILED.get() {
        Some(error) => {
            note(format_args!("heng: {error}"));
            ExitCode::FAILURE
        }
        None => code,
    }
}

fn keep(written: std::io::Result<()>) {
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        let _ = FAILED.set(error);
    }
}

/// A finding on one line: `FILE:LINE:COLUMN: severity: message [code]`; in a table `FILE:SHEET!C12`, in a record its key.
pub fn finding_line(file: &str, finding: &Finding, words: &Words) -> String {
    let fact = |name: &str| finding.data.get(name);
    let sheet = fact("sheet").map(|sheet| format!("{sheet}!")).unwrap_or_default();
    let place = match (fact("cell"), finding.position, fact("path")) {
        (Some(cell), _, _) => format!(":{sheet}{cell}"),
        (None, Some(position), _) => format!(":{}:{}", position.line, position.column),
        (None, None, Some(path)) => format!(":{path}"),
        (None, None, None) => String::new(),
    };
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
