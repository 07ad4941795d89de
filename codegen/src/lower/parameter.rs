//! Parameters: where they go, what they take, and how they are written.

use openapiv3::{Parameter as Declared, ParameterData, ParameterSchemaOrContent, QueryStyle, ReferenceOr};

use super::{Context, LIST, Lowerer, rust_name};
use crate::ir::{Location, Parameter, Type, TypeShape};
use crate::name::{RustName, Scope, WireName, file_stem};
use crate::pointer::Pointer;

/// Headers that the client sets itself; the standard says to ignore them here.
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A declared parameter, where it stands, and what its inline types are called after.
struct Found<'a> {
    declared: &'a Declared,
    at: Pointer,
    /// Where an operation or path names it: elsewhere, when it is a component.
    used_at: Pointer,
    context: Context,
}

impl<'a> Lowerer<'a, '_> {
    /// The parameters of an operation: the path item's, unless it declares one of the same name and place.
    pub(super) fn parameters(
        &mut self,
        lists: [(&'a [ReferenceOr<Declared>], Pointer); 2],
        path: &str,
        context: &Context,
        at: &Pointer,
    ) -> Vec<Parameter> {
        let mut found: Vec<Found<'a>> = Vec::new();
        for (list, at) in lists {
            for (index, parameter) in list.iter().enumerate() {
                let Some(new) = self.find_parameter(parameter, &at.index(index), context) else { continue };
                let same = |other: &Found<'_>| key(other.declared) == key(new.declared);
                match found.iter_mut().find(|other| same(other)) {
                    Some(other) => *other = new,
                    None => found.push(new),
                }
            }
        }
        self.check_path(path, &found, at);
        let mut names = Scope::with_reserved(&["body", LIST]);
        found.into_iter().filter_map(|found| self.parameter(&found, &mut names)).collect()
    }

    fn find_parameter(
        &mut self,
        parameter: &'a ReferenceOr<Declared>,
        at: &Pointer,
        context: &Context,
    ) -> Option<Found<'a>> {
        match parameter {
            ReferenceOr::Item(declared) => {
                Some(Found { declared, at: at.clone(), used_at: at.clone(), context: context.clone() })
            }
            ReferenceOr::Reference { reference } => {
                let components = self.document.components.as_ref().map(|components| &components.parameters);
                let (declared, component) = self.follow(components, "parameters", reference, at)?;
                let key = component.last().unwrap_or_default();
                let context = Context::new(&RustName::upper_camel(key), &file_stem(key));
                Some(Found { declared, at: component, used_at: at.clone(), context })
            }
        }
    }

    /// Each `{name}` of the path must be declared, and each path parameter must stand in the path.
    fn check_path(&mut self, path: &str, found: &[Found<'_>], at: &Pointer) {
        let in_path = |found: &&Found<'_>| matches!(found.declared, Declared::Path { .. });
        let names = placeholders(path);
        for found in found.iter().filter(in_path) {
            let name = &found.declared.parameter_data_ref().name;
            if !names.contains(&name.as_str()) {
                let message = format!("the path parameter `{name}` doesn't stand in the path {path}");
                let help = format!("write {{{name}}} into the path, or make it a query parameter");
                self.findings.error(&found.used_at, message, help);
            }
        }
        for name in names {
            let declared =
                found.iter().filter(in_path).any(|found| found.declared.parameter_data_ref().name == name);
            if !declared {
                let message = format!("the path names `{{{name}}}`, but no path parameter declares it");
                self.findings.error(at, message, format!("add a parameter `{name}` with `in: path`"));
            }
        }
    }

    fn parameter(&mut self, found: &Found<'a>, names: &mut Scope) -> Option<Parameter> {
        let data = found.declared.parameter_data_ref();
        let location = self.location(found, data)?;
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            self.leave_out(found, "its value is a whole document (`content`)");
            return None;
        };
        let context =
            found.context.inner(if found.context.hint.ends_with("Parameter") { "" } else { &data.name });
        let used = self.schema(schema, &found.at.child("schema"), &context);
        if !self.is_plain(&used.ty, &mut Vec::new()) {
            self.leave_out(found, "its value is an object, or holds lists in lists");
            return None;
        }
        let wished = rust_name(&data.extensions).unwrap_or(&data.name);
        Some(Parameter {
            wire: WireName::new(&data.name),
            name: names.claim(&RustName::snake(wished)),
            location,
            required: data.required || location == Location::Path,
            ty: used.ty,
            docs: data.description.clone().unwrap_or(used.docs),
            deprecated: data.deprecated.unwrap_or_default(),
        })
    }

    fn location(&mut self, found: &Found<'_>, data: &ParameterData) -> Option<Location> {
        match found.declared {
            Declared::Path { .. } => Some(Location::Path),
            Declared::Query { style: QueryStyle::Form, .. } if data.explode == Some(false) => {
                Some(Location::QueryJoined)
            }
            Declared::Query { style: QueryStyle::Form, .. } => Some(Location::QueryExploded),
            Declared::Query { .. } => {
                self.leave_out(found, "its style is not `form`");
                None
            }
            Declared::Header { .. } if OWN_HEADERS.contains(&data.name.to_lowercase().as_str()) => {
                self.skip(&found.at, "the client sets this header itself");
                None
            }
            Declared::Header { .. } => Some(Location::Header),
            Declared::Cookie { .. } => {
                self.leave_out(found, "it is a cookie");
                None
            }
        }
    }

    /// An optional parameter that can't be written is skipped; a required one makes the call impossible.
    fn leave_out(&mut self, found: &Found<'_>, reason: &str) {
        let data = found.declared.parameter_data_ref();
        if data.required {
            let message = format!("the required parameter `{}` can't be generated: {reason}", data.name);
            self.findings.error(
                &found.at,
                message,
                "change it by an overlay, or remove the operation by one",
            );
        } else {
            self.skip(&found.at, format!("the parameter can't be generated: {reason}"));
        }
    }

    /// Whether values of a type can be written into a URL; `trail` holds the named types on the way.
    fn is_plain(&self, ty: &Type, trail: &mut Vec<RustName>) -> bool {
        match ty {
            Type::List(inner) | Type::Nullable(inner) => {
                !matches!(**inner, Type::List(_)) && self.is_plain(inner, trail)
            }
            Type::Map(_) | Type::Free | Type::Boxed(_) => false,
            Type::Named(name) if trail.contains(name) => false,
            Type::Named(name) => {
                trail.push(name.clone());
                let is_plain = match self.types.iter().find(|def| def.name == *name).map(|def| &def.shape) {
                    Some(TypeShape::OpenEnum(_)) => true,
                    Some(TypeShape::Alias(ty)) => self.is_plain(ty, trail),
                    Some(TypeShape::Union { variants, .. }) => {
                        variants.iter().all(|variant| self.is_plain(&variant.ty, trail))
                    }
                    _ => false,
                };
                trail.pop();
                is_plain
            }
            _ => true,
        }
    }
}

fn key(declared: &Declared) -> (&str, &'static str) {
    let place = match declared {
        Declared::Query { .. } => "query",
        Declared::Header { .. } => "header",
        Declared::Path { .. } => "path",
        Declared::Cookie { .. } => "cookie",
    };
    (&declared.parameter_data_ref().name, place)
}

/// The names in braces of a path template.
fn placeholders(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}
