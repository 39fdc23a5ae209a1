//! What PDF/A-3 (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) demand, as far as other people's programs can tell without a
//! validator: the structure by qpdf, the fonts and the text by poppler.

use std::fs;
use std::path::PathBuf;

use heng_exchange::pdf;
use heng_wording::Language;
use serde_json::Value;

use super::renderings::{XML, run};
use super::{example, renderer};

/// A certificate as it is handed out, with a bundle attached.
fn handed_out(folder: &tempfile::TempDir, language: Language) -> Option<PathBuf> {
    let base = renderer()?.pdf(&example::scale(), &example::chain(), XML, language).unwrap();
    let file = folder.path().join(format!("{language}.pdf"));
    fs::write(&file, pdf::append_bundle(&base, "a.heng", b"{}").unwrap()).unwrap();
    Some(file)
}

/// The objects of a file, and its trailer, as qpdf sees them.
struct Objects(Value);

impl Objects {
    fn of(file: &std::path::Path) -> Option<Self> {
        let json = run("qpdf", &["--json=2", "--json-key=qpdf"], file)?;
        Some(Self(serde_json::from_slice(&json).unwrap()))
    }

    /// What a reference stands for; the value itself where it is none.
    fn followed<'a>(&'a self, value: &'a Value) -> &'a Value {
        let Some(reference) = value.as_str().filter(|text| text.ends_with(" R")) else { return value };
        let object = &self.0["qpdf"][1][format!("obj:{reference}")];
        if object["stream"].is_object() { &object["stream"]["dict"] } else { &object["value"] }
    }

    fn trailer(&self) -> &Value {
        &self.0["qpdf"][1]["trailer"]["value"]
    }

    fn catalog(&self) -> &Value {
        self.followed(&self.trailer()["/Root"])
    }

    fn all(&self) -> impl Iterator<Item = &Value> {
        self.0["qpdf"][1].as_object().unwrap().values()
    }
}

#[test]
fn a_certificate_is_an_archival_tagged_document_also_with_its_bundle() {
    let folder = tempfile::tempdir().unwrap();
    for (language, tag) in [(Language::Zh, "zh"), (Language::En, "en")] {
        let Some(file) = handed_out(&folder, language) else { return };
        let Some(objects) = Objects::of(&file) else { return };
        let (trailer, catalog) = (objects.trailer(), objects.catalog());
        assert!(trailer["/Encrypt"].is_null() && trailer["/ID"].is_array());
        assert_eq!(objects.followed(&catalog["/MarkInfo"])["/Marked"], true);
        assert!(objects.followed(&catalog["/StructTreeRoot"]).is_object());
        assert!(catalog["/Lang"].as_str().unwrap().trim_start_matches("u:").starts_with(tag), "{}", catalog["/Lang"]);
        assert_eq!(objects.followed(&catalog["/ViewerPreferences"])["/DisplayDocTitle"], true);
        let intents = objects.followed(&catalog["/OutputIntents"]);
        let intent = objects.followed(&intents[0]);
        assert_eq!(intent["/S"], "/GTS_PDFA1");
        assert!(objects.followed(&intent["/DestOutputProfile"]).is_object());
        assert_eq!(objects.followed(&catalog["/Metadata"])["/Subtype"], "/XML");
        // Every attachment is said to belong to the document, and how.
        let associated = objects.followed(&catalog["/AF"]).as_array().unwrap();
        assert_eq!(associated.len(), 2);
        for file in associated.iter().map(|file| objects.followed(file)) {
            assert!(file["/AFRelationship"].is_string(), "{file}");
            let embedded = objects.followed(&file["/EF"]);
            assert!(objects.followed(&embedded["/F"])["/Subtype"].is_string(), "{file}");
        }
        let forbidden = ["/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData"];
        for object in objects.all() {
            let action = object["value"]["/S"].as_str().unwrap_or_default();
            assert!(!forbidden.contains(&action), "{action}");
        }
        assert!(catalog["/AA"].is_null() && catalog["/OpenAction"].is_null());
    }
}

#[test]
fn the_metadata_claims_what_the_document_is() {
    let Some(renderer) = renderer() else { return };
    let pdf = renderer.pdf(&example::scale(), &[], XML, Language::Zh).unwrap();
    let metadata = String::from_utf8_lossy(&pdf);
    for claim in [
        "<pdfaid:part>3</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        "检定证书 TJHH-2026-0184302",
    ] {
        assert!(metadata.contains(claim), "{claim}");
    }
}

#[test]
fn every_font_is_embedded_with_its_characters() {
    let folder = tempfile::tempdir().unwrap();
    for language in [Language::Zh, Language::En] {
        let Some(file) = handed_out(&folder, language) else { return };
        let Some(list) = run("pdffonts", &[], &file) else { return };
        let list = String::from_utf8(list).unwrap();
        let fonts: Vec<&str> = list.lines().skip(2).collect();
        assert!(!fonts.is_empty());
        for font in fonts {
            // … emb sub uni object ID
            let columns: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(columns.get(2..5), Some(["yes", "yes", "yes"].as_slice()), "{font}");
        }
    }
}

#[test]
fn powers_of_ten_and_signs_can_be_copied_from_the_page() {
    let Some(renderer) = renderer() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("powers.pdf");
    for language in [Language::Zh, Language::En] {
        fs::write(&file, renderer.pdf(&example::many_inputs(), &[], XML, language).unwrap()).unwrap();
        let Some(text) = run("pdftotext", &["-raw", "-"], &file) else { return };
        let text: String = String::from_utf8(text).unwrap().split_whitespace().collect();
        // A machine whose fonts have no raised digits sets plain ones, raised.
        assert!(text.contains("7.77×10⁻⁷K⁻¹") || text.contains("7.77×10−7K−1"), "{text}");
        assert!(!text.contains('〓'), "{text}");
        assert!(text.contains("−38.8344"), "{text}");
    }
}

#[test]
fn identifiers_and_commands_are_copied_as_they_are_printed() {
    let folder = tempfile::tempdir().unwrap();
    let Some(file) = handed_out(&folder, Language::Zh) else { return };
    let Some(text) = run("pdftotext", &["-raw", "-"], &file) else { return };
    let text = String::from_utf8(text).unwrap();
    let hidden = |character: char| matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}');
    assert!(!text.contains(hidden), "{text:?}");
    let joined = text.replace('\n', "");
    for whole in [
        "party:tj:p-0007",
        "2311-08846",
        "https://heng.example/c/TJHH-2026-0184302",
        "heng check TJHH-2026-0184302.pdf",
    ] {
        assert!(joined.contains(whole), "{whole} in {text:?}");
    }
}

#[test]
fn attachments_are_listed_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let Some(file) = handed_out(&folder, Language::Zh) else { return };
    let Some(list) = run("pdfdetach", &["-list"], &file) else { return };
    let list = String::from_utf8(list).unwrap();
    assert!(list.contains("TJHH-2026-0184302.xml") && list.contains("a.heng"), "{list}");
}
