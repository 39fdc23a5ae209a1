//! Which characters XML 1.0 allows where, and how they are written.

/// Whether a character can stand in a document at all.
pub(super) fn is_character(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Whether a text is a name with at most one prefix.
pub(super) fn is_name(text: &str) -> bool {
    let part = |part: &str| {
        let mut letters = part.chars();
        letters.next().is_some_and(starts_name) && letters.all(|letter| {
            starts_name(letter)
                || matches!(letter, '-' | '.' | '0'..='9' | '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
        })
    };
    match text.split_once(':') {
        Some((prefix, local)) => part(prefix) && part(local),
        None => part(text),
    }
}

fn starts_name(letter: char) -> bool {
    matches!(letter,
        'A'..='Z' | '_' | 'a'..='z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}'
        | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}' | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}'
        | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}'
        | '\u{10000}'..='\u{effff}')
}

/// Whether a text can be a comment. A carriage return would be read back as a line feed.
pub(super) fn is_comment(text: &str) -> bool {
    !text.contains("--") && !text.ends_with('-') && !text.contains('\r') && text.chars().all(is_character)
}

/// Whether a text can be a processing instruction: a target other than `xml`, then anything but its end.
pub(super) fn is_instruction(text: &str) -> bool {
    let target = text.split([' ', '\t', '\n', '\r']).next().unwrap_or_default();
    is_name(target)
        && !target.contains(':')
        && !target.eq_ignore_ascii_case("xml")
        && !text.contains("?>")
        && !text.contains('\r')
        && text.chars().all(is_character)
}

/// The character that a reference names: `#65`, `#x41` or one of the five names of XML itself.
pub(super) fn referenced(name: &str) -> Option<char> {
    let number = match name {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let (digits, base) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    // A sign would be accepted by the parser of numbers.
    if !digits.chars().all(|digit| digit.is_digit(base)) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, base).ok()?).filter(|letter| is_character(*letter))
}

/// The value of an attribute as XML 1.0 §3.3.3 reads it; else the reference that names nothing.
pub(super) fn attribute_value(raw: &str) -> Result<String, String> {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        push_blanked(&mut value, before);
        let (name, following) = after.split_once(';').ok_or_else(|| after.chars().take(40).collect::<String>())?;
        value.push(referenced(name).ok_or_else(|| name.chars().take(40).collect::<String>())?);
        rest = following;
    }
    push_blanked(&mut value, rest);
    Ok(value)
}

fn push_blanked(value: &mut String, text: &str) {
    let text = text.replace("\r\n", " ");
    value.extend(text.chars().map(|letter| if matches!(letter, '\t' | '\n' | '\r') { ' ' } else { letter }));
}

/// Appends text inside an element.
pub(super) fn push_text(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(letter),
        }
    }
}

/// Appends the value of an attribute.
pub(super) fn push_attribute(out: &mut String, value: &str) {
    for letter in value.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            _ => out.push(letter),
        }
    }
}
