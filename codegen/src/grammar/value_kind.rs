//! The types of values that the keys of an object take.

use serde_json::{Value, json};

use super::object_kind::ObjectKind;
use crate::base::pointer::Pointer;

/// The step from a value to an object in it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'v> {
    /// The value is the object.
    Here,
    Key(&'v str),
    Index(usize),
}

impl Step<'_> {
    /// Returns the pointer of the object. `at` is that of the value.
    pub(crate) fn to_pointer(self, at: &Pointer) -> Pointer {
        match self {
            Self::Here => at.clone(),
            Self::Key(key) => at.child(key),
            Self::Index(index) => at.index(index),
        }
    }
}

/// The type of value that a key takes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ValueKind {
    Any,
    String,
    Boolean,
    Number,
    /// An integer from 0 to `u64::MAX`.
    Count,
    /// An integer from 0 to `u32::MAX`.
    SmallCount,
    /// An array of strings.
    Strings,
    /// An array of any values.
    Array,
    Object(ObjectKind),
    /// An array of objects.
    Objects(ObjectKind),
    /// An object or an array of objects.
    ObjectOrObjects(ObjectKind),
    /// An object with arbitrary keys, whose values are objects.
    Map(ObjectKind),
}

impl ValueKind {
    /// Returns an empty value of this type, to continue with after an invalid one.
    pub(crate) fn empty_value(self) -> Value {
        match self {
            Self::Any => Value::Null,
            Self::String => json!(""),
            Self::Boolean => json!(false),
            Self::Number | Self::Count | Self::SmallCount => json!(0),
            Self::Strings | Self::Array | Self::Objects(_) | Self::ObjectOrObjects(_) => json!([]),
            Self::Object(_) | Self::Map(_) => json!({}),
        }
    }

    /// Returns the kind of the objects in it.
    pub(crate) fn object_kind(self) -> Option<ObjectKind> {
        match self {
            Self::Object(kind) | Self::Objects(kind) | Self::ObjectOrObjects(kind) | Self::Map(kind) => {
                Some(kind)
            }
            _ => None,
        }
    }

    /// Visits the objects in a value of this type.
    pub(crate) fn each_object<'v>(
        self,
        value: &'v Value,
        visit: &mut dyn FnMut(ObjectKind, Step<'v>, &'v Value),
    ) {
        match (self, value) {
            (Self::Object(kind) | Self::ObjectOrObjects(kind), Value::Object(_)) => {
                visit(kind, Step::Here, value);
            }
            (Self::Objects(kind) | Self::ObjectOrObjects(kind), Value::Array(items)) => {
                items.iter().enumerate().for_each(|(index, item)| visit(kind, Step::Index(index), item));
            }
            (Self::Map(kind), Value::Object(entries)) => {
                entries.iter().for_each(|(key, entry)| visit(kind, Step::Key(key), entry));
            }
            _ => {}
        }
    }

    /// Returns the name of the type with an article, for diagnostics.
    pub(crate) fn with_article(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Count => "a non-negative integer",
            Self::SmallCount => "a non-negative 32-bit integer",
            Self::Strings => "an array of strings",
            Self::Array | Self::Objects(_) => "an array",
            Self::ObjectOrObjects(_) => "an object or an array of objects",
            Self::Object(_) | Self::Map(_) => "an object",
        }
    }
}

/// The fixed keys of an object, with the types of their values.
pub(crate) type Fields = &'static [(&'static str, ValueKind)];
