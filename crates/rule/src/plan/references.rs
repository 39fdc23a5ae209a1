//! Whether the words that a plan rests on stand where it says: documents, sections, quotes, and the bodies they name.

use std::collections::BTreeMap;

use heng_quantity::Finding;

use super::read::Plan;
use super::stated::Stated;
use super::text::Quote;

/// Everything that is wrong with what a plan refers to.
pub(super) fn check(plan: &Plan, findings: &mut Vec<Finding>) {
    let quoted = sentences(plan, findings);
    for (file, quote) in plan.quotes() {
        check_quote(plan, file, quote, &quoted, findings);
    }
    for document in &plan.documents {
        let bodies = document.also_responsible.iter().map(|rule| &rule.body);
        for body in bodies.filter(|body| plan.body(&document.region, body).is_none()) {
            findings.push(plan.finding("plan-body-unknown", document.file, body).with("body", &**body));
        }
        for section in document.also_responsible.iter().map(|rule| &rule.from) {
            if !document.sections.iter().any(|known| **known == **section) {
                let finding = plan.finding("plan-section-unknown", document.file, section);
                findings.push(finding.with("section", &**section).with("document", &*document.id));
            }
        }
        for duty in document.default_duty.iter().map(|default| &default.duty) {
            check_duty(plan, document.file, &document.region, duty, findings);
        }
        if let Some(copy) = document.copy_of.as_ref().filter(|copy| plan.document(copy).is_none()) {
            findings.push(plan.finding("plan-document-unknown", document.file, copy).with("document", &**copy));
        }
    }
    for body in &plan.bodies {
        for member in body.members.iter().filter(|member| plan.body(&body.region, member).is_none()) {
            findings.push(plan.finding("plan-body-unknown", body.file, member).with("body", &**member));
        }
    }
}

/// The passages of each document without white space, where they were taken from the file that the document names.
fn sentences(plan: &Plan, findings: &mut Vec<Finding>) -> BTreeMap<String, Vec<String>> {
    let mut quoted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for sentences in &plan.sentences {
        match plan.document(&sentences.document) {
            None => {
                let finding = plan.finding("plan-document-unknown", sentences.file, &sentences.document);
                findings.push(finding.with("document", &*sentences.document));
            }
            Some(document) if *document.sha256 != *sentences.sha256 => {
                let finding = plan.finding("plan-sentences-of-another-text", sentences.file, &sentences.sha256);
                findings.push(finding.with("document", &*sentences.document));
            }
            Some(document) => {
                let texts = sentences.text.iter().map(|text| spaceless(text));
                quoted.entry(document.id.to_string()).or_default().extend(texts);
            }
        }
    }
    quoted
}

fn check_quote(
    plan: &Plan,
    file: usize,
    quote: &Quote,
    quoted: &BTreeMap<String, Vec<String>>,
    findings: &mut Vec<Finding>,
) {
    let Some(document) = plan.document(&quote.document) else {
        let finding = plan.finding("plan-document-unknown", file, &quote.document);
        findings.push(finding.with("document", &*quote.document));
        return;
    };
    if !document.sections.iter().any(|section| **section == *quote.section) {
        let finding = plan.finding("plan-section-unknown", file, &quote.section);
        findings.push(finding.with("section", &*quote.section).with("document", &*document.id));
    }
    let stands = |words: &str| {
        let words = spaceless(words);
        let sentences = quoted.get(&*document.id).into_iter().flatten();
        !words.is_empty() && sentences.into_iter().any(|sentence| sentence.contains(&words))
    };
    for words in std::iter::once(&quote.text).chain(&quote.duties).filter(|words| !stands(words)) {
        let finding = plan.finding("plan-quote-not-found", file, words);
        findings.push(finding.with("quote", &**words).with("document", &*document.id));
    }
    for duty in &quote.duties {
        check_duty(plan, file, &document.region, duty, findings);
    }
}

fn check_duty(plan: &Plan, file: usize, region: &str, phrase: &Stated, findings: &mut Vec<Finding>) {
    let duties = plan.duties(region, phrase);
    if duties.is_empty() {
        findings.push(plan.finding("plan-duty-unreadable", file, phrase).with("duty", &**phrase));
    }
    for duty in duties.iter().filter(|duty| plan.body(region, &duty.body).is_none()) {
        findings.push(plan.finding("plan-body-unknown", file, phrase).with("body", &duty.body));
    }
}

/// The same words without white space: copies break lines where they like.
fn spaceless(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}
