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
    /// How many types that are merged of several schemas contain the schema.
    merged: u8,
}

/// The maximum number of merged types that contain each other. Each level can combine other schemas, so their number
/// would be too large without a limit.
const MAX_MERGED: u8 = 24;

impl Context {
    pub(super) fn new(hint: &RustName, file: &str) -> Self {
        Self { hint: hint.plain().to_owned(), file: file.to_owned(), merged: 0 }
    }

    /// The context of what a type contains; `None` if it is merged of several schemas, and inside of too many that are.
    pub(super) fn merged(&self, is_merged: bool) -> Option<Self> {
        let merged = if is_merged { self.merged + 1 } else { self.merged };
        (merged <= MAX_MERGED).then(|| Self { merged, ..self.clone() })
    }

    /// The context of what a type of this name contains.
    pub(super) fn named(&self, name: &RustName) -> Self {
        Self { hint: name.plain().to_owned(), ..self.clone() }
    }

    /// The context of a schema inside: its name is appended.
    pub(super) fn inner(&self, name: &str) -> Self {
        Self { hint: format!("{}{}", self.hint, name.to_upper_camel_case()), ..self.clone() }
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
