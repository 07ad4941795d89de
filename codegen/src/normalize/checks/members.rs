//! The schemas that apply to one value: a schema, the target of its reference, and its members of `allOf`.

use std::collections::HashSet;

use serde_json::{Value, json};

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
    /// The location of the reference that leads to the schema, if one does.
    pub(super) via: Option<Pointer>,
}

impl<'v> Member<'v> {
    /// Returns the location to report for a keyword: that of the reference, if one leads to the schema.
    pub(super) fn reported_at(&self, keyword: &str) -> Pointer {
        self.via.clone().unwrap_or_else(|| self.at.child(keyword))
    }

    /// Returns the words for the location of the schema, in a message that is reported for it.
    pub(super) fn here(&self) -> String {
        if self.via.is_some() { format!("at {}", self.at) } else { "here".to_owned() }
    }

    /// Returns whether one reference leads to both schemas. What they say together is reported for its target.
    pub(super) fn is_beside(&self, other: &Self) -> bool {
        self.via.is_some() && self.via == other.via
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
pub(super) fn members<'v>(checker: &Checker<'v, '_>, whole: Member<'v>) -> Vec<Member<'v>> {
    let mut found = Vec::new();
    collect(checker, whole, &mut HashSet::new(), &mut found);
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
        let via = member.via.clone().or_else(|| Some(member.at.child("$ref")));
        collect(checker, Member { schema, at, via }, seen, found);
    }
    for keyword in ["allOf", "oneOf", "anyOf"] {
        let list = member.at.child(keyword);
        let all = schema.get(keyword).and_then(Value::as_array);
        // A union with one branch is a member.
        let all = all.filter(|all| keyword == "allOf" || all.len() == 1);
        for (index, entry) in all.into_iter().flatten().enumerate() {
            if let Value::Object(schema) = entry {
                collect(
                    checker,
                    Member { schema, at: list.index(index), via: member.via.clone() },
                    seen,
                    found,
                );
            }
        }
    }
    found.push(member);
}

/// Returns whether a schema is `false`, in any spelling.
pub(super) fn allows_nothing(schema: &Value) -> bool {
    let excluded = schema.get("not").filter(|_| schema.as_object().is_some_and(|entries| entries.len() == 1));
    *schema == json!(false) || excluded.is_some_and(|not| *not == json!({}) || *not == json!(true))
}
