//! The objects that a PDF is made of, read from bytes and written back (ISO 32000-1, 7.2 and 7.3).

use super::allowance::Allowance;

/// Arrays and dictionaries within each other beyond this are refused.
const DEEPEST: u32 = 48;

/// A PDF object.
#[derive(Clone, Debug, PartialEq)]
pub enum Object {
    /// The null object, also what cannot be found.
    Null,
    /// A number, a boolean or another bare word, as written.
    Word(Vec<u8>),
    /// A name without its solidus, unescaped.
    Name(Vec<u8>),
    /// A string's bytes.
    Text(Vec<u8>),
    /// An array.
    Array(Vec<Object>),
    /// A dictionary.
    Dictionary(Dictionary),
    /// An indirect reference: object and generation number.
    Reference(u32, u16),
}

/// Keys and values in their order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dictionary(pub Vec<(Vec<u8>, Object)>);

impl Dictionary {
    pub fn value(&self, key: &str) -> &Object {
        let found = self.0.iter().find(|(name, _)| name == key.as_bytes());
        found.map_or(&Object::Null, |(_, value)| value)
    }

    pub fn set(&mut self, key: &str, value: Object) {
        match self.0.iter_mut().find(|(name, _)| name == key.as_bytes()) {
            Some((_, old)) => *old = value,
            None => self.0.push((key.as_bytes().to_vec(), value)),
        }
    }
}

impl Object {
    pub fn integer(&self) -> Option<u64> {
        match self {
            Self::Word(word) => std::str::from_utf8(word).ok()?.parse().ok(),
            _ => None,
        }
    }

    pub fn name(&self) -> Option<&[u8]> {
        match self {
            Self::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn whole(number: usize) -> Self {
        Self::Word(number.to_string().into_bytes())
    }

    /// Appends the object as PDF syntax; equal objects give equal bytes.
    pub fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::Null => out.extend(b"null"),
            Self::Word(word) => out.extend(word),
            Self::Name(name) => {
                out.push(b'/');
                for byte in name {
                    if is_regular(*byte) && (b'!'..=b'~').contains(byte) && *byte != b'#' {
                        out.push(*byte);
                    } else {
                        out.extend(format!("#{byte:02X}").bytes());
                    }
                }
            }
            Self::Text(text) => {
                out.push(b'<');
                out.extend(hex::encode_upper(text).bytes());
                out.push(b'>');
            }
            Self::Array(items) => {
                out.push(b'[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(b' ');
                    }
                    item.write(out);
                }
                out.push(b']');
            }
            Self::Dictionary(dictionary) => {
                out.extend(b"<<");
                for (key, value) in &dictionary.0 {
                    Self::Name(key.clone()).write(out);
                    out.push(b' ');
                    value.write(out);
                }
                out.extend(b">>");
            }
            Self::Reference(number, generation) => out.extend(format!("{number} {generation} R").bytes()),
        }
    }
}

/// Reads objects from a place in the bytes onwards, as long as the file's allowance lasts: then it stands at the end.
pub struct Reader<'a> {
    bytes: &'a [u8],
    allowance: &'a Allowance,
    /// The next byte.
    pub at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8], at: usize, allowance: &'a Allowance) -> Self {
        Self { bytes, allowance, at }
    }

    /// Passes over bytes, which somebody may have us do again and again.
    fn advance(&mut self, count: usize) {
        self.at = match self.allowance.read(count) {
            Some(()) => self.at + count,
            None => self.bytes.len(),
        };
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub fn skip_space(&mut self) {
        let mut is_comment = false;
        let is_passed = |byte: &&u8| {
            is_comment = **byte == b'%' || is_comment && !matches!(**byte, b'\r' | b'\n');
            is_comment || is_space(**byte)
        };
        let length = self.rest().iter().take_while(is_passed).count();
        self.advance(length);
    }

    /// Whether the word comes next; then it is passed.
    pub fn passes(&mut self, word: &str) -> bool {
        self.skip_space();
        let passes = self.rest().starts_with(word.as_bytes());
        if passes {
            self.at += word.len();
        }
        passes
    }

    pub fn integer(&mut self) -> Option<u64> {
        self.skip_space();
        Object::Word(self.word().to_vec()).integer()
    }

    fn word(&mut self) -> &'a [u8] {
        let length = self.rest().iter().take_while(|byte| is_regular(**byte)).count();
        let word = self.rest().get(..length).unwrap_or_default();
        self.advance(length);
        word
    }

    pub fn object(&mut self) -> Option<Object> {
        self.nested(0)
    }

    fn nested(&mut self, depth: u32) -> Option<Object> {
        if depth > DEEPEST {
            return None;
        }
        self.allowance.make_value()?;
        self.skip_space();
        match self.peek()? {
            b'/' => {
                self.at += 1;
                Some(Object::Name(unescaped(self.word())))
            }
            b'(' => self.literal_string(),
            b'<' if self.rest().starts_with(b"<<") => {
                self.at += 2;
                let mut dictionary = Dictionary::default();
                while !self.passes(">>") {
                    let Object::Name(key) = self.nested(depth + 1)? else { return None };
                    dictionary.0.push((key, self.nested(depth + 1)?));
                }
                Some(Object::Dictionary(dictionary))
            }
            b'<' => {
                self.at += 1;
                let length = self.rest().iter().position(|byte| *byte == b'>')?;
                let mut digits: Vec<u8> =
                    self.rest().get(..length)?.iter().copied().filter(|byte| !is_space(*byte)).collect();
                self.advance(length + 1);
                if digits.len() % 2 == 1 {
                    digits.push(b'0');
                }
                hex::decode(digits).ok().map(Object::Text)
            }
            b'[' => {
                self.at += 1;
                let mut items = Vec::new();
                while !self.passes("]") {
                    items.push(self.nested(depth + 1)?);
                }
                Some(Object::Array(items))
            }
            byte if is_regular(byte) => self.word_or_reference(),
            _ => None,
        }
    }

    fn word_or_reference(&mut self) -> Option<Object> {
        let word = Object::Word(self.word().to_vec());
        if word == Object::Word(b"null".to_vec()) {
            return Some(Object::Null);
        }
        if let Some(number) = word.integer() {
            let mut ahead = Reader::new(self.bytes, self.at, self.allowance);
            let generation = ahead.integer();
            ahead.skip_space();
            if let (Ok(number), Some(Ok(generation))) = (u32::try_from(number), generation.map(u16::try_from))
                && ahead.word() == b"R"
            {
                self.at = ahead.at;
                return Some(Object::Reference(number, generation));
            }
        }
        Some(word)
    }

    fn literal_string(&mut self) -> Option<Object> {
        let began = self.at;
        let text = self.unescaped_string();
        self.allowance.read(self.at - began)?;
        text
    }

    fn unescaped_string(&mut self) -> Option<Object> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 1;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(Object::Text(text));
                    }
                }
                b'\\' => {
                    let escaped = self.peek()?;
                    self.at += 1;
                    match escaped {
                        b'n' => text.push(b'\n'),
                        b'r' => text.push(b'\r'),
                        b't' => text.push(b'\t'),
                        b'b' => text.push(8),
                        b'f' => text.push(12),
                        b'\n' => {}
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'0'..=b'7' => {
                            let mut value = u32::from(escaped - b'0');
                            for _ in 0..2 {
                                let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                                value = value * 8 + u32::from(digit - b'0');
                                self.at += 1;
                            }
                            text.push(u8::try_from(value & 0xff).unwrap_or_default());
                        }
                        other => text.push(other),
                    }
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, after)) = rest.split_first() {
        let value = (*first == b'#').then(|| after.get(..2)).flatten().and_then(|digits| hex::decode(digits).ok());
        match value.as_deref() {
            Some([value]) => {
                bytes.push(*value);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}
