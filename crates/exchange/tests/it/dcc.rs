//! What the reader of foreign certificates finds, and that it never fails badly.

use heng_exchange::dcc;
use proptest::prelude::*;

/// 合成样例: a made-up certificate of one thermometer, with places to break.
fn document(quantity: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si" schemaVersion="3.3.0">
<dcc:administrativeData><dcc:coreData><dcc:uniqueIdentifier>合成-0001</dcc:uniqueIdentifier></dcc:coreData></dcc:administrativeData>
<dcc:measurementResults>{quantity}</dcc:measurementResults>
</dcc:digitalCalibrationCertificate>"#
    )
}

/// But for the structure: these documents hold only what is looked at.
fn codes(text: &str) -> Vec<String> {
    let read = dcc::read(text.as_bytes()).unwrap();
    let codes = dcc::findings(&read).iter().map(|finding| finding.code.clone());
    codes.filter(|code| !code.starts_with("structure-") && !code.starts_with("practice-")).collect()
}

fn real(value: &str, unit: &str) -> String {
    format!("<si:real><si:value>{value}</si:value><si:unit>{unit}</si:unit></si:real>")
}

fn judged(value: &str, status: &str) -> String {
    let limit = |ref_type: &str, value: &str| {
        format!(r#"<dcc:quantity refType="basic_acceptanceLimit{ref_type}">{}</dcc:quantity>"#, real(value, "\\kelvin"))
    };
    document(&format!(
        "<dcc:quantity>{}<dcc:measurementMetaData><dcc:metaData><dcc:conformity>{status}</dcc:conformity><dcc:data>{}{}</dcc:data></dcc:metaData></dcc:measurementMetaData></dcc:quantity>",
        real(value, "\\kelvin"),
        limit("Lower", "-0.23"),
        limit("Upper", "0.23"),
    ))
}

#[test]
fn a_pass_outside_its_limits_is_contradicted() {
    assert_eq!(codes(&judged("9.9", "pass")), ["conformity-contradicted"]);
    assert_eq!(codes(&judged("0.23", "pass")), Vec::<String>::new());
    assert_eq!(codes(&judged("9.9", "fail")), Vec::<String>::new());
}

#[test]
fn a_hybrid_must_say_the_same_twice() {
    let hybrid = |kelvin: &str| {
        document(&format!("<si:hybrid>{}{}</si:hybrid>", real(kelvin, "\\kelvin"), real("33.098", "\\degreecelsius")))
    };
    assert_eq!(codes(&hybrid("306.248")), Vec::<String>::new());
    assert_eq!(codes(&hybrid("307.248")), ["hybrid-values-disagree"]);
}

#[test]
fn references_ids_and_files_are_followed() {
    assert_eq!(codes(&document(r#"<dcc:result refId="nobody"/>"#)), ["reference-broken"]);
    assert_eq!(codes(&document(r#"<dcc:result id="a"/><dcc:result id="a"/>"#)), ["reference-duplicate"]);
    assert_eq!(codes(&document("<dcc:dataBase64>%%%</dcc:dataBase64>")), ["embedded-file-undecodable"]);
    assert_eq!(codes(&document("<dcc:dataBase64>VGVz\ndAo=</dcc:dataBase64>")), Vec::<String>::new());
}

#[test]
fn lists_of_both_generations_must_be_as_long_as_their_values() {
    for name in ["uncertaintyXMLList", "valueExpandedMUXMLList"] {
        let list = |uncertainties: &str| {
            document(&format!(
                "<si:realListXMLList><si:valueXMLList>1 2 3</si:valueXMLList><si:unitXMLList>\\metre</si:unitXMLList><si:{name}>{uncertainties}</si:{name}></si:realListXMLList>"
            ))
        };
        assert_eq!(codes(&list("0.1 0.2")), ["list-lengths-differ"]);
        assert_eq!(codes(&list("0.1")), Vec::<String>::new());
    }
}

#[test]
fn the_values_of_a_covariance_are_not_those_of_the_quantity() {
    let complex = r#"<si:complexListXMLList xmlns:si="https://ptb.de/si"><si:valueRealXMLList>1.0 2.0</si:valueRealXMLList><si:valueImagXMLList>3.0 4.0</si:valueImagXMLList><si:unitXMLList>\metre</si:unitXMLList><si:ellipsoidalRegionXMLList><si:covarianceXMLList><si:valueXMLList>0.5 0.6</si:valueXMLList><si:unitXMLList>\metre\metre</si:unitXMLList></si:covarianceXMLList></si:ellipsoidalRegionXMLList></si:complexListXMLList>"#;
    let quantities = dcc::quantities(&dcc::read(complex.as_bytes()).unwrap());
    assert_eq!((quantities[0].value.as_str(), quantities[0].unit.as_str()), ("1.0 2.0", "\\metre"));
}

#[test]
fn every_beginning_of_a_document_is_read_or_refused() {
    let text = judged("9.9", "pass");
    for end in 0..text.len() {
        if let Ok(read) = dcc::read(&text.as_bytes()[..end]) {
            assert!(dcc::findings(&read).iter().any(|finding| finding.code == "xml-not-well-formed"), "{end}");
        }
    }
}

#[test]
fn nothing_hostile_is_expanded() {
    let bomb = r#"<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c SYSTEM "file:///etc/passwd">]><si:real xmlns:si="https://ptb.de/si"><si:value>&b;&c;</si:value><si:unit>\metre</si:unit></si:real>"#;
    let found = codes(bomb);
    assert!(found.contains(&"xml-doctype".to_owned()) && found.contains(&"xml-entity".to_owned()), "{found:?}");
    let utf16: Vec<u8> = judged("1", "pass").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(dcc::read(&utf16).is_ok());
}

/// PTB's own good-practice certificates and those of its toolkit contradict themselves nowhere.
#[test]
fn documents_of_others_that_are_sound_are_found_sound() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc/examples");
    if !std::path::Path::new(folder).exists() {
        println!("skipped: {folder} is absent");
        return;
    }
    for name in [
        "dcclib/valid.xml",
        "dcclib/valid_bom.xml",
        "dcclib/valid_formula.xml",
        "pydcc/dcc_gp_temperature_typical_v12.xml",
    ] {
        let bytes = std::fs::read(format!("{folder}/{name}")).unwrap();
        let read = dcc::read(&bytes).unwrap();
        // Good practice is more than soundness: one of them says a text twice in one language.
        let is_unsound = |finding: &&heng_quantity::Finding| {
            finding.severity == heng_quantity::Severity::Error && !finding.code.starts_with("practice-")
        };
        let errors: Vec<_> = dcc::findings(&read).iter().filter(is_unsound).collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert!(!dcc::quantities(&read).is_empty());
    }
}

/// xmllint with PTB's schema 3.3.0 is the judge; it is not ours.
#[test]
fn certificates_satisfy_the_published_schema_and_are_found_sound() {
    use crate::document::example;
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc/xsd/dcc/v3.3.0/dcc.xsd");
    let has_xmllint = std::process::Command::new("xmllint").arg("--version").output().is_ok();
    let folder = tempfile::tempdir().unwrap();
    let certificates =
        [("scale", example::scale()), ("rejected", example::rejected_scale()), ("thermometer", example::thermometer())];
    for (name, certificate) in certificates {
        let xml = dcc::write(&certificate);
        let read = dcc::read(&xml).unwrap();
        assert_eq!(dcc::findings(&read), [], "{name}");
        assert_eq!(dcc::number(&read), Some(certificate.number));
        if !has_xmllint || !std::path::Path::new(schema).exists() {
            println!("skipped the schema: xmllint or {schema} is absent");
            continue;
        }
        let path = folder.path().join(format!("{name}.xml"));
        std::fs::write(&path, xml).unwrap();
        let judged =
            std::process::Command::new("xmllint").args(["--noout", "--schema", schema]).arg(path).output().unwrap();
        assert!(judged.status.success(), "{name}: {}", String::from_utf8_lossy(&judged.stderr));
    }
}

proptest! {
    #[test]
    fn no_changed_byte_makes_the_reader_fail(place in 0_usize..900, byte: u8) {
        let mut bytes = judged("9.9", "pass").into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        if let Ok(read) = dcc::read(&bytes) {
            prop_assert!(dcc::findings(&read).len() < 100);
        }
    }
}

#[test]
fn of_many_findings_the_rest_is_counted() {
    let text = format!("<real xmlns='https://ptb.de/si' refId='{}'><value>1</value></real>", "a ".repeat(5_000));
    let read = dcc::read(text.as_bytes()).unwrap();
    let count = |code: &str| dcc::findings(&read).iter().filter(|finding| finding.code == code).count();
    assert_eq!((count("reference-broken"), count("findings-more")), (1_000, 1));
    let units = format!("<real><value>1</value><unit>{}</unit></real>", "\\metre \\Metre ".repeat(1_000));
    let once = "<real><value>1</value><unit>\\metre \\Metre</unit></real>";
    let findings = |text: &str| dcc::findings(&dcc::read(text.as_bytes()).unwrap()).to_vec();
    let told = |text: &str| {
        findings(text).into_iter().map(|finding| finding.code).filter(|code| code.starts_with("unit-")).count()
    };
    assert_eq!(told(&units), told(once));
    assert!(told(once) > 0);
}

#[test]
fn values_are_held_against_as_many_limits_as_any_certificate_has() {
    let limit = "<metaData><conformity>pass</conformity><data><quantity refType='basic_LimitUpper'><real><value>9</value>\
        <unit>\\metre</unit></real></quantity></data></metaData>";
    let quantity = |values: usize, statements: usize| {
        let values = "1 ".repeat(values);
        format!(
            "<list xmlns='https://ptb.de/dcc'><quantity><realListXMLList><valueXMLList>{values}</valueXMLList><unitXMLList>\\metre</unitXMLList>\
            </realListXMLList><measurementMetaData>{}</measurementMetaData></quantity></list>",
            limit.repeat(statements)
        )
    };
    let is_left = |values, statements| {
        let read = dcc::read(quantity(values, statements).as_bytes()).unwrap();
        dcc::findings(&read).iter().any(|finding| finding.code == "conformity-uncompared")
    };
    assert!(!is_left(1_000, 100));
    assert!(is_left(1_000, 300));
}
