//! Code that uses the whole surface of a crate, as strictly as its users may: every type is written out.
//!
//! Each function, type, field, setter and variant is named once at least. Fields are moved out, for references may be
//! converted in silence. Functions of endpoints are called twice: with values of the exact types, and with what callers
//! mostly have, a `&String` for a text.

use std::collections::{BTreeMap, BTreeSet};

use codegen::diff::Item;
use codegen::ir::{
    Api, Body, BodyKind, Location, Module, Operation, Parameter, Presence, Type, TypeDef, TypeShape,
};

/// Code that uses one item of an API.
pub(super) struct Piece {
    pub(super) item: Item,
    /// The module of endpoints that it stands in.
    pub(super) module: Option<String>,
    /// The types that it names beside the item.
    pub(super) names: BTreeSet<String>,
    pub(super) code: String,
}

/// A piece for each item of an API.
pub(super) fn pieces(api: &Api) -> Vec<Piece> {
    let user = User { types: api.types.iter().map(|def| (def.name.as_str(), def)).collect() };
    let types = api.types.iter().enumerate().map(|(index, def)| Piece {
        item: Item::Type(def.name.to_string()),
        module: None,
        names: names(parts(def)),
        code: definition(def, index),
    });
    let operations = api.operations().enumerate().map(|(index, (module, operation))| Piece {
        item: Item::Operation(operation.id.clone()),
        module: Some(module.name.to_string()),
        names: names(values(operation)),
        code: user.operation(module, operation, index),
    });
    types.chain(operations).collect()
}

/// What stands before the pieces, where a module of another crate has the API.
pub(super) fn head(path: &str) -> String {
    let runtime = RUNTIME.join(", ");
    format!(
        "use std::collections::BTreeMap;\n\nuse crate::any;\nuse crate::library::{{{runtime}}};\nuse {path}::{{endpoints, models}};\n\n"
    )
}

fn names<'t>(types: impl Iterator<Item = &'t Type>) -> BTreeSet<String> {
    types.filter_map(Type::name).map(ToString::to_string).collect()
}

/// The types that a type is made of.
fn parts(def: &TypeDef) -> Box<dyn Iterator<Item = &Type> + '_> {
    let record = def.page.iter().map(|page| &page.record);
    match &def.shape {
        TypeShape::Model(fields) => Box::new(fields.iter().map(|field| &field.ty).chain(record)),
        TypeShape::OpenEnum(_) => Box::new(record),
        TypeShape::Union { variants, .. } => Box::new(variants.iter().map(|variant| &variant.ty)),
        TypeShape::Alias(ty) => Box::new(std::iter::once(ty)),
    }
}

/// The types that a function takes and gives.
fn values(operation: &Operation) -> impl Iterator<Item = &Type> {
    let taken = operation.parameters.iter().map(|parameter| &parameter.ty);
    taken.chain(operation.body.as_ref().map(|body| &body.ty)).chain(&operation.response)
}

/// What code needs of the runtime.
const RUNTIME: [&str; 11] = [
    "Extra",
    "Map",
    "Maybe",
    "Number",
    "Paged",
    "Part",
    "Request",
    "Timestamp",
    "UnixMicros",
    "UnixSeconds",
    "Value",
];

/// The two ways of calling a function.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Exact,
    Usual,
}

struct User<'a> {
    types: BTreeMap<&'a str, &'a TypeDef>,
}

impl User<'_> {
    fn operation(&self, module: &Module, operation: &Operation, index: usize) -> String {
        let answer = operation.response.as_ref().map_or_else(|| "()".to_owned(), text);
        let path = format!("endpoints::{}", module.name);
        let mut code = String::new();
        for (name, way) in [("exact", Way::Exact), ("usual", Way::Usual)] {
            let mut arguments: Vec<_> =
                operation.required().map(|parameter| self.argument(parameter, way)).collect();
            arguments
                .extend(operation.body.as_ref().into_iter().flat_map(|body| self.body_arguments(body, way)));
            let call = format!("{path}::{}({})", operation.name, arguments.join(", "));
            let body = match &operation.builder {
                None => format!("    {call}\n"),
                Some(builder) => {
                    let setters = operation.optional().map(|parameter| {
                        let argument = self.argument(parameter, way);
                        format!("    let b: {path}::{builder} = b.{}({argument});\n", parameter.name)
                    });
                    let setters: String = setters.collect();
                    format!("    let b: {path}::{builder} = {call};\n{setters}    b.into()\n")
                }
            };
            code.push_str(&format!("fn call_{index}_{name}() -> Request<{answer}> {{\n{body}}}\n"));
        }
        code
    }

    fn argument(&self, parameter: &Parameter, way: Way) -> String {
        let is_exact = way == Way::Exact;
        if parameter.location == Location::File {
            return match (&parameter.ty, is_exact) {
                (Type::List(_), true) => value("Vec<Part>"),
                (Type::List(_), false) => format!("{}.into_iter()", value("Vec<Vec<u8>>")),
                (_, true) => value("Part"),
                (_, false) => value("&[u8]"),
            };
        }
        let exact = text(&parameter.ty);
        match &parameter.ty {
            Type::String if is_exact => value("&'static str"),
            Type::String => "&any::<String>()".to_owned(),
            Type::List(inner) if **inner == Type::String && !is_exact => "&any::<Vec<String>>()".to_owned(),
            Type::List(_) if !is_exact => format!("{}.into_iter()", value(&exact)),
            Type::UnixSeconds | Type::UnixMicros | Type::Timestamp if !is_exact => {
                value("std::time::SystemTime")
            }
            // What is converted into the type is also given as what is mostly converted.
            Type::Named(name) if !is_exact => value(&self.converted(name.as_str()).unwrap_or(exact)),
            _ => value(&exact),
        }
    }

    fn body_arguments(&self, body: &Body, way: Way) -> Vec<String> {
        let is_exact = way == Way::Exact;
        let (ty, owned) = match &body.ty {
            Type::String => ("str".to_owned(), "String".to_owned()),
            Type::List(inner) => (format!("[{}]", text(inner)), text(&body.ty)),
            ty => (text(ty), text(ty)),
        };
        // What can be converted into the type is what the compiler finds it to be.
        let usual = match &body.ty {
            Type::Named(name) => self.converted(name.as_str()),
            _ => None,
        };
        let usual =
            usual.map_or_else(|| format!("&{}", value(&owned)), |from| format!("&{}.into()", value(&from)));
        match body.kind {
            BodyKind::Json | BodyKind::Form(_) => vec![match (body.required, is_exact) {
                (true, true) => value(&format!("&'static {ty}")),
                (true, false) => usual,
                (false, true) => value(&format!("Option<&'static {ty}>")),
                (false, false) => format!("Some({usual})"),
            }],
            BodyKind::Multipart => Vec::new(),
            BodyKind::Bytes => vec![bytes(is_exact)],
            BodyKind::AnyBytes => vec![bytes(is_exact), value("&'static str")],
        }
    }

    /// What callers have where an argument is converted into a type.
    fn converted(&self, name: &str) -> Option<String> {
        match &self.types.get(name)?.shape {
            TypeShape::Alias(Type::Named(name)) => self.converted(name.as_str()),
            TypeShape::OpenEnum(_) | TypeShape::Alias(Type::String) => Some("&'static str".to_owned()),
            TypeShape::Alias(Type::I64) => Some("i32".to_owned()),
            // It gives no values by itself, so that nothing but the conversion takes it.
            TypeShape::Alias(Type::List(inner)) => {
                Some(format!("std::borrow::Cow<'static, [{}]>", text(inner)))
            }
            _ => None,
        }
    }
}

fn definition(def: &TypeDef, index: usize) -> String {
    let name = format!("models::{}", def.name);
    let mut text = match &def.shape {
        TypeShape::Model(_) => model(def, &name, index),
        TypeShape::OpenEnum(variants) => {
            let names = variants.iter().map(|variant| format!("{name}::{}", variant.name));
            let arms: String = names.map(|name| format!("        {name} => {{ {name}; }}\n")).collect();
            let match_ = format!("    match &value {{\n{arms}        _ => {{}}\n    }}\n");
            format!("fn values_{index}(value: {name}) {{\n{match_}    {name}::from(\"\").as_str();\n}}\n")
        }
        TypeShape::Union { variants, .. } => {
            let arm = |variant: &codegen::ir::UnionVariant| {
                let (variant, ty) = (&variant.name, text(&variant.ty));
                format!("        {name}::{variant}(it) => {{ let it: {ty} = it; {name}::{variant}(it); }}\n")
            };
            let arms: String = variants.iter().map(arm).collect();
            format!(
                "fn choice_{index}(value: {name}) {{\n    match value {{\n{arms}        _ => {{}}\n    }}\n}}\n"
            )
        }
        TypeShape::Alias(ty) => {
            format!("fn alias_{index}(value: {name}) -> {} {{ value }}\n", text(ty))
        }
    };
    if let Some(page) = &def.page {
        let record = self::text(&page.record);
        text.push_str(&format!(
            "fn record_{index}(record: <{name} as Paged>::Record) -> {record} {{ record }}\n"
        ));
    }
    text
}

fn model(def: &TypeDef, name: &str, index: usize) -> String {
    let TypeShape::Model(fields) = &def.shape else { return String::new() };
    let mut members: Vec<_> = fields
        .iter()
        .map(|field| {
            let ty = text(&field.ty);
            let ty = match def.presence(field) {
                Presence::Always => ty,
                Presence::Option => format!("Option<{ty}>"),
                Presence::Maybe => format!("Maybe<{ty}>"),
            };
            (field.name.to_string(), ty)
        })
        .collect();
    members.extend(def.is_open().then(|| ("extra".to_owned(), "Extra".to_owned())));
    let reads: String =
        members.iter().map(|(field, ty)| format!("    let _: {ty} = model.{field};\n")).collect();
    let mut code = format!("fn fields_{index}(model: {name}) {{\n{reads}}}\n");
    if def.is_literal() {
        let values: String =
            members.iter().map(|(field, ty)| format!("        {field}: {},\n", value(ty))).collect();
        code.push_str(&format!("fn literal_{index}() -> {name} {{\n    {name} {{\n{values}    }}\n}}\n"));
    }
    code
}

fn bytes(is_exact: bool) -> String {
    value(if is_exact { "Vec<u8>" } else { "&'static str" })
}

/// An expression of a type; its value is never had.
fn value(ty: &str) -> String {
    format!("any::<{ty}>()")
}

/// A type as users write it.
fn text(ty: &Type) -> String {
    match ty {
        Type::List(inner) => format!("Vec<{}>", text(inner)),
        Type::Map(inner) => format!("BTreeMap<String, {}>", text(inner)),
        Type::Nullable(inner) => format!("Option<{}>", text(inner)),
        Type::Boxed(inner) => format!("Box<{}>", text(inner)),
        Type::Named(name) => format!("models::{name}"),
        plain => plain.to_string(),
    }
}
