//! Code that uses the whole public API of a crate, as strictly as a user can: it writes every type.
//!
//! Each function, type, field, setter and variant is named at least once. Fields are moved, as references may be
//! converted implicitly. Functions of endpoints are called twice: with values of the exact types, and with the types
//! that callers usually have, for example a `&String` for a string.

use std::collections::{BTreeMap, BTreeSet};

use codegen::diff::Item;
use codegen::ir::{
    Api, Body, BodyKind, Module, Operation, Parameter, ParameterLocation, Presence, Type, TypeDef, TypeKind,
};

use crate::rust_types::{RUNTIME, text};

/// Code that uses one item of an API.
pub(super) struct Piece {
    pub(super) item: Item,
    /// The module of endpoints that contains the item.
    pub(super) module: Option<String>,
    /// The other types that the code names.
    pub(super) names: BTreeSet<String>,
    pub(super) code: String,
}

/// Returns a piece of code for each item of an API.
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
    types.chain(operations).chain(webhooks(api)).collect()
}

/// Returns the pieces for webhooks and callbacks: functions, the union of all webhooks, and constants.
fn webhooks(api: &Api) -> Vec<Piece> {
    let Some(module) = &api.webhooks.module else { return Vec::new() };
    let path = format!("endpoints::{module}");
    let piece = |name: &str, names, code| Piece {
        item: Item::Webhook(name.to_owned()),
        module: Some(module.to_string()),
        names,
        code,
    };
    let mut pieces = Vec::new();
    for (index, request) in api.webhooks.requests.iter().enumerate() {
        let ty = request.body.as_ref().map(|body| &body.ty);
        let result = ty.map_or_else(|| "()".to_owned(), text);
        let code = format!(
            "fn webhook_{index}(r: &{path}::IncomingRequest<'_>) -> Result<{result}, {path}::WebhookError> {{\n    {path}::{}(r)\n}}\n",
            request.name
        );
        pieces.push(piece(request.name.as_str(), names(ty.into_iter()), code));
    }
    if let Some(event) = &api.webhooks.event
        && let TypeKind::Union { variants, .. } = &event.def.kind
    {
        let name = &event.def.name;
        let arms = variants.iter().map(|variant| {
            format!(
                "        {path}::{name}::{}(v) => {{ let _: {} = v; }}\n",
                variant.name,
                text(&variant.ty)
            )
        });
        let arms: String = arms.collect();
        let code =
            format!("fn event(e: {path}::{name}) {{\n    match e {{\n{arms}        _ => {{}}\n    }}\n}}\n");
        pieces.push(piece(name.as_str(), names(variants.iter().map(|variant| &variant.ty)), code));
    }
    let own = api.webhooks.requests.iter().filter_map(|request| request.signature.as_ref());
    let own = own.map(|(name, _)| name.as_str());
    for name in api.webhooks.signature.iter().map(|_| "SIGNATURE").chain(own) {
        let code = format!("const _: {path}::SignatureScheme = {path}::{name};\n");
        pieces.push(piece(name, BTreeSet::new(), code));
    }
    pieces
}

/// Returns the imports before the pieces. The API is at `path` in another crate.
pub(super) fn head(path: &str) -> String {
    let runtime = RUNTIME.join(", ");
    format!(
        "use std::collections::BTreeMap;\n\nuse crate::any;\nuse crate::library::{{{runtime}}};\nuse {path}::{{endpoints, models}};\n\n"
    )
}

fn names<'t>(types: impl Iterator<Item = &'t Type>) -> BTreeSet<String> {
    types.flat_map(Type::names).map(ToString::to_string).collect()
}

/// Returns the types in the definition of a type.
fn parts(def: &TypeDef) -> Box<dyn Iterator<Item = &Type> + '_> {
    let record = def.page.iter().map(|page| &page.record);
    match &def.kind {
        TypeKind::Model(fields) => Box::new(fields.iter().map(|field| &field.ty).chain(record)),
        TypeKind::OpenEnum { .. } => Box::new(record),
        TypeKind::Union { variants, .. } => Box::new(variants.iter().map(|variant| &variant.ty)),
        TypeKind::ByStatus(variants) => Box::new(variants.iter().filter_map(|variant| variant.ty.as_ref())),
        TypeKind::Alias(ty) => Box::new(std::iter::once(ty)),
    }
}

/// Returns the types of a function's arguments and of its response.
fn values(operation: &Operation) -> impl Iterator<Item = &Type> {
    let taken = operation.parameters.iter().map(|parameter| &parameter.ty);
    taken.chain(operation.body.as_ref().map(|body| &body.ty)).chain(&operation.response)
}

/// The types of the arguments in a call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ArgumentTypes {
    Exact,
    Usual,
}

struct User<'a> {
    types: BTreeMap<&'a str, &'a TypeDef>,
}

impl User<'_> {
    fn operation(&self, module: &Module, operation: &Operation, index: usize) -> String {
        let response = operation.response.as_ref().map_or_else(|| "()".to_owned(), text);
        let path = format!("endpoints::{}", module.name);
        let mut code = String::new();
        for (name, types) in [("exact", ArgumentTypes::Exact), ("usual", ArgumentTypes::Usual)] {
            let mut arguments: Vec<_> =
                operation.required().map(|parameter| self.argument(parameter, types)).collect();
            arguments.extend(
                operation.body.as_ref().into_iter().flat_map(|body| self.body_arguments(body, types)),
            );
            let call = format!("{path}::{}({})", operation.name, arguments.join(", "));
            let body = match &operation.builder {
                None => format!("    {call}\n"),
                Some(builder) => {
                    let setters = operation.optional().map(|parameter| {
                        let argument = self.argument(parameter, types);
                        format!("    let b: {path}::{builder} = b.{}({argument});\n", parameter.name)
                    });
                    let setters: String = setters.collect();
                    format!("    let b: {path}::{builder} = {call};\n{setters}    b.into()\n")
                }
            };
            code.push_str(&format!("fn call_{index}_{name}() -> Request<{response}> {{\n{body}}}\n"));
        }
        code
    }

    fn argument(&self, parameter: &Parameter, types: ArgumentTypes) -> String {
        let is_exact = types == ArgumentTypes::Exact;
        if parameter.location == ParameterLocation::File {
            return match (&parameter.ty, is_exact) {
                (Type::Array(_), true) => value("Vec<Part>"),
                (Type::Array(_), false) => format!("{}.into_iter()", value("Vec<Vec<u8>>")),
                (_, true) => value("Part"),
                (_, false) => value("&[u8]"),
            };
        }
        let exact = text(&parameter.ty);
        match &parameter.ty {
            Type::String if is_exact => value("&'static str"),
            Type::String => "&any::<String>()".to_owned(),
            Type::Array(inner) if **inner == Type::String && !is_exact => "&any::<Vec<String>>()".to_owned(),
            Type::Array(_) if !is_exact => format!("{}.into_iter()", value(&exact)),
            Type::UnixSeconds | Type::UnixMicros | Type::Timestamp if !is_exact => {
                value("std::time::SystemTime")
            }
            // An argument that takes `impl Into` is called with a type that callers usually convert.
            Type::Named(name) if !is_exact => value(&self.converted(name.as_str()).unwrap_or(exact)),
            _ => value(&exact),
        }
    }

    fn body_arguments(&self, body: &Body, types: ArgumentTypes) -> Vec<String> {
        let is_exact = types == ArgumentTypes::Exact;
        let (ty, owned) = match &body.ty {
            Type::String => ("str".to_owned(), "String".to_owned()),
            Type::Array(inner) => (format!("[{}]", text(inner)), text(&body.ty)),
            ty => (text(ty), text(ty)),
        };
        // The compiler infers the type that the value is converted to.
        let usual = match &body.ty {
            Type::Named(name) => self.converted(name.as_str()),
            _ => None,
        };
        let usual =
            usual.map_or_else(|| format!("&{}", value(&owned)), |from| format!("&{}.into()", value(&from)));
        match body.kind {
            BodyKind::Json | BodyKind::Items | BodyKind::Form(_) => vec![match (body.required, is_exact) {
                (true, true) => value(&format!("&'static {ty}")),
                (true, false) => usual,
                (false, true) => value(&format!("Option<&'static {ty}>")),
                (false, false) => format!("Some({usual})"),
            }],
            BodyKind::Multipart => Vec::new(),
            BodyKind::Bytes if body.required => vec![bytes(is_exact)],
            BodyKind::AnyBytes if body.required => vec![bytes(is_exact), value("&'static str")],
            BodyKind::Bytes if is_exact => vec![value("Option<Vec<u8>>")],
            BodyKind::Bytes => vec![format!("Some({})", value("Vec<u8>"))],
            BodyKind::AnyBytes if is_exact => vec![value("Option<(Vec<u8>, &'static str)>")],
            BodyKind::AnyBytes => vec![format!("Some({})", value("(Vec<u8>, &'static str)"))],
        }
    }

    /// Returns the type that callers usually convert into a named type.
    fn converted(&self, name: &str) -> Option<String> {
        match &self.types.get(name)?.kind {
            TypeKind::Alias(Type::Named(name)) => self.converted(name.as_str()),
            TypeKind::OpenEnum { of: Type::String, .. } | TypeKind::Alias(Type::String) => {
                Some("&'static str".to_owned())
            }
            TypeKind::OpenEnum { of, .. } => Some(text(of)),
            TypeKind::Alias(Type::I64) => Some("i32".to_owned()),
            // It is not an iterator, so only the conversion accepts it.
            TypeKind::Alias(Type::Array(inner)) => {
                Some(format!("std::borrow::Cow<'static, [{}]>", text(inner)))
            }
            _ => None,
        }
    }
}

fn definition(def: &TypeDef, index: usize) -> String {
    let name = format!("models::{}", def.name);
    let mut text = match &def.kind {
        TypeKind::Model(_) => model(def, &name, index),
        TypeKind::OpenEnum { of, variants } => {
            let names = variants.iter().map(|variant| format!("{name}::{}", variant.name));
            let arms: String = names.map(|name| format!("        {name} => {{ {name}; }}\n")).collect();
            let match_ = format!("    match &value {{\n{arms}        _ => {{}}\n    }}\n");
            let converted = match of {
                Type::String => format!("{name}::from(\"\").as_str()"),
                of => format!("{name}::from({}).value()", value(&text(of))),
            };
            format!("fn values_{index}(value: {name}) {{\n{match_}    {converted};\n}}\n")
        }
        TypeKind::Union { variants, .. } => {
            let arm = |variant: &codegen::ir::UnionVariant| {
                let (variant, ty) = (&variant.name, text(&variant.ty));
                format!("        {name}::{variant}(it) => {{ let it: {ty} = it; {name}::{variant}(it); }}\n")
            };
            let arms: String = variants.iter().map(arm).collect();
            let sources = variants.iter().flat_map(|variant| &variant.sources);
            let conversions: String = sources
                .map(|source| format!("    let _: {name} = {}.into();\n", self::value(&text(source))))
                .collect();
            format!(
                "fn choice_{index}(value: {name}) {{\n    match value {{\n{arms}        _ => {{}}\n    }}\n{conversions}}}\n"
            )
        }
        TypeKind::ByStatus(variants) => {
            let arm = |variant: &codegen::ir::StatusVariant| match &variant.ty {
                Some(ty) => {
                    let (variant, ty) = (&variant.name, text(ty));
                    format!(
                        "        {name}::{variant}(it) => {{ let it: {ty} = it; {name}::{variant}(it); }}\n"
                    )
                }
                None => format!("        {name}::{0} => {{ {name}::{0}; }}\n", variant.name),
            };
            let arms: String = variants.iter().map(arm).collect();
            format!(
                "fn choice_{index}(value: {name}) {{\n    match value {{\n{arms}        _ => {{}}\n    }}\n}}\n"
            )
        }
        TypeKind::Alias(ty) => {
            format!("fn alias_{index}(value: {name}) -> {} {{ value }}\n", text(ty))
        }
    };
    if !matches!(def.kind, TypeKind::Alias(_) | TypeKind::Model(_)) {
        text.push_str(&format!("fn imports_{index}() {{\n    use {name}::*;\n}}\n"));
    }
    if !matches!(def.kind, TypeKind::Alias(_)) {
        text.push_str(&format!("impl crate::Own for {name} {{}}\n"));
    }
    if let Some(page) = &def.page {
        let record = self::text(&page.record);
        text.push_str(&format!(
            "fn record_{index}(record: <{name} as Paged>::Record) -> {record} {{ record }}\n"
        ));
    }
    text
}

fn model(def: &TypeDef, name: &str, index: usize) -> String {
    let TypeKind::Model(fields) = &def.kind else { return String::new() };
    let mut all: Vec<_> = fields
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
    all.extend(def.is_open().then(|| ("extra".to_owned(), "Extra".to_owned())));
    let reads: String = all.iter().map(|(field, ty)| format!("    let _: {ty} = model.{field};\n")).collect();
    let mut code = format!("fn fields_{index}(model: {name}) {{\n{reads}}}\n");
    if def.has_default {
        code.push_str(&format!("fn default_{index}() -> {name} {{ Default::default() }}\n"));
    }
    if def.is_literal() {
        let values: String =
            all.iter().map(|(field, ty)| format!("        {field}: {},\n", value(ty))).collect();
        code.push_str(&constructor(def, name, index));
        code.push_str(&format!("fn literal_{index}() -> {name} {{\n    {name} {{\n{values}    }}\n}}\n"));
    }
    code
}

/// Returns a call of `new`, if the type has this function.
fn constructor(def: &TypeDef, name: &str, index: usize) -> String {
    let fields = def.constructor();
    if fields.is_empty() {
        return String::new();
    }
    let call = |argument: fn(&Type) -> String| {
        let arguments: Vec<_> = fields.iter().map(|field| argument(&field.ty)).collect();
        format!("{name}::new({})", arguments.join(", "))
    };
    let exact = call(|ty| value(&text(ty)));
    let usual = call(|ty| value(&if *ty == Type::String { "&'static str".to_owned() } else { text(ty) }));
    format!("fn new_{index}() -> [{name}; 2] {{ [{exact}, {usual}] }}\n")
}

fn bytes(is_exact: bool) -> String {
    value(if is_exact { "Vec<u8>" } else { "&'static str" })
}

/// Returns an expression of a type. It is compiled but never evaluated.
fn value(ty: &str) -> String {
    format!("any::<{ty}>()")
}
