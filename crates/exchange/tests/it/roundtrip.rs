//! What is read and written again, through XML or JSON, has lost nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use heng_exchange::dcc;
use proptest::prelude::*;

use crate::document::example;

pub const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc");

/// 合成样例: everything that XML has beside elements, in one document.
const AWKWARD: &str = "<?xml version='1.0' encoding=\"utf-8\" standalone='no'?><?xml-stylesheet href=\"a.xsl\"?>
<!-- 合成样例 -->
<dcc:digitalCalibrationCertificate xmlns:dcc=\"https://ptb.de/dcc\" xmlns:si='https://ptb.de/si'
   note=\"a&#10;b\tc &quot;&lt;&amp;\" schemaVersion=\"3.3.0\">
  <dcc:administrativeData><!-- first --><dcc:coreData>
      <dcc:uniqueIdentifier>合成-0002</dcc:uniqueIdentifier>
      <dcc:name><dcc:content lang='zh'>  两端有空格 </dcc:content><dcc:content/></dcc:name>
  </dcc:coreData>
  <?tool keep this?>
  </dcc:administrativeData>
  <dcc:measurementResults><dcc:data>
    <dcc:quantity><si:real><si:value>+1.500e-03</si:value><si:unit>\\metre</si:unit></si:real></dcc:quantity>
    <dcc:list><dcc:quantity/></dcc:list>
    <dcc:quantity>mixed <b xmlns=\"urn:other\">text<i/>s</b> &lt;here&gt; <![CDATA[& <there>]]>&#13;</dcc:quantity>
    <quantity>no namespace</quantity>
    <x:real xmlns:x=\"https://ptb.de/si\"><x:value>1</x:value></x:real>
  </dcc:data></dcc:measurementResults>
</dcc:digitalCalibrationCertificate>
<!-- last -->";

fn through_json(xml: &[u8]) -> Vec<u8> {
    dcc::from_json(dcc::json(xml).unwrap().as_bytes()).unwrap()
}

/// The documents below a folder.
pub fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path.extension().is_some_and(|ending| ending == "xml") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Quantities without the place they stand at.
fn quantities(xml: &[u8]) -> Vec<dcc::QuantityText> {
    let mut quantities = dcc::quantities(&dcc::read(xml).unwrap());
    quantities.iter_mut().for_each(|quantity| quantity.position = None);
    quantities
}

/// The document as the W3C's canonical XML, which keeps everything that a signature covers; comments too.
fn canonical(xml: &Path) -> Vec<u8> {
    let output = Command::new("xmllint").args(["--nonet", "--c14n"]).arg(xml).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn has_xmllint() -> bool {
    let has = Command::new("xmllint").arg("--version").output().is_ok();
    if !has {
        println!("skipped the comparison by xmllint: it is absent");
    }
    has
}

fn satisfies(schema: &Path, xml: &Path) -> bool {
    let judged = Command::new("xmllint").args(["--nonet", "--noout", "--schema"]).args([schema, xml]).output().unwrap();
    judged.status.success()
}

/// What the whole of a document must fulfil after a round trip; its name is for people.
fn assert_kept(name: &str, bytes: &[u8], folder: &Path) {
    let rewritten = dcc::rewrite(bytes).unwrap();
    let again = through_json(bytes);
    assert_eq!(again, rewritten, "{name}");
    assert_eq!(dcc::rewrite(&again).unwrap(), again, "{name}");
    assert_eq!(quantities(&again), quantities(bytes), "{name}");
    if has_xmllint() {
        let (before, after) = (folder.join("before.xml"), folder.join("after.xml"));
        // libxml2 refuses to canonicalize a namespace that is no absolute URI, as one of the examples has.
        let absolute = |xml: &[u8]| String::from_utf8_lossy(xml).replace("=\"KC_Schema\"", "=\"urn:KC_Schema\"");
        std::fs::write(&before, absolute(bytes)).unwrap();
        std::fs::write(&after, absolute(&again)).unwrap();
        assert!(canonical(&before) == canonical(&after), "{name}: its canonical form changed");
    }
}

#[test]
fn everything_that_xml_has_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    assert_kept("awkward", AWKWARD.as_bytes(), folder.path());
    let text = String::from_utf8(dcc::rewrite(AWKWARD.as_bytes()).unwrap()).unwrap();
    assert!(text.contains("<si:value>+1.500e-03</si:value>") && text.contains("standalone=\"no\""), "{text}");
}

#[test]
fn our_own_certificates_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    for certificate in [example::scale(), example::rejected_scale(), example::thermometer()] {
        let xml = dcc::write(&certificate);
        assert_kept(&certificate.number, &xml, folder.path());
        assert_eq!(through_json(&xml), xml, "{}: Heng's own bytes", certificate.number);
        let json = dcc::json(&xml).unwrap();
        assert!(json.contains("\"indent\": \"  \"") && !json.contains("\"#text\": ["), "{json:.400}");
    }
}

/// Every document of others that is well-formed; those that satisfy a schema satisfy it afterwards.
#[test]
pub fn documents_of_others_are_kept_and_stay_valid() {
    let data = Path::new(DATA);
    if !data.exists() {
        println!("skipped: {DATA} is absent");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (mut kept, mut valid, mut refused) = (0, 0, Vec::new());
    for path in documents(&data.join("examples")) {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).unwrap();
        if let Err(error) = dcc::json(&bytes) {
            refused.push(format!("{name}: {error}"));
            continue;
        }
        assert_kept(&name, &bytes, folder.path());
        kept += 1;
        let read = dcc::read(&bytes).unwrap();
        let version = read.schema_version().unwrap_or_default();
        std::fs::write(folder.path().join("after.xml"), through_json(&bytes)).unwrap();
        let schema = data.join(format!("xsd/dcc/v{version}/dcc.xsd"));
        if has_xmllint() && schema.exists() && satisfies(&schema, &path) {
            let after = folder.path().join("after.xml");
            assert!(satisfies(&schema, &after), "{name}");
            valid += 1;
        }
    }
    println!("{kept} documents kept, {valid} of them valid before and after; refused: {refused:#?}");
    assert!(refused.iter().all(|reason| reason.contains("invalid_syntax.xml")), "{refused:#?}");
    assert!(kept >= 40);
}

#[test]
fn the_form_keeps_its_shape_whatever_else_is_there() {
    let json: serde_json::Value = serde_json::from_str(&dcc::json(AWKWARD.as_bytes()).unwrap()).unwrap();
    let root = &json["root"]["digitalCalibrationCertificate"];
    assert_eq!(json["format"], "heng-dcc/1");
    assert_eq!(root["administrativeData"]["coreData"]["uniqueIdentifier"], "合成-0002");
    let data = &root["measurementResults"]["data"];
    assert_eq!(data["quantity"][0]["si:real"]["si:value"], "+1.500e-03");
    assert_eq!(data["#order"], serde_json::json!(["quantity", "list", "quantity", "quantity", "x:real"]));
    assert_eq!(data["quantity"][2]["#name"], "quantity");
    let name = &root["administrativeData"]["coreData"]["name"]["content"];
    assert_eq!(name[0], serde_json::json!({"@lang": "zh", "#text": "  两端有空格 "}));
}

/// The form is published: what was written in it once is read for ever, and the same document gives the same form.
#[test]
fn the_golden_form_is_read_and_written_for_ever() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/golden/heng-dcc-1");
    let json = std::fs::read_to_string(golden.join("awkward.json")).unwrap();
    let xml = std::fs::read_to_string(golden.join("awkward.xml")).unwrap();
    assert_eq!(dcc::json(xml.as_bytes()).unwrap(), json);
    assert_eq!(String::from_utf8(dcc::from_json(json.as_bytes()).unwrap()).unwrap(), xml);
    assert_eq!(String::from_utf8(dcc::rewrite(AWKWARD.as_bytes()).unwrap()).unwrap(), xml);
}

fn form(root: &str) -> String {
    format!(
        r#"{{"format": "heng-dcc/1", "prefixes": {{"dcc": "dcc", "si": "si"}},
"root": {{"digitalCalibrationCertificate": {{"@xmlns:dcc": "https://ptb.de/dcc", "@xmlns:si": "https://ptb.de/si", {root}}}}}}}"#
    )
}

#[test]
fn hostile_json_is_refused_with_its_place_and_reason() {
    assert!(dcc::from_json(form(r#""comment": "well""#).as_bytes()).is_ok());
    let deep = format!(r#""list": {}"x"{}"#, r#"{"list": "#.repeat(500), "}".repeat(500));
    let cases = [
        (r#""a": 1.50"#, "line 2, column", "numbers as text"),
        (r#""a": null"#, "line 2, column", "numbers as text"),
        (r#""a": "x", "a": "y""#, "line 2, column", "occurs twice"),
        (r#""a b": "x""#, "line 2, column", "no name of XML"),
        (r#""a><script": "x""#, "line 2, column", "no name of XML"),
        (r#""@a=\"1\" b": "x""#, "line 2, column", "no name of XML"),
        (r#""a": "\u0000""#, "line 2, column", "U+0000"),
        (r#""a": {"@b": "\uffff"}"#, "line 2, column", "U+FFFF"),
        (r#""a": {"@b": 1}"#, "line 2, column", "expected a string"),
        (r##""#asides": [[0, {"comment": "--><evil/>"}]]"##, "line 2, column", "comment"),
        (r##""#asides": [[0, {"instruction": "xml version"}]]"##, "line 2, column", "instruction"),
        (r##""#asides": [[2, {"comment": "a"}]], "a": "x""##, "line 2, column", "#asides"),
        (r##""#order": ["a", "a"], "a": "x""##, "line 2, column", "#order"),
        (r##""#text": ["", ""], "a": ["x", "y"]"##, "line 2, column", "#text"),
        (r##""#text": "x", "a": "y""##, "line 2, column", "#text"),
        (r##""a": {"#name": "b c"}"##, "line 2, column", "no name of XML"),
        (r#""other:a": "x""#, "digitalCalibrationCertificate/other:a", "declared nowhere"),
        (deep.as_str(), "line 2, column", "recursion limit"),
    ];
    for (root, place, reason) in cases {
        let error = dcc::from_json(form(root).as_bytes()).unwrap_err().to_string();
        assert!(error.contains(place) && error.contains(reason), "{root:.80}: {error}");
    }
    let whole = [
        "",
        "[]",
        "{}",
        r#"{"format": "heng-dcc/2", "prefixes": {}, "root": {"a": "x"}}"#,
        r#"{"format": "heng-dcc/1", "prefixes": {}, "root": {"a": "x"}}"#,
        r#"{"format": "heng-dcc/1", "prefixes": {}, "root": {"real": "x", "b": "y"}}"#,
        r#"{"format": "heng-dcc/1", "prefixes": {"dcc": "a\"b"}, "root": {"real": "x"}}"#,
        r#"{"format": "heng-dcc/1", "prefixes": {}, "indent": "<x>", "root": {"real": "x"}}"#,
        r#"{"format": "heng-dcc/1", "declaration": {"version": "1.0\"?><x"}, "prefixes": {}, "root": {"real": "x"}}"#,
    ];
    for text in whole {
        assert!(dcc::from_json(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn what_cannot_be_kept_is_refused_with_its_place() {
    let document = |inside: &str| format!("<si:real xmlns:si=\"https://ptb.de/si\">\n{inside}</si:real>");
    let cases = [
        ("&unknown;", "line 2, column 1: the reference"),
        ("<a b=\"&unknown;\"/>", "line 2, column 1: the reference"),
        ("<a b='1' b='2'/>", "line 2, column 1"),
        ("<x:a/>", "the prefix x is declared nowhere"),
        ("<a>", "line 2"),
        ("&#0;", "line 2, column 1: the reference"),
    ];
    for (inside, reason) in cases {
        let error = dcc::rewrite(document(inside).as_bytes()).unwrap_err().to_string();
        assert!(error.contains(reason), "{inside}: {error}");
    }
    let doctype = format!("<!DOCTYPE a>\n{}", document(""));
    assert_eq!(dcc::rewrite(doctype.as_bytes()).unwrap_err().to_string(), "line 1, column 1: a DTD is not taken over");
    let deep = document(&format!("{}{}", "<a>".repeat(70), "</a>".repeat(70)));
    assert!(dcc::json(deep.as_bytes()).unwrap_err().to_string().contains("nested too deeply"));
    let second = format!("{}<b/>", document(""));
    assert!(dcc::json(second.as_bytes()).is_err());
}

#[test]
fn references_to_other_certificates_are_read_with_their_hashes() {
    let certificate = example::scale();
    let references = dcc::certificate_references(&dcc::write(&certificate)).unwrap();
    let standard = &certificate.standards[0];
    assert_eq!(references.len(), 1);
    assert_eq!(references[0].relation, dcc::Relation::Equipment);
    assert_eq!(references[0].of, standard.name.zh);
    assert_eq!(references[0].number, standard.certificate_number);
    assert_eq!(references[0].procedure, "SHA-256");
    assert_eq!(references[0].hash.as_ref(), Some(&standard.certificate_xml_sha256));
    let placeholder =
        String::from_utf8(dcc::write(&certificate)).unwrap().replace(&standard.certificate_xml_sha256, "-");
    assert_eq!(dcc::certificate_references(placeholder.as_bytes()).unwrap()[0].hash, None);
    let read = dcc::read(placeholder.as_bytes()).unwrap();
    let codes: Vec<&str> = dcc::findings(&read).iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["certificate-reference-without-hash"]);
}

/// Trees of any shape below a root of the kind.
pub fn inside() -> impl Strategy<Value = String> {
    let text = "[ !#-%'-;=-~\n\t秤¥]{0,12}";
    let leaf = prop_oneof![
        text.prop_map(|text| text),
        Just("<!-- aside -->".to_owned()),
        Just("<?tool x?>".to_owned()),
        (text, text).prop_map(|(a, b)| format!("<dcc:content lang=\"{a}\">{b}</dcc:content>")),
        text.prop_map(|text| format!("<si:value>{text}</si:value>")),
    ];
    leaf.prop_recursive(5, 60, 6, |inner| {
        let name = prop_oneof!["dcc:(list|quantity|data)", "si:(real|hybrid|list)", "other"];
        (name, prop::collection::vec(inner, 0..6))
            .prop_map(|(name, inner)| format!("<{name}>{}</{name}>", inner.concat()))
    })
}

proptest! {
    #[test]
    fn any_tree_is_kept(inside in inside()) {
        let xml = format!("<dcc:data xmlns:dcc=\"https://ptb.de/dcc\" xmlns:si=\"https://ptb.de/si\">{inside}</dcc:data>");
        let rewritten = dcc::rewrite(xml.as_bytes()).unwrap();
        prop_assert_eq!(String::from_utf8(through_json(xml.as_bytes())).unwrap(), String::from_utf8(rewritten.clone()).unwrap());
        prop_assert_eq!(dcc::rewrite(&rewritten).unwrap(), rewritten);
        prop_assert_eq!(quantities(&through_json(xml.as_bytes())), quantities(xml.as_bytes()));
    }

    #[test]
    fn any_digits_are_kept(value in "[+-]?[0-9]{1,20}(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?", unit in "\\\\[a-z]{1,9}", factor in "[0-9]\\.[0-9]{0,3}") {
        let xml = format!(
            "<si:real xmlns:si=\"https://ptb.de/si\"><si:value>{value}</si:value><si:unit>{unit}</si:unit><si:expandedUnc><si:uncertainty>{value}</si:uncertainty><si:coverageFactor>{factor}</si:coverageFactor></si:expandedUnc></si:real>"
        );
        let kept = quantities(&through_json(xml.as_bytes())).remove(0);
        prop_assert_eq!(kept.value, value.clone());
        prop_assert_eq!(kept.unit, unit);
        prop_assert_eq!(kept.expanded_uncertainty, Some(value));
        prop_assert_eq!(kept.coverage_factor, Some(factor));
    }

    #[test]
    fn no_changed_byte_of_the_form_makes_it_fail_badly(place in 0_usize..4000, byte: u8) {
        let mut bytes = dcc::json(AWKWARD.as_bytes()).unwrap().into_bytes();
        let place = place % bytes.len();
        bytes[place] = byte;
        if let Ok(xml) = dcc::from_json(&bytes) {
            prop_assert!(dcc::rewrite(&xml).is_ok());
        }
    }
}
