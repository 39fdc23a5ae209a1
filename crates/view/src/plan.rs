//! A plan of the authorities over the log: what was published, attested, sealed and reported, and the evidence that follows from it and from
//! everything else that was said.
//!
//! Nothing here is a figure that somebody typed. [`evidence`] reads facts from statements; `heng_rule::plan` counts them.

mod coverage;
mod evidence;
mod forecast;
mod log;
mod names;
mod norm;
mod report;
mod score;

pub use coverage::covered;
pub use evidence::{evidence, fact, stated};
pub use forecast::{Outcome, Verified, verified};
pub use log::{Attested, ForecastLog, PlanLog, Published, Reported, Said};
pub use names::name_of;
pub use norm::{Cited, Feedback, NormLog, Staged, Stale, cited, overdue, stale, uses};
pub use report::{figure, figures, rows, witnesses};
pub use score::{Product, products};
