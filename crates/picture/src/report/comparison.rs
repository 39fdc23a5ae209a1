//! The report of a round: the reference value, every laboratory, and all estimators side by side.

use heng_comparison::reference_value::{Estimator, Reason, ReferenceValues};
use heng_comparison::robust::RobustMethod;
use heng_comparison::round::{AssignedValue, LaboratoryScores, Reference};
use heng_comparison::score::Score;
use heng_comparison::{Round, RoundEvaluation};
use heng_quantity::{Unit, typography};
use heng_wording::Words;

use super::{bare, findings, heading, page, paragraph};
use crate::canvas::escaped;
use crate::figures::{at_place, headed, number, place_of, stated};
use crate::laboratories::LaboratoryPicture;
use crate::picture::{Column, Table};

/// The page.
pub fn comparison(round: &Round, evaluation: &RoundEvaluation, words: &Words) -> String {
    let title = round.title.clone().unwrap_or_else(|| words.say("report-untitled-round", &[]));
    let mut html = String::new();
    html.push_str(&format!("<p class=\"quiet\">{}</p>\n", escaped(&headed(&round.quantity, &round.unit))));
    if let Some(assigned) = &evaluation.assessment.assigned_value.result {
        html.push_str(&answer(assigned, round, evaluation, words));
    }
    if !round.laboratories.is_empty() {
        html.push_str(&heading(&words.say("report-laboratories", &[])));
        html.push_str(&LaboratoryPicture::results(round, &evaluation.assessment).picture(words).figure(words));
        if let Some(scores) = LaboratoryPicture::scores(&evaluation.assessment) {
            let picture = scores.picture(words);
            html.push_str(&format!("<h3>{}</h3>\n", escaped(&picture.title)));
            html.push_str(&picture.figure(words));
        }
        html.push_str(&bare(&scores(evaluation, words)));
    }
    if let Some(found) = evaluation.reference_values.as_ref().and_then(|values| values.result.as_ref()) {
        html.push_str(&reference_values(found, round, evaluation, words));
    }
    if !evaluation.robust.is_empty() {
        html.push_str(&heading(&words.say("report-robust", &[])));
        html.push_str(&bare(&robust(evaluation, &round.unit, words)));
    }
    let refusals = [
        evaluation.assessment.assigned_value.refusal.as_ref(),
        evaluation.reference_values.as_ref().and_then(|values| values.refusal.as_ref()),
        evaluation.assessment.standard_deviation.as_ref().and_then(|deviation| deviation.refusal.as_ref()),
        evaluation.homogeneity.as_ref().and_then(|homogeneity| homogeneity.refusal.as_ref()),
        evaluation.stability.as_ref().and_then(|stability| stability.refusal.as_ref()),
    ];
    let found: Vec<_> = refusals.into_iter().flatten().map(|refusal| refusal.finding()).collect();
    html.push_str(&findings(&found, words));
    page(&title, &html, round.source.as_deref(), words)
}

fn answer(assigned: &AssignedValue, round: &Round, evaluation: &RoundEvaluation, words: &Words) -> String {
    let place = place_of([assigned.expanded_uncertainty].into_iter());
    let said = words.say(
        "report-assigned",
        &[
            ("value", &typography::with_unit(&stated(assigned.value, place), &round.unit)),
            (
                "expanded",
                &typography::with_unit(&stated(assigned.expanded_uncertainty, place), &round.unit.of_difference()),
            ),
            ("k", &number(assigned.coverage_factor, 3)),
        ],
    );
    let mut html = format!("<p class=\"answer\">{}</p>\n", escaped(&said));
    let how = match assigned.from {
        Reference::Stated(_) => words.say("report-reference-stated", &[]),
        Reference::HomogeneityMean => words.say("report-reference-homogeneity", &[]),
        Reference::Robust(method) => words.say(robust_word(method), &[]),
        Reference::Estimator(estimator) => words.say(estimator_word(estimator), &[]),
    };
    html.push_str(&format!("<p class=\"quiet\">{}</p>\n", escaped(&how)));
    if let Some(found) = evaluation.reference_values.as_ref().and_then(|values| values.result.as_ref()) {
        let consistency = &found.consistency;
        let code = if consistency.is_consistent { "report-consistent" } else { "report-inconsistent" };
        html.push_str(&paragraph(&words.say(
            code,
            &[
                ("chi", &number(consistency.chi_squared, 4)),
                ("degrees", &number(consistency.degrees_of_freedom, 4)),
                ("p", &number(consistency.p_value, 2)),
            ],
        )));
    }
    html
}

/// One of the scores of a laboratory.
type ScoreOf = fn(&LaboratoryScores) -> Option<Score>;

/// All scores of all laboratories, as far as the round has them.
fn scores(evaluation: &RoundEvaluation, words: &Words) -> Table {
    let difference = headed(&words.say("report-difference", &[]), &evaluation.unit.of_difference());
    let mut columns = vec![Column::Words(words.say("picture-laboratory", &[])), Column::Numbers(difference)];
    let expanded = evaluation.assessment.assigned_value.result.map(|assigned| assigned.expanded_uncertainty);
    let place = place_of(expanded.into_iter());
    let mut rows: Vec<Vec<String>> = evaluation
        .assessment
        .scores
        .iter()
        .map(|scores| vec![scores.laboratory.clone(), stated(scores.difference, place)])
        .collect();
    let kinds: [(&str, ScoreOf); 4] = [
        ("z", |scores| scores.z),
        ("z′", |scores| scores.z_prime),
        ("ζ", |scores| scores.zeta),
        ("Eₙ", |scores| scores.e_n),
    ];
    for (symbol, of) in kinds {
        if evaluation.assessment.scores.iter().all(|scores| of(scores).is_none()) {
            continue;
        }
        columns.push(Column::Numbers(symbol.to_owned()));
        for (row, scores) in rows.iter_mut().zip(&evaluation.assessment.scores) {
            row.push(of(scores).map_or_else(|| "–".to_owned(), |score| at_place(score.value, -2)));
        }
    }
    Table { caption: words.say("report-laboratories", &[]), columns, rows }
}

fn reference_values(found: &ReferenceValues, round: &Round, evaluation: &RoundEvaluation, words: &Words) -> String {
    let mut html = heading(&words.say("report-reference-values", &[]));
    let reason = match found.recommendation.reason {
        Reason::Consistent => "report-reason-consistent",
        Reason::InconsistentPair => "report-reason-inconsistent-pair",
        Reason::InconsistentFew => "report-reason-inconsistent-few",
        Reason::Inconsistent => "report-reason-inconsistent",
    };
    html.push_str(&paragraph(&words.say(reason, &[])));
    let place = place_of(found.estimates.iter().filter_map(|one| Some(one.consensus.as_ref()?.standard_uncertainty)));
    let rows = found.estimates.iter().map(|one| {
        let name = words.say(estimator_word(one.estimator), &[]);
        let name = if one.estimator == found.recommendation.estimator {
            words.say("report-recommended", &[("estimator", &name)])
        } else {
            name
        };
        match (&one.consensus, &one.refusal) {
            (Some(consensus), _) => {
                let [low, high] = consensus.interval;
                let mut cells = vec![name];
                cells.extend([consensus.value, consensus.standard_uncertainty, low, high].map(|v| stated(v, place)));
                cells.push(consensus.between_laboratories.map_or_else(|| "–".to_owned(), |tau| stated(tau, place)));
                cells
            }
            (None, Some(refusal)) => {
                let finding = refusal.finding();
                vec![format!("{name}: {}", words.finding(&finding.code, &finding.data))]
            }
            (None, None) => vec![name],
        }
    });
    let unit = &round.unit;
    let table = Table {
        caption: words.say("report-estimators-caption", &[]),
        columns: vec![
            Column::Words(words.say("report-estimator", &[])),
            Column::Numbers(headed(&words.say("picture-assigned", &[]), unit)),
            Column::Numbers(headed("u", &unit.of_difference())),
            Column::Numbers(headed(&words.say("picture-from", &[]), unit)),
            Column::Numbers(headed(&words.say("picture-to", &[]), unit)),
            Column::Numbers(headed("τ", &unit.of_difference())),
        ],
        rows: rows.collect(),
    };
    html.push_str(&bare(&table));
    if let Some(consensus) = found.by(found.recommendation.estimator) {
        let picture =
            LaboratoryPicture::equivalence(&evaluation.laboratories, &evaluation.unit, consensus).picture(words);
        html.push_str(&format!("<h3>{}</h3>\n", escaped(&picture.title)));
        html.push_str(&paragraph(&words.say(estimator_word(consensus.estimator), &[])));
        html.push_str(&picture.figure(words));
    }
    html
}

fn robust(evaluation: &RoundEvaluation, unit: &Unit, words: &Words) -> Table {
    let rows = evaluation.robust.iter().map(|one| {
        let name = words.say(robust_word(one.method), &[]);
        match (&one.outcome.result, &one.outcome.refusal) {
            (Some(found), _) => {
                let mut cells = vec![name];
                cells.extend([found.location, found.scale, found.standard_uncertainty].map(|value| number(value, 5)));
                cells
            }
            (None, Some(refusal)) => {
                let finding = refusal.finding();
                vec![format!("{name}: {}", words.finding(&finding.code, &finding.data))]
            }
            (None, None) => vec![name],
        }
    });
    Table {
        caption: words.say("report-robust", &[]),
        columns: vec![
            Column::Words(words.say("picture-method", &[])),
            Column::Numbers(headed(&words.say("report-location", &[]), unit)),
            Column::Numbers(headed(&words.say("report-scale", &[]), &unit.of_difference())),
            Column::Numbers(headed("u", &unit.of_difference())),
        ],
        rows: rows.collect(),
    }
}

fn estimator_word(estimator: Estimator) -> &'static str {
    match estimator {
        Estimator::WeightedMean => "report-estimator-weighted-mean",
        Estimator::BirgeAdjustedMean => "report-estimator-birge",
        Estimator::LargestConsistentSubset => "report-estimator-subset",
        Estimator::DerSimonianLaird => "report-estimator-der-simonian-laird",
        Estimator::HartungKnappSidikJonkman => "report-estimator-hartung",
        Estimator::MandelPaule => "report-estimator-mandel-paule",
        Estimator::RestrictedMaximumLikelihood => "report-estimator-restricted",
        Estimator::LinearPool => "report-estimator-pool",
        Estimator::LinearPoolStudent => "report-estimator-pool-student",
        Estimator::WeightedMedian => "report-estimator-weighted-median",
        Estimator::Median => "report-estimator-median",
        Estimator::ArithmeticMean => "report-estimator-mean",
        Estimator::ArithmeticMeanByScatter => "report-estimator-mean-scatter",
        Estimator::Hierarchical => "report-estimator-hierarchical",
    }
}

fn robust_word(method: RobustMethod) -> &'static str {
    match method {
        RobustMethod::AlgorithmA => "report-robust-algorithm-a",
        RobustMethod::AlgorithmAExactFactors => "report-robust-algorithm-a-exact",
        RobustMethod::AlgorithmAAsPrinted => "report-robust-algorithm-a-printed",
        RobustMethod::AlgorithmAFixedScale => "report-robust-algorithm-a-fixed",
        RobustMethod::MedianMade => "report-robust-made",
        RobustMethod::MedianNiqr => "report-robust-niqr",
        RobustMethod::MedianQn => "report-robust-qn",
        RobustMethod::MedianMeanDeviation => "report-robust-mean-deviation",
        RobustMethod::QHampel => "report-robust-q-hampel",
        RobustMethod::Mean => "report-robust-mean",
    }
}
