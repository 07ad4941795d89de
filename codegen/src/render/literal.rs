//! Texts as Rust literals.

/// A text as a Rust literal: nothing in it can become code.
pub(crate) fn literal(text: &str) -> String {
    proc_macro2::Literal::string(text).to_string()
}

/// Texts as Rust literals, between commas.
pub(crate) fn literals<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| literal(text.as_ref())).collect();
    texts.join(", ")
}
