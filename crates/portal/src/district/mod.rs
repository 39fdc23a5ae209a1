//! The district's supervisor: which instruments are not verified in time, by kind and district.

pub(crate) mod matrix;
pub(crate) mod page;
