//! Finds nodes that moved: operations by ID, other nodes by their content.

use serde_json::Value;

use crate::base::suggest;
use crate::grammar::paths::{METHODS, without_parameter_names};
use crate::read::overlay::jsonpath;

/// The trees in which a new target is searched.
pub(super) struct Trees<'v> {
    /// The old document with earlier actions.
    pub(super) old: &'v Value,
    /// The new document with earlier actions.
    pub(super) new: &'v Value,
    /// The old document as published.
    pub(super) old_base: &'v Value,
    /// The new document as published.
    pub(super) new_base: &'v Value,
}

impl Trees<'_> {
    /// Returns the target that selects in the new document what the given one selects in the old one, if it is evident.
    pub(super) fn retarget(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = jsonpath::segments(path).collect();
        match jsonpath::segment_name(parts.first()?)?.as_str() {
            "paths" => self.operation(&parts).or_else(|| self.renamed(&parts)),
            _ => self.renamed(&parts),
        }
    }

    /// Finds a path item or operation that has another path or method.
    fn operation(&self, parts: &[&str]) -> Option<String> {
        let path = jsonpath::segment_name(parts.get(1)?)?;
        let item = self.old.get("paths")?.get(&path)?;
        let method = parts.get(2).and_then(|part| jsonpath::segment_name(part));
        let method = method.filter(|method| METHODS.contains(&method.as_str()));
        let (new_path, new_method) = match &method {
            Some(method) => {
                let operation = item.get(method)?;
                let by_id = id(operation).and_then(|id| self.find(id));
                by_id.or_else(|| {
                    let new_path = self.respelt(&path)?;
                    self.new.get("paths")?.get(new_path)?.get(method)?;
                    Some((new_path, method.as_str()))
                })?
            }
            None => (self.moved_item(&path, item)?, ""),
        };
        if new_path == path && method.as_deref().is_none_or(|method| method == new_method) {
            return None;
        }
        let mut moved = format!("$.paths{}", jsonpath::bracketed(new_path));
        if method.is_some() {
            moved.push_str(&format!(".{new_method}"));
        }
        let rest = parts.get(if method.is_some() { 3 } else { 2 }..)?;
        Some(moved + &rest.concat())
    }

    /// Returns the path to which all operations of a path item moved.
    fn moved_item(&self, path: &str, item: &Value) -> Option<&str> {
        if self.new.get("paths")?.get(path).is_some() {
            return None;
        }
        let operations = METHODS.iter().filter_map(|method| item.get(method));
        let mut found = operations.filter_map(id).map(|id| self.find(id).map(|(path, _)| path));
        match found.next() {
            Some(first) => first.filter(|first| found.all(|other| other == Some(*first))),
            None => self.respelt(path),
        }
    }

    /// Returns the operation of the new document with an ID, if there is exactly one.
    fn find(&self, wanted: &str) -> Option<(&str, &'static str)> {
        let items = self.new.get("paths")?.as_object()?.iter();
        let operations = items.flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| Some((path.as_str(), *method, item.get(method)?)))
        });
        let mut found = operations.filter(|(.., operation)| id(operation) == Some(wanted));
        let (path, method, _) = found.next()?;
        found.next().is_none().then_some((path, method))
    }

    /// Returns the path of the new document that differs only in the names of its parameters, if there is exactly one.
    fn respelt(&self, path: &str) -> Option<&str> {
        let paths = self.new.get("paths")?.as_object()?;
        let without_parameter_names = without_parameter_names(path);
        let mut found =
            paths.keys().filter(|other| self::without_parameter_names(other) == without_parameter_names);
        let only = found.next()?;
        (found.next().is_none() && only != path).then_some(only)
    }

    /// Finds a node with another name and the same content under the same parent: a component, or a property of one.
    fn renamed(&self, parts: &[&str]) -> Option<String> {
        let (mut old, mut new) = (self.old_base, self.new_base);
        for (index, part) in parts.iter().enumerate() {
            let name = jsonpath::segment_name(part)?;
            let (before, after) = (old.as_object()?, new.as_object()?);
            let content = before.get(&name)?;
            let Some(still) = after.get(&name) else {
                // For components, equal content suffices.
                let is_component = match jsonpath::segment_name(parts.first()?)?.as_str() {
                    "components" => index == 2,
                    "definitions" | "parameters" | "responses" => index == 1,
                    _ => false,
                };
                let is_one = |other: &str| is_component || is_evident(&name, other, content);
                let mut found = after.iter().filter(|(other, value)| {
                    *value == content && !before.contains_key(*other) && is_one(other)
                });
                let (renamed, _) = found.next()?;
                let is_only = found.next().is_none();
                let (front, rest) = (parts.get(..index)?.concat(), parts.get(index + 1..)?.concat());
                return is_only.then(|| format!("${front}{}{rest}", jsonpath::segment(renamed)));
            };
            (old, new) = (content, still);
        }
        None
    }
}

/// Returns whether two names refer to the same node: its content is distinctive, or the names are similar.
fn is_evident(old: &str, new: &str, content: &Value) -> bool {
    let is_distinctive = content.as_object().is_some_and(|content| {
        content.contains_key("description")
            || content.values().any(|value| value.is_object() || value.is_array())
    });
    is_distinctive || suggest::are_similar(old, new)
}

fn id(operation: &Value) -> Option<&str> {
    operation.get("operationId").and_then(Value::as_str)
}
