//! The meters of one transformer district, each with its error and its interval, from the registers of all of them.

pub mod assessment;
pub mod change;
pub mod district;
pub mod settings;

pub mod energy;
pub mod noise;
mod balance;
pub mod physics;
mod posterior;

pub use assessment::{Assessment, MeterAssessment, Reason, State, assessment};
pub use district::{District, MeterReadings};
pub use settings::Settings;
