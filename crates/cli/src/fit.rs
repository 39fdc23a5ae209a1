//! `heng fit`: a calibration line through the points of a table, tested and read.

mod points;

use std::process::ExitCode;

use heng_quantity::{Finding, Unit};
use heng_uncertainty::curve::prediction::Prediction;
use heng_uncertainty::curve::{
    CalibrationLine, CalibrationUncertainty, CurveError, GoodnessOfFit, ScaleEstimate, calibration_line,
};
use heng_wording::Words;
use serde_json::{Value, json};

use crate::arguments::{Fit, FitModel, Scale};
use crate::failure::{Failure, Outcome};
use crate::figures::{number, percent, quantity, table};
use crate::html;
use crate::print;
use crate::source_text::{read_text, refuse, typed_unit};
use points::{Points, points};

/// A line with everything that was asked of it.
struct Fitted {
    line: CalibrationLine,
    x_unit: Unit,
    y_unit: Unit,
    /// The unit of y over that of x.
    slope_unit: Unit,
    /// What was put in, and y at that x.
    responses: Vec<([f64; 2], Prediction)>,
    /// What was put in, and x for that y.
    stimuli: Vec<([f64; 2], Prediction)>,
}

/// Fits and prints the line. A line that its points refuse is still shown, as refused.
pub fn fit(arguments: &Fit, words: &Words) -> Outcome {
    let fitted = match fitted(arguments)? {
        Ok(fitted) => fitted,
        Err(findings) => return Ok(refuse(&findings, &arguments.file, arguments.json, words)),
    };
    if let Some(path) = &arguments.html {
        let title = arguments.file.file_stem().map(|name| name.to_string_lossy().into_owned());
        html::fit(path, (title.as_deref(), &fitted.line), [&fitted.x_unit, &fitted.y_unit], words)?;
    }
    if arguments.json {
        print::line(format_args!("{:#}", of(&fitted, arguments.model)));
    } else {
        show(&fitted, words);
    }
    Ok(ExitCode::SUCCESS)
}

fn fitted(arguments: &Fit) -> Result<Result<Fitted, Vec<Finding>>, Failure> {
    let typed = [typed_unit(arguments.x_unit.as_ref())?, typed_unit(arguments.y_unit.as_ref())?];
    let text = match read_text(&arguments.file)? {
        Ok(text) => text,
        Err(finding) => return Ok(Err(vec![finding])),
    };
    let Points { mut data, x_unit, y_unit } = match points(&text, typed.each_ref().map(Option::as_ref)) {
        Ok(points) => points,
        Err(findings) => return Ok(Err(findings)),
    };
    if let (CalibrationUncertainty::Unknown { scale }, Scale::Distribution) = (&mut data.uncertainty, arguments.scale) {
        *scale = ScaleEstimate::Distribution;
    }
    let refused = |error: CurveError| {
        Failure::unreadable("error-fit").with("path", arguments.file.display()).with("reason", error)
    };
    let line = calibration_line(&data).map_err(refused)?;
    let slope_unit = y_unit.of_difference().quotient(&x_unit.of_difference()).map_err(|error| refused(error.into()))?;
    let asked = |stated: &String, read: &dyn Fn(f64, f64) -> Result<Prediction, CurveError>| {
        let [value, u] = place(stated)?;
        Ok(([value, u], read(value, u).map_err(refused)?))
    };
    let responses = arguments.response.iter().map(|stated| asked(stated, &|x, u| line.response(x, u)));
    let responses = responses.collect::<Result<Vec<_>, Failure>>()?;
    let stimuli = arguments.stimulus.iter().map(|stated| asked(stated, &|y, u| line.stimulus(y, u)));
    let stimuli = stimuli.collect::<Result<Vec<_>, Failure>>()?;
    Ok(Ok(Fitted { line, x_unit, y_unit, slope_unit, responses, stimuli }))
}

/// A value with its u, which is zero where it is not stated.
fn place(stated: &str) -> Result<[f64; 2], Failure> {
    let wrong = || Failure::unreadable("error-fit-value").with("text", stated);
    let (value, u) = stated.split_once(',').unwrap_or((stated, "0"));
    let number = |text: &str| text.trim().parse::<f64>().map_err(|_| wrong());
    let (value, u) = (number(value)?, number(u)?);
    if value.is_finite() && u >= 0.0 && u.is_finite() { Ok([value, u]) } else { Err(wrong()) }
}

fn of(fitted: &Fitted, model: FitModel) -> Value {
    let line = &fitted.line;
    let read = |(given, prediction): &([f64; 2], Prediction)| {
        let [value, u] = given;
        json!({ "at": { "value": value, "standard_uncertainty": u }, "prediction": prediction })
    };
    let mut all = json!(line);
    if let Some(all) = all.as_object_mut() {
        let model = match model {
            FitModel::StraightLine => "straight-line",
        };
        all.insert("model".to_owned(), json!(model));
        all.insert("correlation".to_owned(), json!(line.correlation()));
        for (name, unit) in [("x", &fitted.x_unit), ("y", &fitted.y_unit), ("slope", &fitted.slope_unit)] {
            all.insert(format!("{name}_unit"), json!(unit.to_string()));
            all.insert(format!("{name}_unit_symbol"), json!(unit.symbol()));
        }
        all.insert("responses".to_owned(), fitted.responses.iter().map(read).collect());
        all.insert("stimuli".to_owned(), fitted.stimuli.iter().map(read).collect());
    }
    all
}

fn show(fitted: &Fitted, words: &Words) {
    let Fitted { line, x_unit, y_unit, slope_unit, .. } = fitted;
    let say = |code: &str, facts: &[(&str, String)]| {
        let facts: Vec<(&str, &str)> = facts.iter().map(|(name, value)| (*name, value.as_str())).collect();
        print::line(words.say(code, &facts));
    };
    say("fit-intercept", &[("value", quantity(line.intercept, y_unit)), ("u", number(line.intercept_uncertainty))]);
    say("fit-slope", &[("value", quantity(line.slope, slope_unit)), ("u", number(line.slope_uncertainty))]);
    let facts = [("covariance", number(line.covariance)), ("correlation", number(line.correlation()))];
    say("fit-covariance", &facts);
    if let Some(scale) = line.scale {
        let degrees = line.degrees_of_freedom.map_or_else(|| "—".to_owned(), number);
        say("fit-scale", &[("scale", quantity(scale, &y_unit.of_difference())), ("degrees", degrees)]);
    }
    if let Some(GoodnessOfFit { chi_squared, degrees_of_freedom, quantile, probability, accepted }) = line.goodness {
        let facts = [
            ("chi-squared", number(chi_squared)),
            ("degrees", number(degrees_of_freedom)),
            ("quantile", number(quantile)),
            ("probability", percent(probability)),
        ];
        say(if accepted { "fit-accepted" } else { "fit-refused" }, &facts);
    }
    print::line("");
    let heads = ["x", "y", "fitted-x", "fitted-y", "residual"];
    let mut rows = vec![heads.map(|column| words.say(&format!("fit-column-{column}"), &[])).to_vec()];
    for ((x, y), point) in line.data.x.iter().zip(&line.data.y).zip(&line.points) {
        rows.push([*x, *y, point.x, point.y, point.residual].map(number).to_vec());
    }
    print::text(&table(&rows));
    for (code, read, of, to) in
        [("fit-response", &fitted.responses, x_unit, y_unit), ("fit-stimulus", &fitted.stimuli, y_unit, x_unit)]
    {
        for ([at, _], prediction) in read {
            let facts = [
                ("at", quantity(*at, of)),
                ("value", quantity(prediction.value, to)),
                ("u", number(prediction.standard_uncertainty)),
            ];
            say(code, &facts);
        }
    }
}
