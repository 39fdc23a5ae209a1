//! The web service: pages, interface, sign-in, languages.
//!
//! [`router`] answers requests in process; [`serve`] binds it to an address. A folder is an actor; `public` needs no sign-in.

mod access;
mod day;
mod district;
mod facts;
mod following;
mod frame;
mod guard;
mod interface;
mod kept;
mod laboratory;
mod listing;
mod log_files;
mod matrix_cell;
mod metrics;
mod owner;
mod patrol;
mod picture;
mod plan;
mod portal;
mod problem;
mod public;
mod reports;
mod router;
mod server;
mod sign_in;
mod style;
mod turns;
mod uploads;
mod utility;
mod visit;

pub use access::policy_table;
pub use portal::{OpenError, Portal};
pub use router::router;
pub use server::{ServeError, serve};
pub use sign_in::{SettingsError, VouchingProvider};
