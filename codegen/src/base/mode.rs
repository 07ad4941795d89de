//! How problems in a description are treated.

/// How problems in the description are treated: a reference to a missing node, an unknown type, a value of the wrong
/// type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// A problem is an error, and nothing is generated.
    #[default]
    Strict,
    /// A problem is a warning. The value is interpreted as well as possible, or as any JSON.
    Lenient,
}
