//! JSON as goaltree takes it, stricter than serde does: a name stands once in an object, and an object is never
//! written as a list of its fields.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::{Error, Map, Number, Value};

/// How a name that stands twice is told of.
pub(super) const TWICE: &str = "a name stands twice in one object";

/// Reads JSON; a name that stands twice in one object is refused, where serde would take the last. Values lie inside
/// each other at most 128 deep.
pub(super) fn read(bytes: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice::<Unique>(bytes).map(|read| read.0)
}

struct Unique(Value);

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Self)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Unique(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, Unique(value))) = members.next_entry::<String, _>()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom(TWICE));
            }
        }
        Ok(Value::Object(object))
    }
}

/// A value to be read as a type: one with fields only from an object, where serde takes a list field by field.
#[derive(Clone, Copy)]
pub(super) struct Plain<'v>(pub(super) &'v Value);

impl<'de> IntoDeserializer<'de, Error> for Plain<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Plain<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => number.deserialize_any(visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.iter().map(Self));
                let read = visitor.visit_seq(&mut items)?;
                items.end().map(|()| read)
            }
            Value::Object(members) => {
                let mut members =
                    MapDeserializer::new(members.iter().map(|(name, value)| (name.as_str(), Self(value))));
                let read = visitor.visit_map(&mut members)?;
                members.end().map(|()| read)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.is_array() {
            return Err(Error::invalid_type(Unexpected::Seq, &visitor));
        }
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map identifier ignored_any
    }
}

/// Where texts of a value hold a NUL character, which no database keeps: JSON Pointers.
pub(super) fn with_nul(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::String(text) if text.contains('\0') => found.push(pointer),
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, item)| (format!("{pointer}/{index}"), item)));
            }
            Value::Object(members) => {
                let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
                open.extend(members.iter().map(|(name, item)| (format!("{pointer}/{}", escaped(name)), item)));
            }
            _ => {}
        }
    }
    found.sort_unstable();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        name: String,
        count: Option<i64>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        items: Vec<Inner>,
    }

    fn outer(text: &str) -> Result<Outer, String> {
        let value = read(text.as_bytes()).map_err(|error| error.to_string())?;
        Outer::deserialize(Plain(&value)).map_err(|error| error.to_string())
    }

    #[test]
    fn objects_are_objects_at_every_depth() {
        let fine = outer(r#"{"items": [{"name": "a", "count": null}, {"name": "b", "count": 2}]}"#).unwrap();
        assert_eq!(fine.items[1], Inner { name: "b".to_owned(), count: Some(2) });
        assert!(outer(r#"{"items": [["a", 1]]}"#).unwrap_err().starts_with("invalid type: sequence"));
        assert!(outer(r#"[[["a", 1]]]"#).unwrap_err().starts_with("invalid type: sequence"));
    }

    #[test]
    fn a_name_stands_once() {
        for twice in [r#"{"items": [], "items": []}"#, r#"{"items": [{"name": "a", "n\u0061me": "b"}]}"#] {
            assert!(outer(twice).unwrap_err().starts_with(TWICE));
        }
    }

    #[test]
    fn what_is_too_deep_is_refused_and_harms_nobody() {
        let deep = format!("{}{}", "[".repeat(200_000), "]".repeat(200_000));
        assert!(read(deep.as_bytes()).unwrap_err().to_string().contains("recursion limit"));
        assert!(read(&b"{\"a\":".repeat(100_000)).is_err());
        assert!(read(format!("{}{}", "[".repeat(120), "]".repeat(120)).as_bytes()).is_ok());
    }

    #[test]
    fn nul_characters_are_found_where_they_are() {
        let value = read(br#"{"a/b": ["x", "y\u0000"], "c": {"d": "\u0000"}, "e": "fine"}"#).unwrap();
        assert_eq!(with_nul(&value), ["/a~1b/1", "/c/d"]);
    }
}
