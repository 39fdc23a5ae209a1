//! What the service counts of itself, in the text form that monitoring systems read (OpenMetrics). Numbers only: no address, no name.

use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use heng_telemetry::readings::Readings;
use heng_telemetry::readings::latency::{ENDS_S, Latencies};

use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;

/// The upper ends of the classes of durations, in milliseconds.
const ENDS: [u64; 9] = [1, 2, 5, 10, 20, 50, 100, 1_000, 10_000];

/// The classes of answers.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];

/// Counted since the start.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    by_class: [AtomicU64; 5],
    /// By the class of duration; the last one has no end.
    by_duration: [AtomicU64; 10],
    microseconds: AtomicU64,
    kept: AtomicU64,
    walked: AtomicU64,
    unsound: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub(crate) fn count(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).saturating_sub(1);
        let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let duration = ENDS.iter().position(|end| milliseconds < *end).unwrap_or(ENDS.len());
        for counter in [self.by_class.get(class), self.by_duration.get(duration)].into_iter().flatten() {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        self.microseconds.fetch_add(u64::try_from(took.as_micros()).unwrap_or(0), Ordering::Relaxed);
    }

    /// How many answers were given.
    pub(crate) fn answers(&self) -> u64 {
        self.by_class.iter().map(|counter| counter.load(Ordering::Relaxed)).sum()
    }

    /// Counts an answer that was at hand.
    pub(crate) fn count_kept(&self, status: StatusCode, took: Duration) {
        self.kept.fetch_add(1, Ordering::Relaxed);
        self.count(status, took);
    }

    /// Counts a certificate that was checked without being asked for.
    pub(crate) fn count_walked(&self) {
        self.walked.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts one of those that did not pass.
    pub(crate) fn count_unsound(&self) {
        self.unsound.fetch_add(1, Ordering::Relaxed);
    }

    fn text(&self, statements: u64, sessions: usize, latencies: &Latencies) -> Result<String, std::fmt::Error> {
        let now = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        let mut text = String::new();
        writeln!(text, "# TYPE heng_answers counter\n# HELP heng_answers Answers by the class of their status.")?;
        for (class, counter) in CLASSES.iter().zip(&self.by_class) {
            writeln!(text, "heng_answers_total{{class=\"{class}\"}} {}", now(counter))?;
        }
        writeln!(text, "# TYPE heng_answers_kept counter\n# HELP heng_answers_kept Answers that were at hand.")?;
        writeln!(text, "heng_answers_kept_total {}", now(&self.kept))?;
        writeln!(
            text,
            "# TYPE heng_certificates_walked counter\n# HELP heng_certificates_walked Certificates of the log checked unasked."
        )?;
        writeln!(text, "heng_certificates_walked_total {}", now(&self.walked))?;
        writeln!(
            text,
            "# TYPE heng_certificates_unsound counter\n# HELP heng_certificates_unsound Those of them that did not pass."
        )?;
        writeln!(text, "heng_certificates_unsound_total {}", now(&self.unsound))?;
        writeln!(text, "# TYPE heng_answer_seconds histogram\n# UNIT heng_answer_seconds seconds")?;
        let mut count = 0;
        for (end, counter) in ENDS.iter().zip(&self.by_duration) {
            count += now(counter);
            writeln!(text, "heng_answer_seconds_bucket{{le=\"{}\"}} {count}", *end as f64 / 1e3)?;
        }
        count += self.by_duration.last().map_or(0, now);
        writeln!(text, "heng_answer_seconds_bucket{{le=\"+Inf\"}} {count}\nheng_answer_seconds_count {count}")?;
        writeln!(text, "heng_answer_seconds_sum {}", now(&self.microseconds) as f64 / 1e6)?;
        under_way(&mut text, latencies)?;
        writeln!(text, "# TYPE heng_log_statements gauge\nheng_log_statements {statements}")?;
        writeln!(text, "# TYPE heng_sessions gauge\nheng_sessions {sessions}\n# EOF")?;
        Ok(text)
    }
}

/// How long readings were under way, all feeds together: which feeds there are is nobody's business. Of the feed that was silent longest it
/// tells when it was heard last.
fn under_way(text: &mut String, latencies: &Latencies) -> std::fmt::Result {
    writeln!(text, "# TYPE heng_reading_seconds histogram\n# UNIT heng_reading_seconds seconds")?;
    writeln!(
        text,
        "# HELP heng_reading_seconds From the instant of a reading until it came, by the clocks that stated them."
    )?;
    let of_class = |class: usize| latencies.values().filter_map(|feed| feed.classes.get(class)).sum::<u64>();
    let mut count = 0;
    for (class, end) in ENDS_S.iter().enumerate() {
        count += of_class(class);
        writeln!(text, "heng_reading_seconds_bucket{{le=\"{end}\"}} {count}")?;
    }
    count += of_class(ENDS_S.len());
    writeln!(text, "heng_reading_seconds_bucket{{le=\"+Inf\"}} {count}\nheng_reading_seconds_count {count}")?;
    writeln!(text, "# TYPE heng_reading_feeds gauge\nheng_reading_feeds {}", latencies.len())?;
    if let Some(oldest) = latencies.values().map(|feed| feed.last_received_ms).min() {
        writeln!(
            text,
            "# TYPE heng_reading_oldest_feed_timestamp_seconds gauge\n# UNIT heng_reading_oldest_feed_timestamp_seconds seconds"
        )?;
        writeln!(
            text,
            "# HELP heng_reading_oldest_feed_timestamp_seconds When the feed that is silent longest was heard last."
        )?;
        writeln!(text, "heng_reading_oldest_feed_timestamp_seconds {}", oldest as f64 / 1e3)?;
    }
    Ok(())
}

/// `/metrics`
pub(crate) async fn metrics(State(portal): State<Arc<Portal>>) -> Result<Response, Problem> {
    read(portal, |portal| {
        let statements = portal.store().size()?;
        let latencies = portal.readings().map(Readings::latencies).unwrap_or_default();
        let text = portal.metrics().text(statements, portal.sessions().count(), &latencies);
        let text = text.map_err(Problem::failure)?;
        Ok(([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response())
    })
    .await
}
