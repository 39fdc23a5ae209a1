//! What a laboratory may do besides: by what right it works, and how far and how well its scope lets it measure.

use heng_quantity::{Reported, Uncertainty};
use heng_rule::Refusal;
use heng_statement::authority::{Authority, Point, Subject};
use heng_statement::{Certificate, CertificateKind, LegalStanding, Role, Scope};
use jiff::civil::Date;

use super::under;

/// Who acts in which role on which day.
pub(super) type Act<'a> = (&'a str, Role, Date);

/// What the kind of a laboratory forbids: one that works by contract verifies nothing, one of an enterprise serves no other.
pub(super) fn of_standing(authority: &Authority, certificate: &Certificate, laboratory: &str) -> Option<Refusal> {
    let day = certificate.issued_on;
    let refusal = |code| Refusal::new(code).with("laboratory", laboratory).with("norm", &certificate.rule.norm);
    match authority.standing(laboratory, day)? {
        LegalStanding::Commercial if certificate.kind != CertificateKind::Calibration => {
            Some(under(refusal("laboratory-may-only-calibrate"), "verification-by-institutions"))
        }
        LegalStanding::Internal => {
            let client = certificate.client.id.as_deref().unwrap_or_default();
            let is_own = client == laboratory || authority.belongs(laboratory, client, day);
            (!is_own).then(|| under(refusal("laboratory-of-other-enterprise"), "own-instruments"))
        }
        LegalStanding::Statutory | LegalStanding::Authorized | LegalStanding::Commercial => None,
    }
}

/// The first of these acts whose authorization states lines, none of which covers what was measured. Where an authorization names only the
/// rule, nothing is refused here; where it does not name the rule, that is refused elsewhere.
pub(super) fn outside_scope(authority: &Authority, certificate: &Certificate, acts: &[Act<'_>]) -> Option<Refusal> {
    let subject = Subject::of(certificate);
    let rule = Subject::rule(&certificate.rule.id);
    let mut asking = authority.asking(&subject);
    acts.iter().find_map(|(party, role, day)| {
        authority.permission(party, *role, &rule, *day).ok()?;
        asking.permission(party, *role, *day).err()?;
        let lines = authority.scopes(party, *role, &rule, *day);
        let refusal = quoted(&subject, &lines).with("party", party).with("norm", &certificate.rule.norm);
        Some(under(refusal, "authorized-scope"))
    })
}

/// What is outside, with the lines that say so.
fn quoted(subject: &Subject, lines: &[&Scope]) -> Refusal {
    let Some(point) = subject.first_outside(lines).filter(|point| lines.iter().any(|line| is_about(point, line)))
    else {
        let (kind, class) = (subject.instrument.as_deref(), subject.class.as_deref());
        let classes: Vec<&str> = lines.iter().flat_map(|line| &line.classes).map(String::as_str).collect();
        return Refusal::new("instrument-outside-scope")
            .with("kind", kind.unwrap_or("–"))
            .with("class", class.unwrap_or("–"))
            .with("classes", if classes.is_empty() { "–".to_owned() } else { classes.join(" · ") });
    };
    let about: Vec<&&Scope> = lines.iter().filter(|line| is_about(point, line)).collect();
    let values = about.first().map(|line| point.values_for(line)).unwrap_or_default();
    let value = values.first().map_or_else(|| "–".to_owned(), |value| value.value_text());
    let in_range = |line: &&&Scope| {
        let without_best = Scope { best_uncertainty: None, ..(**line).clone() };
        subject.at(point).first_outside(&[&without_best]).is_none()
    };
    let reached: Vec<&&Scope> = about.iter().copied().filter(in_range).collect();
    if reached.is_empty() {
        let ranges: Vec<String> = about.iter().map(|line| range(line)).collect();
        return Refusal::new("value-outside-scope").with("value", value).with("scope", ranges.join(" · "));
    }
    let best: Vec<String> = reached.iter().filter_map(|line| best(line)).collect();
    Refusal::new("uncertainty-below-scope")
        .with("value", value)
        .with("uncertainty", claimed(point))
        .with("scope", best.join(" · "))
}

fn is_about(point: &Point, line: &Scope) -> bool {
    !point.values_for(line).is_empty()
}

fn range(line: &Scope) -> String {
    let end = |end: &Option<Reported>| end.as_ref().map_or_else(|| "…".to_owned(), Reported::value_text);
    format!("{} – {}", end(&line.from), end(&line.to))
}

fn best(line: &Scope) -> Option<String> {
    let best = line.best_uncertainty.as_ref()?.value_text();
    let factor = line.coverage_factor.as_ref().map(|factor| format!(" (k = {factor})")).unwrap_or_default();
    Some(format!("{}: U = {best}{factor}", range(line)))
}

fn claimed(point: &Point) -> String {
    let Some((uncertainty, unit)) = &point.uncertainty else { return "–".to_owned() };
    let (value, factor) = match uncertainty {
        Uncertainty::Expanded { value, coverage_factor, .. } => (value.clone(), format!(" (k = {coverage_factor})")),
        Uncertainty::Standard { value, .. } => (value.clone(), String::new()),
        Uncertainty::Interval { .. } => return "–".to_owned(),
    };
    let stated = Reported { value, unit: unit.clone(), uncertainty: None };
    format!("{}{factor}", stated.value_text())
}
