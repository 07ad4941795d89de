//! Reads a version without quotes, which YAML takes for a number: `openapi: 3.1`.

use serde_json::Value;

use crate::base::diagnostic::Findings;
use crate::base::pointer::Pointer;

/// The key of the version.
const KEY: &str = "openapi";

/// Converts a version that is a number to a string, and returns the number.
pub(super) fn quote(tree: &mut Value) -> Option<String> {
    let version = tree.get_mut(KEY).filter(|version| version.is_f64())?;
    let number = version.to_string();
    *version = Value::String(number.clone());
    Some(number)
}

pub(super) fn report(number: &str, findings: &mut Findings) {
    let message = "the version must be a string, not a number";
    let help = format!("put it in quotes: `openapi: '{number}.0'`");
    findings.problem(&Pointer::root().child(KEY), message, help);
}
