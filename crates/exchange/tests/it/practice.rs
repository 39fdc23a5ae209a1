//! Each rule of good practice is found broken on a certificate of ours that breaks it, and on no other.

use heng_exchange::dcc;
use heng_quantity::Severity;

use crate::document::example;

fn certificate() -> String {
    String::from_utf8(dcc::write(&example::thermometer())).unwrap()
}

fn codes(text: &str) -> Vec<String> {
    let read = dcc::read(text.as_bytes()).unwrap();
    dcc::findings(&read).iter().map(|finding| finding.code.clone()).collect()
}

/// The certificate without the first element of a name.
fn without(text: &str, name: &str) -> String {
    let start = text.find(&format!("<dcc:{name}>")).unwrap();
    let close = format!("</dcc:{name}>");
    let end = start + text[start..].find(&close).unwrap() + close.len();
    format!("{}{}", &text[..start], &text[end..])
}

#[track_caller]
fn assert_found(text: &str, code: &str) {
    let codes = codes(text);
    assert!(codes.iter().any(|found| found == code), "{code} in {codes:?}");
    assert!(codes.iter().all(|found| found == code), "only {code} in {codes:?}");
}

/// One quantity more, in the first list of results.
fn with_quantity(inside: &str) -> String {
    let quantity = format!("<dcc:list><dcc:quantity>{inside}</dcc:quantity></dcc:list>");
    let text = certificate();
    let results = text.find("<dcc:results>").unwrap();
    let at = results + text[results..].find("<dcc:list>").unwrap();
    format!("{}{quantity}{}", &text[..at], &text[at..])
}

#[test]
fn methods_conditions_and_software_must_be_said_somewhere() {
    let text = certificate();
    assert_eq!(codes(&text), Vec::<String>::new());
    for name in ["usedMethods", "influenceConditions", "usedSoftware"] {
        assert_found(&without(&text, name), "practice-circumstance-missing");
    }
}

#[test]
fn codes_of_languages_and_countries_must_exist() {
    let text = certificate();
    assert_found(&text.replacen(">CN<", ">XQ<", 1), "practice-country-unknown");
    let twice = "<dcc:usedLangCodeISO639_1>zh</dcc:usedLangCodeISO639_1>";
    assert_found(&text.replacen(twice, &twice.repeat(2), 1), "practice-language-repeated");
    let mandatory = "<dcc:mandatoryLangCodeISO639_1>";
    assert_found(&text.replacen(&format!("{mandatory}zh"), &format!("{mandatory}xq"), 1), "practice-language-unknown");
}

#[test]
fn texts_are_in_every_declared_language_or_in_none() {
    let text = certificate();
    let codes = codes(&text.replacen(r#"<dcc:content lang="en">"#, r#"<dcc:content lang="fr">"#, 1));
    assert_eq!(codes, ["practice-language-missing", "practice-language-undeclared"]);
    let codes = self::codes(&text.replacen(r#"<dcc:content lang="en">"#, r#"<dcc:content lang="zh">"#, 1));
    assert_eq!(codes, ["practice-language-missing", "practice-content-repeated"]);
}

#[test]
fn dates_and_releases_have_their_order_and_form() {
    let text = certificate();
    let at = text.find("<dcc:endPerformanceDate>").unwrap() + "<dcc:endPerformanceDate>".len();
    assert_found(&format!("{}1999{}", &text[..at], &text[at + 4..]), "practice-dates-reversed");
    assert_found(&text.replace("<dcc:release>v", "<dcc:release>"), "practice-release-form");
    let old = text.replacen(r#"schemaVersion="3.3.0""#, r#"schemaVersion="3.2.1""#, 1);
    assert!(codes(&old).contains(&"practice-version-old".to_owned()));
}

#[test]
fn relative_uncertainties_follow_from_their_values() {
    let relative = |relative: &str| {
        with_quantity(&format!(
            "<si:real><si:value>20.0</si:value><si:unit>\\kelvin</si:unit><si:expandedUnc><si:uncertainty>0.5</si:uncertainty><si:coverageFactor>2</si:coverageFactor><si:coverageProbability>0.95</si:coverageProbability></si:expandedUnc></si:real><dcc:relativeUncertainty>{relative}</dcc:relativeUncertainty>"
        ))
    };
    let single = |value: &str| {
        format!(
            "<dcc:relativeUncertaintySingle><si:value>{value}</si:value><si:unit>\\one</si:unit></dcc:relativeUncertaintySingle>"
        )
    };
    assert_eq!(codes(&relative(&single("0.025"))), Vec::<String>::new());
    assert_found(&relative(&single("0.25")), "practice-relative-wrong");
    let list = "<dcc:relativeUncertaintyXmlList><si:valueXMLList>0.025</si:valueXMLList><si:unitXMLList>\\one</si:unitXMLList></dcc:relativeUncertaintyXmlList>";
    assert_found(&relative(list), "practice-relative-shape");
    let bare = with_quantity(&format!(
        "<si:real><si:value>20.0</si:value><si:unit>\\kelvin</si:unit></si:real><dcc:relativeUncertainty>{}</dcc:relativeUncertainty>",
        single("0.025")
    ));
    assert_found(&bare, "practice-relative-without-expanded");
}

#[test]
fn lists_are_written_with_single_blanks_and_one_unit() {
    let list = |values: &str, units: &str| {
        with_quantity(&format!(
            "<si:realListXMLList><si:valueXMLList>{values}</si:valueXMLList><si:unitXMLList>{units}</si:unitXMLList></si:realListXMLList>"
        ))
    };
    assert_eq!(codes(&list("1 2", "\\kelvin")), Vec::<String>::new());
    assert_found(&list("1  2", "\\kelvin"), "practice-list-blanks");
    assert_found(&list("1 2 ", "\\kelvin"), "practice-list-blanks");
    assert_found(&list("1 2", "\\kelvin \\kelvin"), "practice-units-repeated");
}

#[test]
fn units_outside_the_si_are_defined() {
    let text = with_quantity(
        "<si:hybrid><si:real><si:value>1</si:value><si:unit>\\kelvin</si:unit></si:real><si:real><si:value>1</si:value><si:unit>|jin</si:unit></si:real></si:hybrid>",
    );
    assert!(codes(&text).contains(&"practice-unit-undeclared".to_owned()));
    let alone = certificate().replacen(
        "</dcc:statements>",
        "<dcc:statement><dcc:nonSIUnit>|jin</dcc:nonSIUnit></dcc:statement></dcc:statements>",
        1,
    );
    assert_found(&alone, "practice-non-si-alone");
    let blank = with_quantity("<si:real><si:value>1</si:value><si:unit>\\metre \\second</si:unit></si:real>");
    assert!(codes(&blank).contains(&"practice-unit-blank".to_owned()));
}

#[test]
fn other_encodings_are_read_and_said() {
    let text = certificate();
    let little: Vec<u8> = "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let latin = text.replacen("UTF-8", "ISO-8859-1", 1).replacen("Heng 衡", "H\u{e9}ng", 1);
    let latin: Vec<u8> = latin.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect();
    for bytes in [little, big, latin] {
        let read = dcc::read(&bytes).unwrap();
        let codes: Vec<&str> = dcc::findings(&read).iter().map(|finding| finding.code.as_str()).collect();
        assert!(codes.contains(&"xml-encoding-converted"), "{codes:?}");
        assert!(dcc::findings(&read).iter().all(|finding| finding.severity != Severity::Error), "{codes:?}");
        assert!(!dcc::quantities(&read).is_empty());
    }
    let wrong = text.as_bytes().iter().map(|byte| if *byte == 0xe5 { 0xff } else { *byte }).collect::<Vec<_>>();
    assert_eq!(dcc::read(&wrong), Err(dcc::NotADcc::Encoding));
}

#[test]
fn the_published_example_of_bad_practice_is_found() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc/examples/dcclib/invalid_schematron.xml");
    let Ok(bytes) = std::fs::read(path) else {
        eprintln!("skipped: {path} is absent");
        return;
    };
    let read = dcc::read(&bytes).unwrap();
    let errors: Vec<_> = dcc::findings(&read).iter().filter(|finding| finding.severity == Severity::Error).collect();
    assert!(!errors.is_empty() && errors.iter().all(|finding| finding.code.starts_with("practice-")), "{errors:?}");
}

#[test]
fn what_stands_beside_a_list_is_one_or_one_for_each() {
    let list = |units: &str, least: &str, factor: &str, probability: &str| {
        codes(&with_quantity(&format!(
            "<si:realListXMLList><si:valueXMLList>1 2 3</si:valueXMLList><si:unitXMLList>{units}</si:unitXMLList><si:measurementUncertaintyUnivariateXMLList><si:coverageIntervalMUXMLList><si:valueStandardMUXMLList>0.1</si:valueStandardMUXMLList><si:intervalMinXMLList>{least}</si:intervalMinXMLList><si:intervalMaxXMLList>4</si:intervalMaxXMLList><si:coverageProbabilityXMLList>0.95</si:coverageProbabilityXMLList></si:coverageIntervalMUXMLList></si:measurementUncertaintyUnivariateXMLList></si:realListXMLList>"
        )))
        .into_iter()
        .chain(codes(&with_quantity(&format!(
            "<si:realListXMLList><si:valueXMLList>1 2 3</si:valueXMLList><si:unitXMLList>\\kelvin</si:unitXMLList><si:measurementUncertaintyUnivariateXMLList><si:expandedMUXMLList><si:valueExpandedMUXMLList>0.1</si:valueExpandedMUXMLList><si:coverageFactorXMLList>{factor}</si:coverageFactorXMLList><si:coverageProbabilityXMLList>{probability}</si:coverageProbabilityXMLList></si:expandedMUXMLList></si:measurementUncertaintyUnivariateXMLList></si:realListXMLList>"
        ))))
        .collect::<Vec<_>>()
    };
    assert_eq!(list("\\kelvin", "0", "2", "0.95"), Vec::<String>::new());
    assert_eq!(list("\\kelvin", "0 0 0", "2 2 2", "0.95 0.95 0.95"), Vec::<String>::new());
    assert_eq!(list("\\kelvin", "0 0", "2", "0.95"), ["list-lengths-differ"]);
    assert_eq!(list("\\kelvin \\metre", "0", "2", "0.95"), ["list-lengths-differ"]);
    assert_eq!(list("\\kelvin", "0", "2 2 2", "0.95 0.5 0.95").len(), 1, "k = 2 and p = 0.5");
    assert_eq!(list("\\kelvin", "0", "2", "0.95 0.95"), ["list-lengths-differ"]);
}

#[test]
fn hostile_tags_take_no_time_that_grows_with_their_square() {
    let start = std::time::Instant::now();
    let attributes: String = (0..100_000).map(|place| format!(" a{place}=\"\"")).collect();
    let prefixes: String = (0..100_000).map(|place| format!(" xmlns:a{place}=\"u\"")).collect();
    for tag in [attributes, prefixes] {
        let inside = "<si:value>1</si:value><si:unit>\\one</si:unit>".repeat(20_000);
        let text = format!("<si:real xmlns:si=\"https://ptb.de/si\"{tag}>{inside}</si:real>");
        assert!(!codes(&text).is_empty());
    }
    assert!(start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}
