//! What reading one file may take altogether: its own bytes may have us read the same place as often as they have room to say so.

use std::cell::Cell;

/// Values that are made: the catalog, the trees of names and the specifications of a thousand attachments need fewer than a hundredth of them.
const MOST_VALUES: usize = 500_000;
/// Bytes that are passed over, those read twice counted twice.
const MOST_READ: usize = 512 << 20;
/// Bytes that are copied out of streams or inflated from them.
const MOST_COPIED: usize = 256 << 20;

/// What is left.
pub struct Allowance {
    values: Cell<usize>,
    read: Cell<usize>,
    copied: Cell<usize>,
    is_exceeded: Cell<bool>,
}

impl Default for Allowance {
    fn default() -> Self {
        Self {
            values: Cell::new(MOST_VALUES),
            read: Cell::new(MOST_READ),
            copied: Cell::new(MOST_COPIED),
            is_exceeded: Cell::new(false),
        }
    }
}

impl Allowance {
    /// One more value.
    pub fn make_value(&self) -> Option<()> {
        self.take(&self.values, 1)
    }

    /// So many bytes passed over.
    pub fn read(&self, count: usize) -> Option<()> {
        self.take(&self.read, count)
    }

    /// So many bytes out of a stream.
    pub fn copy(&self, count: usize) -> Option<()> {
        self.take(&self.copied, count)
    }

    /// How many bytes streams may still give.
    pub fn room(&self) -> usize {
        self.copied.get()
    }

    /// Whether something was not read because the allowance was used up.
    pub fn is_exceeded(&self) -> bool {
        self.is_exceeded.get()
    }

    /// How many values were made.
    #[cfg(test)]
    pub fn values_made(&self) -> usize {
        MOST_VALUES - self.values.get()
    }

    fn take(&self, left: &Cell<usize>, count: usize) -> Option<()> {
        match left.get().checked_sub(count) {
            Some(rest) => left.set(rest),
            None => self.is_exceeded.set(true),
        }
        (!self.is_exceeded.get()).then_some(())
    }
}
