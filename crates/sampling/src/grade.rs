//! The grade of a lot: what the plan decides from the results of the random sample, and what is known of the share that fails.

use std::collections::{BTreeMap, BTreeSet};

use heng_quantity::Finding;
use serde::Serialize;

use crate::draw::draw;
use crate::foretold::{Foretold, TrackRecord, recall_of_lot, track_record};
use crate::plan::Plan;
use crate::posterior::{Assumptions, Known, SharePosterior, posterior};
use crate::proportion::Proportion;

/// One unit of a lot, with what was said of it before anyone opened it.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its name, once in a lot.
    pub name: String,
    /// The probability that it fails; none where the estimate says that it cannot decide.
    pub probability: Option<f64>,
    /// The interval of its value that should hold in 95 %.
    pub interval: Option<(f64, f64)>,
    /// It is named as one that fails.
    pub named: bool,
}

/// What the laboratory found of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitResult {
    /// The unit.
    pub unit: String,
    /// The value.
    pub value: f64,
    /// Its standard uncertainty.
    pub standard_uncertainty: f64,
    /// It fails.
    pub failed: bool,
    /// The interval of its expanded uncertainty holds a limit, so that another laboratory could find otherwise.
    pub unclear: bool,
}

impl UnitResult {
    /// Counts instead of an earlier result of the same unit: repeating a test until it passes makes no unit good, so the one that fails counts, and of
    /// equals the first.
    pub fn outweighs(&self, earlier: &Self) -> bool {
        self.failed && !earlier.failed
    }
}

/// How the sample was drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// The seed, public, and unknown when the list was fixed.
    pub seed: Option<String>,
    /// The digest of the list as it was fixed before, if it was.
    pub population: Option<String>,
}

/// A lot with its plan and its results.
#[derive(Clone, Debug, PartialEq)]
pub struct Lot {
    /// Every unit.
    pub units: Vec<Unit>,
    /// The plan.
    pub plan: Plan,
    /// The share from which on a lot is bad.
    pub limiting_quality: f64,
    /// How the sample was drawn.
    pub drawn: Drawn,
    /// What the laboratory found.
    pub results: Vec<UnitResult>,
    /// What it found of units that were taken out because of what was said of them; they are no sample.
    pub replaced: Vec<UnitResult>,
}

/// What becomes of a lot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decision {
    /// It stays in service.
    Extended,
    /// It is replaced.
    Replaced,
    /// Not decided.
    Open,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ground {
    /// No more failed than the plan allows.
    WithinPlan,
    /// More failed than the plan allows.
    BeyondPlan,
    /// Results are missing that could turn the decision.
    ResultsMissing,
    /// Nobody says by which seed the sample was drawn.
    DrawNotShown,
    /// Nobody says that the list was fixed before the draw: whoever knows the seed could have made the list to it.
    ListNotFixed,
    /// The list is not the one that was fixed before the draw.
    ListChanged,
}

/// How the sample compares with the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DrawRecord {
    /// The digest of the list.
    pub population: String,
    /// Who is drawn by the seed, in order; empty without one.
    pub drawn: Vec<String>,
    /// Whether the list is the one that was fixed; none where none was.
    pub list_as_fixed: Option<bool>,
}

/// A lot, graded.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Grading {
    /// What becomes of it.
    pub decision: Decision,
    /// Why.
    pub ground: Ground,
    /// N.
    pub lot: u64,
    /// The plan.
    pub plan: Plan,
    /// The share from which on a lot is bad.
    pub limiting_quality: f64,
    /// How often the plan accepts a lot of just that share.
    pub consumer_risk: f64,
    /// The largest share that is still accepted with 95 %.
    pub good_share: f64,
    /// How many of the drawn have a result, and how many of these failed.
    pub examined: u64,
    /// How many of these failed.
    pub failed: u64,
    /// The failed share of the sample with its exact interval.
    pub sample: Proportion,
    /// How many units have an estimate that decides.
    pub estimated: u64,
    /// What is known of the share that fails.
    pub share: SharePosterior,
    /// The draw.
    pub draw: DrawRecord,
    /// Units named as failing: each is looked at by itself, whatever becomes of the lot.
    pub named: Vec<String>,
    /// What was foretold against what was found, over all results; none without results.
    pub record: Option<TrackRecord>,
    /// Between which the recall over the lot lies; none where no named unit or no random other was examined.
    pub recall_of_lot: Option<(f64, f64)>,
    /// What was found on the way.
    #[serde(skip)]
    pub findings: Vec<Finding>,
}

/// The acceptance that makes a quality a good one for the producer.
const GOOD: f64 = 0.95;

/// Grades a lot. `disagreement` is the probability below which the estimates count as contradicted by the sample.
pub fn grade(lot: &Lot, assumptions: &Assumptions, disagreement: f64) -> Grading {
    let mut findings = Vec::new();
    let size = lot.units.len() as u64;
    let names = lot.units.iter().map(|unit| unit.name.as_str());
    let sample_size = usize::try_from(lot.plan.sample).unwrap_or(usize::MAX);
    let seed = stated(lot.drawn.seed.as_ref());
    let of_seed = draw(names, seed.unwrap_or_default(), if seed.is_some() { sample_size } else { 0 });
    let list_as_fixed =
        stated(lot.drawn.population.as_ref()).map(|fixed| fixed.eq_ignore_ascii_case(&of_seed.population));
    let results = of_sample(lot, seed.is_some().then_some(&of_seed.drawn), &mut findings);
    let examined = results.len() as u64;
    let failed = results.values().filter(|result| result.failed).count() as u64;
    let missing = lot.plan.sample.min(size).saturating_sub(examined);
    let (decision, ground) = if list_as_fixed == Some(false) {
        (Decision::Open, Ground::ListChanged)
    } else if seed.is_none() {
        (Decision::Open, Ground::DrawNotShown)
    } else if list_as_fixed.is_none() {
        (Decision::Open, Ground::ListNotFixed)
    } else if failed > lot.plan.accept {
        (Decision::Replaced, Ground::BeyondPlan)
    } else if failed + missing > lot.plan.accept {
        (Decision::Open, Ground::ResultsMissing)
    } else {
        (Decision::Extended, Ground::WithinPlan)
    };
    if missing > 0 {
        findings.push(Finding::warning("lot-results-missing").with("missing", missing).with("sample", lot.plan.sample));
    }
    let known: Vec<Known> = lot
        .units
        .iter()
        .map(|unit| Known {
            estimate: unit.probability,
            failed: results.get(unit.name.as_str()).map(|result| result.failed),
        })
        .collect();
    let share = posterior(&known, lot.limiting_quality, assumptions);
    let consumer_risk = lot.plan.consumer_risk(size, lot.limiting_quality);
    if let Some(agreement) = share.agreement.filter(|found| found.as_many.min(found.as_few) < disagreement) {
        let finding = Finding::warning("lot-estimates-disagree").with("expected", format!("{:.2}", agreement.expected));
        findings.push(finding.with("failed", agreement.failed));
    }
    if decision == Decision::Extended && share.both.not_good > consumer_risk {
        findings.push(Finding::warning("lot-accepted-but-doubtful").with("percent", percent(share.both.not_good)));
    }
    let record = foretold(lot, &results);
    let recall_of_lot = recall(lot, &results);
    Grading {
        decision,
        ground,
        lot: size,
        plan: lot.plan,
        limiting_quality: lot.limiting_quality,
        consumer_risk,
        good_share: lot.plan.still_accepted(size, GOOD) as f64 / size.max(1) as f64,
        examined,
        failed,
        sample: Proportion::of(failed, examined),
        estimated: lot.units.iter().filter(|unit| unit.probability.is_some()).count() as u64,
        share,
        draw: DrawRecord { population: of_seed.population, drawn: of_seed.drawn, list_as_fixed },
        named: lot.units.iter().filter(|unit| unit.named).map(|unit| unit.name.clone()).collect(),
        record,
        recall_of_lot,
        findings,
    }
}

/// What a text says; an empty one says nothing.
fn stated(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn percent(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// The results of the drawn units; all others are named and left out.
fn of_sample<'a>(
    lot: &'a Lot,
    drawn: Option<&Vec<String>>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<&'a str, &'a UnitResult> {
    let known: BTreeSet<&str> = lot.units.iter().map(|unit| unit.name.as_str()).collect();
    let drawn: Option<BTreeSet<&str>> = drawn.map(|drawn| drawn.iter().map(String::as_str).collect());
    let mut results: BTreeMap<&str, &UnitResult> = BTreeMap::new();
    for result in &lot.results {
        let name = result.unit.as_str();
        if !known.contains(name) {
            findings.push(Finding::error("lot-result-unknown").with("unit", name));
        } else if drawn.as_ref().is_some_and(|drawn| !drawn.contains(name)) {
            findings.push(Finding::warning("lot-result-not-drawn").with("unit", name));
        } else if let Some(earlier) = results.get_mut(name) {
            findings.push(Finding::error("lot-result-twice").with("unit", name));
            if result.outweighs(earlier) {
                *earlier = result;
            }
        } else {
            results.insert(name, result);
        }
    }
    let unclear = results.values().filter(|result| result.unclear);
    findings.extend(unclear.map(|result| Finding::info("lot-result-unclear").with("unit", &result.unit)));
    results
}

/// What was foretold of every unit with a result.
fn foretold(lot: &Lot, sample: &BTreeMap<&str, &UnitResult>) -> Option<TrackRecord> {
    let units: BTreeMap<&str, &Unit> = lot.units.iter().map(|unit| (unit.name.as_str(), unit)).collect();
    let of_sample = sample.values().copied();
    let replaced = lot.replaced.iter().filter(|result| !sample.contains_key(result.unit.as_str()));
    let all: Vec<Foretold> = of_sample
        .chain(replaced)
        .filter_map(|result| {
            let unit = units.get(result.unit.as_str())?;
            Some(Foretold {
                unit: unit.name.clone(),
                named: unit.named,
                probability: unit.probability,
                interval: unit.interval,
                value: result.value,
                standard_uncertainty: result.standard_uncertainty,
                failed: result.failed,
            })
        })
        .collect();
    (!all.is_empty()).then(|| track_record(&all))
}

/// The recall over the lot: of the named ones by all results, of the others by the random sample alone.
fn recall(lot: &Lot, sample: &BTreeMap<&str, &UnitResult>) -> Option<(f64, f64)> {
    let named: BTreeSet<&str> = lot.units.iter().filter(|unit| unit.named).map(|unit| unit.name.as_str()).collect();
    let mut of_named: BTreeMap<&str, bool> = BTreeMap::new();
    for result in lot.replaced.iter().chain(sample.values().copied()) {
        if named.contains(result.unit.as_str()) {
            of_named.insert(result.unit.as_str(), result.failed);
        }
    }
    let others: Vec<bool> =
        sample.iter().filter(|(name, _)| !named.contains(*name)).map(|(_, result)| result.failed).collect();
    if of_named.is_empty() || others.is_empty() {
        return None;
    }
    let count = |failed: &mut dyn Iterator<Item = bool>| failed.filter(|failed| *failed).count() as u64;
    let precision = Proportion::of(count(&mut of_named.values().copied()), of_named.len() as u64);
    let found = Proportion::of(count(&mut others.iter().copied()), others.len() as u64);
    let size = lot.units.len() as u64;
    Some(recall_of_lot(named.len() as u64, precision, size - named.len() as u64, found))
}
