//! Renders enums of values.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::format::{CodeFile, RenderError, ident, parse};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME, Symbol};
use super::types::type_text;
use crate::ir::api::{TypeDef, Variant};
use crate::ir::ty::Type;

pub(super) fn open_enum(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    of: &Type,
    variants: &[Variant],
) -> Result<(), RenderError> {
    let name = ident(def.name.as_str())?;
    let docs = doc::attributes(doc::type_docs(def));
    let derives = derives(of);
    let unknown = imports.ident(Symbol::UNKNOWN_VALUE)?;
    let value = type_text(of, imports);
    let is_text = *of == Type::String;
    let unknown = if is_text {
        quote!(#unknown)
    } else {
        let value = parse(&value)?;
        quote!(#unknown<#value>)
    };
    let mut items = Vec::with_capacity(variants.len());
    for variant in variants {
        let name = ident(variant.name.as_str())?;
        let docs = doc::attributes(doc::value_docs(variant));
        items.push(quote!(#docs #name));
    }
    file.item(&quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#items,)*
            /// A value that the description doesn't list.
            Unknown(#unknown)
        }
    })?;
    let mut table = if is_text {
        format!("{RUNTIME}::open_enum! {{\n    {},\n", def.name)
    } else {
        format!("{RUNTIME}::value_enum! {{\n    {}: {value},\n", def.name)
    };
    for variant in variants {
        table.push_str(&format!("    {} => {},\n", wire_literal(of, variant.wire.as_str()), variant.name));
    }
    table.push_str("}\n");
    file.text(&table);
    Ok(())
}

/// Returns the traits that values of the type have.
fn derives(of: &Type) -> TokenStream {
    match of {
        Type::Bool | Type::I64 | Type::U64 => quote!(#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]),
        Type::Any => quote!(#[derive(Clone, Debug, PartialEq)]),
        // The macro implements the others with less code than a derive.
        Type::String => quote!(#[derive(Clone, Debug)]),
        _ => quote!(#[derive(Clone, Debug, PartialEq, Eq, Hash)]),
    }
}

/// Returns a value as the macro of the runtime takes it.
fn wire_literal(of: &Type, wire: &str) -> String {
    // The texts of integers and booleans are literals of Rust.
    match of {
        Type::Bool | Type::I64 | Type::U64 => wire.to_owned(),
        _ => literal(wire),
    }
}
