//! Renders structs and aliases.

use super::argument::is_converted;
use super::doc;
use super::format::{CodeFile, RenderError, ident, member};
use super::literal::literal;
use super::symbol::{Imports, RUNTIME, ResolveNames as _, Symbol};
use super::types::{field_text, type_text};
use crate::ir::api::{Direction, Field, Presence, TypeDef, TypeKind};
use crate::ir::ty::Type;

/// Returns the docs of a file of models.
pub(super) fn file_docs(types: &[TypeDef]) -> String {
    let main = &types[0];
    match types.len() {
        1 => format!("`{}`.", main.name),
        _ => format!("`{}` and the types that it contains.", main.name),
    }
}

/// The attribute of a type that may get further fields or variants, as a line.
pub(super) const NON_EXHAUSTIVE: &str = "#[non_exhaustive]\n";
/// The maximum width of a struct's value on one line.
const VALUE_WIDTH: usize = 35;

/// Returns the derives and the attributes of a type, as lines. `usual` are the traits that types of its kind derive.
pub(super) fn attributes(def: &TypeDef, usual: &str) -> String {
    let mut text = String::new();
    // The comparison of a model agrees with the derived hash.
    if matches!(def.kind, TypeKind::Model(_)) && def.derives.iter().any(|path| path == "Hash") {
        text.push_str(MANUAL_EQ);
    }
    let derives: Vec<_> = std::iter::once(usual).chain(def.derives.iter().map(String::as_str)).collect();
    text.push_str(&format!("#[derive({})]\n", derives.join(", ")));
    text.extend(def.attributes.iter().map(|attribute| format!("#[{attribute}]\n")));
    text
}

/// The attribute of models with a derived hash, as a line.
const MANUAL_EQ: &str =
    "#[allow(clippy::derived_hash_with_manual_eq, reason = \"equal models have equal fields\")]\n";

pub(super) fn model(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    fields: &[Field],
) -> Result<(), RenderError> {
    let name = ident(&def.name)?;
    let mut text = attributes(def, "Clone");
    if !def.is_literal() {
        text.push_str(NON_EXHAUSTIVE);
    }
    text.push_str(&format!("pub struct {name} {{"));
    for field in fields {
        ident(&field.name)?;
        text.push('\n');
        text.push_str(&doc::comments(doc::field_docs(field), "    "));
        text.extend(field.attributes.iter().map(|attribute| format!("    #[{attribute}]\n")));
        text.push_str(&format!("    pub {}: {},", field.name, field_text(def, field, imports)));
    }
    if def.is_open() {
        let docs = match def.direction {
            Direction::Request => "Additional properties to send.",
            _ if fields.iter().any(|field| field.is_map) => {
                "Undeclared properties that the server sent: additional ones of another type."
            }
            _ => "Undeclared properties that the server sent.",
        };
        text.push_str(&format!("\n    /// {docs}\n    pub extra: {},", imports.symbol(Symbol::EXTRA)));
    }
    text.push_str(if text.ends_with(',') { "\n}\n" } else { "}\n" });
    file.item(&doc::comments(doc::type_docs(def), ""), &text)?;
    file.text(&table(def, fields));
    let required = def.constructor();
    if !required.is_empty() {
        constructor(file, imports, def, fields, &required)?;
    }
    if let Some(page) = &def.page {
        file.text(&format!("{RUNTIME}::paged!({} -> {});\n", def.name, type_text(&page.record, imports)));
    }
    Ok(())
}

/// Renders the `impl` block with `new`, which takes the required fields.
fn constructor(
    file: &mut CodeFile,
    imports: &mut Imports,
    def: &TypeDef,
    fields: &[Field],
    required: &[&Field],
) -> Result<(), RenderError> {
    let docs = doc::comments(doc::constructor_docs(def, fields, required), "    ");
    // Clippy's default for `too_many_arguments`.
    let allow = if required.len() > 7 {
        "    #[allow(clippy::too_many_arguments, reason = \"one for each required field\")]\n"
    } else {
        ""
    };
    let mut arguments = Vec::with_capacity(required.len());
    let mut values = Vec::with_capacity(required.len() + 1);
    for field in required {
        let (name, ty) = (&field.name, type_text(&field.ty, imports));
        let is_converted = is_converted(&field.ty);
        let (argument, value) = if is_converted {
            (format!("impl Into<{ty}>"), format!("{name}.into()"))
        } else {
            (ty, name.to_string())
        };
        arguments.push(format!("{name}: {argument}"));
        values.push(match def.presence(field) {
            Presence::Always if is_converted => format!("{name}: {value}"),
            Presence::Always => name.to_string(),
            Presence::Option | Presence::Maybe => format!("{name}: Some({value})"),
        });
    }
    let has_more = required.len() < fields.len() || def.is_open();
    let rest = has_more.then(|| format!("..{RUNTIME}::wire::Decode::blank()"));
    let arguments = arguments.join(", ");
    let value = struct_value(&values, rest);
    let head = format!("{allow}    #[must_use]\n    #[inline]\n");
    let function = format!("{head}    pub fn new({arguments}) -> Self {{\n{value}    }}\n");
    file.text(&format!("impl {} {{\n{}}}\n", def.name, member(&docs, &function)?));
    Ok(())
}

/// Returns the value of a struct as lines of a function.
fn struct_value(values: &[String], rest: Option<String>) -> String {
    let line = format!("Self {{ {} }}", values.join(", "));
    if rest.is_none() && line.len() <= VALUE_WIDTH {
        return format!("        {line}\n");
    }
    let values: String = values.iter().map(|value| format!("            {value},\n")).collect();
    let rest = rest.map_or_else(String::new, |rest| format!("            {rest}\n"));
    format!("        Self {{\n{values}{rest}        }}\n")
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
    for (index, limits) in &def.limits {
        text.push_str(&format!("    limit {index} {},\n", literal(limits)));
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
    let (name, ty) = (ident(&def.name)?, type_text(ty, imports));
    file.item(&doc::comments(doc::type_docs(def), ""), &format!("pub type {name} = {ty};\n"))
}
