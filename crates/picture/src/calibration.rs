//! A calibration line with its points, their uncertainties, the band of predictions, and the residuals below.

use heng_quantity::{Unit, typography};
use heng_uncertainty::curve::{CalibrationLine, CalibrationUncertainty};
use heng_wording::Words;

use crate::axis::{Axis, Direction, span, widened};
use crate::canvas::{Canvas, Ink, Shape, Stroke, Width};
use crate::figures::{DIGITS, headed, number};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

const HEIGHT: f64 = 230.0;
const RESIDUALS: f64 = 84.0;
/// The band is drawn through so many points.
const STEPS: usize = 48;

/// A point with what is known of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CalibrationPoint {
    /// x.
    pub x: f64,
    /// y.
    pub y: f64,
    /// U(x), zero where x is exact.
    pub x_uncertainty: f64,
    /// U(y), zero where it is not stated.
    pub y_uncertainty: f64,
    /// y − a − bx.
    pub residual: f64,
}

/// A line with its points.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationPicture {
    /// The names of stimulus and response.
    pub names: [String; 2],
    /// Their units.
    pub units: [Unit; 2],
    /// k of all U.
    pub coverage_factor: f64,
    /// The points.
    pub points: Vec<CalibrationPoint>,
    /// a and b.
    pub line: (f64, f64),
    /// Places along the line.
    pub band: Vec<BandPoint>,
}

/// A place on the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BandPoint {
    /// x.
    pub x: f64,
    /// a + bx.
    pub y: f64,
    /// U of the line there.
    pub line_uncertainty: f64,
    /// U of one more reading there, where the points say how much a reading scatters.
    pub prediction_uncertainty: Option<f64>,
}

impl CalibrationPicture {
    /// The picture of a fitted line, with k times the uncertainty of the line and of one more reading, U² = k²(u²(a + bx) + u²(y)), over the
    /// range of the points and a little more.
    pub fn of(line: &CalibrationLine, names: [String; 2], units: [Unit; 2], coverage_factor: f64) -> Self {
        let scale = line.scale.unwrap_or(1.0);
        let count = line.data.x.len();
        let (ux, uy) = uncertainties(&line.data.uncertainty, count, scale);
        let points = line.data.x.iter().zip(&line.data.y).zip(&line.points).enumerate();
        let points: Vec<CalibrationPoint> = points
            .map(|(place, ((x, y), fitted))| CalibrationPoint {
                x: *x,
                y: *y,
                x_uncertainty: coverage_factor * ux.get(place).copied().unwrap_or(0.0),
                y_uncertainty: coverage_factor * uy.get(place).copied().unwrap_or(0.0),
                residual: fitted.deviation,
            })
            .collect();
        let (from, to) = widened(span(line.data.x.iter().copied()), 0.05);
        let reading = of_one_reading(&ux, &uy);
        let band = (0..=STEPS)
            .filter_map(|step| {
                let x = from + (to - from) * (step as f64 / STEPS as f64);
                let predicted = line.response(x, 0.0).ok()?;
                let of_line = predicted.standard_uncertainty;
                Some(BandPoint {
                    x,
                    y: predicted.value,
                    line_uncertainty: coverage_factor * of_line,
                    prediction_uncertainty: reading.map(|u| coverage_factor * libm::hypot(of_line, u)),
                })
            })
            .collect();
        Self { names, units, coverage_factor, points, line: (line.intercept, line.slope), band }
    }

    /// The picture with its tables.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let [x_name, y_name] = &self.names;
        let [x_unit, y_unit] = &self.units;
        let (intercept, slope) = self.line;
        let slope_unit = y_unit.of_difference().quotient(&x_unit.of_difference()).unwrap_or_else(|_| Unit::one());
        let a = typography::with_unit(&number(intercept, 6), y_unit);
        let b = typography::with_unit(&number(slope, 6), &slope_unit);
        let k = number(self.coverage_factor, 3);
        let title = say("picture-calibration-title", &[("x", x_name), ("y", y_name)]);
        let description =
            say("picture-calibration-says", &[("a", &a), ("b", &b), ("count", &self.points.len().to_string())]);
        let caption = say("picture-calibration-caption", &[("k", &k)]);
        let rows = self.points.iter().map(|point| {
            [point.x, point.y, point.x_uncertainty, point.y_uncertainty, point.residual]
                .map(|value| number(value, DIGITS))
                .to_vec()
        });
        let points = Table {
            caption: title.clone(),
            columns: vec![
                Column::Numbers(headed(x_name, x_unit)),
                Column::Numbers(headed(y_name, y_unit)),
                Column::Numbers(headed(&format!("U({x_name})"), &x_unit.of_difference())),
                Column::Numbers(headed(&format!("U({y_name})"), &y_unit.of_difference())),
                Column::Numbers(headed(&say("picture-residual", &[]), &y_unit.of_difference())),
            ],
            rows: rows.collect(),
        };
        let band = Table {
            caption: say("picture-line-band", &[]),
            columns: vec![
                Column::Numbers(headed(x_name, x_unit)),
                Column::Numbers(headed(y_name, y_unit)),
                Column::Numbers(headed(&say("picture-line-uncertainty", &[]), &y_unit.of_difference())),
                Column::Numbers(headed(&say("picture-prediction-uncertainty", &[]), &y_unit.of_difference())),
            ],
            rows: self
                .band
                .iter()
                .step_by(6)
                .map(|at| {
                    let prediction = at.prediction_uncertainty.map_or_else(|| "–".to_owned(), |u| number(u, 3));
                    vec![number(at.x, DIGITS), number(at.y, DIGITS), number(at.line_uncertainty, 3), prediction]
                })
                .collect(),
        };
        Picture::drawn((title, description, caption), vec![points, band], |width| self.draw(width, words))
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let [x_name, y_name] = &self.names;
        let [x_unit, y_unit] = &self.units;
        let xs = self.points.iter().flat_map(|point| [point.x - point.x_uncertainty, point.x + point.x_uncertainty]);
        let across = widened(span(xs.chain(self.band.iter().map(|at| at.x))), 0.02);
        let ys = self.points.iter().flat_map(|point| [point.y - point.y_uncertainty, point.y + point.y_uncertainty]);
        let band = self.band.iter().flat_map(|at| [at.y - at.widest(), at.y + at.widest()]);
        let up = widened(span(ys.chain(band)), 0.04);
        let ends = self
            .points
            .iter()
            .flat_map(|point| [point.residual - point.y_uncertainty, point.residual + point.y_uncertainty]);
        let of_band = self.band.iter().flat_map(|at| [-at.widest(), at.widest()]);
        let residuals = widened(span(ends.chain(of_band).chain([0.0])), 0.08);
        let (mut frame, y) = Frame::new(total, HEIGHT, up, 14.0);
        let below_top = frame.bottom + 34.0;
        let r = Axis::new(residuals, (below_top + RESIDUALS, below_top), Direction::Up);
        frame.left = frame.left.max(r.label_width() + 12.0);
        let below = Frame { top: below_top, bottom: below_top + RESIDUALS, ..frame };
        let x = frame.across(across);

        frame.draw_up(&mut canvas, &y, &y.title(y_name, y_unit));
        self.bands(&mut canvas, &x, &y, |at| at.y);
        canvas.line(Ink::Edge, Stroke::Hair, (frame.left, frame.bottom), (frame.right, frame.bottom));
        for point in &self.points {
            let at = (x.at(point.x), y.at(point.y));
            if point.y_uncertainty > 0.0 {
                let ends = (y.at(point.y - point.y_uncertainty), y.at(point.y + point.y_uncertainty));
                canvas.bar_up(Ink::Text, at.0, ends);
            }
            if point.x_uncertainty > 0.0 {
                let ends = (x.at(point.x - point.x_uncertainty), x.at(point.x + point.x_uncertainty));
                canvas.bar_across(Ink::Text, ends, at.1);
            }
            canvas.mark(Shape::Ring, at);
        }

        below.draw_up(&mut canvas, &r, &r.title(&words.say("picture-residual", &[]), &y_unit.of_difference()));
        self.bands(&mut canvas, &x, &r, |_| 0.0);
        for point in &self.points {
            let at = (x.at(point.x), r.at(point.residual));
            if point.y_uncertainty > 0.0 {
                let ends = (r.at(point.residual - point.y_uncertainty), r.at(point.residual + point.y_uncertainty));
                canvas.bar_up(Ink::Text, at.0, ends);
            }
            canvas.mark(Shape::Ring, at);
        }
        below.draw_across(&mut canvas, &x, &x.title(x_name, x_unit));
        (canvas, below.bottom + BELOW)
    }

    /// The line with its band and the limits of predictions about it.
    fn bands(&self, canvas: &mut Canvas, x: &Axis, y: &Axis, middle: impl Fn(&BandPoint) -> f64) {
        let edge = |of: &dyn Fn(&BandPoint) -> f64| -> Vec<(f64, f64)> {
            self.band.iter().map(|at| (x.at(at.x), y.at(middle(at) + of(at)))).collect()
        };
        let mut area = edge(&|at| at.line_uncertainty);
        area.extend(edge(&|at| -at.line_uncertainty).into_iter().rev());
        canvas.area(Ink::Tint3, &area);
        if self.band.iter().all(|at| at.prediction_uncertainty.is_some()) {
            canvas.curve(Ink::Quiet, Stroke::Dashed, &edge(&BandPoint::widest));
            canvas.curve(Ink::Quiet, Stroke::Dashed, &edge(&|at| -at.widest()));
        }
        canvas.curve(Ink::Accent, Stroke::Thin, &edge(&|_| 0.0));
    }
}

impl BandPoint {
    fn widest(&self) -> f64 {
        self.prediction_uncertainty.unwrap_or(self.line_uncertainty)
    }
}

/// u(xᵢ) and u(yᵢ) as the fit counts them: those that were stated, or those evaluated from the scatter; zero where a coordinate is exact.
fn uncertainties(known: &CalibrationUncertainty, count: usize, scale: f64) -> (Vec<f64>, Vec<f64>) {
    let exact = vec![0.0; count];
    let diagonal = |rows: &[Vec<f64>]| -> Vec<f64> {
        rows.iter()
            .enumerate()
            .map(|(place, row)| libm::sqrt(row.get(place).copied().unwrap_or(0.0).max(0.0)))
            .collect()
    };
    match known {
        CalibrationUncertainty::Unknown { .. } => (exact, vec![scale; count]),
        CalibrationUncertainty::Proportional { uy, .. } => (exact, uy.iter().map(|u| scale * u).collect()),
        CalibrationUncertainty::Ordinates { uy } => (exact, uy.clone()),
        CalibrationUncertainty::Coordinates { ux, uy, .. } => (ux.clone(), uy.clone()),
        CalibrationUncertainty::Covariance { x, y, .. } => (diagonal(x), diagonal(y)),
    }
}

/// The uncertainty of one more reading of y, where all points say the same of it and x is exact.
fn of_one_reading(ux: &[f64], uy: &[f64]) -> Option<f64> {
    let first = uy.first().copied().filter(|u| *u > 0.0)?;
    let is_alike = uy.iter().all(|u| libm::fabs(u - first) <= 1e-9 * first) && ux.iter().all(|u| *u == 0.0);
    is_alike.then_some(first)
}
