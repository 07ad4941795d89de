//! Structs, open enums and aliases.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::format::{File, Problem, ident, parse};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME, Symbol};
use super::types::{field_text, type_text};
use crate::ir::api::{Direction, Field, TypeDef, Variant};
use crate::ir::ty::Type;

/// The first line of a file's docs.
pub(super) fn file_docs(types: &[TypeDef]) -> String {
    let main = &types[0];
    match types.len() {
        1 => format!("`{}`.", main.name),
        _ => format!("`{}` and what it is made of.", main.name),
    }
}

pub(super) fn model(
    file: &mut File,
    imports: &mut Imports,
    def: &TypeDef,
    fields: &[Field],
) -> Result<(), Problem> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(&doc::type_docs(def));
    let non_exhaustive = (!def.is_literal()).then(|| quote!(#[non_exhaustive]));
    let mut members = Vec::with_capacity(fields.len() + 1);
    for field in fields {
        members.push(member(imports, def, field)?);
    }
    if def.is_open() {
        let docs = match def.direction {
            Direction::Request => " What is sent beyond the fields above.",
            _ => " What the server sent beyond the fields above.",
        };
        let extra = imports.ident(Symbol::EXTRA)?;
        members.push(quote!(#[doc = #docs] pub extra: #extra));
    }
    file.item(&quote! {
        #docs
        #[derive(Clone, Default)]
        #non_exhaustive
        pub struct #name { #(#members),* }
    })?;
    file.text(&table(def, fields));
    if let Some(page) = &def.page {
        file.text(&format!("{RUNTIME}::paged!({} -> {});\n", def.name, type_text(&page.record, imports)));
    }
    Ok(())
}

fn member(imports: &mut Imports, def: &TypeDef, field: &Field) -> Result<TokenStream, Problem> {
    let name = ident(field.name.as_str())?;
    let ty = parse(&field_text(def, field, imports))?;
    let docs = doc::attributes(&doc::field_docs(field));
    Ok(quote!(#docs pub #name: #ty))
}

/// The table that ties wire names to fields, laid out a line a field.
fn table(def: &TypeDef, fields: &[Field]) -> String {
    let kind = if def.is_open() { "open" } else { "closed" };
    let mut text = format!("{RUNTIME}::model! {{\n    {}: {kind},\n", def.name);
    for (index, field) in fields.iter().enumerate() {
        let flags = match (def.demands(field), field.lenient) {
            (true, true) => ": REQUIRED LENIENT",
            (true, false) => ": REQUIRED",
            (false, true) => ": LENIENT",
            (false, false) => "",
        };
        text.push_str(&format!("    {index} {} => {}{flags},\n", literal(field.wire.as_str()), field.name));
    }
    text.push_str("}\n");
    text
}

pub(super) fn open_enum(
    file: &mut File,
    imports: &mut Imports,
    def: &TypeDef,
    variants: &[Variant],
) -> Result<(), Problem> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(&doc::type_docs(def));
    let unknown = imports.ident(Symbol::UNKNOWN_VALUE)?;
    let mut items = Vec::with_capacity(variants.len());
    for variant in variants {
        let name = ident(variant.name.as_str())?;
        let docs = doc::attributes(&doc::value_docs(variant.wire.as_str()));
        items.push(quote!(#docs #name));
    }
    file.item(&quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#items,)*
            /// A value that the description doesn't list.
            Unknown(#unknown)
        }
    })?;
    let mut table = format!("{RUNTIME}::open_enum! {{\n    {},\n", def.name);
    for variant in variants {
        table.push_str(&format!("    {} => {},\n", literal(variant.wire.as_str()), variant.name));
    }
    table.push_str("}\n");
    file.text(&table);
    Ok(())
}

pub(super) fn alias(file: &mut File, imports: &mut Imports, def: &TypeDef, ty: &Type) -> Result<(), Problem> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(&doc::type_docs(def));
    let ty = parse(&type_text(ty, imports))?;
    file.item(&quote!(#docs pub type #name = #ty;))
}
