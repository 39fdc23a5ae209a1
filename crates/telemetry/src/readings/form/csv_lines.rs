//! Comma-separated values (RFC 4180), a line a reading; a cell does not reach over the end of its line.

use heng_quantity::Finding;

use super::super::batch::{Builder, Cells};
use super::{faults_of_header, fill, lines};

/// More columns are of no table of readings.
const MOST_COLUMNS: usize = 200;

pub(super) fn read(bytes: &[u8], builder: &mut Builder) {
    let mut lines = lines(bytes);
    let Some((number, header)) = lines.next() else {
        builder.note(Finding::warning("readings-none"));
        return;
    };
    let mut names = Vec::new();
    let mut unescaped = Vec::new();
    let is_read = std::str::from_utf8(header).is_ok_and(|header| split(header, &mut names, &mut unescaped));
    if !is_read || names.len() > MOST_COLUMNS {
        builder.reject(number, bytes, Finding::error("readings-header"));
        return;
    }
    let names: Vec<String> = cells(&names, header_text(header), &unescaped).map(str::to_owned).collect();
    let (wrong, unknown) = faults_of_header(names.iter().map(String::as_str));
    if let Some(wrong) = wrong {
        // Nobody knows what the cells are of: the whole text is kept.
        builder.reject(number, bytes, wrong);
        return;
    }
    if let Some(unknown) = unknown {
        builder.note(unknown);
    }
    let mut places = Vec::with_capacity(names.len());
    for (number, line) in lines {
        places.clear();
        unescaped.clear();
        let Ok(text) = std::str::from_utf8(line) else {
            builder.reject(number, line, Finding::error("readings-encoding"));
            continue;
        };
        if !split(text, &mut places, &mut unescaped) {
            builder.reject(number, line, Finding::error("readings-quotes"));
            continue;
        }
        if places.len() != names.len() {
            let finding = Finding::error("readings-width").with("found", places.len()).with("wanted", names.len());
            builder.reject(number, line, finding);
            continue;
        }
        let mut one = Cells::default();
        for (name, cell) in names.iter().zip(cells(&places, text, &unescaped)) {
            fill(&mut one, name, cell);
        }
        builder.push(number, line, &one);
    }
}

fn header_text(header: &[u8]) -> &str {
    std::str::from_utf8(header).unwrap_or_default()
}

/// Where a cell's text is.
enum Place {
    /// Between these bytes of the line.
    Line(usize, usize),
    /// Taken out of its quotation marks, the n-th of those.
    Unescaped(usize),
}

fn cells<'a>(places: &'a [Place], line: &'a str, unescaped: &'a [String]) -> impl Iterator<Item = &'a str> {
    places.iter().map(move |place| match place {
        Place::Line(from, to) => line.get(*from..*to).unwrap_or_default().trim(),
        Place::Unescaped(index) => unescaped.get(*index).map_or("", |cell| cell.trim()),
    })
}

/// Splits a line into cells; `false` where a quotation mark does not close or something follows it.
fn split(line: &str, places: &mut Vec<Place>, unescaped: &mut Vec<String>) -> bool {
    if !line.contains('"') {
        let mut from = 0;
        for cell in line.split(',') {
            places.push(Place::Line(from, from + cell.len()));
            from += cell.len() + 1;
        }
        return true;
    }
    let mut rest = line;
    loop {
        if let Some(quoted) = rest.trim_start().strip_prefix('"') {
            let mut cell = String::new();
            let mut after = quoted;
            loop {
                let Some((before, next)) = after.split_once('"') else { return false };
                cell.push_str(before);
                match next.strip_prefix('"') {
                    Some(next) => {
                        cell.push('"');
                        after = next;
                    }
                    None => {
                        after = next.trim_start();
                        break;
                    }
                }
            }
            places.push(Place::Unescaped(unescaped.len()));
            unescaped.push(cell);
            match after.strip_prefix(',') {
                Some(next) => rest = next,
                None => return after.is_empty(),
            }
        } else {
            let from = line.len() - rest.len();
            match rest.split_once(',') {
                Some((cell, next)) => {
                    places.push(Place::Line(from, from + cell.len()));
                    rest = next;
                }
                None => {
                    places.push(Place::Line(from, line.len()));
                    return true;
                }
            }
        }
    }
}
