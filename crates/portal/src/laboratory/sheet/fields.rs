//! The fields of a sheet: the day, the place and the surroundings; the standards; the cells of the rows.

use heng_quantity::Finding;
use heng_rule::rule::{Column, Item};
use heng_rule::{Cell, Confidence, Row, Rule};
use heng_supervision::gates::valid_standards;
use heng_supervision::sheet::{
    EVALUATIONS, Heading, asks_for_end, evaluation_field, factor_field, field, freedom_field, spread_field, with_unit,
};

use super::bench::standard_field;
use super::view::Drawing;
use crate::frame::one_of;
use crate::laboratory::refusal::clause;

/// One field.
pub(super) struct FieldView {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: String,
    /// The choices, each with its word; none for a free field.
    pub(super) choices: Vec<(String, String)>,
    pub(super) is_number: bool,
    /// The symbol that stands in it while it is blank.
    pub(super) hint: &'static str,
    /// Why it cannot be taken as it was typed.
    pub(super) wrong: Option<String>,
    /// What is asked about it; it is taken all the same.
    pub(super) question: Option<String>,
    /// The fields beside it that say how well its value is known.
    pub(super) beside: Vec<FieldView>,
}

/// A standard that may be ticked.
pub(super) struct StandardView {
    pub(super) field: String,
    pub(super) name: String,
    pub(super) number: String,
    pub(super) through: String,
    /// Where its certificate does not reach the day: what forbids it, and whether nobody has read that.
    pub(super) lapsed: Option<(String, bool)>,
    /// Where it can be calibrated again.
    pub(super) calibrate: Option<String>,
    pub(super) is_chosen: bool,
}

impl Drawing<'_> {
    fn said(&self, findings: &[(String, Finding)], name: &str) -> Option<String> {
        let (_, finding) = findings.iter().find(|(field, _)| field == name)?;
        Some(self.words.finding(&finding.code, &finding.data))
    }

    fn field(&self, name: String, label: String, value: String) -> FieldView {
        let value = self.bench.draft.values.get(&name).cloned().unwrap_or(value);
        FieldView {
            wrong: self.said(&self.bench.read.findings, &name),
            question: self.said(&self.bench.questions, &name),
            name,
            label,
            value,
            choices: Vec::new(),
            is_number: false,
            hint: "",
            beside: Vec::new(),
        }
    }

    /// The day, the place, the surroundings.
    pub(super) fn heading(&self) -> Vec<FieldView> {
        let language = self.words.language();
        let heading = &self.bench.heading;
        let place = one_of(&heading.place, language).to_owned();
        let mut fields = vec![
            self.field("performed_on".to_owned(), self.say("sheet-day"), heading.today.to_string()),
            self.field("place".to_owned(), self.say("sheet-place"), place),
        ];
        if self.bench.rule().is_some_and(asks_for_end) {
            fields.push(self.field("recalibrate_by".to_owned(), self.say("sheet-end"), String::new()));
        }
        for condition in self.bench.rule().into_iter().flat_map(|rule| rule.surroundings()) {
            let label = format!("{} / {}", one_of(&condition.label, language), condition.unit.symbol());
            let field = self.field(format!("environment.{}", condition.name), label, String::new());
            fields.push(FieldView { is_number: true, ..field });
        }
        fields.push(self.field("remark".to_owned(), self.say("sheet-remark"), String::new()));
        fields
    }

    /// The instrument as it is registered, with what the rule must know of it.
    pub(super) fn described(&self, rule: &Rule) -> Vec<(String, String)> {
        let language = self.words.language();
        let Heading { instrument, client, .. } = &self.bench.heading;
        let mut facts = vec![
            (self.say("term-model"), instrument.model.clone()),
            (self.say("term-serial"), instrument.serial.clone()),
            (self.say("term-manufacturer"), one_of(&instrument.manufacturer, language).to_owned()),
            (self.say("term-client"), one_of(&client.name, language).to_owned()),
        ];
        for wanted in rule.characteristics() {
            let value = match instrument.characteristics.get(&wanted.name) {
                Some(Cell::Quantity(stated)) => stated.value_text(),
                Some(Cell::Text(word)) => word.clone(),
                Some(Cell::Flag(flag)) => self.say(if *flag { "sheet-yes" } else { "sheet-no" }),
                _ => continue,
            };
            facts.push((one_of(&wanted.label, language).to_owned(), value));
        }
        facts
    }

    pub(super) fn standards(&self) -> Vec<StandardView> {
        let through = |day: jiff::civil::Date| self.words.say("sheet-through", &[("day", &day.to_string())]);
        self.bench
            .choices
            .iter()
            .map(|choice| StandardView {
                field: standard_field(&choice.id),
                name: one_of(&choice.name, self.words.language()).to_owned(),
                number: choice.number.clone(),
                through: choice.through.map(through).unwrap_or_default(),
                lapsed: choice.has_lapsed.then(|| {
                    let citation = valid_standards();
                    let is_unread = citation.is_some_and(|citation| citation.confidence != Confidence::Read);
                    (citation.map(clause).unwrap_or_default(), is_unread)
                }),
                calibrate: choice.calibrate.clone(),
                is_chosen: choice.is_chosen,
            })
            .collect()
    }

    pub(super) fn head(&self, column: &Column) -> String {
        let label = one_of(&column.label, self.words.language());
        let symbol = column.symbol.as_ref().map(|symbol| format!(" {symbol}")).unwrap_or_default();
        match &column.unit {
            Some(unit) => format!("{label}{symbol} / {}", unit.symbol()),
            None => format!("{label}{symbol}"),
        }
    }

    /// The fields of one row. What the rule demands stands there already, and what the certificates of the standards say at its place.
    pub(super) fn row(
        &self,
        rule: &Rule,
        item: &Item,
        number: usize,
        demanded: Option<&super::Fields>,
    ) -> Vec<FieldView> {
        let begun = self.bench.read.begun.get(&item.name).and_then(|rows| rows.get(&number));
        let blank = Row::new();
        let certified = rule.certified(&self.bench.read.record, item, begun.unwrap_or(&blank), &self.bench.facts);
        let cell = |column: &Column| {
            let demanded = demanded.and_then(|row| row.get(&column.name)).cloned();
            let certified = || {
                let stated = certified.get(&column.name)?;
                match &column.unit {
                    Some(unit) => stated.converted_to(unit).ok().map(|stated| stated.value.to_string()),
                    None => Some(with_unit(stated)),
                }
            };
            self.cell((rule, item), column, number, demanded.or_else(certified).unwrap_or_default())
        };
        item.column.iter().map(cell).collect()
    }

    fn cell(&self, (rule, item): (&Rule, &Item), column: &Column, number: usize, set: String) -> FieldView {
        let label = format!("{} {number} · {}", one_of(&item.title, self.words.language()), self.head(column));
        let mut view = self.field(field(&item.name, number, &column.name), label, set);
        view.is_number = rule.holds_quantities(item, column);
        if rule.is_evaluated(item, column) {
            view.beside = self.evaluation(&view);
        }
        if !view.is_number {
            if item.result.is_none() && column.words.is_empty() {
                view.choices = ["yes", "no"].map(|one| (one.to_owned(), self.say(&format!("sheet-{one}")))).into();
            } else {
                view.choices = column.words.iter().map(|word| (word.clone(), word.clone())).collect();
            }
        }
        view
    }

    /// How well a value is known: a number, and what it is.
    fn evaluation(&self, value: &FieldView) -> Vec<FieldView> {
        let label = |code: &str| self.words.say(code, &[("field", &value.label)]);
        let spread = self.field(spread_field(&value.name), label("sheet-spread"), String::new());
        let mut kind = self.field(evaluation_field(&value.name), label("sheet-spread-kind"), String::new());
        kind.choices = EVALUATIONS.map(|code| (code.to_owned(), self.say(&format!("sheet-spread-{code}")))).into();
        let factor = self.field(factor_field(&value.name), label("sheet-spread-factor"), String::new());
        let factor = FieldView { hint: "k", is_number: true, ..factor };
        let freedom = self.field(freedom_field(&value.name), label("sheet-spread-freedom"), String::new());
        let freedom = FieldView { hint: "ν", is_number: true, ..freedom };
        vec![FieldView { is_number: true, hint: "±", ..spread }, kind, factor, freedom]
    }
}
