//! A chain of certificates from the unit down to a thing.

use std::fmt::Write as _;

use heng_exchange::document::escaped;
use heng_wording::Words;

use super::Width;
use crate::facts::chain::{ChainFacts, Step};
use crate::frame::{address, one_of};

const LANE: usize = 26;

/// A chain from the unit at the top to the thing at the bottom, with relative uncertainties on a logarithmic scale.
pub(crate) fn chain(facts: &ChainFacts, words: &Words, width: Width) -> String {
    // The certificate asked about comes first in the facts and last in the picture.
    let steps: Vec<&Step> = facts.steps.iter().rev().collect();
    let lanes = lanes(&steps);
    let top = usize::from(facts.complete);
    let (total, bars, pitch): (usize, usize, usize) = match width {
        Width::Desk => (690, 370, 72),
        Width::Phone => (358, 0, 100),
    };
    let left = LANE * (lanes.iter().copied().max().unwrap_or(0) + 1) + 12;
    let height = pitch * (steps.len() + top);
    let y = |row: usize| row * pitch + 20;
    let x = |lane: usize| LANE * lane + 14;
    let mut svg = format!(
        "<svg class=\"chain\" role=\"group\" aria-label=\"{}\" viewBox=\"0 0 {total} {height}\" width=\"{total}\" height=\"{height}\">",
        escaped(&words.say("portal-chain-name", &[("count", &steps.len().to_string())]))
    );
    for (row, step) in steps.iter().enumerate() {
        let lane = lanes.get(row).copied().unwrap_or(0);
        let below = step.used_by.as_ref().and_then(|used| steps.iter().position(|other| other.statement == *used));
        if let Some(below) = below {
            let target = lanes.get(below).copied().unwrap_or(0);
            let (from, to) = (y(row + top) + 9, y(below + top) - 9);
            let class = if step.stands { "link" } else { "link broken" };
            let _ = match lane == target {
                true => write!(svg, "<path class=\"{class}\" d=\"M{} {from}V{to}\"/>", x(lane)),
                false => write!(
                    svg,
                    "<path class=\"{class}\" d=\"M{} {from}V{}L{} {to}\"/>",
                    x(lane),
                    to - 20,
                    x(target) + 6
                ),
            };
        }
        if top == 1 && !steps.iter().any(|other| other.used_by.as_ref() == Some(&step.statement)) {
            let _ = write!(svg, "<path class=\"link\" d=\"M{} {}V{}\"/>", x(lane), y(0) + 9, y(row + 1) - 9);
        }
    }
    if top == 1 {
        let _ = write!(
            svg,
            "<path class=\"unit\" d=\"M{0} {1}l9 9-9 9-9-9Z\"/><text class=\"name\" x=\"{left}\" y=\"{2}\">{3}</text><text class=\"by\" x=\"{left}\" y=\"{4}\">{5}</text>",
            x(0),
            y(0) - 9,
            y(0) + 2,
            escaped(&words.say("portal-chain-unit", &[])),
            y(0) + 22,
            escaped(&words.say("portal-chain-exact", &[]))
        );
    }
    let scale = Scale::of(&steps);
    for (row, step) in steps.iter().enumerate() {
        let lane = lanes.get(row).copied().unwrap_or(0);
        let room = match width {
            Width::Desk => bars.saturating_sub(left + 12).max(120),
            Width::Phone => total.saturating_sub(left).max(120),
        };
        let mut below = node(&mut svg, step, (x(lane), y(row + top), left, room), words);
        let said = uncertainty(step);
        let mut at = left;
        if matches!(width, Width::Desk) {
            let length = step.relative.map_or(0, |relative| scale.length(relative));
            below = y(row + top) + 3;
            at = bars;
            if length > 0 {
                let class = if step.depth == 0 { "bar own" } else { "bar" };
                let top = below - 12;
                let _ =
                    write!(svg, "<rect class=\"{class}\" x=\"{bars}\" y=\"{top}\" width=\"{length}\" height=\"14\"/>");
                at += length + 8;
            }
        }
        let _ = write!(svg, "<text class=\"u\" x=\"{at}\" y=\"{below}\">{}</text>", escaped(&said));
    }
    svg.push_str("</svg>");
    svg
}

/// Draws a step and its words; gives the line below them.
fn node(svg: &mut String, step: &Step, (x, y, left, room): (usize, usize, usize, usize), words: &Words) -> usize {
    let shape = match (step.stands, step.depth) {
        (false, _) => format!("<path class=\"fallen\" d=\"M{x} {}l10 17h-20Z\"/>", y - 10),
        (true, 0) => format!("<circle class=\"own\" cx=\"{x}\" cy=\"{y}\" r=\"8\"/>"),
        (true, _) => format!("<circle class=\"step\" cx=\"{x}\" cy=\"{y}\" r=\"8\"/>"),
    };
    let language = words.language();
    let href = address("/certificate/", &step.number);
    let mut line = y + 4;
    let _ = write!(svg, "{shape}<a href=\"{href}\"><text class=\"name\">");
    for part in broken(one_of(&step.name, language), room, 14) {
        let _ = write!(svg, "<tspan x=\"{left}\" y=\"{line}\">{}</tspan>", escaped(&part));
        line += 18;
    }
    svg.push_str("</text></a><text class=\"by\">");
    for part in broken(one_of(&step.laboratory, language), room, 13) {
        let _ = write!(svg, "<tspan x=\"{left}\" y=\"{line}\">{}</tspan>", escaped(&part));
        line += 17;
    }
    svg.push_str("</text>");
    line
}

/// A text in lines that fit: a Han character is as wide as the type is high, any other about half of that.
pub(super) fn broken(text: &str, room: usize, size: usize) -> Vec<String> {
    let width =
        |text: &str| -> usize { text.chars().map(|sign| if sign.is_ascii() { size * 6 / 10 } else { size + 1 }).sum() };
    let mut lines = vec![String::new()];
    for sign in text.chars() {
        let Some(line) = lines.last_mut() else { break };
        if width(line) + width(sign.encode_utf8(&mut [0; 4])) <= room {
            line.push(sign);
            continue;
        }
        // Words stay whole; Han text breaks anywhere.
        let next = match line.rsplit_once(' ').map(|(kept, rest)| (kept.to_owned(), rest.to_owned())) {
            Some((kept, rest)) if sign.is_ascii() => {
                *line = kept;
                format!("{rest}{sign}")
            }
            _ => sign.to_string(),
        };
        lines.push(next);
    }
    lines
}

/// U as stated, with the relative one where there is one.
pub(crate) fn uncertainty(step: &Step) -> String {
    match &step.uncertainty {
        Some(text) => format!("U = {text}"),
        None => "–".to_owned(),
    }
}

/// Each step goes below the one that uses it where it can, else into a lane of its own.
fn lanes(steps: &[&Step]) -> Vec<usize> {
    let mut lanes = vec![0; steps.len()];
    let mut used = 0;
    let mut taken: Vec<usize> = Vec::new();
    for row in (0..steps.len()).rev() {
        let below = steps
            .get(row)
            .and_then(|step| step.used_by.as_ref())
            .and_then(|used| steps.iter().position(|other| other.statement == *used));
        let lane = match below {
            None => 0,
            Some(below) if !taken.contains(&below) => {
                taken.push(below);
                lanes.get(below).copied().unwrap_or(0)
            }
            Some(_) => {
                used += 1;
                used
            }
        };
        if let Some(slot) = lanes.get_mut(row) {
            *slot = lane;
        }
    }
    lanes
}

/// A logarithmic scale over the relative uncertainties of a chain.
struct Scale {
    lowest: f64,
    decades: f64,
}

impl Scale {
    fn of(steps: &[&Step]) -> Self {
        let logs = || steps.iter().filter_map(|step| step.relative).map(libm::log10);
        let lowest = logs().fold(f64::INFINITY, f64::min).floor() - 1.0;
        let highest = logs().fold(f64::NEG_INFINITY, f64::max).ceil();
        Self { lowest, decades: (highest - lowest).max(1.0) }
    }

    fn length(&self, relative: f64) -> usize {
        let share = (libm::log10(relative) - self.lowest) / self.decades;
        (share.clamp(0.02, 1.0) * 170.0) as usize
    }
}
