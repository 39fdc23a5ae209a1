//! The limit that is asked for, and how it is said.

use heng_rule::Confidence;
use heng_rule::service::{ServiceLimit, builtin_service_limits};
use heng_wording::Words;

use crate::failure::Failure;

/// The limit of a specification, `ID` or `ID:CLASS`; class 2 where none is said.
pub fn limit(name: &str) -> Result<ServiceLimit, Failure> {
    let limits = builtin_service_limits().map_err(|error| Failure::new("error-founding").with("reason", error))?;
    limits.named(name).cloned().ok_or_else(|| {
        Failure::unreadable("error-infer-limits").with("name", name).with("known", limits.names().join(", "))
    })
}

/// The limit in percent.
pub fn percent(limit: &ServiceLimit) -> f64 {
    limit.largest.value.value.to_f64()
}

/// The word of a confidence that messages choose by.
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Unverified => "unverified",
        Confidence::Secondary => "secondary",
        Confidence::Read => "read",
    }
}

/// The limit with where it comes from.
pub fn said(limit: &ServiceLimit, words: &Words) -> String {
    let citation = &limit.largest.citation;
    let facts: [(&str, &str); 4] = [
        ("norm", &citation.norm),
        ("class", &limit.class),
        ("limit", &limit.largest.value.value_text()),
        ("confidence", confidence(citation.confidence)),
    ];
    words.say("infer-limit", &facts)
}
