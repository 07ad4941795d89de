//! Checks parameters, and what the operations of a path item send together.

use serde_json::Value;

use super::checker::Checker;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;
use crate::grammar::parameter::is_same_name;
use crate::grammar::paths::operations;

/// The methods for which OpenAPI 3.0 ignores the request body.
const WITHOUT_BODY_IN_3_0: [&str; 3] = ["GET", "HEAD", "DELETE"];

/// A parameter of a list.
struct Listed<'v> {
    name: &'v str,
    location: &'v str,
    at: Pointer,
}

impl Listed<'_> {
    fn is_same(&self, other: &Self) -> bool {
        self.location == other.location && is_same_name(self.location, self.name, other.name)
    }
}

/// Checks a path item with its operations.
pub(super) fn path_item<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, item: &'v JsonObject) {
    let at = at.to_pointer();
    let shared = listed(checker, &at, item);
    duplicates(checker, &shared);
    for (method, at, operation) in operations(item, &at) {
        let Value::Object(operation) = operation else { continue };
        let mut own = listed(checker, &at, operation);
        duplicates(checker, &own);
        let is_replaced = |shared: &&Listed<'_>| own.iter().any(|own| own.is_same(shared));
        let inherited: Vec<_> = shared.iter().filter(|shared| !is_replaced(shared)).collect();
        let inherited: Vec<_> =
            inherited.into_iter().map(|shared| Listed { at: shared.at.clone(), ..*shared }).collect();
        own.extend(inherited);
        query_strings(checker, &own);
        request_body(checker, &method, &at, operation);
    }
}

/// Reports a path parameter that isn't required.
pub(super) fn parameter<'v>(checker: &mut Checker<'v, '_>, at: &NodePath<'_>, parameter: &'v JsonObject) {
    let is_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    if !is_path || parameter.get("required") == Some(&Value::Bool(true)) {
        return;
    }
    let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
    let message = format!("the path parameter {name:?} must have `required: true`; it is required here");
    checker.warn(at, message, "add `required: true`: a path without the value is another path");
}

/// Returns the parameters that an object lists.
fn listed<'v>(checker: &Checker<'v, '_>, at: &Pointer, holder: &'v JsonObject) -> Vec<Listed<'v>> {
    let at = at.child("parameters");
    let parameters = holder.get("parameters").and_then(Value::as_array);
    let listed = parameters.into_iter().flatten().enumerate().filter_map(|(index, parameter)| {
        let parameter = checker.resolve(parameter);
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        Some(Listed { name: text("name")?, location: text("in")?, at: at.index(index) })
    });
    listed.collect()
}

/// Reports parameters that one list has twice.
fn duplicates(checker: &mut Checker<'_, '_>, listed: &[Listed<'_>]) {
    for (index, parameter) in listed.iter().enumerate() {
        if listed.iter().take(index).any(|other| other.is_same(parameter)) {
            let message = format!(
                "duplicate parameter {:?} in {:?}; the last one is used",
                parameter.name, parameter.location
            );
            checker.findings.warning(&parameter.at, message, "delete one of the two");
        }
    }
}

/// Reports what stands beside a parameter that is the entire query.
fn query_strings(checker: &mut Checker<'_, '_>, listed: &[Listed<'_>]) {
    let mut all = listed.iter().filter(|parameter| parameter.location == "querystring");
    let Some(first) = all.next() else { return };
    let help = "describe the entire query by one of them";
    for other in all {
        let message = format!(
            "an operation can't have two parameters in \"querystring\": {:?} and {:?}; both are added to the query",
            first.name, other.name
        );
        checker.findings.warning_once(&other.at, message, help);
    }
    if let Some(other) = listed.iter().find(|parameter| parameter.location == "query") {
        let message = format!(
            "the parameter {:?} in \"querystring\" is the entire query, so {:?} in \"query\" isn't allowed; both are \
             added to the query",
            first.name, other.name
        );
        checker.findings.warning_once(&first.at, message, help);
    }
}

/// Reports a request body that OpenAPI 3.0 ignores.
fn request_body(checker: &mut Checker<'_, '_>, method: &str, at: &Pointer, operation: &JsonObject) {
    if !operation.get("requestBody").is_some_and(Value::is_object) {
        return;
    }
    let version = checker.tree.get("openapi").and_then(Value::as_str).unwrap_or_default();
    let at = at.child("requestBody");
    if version.starts_with("3.0") && WITHOUT_BODY_IN_3_0.contains(&method) {
        let message = format!(
            "OpenAPI 3.0 ignores the request body of {method}, which has no meaning in HTTP; it is sent"
        );
        checker.findings.warning(&at, message, "use another method, or OpenAPI 3.1, which permits the body");
    }
}
