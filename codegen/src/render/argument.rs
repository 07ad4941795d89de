//! Renders the arguments of endpoint functions and setters, and the calls that write them into a request.

use super::literal::literal;
use super::symbol::{Imports, RUNTIME, ResolveNames, Symbol};
use super::types::type_text;
use crate::base::name::WireName;
use crate::ir::request::{Body, BodyKind, Parameter, ParameterLocation, Style, StyleKind};
use crate::ir::ty::Type;

/// The type of an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentType<'t> {
    /// `impl Into<Part>`: a file.
    File,
    /// `impl IntoIterator<Item = impl Into<Part>>`: several files.
    Files,
    /// `&str`
    Text,
    /// `impl IntoIterator<Item = T>`
    Values(&'t Type),
    /// `impl IntoIterator<Item = impl Into<T>>`
    Convertibles(&'t Type),
    /// `impl Into<T>`
    Convertible(&'t Type),
    /// `T`
    Plain(&'t Type),
}

impl<'t> ArgumentType<'t> {
    pub(crate) fn of(parameter: &'t Parameter) -> Self {
        match (parameter.location, &parameter.ty) {
            (ParameterLocation::File, Type::Array(_)) => Self::Files,
            (ParameterLocation::File, _) => Self::File,
            (_, Type::String) => Self::Text,
            (_, Type::Array(inner)) => match **inner {
                Type::String | Type::Any | Type::Custom(_) | Type::Named(_) => Self::Convertibles(inner),
                // With `impl Into<i64>`, rustc would infer `i32` for a literal, and reject one that exceeds 32 bits.
                _ => Self::Values(inner),
            },
            (
                _,
                ty @ (Type::UnixSeconds
                | Type::UnixMicros
                | Type::Timestamp
                | Type::Any
                | Type::Custom(_)
                | Type::Named(_)),
            ) => Self::Convertible(ty),
            (_, ty) => Self::Plain(ty),
        }
    }
}

/// Returns whether a constructor takes `impl Into<T>` for a field of this type, and not `T`.
pub(crate) fn is_converted(ty: &Type) -> bool {
    let is_time = matches!(ty, Type::Timestamp | Type::UnixSeconds | Type::UnixMicros);
    is_time || matches!(ty, Type::String | Type::Any | Type::Number | Type::Custom(_) | Type::Boxed(_))
}

/// Returns an argument, and the expression that refers to its value.
pub(super) fn argument(imports: &mut Imports, parameter: &Parameter) -> (String, String) {
    let name = &parameter.name;
    match ArgumentType::of(parameter) {
        ArgumentType::File => {
            let part = imports.symbol(Symbol::PART);
            (format!("{name}: impl Into<{part}>"), format!("&[{name}.into()]"))
        }
        ArgumentType::Files => {
            let (list, part) = (imports.symbol(Symbol::LIST), imports.symbol(Symbol::PART));
            (
                format!("{name}: impl IntoIterator<Item = impl Into<{part}>>"),
                format!("&{list}::<{part}>({name})"),
            )
        }
        ArgumentType::Text => (format!("{name}: &str"), format!("&{name}")),
        ArgumentType::Values(ty) => {
            let (list, ty) = (imports.symbol(Symbol::LIST), type_text(ty, imports));
            (format!("{name}: impl IntoIterator<Item = {ty}>"), format!("&{list}::<{ty}>({name})"))
        }
        ArgumentType::Convertibles(ty) => {
            let (list, ty) = (imports.symbol(Symbol::LIST), type_text(ty, imports));
            (format!("{name}: impl IntoIterator<Item = impl Into<{ty}>>"), format!("&{list}::<{ty}>({name})"))
        }
        ArgumentType::Convertible(ty) => {
            (format!("{name}: impl Into<{}>", type_text(ty, imports)), format!("&{name}.into()"))
        }
        ArgumentType::Plain(ty) => (format!("{name}: {}", type_text(ty, imports)), format!("&{name}")),
    }
}

/// Returns the call that writes a parameter into a request.
pub(super) fn write(imports: &mut Imports, request: &str, parameter: &Parameter, value: &str) -> String {
    let request = &limited(request, &parameter.limits);
    let wire = literal(parameter.wire.as_str());
    let media_type = parameter.media_type.as_deref().map(literal);
    let styled = match (parameter.location, parameter.style) {
        (ParameterLocation::Path, PLAIN_EXPLODED) if is_list_or_plain(&parameter.ty) => {
            return format!("{request}.path({wire}, {value})");
        }
        (ParameterLocation::Path, PLAIN) => return format!("{request}.path({wire}, {value})"),
        (ParameterLocation::Path, _) => "path_as",
        (ParameterLocation::Query, FORM_EXPLODED) => return format!("{request}.query({wire}, {value})"),
        (ParameterLocation::Query, FORM) => return format!("{request}.query_joined({wire}, {value})"),
        (ParameterLocation::Query, _) => "query_as",
        (ParameterLocation::QueryString, style) if style.kind == StyleKind::Json => {
            return format!("{request}.query_json({wire}, {value})");
        }
        (ParameterLocation::QueryString, _) => return format!("{request}.query_form({wire}, {value}, &[])"),
        (ParameterLocation::Header, PLAIN) => return format!("{request}.header({wire}, {value})"),
        (ParameterLocation::Header, _) => "header_as",
        (ParameterLocation::Cookie, FORM_EXPLODED) => return format!("{request}.cookie({wire}, {value})"),
        (ParameterLocation::Cookie, _) => "cookie_as",
        (ParameterLocation::PartHeader, _) => {
            let part = literal(parameter.part.as_ref().map(WireName::as_str).unwrap_or_default());
            return format!("{request}.part_header({part}, {wire}, {value})");
        }
        (ParameterLocation::Part, style) if style.kind != StyleKind::Simple => "part_styled",
        (ParameterLocation::Part, _) => {
            return media_type.map_or_else(
                || format!("{request}.part({wire}, {value})"),
                |media_type| format!("{request}.part_as({wire}, {value}, {media_type})"),
            );
        }
        (ParameterLocation::File, _) => {
            return media_type.map_or_else(
                || format!("{request}.files({wire}, {value}, None)"),
                |media_type| format!("{request}.files({wire}, {value}, Some({media_type}))"),
            );
        }
    };
    let style = style(imports, parameter.style);
    format!("{request}.{styled}({wire}, {value}, {style})")
}

const PLAIN: Style = Style { kind: StyleKind::Simple, explode: false, reserved: false };
const PLAIN_EXPLODED: Style = Style { kind: StyleKind::Simple, explode: true, reserved: false };
const FORM: Style = Style { kind: StyleKind::Form, explode: false, reserved: false };
const FORM_EXPLODED: Style = Style { kind: StyleKind::Form, explode: true, reserved: false };

/// Returns whether `explode` makes no difference to a value in the style `simple`.
fn is_list_or_plain(ty: &Type) -> bool {
    match ty {
        Type::Map(_) | Type::Object | Type::Any | Type::Custom(_) | Type::Named(_) => false,
        Type::Nullable(inner) | Type::Boxed(inner) => is_list_or_plain(inner),
        _ => true,
    }
}

/// Returns a style as an expression.
fn style(imports: &mut Imports, style: Style) -> String {
    let ty = imports.symbol(Symbol::STYLE);
    let shape = match style.kind {
        StyleKind::Simple => format!("{ty}::SIMPLE"),
        StyleKind::Label => format!("{ty}::LABEL"),
        StyleKind::Matrix => format!("{ty}::MATRIX"),
        StyleKind::Form => format!("{ty}::FORM"),
        StyleKind::SpaceDelimited => format!("{ty}::SPACE_DELIMITED"),
        StyleKind::PipeDelimited => format!("{ty}::PIPE_DELIMITED"),
        // The other fields of `Style` don't apply.
        StyleKind::DeepObject => return format!("{ty}::DEEP_OBJECT"),
        StyleKind::Cookie => format!("{ty}::COOKIE"),
        StyleKind::Json => return format!("{ty}::JSON"),
        StyleKind::Delimited(delimiters) => {
            format!("{ty}::delimited({})", literal(&delimiters.iter().collect::<String>()))
        }
    };
    let explode = if style.explode { ".exploded()" } else { "" };
    let reserved = if style.reserved { ".reserved()" } else { "" };
    format!("{shape}{explode}{reserved}")
}

/// Returns a request whose next value is checked against limits.
fn limited(request: &str, limits: &str) -> String {
    if limits.is_empty() { request.to_owned() } else { format!("{request}.limited({})", literal(limits)) }
}

/// The type of a body of bytes.
const BYTES: &str = "impl Into<clientwright_runtime::Upload>";

/// Returns the names and types of the arguments for the body.
pub(crate) fn body_arguments(body: &Body, names: &mut dyn ResolveNames) -> Vec<(&'static str, String)> {
    let ty = match value_type(body) {
        Type::String => "str".to_owned(),
        Type::Array(inner) => format!("[{}]", type_text(inner, names)),
        ty => type_text(ty, names),
    };
    match body.kind {
        // `None` is null, or no body.
        BodyKind::Json if is_nullable(body) && body.required => vec![("body", format!("Option<&{ty}>"))],
        BodyKind::Json if is_nullable(body) => vec![("body", format!("Option<Option<&{ty}>>"))],
        BodyKind::Json | BodyKind::Items | BodyKind::Form(_) if body.required => {
            vec![("body", format!("&{ty}"))]
        }
        BodyKind::Json | BodyKind::Items | BodyKind::Form(_) => vec![("body", format!("Option<&{ty}>"))],
        BodyKind::Multipart => Vec::new(),
        BodyKind::Bytes if body.required => vec![("body", BYTES.to_owned())],
        // With `impl Into`, rustc could not infer the type of `None`.
        BodyKind::Bytes => vec![("body", format!("Option<{RUNTIME}::Upload>"))],
        BodyKind::AnyBytes if body.required => {
            vec![("body", BYTES.to_owned()), ("content_type", "&str".to_owned())]
        }
        BodyKind::AnyBytes => vec![("body", format!("Option<({RUNTIME}::Upload, &str)>"))],
    }
}

/// Returns the call that writes the body into a request.
pub(super) fn write_body(imports: &mut Imports, request: &str, body: &Body) -> String {
    let request = &limited(request, &body.limits);
    let media_type = literal(&body.media_type);
    match &body.kind {
        BodyKind::Json if body.media_type == "application/json" => {
            format!("{request}.json({})", body_value(imports, body))
        }
        BodyKind::Json => {
            format!("{request}.json({}).content_type({media_type})", body_value(imports, body))
        }
        BodyKind::Items => format!("{request}.sequence({}, {media_type})", body_value(imports, body)),
        BodyKind::Form(styles) if styles.is_empty() => {
            let value = body_value(imports, body);
            with_media_type(format!("{request}.form({value})"), &body.media_type)
        }
        BodyKind::Form(fields) => {
            let value = body_value(imports, body);
            let style = |(name, of): &(WireName, Style)| {
                format!("({}, {})", literal(name.as_str()), style(imports, *of))
            };
            let styles: Vec<_> = fields.iter().map(style).collect();
            with_media_type(format!("{request}.form_as({value}, &[{}])", styles.join(", ")), &body.media_type)
        }
        BodyKind::Multipart => format!("{request}.multipart()"),
        BodyKind::Bytes if body.required => format!("{request}.raw(body, {media_type})"),
        BodyKind::Bytes => format!("{request}.raw_optional(body.map(|body| (body, {media_type})))"),
        BodyKind::AnyBytes if body.required => format!("{request}.raw(body, content_type.to_owned())"),
        BodyKind::AnyBytes => format!("{request}.raw_optional(body)"),
    }
}

/// Returns whether null is a valid body.
fn is_nullable(body: &Body) -> bool {
    matches!(body.ty, Type::Nullable(_))
}

/// Returns the type of a body that isn't null.
fn value_type(body: &Body) -> &Type {
    match &body.ty {
        Type::Nullable(inner) => inner,
        ty => ty,
    }
}

/// Adds the media type of a form, if it has parameters such as `charset`.
fn with_media_type(request: String, media_type: &str) -> String {
    if media_type.contains(';') {
        format!("{request}.content_type({})", literal(media_type))
    } else {
        request
    }
}

/// Returns the expression for a body that is a value.
fn body_value(imports: &mut Imports, body: &Body) -> String {
    // `str` and slices are unsized: a reference to the reference becomes the trait object.
    let unsized_ = matches!(value_type(body), Type::String | Type::Array(_));
    if body.kind == BodyKind::Json && is_nullable(body) {
        let value = match (body.required, unsized_) {
            (_, false) => "body",
            (true, true) => "body.as_ref()",
            (false, true) => "body.as_ref().map(Option::as_ref)",
        };
        let symbol = if body.required { Symbol::NULLABLE } else { Symbol::OPTIONAL_NULLABLE };
        return format!("{}({value})", imports.symbol(symbol));
    }
    match (body.required, unsized_) {
        (true, false) => "body".to_owned(),
        (true, true) => "&body".to_owned(),
        (false, false) => format!("{}(body)", imports.symbol(Symbol::OPTIONAL)),
        (false, true) => format!("{}(body.as_ref())", imports.symbol(Symbol::OPTIONAL)),
    }
}
