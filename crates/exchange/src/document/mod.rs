//! The people's copy of a certificate: PDF/A-3 and HTML from one sheet, so that both show the same digits.
//!
//! `compose` turns a certificate into a [`Sheet`] in one language; `pdf` and `html` set the sheet and decide nothing.

mod chain;
mod compose;
mod digits;
mod figures;
mod histogram;
mod html;
mod pdf;
mod picture;
pub(crate) mod sheet;

pub use chain::{Above, Step};
pub use compose::{code, sheet};
pub use digits::{figures_of, missing_figures, read_figures};
pub(crate) use html::page;
pub use html::{escaped, html, picture_html, sections_html};
pub(crate) use pdf::{Attached, Setting};
pub use pdf::{CHINESE_FAMILIES, RenderError, Renderer, SIGN_FAMILIES};
pub use sheet::Sheet;
