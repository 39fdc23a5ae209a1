//! JSON (RFC 8259) read with the place of every value and the text of every number, which a signed reading must keep.

use std::collections::BTreeSet;

/// A value and where it begins, as an offset in bytes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node {
    pub offset: usize,
    pub value: Json,
}

/// A value. Members keep their order; a name may occur twice, and whoever reads them says so.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Flag(bool),
    /// As it is written.
    Number(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Members, each name once.
pub(crate) struct Once<'a> {
    /// The first of each name.
    pub first: Vec<&'a (String, Node)>,
    /// What is there again: two readers would believe two different values.
    pub again: Vec<&'a (String, Node)>,
}

/// Divides members into those whose name comes for the first time and the others.
pub(crate) fn once(members: &[(String, Node)]) -> Once<'_> {
    let mut seen = BTreeSet::new();
    let (first, again) = members.iter().partition(|(name, _)| seen.insert(name.as_str()));
    Once { first, again }
}

/// The text is no JSON from this offset on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub offset: usize,
}

/// Deeper nesting is refused.
const DEEPEST: usize = 32;

/// The value that begins at an offset (white space before it is passed over), and the offset behind it.
pub(crate) fn value(text: &str, offset: usize) -> Result<(Node, usize), Fault> {
    let mut reader = Reader { text, at: offset, depth: 0 };
    let node = reader.value()?;
    Ok((node, reader.at))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Node, Fault> {
        self.blank();
        let offset = self.at;
        let value = match self.peek().ok_or(self.fault())? {
            b'{' => self.nested(Self::object)?,
            b'[' => self.nested(Self::list)?,
            b'"' => Json::Text(self.string()?),
            b'-' | b'0'..=b'9' => self.number()?,
            b't' => self.word("true", Json::Flag(true))?,
            b'f' => self.word("false", Json::Flag(false))?,
            b'n' => self.word("null", Json::Null)?,
            _ => return Err(self.fault()),
        };
        Ok(Node { offset, value })
    }

    fn nested(&mut self, inside: fn(&mut Self) -> Result<Json, Fault>) -> Result<Json, Fault> {
        if self.depth == DEEPEST {
            return Err(self.fault());
        }
        self.depth += 1;
        self.at += 1;
        let value = inside(self);
        self.depth -= 1;
        value
    }

    fn object(&mut self) -> Result<Json, Fault> {
        let mut members = Vec::new();
        self.blank();
        if self.eat(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.blank();
            let name = self.string()?;
            self.blank();
            self.expect(b':')?;
            members.push((name, self.value()?));
            self.blank();
            if self.eat(b'}') {
                return Ok(Json::Object(members));
            }
            self.expect(b',')?;
        }
    }

    fn list(&mut self) -> Result<Json, Fault> {
        let mut items = Vec::new();
        self.blank();
        if self.eat(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value()?);
            self.blank();
            if self.eat(b']') {
                return Ok(Json::List(items));
            }
            self.expect(b',')?;
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.expect(b'"')?;
        let mut string = String::new();
        loop {
            let rest = self.text.get(self.at..).ok_or(self.fault())?;
            let length = rest
                .bytes()
                .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
                .ok_or(Fault { offset: self.text.len() })?;
            string.push_str(rest.get(..length).ok_or(self.fault())?);
            self.at += length;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(string);
                }
                Some(b'\\') => string.push(self.escaped()?),
                // A control character must be escaped.
                _ => return Err(self.fault()),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Fault> {
        let fault = self.fault();
        self.at += 1;
        let sign = self.peek().ok_or(fault)?;
        self.at += 1;
        Ok(match sign {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hexadecimal().ok_or(fault)?;
                match first {
                    0xd800..0xdc00 => {
                        self.expect(b'\\')?;
                        self.expect(b'u')?;
                        let second = self.hexadecimal().filter(|unit| (0xdc00..0xe000).contains(unit)).ok_or(fault)?;
                        char::from_u32(0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)).ok_or(fault)?
                    }
                    first => char::from_u32(first).ok_or(fault)?,
                }
            }
            _ => return Err(fault),
        })
    }

    fn hexadecimal(&mut self) -> Option<u32> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Result<Json, Fault> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(Json::Number(self.text.get(start..self.at).unwrap_or_default().to_owned()))
    }

    fn digits(&mut self) -> Result<(), Fault> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        if self.at == start { Err(self.fault()) } else { Ok(()) }
    }

    fn word(&mut self, word: &str, value: Json) -> Result<Json, Fault> {
        if self.text.get(self.at..).is_some_and(|rest| rest.starts_with(word)) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.fault())
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let is_there = self.peek() == Some(byte);
        self.at += usize::from(is_there);
        is_there
    }

    fn expect(&mut self, byte: u8) -> Result<(), Fault> {
        if self.eat(byte) { Ok(()) } else { Err(self.fault()) }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn fault(&self) -> Fault {
        Fault { offset: self.at }
    }
}
