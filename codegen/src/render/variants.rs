//! Renders enums whose last variant holds any other value.

use super::doc;
use super::format::{CodeFile, RenderError, ident};
use super::model::{NON_EXHAUSTIVE, attributes};
use super::symbol::{Imports, ResolveNames as _, Symbol};
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
    let name = ident(&def.name)?;
    let attributes = attributes(def, "Clone, Debug, PartialEq");
    let mut text = format!("{attributes}{NON_EXHAUSTIVE}pub enum {name} {{\n");
    for VariantItem { name, docs, content } in variants {
        let content = content.as_ref().map_or_else(String::new, |ty| format!("({ty})"));
        text.push_str(&doc::comments(docs.clone(), "    "));
        text.push_str(&format!("    {}{content},\n", ident(name)?));
    }
    let value = imports.symbol(Symbol::VALUE);
    text.push_str(&format!("{}    Unknown({value}),\n}}\n", doc::own_comments(unknown, "    ")));
    file.item(&doc::comments(doc::type_docs(def), ""), &text)
}
