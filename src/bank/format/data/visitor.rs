//! Values of data on their way from a parser: one visitor for JSON and YAML.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

/// A form that values take.
pub(super) trait Assembled<'de>: Sized {
    /// The form of values within lists and objects.
    type Inner: Deserialize<'de>;

    fn of_plain(value: Value) -> Self;
    /// `None`: the number is not finite.
    fn of_number(number: Option<Number>) -> Self;
    fn of_list(items: Vec<Self::Inner>) -> Self;
    fn of_fields(fields: Vec<(String, Self::Inner)>) -> Self;
}

pub(super) struct AnyVisitor<T>(PhantomData<T>);

impl<T> AnyVisitor<T> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<'de, T: Assembled<'de>> Visitor<'de> for AnyVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<T, E> {
        Ok(T::of_plain(Value::Null))
    }

    fn visit_bool<E>(self, truth: bool) -> Result<T, E> {
        Ok(T::of_plain(Value::Bool(truth)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<T, E> {
        Ok(T::of_number(Some(number.into())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<T, E> {
        Ok(T::of_number(Some(number.into())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<T, E> {
        Ok(T::of_number(Number::from_f64(number)))
    }

    fn visit_str<E>(self, text: &str) -> Result<T, E> {
        Ok(T::of_plain(Value::String(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<T, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(T::of_list(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<T, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = access.next_entry()? {
            fields.push(field);
        }
        Ok(T::of_fields(fields))
    }
}
