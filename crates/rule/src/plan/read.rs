//! A plan, read from its files.

use std::collections::BTreeMap;

use heng_quantity::Finding;

use super::check;
use super::conflict::{Conflict, Difference};
use super::duty::{Duty, Grammar, Part};
use super::measure::Measure;
use super::stated::{Entry, Stated, position};
use super::text::{Body, Document, EvidenceKind, FileText, Group, Indicator, Quote, Row, Sentences, Service, Share};
use super::unit::PlanUnit;
use crate::Words;

/// The one version there is.
const FORMAT: &str = "heng-plan/1";

/// A plan. What could not be read is missing here and stands among the findings.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Its identifier, for example `tianjin-2035`.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// The region that evidence belongs to unless its district says otherwise. Absent where all are one.
    pub home: Option<String>,
    /// With what the codes of the districts of a region begin. A region without has no evidence, unless it is the home.
    pub regions: BTreeMap<String, Entry<Stated>>,
    /// How its documents name who is responsible.
    pub grammar: Grammar,
    /// The source texts.
    pub documents: Vec<Entry<Document>>,
    /// The passages that are quoted.
    pub sentences: Vec<Entry<Sentences>>,
    /// The bodies that are responsible.
    pub bodies: Vec<Entry<Body>>,
    /// How rows are served.
    pub services: Vec<Entry<Service>>,
    /// What rows are about, by the beginnings of their identifiers.
    pub groups: Vec<Entry<Group>>,
    /// What is asked for.
    pub rows: Vec<Entry<Row>>,
    /// The kinds of evidence.
    pub evidence: Vec<Entry<EvidenceKind>>,
    /// The figures.
    pub indicators: Vec<Entry<Indicator>>,
    /// How figures are divided.
    pub shares: Vec<Entry<Share>>,
    /// Where documents disagree.
    pub conflicts: Vec<Entry<Conflict>>,
    /// How copies differ.
    pub differences: Vec<Entry<Difference>>,
    files: Vec<(String, String)>,
    measures: BTreeMap<String, Measure>,
}

impl Plan {
    /// Reads the files of a plan, each with its name. A file that cannot be read is left out, and so is a measure.
    pub fn read(files: &[(&str, &str)]) -> (Self, Vec<Finding>) {
        let mut plan = Self::default();
        let mut findings = Vec::new();
        for (name, source) in files {
            let file = plan.files.len();
            plan.files.push(((*name).to_owned(), (*source).to_owned()));
            match toml::from_str::<FileText>(source) {
                Ok(text) => plan.add(file, text, &mut findings),
                Err(error) => {
                    let start = error.span().map_or(0, |span| span.start);
                    let finding = Finding::error("plan-unreadable").with("file", name).with("reason", error.message());
                    findings.push(finding.at(position(source, start)));
                }
            }
        }
        plan.measures = plan.measures(&mut findings);
        check::check(&plan, &mut findings);
        (plan, findings)
    }

    fn add(&mut self, file: usize, text: FileText, findings: &mut Vec<Finding>) {
        if &*text.format != FORMAT {
            findings.push(self.finding("plan-format", file, &text.format).with("stated", &*text.format));
            return;
        }
        if self.id.is_empty() {
            self.id = text.plan.to_string();
        } else if *self.id != *text.plan {
            findings
                .push(self.finding("plan-other", file, &text.plan).with("stated", &*text.plan).with("plan", &self.id));
            return;
        }
        if let Some(title) = text.plan_title {
            self.title = title;
        }
        if text.home.is_some() {
            self.home = text.home;
        }
        let regions = text.regions.into_iter().flatten();
        self.regions.extend(regions.map(|(region, code)| (region, Entry::new(file, code))));
        if let Some(grammar) = text.grammar {
            self.grammar = grammar;
        }
        fn of<T>(file: usize, entries: Vec<T>) -> impl Iterator<Item = Entry<T>> {
            entries.into_iter().map(move |entry| Entry::new(file, entry))
        }
        self.documents.extend(of(file, text.document));
        self.sentences.extend(of(file, text.sentences));
        self.bodies.extend(of(file, text.body));
        self.services.extend(of(file, text.service));
        self.groups.extend(of(file, text.group));
        self.rows.extend(of(file, text.row));
        self.evidence.extend(of(file, text.evidence));
        self.indicators.extend(of(file, text.indicator));
        self.shares.extend(of(file, text.share));
        self.conflicts.extend(of(file, text.conflict));
        self.differences.extend(of(file, text.difference));
    }

    fn measures(&self, findings: &mut Vec<Finding>) -> BTreeMap<String, Measure> {
        let mut measures = BTreeMap::new();
        for indicator in &self.indicators {
            let Some(stated) = &indicator.measure else { continue };
            match Measure::parse(stated) {
                Ok(measure) => {
                    measures.insert(indicator.id.to_string(), measure);
                }
                Err(error) => {
                    let place = super::measure::place(stated, error.at);
                    let finding = self.finding_at("plan-measure-unreadable", indicator.file, place);
                    findings.push(finding.with("indicator", &*indicator.id).with("expected", error.expected));
                }
            }
        }
        measures
    }

    /// The indicator with this identifier.
    pub fn indicator(&self, id: &str) -> Option<&Indicator> {
        self.indicators.iter().find(|indicator| &*indicator.id == id).map(|entry| &**entry)
    }

    /// Its measure, where it has one that can be read.
    pub fn measure(&self, indicator: &str) -> Option<&Measure> {
        self.measures.get(indicator)
    }

    /// The document with this short name.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|document| &*document.id == id).map(|entry| &**entry)
    }

    /// The service with this short name.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.services.iter().find(|service| &*service.id == id).map(|entry| &**entry)
    }

    /// The group of a row: the longest beginning of its identifier that one is declared for.
    pub fn group(&self, row: &Row) -> Option<&Group> {
        let of_row = self.groups.iter().filter(|group| row.id.starts_with(&*group.id));
        of_row.max_by_key(|group| group.id.len()).map(|entry| &**entry)
    }

    /// The body of a region that is called by this name or alias.
    pub fn body(&self, region: &str, name: &str) -> Option<&Body> {
        let called = |body: &Body| &*body.name == name || body.aliases.iter().any(|alias| &**alias == name);
        self.bodies.iter().find(|body| body.region == region && called(body)).map(|entry| &**entry)
    }

    /// The region of the document that asks for an indicator.
    pub fn region(&self, indicator: &str) -> Option<&str> {
        let quote = self.indicator(indicator)?.quotes.first()?;
        self.document(&quote.document).map(|document| document.region.as_str())
    }

    /// Whether an indicator is of the region that evidence belongs to unless it says otherwise.
    pub fn is_at_home(&self, indicator: &str) -> bool {
        let home = self.home.as_deref();
        home.is_none() || self.region(indicator).is_none_or(|region| Some(region) == home)
    }

    /// Whether a fact that states this district counts for an indicator of this region; the home's where a document says none.
    pub fn belongs(&self, district: Option<&str>, region: Option<&str>) -> bool {
        let Some(home) = self.home.as_deref() else { return true };
        let begins = |code: &str| self.regions.iter().find(|(_, beginning)| code.starts_with(&****beginning));
        let of = district.and_then(begins).map_or(home, |(region, _)| region);
        of == region.unwrap_or(home)
    }

    /// The unit of an indicator.
    pub fn unit(&self, indicator: &str) -> Option<PlanUnit> {
        PlanUnit::named(&self.indicator(indicator)?.unit)
    }

    /// The bodies that a phrase of a document makes responsible.
    pub fn duties(&self, region: &str, phrase: &str) -> Vec<Duty> {
        self.grammar.duties(phrase, |name| self.body(region, name).map(|body| body.name.to_string()))
    }

    /// Who is responsible for what a quote says: those who are named, those who are responsible without being named, and where nobody is
    /// named whoever the document makes responsible until then. Each once, by its part.
    pub fn responsible(&self, quote: &Quote) -> Vec<Duty> {
        let Some(document) = self.document(&quote.document) else { return Vec::new() };
        let region = &document.region;
        let mut duties: Vec<Duty> = quote.duties.iter().flat_map(|phrase| self.duties(region, phrase)).collect();
        if duties.is_empty()
            && let Some(default) = &document.default_duty
        {
            let named = self.duties(region, &default.duty).into_iter();
            duties.extend(named.map(|duty| Duty { body: duty.body, part: Part::Default }));
        }
        if let Some(rule) = &document.also_responsible {
            let place = |section: &str| document.sections.iter().position(|known| &**known == section);
            let holds = place(&quote.section) >= place(&rule.from) && place(&quote.section).is_some();
            let name = self.body(region, &rule.body).map_or(rule.body.to_string(), |body| body.name.to_string());
            if holds && duties.iter().all(|duty| duty.body != name) {
                duties.push(Duty { body: name, part: Part::Silent });
            }
        }
        duties.sort_by(|one, two| (one.part, &one.body).cmp(&(two.part, &two.body)));
        duties.dedup();
        duties
    }

    /// Every quote of the plan, with the file it stands in.
    pub(super) fn quotes(&self) -> Vec<(usize, &Quote)> {
        let rows = self.rows.iter().flat_map(|row| row.quotes.iter().map(|quote| (row.file, quote)));
        let indicators = self.indicators.iter().flat_map(|entry| entry.quotes.iter().map(|quote| (entry.file, quote)));
        let conflicts = self.conflicts.iter().flat_map(|entry| entry.places.iter().map(|quote| (entry.file, quote)));
        let copies = self.differences.iter().flat_map(|entry| entry.copies.iter().map(|quote| (entry.file, quote)));
        let rules = self.documents.iter().flat_map(|document| {
            let silent = document.also_responsible.iter().map(|rule| &rule.quote);
            let default = document.default_duty.iter().map(|default| &default.quote);
            silent.chain(default).map(|quote| (document.file, quote))
        });
        rows.chain(indicators).chain(conflicts).chain(copies).chain(rules).collect()
    }

    /// Every quote of the plan.
    pub fn quoted(&self) -> impl Iterator<Item = &Quote> {
        self.quotes().into_iter().map(|(_, quote)| quote)
    }

    /// A finding at a word of a file.
    pub(super) fn finding(&self, code: &str, file: usize, at: &Stated) -> Finding {
        self.finding_at(code, file, at.at)
    }

    /// A finding at an offset of a file.
    pub(super) fn finding_at(&self, code: &str, file: usize, at: usize) -> Finding {
        let (name, source) = self.files.get(file).map_or(("", ""), |(name, source)| (name, source));
        Finding::error(code).with("file", name).at(position(source, at))
    }
}
