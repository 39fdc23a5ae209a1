//! One flat JSON object (RFC 8259), member by member, without copying what needs no unescaping and without turning digits into doubles.

use std::borrow::Cow;

/// A member's value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Scalar<'a> {
    Text(Cow<'a, str>),
    /// As it is written.
    Number(&'a str),
    Null,
    Truth,
    /// An object or a list; what is in it is passed over.
    Nested,
}

/// This is no JSON object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed;

/// An object that is read from its beginning.
pub(super) struct Object<'a> {
    rest: &'a str,
    is_first: bool,
}

/// Deeper nesting is refused.
const DEEPEST: u32 = 64;

impl<'a> Object<'a> {
    /// The object of a line; nothing if it begins like none.
    pub(super) fn open(line: &'a str) -> Option<Self> {
        Some(Self { rest: space(line).strip_prefix('{')?, is_first: true })
    }

    /// The next member; nothing at the end of the object, after which the line must end.
    pub(super) fn member(&mut self) -> Result<Option<(Cow<'a, str>, Scalar<'a>)>, Malformed> {
        let mut rest = space(self.rest);
        if let Some(after) = rest.strip_prefix('}') {
            return if space(after).is_empty() { Ok(None) } else { Err(Malformed) };
        }
        if !self.is_first {
            rest = space(rest.strip_prefix(',').ok_or(Malformed)?);
        }
        self.is_first = false;
        let (name, rest) = text(rest)?;
        let rest = space(rest).strip_prefix(':').ok_or(Malformed)?;
        let (value, rest) = value(space(rest), 0)?;
        self.rest = rest;
        Ok(Some((name, value)))
    }
}

fn space(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\r', '\n'])
}

fn value(from: &str, depth: u32) -> Result<(Scalar<'_>, &str), Malformed> {
    if depth > DEEPEST {
        return Err(Malformed);
    }
    let after = |word: &str| from.strip_prefix(word).ok_or(Malformed);
    match from.bytes().next() {
        Some(b'"') => text(from).map(|(text, rest)| (Scalar::Text(text), rest)),
        Some(b'n') => Ok((Scalar::Null, after("null")?)),
        Some(b't') => Ok((Scalar::Truth, after("true")?)),
        Some(b'f') => Ok((Scalar::Truth, after("false")?)),
        Some(b'{') => nested(from, '}', depth),
        Some(b'[') => nested(from, ']', depth),
        _ => number(from),
    }
}

fn nested(from: &str, end: char, depth: u32) -> Result<(Scalar<'_>, &str), Malformed> {
    let mut rest = space(from.get(1..).ok_or(Malformed)?);
    if let Some(after) = rest.strip_prefix(end) {
        return Ok((Scalar::Nested, after));
    }
    loop {
        if end == '}' {
            let (_, after) = text(rest)?;
            rest = space(space(after).strip_prefix(':').ok_or(Malformed)?);
        }
        let (_, after) = value(rest, depth + 1)?;
        rest = space(after);
        if let Some(after) = rest.strip_prefix(end) {
            return Ok((Scalar::Nested, after));
        }
        rest = space(rest.strip_prefix(',').ok_or(Malformed)?);
    }
}

/// A number by the grammar of RFC 8259, section 6.
fn number(from: &str) -> Result<(Scalar<'_>, &str), Malformed> {
    let bytes = from.as_bytes();
    let has = |at: usize, signs: &[u8]| bytes.get(at).is_some_and(|byte| signs.contains(byte));
    let after_digits = |from: usize| {
        let digits = bytes.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 { Err(Malformed) } else { Ok(from + digits) }
    };
    let begin = usize::from(has(0, b"-"));
    let mut end = after_digits(begin)?;
    if has(begin, b"0") && end > begin + 1 {
        return Err(Malformed);
    }
    if has(end, b".") {
        end = after_digits(end + 1)?;
    }
    if has(end, b"eE") {
        end = after_digits(end + 1 + usize::from(has(end + 1, b"+-")))?;
    }
    let (number, rest) = from.split_at_checked(end).ok_or(Malformed)?;
    Ok((Scalar::Number(number), rest))
}

/// A string by the grammar of RFC 8259, section 7.
fn text(from: &str) -> Result<(Cow<'_, str>, &str), Malformed> {
    let inside = from.strip_prefix('"').ok_or(Malformed)?;
    let special = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < 0x20;
    let end = inside.bytes().position(|byte| special(&byte)).ok_or(Malformed)?;
    let (plain, rest) = inside.split_at_checked(end).ok_or(Malformed)?;
    if let Some(rest) = rest.strip_prefix('"') {
        return Ok((plain.into(), rest));
    }
    let mut text = plain.to_owned();
    let mut signs = rest.chars();
    loop {
        match signs.next().ok_or(Malformed)? {
            '"' => return Ok((text.into(), signs.as_str())),
            '\\' => {
                let sign = match signs.next().ok_or(Malformed)? {
                    sign @ ('"' | '\\' | '/') => sign,
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    'u' => {
                        let (sign, rest) = escaped(signs.as_str())?;
                        signs = rest.chars();
                        sign
                    }
                    _ => return Err(Malformed),
                };
                text.push(sign);
            }
            sign if u32::from(sign) < 0x20 => return Err(Malformed),
            sign => text.push(sign),
        }
    }
}

/// The sign of `\u` and four digits, or of two such that are a pair of surrogates.
fn escaped(rest: &str) -> Result<(char, &str), Malformed> {
    let (first, rest) = unit(rest)?;
    if let Some(sign) = char::from_u32(first) {
        return Ok((sign, rest));
    }
    let (second, rest) = unit(rest.strip_prefix("\\u").ok_or(Malformed)?)?;
    match (first, second) {
        (0xd800..=0xdbff, 0xdc00..=0xdfff) => {
            let sign = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            sign.map(|sign| (sign, rest)).ok_or(Malformed)
        }
        _ => Err(Malformed),
    }
}

fn unit(rest: &str) -> Result<(u32, &str), Malformed> {
    let (digits, rest) = rest.split_at_checked(4).ok_or(Malformed)?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Err(Malformed);
    }
    u32::from_str_radix(digits, 16).map(|unit| (unit, rest)).map_err(|_| Malformed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn members(line: &str) -> Option<Vec<(String, String)>> {
        let mut object = Object::open(line)?;
        let mut members = Vec::new();
        while let Some((name, value)) = object.member().ok()? {
            members.push((name.into_owned(), format!("{value:?}")));
        }
        Some(members)
    }

    #[test]
    fn what_the_library_reads_is_read_and_what_it_refuses_is_refused() {
        let long = format!("{{\"a\":{}1{}}}", "[".repeat(40), "]".repeat(40));
        let lines = [
            r#"{}"#,
            r#" { "a" : "表一", "b":-0.50e+3 , "c":null,"d":[1,{"e":[]}],"f":true} "#,
            r#"{"a":"\u8868\ud83d\ude00\n\/"}"#,
            r#"{"a":"\ud83d"}"#,
            r#"{"a":"\udc00\ud800"}"#,
            r#"{"a":01}"#,
            r#"{"a":1.}"#,
            r#"{"a":.5}"#,
            r#"{"a":1e}"#,
            r#"{"a":+1}"#,
            r#"{"a":nul}"#,
            r#"{"a":1,}"#,
            r#"{,"a":1}"#,
            r#"{"a" 1}"#,
            r#"{"a":1}}"#,
            r#"{"a":1} x"#,
            r#"{"a":"x"#,
            "{\"a\":\"x\u{1}\"}",
            r#"{"a":"\x"}"#,
            r#"{"a":"\u+123"}"#,
            r#"{"a":[1,]}"#,
            r#"{"a":{"b"}}"#,
            r#"[1]"#,
            r#"{"a":-}"#,
            r#"{"a":-0}"#,
            long.as_str(),
        ];
        for line in lines {
            let theirs = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line);
            let ours = members(line);
            assert_eq!(ours.is_some(), theirs.is_ok(), "{line}");
            if let (Some(ours), Ok(theirs)) = (ours, theirs) {
                assert_eq!(ours.len(), theirs.len(), "{line}");
                for (name, value) in &ours {
                    let text = theirs.get(name).unwrap().as_str().map(|text| format!("Text({text:?})"));
                    assert!(text.is_none_or(|text| text == *value), "{line}: {value}");
                }
            }
        }
    }

    #[test]
    fn digits_stay_as_they_are_written() {
        let mut object = Object::open(r#"{"value":12.50}"#).unwrap();
        assert_eq!(object.member().unwrap().unwrap().1, Scalar::Number("12.50"));
        assert_eq!(object.member(), Ok(None));
    }
}
