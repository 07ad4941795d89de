//! Renders enums whose variant depends on the status code.

use quote::quote;

use super::doc;
use super::format::{CodeFile, RenderError, ident, parse};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME, ResolveNames, Symbol};
use super::types::type_text;
use crate::ir::api::{StatusVariant, TypeDef};
use crate::ir::request::ResponseFormat;
use crate::ir::ty::Type;

pub(super) fn by_status(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    variants: &[StatusVariant],
) -> Result<(), RenderError> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(&doc::type_docs(def));
    let value = imports.ident(Symbol::VALUE)?;
    let mut items = Vec::with_capacity(variants.len());
    for variant in variants {
        let name = ident(variant.name.as_str())?;
        let docs = doc::attributes(&doc::status_variant_docs(variant));
        items.push(if let Some(ty) = &variant.ty {
            let ty = parse(&content_text(ty, imports))?;
            quote!(#docs #name(#ty))
        } else {
            quote!(#docs #name)
        });
    }
    file.item(&quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#items,)*
            /// JSON of a response with another status code, which no other variant can hold.
            Unknown(#value)
        }
    })?;
    // Bytes and redirects can't be encoded as JSON.
    let is_json = |variant: &StatusVariant| !matches!(variant.ty, Some(Type::Bytes | Type::Redirect));
    let json = if variants.iter().all(is_json) { "json " } else { "" };
    let rows: String = variants.iter().map(|variant| row(imports, variant)).collect();
    file.text(&format!("{RUNTIME}::response_union! {{\n    {json}{} {{\n{rows}    }}\n}}\n", def.name));
    Ok(())
}

fn row(imports: &mut Imports, variant: &StatusVariant) -> String {
    let content = variant.ty.as_ref().map(|ty| format!("({})", content_text(ty, imports)));
    let format = match variant.format {
        _ if variant.ty.is_none() => "empty",
        ResponseFormat::Text => "text",
        ResponseFormat::Bytes => "bytes",
        ResponseFormat::Items => "items",
        ResponseFormat::Redirect => "redirect",
        ResponseFormat::Json | ResponseFormat::ByStatus => "json",
    };
    let statuses: Vec<_> = variant.statuses.iter().map(|status| literal(status)).collect();
    format!("        {}{}: {format} {};\n", variant.name, content.unwrap_or_default(), statuses.join(" "))
}

/// Returns the type of the content. A model of the description may also be called `Redirect`.
fn content_text(ty: &Type, imports: &mut dyn ResolveNames) -> String {
    if *ty == Type::Redirect { format!("{RUNTIME}::Redirect") } else { type_text(ty, imports) }
}
