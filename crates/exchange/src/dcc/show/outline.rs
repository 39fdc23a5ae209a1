//! Any element as labelled lines, whatever it is: what no section knows is still shown.

use super::Show;
use super::data;
use super::quantity::{HOLDERS, is_holder};
use super::table;
use crate::dcc::references::{REFERENCES, is_hash};
use crate::dcc::whole::Element;

/// Prints an element under its label.
pub(super) fn element(show: &mut Show<'_>, depth: usize, element: &Element) {
    let name = element.local();
    let label = label(show, element);
    let has_children = element.children().next().is_some();
    if name == "Signature" {
        let said = show.speech.words.say("dcc-show-signature", &[]);
        show.sheet.pair(depth, &label, &said);
    } else if is_holder(element) {
        // The names of D-SI say nothing to people; those of other formats do.
        let title = if HOLDERS.contains(&name) { "" } else { label.as_str() };
        let stated = super::quantity::stated(element, title, &mut show.speech);
        for column in stated.chunk_by(|one, other| one.values.len() == other.values.len()) {
            table::print(&mut show.sheet, depth, column, show.extent, &show.speech);
        }
    } else if data::is_group(element) {
        data::print(show, depth, element);
    } else if !has_children {
        let text = element.text();
        if !text.is_empty() {
            let text = show.speech.keyword(&text);
            show.sheet.pair(depth, &label, &text);
        }
    } else if is_text(element) {
        let text = show.speech.text(element);
        show.sheet.pair(depth, &label, &text);
        let others = |child: &&Element| !matches!(child.local(), "content" | "name");
        let files: Vec<&Element> = element.children().filter(others).collect();
        files.into_iter().for_each(|file| self::element(show, depth.saturating_add(1), file));
    } else if element.child(&["dataBase64"]).is_some() {
        file(show, depth, &label, element);
    } else if REFERENCES.contains(&name) {
        reference(show, depth, &label, element);
    } else if is_contact(element) {
        contact(show, depth, &label, element);
    } else if name == "location" {
        let place = place(show, element);
        show.sheet.pair(depth, &label, &place);
    } else if name == "identification" {
        identification(show, depth, element);
    } else if matches!(name, "software" | "equipmentClass") {
        let line = flat(show, element);
        show.sheet.pair(depth, &label, &line);
    } else if is_wrapper(element) {
        children(show, depth, element, &[]);
    } else {
        named(show, depth, &label, element);
    }
}

/// Prints what is inside an element, but for the elements of some names.
pub(super) fn children(show: &mut Show<'_>, depth: usize, parent: &Element, but: &[&str]) {
    let shown: Vec<&Element> = parent.children().filter(|child| !but.contains(&child.local())).collect();
    // Several short texts of one name are said on one line.
    let is_leaf = |element: &Element| element.children().next().is_none() && !element.text().contains('\n');
    for same in shown.chunk_by(|one, other| one.name == other.name && is_leaf(one) && is_leaf(other)) {
        match same {
            [only] => element(show, depth, only),
            [first, ..] => {
                let label = label(show, first);
                let said: Vec<String> = same.iter().map(|leaf| show.speech.keyword(&leaf.text())).collect();
                show.sheet.pair(depth, &label, &said.join(", "));
            }
            [] => {}
        }
    }
}

/// An element with its name on a line of its own, and what is inside below it.
fn named(show: &mut Show<'_>, depth: usize, label: &str, element: &Element) {
    match show.speech.child(element, &["name"]) {
        Some(name) => show.sheet.pair(depth, label, &name),
        None => {
            let id = element.attribute("id").map(|id| format!(" [{id}]")).unwrap_or_default();
            show.sheet.line(depth, &format!("{label}{id}"));
        }
    }
    let but: &[&str] = if element.child(&["name"]).is_some_and(is_text) { &["name"] } else { &[] };
    children(show, depth.saturating_add(1), element, but);
}

/// The words for an element: its own, and those of what it refers to.
fn label(show: &Show<'_>, element: &Element) -> String {
    let own = show.speech.label(element.local());
    match element.attribute("refType") {
        Some(ref_type) if matches!(element.local(), "statement" | "metaData" | "usedMethod") => {
            let said: Vec<String> = ref_type
                .split_whitespace()
                .map(|name| (name, show.speech.label(name)))
                .filter(|(name, said)| name != said)
                .map(|(_, said)| said)
                .collect();
            if said.is_empty() { own } else { said.join(", ") }
        }
        _ => own,
    }
}

fn is_text(element: &Element) -> bool {
    let mut children = element.children();
    element.child(&["content", "name"]).is_some()
        && children.all(|child| matches!(child.local(), "content" | "file" | "formula" | "name"))
}

fn is_contact(element: &Element) -> bool {
    let known = ["name", "eMail", "phone", "fax", "link", "location", "descriptionData", "positionCoordinates"];
    element.child(&["name"]).is_some()
        && element.child(&["location", "eMail", "phone"]).is_some()
        && element.children().all(|child| known.contains(&child.local()))
}

/// An element that only holds others of one kind together.
fn is_wrapper(element: &Element) -> bool {
    let name = element.local();
    let wrappers = [
        "dccSoftware",
        "installedSoftwares",
        "installedSoftware",
        "identifications",
        "respPersons",
        "statements",
        "usedMethods",
        "usedSoftware",
        "measuringEquipments",
        "influenceConditions",
        "measurementMetaData",
        "results",
        "contact",
        "person",
    ];
    wrappers.contains(&name) && element.child(&["name"]).is_none()
}

fn file(show: &mut Show<'_>, depth: usize, label: &str, element: &Element) {
    let stated = |name: &str| element.stated(&[name]).unwrap_or_default();
    let packed = element.stated(&["dataBase64"]).unwrap_or_default();
    let letters = packed.chars().filter(|letter| !letter.is_whitespace() && *letter != '=').count();
    let bytes = (letters.saturating_mul(3) / 4).to_string();
    let named = show.speech.child(element, &["name"]);
    let (file, kind) = (stated("fileName"), stated("mimeType"));
    let facts = [("file", file.as_str()), ("kind", kind.as_str()), ("bytes", bytes.as_str())];
    let said = show.speech.words.say("dcc-show-file", &facts);
    let line = named.into_iter().chain([said]).collect::<Vec<_>>().join(" · ");
    show.sheet.pair(depth, label, &line);
    children(show, depth.saturating_add(1), element, &["name", "fileName", "mimeType", "dataBase64"]);
}

/// The certificate that is cited: where, its number, and its hash or that there is none.
fn reference(show: &mut Show<'_>, depth: usize, label: &str, element: &Element) {
    let referral = show.speech.child(element, &["referral"]);
    let number = element.stated(&["referralID"]);
    let procedure = element.stated(&["procedure"]).unwrap_or_default();
    let value = element.stated(&["value"]).unwrap_or_default();
    let hash = if is_hash(&value) {
        format!("{procedure} {value}")
    } else {
        let stated = format!("{procedure} {value}");
        show.speech.words.say("dcc-show-no-hash", &[("stated", stated.trim())])
    };
    let line = number.into_iter().chain(referral).chain([hash]).collect::<Vec<_>>().join(" · ");
    show.sheet.pair(depth, label, &line);
    children(show, depth.saturating_add(1), element, &["referral", "referralID", "procedure", "value"]);
}

fn contact(show: &mut Show<'_>, depth: usize, label: &str, element: &Element) {
    let name = show.speech.child(element, &["name"]).unwrap_or_default();
    show.sheet.pair(depth, label, &name);
    let place = element.child(&["location"]).map(|location| place(show, location)).filter(|place| !place.is_empty());
    if let Some(place) = place {
        show.sheet.pair(depth, "", &place);
    }
    let ways: Vec<String> = ["phone", "fax", "eMail", "link"]
        .into_iter()
        .flat_map(|way| element.all(way).map(move |stated| (way, stated.text())).collect::<Vec<_>>())
        .map(|(way, stated)| match way {
            "fax" => format!("{} {stated}", show.speech.label("fax")),
            _ => stated,
        })
        .collect();
    if !ways.is_empty() {
        show.sheet.pair(depth, "", &ways.join(" · "));
    }
    children(show, depth.saturating_add(1), element, &["name", "location", "phone", "fax", "eMail", "link"]);
}

/// An address on one line, in the document's order but the number behind its street.
fn place(show: &mut Show<'_>, location: &Element) -> String {
    let mut parts = Vec::new();
    for child in location.children() {
        match child.local() {
            "streetNo" if location.child(&["street"]).is_some() => {}
            "street" => {
                let number = location.stated(&["streetNo"]).unwrap_or_default();
                parts.push(format!("{} {number}", child.text()).trim().to_owned());
            }
            _ if child.children().all(|inner| inner.local() == "content") => {
                parts.extend(show.speech.text(child).lines().map(str::to_owned));
            }
            _ => parts.push(flat(show, child)),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

fn identification(show: &mut Show<'_>, depth: usize, element: &Element) {
    let issuer = element.stated(&["issuer"]).map(|issuer| show.speech.label(&format!("by-{issuer}")));
    let name = show.speech.child(element, &["name"]);
    let value = element.stated(&["value"]).unwrap_or_default();
    let label = match (&name, &issuer) {
        (Some(name), _) => name.clone(),
        (None, Some(issuer)) => issuer.clone(),
        (None, None) => show.speech.label("identification"),
    };
    let said = if name.is_some() { issuer.map(|issuer| format!("   [{issuer}]")) } else { None };
    show.sheet.pair(depth, &label, &format!("{value}{}", said.unwrap_or_default()));
    children(show, depth.saturating_add(1), element, &["issuer", "name", "value"]);
}

/// All texts of an element on one line.
pub(super) fn flat(show: &mut Show<'_>, element: &Element) -> String {
    if element.children().all(|child| child.local() == "content") {
        let text = show.speech.text(element);
        return show.speech.keyword(&text).replace('\n', " ");
    }
    let parts: Vec<String> =
        element.children().map(|child| flat(show, child)).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
