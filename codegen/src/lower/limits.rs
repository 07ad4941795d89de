//! What a client checks before it sends a request: the constraints of the schemas, as JSON that the runtime reads.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::base::digits;
use crate::base::name::RustName;
use crate::ir::api::{Field, Module, TypeDef, TypeKind};
use crate::ir::constraint::{Constraint, Scope};
use crate::ir::ty::Type;

/// The keywords that are checked.
const CHECKED: [&str; 13] = [
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "uniqueItems",
];

/// The position of the limits of a model itself.
const ITSELF: u16 = u16::MAX;

/// The maximum number of aliases, arrays and maps inside each other.
const MAX_DEPTH: usize = 16;

/// Sets the limits of all types, parameters and bodies that requests have.
pub(super) fn assign(types: &mut [TypeDef], modules: &mut [Module]) {
    let limits: Vec<_> = {
        let table = Table(types.iter().map(|def| (&def.name, def)).collect());
        for operation in modules.iter_mut().flat_map(|module| &mut module.operations) {
            for parameter in &mut operation.parameters {
                parameter.limits = table.limits(&parameter.constraints, &parameter.ty);
            }
            if let Some(body) = &mut operation.body {
                body.limits = table.limits(&body.constraints, &body.ty);
            }
        }
        types.iter().map(|def| table.of_model(def)).collect()
    };
    for (def, limits) in types.iter_mut().zip(limits) {
        def.limits = limits;
    }
}

struct Table<'t>(HashMap<&'t RustName, &'t TypeDef>);

impl Table<'_> {
    /// The limits of a struct that requests contain, by the positions of its fields.
    fn of_model(&self, def: &TypeDef) -> Vec<(u16, String)> {
        let TypeKind::Model(fields) = &def.kind else { return Vec::new() };
        if !def.is_literal() {
            return Vec::new();
        }
        let declared = fields.iter().filter(|field| !field.is_map).count();
        let of_field = |(index, field): (usize, &Field)| {
            // The map of additional properties comes after `Extra`.
            let index = if field.is_map { declared + 1 } else { index };
            Some((u16::try_from(index).ok()?, self.limits(&field.constraints, &field.ty)))
        };
        let own = Some((ITSELF, text(&def.constraints)));
        let all = fields.iter().enumerate().filter_map(of_field).chain(own);
        all.filter(|(_, limits)| !limits.is_empty()).collect()
    }

    /// What a value has to meet where it is used, with what the aliases in its type demand.
    fn limits(&self, constraints: &[Constraint], ty: &Type) -> String {
        let mut all = constraints.to_vec();
        self.collect(ty, &mut Vec::new(), &mut all);
        text(&all)
    }

    fn collect(&self, ty: &Type, scope: &mut Vec<Scope>, all: &mut Vec<Constraint>) {
        if scope.len() > MAX_DEPTH {
            return;
        }
        match ty {
            Type::Array(inner) => self.collect_inside(inner, Scope::Item, scope, all),
            Type::Map(inner) => self.collect_inside(inner, Scope::Property, scope, all),
            Type::Nullable(inner) | Type::Boxed(inner) => self.collect(inner, scope, all),
            Type::Tuple(tuple) => {
                for (index, item) in tuple.items.iter().enumerate() {
                    self.collect_inside(&item.ty, Scope::ItemAt(index), scope, all);
                }
            }
            Type::Named(name) => {
                let Some(def) = self.0.get(name) else { return };
                let TypeKind::Alias(target) = &def.kind else { return };
                all.extend(def.constraints.iter().map(|constraint| {
                    let scope = scope.iter().chain(&constraint.scope).copied().collect();
                    Constraint { scope, ..constraint.clone() }
                }));
                self.collect(target, scope, all);
            }
            _ => {}
        }
    }

    fn collect_inside(&self, ty: &Type, part: Scope, scope: &mut Vec<Scope>, all: &mut Vec<Constraint>) {
        scope.push(part);
        self.collect(ty, scope, all);
        scope.pop();
    }
}

/// Returns constraints as the runtime reads them; empty if none of them is checked.
fn text(constraints: &[Constraint]) -> String {
    let mut all: Vec<Value> = Vec::new();
    for constraint in constraints {
        let Some(scope) = constraint.scope.iter().map(part).collect::<Option<Vec<_>>>() else { continue };
        let checked = constraint.keywords.iter().filter(|(keyword, _)| CHECKED.contains(&keyword.as_str()));
        let mut keywords: Map<String, Value> =
            checked.map(|(keyword, value)| (keyword.clone(), value.clone())).collect();
        if keywords.is_empty() {
            continue;
        }
        if !scope.is_empty() {
            keywords.insert("in".to_owned(), Value::Array(scope));
        }
        let keywords = Value::Object(keywords);
        if !all.contains(&keywords) {
            all.push(keywords);
        }
    }
    if all.is_empty() { String::new() } else { digits::json(&Value::Array(all)) }
}

/// Returns a part of a value; `None` if the constraint applies in one of several branches only.
fn part(scope: &Scope) -> Option<Value> {
    match scope {
        Scope::Item => Some(json!("items")),
        Scope::ItemAt(index) => Some(json!(index)),
        Scope::Property => Some(json!("properties")),
        Scope::Branch => None,
    }
}
