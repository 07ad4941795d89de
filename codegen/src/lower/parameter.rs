//! Parameters: where they go, what they take, and how they are written.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as Declared, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr,
};

use super::context::{Context, rust_name};
use super::document::Document;
use super::media::{Media, content_use, is_json};
use super::parts::Parts;
use super::reserved::FUNCTIONS;
use super::schema::use_of;
use super::used::Use;
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName, file_stem};
use crate::base::pointer::Pointer;
use crate::ir::request::{Parameter, ParameterLocation, Style, StyleKind};
use crate::ir::ty::Type;

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

/// The parameters of an operation: the path item's, unless it declares one of the same name and place. With
/// the names that they take.
pub(super) fn parameters<'a>(
    parts: &mut Parts<'a, '_>,
    lists: [(&'a [ReferenceOr<Declared>], Pointer); 2],
    path: &str,
    context: &Context,
    at: &Pointer,
) -> (Vec<Parameter>, Scope) {
    let mut found: Vec<Found<'a>> = Vec::new();
    for (list, at) in lists {
        for (index, parameter) in list.iter().enumerate() {
            let Some(new) =
                find_parameter(&parts.document, parts.findings, parameter, &at.index(index), context)
            else {
                continue;
            };
            let same = |other: &Found<'_>| key(other.declared) == key(new.declared);
            match found.iter_mut().find(|other| same(other)) {
                Some(other) => *other = new,
                None => found.push(new),
            }
        }
    }
    let mut names = Scope::with_reserved(&["body", "content_type", FUNCTIONS[0], FUNCTIONS[1]]);
    let placeholders = placeholders(path);
    let (found, strays): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|found| stands_in_path(found, &placeholders));
    for stray in &strays {
        let missing = placeholders.iter().filter(|name| !found.iter().any(|found| is_for(found, name)));
        report_stray(parts.findings, stray, missing.copied(), path);
    }
    let mut parameters: Vec<_> =
        found.iter().filter_map(|found| parameter(parts, found, &mut names)).collect();
    for name in placeholders {
        let declared = |parameter: &Parameter| {
            parameter.location == ParameterLocation::Path && parameter.wire.as_str() == name
        };
        if !parameters.iter().any(declared) {
            let message = format!("the path names `{{{name}}}`, but no path parameter declares it");
            let strays = strays.iter().map(|stray| stray.declared.parameter_data_ref().name.as_str());
            let help = match parts.findings.nearest(name, strays) {
                Some(stray) => format!("the parameter `{stray}` may be meant: write both the same way"),
                None => format!("add a parameter `{name}` with `in: path`"),
            };
            parts.findings.problem(at, message, help);
            parameters.push(undeclared(name, &mut names));
        }
    }
    (parameters, names)
}

fn find_parameter<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    parameter: &'a ReferenceOr<Declared>,
    at: &Pointer,
    context: &Context,
) -> Option<Found<'a>> {
    let (declared, there) = document.parameter(findings, parameter, at.clone())?;
    let context = match parameter {
        ReferenceOr::Item(_) => context.clone(),
        ReferenceOr::Reference { .. } => {
            let key = there.last().unwrap_or_default();
            Context::new(&RustName::upper_camel(key), &file_stem(key))
        }
    };
    Some(Found { declared, at: there, used_at: at.clone(), context })
}

/// A path parameter must stand in the path; there is no place for another one.
fn report_stray<'n>(
    findings: &mut Findings,
    stray: &Found<'_>,
    missing: impl Iterator<Item = &'n str>,
    path: &str,
) {
    let name = stray.declared.parameter_data_ref().name.as_str();
    let message = format!("the path parameter `{name}` doesn't stand in the path {path}");
    let help = match findings.nearest(name, missing) {
        Some(placeholder) => format!("did you mean `{placeholder}`?"),
        None => format!("write {{{name}}} into the path, or make it a query parameter"),
    };
    findings.problem(&stray.used_at, message, help);
}

fn parameter<'a>(parts: &mut Parts<'a, '_>, found: &Found<'a>, names: &mut Scope) -> Option<Parameter> {
    let data = found.declared.parameter_data_ref();
    let (location, style) = place(found.declared, data);
    if location == ParameterLocation::Header && OWN_HEADERS.contains(&data.name.to_lowercase().as_str()) {
        parts.findings.skip(&found.at, "the client sets this header itself");
        return None;
    }
    let (used, style) = value(parts, found, data, style);
    let wished = rust_name(&data.extensions).unwrap_or(&data.name);
    let may_be_empty = matches!(found.declared, Declared::Query { allow_empty_value: Some(true), .. });
    Some(Parameter {
        wire: WireName::new(&data.name),
        name: names.claim(&RustName::snake(wished)),
        location,
        style,
        required: data.required || location == ParameterLocation::Path,
        may_be_empty,
        ty: used.ty,
        media_type: None,
        docs: data.description.clone().unwrap_or(used.docs),
        default: used.default,
        deprecated: data.deprecated.unwrap_or_default(),
    })
}

/// What a parameter takes: by its schema, or by the first media type of its content.
fn value<'a>(
    parts: &mut Parts<'a, '_>,
    found: &Found<'a>,
    data: &'a ParameterData,
    style: Style,
) -> (Use, Style) {
    let context =
        found.context.inner(if found.context.hint.ends_with("Parameter") { "" } else { &data.name });
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => {
            (use_of(parts, schema, &found.at.child("schema"), &context), style)
        }
        ParameterSchemaOrContent::Content(content) => {
            let at = found.at.child("content");
            let Some((media_type, media)) = content.first() else { return (Use::of(Type::Any), style) };
            let used = content_use(
                parts,
                &Media { name: media_type, declared: media, at: at.child(media_type) },
                &context,
            );
            (used, if is_json(media_type) { Style::new(StyleKind::Json) } else { style })
        }
    }
}

/// Where a parameter goes and how it is written there, with the standard's defaults.
fn place(declared: &Declared, data: &ParameterData) -> (ParameterLocation, Style) {
    let (location, kind, reserved) = match declared {
        Declared::Path { style, .. } => {
            let kind = match style {
                PathStyle::Simple => StyleKind::Simple,
                PathStyle::Label => StyleKind::Label,
                PathStyle::Matrix => StyleKind::Matrix,
            };
            (ParameterLocation::Path, kind, false)
        }
        Declared::Query { style, allow_reserved, .. } => {
            (ParameterLocation::Query, query_style_kind(style), *allow_reserved)
        }
        Declared::Header { style: HeaderStyle::Simple, .. } => {
            (ParameterLocation::Header, StyleKind::Simple, false)
        }
        Declared::Cookie { style: CookieStyle::Form, .. } => {
            (ParameterLocation::Cookie, StyleKind::Form, false)
        }
    };
    let explode = data.explode.unwrap_or(kind == StyleKind::Form);
    (location, Style { kind, explode, reserved })
}

pub(super) fn query_style_kind(style: &QueryStyle) -> StyleKind {
    match style {
        QueryStyle::Form => StyleKind::Form,
        QueryStyle::SpaceDelimited => StyleKind::SpaceDelimited,
        QueryStyle::PipeDelimited => StyleKind::PipeDelimited,
        QueryStyle::DeepObject => StyleKind::DeepObject,
    }
}

/// A text for a part of the path that nothing is said of.
fn undeclared(name: &str, names: &mut Scope) -> Parameter {
    Parameter {
        wire: WireName::new(name),
        name: names.claim(&RustName::snake(name)),
        location: ParameterLocation::Path,
        style: Style::new(StyleKind::Simple),
        required: true,
        may_be_empty: false,
        ty: Type::String,
        media_type: None,
        docs: String::new(),
        default: None,
        deprecated: false,
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

/// The names in braces of a path template, each once.
fn stands_in_path(found: &Found<'_>, placeholders: &[&str]) -> bool {
    !matches!(found.declared, Declared::Path { .. }) || placeholders.iter().any(|name| is_for(found, name))
}

/// Whether it is the path parameter of a name.
fn is_for(found: &Found<'_>, name: &str) -> bool {
    matches!(found.declared, Declared::Path { .. }) && found.declared.parameter_data_ref().name == name
}

/// The names in braces, each once.
pub(super) fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for (name, _) in path.split('{').skip(1).filter_map(|rest| rest.split_once('}')) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
