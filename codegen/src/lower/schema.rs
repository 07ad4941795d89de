//! Schemas: what type a use of one has, and what a named type is made of.
//!
//! Types hold types, so this goes round: all that does is in this file.

use std::borrow::Borrow;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};

use super::context::{Context, rust_name};
use super::document::Document;
use super::merge::{self, Property};
use super::parts::Parts;
use super::reference::{SCHEMAS, key_in};
use super::types::Types;
use super::used::Use;
use super::view::{View, docs, is_lenient, is_text_enum, is_type_name};
use super::{facts, union};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::{Field, TypeKind};
use crate::ir::ty::Type;

/// Most names that one schema has, one for the other; more go in a circle.
const MOST_NAMES: usize = 64;

/// The type of a schema where it is used; the typed document keeps some schemas in a box.
pub(super) fn use_of<'a, S: Borrow<Schema>>(
    parts: &mut Parts<'a, '_>,
    schema: &'a ReferenceOr<S>,
    at: &Pointer,
    context: &Context,
) -> Use {
    match schema {
        ReferenceOr::Reference { reference } => reference_to(&parts.document, parts.findings, reference, at),
        ReferenceOr::Item(schema) => inline_schema(parts, schema.borrow(), at, context),
    }
}

fn reference_to(document: &Document<'_>, findings: &mut Findings, reference: &str, at: &Pointer) -> Use {
    let Some((_, target)) = document.resolve(findings, reference, at) else { return Use::of(Type::Any) };
    let mut used = Use::of(Type::Named(target.name.clone()));
    let mut schema = target.schema;
    // A component may be but another name for one that says more.
    for _ in 0..MOST_NAMES {
        let reference = match schema {
            ReferenceOr::Reference { reference } => reference,
            ReferenceOr::Item(item) => {
                let view = View::new(item);
                used.nullable |= view.data.nullable;
                used.read_only |= view.data.read_only;
                used.write_only |= view.data.write_only;
                used.lenient |= is_lenient(&view);
                match view.all_of {
                    [ReferenceOr::Reference { reference }] if view.is_shapeless() => reference,
                    _ => break,
                }
            }
        };
        let Some(next) = key_in(SCHEMAS, reference).and_then(|key| document.schema(&key)) else {
            break;
        };
        schema = next.schema;
    }
    used
}

fn inline_schema<'a>(parts: &mut Parts<'a, '_>, schema: &'a Schema, at: &Pointer, context: &Context) -> Use {
    let view = View::new(schema);
    let mut used = match view.all_of {
        [ReferenceOr::Reference { reference }] if view.is_shapeless() => {
            reference_to(&parts.document, parts.findings, reference, &at.child("allOf").index(0))
        }
        _ => Use { lenient: is_lenient(&view), ..Use::of(inline_type(parts, schema, &view, at, context)) },
    };
    used.nullable |= view.data.nullable;
    used.read_only |= view.data.read_only;
    used.write_only |= view.data.write_only;
    used.docs = docs(&view);
    used.deprecated = view.data.deprecated;
    used.default.clone_from(&view.data.default);
    used.name = rust_name(&view.data.extensions).filter(|name| !is_type_name(name)).map(str::to_owned);
    used
}

/// The type of a schema without a name of its own; named types are made where it takes one.
fn inline_type<'a>(
    parts: &mut Parts<'a, '_>,
    schema: &'a Schema,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Type {
    if let Some(ty) = plain_type(parts, view, at, context) {
        return ty;
    }
    if let Some(name) = parts.types.inline(at) {
        return Type::Named(name.clone());
    }
    let wished = rust_name(&view.data.extensions).filter(|name| is_type_name(name));
    let name = parts.types.claim_inline(at, wished, &context.hint);
    let context = Context { hint: name.plain().to_owned(), file: context.file.clone() };
    define(parts, &name, schema, at, &context);
    Type::Named(name)
}

/// The type of a schema that needs no name.
fn plain_type<'a>(
    parts: &mut Parts<'a, '_>,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    if !view.all_of.is_empty() || !view.one_of.is_empty() || !view.any_of.is_empty() || view.has_properties()
    {
        return single_branch(parts, view, at, context).or_else(|| scalar_member(parts, view, at, context));
    }
    Some(match view.ty {
        Some("string") if is_text_enum(view) => return None,
        Some("string") if view.format == Some("date-time") => Type::Timestamp,
        Some("string") => Type::String,
        Some("integer") => match view.format {
            Some("unix-time") => Type::UnixSeconds,
            Some("unix-time-micros") => Type::UnixMicros,
            // Identifiers that are declared to have 32 bits outgrow them.
            _ => Type::I64,
        },
        Some("number") if view.data.extensions.contains_key("x-exact-number") => Type::Number,
        Some("number") => Type::F64,
        Some("boolean") => Type::Bool,
        Some("array") => Type::Array(Box::new(items(parts, view, at, context))),
        Some("object") => map(parts, view, at, context),
        _ if view.items.is_some() => Type::Array(Box::new(items(parts, view, at, context))),
        _ if matches!(view.additional, Some(AdditionalProperties::Schema(_))) => {
            map(parts, view, at, context)
        }
        _ => Type::Any,
    })
}

/// A union of one branch is that branch.
fn single_branch<'a>(
    parts: &mut Parts<'a, '_>,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    let (keyword, branch) = match (view.one_of, view.any_of, view.all_of) {
        ([branch], [], []) => ("oneOf", branch),
        ([], [branch], []) => ("anyOf", branch),
        ([], [], [branch]) if view.is_shapeless() => ("allOf", branch),
        _ => return None,
    };
    // One with properties makes the type itself, under the name of the whole.
    let makes_it = branch.as_item().is_some_and(|branch| View::new(branch).has_properties());
    if makes_it || view.has_properties() {
        return None;
    }
    Some(use_of(parts, branch, &at.child(keyword).index(0), context).element())
}

fn items<'a>(parts: &mut Parts<'a, '_>, view: &View<'a>, at: &Pointer, context: &Context) -> Type {
    match view.items {
        Some(items) => use_of(parts, items, &at.child("items"), &context.inner("Item")).element(),
        None => Type::Any,
    }
}

fn map<'a>(parts: &mut Parts<'a, '_>, view: &View<'a>, at: &Pointer, context: &Context) -> Type {
    match view.additional {
        Some(AdditionalProperties::Schema(schema)) => {
            let at = at.child("additionalProperties");
            if is_misplaced(parts.findings, schema, &at) {
                return Type::Object;
            }
            let value = use_of(parts, schema, &at, &context.inner("Value")).element();
            if value == Type::Any { Type::Object } else { Type::Map(Box::new(value)) }
        }
        _ => Type::Object,
    }
}

/// Whether the values of a map have properties but no type: then values of all types are allowed, and most
/// likely the properties are meant to be those of the map itself.
fn is_misplaced(findings: &mut Findings, values: &ReferenceOr<Schema>, at: &Pointer) -> bool {
    let ReferenceOr::Item(schema) = values else { return false };
    let view = View::new(schema);
    let misplaced = view.ty.is_none() && view.has_properties() && view.all_of.is_empty() && !view.is_union();
    if misplaced {
        let message = "the values of this map have `properties` but no `type`, so that any value is allowed";
        let help = "add `type: object`, or make `properties` those of the schema itself";
        findings.warning(at, message, help);
    }
    misplaced
}

/// Makes the type that a name stands for.
pub(super) fn define<'a>(
    parts: &mut Parts<'a, '_>,
    name: &RustName,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) {
    let view = View::new(schema);
    let docs = docs(&view);
    let kind = if let Some(ty) = alias(parts, &view, at, context) {
        TypeKind::Alias(ty)
    } else if is_text_enum(&view) {
        TypeKind::OpenEnum(union::variants(&view.values))
    } else if view.is_union() {
        union_of(parts, &view, at, context)
    } else {
        let (fields, additional) = fields(parts, schema, at, context);
        if !fields.is_empty() {
            let kind = TypeKind::Model(fields);
            return parts.types.push(name.clone(), context, at, docs, kind, additional);
        }
        // Nothing is known about it but that it is an object.
        TypeKind::Alias(Type::Object)
    };
    parts.types.push(name.clone(), context, at, docs, kind, false);
}

fn alias<'a>(parts: &mut Parts<'a, '_>, view: &View<'a>, at: &Pointer, context: &Context) -> Option<Type> {
    if let [ReferenceOr::Reference { reference }] = view.all_of
        && view.is_shapeless()
    {
        return Some(
            reference_to(&parts.document, parts.findings, reference, &at.child("allOf").index(0)).ty,
        );
    }
    plain_type(parts, view, at, context)
}

/// The type of an `allOf` that no object is a member of: that of the member which says most.
fn scalar_member<'a>(
    parts: &mut Parts<'a, '_>,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    if view.has_properties() || !view.one_of.is_empty() || !view.any_of.is_empty() {
        return None;
    }
    let index = facts::telling_most(&parts.document, view.all_of)?;
    Some(use_of(parts, &view.all_of[index], &at.child("allOf").index(index), context).element())
}

/// The types of a union's branches, as a choice between them.
fn union_of<'a>(parts: &mut Parts<'a, '_>, view: &View<'a>, at: &Pointer, context: &Context) -> TypeKind {
    let (keyword, branches) =
        if view.one_of.is_empty() { ("anyOf", view.any_of) } else { ("oneOf", view.one_of) };
    let at = at.child(keyword);
    let tags = view
        .data
        .discriminator
        .as_ref()
        .and_then(|by| Some((by, union::tags(&parts.document, parts.findings, by, branches, &at)?)));
    let places = branches.iter().enumerate().map(|(index, branch)| (index, branch, at.index(index)));
    if let Some((discriminator, tags)) = tags {
        let types = places.zip(&tags).map(|((_, branch, at), tags)| {
            let hint = context.inner(tags.first().map_or("", String::as_str));
            use_of(parts, branch, &at, &hint).ty
        });
        let types: Vec<_> = types.collect();
        union::tagged(discriminator, tags, types)
    } else {
        let types = places.map(|(index, branch, at)| {
            let hint = context.inner(&format!("Variant{}", index + 1));
            (branch.as_item().is_some(), use_of(parts, branch, &at, &hint).element())
        });
        let types: Vec<_> = types.collect();
        union::untagged(types, &context.hint)
    }
}

/// The fields of an object, and whether the document says that others may be added.
fn fields<'a>(
    parts: &mut Parts<'a, '_>,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) -> (Vec<Field>, bool) {
    let merged = merge::merged(&parts.document, parts.findings, schema, at);
    let mut names = Scope::with_reserved(&["extra"]);
    let mut fields = Vec::with_capacity(merged.properties.len());
    for (wire, property) in &merged.properties {
        let used = property_use(parts, property, &context.inner(wire));
        let wanted = RustName::snake(used.name.as_deref().unwrap_or(wire));
        fields.push(Field {
            wire: WireName::new(wire),
            name: names.claim(&wanted),
            required: merged.required.contains(wire),
            read_only: used.read_only,
            write_only: used.write_only,
            nullable: used.nullable && used.ty != Type::Any,
            lenient: used.lenient,
            docs: used.docs,
            deprecated: used.deprecated,
            default: used.default,
            ty: used.ty,
        });
    }
    merged.check_required(parts.findings, at);
    (fields, merged.additional)
}

/// What a property is; where branches differ, it is a text if they are all texts, or anything.
pub(super) fn property_use<'a>(
    parts: &mut Parts<'a, '_>,
    alternatives: &[Property<'a>],
    context: &Context,
) -> Use {
    if let Some(used) = joined_enum(&mut parts.types, alternatives, context) {
        return used;
    }
    let mut uses = alternatives.iter().map(|(schema, at)| use_of(parts, *schema, at, context));
    let Some(first) = uses.next() else { return Use::of(Type::Any) };
    let others: Vec<_> = uses.collect();
    let nullable = first.nullable || others.iter().any(|other| other.nullable);
    let ty = if others.iter().all(|other| other.ty == first.ty) {
        first.ty.clone()
    } else if others.iter().chain([&first]).all(|used| is_text(&parts.types, &used.ty)) {
        Type::String
    } else {
        Type::Any
    };
    Use { ty, nullable, ..first }
}

/// Of several enums of texts, one that knows the values of all.
fn joined_enum(types: &mut Types, alternatives: &[Property<'_>], context: &Context) -> Option<Use> {
    let [(_, at), _, ..] = alternatives else { return None };
    let mut values = Vec::new();
    let mut nullable = false;
    for (schema, _) in alternatives {
        let view = View::new(schema.as_item()?);
        nullable |= view.data.nullable;
        if !is_text_enum(&view) {
            return None;
        }
        values.extend(view.values);
    }
    let name = types.claim(&RustName::upper_camel(&context.hint));
    let kind = TypeKind::OpenEnum(union::variants(&values));
    types.push(name.clone(), context, at, String::new(), kind, false);
    Some(Use { nullable, ..Use::of(Type::Named(name)) })
}

fn is_text(types: &Types, ty: &Type) -> bool {
    let open_enum = |name: &RustName| {
        let def = types.find(name);
        def.is_some_and(|def| matches!(def.kind, TypeKind::OpenEnum(_)))
    };
    matches!(ty, Type::String)
        || ty.name().is_some_and(|name| *ty == Type::Named(name.clone()) && open_enum(name))
}
