//! One identifier for one instrument, however its nameplate was typed.

use heng_rule::Instrument;

/// The identifier of an instrument: the one it has, or one made from manufacturer, model and serial number.
///
/// Case, spaces and full-width forms are typing and do not count; every other character does, because two serial numbers that differ in a
/// sign are two instruments. The colon separates the parts, so it is escaped inside them.
pub fn thing_id(instrument: &Instrument) -> String {
    match instrument.id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) => id.to_owned(),
        None => {
            let maker = match instrument.manufacturer.zh.trim() {
                "" => &instrument.manufacturer.en,
                chinese => chinese,
            };
            let [maker, model, serial] = [maker, &instrument.model, &instrument.serial].map(normalised);
            format!("thing:instrument:{maker}:{model}:{serial}")
        }
    }
}

fn normalised(text: &str) -> String {
    let mut normalised = String::with_capacity(text.len());
    for character in text.chars().map(half_width).filter(|character| !character.is_whitespace()) {
        match character {
            ':' => normalised.push_str("%3A"),
            '%' => normalised.push_str("%25"),
            _ => normalised.push(character.to_ascii_uppercase()),
        }
    }
    normalised
}

/// U+FF01 to U+FF5E are the ASCII signs again, as a Chinese keyboard types them.
fn half_width(character: char) -> char {
    match u32::from(character) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        _ => character,
    }
}
