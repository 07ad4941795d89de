//! Rust string literals.

use proc_macro2::TokenStream;
use quote::quote;

/// Returns a string as a Rust literal. Nothing in it can become code.
pub(crate) fn literal(text: &str) -> String {
    let token: TokenStream = quote!(#text);
    token.to_string()
}

/// Returns strings as Rust literals, separated by commas.
pub(crate) fn literals<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| literal(text.as_ref())).collect();
    texts.join(", ")
}
