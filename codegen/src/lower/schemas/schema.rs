//! Schemas: the type of a use, and the definition of a named type. Both are recursive.

use std::borrow::Borrow;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::branch_names;
use super::compose::{self, covering, is_misplaced};
use super::constraints::{constraints_of, in_branch};
use super::custom;
use super::discriminator::{self, Selection};
use super::enums;
use super::field_names::{field, field_names, given_name, map_field};
use super::joined;
use super::merge;
use super::nullable::{allows_null, is_null};
use super::part::{Node, Part, Property, key_of};
use super::reference_use::{annotations, reference_to};
use super::shape::{Branches, Shape};
use super::tuple::TupleShape;
use super::union::{self, BranchType};
use super::used::Use;
use crate::base::name::RustName;
use crate::base::pointer::Pointer;
use crate::grammar::json_type::is_only_null;
use crate::ir::api::{Field, TypeKind};
use crate::ir::ty::{Tuple, TupleItem, Type};
use crate::lower::context::Context;
use crate::lower::document::reference::{SCHEMAS, key_in};
use crate::lower::document::view::{View, docs};
use crate::lower::lowering::Lowering;

/// The maximum number of first items of an array with types of their own: traits of the standard library are implemented
/// for tuples of up to 12 items.
const MAX_TUPLE: usize = 12;

/// Returns the type of a schema where it is used. Some schemas of the typed document are boxed.
pub(in crate::lower) fn use_of<'a, S: Borrow<Schema>>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a ReferenceOr<S>,
    at: &Pointer,
    context: &Context,
) -> Use {
    part_use(lowering, &Part::new(schema, at.clone()), context)
}

fn inline_schema<'a>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) -> Use {
    let view = View::new(schema);
    let part = Part::item(schema, at);
    let reference = view.sole_reference();
    let is_null = reference.is_some_and(|(_, name)| is_null(&lowering.document, Node::Reference(name)));
    let nullable = view.data.nullable || allows_null(&lowering.document, &part) == Some(true);
    let given = custom::of_parts(lowering, std::slice::from_ref(&part));
    let mut used = match reference {
        _ if let Some(ty) = given => Use { constraints: constraints_of(&[part]), ..Use::of(ty) },
        Some((keyword, reference)) => {
            let at = at.child(keyword).index(0);
            let used = reference_to(&lowering.document, lowering.findings, reference, &at);
            Use { constraints: constraints_of(&[part]), ..used }
        }
        None => composed_use(lowering, std::slice::from_ref(&part), at, context),
    };
    used.nullable |= nullable && !is_null;
    used.annotate(annotations(schema));
    used
}

/// The type of the schemas that apply to a value, where it is used. A named type is made if one is needed.
fn composed_use<'a>(
    lowering: &mut Lowering<'a, '_>,
    parts: &[Part<'a>],
    at: &Pointer,
    context: &Context,
) -> Use {
    if let Some(ty) = custom::of_parts(lowering, parts) {
        return Use { constraints: constraints_of(parts), ..Use::of(ty) };
    }
    let key = key_of(parts);
    if let Some(name) = lowering.types.inline(&key) {
        return Use::of(Type::Named(name.clone()));
    }
    if let Some((reference, at)) = covering(&lowering.document, parts, at) {
        return Use {
            nullable: false,
            constraints: constraints_of(parts),
            ..reference_to(&lowering.document, lowering.findings, reference, &at)
        };
    }
    let Some(context) = context.merged(parts.len() > 1) else {
        let message = "the members of this schema contain each other too deep; any value is read here";
        lowering.findings.problem(at, message, "declare each property in one of the members");
        return Use::of(Type::Any);
    };
    let mut shape = merge::shape(&lowering.document, lowering.findings, parts, at);
    let union = compose::union_of_shape(&lowering.document, lowering.findings, &mut shape, at);
    if union.is_none()
        && let Some(ty) = plain_type(lowering, &shape, at, &context)
    {
        return Use { constraints: constraints_of(parts), ..Use::of(ty) };
    }
    let wished = lowering.names.inline(at).or_else(|| compose::given_type_name(parts));
    let name = lowering.types.claim_inline(key, wished, &context.hint);
    let context = context.named(&name);
    define_as(lowering, &name, (parts, shape, union), at, &context);
    Use::of(Type::Named(name))
}

/// The type of a schema that needs no named type.
fn plain_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    shape: &Shape<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    if shape.is_model() || shape.enum_type().is_some() {
        return None;
    }
    if is_only_null(&shape.values) {
        return Some(Type::Null);
    }
    if shape.is_plain_bool() {
        return Some(Type::Bool);
    }
    if let Some(given) = custom::of_format(lowering, shape) {
        return Some(given);
    }
    Some(match shape.ty {
        Some("string") if shape.format == Some("date-time") => Type::Timestamp,
        Some("string") => Type::String,
        Some("integer") => match shape.format {
            Some("unix-time") => Type::UnixSeconds,
            Some("unix-time-micros") => Type::UnixMicros,
            Some("uint64") => Type::U64,
            Some("int128" | "uint128") => Type::Number,
            // Identifiers that are declared as `int32` can exceed 32 bits.
            _ => Type::I64,
        },
        Some("number") if shape.is_exact => Type::Number,
        Some("number") if matches!(shape.format, Some("decimal" | "decimal128")) => Type::Number,
        Some("number") => Type::F64,
        Some("boolean") => Type::Bool,
        Some("array") => array(lowering, shape, at, context),
        Some("object") => map(lowering, shape, at, context),
        _ if !shape.items.is_empty() || !shape.tuples.is_empty() => array(lowering, shape, at, context),
        _ if !shape.rest.is_empty() => map(lowering, shape, at, context),
        // Keywords without a type apply to values of some types, and allow all others.
        _ => Type::Any,
    })
}

fn array<'a>(lowering: &mut Lowering<'a, '_>, shape: &Shape<'a>, at: &Pointer, context: &Context) -> Type {
    if let Some(tuple) = shape.tuple() {
        if tuple.items.len() <= MAX_TUPLE {
            return tuple_type(lowering, &tuple, at, context);
        }
        let reason = format!("an array with more than {MAX_TUPLE} first items has items of any type");
        lowering.findings.skip(&at.child("prefixItems"), reason);
        return Type::Array(Box::new(Type::Any));
    }
    let items = rest_of_array(lowering, &shape.items, at, context);
    Type::Array(Box::new(items))
}

/// The type of an array whose first items have types of their own. If all items have the same type, it is like any other
/// array.
fn tuple_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    tuple: &TupleShape<'a>,
    at: &Pointer,
    context: &Context,
) -> Type {
    let first = tuple.items.iter().enumerate().map(|(index, parts)| {
        let at = parts.last().map_or(at, |part| &part.at);
        let used = use_of_all(lowering, parts, at, &context.inner(&format!("Item{}", index + 1)));
        let nullable = used.nullable && !used.ty.has_null();
        TupleItem { ty: used.ty, optional: index >= tuple.required, nullable }
    });
    let items: Vec<_> = first.collect();
    let rest = (!tuple.is_closed).then(|| Box::new(rest_of_array(lowering, &tuple.rest, at, context)));
    let element = |item: &TupleItem| {
        if item.nullable { Type::Nullable(Box::new(item.ty.clone())) } else { item.ty.clone() }
    };
    match rest {
        Some(rest) if items.iter().all(|item| element(item) == *rest) => Type::Array(rest),
        rest => Type::Tuple(Tuple { items, rest }),
    }
}

fn rest_of_array<'a>(
    lowering: &mut Lowering<'a, '_>,
    items: &Property<'a>,
    at: &Pointer,
    context: &Context,
) -> Type {
    match items.as_slice() {
        [] => Type::Any,
        items => use_of_all(lowering, items, &at.child("items"), &context.inner("Item")).element(),
    }
}

fn map<'a>(lowering: &mut Lowering<'a, '_>, shape: &Shape<'a>, at: &Pointer, context: &Context) -> Type {
    match rest(lowering, shape, at, context) {
        Some(value) => Type::Map(Box::new(value)),
        None => Type::Object,
    }
}

/// The type of additional properties; `None` if it is any value.
fn rest<'a>(
    lowering: &mut Lowering<'a, '_>,
    shape: &Shape<'a>,
    at: &Pointer,
    context: &Context,
) -> Option<Type> {
    let mut parts = Vec::with_capacity(shape.rest.len());
    for part in &shape.rest {
        if !is_misplaced(lowering.findings, part) {
            parts.push(part.clone());
        }
    }
    if parts.is_empty() {
        return None;
    }
    let at = at.child("additionalProperties");
    let value = use_of_all(lowering, &parts, &at, &context.inner("Value")).element();
    (value != Type::Any).then_some(value)
}

/// Defines the type of a component.
pub(in crate::lower) fn define<'a>(
    lowering: &mut Lowering<'a, '_>,
    name: &RustName,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) {
    let view = View::new(schema);
    let parts = [Part::item(schema, at)];
    if let Some(ty) = custom::of_parts(lowering, &parts) {
        lowering.types.push(name.clone(), context, at, docs(&view), TypeKind::Alias(ty), false);
        return lowering.types.constrain(name, constraints_of(&parts));
    }
    let sole = view.sole_reference().map(|(keyword, reference)| (reference, at.child(keyword).index(0)));
    // A component that adds nothing to a base is a struct of its own, since the type of the base is a union with it.
    let is_base = |reference: &str| {
        let family = key_in(SCHEMAS, reference).and_then(|key| lowering.document.family(&key));
        let owner = at.last().unwrap_or_default();
        family.is_some_and(|family| family.members.iter().any(|member| member == owner))
    };
    let only = sole.or_else(|| covering(&lowering.document, &parts, at));
    let only = only.filter(|(reference, _)| !is_base(reference));
    if let Some((reference, target_at)) = only {
        let target = reference_to(&lowering.document, lowering.findings, reference, &target_at).ty;
        lowering.types.push(name.clone(), context, at, docs(&view), TypeKind::Alias(target), false);
        return lowering.types.constrain(name, constraints_of(&parts));
    }
    let mut shape = merge::shape(&lowering.document, lowering.findings, &parts, at);
    let union = compose::union_of_shape(&lowering.document, lowering.findings, &mut shape, at);
    define_as(lowering, name, (&parts, shape, union), at, context);
}

/// Defines the type of a name by the schemas of its values.
fn define_as<'a>(
    lowering: &mut Lowering<'a, '_>,
    name: &RustName,
    (parts, shape, union): (&[Part<'a>], Shape<'a>, Option<Branches<'a>>),
    at: &Pointer,
    context: &Context,
) {
    let docs = compose::docs_of(parts);
    let (kind, additional) = if let Some(union) = union {
        (union_of(lowering, (parts, &shape, &union), context), false)
    } else if let Some(ty) = plain_type(lowering, &shape, at, context) {
        (TypeKind::Alias(ty), false)
    } else if shape.is_model() {
        model(lowering, &shape, at, context)
    } else {
        let none = IndexMap::new();
        let extensions = shape.values_of.map_or(&none, |data| &data.extensions);
        let of = shape.enum_type().unwrap_or(Type::Any);
        (enums::open_enum(of, &shape.values, extensions, name), false)
    };
    lowering.types.push(name.clone(), context, at, docs, kind, additional);
    lowering.types.constrain(name, constraints_of(parts));
}

/// The struct of what a component says apart from its branches, and whether additional properties are allowed.
pub(in crate::lower) fn object<'a>(
    lowering: &mut Lowering<'a, '_>,
    schema: &'a Schema,
    at: &Pointer,
    context: &Context,
) -> (TypeKind, bool) {
    let mut shape = merge::shape(&lowering.document, lowering.findings, &[Part::item(schema, at)], at);
    shape.unions.clear();
    // An object without declared properties is a map.
    if shape.properties.is_empty() {
        return (TypeKind::Alias(Type::Object), false);
    }
    model(lowering, &shape, at, context)
}

fn model<'a>(
    lowering: &mut Lowering<'a, '_>,
    shape: &Shape<'a>,
    at: &Pointer,
    context: &Context,
) -> (TypeKind, bool) {
    let fields = fields(lowering, shape, at, context);
    let is_typed = fields.last().is_some_and(|field| field.is_map);
    (TypeKind::Model(fields), shape.additional || !shape.rest.is_empty() && !is_typed)
}

/// The union of the types of its branches. What is declared beside the branches applies to each of them.
fn union_of<'a>(
    lowering: &mut Lowering<'a, '_>,
    (parts, shape, union): (&[Part<'a>], &Shape<'a>, &Branches<'a>),
    context: &Context,
) -> TypeKind {
    let shared: Vec<_> = if shape.is_empty() {
        Vec::new()
    } else {
        parts.iter().map(|part| part.clone().without(&union.at)).collect()
    };
    let selection = union.discriminator.or_else(|| compose::discriminator_of(parts)).and_then(|by| {
        let at = union.at.parent().unwrap_or_default().child("discriminator");
        let is_shared = shape.properties.contains_key(&by.property_name);
        let branches = union.schemas;
        Some((
            by,
            discriminator::selection(&lowering.document, lowering.findings, (by, is_shared), branches, &at)?,
        ))
    });
    let names = branch_names::names(union.schemas);
    let located = union.schemas.iter().zip(union.parts()).zip(names);
    let is_possible = |index: &usize| !union.impossible.contains(index);
    if let Some((by, Selection { tags, default })) = selection {
        let located = located.zip(tags).enumerate().filter(|(index, _)| is_possible(index));
        let default = default.filter(is_possible).map(|default| (0..default).filter(is_possible).count());
        let types = located.map(|(_, (((schema, branch), names), tags))| {
            let tag = tags.first().and_then(|tags| tags.first());
            let hint = context.inner(tag.map_or_else(|| names.hint(), String::as_str));
            if schema.as_item().is_some() && tag.is_none() {
                let message =
                    "a branch beside a discriminator must be a `$ref`, or declare its value by an `enum`";
                let help = "move the schema to components and refer to it; until then, its shape decides";
                lowering.findings.problem(&branch.at, message, help);
            }
            let Use { ty, constraints, .. } = branch_use(lowering, &shared, branch, &hint);
            let target = lowering.document.item(schema);
            // A union has the values of all its branches, and is named after none of them.
            let is_union = target.is_some_and(|schema| View::new(schema).is_union());
            let name = is_union.then(|| union::variant_name(&ty).plain().to_owned());
            let is_inline = schema.as_item().is_some() || !shared.is_empty();
            (BranchType { name, is_inline, ty, constraints }, tags)
        });
        let types: Vec<_> = types.collect();
        union::tagged(&by.property_name, types, default, &context.hint)
    } else {
        let located = located.enumerate().filter(|(index, _)| is_possible(index));
        let types = located.map(|(_, ((schema, branch), names))| {
            let own = compose::component_name(&lowering.document, schema).filter(|_| !shared.is_empty());
            let hint = context.inner(own.as_deref().unwrap_or_else(|| names.hint()));
            let mut used = branch_use(lowering, &shared, branch, &hint);
            let constraints = std::mem::take(&mut used.constraints);
            let ty = used.element();
            let is_inline = schema.as_item().is_some() || !shared.is_empty();
            BranchType { name: names.name, is_inline, ty, constraints }
        });
        let types: Vec<_> = types.collect();
        let implied = discriminator::implied(&lowering.document, union.schemas);
        match implied.filter(|_| union.impossible.is_empty()) {
            Some((property, constants)) => union::implied(&property, types, constants, &context.hint),
            None => union::untagged(types, &context.hint),
        }
    }
}

/// The type of a branch together with what is declared beside all of them.
fn branch_use<'a>(
    lowering: &mut Lowering<'a, '_>,
    shared: &[Part<'a>],
    branch: Part<'a>,
    context: &Context,
) -> Use {
    let at = branch.at.clone();
    let parts: Vec<_> = shared.iter().cloned().chain([branch]).collect();
    use_of_all(lowering, &parts, &at, context)
}

/// The fields of an object.
fn fields<'a>(
    lowering: &mut Lowering<'a, '_>,
    shape: &Shape<'a>,
    at: &Pointer,
    context: &Context,
) -> Vec<Field> {
    let uses = shape.properties.iter().map(|(wire, property)| {
        let used = property_use(lowering, property, &context.inner(wire));
        let given = given_name(lowering, at, (wire, property), used.name.as_deref());
        (used, given)
    });
    let uses: Vec<(Use, Option<RustName>)> = uses.collect();
    let (names, map_name) = field_names(lowering.findings, &shape.properties, &uses);
    let fields = shape.properties.iter().zip(uses).zip(names);
    let fields = fields.map(|(((wire, property), (used, _)), name)| {
        let lax = lowering.optional.include(property.iter().flatten().map(|part| &part.at));
        field(wire, name, (shape.required.contains(wire), lax), used)
    });
    let mut fields: Vec<_> = fields.collect();
    let rest = rest(lowering, shape, at, context);
    fields.extend(rest.map(|ty| map_field(map_name, ty)));
    merge::check_required(shape, lowering.findings, at);
    fields
}

/// The type of a property. If branches differ, it has their common scalar type if they have one, else any value.
pub(in crate::lower) fn property_use<'a>(
    lowering: &mut Lowering<'a, '_>,
    alternatives: &[Property<'a>],
    context: &Context,
) -> Use {
    if let Some(used) = joined::joined_enum(&mut lowering.types, alternatives, context) {
        return used;
    }
    let mut uses = alternatives.iter().filter_map(|parts| {
        let at = &parts.last()?.at;
        Some(use_of_all(lowering, parts, at, context))
    });
    let Some(first) = uses.next() else { return Use::of(Type::Any) };
    let others: Vec<_> = uses.collect();
    let nullable = first.nullable || others.iter().any(|other| other.nullable);
    let ty = if others.iter().all(|other| other.ty == first.ty) {
        first.ty.clone()
    } else {
        let types = others.iter().chain([&first]).map(|used| &used.ty);
        joined::scalar(&lowering.types, types).unwrap_or(Type::Any)
    };
    let mut constraints = first.constraints.clone();
    if !others.iter().all(|other| other.constraints == first.constraints) {
        constraints = others.iter().chain([&first]).flat_map(|used| in_branch(&used.constraints)).collect();
        constraints.dedup();
    }
    Use { ty, nullable, constraints, ..first }
}

/// The type of a value that several schemas apply to.
fn use_of_all<'a>(
    lowering: &mut Lowering<'a, '_>,
    parts: &[Part<'a>],
    at: &Pointer,
    context: &Context,
) -> Use {
    let reduced = compose::reduced(parts);
    let used = match reduced.as_slice() {
        [one] if one.without.is_none() => part_use(lowering, one, context),
        several => composed_use(lowering, several, at, context),
    };
    if parts.len() < 2 {
        return used;
    }
    let is_reduced = |part: &&Part<'a>| !reduced.iter().any(|kept| kept.at == part.at);
    let dropped: Vec<_> = parts.iter().filter(is_reduced).cloned().collect();
    let nulls = reduced.iter().filter_map(|part| allows_null(&lowering.document, part));
    let nullable = nulls.reduce(|all, allowed| all && allowed).unwrap_or_default()
        && !reduced.iter().any(|part| is_null(&lowering.document, part.node));
    let mut used = Use { nullable, ..used };
    used.constrain(constraints_of(&dropped));
    for part in parts {
        let own = match part.node {
            Node::Reference(reference) => {
                reference_to(&lowering.document, lowering.findings, reference, &part.at)
            }
            Node::Item(schema) => annotations(schema),
        };
        used.annotate(own);
    }
    used
}

fn part_use<'a>(lowering: &mut Lowering<'a, '_>, part: &Part<'a>, context: &Context) -> Use {
    match part.node {
        Node::Reference(reference) => {
            let used = reference_to(&lowering.document, lowering.findings, reference, &part.at);
            match custom::of_reference(lowering, part) {
                Some(ty) => Use { ty, ..used },
                None => used,
            }
        }
        Node::Item(schema) => inline_schema(lowering, schema, &part.at, context),
    }
}
