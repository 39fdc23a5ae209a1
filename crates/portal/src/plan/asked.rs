//! What is asked of the plan, as an address says it.

use axum::http::StatusCode;
use heng_rule::plan::{Plan, Row};
use jiff::civil::Date;
use serde::Deserialize;

use crate::frame::address;
use crate::portal::Portal;
use crate::problem::Problem;

/// The parameters of the pages of a plan.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The day.
    #[serde(default)]
    pub(crate) on: String,
    /// What this body is responsible for.
    #[serde(default)]
    pub(crate) department: String,
    /// How indicators stand, or how rows are served.
    #[serde(default)]
    pub(crate) state: String,
    /// A row, an indicator, or the beginning of rows.
    #[serde(default)]
    pub(crate) row: String,
    /// Which part of a long list, from 1.
    #[serde(default)]
    pub(crate) page: String,
}

impl Asked {
    /// The day that is asked about: today, if none is.
    pub(crate) fn day(&self, portal: &Portal) -> Result<Date, Problem> {
        match self.on.trim() {
            "" => Ok(portal.today()),
            text => text
                .parse()
                .ok()
                .filter(|day: &Date| (1900..=2200).contains(&day.year()))
                .ok_or_else(|| Problem::new(StatusCode::BAD_REQUEST, "plan-day").with("day", text)),
        }
    }

    /// Which part of a long list, from 0.
    pub(crate) fn part(&self) -> usize {
        self.page.trim().parse::<usize>().unwrap_or(1).saturating_sub(1)
    }

    /// Whether more is asked than the day.
    pub(crate) fn is_narrow(&self) -> bool {
        [&self.department, &self.state, &self.row].into_iter().any(|one| !one.trim().is_empty())
    }

    /// Whether a row is asked for, by its identifier.
    pub(crate) fn wants_row(&self, plan: &Plan, row: &Row) -> bool {
        let asked = self.row.trim();
        let is_named = plan.rows.iter().any(|one| *one.id == *asked);
        (if is_named { *row.id == *asked } else { row.id.starts_with(asked) })
            && (self.department.is_empty() || is_responsible(plan, &row.quotes, &self.department))
            && (self.state.is_empty() || served(plan, row) == self.state)
    }

    /// Whether an indicator in a state is asked for.
    pub(crate) fn wants_indicator(&self, plan: &Plan, id: &str, state: &str) -> bool {
        let quotes = plan.indicator(id).map(|one| one.quotes.as_slice()).unwrap_or_default();
        (self.row.trim().is_empty() || self.row.trim() == id)
            && (self.department.is_empty() || is_responsible(plan, quotes, &self.department))
            && (self.state.is_empty() || self.state == state)
    }

    /// An address that keeps the day and asks for the rest.
    pub(crate) fn address(&self, page: &str, parameters: &[(&str, &str)]) -> String {
        let day = Some(("on", self.on.trim())).filter(|(_, day)| !day.is_empty());
        let mut all = page.to_owned();
        for (place, (name, value)) in day.into_iter().chain(parameters.iter().copied()).enumerate() {
            all.push(if place == 0 { '?' } else { '&' });
            all.push_str(&address(&format!("{name}="), value));
        }
        all
    }
}

/// Whether a body is responsible for what some quote says.
fn is_responsible(plan: &Plan, quotes: &[heng_rule::plan::Quote], body: &str) -> bool {
    quotes.iter().flat_map(|quote| plan.responsible(quote)).any(|duty| duty.body == body)
}

/// How a row is served, by its code.
pub(crate) fn served(plan: &Plan, row: &Row) -> &'static str {
    let service = row.service.as_ref().and_then(|service| plan.service(service));
    service.map_or("not-yet", |service| service.kind.code())
}
