//! Records as people write them.

mod csv;
mod docs;
mod golden;
mod hostile;
mod schema;
mod template;
mod text;
mod xlsx;

use heng_exchange::record::{Reading, Records, read_csv};
use heng_quantity::{Finding, Severity};
use heng_rule::{Cell, Record, RuleSet};

/// The columns of a scale with one point, in Chinese, and a row that is whole.
const HEADINGS: &str = "规程,检定类别,委托单位,器具名称,制造厂,型号,出厂编号,检定日期,检定地点,标准器,检定员,核验员,示例数据,\
                        准确度等级,最大秤量 Max (kg),检定分度值 e (g),称量性能 1 载荷 (g),称量性能 1 示值 (g)";
const ROW: &str = "jjg-539-2016,后续检定,津味鲜菜店（示例）,电子计价秤,示例衡器厂,ACS-15,示例-0001,2026-05-20,示例菜市场,\
                   thing:standard:tj-f2,赵敏,孙丽,是,III,15,5,2500,2500.0";

fn rules() -> RuleSet {
    heng_rule::builtin().unwrap()
}

fn table(rows: &[String]) -> String {
    std::iter::once(HEADINGS.to_owned()).chain(rows.iter().cloned()).collect::<Vec<_>>().join("\n")
}

/// The whole row with some cells replaced, each found by its heading.
fn row(cells: &[(&str, &str)]) -> String {
    let headings: Vec<&str> = HEADINGS.split(',').collect();
    let mut values: Vec<&str> = ROW.split(',').collect();
    for (heading, value) in cells {
        let place = headings.iter().position(|one| one == heading).unwrap();
        values[place] = value;
    }
    values.join(",")
}

fn read(text: &str) -> Records {
    read_bytes(text.as_bytes())
}

fn read_bytes(bytes: &[u8]) -> Records {
    read_csv(bytes, &Reading { rules: &rules(), rule: None })
}

fn only(records: Records) -> Record {
    assert_eq!(records.findings, Vec::new());
    assert_eq!(records.records.len(), 1);
    records.records.into_iter().next().unwrap().record
}

fn observation(record: &Record, item: &str, row: usize, column: &str) -> String {
    shown(&record.observations[item][row][column])
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Quantity(quantity) => format!("{} {}", quantity.value, quantity.unit),
        Cell::Text(text) => text.clone(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Series(series) => {
            series.iter().map(|one| format!("{} {}", one.value, one.unit)).collect::<Vec<_>>().join("; ")
        }
        Cell::Input(input) => {
            format!("{} {} ± {}", input.value, input.unit, input.half_width.clone().unwrap())
        }
    }
}

/// The codes of the findings that are errors, with their cells.
fn errors(records: &Records) -> Vec<(String, String)> {
    let errors = records.findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.code.clone(), fact(finding, "cell"))).collect()
}

fn fact(finding: &Finding, name: &str) -> String {
    finding.data.get(name).cloned().unwrap_or_default()
}
