//! Renders unions as enums.

use super::doc;
use super::format::{CodeFile, RenderError};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME};
use super::types::type_text;
use super::variants::{VariantItem, enum_of};
use crate::base::name::RustName;
use crate::ir::api::{TypeDef, UnionVariant};
use crate::ir::ty::Type;

/// Renders a union whose types are tried in order.
pub(super) fn union(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    variants: &[UnionVariant],
    sources: &[Type],
) -> Result<(), RenderError> {
    definition(file, imports, def, None, variants)?;
    let rows: String = variants.iter().map(|variant| format!("    {},\n", row(imports, variant))).collect();
    let from = from(imports, sources, false);
    file.text(&format!("{RUNTIME}::union! {{\n    {}{from},\n{rows}}}\n", def.name));
    Ok(())
}

/// Renders a union whose types are distinguished by a property.
pub(super) fn tagged_union(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    tag: &str,
    variants: &[UnionVariant],
) -> Result<(), RenderError> {
    definition(file, imports, def, Some(tag), variants)?;
    file.text(&rows(imports, &def.name, Some(tag), variants));
    Ok(())
}

/// Returns the call of the macro that implements a union without sources.
pub(super) fn rows(
    imports: &mut Imports,
    name: &RustName,
    tag: Option<&str>,
    variants: &[UnionVariant],
) -> String {
    let Some(tag) = tag else {
        let rows: String =
            variants.iter().map(|variant| format!("    {},\n", row(imports, variant))).collect();
        return format!("{RUNTIME}::union! {{\n    {name},\n{rows}}}\n");
    };
    let default = variants.iter().position(|variant| variant.is_default);
    let default = default.map_or_else(String::new, |index| format!(" or {index}"));
    let rows: String = variants.iter().map(|variant| tagged_row(imports, variant)).collect();
    format!("{RUNTIME}::tagged_union! {{\n    {name} by {}{default},\n{rows}}}\n", literal(tag))
}

fn definition(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    tag: Option<&str>,
    variants: &[UnionVariant],
) -> Result<(), RenderError> {
    let items: Vec<_> = variants
        .iter()
        .map(|variant| VariantItem {
            name: &variant.name,
            docs: doc::union_variant_docs(tag, variant),
            content: Some(type_text(&variant.ty, imports)),
        })
        .collect();
    enum_of(file, imports, def, &items, "Any other value, as the server sent it.")
}

fn row(imports: &mut Imports, variant: &UnionVariant) -> String {
    // `&str` doesn't convert into an `Option`.
    let from = from(imports, &variant.sources, matches!(variant.ty, Type::Nullable(_)));
    format!("{}({}){from}", variant.name, type_text(&variant.ty, imports))
}

/// Returns the list of types that convert into a union or a variant.
fn from(imports: &mut Imports, sources: &[Type], is_option: bool) -> String {
    let mut texts = Vec::new();
    for source in sources {
        texts.push(type_text(source, imports));
        if *source == Type::String && !is_option {
            texts.push("&str".to_owned());
        }
    }
    if texts.is_empty() { String::new() } else { format!(" from {}", texts.join(" | ")) }
}

fn tagged_row(imports: &mut Imports, variant: &UnionVariant) -> String {
    let tags: Vec<_> = variant.tags.iter().map(|tag| literal(tag.as_str())).collect();
    let tags = if tags.is_empty() { String::new() } else { format!("{} ", tags.join(" | ")) };
    format!("    {tags}=> {},\n", row(imports, variant))
}
