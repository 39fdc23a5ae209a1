//! Piles and meters on a matrix: who keeps them, in which district, how many of them need somebody; each cell opens into its list.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use heng_rule::Words;

use super::instruments::{Row, row};
use crate::facts::service::matrix::{Cell, Count, NOWHERE, ServiceMatrix, Watched, service_matrix};
use crate::frame::{Frame, Place, html};
use crate::matrix_cell::Shown;
use crate::portal::Portal;
use crate::problem::Problem;
use crate::router::read;
use crate::visit::Visit;

/// A list longer than this is cut, and said to be.
const SHOWN: usize = 60;

struct List {
    title: String,
    said: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "service-matrix.html")]
struct MatrixPage<'a> {
    frame: &'a Frame<'a>,
    lead: String,
    /// What else can be watched: where it is, what it is called, and whether it is here.
    choices: Vec<(String, String, bool)>,
    columns: Vec<String>,
    rows: Vec<(String, Vec<Shown>, Shown)>,
    totals: Vec<Shown>,
    all: Shown,
    list: Option<List>,
}

/// `/service/matrix`
pub(crate) async fn page(
    State(portal): State<Arc<Portal>>,
    visit: Visit,
    Query(cell): Query<Cell>,
) -> Result<Response, Problem> {
    read(portal, move |portal| {
        let words = portal.words(visit.language());
        let frame = Frame::new(portal, &visit, Place::Service, words.say("service-matrix-title", &[]));
        let counted = service_matrix(portal, &visit, &cell)?;
        let keepers = keepers(portal, &visit, &counted)?;
        let drawing = Drawing { frame: &frame, cell: &cell, keepers };
        let list = counted.list.as_ref().map(|list| -> Result<List, Problem> {
            let shown = list.len().min(SHOWN);
            let inventory = portal.inventory()?;
            let rows =
                list.iter().take(SHOWN).map(|one| row(portal, &visit, &inventory, &one.result, &frame)).collect();
            let facts = [("all", list.len().to_string()), ("shown", shown.to_string())];
            let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
            Ok(List {
                title: format!("{} · {}", drawing.keeper(&cell.keeper), drawing.district(&cell.district)),
                said: words.say("service-matrix-list", &facts),
                rows,
            })
        });
        let list = list.transpose()?;
        let column = |place: usize| counted.rows.iter().filter_map(move |(_, counts)| counts.get(place));
        let totals: Vec<Count> = (0..counted.districts.len()).map(|place| column(place).copied().sum()).collect();
        let all: Count = totals.iter().copied().sum();
        let facts = [("all", all.all), ("alarming", all.alarming), ("undecided", all.undecided)];
        let facts: Vec<(&str, String)> = facts.iter().map(|(name, count)| (*name, count.to_string())).collect();
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let choices = Watched::ALL.into_iter().map(|of| {
            let called = words.say(&format!("service-matrix-{}", of.code()), &[]);
            (format!("/service/matrix?of={}", of.code()), called, of == cell.watched())
        });
        let rows = counted.rows.iter().map(|(keeper, counts)| {
            let cells = drawing.cells(keeper, &counted.districts, counts);
            (drawing.keeper(keeper), cells, drawing.cell(keeper, "", counts.iter().copied().sum()))
        });
        Ok(html(&MatrixPage {
            lead: words.say(&format!("service-matrix-lead-{}", cell.watched().code()), &facts),
            choices: choices.collect(),
            columns: counted.districts.iter().map(|district| drawing.district(district)).collect(),
            rows: rows.collect(),
            totals: drawing.cells("", &counted.districts, &totals),
            all: drawing.cell("", "", all),
            list,
            frame: &frame,
        }))
    })
    .await
}

/// The names of those who keep what is counted, as far as the visitor may know them.
fn keepers(portal: &Portal, visit: &Visit, counted: &ServiceMatrix) -> Result<BTreeMap<String, Words>, Problem> {
    let known = counted.rows.iter().map(|(id, _)| Ok((id.clone(), portal.known_as(visit, id)?.name)));
    let known = known.collect::<Result<Vec<_>, Problem>>()?;
    Ok(known.into_iter().filter_map(|(id, name)| Some((id, name?))).collect())
}

struct Drawing<'a> {
    frame: &'a Frame<'a>,
    cell: &'a Cell,
    keepers: BTreeMap<String, Words>,
}

impl Drawing<'_> {
    fn district(&self, code: &str) -> String {
        self.frame.say(&match code {
            "" => "district-all".to_owned(),
            NOWHERE => "service-nowhere".to_owned(),
            code => format!("district-{code}"),
        })
    }

    fn keeper(&self, id: &str) -> String {
        if id.is_empty() {
            return self.frame.say("district-all-keepers");
        }
        let unnamed = || self.frame.say("district-person");
        self.keepers.get(id).map_or_else(unnamed, |name| self.frame.one_of(name).to_owned())
    }

    fn cells(&self, keeper: &str, districts: &[String], counts: &[Count]) -> Vec<Shown> {
        districts.iter().zip(counts).map(|(district, count)| self.cell(keeper, district, *count)).collect()
    }

    /// A cell of a keeper and a district; empty for all of them.
    fn cell(&self, keeper: &str, district: &str, count: Count) -> Shown {
        let escaped = percent_encoding::utf8_percent_encode(keeper, percent_encoding::NON_ALPHANUMERIC);
        let facts = [
            ("keeper", self.keeper(keeper)),
            ("district", self.district(district)),
            ("all", count.all.to_string()),
            ("alarming", count.alarming.to_string()),
            ("undecided", count.undecided.to_string()),
        ];
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let is_one = !(keeper.is_empty() && district.is_empty());
        Shown {
            text: if count.all == 0 {
                self.frame.say("district-none")
            } else {
                format!("{} / {}", count.alarming, count.all)
            },
            spoken: self.frame.words.say("service-matrix-cell", &facts),
            shade: count.shade(),
            is_marked: count.shade() == "s3",
            page: (is_one && count.all > 0).then(|| {
                format!("/service/matrix?of={}&keeper={escaped}&district={district}#list", self.cell.watched().code())
            }),
            is_open: is_one && self.cell.keeper == keeper && self.cell.district == district,
        }
    }
}
