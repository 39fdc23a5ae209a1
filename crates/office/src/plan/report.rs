//! The report of a plan in all its forms: composed from the plan and its evidence, rendered, and handed out with what proves it.

use std::collections::{BTreeMap, BTreeSet};

use heng_exchange::document::Renderer;
use heng_exchange::plan_report::{self, Content, Fact, Figure, Forecast, Name, Number, Row, Served, Standing, Which};
use heng_quantity::decimal::rational_to_f64;
use heng_rule::Confidence;
use heng_rule::plan::{self, Evidence, Extent, GoalRule, Plan};
use heng_statement::StatementHash;
use heng_statement::body::PartyKind;
use heng_statement::plan::PlanReport;
use heng_view::Inventory;
use heng_view::plan::name_of;
use heng_wording::Language;
use num_rational::BigRational;
use serde_json::{Value, json};

use super::json::{Asked, status};
use super::{InForce, Rendering, shown};
use crate::handout::{self, File};
use crate::{Failure, Office};

/// A kind whose facts are each about a person, so that they are counted and not shown.
const PEOPLE: &str = "technician";

/// The name of a report's files without their endings.
pub fn name(report: &PlanReport) -> String {
    format!("plan-{}", report.as_of)
}

/// What people and programs read of a report: page, PDF in both languages, workbook, JSON, tables and their fields. Equal arguments and fonts give equal
/// bytes.
pub fn renderings(
    in_force: &InForce,
    report: &PlanReport,
    evidence: &Evidence,
    inventory: &Inventory,
    issuer: &str,
    renderer: &Renderer,
) -> Result<Vec<Rendering>, Failure> {
    let content = content(&in_force.plan, report, evidence, inventory, issuer);
    let name = &content.name;
    let failed =
        |reason: &dyn std::fmt::Display| Failure::new("error-rendering").with("number", name).with("reason", reason);
    let json = format!("{:#}\n", whole(&in_force.plan, &content, evidence)).into_bytes();
    let json_name = format!("{name}.json");
    let pdf =
        |language| plan_report::pdf(renderer, &content, (&json_name, &json), language).map_err(|error| failed(&error));
    let csv = |which| plan_report::csv(&content, which).map_err(|error| failed(&error));
    let fields = format!("{:#}\n", plan_report::declared(&content)).into_bytes();
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let of = |ending: &str, media_type, bytes| Rendering { name: format!("{name}{ending}"), media_type, bytes };
    Ok(vec![
        of(".html", "text/html", plan_report::html(&content).into_bytes()),
        of(".pdf", "application/pdf", pdf(Language::Zh)?),
        of(".en.pdf", "application/pdf", pdf(Language::En)?),
        of(".xlsx", sheet, plan_report::workbook(&content).map_err(|error| failed(&error))?),
        of("-figures.csv", "text/csv", csv(Which::Figures)?),
        of("-evidence.csv", "text/csv", csv(Which::Evidence)?),
        of("-fields.json", "application/json", fields),
        of(".json", "application/json", json),
    ])
}

/// The files of a report that was frozen, as its statement fixes them, with the proof of now: appended to the PDFs, and as `plan-DATE.heng`.
pub fn handed_out(office: &Office, statement: &StatementHash, report: &PlanReport) -> Result<Vec<File>, Failure> {
    let mut files = Vec::new();
    for document in &report.documents {
        let failed = |reason: &dyn std::fmt::Display| {
            Failure::new("error-store").with("path", &document.name).with("reason", reason)
        };
        let bytes = office.store().blob(&document.sha256).map_err(|error| failed(&error))?;
        files.push((document.name.clone(), bytes.ok_or_else(|| failed(&"not kept here"))?));
    }
    handout::with_bundle(office, &name(report), statement, files)
}

/// What programs read: how every row and every figure stands, the evidence with its statements, and which field is public.
fn whole(plan: &Plan, content: &Content, evidence: &Evidence) -> Value {
    let mut value = status(plan, evidence, content.as_of, Asked::default());
    let more = json!({
        "format": "heng-plan-report/1",
        "synthetic": content.is_synthetic,
        "reporter": { "id": content.reporter_id, "name": content.reporter },
        "published_by": content.published_by,
        "checkpoint": { "origin": content.origin, "tree_size": content.tree_size, "root": content.root },
        "program": content.program,
        "figures": plan_report::json(content, Which::Figures),
        "evidence": plan_report::json(content, Which::Evidence),
        "counted_and_not_shown": plan_report::json(content, Which::Counted),
        "fields": plan_report::declared(content).get_mut("fields").map(Value::take),
    });
    if let (Value::Object(all), Value::Object(more)) = (&mut value, more) {
        all.extend(more);
    }
    value
}

/// What a report says, as plain data. No person's identifier is in it.
pub fn content(plan: &Plan, report: &PlanReport, evidence: &Evidence, inventory: &Inventory, issuer: &str) -> Content {
    let author = Author { plan, report, evidence, inventory };
    let (facts, withheld) = author.facts();
    Content {
        name: name(report),
        plan: report.plan.clone(),
        title: plan.title.clone(),
        as_of: report.as_of,
        reporter: inventory.party(issuer).map(|party| party.name.clone()).unwrap_or_default(),
        reporter_id: issuer.to_owned(),
        published_by: report.published_by.to_string(),
        origin: report.origin.clone(),
        tree_size: report.tree_size,
        root: report.root.clone(),
        program: report.program.clone(),
        is_synthetic: report.synthetic,
        sources: plan.documents.iter().map(|document| source(document)).collect(),
        figures: plan.indicators.iter().filter_map(|stated| author.figure(stated)).collect(),
        facts,
        withheld,
        rows: plan.rows.iter().map(|asked| row(plan, asked)).collect(),
        conflicts: plan.conflicts.iter().map(|conflict| self::conflict(conflict)).collect(),
    }
}

struct Author<'a> {
    plan: &'a Plan,
    report: &'a PlanReport,
    evidence: &'a Evidence,
    inventory: &'a Inventory,
}

impl Author<'_> {
    fn is_person(&self, id: &str) -> bool {
        self.inventory.party(id).is_some_and(|party| party.kind == PartyKind::Person)
    }

    fn named(&self, id: &str) -> Name {
        Name { id: id.to_owned(), name: name_of(self.inventory, self.plan, id) }
    }

    fn figure(&self, stated: &plan::Indicator) -> Option<Figure> {
        let standing = self.plan.standing(&stated.id, self.evidence, self.report.as_of)?;
        let reported = self.report.figures.iter().find(|figure| figure.indicator == *stated.id);
        let mut gaps = Vec::new();
        let mut private_gaps = 0;
        for gap in &standing.amount.gaps {
            if self.is_person(gap) {
                private_gaps += 1;
            } else {
                gaps.push(self.named(gap));
            }
        }
        Some(Figure {
            id: stated.id.to_string(),
            name: stated.name.clone(),
            unit: stated.unit.to_string(),
            base: stated.base.as_ref().map(|base| (base.value.to_string(), base.year)),
            goal: plan_report::Goal {
                value: stated.goal_value().map(|goal| number(&goal.to_rational())),
                rule: match stated.goal.rule {
                    GoalRule::AtLeast => "at-least",
                    GoalRule::AtMost => "at-most",
                    GoalRule::Rising => "rising",
                    GoalRule::Vision => "vision",
                },
                year: stated.goal.year,
                is_year_inferred: stated.goal.inferred,
            },
            measure: stated.measure.as_ref().map(|measure| measure.to_string()),
            definition: confidence(stated.definition),
            standing: Standing {
                value: standing.value.as_ref().map(number),
                status: standing.status.code(),
                base_without_evidence: standing.base_without_evidence.as_ref().map(number),
                planned_pace: standing.planned_pace.as_ref().map(number),
                required_pace: standing.required_pace.as_ref().map(number),
                achieved_pace: standing.achieved_pace.as_ref().map(number),
                forecast: standing.forecast.map(|band| Forecast {
                    expected: band.expected,
                    low: band.low,
                    high: band.high,
                }),
                yearly: standing.yearly.iter().map(|(year, value)| (*year, number(value))).collect(),
                statements: reported.map_or(0, |figure| figure.evidence),
                gaps,
                private_gaps,
            },
            quotes: stated.quotes.iter().map(quote).collect(),
        })
    }

    /// The facts that the figures rest on, in the order of the evidence, and how many of each kind are about people.
    fn facts(&self) -> (Vec<Fact>, Vec<plan_report::Withheld>) {
        let mut used: BTreeMap<usize, Vec<String>> = BTreeMap::new();
        for stated in &self.plan.indicators {
            for place in self.plan.witnesses(&stated.id, self.evidence, self.report.as_of) {
                used.entry(place).or_default().push(stated.id.to_string());
            }
        }
        let mut facts = Vec::new();
        let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
        for (place, indicators) in used {
            let Some(fact) = self.evidence.facts().get(place) else { continue };
            if self.is_private(fact) {
                *counted.entry(fact.kind.as_str()).or_default() += 1;
                continue;
            }
            facts.push(Fact {
                kind: fact.kind.clone(),
                subject: self.named(&fact.subject),
                district: fact.district.clone(),
                from: fact.from,
                through: fact.until,
                words: fact.words.clone(),
                numbers: fact.numbers.iter().map(|(name, number)| (name.clone(), number.to_string())).collect(),
                indicators,
                statements: fact.statements().collect::<BTreeSet<_>>().into_iter().map(str::to_owned).collect(),
            });
        }
        let named = |kind: &str| self.plan.evidence.iter().find(|one| *one.id == *kind).map(|one| one.name.clone());
        let withheld = counted.into_iter().map(|(kind, facts)| plan_report::Withheld {
            kind: kind.to_owned(),
            name: named(kind).unwrap_or_default(),
            facts,
        });
        (facts, withheld.collect())
    }

    /// Whether a fact is about a person, or names one.
    fn is_private(&self, fact: &plan::Fact) -> bool {
        let names_one = |word: &String| self.is_person(word);
        fact.kind == PEOPLE || self.is_person(&fact.subject) || fact.words.values().flatten().any(names_one)
    }
}

fn number(exact: &BigRational) -> Number {
    Number { exact: exact.to_string(), value: rational_to_f64(exact), shown: shown(exact).to_string() }
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Read => "read",
        Confidence::Secondary => "secondary",
        Confidence::Unverified => "unverified",
    }
}

fn quote(quote: &plan::Quote) -> plan_report::Quote {
    plan_report::Quote {
        document: quote.document.to_string(),
        section: quote.section.to_string(),
        text: quote.reads.clone().unwrap_or_else(|| quote.text.to_string()),
    }
}

fn source(document: &plan::Document) -> plan_report::Source {
    plan_report::Source {
        id: document.id.to_string(),
        title: document.title.clone(),
        number: document.number.clone(),
        date: document.date,
        sha256: document.sha256.to_string(),
    }
}

fn row(plan: &Plan, row: &plan::Row) -> Row {
    let service = row.service.as_ref().and_then(|service| plan.service(service));
    let mut duties: Vec<_> = row.quotes.iter().flat_map(|quote| plan.responsible(quote)).collect();
    duties.sort_by(|one, two| (one.part, &one.body).cmp(&(two.part, &two.body)));
    duties.dedup();
    Row {
        id: row.id.to_string(),
        asks: row.asks.clone(),
        served: Served {
            kind: service.map_or("not-yet", |service| service.kind.code()),
            extent: service.and_then(|service| service.extent).map(|extent| match extent {
                Extent::Whole => "whole",
                Extent::Part => "part",
            }),
            place: service.and_then(|service| service.place.clone()),
            why: service.map(|service| service.why.clone()).unwrap_or_default(),
        },
        confidence: confidence(row.confidence),
        duties: duties.into_iter().map(|duty| (duty.body, duty.part.code())).collect(),
        quotes: row.quotes.iter().map(quote).collect(),
    }
}

fn conflict(conflict: &plan::Conflict) -> plan_report::Conflict {
    let pairs = conflict.pairs.iter().flat_map(|(one, two)| [one, two]);
    plan_report::Conflict {
        id: conflict.id.to_string(),
        name: conflict.name.clone(),
        indicators: conflict.indicators.iter().chain(pairs).map(|id| id.to_string()).collect(),
        places: conflict.places.iter().map(quote).collect(),
    }
}
