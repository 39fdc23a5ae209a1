//! The meters of one transformer district, each with its error and its interval, from the registers of all of them.

pub mod assessment;
pub mod change;
pub mod district;
pub mod settings;

mod balance;
mod coarse;
mod drift;
mod elimination;
mod energy;
mod impedance;
mod knowledge;
mod lasting;
mod noise;
mod physics;
mod posterior;
mod register;
mod search;
mod shared;
mod still;
mod stretches;
mod undecided;
mod unread;
mod unregistered;
mod whole;

pub use assessment::{
    Assessment, DistrictAssessment, MeterAssessment, Reason, State, assessment, continued_assessment,
};
pub use district::{Certified, District, MeterReadings};
pub use knowledge::Knowledge;
pub use lasting::Lasting;
pub use settings::Settings;
pub use undecided::{every_meter, every_undecided};
