//! Published calibrations as records: every rendering of the certificate gives the value and the uncertainty of the book.

use std::fs;
use std::process::Command;

use crate::city::{City, root};

/// A record, and what the book prints: value with unit, uncertainty, coverage factor; `|` divides plain digits from those before a power of ten.
struct Published {
    record: &'static str,
    figures: &'static [&'static str],
}

const PUBLISHED: [Published; 6] = [
    // JCGM 100:2008, H.1.6: l = (50 000 838 ± 93) nm, k = t99(16) = 2.92.
    Published { record: "gauge-block-gum-h1", figures: &["50000838", "93", "2.92", "0.99"] },
    // EA-4/02 M, S2.11: 10 000.025 g ± 59 mg, k = 2.
    Published { record: "mass-ea-4-02-s2", figures: &["10000.025", "0.059", "2"] },
    // JCGM 101:2008, 9.3.2.6: 1.2341 mg, u = 0.0754 mg; a certificate states two digits of u.
    Published { record: "weight-in-air-jcgm-101", figures: &["1.234", "0.075"] },
    // JCGM 100:2008, H.3: y1 = −0.1712(29) °C, y2 = 0.00218(67), r = −0.930, s = 0.0035 °C, b(30 °C) = −0.1494(41) °C.
    Published {
        record: "thermometer-line-gum-h3",
        figures: &["-0.1712", "0.0029", "0.00218", "0.00067", "-0.930", "0.0035", "-0.1494", "0.0041"],
    },
    // Eurachem/CITAC CG 4, A1: 1002.7 mg/L; u = 0.835 mg/L unrounded.
    Published { record: "reference-solution-eurachem-a1", figures: &["1002.70", "0.84"] },
    // NIST TN 1900, E13, linear: 1.73 × 10⁻⁵ K⁻¹, u = 0.18 × 10⁻⁵ K⁻¹.
    Published { record: "thermal-expansion-tn-1900-e13", figures: &["0.0000173|1.73", "0.0000018|1.8"] },
];

/// Numbers as people print them, as machines write them: a single space between digits only groups them.
fn numbers(text: &str) -> Vec<String> {
    let signs: Vec<char> = text.replace("&#160;", " ").replace("&nbsp;", " ").chars().collect();
    let is_digit = |place: Option<usize>| place.and_then(|at| signs.get(at)).is_some_and(char::is_ascii_digit);
    let mut plain = String::new();
    for (at, sign) in signs.iter().enumerate() {
        let groups = sign.is_whitespace() && is_digit(at.checked_sub(1)) && is_digit(at.checked_add(1));
        match sign {
            '\u{2212}' => plain.push('-'),
            _ if groups => {}
            _ => plain.push(*sign),
        }
    }
    let is_of_number = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | '-');
    plain.split(|sign| !is_of_number(sign)).map(|number| number.trim_end_matches('.').to_owned()).collect()
}

#[test]
fn every_published_calibration_is_certified_with_the_figures_of_the_book_in_every_rendering() {
    let city = City::founded();
    for published in &PUBLISHED {
        let name = published.record;
        let out = city.path(name);
        let record = root().join(format!("examples/records/{name}.toml")).display().to_string();
        let output = city.heng(&["certify", &record, "--data", &city.path("data"), "--out", &out]);
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        let mut renderings = Vec::new();
        for entry in fs::read_dir(&out).unwrap() {
            let path = entry.unwrap().path();
            let text = match path.extension().and_then(|extension| extension.to_str()) {
                Some("xml" | "html") => fs::read_to_string(&path).unwrap(),
                Some("pdf") => pdf_text(&path.display().to_string()),
                _ => continue,
            };
            renderings.push(path.extension().unwrap().to_string_lossy().into_owned());
            let numbers = numbers(&text);
            for figure in published.figures {
                assert!(
                    figure.split('|').any(|form| numbers.iter().any(|number| number == form)),
                    "{name}: {figure} is not in {}: {text}",
                    path.display()
                );
            }
        }
        renderings.sort();
        assert_eq!(renderings, ["html", "html", "pdf", "pdf", "xml"], "{name}");
    }
}

fn pdf_text(path: &str) -> String {
    let output = Command::new("pdftotext").args(["-layout", path, "-"]).output().expect("pdftotext, of poppler");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}
