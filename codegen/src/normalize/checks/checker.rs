//! The state that all checks share: the tree, and the findings.

use std::collections::HashSet;

use serde_json::Value;

use crate::base::diagnostic::Findings;
use crate::base::node_path::NodePath;
use crate::base::pointer::Pointer;

/// The tree to check, and the findings.
pub(super) struct Checker<'v, 'f> {
    pub(super) tree: &'v Value,
    /// All values of `operationId`; `None` if some of the operations were left out.
    pub(super) operation_ids: Option<HashSet<&'v str>>,
    /// The schemas that were compared because all of them apply to one property or item.
    pub(super) compared: HashSet<Vec<Pointer>>,
    pub(super) findings: &'f mut Findings,
}

impl<'v> Checker<'v, '_> {
    /// Returns the target of a reference, or the node itself.
    pub(super) fn resolve(&self, mut value: &'v Value) -> &'v Value {
        /// The maximum length of a chain of references. A longer chain is a cycle, which is reported elsewhere.
        const MAX_CHAIN: usize = 16;
        for _ in 0..MAX_CHAIN {
            let reference = value.as_object().and_then(|entries| entries.get("$ref")).and_then(Value::as_str);
            let Some(pointer) = reference.and_then(|reference| reference.strip_prefix('#')) else { break };
            let Some(target) = self.tree.pointer(pointer) else { break };
            value = target;
        }
        value
    }

    pub(super) fn warn(&mut self, at: &NodePath<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.findings.warning(&at.to_pointer(), message, help);
    }
}

/// Returns the names in braces of a template.
pub(super) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
