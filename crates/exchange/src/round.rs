//! What a coordinator and a laboratory write for a comparison round: the announcement `heng-round/1` and a result `heng-round-result/1`, as TOML.

use std::ops::Range;

use heng_quantity::{Decimal, Finding, Position, Reported, Uncertainty, Unit, text};
use heng_rule::Words;
use heng_statement::round::{
    Announcement, ComparisonItem, ItemValue, NamesPublished, Participant, Protocol, RoundResult,
};
use jiff::civil::Date;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::value::Datetime;

const ANNOUNCEMENT: &str = "heng-round/1";
const RESULT: &str = "heng-round-result/1";

/// A document larger than that is no announcement and no result.
const MOST_BYTES: usize = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnnouncementText {
    format: Spanned<String>,
    number: String,
    title: WordsText,
    pilot: String,
    quantity: WordsText,
    unit: Spanned<String>,
    items: Vec<ItemText>,
    participants: Vec<Participant>,
    protocol: ProtocolText,
    seal_by: Spanned<DayText>,
    open_by: Spanned<DayText>,
    report_by: Spanned<DayText>,
    follow_up_by: Spanned<DayText>,
    names: NamesPublished,
    #[serde(default)]
    synthetic: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemText {
    thing: String,
    name: WordsText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProtocolText {
    norm: String,
    reference: String,
    scores: Vec<String>,
    standard_deviation: Option<Spanned<String>>,
    standard_deviation_method: Option<String>,
    maximum_error: Option<Spanned<String>>,
    coverage_factor: Spanned<String>,
    coverage_probability: Spanned<String>,
    significance: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ResultText {
    format: Spanned<String>,
    measured_on: Spanned<DayText>,
    values: Vec<Spanned<ValueText>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ValueText {
    item: String,
    value: Spanned<String>,
    standard_uncertainty: Option<Spanned<String>>,
    expanded_uncertainty: Option<Spanned<String>>,
    coverage_factor: Option<Spanned<String>>,
    coverage_probability: Option<Spanned<String>>,
    degrees_of_freedom: Option<Spanned<String>>,
}

/// A text in one language stands in both.
#[derive(Deserialize)]
#[serde(untagged)]
enum WordsText {
    Both(Words),
    One(String),
}

impl From<WordsText> for Words {
    fn from(text: WordsText) -> Self {
        match text {
            WordsText::Both(words) => words,
            WordsText::One(text) => Self { zh: text.clone(), en: text },
        }
    }
}

/// A day as a date of TOML or as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum DayText {
    Toml(Datetime),
    Text(String),
}

/// Reads an announcement. Nothing is guessed: where there is a finding there is no announcement. Whether a round can be held so is another
/// question.
pub fn read_announcement(bytes: &[u8]) -> Result<Announcement, Vec<Finding>> {
    let mut reading = Reading::new(bytes)?;
    let stated: AnnouncementText = reading.document()?;
    reading.format(&stated.format, ANNOUNCEMENT);
    let unit = reading.unit(&stated.unit);
    let [seal_by, open_by, report_by, follow_up_by] =
        [&stated.seal_by, &stated.open_by, &stated.report_by, &stated.follow_up_by].map(|day| reading.day(day));
    let protocol = stated.protocol;
    let [coverage_factor, coverage_probability, significance] =
        [&protocol.coverage_factor, &protocol.coverage_probability, &protocol.significance]
            .map(|number| reading.number(number));
    let standard_deviation = protocol.standard_deviation.as_ref().and_then(|stated| reading.quantity(stated));
    let maximum_error = protocol.maximum_error.as_ref().and_then(|stated| reading.quantity(stated));
    let announcement = (|| {
        Some(Announcement {
            number: stated.number,
            title: stated.title.into(),
            pilot: stated.pilot,
            quantity: stated.quantity.into(),
            unit: unit?,
            items: stated
                .items
                .into_iter()
                .map(|item| ComparisonItem { thing: item.thing, name: item.name.into() })
                .collect(),
            participants: stated.participants,
            protocol: Protocol {
                norm: protocol.norm,
                reference: protocol.reference,
                scores: protocol.scores,
                standard_deviation,
                standard_deviation_method: protocol.standard_deviation_method,
                maximum_error,
                coverage_factor: coverage_factor?,
                coverage_probability: coverage_probability?,
                significance: significance?,
            },
            seal_by: seal_by?,
            open_by: open_by?,
            report_by: report_by?,
            follow_up_by: follow_up_by?,
            names: stated.names,
            synthetic: stated.synthetic,
        })
    })();
    reading.whole(announcement)
}

/// Reads a result. Where there is a finding there is no result.
///
/// ```
/// let result = heng_exchange::round::read_result(br#"
/// format = "heng-round-result/1"
/// measured_on = 2026-05-20
///
/// [[values]]
/// item = "thing:weight:1"
/// value = "1.02 mg"
/// expanded_uncertainty = "300 ug"
/// coverage_factor = "2"
/// coverage_probability = "0.95"
/// "#);
/// assert_eq!(result.unwrap_err()[0].code, "unit-misspelt");
/// ```
pub fn read_result(bytes: &[u8]) -> Result<RoundResult, Vec<Finding>> {
    let mut reading = Reading::new(bytes)?;
    let stated: ResultText = reading.document()?;
    reading.format(&stated.format, RESULT);
    let measured_on = reading.day(&stated.measured_on);
    let values: Vec<Option<ItemValue>> = stated.values.iter().map(|value| reading.value(value)).collect();
    let result =
        (|| Some(RoundResult { measured_on: measured_on?, values: values.into_iter().collect::<Option<_>>()? }))();
    reading.whole(result)
}

/// What a laboratory states of one item, part by part, as people type it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedValue<'a> {
    /// The value with its unit.
    pub value: &'a str,
    /// U with its unit.
    pub expanded_uncertainty: &'a str,
    /// k.
    pub coverage_factor: &'a str,
    /// p.
    pub coverage_probability: &'a str,
}

impl TypedValue<'_> {
    /// The value as it is sealed. Each finding beside the part it is about, counted from 0.
    pub fn read(&self) -> Result<Reported, Vec<(usize, Finding)>> {
        let value = text::parse(self.value).map_err(|finding| (0, finding));
        let expanded = text::parse(self.expanded_uncertainty).map_err(|finding| (1, finding));
        let number = |place: usize, typed: &str| {
            let read = typed.trim().parse::<Decimal>().ok();
            read.ok_or_else(|| (place, Finding::error("round-file-number").with("text", typed)))
        };
        let factor = number(2, self.coverage_factor);
        let probability = number(3, self.coverage_probability);
        match (value, expanded, factor, probability) {
            (Ok(value), Ok(expanded), Ok(coverage_factor), Ok(coverage_probability)) => {
                let unit = value.unit.of_difference();
                let expanded = expanded.converted_to(&unit).map_err(|_| vec![(1, mismatch(&expanded, &unit))])?;
                let uncertainty = Uncertainty::Expanded {
                    value: expanded.value,
                    coverage_factor,
                    coverage_probability,
                    distribution: None,
                };
                Ok(Reported { uncertainty: Some(uncertainty), ..value })
            }
            (value, expanded, factor, probability) => {
                let findings = [value.err(), expanded.err(), factor.err(), probability.err()];
                Err(findings.into_iter().flatten().collect())
            }
        }
    }
}

fn mismatch(stated: &Reported, unit: &Unit) -> Finding {
    Finding::error("round-file-uncertainty-unit").with("stated", stated.unit.symbol()).with("unit", unit.symbol())
}

/// The document being read, with what was found so far.
struct Reading<'a> {
    text: &'a str,
    findings: Vec<Finding>,
}

impl<'a> Reading<'a> {
    fn new(bytes: &'a [u8]) -> Result<Self, Vec<Finding>> {
        let unreadable = |reason: &str| vec![Finding::error("round-file-unreadable").with("reason", reason)];
        if bytes.len() > MOST_BYTES {
            return Err(unreadable("larger than 1 MiB"));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = std::str::from_utf8(bytes).map_err(|error| unreadable(&error.to_string()))?;
        Ok(Self { text, findings: Vec::new() })
    }

    fn document<T: DeserializeOwned>(&self) -> Result<T, Vec<Finding>> {
        toml::from_str(self.text).map_err(|error| {
            let finding = Finding::error("round-file-unreadable").with("reason", error.message());
            vec![match error.span() {
                Some(span) => finding.at(self.position(span.start)),
                None => finding,
            }]
        })
    }

    fn whole<T>(self, read: Option<T>) -> Result<T, Vec<Finding>> {
        match read {
            Some(read) if self.findings.is_empty() => Ok(read),
            _ => Err(self.findings),
        }
    }

    fn add(&mut self, finding: Finding, span: Range<usize>) {
        let position = self.position(span.start);
        self.findings.push(finding.at(position));
    }

    fn format(&mut self, stated: &Spanned<String>, expected: &str) {
        if stated.get_ref() != expected {
            self.add(Finding::error("round-file-format").with("format", expected), stated.span());
        }
    }

    fn unit(&mut self, stated: &Spanned<String>) -> Option<Unit> {
        text::unit(stated.get_ref()).map_err(|finding| self.add(finding, stated.span())).ok()
    }

    fn quantity(&mut self, stated: &Spanned<String>) -> Option<Reported> {
        text::parse(stated.get_ref()).map_err(|finding| self.add(finding, stated.span())).ok()
    }

    fn number(&mut self, stated: &Spanned<String>) -> Option<Decimal> {
        let read = stated.get_ref().trim().parse().ok();
        if read.is_none() {
            self.add(Finding::error("round-file-number").with("text", stated.get_ref()), stated.span());
        }
        read
    }

    fn day(&mut self, stated: &Spanned<DayText>) -> Option<Date> {
        let text = match stated.get_ref() {
            DayText::Toml(day) => day.to_string(),
            DayText::Text(text) => text.clone(),
        };
        let day = text.parse().ok();
        if day.is_none() {
            self.add(Finding::error("round-file-day").with("text", text), stated.span());
        }
        day
    }

    fn value(&mut self, stated: &Spanned<ValueText>) -> Option<ItemValue> {
        let text = stated.get_ref();
        let value = self.quantity(&text.value)?;
        let uncertainty = self.uncertainty(text, stated.span(), &value.unit.of_difference())?;
        let degrees_of_freedom = match &text.degrees_of_freedom {
            Some(stated) => Some(self.number(stated)?),
            None => None,
        };
        let value = Reported { uncertainty: Some(uncertainty), ..value };
        Some(ItemValue { item: text.item.clone(), value, degrees_of_freedom })
    }

    /// Either u, or U with k and p.
    fn uncertainty(&mut self, stated: &ValueText, place: Range<usize>, unit: &Unit) -> Option<Uncertainty> {
        let ValueText { standard_uncertainty, expanded_uncertainty, coverage_factor, coverage_probability, .. } =
            stated;
        match (standard_uncertainty, expanded_uncertainty, coverage_factor, coverage_probability) {
            (Some(u), None, None, None) => {
                Some(Uncertainty::Standard { value: self.of_unit(u, unit)?, distribution: None })
            }
            (None, Some(expanded), Some(factor), Some(probability)) => Some(Uncertainty::Expanded {
                value: self.of_unit(expanded, unit)?,
                coverage_factor: self.number(factor)?,
                coverage_probability: self.number(probability)?,
                distribution: None,
            }),
            _ => {
                self.add(Finding::error("round-file-uncertainty").with("item", &stated.item), place);
                None
            }
        }
    }

    fn of_unit(&mut self, stated: &Spanned<String>, unit: &Unit) -> Option<Decimal> {
        let read = self.quantity(stated)?;
        match read.converted_to(unit) {
            Ok(converted) => Some(converted.value),
            Err(_) => {
                self.add(mismatch(&read, unit), stated.span());
                None
            }
        }
    }

    fn position(&self, offset: usize) -> Position {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Position { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
    }
}
