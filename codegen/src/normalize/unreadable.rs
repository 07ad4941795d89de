//! Leaves out the smallest parts of a tree that can't be deserialized.

use openapiv3::{
    Callback, Components, Discriminator, Example, Header, Info, MediaType, OAuth2Flows, OpenAPI, Operation,
    Parameter, PathItem, Paths, ReferenceOr, RequestBody, Response, Responses, Schema, SecurityRequirement,
    SecurityScheme, Server, ServerVariable, Tag,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::coerce::object_meant;
use super::normalized_extensions::{QUERY, WEBHOOKS};
use crate::base::diagnostic::Findings;
use crate::base::node_path::NodePath;
use crate::grammar::object_kind::ObjectKind;
use crate::grammar::value_kind::ValueKind;

/// Leaves out the unreadable parts of the whole tree.
pub(super) fn leave_out(tree: &mut Value, findings: &mut Findings) {
    object(ObjectKind::Root, &NodePath::Root, tree, findings);
}

/// Leaves out the unreadable parts under the keys for newer features, which are deserialized later.
pub(super) fn leave_out_newer(tree: &mut Value, findings: &mut Findings) {
    if let Some(webhooks) = tree.get_mut(WEBHOOKS) {
        let at = NodePath::Key(&NodePath::Root, "webhooks");
        child(ValueKind::Map(ObjectKind::PathItem), &at, webhooks, findings);
    }
    let at = NodePath::Key(&NodePath::Root, "paths");
    let Some(Value::Object(paths)) = tree.get_mut("paths") else { return };
    for (path, item) in paths {
        let at = NodePath::Key(&at, path);
        if let Some(query) = item.get_mut(QUERY)
            && !object(ObjectKind::Operation, &NodePath::Key(&at, "query"), query, findings)
        {
            item.as_object_mut().and_then(|item| item.shift_remove(QUERY));
        }
    }
}

/// Leaves out the unreadable parts of an object. Returns `false` if the object itself is one.
fn object(kind: ObjectKind, at: &NodePath<'_>, value: &mut Value, findings: &mut Findings) -> bool {
    if is_readable(kind, value) {
        return true;
    }
    if let Value::Object(entries) = value {
        let unreadable: Vec<String> = entries
            .iter_mut()
            .filter_map(|(key, value)| {
                let value_kind = kind.value_kind(key)?;
                (!child(value_kind, &NodePath::Key(at, key), value, findings)).then(|| key.clone())
            })
            .collect();
        for key in unreadable {
            entries.shift_remove(&key);
        }
    }
    if is_readable(kind, value) {
        return true;
    }
    if let Some(key) = unreadable_key(kind, value) {
        let message = format!("`{key}` of {} can't be read; it is ignored", kind.with_article());
        findings.problem(&at.child(&key), message, HELP);
        value.as_object_mut().and_then(|entries| entries.shift_remove(&key));
        return true;
    }
    let message = format!("{} can't be read; it is ignored", kind.with_article());
    findings.problem(&at.to_pointer(), message, HELP);
    match kind {
        // References to it still resolve.
        ObjectKind::Schema | ObjectKind::MediaType => *value = json!({}),
        ObjectKind::Response | ObjectKind::RequestBody => *value = object_meant(kind, value),
        _ => return false,
    }
    true
}

const HELP: &str = "compare it with the OpenAPI Specification";

/// Leaves out the unreadable parts of a value. Returns `false` if the value itself is one.
fn child(value_kind: ValueKind, at: &NodePath<'_>, value: &mut Value, findings: &mut Findings) -> bool {
    match (value_kind, &mut *value) {
        (ValueKind::Object(kind) | ValueKind::ObjectOrObjects(kind), Value::Object(_)) => {
            object(kind, at, value, findings)
        }
        (ValueKind::Objects(kind) | ValueKind::ObjectOrObjects(kind), Value::Array(items)) => {
            let mut readable = Vec::with_capacity(items.len());
            for (index, item) in items.iter_mut().enumerate() {
                readable.push(object(kind, &NodePath::Index(at, index), item, findings));
            }
            keep_readable(items, &readable, at, findings);
            true
        }
        (ValueKind::Map(kind), Value::Object(entries)) => {
            entries.retain(|key, entry| object(kind, &NodePath::Key(at, key), entry, findings));
            true
        }
        _ => true,
    }
}

/// Removes the items of an array that can't be read.
fn keep_readable(items: &mut Vec<Value>, readable: &[bool], at: &NodePath<'_>, findings: &mut Findings) {
    if readable.iter().all(|is_readable| *is_readable) {
        return;
    }
    findings.restore_pointers();
    let former = (0..items.len()).filter(|index| readable[*index]).collect();
    let mut array = at.to_pointer();
    findings.kept_items().restore(&mut array);
    findings.keep_items(array, former);
    let mut readable = readable.iter();
    items.retain(|_| readable.next().copied().unwrap_or_default());
}

/// Returns a key without which an object can be deserialized.
fn unreadable_key(kind: ObjectKind, value: &Value) -> Option<String> {
    let entries = value.as_object()?;
    entries.keys().find_map(|key| {
        let mut rest = entries.clone();
        rest.shift_remove(key);
        is_readable(kind, &Value::Object(rest)).then(|| key.clone())
    })
}

fn is_readable(kind: ObjectKind, value: &Value) -> bool {
    match kind {
        ObjectKind::Root => reads::<OpenAPI>(value),
        ObjectKind::Info => reads::<Info>(value),
        ObjectKind::Server => reads::<Server>(value),
        ObjectKind::ServerVariable => reads::<ServerVariable>(value),
        ObjectKind::Tag => reads::<Tag>(value),
        ObjectKind::Paths => reads::<Paths>(value),
        ObjectKind::PathItem => reads::<ReferenceOr<PathItem>>(value),
        ObjectKind::Callback => reads::<Callback>(value),
        ObjectKind::Operation => reads::<Operation>(value),
        ObjectKind::Parameter => reads::<ReferenceOr<Parameter>>(value),
        ObjectKind::RequestBody => reads::<ReferenceOr<RequestBody>>(value),
        ObjectKind::MediaType => reads::<MediaType>(value),
        ObjectKind::Responses => reads::<Responses>(value),
        ObjectKind::Response => reads::<ReferenceOr<Response>>(value),
        ObjectKind::Header => reads::<ReferenceOr<Header>>(value),
        ObjectKind::Example => reads::<ReferenceOr<Example>>(value),
        ObjectKind::Components => reads::<Components>(value),
        ObjectKind::SecurityScheme => reads::<ReferenceOr<SecurityScheme>>(value),
        ObjectKind::OAuthFlows => reads::<OAuth2Flows>(value),
        ObjectKind::SecurityRequirement => reads::<SecurityRequirement>(value),
        ObjectKind::Schema => reads::<ReferenceOr<Schema>>(value),
        ObjectKind::Discriminator => reads::<Discriminator>(value),
        // What their types are depends on the object around them, or they are not deserialized.
        ObjectKind::OAuthFlow
        | ObjectKind::Scopes
        | ObjectKind::Link
        | ObjectKind::Pagination
        | ObjectKind::RateLimit
        | ObjectKind::Pending
        | ObjectKind::ClientExtension
        | ObjectKind::ErrorHint => true,
        kind => kind.is_swagger(),
    }
}

fn reads<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}
