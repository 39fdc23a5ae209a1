//! The plan of the authorities, for everyone: what it asks for, how far it is, and what every figure rests on.

pub(crate) mod asked;
pub(crate) mod bar;
pub(crate) mod closing;
pub(crate) mod conflicts;
pub(crate) mod curve;
pub(crate) mod department;
pub(crate) mod duties;
pub(crate) mod evidence;
pub(crate) mod figures;
pub(crate) mod forecasts;
pub(crate) mod indicator;
pub(crate) mod lines;
pub(crate) mod matrix;
pub(crate) mod measure;
pub(crate) mod norms;
pub(crate) mod now;
pub(crate) mod progress;
pub(crate) mod quotes;
pub(crate) mod reports;
pub(crate) mod shares;
