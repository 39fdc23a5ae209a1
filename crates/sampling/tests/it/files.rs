//! Files of lots and their tables: what is understood, and what is said of the rest.

use heng_sampling::file::{read_estimates, read_lot, read_results};
use heng_sampling::table::Table;
use proptest::prelude::*;

const LOT: &str = r#"
format = "heng-lot/1"
title = "和平区 2016 年单相表"
estimates = ["estimates.csv"]
limits = "jjf-wan-111-2021:2"
plan = { quality = "5 %" }
draw = { seed = "abc", beacon = "drand 42" }
sample = { results = "laboratory.csv" }
"#;

#[test]
fn a_lot_is_read_and_a_fault_has_its_place() {
    let lot = read_lot(LOT).unwrap();
    assert_eq!(
        (lot.plan.quality.as_deref(), lot.plan.accept, lot.draw.seed.as_deref()),
        (Some("5 %"), None, Some("abc"))
    );
    assert_eq!(lot.replaced.results, None);
    let finding = read_lot(&LOT.replace("heng-lot/1", "heng-lot/2")).unwrap_err();
    assert_eq!(finding.code, "lot-format");
    let finding = read_lot(&LOT.replace("title =", "titel =")).unwrap_err();
    assert_eq!((finding.code.as_str(), finding.position.map(|place| place.line)), ("lot-unreadable", Some(3)));
}

#[test]
fn estimates_are_read_as_they_are_written_and_the_undecided_are_left_open() {
    let text = "district,meter,state,error_percent,low_percent,high_percent,p_beyond_limit,decidable,reason,since\n\
                A,m1,good,0.1,-0.4,0.6,0.0001,true,balance,\n\
                B,m1,beyond,3.2,2.5,3.9,0.9999,true,balance,\n\
                B,m2,undecided,0.3,-3,3.6,0.12,false,vacant,\n\
                B,m2,good,0.3,-3,3.6,0.12,true,balance,\n\
                B,m3,good,x,-3,3.6,1.2,true,balance,\n";
    let (units, findings) = read_estimates(text);
    let names: Vec<&str> = units.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["A/m1", "B/m1", "B/m2", "B/m3"]);
    assert!(units[1].named && !units[0].named);
    assert_eq!(units[0].interval, Some((-0.4, 0.6)));
    assert_eq!((units[2].probability, units[2].interval), (None, None));
    assert_eq!(units[3].probability, None, "no probability is above one");
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["lot-unit-twice", "lot-table-number"]);
    let (_, findings) = read_estimates("meter\nm1\n");
    assert_eq!(findings.len(), 2, "two columns are missing: {findings:?}");
}

#[test]
fn results_fail_beyond_the_limit_and_say_where_another_laboratory_could_differ() {
    let text = "meter,error_percent,U_percent,certificate\r\nm1,-2.3,0.2,\"甲,1\"\r\nm2,1.9,0.2,乙\r\nm3,0.1,0.2,丙\r\nm3,0.2,0.2,丙\r\nm4,,0.2,丁\r\n";
    let (results, findings) = read_results(text, 2.0);
    let seen: Vec<(&str, bool, bool)> =
        results.iter().map(|one| (one.unit.as_str(), one.failed, one.unclear)).collect();
    assert_eq!(seen, [("m1", true, false), ("m2", false, true), ("m3", false, false)]);
    assert!((results[0].standard_uncertainty - 0.1).abs() < 1e-15, "U is twice u");
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(codes, ["lot-result-twice", "lot-result-incomplete"]);
}

#[test]
fn a_test_repeated_until_it_passes_has_still_failed() {
    for rows in ["m1,3,0.1\nm1,0.1,0.1\n", "m1,0.1,0.1\nm1,3,0.1\nm1,0.2,0.1\n"] {
        let (results, findings) = read_results(&format!("meter,error_percent,u_percent\n{rows}"), 2.0);
        assert_eq!((results.len(), results[0].failed, results[0].value), (1, true, 3.0));
        assert!(findings.iter().all(|finding| finding.code == "lot-result-twice") && !findings.is_empty());
    }
}

#[test]
fn truths_are_read_in_the_spellings_of_other_programs() {
    let of = |decidable: &str| read_estimates(&format!("meter,p_beyond_limit,decidable\nm1,0.2,{decidable}\n"));
    for word in ["true", "True", "TRUE", "1", "yes"] {
        let (units, findings) = of(word);
        assert!(findings.is_empty() && units[0].probability == Some(0.2), "{word}");
    }
    for word in ["false", "False", "0", "no"] {
        let (units, findings) = of(word);
        assert!(findings.is_empty() && units[0].probability.is_none(), "{word}");
    }
    for word in ["wahr", ""] {
        let (units, findings) = of(word);
        assert_eq!((units[0].probability, findings[0].code.as_str()), (None, "lot-table-truth"), "{word}");
    }
}

#[test]
fn cells_are_quoted_as_rfc_4180_says() {
    let (table, findings) = Table::read("\u{feff}a,b\n\"1,5\",\"say \"\"x\"\"\"\n\n\"two\nlines\",2\n1\n3,4");
    assert!(findings.len() == 1 && findings[0].position.unwrap().line == 6, "{findings:?}");
    let cells: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.clone()).collect();
    assert_eq!(cells, [["1,5", "say \"x\""], ["two\nlines", "2"], ["3", "4"]]);
    assert_eq!(table.rows[2].line, 7);
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "[a-c,\"\r\n]{0,60}") {
        let (table, _) = Table::read(&text);
        prop_assert!(table.rows.iter().all(|row| row.cells.len() == table.header.len()));
        read_estimates(&text);
        read_results(&text, 2.0);
    }
}
