//! The JSON types that a schema accepts, and whether it accepts a value, without its finer constraints.

use serde_json::Value;

use super::lookup::resolved;
use super::tree::{entries, items};

/// The maximum number of steps through references and subschemas.
const MAX_DEPTH: usize = 24;

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const NULL: Self = Self(1);
    pub(crate) const BOOLEAN: Self = Self(2);
    pub(crate) const INTEGER: Self = Self(4);
    /// Numbers with a fraction.
    pub(crate) const FRACTION: Self = Self(8);
    pub(crate) const STRING: Self = Self(16);
    pub(crate) const ARRAY: Self = Self(32);
    pub(crate) const OBJECT: Self = Self(64);
    pub(crate) const ALL: Self = Self(127);

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns each type of the set.
    pub(crate) fn each(self) -> Vec<Self> {
        (0..7).map(|bit| Self(1 << bit)).filter(|kind| self.has(*kind)).collect()
    }

    /// Returns the types of the keyword `type`.
    pub(crate) fn of_type(ty: &Value) -> Self {
        let one = |name: &Value| match name.as_str() {
            Some("null") => Self::NULL,
            Some("boolean") => Self::BOOLEAN,
            Some("integer") => Self::INTEGER,
            Some("number") => Self::INTEGER.or(Self::FRACTION),
            Some("string") => Self::STRING,
            Some("array") => Self::ARRAY,
            Some("object") => Self::OBJECT,
            _ => Self::ALL,
        };
        match ty {
            Value::Array(names) => names.iter().map(one).fold(Self(0), Self::or),
            name => one(name),
        }
    }

    pub(crate) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.is_f64() => match number.as_f64() {
                Some(float) if float.fract() == 0.0 => Self::INTEGER.or(Self::FRACTION),
                _ => Self::FRACTION,
            },
            Value::Number(_) => Self::INTEGER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    /// Returns the types that a schema accepts. One with properties and no type is meant to be an object.
    pub(crate) fn of(root: &Value, schema: &Value) -> Self {
        of(root, schema, 0)
    }
}

fn of(root: &Value, schema: &Value, depth: usize) -> Kinds {
    if depth > MAX_DEPTH || !schema.is_object() {
        return Kinds::ALL;
    }
    let mut kinds = own(schema);
    let target = resolved(root, schema);
    if !std::ptr::eq(target, schema) {
        kinds = kinds.and(of(root, target, depth + 1));
    }
    for inner in items(schema, "allOf") {
        kinds = kinds.and(of(root, inner, depth + 1));
    }
    for key in ["anyOf", "oneOf"] {
        let any: Vec<_> = items(schema, key).map(|inner| of(root, inner, depth + 1)).collect();
        if !any.is_empty() {
            kinds = kinds.and(any.into_iter().fold(Kinds(0), Kinds::or));
        }
    }
    kinds
}

/// Returns the types of a schema without its subschemas.
pub(crate) fn own(schema: &Value) -> Kinds {
    let mut kinds = schema.get("type").map_or(Kinds::ALL, Kinds::of_type);
    if schema.get("enum").is_some() {
        let values = items(schema, "enum").map(Kinds::of_value);
        kinds = kinds.and(values.fold(Kinds(0), Kinds::or));
    }
    if let Some(value) = schema.get("const") {
        kinds = kinds.and(Kinds::of_value(value));
    }
    let is_object = ["properties", "additionalProperties", "patternProperties"]
        .iter()
        .any(|key| schema.get(*key).is_some_and(|value| *value != Value::Bool(true)));
    if schema.get("type").is_none() && schema.get("enum").is_none() && is_object {
        kinds = kinds.and(Kinds::OBJECT);
    }
    if schema.get("type").is_none() && (schema.get("items").is_some() || schema.get("prefixItems").is_some())
    {
        kinds = kinds.and(Kinds::ARRAY);
    }
    kinds
}

/// Returns whether a schema accepts a value, judged by types, enums and required properties.
pub(crate) fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    fits_at(root, schema, value, 0)
}

fn fits_at(root: &Value, schema: &Value, value: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH || !schema.is_object() {
        return schema != &Value::Bool(false);
    }
    let target = resolved(root, schema);
    let inner = |inner: &Value| fits_at(root, inner, value, depth + 1);
    let any = |key: &str| schema.get(key).is_none() || items(schema, key).any(inner);
    // Objects that differ in finer constraints fit several branches.
    let is_scalar = !value.is_object() && !value.is_array();
    let one = || {
        if is_scalar {
            items(schema, "oneOf").filter(|branch| inner(branch)).count() == 1
        } else {
            any("oneOf")
        }
    };
    let has_items = match (value, schema.get("items")) {
        (Value::Array(values), Some(items)) if schema.get("prefixItems").is_none() => {
            values.iter().all(|value| fits_at(root, items, value, depth + 1))
        }
        _ => true,
    };
    let is_listed = schema.get("enum").is_none() || items(schema, "enum").any(|one| is_same(one, value));
    let is_constant = schema.get("const").is_none_or(|one| is_same(one, value));
    let has_type = schema.get("type").is_none_or(|ty| Kinds::of_type(ty).has(Kinds::of_value(value)));
    let has_properties = !value.is_object()
        || items(schema, "required").filter_map(Value::as_str).all(|name| value.get(name).is_some());
    let fits_property = |(name, property): (&String, &Value)| {
        value.get(name).is_none_or(|value| fits_at(root, property, value, depth + 1))
    };
    is_listed
        && is_constant
        && has_type
        && has_properties
        && entries(schema, "properties").all(fits_property)
        && (std::ptr::eq(target, schema) || fits_at(root, target, value, depth + 1))
        && items(schema, "allOf").all(inner)
        && any("anyOf")
        && (schema.get("oneOf").is_none() || one())
        && has_items
}

/// Returns whether two values are equal as JSON Schema compares them: `1.0` is `1`.
pub(crate) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.is_f64() != other.is_f64() && one.as_f64() == other.as_f64()
        }
        _ => one == other,
    }
}
