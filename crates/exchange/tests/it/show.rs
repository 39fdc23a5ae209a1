//! What people are shown of a document: every number as printed, in their language where there is one.

use std::collections::BTreeSet;

use heng_exchange::dcc::{self, Extent};
use heng_wording::{Language, Words};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::document::example;
use crate::roundtrip::{DATA, documents, inside};

fn shown(xml: &[u8], extent: Extent, language: Language) -> String {
    dcc::show(xml, extent, &Words::new(language)).unwrap()
}

/// Every piece of a text, without the marks around it.
fn pieces(text: &str) -> BTreeSet<&str> {
    let marks = |letter: char| matches!(letter, ',' | '(' | ')');
    text.split_whitespace().flat_map(|piece| [piece, piece.trim_matches(marks)]).collect()
}

/// Every number and unit of the document stands in what is shown, letter by letter.
fn assert_everything_is_shown(name: &str, xml: &[u8]) {
    for language in [Language::Zh, Language::En] {
        let text = shown(xml, Extent::All, language);
        let pieces = pieces(&text);
        for quantity in dcc::quantities(&dcc::read(xml).unwrap()) {
            let stated = [
                Some(&quantity.value),
                Some(&quantity.unit),
                quantity.standard_uncertainty.as_ref(),
                quantity.expanded_uncertainty.as_ref(),
                quantity.coverage_factor.as_ref(),
                quantity.coverage_probability.as_ref(),
            ];
            for word in stated.into_iter().flatten().flat_map(|text| text.split_whitespace()) {
                assert!(pieces.contains(word), "{name}: {word:?} of {quantity:?} is not shown in\n{text}");
            }
        }
    }
}

#[test]
fn documents_of_others_are_shown_with_every_digit_and_unit() {
    let folder = std::path::Path::new(DATA).join("examples");
    if !folder.exists() {
        println!("skipped: {} is absent", folder.display());
        return;
    }
    let all = documents(&folder);
    assert!(all.len() >= 44);
    for path in all {
        assert_everything_is_shown(&path.display().to_string(), &std::fs::read(&path).unwrap());
    }
}

#[test]
fn our_own_certificates_are_shown_with_every_digit_and_unit() {
    for certificate in [example::scale(), example::rejected_scale(), example::thermometer()] {
        assert_everything_is_shown(&certificate.number, &dcc::write(&certificate));
    }
}

#[test]
fn a_certificate_reads_in_sections() {
    let xml = dcc::write(&example::scale());
    for (language, name) in [(Language::Zh, "zh"), (Language::En, "en")] {
        insta::assert_snapshot!(format!("scale_{name}"), shown(&xml, Extent::Brief, language));
    }
}

/// 合成样例: a list beside another one, a hybrid of two units, and metadata with limits.
fn table(rows: usize) -> String {
    let list = |start: usize| (0..rows).map(|row| format!("{}.50", start + row)).collect::<Vec<_>>().join(" ");
    let content = |zh: &str, de: &str| format!("<dcc:name><dcc:content lang=\"de\">{de}</dcc:content>{zh}</dcc:name>");
    let zh = |text: &str| format!("<dcc:content lang=\"zh\">{text}</dcc:content>");
    format!(
        "<dcc:digitalCalibrationCertificate xmlns:dcc=\"https://ptb.de/dcc\" xmlns:si=\"https://ptb.de/si\" schemaVersion=\"3.3.0\">
<dcc:administrativeData><dcc:coreData><dcc:uniqueIdentifier>合成-0003</dcc:uniqueIdentifier></dcc:coreData></dcc:administrativeData>
<dcc:measurementResults><dcc:measurementResult>{}<dcc:results><dcc:result>{}<dcc:data><dcc:list>
<dcc:quantity>{}<si:hybrid><si:realListXMLList><si:valueXMLList>{}</si:valueXMLList><si:unitXMLList>\\kelvin</si:unitXMLList></si:realListXMLList>
<si:realListXMLList><si:valueXMLList>{}</si:valueXMLList><si:unitXMLList>\\degreecelsius</si:unitXMLList></si:realListXMLList></si:hybrid></dcc:quantity>
<dcc:quantity>{}<si:realListXMLList><si:valueXMLList>{}</si:valueXMLList><si:unitXMLList>\\kelvin</si:unitXMLList>
<si:expandedUncXMLList><si:uncertaintyXMLList>{}</si:uncertaintyXMLList><si:coverageFactorXMLList>2.0</si:coverageFactorXMLList><si:coverageProbabilityXMLList>0.95</si:coverageProbabilityXMLList></si:expandedUncXMLList></si:realListXMLList>
<dcc:measurementMetaData><dcc:metaData refType=\"basic_conformity\"><dcc:conformityXMLList>pass</dcc:conformityXMLList><dcc:respAuthority>{}<dcc:eMail>a@b.example</dcc:eMail></dcc:respAuthority></dcc:metaData></dcc:measurementMetaData></dcc:quantity>
</dcc:list></dcc:data></dcc:result></dcc:results></dcc:measurementResult></dcc:measurementResults></dcc:digitalCalibrationCertificate>",
        content(&zh("温度计校准（合成样例）"), "Kalibrierung"),
        content(&zh("结果"), "Ergebnis"),
        content(&zh("参考温度"), "Bezugswert"),
        list(300),
        list(26),
        content("", "Abweichung"),
        list(0),
        list(7),
        content(&zh("客户"), "Kunde"),
    )
}

#[test]
fn lists_and_hybrids_are_columns_that_stand_straight() {
    let text = shown(table(5).as_bytes(), Extent::Brief, Language::Zh);
    // How many findings there are is not the matter here.
    let lines = text.lines().filter(|line| !line.contains("heng dcc check")).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!("table_zh", lines);
    let rows: Vec<&str> = text.lines().filter(|line| line.contains(".50")).collect();
    assert_eq!(rows.len(), 5);
    let place = |line: &str, wanted: &str| line.find(wanted).map(|place| line[..place].width());
    let points: BTreeSet<_> = rows.iter().map(|row| place(row, ".50")).collect();
    assert_eq!(points.len(), 1, "the decimal points are below each other:\n{text}");
}

#[test]
fn a_missing_language_is_said_and_stood_in_for() {
    let text = shown(table(3).as_bytes(), Extent::Brief, Language::Zh);
    assert!(text.contains("参考温度") && text.contains("Abweichung") && !text.contains("Bezugswert"), "{text}");
    assert!(text.contains("部分文字没有中文，以其他语言显示：de × 1"), "{text}");
    let text = shown(table(3).as_bytes(), Extent::Brief, Language::En);
    assert!(text.contains("Bezugswert") && text.contains("shown in another language: de × 5"), "{text}");
}

#[test]
fn long_lists_show_their_ends_unless_all_is_asked_for() {
    let xml = table(1000);
    let brief = shown(xml.as_bytes(), Extent::Brief, Language::En);
    assert!(brief.contains("300.50") && brief.contains("1299.50") && !brief.contains("800.50"));
    assert!(brief.contains("982 rows between are not shown") && brief.lines().count() < 50, "{brief}");
    assert!(shown(xml.as_bytes(), Extent::All, Language::En).contains("800.50"));
    assert_everything_is_shown("a thousand rows", xml.as_bytes());
}

#[test]
fn findings_are_counted_and_a_broken_document_is_shown_as_far_as_it_goes() {
    let broken = table(3).replace("</dcc:list>", "");
    let text = shown(broken.as_bytes(), Extent::Brief, Language::En);
    assert!(text.contains("cannot be read whole") && text.contains("300.50 301.50 302.50"), "{text}");
    assert!(text.contains("See them with heng dcc check"), "{text}");
    assert!(dcc::show(b"<html/>", Extent::All, &Words::new(Language::En)).is_err());
}

proptest! {
    #[test]
    fn any_tree_is_shown(inside in inside()) {
        let words = Words::new(Language::Zh);
        let xml = format!("<dcc:data xmlns:dcc=\"https://ptb.de/dcc\" xmlns:si=\"https://ptb.de/si\">{inside}</dcc:data>");
        for extent in [Extent::Brief, Extent::All] {
            prop_assert!(dcc::show(xml.as_bytes(), extent, &words).is_ok());
        }
    }

    #[test]
    fn no_changed_byte_makes_showing_fail_badly(place in 0_usize..4000, byte: u8) {
        let mut bytes = table(30).into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        let _ = dcc::show(&bytes, Extent::Brief, &Words::new(Language::En));
    }
}
