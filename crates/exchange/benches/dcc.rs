//! How fast foreign certificates are read and fully checked, beside xmllint with the published schema where both are there.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use heng_exchange::dcc;

const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc/xsd/dcc/v3.3.0/dcc.xsd");
const RUNS: usize = 9;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    for (name, inside) in [
        ("a certificate of 20 kB", quantities(30)),
        ("10 000 quantities", quantities(10_000)),
        ("a list of 1 000 000 values", list(1_000_000)),
    ] {
        let text = certificate(&inside);
        let read = dcc::read(text.as_bytes()).unwrap();
        let codes: Vec<&str> = dcc::findings(&read).iter().map(|finding| finding.code.as_str()).collect();
        assert!(codes.iter().all(|code| code.starts_with("practice-")), "{codes:?}");
        drop(read);
        let ours = median(|| {
            let start = Instant::now();
            drop(dcc::read(text.as_bytes()).unwrap());
            start.elapsed().as_secs_f64() * 1e3
        });
        print!("{ours:>9.3} ms  read and check {name} ({} kB)", text.len() / 1000);
        let file = folder.path().join("certificate.xml");
        std::fs::write(&file, &text).unwrap();
        if !Path::new(SCHEMA).exists() || xmllint(&file).is_none() {
            println!("; no xmllint or no schema to compare with");
            continue;
        }
        let theirs = if text.len() < 100_000 { repeated(&file) } else { median(|| xmllint(&file).unwrap()) };
        println!("; xmllint parses and validates in {theirs:.3} ms: {:.1} times as long", theirs / ours);
    }
}

fn median(mut run: impl FnMut() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..RUNS).map(|_| run()).collect();
    times.sort_by(f64::total_cmp);
    times.get(RUNS / 2).copied().unwrap()
}

/// Milliseconds that xmllint itself counts for parsing and validating, without starting and reading the schema.
fn xmllint(file: &Path) -> Option<f64> {
    let output = Command::new("xmllint").args(["--timing", "--noout", "--schema", SCHEMA]).arg(file).output().ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains(" validates"), "{said}");
    let times = said.lines().filter(|line| line.starts_with("Parsing") || line.starts_with("Validating"));
    let times = times.filter_map(|line| line.split(" took ").nth(1)?.split_whitespace().next()?.parse::<f64>().ok());
    Some(times.sum())
}

/// The mean of a hundred runs: xmllint counts whole milliseconds.
fn repeated(file: &Path) -> f64 {
    let mut command = Command::new("xmllint");
    let output = command.args(["--repeat", "--timing", "--noout", "--schema", SCHEMA]).arg(file).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let all =
        said.lines().find_map(|line| line.strip_prefix("100 iterations took ")?.split(' ').next()?.parse::<f64>().ok());
    all.unwrap() / 100.0
}

/// 合成样例: a made-up value that differs from place to place.
fn value(place: usize) -> String {
    format!("{}.{:04}", 250 + place * 37 % 350, place * 7919 % 10_000)
}

fn name() -> &'static str {
    r#"<dcc:name><dcc:content lang="zh">示值误差（合成样例）</dcc:content><dcc:content lang="en">Error of indication</dcc:content></dcc:name>"#
}

fn quantities(count: usize) -> String {
    (0..count)
        .map(|place| {
            format!(
                r#"<dcc:quantity refType="basic_measurementError">{}<si:real><si:value>{}</si:value><si:unit>\kelvin</si:unit><si:expandedUnc><si:uncertainty>0.0512</si:uncertainty><si:coverageFactor>2</si:coverageFactor><si:coverageProbability>0.95</si:coverageProbability></si:expandedUnc></si:real></dcc:quantity>
"#,
                name(),
                value(place)
            )
        })
        .collect()
}

fn list(count: usize) -> String {
    let values: Vec<String> = (0..count).map(value).collect();
    let uncertainties: Vec<String> = (0..count).map(|place| format!("0.0{}", 100 + place % 900)).collect();
    format!(
        r#"<dcc:quantity refType="basic_measurementError">{}<si:realListXMLList><si:valueXMLList>{}</si:valueXMLList><si:unitXMLList>\kelvin</si:unitXMLList><si:expandedUncXMLList><si:uncertaintyXMLList>{}</si:uncertaintyXMLList><si:coverageFactorXMLList>2</si:coverageFactorXMLList><si:coverageProbabilityXMLList>0.95</si:coverageProbabilityXMLList></si:expandedUncXMLList></si:realListXMLList></dcc:quantity>"#,
        name(),
        values.join(" "),
        uncertainties.join(" ")
    )
}

fn certificate(inside: &str) -> String {
    let party = "<dcc:name><dcc:content>合成样例</dcc:content></dcc:name><dcc:location><dcc:city>合成样例</dcc:city></dcc:location>";
    let named = "<dcc:name><dcc:content>合成样例</dcc:content></dcc:name>";
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<dcc:digitalCalibrationCertificate xmlns:dcc="https://ptb.de/dcc" xmlns:si="https://ptb.de/si" schemaVersion="3.3.0">
<dcc:administrativeData>
<dcc:dccSoftware><dcc:software>{named}<dcc:release>v1.0</dcc:release></dcc:software></dcc:dccSoftware>
<dcc:coreData><dcc:countryCodeISO3166_1>CN</dcc:countryCodeISO3166_1><dcc:usedLangCodeISO639_1>zh</dcc:usedLangCodeISO639_1><dcc:usedLangCodeISO639_1>en</dcc:usedLangCodeISO639_1><dcc:mandatoryLangCodeISO639_1>zh</dcc:mandatoryLangCodeISO639_1><dcc:uniqueIdentifier>合成样例-1</dcc:uniqueIdentifier><dcc:beginPerformanceDate>2026-01-01</dcc:beginPerformanceDate><dcc:endPerformanceDate>2026-01-01</dcc:endPerformanceDate><dcc:performanceLocation>laboratory</dcc:performanceLocation></dcc:coreData>
<dcc:items><dcc:item>{named}<dcc:identifications><dcc:identification><dcc:issuer>other</dcc:issuer><dcc:value>1</dcc:value></dcc:identification></dcc:identifications></dcc:item></dcc:items>
<dcc:calibrationLaboratory><dcc:contact>{party}</dcc:contact></dcc:calibrationLaboratory>
<dcc:respPersons><dcc:respPerson><dcc:person>{named}</dcc:person></dcc:respPerson></dcc:respPersons>
<dcc:customer>{party}</dcc:customer>
</dcc:administrativeData>
<dcc:measurementResults><dcc:measurementResult>{named}<dcc:results><dcc:result>{named}<dcc:data><dcc:list>
{inside}</dcc:list></dcc:data></dcc:result></dcc:results></dcc:measurementResult></dcc:measurementResults>
</dcc:digitalCalibrationCertificate>
"#
    )
}
