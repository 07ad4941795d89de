//! Parameters: location, type and style.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as OpenApiParameter, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr,
};
use serde_json::Value;

use super::media::{Media, content_use, is_json};
use crate::base::diagnostic::Findings;
use crate::base::name::{RustName, Scope, WireName, file_stem};
use crate::base::pointer::Pointer;
use crate::grammar::parameter::is_same_name;
use crate::ir::request::{Delimiters, Parameter, ParameterLocation, Style, StyleKind};
use crate::ir::ty::Type;
use crate::lower::context::{Context, Extensions, check_rust_name, rust_name};
use crate::lower::document::lookup::Document;
use crate::lower::document::placeholders::{placeholders, without_pairs};
use crate::lower::document::view::View;
use crate::lower::lowering::Lowering;
use crate::lower::schemas::schema::use_of;
use crate::lower::schemas::used::Use;
use crate::normalize::normalized_extensions::{COOKIE_STYLE, DELIMITERS, QUERYSTRING, RESERVED};

/// Header fields that the client sets itself. OpenAPI ignores parameters for them.
const OWN_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

/// A declared parameter, its location, and the name for its inline types.
struct Found<'a> {
    declared: &'a OpenApiParameter,
    at: Pointer,
    /// The location of its use, which differs if the parameter is a component.
    used_at: Pointer,
    context: Context,
}

/// Returns the parameters of an operation, and the names of their arguments. A parameter of the path item is replaced by
/// one of the operation with the same name and location.
pub(in crate::lower) fn parameters<'a>(
    lowering: &mut Lowering<'a, '_>,
    lists: [(&'a [ReferenceOr<OpenApiParameter>], Pointer); 2],
    path: &str,
    context: &Context,
    at: &Pointer,
) -> (Vec<Parameter>, Scope) {
    let mut found: Vec<Found<'a>> = Vec::new();
    for (list, at) in lists {
        for (index, parameter) in list.iter().enumerate() {
            let Some(new) =
                find_parameter(&lowering.document, lowering.findings, parameter, &at.index(index), context)
            else {
                continue;
            };
            let same = |other: &Found<'_>| is_same(other.declared, new.declared);
            match found.iter_mut().find(|other| same(other)) {
                Some(other) => *other = new,
                None => found.push(new),
            }
        }
    }
    let mut names =
        Scope::with_reserved(&["body", "content_type", "into_bytes", "into_text", "with_options"]);
    let is_query_parameter = |name: &str| found.iter().any(|found| key(found.declared) == (name, "query"));
    let path = &without_pairs(path, is_query_parameter);
    let placeholders = placeholders(path);
    let (found, strays): (Vec<_>, Vec<_>) =
        found.into_iter().partition(|found| can_be_sent(found, &placeholders));
    for stray in &strays {
        let missing = placeholders.iter().filter(|name| !found.iter().any(|found| is_for(found, name)));
        report_stray(lowering.findings, stray, missing.copied(), path);
    }
    let mut parameters: Vec<_> =
        found.iter().filter_map(|found| parameter(lowering, found, &mut names)).collect();
    for name in placeholders {
        let declared = |parameter: &Parameter| {
            parameter.location == ParameterLocation::Path && parameter.wire.as_str() == name
        };
        if !parameters.iter().any(declared) {
            let message = format!("the path names `{{{name}}}`, but no path parameter declares it");
            let strays = strays.iter().map(|stray| stray.declared.parameter_data_ref().name.as_str());
            let help = match lowering.findings.nearest(name, strays) {
                Some(stray) => format!("the parameter `{stray}` may be meant: write both the same way"),
                None => format!("add a parameter `{name}` with `in: path`"),
            };
            lowering.findings.problem(at, message, help);
            parameters.push(undeclared(name, &mut names));
        }
    }
    (parameters, names)
}

fn find_parameter<'a>(
    document: &Document<'a>,
    findings: &mut Findings,
    parameter: &'a ReferenceOr<OpenApiParameter>,
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

/// Reports a path parameter that the path template doesn't name.
fn report_stray<'n>(
    findings: &mut Findings,
    stray: &Found<'_>,
    missing: impl Iterator<Item = &'n str>,
    path: &str,
) {
    let name = stray.declared.parameter_data_ref().name.as_str();
    let message = format!("the path {path} doesn't name the path parameter `{name}`");
    let help = match findings.nearest(name, missing) {
        Some(placeholder) => format!("did you mean `{placeholder}`?"),
        None => format!("write {{{name}}} into the path, or make it a query parameter"),
    };
    findings.problem(&stray.used_at, message, help);
}

fn parameter<'a>(lowering: &mut Lowering<'a, '_>, found: &Found<'a>, names: &mut Scope) -> Option<Parameter> {
    let data = found.declared.parameter_data_ref();
    let (location, style) = location_and_style(found.declared, data);
    if location == ParameterLocation::Header && OWN_HEADERS.contains(&data.name.to_lowercase().as_str()) {
        lowering.findings.skip(&found.at, "the client sets this header itself");
        return None;
    }
    let (used, style) = value(lowering, found, data, style);
    let given = rust_name(&data.extensions);
    let wished = RustName::snake(given.unwrap_or(&data.name));
    check_rust_name(lowering.findings, &data.extensions, &found.at, &wished);
    if given.is_some() && names.contains(&wished) {
        let message =
            format!("the argument name `{wished}` is taken; a number is appended for `{}`", data.name);
        lowering.findings.warning(&found.at, message, "give the parameter another `x-rust-name`");
    }
    let may_be_empty =
        matches!(found.declared, OpenApiParameter::Query { allow_empty_value: Some(true), .. });
    if may_be_empty && !matches!(lowering.types.resolve(&used.ty), Type::String) {
        let reason = "an empty value can only be sent for a string";
        lowering.findings.skip(&found.at.child("allowEmptyValue"), reason);
    }
    Some(Parameter {
        wire: WireName::new(&data.name),
        name: names.claim(&wished),
        location,
        style,
        required: data.required || location == ParameterLocation::Path,
        may_be_empty,
        ty: used.ty,
        media_type: None,
        part: None,
        docs: data.description.clone().unwrap_or(used.docs),
        constraints: used.constraints,
        limits: String::new(),
        default: used.default,
        deprecated: data.deprecated.unwrap_or_default(),
    })
}

/// The type of a parameter: by its schema, or by the first media type of its content.
fn value<'a>(
    lowering: &mut Lowering<'a, '_>,
    found: &Found<'a>,
    data: &'a ParameterData,
    style: Style,
) -> (Use, Style) {
    let context =
        found.context.inner(if found.context.hint.ends_with("Parameter") { "" } else { &data.name });
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => {
            (use_of(lowering, schema, &found.at.child("schema"), &context), style)
        }
        ParameterSchemaOrContent::Content(content) => {
            let at = found.at.child("content");
            let Some((media_type, media)) = content.first() else { return (Use::of(Type::Any), style) };
            let media = Media { name: media_type, declared: media, at: at.child(media_type) };
            if is_json(media_type) {
                return (content_use(lowering, &media, &context), Style::new(StyleKind::Json));
            }
            if is_querystring(found.declared) {
                return (content_use(lowering, &media, &context), style);
            }
            if !is_text(&lowering.document, &media) {
                let reason = format!("the value is passed as text of the media type `{media_type}`");
                lowering.findings.skip(&media.at.child("schema"), reason);
            }
            (Use::of(Type::String), style)
        }
    }
}

/// Whether the schema of content is a string, or says nothing.
fn is_text(document: &Document<'_>, media: &Media<'_>) -> bool {
    let schema = media.declared.schema.as_ref().and_then(|schema| document.item(schema));
    schema.is_none_or(|schema| View::new(schema).ty.is_none_or(|ty| ty == "string"))
}

/// The location and style of a parameter, with OpenAPI's defaults.
fn location_and_style(declared: &OpenApiParameter, data: &ParameterData) -> (ParameterLocation, Style) {
    let (location, kind, reserved) = match declared {
        OpenApiParameter::Path { style, .. } => {
            let kind = match style {
                PathStyle::Simple => StyleKind::Simple,
                PathStyle::Label => StyleKind::Label,
                PathStyle::Matrix => StyleKind::Matrix,
            };
            (ParameterLocation::Path, kind, is_marked(data, RESERVED))
        }
        OpenApiParameter::Query { .. } if is_querystring(declared) => {
            (ParameterLocation::QueryString, StyleKind::Form, false)
        }
        OpenApiParameter::Query { style, allow_reserved, .. } => {
            (ParameterLocation::Query, query_style_kind(style), *allow_reserved)
        }
        OpenApiParameter::Header { style: HeaderStyle::Simple, .. } => {
            (ParameterLocation::Header, StyleKind::Simple, false)
        }
        OpenApiParameter::Cookie { style: CookieStyle::Form, .. } => {
            let kind = if is_marked(data, COOKIE_STYLE) { StyleKind::Cookie } else { StyleKind::Form };
            (ParameterLocation::Cookie, kind, is_marked(data, RESERVED))
        }
    };
    let explode = data.explode.unwrap_or(kind == StyleKind::Form);
    let style = Style { kind, explode, reserved };
    (location, delimited(&data.extensions).unwrap_or(style))
}

/// The style of an array whose delimiters no style of OpenAPI has.
pub(in crate::lower) fn delimited(extensions: &Extensions) -> Option<Style> {
    let delimiters = extensions.get(DELIMITERS)?.as_str()?;
    Some(Style::new(StyleKind::Delimited(Delimiters::new(delimiters))))
}

/// Whether normalizing has marked a parameter with an extension.
fn is_marked(data: &ParameterData, key: &str) -> bool {
    data.extensions.get(key) == Some(&Value::Bool(true))
}

/// Whether a parameter is the entire query.
fn is_querystring(declared: &OpenApiParameter) -> bool {
    is_marked(declared.parameter_data_ref(), QUERYSTRING)
}

pub(in crate::lower) fn query_style_kind(style: &QueryStyle) -> StyleKind {
    match style {
        QueryStyle::Form => StyleKind::Form,
        QueryStyle::SpaceDelimited => StyleKind::SpaceDelimited,
        QueryStyle::PipeDelimited => StyleKind::PipeDelimited,
        QueryStyle::DeepObject => StyleKind::DeepObject,
    }
}

/// A string parameter for a name in the path that no parameter declares.
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
        part: None,
        docs: String::new(),
        constraints: Vec::new(),
        limits: String::new(),
        default: None,
        deprecated: false,
    }
}

fn key(declared: &OpenApiParameter) -> (&str, &'static str) {
    let location = match declared {
        OpenApiParameter::Query { .. } if is_querystring(declared) => "querystring",
        OpenApiParameter::Query { .. } => "query",
        OpenApiParameter::Header { .. } => "header",
        OpenApiParameter::Path { .. } => "path",
        OpenApiParameter::Cookie { .. } => "cookie",
    };
    (&declared.parameter_data_ref().name, location)
}

/// Whether two parameters have the same name and location.
fn is_same(one: &OpenApiParameter, other: &OpenApiParameter) -> bool {
    let ((one, location), (other, other_location)) = (key(one), key(other));
    location == other_location && is_same_name(location, one, other)
}

/// Whether a parameter can be sent: the path must name a path parameter.
fn can_be_sent(found: &Found<'_>, placeholders: &[&str]) -> bool {
    !matches!(found.declared, OpenApiParameter::Path { .. })
        || placeholders.iter().any(|name| is_for(found, name))
}

/// Whether this is the path parameter of a name.
fn is_for(found: &Found<'_>, name: &str) -> bool {
    matches!(found.declared, OpenApiParameter::Path { .. })
        && found.declared.parameter_data_ref().name == name
}
