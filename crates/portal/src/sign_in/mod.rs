//! Saying who one is: at the door with a password; then a session that ends by itself.

mod attempts;
mod cross_site;
mod door;
mod oidc;
mod sessions;
mod whence;

pub(crate) use attempts::Attempts;
pub(crate) use cross_site::is_cross_site;
pub(crate) use door::{LARGEST_FORM, page, sign_in, sign_out};
pub(crate) use oidc::{Oidc, leave, return_from};
pub use oidc::{SettingsError, VouchingProvider};
pub(crate) use sessions::{COOKIE, Sessions};
