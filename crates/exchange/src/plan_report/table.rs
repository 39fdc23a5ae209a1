//! The content as tables, one for each kind of thing, with exactly the public fields.

use super::content::{Content, Fact, Figure, Number, Quote, Row};
use super::fields::public;

/// Which table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// One row an indicator.
    Figures,
    /// One row an indicator and year.
    Years,
    /// One row a fact.
    Evidence,
    /// What is counted and not shown.
    Counted,
    /// One row a thing that is asked for.
    Rows,
}

impl Which {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Figures, Self::Years, Self::Evidence, Self::Counted, Self::Rows];

    /// Its name in files and in the locale files.
    pub fn code(self) -> &'static str {
        match self {
            Self::Figures => "figures",
            Self::Years => "years",
            Self::Evidence => "evidence",
            Self::Counted => "counted",
            Self::Rows => "rows",
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Words.
    Text(String),
    /// A number.
    Number(f64),
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Which.
    pub which: Which,
    /// The names of its columns: the public fields.
    pub columns: Vec<&'static str>,
    /// Its rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table of a report.
    pub fn of(content: &Content, which: Which) -> Self {
        let columns: Vec<&'static str> = public(which).map(|field| field.name).collect();
        let each = |cell: &dyn Fn(&str) -> Cell| columns.iter().map(|name| cell(name)).collect::<Vec<_>>();
        let rows = match which {
            Which::Figures => {
                content.figures.iter().map(|figure| each(&|name| figure_cell(content, figure, name))).collect()
            }
            Which::Years => {
                let years = content
                    .figures
                    .iter()
                    .flat_map(|figure| figure.standing.yearly.iter().map(move |(year, value)| (figure, *year, value)));
                years.map(|(figure, year, value)| each(&|name| year_cell(figure, year, value, name))).collect()
            }
            Which::Evidence => content.facts.iter().map(|fact| each(&|name| fact_cell(fact, name))).collect(),
            Which::Counted => {
                let cell = |one: &super::Withheld, name: &str| match name {
                    "kind" => text(&one.kind),
                    "name_zh" => text(&one.name.zh),
                    "name_en" => text(&one.name.en),
                    "facts" => count(one.facts),
                    _ => Cell::Empty,
                };
                content.withheld.iter().map(|one| each(&|name| cell(one, name))).collect()
            }
            Which::Rows => content.rows.iter().map(|row| each(&|name| row_cell(row, name))).collect(),
        };
        Self { which, columns, rows }
    }
}

fn text(words: &str) -> Cell {
    if words.is_empty() { Cell::Empty } else { Cell::Text(words.to_owned()) }
}

fn some(words: Option<&str>) -> Cell {
    words.map_or(Cell::Empty, text)
}

fn count(number: usize) -> Cell {
    Cell::Number(u32::try_from(number).map_or(f64::INFINITY, f64::from))
}

fn exact(number: Option<&Number>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Text(number.exact.clone()))
}

fn value(number: Option<&Number>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Number(number.value))
}

fn year(year: Option<i16>) -> Cell {
    year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year)))
}

/// What stands in the fields that quotes fill; several quotes stand one below the other.
fn quoted(quotes: &[Quote], name: &str) -> Cell {
    let of = |quote: &Quote| match name {
        "document" => quote.document.clone(),
        "section" => quote.section.clone(),
        _ => quote.text.clone(),
    };
    text(&quotes.iter().map(of).collect::<Vec<_>>().join("\n"))
}

fn figure_cell(content: &Content, figure: &Figure, name: &str) -> Cell {
    let standing = &figure.standing;
    let heading = standing.forecast;
    match name {
        "indicator" => text(&figure.id),
        "name_zh" => text(&figure.name.zh),
        "name_en" => text(&figure.name.en),
        "unit" => text(&figure.unit),
        "exact_value" => exact(standing.value.as_ref()),
        "value" => value(standing.value.as_ref()),
        "status" => text(standing.status),
        "goal_rule" => text(figure.goal.rule),
        "goal" => value(figure.goal.value.as_ref()),
        "goal_year" => year(figure.goal.year),
        "goal_year_inferred" => text(if figure.goal.is_year_inferred { "yes" } else { "no" }),
        "base" => some(figure.base.as_ref().map(|(base, _)| base.as_str())),
        "base_year" => year(figure.base.as_ref().map(|(_, year)| *year)),
        "exact_base_without_evidence" => exact(standing.base_without_evidence.as_ref()),
        "base_without_evidence" => value(standing.base_without_evidence.as_ref()),
        "exact_planned_pace" => exact(standing.planned_pace.as_ref()),
        "planned_pace" => value(standing.planned_pace.as_ref()),
        "exact_required_pace" => exact(standing.required_pace.as_ref()),
        "required_pace" => value(standing.required_pace.as_ref()),
        "exact_achieved_pace" => exact(standing.achieved_pace.as_ref()),
        "achieved_pace" => value(standing.achieved_pace.as_ref()),
        "forecast" => heading.map_or(Cell::Empty, |band| Cell::Number(band.expected)),
        "forecast_low" => heading.map_or(Cell::Empty, |band| Cell::Number(band.low)),
        "forecast_high" => heading.map_or(Cell::Empty, |band| Cell::Number(band.high)),
        "gaps" => count(standing.gaps.len() + standing.private_gaps),
        "measure" => some(figure.measure.as_deref()),
        "definition" => text(figure.definition),
        "document" | "section" | "quote" => quoted(&figure.quotes, name),
        "statements" => Cell::Number(f64::from(standing.statements)),
        "as_of" => text(&content.as_of.to_string()),
        "plan_statement" => text(&content.published_by),
        "tree_size" => count(usize::try_from(content.tree_size).unwrap_or(usize::MAX)),
        "root" => text(&content.root),
        _ => Cell::Empty,
    }
}

fn year_cell(figure: &Figure, of: i16, number: &Number, name: &str) -> Cell {
    match name {
        "indicator" => text(&figure.id),
        "year" => year(Some(of)),
        "exact_value" => exact(Some(number)),
        "value" => value(Some(number)),
        "unit" => text(&figure.unit),
        _ => Cell::Empty,
    }
}

fn fact_cell(fact: &Fact, name: &str) -> Cell {
    let named = fact.subject.name.as_ref();
    match name {
        "kind" => text(&fact.kind),
        "subject" => text(&fact.subject.id),
        "name_zh" => some(named.map(|name| name.zh.as_str())),
        "name_en" => some(named.map(|name| name.en.as_str())),
        "district" => some(fact.district.as_deref()),
        "from" => text(&fact.from.to_string()),
        "through" => some(fact.through.map(|day| day.to_string()).as_deref()),
        "words" => {
            let each = fact.words.iter().map(|(name, words)| format!("{name}={}", words.join("|")));
            text(&each.collect::<Vec<_>>().join("; "))
        }
        "numbers" => {
            let each = fact.numbers.iter().map(|(name, number)| format!("{name}={number}"));
            text(&each.collect::<Vec<_>>().join("; "))
        }
        "indicators" => text(&fact.indicators.join(" ")),
        "statements" => text(&fact.statements.join(" ")),
        _ => Cell::Empty,
    }
}

fn row_cell(row: &Row, name: &str) -> Cell {
    match name {
        "row" => text(&row.id),
        "asks_zh" => text(&row.asks.zh),
        "asks_en" => text(&row.asks.en),
        "service" => text(row.served.kind),
        "extent" => some(row.served.extent),
        "where" => some(row.served.place.as_deref()),
        "why_zh" => text(&row.served.why.zh),
        "why_en" => text(&row.served.why.en),
        "confidence" => text(row.confidence),
        "departments" => {
            let each = row.duties.iter().map(|(body, part)| format!("{body}={part}"));
            text(&each.collect::<Vec<_>>().join("; "))
        }
        "document" | "section" | "quote" => quoted(&row.quotes, name),
        _ => Cell::Empty,
    }
}
