//! What numbers look like: pictures as SVG, each with its words and its table, and reports made of them.
//!
//! A picture is made of numbers that were computed elsewhere; nothing here decides. It is drawn for a page of 690 px and for one of 358 px,
//! with the same bytes on every machine, and says the same in a title, a description and tables:
//!
//! ```
//! use heng_picture::{DensityPicture, Width};
//! use heng_quantity::Unit;
//! use heng_uncertainty::ToleranceInterval;
//! use heng_uncertainty::conformity::measured::Measured;
//! use heng_wording::{Language, Words};
//!
//! let density = DensityPicture {
//!     name: "m".to_owned(),
//!     unit: Unit::one(),
//!     measured: Measured::Normal { value: 10.0, standard_uncertainty: 0.1 },
//!     tolerance: ToleranceInterval { lower: None, upper: Some(10.2) },
//!     acceptance: None,
//! };
//! let picture = density.picture(&Words::new(Language::En));
//! assert!(picture.svg(Width::Wide).starts_with("<svg"));
//! assert_eq!(picture.tables.len(), 1);
//! ```

mod acceptance;
mod axis;
mod bottles;
mod budget;
mod calibration;
mod canvas;
mod characteristic;
mod control_chart;
mod density;
mod figures;
mod frame;
mod histogram;
mod indicator;
mod instruments;
mod laboratories;
mod picture;
pub mod report;
mod stability;
mod youden;

pub use acceptance::AcceptancePicture;
pub use bottles::BottlesPicture;
pub use budget::{BudgetBar, BudgetPicture};
pub use calibration::{BandPoint, CalibrationPicture, CalibrationPoint};
pub use canvas::{Shape, Width};
pub use characteristic::CharacteristicPicture;
pub use control_chart::ControlChartPicture;
pub use density::DensityPicture;
pub use histogram::{Bins, CoverageBar, HistogramPicture, IntervalKind};
pub use indicator::{At, Heading, IndicatorPicture};
pub use instruments::{InstrumentRow, InstrumentsPicture};
pub use laboratories::{Band, LaboratoryPicture, LaboratoryRow, RowsKind};
pub use picture::{Column, Picture, STYLE, Table};
pub use stability::StabilityPicture;
pub use youden::{YoudenPicture, YoudenPoint};
