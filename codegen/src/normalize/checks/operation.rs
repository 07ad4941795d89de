//! Paths, operations, servers and what they need.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::checker::{Checker, Entries, placeholders};
use crate::base::path::Path;
use crate::grammar::paths::METHODS;

/// Paths that name a part twice, or that no server could tell from each other.
pub(super) fn paths<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, paths: &'v Entries) {
    let mut shapes: HashMap<String, &str> = HashMap::new();
    for (path, item) in paths.iter().filter(|(path, _)| !path.starts_with("x-")) {
        let here = Path::Key(at, path);
        let mut seen = HashSet::new();
        if let Some(twice) = placeholders(path).find(|name| !seen.insert(*name)) {
            let message = format!("the path {path:?} names `{{{twice}}}` twice");
            checker.warn(&here, message, "give each part a name and a parameter of its own");
        }
        if let Some(first) = shapes.insert(shape(path), path)
            && share_a_method(&paths[first], item)
        {
            let message = format!("the path {path:?} is the same as {first:?} but for the parameters' names");
            checker.warn(
                &here,
                message,
                "make it one path: the standard forbids two such, since an address fits both",
            );
        }
    }
}

pub(super) fn operation<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, operation: &'v Entries) {
    security(checker, at, operation);
    let mut seen = HashSet::new();
    let parameters = operation.get("parameters").and_then(Value::as_array);
    for (index, parameter) in parameters.into_iter().flatten().enumerate() {
        let parameter = checker.resolve(parameter);
        let text = |key: &str| parameter.get(key).and_then(Value::as_str);
        let Some((name, place)) = text("name").zip(text("in")) else { continue };
        if !seen.insert((name, place)) {
            let message = format!("the parameter {name:?} in {place:?} stands here a second time");
            let parameters = Path::Key(at, "parameters");
            checker.warn(&Path::Index(&parameters, index), message, "delete one of the two");
        }
    }
}

/// Security requirements that name no scheme.
pub(super) fn security<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, holder: &'v Entries) {
    let schemes = checker.tree.pointer("/components/securitySchemes").and_then(Value::as_object);
    let known = || schemes.into_iter().flat_map(Map::keys).map(String::as_str);
    let security = Path::Key(at, "security");
    let requirements = holder.get("security").and_then(Value::as_array);
    for (index, requirement) in requirements.into_iter().flatten().enumerate() {
        let here = Path::Index(&security, index);
        let names = requirement.as_object().into_iter().flat_map(Map::keys);
        for name in names.filter(|name| !schemes.is_some_and(|schemes| schemes.contains_key(*name))) {
            let help = match checker.findings.nearest(name, known()) {
                Some(known) => format!("did you mean {known:?}?"),
                None => "declare it in `components/securitySchemes`, or name a declared one".to_owned(),
            };
            checker.warn(&Path::Key(&here, name), format!("{name:?} is no security scheme"), help);
        }
    }
}

/// Answers without any that says that it worked.
pub(super) fn responses<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, responses: &'v Entries) {
    let mut statuses = responses.keys().filter(|key| !key.starts_with("x-")).peekable();
    let is_good = |status: &&String| *status == "default" || status.starts_with(['1', '2', '3']);
    if statuses.peek().is_some() && !statuses.clone().any(|status| is_good(&status)) {
        let message = "the operation answers with errors only: there is no success among its responses";
        checker.warn(at, message, "add the response of a success, such as `'200'` or `'204'`");
    }
}

/// Variables of an address that are not declared.
pub(super) fn server<'v>(checker: &mut Checker<'v, '_>, at: &Path<'_>, server: &'v Entries) {
    let url = server.get("url").and_then(Value::as_str).unwrap_or_default();
    let variables = server.get("variables").and_then(Value::as_object);
    let known = || variables.into_iter().flat_map(Map::keys).map(String::as_str);
    for name in placeholders(url).filter(|name| !variables.is_some_and(|known| known.contains_key(*name))) {
        let help = match checker.findings.nearest(name, known()) {
            Some(known) => format!("did you mean `{{{known}}}`?"),
            None => format!("declare `{name}` in `variables`, with a `default`"),
        };
        let message = format!("the server's address names `{{{name}}}`, but no variable declares it");
        checker.warn(&Path::Key(at, "url"), message, help);
    }
}

/// A path without the names of its parameters.
fn shape(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |shape, part| shape + "{" + part.split_once('}').map_or(part, |(_, rest)| rest))
}

fn share_a_method(one: &Value, other: &Value) -> bool {
    METHODS.iter().any(|method| one.get(method).is_some() && other.get(method).is_some())
}
