//! Synthetic certificates: a price-computing scale that conforms, one that does not, and a thermometer calibration.

use std::collections::BTreeMap;

use heng_exchange::document::{Above, Step};
use heng_quantity::{Distribution, Reported, Uncertainty, Unit};
use heng_rule::{
    Cell, Citation, Confidence, Contribution, Instrument, ItemResult, Limit, Named, Occasion, Organisation, Outcome,
    PointResult, RuleReference, Verdict, Words,
};
use heng_statement::certificate::Dissemination;
use heng_statement::{Certificate, CertificateKind, Signatory, StandardUsed};

fn words(zh: &str, en: &str) -> Words {
    Words { zh: zh.to_owned(), en: en.to_owned() }
}

fn unit(unit: &str) -> Unit {
    unit.parse().unwrap()
}

pub fn quantity(value: &str, of: &str) -> Reported {
    Reported { value: value.parse().unwrap(), unit: unit(of), uncertainty: None }
}

pub fn expanded(value: &str, of: &str, uncertainty: &str, k: &str) -> Reported {
    Reported {
        uncertainty: Some(Uncertainty::Expanded {
            value: uncertainty.parse().unwrap(),
            coverage_factor: k.parse().unwrap(),
            coverage_probability: "0.95".parse().unwrap(),
            distribution: Some(Distribution::Normal),
        }),
        ..quantity(value, of)
    }
}

fn named(name: &str, symbol: Option<&str>, zh: &str, en: &str, quantity: Reported) -> Named {
    Named { name: name.to_owned(), symbol: symbol.map(str::to_owned), label: words(zh, en), quantity }
}

fn citation(clause: &str, confidence: Confidence) -> Citation {
    Citation { norm: "JJG 539-2016".to_owned(), clause: Some(clause.to_owned()), source: None, confidence }
}

fn contribution(input: &str, zh: &str, en: &str, estimate: Reported, u: &str, c: &str) -> Contribution {
    Contribution {
        input: input.to_owned(),
        label: words(zh, en),
        standard_uncertainty: u.parse().unwrap(),
        degrees_of_freedom: (input == "I").then(|| "9".parse().unwrap()),
        contribution: quantity(c, "\\gram"),
        estimate,
        identity: None,
        sensitivity: None,
    }
}

struct Point(&'static str, &'static str, &'static str, &'static str, &'static str, &'static str, Outcome);

fn weighing(points: &[Point], outcome: Outcome) -> ItemResult {
    let point = |Point(load, indication, added, error, u, limit, outcome): &Point| PointResult {
        words: Vec::new(),
        conditions: vec![named("load", Some("L"), "载荷", "Load", quantity(load, "\\kilogram"))],
        observed: vec![
            named("indication", Some("I"), "示值", "Indication", quantity(indication, "\\kilogram")),
            named("added", Some("ΔL"), "附加砝码", "Added weights", quantity(added, "\\gram")),
        ],
        result: named("error", Some("E"), "示值误差", "Error", expanded(error, "\\gram", u, "2")),
        limit: Some(Limit {
            lower: Some(quantity(&format!("-{limit}"), "\\gram")),
            upper: Some(quantity(limit, "\\gram")),
            citation: citation("表 1", Confidence::Secondary),
        }),
        outcome: Some(*outcome),
        degrees_of_freedom: None,
        correlations: Vec::new(),
        trials: None,
        budget: vec![
            contribution(
                "L",
                "标准砝码，M₁ 级",
                "Standard weights, class M1",
                quantity(load, "\\kilogram"),
                "0.00029",
                "0.29",
            ),
            contribution("I", "重复性", "Repeatability", quantity(indication, "\\kilogram"), "0.00050", "0.50"),
            contribution(
                "dL",
                "附加砝码的分辨力",
                "Resolution of the added weights",
                quantity(added, "\\gram"),
                "0.29",
                "0.29",
            ),
        ],
    };
    ItemResult {
        item: "weighing".to_owned(),
        title: words("称量", "Weighing"),
        citation: citation("7.3.4", Confidence::Read),
        model: Some("E = I + e/2 - dL - L".to_owned()),
        points: points.iter().map(point).collect(),
        outcome: Some(outcome),
    }
}

fn appearance() -> ItemResult {
    ItemResult {
        item: "appearance".to_owned(),
        title: words("外观检查", "Appearance"),
        citation: citation("7.3.1", Confidence::Read),
        model: None,
        points: Vec::new(),
        outcome: Some(Outcome::Conforms),
    }
}

fn organisation(zh: &str, en: &str, address: (&str, &str)) -> Organisation {
    Organisation { name: words(zh, en), id: None, address: Some(words(address.0, address.1)) }
}

pub fn scale() -> Certificate {
    use Outcome::Conforms as Yes;
    let points = [
        Point("0.2", "0.200", "4.0", "+1.0", "1.2", "5", Yes),
        Point("5", "5.000", "3.0", "2.0", "1.2", "5", Yes),
        Point("15", "15.000", "1.0", "4.0", "1.4", "10", Yes),
        Point("20", "20.010", "8.0", "7.0", "1.6", "10", Yes),
        Point("30", "30.010", "4.0", "11.0", "2.1", "15", Yes),
        Point("20", "20.010", "7.0", "8.0", "1.6", "10", Yes),
        Point("15", "15.000", "0.0", "5.0", "1.4", "10", Yes),
        Point("5", "4.990", "2.0", "-3.0", "1.2", "5", Yes),
        Point("0.2", "0.200", "5.0", "0.0", "1.2", "5", Yes),
    ];
    let rule = RuleReference {
        id: "jjg-539-2016".to_owned(),
        version: 1,
        sha256: "5f1e7a90c3d2b4486a1f0e9d8c7b6a5f4e3d2c1b0a99887766554433221100ff".to_owned(),
        norm: "JJG 539-2016".to_owned(),
        title: words("数字指示秤", "Digital Indicating Scales"),
        in_force_from: None,
    };
    let characteristics: BTreeMap<String, Cell> = [
        ("class".to_owned(), Cell::Text("Ⅲ".to_owned())),
        ("max".to_owned(), Cell::Quantity(quantity("30", "\\kilogram"))),
        ("min".to_owned(), Cell::Quantity(quantity("200", "\\gram"))),
        ("e".to_owned(), Cell::Quantity(quantity("10", "\\gram"))),
    ]
    .into();
    Certificate {
        number: "TJHH-2026-0184302".to_owned(),
        kind: CertificateKind::Verification,
        occasion: Occasion::Subsequent,
        laboratory: organisation(
            "海河衡器检定站（示例）",
            "Haihe Weighing Verification Station (example)",
            ("天津市河东区津塘路 000 号", "000 Jintang Road, Hedong, Tianjin"),
        ),
        authorization_number: Some("（津）法计（2024）00017 号".to_owned()),
        client: organisation(
            "天津市津南区咸水沽镇福顺海鲜水产品批发零售综合经营部第二分店（示例）",
            "Fushun Seafood, second branch, Xianshuigu, Jinnan (example)",
            ("津南区咸水沽镇海河农贸市场 𠮷字 3 号", "Stall 3, Haihe Market, Xianshuigu, Jinnan"),
        ),
        instrument: Instrument {
            id: None,
            kind: "digital-indicating-scale".to_owned(),
            name: words("电子计价秤", "Price-computing scale"),
            manufacturer: words("北辰衡器有限公司（示例）", "Beichen Scales (example)"),
            model: "ACS-30".to_owned(),
            serial: "2311-08846".to_owned(),
            characteristics,
        },
        rule: rule.clone(),
        performed_on: "2026-05-19".parse().unwrap(),
        issued_on: "2026-05-20".parse().unwrap(),
        valid_through: Some("2027-05-18".parse().unwrap()),
        place: words("津南区海河农贸市场", "Haihe Market, Jinnan"),
        environment: vec![
            named("temperature", Some("t"), "温度", "Temperature", quantity("22.4", "\\degreecelsius")),
            named("humidity", None, "相对湿度", "Relative humidity", quantity("48", "\\percent")),
        ],
        standards: vec![StandardUsed {
            id: "thing:standard:m1-0217".to_owned(),
            name: words("M₁ 级砝码组", "Weight set, class M1"),
            model: "M₁".to_owned(),
            serial: "M1-0217".to_owned(),
            quantity: "mass".to_owned(),
            range: words("1 g ～ 20 kg", "1 g to 20 kg"),
            accuracy: words("M₁ 级", "Class M1"),
            certificate_number: "TJJL-2026-000217".to_owned(),
            certificate_statement: "a1".repeat(32),
            certificate_xml_sha256: "b2".repeat(32),
            valid_through: "2027-03-02".parse().unwrap(),
        }],
        results: vec![appearance(), weighing(&points, Yes)],
        verdict: Some(Verdict { outcome: Yes, rule, class: Some("Ⅲ".to_owned()), because_of: Vec::new() }),
        signatories: vec![
            Signatory {
                id: "party:tj:p-0007".to_owned(),
                name: words("李雯", "Li Wen"),
                function: "verifier".to_owned(),
            },
            Signatory {
                id: "party:tj:p-0011".to_owned(),
                name: words("孙雅琴", "Sun Yaqin"),
                function: "reviewer".to_owned(),
            },
            Signatory {
                id: "party:tj:p-0002".to_owned(),
                name: words("赵启㛃", "Zhao Qijie"),
                function: "approver".to_owned(),
            },
        ],
        remark: None,
        check_address: "https://heng.example/c/TJHH-2026-0184302".to_owned(),
        synthetic: true,
        disseminates: Vec::new(),
        documents: Vec::new(),
    }
}

/// The same scale with one point beyond its limit and one that cannot be decided.
pub fn rejected_scale() -> Certificate {
    let mut certificate = scale();
    certificate.number = "TJHH-2026-0184303".to_owned();
    certificate.kind = CertificateKind::RejectionNotice;
    certificate.valid_through = None;
    let points = [
        Point("0.2", "0.200", "4.0", "1.0", "1.2", "5", Outcome::Conforms),
        Point("5", "5.010", "9.0", "6.0", "0.8", "5", Outcome::DoesNotConform),
        Point("15", "15.010", "1.5", "9.5", "1.4", "10", Outcome::NotDecidable),
        Point("20", "20.020", "1.0", "-14.0", "1.6", "10", Outcome::DoesNotConform),
    ];
    certificate.results = vec![appearance(), weighing(&points, Outcome::DoesNotConform)];
    let verdict = certificate.verdict.as_mut().unwrap();
    verdict.outcome = Outcome::DoesNotConform;
    verdict.class = None;
    verdict.because_of = vec!["weighing".to_owned()];
    certificate
}

/// A calibration: no limits, no verdict, digits beyond five, an interval and differing coverage factors.
pub fn thermometer() -> Certificate {
    let mut certificate = scale();
    certificate.number = "TJJL-2026-000419".to_owned();
    certificate.kind = CertificateKind::Calibration;
    certificate.occasion = Occasion::Calibration;
    certificate.valid_through = None;
    certificate.verdict = None;
    certificate.instrument.name = words("标准铂电阻温度计", "Standard platinum resistance thermometer");
    certificate.instrument.characteristics = [(
        "range".to_owned(),
        Cell::Series(vec![quantity("-40", "\\degreecelsius"), quantity("419.527", "\\degreecelsius")]),
    )]
    .into();
    let point = |t: &str, shown: &str, value: &str, u: &str, k: &str| PointResult {
        words: Vec::new(),
        conditions: vec![named(
            "reference",
            Some("t_90"),
            "参考温度",
            "Reference temperature",
            expanded(t, "\\degreecelsius", "0.010", "2"),
        )],
        observed: vec![named("resistance", Some("R"), "电阻", "Resistance", quantity(shown, "\\ohm"))],
        result: named("correction", Some("C"), "修正值", "Correction", expanded(value, "\\degreecelsius", u, k)),
        limit: None,
        outcome: None,
        degrees_of_freedom: None,
        correlations: Vec::new(),
        trials: None,
        budget: Vec::new(),
    };
    let points = vec![
        point("-38.8344", "84.27123", "-0.012", "0.020", "2.0"),
        point("0.0100", "100.00451", "0.004", "0.012", "2.0"),
        point("231.928", "189.25604", "0.1205", "0.0311", "2.13"),
    ];
    certificate.results = vec![ItemResult {
        item: "points".to_owned(),
        title: words("定点校准", "Fixed points"),
        citation: Citation {
            norm: "JJG 160-2007".to_owned(),
            clause: None,
            source: None,
            confidence: Confidence::Unverified,
        },
        model: None,
        points,
        outcome: None,
    }];
    certificate.disseminates = vec![Dissemination {
        quantity: "temperature".to_owned(),
        from: quantity("-38.8344", "\\degreecelsius"),
        to: quantity("231.928", "\\degreecelsius"),
        expanded_uncertainty: expanded("0", "\\degreecelsius", "0.012", "2"),
        value: None,
        degrees_of_freedom: None,
        result: None,
    }];
    certificate.remark = Some(words("校准前在水三相点退火 2 h。", "Annealed for 2 h before calibration."));
    certificate
}

/// What the scale's certificate rests on: the weights used, what those were compared with, and the unit.
pub fn chain() -> Vec<Step> {
    let used = scale().standards.remove(0);
    let above = StandardUsed {
        name: words("F1 等级砝码组", "Class F1 weight set"),
        serial: "F1-0007".to_owned(),
        certificate_number: "TJJL-2026-000100".to_owned(),
        ..used.clone()
    };
    vec![
        Step { depth: 1, standard: used, above: Above::Standards },
        Step { depth: 2, standard: above, above: Above::Unit },
    ]
}

/// A calibration with one point of more quantities than columns fit on a page, some of them with powers of ten.
pub fn many_inputs() -> Certificate {
    let mut certificate = thermometer();
    let item = certificate.results.first_mut().unwrap();
    item.points.truncate(1);
    item.model = Some("l = ls*(1 + dalpha)".to_owned());
    let point = item.points.first_mut().unwrap();
    for index in 0..8 {
        let name = format!("x{index}");
        let value = format!("{index}.77e-7");
        point.observed.push(named(&name, None, "膨胀系数之差", "Difference", quantity(&value, "\\kelvin\\tothe{-1}")));
    }
    certificate
}
