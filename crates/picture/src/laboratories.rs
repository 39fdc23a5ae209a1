//! Laboratories side by side, one row each: their results against a reference band, their degrees of equivalence, or their scores.

use heng_comparison::reference_value::Consensus;
use heng_comparison::score::{Judgement, Score};
use heng_comparison::{Round, RoundAssessment};
use heng_quantity::{Unit, typography};
use heng_wording::Words;

use crate::axis::{Axis, Direction, span, widened};
use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Shape, Stroke, Width, broken, kept, text_width};
use crate::figures::{DIGITS, at_place, headed, number, place_of, stated};
use crate::frame::{BELOW, Frame};
use crate::picture::{Column, Picture, Table};

/// Rows of more laboratories are too thin for names, which then stand in the table.
const MOST_NAMED: usize = 80;
/// A row without a name.
const THIN: f64 = 5.0;
/// A score beyond this lies off the scale.
const LARGEST_SCORE: f64 = 8.0;
/// Results beyond this many widths of the middle ones lie off the scale.
const FAR: f64 = 8.0;

/// What the rows show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsKind {
    /// Results with U, against the assigned value.
    Results,
    /// Differences from a reference value with their U.
    Equivalence,
    /// z, z', ζ or E_n, as a bar from zero.
    Scores,
}

/// The assigned value with its U.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The value.
    pub value: f64,
    /// U.
    pub expanded_uncertainty: f64,
}

/// One laboratory.
#[derive(Clone, Debug, PartialEq)]
pub struct LaboratoryRow {
    /// Its name or code.
    pub name: String,
    /// Its result, difference or score.
    pub value: f64,
    /// U, if it is known.
    pub expanded_uncertainty: Option<f64>,
    /// What is said of it.
    pub shape: Shape,
}

/// All laboratories of a round.
#[derive(Clone, Debug, PartialEq)]
pub struct LaboratoryPicture {
    /// What the rows show.
    pub kind: RowsKind,
    /// The quantity, or the symbol of the score.
    pub name: String,
    /// The unit of the values; one for scores.
    pub unit: Unit,
    /// The reference.
    pub band: Option<Band>,
    /// Where warning and action begin on both sides of zero, for scores; only an action limit for E_n.
    pub limits: Vec<f64>,
    /// The laboratories, in the order in which they are shown.
    pub rows: Vec<LaboratoryRow>,
}

impl LaboratoryPicture {
    /// The results of a round with their U against the assigned value, by value.
    pub fn results(round: &Round, assessment: &RoundAssessment) -> Self {
        let assigned = assessment.assigned_value.result;
        let mut rows: Vec<LaboratoryRow> = round
            .laboratories
            .iter()
            .enumerate()
            .map(|(place, laboratory)| LaboratoryRow {
                name: laboratory.name.clone(),
                value: laboratory.value,
                expanded_uncertainty: laboratory.standard_uncertainty.map(|u| laboratory.coverage_factor * u),
                shape: assessment.scores.get(place).map_or(Shape::Ring, |scores| judged(decisive(assessment, scores))),
            })
            .collect();
        rows.sort_by(|one, other| one.value.total_cmp(&other.value));
        Self {
            kind: RowsKind::Results,
            name: round.quantity.clone(),
            unit: round.unit.clone(),
            band: assigned
                .map(|assigned| Band { value: assigned.value, expanded_uncertainty: assigned.expanded_uncertainty }),
            limits: Vec::new(),
            rows,
        }
    }

    /// The degrees of equivalence with a reference value, by difference. `laboratories` names them in the order of the round.
    pub fn equivalence(laboratories: &[String], unit: &Unit, consensus: &Consensus) -> Self {
        let mut rows: Vec<LaboratoryRow> = laboratories
            .iter()
            .zip(&consensus.degrees_of_equivalence)
            .map(|(name, degree)| LaboratoryRow {
                name: name.clone(),
                value: degree.difference,
                expanded_uncertainty: Some(degree.expanded_uncertainty),
                shape: if degree.is_equivalent { Shape::Good } else { Shape::Bad },
            })
            .collect();
        rows.sort_by(|one, other| one.value.total_cmp(&other.value));
        Self {
            kind: RowsKind::Equivalence,
            name: "d".to_owned(),
            unit: unit.of_difference(),
            band: None,
            limits: Vec::new(),
            rows,
        }
    }

    /// The scores that a round judges by: z or z', where it has σ_pt, else E_n, else ζ. None where it has no scores.
    pub fn scores(assessment: &RoundAssessment) -> Option<Self> {
        let mut rows: Vec<LaboratoryRow> = Vec::new();
        let mut symbol = "";
        for scores in &assessment.scores {
            let Some((name, score)) = decisive(assessment, scores) else { continue };
            symbol = name;
            rows.push(LaboratoryRow {
                name: scores.laboratory.clone(),
                value: score.value,
                expanded_uncertainty: None,
                shape: judged(Some((name, score))),
            });
        }
        rows.sort_by(|one, other| one.value.total_cmp(&other.value));
        let limits = match symbol {
            "E_n" => vec![assessment.limits.e_n],
            _ => vec![assessment.limits.warning, assessment.limits.action],
        };
        (!rows.is_empty()).then(|| Self {
            kind: RowsKind::Scores,
            name: symbol.replace("E_n", "Eₙ").replace("z'", "z′"),
            unit: Unit::one(),
            band: None,
            limits,
            rows,
        })
    }

    /// The picture with its table.
    pub fn picture(&self, words: &Words) -> Picture {
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let count = self.rows.len().to_string();
        let not_good =
            self.rows.iter().filter(|row| matches!(row.shape, Shape::Bad | Shape::Attention)).count().to_string();
        let uncertainties = self.rows.iter().filter_map(|row| row.expanded_uncertainty);
        let place = place_of(uncertainties.chain(self.band.map(|band| band.expanded_uncertainty)));
        let facts = [("name", self.name.as_str()), ("count", count.as_str()), ("bad", not_good.as_str())];
        let (title, mut description) = match self.kind {
            RowsKind::Results => (say("picture-results-title", &facts), say("picture-results-says", &facts)),
            RowsKind::Equivalence => (say("picture-equivalence-title", &[]), say("picture-equivalence-says", &facts)),
            RowsKind::Scores => (say("picture-scores-title", &facts), say("picture-scores-says", &facts)),
        };
        if self.kind == RowsKind::Results && self.rows.iter().any(|row| row.shape != Shape::Ring) {
            description.push_str(&say("picture-results-judged", &facts));
        }
        if let Some(band) = self.band {
            let value = typography::with_unit(&stated(band.value, place), &self.unit);
            let expanded = typography::with_unit(&number(band.expanded_uncertainty, 2), &self.unit.of_difference());
            description.push_str(&say("picture-results-assigned", &[("value", &value), ("expanded", &expanded)]));
        }
        let caption = match self.kind {
            RowsKind::Results if self.band.is_none() => say("picture-results-caption-alone", &[]),
            RowsKind::Results => say("picture-results-caption", &[]),
            RowsKind::Equivalence => say("picture-equivalence-caption", &[]),
            RowsKind::Scores => {
                let limits: Vec<String> = self.limits.iter().map(|limit| format!("±{}", number(*limit, 3))).collect();
                say("picture-scores-caption", &[("limits", &limits.join(&say("picture-and", &[])))])
            }
        };
        let has_uncertainty = self.kind != RowsKind::Scores;
        let mut columns = vec![
            Column::Words(say("picture-laboratory", &[])),
            Column::Numbers(headed(&self.name, &self.unit)),
            Column::Numbers(headed("U", &self.unit.of_difference())),
            Column::Words(say("picture-judgement", &[])),
        ];
        if !has_uncertainty {
            columns.remove(2);
        }
        let table_row = |row: &LaboratoryRow| {
            let value = if has_uncertainty { stated(row.value, place) } else { at_place(row.value, -2) };
            let expanded = row.expanded_uncertainty.map_or_else(|| "–".to_owned(), |u| number(u, DIGITS));
            let mut cells = vec![row.name.clone(), value, expanded, shape_word(row.shape, self.kind, words)];
            if !has_uncertainty {
                cells.remove(2);
            }
            cells
        };
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(table_row).collect();
        if let Some(band) = self.band {
            rows.push(vec![
                say("picture-assigned", &[]),
                stated(band.value, place),
                number(band.expanded_uncertainty, DIGITS),
                String::new(),
            ]);
        }
        let table = Table { caption: title.clone(), columns, rows };
        Picture::drawn((title, description, caption), vec![table], |width| self.draw(width, words))
    }

    /// From where to where the axis goes: everything, but for results so far away that the others could not be told apart.
    fn reach(&self) -> (f64, f64) {
        if self.kind == RowsKind::Scores {
            let largest = self.rows.iter().map(|row| libm::fabs(row.value)).filter(|value| value.is_finite());
            let limit = self.limits.iter().copied().fold(1.0, f64::max);
            let end = largest.fold(limit * 1.15, f64::max).min(LARGEST_SCORE.max(limit * 1.15));
            return (-end * 1.04, end * 1.04);
        }
        let ends = |row: &LaboratoryRow| {
            let u = row.expanded_uncertainty.unwrap_or(0.0);
            [row.value - u, row.value + u]
        };
        let band =
            self.band.map(|band| [band.value - band.expanded_uncertainty, band.value + band.expanded_uncertainty]);
        let zero = (self.kind == RowsKind::Equivalence).then_some(0.0);
        let always: Vec<f64> = band.into_iter().flatten().chain(zero).collect();
        let all = span(self.rows.iter().flat_map(ends).chain(always.iter().copied()));
        let mut values: Vec<f64> = self.rows.iter().map(|row| row.value).filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let at = |part: f64| values.get(((values.len().saturating_sub(1)) as f64 * part) as usize).copied();
        let quartiles = at(0.25).zip(at(0.75)).zip(at(0.5));
        if let (Some((low, high)), Some(((first, third), median))) = (all, quartiles)
            && values.len() > 4
        {
            let mut uncertainties: Vec<f64> = self.rows.iter().filter_map(|row| row.expanded_uncertainty).collect();
            uncertainties.sort_by(f64::total_cmp);
            let typical = uncertainties.get(uncertainties.len() / 2).copied().unwrap_or(0.0);
            let middle = (third - first) / 2.0 + typical;
            let (near_low, near_high) = (median - FAR * middle, median + FAR * middle);
            if middle > 0.0 && (low < near_low || high > near_high) {
                let is_near = |row: &&LaboratoryRow| (near_low..=near_high).contains(&row.value);
                let near = self.rows.iter().filter(is_near).flat_map(ends).map(|end| end.clamp(near_low, near_high));
                // Beside the near results there is room for the numbers of the far ones.
                return widened(span(near.chain(always)), 0.2);
            }
        }
        widened(all, 0.04)
    }

    fn draw(&self, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let is_named = self.rows.len() <= MOST_NAMED;
        let widest = self.rows.iter().map(|row| text_width(&row.name, SIZE)).fold(0.0, f64::max);
        let name_room = width.of(widest.min(200.0), total - 8.0);
        let left = if is_named { width.of(name_room + 16.0, 10.0) } else { 10.0 };
        let lines: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|row| if is_named { broken(&row.name, name_room, SIZE) } else { Vec::new() })
            .collect();
        let row_height = |lines: &Vec<String>| {
            let words_height = LINE_HEIGHT * lines.len() as f64;
            if is_named { width.of(words_height + 5.0, words_height + 17.0) } else { THIN }
        };
        let height: f64 = lines.iter().map(row_height).sum::<f64>().max(20.0);
        let top = if self.band.is_some() || !self.limits.is_empty() { 24.0 } else { 6.0 };
        let frame = Frame { left, right: total - 10.0, top, bottom: top + height + 4.0 };
        let x = Axis::new(self.reach(), (frame.left, frame.right), Direction::Across);
        self.ground(&mut canvas, &x, &frame, words);
        let mut y = top + 2.0;
        for (row, lines) in self.rows.iter().zip(&lines) {
            for (index, line) in lines.iter().enumerate() {
                canvas.text_over(Ink::Text, Anchor::Start, (0.0, y + 13.0 + LINE_HEIGHT * index as f64), line);
            }
            let words_height = LINE_HEIGHT * lines.len() as f64;
            let middle = match (is_named, width) {
                (false, _) => y + THIN / 2.0,
                (true, Width::Wide) => y + words_height / 2.0 + 0.5,
                (true, Width::Narrow) => y + words_height + 6.0,
            };
            self.row(&mut canvas, row, &x, middle);
            y += row_height(lines);
        }
        frame.draw_across(&mut canvas, &x, &x.title(&self.name, &self.unit));
        (canvas, frame.bottom + BELOW)
    }

    /// What lies behind the rows: the band, zero, the limits.
    fn ground(&self, canvas: &mut Canvas, x: &Axis, frame: &Frame, words: &Words) {
        let (top, bottom) = (frame.top, frame.bottom);
        if let Some(band) = self.band {
            let (from, to) =
                (x.at(band.value - band.expanded_uncertainty), x.at(band.value + band.expanded_uncertainty));
            canvas.rect(Ink::Tint1, (from, top), (to - from, bottom - top));
            canvas.line(Ink::Accent, Stroke::Thin, (x.at(band.value), top - 4.0), (x.at(band.value), bottom));
            let name = words.say("picture-assigned", &[]);
            let half = text_width(&name, SIZE) / 2.0;
            let at = kept(x.at(band.value), half, frame.right + 10.0 - half);
            canvas.text(Ink::Quiet, Anchor::Middle, (at, top - 9.0), &name);
        }
        if self.kind != RowsKind::Results {
            canvas.line(Ink::Edge, Stroke::Thin, (x.at(0.0), top), (x.at(0.0), bottom));
        }
        if let Some(first) = self.limits.first() {
            canvas.rect(Ink::Wash, (x.at(-first), top), (x.at(*first) - x.at(-first), bottom - top));
            canvas.line(Ink::Edge, Stroke::Thin, (x.at(0.0), top), (x.at(0.0), bottom));
        }
        for (index, limit) in self.limits.iter().enumerate() {
            let is_last = index + 1 == self.limits.len();
            let (ink, stroke) = if is_last { (Ink::Text, Stroke::Thin) } else { (Ink::Quiet, Stroke::Dashed) };
            for value in [-limit, *limit] {
                canvas.line(ink, stroke, (x.at(value), top - 4.0), (x.at(value), bottom));
                canvas.text(Ink::Quiet, Anchor::Middle, (x.at(value), top - 9.0), &number(value, 3));
            }
        }
    }

    fn row(&self, canvas: &mut Canvas, row: &LaboratoryRow, x: &Axis, y: f64) {
        let at = x.at(row.value);
        if !x.holds(row.value) {
            return self.off_scale(canvas, row, (at, y), if x.is_below(row.value) { 1.0 } else { -1.0 });
        }
        let ink = match row.shape {
            Shape::Good | Shape::Ring => Ink::Accent,
            Shape::Attention => Ink::Amber,
            Shape::Bad => Ink::Red,
            Shape::Unknown => Ink::Faint,
        };
        if self.kind == RowsKind::Scores {
            let zero = x.at(0.0);
            let thickness = if self.rows.len() <= MOST_NAMED { 6.0 } else { 3.0 };
            canvas.rect(
                if matches!(row.shape, Shape::Good | Shape::Ring) { Ink::Tint3 } else { ink },
                (at.min(zero), y - thickness / 2.0),
                (libm::fabs(at - zero), thickness),
            );
        }
        if let Some(u) = row.expanded_uncertainty {
            canvas.bar_across(ink, (x.at(row.value - u), x.at(row.value + u)), y);
        }
        // Rows without names are too thin for the marks of what is as it should be.
        if self.rows.len() <= MOST_NAMED || !matches!(row.shape, Shape::Good) {
            canvas.mark(row.shape, (at, y));
        } else if self.kind != RowsKind::Scores {
            canvas.line(Ink::Accent, Stroke::Thick, (at - 1.5, y), (at + 1.5, y));
        }
    }

    /// An arrow with the number at the end of the axis; `inwards` is 1 at its left end and −1 at its right end.
    fn off_scale(&self, canvas: &mut Canvas, row: &LaboratoryRow, (end, y): (f64, f64), inwards: f64) {
        let points = [(end, y), (end + inwards * 8.0, y - 4.5), (end + inwards * 8.0, y + 4.5)];
        canvas.area(if row.shape == Shape::Bad { Ink::Red } else { Ink::Quiet }, &points);
        if self.rows.len() <= MOST_NAMED {
            let anchor = if inwards > 0.0 { Anchor::Start } else { Anchor::End };
            canvas.text_over(Ink::Text, anchor, (end + inwards * 12.0, y + 4.5), &number(row.value, 4));
        }
    }
}

/// The score that a round judges by.
fn decisive(
    assessment: &RoundAssessment,
    scores: &heng_comparison::round::LaboratoryScores,
) -> Option<(&'static str, Score)> {
    use heng_comparison::score::PreferredScore;
    let of_deviation = match assessment.preferred_score {
        Some(PreferredScore::Z) => scores.z.map(|score| ("z", score)),
        Some(PreferredScore::ZPrime) => scores.z_prime.map(|score| ("z'", score)),
        None => None,
    };
    of_deviation.or(scores.e_n.map(|score| ("E_n", score))).or(scores.zeta.map(|score| ("ζ", score)))
}

fn judged(score: Option<(&str, Score)>) -> Shape {
    match score.map(|(_, score)| score.judgement) {
        Some(Judgement::Satisfactory) => Shape::Good,
        Some(Judgement::Questionable) => Shape::Attention,
        Some(Judgement::Unsatisfactory) => Shape::Bad,
        None => Shape::Ring,
    }
}

fn shape_word(shape: Shape, kind: RowsKind, words: &Words) -> String {
    let code = match (shape, kind) {
        (Shape::Ring, _) => return "–".to_owned(),
        (Shape::Good, RowsKind::Equivalence) => "picture-equivalent",
        (Shape::Bad, RowsKind::Equivalence) => "picture-not-equivalent",
        (Shape::Good, _) => "picture-satisfactory",
        (Shape::Attention, _) => "picture-questionable",
        (Shape::Bad, _) => "picture-unsatisfactory",
        (Shape::Unknown, _) => "picture-unknown",
    };
    words.say(code, &[])
}
