//! Ledgers of instruments: what was written reads back, and whatever people type is understood or named.

use heng_exchange::ledger::{Ledger, Line, Vocabulary, csv, read, xlsx};
use heng_rule::catalogue::builtin_catalogue;
use heng_rule::{Cell, Instrument, RuleSet, Words, builtin};
use heng_statement::{MEASURING_RANGE, Place, Purpose, Registration};
use heng_wording::Language;
use proptest::prelude::*;

fn rules() -> RuleSet {
    builtin().expect("rules")
}

fn with_vocabulary<T>(work: impl FnOnce(&Vocabulary<'_>) -> T) -> T {
    let rules = rules();
    work(&Vocabulary::new(&rules, &builtin_catalogue().expect("catalogue")))
}

fn taken(text: &str) -> Ledger {
    with_vocabulary(|vocabulary| read(text.as_bytes(), vocabulary))
}

fn codes(ledger: &Ledger) -> Vec<(u32, &str)> {
    let rows = ledger.rows.iter();
    rows.flat_map(|row| row.findings.iter().map(|finding| (row.row, finding.code.as_str()))).collect()
}

fn words(text: &str) -> Words {
    Words { zh: text.to_owned(), en: format!("{text} en") }
}

fn quantity(text: &str) -> Cell {
    Cell::Quantity(heng_quantity::text::parse(text).expect("a quantity"))
}

fn scale(serial: &str) -> Registration {
    let characteristics = [
        ("class", Cell::Text("III".to_owned())),
        ("largest_capacity", quantity("30 kg")),
        ("smallest_capacity", quantity("200 g")),
        ("e", quantity("10 g")),
        ("d", quantity("5 g")),
        (MEASURING_RANGE, Cell::Text("0.2 kg～30 kg".to_owned())),
    ];
    Registration {
        id: format!("thing:instrument:{serial}"),
        kind: "instrument".to_owned(),
        name: words("电子计价秤"),
        keeper: "party:shop".to_owned(),
        instrument: Some(Instrument {
            id: None,
            kind: "digital-indicating-scale".to_owned(),
            name: words("电子计价秤"),
            manufacturer: words("津衡电子"),
            model: "ACS-30".to_owned(),
            serial: serial.to_owned(),
            characteristics: characteristics.map(|(name, cell)| (name.to_owned(), cell)).into(),
        }),
        place: Some(Place { district: "120116".to_owned(), address: words("塘沽, \"一号\"市场\n3 门") }),
        purpose: Some(Purpose::Trade),
        synthetic: true,
    }
}

/// What a line says of a registration is the registration.
fn assert_same(registration: &Registration, ledger: &Ledger, row: usize) {
    assert_eq!(ledger.findings, []);
    let read = &ledger.rows[row];
    assert_eq!(read.findings, [], "{registration:?}");
    let said = &read.described;
    let instrument = registration.instrument.as_ref().expect("an instrument");
    assert_eq!(said.id.as_ref(), Some(&registration.id));
    assert_eq!(said.name.after(None).as_ref(), Some(&registration.name));
    assert_eq!(said.kind.as_ref(), Some(&instrument.kind));
    assert_eq!(said.model.as_ref(), Some(&instrument.model));
    assert_eq!(said.serial.as_ref(), Some(&instrument.serial));
    assert_eq!(said.manufacturer.after(None).as_ref(), Some(&instrument.manufacturer));
    assert_eq!(said.characteristics, instrument.characteristics);
    let place = registration.place.as_ref().expect("a place");
    assert_eq!(said.district.as_ref(), Some(&place.district));
    assert_eq!(said.address.after(None).as_ref(), Some(&place.address));
    assert_eq!(said.purpose, registration.purpose);
}

#[test]
fn what_is_written_reads_back_as_the_same_in_both_formats_and_languages() {
    // Serial numbers that spreadsheets would compute, or store with other digits.
    let serials = ["0012", "=1+1", "'=1+1", "+86", "－5", "@x", "1E5", "2026-01-02", "_x000A_", "'quoted'"];
    let registrations = serials.map(scale);
    let lines: Vec<Line<'_>> = registrations
        .iter()
        .map(|registration| Line {
            registration,
            standing: "有效".to_owned(),
            through: Some(jiff::civil::date(2027, 1, 2)),
            certificate: Some("津检字-1"),
        })
        .collect();
    with_vocabulary(|vocabulary| {
        for language in [Language::Zh, Language::En] {
            let as_csv = csv(&lines, vocabulary, language).expect("CSV");
            let as_xlsx = xlsx(&lines, vocabulary, language).expect("a workbook");
            assert_eq!(as_xlsx, xlsx(&lines, vocabulary, language).expect("a workbook"), "the same bytes again");
            for bytes in [as_csv, as_xlsx] {
                let ledger = read(&bytes, vocabulary);
                assert_eq!(ledger.rows.len(), registrations.len());
                for (row, registration) in registrations.iter().enumerate() {
                    assert_same(registration, &ledger, row);
                }
            }
        }
    });
}

#[test]
fn no_cell_of_a_csv_file_is_a_formula() {
    let registration = scale("=HYPERLINK(\"x\")");
    let line = Line { registration: &registration, standing: String::new(), through: None, certificate: None };
    let bytes = with_vocabulary(|vocabulary| csv(&[line], vocabulary, Language::Zh).expect("CSV"));
    let text = String::from_utf8(bytes).expect("UTF-8");
    assert!(text.contains("\"'=HYPERLINK"), "{text}");
}

#[test]
fn a_ledger_as_houses_keep_it_is_understood() {
    let ledger = taken(
        "某某市场计量器具台账;;;;;;;;\n\
         器具名称;规格型号;测量范围;准确度等级;出厂编号;生产厂家;所在区;安装地点;用途\n\
         电子秤;ACS-30;最大秤量 Max＝30 kg；e=10 g;iii;０１;津衡;滨海新区;一号摊;贸易结算\n\
         压力表;Y-100;(0~1.6) MPa;1.6;77;红旗;和平区;锅炉房;安全防护\n\
         电子秤;/;/;/;/;津衡;河东;二号摊;trade\n",
    );
    assert_eq!(ledger.findings, []);
    assert_eq!(codes(&ledger), []);
    let [scale, gauge, blank] = ledger.rows.as_slice() else { panic!("{ledger:?}") };
    assert_eq!((scale.row, scale.described.kind.as_deref()), (3, Some("digital-indicating-scale")));
    assert_eq!(scale.described.characteristics["largest_capacity"], quantity("30 kg"));
    assert_eq!(scale.described.characteristics["class"], Cell::Text("III".to_owned()));
    assert_eq!(scale.described.district.as_deref(), Some("120116"));
    assert_eq!(gauge.described.kind.as_deref(), Some("pressure-gauge"));
    assert_eq!(gauge.described.characteristics[MEASURING_RANGE], Cell::Text("(0~1.6) MPa".to_owned()));
    assert_eq!((&blank.described.model, &blank.described.serial), (&None, &None));
    assert_eq!(blank.described.purpose, Some(Purpose::Trade));
}

#[test]
fn a_row_with_an_error_says_which_cell_and_leaves_the_others() {
    let ledger = taken(
        "器具名称,器具种类,测量范围,准确度等级,出厂编号,使用区,用途,备注\n\
         秤,火箭,,,1,,,\n\
         秤,电子秤,最大秤量 Max = 三十,,2,,,\n\
         秤,电子秤,身高 = 3 m,,3,,,\n\
         秤,电子秤,最大秤量 Max = 3 m,,4,,,\n\
         秤,电子秤,,金,5,天上,玩,\n\
         秤,电子秤,,III,6,和平,其他,很新\n",
    );
    assert_eq!(
        codes(&ledger),
        [
            (2, "ledger-kind-unknown"),
            (3, "number-malformed"),
            (4, "ledger-range-unknown"),
            (5, "ledger-unit-of-another-kind"),
            (6, "ledger-not-one-of"),
            (6, "ledger-district-unknown"),
            (6, "ledger-purpose-unknown"),
        ]
    );
    assert_eq!(ledger.rows[3].findings[0].data["cell"], "C5");
    let unknown = &ledger.rows[2].findings[0].data;
    assert!(unknown["known"].contains("最大秤量") && unknown["known-en"].contains("Maximum capacity"), "{unknown:?}");
    assert!(ledger.rows[5].is_usable());
    let of_file: Vec<&str> = ledger.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(of_file, ["record-column-unknown"]);
}

#[test]
fn a_number_without_its_unit_is_not_given_one() {
    let ledger = taken(
        "器具名称,器具种类,测量范围,出厂编号\n秤,电子秤,最大秤量 Max = 30,1\n机,加油机,最小付费变量（元） = 0.01,2\n",
    );
    assert_eq!(codes(&ledger), [(2, "unit-missing")]);
    let Cell::Quantity(step) = &ledger.rows[1].described.characteristics["price_step"] else { panic!("{ledger:?}") };
    assert_eq!(step.value.to_string(), "0.01", "yuan are pure numbers here");
}

#[test]
fn only_districts_are_districts() {
    // Messages of the pages begin like names of districts.
    let title = heng_wording::Words::of(Language::Zh).say("district-title", &[]);
    let ledger = taken(&format!(
        "器具名称,器具种类,出厂编号,使用区\n秤,电子秤,1,{title}\n秤,电子秤,2,title\n秤,电子秤,3,120119\n"
    ));
    assert_eq!(codes(&ledger), [(2, "ledger-district-unknown"), (3, "ledger-district-unknown")]);
    assert_eq!(ledger.rows[2].described.district.as_deref(), Some("120119"));
}

#[test]
fn every_kind_of_the_catalogue_has_a_name_that_reads_back() {
    for item in builtin_catalogue().expect("catalogue").items() {
        for kind in &item.kinds {
            for language in [Language::Zh, Language::En] {
                let name = heng_wording::Words::of(language).say(&format!("kind-{kind}"), &[]);
                assert_ne!(name, format!("kind-{kind}"), "{language:?}");
                let ledger = taken(&format!("器具名称,器具种类,出厂编号\n某器具,{name},1\n"));
                assert_eq!(ledger.rows[0].described.kind.as_ref(), Some(kind), "{name}");
            }
        }
    }
}

#[test]
fn what_is_chosen_from_few_has_a_list_in_the_workbook() {
    use std::io::Read;
    for language in [Language::Zh, Language::En] {
        let bytes =
            with_vocabulary(|vocabulary| heng_exchange::ledger::template(vocabulary, language).expect("a workbook"));
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
        let mut sheet = String::new();
        archive.by_name("xl/worksheets/sheet1.xml").expect("a sheet").read_to_string(&mut sheet).expect("text");
        assert_eq!(sheet.matches("<dataValidation ").count(), 3, "kind, district, purpose: {sheet}");
    }
}

#[test]
fn what_is_no_ledger_is_said_to_be_none() {
    for (bytes, code) in [
        (&b"hello"[..], "ledger-no-headings"),
        (b"", "ledger-no-headings"),
        (b"PK\x03\x04", "record-xlsx-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "record-xls-or-encrypted"),
    ] {
        let ledger = with_vocabulary(|vocabulary| read(bytes, vocabulary));
        assert_eq!(ledger.findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>(), [code]);
    }
    let long = format!("器具名称,型号,出厂编号\n{}", "秤,a,b\n".repeat(50_001));
    assert_eq!(taken(&long).findings[0].code, "record-table-too-long");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_of_a_registration_comes_back(
        texts in proptest::collection::vec("[ -~äΩ㍿中文＝－'；;\"\n\t]{1,12}", 5)
    ) {
        // What people type has no blanks around it, and a lone stroke means nothing.
        let clean = |text: &String| format!("甲{}乙", text.trim());
        let odd = |text: &String| { let text = text.trim(); if text.is_empty() { "x".to_owned() } else { format!("{text}0") } };
        let mut registration = scale(&odd(&texts[0]));
        let instrument = registration.instrument.as_mut().expect("an instrument");
        instrument.model = odd(&texts[1]);
        instrument.manufacturer = Words { zh: odd(&texts[2]), en: clean(&texts[2]) };
        registration.name = Words { zh: clean(&texts[3]), en: odd(&texts[3]) };
        registration.place = Some(Place { district: "120101".to_owned(), address: Words { zh: odd(&texts[4]), en: clean(&texts[4]) } });
        let line = Line { registration: &registration, standing: String::new(), through: None, certificate: None };
        with_vocabulary(|vocabulary| {
            for bytes in [
                csv(std::slice::from_ref(&line), vocabulary, Language::Zh).expect("CSV"),
                xlsx(std::slice::from_ref(&line), vocabulary, Language::En).expect("a workbook"),
            ] {
                assert_same(&registration, &read(&bytes, vocabulary), 0);
            }
        });
    }
}
