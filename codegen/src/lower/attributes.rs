//! Derives and attributes that the configuration adds to types and fields.

use std::collections::{BTreeMap, HashMap, HashSet};

use quote::ToTokens as _;
use serde_json::Value;

use super::selector::{exists, pointer_of, selectors};
use crate::base::customizations::{Customizations, ListSetting, SettingLocation};
use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::base::rust_path::RustPath;
use crate::ir::api::{TypeDef, TypeKind};
use crate::ir::ty::Type;

/// The traits of the standard library that can be derived, and are in scope.
const STANDARD: [&str; 9] =
    ["Clone", "Copy", "Debug", "Default", "Eq", "Hash", "Ord", "PartialEq", "PartialOrd"];

/// Types of other crates that are known to have no `Eq` and `Hash`.
const WITHOUT_EQ: [&str; 3] = ["::jiff::Span", "f32", "f64"];

/// Adds derives and attributes to the types that their selectors match. `whole` is the document.
pub(super) fn assign(given: &Customizations, whole: &Value, types: &mut [TypeDef], findings: &mut Findings) {
    check(&given.derives, whole, findings);
    check(&given.attributes, whole, findings);
    for (selector, setting) in &given.derives {
        for path in &setting.values {
            if let Some(path) = valid(derive_path(path), &setting.at, findings) {
                derive(types, selector, &path, whole);
            }
        }
    }
    for (selector, setting) in &given.attributes {
        for text in &setting.values {
            if let Some(attribute) = valid(attribute(text), &setting.at, findings) {
                add_attribute(types, selector, &attribute);
            }
        }
    }
}

/// Reports selectors of what the document doesn't have.
fn check(settings: &BTreeMap<String, ListSetting>, whole: &Value, findings: &mut Findings) {
    for (selector, ListSetting { at, .. }) in settings {
        if selector != "*" && !exists(selector, whole) {
            let help =
                "write \"*\", the key of a component schema, a property of it (\"Pet.name\"), or a pointer";
            let at = (at.location.clone(), at.snippet.clone());
            findings.error_at(at, format!("there is no schema {selector:?}"), help);
        }
    }
}

fn valid(parsed: Result<String, String>, at: &SettingLocation, findings: &mut Findings) -> Option<String> {
    parsed
        .map_err(|message| {
            let at = (at.location.clone(), at.snippet.clone());
            findings.error_at(
                at,
                message,
                "write it as in Rust: \"Hash\", \"schemars::JsonSchema\", \"must_use\"",
            );
        })
        .ok()
}

fn derive_path(text: &str) -> Result<String, String> {
    if STANDARD.contains(&text) {
        return Ok(text.to_owned());
    }
    RustPath::parse(text).map(|path| path.as_str().to_owned()).map_err(|(message, _)| message)
}

/// Returns an attribute as the formatter writes it.
fn attribute(text: &str) -> Result<String, String> {
    let error = || format!("{text:?} is not an attribute");
    let meta = syn::parse_str::<syn::Meta>(text).map_err(|_| error())?;
    let item = format!("#[{}] struct X;", meta.to_token_stream());
    let file = syn::parse_str(&item).map_err(|_| error())?;
    let formatted = prettyplease::unparse(&file);
    let lines: Vec<_> = formatted.lines().map(str::trim).collect();
    let attribute = lines.join(" ");
    let attribute = attribute.strip_prefix("#[").and_then(|rest| rest.strip_suffix("] struct X;"));
    attribute.map(str::to_owned).ok_or_else(error)
}

/// Adds a derive to the types that a selector matches: a schema, and the inline schemas in it.
fn derive(types: &mut [TypeDef], selector: &str, path: &str, whole: &Value) {
    let without = if selector == "*" { without(types, path) } else { HashSet::new() };
    let pointer = pointer_of(selector, whole);
    for def in types {
        let is_below = |at: String| {
            at.strip_prefix(&pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_selected =
            selector == "*" || is_below(def.pointer.to_string()) || is_below(def.written.to_string());
        let is_missing = !implements(def, path) && !without.contains(&def.name);
        if is_selected && is_missing && !def.derives.iter().any(|known| known == path) {
            def.derives.push(path.to_owned());
        }
    }
}

/// Adds an attribute to the types or the field that a selector matches. A pointer matches the type of a property, if it has
/// one of its own.
fn add_attribute(types: &mut [TypeDef], selector: &str, attribute: &str) {
    let is_it = |keys: Vec<String>| keys.iter().any(|key| key == selector);
    let is_pointer = selector.starts_with('#');
    let mut has_type = false;
    for def in types.iter_mut().filter(|def| !matches!(def.kind, TypeKind::Alias(_))) {
        let is_property = !is_pointer && def.pointer.tokens().len() > SCHEMA_DEPTH;
        if selector == "*" || !is_property && is_it(selectors(&def.pointer, &def.written)) {
            def.attributes.push(attribute.to_owned());
            has_type = true;
        }
    }
    if has_type {
        return;
    }
    for def in types {
        let TypeKind::Model(fields) = &mut def.kind else { continue };
        for field in fields.iter_mut().filter(|field| !field.is_map) {
            let inner = |at: &Pointer| at.child("properties").child(field.wire.as_str());
            if is_it(selectors(&inner(&def.pointer), &inner(&def.written))) {
                field.attributes.push(attribute.to_owned());
            }
        }
    }
}

/// The length of the pointer of a component schema.
const SCHEMA_DEPTH: usize = 3;

/// Returns whether types of this kind implement a trait in any case. Aliases have no traits of their own.
fn implements(def: &TypeDef, path: &str) -> bool {
    let is_plain = |of: &Type| matches!(of, Type::Bool | Type::I64 | Type::U64);
    match (&def.kind, path) {
        (TypeKind::Alias(_), _) | (_, "Clone" | "Debug" | "PartialEq") => true,
        (_, "Default") => def.has_default,
        (TypeKind::OpenEnum { of, .. }, "Eq" | "Hash") => *of != Type::Any,
        (TypeKind::OpenEnum { of, .. }, "Copy") => is_plain(of),
        _ => false,
    }
}

/// Returns the types that can't implement a trait, because a part of them doesn't: floating-point numbers have no `Eq` and
/// `Hash`.
fn without(types: &[TypeDef], path: &str) -> HashSet<RustName> {
    let mut users: HashMap<&RustName, Vec<&RustName>> = HashMap::new();
    let mut todo = Vec::new();
    for def in types {
        if !matches!(path, "Eq" | "Hash") {
            continue;
        }
        for ty in def.kind.types() {
            if contains_float(ty) {
                todo.push(&def.name);
            }
            for name in ty.names() {
                users.entry(name).or_default().push(&def.name);
            }
        }
    }
    let mut found = HashSet::new();
    while let Some(name) = todo.pop() {
        if found.insert(name.clone()) {
            todo.extend(users.get(name).into_iter().flatten());
        }
    }
    found
}

fn contains_float(ty: &Type) -> bool {
    match ty {
        Type::F64 => true,
        Type::Custom(custom) => WITHOUT_EQ.contains(&custom.path()),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            contains_float(inner)
        }
        Type::Tuple(tuple) => tuple.types().any(contains_float),
        _ => false,
    }
}
