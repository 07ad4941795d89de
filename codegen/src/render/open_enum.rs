//! Renders enums of values.

use super::doc;
use super::format::{CodeFile, RenderError, ident};
use super::literal::literal;
use super::model::{NON_EXHAUSTIVE, attributes};
use super::symbol::{Imports, RUNTIME, ResolveNames as _, Symbol};
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
    let name = ident(&def.name)?;
    let unknown = imports.symbol(Symbol::UNKNOWN_VALUE);
    let value = type_text(of, imports);
    let is_text = *of == Type::String;
    let unknown = if is_text { unknown } else { format!("{unknown}<{value}>") };
    let mut text = format!("{}{NON_EXHAUSTIVE}pub enum {name} {{\n", attributes(def, derives(of)));
    for variant in variants {
        text.push_str(&doc::comments(doc::value_docs(variant), "    "));
        text.push_str(&format!("    {},\n", ident(&variant.name)?));
    }
    text.push_str(&format!(
        "    /// A value that the description doesn't list.\n    Unknown({unknown}),\n}}\n"
    ));
    file.item(&doc::comments(doc::type_docs(def), ""), &text)?;
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
fn derives(of: &Type) -> &'static str {
    match of {
        Type::Bool | Type::I64 | Type::U64 => "Clone, Copy, Debug, PartialEq, Eq, Hash",
        Type::Any => "Clone, Debug, PartialEq",
        // The macro implements the others with less code than a derive.
        Type::String => "Clone",
        _ => "Clone, Debug, PartialEq, Eq, Hash",
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
