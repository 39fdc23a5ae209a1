//! Lines for a terminal: labels in one column, texts wrapped beside them, CJK two columns wide.

use unicode_width::UnicodeWidthStr;

/// Labels take this many columns.
const LABEL: usize = 18;
/// Running text is wrapped here.
const LINE: usize = 104;

/// Text in the making.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    text: String,
}

impl Sheet {
    /// A line at an indentation of two columns a step.
    pub fn line(&mut self, depth: usize, line: &str) {
        let line = line.trim_end();
        if !line.is_empty() {
            self.text.push_str(&"  ".repeat(depth));
            self.text.push_str(line);
        }
        self.text.push('\n');
    }

    /// An empty line, never two.
    pub fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// The title of a section.
    pub fn section(&mut self, title: &str) {
        self.gap();
        self.line(0, title);
        self.line(0, &"─".repeat(title.width().max(4)));
    }

    /// A label with what it stands for.
    pub fn pair(&mut self, depth: usize, label: &str, value: &str) {
        let indent = depth.saturating_mul(2);
        let width = LABEL.saturating_sub(indent.min(LABEL)).max(label.width()).saturating_add(2);
        let lines = wrapped(value, LINE.saturating_sub(width).saturating_sub(indent).max(40));
        let mut label = padded(label, width);
        for line in lines {
            self.line(depth, &format!("{label}{line}"));
            label = " ".repeat(width);
        }
    }

    /// A label with what must not be broken; without a label, only that.
    pub fn pair_unbroken(&mut self, depth: usize, label: &str, value: &str) {
        if label.is_empty() {
            return self.line(depth, value);
        }
        let width = LABEL.saturating_sub(depth.saturating_mul(2).min(LABEL)).max(label.width()).saturating_add(2);
        self.line(depth, &format!("{}{value}", padded(label, width)));
    }

    /// Running text.
    pub fn paragraph(&mut self, depth: usize, text: &str) {
        for line in wrapped(text, LINE.saturating_sub(depth.saturating_mul(2)).max(40)) {
            self.line(depth, &line);
        }
    }

    /// Everything so far.
    pub fn into_text(self) -> String {
        let mut text = self.text;
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// A text filled with blanks up to a width.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text with blanks before it up to a width.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text in lines of a width. Breaks at blanks and between CJK characters; a longer word stays whole.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for paragraph in text.lines().map(str::trim) {
        if paragraph.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        let mut line = String::new();
        for word in words(paragraph) {
            let fits = line.width().saturating_add(word.trim_end().width()) <= width;
            if !fits && !line.trim().is_empty() {
                lines.push(line.trim_end().to_owned());
                line = word.trim_start().to_owned();
            } else {
                line.push_str(&word);
            }
        }
        lines.push(line.trim_end().to_owned());
    }
    if lines.is_empty() {
        lines.push(String::new());
    }
    lines
}

/// Pieces that stay together: words with the blanks behind them, and single CJK characters with the marks that follow them.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut may_break = true;
    for letter in text.chars() {
        let is_blank = letter.is_whitespace();
        let is_wide = letter.to_string().width() > 1;
        let closes = matches!(letter, '，' | '。' | '；' | '：' | '、' | '）' | '》' | '”' | '’' | '！' | '？');
        match words.last_mut() {
            Some(word) if is_blank || closes || !(may_break || is_wide) => {
                word.push(if is_blank { ' ' } else { letter })
            }
            _ => words.push(letter.to_string()),
        }
        may_break = is_blank || is_wide && !matches!(letter, '（' | '《' | '“' | '‘');
    }
    words
}
