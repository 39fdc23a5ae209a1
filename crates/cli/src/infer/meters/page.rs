//! The verdict on districts as one page: each meter's interval as a picture beside its figures.

use std::fmt::Write;

use heng_inference::meters::{MeterAssessment, State};
use heng_rule::service::ServiceLimit;
use heng_wording::Words;

use super::limits::{percent, said};
use super::{Judged, instant, ranked, reason, state};

const STYLE: &str = "body{font-family:system-ui,'Noto Sans CJK SC',sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1d2433;background:#fff}\
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}th,td{padding:.25rem .6rem;text-align:left;border-bottom:1px solid #d8dde6}\
td.n,th.n{text-align:right}tr.bad td:nth-child(2){color:#a61b1b;font-weight:600}tr.open td{color:#5b6475}svg{display:block}\
@media (prefers-color-scheme:dark){body{background:#14181f;color:#e6e9ef}th,td{border-color:#333b48}tr.bad td:nth-child(2){color:#ff8f8f}tr.open td{color:#a3adbd}}";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The interval on a scale of three limits to both sides; what lies beyond ends at the edge.
fn interval(meter: &MeterAssessment, limit: f64) -> String {
    let place = |percent: f64| 80.0 + 78.0 * (percent / (3.0 * limit)).clamp(-1.0, 1.0);
    let (low, high, middle) = (place(meter.low_percent), place(meter.high_percent), place(meter.error_percent));
    let (left, right) = (place(-limit), place(limit));
    format!(
        "<svg width=\"160\" height=\"16\" role=\"img\" aria-label=\"{:+.2} … {:+.2} %\"><rect x=\"{left:.1}\" y=\"1\" width=\"{:.1}\" height=\"14\" fill=\"currentColor\" opacity=\".12\"/>\
         <line x1=\"{low:.1}\" x2=\"{high:.1}\" y1=\"8\" y2=\"8\" stroke=\"currentColor\" stroke-width=\"2\"/><circle cx=\"{middle:.1}\" cy=\"8\" r=\"3\" fill=\"currentColor\"/></svg>",
        meter.low_percent,
        meter.high_percent,
        right - left
    )
}

/// The page.
pub fn page(judged: &[Judged], limit: &ServiceLimit, words: &Words) -> String {
    let say = |code: &str| escaped(&words.say(code, &[]));
    let title = say("infer-title");
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body>\n<h1>{title}</h1>\n<p>{}</p>\n",
        words.language(),
        escaped(&said(limit, words))
    );
    for one in judged {
        let district = &one.assessment.district;
        let facts: [(&str, &str); 4] = [
            ("file", one.name.as_str()),
            ("loss", &format!("{:.2}", district.loss_percent)),
            ("head", &format!("{:+.2}", district.head_percent)),
            ("u", &format!("{:.2}", district.head_u_percent)),
        ];
        let _ = writeln!(
            html,
            "<h2>{}</h2>\n<p>{}</p>\n<table><thead><tr>",
            escaped(&one.name),
            escaped(&words.say("infer-district", &facts))
        );
        for (code, class) in [
            ("infer-meter", ""),
            ("infer-state", ""),
            ("infer-error", " class=\"n\""),
            ("infer-u", " class=\"n\""),
            ("infer-interval", ""),
            ("infer-beyond", " class=\"n\""),
            ("infer-since", ""),
            ("infer-reason", ""),
        ] {
            let _ = write!(html, "<th scope=\"col\"{class}>{}</th>", say(code));
        }
        html.push_str("</tr></thead><tbody>\n");
        for meter in ranked(&one.assessment) {
            let class = match meter.state {
                State::Good => "",
                State::Undecided => " class=\"open\"",
                _ => " class=\"bad\"",
            };
            let _ = writeln!(
                html,
                "<tr{class}><td>{}</td><td>{}</td><td class=\"n\">{:+.2}</td><td class=\"n\">{:.2}</td><td>{}</td><td class=\"n\">{:.3}</td><td>{}</td><td>{}</td></tr>",
                escaped(&meter.meter),
                escaped(&state(meter, words)),
                meter.error_percent,
                meter.u_percent,
                interval(meter, percent(limit)),
                meter.p_beyond_limit,
                meter.since_s.and_then(instant).unwrap_or_default(),
                escaped(&reason(meter, words))
            );
        }
        html.push_str("</tbody></table>\n");
    }
    html.push_str("</body></html>\n");
    html
}
