//! What is declared public, cut out of a body's bytes: nothing is read but the names of its fields, and nothing is written again.
//!
//! The bytes are those of a statement that was read strictly before, so that they are canonical JSON without blanks. Whatever does not
//! look like it ends the cutting, and nothing is shown.

use super::declaration::Field;
use super::filter::Kind;
use crate::reading::TAG;

/// A public part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// The JSON of what is public.
    pub json: Vec<u8>,
    /// The fields that are not, as JSON pointers.
    pub not_public: Vec<String>,
}

/// The public part of the object that these bytes begin with, of this kind and without the name of the kind, and fields of that object as
/// they stand, whether public or not; nothing if the bytes begin with no such object.
pub(super) fn cut<'a, const N: usize>(
    json: &'a [u8],
    kind: &str,
    names: [&str; N],
) -> Option<(Cut, [Option<&'a [u8]>; N])> {
    let mut cutting = Cutting::of(json);
    cutting.cut.json.reserve(json.len());
    let mut found = [None; N];
    cutting.object(Kind::of(kind), &mut |name, value| {
        for (wanted, found) in names.iter().zip(&mut found) {
            if name == *wanted {
                *found = Some(value);
            }
        }
    })?;
    cutting.hand_on(cutting.at);
    Some((cutting.cut, found))
}

/// The bytes from a field's value on, of the object that these bytes are; nothing without it.
pub(super) fn behind<'a>(json: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let mut passing = Cutting::of(json);
    passing.expect(b'{')?;
    while passing.name()? != name.as_bytes() {
        passing.pass()?;
        passing.expect(b',')?;
    }
    json.get(passing.at..)
}

struct Cutting<'a> {
    json: &'a [u8],
    at: usize,
    /// From here on everything is handed on, and not copied yet.
    whole_from: usize,
    pointer: String,
    cut: Cut,
}

impl<'a> Cutting<'a> {
    fn of(json: &'a [u8]) -> Self {
        Cutting { json, at: 0, whole_from: 0, pointer: String::new(), cut: Cut::default() }
    }

    fn peek(&self) -> Option<u8> {
        self.json.get(self.at).copied()
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Copies what was passed over up to here.
    fn hand_on(&mut self, to: usize) {
        let passed = self.json.get(self.whole_from..to).unwrap_or_default();
        self.cut.json.extend_from_slice(passed);
    }

    /// An object of a kind, or a list of such; whatever else is handed on.
    fn value(&mut self, kind: Kind) -> Option<()> {
        match self.peek()? {
            b'{' => self.object(kind, &mut |_, _| {}),
            b'[' => self.list(kind),
            _ => self.pass(),
        }
    }

    fn list(&mut self, kind: Kind) -> Option<()> {
        self.expect(b'[')?;
        let above = self.pointer.len();
        let mut place = 0_usize;
        while self.peek()? != b']' {
            self.pointer.push('/');
            self.pointer.push_str(&place.to_string());
            self.value(kind)?;
            self.pointer.truncate(above);
            place += 1;
            if self.peek()? == b',' {
                self.at += 1;
            }
        }
        self.expect(b']')
    }

    /// An object of a kind. Its fields are told, whether they are public or not.
    fn object(&mut self, kind: Kind, tell: &mut dyn FnMut(&str, &'a [u8])) -> Option<()> {
        self.expect(b'{')?;
        let above = self.pointer.len();
        while self.peek()? != b'}' {
            let from = self.at;
            let name = std::str::from_utf8(self.name()?).ok()?;
            let value = self.at;
            let is_tag = self.pointer.is_empty() && name == TAG;
            let declared = kind.field(name).filter(|_| !is_tag);
            match declared {
                Some(Field::Inside(inner)) => {
                    self.pointer.push('/');
                    self.pointer.push_str(name);
                    self.value(Kind::of(inner))?;
                    self.pointer.truncate(above);
                }
                Some(Field::Public | Field::Private) | None => self.pass()?,
            }
            tell(name, self.json.get(value..self.at)?);
            if matches!(declared, Some(Field::Public | Field::Inside(_))) {
                if self.peek()? == b',' {
                    self.at += 1;
                }
            } else {
                if !is_tag {
                    self.cut.not_public.push(format!("{}/{name}", self.pointer));
                }
                self.leave_out(from)?;
            }
        }
        self.expect(b'}')
    }

    /// Leaves out the field that was passed over, whose name began here, and one comma.
    fn leave_out(&mut self, from: usize) -> Option<()> {
        self.hand_on(from);
        // The comma behind it; behind the last field, the one before it.
        if self.peek()? == b',' {
            self.at += 1;
        } else if self.cut.json.last() == Some(&b',') {
            self.cut.json.pop();
        }
        self.whole_from = self.at;
        Some(())
    }

    /// The name of a field as it is written, and the colon behind it.
    fn name(&mut self) -> Option<&'a [u8]> {
        let from = self.at + 1;
        self.text()?;
        let name = self.json.get(from..self.at - 1)?;
        self.expect(b':')?;
        Some(name)
    }

    fn text(&mut self) -> Option<()> {
        self.expect(b'"')?;
        loop {
            let rest = self.json.get(self.at..)?;
            let next = memchr::memchr2(b'"', b'\\', rest)?;
            self.at += next + 1;
            if rest.get(next) == Some(&b'"') {
                return Some(());
            }
            // What is escaped, if only its first character: the others of \u end nothing.
            self.at += 1;
        }
    }

    /// Passes over a value, whatever it is.
    fn pass(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.text()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => {
                    self.at += 1;
                    continue;
                }
                b',' | b':' => return None,
                _ => self.word()?,
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// A number, or one of the words that JSON has.
    fn word(&mut self) -> Option<()> {
        let rest = self.json.get(self.at..)?;
        let length = rest.iter().position(|byte| matches!(byte, b',' | b'}' | b']')).unwrap_or(rest.len());
        self.at += length;
        (length > 0).then_some(())
    }
}
