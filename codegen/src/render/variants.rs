//! Renders enums whose last variant holds any other value.

use quote::quote;

use super::doc;
use super::format::{CodeFile, RenderError, ident, parse};
use super::symbol::{Imports, Symbol};
use crate::base::name::RustName;
use crate::ir::api::TypeDef;

/// A variant of such an enum.
pub(super) struct VariantItem<'v> {
    pub(super) name: &'v RustName,
    pub(super) docs: String,
    /// The type of its content.
    pub(super) content: Option<String>,
}

/// Renders the enum. `unknown` documents the last variant.
pub(super) fn enum_of(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    variants: &[VariantItem<'_>],
    unknown: &str,
) -> Result<(), RenderError> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(doc::type_docs(def));
    let unknown = doc::own_attributes(unknown);
    let value = imports.ident(Symbol::VALUE)?;
    let mut items = Vec::with_capacity(variants.len());
    for VariantItem { name, docs, content } in variants {
        let (name, docs) = (ident(name.as_str())?, doc::attributes(docs.clone()));
        let content = content.as_deref().map(parse).transpose()?.map(|ty| quote!((#ty)));
        items.push(quote!(#docs #name #content));
    }
    file.item(&quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#items,)*
            #unknown
            Unknown(#value)
        }
    })
}
