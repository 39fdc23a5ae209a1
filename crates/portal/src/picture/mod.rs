//! Pictures for people who would rather look than read, as SVG; each has its list beside it.

mod chain;
mod ranges;
mod track;

pub(crate) use chain::{chain, uncertainty};
pub(crate) use ranges::{Bar, ranges};
pub(crate) use track::track;

/// The width that the text needs at its own size, for a desk and for a phone.
#[derive(Clone, Copy)]
pub(crate) enum Width {
    /// 690 px.
    Desk,
    /// 358 px.
    Phone,
}

impl Width {
    /// In pixels.
    fn pixels(self) -> usize {
        match self {
            Self::Desk => 690,
            Self::Phone => 358,
        }
    }
}
