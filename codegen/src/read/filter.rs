//! Filters the document by tags: keeps the operations with one of the tags, and the components that they use.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::tree::document::Document;
use crate::base::diagnostic::Findings;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;
use crate::base::uri::decoded;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::paths::{ADDITIONAL, METHODS, WEBHOOK_SECTIONS};

/// A description without the operations that were not requested.
pub(crate) struct Filtered<'d> {
    /// The tree as it was written, for the checks.
    pub(crate) written: Cow<'d, Value>,
    /// A copy of the tree, which `normalize` rewrites.
    pub(crate) tree: Value,
}

/// Keeps the operations with one of the tags, and what they use. Keeps everything if there are no tags. `tree` is a
/// copy of the document's tree.
pub(crate) fn filtered<'d>(
    document: &'d Document<'_>,
    mut tree: Value,
    tags: &[String],
    findings: &mut Findings,
) -> Filtered<'d> {
    filter_by_tags(&mut tree, tags, findings);
    let is_changed = document.restore_digits(&mut tree) || !tags.is_empty();
    let written = if is_changed { Cow::Owned(tree.clone()) } else { Cow::Borrowed(&document.value) };
    Filtered { written, tree }
}

fn filter_by_tags(tree: &mut Value, tags: &[String], findings: &mut Findings) {
    if tags.is_empty() {
        return;
    }
    let mut known = BTreeSet::new();
    let sections = tree.as_object_mut().into_iter().flatten();
    let sections = sections.filter(|(key, _)| *key == "paths" || WEBHOOK_SECTIONS.contains(&key.as_str()));
    let items = sections.filter_map(|(_, items)| items.as_object_mut()).flat_map(Map::values_mut);
    for item in items.filter_map(Value::as_object_mut) {
        let mut keep = |operation: &mut Value| {
            let own: BTreeSet<_> = own_tags(operation).collect();
            let kept = own.iter().any(|tag| tags.contains(tag));
            known.extend(own);
            kept
        };
        item.retain(|key, operation| !METHODS.contains(&key.as_str()) || keep(operation));
        if let Some(Value::Object(additional)) = item.get_mut(ADDITIONAL) {
            additional.retain(|_, operation| keep(operation));
        }
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
    remove_webhooks_without_operations(tree);
    remove_unused_components(tree);
}

/// Removes the webhooks that have no operation with one of the tags.
fn remove_webhooks_without_operations(tree: &mut Value) {
    for section in WEBHOOK_SECTIONS {
        let Some(items) = tree.get_mut(section).and_then(Value::as_object_mut) else { continue };
        let has_operations = |item: &Value| {
            METHODS.iter().any(|method| item.get(method).is_some())
                || item.get(ADDITIONAL).and_then(Value::as_object).is_some_and(|others| !others.is_empty())
        };
        items.retain(|_, item| has_operations(item));
        if items.is_empty()
            && let Some(root) = tree.as_object_mut()
        {
            root.remove(section);
        }
    }
}

fn own_tags(operation: &Value) -> impl Iterator<Item = String> {
    let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
    tags.filter_map(Value::as_str).map(str::to_owned)
}

/// Removes components without references to them. Security schemes are used by name and are kept.
pub(crate) fn remove_unused_components(tree: &mut Value) {
    let sections: Vec<Section> = sections(ObjectKind::of_root(tree).unwrap_or(ObjectKind::Root)).collect();
    let taken = sections.iter().map(|section| {
        let entries = section.entries_mut(tree).map(std::mem::take);
        (section, entries.unwrap_or_default())
    });
    let mut components: BTreeMap<&Section, JsonObject> = taken.collect();
    let mut needed = BTreeSet::new();
    let mut ahead = Vec::new();
    references(tree, &sections, &mut ahead);
    let subtypes = subtypes(&components);
    while let Some((section, name)) = ahead.pop() {
        if !needed.insert((section, name.clone())) {
            continue;
        }
        if let Some(component) = components.get(&section).and_then(|entries| entries.get(&name)) {
            references(component, &sections, &mut ahead);
            if component.get("discriminator").is_some() {
                let subtypes = subtypes.get(&name).into_iter().flatten();
                ahead.extend(subtypes.map(|subtype| (section, subtype.clone())));
            }
        }
    }
    for section in &sections {
        let mut entries = components.remove(section).unwrap_or_default();
        entries.retain(|name, _| section.is_used_by_name() || needed.contains(&(section, name.clone())));
        if let Some(slot) = section.entries_mut(tree) {
            *slot = entries;
        }
    }
}

/// A section of components, by the keys that lead to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Section {
    path: &'static str,
    kind: SectionKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum SectionKind {
    Schemas,
    SecuritySchemes,
    Others,
}

impl Section {
    fn entries_mut<'v>(&self, tree: &'v mut Value) -> Option<&'v mut JsonObject> {
        tree.pointer_mut(&format!("/{}", self.path))?.as_object_mut()
    }

    fn is_used_by_name(&self) -> bool {
        self.kind == SectionKind::SecuritySchemes
    }
}

/// Sections of OpenAPI 3 whose components are not collected while bundling.
const OTHER_SECTIONS: &[&str] =
    &["components/links", "components/callbacks", "components/pathItems", "components/mediaTypes"];

/// Returns the sections of a document with this root.
fn sections(root: ObjectKind) -> impl Iterator<Item = Section> {
    let others = if root == ObjectKind::Swagger { &[] } else { OTHER_SECTIONS };
    let others = others.iter().map(|path| Section { path, kind: SectionKind::Others });
    let bundled = root.component_kinds().iter().filter_map(|kind| {
        let section = match kind {
            kind if kind.is_schema() => SectionKind::Schemas,
            ObjectKind::SecurityScheme | ObjectKind::SwaggerSecurityScheme => SectionKind::SecuritySchemes,
            _ => SectionKind::Others,
        };
        Some(Section { path: kind.section()?, kind: section })
    });
    bundled.chain(others)
}

/// Collects the components that a part of the document refers to, as section and key.
fn references<'s>(value: &Value, sections: &'s [Section], found: &mut Vec<(&'s Section, String)>) {
    match value {
        Value::String(text) => {
            let Some(path) = text.strip_prefix("#/") else { return };
            let below = |section: &'s Section| {
                Some((section, path.strip_prefix(section.path)?.strip_prefix('/')?.split('/').next()?))
            };
            for (section, name) in sections.iter().filter_map(below) {
                // Before bundling, a reference may be percent-encoded.
                for name in BTreeSet::from([decoded(name), name.to_owned()]) {
                    found.push((section, name.replace("~1", "/").replace("~0", "~")));
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, sections, found)),
        Value::Object(entries) => {
            let rule = entries.get("discriminator");
            let mapping = rule.and_then(|rule| rule.get("mapping"));
            let bare = mapping.and_then(Value::as_object).into_iter().flat_map(Map::values);
            let bare = bare.chain(rule.and_then(|rule| rule.get("defaultMapping")));
            let schemas = sections.iter().find(|section| section.kind == SectionKind::Schemas);
            let bare = bare.filter_map(|name| Some((schemas?, name.as_str()?.to_owned())));
            found.extend(bare);
            entries.values().for_each(|entry| references(entry, sections, found));
        }
        _ => {}
    }
}

/// Returns the schemas that extend each schema with `allOf`. A discriminator may select them without a mapping.
fn subtypes(components: &BTreeMap<&Section, JsonObject>) -> BTreeMap<String, Vec<String>> {
    let mut subtypes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let schemas = components.iter().filter(|(section, _)| section.kind == SectionKind::Schemas);
    for (section, (name, schema)) in
        schemas.flat_map(|(section, all)| all.iter().map(move |one| (section, one)))
    {
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            let base = part.get("$ref").and_then(Value::as_str);
            if let Some(base) = base.and_then(|base| base.strip_prefix(&format!("#/{}/", section.path))) {
                subtypes.entry(base.to_owned()).or_default().push(name.clone());
            }
        }
    }
    subtypes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::filter_by_tags;
    use crate::base::mode::Mode;
    use crate::diagnostic::Findings;

    #[test]
    fn operations_with_a_tag_and_their_components_are_kept() {
        let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let mut tree = json!({
            "openapi": "3.1.0",
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
        filter_by_tags(&mut tree, &["a".to_owned()], &mut findings);
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
        filter_by_tags(
            &mut json!({"paths": {"/a": {"get": {"tags": ["a"]}}}}),
            &["b".to_owned()],
            &mut findings,
        );
        assert!(findings.has_errors());
    }
}
