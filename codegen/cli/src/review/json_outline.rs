//! Outlines of JSON values by their types.

use codegen::ir::{Field, Type, TypeDef, TypeKind, Variant};

use super::crate_side::ReviewSide;

/// The maximum number of properties of an object that are listed.
const FIELDS: usize = 200;
/// The maximum number of properties of a wrapper. The properties of a wrapper's values are listed, too.
const WRAPPER: usize = 6;
/// The maximum number of values of an enum that are listed.
const VALUES: usize = 4;

/// Writes outlines of values that are sent or received.
#[derive(Clone, Copy)]
pub(super) struct JsonOutline<'a> {
    pub(super) side: &'a ReviewSide<'a>,
    pub(super) sent: bool,
}

impl JsonOutline<'_> {
    /// Returns the outline; that of an object has several lines.
    pub(super) fn outline(self, ty: &Type) -> String {
        self.value(ty, 2, 0)
    }

    /// Returns the outline in one or two words.
    pub(super) fn word(self, ty: &Type) -> String {
        self.value(ty, 0, 0)
    }

    fn value(self, ty: &Type, depth: usize, indent: usize) -> String {
        match ty {
            Type::Bool => "boolean".to_owned(),
            Type::I64 | Type::U64 => "integer".to_owned(),
            Type::F64 | Type::Number => "number".to_owned(),
            Type::String => "string".to_owned(),
            Type::Timestamp => "time".to_owned(),
            Type::UnixSeconds => "Unix seconds".to_owned(),
            Type::UnixMicros => "Unix microseconds".to_owned(),
            Type::Null => "null".to_owned(),
            Type::Any => "any JSON".to_owned(),
            Type::Bytes => "bytes".to_owned(),
            Type::Redirect => "redirect".to_owned(),
            Type::Object => "{…}".to_owned(),
            Type::Array(inner) => format!("[{}, …]", self.value(inner, depth, indent)),
            Type::Tuple(tuple) => {
                let items: Vec<_> = tuple.types().map(|ty| self.value(ty, depth, indent)).collect();
                let more = if tuple.rest.is_some() { ", …" } else { "" };
                format!("[{}{more}]", items.join(", "))
            }
            Type::Map(inner) => format!("{{…: {}}}", self.value(inner, depth, indent)),
            Type::Nullable(inner) => format!("{} | null", self.value(inner, depth, indent)),
            Type::Boxed(inner) => self.value(inner, depth, indent),
            Type::Custom(custom) => custom.name().to_owned(),
            Type::Named(name) => match self.side.definition(name.as_str()) {
                Some(def) => self.named(def, depth, indent),
                None => name.to_string(),
            },
        }
    }

    fn named(self, def: &TypeDef, depth: usize, indent: usize) -> String {
        match &def.kind {
            TypeKind::Alias(ty) => self.value(ty, depth, indent),
            _ if depth == 0 => def.name.to_string(),
            TypeKind::Model(fields) => self.object(def, fields, depth, indent),
            TypeKind::OpenEnum { of, variants } => {
                let value = |variant: &Variant| match of {
                    Type::String => format!("{:?}", variant.wire.as_str()),
                    _ => variant.wire.to_string(),
                };
                let values = variants.iter().take(VALUES).map(value);
                let more = (variants.len() > VALUES).then(|| "…".to_owned());
                format!("{}: {}", def.name, values.chain(more).collect::<Vec<_>>().join(" | "))
            }
            TypeKind::ByStatus(variants) => {
                let types: Vec<_> = variants
                    .iter()
                    .map(|variant| {
                        let ty = variant.ty.as_ref().map(|ty| self.value(ty, 0, indent));
                        let ty = ty.unwrap_or_else(|| "nothing".to_owned());
                        format!("{ty} ({})", variant.statuses.join(", "))
                    })
                    .collect();
                format!("{}: {}", def.name, types.join(" | "))
            }
            TypeKind::Union { variants, .. } => {
                let types: Vec<_> =
                    variants.iter().map(|variant| self.value(&variant.ty, 0, indent)).collect();
                format!("{}: {}", def.name, types.join(" | "))
            }
        }
    }

    fn object(self, def: &TypeDef, fields: &[Field], depth: usize, indent: usize) -> String {
        let depth = if fields.len() <= WRAPPER { depth - 1 } else { 0 };
        let inner = "  ".repeat(indent + 1);
        let mut text = format!("{} {{\n", def.name);
        let included = |field: &&Field| if self.sent { !field.read_only } else { !field.write_only };
        let fields: Vec<_> = fields.iter().filter(included).collect();
        for field in fields.iter().take(FIELDS) {
            let optional = if def.demands(field) { "" } else { "?" };
            let null = if field.nullable { " | null" } else { "" };
            let value = self.value(&field.ty, depth, indent + 1);
            text.push_str(&format!("{inner}{:?}{optional}: {value}{null}\n", field.wire.as_str()));
        }
        if fields.len() > FIELDS {
            text.push_str(&format!("{inner}… {} more\n", fields.len() - FIELDS));
        }
        text.push_str(&format!("{}}}", "  ".repeat(indent)));
        text
    }
}
