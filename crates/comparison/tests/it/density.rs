//! Kernel densities against ISO 13528:2022, E.6, and closed forms.

use heng_comparison::ComparisonError;
use heng_comparison::density::{kernel_density, kernel_modes};

use crate::data::COLIFORMS;
use crate::near;

#[test]
fn the_mode_of_coliforms_is_that_of_e_6() {
    let modes = kernel_modes(&COLIFORMS, 0.75 * 0.25).unwrap();
    near(modes[0].place, 3.79, 0.005);
    // Differential: no place of a fine grid is higher.
    for step in 0..4000 {
        let place = 2.0 + f64::from(step) * 0.000_6;
        assert!(kernel_density(&COLIFORMS, 0.75 * 0.25, place).unwrap() <= modes[0].density + 1e-12);
    }
}

#[test]
fn two_groups_have_two_modes_and_one_result_has_itself() {
    let modes = kernel_modes(&[0.0, 0.0, 10.0], 1.0).unwrap();
    assert_eq!(modes.len(), 2);
    near(modes[0].place, 0.0, 1e-12);
    near(modes[0].density, 2.0 / 3.0 / (2.0 * std::f64::consts::PI).sqrt(), 1e-12);
    near(modes[1].place, 10.0, 1e-12);
    // Two standard normal kernels merge where they are at most two bandwidths apart.
    assert_eq!(kernel_modes(&[0.0, 1.9], 1.0).unwrap().len(), 1);
    assert_eq!(kernel_modes(&[0.0, 2.1], 1.0).unwrap().len(), 2);
    assert_eq!(kernel_modes(&[3.5], 0.1).unwrap().len(), 1);
    assert_eq!(kernel_modes(&[0.0, 1e9], 1e-3), Err(ComparisonError::Incommensurable));
    assert_eq!(kernel_modes(&[0.0], 0.0), Err(ComparisonError::Setting));
}
