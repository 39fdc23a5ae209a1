//! Documents with one place changed, always the same for one seed.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Where an element begins and ends in the text.
#[derive(Clone, Debug, Default)]
struct Place {
    start: usize,
    tag_end: usize,
    close: usize,
    end: usize,
    parent: usize,
    has_children: bool,
}

fn places(text: &str) -> Vec<Place> {
    let mut reader = Reader::from_str(text);
    let mut places: Vec<Place> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().unwrap();
        let end = reader.buffer_position() as usize;
        match event {
            Event::Start(_) | Event::Empty(_) => {
                let parent = open.last().copied().unwrap_or(usize::MAX);
                if let Some(parent) = places.get_mut(parent) {
                    parent.has_children = true;
                }
                places.push(Place { start, tag_end: end, close: end, end, parent, has_children: false });
                if matches!(event, Event::Start(_)) {
                    open.push(places.len() - 1);
                }
            }
            Event::End(_) => {
                let place = open.pop().unwrap();
                places[place].close = start;
                places[place].end = end;
            }
            Event::Eof => return places,
            _ => {}
        }
    }
}

/// Numbers that look random.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end.max(1)
    }
}

const TEXTS: [&str; 33] = [
    "",
    " ",
    "x",
    "1",
    "-1",
    "0",
    "1.5",
    "0.5",
    ".5",
    "5.",
    "1.000",
    "+2",
    "1e5",
    "-2E-3",
    "1e",
    "NaN",
    "INF",
    "true",
    "pass",
    " pass ",
    "pass fail",
    "de",
    "DE",
    "deu",
    "2024-02-29",
    "2023-02-29",
    "2024-01-01Z",
    "2024-01-01T10:00:00",
    "2024-01-01T24:00:00+15:00",
    "P1Y",
    "P1D2Y",
    "a b",
    "laboratory",
];

/// Mutants, each with what was done.
pub fn of(text: &str, seed: u64, count: usize) -> Vec<(String, String)> {
    let places = places(text);
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
    let mut mutants = Vec::new();
    while mutants.len() < count {
        let place = &places[random.below(places.len())];
        let element = &text[place.start..place.end];
        let tag = &text[place.start..place.tag_end];
        let name = tag.trim_start_matches('<').split([' ', '>', '/', '\n', '\r', '\t']).next().unwrap().to_owned();
        let is_empty_tag = place.tag_end == place.end;
        let replaced = |from: usize, to: usize, with: &str| format!("{}{with}{}", &text[..from], &text[to..]);
        let renamed = |to: &str| {
            let start = replaced(place.start + 1, place.start + 1 + name.len(), to);
            if is_empty_tag {
                return start;
            }
            let shift = start.len() as isize - text.len() as isize;
            let at = (place.close as isize + shift) as usize + 2;
            format!("{}{to}{}", &start[..at], &start[at + name.len()..])
        };
        let other = &places[random.below(places.len())];
        let attributes: Vec<(usize, usize)> = tag
            .match_indices("=\"")
            .filter_map(|(equals, _)| {
                let start = tag[..equals].rfind([' ', '\n', '\r', '\t'])? + 1;
                let end = equals + 2 + tag[equals + 2..].find('"')? + 1;
                (!tag[start..equals].starts_with("xmlns")).then_some((place.start + start, place.start + end))
            })
            .collect();
        let attribute = (!attributes.is_empty()).then(|| attributes[random.below(attributes.len())]);
        let (what, mutant) = match random.below(11) {
            0 => ("deleted", replaced(place.start, place.end, "")),
            1 => ("duplicated", replaced(place.end, place.end, element)),
            2 => {
                let Some(next) = places.iter().find(|next| next.parent == place.parent && next.start >= place.end)
                else {
                    continue;
                };
                let between = &text[place.end..next.start];
                (
                    "swapped",
                    replaced(place.start, next.end, &format!("{}{between}{element}", &text[next.start..next.end])),
                )
            }
            3 => ("renamed", renamed(&format!("{name}X"))),
            4 => {
                let tag = &text[other.start + 1..other.tag_end];
                let other = tag.split([' ', '>', '/', '\n', '\r', '\t']).next().unwrap();
                ("named as another", renamed(other))
            }
            5 => ("copied elsewhere", replaced(other.start, other.start, element)),
            6 if !place.has_children && !is_empty_tag => {
                let texts = TEXTS[random.below(TEXTS.len())];
                ("text replaced", replaced(place.tag_end, place.close, texts))
            }
            7 if place.has_children => ("text inserted", replaced(place.tag_end, place.tag_end, "text")),
            8 => {
                let Some((start, end)) = attribute else { continue };
                ("attribute deleted", replaced(start, end, ""))
            }
            9 => {
                let Some((start, _)) = attribute else { continue };
                ("attribute renamed", replaced(start, start, "x"))
            }
            10 => {
                let at = place.start + 1 + name.len();
                let attributes = [" id=\"new\"", " refType=\"a b\"", " lang=\"xx\"", " lang=\"xxx\"", " refType=\"\""];
                ("attribute added", replaced(at, at, attributes[random.below(attributes.len())]))
            }
            _ => continue,
        };
        let line = text[..place.start].matches('\n').count() + 1;
        mutants.push((format!("line {line} {name} {what}"), mutant));
    }
    mutants
}
