//! What goes to the terminal: lines of results, notes, and what the services report.

use std::fmt::Display;
use std::io::{Write, stderr, stdout};

use log::{LevelFilter, Log, Metadata, Record};

/// A line on standard output; a reader who has seen enough stops nothing.
pub fn line(line: impl Display) {
    let _ = writeln!(stdout().lock(), "{line}");
}

/// A line on standard error. Nobody can be told that it could not be written.
pub fn note(line: impl Display) {
    let _ = writeln!(stderr().lock(), "{line}");
}

/// Warnings of the services, without which the failures of executors are invisible.
struct Warnings;

impl Log for Warnings {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::Level::Warn
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            note(format_args!("{} {}: {}", record.level(), record.target(), record.args()));
        }
    }

    fn flush(&self) {}
}

static WARNINGS: Warnings = Warnings;

/// Shows warnings from now on.
pub fn show_warnings() {
    if log::set_logger(&WARNINGS).is_ok() {
        log::set_max_level(LevelFilter::Warn);
    }
}
