//! A document for people: in sections, in one language, with its numbers and units as printed.

mod data;
mod outline;
mod quantity;
mod sheet;
mod speech;
mod table;

use heng_quantity::Severity;
use heng_wording::Words;

use self::outline::{children, element, flat};
use self::sheet::Sheet;
use self::speech::Speech;
use super::read::{NotADcc, Read, findings, quantities, read};
use super::whole::{Element, document};

/// How much of long tables is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The first and the last rows.
    Brief,
    /// Every row.
    All,
}

/// A document as text for a terminal, in the language of the words where the document has it.
pub fn show(bytes: &[u8], extent: Extent, words: &Words) -> Result<String, NotADcc> {
    let read = read(bytes)?;
    let mut show = Show { sheet: Sheet::default(), speech: Speech::new(words), extent };
    match document(bytes) {
        Ok(document) if document.root.local() == "digitalCalibrationCertificate" => show.certificate(&document.root),
        Ok(document) => show.other(&document.root),
        Err(error) => show.remains(&read, &error.to_string()),
    }
    show.end(&read);
    Ok(show.sheet.into_text())
}

/// What is being shown.
struct Show<'a> {
    sheet: Sheet,
    speech: Speech<'a>,
    extent: Extent,
}

/// Members of the core data that have their own lines or sections.
const DATES: [&str; 6] = [
    "receiptDate",
    "beginPerformanceDate",
    "endPerformanceDate",
    "issueDate",
    "performanceLocation",
    "uniqueIdentifier",
];

impl Show<'_> {
    fn section(&mut self, code: &str) {
        let title = self.speech.words.say(code, &[]);
        self.sheet.section(&title);
    }

    fn certificate(&mut self, root: &Element) {
        let nothing = Element::default();
        let administrative = root.child(&["administrativeData"]).unwrap_or(&nothing);
        let core = administrative.child(&["coreData"]).unwrap_or(&nothing);
        let number = core.stated(&["uniqueIdentifier"]).unwrap_or_default();
        let version = root.attribute("schemaVersion").unwrap_or("–");
        let title = self.speech.words.say("dcc-show-title", &[("number", &number), ("version", version)]);
        self.sheet.line(0, &title);
        self.sheet.gap();
        for name in ["calibrationLaboratory", "customer"] {
            let Some(holder) = administrative.child(&[name]) else { continue };
            // Since 2.4 the laboratory is a contact with more around it; the customer is one itself.
            let contact = holder.child(&["contact"]).unwrap_or(holder);
            let mut contact = contact.clone();
            contact.name = name.to_owned();
            element(self, 0, &contact);
            if holder.child(&["contact"]).is_some() {
                children(self, 1, holder, &["contact"]);
            }
        }
        self.dates(core);
        children(self, 0, core, &DATES);
        self.persons(administrative);
        if administrative.child(&["items"]).is_some() {
            self.section("dcc-show-items");
        }
        for items in administrative.all("items") {
            self.items(items, 0);
        }
        self.results(root);
        if let Some(statements) = administrative.child(&["statements"]) {
            self.section("dcc-show-statements");
            self.separated(statements);
        }
        let shown = ["coreData", "items", "calibrationLaboratory", "respPersons", "customer", "statements"];
        if administrative.children().any(|child| !shown.contains(&child.local())) {
            self.section("dcc-show-administrative");
            children(self, 0, administrative, &shown);
        }
        let shown = ["administrativeData", "measurementResults", "measurementResult"];
        if root.children().any(|child| !shown.contains(&child.local())) {
            self.section("dcc-show-further");
            children(self, 0, root, &shown);
        }
    }

    fn dates(&mut self, core: &Element) {
        let date = |name: &str| core.stated(&[name]);
        for name in ["receiptDate", "issueDate"] {
            if let Some(day) = date(name) {
                let label = self.speech.label(name);
                self.sheet.pair(0, &label, &day);
            }
        }
        let (begin, end) = (date("beginPerformanceDate"), date("endPerformanceDate"));
        let performed = match (begin, end) {
            (Some(begin), Some(end)) if begin != end => Some(format!("{begin} – {end}")),
            (begin, end) => begin.or(end),
        };
        if let Some(performed) = performed {
            let label = self.speech.label("performanceDate");
            self.sheet.pair(0, &label, &performed);
        }
        if let Some(place) = core.child(&["performanceLocation"]) {
            element(self, 0, place);
        }
    }

    fn persons(&mut self, administrative: &Element) {
        let persons = administrative.child(&["respPersons"]);
        for person in persons.into_iter().flat_map(Element::children) {
            let is_main = person.stated(&["mainSigner"]).is_some_and(|main| matches!(main.as_str(), "true" | "1"));
            let label = self.speech.label(if is_main { "mainSigner" } else { "respPerson" });
            let name = person.child(&["person"]).map(|person| flat(self, person)).unwrap_or_default();
            let role = person.stated(&["role"]).map(|role| self.speech.keyword(&role));
            self.sheet.pair(0, &label, &[Some(name), role].into_iter().flatten().collect::<Vec<_>>().join(" · "));
            children(self, 1, person, &["person", "role", "mainSigner"]);
        }
    }

    fn items(&mut self, items: &Element, depth: usize) {
        children(self, depth, items, &["item"]);
        for item in items.all("item") {
            if let Some(name) = self.speech.child(item, &["name"]) {
                self.sheet.gap();
                self.sheet.paragraph(depth, &name);
            }
            children(self, depth.saturating_add(1), item, &["name", "subItems"]);
            for inner in item.all("subItems") {
                self.items(inner, depth.saturating_add(1));
            }
        }
    }

    fn results(&mut self, root: &Element) {
        let parts =
            ["usedMethods", "usedSoftware", "measuringEquipments", "influenceConditions", "measurementMetaData"];
        for all in root.all("measurementResults") {
            for result in all.all("measurementResult") {
                let name = self.speech.child(result, &["name"]);
                let title = name.unwrap_or_else(|| self.speech.words.say("dcc-show-results", &[]));
                self.sheet.section(&title);
                children(
                    self,
                    0,
                    result,
                    &[
                        "name",
                        "results",
                        "usedMethods",
                        "usedSoftware",
                        "measuringEquipments",
                        "influenceConditions",
                        "measurementMetaData",
                    ],
                );
                for part in parts {
                    // What holds for all results stands with the results themselves.
                    for holder in result.all(part).chain(all.all(part)) {
                        let title = self.speech.label(part);
                        self.sheet.gap();
                        self.sheet.line(0, &title);
                        children(self, 1, holder, &[]);
                    }
                }
                for result in result.all("results").flat_map(Element::children) {
                    self.sheet.gap();
                    if let Some(name) = self.speech.child(result, &["name"]) {
                        self.sheet.paragraph(0, &name);
                    }
                    children(self, 1, result, &["name"]);
                }
            }
        }
    }

    /// Elements with an empty line between them.
    fn separated(&mut self, holder: &Element) {
        for (place, child) in holder.children().enumerate() {
            if place > 0 {
                self.sheet.gap();
            }
            element(self, 0, child);
        }
    }

    /// D-SI documents and others that hold quantities.
    fn other(&mut self, root: &Element) {
        let title = self.speech.words.say("dcc-show-other", &[("root", root.local())]);
        self.sheet.line(0, &title);
        self.sheet.gap();
        if quantity::is_holder(root) { element(self, 0, root) } else { self.separated(root) }
    }

    /// What was understood of a document that cannot be taken whole.
    fn remains(&mut self, read: &Read, reason: &str) {
        let number = super::read::number(read).unwrap_or_else(|| "–".to_owned());
        let said = self.speech.words.say("dcc-show-remains", &[("number", &number), ("reason", reason)]);
        self.sheet.paragraph(0, &said);
        self.sheet.gap();
        for quantity in quantities(read) {
            let stated = [
                ("U", &quantity.expanded_uncertainty),
                ("u", &quantity.standard_uncertainty),
                ("k", &quantity.coverage_factor),
                ("p", &quantity.coverage_probability),
            ];
            let beside: Vec<String> =
                stated.iter().filter_map(|(name, text)| Some(format!("   {name} = {}", text.as_ref()?))).collect();
            self.sheet.paragraph(0, &format!("{} {}{}", quantity.value, quantity.unit, beside.concat()));
        }
    }

    fn end(&mut self, read: &Read) {
        self.sheet.gap();
        if let Some(fallbacks) = self.speech.fallbacks() {
            self.sheet.paragraph(0, &fallbacks);
        }
        let all = findings(read);
        let errors = all.iter().filter(|finding| finding.severity == Severity::Error).count().to_string();
        let count = all.len().to_string();
        let code = if all.is_empty() { "dcc-show-sound" } else { "dcc-show-findings" };
        let said = self.speech.words.say(code, &[("count", &count), ("errors", &errors)]);
        self.sheet.paragraph(0, &said);
    }
}
