//! The schemas that apply to one value: a schema, the target of its reference, and its members of `allOf`.

use std::collections::HashSet;

use serde_json::Value;

use super::checker::Checker;
use super::values::types;
use crate::base::json_object::JsonObject;
use crate::base::pointer::Pointer;

/// The maximum number of members that are compared. Their number can double with each reference.
const MAX_MEMBERS: usize = 100;

/// A schema that applies to a value.
pub(super) struct Member<'v> {
    pub(super) schema: &'v JsonObject,
    pub(super) at: Pointer,
}

impl<'v> Member<'v> {
    /// Returns the location of a keyword.
    pub(super) fn keyword_at(&self, keyword: &str) -> Pointer {
        self.at.child(keyword)
    }

    /// Returns the values that the schema lists, and the keyword that does.
    pub(super) fn values(&self) -> Option<(&'static str, Vec<&'v Value>)> {
        if let Some(value) = self.schema.get("const") {
            return Some(("const", vec![value]));
        }
        let values = self.schema.get("enum")?.as_array()?;
        (!values.is_empty()).then(|| ("enum", values.iter().collect()))
    }

    /// Returns whether null is valid, whatever else is.
    pub(super) fn allows_null(&self) -> bool {
        let is_set = |key: &str| self.schema.get(key) == Some(&Value::Bool(true));
        is_set("nullable")
            || is_set("x-nullable")
            || self.declared_types().is_none_or(|types| types.contains(&"null"))
    }

    /// Returns the declared types; `None` if there are none, or an unknown one.
    pub(super) fn declared_types(&self) -> Option<Vec<&'v str>> {
        types(self.schema)
    }
}

/// Returns all members, those of references included. What is written around others comes after them.
pub(super) fn members<'v>(checker: &Checker<'v, '_>, at: Pointer, schema: &'v JsonObject) -> Vec<Member<'v>> {
    let mut found = Vec::new();
    collect(checker, Member { schema, at }, &mut HashSet::new(), &mut found);
    found
}

fn collect<'v>(
    checker: &Checker<'v, '_>,
    member: Member<'v>,
    seen: &mut HashSet<Pointer>,
    found: &mut Vec<Member<'v>>,
) {
    if seen.len() >= MAX_MEMBERS || !seen.insert(member.at.clone()) {
        return;
    }
    let schema = member.schema;
    let target = schema.get("$ref").and_then(Value::as_str).and_then(Pointer::parse);
    if let Some(at) = target
        && let Some(Value::Object(schema)) = at.find(checker.tree)
    {
        collect(checker, Member { schema, at }, seen, found);
    }
    let list = member.at.child("allOf");
    let all = schema.get("allOf").and_then(Value::as_array);
    for (index, entry) in all.into_iter().flatten().enumerate() {
        if let Value::Object(schema) = entry {
            collect(checker, Member { schema, at: list.index(index) }, seen, found);
        }
    }
    found.push(member);
}
