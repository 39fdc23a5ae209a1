//! What the opened results say together, by the protocol: evaluated by `heng_comparison`, and as the report states it.

use heng_comparison::reference_value::{DegreeOfEquivalence, Estimator, Settings};
use heng_comparison::round::{AssessmentDeviation, AssignedValue, Laboratory, LaboratoryScores, Reference};
use heng_comparison::score::{Expanded, Judgement, Score};
use heng_comparison::youden::{YoudenEllipse, youden_ellipse};
use heng_comparison::{Round, RoundAssessment};
use heng_quantity::{Coverage, Decimal, Estimate, Finding, Reported, RoundingRule, Uncertainty};
use heng_statement::StatementHash;
use heng_statement::round::{
    Announcement, ComparisonItem, ItemReport, LaboratoryReport, Protocol, RoundReport, RoundResult, ScoreReport,
    WithoutResult,
};

use super::fault::named;

/// What the results of one item say together.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemEvaluation {
    /// The thing.
    pub item: String,
    /// The round as it is evaluated, laboratories by code.
    pub round: Round,
    /// What its results are held against, and how they stand.
    pub assessment: RoundAssessment,
    /// The results in the unit of the round, in the order of the laboratories.
    pub results: Vec<Reported>,
}

/// A result with the code that it is known by.
pub type Coded<'a> = (&'a str, &'a RoundResult);

/// Every item of the round, evaluated as the protocol says. The results must be usable ([`super::result_faults`]).
pub fn evaluations(announcement: &Announcement, results: &[Coded<'_>]) -> Vec<ItemEvaluation> {
    announcement.items.iter().filter_map(|item| evaluation(announcement, item, results)).collect()
}

fn evaluation(announcement: &Announcement, item: &ComparisonItem, results: &[Coded<'_>]) -> Option<ItemEvaluation> {
    let protocol = &announcement.protocol;
    let settings = Settings {
        coverage_probability: protocol.coverage_probability.to_f64(),
        coverage_factor: protocol.coverage_factor.to_f64(),
        significance: protocol.significance.to_f64(),
    };
    let pilot = announcement.code(&announcement.pilot).filter(|_| protocol.reference == Protocol::PILOT);
    let mut laboratories = Vec::new();
    let mut stated = Vec::new();
    let mut reference = named::<Estimator>(&protocol.reference)
        .map(Reference::Estimator)
        .or_else(|| named(&protocol.reference).map(Reference::Robust));
    for (code, result) in results {
        let found = result.values.iter().find(|value| value.item == item.thing)?;
        let value = found.value.converted_to(&announcement.unit).ok()?;
        let u = value.uncertainty.as_ref().and_then(Uncertainty::standard_f64)?;
        let coverage_factor = match &value.uncertainty {
            Some(Uncertainty::Expanded { coverage_factor, .. }) => coverage_factor.to_f64(),
            _ => settings.coverage_factor,
        };
        if pilot == Some(*code) {
            let expanded_uncertainty = coverage_factor * u;
            let x = value.value.to_f64();
            reference = Some(Reference::Stated(Expanded { value: x, expanded_uncertainty, coverage_factor }));
            continue;
        }
        laboratories.push(Laboratory {
            name: (*code).to_owned(),
            value: value.value.to_f64(),
            standard_uncertainty: Some(u),
            coverage_factor,
            degrees_of_freedom: found.degrees_of_freedom.as_ref().map_or(f64::INFINITY, Decimal::to_f64),
        });
        stated.push(value);
    }
    let unit = announcement.unit.of_difference();
    let criterion = |stated: &Option<Reported>| Some(stated.as_ref()?.converted_to(&unit).ok()?.value.to_f64());
    let by_method = protocol.standard_deviation_method.as_deref().and_then(named).map(AssessmentDeviation::Robust);
    let round = Round {
        title: Some(announcement.title.zh.clone()),
        source: None,
        quantity: announcement.quantity.zh.clone(),
        unit: announcement.unit.clone(),
        laboratories,
        // Without the pilot's value there is nothing to hold the results against.
        reference: Some(reference?),
        standard_deviation: criterion(&protocol.standard_deviation).map(AssessmentDeviation::Stated).or(by_method),
        maximum_error: criterion(&protocol.maximum_error),
        homogeneity: Vec::new(),
        stability: Vec::new(),
        settings,
    };
    Some(ItemEvaluation { item: item.thing.clone(), assessment: round.assessment(), round, results: stated })
}

impl ItemEvaluation {
    /// Whether no score of the protocol is unsatisfactory; nothing for a laboratory that is not judged.
    pub fn is_satisfactory(&self, code: &str, protocol: &Protocol) -> Option<bool> {
        let scores = self.assessment.scores.iter().find(|scores| scores.laboratory == code)?;
        let judged = protocol.scores.iter().filter_map(|score| score_of(scores, score));
        Some(judged.into_iter().all(|score| score.judgement != Judgement::Unsatisfactory))
    }

    /// U(d) of each laboratory where it is known: that of the estimator, or of a value that the laboratories gave nothing to.
    fn degree(&self, place: usize, assigned: &AssignedValue) -> Option<DegreeOfEquivalence> {
        match assigned.from {
            Reference::Estimator(_) => self.assessment.consensus.as_ref()?.degrees_of_equivalence.get(place).copied(),
            Reference::Stated(_) => {
                let laboratory = self.round.laboratories.get(place)?;
                let difference = laboratory.value - assigned.value;
                let u = libm::hypot(laboratory.standard_uncertainty?, assigned.standard_uncertainty);
                let expanded_uncertainty = self.round.settings.coverage_factor * u;
                Some(DegreeOfEquivalence {
                    difference,
                    standard_uncertainty: u,
                    expanded_uncertainty,
                    is_equivalent: libm::fabs(difference) <= expanded_uncertainty,
                })
            }
            // No weights are known of them.
            Reference::Robust(_) | Reference::HomogeneityMean => None,
        }
    }

    fn report(&self, protocol: &Protocol) -> Result<ItemReport, Finding> {
        let assigned = match (&self.assessment.assigned_value.result, &self.assessment.assigned_value.refusal) {
            (Some(assigned), _) => assigned,
            (None, Some(refusal)) => return Err(refusal.finding()),
            (None, None) => return Err(Finding::error("comparison-not-finite")),
        };
        let not_finite = || Finding::error("comparison-not-finite");
        let exact = |value: f64| Decimal::shortest_from_f64(value).ok_or_else(not_finite);
        let stated = |value: f64, u: Option<f64>, unit: &heng_quantity::Unit| -> Result<Reported, Finding> {
            let Some(u) = u else {
                return Ok(Reported { value: exact(value)?, unit: unit.clone(), uncertainty: None });
            };
            let coverage = Coverage::Factor {
                factor: protocol.coverage_factor.clone(),
                probability: protocol.coverage_probability.clone(),
                distribution: None,
            };
            let estimate =
                Estimate { value, standard_uncertainty: u, degrees_of_freedom: f64::INFINITY, unit: unit.clone() };
            estimate.reported(RoundingRule::Gum726, &coverage).map_err(|_| not_finite())
        };
        let unit = &self.round.unit;
        let mut laboratories = Vec::new();
        for (place, scores) in self.assessment.scores.iter().enumerate() {
            let Some(result) = self.results.get(place) else { continue };
            let degree = self.degree(place, assigned);
            let mut stated_scores = Vec::new();
            for name in &protocol.scores {
                let Some(score) = score_of(scores, name) else {
                    return Err(Finding::error("comparison-no-denominator"));
                };
                stated_scores.push(ScoreReport {
                    score: name.clone(),
                    exact_value: exact(score.value)?,
                    judgement: judgement(score.judgement).to_owned(),
                });
            }
            laboratories.push(LaboratoryReport {
                code: scores.laboratory.clone(),
                result: result.clone(),
                difference: stated(
                    scores.difference,
                    degree.map(|degree| degree.standard_uncertainty),
                    &unit.of_difference(),
                )?,
                is_satisfactory: self.is_satisfactory(&scores.laboratory, protocol).unwrap_or_default(),
                scores: stated_scores,
            });
        }
        let sigma = self.assessment.standard_deviation.as_ref().and_then(|found| found.result);
        Ok(ItemReport {
            item: self.item.clone(),
            method: protocol.reference.clone(),
            reference: stated(assigned.value, Some(assigned.standard_uncertainty), unit)?,
            exact_value: exact(assigned.value)?,
            exact_standard_uncertainty: exact(assigned.standard_uncertainty)?,
            exact_standard_deviation: sigma.map(exact).transpose()?,
            laboratories,
        })
    }
}

/// The part of laboratories that the ellipse of a Youden plot is drawn for: a convention of pictures, on which no judgement rests.
const ELLIPSE: f64 = 0.95;

/// A laboratory with its results of both items.
pub type Pair = (String, f64, f64);

/// The laboratories with their results of both items, where a round has two, and the ellipse, where the results have one.
pub fn youden(evaluations: &[ItemEvaluation]) -> Option<(Vec<Pair>, Option<YoudenEllipse>)> {
    let [first, second] = evaluations else { return None };
    let pairs: Vec<Pair> = first
        .round
        .laboratories
        .iter()
        .filter_map(|one| {
            let other = second.round.laboratories.iter().find(|other| other.name == one.name)?;
            Some((one.name.clone(), one.value, other.value))
        })
        .collect();
    let values: Vec<[f64; 2]> = pairs.iter().map(|(_, first, second)| [*first, *second]).collect();
    Some((pairs, youden_ellipse(&values, ELLIPSE).ok()))
}

/// The name of a judgement in documents.
fn judgement(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Satisfactory => "satisfactory",
        Judgement::Questionable => "questionable",
        Judgement::Unsatisfactory => "unsatisfactory",
    }
}

/// A score by its name.
fn score_of(scores: &LaboratoryScores, name: &str) -> Option<Score> {
    match name {
        "e_n" => scores.e_n,
        "zeta" => scores.zeta,
        "z" => scores.z,
        "z_prime" => scores.z_prime,
        "percent_allowed" => scores.percent_allowed,
        _ => None,
    }
}

/// The report that follows from evaluated items, or why there is none.
pub fn reported(
    announcement: &Announcement,
    round: &StatementHash,
    evaluations: &[ItemEvaluation],
    mut openings: Vec<StatementHash>,
    without_result: Vec<WithoutResult>,
) -> Result<RoundReport, Finding> {
    if evaluations.len() != announcement.items.len() {
        return Err(Finding::error("round-no-reference"));
    }
    openings.sort();
    let items: Result<Vec<ItemReport>, Finding> =
        evaluations.iter().map(|evaluated| evaluated.report(&announcement.protocol)).collect();
    Ok(RoundReport { round: round.clone(), openings, without_result, items: items? })
}
