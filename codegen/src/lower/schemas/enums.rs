//! Enums: their types, and the names of their variants.

use std::collections::HashSet;

use serde_json::Value;

use crate::base::digits;
use crate::base::name::{RustName, Scope, WireName};
use crate::grammar::json_type::is_only_null;
use crate::ir::api::{TypeKind, Variant};
use crate::ir::ty::Type;
use crate::lower::context::Extensions;
use crate::lower::document::view::View;

/// Extensions that other generators read names of variants from.
const VARIANT_NAMES: [&str; 3] = ["x-enum-varnames", "x-enumNames", "x-enum-names"];
/// Extensions with descriptions of values.
const VARIANT_DOCS: [&str; 2] = ["x-enum-descriptions", "x-enumDescriptions"];

/// Returns the type of a schema's values, if they become an enum. Both booleans without names, and arrays or objects of a
/// declared type, don't.
pub(in crate::lower) fn value_type(view: &View<'_>) -> Option<Type> {
    let is_scalar = view.ty.is_none_or(|ty| !matches!(ty, "array" | "object"));
    let values = view.values();
    if !(is_scalar || values.len() == 1) || view.has_properties() {
        return None;
    }
    of_values(&values, view.ty).filter(|_| !is_plain_bool(&values, Some(&view.data.extensions)))
}

/// Whether the values are both booleans, of which no extension says more than `bool` does.
pub(in crate::lower) fn is_plain_bool(values: &[Value], extensions: Option<&Extensions>) -> bool {
    let has_both = [true, false].iter().all(|value| values.contains(&Value::Bool(*value)));
    let are_texts = |keys: &[&str]| {
        let texts = extensions.map(|extensions| texts(values, extensions, keys)).unwrap_or_default();
        texts.iter().any(Option::is_some)
    };
    has_both
        && values.iter().all(Value::is_boolean)
        && !are_texts(&VARIANT_NAMES)
        && !are_texts(&VARIANT_DOCS)
}

/// Returns the type of values of a declared type, if they become an enum.
pub(in crate::lower) fn of_values(values: &[Value], declared: Option<&str>) -> Option<Type> {
    let are_all = |is_of: fn(&Value) -> bool| values.iter().all(is_of);
    if values.is_empty() || is_only_null(values) {
        return None;
    }
    Some(if are_all(digits::is_string) {
        Type::String
    } else if are_all(Value::is_boolean) {
        Type::Bool
    } else if are_all(digits::is_number) {
        match declared {
            Some("number") => Type::Number,
            _ if are_all(Value::is_i64) => Type::I64,
            _ if are_all(Value::is_u64) => Type::U64,
            _ => Type::Number,
        }
    } else {
        Type::Any
    })
}

/// The enum of some values, with one variant for each distinct one. Extensions may give the names and docs of variants.
pub(in crate::lower) fn open_enum(
    of: Type,
    values: &[Value],
    extensions: &Extensions,
    name: &RustName,
) -> TypeKind {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut seen = HashSet::new();
    let wished = variant_names(values, extensions);
    let docs = texts(values, extensions, &VARIANT_DOCS);
    let own = own_parts(values, name);
    let mut variants = Vec::with_capacity(values.len());
    for (index, value) in values.iter().enumerate() {
        let wire = wire(value, &of);
        if !seen.insert(wire.clone()) {
            continue;
        }
        let given = wished.get(index).copied().flatten();
        let name = given.map_or_else(|| value_name(value, own[index]), RustName::upper_camel);
        let docs = docs.get(index).copied().flatten().unwrap_or_default().to_owned();
        variants.push(Variant { wire: WireName::new(wire), name: names.claim(&name), docs });
    }
    TypeKind::OpenEnum { of, variants }
}

/// A value as emitted code writes it: a string as it is, any other value as JSON.
fn wire(value: &Value, of: &Type) -> String {
    match value {
        Value::String(text) if *of == Type::String => text.clone(),
        value => digits::json(value),
    }
}

/// The name of a variant, after its value. `own` is the part of a string that names it.
fn value_name(value: &Value, own: &str) -> RustName {
    match value {
        value if digits::is_number(value) => number_name(&digits::json(value)),
        Value::String(_) => RustName::upper_camel(own),
        Value::Object(_) => RustName::upper_camel("object"),
        Value::Array(_) => RustName::upper_camel("array"),
        value => RustName::upper_camel(&value.to_string()),
    }
}

/// The name of a number: `2.5` is `N2_5`, as `25` is `N25`.
fn number_name(number: &str) -> RustName {
    match number.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|byte| byte.is_ascii_digit()) => {
            RustName::upper_camel(whole).with_suffix(&format!("_{fraction}"))
        }
        _ => RustName::upper_camel(number),
    }
}

/// The names that an extension gives the values. There are none if the extension names another number of values.
fn variant_names<'e>(values: &[Value], extensions: &'e Extensions) -> Vec<Option<&'e str>> {
    let names = texts(values, extensions, &VARIANT_NAMES);
    names.into_iter().map(|name| name.filter(|name| is_name(name))).collect()
}

/// The texts that an extension gives the values. There are none if the extension has another number of them.
fn texts<'e>(values: &[Value], extensions: &'e Extensions, keys: &[&str]) -> Vec<Option<&'e str>> {
    let texts = keys.iter().find_map(|key| extensions.get(*key)?.as_array());
    let texts = texts.filter(|texts| texts.len() == values.len());
    texts.into_iter().flatten().map(Value::as_str).collect()
}

/// The strings without the type's name, where all begin with it in capitals: `COLOR_RED` of `Color` is `Red`.
fn own_parts<'v>(values: &'v [Value], name: &RustName) -> Vec<&'v str> {
    let values: Vec<&str> = values.iter().map(|value| value.as_str().unwrap_or_default()).collect();
    let snake = RustName::snake(name.plain());
    let words: Vec<&str> = snake.plain().split('_').collect();
    let prefixes = (0..words.len()).map(|from| format!("{}_", words[from..].join("_").to_uppercase()));
    let is_own = |value: &&str, prefix: &str| value.strip_prefix(prefix).is_some_and(is_name);
    let is_prefix = |prefix: &String| values.len() > 1 && values.iter().all(|value| is_own(value, prefix));
    let length = prefixes.filter(is_prefix).map(|prefix| prefix.len()).next().unwrap_or_default();
    values.into_iter().map(|value| value.get(length..).unwrap_or(value)).collect()
}

/// Whether a text begins as a name does.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(char::is_alphabetic)
}
