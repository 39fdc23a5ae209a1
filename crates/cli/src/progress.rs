//! A bar for work that takes longer than a breath; silent where nobody looks.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar over `length` steps; hidden for a single step.
pub fn bar(length: usize) -> ProgressBar {
    if length < 2 {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg} {eta}") {
        bar.set_style(style);
    }
    bar
}
