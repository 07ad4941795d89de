//! A part of the document: the operations of some tags, and what they need.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::tree::document::Document;
use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;
use crate::base::uri::decoded;
use crate::grammar::paths::METHODS;

const COMPONENTS: &str = "#/components/";

/// What of a description was asked for.
pub(crate) struct Selected<'d> {
    /// As it was written, for the checks.
    pub(crate) written: Cow<'d, Value>,
    /// The same, to be rewritten.
    pub(crate) tree: Value,
}

/// The operations of some tags, with what they need; all if there are none. `tree` is a copy of the document's.
pub(crate) fn selected<'d>(
    document: &'d Document<'_>,
    mut tree: Value,
    tags: &[String],
    findings: &mut Findings,
) -> Selected<'d> {
    select(&mut tree, tags, findings);
    let written = if tags.is_empty() { Cow::Borrowed(&document.value) } else { Cow::Owned(tree.clone()) };
    Selected { written, tree }
}

/// Leaves the operations that have one of the tags, and the components that they refer to.
fn select(tree: &mut Value, tags: &[String], findings: &mut Findings) {
    if tags.is_empty() {
        return;
    }
    let mut known = BTreeSet::new();
    let paths = tree.get_mut("paths").and_then(Value::as_object_mut);
    for item in paths.into_iter().flat_map(Map::values_mut).filter_map(Value::as_object_mut) {
        item.retain(|key, operation| {
            let own: BTreeSet<_> = own_tags(operation).collect();
            let kept = !METHODS.contains(&key.as_str()) || own.iter().any(|tag| tags.contains(tag));
            known.extend(own);
            kept
        });
    }
    for tag in tags.iter().filter(|tag| !known.contains(*tag)) {
        let help = if let Some(meant) = findings.nearest(tag, known.iter().map(String::as_str)) {
            format!("did you mean {meant:?}?")
        } else {
            let known: Vec<_> = known.iter().map(|tag| format!("{tag:?}")).collect();
            format!("the tags are {}", known.join(", "))
        };
        findings.error(&Pointer::root(), format!("no operation has the tag {tag:?}"), help);
    }
    if let Some(root) = tree.as_object_mut() {
        root.remove("webhooks");
    }
    prune(tree);
}

fn own_tags(operation: &Value) -> impl Iterator<Item = String> {
    let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned)
}

/// Takes away the components that nothing refers to any more. Security schemes are told by name and stay.
pub(crate) fn prune(tree: &mut Value) {
    let Some(Value::Object(components)) = tree.get_mut("components").map(Value::take) else { return };
    let mut needed = BTreeSet::new();
    let mut ahead = Vec::new();
    references(tree, &mut ahead);
    let heirs = heirs(&components);
    while let Some((kind, name)) = ahead.pop() {
        if !needed.insert((kind.clone(), name.clone())) {
            continue;
        }
        if let Some(component) = components.get(&kind).and_then(|kind| kind.get(&name)) {
            references(component, &mut ahead);
            if component.get("discriminator").is_some() {
                ahead.extend(heirs.get(&name).into_iter().flatten().map(|heir| (kind.clone(), heir.clone())));
            }
        }
    }
    let mut components = components;
    for (kind, entries) in components.iter_mut().filter(|(kind, _)| *kind != "securitySchemes") {
        if let Some(entries) = entries.as_object_mut() {
            entries.retain(|name, _| needed.contains(&(kind.clone(), name.clone())));
        }
    }
    tree["components"] = Value::Object(components);
}

/// The components that a part of the document refers to, as kind and name.
fn references(value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => {
            let mut parts = text.strip_prefix(COMPONENTS).unwrap_or_default().split('/');
            if let (Some(kind), Some(name)) = (parts.next(), parts.next()) {
                // Before the bundle, a reference may be percent-encoded.
                for name in BTreeSet::from([decoded(name), name.to_owned()]) {
                    found.push((kind.to_owned(), name.replace("~1", "/").replace("~0", "~")));
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(entries) => {
            let mapping = entries.get("discriminator").and_then(|rule| rule.get("mapping"));
            let bare = mapping.and_then(Value::as_object).into_iter().flat_map(Map::values);
            found.extend(bare.filter_map(Value::as_str).map(|name| ("schemas".to_owned(), name.to_owned())));
            entries.values().for_each(|entry| references(entry, found));
        }
        _ => {}
    }
}

/// Schemas by those that they extend: a discriminator may lead to them without naming them.
fn heirs(components: &Map<String, Value>) -> BTreeMap<String, Vec<String>> {
    let mut heirs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, schema) in components.get("schemas").and_then(Value::as_object).into_iter().flatten() {
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let base = part.get("$ref").and_then(Value::as_str);
            if let Some(base) = base.and_then(|base| base.strip_prefix("#/components/schemas/")) {
                heirs.entry(base.to_owned()).or_default().push(name.clone());
            }
        }
    }
    heirs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::select;
    use crate::base::options::Mode;
    use crate::diagnostic::Findings;

    #[test]
    fn what_the_operations_of_a_tag_need_is_left() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let mut tree = json!({
            "paths": {
                "/a": {"parameters": [], "get": {"tags": ["a", "x"], "schema": reference("A")}, "put": {"tags": ["b"]}},
                "/b": {"get": {"schema": reference("B")}},
            },
            "components": {
                "schemas": {
                    "A": {"items": reference("Base")}, "B": {}, "Deep": {},
                    "Base": {"discriminator": {"propertyName": "k", "mapping": {"m": "Named"}}},
                    "Heir": {"allOf": [reference("Base"), reference("Deep")]}, "Named": {},
                },
                "securitySchemes": {"key": {}},
            },
        });
        let mut findings = Findings::new(Mode::Strict);
        select(&mut tree, &["a".to_owned()], &mut findings);
        assert!(!findings.has_errors());
        let paths: Vec<_> = tree["paths"].as_object().unwrap().values().collect();
        assert_eq!(
            paths[0],
            &json!({"parameters": [], "get": {"tags": ["a", "x"], "schema": reference("A")}})
        );
        assert_eq!(paths[1], &json!({}));
        let schemas: Vec<_> = tree["components"]["schemas"].as_object().unwrap().keys().collect();
        assert_eq!(schemas, ["A", "Deep", "Base", "Heir", "Named"]);
        assert_eq!(tree["components"]["securitySchemes"], json!({"key": {}}));
    }

    #[test]
    fn an_unknown_tag_is_an_error() {
        let mut findings = Findings::new(Mode::Lenient);
        select(&mut json!({"paths": {"/a": {"get": {"tags": ["a"]}}}}), &["b".to_owned()], &mut findings);
        assert!(findings.has_errors());
    }
}
