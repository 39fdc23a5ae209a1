//! Data of a DCC: quantities side by side, with what belongs to each of their values.

use unicode_width::UnicodeWidthStr;

use super::outline::element;
use super::quantity::{is_holder, join, stated};
use super::sheet::Sheet;
use super::speech::Speech;
use super::table::{self, Extra, Stated};
use super::{Extent, Show};
use crate::dcc::whole::Element;

/// Whether an element only groups quantities and texts.
pub(super) fn is_group(element: &Element) -> bool {
    let is_data = |child: &Element| matches!(child.local(), "quantity" | "list") || is_holder(child);
    matches!(
        element.local(),
        "data" | "list" | "itemQuantities" | "measuringEquipmentQuantities" | "usedMethodQuantities"
    ) || matches!(element.local(), "quantity" | "itemQuantity" | "measuringEquipmentQuantity" | "usedMethodQuantity")
        && element.children().any(|child| is_data(child) || matches!(child.local(), "noQuantity" | "name"))
}

/// Prints data: texts as they come, quantities as tables. Lists of single values that follow each other are the rows of one table.
pub(super) fn print(show: &mut Show<'_>, depth: usize, data: &Element) {
    let mut waiting = Waiting::default();
    group(show, depth, data, &mut waiting);
    waiting.print(&mut show.sheet, depth, show.extent, &show.speech);
}

/// Columns that may still get rows.
#[derive(Default)]
struct Waiting {
    columns: Vec<Stated>,
    may_get: Next,
}

/// What may still be set beside or below the columns that wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Next {
    #[default]
    Nothing,
    /// Lists of single values, each a row.
    Rows,
    /// Lists of as many values, each a column.
    Columns,
}

impl Waiting {
    fn print(&mut self, sheet: &mut Sheet, depth: usize, extent: Extent, speech: &Speech<'_>) {
        let columns = std::mem::take(&mut self.columns);
        // Side by side only where the rows belong together.
        let lengths = |stated: &Stated| stated.values.len();
        for columns in columns.chunk_by(|one, other| lengths(one) == lengths(other)) {
            table::print(sheet, depth, columns, extent, speech);
        }
        self.may_get = Next::Nothing;
    }

    /// Takes the columns of one list: as rows of those before, or in their place.
    fn take(&mut self, columns: Vec<Stated>, show: &mut Show<'_>, depth: usize) {
        let fits = self.may_get == Next::Rows
            && self.columns.len() == columns.len()
            && self.columns.iter().zip(&columns).all(|(before, next)| before.continues(next));
        if fits {
            self.columns.iter_mut().zip(columns).for_each(|(before, next)| before.append(next));
            return;
        }
        self.print(&mut show.sheet, depth, show.extent, &show.speech);
        self.may_get = if columns.iter().all(|column| column.values.len() == 1) { Next::Rows } else { Next::Nothing };
        self.columns = columns;
    }

    /// Takes a list that is a column: beside those before it where it has as many rows.
    fn take_column(&mut self, column: Vec<Stated>, show: &mut Show<'_>, depth: usize) {
        let rows = |columns: &[Stated]| columns.first().map(|column| column.values.len());
        if self.may_get != Next::Columns || rows(&self.columns) != rows(&column) {
            self.print(&mut show.sheet, depth, show.extent, &show.speech);
        }
        self.columns.extend(column);
        self.may_get = Next::Columns;
    }
}

fn group(show: &mut Show<'_>, depth: usize, data: &Element, waiting: &mut Waiting) {
    if !matches!(data.local(), "data" | "itemQuantities" | "measuringEquipmentQuantities" | "usedMethodQuantities") {
        member(show, depth, data, waiting);
        return;
    }
    for child in data.children() {
        member(show, depth, child, waiting);
    }
}

fn member(show: &mut Show<'_>, depth: usize, child: &Element, waiting: &mut Waiting) {
    match child.local() {
        "list" => list(show, depth, child, waiting),
        name if name.to_ascii_lowercase().ends_with("quantity") || is_holder(child) => {
            let (columns, rest) = columns(child, "", show);
            waiting.print(&mut show.sheet, depth, show.extent, &show.speech);
            waiting.columns = columns;
            if !rest.is_empty() {
                waiting.print(&mut show.sheet, depth, show.extent, &show.speech);
                rest.into_iter().for_each(|rest| element(show, depth.saturating_add(1), rest));
            }
        }
        _ => {
            waiting.print(&mut show.sheet, depth, show.extent, &show.speech);
            element(show, depth, child);
        }
    }
}

/// A list whose quantities have no names of their own: they are the rows of a column that has the list's name.
fn column_list(list: &Element, show: &mut Show<'_>) -> Option<Vec<Stated>> {
    let is_row = |child: &Element| {
        child.local() == "quantity"
            && child.attribute("refType").is_none()
            && child.children().all(|inner| is_holder(inner) && inner.local() != "hybrid")
    };
    let rows: Vec<&Element> = list.children().filter(|child| is_row(child)).collect();
    if rows.is_empty() || !list.children().all(|child| is_row(child) || child.local() == "name") {
        return None;
    }
    let title = show.speech.child(list, &["name"])?;
    let mut found = Vec::new();
    for row in rows {
        for column in columns(row, &title, show).0 {
            join(&mut found, column);
        }
    }
    Some(found)
}

/// A list: its quantities are columns, lists inside come after them.
fn list(show: &mut Show<'_>, depth: usize, list: &Element, waiting: &mut Waiting) {
    if let Some(columns) = column_list(list, show) {
        return waiting.take_column(columns, show, depth);
    }
    let title = show.speech.child(list, &["name"]);
    let mut all: Vec<Stated> = Vec::new();
    let mut rest = Vec::new();
    let mut lists = Vec::new();
    for child in list.children() {
        match child.local() {
            "name" => {}
            "list" => match column_list(child, show) {
                Some(columns) => all.extend(columns),
                None => lists.push(child),
            },
            "dateTime" | "dateTimeXMLList" => {
                let title = show.speech.label("dateTime");
                let values = child.text().split_whitespace().map(str::to_owned).collect();
                all.push(Stated { title, values, ..Stated::default() });
            }
            name if name == "quantity" || is_holder(child) => {
                let (columns, more) = columns(child, "", show);
                // Many quantities of one name are the rows of one column.
                for column in columns {
                    match all.last_mut().filter(|last| last.continues(&column)) {
                        Some(last) => last.append(column),
                        None => all.push(column),
                    }
                }
                rest.extend(more);
            }
            _ => rest.push(child),
        }
    }
    if let Some(title) = title {
        waiting.print(&mut show.sheet, depth, show.extent, &show.speech);
        show.sheet.gap();
        show.sheet.paragraph(depth, &title);
    }
    waiting.take(all, show, depth);
    if !rest.is_empty() || !lists.is_empty() {
        waiting.print(&mut show.sheet, depth, show.extent, &show.speech);
    }
    rest.into_iter().for_each(|rest| element(show, depth.saturating_add(1), rest));
    lists.into_iter().for_each(|inner| self::list(show, depth.saturating_add(1), inner, waiting));
    if depth > 0 && list.child(&["list"]).is_some() {
        waiting.print(&mut show.sheet, depth.saturating_add(1), show.extent, &show.speech);
    }
}

/// The columns of a quantity, and the elements in it that are none.
fn columns<'e>(quantity: &'e Element, title: &str, show: &mut Show<'_>) -> (Vec<Stated>, Vec<&'e Element>) {
    if is_holder(quantity) {
        return (stated(quantity, title, &mut show.speech), Vec::new());
    }
    let named = show.speech.child(quantity, &["name"]);
    let title = named.unwrap_or_else(|| match quantity.attribute("refType") {
        Some(ref_type) => {
            ref_type.split_whitespace().map(|name| show.speech.label(name)).collect::<Vec<_>>().join(", ")
        }
        None => title.to_owned(),
    });
    let mut found: Vec<Stated> = Vec::new();
    let mut extras = Vec::new();
    let mut rest = Vec::new();
    for child in quantity.children() {
        match child.local() {
            "name" => {}
            "noQuantity" => {
                let text = show.speech.text(child);
                found.push(Stated { title: title.clone(), values: vec![text], ..Stated::default() });
                rest.extend(child.children().filter(|inner| inner.local() != "content"));
            }
            "relativeUncertainty" => {
                for inner in child.children() {
                    for stated in stated(inner, "", &mut show.speech) {
                        let unit = stated.units.first().cloned().unwrap_or_default();
                        let title = show.speech.label("relativeUncertainty");
                        extras.push(Extra { title, values: stated.values, unit });
                        extras.extend(stated.extras);
                    }
                }
            }
            "measurementMetaData" => {
                for meta in child.children() {
                    let (more, others) = beside(meta, show);
                    extras.extend(more);
                    rest.extend(others);
                }
            }
            _ if is_holder(child) => {
                for column in stated(child, &title, &mut show.speech) {
                    if child.local() == "hybrid" { found.push(column) } else { join(&mut found, column) }
                }
            }
            _ => rest.push(child),
        }
    }
    match found.first_mut() {
        Some(first) => first.extras.extend(extras),
        None if extras.is_empty() => {}
        None => found.push(Stated { title, extras, ..Stated::default() }),
    }
    (found, rest)
}

/// What of metadata can stand beside the values (conformity, limits, reference values), and the elements that cannot.
fn beside<'e>(meta: &'e Element, show: &mut Show<'_>) -> (Vec<Extra>, Vec<&'e Element>) {
    let is_plain = |element: &Element| element.children().all(|child| matches!(child.local(), "content" | "name"));
    let is_part = |part: &Element| part.local() == "name" || is_holder(part);
    let is_column = |inner: &Element| inner.local() == "quantity" && inner.children().all(is_part);
    let is_known = |child: &&Element| match child.local() {
        "data" => child.children().all(is_column),
        "declaration" | "name" => is_plain(child),
        name => matches!(name, "norm" | "reference" | "conformity" | "conformityXMLList"),
    };
    let (known, mut rest): (Vec<&Element>, Vec<&Element>) = meta.children().partition(is_known);
    let titles = [show.speech.child(meta, &["name"]), show.speech.child(meta, &["declaration"])];
    let title = titles.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let norms = known.iter().filter(|child| matches!(child.local(), "norm" | "reference")).map(|child| child.text());
    let norms = norms.collect::<Vec<_>>().join(" ");
    // A whole sentence does not fit above a column.
    let short = if title.width() <= LONGEST_TITLE && !title.contains('\n') { title.clone() } else { String::new() };
    let mut extras = Vec::new();
    for child in known {
        match child.local() {
            "conformity" | "conformityXMLList" => {
                let words = child.text().split_whitespace().map(|word| show.speech.keyword(word)).collect();
                let own = show.speech.label("conformity");
                let title = if short.is_empty() || short == own { own } else { format!("{own}: {short}") };
                extras.push(Extra { title, values: words, unit: String::new() });
            }
            "data" => {
                for quantity in child.children() {
                    let (columns, _) = columns(quantity, &short, show);
                    for column in columns {
                        let unit = column.units.first().cloned().unwrap_or_default();
                        let is_own = short.is_empty() || column.title == short;
                        let title = if is_own { column.title } else { format!("{short}: {}", column.title) };
                        extras.push(Extra { title, values: column.values, unit });
                        extras.extend(column.extras);
                    }
                }
            }
            _ => {}
        }
    }
    if !norms.is_empty() {
        extras.push(Extra { title: show.speech.label("norm"), values: vec![norms], unit: String::new() });
    }
    if !title.is_empty() && (short.is_empty() || extras.is_empty()) {
        rest.extend(meta.children().filter(|child| matches!(child.local(), "name" | "declaration") && is_plain(child)));
    }
    (extras, rest)
}

/// Longer titles of metadata are printed below the table.
const LONGEST_TITLE: usize = 40;
