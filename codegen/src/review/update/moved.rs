//! Where the nodes went that a target no longer finds: operations by their id, all else by its content.

use serde_json::Value;

use crate::base::suggest;
use crate::grammar::paths::{METHODS, skeleton};
use crate::read::overlay::target;

/// The trees in which a target is looked for.
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
    /// The target that means in the new document what a target means in the old, if that is evident.
    pub(super) fn retarget(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = target::parts(path).collect();
        match target::name(parts.first()?)?.as_str() {
            "paths" => self.operation(&parts).or_else(|| self.renamed(&parts)),
            _ => self.renamed(&parts),
        }
    }

    /// A path, or an operation, that has another path or method.
    fn operation(&self, parts: &[&str]) -> Option<String> {
        let path = target::name(parts.get(1)?)?;
        let item = self.old.get("paths")?.get(&path)?;
        let method = parts.get(2).and_then(|part| target::name(part));
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
        let mut moved = format!("$.paths{}", target::bracketed(new_path));
        if method.is_some() {
            moved.push_str(&format!(".{new_method}"));
        }
        let rest = parts.get(if method.is_some() { 3 } else { 2 }..)?;
        Some(moved + &rest.concat())
    }

    /// Where all operations of a path went.
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

    /// The only operation of the new document with an id.
    fn find(&self, wanted: &str) -> Option<(&str, &'static str)> {
        let items = self.new.get("paths")?.as_object()?.iter();
        let operations = items.flat_map(|(path, item)| {
            METHODS.iter().filter_map(move |method| Some((path.as_str(), *method, item.get(method)?)))
        });
        let mut found = operations.filter(|(.., operation)| id(operation) == Some(wanted));
        let (path, method, _) = found.next()?;
        found.next().is_none().then_some((path, method))
    }

    /// The only path of the new document that differs in the names of its parameters only.
    fn respelt(&self, path: &str) -> Option<&str> {
        let paths = self.new.get("paths")?.as_object()?;
        let skeleton = skeleton(path);
        let mut found = paths.keys().filter(|other| self::skeleton(other) == skeleton);
        let only = found.next()?;
        (found.next().is_none() && only != path).then_some(only)
    }

    /// What has another name and the same content, beside where it was: a component, or a property of one.
    fn renamed(&self, parts: &[&str]) -> Option<String> {
        let (mut old, mut new) = (self.old_base, self.new_base);
        for (index, part) in parts.iter().enumerate() {
            let name = target::name(part)?;
            let (before, after) = (old.as_object()?, new.as_object()?);
            let content = before.get(&name)?;
            let Some(still) = after.get(&name) else {
                // Components are known by their content alone.
                let is_component = index == 2 && target::name(parts.first()?)? == "components";
                let is_one = |other: &str| is_component || is_evident(&name, other, content);
                let mut found = after.iter().filter(|(other, value)| {
                    *value == content && !before.contains_key(*other) && is_one(other)
                });
                let (renamed, _) = found.next()?;
                let is_only = found.next().is_none();
                let (front, rest) = (parts.get(..index)?.concat(), parts.get(index + 1..)?.concat());
                return is_only.then(|| format!("${front}{}{rest}", target::part(renamed)));
            };
            (old, new) = (content, still);
        }
        None
    }
}

/// Whether two names stand for one thing of the given content: it says a lot, or the names are alike.
fn is_evident(old: &str, new: &str, content: &Value) -> bool {
    let says_much = content.as_object().is_some_and(|content| {
        content.contains_key("description")
            || content.values().any(|value| value.is_object() || value.is_array())
    });
    says_much || suggest::are_alike(old, new)
}

fn id(operation: &Value) -> Option<&str> {
    operation.get("operationId").and_then(Value::as_str)
}
