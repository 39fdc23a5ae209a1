//! A picture with all that belongs to it: its words, both widths and the table of its numbers.

use std::fmt::Write as _;

use heng_wording::Words;

use crate::canvas::{Width, escaped};

/// The rules by which a page colours pictures, for light, dark and paper. They use the variables `--paper`, `--wash`, `--ink`, `--ink2`,
/// `--ink3`, `--edge`, `--line`, `--accent`, `--tint1`, `--tint2`, `--tint3`, `--red` and `--amber` of the page.
pub const STYLE: &str = include_str!("picture.css");

/// Columns of numbers that stand beside each other at 360 px.
const MOST_OF_A_NARROW_PAGE: usize = 3;

/// A picture, drawn for two widths.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Its name, which is its alternative text as well.
    pub title: String,
    /// What it says, in sentences.
    pub description: String,
    /// What its marks mean.
    pub caption: String,
    /// Its numbers.
    pub tables: Vec<Table>,
    wide: String,
    narrow: String,
}

/// The numbers of a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What they are.
    pub caption: String,
    /// Heads of the columns.
    pub columns: Vec<Column>,
    /// Cells as they are shown.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Column {
    /// Words, from the left.
    Words(String),
    /// Numbers, from the right.
    Numbers(String),
}

impl Column {
    /// Its head.
    pub fn head(&self) -> &str {
        match self {
            Self::Words(head) | Self::Numbers(head) => head,
        }
    }

    fn class(&self) -> &'static str {
        match self {
            Self::Words(_) => "",
            Self::Numbers(_) => " class=\"n\"",
        }
    }
}

impl Picture {
    /// Draws in both widths.
    pub(crate) fn drawn(
        (title, description, caption): (String, String, String),
        tables: Vec<Table>,
        draw: impl Fn(Width) -> (crate::canvas::Canvas, f64),
    ) -> Self {
        let svg = |width| {
            let (canvas, height) = draw(width);
            canvas.svg(height, &title, &description)
        };
        let (wide, narrow) = (svg(Width::Wide), svg(Width::Narrow));
        Self { title, description, caption, tables, wide, narrow }
    }

    /// The picture as SVG.
    pub fn svg(&self, width: Width) -> &str {
        match width {
            Width::Wide => &self.wide,
            Width::Narrow => &self.narrow,
        }
    }

    /// Both widths with the caption, and the tables behind it, as HTML; the page needs [`STYLE`].
    pub fn figure(&self, words: &Words) -> String {
        let mut html = format!(
            "<figure class=\"drawn\">\n<div class=\"picture-wide\">{}</div>\n<div class=\"picture-narrow\">{}</div>\n<figcaption>{}</figcaption>\n",
            self.wide,
            self.narrow,
            escaped(&self.caption)
        );
        let _ = writeln!(
            html,
            "<details class=\"table\"><summary>{}</summary>",
            escaped(&words.say("picture-numbers", &[("title", &self.title)]))
        );
        for table in &self.tables {
            html.push_str(&table.html());
        }
        html.push_str("</details>\n</figure>\n");
        html
    }
}

impl Table {
    /// The table as HTML.
    pub fn html(&self) -> String {
        // A narrow page sets the cells of a wide table below each other, each with its head; the roles keep it a table for those who hear it.
        let is_wide = self.columns.len() > MOST_OF_A_NARROW_PAGE;
        let role = |name: &str| if is_wide { format!(" role=\"{name}\"") } else { String::new() };
        let class = if is_wide { "figures stacked" } else { "figures" };
        let mut html = format!(
            "<div class=\"scroll\"><table class=\"{class}\"{}><caption>{}</caption><thead{}><tr{}>",
            role("table"),
            escaped(&self.caption),
            role("rowgroup"),
            role("row")
        );
        for column in &self.columns {
            let (class, head) = (column.class(), escaped(column.head()));
            let _ = write!(html, "<th scope=\"col\"{}{class}>{head}</th>", role("columnheader"));
        }
        let _ = writeln!(html, "</tr></thead><tbody{}>", role("rowgroup"));
        for row in &self.rows {
            let _ = write!(html, "<tr{}>", role("row"));
            for (column, cell) in self.columns.iter().zip(row) {
                let (class, cell) = (column.class(), escaped(cell));
                if is_wide {
                    let _ =
                        write!(html, "<td{}{class} data-head=\"{}\">{cell}</td>", role("cell"), escaped(column.head()));
                } else {
                    let _ = write!(html, "<td{class}>{cell}</td>");
                }
            }
            html.push_str("</tr>\n");
        }
        html.push_str("</tbody></table></div>\n");
        html
    }
}
