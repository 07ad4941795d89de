//! Checks paths, operations, responses, security requirements and servers.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::checker::{Checker, placeholders};
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;
use crate::grammar::paths::{METHODS, operations};

/// Reports paths with a repeated parameter, and paths that match the same URLs.
pub(super) fn paths<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, paths: &'v JsonObject) {
    let mut patterns: HashMap<String, &str> = HashMap::new();
    for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
        let here = NodePath::Key(at, path);
        let mut seen = HashSet::new();
        if let Some(twice) = placeholders(path).find(|name| !seen.insert(*name)) {
            let message = format!("the path {path:?} contains the parameter `{{{twice}}}` twice");
            checker.warn(&here, message, "use a different name and parameter for each part");
        }
        if let Some(mark) = path.chars().find(|c| matches!(c, '?' | '#')) {
            let (part, meaning, help) = match mark {
                '?' => (
                    "query",
                    "it is sent as it is written, with values for the names in braces",
                    "declare the query as parameters of the operation",
                ),
                _ => ("fragment", "it is not sent", "remove it: a path has one operation for each method"),
            };
            let message =
                format!("the path {path:?} contains a {part}, which OpenAPI doesn't allow; {meaning}");
            checker.warn(&here, message, help);
        }
        if let Some(first) = patterns.insert(path_pattern(path), path)
            && share_a_method(&paths[first], item)
        {
            let message =
                format!("the path {path:?} differs from {first:?} only in the names of the parameters");
            checker.warn(
                &here,
                message,
                "merge the two paths: OpenAPI doesn't allow both, since they match the same URLs",
            );
        }
    }
}

/// Returns all values of `operationId`.
pub(super) fn ids(tree: &Value) -> HashSet<&str> {
    let sections = ["/paths", "/webhooks", "/x-webhooks"]
        .into_iter()
        .filter_map(|section| tree.pointer(section)?.as_object());
    let items = sections.flatten().filter_map(|(_, item)| item.as_object());
    let root = Pointer::root();
    let operations = items.flat_map(|item| operations(item, &root).map(|(_, _, operation)| operation));
    operations.filter_map(|operation| operation.get("operationId")?.as_str()).collect()
}

/// Reports a link to an operation that doesn't exist.
pub(super) fn link<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, link: &'v JsonObject) {
    let (Some(id), Some(known)) = (link.get("operationId").and_then(Value::as_str), &checker.operation_ids)
    else {
        return;
    };
    if known.contains(id) {
        return;
    }
    let help = match checker.findings.nearest(id, known.iter().copied()) {
        Some(known) => format!("did you mean {known:?}?"),
        None => "use the `operationId` of an operation, or `operationRef`".to_owned(),
    };
    let message = format!("the link names the operation {id:?}, which doesn't exist");
    checker.warn(&NodePath::Key(at, "operationId"), message, help);
}

/// Reports security requirements with an unknown scheme.
pub(super) fn security<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, holder: &'v JsonObject) {
    let schemes = checker.tree.pointer("/components/securitySchemes").and_then(Value::as_object);
    let known = || schemes.into_iter().flat_map(Map::keys).map(String::as_str);
    let security = NodePath::Key(at, "security");
    let requirements = holder.get("security").and_then(Value::as_array);
    for (index, requirement) in requirements.into_iter().flatten().enumerate() {
        let at = NodePath::Index(&security, index);
        let names = requirement.as_object().into_iter().flat_map(Map::keys);
        for name in names.filter(|name| !schemes.is_some_and(|schemes| schemes.contains_key(*name))) {
            let help = match checker.findings.nearest(name, known()) {
                Some(known) => format!("did you mean {known:?}?"),
                None => "declare a security scheme of that name, or name a declared one".to_owned(),
            };
            checker.warn(&NodePath::Key(&at, name), format!("unknown security scheme {name:?}"), help);
        }
    }
}

/// Reports operations without a successful response.
pub(super) fn responses<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, responses: &'v JsonObject) {
    let mut statuses = responses.keys().filter(|key| !key.starts_with("x-")).peekable();
    let is_good = |status: &&String| *status == "default" || status.starts_with(['1', '2', '3']);
    if statuses.peek().is_some() && !statuses.clone().any(|status| is_good(&status)) {
        let message = "the operation declares no successful response";
        checker.warn(at, message, "add a successful response, such as `'200'` or `'204'`");
    }
}

/// Reports variables in the URL of a server that are not declared.
pub(super) fn server<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, server: &'v JsonObject) {
    let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
    let variables = server.get("variables").and_then(Value::as_object);
    let known = || variables.into_iter().flat_map(Map::keys).map(String::as_str);
    for name in placeholders(url).filter(|name| !variables.is_some_and(|known| known.contains_key(*name))) {
        let help = match checker.findings.nearest(name, known()) {
            Some(known) => format!("did you mean `{{{known}}}`?"),
            None => format!("declare `{name}` in `variables`, with a `default`"),
        };
        let message = format!("the server URL uses `{{{name}}}`, but no server variable declares it");
        checker.warn(&NodePath::Key(at, "url"), message, help);
    }
}

/// Removes the names of the parameters from a path template.
fn path_pattern(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |pattern, part| pattern + "{" + part.split_once('}').map_or(part, |(_, rest)| rest))
}

fn share_a_method(one: &Value, other: &Value) -> bool {
    METHODS.iter().any(|method| one.get(method).is_some() && other.get(method).is_some())
}
