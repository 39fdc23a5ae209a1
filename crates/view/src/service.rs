//! Instruments in service as of a day: what their readings said, which alarms are open, what was done, and what laboratories found of those that were taken out.
//!
//! An inference counts if the keeper of the network said it, an alarm if whoever inferred raised it, an answer if the one who had to act gave it. Everything
//! else stays in the log and changes nothing here.

pub mod causes;
mod found;
mod log;
mod registered;

pub use found::{Compared, FoundError, Tally, compared, found_error};
pub use log::{AlertLog, AlertState, Done, Inferred, ServiceLog, standing};
pub use registered::over_registered;
