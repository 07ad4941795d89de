//! Names for inline types, and `x-rust-name`.

use heck::ToUpperCamelCase;
use indexmap::IndexMap;
use serde_json::Value;

use crate::base::diagnostic::Findings;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;

/// The extension with a name for generated code.
const RUST_NAME: &str = "x-rust-name";

/// The extensions of an object.
pub(super) type Extensions = IndexMap<String, Value>;

/// The context of an inline schema: the name for its type, and the file of the type.
#[derive(Clone)]
pub(super) struct Context {
    pub(super) hint: String,
    pub(super) file: String,
}

impl Context {
    pub(super) fn new(hint: &RustName, file: &str) -> Self {
        Self { hint: hint.plain().to_owned(), file: file.to_owned() }
    }

    /// The context of a schema inside: its name is appended.
    pub(super) fn inner(&self, name: &str) -> Self {
        Self { hint: format!("{}{}", self.hint, name.to_upper_camel_case()), file: self.file.clone() }
    }
}

/// Reports an `x-rust-name` that is not a name as Rust writes it; `used` is what it becomes.
pub(super) fn check_rust_name(
    findings: &mut Findings,
    extensions: &Extensions,
    at: &Pointer,
    used: &RustName,
) {
    if let Some(name) = rust_name(extensions)
        && name != used.plain()
    {
        let message =
            format!("the `x-rust-name` {name:?} is not written as Rust writes such names; `{used}` is used");
        findings.warning(&at.child(RUST_NAME), message, format!("write `{}`", used.plain()));
    }
}

/// The name that the description gives by `x-rust-name`.
pub(super) fn rust_name(extensions: &Extensions) -> Option<&str> {
    extensions.get(RUST_NAME).and_then(Value::as_str).filter(|name| !name.is_empty())
}
