//! PDF and HTML show what was signed.

use std::fs;
use std::path::Path;
use std::process::Command;

use heng_exchange::document::{figures_of, html, missing_figures, read_figures};
use heng_statement::Certificate;
use heng_wording::Language;

use super::{example, renderer};

pub const XML: &[u8] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dcc>示例</dcc>\n".as_bytes();

pub fn certificates() -> [Certificate; 3] {
    [example::scale(), example::rejected_scale(), example::thermometer()]
}

/// The text of a page without its markup.
pub fn visible(html: &str) -> String {
    let (_, body) = html.split_once("<body>").unwrap();
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        let (tag, after) = after.split_once('>').unwrap();
        // A cell ends a word; a run within one does not.
        if ["td", "/td", "dd", "/dd", "p", "/p", "br", "text", "/text"].contains(&tag.split(' ').next().unwrap()) {
            text.push('\n');
        }
        rest = after;
    }
    text.replace("&#39;", "'").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

pub fn run(command: &str, arguments: &[&str], file: &Path) -> Option<Vec<u8>> {
    match Command::new(command)
        .args(arguments.iter().filter(|a| **a != "-"))
        .arg(file)
        .args(arguments.iter().filter(|a| **a == "-"))
        .output()
    {
        Ok(output) => {
            assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
            Some(output.stdout)
        }
        Err(_) => {
            println!("SKIPPED: no {command} on this machine");
            None
        }
    }
}

#[test]
fn numbers_are_read_back_undressed() {
    let read = |text: &str| read_figures(text).into_iter().collect::<Vec<_>>();
    assert_eq!(read("−3.0 g"), ["-3.0"]);
    assert_eq!(read("+4.0 g"), ["4.0"]);
    assert_eq!(read("±10 g"), ["-10", "10"]);
    assert_eq!(read("18\u{a0}256.434\u{a0}17 kWh"), ["18256.43417"]);
    assert_eq!(read("5\u{a0}×\u{a0}10³ g"), ["5E3"]);
    assert_eq!(read("U = 0.06 % (k = 2, p = 0.95)"), ["0.06", "0.95", "2"]);
    assert_eq!(read("1.0\n2.0"), ["1.0", "2.0"]);
}

#[test]
fn every_figure_of_a_certificate_stands_in_its_page_with_the_same_digits() {
    for certificate in certificates() {
        assert!(figures_of(&certificate).len() > 12);
        for language in [Language::Zh, Language::En] {
            let text = visible(&html(&certificate, &[], language));
            assert_eq!(
                missing_figures(&certificate, &text),
                Vec::<String>::new(),
                "{} {language}\n{text}",
                certificate.number
            );
        }
    }
}

#[test]
fn every_figure_of_a_certificate_stands_in_its_pdf_with_the_same_digits() {
    let Some(renderer) = renderer() else { return };
    let folder = tempfile::tempdir().unwrap();
    for certificate in certificates() {
        for language in [Language::Zh, Language::En] {
            let pdf = renderer.pdf(&certificate, &[], XML, language).unwrap();
            let file = folder.path().join(format!("{}.{language}.pdf", certificate.number));
            fs::write(&file, &pdf).unwrap();
            if let Ok(kept) = std::env::var("HENG_KEEP_DOCUMENTS") {
                fs::write(Path::new(&kept).join(file.file_name().unwrap()), &pdf).unwrap();
                fs::write(
                    Path::new(&kept).join(format!("{}.{language}.html", certificate.number)),
                    html(&certificate, &[], language),
                )
                .unwrap();
            }
            let Some(text) = run("pdftotext", &["-layout", "-"], &file) else { return };
            let text = String::from_utf8(text).unwrap();
            assert_eq!(
                missing_figures(&certificate, &text),
                Vec::<String>::new(),
                "{} {language}\n{text}",
                certificate.number
            );
            assert!(text.contains(&certificate.number));
        }
    }
}

#[test]
fn a_changed_digit_is_missed() {
    let certificate = example::scale();
    let text = visible(&html(&certificate, &[], Language::Zh)).replace("11.0", "11.1");
    assert_eq!(missing_figures(&certificate, &text), ["11.0"]);
}

#[test]
fn equal_certificates_give_equal_documents() {
    let Some(renderer) = renderer() else { return };
    let first = renderer.pdf(&example::scale(), &[], XML, Language::Zh).unwrap();
    renderer.pdf(&example::thermometer(), &[], XML, Language::En).unwrap();
    let second = renderer.pdf(&example::scale(), &[], XML, Language::Zh).unwrap();
    assert_eq!(first, second);
    assert_eq!(html(&example::scale(), &[], Language::Zh), html(&example::scale(), &[], Language::Zh));
}

#[test]
fn names_outside_gb2312_and_long_names_are_kept_whole() {
    let Some(renderer) = renderer() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("names.pdf");
    fs::write(&file, renderer.pdf(&example::scale(), &[], XML, Language::Zh).unwrap()).unwrap();
    let Some(text) = run("pdftotext", &["-raw", "-"], &file) else { return };
    let joined: String = String::from_utf8(text).unwrap().split_whitespace().collect();
    for name in ["赵启㛃", "𠮷字", "天津市津南区咸水沽镇福顺海鲜水产品批发零售综合经营部第二分店（示例）"]
    {
        assert!(joined.contains(name), "{name} in {joined}");
    }
}

#[test]
fn text_from_outside_stays_text() {
    let mut certificate = example::scale();
    certificate.client.name.zh = "#panic() <script>alert(1)</script> *x* $y$ `z` \"引\"".to_owned();
    certificate.instrument.serial = "]#read(\"/etc/passwd\")".to_owned();
    let page = html(&certificate, &[], Language::Zh);
    assert!(!page.contains("<script>"));
    assert!(visible(&page).contains(&certificate.client.name.zh));
    let Some(renderer) = renderer() else { return };
    renderer.pdf(&certificate, &[], XML, Language::Zh).unwrap();
}

#[test]
fn the_machine_readable_certificate_is_attached_to_an_archival_pdf() {
    let Some(renderer) = renderer() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    let pdf = renderer.pdf(&example::scale(), &[], XML, Language::Zh).unwrap();
    fs::write(&file, &pdf).unwrap();
    let metadata = String::from_utf8_lossy(&pdf);
    assert!(
        metadata.contains("<pdfaid:part>3</pdfaid:part>")
            && metadata.contains("<pdfaid:conformance>A</pdfaid:conformance>")
    );
    let Some(list) = run("pdfdetach", &["-list"], &file) else { return };
    assert!(String::from_utf8(list).unwrap().contains("TJHH-2026-0184302.xml"));
}
