//! Arguments of endpoint functions and setters, and how they are written into a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::format::{Problem, ident, parse};
use super::types::type_text;
use crate::ir::request::{Body, BodyKind, Location, Parameter, Shape, Style};
use crate::ir::ty::Type;

/// How emitted endpoint files name the models.
pub(super) const MODELS: &str = "models::";

/// How an argument is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken<'t> {
    /// As what can become a file.
    File,
    /// As what gives such.
    Files,
    /// As `&str`.
    Text,
    /// As what gives values of a type.
    Values(&'t Type),
    /// As what gives what can be converted into the type.
    Convertibles(&'t Type),
    /// As what can be converted into the type.
    Convertible(&'t Type),
    /// As it is.
    Plain(&'t Type),
}

impl<'t> Taken<'t> {
    pub(crate) fn of(parameter: &'t Parameter) -> Self {
        match (parameter.location, &parameter.ty) {
            (Location::File, Type::List(_)) => Self::Files,
            (Location::File, _) => Self::File,
            (_, Type::String) => Self::Text,
            (_, Type::List(inner)) => match **inner {
                Type::String | Type::Any | Type::Named(_) => Self::Convertibles(inner),
                // Numbers are taken as they are: a literal past 32 bits must not be read as an `i32`.
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

/// An argument, and the expression that is written from it.
pub(super) fn argument(parameter: &Parameter) -> Result<(TokenStream, TokenStream), Problem> {
    let name = ident(parameter.name.as_str())?;
    let text = |ty: &Type| parse(&type_text(ty, MODELS));
    Ok(match Taken::of(parameter) {
        Taken::File => (quote!(#name: impl Into<Part>), quote!(&[#name.into()])),
        Taken::Files => {
            (quote!(#name: impl IntoIterator<Item = impl Into<Part>>), quote!(&list::<Part>(#name)))
        }
        Taken::Text => (quote!(#name: &str), quote!(&#name)),
        Taken::Values(ty) => {
            let ty = text(ty)?;
            (quote!(#name: impl IntoIterator<Item = #ty>), quote!(&list::<#ty>(#name)))
        }
        Taken::Convertibles(ty) => {
            let ty = text(ty)?;
            (quote!(#name: impl IntoIterator<Item = impl Into<#ty>>), quote!(&list::<#ty>(#name)))
        }
        Taken::Convertible(ty) => {
            let ty = text(ty)?;
            (quote!(#name: impl Into<#ty>), quote!(&#name.into()))
        }
        Taken::Plain(ty) => {
            let ty = text(ty)?;
            (quote!(#name: #ty), quote!(&#name))
        }
    })
}

/// The call that writes a parameter into a request.
pub(super) fn write(request: &TokenStream, parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let wire = parameter.wire.as_str();
    let media_type = parameter.media_type.as_deref();
    let style = style(parameter.style);
    match (parameter.location, parameter.style) {
        (Location::Path, PLAIN_EXPLODED) if is_list_or_plain(&parameter.ty) => {
            quote!(#request.path(#wire, #value))
        }
        (Location::Path, PLAIN) => quote!(#request.path(#wire, #value)),
        (Location::Path, _) => quote!(#request.path_as(#wire, #value, #style)),
        (Location::Query, FORM_EXPLODED) => quote!(#request.query(#wire, #value)),
        (Location::Query, FORM) => quote!(#request.query_joined(#wire, #value)),
        (Location::Query, _) => quote!(#request.query_as(#wire, #value, #style)),
        (Location::Header, PLAIN) => quote!(#request.header(#wire, #value)),
        (Location::Header, _) => quote!(#request.header_as(#wire, #value, #style)),
        (Location::Cookie, FORM_EXPLODED) => quote!(#request.cookie(#wire, #value)),
        (Location::Cookie, _) => quote!(#request.cookie_as(#wire, #value, #style)),
        (Location::Part, _) => media_type.map_or_else(
            || quote!(#request.part(#wire, #value)),
            |media_type| quote!(#request.part_as(#wire, #value, #media_type)),
        ),
        (Location::File, _) => media_type.map_or_else(
            || quote!(#request.files(#wire, #value, None)),
            |media_type| quote!(#request.files(#wire, #value, Some(#media_type))),
        ),
    }
}

const PLAIN: Style = Style { shape: Shape::Simple, explode: false, reserved: false };
const PLAIN_EXPLODED: Style = Style { shape: Shape::Simple, explode: true, reserved: false };
const FORM: Style = Style { shape: Shape::Form, explode: false, reserved: false };
const FORM_EXPLODED: Style = Style { shape: Shape::Form, explode: true, reserved: false };

/// Whether `explode` makes no difference to a value in style `simple`.
fn is_list_or_plain(ty: &Type) -> bool {
    match ty {
        Type::Map(_) | Type::Free | Type::Any | Type::Named(_) => false,
        Type::Nullable(inner) | Type::Boxed(inner) => is_list_or_plain(inner),
        _ => true,
    }
}

/// Whether a parameter's style must be named.
pub(super) fn names_style(parameter: &Parameter) -> bool {
    let call = write(&TokenStream::new(), parameter, &TokenStream::new()).to_string();
    call.contains("Style")
}

/// A style as the runtime spells it.
fn style(style: Style) -> TokenStream {
    let shape = match style.shape {
        Shape::Simple => quote!(Style::SIMPLE),
        Shape::Label => quote!(Style::LABEL),
        Shape::Matrix => quote!(Style::MATRIX),
        Shape::Form => quote!(Style::FORM),
        Shape::SpaceDelimited => quote!(Style::SPACE_DELIMITED),
        Shape::PipeDelimited => quote!(Style::PIPE_DELIMITED),
        // It has one form only.
        Shape::DeepObject => return quote!(Style::DEEP_OBJECT),
        Shape::Json => return quote!(Style::JSON),
    };
    let shape = if style.explode { quote!(#shape.exploded()) } else { shape };
    if style.reserved { quote!(#shape.reserved()) } else { shape }
}

/// The arguments that bring a body: names, and types as a caller writes them.
pub(crate) fn body_arguments(body: &Body, prefix: &str) -> Vec<(&'static str, String)> {
    let ty = match &body.ty {
        Type::String => "str".to_owned(),
        Type::List(inner) => format!("[{}]", type_text(inner, prefix)),
        ty => type_text(ty, prefix),
    };
    match body.kind {
        BodyKind::Json | BodyKind::Form(_) if body.required => vec![("body", format!("&{ty}"))],
        BodyKind::Json | BodyKind::Form(_) => vec![("body", format!("Option<&{ty}>"))],
        BodyKind::Multipart => Vec::new(),
        BodyKind::Bytes => vec![("body", "impl Into<Vec<u8>>".to_owned())],
        BodyKind::AnyBytes => {
            vec![("body", "impl Into<Vec<u8>>".to_owned()), ("content_type", "&str".to_owned())]
        }
    }
}

/// The call that writes the body into a request.
pub(super) fn write_body(request: &TokenStream, body: &Body) -> TokenStream {
    let media_type = &body.media_type;
    // A reference to a text or slice is looked at through another one, which has a size.
    let unsized_ = matches!(body.ty, Type::String | Type::List(_));
    let value = match (body.required, unsized_) {
        (true, false) => quote!(body),
        (true, true) => quote!(&body),
        (false, false) => quote!(optional(body)),
        (false, true) => quote!(optional(body.as_ref())),
    };
    match &body.kind {
        BodyKind::Json if media_type == "application/json" => quote!(#request.json(#value)),
        BodyKind::Json => quote!(#request.json(#value).content_type(#media_type)),
        BodyKind::Form(styles) if styles.is_empty() => quote!(#request.form(#value)),
        BodyKind::Form(styles) => {
            let styles = styles.iter().map(|(name, of)| {
                let (name, style) = (name.as_str(), style(*of));
                quote!((#name, #style))
            });
            quote!(#request.form_as(#value, &[#(#styles),*]))
        }
        BodyKind::Multipart => quote!(#request.multipart()),
        BodyKind::Bytes => quote!(#request.raw(body, #media_type)),
        BodyKind::AnyBytes => quote!(#request.raw(body, content_type.to_owned())),
    }
}
