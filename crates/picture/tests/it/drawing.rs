//! What holds of every picture, in both languages and both widths.

use heng_picture::{Picture, Width};
use heng_wording::{Language, Words};

use crate::samples;
use crate::svg::{boxes, elements};

const WIDTHS: [(Width, f64); 2] = [(Width::Wide, 690.0), (Width::Narrow, 358.0)];

fn each(check: impl Fn(&str, &Picture)) {
    for language in [Language::Zh, Language::En] {
        for (name, picture) in samples::pictures(&Words::new(language)) {
            check(&format!("{name} in {language}"), &picture);
        }
    }
}

#[test]
fn it_is_well_formed_and_says_what_it_shows() {
    each(|name, picture| {
        for (width, pixels) in WIDTHS {
            let elements = elements(picture.svg(width));
            assert_eq!(elements[0].name, "svg", "{name}");
            assert_eq!(elements[0].attribute("role"), "img", "{name}");
            assert_eq!(elements[0].number("width"), pixels, "{name}");
            assert_eq!(elements[1].name, "title", "{name}");
            assert!(
                !elements[1].text.is_empty() && elements[2].name == "desc" && !elements[2].text.is_empty(),
                "{name}"
            );
        }
    });
}

#[test]
fn no_words_touch_each_other_or_leave_the_sheet() {
    each(|name, picture| {
        for (width, pixels) in WIDTHS {
            let boxes = boxes(&elements(picture.svg(width)));
            for (index, ([left, top, right, bottom], words)) in boxes.iter().enumerate() {
                assert!(*left >= -2.0 && *right <= pixels + 6.0, "{name}, {width:?}: {words:?} leaves the sheet");
                for ([l, t, r, b], other) in boxes.iter().skip(index + 1) {
                    let is_apart = right <= l || r <= left || bottom <= t || b <= top;
                    assert!(is_apart, "{name}, {width:?}: {words:?} touches {other:?}");
                }
            }
        }
    });
}

#[test]
fn everything_lies_within_the_sheet() {
    each(|name, picture| {
        for (width, pixels) in WIDTHS {
            let elements = elements(picture.svg(width));
            let height = elements[0].number("height");
            for element in elements.iter().filter(|element| element.name == "rect") {
                let (x, y) = (element.number("x"), element.number("y"));
                let (right, bottom) = (x + element.number("width"), y + element.number("height"));
                assert!(x >= -6.0 && right <= pixels + 6.0 && y >= 0.0 && bottom <= height, "{name}: {element:?}");
            }
            for element in elements.iter().filter(|element| element.name == "path") {
                let path = element.attribute("d");
                assert!(!path.contains("NaN") && !path.contains("inf"), "{name}: {path}");
            }
        }
    });
}

#[test]
fn it_has_no_script_and_asks_for_nothing_elsewhere() {
    each(|name, picture| {
        let html = picture.figure(&Words::new(Language::En));
        for forbidden in ["<script", "href", "url(", "http://", "https://", "onload", "javascript"] {
            let found = html.replace("http://www.w3.org/2000/svg", "").contains(forbidden);
            assert!(!found, "{name} has {forbidden}");
        }
    });
}

#[test]
fn each_row_of_its_tables_is_as_long_as_the_head() {
    each(|name, picture| {
        assert!(!picture.tables.is_empty(), "{name}");
        for table in &picture.tables {
            assert!(!table.rows.is_empty(), "{name}: {}", table.caption);
            for row in &table.rows {
                assert_eq!(row.len(), table.columns.len(), "{name}: {row:?}");
            }
        }
        elements(&picture.figure(&Words::new(Language::En)));
    });
}

#[test]
fn no_word_of_a_language_is_missing() {
    each(|name, picture| {
        let html = picture.figure(&Words::new(Language::Zh));
        assert!(!html.contains("picture-budget-") && !html.contains("{$"), "{name}");
        let words: Vec<String> =
            boxes(&elements(picture.svg(Width::Wide))).into_iter().map(|(_, words)| words).collect();
        assert!(words.iter().all(|words| !words.starts_with("picture-")), "{name}: {words:?}");
        assert!(!picture.caption.contains("picture-") && !picture.title.contains("picture-"), "{name}");
        assert!(!picture.description.contains("picture-") && !picture.description.contains('$'), "{name}");
    });
}
