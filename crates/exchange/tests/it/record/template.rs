//! The empty table of each rule.

use heng_exchange::record::{Reading, read_csv, read_xlsx, template};
use heng_rule::{Cell, Record, Rule};
use heng_wording::Language;
use rust_xlsxwriter::{Format, Workbook};

use super::{errors, rules};

/// A rule's template filled: plausible text under every heading, by what may be chosen and by the unit.
fn filled(rule: &Rule, language: Language) -> Vec<(String, String)> {
    let columns = template::columns(rule, language);
    columns
        .into_iter()
        .map(|column| {
            let heading = column.heading.clone();
            let value = match (column.choices.first(), heading.as_str()) {
                (Some(choice), _) => choice.clone(),
                (None, "检定日期" | "Performed on" | "建议复校日期" | "Recalibrate by") => {
                    "2026-05-20".to_owned()
                }
                (None, _) if heading.ends_with(')') => "2.50".to_owned(),
                (None, _) => "示例".to_owned(),
            };
            (heading, value)
        })
        .collect()
}

fn csv(cells: &[(String, String)]) -> String {
    let quoted = |text: &str| format!("\"{text}\"");
    let headings: Vec<String> = cells.iter().map(|(heading, _)| quoted(heading)).collect();
    let values: Vec<String> = cells.iter().map(|(_, value)| quoted(value)).collect();
    format!("{}\n{}\n", headings.join(","), values.join(","))
}

fn observed(record: &Record) -> usize {
    record.observations.values().flatten().map(|row| row.len()).sum()
}

#[test]
fn the_template_of_every_rule_reads_back_in_both_languages() {
    let rules = rules();
    let reading = Reading { rules: &rules, rule: None };
    for rule in rules.iter() {
        for language in [Language::Zh, Language::En] {
            let cells = filled(rule, language);
            let read = read_csv(csv(&cells).as_bytes(), &reading);
            assert_eq!(read.findings, Vec::new(), "{} in {language}", rule.id());
            let record = &read.records[0].record;
            let columns = |item: &heng_rule::rule::Item| {
                let rows = (*item.rows_demanded(rule.characteristics()).end()).max(1);
                if item.observations_of.is_some() { 0 } else { item.column.len() * rows }
            };
            assert_eq!(observed(record), rule.items().iter().map(columns).sum::<usize>(), "{}", rule.id());
            assert_eq!(record.instrument.characteristics.len(), rule.characteristics().len(), "{}", rule.id());
            assert_eq!(record.environment.len(), rule.surroundings().len(), "{}", rule.id());
            for (name, cell) in record.observations.values().flatten().flatten() {
                if let Cell::Quantity(quantity) = cell {
                    assert_eq!(quantity.value.to_string(), "2.50", "{} {name}", rule.id());
                }
            }
        }
    }
}

#[test]
fn the_csv_template_is_the_heading_row_with_a_mark() {
    let rules = rules();
    let rule = rules.rule("jjg-539-2016").unwrap();
    let bytes = template::csv(rule, Language::Zh);
    let text = std::str::from_utf8(&bytes).unwrap();
    assert!(text.starts_with("\u{feff}规程,证书编号,检定类别,委托单位,"));
    assert!(text.contains(",称量性能 5 载荷 (g),"));
    assert!(!text.contains("称量性能 6"));
    let read = read_csv(&bytes, &Reading { rules: &rules, rule: None });
    assert_eq!((read.records.len(), read.findings.len()), (0, 0));
}

#[test]
fn the_workbook_of_every_rule_is_read_as_empty_and_is_the_same_bytes_again() {
    let rules = rules();
    for rule in rules.iter() {
        for language in [Language::Zh, Language::En] {
            let bytes = template::xlsx(rule, language).unwrap();
            let read = read_xlsx(&bytes, &Reading { rules: &rules, rule: None });
            assert_eq!((read.records.len(), read.findings), (0, Vec::new()), "{}", rule.id());
            let headings: Vec<&String> = read.tables[0].headings.values().collect();
            let columns = template::columns(rule, language);
            assert_eq!(headings, columns.iter().map(|column| &column.heading).collect::<Vec<_>>());
        }
    }
    let rule = rules.rule("jjg-539-2016").unwrap();
    assert_eq!(template::xlsx(rule, Language::Zh).unwrap(), template::xlsx(rule, Language::Zh).unwrap());
}

#[test]
fn a_filled_workbook_gives_the_same_record_as_filled_csv() {
    let rules = rules();
    let reading = Reading { rules: &rules, rule: None };
    for rule in rules.iter() {
        let cells = filled(rule, Language::Zh);
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        let text = Format::new().set_num_format("@");
        let shown = Format::new().set_num_format("0.00");
        for (place, (heading, value)) in (0_u16..).zip(&cells) {
            sheet.write_string(0, place, heading).unwrap();
            match value.parse::<f64>() {
                // As numbers in every second column, so that both ways are taken.
                Ok(number) if place % 2 == 0 => sheet.write_number_with_format(1, place, number, &shown).unwrap(),
                _ => sheet.write_string_with_format(1, place, value, &text).unwrap(),
            };
        }
        let from_workbook = read_xlsx(&workbook.save_to_buffer().unwrap(), &reading);
        assert_eq!(errors(&from_workbook), Vec::new(), "{}", rule.id());
        let from_csv = read_csv(csv(&cells).as_bytes(), &reading);
        assert_eq!(from_workbook.records[0].record, from_csv.records[0].record, "{}", rule.id());
    }
}
