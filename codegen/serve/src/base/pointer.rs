//! JSON pointers as strings, without the number sign.

/// Returns the pointer of a child.
pub(crate) fn child(at: &str, token: &str) -> String {
    format!("{at}/{}", token.replace('~', "~0").replace('/', "~1"))
}

/// Returns the last token of a pointer.
pub(crate) fn last(at: &str) -> String {
    at.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}
