//! Schemas: what type a use of one has, and what a named type is made of.

use std::borrow::Borrow;
use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::{Value, json};

use super::reference::{SCHEMAS, dangling, key_in};
use super::view::View;
use super::{Context, Lowerer, rust_name};
use crate::ir::{Type, TypeShape, Variant};
use crate::name::{RustName, Scope, WireName};
use crate::pointer::Pointer;

/// Most names that one schema has, one for the other; more go in a circle.
const MOST_NAMES: usize = 64;

/// A schema where it is used: its type, and what the use says beside it.
pub(super) struct Use {
    pub(super) ty: Type,
    pub(super) nullable: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) lenient: bool,
    pub(super) docs: String,
    pub(super) deprecated: bool,
    pub(super) default: Option<Value>,
    /// Name that the use wishes for its field.
    pub(super) name: Option<String>,
}

impl Use {
    pub(super) fn of(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            read_only: false,
            write_only: false,
            lenient: false,
            docs: String::new(),
            deprecated: false,
            default: None,
            name: None,
        }
    }

    /// The type of a list's element or a map's value.
    pub(super) fn element(self) -> Type {
        if self.nullable && self.ty != Type::Any { Type::Nullable(Box::new(self.ty)) } else { self.ty }
    }
}

impl<'a> Lowerer<'a, '_> {
    /// The type of a schema where it is used; the typed document keeps some schemas in a box.
    pub(super) fn schema<S: Borrow<Schema>>(
        &mut self,
        schema: &'a ReferenceOr<S>,
        at: &Pointer,
        context: &Context,
    ) -> Use {
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, at),
            ReferenceOr::Item(schema) => self.inline_schema(schema.borrow(), at, context),
        }
    }

    fn reference(&mut self, reference: &str, at: &Pointer) -> Use {
        let Some((_, target)) = self.resolve(reference, at) else { return Use::of(Type::Any) };
        let mut used = Use::of(Type::Named(target.0));
        let mut schema = target.1;
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
            let Some(next) = key_in(SCHEMAS, reference).and_then(|key| self.components.get(&key)) else {
                break;
            };
            schema = next.schema;
        }
        used
    }

    /// The component that a reference names; reports one that doesn't exist.
    pub(super) fn resolve(
        &mut self,
        reference: &str,
        at: &Pointer,
    ) -> Option<(String, (RustName, &'a ReferenceOr<Schema>))> {
        let at = at.child("$ref");
        let key = key_in(SCHEMAS, reference)?;
        if let Some(component) = self.components.get(&key) {
            return Some((key, (component.name.clone(), component.schema)));
        }
        let folder = Pointer::root().child("components").child("schemas");
        let known = self.components.keys().map(String::as_str);
        dangling(self.findings, reference, &folder, &key, known, &at);
        None
    }

    fn inline_schema(&mut self, schema: &'a Schema, at: &Pointer, context: &Context) -> Use {
        let view = View::new(schema);
        let mut used = match view.all_of {
            [ReferenceOr::Reference { reference }] if view.is_shapeless() => {
                self.reference(reference, &at.child("allOf").index(0))
            }
            _ => Use { lenient: is_lenient(&view), ..Use::of(self.inline_type(schema, &view, at, context)) },
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
    fn inline_type(&mut self, schema: &'a Schema, view: &View<'a>, at: &Pointer, context: &Context) -> Type {
        if let Some(ty) = self.plain_type(view, at, context) {
            return ty;
        }
        if let Some(name) = self.inline.get(at) {
            return Type::Named(name.clone());
        }
        let wished = rust_name(&view.data.extensions).filter(|name| is_type_name(name));
        let name = self.type_names.claim(&RustName::upper_camel(wished.unwrap_or(&context.hint)));
        self.inline.insert(at.clone(), name.clone());
        if wished.is_some() {
            self.named.insert(name.clone());
        }
        let context = Context { hint: name.plain().to_owned(), file: context.file.clone() };
        self.define(&name, schema, at, &context);
        Type::Named(name)
    }

    /// The type of a schema that needs no name.
    fn plain_type(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> Option<Type> {
        if !view.all_of.is_empty()
            || !view.one_of.is_empty()
            || !view.any_of.is_empty()
            || view.has_properties()
        {
            return self.single_branch(view, at, context).or_else(|| self.scalar_member(view, at, context));
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
            Some("array") => Type::List(Box::new(self.items(view, at, context))),
            Some("object") => self.map(view, at, context),
            _ if view.items.is_some() => Type::List(Box::new(self.items(view, at, context))),
            _ if matches!(view.additional, Some(AdditionalProperties::Schema(_))) => {
                self.map(view, at, context)
            }
            _ => Type::Any,
        })
    }

    /// A union of one branch is that branch.
    fn single_branch(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> Option<Type> {
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
        Some(self.schema(branch, &at.child(keyword).index(0), context).element())
    }

    fn items(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> Type {
        match view.items {
            Some(items) => self.schema(items, &at.child("items"), &context.inner("Item")).element(),
            None => Type::Any,
        }
    }

    fn map(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> Type {
        match view.additional {
            Some(AdditionalProperties::Schema(schema)) => {
                let at = at.child("additionalProperties");
                if self.is_misplaced(schema, &at) {
                    return Type::Free;
                }
                let value = self.schema(schema, &at, &context.inner("Value")).element();
                if value == Type::Any { Type::Free } else { Type::Map(Box::new(value)) }
            }
            _ => Type::Free,
        }
    }

    /// Whether the values of a map have properties but no type: then values of all types are allowed, and most
    /// likely the properties are meant to be those of the map itself.
    fn is_misplaced(&mut self, values: &ReferenceOr<Schema>, at: &Pointer) -> bool {
        let ReferenceOr::Item(schema) = values else { return false };
        let view = View::new(schema);
        let misplaced =
            view.ty.is_none() && view.has_properties() && view.all_of.is_empty() && !view.is_union();
        if misplaced {
            let message =
                "the values of this map have `properties` but no `type`, so that any value is allowed";
            let help = "add `type: object`, or make `properties` those of the schema itself";
            self.findings.warning(at, message, help);
        }
        misplaced
    }

    /// Makes the type that a name stands for.
    pub(super) fn define(&mut self, name: &RustName, schema: &'a Schema, at: &Pointer, context: &Context) {
        let view = View::new(schema);
        let docs = docs(&view);
        let shape = if let Some(ty) = self.alias(&view, at, context) {
            TypeShape::Alias(ty)
        } else if is_text_enum(&view) {
            TypeShape::OpenEnum(variants(&view.values))
        } else if view.is_union() {
            self.union(&view, at, context)
        } else {
            let (fields, additional) = self.fields(schema, at, context);
            if !fields.is_empty() {
                let shape = TypeShape::Model(fields);
                return self.push_type(name.clone(), context, at, docs, shape, additional);
            }
            // Nothing is known about it but that it is an object.
            TypeShape::Alias(Type::Free)
        };
        self.push_type(name.clone(), context, at, docs, shape, false);
    }

    fn alias(&mut self, view: &View<'a>, at: &Pointer, context: &Context) -> Option<Type> {
        if let [ReferenceOr::Reference { reference }] = view.all_of
            && view.is_shapeless()
        {
            return Some(self.reference(reference, &at.child("allOf").index(0)).ty);
        }
        self.plain_type(view, at, context)
    }
}

fn docs(view: &View<'_>) -> String {
    view.data.description.clone().or_else(|| view.data.title.clone()).unwrap_or_default()
}

/// A property's `x-rust-name` names its type when it begins with a capital, else its field.
fn is_type_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

pub(super) fn is_text_enum(view: &View<'_>) -> bool {
    !view.values.is_empty() && view.values.iter().all(Value::is_string)
}

/// Integers that may come as strings, here or as elements.
fn is_lenient(view: &View<'_>) -> bool {
    let declared = |extensions: &super::Extensions| extensions.get("x-read-as") == Some(&json!("integer"));
    let items = view.items.and_then(|items| items.as_item());
    declared(&view.data.extensions) || items.is_some_and(|items| declared(&items.schema_data.extensions))
}

pub(super) fn variants(values: &[Value]) -> Vec<Variant> {
    let mut names = Scope::with_reserved(&["Unknown"]);
    let mut seen = HashSet::new();
    let new = values.iter().filter_map(Value::as_str).filter(|value| seen.insert(*value));
    new.map(|value| Variant { wire: WireName::new(value), name: names.claim(&RustName::upper_camel(value)) })
        .collect()
}
