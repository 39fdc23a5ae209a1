//! Canonical JSON written straight from a value: each object's members are written as they come and put in order when it ends.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ops::Range;

use serde::ser::{self, Error as _, Serialize};

use super::{CanonicalError, LARGEST_INTEGER};

/// Writes one value.
pub(super) struct Writer<'a> {
    pub(super) out: &'a mut Vec<u8>,
    pub(super) depth_left: usize,
    /// A member of this very object that is not written.
    pub(super) left_out: Option<&'static str>,
}

impl<'a> Writer<'a> {
    fn deeper(self) -> Result<Self, CanonicalError> {
        let depth_left = self.depth_left.checked_sub(1).ok_or(CanonicalError::TooDeep)?;
        Ok(Writer { depth_left, ..self })
    }

    fn items(self, closing: &'static [u8]) -> Result<Items<'a>, CanonicalError> {
        let Writer { out, depth_left, .. } = self.deeper()?;
        out.push(b'[');
        Ok(Items { out, depth_left, is_first: true, closing })
    }

    fn members(self, count: usize, closing: &'static [u8]) -> Result<Members<'a>, CanonicalError> {
        let Writer { out, depth_left, left_out } = self.deeper()?;
        out.push(b'{');
        let from = out.len();
        Ok(Members { out, depth_left, left_out, from, members: Vec::with_capacity(count), closing })
    }

    /// The object that holds nothing but a variant, up to the variant's value.
    fn variant(self, name: &str) -> Result<Self, CanonicalError> {
        let writer = self.deeper()?;
        writer.out.push(b'{');
        write_text(name, writer.out)?;
        writer.out.push(b':');
        Ok(Writer { left_out: None, ..writer })
    }

    fn literal(self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }
}

fn refused(number: impl ToString) -> CanonicalError {
    CanonicalError::Number { number: number.to_string() }
}

impl<'a> ser::Serializer for Writer<'a> {
    type Ok = ();
    type Error = CanonicalError;
    type SerializeSeq = Items<'a>;
    type SerializeTuple = Items<'a>;
    type SerializeTupleStruct = Items<'a>;
    type SerializeTupleVariant = Items<'a>;
    type SerializeMap = Members<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Members<'a>;

    fn serialize_bool(self, value: bool) -> Result<(), CanonicalError> {
        self.literal(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), CanonicalError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), CanonicalError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), CanonicalError> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), CanonicalError> {
        if value.unsigned_abs() > LARGEST_INTEGER {
            return Err(refused(value));
        }
        self.literal(&value.to_string());
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), CanonicalError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), CanonicalError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), CanonicalError> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), CanonicalError> {
        self.serialize_i64(i64::try_from(value).map_err(|_| refused(value))?)
    }

    fn serialize_f32(self, value: f32) -> Result<(), CanonicalError> {
        Err(refused(value))
    }

    fn serialize_f64(self, value: f64) -> Result<(), CanonicalError> {
        Err(refused(value))
    }

    fn serialize_char(self, value: char) -> Result<(), CanonicalError> {
        write_text(value.encode_utf8(&mut [0; 4]), self.out)
    }

    fn serialize_str(self, value: &str) -> Result<(), CanonicalError> {
        write_text(value, self.out)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), CanonicalError> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<(), CanonicalError> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), CanonicalError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), CanonicalError> {
        self.literal("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), CanonicalError> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), CanonicalError> {
        write_text(variant, self.out)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), CanonicalError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        let Writer { out, depth_left, left_out } = self.variant(variant)?;
        value.serialize(Writer { out: &mut *out, depth_left, left_out })?;
        out.push(b'}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'a>, CanonicalError> {
        self.items(b"]")
    }

    fn serialize_tuple(self, _: usize) -> Result<Items<'a>, CanonicalError> {
        self.items(b"]")
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items<'a>, CanonicalError> {
        self.items(b"]")
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Items<'a>, CanonicalError> {
        self.variant(variant)?.items(b"]}")
    }

    fn serialize_map(self, count: Option<usize>) -> Result<Members<'a>, CanonicalError> {
        self.members(count.unwrap_or_default(), b"}")
    }

    fn serialize_struct(self, _: &'static str, count: usize) -> Result<Members<'a>, CanonicalError> {
        self.members(count, b"}")
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        count: usize,
    ) -> Result<Members<'a>, CanonicalError> {
        self.variant(variant)?.members(count, b"}}")
    }
}

/// An array being written.
pub(super) struct Items<'a> {
    out: &'a mut Vec<u8>,
    depth_left: usize,
    is_first: bool,
    closing: &'static [u8],
}

impl Items<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        if !std::mem::take(&mut self.is_first) {
            self.out.push(b',');
        }
        value.serialize(Writer { out: self.out, depth_left: self.depth_left, left_out: None })
    }

    fn closed(self) {
        self.out.extend_from_slice(self.closing);
    }
}

impl ser::SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.closed();
        Ok(())
    }
}

impl ser::SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.closed();
        Ok(())
    }
}

impl ser::SerializeTupleStruct for Items<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.closed();
        Ok(())
    }
}

impl ser::SerializeTupleVariant for Items<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.item(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.closed();
        Ok(())
    }
}

/// An object being written.
pub(super) struct Members<'a> {
    out: &'a mut Vec<u8>,
    depth_left: usize,
    left_out: Option<&'static str>,
    /// Where the first member begins.
    from: usize,
    /// Each member's name, and where it stands with its value.
    members: Vec<(Cow<'static, str>, Range<usize>)>,
    closing: &'static [u8],
}

impl Members<'_> {
    fn start(&mut self) -> usize {
        if !self.members.is_empty() {
            self.out.push(b',');
        }
        self.out.len()
    }

    /// The value of the member whose name was written last.
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.out.push(b':');
        value.serialize(Writer { out: self.out, depth_left: self.depth_left, left_out: None })?;
        let end = self.out.len();
        if let Some((_, place)) = self.members.last_mut() {
            place.end = end;
        }
        Ok(())
    }

    fn member<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CanonicalError> {
        if self.left_out == Some(name) {
            return Ok(());
        }
        let start = self.start();
        write_text(name, self.out)?;
        self.members.push((Cow::Borrowed(name), start..start));
        self.value(value)
    }

    fn name<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), CanonicalError> {
        let start = self.start();
        name.serialize(Writer { out: self.out, depth_left: self.depth_left, left_out: None })?;
        let written = self.out.get(start..).unwrap_or_default();
        let name = serde_json::from_slice::<Cow<'_, str>>(written)?.into_owned();
        self.members.push((Cow::Owned(name), start..start));
        Ok(())
    }

    /// Puts the members in the order of RFC 8785, 3.2.3.
    fn closed(mut self) -> Result<(), CanonicalError> {
        // By UTF-16 code units, which differs from the order of UTF-8 bytes above U+FFFF. Among ASCII names, as nearly all are, the two are one.
        let order = if self.members.iter().all(|(name, _)| name.is_ascii()) {
            |left: &str, right: &str| left.cmp(right)
        } else {
            |left: &str, right: &str| left.encode_utf16().cmp(right.encode_utf16())
        };
        let is_in_order = |pair: &[(Cow<'_, str>, Range<usize>)]| match pair {
            [(left, _), (right, _)] => order(left, right) == Ordering::Less,
            _ => true,
        };
        if !self.members.windows(2).all(is_in_order) {
            self.members.sort_unstable_by(|(left, _), (right, _)| order(left, right));
            if !self.members.windows(2).all(is_in_order) {
                return Err(CanonicalError::custom("a name twice in one object"));
            }
            let as_they_came = self.out.split_off(self.from);
            for (position, (_, place)) in self.members.iter().enumerate() {
                if position > 0 {
                    self.out.push(b',');
                }
                let member = place.start.saturating_sub(self.from)..place.end.saturating_sub(self.from);
                self.out.extend_from_slice(as_they_came.get(member).unwrap_or_default());
            }
        }
        self.out.extend_from_slice(self.closing);
        Ok(())
    }
}

impl ser::SerializeMap for Members<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CanonicalError> {
        self.name(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        self.value(value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.closed()
    }
}

impl ser::SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CanonicalError> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.closed()
    }
}

impl ser::SerializeStructVariant for Members<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), CanonicalError> {
        self.member(name, value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.closed()
    }
}

fn write_text(text: &str, out: &mut Vec<u8>) -> Result<(), CanonicalError> {
    let forbidden = |code_point: &u32| matches!(code_point, 0xFDD0..=0xFDEF) || code_point & 0xFFFE == 0xFFFE;
    if !text.is_ascii()
        && let Some(code_point) = text.chars().map(u32::from).find(forbidden)
    {
        return Err(CanonicalError::Noncharacter { code_point });
    }
    // Looked at to the end, so that many bytes can be looked at at once.
    let escaped = |found: bool, byte: u8| found | (byte < b' ') | (byte == b'"') | (byte == b'\\');
    if !text.bytes().fold(false, escaped) {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        // serde_json escapes exactly what RFC 8785, 3.2.2.2 asks for, the same way.
        serde_json::to_writer(out, text)?;
    }
    Ok(())
}
