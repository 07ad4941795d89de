//! What a type is called after.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use serde_json::Value;

use crate::base::name::RustName;

/// An object's keys that begin with `x-`.
pub(super) type Extensions = IndexMap<String, Value>;

/// Where an inline schema stands: what its type is called after, and which file it goes to.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) hint: String,
    pub(super) file: String,
}

impl Context {
    pub(super) fn new(hint: &RustName, file: &str) -> Self {
        Self { hint: hint.plain().to_owned(), file: file.to_owned() }
    }

    /// The context of something inside: its name is appended.
    pub(super) fn inner(&self, name: &str) -> Self {
        Self { hint: format!("{}{}", self.hint, name.to_upper_camel_case()), file: self.file.clone() }
    }
}

/// The name that the description wishes for.
pub(super) fn rust_name(extensions: &Extensions) -> Option<&str> {
    extensions.get("x-rust-name").and_then(Value::as_str)
}
