//! Checks links, which no later stage uses.

use crate::base::diagnostic::Findings;
use crate::base::json_object::JsonObject;
use crate::base::node_path::NodePath;
use crate::grammar::json_type::json_type;

/// Checks a link. Returns `false` if it names no operation.
pub(super) fn check_link(findings: &mut Findings, at: &NodePath<'_>, entries: &mut JsonObject) -> bool {
    let is_named = |key: &str| entries.contains_key(key);
    if let Some(parameters) = entries.get("parameters").filter(|parameters| !parameters.is_object()) {
        let message = format!("`parameters` must be an object, not {}", json_type(parameters));
        findings.problem(&at.child("parameters"), message, "map the names of parameters to their values");
    }
    match (is_named("operationRef"), is_named("operationId")) {
        (true, true) => {
            let message = "a Link Object can't have both `operationRef` and `operationId`";
            findings.problem(&at.to_pointer(), message, "delete one of them");
        }
        // A reference without a target was reported.
        (false, false) if !findings.any_below(&at.to_pointer()) => {
            let message = "a Link Object has neither `operationRef` nor `operationId`";
            findings.problem(&at.to_pointer(), message, "name the operation that it leads to");
        }
        _ => {}
    }
    is_named("operationRef") || is_named("operationId")
}
