//! What is drawn is what the numbers say: lengths, orders and shapes.

use heng_picture::{Picture, Shape, Width};
use heng_uncertainty::conformity::measured::Measured;
use heng_wording::{Language, Words};
use proptest::prelude::*;

use crate::samples;
use crate::svg::{Element, boxes, elements};

fn words() -> Words {
    Words::new(Language::En)
}

fn wide(picture: &Picture) -> Vec<Element> {
    elements(picture.svg(Width::Wide))
}

fn of_class<'a>(elements: &'a [Element], name: &str, class: &str) -> Vec<&'a Element> {
    elements.iter().filter(|element| element.name == name && element.attribute("class") == class).collect()
}

#[test]
fn bars_of_a_budget_are_sorted_and_to_scale() {
    let budget = samples::budget();
    let drawn = wide(&budget.picture(&words()));
    let lengths: Vec<f64> = of_class(&drawn, "rect", "f-tint3").iter().map(|bar| bar.number("width")).collect();
    let combined = of_class(&drawn, "rect", "f-accent")[0].number("width");
    let mut contributions: Vec<f64> = budget.bars.iter().map(|bar| bar.contribution).collect();
    contributions.sort_by(|one, other| other.total_cmp(one));
    assert_eq!(lengths.len(), contributions.len());
    for (length, contribution) in lengths.iter().zip(contributions) {
        let exact = contribution / budget.standard_uncertainty * combined;
        assert!((length - exact).abs() < 0.11, "{length} for {exact}");
    }
}

#[test]
fn a_budget_of_many_inputs_draws_the_small_ones_together_and_lists_them_all() {
    let budget = samples::many_inputs();
    let picture = budget.picture(&words());
    assert_eq!(of_class(&wide(&picture), "rect", "f-tint3").len(), 16);
    assert_eq!(picture.tables[0].rows.len(), 41);
    let exact = budget.bars[15..].iter().map(|bar| bar.contribution * bar.contribution).sum::<f64>().sqrt();
    let said = boxes(&wide(&picture)).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
    assert!(said.contains(&format!("{exact:.2}")), "{said:?}");
}

#[test]
fn the_area_of_the_histogram_is_one() {
    let histogram = samples::histogram();
    let picture = histogram.picture(&words());
    let bins = &picture.tables[2];
    let cell = |text: &String| text.replace('\u{a0}', "").replace('−', "-").parse::<f64>().unwrap();
    let counted: f64 = bins.rows.iter().map(|row| cell(&row[2])).sum();
    let total = histogram.bins.counts.iter().sum::<u64>() + histogram.bins.beyond;
    assert!(counted / total as f64 > 0.999, "{counted} of {total}");
    // Heights are densities: bars of one width are as high as they are full.
    let drawn = wide(&picture);
    let bars = of_class(&drawn, "rect", "f-tint3");
    assert_eq!(bars.len(), bins.rows.len());
    let tallest = bins.rows.iter().map(|row| cell(&row[2])).fold(0.0, f64::max);
    let highest = bars.iter().map(|bar| bar.number("height")).fold(0.0, f64::max);
    for (bar, row) in bars.iter().zip(&bins.rows) {
        assert!((bar.number("height") - cell(&row[2]) / tallest * highest).abs() < 0.2, "{row:?}");
    }
}

/// The table says the numbers that the bars are drawn from, so their lengths are in proportion to it.
#[test]
fn the_table_of_scores_holds_what_is_drawn() {
    let picture = samples::scores().picture(&words());
    let drawn = wide(&picture);
    let stated: Vec<f64> = picture.tables[0].rows.iter().map(|row| row[1].replace('−', "-").parse().unwrap()).collect();
    let mut bars: Vec<(f64, f64)> = drawn
        .iter()
        .filter(|element| element.name == "rect" && element.attribute("height") == "6")
        .map(|bar| (bar.number("y"), bar.number("width")))
        .collect();
    bars.sort_by(|one, other| one.0.total_cmp(&other.0));
    // The first is off the scale and an arrow.
    assert_eq!(stated[0], -14.2);
    assert_eq!(bars.len(), stated.len() - 1);
    let scale = bars.last().unwrap().1 / stated.last().unwrap();
    for ((_, width), value) in bars.iter().zip(&stated[1..]) {
        assert!((width - value.abs() * scale).abs() < 0.3, "{width} for {value}");
    }
}

#[test]
fn points_of_a_calibration_lie_where_the_table_says() {
    let picture = samples::calibration().picture(&words());
    let marks: Vec<(f64, f64)> = of_class(&wide(&picture), "circle", "f-paper s-accent")
        .iter()
        .map(|mark| (mark.number("cx"), mark.number("cy")))
        .collect();
    let stated: Vec<(f64, f64)> =
        picture.tables[0].rows.iter().map(|row| (row[0].parse().unwrap(), row[1].parse().unwrap())).collect();
    // The same points again in the panel of residuals.
    assert_eq!(marks.len(), 2 * stated.len());
    let ((x0, y0), (x1, y1)) = (stated[0], stated[5]);
    let ((px0, py0), (px1, py1)) = (marks[0], marks[5]);
    for ((x, y), (px, py)) in stated.iter().zip(&marks) {
        assert!(((px - px0) - (x - x0) / (x1 - x0) * (px1 - px0)).abs() < 0.2, "{x}");
        assert!(((py - py0) - (y - y0) / (y1 - y0) * (py1 - py0)).abs() < 0.2, "{y}");
    }
}

#[test]
fn what_is_far_away_is_an_arrow_with_its_number() {
    let said = |picture: &Picture| boxes(&wide(picture)).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
    assert!(said(&samples::far_result().picture(&words())).contains(&"3360".to_owned()));
    assert!(said(&samples::scores().picture(&words())).contains(&"−14.2".to_owned()));
    assert!(!said(&samples::results().picture(&words())).contains(&"31.2".to_owned()));
}

#[test]
fn shapes_tell_verdicts_apart_without_colour() {
    let drawn = wide(&samples::results().picture(&words()));
    let count = |shape: Shape| samples::results().rows.iter().filter(|row| row.shape == shape).count();
    assert_eq!(of_class(&drawn, "circle", "f-accent").len(), count(Shape::Good));
    assert_eq!(of_class(&drawn, "rect", "f-red").len(), count(Shape::Bad));
    assert_eq!(of_class(&drawn, "path", "f-amber").len(), count(Shape::Attention));
    assert_eq!(of_class(&drawn, "circle", "f-paper s-ink3").len(), count(Shape::Unknown));
}

#[test]
fn the_reference_band_lies_about_the_reference_line() {
    let drawn = wide(&samples::results().picture(&words()));
    let band = of_class(&drawn, "rect", "f-tint1")[0];
    let middle = band.number("x") + band.number("width") / 2.0;
    let line = of_class(&drawn, "path", "s-accent")[0].attribute("d").to_owned();
    let x: f64 = line[1..].split(' ').next().unwrap().parse().unwrap();
    assert!((x - middle).abs() < 0.11, "{x}, {middle}");
}

#[test]
fn signals_of_a_chart_are_marked_where_they_are() {
    let chart = samples::chart();
    let drawn = wide(&chart.picture(&words()));
    let marked = of_class(&drawn, "rect", "f-red").len() + of_class(&drawn, "path", "f-amber").len();
    let mut places: Vec<usize> = chart.chart.signals.iter().map(|signal| signal.place).collect();
    places.dedup();
    assert!(!places.is_empty());
    assert_eq!(marked, places.len());
    assert_eq!(of_class(&drawn, "circle", "f-paper s-accent").len(), chart.values.len() - places.len());
}

#[test]
fn only_what_lies_beyond_a_limit_is_hatched() {
    let mut density = samples::density();
    density.acceptance = None;
    let hatched = |density: &heng_picture::DensityPicture| {
        let drawn = wide(&density.picture(&words()));
        of_class(&drawn, "path", "s-ink2").iter().map(|path| path.attribute("d").matches('M').count()).sum::<usize>()
    };
    assert!(hatched(&density) > 3);
    density.tolerance.upper = Some(1.5);
    assert_eq!(hatched(&density), 0);
}

/// What is hatched is the part that the table states: as an area under the curve, of a distribution that is not normal as well.
#[test]
fn the_hatched_part_is_the_probability_beyond() {
    for (density, exact) in [(samples::density(), 0.0668), (samples::skewed(), 0.0404)] {
        let drawn = wide(&density.picture(&words()));
        let lines = of_class(&drawn, "path", "s-ink2");
        // Each line is `M x top V foot`.
        let lengths: f64 = lines
            .iter()
            .flat_map(|path| path.attribute("d").split('M').skip(1))
            .filter_map(|line| {
                let (_, upright) = line.split_once(' ')?;
                let (top, foot) = upright.split_once('V')?;
                Some(foot.parse::<f64>().ok()? - top.parse::<f64>().ok()?)
            })
            .sum();
        let curve = of_class(&drawn, "path", "s-accent").last().unwrap().attribute("d").to_owned();
        let points: Vec<(f64, f64)> = curve[1..]
            .split('L')
            .map(|point| point.split_once(' ').unwrap())
            .map(|(x, y)| (x.parse().unwrap(), y.parse().unwrap()))
            .collect();
        let foot = points.iter().map(|(_, y)| *y).fold(0.0, f64::max);
        let area: f64 =
            points.windows(2).map(|pair| (pair[1].0 - pair[0].0) * (foot - (pair[0].1 + pair[1].1) / 2.0)).sum();
        let part = lengths * 4.0 / area;
        assert!((part - exact).abs() < 0.2 * exact, "{part} for {exact}");
    }
}

#[test]
fn labels_of_an_axis_are_the_values_at_their_places() {
    // The gauge block in nanometres: its labels are counted from an offset that the title says.
    let drawn = wide(&samples::offset_histogram().picture(&words()));
    let said = boxes(&drawn).into_iter().map(|(_, words)| words).collect::<Vec<_>>();
    assert!(said.contains(&"(l − 50\u{a0}000\u{a0}000\u{a0}nm) / nm".to_owned()), "{said:?}");
    assert!(said.contains(&"800".to_owned()) && said.contains(&"850".to_owned()), "{said:?}");
}

#[test]
fn an_axis_is_counted_from_the_roundest_number_near_it() {
    let titles = |value: f64, u: f64| {
        let mut density = samples::density();
        density.measured = Measured::Normal { value, standard_uncertainty: u };
        density.tolerance = heng_uncertainty::ToleranceInterval { lower: Some(value - u), upper: None };
        density.acceptance = None;
        boxes(&wide(&density.picture(&words()))).last().unwrap().1.replace('\u{a0}', " ")
    };
    assert_eq!(titles(10_000.025, 0.0002), "(E − 10 000.02 g) / g");
    assert_eq!(titles(10_000.000_1, 0.02), "(E − 10 000 g) / g");
    assert_eq!(titles(-10_000.000_1, 0.02), "(E + 10 000 g) / g");
    assert_eq!(titles(12_345.678, 0.05), "(E − 12 345 g) / g");
    assert_eq!(titles(12.345_678, 0.05), "E / g");
}

proptest! {
    /// Numbers beside each other on an axis differ by one step, as their places do, at any size and any offset.
    #[test]
    fn an_axis_is_straight(low in -1e6..1e6_f64, width in 1e-3..1e6_f64, power in -200..200_i32) {
        let scale = 10_f64.powi(power);
        let mut picture = samples::density();
        picture.measured =
            Measured::Normal { value: (low + width / 2.0) * scale, standard_uncertainty: width / 8.0 * scale };
        picture.tolerance.lower = Some(low * scale);
        picture.tolerance.upper = Some((low + width) * scale);
        picture.acceptance = None;
        let drawn = wide(&picture.picture(&words()));
        let ticks: Vec<(f64, f64)> = boxes(&drawn)
            .into_iter()
            .filter_map(|([left, _, right, _], words)| {
                let number = words.replace('\u{a0}', "").replace('−', "-").parse::<f64>().ok()?;
                Some(((left + right) / 2.0, number))
            })
            .collect();
        prop_assert!(ticks.len() > 1, "{ticks:?}");
        let steps: Vec<(f64, f64)> =
            ticks.windows(2).map(|pair| (pair[1].0 - pair[0].0, pair[1].1 - pair[0].1)).collect();
        // Labels at the edges may be moved into the sheet; the numbers may not.
        for (_, step) in &steps {
            prop_assert!((step / steps[0].1 - 1.0).abs() < 1e-6, "{steps:?}");
        }
    }
}
