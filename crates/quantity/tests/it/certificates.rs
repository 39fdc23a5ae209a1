//! The units that real certificates write, and how each is read.

use std::fmt::Write as _;
use std::path::Path;

use heng_quantity::unit::read;

const LIST: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc/units_in_certificates.txt");

const PLATINUM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/dcc/examples/dsi/PLATINUM");

/// PTB grades these documents PLATINUM: every unit in them is D-SI.
#[test]
fn every_unit_of_a_platinum_document_is_accepted_as_it_is() {
    let Ok(folder) = std::fs::read_dir(PLATINUM) else {
        println!("skipped: {PLATINUM} is absent");
        return;
    };
    let mut count = 0;
    for file in folder {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for element in ["unit", "unitPhase", "listUnit", "unitXMLList", "unitPhaseXMLList", "listUnitPhase"] {
            for part in text.split(&format!("<si:{element}>")).skip(1) {
                for unit in part.split('<').next().unwrap().split_whitespace() {
                    assert_eq!(read(unit).1, [], "{unit}");
                    count += 1;
                }
            }
        }
    }
    assert!(count > 100, "{count} units found");
}

#[test]
fn every_unit_string_seen_in_certificates_is_classified() {
    let Ok(list) = std::fs::read_to_string(Path::new(LIST)) else {
        println!("skipped: {LIST} is absent");
        return;
    };
    let mut table = String::new();
    for line in list.lines() {
        let text = line.split_once('\t').map_or(line, |(_, text)| text);
        let (unit, findings) = read(text);
        let verdict = match (&unit, findings.first()) {
            (Some(unit), None) => {
                assert_eq!(unit.to_string().parse().as_ref(), Ok(unit));
                format!("accepted  {}", unit.symbol())
            }
            (Some(unit), Some(finding)) => format!("rewritten {} {unit}", finding.code),
            (None, Some(finding)) => {
                let suggestion = finding.data.get("suggestion").map_or("", String::as_str);
                format!("refused   {} {suggestion}", finding.code)
            }
            (None, None) => panic!("{text} is refused without a reason"),
        };
        writeln!(table, "{text} => {}", verdict.trim_end()).unwrap();
    }
    insta::assert_snapshot!("units_in_certificates", table);
}
