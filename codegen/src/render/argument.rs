//! Arguments of endpoint functions and setters, and how they are written into a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::format::{Problem, ident, parse};
use super::symbol::{Imports, Names, Symbol};
use super::types::type_text;
use crate::ir::request::{Body, BodyKind, Location, Parameter, Shape, Style};
use crate::ir::ty::Type;

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
pub(super) fn argument(
    imports: &mut Imports,
    parameter: &Parameter,
) -> Result<(TokenStream, TokenStream), Problem> {
    let name = ident(parameter.name.as_str())?;
    Ok(match Taken::of(parameter) {
        Taken::File => {
            let part = imports.ident(Symbol::PART)?;
            (quote!(#name: impl Into<#part>), quote!(&[#name.into()]))
        }
        Taken::Files => {
            let (list, part) = (imports.ident(Symbol::LIST)?, imports.ident(Symbol::PART)?);
            (quote!(#name: impl IntoIterator<Item = impl Into<#part>>), quote!(&#list::<#part>(#name)))
        }
        Taken::Text => (quote!(#name: &str), quote!(&#name)),
        Taken::Values(ty) => {
            let (list, ty) = (imports.ident(Symbol::LIST)?, parse(&type_text(ty, imports))?);
            (quote!(#name: impl IntoIterator<Item = #ty>), quote!(&#list::<#ty>(#name)))
        }
        Taken::Convertibles(ty) => {
            let (list, ty) = (imports.ident(Symbol::LIST)?, parse(&type_text(ty, imports))?);
            (quote!(#name: impl IntoIterator<Item = impl Into<#ty>>), quote!(&#list::<#ty>(#name)))
        }
        Taken::Convertible(ty) => {
            let ty = parse(&type_text(ty, imports))?;
            (quote!(#name: impl Into<#ty>), quote!(&#name.into()))
        }
        Taken::Plain(ty) => {
            let ty = parse(&type_text(ty, imports))?;
            (quote!(#name: #ty), quote!(&#name))
        }
    })
}

/// The call that writes a parameter into a request.
pub(super) fn write(
    imports: &mut Imports,
    request: &TokenStream,
    parameter: &Parameter,
    value: &TokenStream,
) -> Result<TokenStream, Problem> {
    let wire = parameter.wire.as_str();
    let media_type = parameter.media_type.as_deref();
    let styled = match (parameter.location, parameter.style) {
        (Location::Path, PLAIN_EXPLODED) if is_list_or_plain(&parameter.ty) => {
            return Ok(quote!(#request.path(#wire, #value)));
        }
        (Location::Path, PLAIN) => return Ok(quote!(#request.path(#wire, #value))),
        (Location::Path, _) => quote!(path_as),
        (Location::Query, FORM_EXPLODED) => return Ok(quote!(#request.query(#wire, #value))),
        (Location::Query, FORM) => return Ok(quote!(#request.query_joined(#wire, #value))),
        (Location::Query, _) => quote!(query_as),
        (Location::Header, PLAIN) => return Ok(quote!(#request.header(#wire, #value))),
        (Location::Header, _) => quote!(header_as),
        (Location::Cookie, FORM_EXPLODED) => return Ok(quote!(#request.cookie(#wire, #value))),
        (Location::Cookie, _) => quote!(cookie_as),
        (Location::Part, _) => {
            return Ok(media_type.map_or_else(
                || quote!(#request.part(#wire, #value)),
                |media_type| quote!(#request.part_as(#wire, #value, #media_type)),
            ));
        }
        (Location::File, _) => {
            return Ok(media_type.map_or_else(
                || quote!(#request.files(#wire, #value, None)),
                |media_type| quote!(#request.files(#wire, #value, Some(#media_type))),
            ));
        }
    };
    let style = style(imports, parameter.style)?;
    Ok(quote!(#request.#styled(#wire, #value, #style)))
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

/// A style as the runtime spells it.
fn style(imports: &mut Imports, style: Style) -> Result<TokenStream, Problem> {
    let ty = imports.ident(Symbol::STYLE)?;
    let shape = match style.shape {
        Shape::Simple => quote!(#ty::SIMPLE),
        Shape::Label => quote!(#ty::LABEL),
        Shape::Matrix => quote!(#ty::MATRIX),
        Shape::Form => quote!(#ty::FORM),
        Shape::SpaceDelimited => quote!(#ty::SPACE_DELIMITED),
        Shape::PipeDelimited => quote!(#ty::PIPE_DELIMITED),
        // It has one form only.
        Shape::DeepObject => return Ok(quote!(#ty::DEEP_OBJECT)),
        Shape::Json => return Ok(quote!(#ty::JSON)),
    };
    let shape = if style.explode { quote!(#shape.exploded()) } else { shape };
    Ok(if style.reserved { quote!(#shape.reserved()) } else { shape })
}

/// The arguments that bring a body: names, and types as a caller writes them.
pub(crate) fn body_arguments(body: &Body, names: &mut dyn Names) -> Vec<(&'static str, String)> {
    let ty = match &body.ty {
        Type::String => "str".to_owned(),
        Type::List(inner) => format!("[{}]", type_text(inner, names)),
        ty => type_text(ty, names),
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
pub(super) fn write_body(
    imports: &mut Imports,
    request: &TokenStream,
    body: &Body,
) -> Result<TokenStream, Problem> {
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
        BodyKind::Form(styles) if styles.is_empty() => {
            let value = body_value(imports, body)?;
            quote!(#request.form(#value))
        }
        BodyKind::Form(fields) => {
            let value = body_value(imports, body)?;
            let mut styles = Vec::with_capacity(fields.len());
            for (name, of) in fields {
                let (name, style) = (name.as_str(), style(imports, *of)?);
                styles.push(quote!((#name, #style)));
            }
            quote!(#request.form_as(#value, &[#(#styles),*]))
        }
        BodyKind::Multipart => quote!(#request.multipart()),
        BodyKind::Bytes => quote!(#request.raw(body, #media_type)),
        BodyKind::AnyBytes => quote!(#request.raw(body, content_type.to_owned())),
    })
}

/// What a body is written from, where it is a value.
fn body_value(imports: &mut Imports, body: &Body) -> Result<TokenStream, Problem> {
    // A reference to a text or slice is looked at through another one, which has a size.
    let unsized_ = matches!(body.ty, Type::String | Type::List(_));
    Ok(match (body.required, unsized_) {
        (true, false) => quote!(body),
        (true, true) => quote!(&body),
        (false, _) => {
            let optional = imports.ident(Symbol::OPTIONAL)?;
            if unsized_ { quote!(#optional(body.as_ref())) } else { quote!(#optional(body)) }
        }
    })
}
