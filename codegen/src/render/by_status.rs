//! Renders enums whose variant depends on the status code.

use super::doc;
use super::format::{CodeFile, RenderError};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME, ResolveNames};
use super::types::type_text;
use super::variants::{VariantItem, enum_of};
use crate::ir::api::{StatusVariant, TypeDef};
use crate::ir::request::ResponseFormat;
use crate::ir::ty::Type;

pub(super) fn by_status(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    variants: &[StatusVariant],
) -> Result<(), RenderError> {
    let items: Vec<_> = variants
        .iter()
        .map(|variant| VariantItem {
            name: &variant.name,
            docs: doc::status_variant_docs(variant),
            content: variant.ty.as_ref().map(|ty| content_text(ty, imports)),
        })
        .collect();
    let unknown = "JSON of a response with another status code, which no other variant can hold.";
    enum_of(file, imports, def, &items, unknown)?;
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
        ResponseFormat::Items | ResponseFormat::Events => "items",
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
