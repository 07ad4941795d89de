//! Renders structs and aliases.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::is_converted;
use super::doc;
use super::format::{CodeFile, RenderError, ident, parse};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME, Symbol};
use super::types::{field_text, type_text};
use crate::ir::api::{Direction, Field, Presence, TypeDef};
use crate::ir::ty::Type;

/// Returns the docs of a file of models.
pub(super) fn file_docs(types: &[TypeDef]) -> String {
    let main = &types[0];
    match types.len() {
        1 => format!("`{}`.", main.name),
        _ => format!("`{}` and the types that it contains.", main.name),
    }
}

pub(super) fn model(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    fields: &[Field],
) -> Result<(), RenderError> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(doc::type_docs(def));
    let non_exhaustive = (!def.is_literal()).then(|| quote!(#[non_exhaustive]));
    let mut definitions = Vec::with_capacity(fields.len() + 1);
    for field in fields {
        definitions.push(field_definition(imports, def, field)?);
    }
    if def.is_open() {
        let docs = match def.direction {
            Direction::Request => " Additional properties to send.",
            _ if fields.iter().any(|field| field.is_map) => {
                " Undeclared properties that the server sent: additional ones of another type."
            }
            _ => " Undeclared properties that the server sent.",
        };
        let extra = imports.ident(Symbol::EXTRA)?;
        definitions.push(quote!(#[doc = #docs] pub extra: #extra));
    }
    file.item(&quote! {
        #docs
        #[derive(Clone)]
        #non_exhaustive
        pub struct #name { #(#definitions),* }
    })?;
    file.text(&table(def, fields));
    let required = def.constructor();
    if !required.is_empty() {
        file.item(&constructor(imports, def, fields, &required)?)?;
    }
    if let Some(page) = &def.page {
        file.text(&format!("{RUNTIME}::paged!({} -> {});\n", def.name, type_text(&page.record, imports)));
    }
    Ok(())
}

fn field_definition(imports: &mut Imports, def: &TypeDef, field: &Field) -> Result<TokenStream, RenderError> {
    let name = ident(field.name.as_str())?;
    let ty = parse(&field_text(def, field, imports))?;
    let docs = doc::attributes(doc::field_docs(field));
    Ok(quote!(#docs pub #name: #ty))
}

/// Returns the `impl` block with `new`, which takes the required fields.
fn constructor(
    imports: &mut Imports,
    def: &TypeDef,
    fields: &[Field],
    required: &[&Field],
) -> Result<TokenStream, RenderError> {
    let (name, runtime) = (ident(def.name.as_str())?, ident(RUNTIME)?);
    let docs = doc::attributes(doc::constructor_docs(def, fields, required));
    // Clippy's default for `too_many_arguments`.
    let allow = (required.len() > 7)
        .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "one for each required field")]));
    let mut arguments = Vec::with_capacity(required.len());
    let mut values = Vec::with_capacity(required.len());
    for field in required {
        let (name, ty) = (ident(field.name.as_str())?, parse(&type_text(&field.ty, imports))?);
        let is_converted = is_converted(&field.ty);
        let (argument, value) = if is_converted {
            (quote!(impl Into<#ty>), quote!(#name.into()))
        } else {
            (quote!(#ty), quote!(#name))
        };
        arguments.push(quote!(#name: #argument));
        values.push(match def.presence(field) {
            Presence::Always if is_converted => quote!(#name: #value),
            Presence::Always => quote!(#name),
            Presence::Option | Presence::Maybe => quote!(#name: Some(#value)),
        });
    }
    let has_more = required.len() < fields.len() || def.is_open();
    let rest = has_more.then(|| quote!(..#runtime::wire::Decode::blank()));
    Ok(quote! {
        impl #name {
            #docs
            #allow
            #[must_use]
            #[inline]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values,)* #rest }
            }
        }
    })
}

/// Returns the macro call that ties property names to fields, one line for each field.
fn table(def: &TypeDef, fields: &[Field]) -> String {
    let kind = if def.is_open() { "open" } else { "closed" };
    let default = if def.has_default { " default" } else { "" };
    let mut text = format!("{RUNTIME}::model! {{\n    {}: {kind}{default},\n", def.name);
    for (index, field) in fields.iter().enumerate() {
        if field.is_map {
            // The position before it is that of `extra`.
            text.push_str(&format!("    * {} => {},\n", index + 1, field.name));
            continue;
        }
        let flags = [
            (def.demands(field), " REQUIRED"),
            (def.demands_value(field), " VALUE"),
            (field.lenient, " LENIENT"),
        ];
        let flags: String = flags.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| *flag).collect();
        let flags = if flags.is_empty() { flags } else { format!(":{flags}") };
        text.push_str(&format!("    {index} {} => {}{flags},\n", literal(field.wire.as_str()), field.name));
    }
    text.push_str("}\n");
    text
}

pub(super) fn alias(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    ty: &Type,
) -> Result<(), RenderError> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(doc::type_docs(def));
    let ty = parse(&type_text(ty, imports))?;
    file.item(&quote!(#docs pub type #name = #ty;))
}
