//! Numbers that the pictures are tried with, usual ones and hostile ones.

use heng_comparison::material::{Baseline, bottle_homogeneity, control_chart, stability_trend, stability_uncertainty};
use heng_comparison::study::{StabilityData, StabilityEvaluation};
use heng_comparison::youden::youden_ellipse;
use heng_picture::{
    AcceptancePicture, Band, Bins, BottlesPicture, BudgetBar, BudgetPicture, CalibrationPicture, CharacteristicPicture,
    ControlChartPicture, CoverageBar, DensityPicture, HistogramPicture, IntervalKind, LaboratoryPicture, LaboratoryRow,
    Picture, RowsKind, Shape, StabilityPicture, YoudenPicture, YoudenPoint,
};
use heng_quantity::Unit;
use heng_sampling::grade::{Drawn, UnitResult};
use heng_sampling::{Assumptions, Grading, Lot, Plan};
use heng_uncertainty::ToleranceInterval;
use heng_uncertainty::conformity::AcceptanceInterval;
use heng_uncertainty::conformity::characteristic::OperatingCharacteristic;
use heng_uncertainty::conformity::measured::{Measured, Sampled};
use heng_uncertainty::curve::{CalibrationData, calibration_line};
use heng_wording::Words;

pub fn unit(symbol: &str) -> Unit {
    heng_quantity::unit::from_symbol(symbol).unwrap()
}

/// The gauge block of JCGM 100, H.1.
pub fn budget() -> BudgetPicture {
    let bar = |name: &str, contribution, share| BudgetBar { name: name.to_owned(), contribution, share };
    BudgetPicture {
        name: "dl".to_owned(),
        unit: unit("nm"),
        standard_uncertainty: 32.137_98,
        bars: vec![
            bar("alphas", 0.0, 0.0),
            bar("d", 6.0, 0.034_86),
            bar("d1", 4.0, 0.015_49),
            bar("d2", 7.0, 0.047_44),
            bar("dalpha", 2.891_595, 0.008_095),
            bar("dt", 17.276_82, 0.289),
            bar("ls", 25.0, 0.605_1),
        ],
    }
}

pub fn long_names() -> BudgetPicture {
    let names = [
        "标准砝码证书给出的修正值在两次检定之间的长期漂移",
        "空气密度",
        "coefficient_of_thermal_expansion_of_the_standard",
        "示值重复性",
        "<script>&\"'",
    ];
    let bars = names.iter().enumerate().map(|(place, name)| BudgetBar {
        name: (*name).to_owned(),
        contribution: 3e-12 / (place as f64 + 1.0),
        share: 0.2,
    });
    BudgetPicture { name: "m_x".to_owned(), unit: unit("kg"), standard_uncertainty: 4e-12, bars: bars.collect() }
}

pub fn many_inputs() -> BudgetPicture {
    let bars = (0..40).map(|place| BudgetBar {
        name: format!("x[{place}]"),
        contribution: 1.0 / f64::from(place + 1),
        share: 0.5 / f64::from((place + 1) * (place + 1)),
    });
    BudgetPicture { name: "y".to_owned(), unit: Unit::one(), standard_uncertainty: 1.27, bars: bars.collect() }
}

/// A skewed result: 1 000 000 trials of an exponential quantity about its mode, in 128 bins.
pub fn histogram() -> HistogramPicture {
    let cumulative = |x: f64| if x <= 0.0 { 0.0 } else { 1.0 - (-x).exp() * (1.0 + x) };
    let edges: Vec<f64> = (0..=128).map(|step| f64::from(step) * 0.125).collect();
    let counts = edges.windows(2).map(|pair| ((cumulative(pair[1]) - cumulative(pair[0])) * 1e6) as u64).collect();
    let bar = |kind, low, high| CoverageBar { kind, low, high };
    HistogramPicture {
        name: "P".to_owned(),
        unit: unit("kW"),
        bins: Bins { edges, counts, beyond: 2 },
        mean: Some(2.0),
        standard_uncertainty: Some(1.414),
        linear: (2.0, 1.2),
        coverage_probability: 0.95,
        intervals: vec![
            bar(IntervalKind::Linear, -0.352, 4.352),
            bar(IntervalKind::Symmetric, 0.242, 5.572),
            bar(IntervalKind::Shortest, 0.042, 4.765),
        ],
    }
}

/// A large value with a small uncertainty, whose labels are counted from an offset.
pub fn offset_histogram() -> HistogramPicture {
    let mut picture = histogram();
    picture.name = "l".to_owned();
    picture.unit = unit("nm");
    picture.bins = Bins {
        edges: (0..=64).map(|step| 50_000_700.0 + f64::from(step) * 4.0).collect(),
        counts: (0..64_i32).map(|step| (1e4 * (-f64::from((step - 32) * (step - 32)) / 120.0).exp()) as u64).collect(),
        beyond: 0,
    };
    picture.mean = Some(50_000_828.0);
    picture.standard_uncertainty = Some(31.0);
    picture.linear = (50_000_828.0, 32.0);
    picture.intervals = vec![CoverageBar { kind: IntervalKind::Linear, low: 50_000_764.0, high: 50_000_892.0 }];
    picture
}

fn row(name: &str, value: f64, u: Option<f64>, shape: Shape) -> LaboratoryRow {
    LaboratoryRow { name: name.to_owned(), value, expanded_uncertainty: u, shape }
}

pub fn results() -> LaboratoryPicture {
    LaboratoryPicture {
        kind: RowsKind::Results,
        name: "PCB 28".to_owned(),
        unit: unit("ng/g"),
        band: Some(Band { value: 33.6, expanded_uncertainty: 1.4 }),
        limits: Vec::new(),
        rows: vec![
            row("天津市计量监督检测科学研究院长度与力学计量研究所", 31.2, Some(1.2), Shape::Bad),
            row("KRISS", 32.4, Some(1.8), Shape::Good),
            row("NIST", 33.3, Some(0.9), Shape::Good),
            row("NMIA", 33.9, None, Shape::Unknown),
            row("NRC", 34.5, Some(2.0), Shape::Good),
            row("Physikalisch-Technische Bundesanstalt, Braunschweig", 35.1, Some(1.0), Shape::Attention),
            row("LGC", 36.9, Some(2.8), Shape::Bad),
        ],
    }
}

pub fn far_result() -> LaboratoryPicture {
    let mut picture = results();
    picture.rows.push(row("Lab 9", 3360.0, Some(10.0), Shape::Bad));
    picture
}

pub fn equivalence() -> LaboratoryPicture {
    let mut picture = results();
    picture.kind = RowsKind::Equivalence;
    picture.name = "d".to_owned();
    picture.band = None;
    for row in &mut picture.rows {
        row.value -= 33.6;
    }
    picture
}

pub fn scores() -> LaboratoryPicture {
    LaboratoryPicture {
        kind: RowsKind::Scores,
        name: "z".to_owned(),
        unit: Unit::one(),
        band: None,
        limits: vec![2.0, 3.0],
        rows: vec![
            row("Lab 3", -14.2, None, Shape::Bad),
            row("Lab 1", -2.4, None, Shape::Attention),
            row("Lab 2", -0.3, None, Shape::Good),
            row("Lab 5", 0.0, None, Shape::Good),
            row("Lab 6", 1.1, None, Shape::Good),
            row("Lab 4", 3.6, None, Shape::Bad),
        ],
    }
}

pub fn many_laboratories() -> LaboratoryPicture {
    let rows = (0..150).map(|place| {
        let value = f64::from(place) / 40.0 - 1.9;
        row(&format!("Lab {place}"), value, None, if value.abs() <= 2.0 { Shape::Good } else { Shape::Bad })
    });
    LaboratoryPicture { rows: rows.collect(), ..scores() }
}

pub fn youden() -> YoudenPicture {
    let pairs = [
        [10.02, 20.11],
        [10.21, 20.20],
        [9.85, 19.75],
        [10.11, 20.31],
        [9.71, 19.66],
        [10.05, 20.02],
        [9.95, 19.99],
        [10.34, 20.42],
        [9.9, 19.84],
        [10.0, 19.6],
        [10.15, 20.12],
        [9.82, 19.9],
        [10.08, 20.15],
        [11.1, 19.2],
    ];
    let point = |(place, pair): (usize, &[f64; 2])| YoudenPoint {
        name: format!("Lab {}", place + 1),
        first: pair[0],
        second: pair[1],
    };
    YoudenPicture {
        items: ["样品 A".to_owned(), "样品 B".to_owned()],
        unit: unit("mg/L"),
        points: pairs.iter().enumerate().map(point).collect(),
        ellipse: youden_ellipse(&pairs, 0.95).ok(),
    }
}

pub fn characteristic() -> CharacteristicPicture {
    let acceptance = AcceptanceInterval { lower: Some(-0.38), upper: Some(0.38) };
    CharacteristicPicture {
        name: "E".to_owned(),
        unit: unit("g"),
        characteristic: OperatingCharacteristic::between(&acceptance, 0.06, -0.8, 0.8, 301).unwrap(),
        tolerance: ToleranceInterval { lower: Some(-0.5), upper: Some(0.5) },
    }
}

pub fn chart() -> ControlChartPicture {
    let values = vec![
        100.2, 99.8, 100.1, 100.4, 99.9, 99.7, 100.0, 100.3, 100.1, 99.6, 100.2, 100.0, 100.5, 100.7, 100.9, 101.0,
        101.3, 101.6, 100.2, 99.9,
    ];
    let chart = control_chart(&values, Baseline::First(12)).unwrap();
    ControlChartPicture { name: "w".to_owned(), unit: unit("mg/kg"), values, chart }
}

pub fn bottles() -> BottlesPicture {
    let bottles = vec![vec![10.1, 10.3, 10.0], vec![10.4, 10.2], vec![9.9, 10.1, 10.2], vec![10.0, 10.1]];
    let homogeneity = bottle_homogeneity(&bottles).unwrap();
    BottlesPicture { name: "w".to_owned(), unit: unit("mg/kg"), bottles, homogeneity }
}

pub fn stability() -> StabilityPicture {
    let points = vec![(0.0, 10.1), (3.0, 10.0), (6.0, 10.2), (12.0, 10.1), (24.0, 10.0)];
    let trend = stability_trend(&points).unwrap();
    let standard_uncertainty = stability_uncertainty(&trend, 36.0).into();
    StabilityPicture {
        title: "w".to_owned(),
        name: "w".to_owned(),
        units: [unit("mg/kg"), unit("d")],
        data: StabilityData { points, time: 36.0 },
        found: StabilityEvaluation { trend, time: 36.0, standard_uncertainty },
    }
}

pub fn calibration() -> CalibrationPicture {
    let data = CalibrationData::of_columns(
        vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        vec![3.3, 5.6, 7.1, 9.3, 10.7, 12.1],
        Vec::new(),
        vec![0.5; 6],
        Vec::new(),
    );
    let line = calibration_line(&data).unwrap();
    CalibrationPicture::of(&line, ["c".to_owned(), "A".to_owned()], [unit("mg/L"), Unit::one()], 2.0)
}

pub fn density() -> DensityPicture {
    DensityPicture {
        name: "E".to_owned(),
        unit: unit("g"),
        measured: Measured::Normal { value: 0.41, standard_uncertainty: 0.06 },
        tolerance: ToleranceInterval { lower: Some(-0.5), upper: Some(0.5) },
        acceptance: Some(AcceptanceInterval { lower: Some(-0.38), upper: Some(0.38) }),
    }
}

/// A skewed quantity that is known by its trials.
pub fn skewed() -> DensityPicture {
    let Bins { edges, counts, .. } = histogram().bins;
    DensityPicture {
        name: "P".to_owned(),
        unit: unit("kW"),
        measured: Measured::Sampled(Sampled::of_histogram(2.0, &edges, &counts).unwrap()),
        tolerance: ToleranceInterval { lower: None, upper: Some(5.0) },
        acceptance: None,
    }
}

/// Every kind of picture with usual numbers, and the awkward ones.
/// A lot of 600 meters of which every fortieth is named as failing, with `failing` of the sample that do.
pub fn lot(failing: usize) -> Grading {
    let units = (0..600).map(|place| heng_sampling::Unit {
        name: format!("电能表{place:03}"),
        probability: (place % 13 != 0).then_some(if place % 40 == 1 { 0.9 } else { 0.004 }),
        interval: Some((-1.0, 1.0)),
        named: place % 40 == 1,
    });
    let units: Vec<_> = units.collect();
    let drawn = heng_sampling::draw::draw(units.iter().map(|unit| unit.name.as_str()), "种子", 80).drawn;
    let results = drawn.iter().enumerate().map(|(place, name)| UnitResult {
        unit: name.clone(),
        value: if place < failing { 3.0 } else { 0.1 },
        standard_uncertainty: 0.05,
        failed: place < failing,
        unclear: false,
    });
    let lot = Lot {
        plan: Plan { sample: 80, accept: 1 },
        limiting_quality: 0.05,
        drawn: Drawn { seed: Some("种子".to_owned()), population: None },
        results: results.collect(),
        replaced: Vec::new(),
        units,
    };
    heng_sampling::grade(&lot, &Assumptions { prior: (1.0, 1.0), shift: 1.0, floor: 0.001 }, 0.01)
}

pub fn accepted_lots(grading: &Grading) -> AcceptancePicture {
    AcceptancePicture {
        characteristic: grading.plan.characteristic(grading.lot),
        limiting: (grading.limiting_quality, grading.consumer_risk),
        good: grading.good_share,
        share: Some(grading.share),
    }
}

pub fn pictures(words: &Words) -> Vec<(&'static str, Picture)> {
    let mut near = density();
    near.tolerance = ToleranceInterval { lower: Some(0.40), upper: Some(0.42) };
    near.acceptance = None;
    let mut one_sided = characteristic();
    let acceptance = AcceptanceInterval { lower: None, upper: Some(0.44) };
    one_sided.characteristic = OperatingCharacteristic::between(&acceptance, 0.06, 0.2, 0.8, 201).unwrap();
    one_sided.tolerance = ToleranceInterval { lower: None, upper: Some(0.5) };
    let mut without_bins = histogram();
    without_bins.bins = Bins::default();
    vec![
        ("budget", budget().picture(words)),
        ("long-names", long_names().picture(words)),
        ("many-inputs", many_inputs().picture(words)),
        ("histogram", histogram().picture(words)),
        ("offset-histogram", offset_histogram().picture(words)),
        ("without-bins", without_bins.picture(words)),
        ("results", results().picture(words)),
        ("far-result", far_result().picture(words)),
        ("equivalence", equivalence().picture(words)),
        ("scores", scores().picture(words)),
        ("many-laboratories", many_laboratories().picture(words)),
        ("youden", youden().picture(words)),
        ("characteristic", characteristic().picture(words)),
        ("one-sided", one_sided.picture(words)),
        ("chart", chart().picture(words)),
        ("calibration", calibration().picture(words)),
        ("bottles", bottles().picture(words)),
        ("stability", stability().picture(words)),
        ("density", density().picture(words)),
        ("near-limits", near.picture(words)),
        ("skewed", skewed().picture(words)),
        ("acceptance", accepted_lots(&lot(1)).picture(words)),
        ("acceptance-of-a-bad-lot", accepted_lots(&lot(40)).picture(words)),
        ("acceptance-without-share", AcceptancePicture { share: None, ..accepted_lots(&lot(0)) }.picture(words)),
    ]
}
