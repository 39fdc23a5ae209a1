//! The change of a standard's value from one certificate to the next, beside what the certificates leave open.

use heng_quantity::{Reported, Uncertainty, text};
use heng_rule::Dissemination;
use heng_view::stability::{Calibration, tracks};
use jiff::civil::date;

fn stated(text: &str) -> Reported {
    text::parse(text).unwrap()
}

fn line(nominal: &str, value: &str, expanded: &str, probability: &str) -> Dissemination {
    let mut expanded = stated(expanded);
    expanded.uncertainty = Some(Uncertainty::Expanded {
        value: expanded.value.clone(),
        coverage_factor: "2".parse().unwrap(),
        coverage_probability: probability.parse().unwrap(),
        distribution: None,
    });
    Dissemination {
        quantity: "mass".to_owned(),
        from: stated(nominal),
        to: stated(nominal),
        expanded_uncertainty: expanded,
        value: Some(stated(value)),
        degrees_of_freedom: None,
        result: None,
    }
}

#[test]
fn a_change_stands_beside_the_uncertainty_of_both_certificates() {
    let first = [line("1 kg", "1000.0005 g", "3 mg", "0.95")];
    // Another unit for the same nominal value, and a value with other digits.
    let second = [line("1000 g", "1000.0014 g", "0.004 g", "0.95"), line("2 kg", "2000.001 g", "6 mg", "0.95")];
    let third = [line("1 kg", "1.0000004 kg", "3 mg", "0.9545")];
    let calibrations = [
        Calibration { number: "C", performed_on: date(2026, 3, 1), disseminates: &third },
        Calibration { number: "A", performed_on: date(2024, 3, 1), disseminates: &first },
        Calibration { number: "B", performed_on: date(2025, 3, 1), disseminates: &second },
    ];
    let tracks = tracks(&calibrations);
    let [track] = tracks.as_slice() else { panic!("2 kg was calibrated once: {tracks:?}") };
    let numbers: Vec<&str> = track.readings.iter().map(|reading| reading.number.as_str()).collect();
    assert_eq!(numbers, ["A", "B", "C"]);
    assert_eq!(track.readings[0].change, None);
    let change = track.readings[1].change.as_ref().unwrap();
    assert_eq!(change.difference, stated("0.0009 g"));
    // By hand: 0.9 mg / √(3² + 4²) mg = 0.9 / 5 = 0.18.
    assert!((change.ratio.unwrap() - 0.18).abs() < 1e-12);
    let change = track.readings[2].change.as_ref().unwrap();
    assert_eq!(change.difference.converted_to(&stated("1 mg").unit).unwrap().value.to_string(), "-1.0");
    assert_eq!(change.ratio, None, "uncertainties of different coverage are not compared");
}

#[test]
fn what_one_certificate_says_alone_has_no_track() {
    let only = [line("1 kg", "1000.0005 g", "3 mg", "0.95")];
    assert_eq!(tracks(&[Calibration { number: "A", performed_on: date(2024, 3, 1), disseminates: &only }]), []);
    assert_eq!(tracks(&[]), []);
}
