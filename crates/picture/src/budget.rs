//! The uncertainty budget: what each input contributes, the largest first.

use heng_quantity::Unit;
use heng_uncertainty::OutputEvaluation;
use heng_wording::Words;

use crate::canvas::{Anchor, Canvas, Ink, LINE_HEIGHT, SIZE, Stroke, Width, broken, text_width};
use crate::figures::{Aligned, DIGITS, headed, number, percent};
use crate::picture::{Column, Picture, Table};

/// More bars say nothing; those beyond are drawn as one.
const MOST_BARS: usize = 16;

/// What one input contributes.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetBar {
    /// The input.
    pub name: String,
    /// |c u|, in the unit of the result.
    pub contribution: f64,
    /// The part of u²(y); with correlations it may be negative or above one.
    pub share: f64,
}

/// The contributions to one result.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetPicture {
    /// The result.
    pub name: String,
    /// The unit of u(y).
    pub unit: Unit,
    /// u(y).
    pub standard_uncertainty: f64,
    /// One for each input.
    pub bars: Vec<BudgetBar>,
}

impl BudgetPicture {
    /// The budget of a result by the law of propagation.
    pub fn of(output: &OutputEvaluation) -> Self {
        let bar = |line: &heng_uncertainty::Line| BudgetBar {
            name: line.input.clone(),
            contribution: libm::fabs(line.contribution),
            share: line.share,
        };
        Self {
            name: output.name.clone(),
            unit: output.estimate.unit.of_difference(),
            standard_uncertainty: output.estimate.standard_uncertainty,
            bars: output.budget.iter().map(bar).collect(),
        }
    }

    /// The picture with its table.
    pub fn picture(&self, words: &Words) -> Picture {
        let mut bars = self.bars.clone();
        // Inputs that contribute alike keep their order.
        bars.sort_by(|one, other| other.contribution.total_cmp(&one.contribution));
        let say = |code: &str, data: &[(&str, &str)]| words.say(code, data);
        let combined = say("picture-budget-combined", &[("result", &self.name)]);
        let u = heng_quantity::typography::with_unit(&number(self.standard_uncertainty, 3), &self.unit);
        let title = say("picture-budget-title", &[("result", &self.name)]);
        let description = match bars.first().filter(|bar| bar.contribution > 0.0) {
            Some(first) => say(
                "picture-budget-says",
                &[("first", &first.name), ("share", &percent(first.share)), ("result", &self.name), ("u", &u)],
            ),
            None => say("picture-budget-nothing", &[]),
        };
        let column = |code: &str| say(code, &[]);
        let mut rows: Vec<Vec<String>> = bars
            .iter()
            .map(|bar| vec![bar.name.clone(), number(bar.contribution, DIGITS), percent(bar.share)])
            .collect();
        rows.push(vec![combined.clone(), number(self.standard_uncertainty, DIGITS), String::new()]);
        let table = Table {
            caption: title.clone(),
            columns: vec![
                Column::Words(column("picture-input")),
                Column::Numbers(headed("|c\u{a0}u|", &self.unit)),
                Column::Numbers(column("picture-share")),
            ],
            rows,
        };
        let caption = say("picture-budget-caption", &[]);
        let shown = self.shown(bars, words);
        Picture::drawn((title, description, caption), vec![table], |width| self.draw(&shown, &combined, width, words))
    }

    /// The largest bars, and the others as one.
    fn shown(&self, mut bars: Vec<BudgetBar>, words: &Words) -> Vec<BudgetBar> {
        if bars.len() <= MOST_BARS {
            return bars;
        }
        let others = bars.split_off(MOST_BARS - 1);
        let squares: f64 = others.iter().map(|bar| bar.contribution * bar.contribution).sum();
        bars.push(BudgetBar {
            name: words.say("picture-budget-others", &[("count", &others.len().to_string())]),
            contribution: libm::sqrt(squares),
            share: others.iter().map(|bar| bar.share).sum(),
        });
        bars
    }

    fn draw(&self, bars: &[BudgetBar], combined: &str, width: Width, words: &Words) -> (Canvas, f64) {
        let total = width.pixels();
        let mut canvas = Canvas::new(total);
        let names = bars.iter().map(|bar| bar.name.as_str()).chain([combined]);
        let widest = names.map(|name| text_width(name, SIZE)).fold(0.0, f64::max);
        let sizes = bars.iter().map(|bar| bar.contribution).chain([self.standard_uncertainty]);
        let largest = sizes.filter(|size| size.is_finite()).fold(0.0, f64::max);
        let column = Aligned::by(largest);
        let values: Vec<String> = bars.iter().map(|bar| column.text(bar.contribution)).collect();
        let sum = column.text(self.standard_uncertainty);
        let head = column.headed("|c\u{a0}u|", &self.unit);
        let value_width =
            values.iter().chain([&sum, &head]).map(|value| text_width(value, SIZE)).fold(0.0, f64::max).min(140.0);
        let share_right = total;
        let value_right = total - 76.0;
        // Names stand beside their bars on a desk and above them on a phone.
        let name_room = width.of(widest.min(210.0), value_right - value_width - 12.0);
        let bar_left = width.of(name_room + 14.0, 0.0);
        let bar_right = width.of(value_right - value_width - 16.0, total);
        canvas.text(Ink::Quiet, Anchor::End, (value_right, 12.0), &head);
        canvas.text(Ink::Quiet, Anchor::End, (share_right, 12.0), &words.say("picture-share", &[]));
        let length = |part: f64| {
            if part > 0.0 && largest > 0.0 { (part / largest * (bar_right - bar_left)).max(1.0) } else { 0.0 }
        };
        let mut top = 22.0;
        let mut row = |canvas: &mut Canvas, name: &str, part: f64, value: &str, share: &str, ink: Ink| {
            let lines = broken(name, name_room, SIZE);
            for (index, line) in lines.iter().enumerate() {
                let at = top + 13.0 + LINE_HEIGHT * index as f64;
                canvas.text(Ink::Text, Anchor::Start, (0.0, at), line);
            }
            canvas.text(Ink::Text, Anchor::End, (value_right, top + 13.0), value);
            canvas.text(Ink::Quiet, Anchor::End, (share_right, top + 13.0), share);
            let words_height = LINE_HEIGHT * lines.len() as f64;
            let bar_top = width.of(top + 2.0, top + words_height + 1.0);
            let thickness = width.of(13.0, 8.0);
            canvas.rect(ink, (bar_left, bar_top), (length(part), thickness));
            top += width.of(words_height + 7.0, words_height + 18.0);
        };
        for (bar, value) in bars.iter().zip(&values) {
            row(&mut canvas, &bar.name, bar.contribution, value, &percent(bar.share), Ink::Tint3);
        }
        row(&mut canvas, combined, self.standard_uncertainty, &sum, "", Ink::Accent);
        let rule = top - width.of(LINE_HEIGHT * broken(combined, name_room, SIZE).len() as f64 + 7.0, 0.0) - 3.0;
        if matches!(width, Width::Wide) {
            canvas.line(Ink::Line, Stroke::Hair, (0.0, rule), (total, rule));
        }
        (canvas, top)
    }
}
