//! Schemas: the type of a use, and the definition of a named type. Both are recursive.

use std::borrow::Borrow;

use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Discriminator, ReferenceOr, Schema};

use super::branch_names;
use super::discriminator::{Branch, Selection, Selector};
use super::enums;
use super::merge::{self, Property};
use super::specificity;
use super::union::{self, BranchType};
use super::used::Use;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName};
use crate::base::pointer::Pointer;
use crate::ir::api::{Field, TypeKind};
use crate::ir::ty::Type;
use crate::lower::context::{Context, rust_name};
use crate::lower::document::lookup::{Document, component_pointer};
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::{View, docs, is_lenient, is_type_name};
use crate::lower::lowering::Lowering;
use crate::lower::types::table::Types;

/// The maximum length of a chain of references between schemas. A longer chain is a cycle.
const MAX_CHAIN: usize = 64;

/// Returns the type of a schema where it is used. Some schemas of the typed document are boxed.
pub(in crate::lower) fn use_of<'a, S: Borrow<Schema>>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a ReferenceOr<S>,
    at: &Pointer,
    context: &Context,
) -> Use {
    match schema {
        ReferenceOr::Reference { reference } => {
            reference_to(&lowering.document, lowering.findings, reference, at)
        }
        ReferenceOr::Item(schema) => inline_schema(lowering, schema.borrow(), at, context),
    }
}

fn reference_to(document: &Document<'_>, findings: &mut Findings, reference: &str, at: &Pointer) -> Use {
    let Some((_, target)) = document.resolve(findings, reference, at) else { return Use::of(Type::Any) };
    let mut used = Use::of(Type::Named(target.name.clone()));
    let mut schema = target.schema;
    // A component may only be a reference to another one.
    for _ in 0..MAX_CHAIN {
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

fn inline_schema<'a>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) -> Use {
    let view = View::new(schema);
    let mut used = match view.all_of {
        [ReferenceOr::Reference { reference }] if view.is_shapeless() => {
            reference_to(&lowering.document, lowering.findings, reference, &at.child("allOf").index(0))
        }
        _ => Use { lenient: is_lenient(&view), ..Use::of(inline_type(lowering, schema, &view, at, context)) },
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

/// The type of an inline schema. A named type is made if one is needed.
fn inline_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a Schema,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Type {
    if let Some(ty) = plain_type(lowering, view, at, context) {
        return ty;
    }
    if let Some(name) = lowering.types.inline(at) {
        return Type::Named(name.clone());
    }
    let declared = || rust_name(&view.data.extensions).filter(|name| is_type_name(name));
    let wished = lowering.names.inline(at).or_else(declared);
    let name = lowering.types.claim_inline(at, wished, &context.hint);
    let context = Context { hint: name.plain().to_owned(), file: context.file.clone() };
    define(lowering, &name, schema, at, &context);
    Type::Named(name)
}

/// The type of a schema that needs no named type.
fn plain_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    if !view.all_of.is_empty() || !view.one_of.is_empty() || !view.any_of.is_empty() || view.has_properties()
    {
        return single_branch(lowering, view, at, context)
            .or_else(|| scalar_member(lowering, view, at, context));
    }
    if enums::value_type(view).is_some() {
        return None;
    }
    Some(match view.ty {
        Some("string") if view.format == Some("date-time") => Type::Timestamp,
        Some("string") => Type::String,
        Some("integer") => match view.format {
            Some("unix-time") => Type::UnixSeconds,
            Some("unix-time-micros") => Type::UnixMicros,
            Some("uint64") => Type::U64,
            Some("int128" | "uint128") => Type::Number,
            // Identifiers that are declared as `int32` can exceed 32 bits.
            _ => Type::I64,
        },
        Some("number") if view.data.extensions.contains_key("x-exact-number") => Type::Number,
        Some("number") if matches!(view.format, Some("decimal" | "decimal128")) => Type::Number,
        Some("number") => Type::F64,
        Some("boolean") => Type::Bool,
        Some("array") => Type::Array(Box::new(items(lowering, view, at, context))),
        Some("object") => map(lowering, view, at, context),
        _ if view.items.is_some() => Type::Array(Box::new(items(lowering, view, at, context))),
        _ if matches!(view.additional, Some(AdditionalProperties::Schema(_))) => {
            map(lowering, view, at, context)
        }
        _ => Type::Any,
    })
}

/// The type of a union with one branch: that of the branch.
fn single_branch<'a>(
    lowering: &mut Lowering<'a, '_>,
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
    // A branch with properties makes a type under the name of the union.
    let makes_it = branch.as_item().is_some_and(|branch| View::new(branch).has_properties());
    if makes_it || view.has_properties() {
        return None;
    }
    Some(use_of(lowering, branch, &at.child(keyword).index(0), context).element())
}

fn items<'a>(lowering: &mut Lowering<'a, '_>, view: &View<'a>, at: &Pointer, context: &Context) -> Type {
    match view.items {
        Some(items) => use_of(lowering, items, &at.child("items"), &context.inner("Item")).element(),
        None => Type::Any,
    }
}

fn map<'a>(lowering: &mut Lowering<'a, '_>, view: &View<'a>, at: &Pointer, context: &Context) -> Type {
    match view.additional {
        Some(AdditionalProperties::Schema(schema)) => {
            let at = at.child("additionalProperties");
            if is_misplaced(lowering.findings, schema, &at) {
                return Type::Object;
            }
            let value = use_of(lowering, schema, &at, &context.inner("Value")).element();
            if value == Type::Any { Type::Object } else { Type::Map(Box::new(value)) }
        }
        _ => Type::Object,
    }
}

/// Whether `additionalProperties` has properties but no type. Values of all types are allowed then, and the properties are
/// most likely meant for the object itself.
fn is_misplaced(findings: &mut Findings, values: &ReferenceOr<Schema>, at: &Pointer) -> bool {
    let ReferenceOr::Item(schema) = values else { return false };
    let view = View::new(schema);
    let misplaced = view.ty.is_none() && view.has_properties() && view.all_of.is_empty() && !view.is_union();
    if misplaced {
        let message = "`additionalProperties` has `properties` but no `type`, so any value is allowed";
        let help = "add `type: object`, or make `properties` those of the schema itself";
        findings.warning(at, message, help);
    }
    misplaced
}

/// Defines the type of a name.
pub(in crate::lower) fn define<'a>(
    lowering: &mut Lowering<'a, '_>,
    name: &RustName,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) {
    let view = View::new(schema);
    let docs = docs(&view);
    let kind = if extends_family(&lowering.document, &view, at) {
        let (kind, additional) = object(lowering, schema, at, context);
        return lowering.types.push(name.clone(), context, at, docs, kind, additional);
    } else if let Some(ty) = alias(lowering, &view, at, context) {
        TypeKind::Alias(ty)
    } else if let Some(of) = enums::value_type(&view) {
        enums::open_enum(of, &view.values, &view.data.extensions, name)
    } else if view.is_union() {
        union_of(lowering, &view, at, context)
    } else {
        let (kind, additional) = object(lowering, schema, at, context);
        return lowering.types.push(name.clone(), context, at, docs, kind, additional);
    };
    lowering.types.push(name.clone(), context, at, docs, kind, false);
}

/// The struct of an object, and whether additional properties are allowed.
pub(in crate::lower) fn object<'a>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) -> (TypeKind, bool) {
    let (fields, additional) = fields(lowering, schema, at, context);
    // An object without declared properties is a map.
    if fields.is_empty() {
        (TypeKind::Alias(Type::Object), false)
    } else {
        (TypeKind::Model(fields), additional)
    }
}

/// Whether a component adds nothing to a schema that a discriminator selects it for. It is a struct of its own, since the
/// type of that schema is a union that contains it.
fn extends_family(document: &Document<'_>, view: &View<'_>, at: &Pointer) -> bool {
    let is_component = at.last().is_some_and(|key| component_pointer(key) == *at);
    let [ReferenceOr::Reference { reference }] = view.all_of else { return false };
    let key = key_in(SCHEMAS, reference);
    is_component && view.is_shapeless() && key.is_some_and(|key| document.family(&key).is_some())
}

fn alias<'a>(
    lowering: &mut Lowering<'a, '_>,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    if let [ReferenceOr::Reference { reference }] = view.all_of
        && view.is_shapeless()
    {
        return Some(
            reference_to(&lowering.document, lowering.findings, reference, &at.child("allOf").index(0)).ty,
        );
    }
    plain_type(lowering, view, at, context)
}

/// The type of an `allOf` without objects: that of the most specific member.
fn scalar_member<'a>(
    lowering: &mut Lowering<'a, '_>,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    if view.has_properties() || !view.one_of.is_empty() || !view.any_of.is_empty() {
        return None;
    }
    let index = specificity::most_specific(&lowering.document, view.all_of)?;
    Some(use_of(lowering, &view.all_of[index], &at.child("allOf").index(index), context).element())
}

/// The union of the types of its branches.
fn union_of<'a>(
    lowering: &mut Lowering<'a, '_>,
    view: &View<'a>,
    at: &Pointer,
    context: &Context,
) -> TypeKind {
    let (keyword, branches) =
        if view.one_of.is_empty() { ("anyOf", view.any_of) } else { ("oneOf", view.one_of) };
    let selection = view.data.discriminator.as_ref().and_then(|by| {
        let at = at.child("discriminator");
        Some((by, selection(&lowering.document, lowering.findings, by, branches, &at)?))
    });
    let at = at.child(keyword);
    let names = branch_names::names(branches);
    let located = branches.iter().zip(names).enumerate();
    if let Some((by, Selection { tags, default })) = selection {
        let types = located.zip(tags).map(|((index, (branch, names)), tags)| {
            let tag = tags.first().and_then(|tags| tags.first());
            let hint = context.inner(tag.map_or_else(|| names.hint(), String::as_str));
            let at = at.index(index);
            if branch.as_item().is_some() && tag.is_none() {
                let message =
                    "a branch beside a discriminator must be a `$ref`, or declare its value by an `enum`";
                let help = "move the schema to components and refer to it; until then, its shape decides";
                lowering.findings.problem(&at, message, help);
            }
            let ty = use_of(lowering, branch, &at, &hint).ty;
            let target = lowering.document.item(branch);
            // A union has the values of all its branches, and is named after none of them.
            let is_union = target.is_some_and(|schema| View::new(schema).is_union());
            let name = is_union.then(|| union::variant_name(&ty).plain().to_owned());
            (BranchType { name, is_inline: branch.as_item().is_some(), ty }, tags)
        });
        let types: Vec<_> = types.collect();
        union::tagged(&by.property_name, types, default, &context.hint)
    } else {
        let types = located.map(|(index, (branch, names))| {
            let hint = context.inner(names.hint());
            let ty = use_of(lowering, branch, &at.index(index), &hint).element();
            BranchType { name: names.name, is_inline: branch.as_item().is_some(), ty }
        });
        let types: Vec<_> = types.collect();
        union::untagged(types, &context.hint)
    }
}

/// The values of a discriminator by branch; `None` if it can't have any.
fn selection<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    discriminator: &'a Discriminator,
    branches: &'a [ReferenceOr<Schema>],
    at: &Pointer,
) -> Option<Selection> {
    let branches: Vec<_> = branches.iter().map(|branch| Branch::new(document, branch)).collect();
    let selector = Selector { document, discriminator, common: Vec::new() };
    let (is_declared, is_open) = selector.is_declared(&branches);
    if !is_declared {
        let property = &discriminator.property_name;
        let message = format!("no schema of the union declares the discriminator property `{property}`");
        let help = "declare it in each schema; values without it are recognized by their shape";
        findings.warning(&at.child("propertyName"), message, help);
    }
    (is_declared || is_open).then(|| selector.select(findings, &branches, at))
}

/// The fields of an object, and whether additional properties are allowed.
fn fields<'a>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) -> (Vec<Field>, bool) {
    let merged = merge::merged(&lowering.document, lowering.findings, schema, at);
    let uses = merged.properties.iter().map(|(wire, property)| {
        let used = property_use(lowering, property, &context.inner(wire));
        let given = given_name(lowering, at, (wire, property), used.name.as_deref());
        (used, given)
    });
    let uses: Vec<(Use, Option<RustName>)> = uses.collect();
    let names = field_names(lowering.findings, &merged.properties, &uses);
    let fields = merged.properties.keys().zip(uses).zip(names);
    let fields = fields.map(|((wire, (used, _)), name)| Field {
        wire: WireName::new(wire),
        name,
        required: merged.required.contains(wire),
        read_only: used.read_only,
        write_only: used.write_only,
        nullable: used.nullable && used.ty != Type::Any,
        lenient: used.lenient,
        docs: used.docs,
        deprecated: used.deprecated,
        default: used.default,
        constant: false,
        ty: used.ty,
    });
    let fields = fields.collect();
    merged.check_required(lowering.findings, at);
    (fields, merged.additional)
}

/// The name that a table or `x-rust-name` gives a field.
fn given_name(
    lowering: &mut Lowering<'_, '_>,
    at: &Pointer,
    (wire, property): (&str, &[Property<'_>]),
    declared: Option<&str>,
) -> Option<RustName> {
    // The property may be declared in a component that is a part of the type.
    let inherited = || {
        let (_, at) = property.first()?;
        lowering.names.field(&at.parent()?.parent()?, wire)
    };
    if let Some(name) = lowering.names.field(at, wire).or_else(inherited) {
        return Some(RustName::snake(name));
    }
    let declared = declared?;
    let name = RustName::snake(declared);
    if declared != name.plain() {
        let node = property.first().map_or(at, |(_, at)| at);
        let message = format!(
            "the `x-rust-name` {declared:?} is not written as Rust writes such names; `{name}` is used"
        );
        lowering.findings.warning(node, message, format!("write `{}`", name.plain()));
    }
    Some(name)
}

/// The names of fields. Names given by hand come first, so that the others get a number where they clash.
fn field_names(
    findings: &mut Findings,
    properties: &IndexMap<String, Vec<Property<'_>>>,
    uses: &[(Use, Option<RustName>)],
) -> Vec<RustName> {
    let mut names = Scope::with_reserved(&["extra"]);
    let mut given = Vec::with_capacity(uses.len());
    for ((wire, property), (_, name)) in properties.iter().zip(uses) {
        if let (Some(name), Some((_, at))) = (name, property.first())
            && names.contains(name)
        {
            let message = format!("the field name `{name}` is taken; a number is appended for `{wire}`");
            findings.warning(at, message, "give one of the two another name");
        }
        given.push(name.as_ref().map(|name| names.claim(name)));
    }
    let all = properties.keys().zip(given);
    all.map(|(wire, given)| given.unwrap_or_else(|| names.claim(&RustName::snake(wire)))).collect()
}

/// The type of a property. If branches differ, it is a string if all of them are strings, else any value.
pub(in crate::lower) fn property_use<'a>(
    lowering: &mut Lowering<'a, '_>,
    alternatives: &[Property<'a>],
    context: &Context,
) -> Use {
    if let Some(used) = joined_enum(&mut lowering.types, alternatives, context) {
        return used;
    }
    let mut uses = alternatives.iter().map(|(schema, at)| use_of(lowering, *schema, at, context));
    let Some(first) = uses.next() else { return Use::of(Type::Any) };
    let others: Vec<_> = uses.collect();
    let nullable = first.nullable || others.iter().any(|other| other.nullable);
    let ty = if others.iter().all(|other| other.ty == first.ty) {
        first.ty.clone()
    } else if others.iter().chain([&first]).all(|used| is_string(&lowering.types, &used.ty)) {
        Type::String
    } else {
        Type::Any
    };
    Use { ty, nullable, ..first }
}

/// One enum for several enums, with the values of all.
fn joined_enum(types: &mut Types, alternatives: &[Property<'_>], context: &Context) -> Option<Use> {
    let [(_, at), _, ..] = alternatives else { return None };
    let mut values = Vec::new();
    let mut nullable = false;
    for (schema, _) in alternatives {
        let view = View::new(schema.as_item()?);
        nullable |= view.data.nullable;
        enums::value_type(&view)?;
        values.extend(view.values);
    }
    // Both booleans are no enum.
    let of = enums::of_values(&values, None)?;
    let name = types.claim(&RustName::upper_camel(&context.hint));
    let kind = enums::open_enum(of, &values, &IndexMap::new(), &name);
    types.push(name.clone(), context, at, String::new(), kind, false);
    Some(Use { nullable, ..Use::of(Type::Named(name)) })
}

fn is_string(types: &Types, ty: &Type) -> bool {
    let open_enum = |name: &RustName| {
        let def = types.find(name);
        def.is_some_and(|def| matches!(def.kind, TypeKind::OpenEnum { of: Type::String, .. }))
    };
    matches!(ty, Type::String)
        || ty.name().is_some_and(|name| *ty == Type::Named(name.clone()) && open_enum(name))
}
