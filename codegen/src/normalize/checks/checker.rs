//! What each check needs.

use serde_json::{Map, Value};

use crate::base::diagnostic::Findings;
use crate::base::path::Path;

pub(super) type Entries = Map<String, Value>;

/// The tree that is looked through, and what is found there.
pub(super) struct Checker<'v, 'f> {
    pub(super) tree: &'v Value,
    pub(super) findings: &'f mut Findings,
}

impl<'v> Checker<'v, '_> {
    /// The component that a reference leads to, or the node itself.
    pub(super) fn resolve(&self, mut value: &'v Value) -> &'v Value {
        /// A circle is a mistake that is told of elsewhere.
        const FAR_ENOUGH: usize = 16;
        for _ in 0..FAR_ENOUGH {
            let reference = value.as_object().and_then(|entries| entries.get("$ref")).and_then(Value::as_str);
            let Some(pointer) = reference.and_then(|reference| reference.strip_prefix('#')) else { break };
            let Some(target) = self.tree.pointer(pointer) else { break };
            value = target;
        }
        value
    }

    pub(super) fn warn(&mut self, at: &Path<'_>, message: impl Into<String>, help: impl Into<String>) {
        self.findings.warning(&at.to_pointer(), message, help);
    }
}

/// The names in braces.
pub(super) fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
