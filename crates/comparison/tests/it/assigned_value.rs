//! Assigned values and standard deviations for assessment against ISO 13528:2022, E.5, E.7, E.9 and E.10.

use heng_comparison::assessment::{
    StatedUncertainty, deviation_from_precision, deviation_with_items, horwitz_deviation, stated_uncertainty,
};
use heng_comparison::assigned_value::{
    assigned_value_uncertainty, consensus_beside_reference, value_against_reference_material,
};

use crate::near;

#[test]
fn the_los_angeles_value_of_e_5() {
    let differences = [
        2.00, 1.05, 0.50, 1.10, 1.75, 2.70, -0.60, -0.35, 2.50, 0.95, 3.10, 1.50, 2.00, 1.05, 2.30, 2.05, 2.80, 3.00,
        2.15, 3.00,
    ];
    let ours = value_against_reference_material(21.62, 0.26, &differences).unwrap();
    near(ours.mean_difference, 1.73, 0.005);
    near(ours.difference_uncertainty, 0.24, 0.005);
    near(ours.value, 23.35, 0.005);
    near(ours.standard_uncertainty, 0.35, 0.005);
    assert!(value_against_reference_material(21.62, 0.26, &[1.0]).is_err());
}

#[test]
fn the_consensus_of_e_7_is_not_the_reference() {
    let ours = consensus_beside_reference(0.044, 0.0041, 0.03161, 0.0045).unwrap();
    near(ours.standard_uncertainty, 0.0061, 5e-5);
    near(ours.difference, 0.012, 5e-4);
    near(ours.ratio, 2.0, 0.05);
    assert!(ours.needs_investigation);
    assert!(consensus_beside_reference(1.0, 0.0, 1.0, 0.0).is_err());
}

#[test]
fn horwitz_of_e_9() {
    near(horwitz_deviation(1.195e-6).unwrap() * 1e6, 0.186, 0.0005);
    near(horwitz_deviation(2.565e-6).unwrap() * 1e6, 0.356, 0.0005);
    near(horwitz_deviation(1e-8).unwrap(), 0.22e-8, 1e-22);
    near(horwitz_deviation(0.25).unwrap(), 0.005, 1e-15);
    assert!(horwitz_deviation(0.0).is_err() && horwitz_deviation(f64::NAN).is_err() && horwitz_deviation(1.1).is_err());
}

#[test]
fn precision_of_e_10() {
    near(deviation_from_precision(23.2, 14.3, 2).unwrap(), 20.9, 0.05);
    near(deviation_from_precision(23.2, 14.3, 1).unwrap(), 23.2, 1e-12);
    assert!(deviation_from_precision(1.0, 2.0, 2).is_err() && deviation_from_precision(2.0, 1.0, 0).is_err());
    near(deviation_with_items(3.0, 4.0).unwrap(), 5.0, 1e-15);
    near(assigned_value_uncertainty(2.0, 4.0, 5.0, 6.0).unwrap(), 9.0, 1e-15);
}

#[test]
fn stated_uncertainties_are_screened() {
    assert_eq!(stated_uncertainty(0.5, 1.0, 4.0), Ok(StatedUncertainty::PerhapsTooSmall));
    assert_eq!(stated_uncertainty(6.0, 1.0, 4.0), Ok(StatedUncertainty::Plausible));
    assert_eq!(stated_uncertainty(6.1, 1.0, 4.0), Ok(StatedUncertainty::PerhapsTooLarge));
    assert!(stated_uncertainty(1.0, 2.0, 1.0).is_err());
}
