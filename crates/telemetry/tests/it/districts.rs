//! Districts in Parquet, there and back, and files that are none.

use heng_inference::meters::every_meter;
use heng_inference::meters::{Certified, District, MeterReadings, Settings};
use heng_telemetry::districts::{DistrictFile, Districts, NamedDistrict};
use heng_telemetry::meter_rows::columns;
use heng_telemetry::results::{Cells, Named, Results, parquet};

/// Two homes at rest and at work by turns; the second is read with gaps.
fn district(days: usize, voltages: bool) -> District {
    let readings = days * 96 + 1;
    let energy = |i: usize, k: usize| 0.05 + 0.2 * (((k * (7 + i)) % 23) as f64 / 23.0);
    let mut registers = [100.0, 200.0];
    let mut head = 1000.0;
    let mut district = District { times_s: (0..readings as i64).map(|k| 900 * k).collect(), ..District::default() };
    district.meters = (0..2)
        .map(|i| MeterReadings { id: format!("表{i}"), phase: Some(i + 1), ..MeterReadings::default() })
        .collect();
    district.meters[1].clock_offset_s = Some(-3.5);
    district.meters[0].certified = Some(Certified { error_percent: 0.25, u_percent: 0.05, years: 1.5 });
    if voltages {
        district.head_voltage_v = vec![Vec::new(); 3];
    }
    for k in 0..readings {
        district.head_kwh.push((head * 100.0_f64).round() / 100.0);
        for (i, register) in registers.iter_mut().enumerate() {
            let lost = i == 1 && k % 50 == 17;
            let shown = (*register * 100.0_f64).round() / 100.0;
            district.meters[i].register_kwh.push(if lost { f64::NAN } else { shown });
            if voltages {
                district.meters[i].voltage_v.push((2300.0 - 10.0 * energy(i, k)).round() / 10.0);
            }
            *register += energy(i, k);
            head += energy(i, k) * 1.01;
        }
        for volts in &mut district.head_voltage_v {
            volts.push(230.0);
        }
    }
    district
}

fn bytes(districts: &[NamedDistrict]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut file = Districts::new(&mut bytes).unwrap();
    for one in districts {
        file.write(&one.name, &one.district).unwrap();
    }
    file.close().unwrap();
    bytes
}

fn same(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || (a.is_nan() && b.is_nan()))
}

#[test]
fn districts_come_back_one_by_one_as_they_were() {
    let written = [
        NamedDistrict { name: "和平一号".to_owned(), district: district(3, true) },
        NamedDistrict { name: "河西二号".to_owned(), district: district(2, false) },
    ];
    let file = DistrictFile::of_bytes("区.parquet", bytes(&written)).unwrap();
    assert_eq!(file.len(), 2);
    for place in [1, 0] {
        let (found, wanted) = (file.district(place).unwrap(), &written[place]);
        assert_eq!(found.name, wanted.name);
        assert_eq!(found.district.times_s, wanted.district.times_s);
        assert!(same(&found.district.head_kwh, &wanted.district.head_kwh));
        assert_eq!(found.district.head_voltage_v, wanted.district.head_voltage_v);
        for (a, b) in found.district.meters.iter().zip(&wanted.district.meters) {
            assert_eq!(
                (&a.id, a.phase, a.clock_offset_s, a.certified),
                (&b.id, b.phase, b.clock_offset_s, b.certified)
            );
            assert!(same(&a.register_kwh, &b.register_kwh) && same(&a.voltage_v, &b.voltage_v));
        }
    }
}

#[test]
fn a_district_that_was_written_is_judged_as_it_was_before() {
    let one = NamedDistrict { name: "河东".to_owned(), district: district(20, true) };
    let file = DistrictFile::of_bytes("区.parquet", bytes(std::slice::from_ref(&one))).unwrap();
    let settings = Settings::for_limit(2.0);
    let table = |district: &NamedDistrict| {
        let meters = every_meter(&district.district, &settings);
        assert_eq!(meters.len(), 2);
        let rows: Vec<_> = meters.iter().map(|meter| (district.name.as_str(), meter)).collect();
        parquet(&columns(&rows)).unwrap()
    };
    assert_eq!(table(&file.district(0).unwrap()), table(&one));
}

#[test]
fn what_is_no_file_of_districts_is_named() {
    let said = |bytes: Vec<u8>| DistrictFile::of_bytes("区.parquet", bytes).err().unwrap().to_string();
    assert!(said(b"PAR1".to_vec()).starts_with("区.parquet is no table that can be read: "));
    let other = parquet(&[Named { name: "district", cells: Cells::Text(vec!["和平".to_owned()]) }]).unwrap();
    assert_eq!(said(other), "区.parquet is no table that can be read: its columns are not those of districts");
    let mut cut = bytes(&[NamedDistrict { name: "河北".to_owned(), district: district(1, true) }]);
    // A page in the middle is damaged; the rest is in order.
    let middle = cut.len() / 2;
    cut[middle..middle + 40].fill(0xff);
    if let Ok(file) = DistrictFile::of_bytes("区.parquet", cut) {
        assert!(file.district(0).is_err());
    }
}

#[test]
fn results_written_in_parts_hold_all_rows() {
    let rows = |values: &[f64]| vec![Named { name: "x", cells: Cells::Number(values.to_vec()) }];
    let mut bytes = Vec::new();
    let mut results = Results::new(&mut bytes, &rows(&[])).unwrap();
    results.add(&rows(&[1.0, 2.0])).unwrap();
    results.add(&rows(&[3.0])).unwrap();
    results.close().unwrap();
    let table = heng_telemetry::table::Table::read("x", bytes).unwrap();
    assert_eq!(table.column("x").unwrap().values, [1.0, 2.0, 3.0]);
}
