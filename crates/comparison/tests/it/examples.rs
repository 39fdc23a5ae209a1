//! The files of `examples/comparison`, read and evaluated as the command line does.

use std::fs;
use std::path::{Path, PathBuf};

use heng_comparison::file::{read_round, read_study};
use heng_comparison::reference_value::Estimator;
use heng_comparison::robust::RobustMethod;
use heng_comparison::score::PreferredScore;
use heng_comparison::{RoundEvaluation, StudyEvaluation};

use crate::data::MERCURY;
use crate::near;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples").join(name)
}

fn text(name: &str) -> String {
    let of_material = folder("material").join(name);
    let path = if of_material.exists() { of_material } else { folder("comparison").join(name) };
    fs::read_to_string(path).unwrap()
}

fn round(name: &str) -> RoundEvaluation {
    let (round, findings) = read_round(&text(name));
    assert!(findings.is_empty(), "{findings:?}");
    round.unwrap().evaluation()
}

fn study(name: &str) -> StudyEvaluation {
    let (study, findings) = read_study(&text(name));
    assert!(findings.is_empty(), "{findings:?}");
    study.unwrap().evaluation()
}

#[test]
fn every_example_is_read_and_printed() {
    let mut names: Vec<String> = [folder("comparison"), folder("material")]
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    names.sort();
    assert!(names.len() >= 11, "{names:?}");
    for name in names {
        let json = if text(&name).contains("heng-material/1") {
            serde_json::to_string(&study(&name)).unwrap()
        } else {
            serde_json::to_string(&round(&name)).unwrap()
        };
        assert!(json.contains("\"unit\""), "{name}");
    }
}

#[test]
fn creosote() {
    let assigned = round("creosote-iso-5725-5.toml").assessment.assigned_value.result.unwrap();
    near(assigned.value, 20.41214286, 5e-9);
    near(assigned.standard_uncertainty, 1.25 * 1.0698397 / 3.0, 5e-8);
}

#[test]
fn censored() {
    let ours = round("censored-iso-13528-e1.toml");
    near(ours.assessment.assigned_value.result.unwrap().value, 26.01, 0.005);
    let converged = ours.robust.iter().find(|one| one.method == RobustMethod::AlgorithmA).unwrap();
    near(converged.outcome.result.as_ref().unwrap().scale, 7.23726724, 5e-9);
}

#[test]
fn arsenic() {
    let ours = round("arsenic-iso-13528-e2.toml");
    near(ours.assessment.assigned_value.result.unwrap().value, 0.18715, 1e-12);
    near(ours.assessment.standard_deviation.unwrap().result.unwrap(), 0.02807, 5e-6);
    let homogeneity = ours.homogeneity.unwrap().result.unwrap();
    near(homogeneity.between_items, 0.000600925213, 5e-13);
    assert_eq!(homogeneity.is_homogeneous, Some(true));
    let stability = ours.stability.unwrap().result.unwrap();
    near(stability.difference, 0.00660, 1e-12);
    assert!(stability.is_stable);
    assert!(ours.robust.is_empty() && ours.assessment.scores.is_empty() && ours.reference_values.is_none());
}

#[test]
fn atrazine() {
    let ours = round("atrazine-iso-13528-e3.toml");
    let assigned = ours.assessment.assigned_value.result.unwrap();
    near(assigned.value, 0.257011039, 5e-10);
    near(assigned.standard_uncertainty, 0.0085, 5e-5);
    assert!(!assigned.is_covariance_known);
    near(ours.assessment.standard_deviation.unwrap().result.unwrap(), 0.0395199072, 5e-11);
    // u = 0.0085 is below 0.3 · 0.0395.
    assert_eq!(ours.assessment.preferred_score, Some(PreferredScore::Z));
    near(ours.assessment.scores[0].z.unwrap().value, (0.040 - 0.257011039) / 0.0395199072, 1e-7);
    assert_eq!(ours.assessment.scores[0].e_n, None);
}

#[test]
fn mercury() {
    let ours = round("mercury-iso-13528-e4.toml");
    assert_eq!(ours.assessment.preferred_score, Some(PreferredScore::ZPrime));
    for (score, (laboratory, _, _, _, published)) in ours.assessment.scores.iter().zip(MERCURY) {
        assert_eq!(score.laboratory, laboratory);
        let numbers = [
            score.percent_difference.unwrap(),
            score.percent_allowed.unwrap().value,
            score.z.unwrap().value,
            score.z_prime.unwrap().value,
            score.zeta.unwrap().value,
            score.e_n.unwrap().value,
        ];
        for (place, (ours, published)) in numbers.iter().zip(published).enumerate() {
            near(*ours, published, if place < 2 { 0.05 } else { 0.005 } + 1e-12);
        }
    }
}

#[test]
fn three_laboratories() {
    let ours = round("three-laboratories.toml");
    let assigned = ours.assessment.assigned_value.result.unwrap();
    near(assigned.value, 1.5310, 1e-12);
    near(assigned.standard_uncertainty, 0.1060, 5e-5);
    near(ours.assessment.standard_deviation.unwrap().result.unwrap(), 0.0948, 5e-5);
    assert_eq!(ours.assessment.preferred_score, Some(PreferredScore::ZPrime));
    for (score, (z, z_prime)) in ours.assessment.scores.iter().zip([(0.0, 0.0), (-1.35, -0.90), (1.04, 0.70)]) {
        near(score.z.unwrap().value, z, 0.005);
        near(score.z_prime.unwrap().value, z_prime, 0.005);
    }
    let homogeneity = ours.homogeneity.unwrap().result.unwrap();
    near(homogeneity.criterion.unwrap(), 0.0284, 5e-5);
    assert!(homogeneity.is_variance_negative && homogeneity.is_homogeneous == Some(true));
}

#[test]
fn key_comparisons() {
    let ours = round("pcb-28-ccqm-k25.toml");
    let values = ours.reference_values.unwrap().result.unwrap();
    near(values.by(Estimator::MandelPaule).unwrap().value, 33.5853409, 5e-8);
    near(
        ours.assessment.assigned_value.result.unwrap().value,
        values.by(Estimator::Hierarchical).unwrap().value,
        1e-12,
    );
    let ours = round("power-sensor-ccem-rf-k25.toml");
    let values = ours.reference_values.unwrap().result.unwrap();
    near(values.by(Estimator::WeightedMean).unwrap().value, 0.819179739, 5e-10);
    let assigned = ours.assessment.assigned_value.result.unwrap();
    near(assigned.standard_uncertainty, 0.00197845839, 5e-12);
    // E_n of a laboratory within the weighted mean is d/U(d).
    let degree = values.by(Estimator::WeightedMean).unwrap().degrees_of_equivalence[5];
    near(ours.assessment.scores[5].e_n.unwrap().value, degree.difference / degree.expanded_uncertainty, 1e-10);
    let values = round("carotid-stenosis.toml").reference_values.unwrap().result.unwrap();
    near(values.by(Estimator::DerSimonianLaird).unwrap().value, -0.412270584, 5e-10);
}

#[test]
fn bottles() {
    let ours = study("bottles-crm001-x.toml");
    let homogeneity = ours.homogeneity.unwrap().result.unwrap();
    near(homogeneity.standard_uncertainty / homogeneity.mean, 0.200886468, 5e-10);
    near(ours.certified_value.result.unwrap().standard_uncertainty, 9.74299368e-4, 5e-13);
    let homogeneity = study("bottles-crm001-y.toml").homogeneity.unwrap().result.unwrap();
    near(homogeneity.standard_uncertainty / homogeneity.mean, 0.00858439648, 5e-12);
}

#[test]
fn names_in_the_json_are_stable() {
    let json = serde_json::to_value(round("pcb-28-ccqm-k25.toml")).unwrap();
    for pointer in [
        "/quantity",
        "/unit",
        "/laboratories/0",
        "/robust/0/method",
        "/robust/0/result/location",
        "/robust/0/result/standard_uncertainty",
        "/reference_values/result/consistency/chi_squared",
        "/reference_values/result/consistency/p_value",
        "/reference_values/result/largest_consistent_subset/members/0",
        "/reference_values/result/estimates/0/estimator",
        "/reference_values/result/estimates/0/consensus/value",
        "/reference_values/result/estimates/0/consensus/interval/1",
        "/reference_values/result/estimates/0/consensus/degrees_of_equivalence/0/expanded_uncertainty",
        "/reference_values/result/recommendation/reason",
        "/reference_values/result/bilateral/0/1/difference",
        "/assigned_value/result/value",
        "/scores/0/e_n/value",
        "/scores/0/e_n/judgement",
        "/limits/action",
    ] {
        assert!(json.pointer(pointer).is_some_and(|value| !value.is_null()), "{pointer}");
    }
    assert_eq!(json.pointer("/robust/0/method").unwrap(), "algorithm_a");
    assert_eq!(json.pointer("/reference_values/result/recommendation/reason").unwrap(), "inconsistent_few");
    // Unrounded: what is read again is the same double.
    let value = round("pcb-28-ccqm-k25.toml").assessment.assigned_value.result.unwrap().value;
    let again: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
    assert_eq!(again.pointer("/assigned_value/result/value").unwrap().as_f64(), Some(value));
}
