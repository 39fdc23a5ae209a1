//! The page as a reader without eyes, without scripts, on paper and on a phone has it.

use std::collections::BTreeSet;

use heng_exchange::document::html;
use heng_wording::Language;

use super::example;
use super::renderings::{certificates, visible};

/// The opening tags of a page, name and attributes.
fn tags(page: &str) -> Vec<(String, String)> {
    let opening = page.split('<').skip(1).filter(|tag| !tag.starts_with(['/', '!']));
    let tag = opening.map(|tag| tag.split_once('>').unwrap().0);
    tag.map(|tag| {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        (name.to_owned(), attributes.to_owned())
    })
    .collect()
}

fn attribute<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = attributes.split_once(&format!("{name}=\""))?;
    Some(rest.split_once('"')?.0)
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    for certificate in certificates() {
        for language in [Language::Zh, Language::En] {
            let page = html(&certificate, &example::chain(), language);
            for (name, attributes) in tags(&page) {
                assert!(!["script", "link", "img", "iframe", "object", "form"].contains(&name.as_str()), "{name}");
                // Every other piece between quotes is a value.
                let names: String = attributes.split('"').step_by(2).collect();
                assert!(!names.contains("src=") && !names.contains(" on"), "{name} {attributes}");
                let href = attribute(&attributes, "href");
                assert!(href.is_none_or(|href| href == certificate.check_address), "{href:?}");
            }
            assert!(!page.contains("url(") && !page.contains("@import"));
            assert!(page.len() < 60_000, "{} bytes", page.len());
        }
    }
}

#[test]
fn headings_are_in_order_and_every_name_is_used_once() {
    let page = html(&example::scale(), &example::chain(), Language::En);
    let tags = tags(&page);
    let headings: Vec<&str> =
        tags.iter().map(|(name, _)| name.as_str()).filter(|name| ["h1", "h2", "h3", "h4"].contains(name)).collect();
    assert_eq!(headings.first(), Some(&"h1"));
    assert!(headings.len() > 4 && headings.iter().skip(1).all(|name| *name == "h2"), "{headings:?}");
    let ids: Vec<&str> = tags
        .iter()
        .filter_map(|(_, attributes)| attribute(attributes, " id").or(attribute(attributes, "id")))
        .collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    for (_, attributes) in &tags {
        let labelled = attribute(attributes, "aria-labelledby");
        assert!(labelled.is_none_or(|id| ids.contains(&id)), "{labelled:?}");
    }
}

#[test]
fn every_table_has_a_caption_heads_with_scope_and_full_rows() {
    for certificate in certificates() {
        let page = html(&certificate, &[], Language::Zh);
        assert!(page.contains("<table "));
        for table in page.split("<table ").skip(1) {
            let table = table.split_once("</table>").unwrap().0;
            assert!(table.contains("<caption>"));
            let heads = table.matches("<th ").count();
            assert_eq!(table.matches("<th scope=\"col\"").count(), heads);
            for row in table.split_once("<tbody>").unwrap().1.split("</tr>").filter(|row| row.contains("<tr")) {
                assert_eq!(row.matches("<td ").count(), heads, "{row}");
                assert_eq!(row.matches("data-head=").count(), heads);
            }
        }
    }
}

#[test]
fn pictures_have_names_and_verdicts_have_words() {
    let page = html(&example::rejected_scale(), &[], Language::En);
    for (name, attributes) in tags(&page).into_iter().filter(|(name, _)| name == "svg") {
        let hidden = attributes.contains("aria-hidden=\"true\"");
        // The code is named by the box around it.
        let is_code = attributes.contains("version=");
        assert!(hidden || is_code || attribute(&attributes, "aria-label").is_some(), "{name} {attributes}");
    }
    for word in ["Conforms", "Does not conform", "Not decidable"] {
        assert!(visible(&page).contains(word), "{word}");
    }
}

#[test]
fn chinese_names_on_an_english_page_are_marked_as_chinese() {
    let mut certificate = example::scale();
    certificate.place.en.clear();
    let page = html(&certificate, &[], Language::En);
    assert!(page.contains("<html lang=\"en\">"));
    assert!(page.contains("<span lang=\"zh-Hans\">津南区海河农贸市场</span>"));
    assert!(!html(&certificate, &[], Language::Zh).contains("<span lang="));
}

#[test]
fn what_the_standards_rest_on_is_listed_up_to_the_unit() {
    let text = visible(&html(&example::scale(), &example::chain(), Language::En));
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words} in {text}"));
    assert!(place("TJJL-2026-000217") < place("TJJL-2026-000100"));
    assert!(place("TJJL-2026-000100") < place("the innermost realises the unit"));
}

#[test]
fn a_point_with_too_many_quantities_is_set_downwards() {
    let page = html(&example::many_inputs(), &[], Language::En);
    let text = visible(&page);
    assert!(text.contains("7.77\u{a0}×\u{a0}10⁻⁷\u{a0}K⁻¹"), "{text}");
    let widest =
        page.split("<table ").skip(1).map(|table| table.split("</thead>").next().unwrap().matches("<th ").count());
    assert!(widest.max().unwrap() <= 8);
}

#[test]
fn the_badge_of_doubt_is_explained_where_it_is_used_and_absent_elsewhere() {
    let badge = "Not checked against the source";
    let doubted = visible(&html(&example::scale(), &[], Language::En));
    assert!(doubted.matches(badge).count() > 1);
    assert!(doubted.contains("What carries this mark"));
    let mut certificate = example::scale();
    for item in &mut certificate.results {
        item.citation.confidence = heng_rule::Confidence::Read;
        for limit in item.points.iter_mut().filter_map(|point| point.limit.as_mut()) {
            limit.citation.confidence = heng_rule::Confidence::Read;
        }
    }
    let read = visible(&html(&certificate, &[], Language::En));
    assert!(!read.contains(badge) && !read.contains("What carries this mark"));
}
