//! Reference materials: homogeneity, stability, the certified value with its uncertainty, and what happens to it in use (ISO 33405:2024; JJF 1343-2022).

mod bottles;
mod certified_value;
mod control_chart;
mod lots;
mod trend;

pub use bottles::{BottleHomogeneity, Governing, bottle_homogeneity};
pub use certified_value::{CertifiedValue, Components, certified_value, shelf_life};
pub use control_chart::{Baseline, ChartSignal, ControlChart, SignalCode, control_chart};
pub use lots::{Lot, LotAgreement, lot_agreement};
pub use trend::{StabilityTrend, stability_trend, stability_uncertainty};
