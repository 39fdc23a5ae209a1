//! What a file says of its results: certificates, results of models, archives of other programs.

use std::collections::{BTreeMap, BTreeSet};

use heng_exchange::{gtc, unclib};
use heng_quantity::{Finding, Reported, Severity, Uncertainty, Unit};
use heng_rule::{BudgetCorrelation, Contribution, PointResult};
use heng_statement::{Body, Certificate, SignedStatement};
use heng_uncertainty::{Budget, Budgets, Component, Influence, InfluenceCorrelation, InfluenceEvaluation, Shape};

use crate::budget_file::BudgetFile;
use crate::bundle::Bundle;
use crate::dossier::Dossier;
use crate::given::{Given, Kind, kind};

/// A chain of certificates is followed so far; real ones have fewer than ten.
const DEEPEST: usize = 24;

/// All results of a file together are found from so many contributions: each result repeats those of the standards that it rests on.
const MOST_CONTRIBUTIONS: usize = 2_000_000;

/// The budgets of a file with their identities, whatever kind of file it is: a bundle, a PDF as issued, `heng-budget/1`, an archive of GTC or of
/// METAS UncLib. Whether it is true is another question, which [`crate::check`] answers.
pub fn budgets(bytes: &[u8]) -> Result<Budgets, Finding> {
    budgets_with_findings(bytes).map(|(budgets, _)| budgets)
}

/// The same, with what in the file was not understood.
pub fn budgets_with_findings(bytes: &[u8]) -> Result<(Budgets, Vec<Finding>), Finding> {
    let archive = if gtc::is_archive(bytes) {
        gtc::read(bytes)
    } else if unclib::is_archive(bytes) {
        unclib::read(bytes)
    } else if BudgetFile::is_one(bytes) {
        return BudgetFile::parse(bytes).map(|file| (file.budgets, Vec::new()));
    } else {
        return of_bundle(&bundle(bytes)?).map(|budgets| (budgets, Vec::new()));
    };
    match archive.findings.iter().find(|finding| finding.severity == Severity::Error) {
        // Its place is one in the other file.
        Some(finding) => Err(Finding { position: None, ..finding.clone() }),
        None => Ok((archive.budgets, archive.findings)),
    }
}

/// The bundle that a file is or carries.
pub fn bundle(bytes: &[u8]) -> Result<Bundle, Finding> {
    match kind(&Given { name: "", bytes }) {
        Ok(Kind::Bundle(bundle) | Kind::IssuedPdf { bundle, .. }) => Ok(*bundle),
        Ok(_) => Err(Finding::error("from-kind")),
        Err(error) => Err(Finding::error("from-unreadable").with("reason", error.reason)),
    }
}

/// Every result with an uncertainty of a bundle's certificate, by `item/point`.
///
/// Where its budget has identities, the value of a standard stands for what the certificate of that standard found it from, and so on up to where
/// budgets have none: two results share what their standards share.
fn of_bundle(bundle: &Bundle) -> Result<Budgets, Finding> {
    let dossier =
        Dossier::open(bundle).map_err(|reason| Finding::error("from-unreadable").with("reason", reason.code))?;
    let Some((_, certificate)) = dossier.certificate(&bundle.certificate) else {
        return Err(Finding::error("from-kind"));
    };
    let mut reading = Reading::of(&dossier);
    for item in &certificate.results {
        for place in 1..=item.points.len() {
            let name = format!("{}/{place}", item.item);
            let Some(found) = reading.point(&bundle.certificate, &name, DEEPEST) else { continue };
            reading.budgets.results.push(found.budget(name));
        }
    }
    if reading.left == 0 {
        return Err(Finding::error("from-too-much"));
    }
    let budgets = reading.budgets;
    if budgets.results.is_empty() { Err(Finding::error("from-no-results")) } else { Ok(budgets.summed()) }
}

/// A result by its influences.
#[derive(Clone)]
struct Found {
    estimate: f64,
    unit: Unit,
    /// cᵢ u(xᵢ) by identity.
    components: BTreeMap<String, f64>,
}

impl Found {
    fn budget(self, result: String) -> Budget {
        let components = self.components.into_iter().filter(|(_, component)| *component != 0.0);
        Budget {
            result,
            unit: Some(self.unit),
            estimate: self.estimate,
            standard_uncertainty: 0.0,
            degrees_of_freedom: f64::INFINITY,
            components: components.map(|(identity, component)| Component { identity, component }).collect(),
        }
    }
}

/// u that a result states, and what one of the last digit of it comes to.
struct StatedUncertainty {
    standard: f64,
    last_digit: f64,
}

impl StatedUncertainty {
    fn of(stated: &Reported) -> Option<Self> {
        let (value, factor) = match stated.uncertainty.as_ref()? {
            Uncertainty::Standard { value, .. } => (value, 1.0),
            Uncertainty::Expanded { value, coverage_factor, .. } => (value, coverage_factor.to_f64()),
            Uncertainty::Interval { .. } => return None,
        };
        let last = format!("1e{}", value.exponent()).parse::<f64>().ok()?;
        let found = Self { standard: value.to_f64() / factor, last_digit: last / factor };
        (found.standard > 0.0 && found.standard.is_finite()).then_some(found)
    }
}

struct Reading<'a> {
    dossier: &'a Dossier,
    budgets: Budgets,
    /// Results of certificates by the hash of the statement and `item/point`; nothing where they have no uncertainty.
    found: BTreeMap<(String, String), Option<Found>>,
    /// The identities of the influences, and the correlations, that are among the budgets already.
    known: BTreeSet<String>,
    /// The places of the items of certificates, by the hash of the statement.
    items: BTreeMap<String, BTreeMap<&'a str, usize>>,
    correlated: BTreeSet<([String; 2], u64)>,
    /// How many contributions may still be added.
    left: usize,
}

impl<'a> Reading<'a> {
    fn of(dossier: &'a Dossier) -> Self {
        Self {
            dossier,
            budgets: Budgets::default(),
            found: BTreeMap::new(),
            known: BTreeSet::new(),
            items: BTreeMap::new(),
            correlated: BTreeSet::new(),
            left: MOST_CONTRIBUTIONS,
        }
    }

    /// So many contributions more; none where there were too many.
    fn contribute(&mut self, count: usize) -> Option<()> {
        self.left = self.left.saturating_sub(count);
        (self.left > 0).then_some(())
    }

    /// A result of a certificate in the bundle.
    fn point(&mut self, hash: &str, name: &str, deepest: usize) -> Option<Found> {
        let key = (hash.to_owned(), name.to_owned());
        if let Some(known) = self.found.get(&key) {
            let known = known.clone();
            self.contribute(known.as_ref().map_or(0, |found| found.components.len()))?;
            return known;
        }
        // A circle of certificates finds itself here and ends.
        self.found.insert(key.clone(), None);
        let found = self.new_point(hash, name, deepest.checked_sub(1)?);
        self.found.insert(key, found.clone());
        found
    }

    fn new_point(&mut self, hash: &str, name: &str, deepest: usize) -> Option<Found> {
        let dossier = self.dossier;
        let (issue, certificate) = dossier.certificate(&hash.to_owned())?;
        let (item, place) = name.rsplit_once('/')?;
        let place: usize = place.parse().ok()?;
        let item = certificate.results.get(self.item(hash, certificate, item)?)?;
        let point = item.points.get(place.checked_sub(1)?)?;
        let stated = StatedUncertainty::of(&point.result.quantity)?;
        let quantity = &point.result.quantity;
        let mut found =
            Found { estimate: quantity.value.to_f64(), unit: quantity.unit.clone(), components: BTreeMap::new() };
        let identity = format!("statement:{hash}#{name}");
        if !point.is_identified() {
            let degrees = point.degrees_of_freedom.as_ref().map_or(f64::INFINITY, heng_quantity::Decimal::to_f64);
            self.influence(Influence {
                identity: identity.clone(),
                label: format!("{} {name}", certificate.number),
                evaluation: Some(normal(found.estimate, &found.unit, stated.standard)),
                degrees_of_freedom: degrees,
            });
            found.components.insert(identity, stated.standard);
            return Some(found);
        }
        let record = record_of(dossier, issue).unwrap_or(hash).to_owned();
        for line in &point.budget {
            self.line(&mut found, (certificate, &record), line, deepest);
        }
        let correlations = self.correlations(point, &record);
        let budget = found.clone().budget(name.to_owned());
        let combined = budget.combined(&correlations);
        self.correlated(correlations);
        // U says more than its budget where it was raised, for example to the least that the laboratory may state.
        if stated.standard - combined > stated.last_digit {
            let rest = libm::sqrt(stated.standard * stated.standard - combined * combined);
            let identity = format!("{identity}/rest");
            self.influence(Influence {
                identity: identity.clone(),
                label: format!("{} {name}: U", certificate.number),
                evaluation: Some(normal(0.0, &found.unit.of_difference(), rest)),
                degrees_of_freedom: f64::INFINITY,
            });
            found.components.insert(identity, rest);
        }
        Some(found)
    }

    /// The place of an item of a certificate, the first of its name.
    fn item(&mut self, hash: &str, certificate: &'a Certificate, item: &str) -> Option<usize> {
        let items = self.items.entry(hash.to_owned()).or_insert_with(|| {
            let named = certificate.results.iter().enumerate().map(|(place, found)| (found.item.as_str(), place));
            named.rev().collect()
        });
        items.get(item).copied()
    }

    /// What a line of a budget adds to a result.
    fn line(
        &mut self,
        found: &mut Found,
        (certificate, record): (&Certificate, &str),
        line: &Contribution,
        deepest: usize,
    ) {
        let (Some(identity), Some(())) = (&line.identity, self.contribute(1)) else { return };
        let is_negative = line.sensitivity.as_ref().is_some_and(|sensitivity| sensitivity.is_negative());
        let magnitude = line.contribution.value.to_f64();
        let component = if is_negative { -magnitude } else { magnitude };
        let u = line.standard_uncertainty.to_f64();
        if component == 0.0 || u == 0.0 {
            return;
        }
        let above = result_of(identity).and_then(|(hash, name)| self.point(hash, name, deepest));
        let of_above = above.as_ref().and_then(|above| {
            let conversion = above.unit.of_difference().conversion_to(&line.estimate.unit.of_difference()).ok()?;
            Some((&above.components, conversion.difference_f64(1.0) * component / u))
        });
        if let Some((components, sensitivity)) = of_above {
            for (identity, component) in components {
                *found.components.entry(identity.clone()).or_default() += sensitivity * component;
            }
            return;
        }
        let absolute = absolute(identity, record);
        // The standards are looked through for the one that is meant.
        let Some(()) = self.contribute(certificate.standards.len()) else { return };
        let number = certificate.standards.iter().find(|standard| identity.contains(&standard.certificate_statement));
        let label = match number {
            Some(standard) => {
                let place = identity.split_once('#').map_or(identity.as_str(), |(_, place)| place);
                format!("{} {place}", standard.certificate_number)
            }
            None => format!("{} {}", certificate.number, line.input),
        };
        self.influence(Influence {
            identity: absolute.clone(),
            label,
            evaluation: Some(normal(line.estimate.value.to_f64(), &line.estimate.unit, u)),
            degrees_of_freedom: line.degrees_of_freedom.as_ref().map_or(f64::INFINITY, heng_quantity::Decimal::to_f64),
        });
        *found.components.entry(absolute).or_default() += component;
    }

    fn influence(&mut self, influence: Influence) {
        if self.known.insert(influence.identity.clone()) {
            self.budgets.influences.push(influence);
        }
    }

    /// The correlations of a budget by identity: those of inputs that are influences.
    fn correlations(&self, point: &PointResult, record: &str) -> Vec<InfluenceCorrelation> {
        // The first line of an input is the one that counts.
        let lines: BTreeMap<&str, &Contribution> =
            point.budget.iter().rev().map(|line| (line.input.as_str(), line)).collect();
        let of = |input: &String| {
            let identity = absolute(lines.get(input.as_str())?.identity.as_ref()?, record);
            self.known.contains(&identity).then_some(identity)
        };
        let stated = |correlation: &BudgetCorrelation| {
            let [one, other] = &correlation.between;
            Some(InfluenceCorrelation {
                between: [of(one)?, of(other)?],
                coefficient: correlation.coefficient.to_f64(),
            })
        };
        point.correlations.iter().filter_map(stated).collect()
    }

    fn correlated(&mut self, correlations: Vec<InfluenceCorrelation>) {
        for correlation in correlations {
            if self.correlated.insert((correlation.between.clone(), correlation.coefficient.to_bits())) {
                self.budgets.correlations.push(correlation);
            }
        }
    }
}

/// The identity of an input for others: its own place is one in the record.
fn absolute(identity: &str, record: &str) -> String {
    if identity.starts_with('#') { format!("statement:{record}{identity}") } else { identity.to_owned() }
}

/// The statement and the result that an identity is, where it is one: `statement:HASH#item/point`.
fn result_of(identity: &str) -> Option<(&str, &str)> {
    let (hash, name) = identity.strip_prefix("statement:")?.split_once('#')?;
    (!name.contains('@')).then_some((hash, name))
}

/// The hash of the record that a certificate rests on.
fn record_of<'a>(dossier: &'a Dossier, issue: &'a SignedStatement) -> Option<&'a str> {
    let is_record = |hash: &&heng_statement::StatementHash| {
        dossier.signed(hash).is_some_and(|signed| matches!(signed.statement.body, Body::Meas(_)))
    };
    issue.statement.cites.iter().find(is_record).map(String::as_str)
}

fn normal(estimate: f64, unit: &Unit, standard_uncertainty: f64) -> InfluenceEvaluation {
    InfluenceEvaluation { estimate, unit: unit.clone(), distribution: Shape::Normal { standard_uncertainty } }
}
