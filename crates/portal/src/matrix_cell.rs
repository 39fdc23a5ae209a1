//! A cell of a matrix as people read it: what stands in it, how dark it is, where it leads.

/// A cell.
pub(crate) struct Shown {
    pub(crate) text: String,
    pub(crate) shade: &'static str,
    /// Whether it is marked besides.
    pub(crate) is_marked: bool,
    /// Where it leads; nothing where there is nothing, or it is not the visitor's.
    pub(crate) page: Option<String>,
    /// The full name for those who hear the page.
    pub(crate) spoken: String,
    pub(crate) is_open: bool,
}
