//! Reports are pages that hold everything, and nothing from elsewhere.

use heng_comparison::Study;
use heng_comparison::file::{read_round, read_study};
use heng_comparison::material::Baseline;
use heng_picture::report::{
    CalibrationReport, DecisionReport, LotReport, ReportedOutput, ReportedTrials, UncertaintyReport, calibration,
    comparison, decision, lot, lot_tables, material, tables_page, uncertainty,
};
use heng_quantity::{Coverage, RoundingRule, Unit};
use heng_uncertainty::conformity::decision::DecisionRule;
use heng_uncertainty::conformity::measured::Measured;
use heng_uncertainty::curve::{CalibrationData, calibration_line};
use heng_uncertainty::{Correlations, Input, Interval, Model, Stated, ToleranceInterval, ValidMethod, evaluate_linear};
use heng_wording::{Language, Words};

use crate::samples;
use crate::svg::elements;

const LANGUAGES: [Language; 2] = [Language::Zh, Language::En];

/// Well formed but for the tags that HTML leaves open, with no word that is missing and nothing that is fetched or run.
#[track_caller]
fn is_whole(page: &str) {
    let body = page.split_once("<body>").unwrap().1.split_once("</body>").unwrap().0;
    elements(body);
    let text = page.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1998/Math/MathML", "");
    for forbidden in
        ["<script", "http://", "https://", "url(", "@import", " onload", "javascript:", "{$", ">report-", ">picture-"]
    {
        assert!(!text.contains(forbidden), "{forbidden}");
    }
    assert!(page.contains("default-src 'none'"));
}

fn model() -> (Model, Vec<Input>) {
    let model = Model::parse("y = a*b/2").unwrap();
    let input = |name: &str, value, u| Input::standard(name, value, Unit::one(), u, f64::INFINITY);
    (model, vec![input("a", 3.0, 0.1), input("b", 4.0, 0.2)])
}

#[test]
fn a_model_has_its_formula_its_result_and_its_pictures() {
    let (model, inputs) = model();
    let evaluation = evaluate_linear(&model, &inputs, &Correlations::none()).unwrap();
    let output = evaluation.only().unwrap();
    for language in LANGUAGES {
        let reported = output.estimate.reported(RoundingRule::Gum726, &Coverage::Standard).unwrap();
        let text = reported.text();
        let report = UncertaintyReport {
            title: Some("<A & B>"),
            source: Some("JCGM"),
            model: &model,
            coverage_probability: 0.95,
            outputs: vec![ReportedOutput {
                output,
                stated: Stated { method: ValidMethod::Linear, reported },
                not_validated: None,
                expanded: Some((1.96, 0.7)),
                tolerance: Some(ToleranceInterval { lower: Some(5.0), upper: None }),
                trials: Some(ReportedTrials {
                    count: 1_000_000,
                    seed: 1,
                    mean: Some(6.0),
                    standard_uncertainty: Some(0.36),
                    heavy_tail: None,
                    symmetric: Interval { low: 5.3, high: 6.7 },
                    shortest: Interval { low: 5.3, high: 6.7 },
                    bins: samples::histogram().bins,
                    validation: Some((false, 0.005)),
                }),
            }],
            findings: output.findings(),
        };
        let page = uncertainty(&report, &Words::new(language));
        is_whole(&page);
        assert!(page.contains("<h1>&lt;A &amp; B&gt;</h1>"));
        assert!(page.contains("<math") && page.contains(&text));
        assert_eq!(page.matches("<svg").count(), 6);
        assert_eq!(page.matches("<details").count(), 3);
    }
}

#[test]
fn a_round_has_every_laboratory_and_every_estimator() {
    let (round, findings) = read_round(include_str!("../../../../examples/comparison/pcb-28-ccqm-k25.toml"));
    assert!(findings.is_empty());
    let round = round.unwrap();
    let evaluation = round.evaluation();
    for language in LANGUAGES {
        let page = comparison(&round, &evaluation, &Words::new(language));
        is_whole(&page);
        for laboratory in &round.laboratories {
            assert!(page.contains(&format!("<td>{}</td>", laboratory.name)), "{}", laboratory.name);
        }
        assert_eq!(page.matches("<svg").count(), 6);
    }
    let page = comparison(&round, &evaluation, &Words::new(Language::En));
    assert!(page.contains("DerSimonian–Laird") && page.contains("Bayesian hierarchical model (recommended)"));
}

#[test]
fn every_example_of_a_round_has_a_page() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/comparison");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let Some(round) = read_round(&text).0 else { continue };
        count += 1;
        let evaluation = round.evaluation();
        for language in LANGUAGES {
            is_whole(&comparison(&round, &evaluation, &Words::new(language)));
        }
    }
    assert!(count > 4, "{count}");
}

/// Homogeneity, stability in storage and in transport, and a control chart whose last values rise: an alarm in words.
#[test]
fn a_study_of_a_material_has_its_pictures_and_the_alarm_of_its_chart() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/material/standard-solution.toml");
    let study = read_study(&std::fs::read_to_string(folder).unwrap()).0.unwrap();
    let evaluation = study.evaluation();
    for (language, alarm, heading) in
        [(LANGUAGES[0], "控制图报警", "标准值"), (LANGUAGES[1], "raises an alarm", "Certified value")]
    {
        let page = material(&study, &evaluation, &[], &Words::new(language));
        is_whole(&page);
        assert_eq!(page.matches("role=\"img\"").count(), 8);
        assert!(page.contains(alarm) && page.contains(heading));
    }
    let calm = Study { chart: Some((vec![1.0, 1.1, 0.9, 1.0, 1.1, 1.0, 0.9, 1.1], Baseline::All)), ..study };
    let page = material(&calm, &calm.evaluation(), &[], &Words::new(LANGUAGES[1]));
    assert!(!page.contains("raises an alarm"));
}

#[test]
fn a_line_and_a_decision_have_their_pages() {
    let data = CalibrationData::of_columns(
        vec![1.0, 2.0, 3.0, 4.0],
        vec![2.1, 3.9, 6.2, 7.8],
        Vec::new(),
        vec![0.2; 4],
        Vec::new(),
    );
    let line = calibration_line(&data).unwrap();
    let limits = ToleranceInterval { lower: Some(-0.5), upper: Some(0.5) };
    let measured = Measured::Normal { value: 0.41, standard_uncertainty: 0.06 };
    let decided = DecisionRule::simple().decision(&limits, &measured).unwrap();
    for language in LANGUAGES {
        let words = Words::new(language);
        let names = ["x".to_owned(), "y".to_owned()];
        let units = [Unit::one(), samples::unit("V")];
        let page = calibration(
            &CalibrationReport { title: None, source: None, line: &line, names, units, coverage_factor: 2.0 },
            &words,
        );
        is_whole(&page);
        assert_eq!(page.matches("<svg").count(), 2);
        let unit = samples::unit("g");
        let report = DecisionReport { title: None, source: None, name: "E", unit: &unit, decision: &decided };
        let page = decision(&report, &words);
        is_whole(&page);
        assert_eq!(page.matches("role=\"img\"").count(), 4);
    }
}

#[test]
fn a_lot_has_its_decision_its_curve_and_what_each_source_says() {
    for language in LANGUAGES {
        let words = Words::new(language);
        for failing in [0, 2, 40] {
            let grading = samples::lot(failing);
            let notes = ["<限值>".to_owned()];
            let page = lot(&LotReport { title: "批 <A & B>", notes: &notes, grading: &grading }, &words);
            is_whole(&page);
            assert!(page.contains("&lt;限值&gt;") && page.contains(&grading.draw.population));
            let tables = lot_tables(&grading, &words);
            assert_eq!(tables.len(), 4);
            is_whole(&tables_page("表", &notes, &tables, &words));
        }
    }
}
