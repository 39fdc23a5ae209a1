//! Files of lots (`heng-lot/1`) and the tables that go with them.
//!
//! ```text
//! format = "heng-lot/1"
//! title                what the lot is
//! estimates            tables of all its units: meter, error_percent, u_percent, low_percent, high_percent, p_beyond_limit, decidable, state; district
//! limits               the limit of the error, ID:CLASS
//! [plan]               quality (the limiting quality), and where the rule's plan is not wanted: sample and accept, or risk and accept
//! [draw]               seed, beacon (where the seed comes from), population (the digest of the list as it was fixed)
//! [sample]             results: a table of meter, error_percent, and u_percent or U_percent (k = 2); district
//! [replaced]           results: the same of meters that were taken out because of their estimates
//! ```

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::{Finding, Position};
use serde::Deserialize;

use crate::grade::{Unit, UnitResult};
use crate::table::{Row, Table};

/// The one version there is.
const FORMAT: &str = "heng-lot/1";

/// What a file of a lot says. Tables are named and not yet read.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LotFile {
    format: String,
    /// What the lot is.
    pub title: String,
    /// Files of the estimates of all its units.
    pub estimates: Vec<String>,
    /// The limit of the error, `ID:CLASS`.
    pub limits: String,
    /// The plan.
    #[serde(default)]
    pub plan: PlanText,
    /// The draw.
    #[serde(default)]
    pub draw: DrawText,
    /// The random sample.
    #[serde(default)]
    pub sample: ResultsText,
    /// What was taken out.
    #[serde(default)]
    pub replaced: ResultsText,
}

/// The plan as a file asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanText {
    /// The limiting quality with its unit; that of the rule where none is stated.
    pub quality: Option<String>,
    /// n, where the plan is given.
    pub sample: Option<u64>,
    /// c, where the plan is given or computed.
    pub accept: Option<u64>,
    /// The consumer's risk, where the plan is to be computed.
    pub risk: Option<String>,
}

/// The draw as a file states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DrawText {
    /// The seed.
    pub seed: Option<String>,
    /// Where it comes from.
    pub beacon: Option<String>,
    /// The digest of the list as it was fixed.
    pub population: Option<String>,
}

/// Where results stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResultsText {
    /// The file.
    pub results: Option<String>,
}

/// Reads a file of a lot.
pub fn read_lot(text: &str) -> Result<LotFile, Finding> {
    let file: LotFile = toml::from_str(text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let place = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let position = Position { line: place(line), column: place(column) };
        Finding::error("lot-unreadable").at(position).with("reason", error.message())
    })?;
    if file.format != FORMAT {
        return Err(Finding::error("lot-format").with("stated", file.format).with("known", FORMAT));
    }
    Ok(file)
}

/// The name of a row's unit: `district/meter` where the table has districts, since numbers of meters return in each.
fn name(row: &Row, table: &Table) -> Option<String> {
    let meter = row.text(table.column("meter"))?;
    Some(match row.text(table.column("district")) {
        Some(district) => format!("{district}/{meter}"),
        None => meter.to_owned(),
    })
}

/// States by which an estimate names a meter as one to be looked at.
const NAMED: [&str; 4] = ["beyond", "drifting", "stopped", "bypassed"];

/// Reads estimates as `heng infer meters --csv` writes them.
pub fn read_estimates(text: &str) -> (Vec<Unit>, Vec<Finding>) {
    let (table, mut findings) = Table::read(text);
    missing(&table, &["meter", "p_beyond_limit", "decidable"], &mut findings);
    let column = |name: &str| table.column(name);
    let mut seen = BTreeSet::new();
    let mut units = Vec::new();
    for row in &table.rows {
        let Some(name) = name(row, &table) else {
            findings.push(Finding::error("lot-unit-without-name").at(row.position()));
            continue;
        };
        if !seen.insert(name.clone()) {
            findings.push(Finding::error("lot-unit-twice").at(row.position()).with("unit", &name));
            continue;
        }
        let decidable = row.truth(column("decidable"), &mut findings).unwrap_or(false);
        let probability = row.number(column("p_beyond_limit"), &mut findings);
        if let Some(p) = probability.filter(|p| !(0.0..=1.0).contains(p)) {
            findings.push(Finding::error("lot-table-number").at(row.position()).with("found", p));
        }
        let probability = probability.filter(|p| decidable && (0.0..=1.0).contains(p));
        let low = row.number(column("low_percent"), &mut findings);
        let high = row.number(column("high_percent"), &mut findings);
        let named = row.text(column("state")).is_some_and(|state| NAMED.contains(&state));
        units.push(Unit { name, probability, interval: low.zip(high).filter(|_| decidable), named });
    }
    (units, findings)
}

/// Reads results of a laboratory. A meter fails where its error lies beyond the limit, in percent. Of several results of one meter the one that fails
/// counts.
pub fn read_results(text: &str, limit_percent: f64) -> (Vec<UnitResult>, Vec<Finding>) {
    let (table, mut findings) = Table::read(text);
    missing(&table, &["meter", "error_percent"], &mut findings);
    let column = |name: &str| table.column(name);
    let mut results: BTreeMap<String, UnitResult> = BTreeMap::new();
    let mut order = Vec::new();
    for row in &table.rows {
        let error = row.number(column("error_percent"), &mut findings);
        let (Some(unit), Some(value)) = (name(row, &table), error) else {
            findings.push(Finding::error("lot-result-incomplete").at(row.position()));
            continue;
        };
        let standard = row.number(column("u_percent"), &mut findings);
        let expanded = row.number(column("U_percent"), &mut findings);
        let standard_uncertainty = standard.or(expanded.map(|expanded| expanded / 2.0)).unwrap_or(0.0).max(0.0);
        let size = libm::fabs(value);
        let unclear = libm::fabs(size - limit_percent) < 2.0 * standard_uncertainty;
        let result =
            UnitResult { unit: unit.clone(), value, standard_uncertainty, failed: size > limit_percent, unclear };
        if let Some(before) = results.get_mut(&unit) {
            findings.push(Finding::error("lot-result-twice").at(row.position()).with("unit", &unit));
            if result.outweighs(before) {
                *before = result;
            }
        } else {
            order.push(unit.clone());
            results.insert(unit, result);
        }
    }
    (order.iter().filter_map(|unit| results.remove(unit)).collect(), findings)
}

fn missing(table: &Table, columns: &[&str], findings: &mut Vec<Finding>) {
    for column in columns.iter().filter(|column| table.column(column).is_none()) {
        findings.push(Finding::error("lot-table-column").with("column", column));
    }
}
