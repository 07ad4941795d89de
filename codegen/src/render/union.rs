//! Renders unions as enums.

use super::doc;
use super::format::{CodeFile, RenderError};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME};
use super::types::type_text;
use super::variants::{VariantItem, enum_of};
use crate::ir::api::{TypeDef, UnionVariant};
use crate::ir::ty::Type;

pub(super) fn union(
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
    enum_of(file, imports, def, &items, "Any other value, as the server sent it.")?;
    let (head, rows): (String, Vec<String>) = match tag {
        Some(tag) => {
            let default = variants.iter().position(|variant| variant.is_default);
            let default = default.map_or_else(String::new, |index| format!(" or {index}"));
            let head =
                format!("{RUNTIME}::tagged_union! {{\n    {} by {}{default},\n", def.name, literal(tag));
            (head, variants.iter().map(|variant| tagged_row(imports, variant)).collect())
        }
        None => (
            format!("{RUNTIME}::union! {{\n    {},\n", def.name),
            variants.iter().map(|variant| format!("    {},\n", row(imports, variant))).collect(),
        ),
    };
    file.text(&format!("{head}{}}}\n", rows.concat()));
    Ok(())
}

fn row(imports: &mut Imports, variant: &UnionVariant) -> String {
    let mut sources = Vec::new();
    for source in &variant.sources {
        sources.push(type_text(source, imports));
        // `&str` doesn't convert into an `Option`.
        if *source == Type::String && !matches!(variant.ty, Type::Nullable(_)) {
            sources.push("&str".to_owned());
        }
    }
    let from = if sources.is_empty() { String::new() } else { format!(" from {}", sources.join(" | ")) };
    format!("{}({}){from}", variant.name, type_text(&variant.ty, imports))
}

fn tagged_row(imports: &mut Imports, variant: &UnionVariant) -> String {
    let tags: Vec<_> = variant.tags.iter().map(|tag| literal(tag.as_str())).collect();
    let tags = if tags.is_empty() { String::new() } else { format!("{} ", tags.join(" | ")) };
    format!("    {tags}=> {},\n", row(imports, variant))
}
