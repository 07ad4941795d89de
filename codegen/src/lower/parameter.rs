//! Parameters: where they go, what they take, and how they are written.

use std::collections::HashMap;

use openapiv3::{Parameter as Declared, ParameterData, ParameterSchemaOrContent, QueryStyle, ReferenceOr};
use serde_json::Value;

use super::{Context, Lowerer, rust_name};
use crate::ir::{Location, Parameter, Type, TypeShape};
use crate::name::{RustName, Scope, WireName, file_stem};
use crate::normalize::nearest;
use crate::pointer::Pointer;

const PARAMETERS: &str = "#/components/parameters/";
/// Headers that the client sets itself; the standard says to ignore them here.
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A declared parameter, where it stands, and what its inline types are called after.
struct Found<'a> {
    declared: &'a Declared,
    at: Pointer,
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
        let mut names = Scope::with_reserved(&["body"]);
        found.into_iter().filter_map(|found| self.parameter(&found, &mut names)).collect()
    }

    fn find_parameter(
        &mut self,
        parameter: &'a ReferenceOr<Declared>,
        at: &Pointer,
        context: &Context,
    ) -> Option<Found<'a>> {
        match parameter {
            ReferenceOr::Item(declared) => Some(Found { declared, at: at.clone(), context: context.clone() }),
            ReferenceOr::Reference { reference } => {
                let components = self.document.components.as_ref().map(|components| &components.parameters);
                let key = reference.strip_prefix(PARAMETERS).unwrap_or_default();
                if let Some(ReferenceOr::Item(declared)) =
                    components.and_then(|parameters| parameters.get(key))
                {
                    let at = Pointer::parse(reference)?;
                    let context = Context::new(&RustName::upper_camel(key), &file_stem(key));
                    return Some(Found { declared, at, context });
                }
                let known = components.into_iter().flatten().map(|(key, _)| key.as_str());
                let help = match nearest(key, known) {
                    Some(known) => format!("did you mean {PARAMETERS}{known}?"),
                    None => "add the parameter by an overlay, or mend the reference".to_owned(),
                };
                self.findings.error(
                    &at.child("$ref"),
                    format!("the reference {reference:?} leads nowhere"),
                    help,
                );
                None
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
                self.findings.error(&found.at, message, help);
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
        if !self.is_plain(&used.ty) {
            self.leave_out(found, "its value is an object");
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
            Declared::Header { .. } if OWN_HEADERS.contains(&data.name.to_lowercase().as_str()) => None,
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

    /// Whether values of a type can be written into a URL.
    fn is_plain(&self, ty: &Type) -> bool {
        match ty {
            Type::List(inner) | Type::Nullable(inner) => {
                !matches!(**inner, Type::List(_)) && self.is_plain(inner)
            }
            Type::Map(_) | Type::Free | Type::Boxed(_) => false,
            Type::Named(name) => {
                let shapes: HashMap<_, _> = self.types.iter().map(|def| (&def.name, &def.shape)).collect();
                match shapes.get(name) {
                    Some(TypeShape::OpenEnum(_)) => true,
                    Some(TypeShape::Alias(ty)) => self.is_plain(ty),
                    Some(TypeShape::Union { variants, .. }) => {
                        variants.iter().all(|variant| self.is_plain(&variant.ty))
                    }
                    _ => false,
                }
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

/// A list of lists of parameter names, as `x-parameter-rules` has it.
pub(super) fn groups(rules: Option<&Value>, key: &str) -> Vec<Vec<String>> {
    let lists = rules.and_then(|rules| rules.get(key)).and_then(Value::as_array);
    let names = |group: &Value| {
        let names = group.as_array().into_iter().flatten().filter_map(Value::as_str);
        names.map(str::to_owned).collect()
    };
    lists.into_iter().flatten().map(names).collect()
}
