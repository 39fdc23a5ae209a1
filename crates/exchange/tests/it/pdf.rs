//! Files inside a PDF, and a bundle appended to ours.

use std::process::Command;

use heng_exchange::pdf::{AppendError, append_bundle, attachments, split};
use heng_wording::Language;
use proptest::prelude::*;

use crate::document::{example, renderer};

const XML: &[u8] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<dcc>示例</dcc>\n".as_bytes();
const NAME: &str = "TJHH-2026-0184302.heng";

fn bundle() -> Vec<u8> {
    (0..3000_u32).flat_map(|number| [(number * 7 % 251) as u8, b'\n']).chain(*b"endstream endobj %%EOF").collect()
}

fn base() -> Option<Vec<u8>> {
    Some(renderer()?.pdf(&example::scale(), &[], XML, Language::Zh).unwrap())
}

#[test]
fn the_base_stays_an_unchanged_prefix_and_comes_back_with_the_bundle() {
    let Some(base) = base() else { return };
    let whole = append_bundle(&base, NAME, &bundle()).unwrap();
    assert!(whole.starts_with(&base));
    assert_eq!(whole, append_bundle(&base, NAME, &bundle()).unwrap());
    let split = split(&whole).unwrap();
    assert_eq!((split.base, split.name.as_str(), split.bundle), (base.as_slice(), NAME, bundle()));
}

#[test]
fn both_attachments_are_read_back() {
    let Some(base) = base() else { return };
    let whole = append_bundle(&base, NAME, &bundle()).unwrap();
    let read = attachments(&whole);
    let files: Vec<(&str, &[u8])> = read.files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect();
    assert_eq!(files, [(NAME, bundle().as_slice()), ("TJHH-2026-0184302.xml", XML)]);
    assert!(read.findings.is_empty());
    assert_eq!(attachments(&base).files.len(), 1);
}

#[test]
fn other_tools_read_the_file_with_both_attachments() {
    let Some(base) = base() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("whole.pdf");
    std::fs::write(&file, append_bundle(&base, NAME, &bundle()).unwrap()).unwrap();
    for (tool, arguments, wanted) in [
        ("pdfdetach", &["-list"][..], &[NAME, "TJHH-2026-0184302.xml"][..]),
        ("qpdf", &["--check"], &["No syntax or stream encoding errors found"]),
        ("qpdf", &["--list-attachments"], &[NAME, "TJHH-2026-0184302.xml"]),
        ("pdfinfo", &[], &["Pages:"]),
    ] {
        let Ok(output) = Command::new(tool).args(arguments).arg(&file).output() else {
            println!("SKIPPED: no {tool} on this machine");
            continue;
        };
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{tool}: {said}{}", String::from_utf8_lossy(&output.stderr));
        assert!(wanted.iter().all(|wanted| said.contains(wanted)), "{tool}: {said}");
    }
}

#[test]
fn no_byte_behind_the_base_is_free() {
    let Some(base) = base() else { return };
    let whole = append_bundle(&base, NAME, &bundle()).unwrap();
    let split_whole = split(&whole).unwrap();
    for at in base.len()..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x01;
        // What still splits must carry another bundle: the change cannot hide beside it.
        if let Some(other) = split(&changed) {
            assert!(other.bundle != split_whole.bundle || other.name != split_whole.name, "byte {at}");
        }
        assert!(split(&whole[..at]).is_none(), "cut at {at}");
    }
    let mut longer = whole.clone();
    longer.push(b'\n');
    assert!(split(&longer).is_none());
    assert!(split(&base).is_none());
}

#[test]
fn what_is_not_ours_is_refused() {
    let error = append_bundle(b"%PDF-1.7 nothing", NAME, b"x").unwrap_err();
    assert_eq!(error.to_string(), "the file is not a PDF as Heng writes it: no cross-reference table");
    assert_eq!(append_bundle(b"", "证书.heng", b"x").unwrap_err(), AppendError::Name("证书.heng".to_owned()));
    assert_eq!(attachments(b"%PDF-1.7 nothing").findings[0].code, "pdf-unreadable");
    assert!(attachments(b"").files.is_empty());
}

/// A file whose objects are packed into compressed streams, as most writers make them.
#[test]
fn attachments_are_found_behind_packed_objects() {
    let Some(base) = base() else { return };
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("a.pdf"), folder.path().join("b.pdf"));
    std::fs::write(&from, append_bundle(&base, NAME, &bundle()).unwrap()).unwrap();
    let Ok(output) = Command::new("qpdf").args(["--object-streams=generate"]).arg(&from).arg(&to).output() else {
        println!("SKIPPED: no qpdf on this machine");
        return;
    };
    assert!(output.status.success());
    let repacked = std::fs::read(&to).unwrap();
    assert!(repacked.windows(7).any(|window| window == b"/ObjStm"));
    let read = attachments(&repacked);
    assert_eq!(read.files.len(), 2, "{:?}", read.findings);
    assert_eq!(read.files[0].bytes, bundle());
    assert!(split(&repacked).is_none());
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A PDF with one attachment of these filters and data, its table right.
fn crafted(filters: &str, data: &[u8]) -> Vec<u8> {
    let mut pdf = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    let mut object = |pdf: &mut Vec<u8>, body: &[u8]| {
        offsets.push(pdf.len());
        pdf.extend(format!("{} 0 obj\n", offsets.len()).bytes());
        pdf.extend(body);
        pdf.extend(b"\nendobj\n");
    };
    object(&mut pdf, b"<</Type/Catalog/Names<</EmbeddedFiles<</Names[(a)2 0 R]>>>>>>");
    object(&mut pdf, b"<</F(a)/EF<</F 3 0 R>>>>");
    let mut stream = format!("<</Filter[{filters}]/Length {}>>stream\n", data.len()).into_bytes();
    stream.extend(data);
    stream.extend(b"\nendstream");
    object(&mut pdf, &stream);
    let at = pdf.len();
    pdf.extend(b"xref\n0 4\n0000000000 65535 f \n");
    for offset in offsets {
        pdf.extend(format!("{offset:010} 00000 n \n").bytes());
    }
    pdf.extend(format!("trailer<</Size 4/Root 1 0 R>>startxref {at} %%EOF").bytes());
    pdf
}

#[test]
fn a_stream_that_inflates_without_end_is_a_finding() {
    let bomb = compressed(&compressed(&vec![0; 300 << 20]));
    assert!(bomb.len() < 10_000);
    let read = attachments(&crafted("/FlateDecode/FlateDecode", &bomb));
    assert!(read.files.is_empty());
    assert_eq!(read.findings[0].code, "pdf-attachment-unreadable");
    let honest = attachments(&crafted("/FlateDecode/FlateDecode", &compressed(&compressed(b"honest"))));
    assert_eq!(honest.files[0].bytes, b"honest");
}

#[test]
fn nesting_without_end_and_circles_end() {
    for body in [
        "[".repeat(1 << 20),
        "<</A".repeat(1 << 18),
        "(".repeat(1 << 20),
        "<</Names<</EmbeddedFiles 1 0 R>>/Kids[1 0 R 1 0 R]/AF[1 0 R]>>".to_owned(),
    ] {
        let pdf = format!("%PDF-1.7\n1 0 obj\n{body}\nendobj\n");
        let at = pdf.len();
        let pdf = format!(
            "{pdf}xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \ntrailer<</Root 1 0 R/Prev {at}>>startxref {at} %%EOF"
        );
        assert!(attachments(pdf.as_bytes()).files.is_empty());
        let pdf = pdf.replace(&format!("/Prev {at}"), "");
        assert!(attachments(pdf.as_bytes()).files.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Mutated files end in files or findings, never in a panic.
    #[test]
    fn mutated_files_are_read_or_found_faulty(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in any::<prop::sample::Index>()) {
        let mut pdf = append_bundle(&crafted("", b"<a/>").replace_date(), "a.heng", b"bundle").unwrap();
        for (at, value) in changes {
            let at = at.index(pdf.len());
            pdf[at] = value;
        }
        attachments(&pdf);
        split(&pdf);
        let cut = cut.index(pdf.len());
        attachments(&pdf[..cut]);
        split(&pdf[..cut]);
    }
}

trait Dated {
    fn replace_date(self) -> Vec<u8>;
}

impl Dated for Vec<u8> {
    /// The crafted file with a date, which appending asks for; its table still fits, as the trailer comes last.
    fn replace_date(self) -> Vec<u8> {
        let text = String::from_utf8(self).unwrap();
        text.replace("/Root 1 0 R>>", "/Root 1 0 R/Info<</CreationDate(D:20260520000000Z)>>>>").into_bytes()
    }
}
