//! The page of districts: the matrix of kinds, of one kind the matrix of keepers, and the list that a cell opens to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_rule::{RuleSet, Words};
use heng_view::Condition;
use serde::Deserialize;

use super::matrix::{Axes, Count, Matrix, matrix};
use crate::access::{Action, Matter, refused};
use crate::facts::listing::{Listed, listed, sort};
use crate::frame::{Frame, Place, html};
use crate::listing::{Row, condition, rows};
use crate::matrix_cell::Shown;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// A list longer than this is cut, and said to be.
const SHOWN: usize = 60;

/// Which cell.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Cell {
    #[serde(default)]
    pub(crate) district: String,
    #[serde(default)]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) keeper: String,
    #[serde(default)]
    pub(crate) condition: String,
    /// `keeper` for the matrix of those who keep instruments of the kind.
    #[serde(default)]
    pub(crate) by: String,
    /// `other` for the instruments that nothing says must be verified; else those that must be.
    #[serde(default)]
    pub(crate) obligation: String,
}

impl Cell {
    fn is_of_others(&self) -> bool {
        self.obligation == "other"
    }

    /// How the instruments are divided.
    pub(crate) fn axes(&self) -> Axes<'_> {
        if self.by == "keeper" && !self.kind.is_empty() {
            Axes::KeepersByDistrict(&self.kind)
        } else {
            Axes::DistrictsByKind
        }
    }
}

struct List {
    title: String,
    said: String,
    rows: Vec<Row>,
    choices: Vec<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "districts.html")]
struct DistrictsPage<'a> {
    frame: &'a Frame<'a>,
    day: String,
    total: Count,
    missing: usize,
    others: usize,
    /// Where the others are listed, for whom that is allowed.
    to_others: Option<&'static str>,
    /// Of which kind the keepers are shown; nothing where kinds are.
    keepers_of: Option<String>,
    /// The names of the columns, and where each leads.
    columns: Vec<(String, Option<String>)>,
    rows: Vec<(String, Vec<Shown>, Shown)>,
    totals: Vec<Shown>,
    all: Shown,
    list: Option<List>,
}

/// `/districts`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(cell): Query<Cell>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let own = visit.person().map(|person| person.districts.clone());
        let own = own.ok_or_else(|| refused(&visit, Action::EnterDistricts))?;
        let on = portal.today();
        let axes = cell.axes();
        let inventory = portal.inventory()?;
        let counted = matrix(&inventory, portal.catalogue(), on, axes);
        let keepers = keepers(portal, &visit, &counted, axes)?;
        drop(inventory);
        let instruments = instruments(portal, &visit, &cell, &own)?;
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Districts, words.say("district-title", &[]));
        let desk = portal.desk()?;
        let drawing = Drawing { frame: &frame, own: &own, cell: &cell, axes, keepers, rules: desk.rules() };
        Ok(html(&DistrictsPage {
            day: on.to_string(),
            total: counted.total,
            missing: counted.total.all - counted.total.in_time,
            others: counted.others,
            to_others: (!own.is_empty() && counted.others > 0).then_some("/districts?obligation=other#list"),
            keepers_of: match axes {
                Axes::KeepersByDistrict(kind) => Some(drawing.kind(kind)),
                Axes::DistrictsByKind => None,
            },
            columns: counted.columns.iter().map(|column| drawing.column(column)).collect(),
            rows: drawing.rows(&counted),
            totals: drawing.cells("", &counted.columns, &counted.totals),
            all: drawing.cell("", "", counted.total),
            list: instruments.map(|instruments| drawing.list(&instruments)),
            frame: &frame,
        }))
    })
    .await
}

/// The instruments of a cell, the worst first; nothing where no cell is asked for.
pub(crate) fn instruments(
    portal: &Portal,
    visit: &Visit,
    cell: &Cell,
    own: &BTreeSet<String>,
) -> Result<Option<Vec<Listed>>, Problem> {
    // The kind of which the keepers are shown is no cell.
    let kind = Some(&cell.kind).filter(|_| cell.axes() == Axes::DistrictsByKind);
    let asked = [&cell.district, &cell.keeper, &cell.condition, &cell.obligation].into_iter().chain(kind);
    if !asked.into_iter().any(|asked| !asked.is_empty()) {
        return Ok(None);
    }
    let districts = if cell.district.is_empty() { own.clone() } else { [cell.district.clone()].into() };
    for district in &districts {
        let matter = Matter { district: Some(district.clone()), ..Matter::default() };
        portal.require(visit, Action::ReadDistrict, &matter)?;
    }
    let inventory = portal.inventory()?;
    let on = portal.today();
    let mut found: Vec<Listed> = districts
        .iter()
        .flat_map(|district| inventory.of_district(district))
        .filter_map(|(id, thing)| listed(&inventory, portal.catalogue(), id, thing, on))
        .filter(|one| one.obligation.is_mandatory() != cell.is_of_others())
        .filter(|one| cell.kind.is_empty() || one.kind == cell.kind)
        .filter(|one| cell.keeper.is_empty() || one.keeper == cell.keeper)
        .filter(|one| cell.condition.is_empty() || one.condition.code() == cell.condition)
        .collect();
    sort(&mut found);
    Ok(Some(found))
}

/// The names of those who keep what is counted, as far as the visitor may know them.
fn keepers(
    portal: &Portal,
    visit: &Visit,
    counted: &Matrix,
    axes: Axes<'_>,
) -> Result<BTreeMap<String, Words>, Problem> {
    if axes == Axes::DistrictsByKind {
        return Ok(BTreeMap::new());
    }
    let known = counted.rows.iter().map(|(id, ..)| Ok((id.clone(), portal.known_as(visit, id)?.name)));
    let known = known.collect::<Result<Vec<_>, Problem>>()?;
    Ok(known.into_iter().filter_map(|(id, name)| Some((id, name?))).collect())
}

struct Drawing<'a> {
    frame: &'a Frame<'a>,
    own: &'a BTreeSet<String>,
    cell: &'a Cell,
    axes: Axes<'a>,
    keepers: BTreeMap<String, Words>,
    rules: &'a RuleSet,
}

impl Drawing<'_> {
    fn kind(&self, kind: &str) -> String {
        self.frame.say(&if kind.is_empty() { "district-all-kinds".to_owned() } else { format!("kind-{kind}") })
    }

    fn district(&self, code: &str) -> String {
        self.frame.say(&if code.is_empty() { "district-all".to_owned() } else { format!("district-{code}") })
    }

    fn keeper(&self, id: &str) -> String {
        if id.is_empty() {
            return self.frame.say("district-all-keepers");
        }
        let unnamed = || self.frame.say("district-person");
        self.keepers.get(id).map_or_else(unnamed, |name| self.frame.one_of(name).to_owned())
    }

    /// The name of a column; a kind leads to those who keep it.
    fn column(&self, column: &str) -> (String, Option<String>) {
        match self.axes {
            Axes::DistrictsByKind => (self.kind(column), Some(format!("/districts?by=keeper&kind={column}"))),
            Axes::KeepersByDistrict(_) => (self.district(column), None),
        }
    }

    fn rows(&self, counted: &Matrix) -> Vec<(String, Vec<Shown>, Shown)> {
        let row = |(of, counts, sum): &(String, Vec<Count>, Count)| {
            let name = match self.axes {
                Axes::DistrictsByKind => self.district(of),
                Axes::KeepersByDistrict(_) => self.keeper(of),
            };
            (name, self.cells(of, &counted.columns, counts), self.cell(of, "", *sum))
        };
        counted.rows.iter().map(row).collect()
    }

    fn cells(&self, row: &str, columns: &[String], counts: &[Count]) -> Vec<Shown> {
        columns.iter().zip(counts).map(|(column, count)| self.cell(row, column, *count)).collect()
    }

    /// A cell of a row and a column; empty for all of them.
    fn cell(&self, row: &str, column: &str, count: Count) -> Shown {
        let (district, kind, keeper) = match self.axes {
            Axes::DistrictsByKind => (row, column, ""),
            Axes::KeepersByDistrict(kind) => (column, kind, row),
        };
        let text = count.text().unwrap_or_else(|| self.frame.say("district-none"));
        let is_own = if district.is_empty() { !self.own.is_empty() } else { self.own.contains(district) };
        let by = match self.axes {
            Axes::DistrictsByKind => String::new(),
            Axes::KeepersByDistrict(_) => format!("&by=keeper&keeper={}", escaped(keeper)),
        };
        let what = match self.axes {
            Axes::DistrictsByKind => self.kind(kind),
            Axes::KeepersByDistrict(_) => self.keeper(keeper),
        };
        let spoken = [
            ("district", self.district(district)),
            ("kind", what),
            ("rate", text.clone()),
            ("all", count.all.to_string()),
            ("missing", (count.all - count.in_time).to_string()),
        ];
        let spoken: Vec<(&str, &str)> = spoken.iter().map(|(name, value)| (*name, value.as_str())).collect();
        Shown {
            spoken: self.frame.words.say("district-cell", &spoken),
            shade: count.shade(),
            is_marked: count.per_mille().is_some_and(|rate| rate < 900),
            page: (is_own && count.all > 0).then(|| format!("/districts?district={district}&kind={kind}{by}#list")),
            is_open: self.cell.district == district
                && self.cell.kind == kind
                && self.cell.keeper == keeper
                && !self.cell.is_of_others()
                && !(row.is_empty() && column.is_empty() && self.cell.condition.is_empty()),
            text,
        }
    }

    fn list(&self, instruments: &[Listed]) -> List {
        let Cell { district, kind, keeper, condition: asked, by, obligation } = self.cell;
        let keeper_text = escaped(keeper);
        let count = |wanted: Condition| instruments.iter().filter(|one| one.condition == wanted).count();
        let in_time = instruments.iter().filter(|one| one.condition.is_in_time()).count();
        // What is in force needs nobody, unless it is asked for.
        let to_show: Vec<&Listed> =
            instruments.iter().filter(|one| !asked.is_empty() || one.condition != Condition::InForce).collect();
        let (all, shown) = (instruments.len(), to_show.len().min(SHOWN));
        let data = [("all", all.to_string()), ("missing", (all - in_time).to_string()), ("shown", shown.to_string())];
        let data: Vec<(&str, &str)> = data.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let choices = Condition::ALL.into_iter().filter(|one| count(*one) > 0).map(|one| {
            let (_, word) = condition(one, self.frame.words);
            let page = format!(
                "/districts?district={district}&kind={kind}&keeper={keeper_text}&by={by}&condition={}&obligation={obligation}#list",
                one.code()
            );
            (page, format!("{word} {}", count(one)), asked == one.code())
        });
        List {
            title: match self.cell.is_of_others() {
                true => self.frame.say("district-others-title"),
                false if !keeper.is_empty() => {
                    format!("{} · {} · {}", self.district(district), self.kind(kind), self.keeper(keeper))
                }
                false => format!("{} · {}", self.district(district), self.kind(kind)),
            },
            said: self
                .frame
                .words
                .say(if to_show.len() > shown { "district-list-cut" } else { "district-list" }, &data),
            choices: choices.collect(),
            rows: rows(to_show.into_iter().take(SHOWN), self.rules, self.frame.words),
        }
    }
}

/// An identifier within an address.
fn escaped(id: &str) -> String {
    percent_encoding::utf8_percent_encode(id, percent_encoding::NON_ALPHANUMERIC).to_string()
}
