//! Tables as CSV.

use heng_rule::Occasion;

use super::{HEADINGS, ROW, errors, fact, observation, only, read, read_bytes, row, shown, table};

#[test]
fn a_row_is_an_instrument() {
    let record = only(read(&table(&[ROW.to_owned()])));
    assert_eq!(record.rule, "jjg-539-2016");
    assert_eq!(record.occasion, Occasion::Subsequent);
    assert_eq!(record.client.name.zh, "津味鲜菜店（示例）");
    assert_eq!(record.client.name.en, "津味鲜菜店（示例）");
    assert_eq!(record.instrument.kind, "digital-indicating-scale");
    assert_eq!(record.instrument.serial, "示例-0001");
    assert_eq!(record.performed_on.to_string(), "2026-05-20");
    assert_eq!(record.standards, ["thing:standard:tj-f2"]);
    assert!(record.synthetic);
    assert_eq!(shown(&record.instrument.characteristics["largest_capacity"]), r"15 \kilogram");
    assert_eq!(shown(&record.instrument.characteristics["class"]), "III");
    // The zero that was typed is kept.
    assert_eq!(observation(&record, "weighing", 0, "indication"), r"2500.0 \gram");
}

#[test]
fn the_same_columns_are_known_in_english_and_by_their_keys() {
    let english = "Rule,Occasion,Client,Instrument,Manufacturer,Model,Serial number,Performed on,Place,Standards,Verifier,\
                   Reviewer,Synthetic,Accuracy class,Maximum capacity Max (kg),Verification scale interval e (g),\
                   Weighing performance 1 Load (g),Weighing performance 1 Indication (g)";
    let keys = "rule,occasion,client.name,instrument.name,instrument.manufacturer,instrument.model,instrument.serial,\
                performed_on,place,standards,verifier,reviewer,synthetic,class,largest_capacity [kg],e/g,\
                weighing.1.load/g,weighing.1.indication（g）";
    let expected = only(read(&table(&[ROW.to_owned()])));
    for headings in [english, keys] {
        assert_eq!(only(read(&format!("{headings}\n{ROW}"))), expected, "{headings}");
    }
}

#[test]
fn separators_marks_and_encodings_do_not_matter() {
    let text = table(&[ROW.to_owned()]);
    let expected = only(read(&text));
    for other in [
        format!("\u{feff}{text}"),
        text.replace(',', ";"),
        text.replace(',', "\t"),
        format!("sep=;\r\n{}", text.replace(',', ";")),
        text.replace('\n', "\r\n"),
        text.replace('\n', "\n\n,,,,\n"),
        format!("2026 年 5 月 示例菜市场 电子秤检定\n\n{text}\n"),
    ] {
        assert_eq!(only(read(&other)), expected, "{other}");
    }
    let utf_16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(only(read_bytes(&utf_16)), expected);
}

#[test]
fn lines_are_counted_whatever_ends_them() {
    let rows = [
        row(&[("出厂编号", "甲")]),
        row(&[("出厂编号", "乙"), ("委托单位", "\"两\n行\"")]),
        row(&[("出厂编号", "丙")]),
    ];
    let text = table(&rows);
    let expected = [2, 3, 5];
    let lines = |text: &str| read(text).records.iter().map(|at| at.row).collect::<Vec<u32>>();
    assert_eq!(lines(&text), expected);
    assert_eq!(lines(&text.replace('\n', "\r\n")), expected);
    assert_eq!(lines(&format!("sep=,\n\n{}", text.replace("丙", "丁"))), expected.map(|line| line + 2));
    assert_eq!(lines(&text.replace("\njjg", "\r\n\r\njjg")), [3, 5, 8]);
}

#[test]
fn gb_18030_is_read_and_said() {
    let (bytes, _, _) = encoding_rs::GB18030.encode(ROW);
    let (headings, _, _) = encoding_rs::GB18030.encode(HEADINGS);
    let read = read_bytes(&[&headings[..], b"\n", &bytes[..]].concat());
    assert_eq!(
        read.findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(),
        ["record-read-as-gb18030"]
    );
    assert_eq!(read.records[0].record.client.name.zh, "津味鲜菜店（示例）");
    assert_eq!(errors(&read_bytes(b"\xff\xfe\xfd,\x00")).len(), 1);
    assert_eq!(errors(&read_bytes(b"a,b\n\xff\xff"))[0].0, "record-not-utf-8");
}

#[test]
fn full_width_digits_and_signs_are_the_same_digits() {
    let text = table(&[row(&[("称量性能 1 示值 (g)", "２５００．０"), ("检定日期", "２０２６年５月２０日")])]);
    let record = only(read(&text));
    assert_eq!(observation(&record, "weighing", 0, "indication"), r"2500.0 \gram");
    let negative = table(&[row(&[("称量性能 1 示值 (g)", "－0.5")])]);
    assert_eq!(observation(&only(read(&negative)), "weighing", 0, "indication"), r"-0.5 \gram");
}

#[test]
fn days_are_read_with_the_year_first_only() {
    for day in ["2026-05-20", "2026/5/20", "2026.05.20", "2026年5月20日"] {
        assert_eq!(only(read(&table(&[row(&[("检定日期", day)])]))).performed_on.to_string(), "2026-05-20", "{day}");
    }
    for day in ["20/05/2026", "5-20-2026", "2026-13-01", "2026-02-30", "去年", "46162", "26-05-20"] {
        let read = read(&table(&[row(&[("检定日期", day)])]));
        assert_eq!(errors(&read), [("record-cell-no-day".to_owned(), "H2".to_owned())], "{day}");
    }
}

#[test]
fn what_can_be_read_in_two_ways_is_a_finding_with_its_cell() {
    for (stated, code) in [
        ("\"2,500\"", "number-comma"),
        ("\"2500,5\"", "number-comma"),
        ("2500 kg", "record-cell-unit-differs"),
        ("约2500", "number-malformed"),
        ("2500±1", "number-malformed"),
        ("1e9999", "number-beyond-bounds"),
    ] {
        let read = read(&table(&[row(&[("称量性能 1 示值 (g)", stated)])]));
        assert_eq!(errors(&read), [(code.to_owned(), "R2".to_owned())], "{stated}");
        assert_eq!(fact(&read.findings[0], "column"), "称量性能 1 示值 (g)");
        let position = read.findings[0].position.unwrap();
        assert_eq!((position.line, position.column), (2, 18));
    }
}

#[test]
fn a_number_without_unit_in_cell_or_heading_is_a_finding() {
    let read = read(&table(&[ROW.to_owned()]).replace("称量性能 1 示值 (g)", "称量性能 1 示值"));
    assert_eq!(errors(&read), [("unit-missing".to_owned(), "R2".to_owned())]);
}

#[test]
fn a_bad_row_loses_only_itself() {
    let rows = [
        row(&[("出厂编号", "甲")]),
        row(&[("出厂编号", "乙"), ("检定日期", "昨天"), ("核验员", "")]),
        row(&[("出厂编号", "丙")]),
        row(&[("出厂编号", "丁"), ("规程", "jjg-1-1900")]),
    ];
    let read = read(&table(&rows));
    let serials: Vec<&str> = read.records.iter().map(|at| at.record.instrument.serial.as_str()).collect();
    assert_eq!(serials, ["甲", "丙"]);
    assert_eq!(read.records.iter().map(|at| at.row).collect::<Vec<_>>(), [2, 4]);
    let found = [("record-cell-no-day", "H3"), ("record-cell-missing", "L3"), ("record-rule-unknown", "A5")];
    let found: Vec<(String, String)> = found.map(|(code, cell)| (code.to_owned(), cell.to_owned())).to_vec();
    assert_eq!(errors(&read), found);
    assert_eq!(read.tables[0].rows[&3][&8], "昨天");
}

#[test]
fn a_row_that_breaks_off_or_goes_on_too_long_loses_what_it_lacks() {
    let short = ROW.rsplit_once(',').unwrap().0.to_owned();
    let read_short = read(&table(&[short]));
    assert_eq!(errors(&read_short), [("record-cell-missing".to_owned(), "R2".to_owned())]);
    assert_eq!(read(&table(&[format!("{ROW},more,and more")])).records.len(), 1);
}

#[test]
fn an_unknown_column_is_named_and_a_slip_is_recognised() {
    let text = table(&[format!("{ROW},138-0000")]).replace("示值 (g)", "示值 (g),店主电话");
    let read_other = read(&text);
    assert_eq!(read_other.records.len(), 1);
    assert_eq!(read_other.findings[0].code, "record-column-unknown");
    assert_eq!(fact(&read_other.findings[0], "cell"), "S1");
    let slip = table(&[format!("{ROW},x")]).replace("示值 (g)", "示值 (g),称量性能 1 附加砝码 (g)");
    let read_slip = read(&slip);
    assert_eq!(read_slip.findings[0].code, "record-column-misspelt");
    assert_eq!(fact(&read_slip.findings[0], "suggestion"), "称量性能 1 附加小砝码");
}

#[test]
fn a_column_given_twice_is_not_read_twice() {
    let text = table(&[format!("{ROW},9")]).replace("示值 (g)", "示值 (g),weighing.1.indication (g)");
    let read = read(&text);
    assert_eq!(errors(&read), [("record-column-twice".to_owned(), "S1".to_owned())]);
    assert_eq!(observation(&read.records[0].record, "weighing", 0, "indication"), r"2500.0 \gram");
}

#[test]
fn a_heading_with_an_unknown_unit_loses_its_column_in_every_row() {
    let read = read(&table(&[ROW.to_owned()]).replace("示值 (g)", "示值 (斤)"));
    assert!(read.records.is_empty());
    assert_eq!(read.findings[0].position.unwrap().line, 1);
    assert_eq!(fact(&read.findings[0], "cell"), "R1");
}

#[test]
fn observations_repeated_in_one_cell_are_a_series_and_a_value_has_its_own_evaluation() {
    let headings = HEADINGS.replace("称量性能 1 载荷 (g),称量性能 1 示值 (g)", "REST")
        .replace("准确度等级,最大秤量 Max (kg),检定分度值 e (g),REST", "温度 (°C),calibration.1.reference (°C),calibration.1.indication (°C),calibration 1 bath (K),calibration 1 bath half width (mK),calibration 1 bath 分布");
    let cells: Vec<&str> = ROW.split(',').take(13).collect();
    let row = cells.join(",").replace("jjg-539-2016", "thermometer-calibration").replace("后续检定", "校准");
    let text = format!("{headings}\n{row},20.1,0.013,0.05; 0.06；0.050,0,10,均匀");
    let record = only(read(&text));
    let series = r"0.05 \degreecelsius; 0.06 \degreecelsius; 0.050 \degreecelsius";
    assert_eq!(observation(&record, "calibration", 0, "indication"), series);
    assert_eq!(observation(&record, "calibration", 0, "bath"), r"0 \kelvin ± 0.010");
    assert_eq!(shown(&record.environment["temperature"]), r"20.1 \degreecelsius");
    let alone = text.replace("calibration 1 bath (K)", "remark");
    assert_eq!(errors(&read(&alone)).last().unwrap().0, "record-cell-part-alone");
}

#[test]
fn strokes_stand_for_nothing_and_yes_must_be_yes() {
    let text = table(&[format!("{ROW},/,√"), format!("{},—,也许", row(&[("出厂编号", "乙")]))])
        .replace("示值 (g)", "示值 (g),证书编号,外观检查 封印完好");
    let read = read(&text);
    assert_eq!(read.records.len(), 1);
    assert_eq!(read.records[0].record.number, None);
    assert_eq!(observation(&read.records[0].record, "appearance", 0, "seal_intact"), "true");
    assert_eq!(errors(&read), [("record-cell-not-yes-or-no".to_owned(), "T3".to_owned())]);
}

#[test]
fn a_row_of_an_item_that_was_begun_must_be_whole() {
    let text = table(&[row(&[("称量性能 1 示值 (g)", "")])]);
    assert_eq!(errors(&read(&text)), [("record-cell-missing".to_owned(), "R2".to_owned())]);
}

#[test]
fn what_is_no_table_of_records_is_said_once() {
    for text in ["", "\n\n", "a,b,c\n1,2,3", "hello"] {
        assert_eq!(errors(&read(text)), [("record-no-headings".to_owned(), String::new())], "{text:?}");
    }
}

#[test]
fn a_table_that_is_too_long_is_refused_whole() {
    let rows: Vec<String> = (0..5_002).map(|count| format!("{ROW}{count}")).collect();
    let read = read(&table(&rows));
    assert_eq!(errors(&read)[0].0, "record-table-too-long");
    assert!(read.records.is_empty());
}
