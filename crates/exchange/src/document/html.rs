//! The sheet as one HTML page: no scripts, no downloads, light, dark and printed.

use std::fmt::Write as _;

use heng_rule::ItemResult;
use heng_statement::Certificate;
use heng_wording::{Language, Words};

use super::chain::Step;
use super::compose;
use super::sheet::{
    Align, Block, Cell, Column, Fact, Line, Picture, Room, RowKind, Section, Shape, Sheet, Span, Table, VerdictLine,
};

const STYLE: &str = include_str!("style.css");

/// The certificate as a self-contained page, with what it rests on as far as `chain` says.
pub fn html(certificate: &Certificate, chain: &[Step], language: Language) -> String {
    page(&[compose::sheet(certificate, chain, Words::of(language))])
}

/// The sections of the page, from the results on, for a page that has a frame, a style and a chain of its own.
pub fn sections_html(certificate: &Certificate, words: &Words) -> String {
    let sheet = compose::sheet(certificate, &[], words);
    let tongue = tongue(&sheet);
    sheet.sections.iter().enumerate().map(|(index, part)| section(part, index, tongue)).collect()
}

/// The picture of an item's results between their limits, in both widths with its caption; nothing where there is nothing to compare.
pub fn picture_html(item: &ItemResult, words: &Words) -> Option<String> {
    let tongue = if words.language() == Language::Zh { Tongue::Chinese } else { Tongue::Other };
    compose::picture(item, words).map(|drawn| picture(&drawn, tongue))
}

/// One page of one or more sheets, one below the other, each in its language; the page speaks that of the first.
pub(crate) fn page(sheets: &[Sheet]) -> String {
    let mut page = String::new();
    let Some(first) = sheets.first() else { return page };
    let title = format!("{} {}", first.title, first.number);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        first.lang,
        escaped(&title)
    );
    let mut sections = 0;
    for sheet in sheets {
        let has_its_own_language = sheet.lang != first.lang;
        if has_its_own_language {
            let _ = writeln!(page, "<div lang=\"{}\">", sheet.lang);
        }
        body(&mut page, sheet, sections, if has_its_own_language { "div" } else { "main" });
        sections += sheet.sections.len();
        if has_its_own_language {
            page.push_str("</div>\n");
        }
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// A sheet inside its page, with its sections numbered from `from` on. A page has one `main`.
fn body(page: &mut String, sheet: &Sheet, from: usize, tag: &str) {
    let tongue = tongue(sheet);
    if let Some((badge, meaning)) = &sheet.synthetic {
        let _ = writeln!(
            page,
            "<div class=\"strip\"><p><span class=\"badge data\">{}</span> {}</p></div>",
            escaped(badge),
            escaped(meaning)
        );
    }
    let _ = write!(page, "<{tag} class=\"main\">\n<header class=\"head\">\n<div>\n<p class=\"lab\">");
    for (index, line) in sheet.laboratory.iter().enumerate() {
        let _ = write!(
            page,
            "{}<span class=\"lab-{}\">{}</span>",
            if index > 0 { "<br>" } else { "" },
            index.min(1),
            tongue.spans(line)
        );
    }
    let _ = write!(
        page,
        "</p>\n<h1>{}</h1>\n<p class=\"number\">{} <span class=\"code\">{}</span></p>\n</div>\n",
        escaped(&sheet.title),
        escaped(&sheet.number_term),
        escaped(&sheet.number)
    );
    page.push_str("</header>\n");
    if let Some(verdict) = &sheet.verdict {
        let _ = writeln!(
            page,
            "<p class=\"verdict {}\">{}<span>{}</span></p>",
            class(verdict.shape),
            word(verdict),
            tongue.spans(&verdict.reason)
        );
    }
    page.push_str(&facts(&sheet.facts, tongue));
    if !sheet.signatures.is_empty() || sheet.check.is_some() {
        answer(page, sheet, tongue);
    }
    for (index, part) in sheet.sections.iter().enumerate() {
        page.push_str(&section(part, from + index, tongue));
    }
    page.push_str("<footer>\n");
    for note in &sheet.notes {
        let _ = writeln!(page, "<p>{}</p>", tongue.spans(note));
    }
    let _ = writeln!(page, "</footer>\n</{tag}>");
}

/// Who answers for the sheet, and how anyone can check it.
fn answer(page: &mut String, sheet: &Sheet, tongue: Tongue) {
    page.push_str("<div class=\"answer\">\n<dl class=\"signatures\">\n");
    for person in &sheet.signatures {
        let _ = writeln!(
            page,
            "<div><dt>{}</dt><dd>{}<br><span class=\"code quiet\">{}</span></dd></div>",
            escaped(&person.function),
            escaped(&person.name),
            escaped(&person.id)
        );
    }
    page.push_str("</dl>\n");
    if let Some(check) = &sheet.check {
        let _ = write!(
            page,
            "<div class=\"check\"><div class=\"qr\" role=\"img\" aria-label=\"{}\">{}</div><p>",
            escaped(&check.name),
            check.code
        );
        for (index, line) in check.lines.iter().enumerate() {
            let _ = write!(page, "{}{}", if index > 0 { "<br>" } else { "" }, tongue.spans(line));
        }
        page.push_str("</p></div>\n");
    }
    page.push_str("</div>\n");
}

fn tongue(sheet: &Sheet) -> Tongue {
    if sheet.lang.starts_with("zh") { Tongue::Chinese } else { Tongue::Other }
}

fn section(section: &Section, index: usize, tongue: Tongue) -> String {
    let mut text = format!("<section aria-labelledby=\"s{index}\">\n<h2 id=\"s{index}\">{}", escaped(&section.heading));
    if let Some(verdict) = &section.verdict {
        let (class, glyph) = (class(verdict.shape), glyph(verdict.shape));
        let _ = write!(text, " <span class=\"v {class}\">{glyph}{}</span>", escaped(&verdict.word));
    }
    if !section.aside.is_empty() {
        let _ = write!(text, " <small>{}</small>", tongue.spans(&section.aside));
    }
    text.push_str("</h2>\n");
    for block in &section.blocks {
        match block {
            Block::Text { line } => {
                let _ = writeln!(text, "<p class=\"measure\">{}</p>", tongue.spans(line));
            }
            Block::Facts { facts: list } => text.push_str(&facts(list, tongue)),
            Block::Table(content) => text.push_str(&table(content, tongue)),
            Block::Picture(content) => text.push_str(&picture(content, tongue)),
        }
    }
    text.push_str("</section>\n");
    text
}

fn picture(picture: &Picture, tongue: Tongue) -> String {
    format!(
        "<figure><div class=\"wide\">{}</div><div class=\"narrow\">{}</div><figcaption>{}</figcaption></figure>\n",
        picture.wide,
        picture.narrow,
        tongue.spans(&picture.caption)
    )
}

fn facts(facts: &[Fact], tongue: Tongue) -> String {
    let mut text = "<dl class=\"facts\">\n".to_owned();
    for fact in facts {
        let lines: Vec<String> = fact.lines.iter().map(|line| tongue.spans(line)).collect();
        let room = match fact.room {
            Room::Half => "",
            Room::Whole => " class=\"whole\"",
        };
        let _ = writeln!(text, "<div{room}><dt>{}</dt><dd>{}</dd></div>", tongue.spans(&fact.term), lines.join("<br>"));
    }
    text.push_str("</dl>\n");
    text
}

/// `role` keeps the table a table where narrow windows set its rows as blocks; `data-head` repeats the heading there. The
/// box around it scrolls by itself, and by keyboard, where a table is wider than the window.
fn table(table: &Table, tongue: Tongue) -> String {
    let caption = escaped(&table.caption);
    let mut text = format!(
        "<div class=\"scroll\" role=\"group\" aria-label=\"{caption}\" tabindex=\"0\"><table role=\"table\"{}>\n\
         <caption>{caption}</caption>\n<thead><tr role=\"row\">",
        if table.small { " class=\"small\"" } else { "" },
    );
    for column in &table.columns {
        let _ = write!(text, "<th scope=\"col\" role=\"columnheader\"{}>{}", align(column), tongue.spans(&column.head));
        if !column.measure.is_empty() {
            let _ = write!(text, " <span class=\"q\">{}</span>", tongue.spans(&column.measure));
        }
        text.push_str("</th>");
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        let kind = match row.kind {
            RowKind::First => "",
            RowKind::Further => " class=\"further\"",
            RowKind::Sum => " class=\"sum\"",
        };
        let _ = write!(text, "<tr role=\"row\"{kind}>");
        for (column, content) in table.columns.iter().zip(&row.cells) {
            let head: String = column.head.iter().map(Span::text).collect();
            let measure: String = column.measure.iter().map(|span| span.text().replace('_', "")).collect();
            let head = format!("{head} {measure}");
            let _ = write!(
                text,
                "<td role=\"cell\" data-head=\"{}\"{}>{}</td>",
                escaped(head.trim_end()),
                align(column),
                cell(content, column.align, tongue)
            );
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table></div>\n");
    for note in &table.notes {
        let _ = writeln!(text, "<p class=\"measure\">{}</p>", tongue.spans(note));
    }
    text
}

fn align(column: &Column) -> &'static str {
    match column.align {
        Align::Start => "",
        Align::End => " class=\"n\"",
    }
}

fn cell(cell: &Cell, align: Align, tongue: Tongue) -> String {
    let is_number = align == Align::End;
    match cell {
        // A cell that is one number needs no run around it: cells of numbers never break.
        Cell::Words { line } if is_number && matches!(line.as_slice(), [Span::Figure(_)]) => {
            line.iter().map(|span| escaped(span.text())).collect()
        }
        Cell::Words { line } if line.len() > 1 => format!("<span>{}</span>", tongue.spans(line)),
        Cell::Words { line } => tongue.spans(line),
        Cell::Number { text, pad } if pad.is_empty() => escaped(text),
        // The room is made by style, so that it is no part of the text.
        Cell::Number { text, pad } => format!("<span class=\"q\" data-pad=\"{pad}\">{}</span>", escaped(text)),
        Cell::Verdict { shape, word } => {
            format!("<span class=\"v {}\">{}{}</span>", class(*shape), glyph(*shape), escaped(word))
        }
        Cell::Share { permille, text } => format!(
            "<svg class=\"bar\" aria-hidden=\"true\"><rect width=\"{}.{}%\" height=\"8\"/></svg> {}",
            permille / 10,
            permille % 10,
            escaped(text)
        ),
    }
}

fn word(verdict: &VerdictLine) -> String {
    format!("{}<strong>{}</strong> ", glyph(verdict.shape), escaped(&verdict.word))
}

fn class(shape: Shape) -> &'static str {
    match shape {
        Shape::Passed => "passed",
        Shape::Failed => "failed",
        Shape::Open => "open",
    }
}

fn glyph(shape: Shape) -> &'static str {
    match shape {
        Shape::Passed => {
            r#"<svg class="shape" aria-hidden="true" viewBox="0 0 24 24"><circle class="body" cx="12" cy="12" r="11"/><path class="sign" d="M6.5 12.5l3.8 3.8 7.2-8"/></svg>"#
        }
        Shape::Failed => {
            r#"<svg class="shape" aria-hidden="true" viewBox="0 0 24 24"><rect class="body" x="1.5" y="1.5" width="21" height="21"/><path class="sign" d="M7.5 7.5l9 9m0-9l-9 9"/></svg>"#
        }
        Shape::Open => {
            r#"<svg class="shape" aria-hidden="true" viewBox="0 0 24 24"><circle class="ring" cx="12" cy="12" r="10"/><path class="dash" d="M8 12h8"/></svg>"#
        }
    }
}

/// The language that a page is in, so that words of the other are marked as such.
#[derive(Clone, Copy)]
enum Tongue {
    Chinese,
    Other,
}

impl Tongue {
    fn spans(self, line: &Line) -> String {
        line.iter().map(|span| self.span(span)).collect()
    }

    /// Names that exist in Chinese alone stand on English pages too; who reads aloud must know.
    fn span(self, part: &Span) -> String {
        let is_han = |character: char| matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}');
        match self {
            Self::Other if part.text().chars().any(is_han) => format!("<span lang=\"zh-Hans\">{}</span>", span(part)),
            _ => span(part),
        }
    }
}

fn span(span: &Span) -> String {
    match span {
        Span::Text(text) => escaped(text),
        Span::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
        Span::Figure(text) => format!("<span class=\"q\">{}</span>", escaped(text)),
        Span::Symbol(text) => match text.split_once('_') {
            Some((symbol, index)) => format!("<i>{}</i><sub>{}</sub>", escaped(symbol), escaped(index)),
            None => format!("<i>{}</i>", escaped(text)),
        },
        Span::Code(text) => format!("<span class=\"code\">{}</span>", escaped(text)),
        Span::Day(text) => format!("<time class=\"q\" datetime=\"{0}\">{0}</time>", escaped(text)),
        // Only a web address becomes a link: nothing else from outside is followed.
        Span::Address(text) if text.starts_with("https://") => {
            format!("<a class=\"code\" href=\"{0}\">{0}</a>", escaped(text))
        }
        Span::Address(text) => format!("<span class=\"code\">{}</span>", escaped(text)),
        Span::Badge(text) => format!(" <span class=\"badge doubt\">{}</span> ", escaped(text)),
        Span::Below(text) => format!("<br>{}", escaped(text)),
        Span::Quiet(text) => format!("<br><small class=\"quiet\">{}</small>", escaped(text)),
    }
}

/// Text that cannot become markup, in content and in quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Control characters are not allowed in XML, and SVG pictures are read as XML.
            control if control.is_control() && !matches!(control, '\n' | '\t') => safe.push('\u{fffd}'),
            other => safe.push(other),
        }
    }
    safe
}
