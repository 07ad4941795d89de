//! Renders types as Rust.

use std::fmt;

use super::symbol::{DisplayNames, ResolveNames, Symbol};
use crate::ir::api::{Field, Presence, TypeDef};
use crate::ir::custom::{CustomConversion, CustomType};
use crate::ir::ty::{Tuple, Type};

/// Returns a type as Rust. `names` decides how the names in it are qualified.
pub(crate) fn type_text(ty: &Type, names: &mut dyn ResolveNames) -> String {
    match ty {
        Type::Bool => "bool".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::String => "String".to_owned(),
        Type::Bytes => "Vec<u8>".to_owned(),
        Type::Redirect => names.symbol(Symbol::REDIRECT),
        Type::Number => names.symbol(Symbol::NUMBER),
        Type::Timestamp => names.symbol(Symbol::TIMESTAMP),
        Type::UnixSeconds => names.symbol(Symbol::UNIX_SECONDS),
        Type::UnixMicros => names.symbol(Symbol::UNIX_MICROS),
        Type::Null => names.symbol(Symbol::NULL),
        Type::Any => names.symbol(Symbol::VALUE),
        Type::Object => format!("{}<String, {}>", names.symbol(Symbol::MAP), names.symbol(Symbol::VALUE)),
        Type::Map(inner) => {
            format!("{}<String, {}>", names.symbol(Symbol::BTREE_MAP), type_text(inner, names))
        }
        Type::Array(inner) => format!("Vec<{}>", type_text(inner, names)),
        Type::Tuple(tuple) => tuple_text(tuple, names),
        Type::Nullable(inner) => format!("Option<{}>", type_text(inner, names)),
        Type::Boxed(inner) => format!("Box<{}>", type_text(inner, names)),
        Type::Custom(custom) => custom_text(custom, names),
        Type::Named(name) => names.model(name),
    }
}

fn custom_text(custom: &CustomType, names: &mut dyn ResolveNames) -> String {
    let (wrapper, path) = (names.runtime("Custom"), custom.path());
    match &custom.conversion {
        CustomConversion::Text => format!("{wrapper}<{path}>"),
        CustomConversion::Number => format!("{wrapper}<{path}, {}>", names.runtime("FromNumber")),
        CustomConversion::Serde => format!("{wrapper}<{path}, {}>", names.runtime("WithSerde")),
        CustomConversion::Base64 => format!("{wrapper}<{path}, {}>", names.runtime("Base64")),
        CustomConversion::Path(by) => format!("{wrapper}<{path}, {by}>"),
    }
}

fn tuple_text(tuple: &Tuple, names: &mut dyn ResolveNames) -> String {
    let mut items = Vec::with_capacity(tuple.items.len());
    for item in &tuple.items {
        let ty = type_text(&item.ty, names);
        items.push(match (item.nullable, item.optional) {
            (true, _) => format!("{}<{ty}>", names.symbol(Symbol::MAYBE)),
            (false, true) => format!("Option<{ty}>"),
            (false, false) => ty,
        });
    }
    let comma = if items.len() == 1 { "," } else { "" };
    let items = format!("({}{comma})", items.join(", "));
    match tuple.rest.as_deref() {
        None => items,
        Some(Type::Any) => format!("{}<{items}>", names.symbol(Symbol::TUPLE)),
        Some(rest) => format!("{}<{items}, {}>", names.symbol(Symbol::TUPLE), type_text(rest, names)),
    }
}

/// Writes the type as Rust.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&type_text(self, &mut DisplayNames("")))
    }
}

/// Returns the type of a struct's field, including `Option` or `Maybe`.
pub(crate) fn field_text(def: &TypeDef, field: &Field, names: &mut dyn ResolveNames) -> String {
    let ty = type_text(&field.ty, names);
    match def.presence(field) {
        Presence::Always => ty,
        Presence::Option => format!("Option<{ty}>"),
        Presence::Maybe => format!("{}<{ty}>", names.symbol(Symbol::MAYBE)),
    }
}
