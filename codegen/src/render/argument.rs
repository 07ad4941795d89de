//! Renders the arguments of endpoint functions and setters, and the calls that write them into a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::format::{RenderError, ident, parse};
use super::symbol::{Imports, ResolveNames, Symbol};
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
                Type::String | Type::Any | Type::Named(_) => Self::Convertibles(inner),
                // With `impl Into<i64>`, rustc would infer `i32` for a literal, and reject one that exceeds 32 bits.
                _ => Self::Values(inner),
            },
            (
                _,
                ty @ (Type::UnixSeconds | Type::UnixMicros | Type::Timestamp | Type::Any | Type::Named(_)),
            ) => Self::Convertible(ty),
            (_, ty) => Self::Plain(ty),
        }
    }
}

/// Returns whether a constructor takes `impl Into<T>` for a field of this type, and not `T`.
pub(crate) fn is_converted(ty: &Type) -> bool {
    let is_time = matches!(ty, Type::Timestamp | Type::UnixSeconds | Type::UnixMicros);
    is_time || matches!(ty, Type::String | Type::Any | Type::Number | Type::Boxed(_))
}

/// Returns an argument, and the expression that refers to its value.
pub(super) fn argument(
    imports: &mut Imports,
    parameter: &Parameter,
) -> Result<(TokenStream, TokenStream), RenderError> {
    let name = ident(parameter.name.as_str())?;
    Ok(match ArgumentType::of(parameter) {
        ArgumentType::File => {
            let part = imports.ident(Symbol::PART)?;
            (quote!(#name: impl Into<#part>), quote!(&[#name.into()]))
        }
        ArgumentType::Files => {
            let (list, part) = (imports.ident(Symbol::LIST)?, imports.ident(Symbol::PART)?);
            (quote!(#name: impl IntoIterator<Item = impl Into<#part>>), quote!(&#list::<#part>(#name)))
        }
        ArgumentType::Text => (quote!(#name: &str), quote!(&#name)),
        ArgumentType::Values(ty) => {
            let (list, ty) = (imports.ident(Symbol::LIST)?, parse(&type_text(ty, imports))?);
            (quote!(#name: impl IntoIterator<Item = #ty>), quote!(&#list::<#ty>(#name)))
        }
        ArgumentType::Convertibles(ty) => {
            let (list, ty) = (imports.ident(Symbol::LIST)?, parse(&type_text(ty, imports))?);
            (quote!(#name: impl IntoIterator<Item = impl Into<#ty>>), quote!(&#list::<#ty>(#name)))
        }
        ArgumentType::Convertible(ty) => {
            let ty = parse(&type_text(ty, imports))?;
            (quote!(#name: impl Into<#ty>), quote!(&#name.into()))
        }
        ArgumentType::Plain(ty) => {
            let ty = parse(&type_text(ty, imports))?;
            (quote!(#name: #ty), quote!(&#name))
        }
    })
}

/// Returns the call that writes a parameter into a request.
pub(super) fn write(
    imports: &mut Imports,
    request: &TokenStream,
    parameter: &Parameter,
    value: &TokenStream,
) -> Result<TokenStream, RenderError> {
    let wire = parameter.wire.as_str();
    let media_type = parameter.media_type.as_deref();
    let styled = match (parameter.location, parameter.style) {
        (ParameterLocation::Path, PLAIN_EXPLODED) if is_list_or_plain(&parameter.ty) => {
            return Ok(quote!(#request.path(#wire, #value)));
        }
        (ParameterLocation::Path, PLAIN) => return Ok(quote!(#request.path(#wire, #value))),
        (ParameterLocation::Path, _) => quote!(path_as),
        (ParameterLocation::Query, FORM_EXPLODED) => return Ok(quote!(#request.query(#wire, #value))),
        (ParameterLocation::Query, FORM) => return Ok(quote!(#request.query_joined(#wire, #value))),
        (ParameterLocation::Query, _) => quote!(query_as),
        (ParameterLocation::QueryString, style) if style.kind == StyleKind::Json => {
            return Ok(quote!(#request.query_json(#wire, #value)));
        }
        (ParameterLocation::QueryString, _) => return Ok(quote!(#request.query_form(#wire, #value, &[]))),
        (ParameterLocation::Header, PLAIN) => return Ok(quote!(#request.header(#wire, #value))),
        (ParameterLocation::Header, _) => quote!(header_as),
        (ParameterLocation::Cookie, FORM_EXPLODED) => return Ok(quote!(#request.cookie(#wire, #value))),
        (ParameterLocation::Cookie, _) => quote!(cookie_as),
        (ParameterLocation::PartHeader, _) => {
            let part = parameter.part.as_ref().map(WireName::as_str).unwrap_or_default();
            return Ok(quote!(#request.part_header(#part, #wire, #value)));
        }
        (ParameterLocation::Part, style) if style.kind != StyleKind::Simple => quote!(part_styled),
        (ParameterLocation::Part, _) => {
            return Ok(media_type.map_or_else(
                || quote!(#request.part(#wire, #value)),
                |media_type| quote!(#request.part_as(#wire, #value, #media_type)),
            ));
        }
        (ParameterLocation::File, _) => {
            return Ok(media_type.map_or_else(
                || quote!(#request.files(#wire, #value, None)),
                |media_type| quote!(#request.files(#wire, #value, Some(#media_type))),
            ));
        }
    };
    let style = style(imports, parameter.style)?;
    Ok(quote!(#request.#styled(#wire, #value, #style)))
}

const PLAIN: Style = Style { kind: StyleKind::Simple, explode: false, reserved: false };
const PLAIN_EXPLODED: Style = Style { kind: StyleKind::Simple, explode: true, reserved: false };
const FORM: Style = Style { kind: StyleKind::Form, explode: false, reserved: false };
const FORM_EXPLODED: Style = Style { kind: StyleKind::Form, explode: true, reserved: false };

/// Returns whether `explode` makes no difference to a value in the style `simple`.
fn is_list_or_plain(ty: &Type) -> bool {
    match ty {
        Type::Map(_) | Type::Object | Type::Any | Type::Named(_) => false,
        Type::Nullable(inner) | Type::Boxed(inner) => is_list_or_plain(inner),
        _ => true,
    }
}

/// Returns a style as an expression.
fn style(imports: &mut Imports, style: Style) -> Result<TokenStream, RenderError> {
    let ty = imports.ident(Symbol::STYLE)?;
    let shape = match style.kind {
        StyleKind::Simple => quote!(#ty::SIMPLE),
        StyleKind::Label => quote!(#ty::LABEL),
        StyleKind::Matrix => quote!(#ty::MATRIX),
        StyleKind::Form => quote!(#ty::FORM),
        StyleKind::SpaceDelimited => quote!(#ty::SPACE_DELIMITED),
        StyleKind::PipeDelimited => quote!(#ty::PIPE_DELIMITED),
        // The other fields of `Style` don't apply.
        StyleKind::DeepObject => return Ok(quote!(#ty::DEEP_OBJECT)),
        StyleKind::Cookie => quote!(#ty::COOKIE),
        StyleKind::Json => return Ok(quote!(#ty::JSON)),
        StyleKind::Delimited(delimiters) => {
            let delimiters: String = delimiters.iter().collect();
            quote!(#ty::delimited(#delimiters))
        }
    };
    let shape = if style.explode { quote!(#shape.exploded()) } else { shape };
    Ok(if style.reserved { quote!(#shape.reserved()) } else { shape })
}

/// The type of a body of bytes.
const BYTES: &str = "impl Into<Vec<u8>>";

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
        BodyKind::Bytes => vec![("body", "Option<Vec<u8>>".to_owned())],
        BodyKind::AnyBytes if body.required => {
            vec![("body", BYTES.to_owned()), ("content_type", "&str".to_owned())]
        }
        BodyKind::AnyBytes => vec![("body", "Option<(Vec<u8>, &str)>".to_owned())],
    }
}

/// Returns the call that writes the body into a request.
pub(super) fn write_body(
    imports: &mut Imports,
    request: &TokenStream,
    body: &Body,
) -> Result<TokenStream, RenderError> {
    let media_type = &body.media_type;
    Ok(match &body.kind {
        BodyKind::Json if media_type == "application/json" => {
            let value = body_value(imports, body)?;
            quote!(#request.json(#value))
        }
        BodyKind::Json => {
            let value = body_value(imports, body)?;
            quote!(#request.json(#value).content_type(#media_type))
        }
        BodyKind::Items => {
            let value = body_value(imports, body)?;
            quote!(#request.sequence(#value, #media_type))
        }
        BodyKind::Form(styles) if styles.is_empty() => {
            let value = body_value(imports, body)?;
            with_media_type(quote!(#request.form(#value)), media_type)
        }
        BodyKind::Form(fields) => {
            let value = body_value(imports, body)?;
            let mut styles = Vec::with_capacity(fields.len());
            for (name, of) in fields {
                let (name, style) = (name.as_str(), style(imports, *of)?);
                styles.push(quote!((#name, #style)));
            }
            with_media_type(quote!(#request.form_as(#value, &[#(#styles),*])), media_type)
        }
        BodyKind::Multipart => quote!(#request.multipart()),
        BodyKind::Bytes if body.required => quote!(#request.raw(body, #media_type)),
        BodyKind::Bytes => quote!(#request.raw_optional(body.map(|body| (body, #media_type)))),
        BodyKind::AnyBytes if body.required => quote!(#request.raw(body, content_type.to_owned())),
        BodyKind::AnyBytes => quote!(#request.raw_optional(body)),
    })
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
fn with_media_type(request: TokenStream, media_type: &str) -> TokenStream {
    if media_type.contains(';') { quote!(#request.content_type(#media_type)) } else { request }
}

/// Returns the expression for a body that is a value.
fn body_value(imports: &mut Imports, body: &Body) -> Result<TokenStream, RenderError> {
    // `str` and slices are unsized: a reference to the reference becomes the trait object.
    let unsized_ = matches!(value_type(body), Type::String | Type::Array(_));
    if body.kind == BodyKind::Json && is_nullable(body) {
        let value = match (body.required, unsized_) {
            (_, false) => quote!(body),
            (true, true) => quote!(body.as_ref()),
            (false, true) => quote!(body.as_ref().map(Option::as_ref)),
        };
        let symbol = if body.required { Symbol::NULLABLE } else { Symbol::OPTIONAL_NULLABLE };
        let function = imports.ident(symbol)?;
        return Ok(quote!(#function(#value)));
    }
    Ok(match (body.required, unsized_) {
        (true, false) => quote!(body),
        (true, true) => quote!(&body),
        (false, _) => {
            let optional = imports.ident(Symbol::OPTIONAL)?;
            if unsized_ { quote!(#optional(body.as_ref())) } else { quote!(#optional(body)) }
        }
    })
}
