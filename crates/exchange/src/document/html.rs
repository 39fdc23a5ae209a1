//! The sheet as one HTML page: no scripts, no downloads, light, dark and printed.

use std::fmt::Write as _;

use heng_statement::Certificate;
use heng_wording::{Language, Words};

use super::compose;
use super::sheet::{Align, Block, Cell, Column, Fact, Line, Picture, Section, Shape, Sheet, Span, Table, VerdictLine};

const STYLE: &str = include_str!("style.css");

/// The certificate as a self-contained page.
pub fn html(certificate: &Certificate, language: Language) -> String {
    page(&compose::sheet(certificate, &Words::new(language)))
}

fn page(sheet: &Sheet) -> String {
    let mut page = String::new();
    let title = format!("{} {}", sheet.title, sheet.number);
    let _ = write!(
        page,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n",
        sheet.lang,
        escaped(&title)
    );
    if let Some((badge, meaning)) = &sheet.synthetic {
        let _ = writeln!(
            page,
            "<div class=\"strip\"><p><span class=\"badge data\">{}</span> {}</p></div>",
            escaped(badge),
            escaped(meaning)
        );
    }
    page.push_str("<main>\n<header class=\"head\">\n<div>\n<p class=\"lab\">");
    for (index, line) in sheet.laboratory.iter().enumerate() {
        let _ = write!(
            page,
            "{}<span class=\"lab-{}\">{}</span>",
            if index > 0 { "<br>" } else { "" },
            index.min(1),
            spans(line)
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
            spans(&verdict.reason)
        );
    }
    page.push_str(&facts(&sheet.facts));
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
            let _ = write!(page, "{}{}", if index > 0 { "<br>" } else { "" }, spans(line));
        }
        page.push_str("</p></div>\n");
    }
    page.push_str("</div>\n");
    for (index, part) in sheet.sections.iter().enumerate() {
        page.push_str(&section(part, index));
    }
    page.push_str("<footer>\n");
    for note in &sheet.notes {
        let _ = writeln!(page, "<p>{}</p>", escaped(note));
    }
    page.push_str("</footer>\n</main>\n</body>\n</html>\n");
    page
}

fn section(section: &Section, index: usize) -> String {
    let mut text = format!("<section aria-labelledby=\"s{index}\">\n<h2 id=\"s{index}\">{}", escaped(&section.heading));
    if !section.aside.is_empty() {
        let _ = write!(text, " <small>{}</small>", spans(&section.aside));
    }
    text.push_str("</h2>\n");
    if let Some(verdict) = &section.verdict {
        let _ = writeln!(text, "<p class=\"item {}\">{}</p>", class(verdict.shape), word(verdict));
    }
    for block in &section.blocks {
        match block {
            Block::Text { line } => {
                let _ = writeln!(text, "<p class=\"measure\">{}</p>", spans(line));
            }
            Block::Facts { facts: list } => text.push_str(&facts(list)),
            Block::Table(content) => text.push_str(&table(content)),
            Block::Picture(content) => text.push_str(&picture(content)),
        }
    }
    text.push_str("</section>\n");
    text
}

fn picture(picture: &Picture) -> String {
    format!(
        "<figure><div class=\"wide\">{}</div><div class=\"narrow\">{}</div><figcaption>{}</figcaption></figure>\n",
        picture.wide,
        picture.narrow,
        spans(&picture.caption)
    )
}

fn facts(facts: &[Fact]) -> String {
    let mut text = "<dl class=\"facts\">\n".to_owned();
    for fact in facts {
        let lines: Vec<String> = fact.lines.iter().map(spans).collect();
        let _ = writeln!(text, "<div><dt>{}</dt><dd>{}</dd></div>", escaped(&fact.term), lines.join("<br>"));
    }
    text.push_str("</dl>\n");
    text
}

/// `role` keeps the table a table where narrow windows set its rows as blocks; `data-head` repeats the heading there.
fn table(table: &Table) -> String {
    let mut text = format!(
        "<table role=\"table\"{}>\n<caption>{}</caption>\n<thead><tr role=\"row\">",
        if table.small { " class=\"small\"" } else { "" },
        escaped(&table.caption)
    );
    for column in &table.columns {
        let _ = write!(text, "<th scope=\"col\" role=\"columnheader\"{}>{}</th>", align(column), spans(&column.head));
    }
    text.push_str("</tr></thead>\n<tbody>\n");
    for row in &table.rows {
        text.push_str("<tr role=\"row\">");
        for (column, content) in table.columns.iter().zip(row) {
            let head: String = column.head.iter().map(words).collect();
            let _ = write!(
                text,
                "<td role=\"cell\" data-head=\"{}\"{}>{}</td>",
                escaped(&head),
                align(column),
                cell(content)
            );
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody>\n</table>\n");
    text
}

fn align(column: &Column) -> &'static str {
    match column.align {
        Align::Start => "",
        Align::End => " class=\"n\"",
    }
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Words { line } => spans(line),
        Cell::Number { text, pad } if pad.is_empty() => format!("<span class=\"q\">{}</span>", escaped(text)),
        // The room is made by style, so that it is no part of the text.
        Cell::Number { text, pad } => format!("<span class=\"q\" data-pad=\"{pad}\">{}</span>", escaped(text)),
        Cell::Verdict { shape, word } => {
            format!("<span class=\"v {}\">{}{}</span>", class(*shape), glyph(*shape), escaped(word))
        }
        Cell::Bar { permille } => format!(
            "<svg class=\"bar\" aria-hidden=\"true\" width=\"100\" height=\"8\" viewBox=\"0 0 1000 80\" preserveAspectRatio=\"none\">\
             <rect class=\"accent\" fill=\"#0a5a68\" width=\"{permille}\" height=\"80\"/></svg>"
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

fn spans(line: &Line) -> String {
    line.iter()
        .map(|span| match span {
            Span::Text(text) => escaped(text),
            Span::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
            Span::Figure(text) => format!("<span class=\"q\">{}</span>", escaped(text)),
            Span::Symbol(text) => match text.split_once('_') {
                Some((symbol, index)) => format!("<i>{}</i><sub>{}</sub>", escaped(symbol), escaped(index)),
                None => format!("<i>{}</i>", escaped(text)),
            },
            Span::Code(text) => format!("<span class=\"code\">{}</span>", escaped(text)),
            Span::Badge(text) => format!(" <span class=\"badge doubt\">{}</span>", escaped(text)),
        })
        .collect()
}

fn words(span: &Span) -> &str {
    match span {
        Span::Text(text)
        | Span::Strong(text)
        | Span::Figure(text)
        | Span::Symbol(text)
        | Span::Code(text)
        | Span::Badge(text) => text,
    }
}

/// Text that cannot become markup, in content and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
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
