//! Writing what is declared public straight to where it goes: no image of the whole is made in between.
//!
//! A serializer around another one. It knows of which kind the object is that it writes, and hands on the fields that are declared public;
//! of the others it notes where they stood.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt::{self, Display};
use std::sync::LazyLock;

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use super::declaration::{CASES, DECLARATION, Field};

/// Where something stands in what is written, as a JSON pointer.
#[derive(Clone, Copy)]
enum Place<'a> {
    Top,
    Field(&'a Place<'a>, &'a str),
    Item(&'a Place<'a>, usize),
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Top => Ok(()),
            Self::Field(above, name) => write!(f, "{above}/{name}"),
            Self::Item(above, place) => write!(f, "{above}/{place}"),
        }
    }
}

/// What is declared of the fields of an object: by its case, and by its kind.
#[derive(Clone, Copy)]
pub(super) struct Kind {
    case: &'static [(&'static str, Field)],
    fields: &'static [(&'static str, Field)],
}

impl Kind {
    pub(super) fn of(kind: &str) -> Self {
        static KINDS: LazyLock<HashMap<&'static str, &'static [(&'static str, Field)]>> =
            LazyLock::new(|| CASES.iter().chain(DECLARATION).copied().collect());
        let of = |kind: &str| KINDS.get(kind).copied().unwrap_or_default();
        match kind.split_once('.') {
            Some((base, _)) => Self { case: of(kind), fields: of(base) },
            None => Self { case: &[], fields: of(kind) },
        }
    }

    pub(super) fn field(self, name: &str) -> Option<Field> {
        let fields = self.case.iter().chain(self.fields);
        fields.into_iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }
}

/// What is known of what is being written.
#[derive(Clone, Copy)]
struct Around<'a> {
    kind: Kind,
    /// The kind of a body, where one stands within.
    body: &'a str,
    at: Place<'a>,
    not_public: &'a RefCell<Vec<String>>,
}

impl<'a> Around<'a> {
    /// A field of the object as far as it is public; nothing where it is not, which is noted.
    fn shown<'b, T: Serialize + ?Sized>(&'b self, name: &'b str, value: &'b T) -> Option<Shown<'b, T>> {
        let at = Place::Field(&self.at, name);
        match self.kind.field(name) {
            Some(Field::Public) => Some(Shown::Whole(value)),
            Some(Field::Inside(inner)) => {
                let kind = Kind::of(if inner == "body" { self.body } else { inner });
                Some(Shown::InPart(Public { of: value, around: Around { kind, at, ..*self } }))
            }
            Some(Field::Private) | None => {
                self.not_public.borrow_mut().push(at.to_string());
                None
            }
        }
    }
}

/// Something as anyone may see it.
pub(super) struct Public<'a, T: ?Sized> {
    of: &'a T,
    around: Around<'a>,
}

impl<'a, T: ?Sized> Public<'a, T> {
    /// Something of a kind; where a field holds a body, that is of the kind `body`. What is left out is noted in `not_public`.
    pub(super) fn new(of: &'a T, kind: &str, body: &'a str, not_public: &'a RefCell<Vec<String>>) -> Self {
        Self { of, around: Around { kind: Kind::of(kind), body, at: Place::Top, not_public } }
    }
}

impl<T: Serialize + ?Sized> Serialize for Public<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.of.serialize(Filter { to, around: self.around })
    }
}

/// A field that is handed on.
enum Shown<'a, T: ?Sized> {
    Whole(&'a T),
    InPart(Public<'a, T>),
}

impl<T: Serialize + ?Sized> Serialize for Shown<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(value) => value.serialize(to),
            Self::InPart(part) => part.serialize(to),
        }
    }
}

/// A serializer that hands on what is public.
struct Filter<'a, S> {
    to: S,
    around: Around<'a>,
}

/// The items of a list, each of the kind of the list.
struct Items<'a, S> {
    to: S,
    around: Around<'a>,
    place: usize,
}

impl<S> Items<'_, S> {
    fn item<'b, T: ?Sized>(&'b mut self, of: &'b T) -> (&'b mut S, Public<'b, T>) {
        let place = self.place;
        self.place += 1;
        (&mut self.to, Public { of, around: Around { at: Place::Item(&self.around.at, place), ..self.around } })
    }
}

/// The fields of an object whose names come one by one.
struct Entries<'a, S> {
    to: S,
    around: Around<'a>,
    name: String,
}

macro_rules! handed_on {
    ($($write:ident: $value:ty),* $(,)?) => {
        $(fn $write(self, value: $value) -> Result<S::Ok, S::Error> {
            self.to.$write(value)
        })*
    };
}

impl<'a, S: Serializer> Serializer for Filter<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Items<'a, S::SerializeSeq>;
    type SerializeTuple = Items<'a, S::SerializeTuple>;
    type SerializeTupleStruct = Items<'a, S::SerializeTupleStruct>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Entries<'a, S::SerializeMap>;
    type SerializeStruct = Filter<'a, S::SerializeStruct>;
    type SerializeStructVariant = Impossible<S::Ok, S::Error>;

    handed_on! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_f32: f32, serialize_f64: f64, serialize_char: char, serialize_str: &str, serialize_bytes: &[u8],
    }

    fn serialize_none(self) -> Result<S::Ok, S::Error> {
        self.to.serialize_none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<S::Ok, S::Error> {
        self.to.serialize_some(&Public { of: value, around: self.around })
    }

    fn serialize_unit(self) -> Result<S::Ok, S::Error> {
        self.to.serialize_unit()
    }

    fn serialize_unit_struct(self, name: &'static str) -> Result<S::Ok, S::Error> {
        self.to.serialize_unit_struct(name)
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.to.serialize_unit_variant(name, index, variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Result<S::Ok, S::Error> {
        self.to.serialize_newtype_struct(name, &Public { of: value, around: self.around })
    }

    /// An object with the variant as its one field.
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<S::Ok, S::Error> {
        let mut object = self.serialize_map(Some(1))?;
        object.serialize_entry(variant, value)?;
        object.end()
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Self::SerializeSeq, S::Error> {
        Ok(Items { to: self.to.serialize_seq(length)?, around: self.around, place: 0 })
    }

    fn serialize_tuple(self, length: usize) -> Result<Self::SerializeTuple, S::Error> {
        Ok(Items { to: self.to.serialize_tuple(length)?, around: self.around, place: 0 })
    }

    fn serialize_tuple_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeTupleStruct, S::Error> {
        Ok(Items { to: self.to.serialize_tuple_struct(name, length)?, around: self.around, place: 0 })
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, S::Error> {
        Err(undeclared(name))
    }

    fn serialize_map(self, length: Option<usize>) -> Result<Self::SerializeMap, S::Error> {
        Ok(Entries { to: self.to.serialize_map(length)?, around: self.around, name: String::new() })
    }

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Filter { to: self.to.serialize_struct(name, length)?, around: self.around })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        Err(undeclared(name))
    }
}

/// Nothing in a statement has this form; what should one day have to be declared first.
fn undeclared<E: Error>(name: &'static str) -> E {
    E::custom(format_args!("nobody declared what is public of {name}"))
}

impl<S: SerializeStruct> SerializeStruct for Filter<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), S::Error> {
        match self.around.shown(name, value) {
            Some(shown) => self.to.serialize_field(name, &shown),
            None => self.to.skip_field(name),
        }
    }

    fn skip_field(&mut self, name: &'static str) -> Result<(), S::Error> {
        self.to.skip_field(name)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.to.end()
    }
}

impl<S: SerializeMap> SerializeMap for Entries<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), S::Error> {
        let name = serde_json::to_value(key).map_err(S::Error::custom)?;
        self.name = name.as_str().map(str::to_owned).ok_or_else(|| S::Error::custom("a name that is no text"))?;
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        match self.around.shown(&self.name, value) {
            Some(shown) => self.to.serialize_entry(&self.name, &shown),
            None => Ok(()),
        }
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.to.end()
    }
}

impl<S: SerializeSeq> SerializeSeq for Items<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let (to, item) = self.item(value);
        to.serialize_element(&item)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.to.end()
    }
}

impl<S: SerializeTuple> SerializeTuple for Items<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let (to, item) = self.item(value);
        to.serialize_element(&item)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.to.end()
    }
}

impl<S: SerializeTupleStruct> SerializeTupleStruct for Items<'_, S> {
    type Ok = S::Ok;
    type Error = S::Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), S::Error> {
        let (to, item) = self.item(value);
        to.serialize_field(&item)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.to.end()
    }
}
