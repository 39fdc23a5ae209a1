//! The report of a calibration line: coefficients, goodness of fit, the picture with its points.

use heng_quantity::{Unit, typography};
use heng_uncertainty::curve::CalibrationLine;
use heng_wording::Words;

use super::{bare, heading, page, paragraph};
use crate::calibration::CalibrationPicture;
use crate::figures::number;
use crate::picture::{Column, Table};

/// A line with what people call its quantities.
pub struct CalibrationReport<'a> {
    /// For people.
    pub title: Option<&'a str>,
    /// For people: where the points are from.
    pub source: Option<&'a str>,
    /// The line.
    pub line: &'a CalibrationLine,
    /// Stimulus and response.
    pub names: [String; 2],
    /// Their units.
    pub units: [Unit; 2],
    /// k of the bars and bands.
    pub coverage_factor: f64,
}

/// The page.
pub fn calibration(report: &CalibrationReport<'_>, words: &Words) -> String {
    let line = report.line;
    let CalibrationReport { names, units, coverage_factor, .. } = report;
    let picture = CalibrationPicture::of(line, names.clone(), units.clone(), *coverage_factor).picture(words);
    let title = report.title.map_or_else(|| picture.title.clone(), str::to_owned);
    let [x_unit, y_unit] = units;
    let of_difference = y_unit.of_difference();
    let slope_unit = of_difference.quotient(&x_unit.of_difference()).unwrap_or_else(|_| Unit::one());
    let mut html = paragraph(&picture.description);
    if let Some(goodness) = &line.goodness {
        let code = if goodness.accepted { "report-fit-accepted" } else { "report-fit-refused" };
        html.push_str(&paragraph(&words.say(
            code,
            &[
                ("chi", &number(goodness.chi_squared, 4)),
                ("degrees", &number(goodness.degrees_of_freedom, 4)),
                ("quantile", &number(goodness.quantile, 4)),
            ],
        )));
    }
    html.push_str(&picture.figure(words));
    html.push_str(&heading(&words.say("report-coefficients", &[])));
    let row = |code: &str, value: f64, u: f64, unit: &Unit, of_u: &Unit| {
        vec![
            words.say(code, &[]),
            typography::with_unit(&number(value, 8), unit),
            typography::with_unit(&number(u, 4), of_u),
        ]
    };
    let table = Table {
        caption: words.say("report-coefficients", &[]),
        columns: vec![
            Column::Words(words.say("picture-what", &[])),
            Column::Numbers(words.say("report-estimate", &[])),
            Column::Numbers("u".to_owned()),
        ],
        rows: vec![
            row("report-intercept", line.intercept, line.intercept_uncertainty, y_unit, &of_difference),
            row("report-slope", line.slope, line.slope_uncertainty, &slope_unit, &slope_unit),
            vec![words.say("picture-correlation", &[]), number(line.correlation(), 4), String::new()],
        ],
    };
    html.push_str(&bare(&table));
    page(&title, &html, report.source, words)
}
