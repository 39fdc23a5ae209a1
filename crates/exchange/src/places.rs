//! Lines and columns of places in a text, told one after the other so that the text is walked through once.

use heng_quantity::Position;

/// Where a text begins.
pub(crate) const START: Position = Position { line: 1, column: 1 };

/// Lines and columns of offsets that only grow.
pub(crate) struct Places<'a> {
    text: &'a str,
    offset: usize,
    position: Position,
}

impl<'a> Places<'a> {
    /// Those of a text, from its beginning.
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, offset: 0, position: START }
    }

    /// Line and character of an offset, from 1.
    pub(crate) fn at(&mut self, offset: usize) -> Position {
        let passed = self.text.get(self.offset..offset).unwrap_or("");
        let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
        let last = passed.rsplit_once('\n').map_or(passed, |(_, last)| last);
        // Counting the letters of UTF-8 by their first bytes is many times faster than decoding them.
        let letters = last.bytes().filter(|byte| byte & 0xc0 != 0x80).count();
        let narrow = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        if lines > 0 {
            self.position = Position { line: self.position.line.saturating_add(narrow(lines)), column: 1 };
        }
        self.position.column = self.position.column.saturating_add(narrow(letters));
        self.offset = self.offset.max(offset);
        self.position
    }
}
