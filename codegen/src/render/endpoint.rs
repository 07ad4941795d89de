//! Renders endpoint functions. Each returns a request, or a builder if it has optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{argument, body_arguments, write, write_body};
use super::descriptor::descriptor;
use super::doc;
use super::format::{CodeFile, RenderError, ident, parse};
use super::prose::code;
use super::symbol::{Imports, RUNTIME, Symbol};
use super::types::type_text;
use crate::base::name::RustName;
use crate::ir::api::{Module, Operation};
use crate::ir::request::{BodyKind, Parameter, ResponseFormat};

/// Renders the file of one tag.
pub(super) fn file(module: &Module) -> Result<String, RenderError> {
    let docs = doc::sentence(&module.docs, &format!("Operations with the tag `{}`.", code(&module.tag)));
    let operations = module.operations.iter();
    let names = operations.flat_map(|operation| {
        [&operation.name].into_iter().chain(operation.parameters.iter().map(|parameter| &parameter.name))
    });
    let mut imports = Imports::of_endpoints(names);
    let mut body = CodeFile::body();
    for operation in &module.operations {
        function(&mut body, &mut imports, operation)?;
        if let Some(builder) = &operation.builder {
            builder_type(&mut body, &mut imports, operation, builder)?;
        }
        descriptor(&mut body, &mut imports, operation);
    }
    let mut file = CodeFile::new(&docs);
    imports.write(&mut file)?;
    file.items(&body);
    Ok(file.finish())
}

fn function(file: &mut CodeFile, imports: &mut Imports, operation: &Operation) -> Result<(), RenderError> {
    let name = ident(operation.name.as_str())?;
    let docs = doc::attributes(doc::operation_docs(operation));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let mut arguments = Vec::new();
    let mut request = constructor(imports, operation)?;
    // A multipart body has to exist before parts are added to it.
    let multipart = operation.body.as_ref().filter(|body| body.kind == BodyKind::Multipart && body.required);
    if let Some(body) = multipart {
        request = write_body(imports, &request, body)?;
    }
    for parameter in operation.required() {
        let (argument, value) = argument(imports, parameter)?;
        arguments.push(argument);
        request = write(imports, &request, parameter, &value)?;
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.kind != BodyKind::Multipart) {
        for (name, ty) in body_arguments(body, imports) {
            let (name, ty) = (ident(name)?, parse(&ty)?);
            arguments.push(quote!(#name: #ty));
        }
        request = write_body(imports, &request, body)?;
    }
    let (result, request) = if let Some(builder) = &operation.builder {
        let builder = ident(builder.as_str())?;
        (quote!(#builder), quote!(#builder(#request)))
    } else {
        let ty = imports.ident(Symbol::REQUEST)?;
        let response = parse(&response_text(imports, operation))?;
        (quote!(#ty<#response>), request)
    };
    file.item(&quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(#(#arguments),*) -> #result { #request }
    })
}

fn builder_type(
    file: &mut CodeFile,
    imports: &mut Imports,
    operation: &Operation,
    builder: &RustName,
) -> Result<(), RenderError> {
    let name = ident(builder.as_str())?;
    let request = imports.ident(Symbol::REQUEST)?;
    let response = parse(&response_text(imports, operation))?;
    let docs = doc::own_attributes(&format!(
        "A builder for a request of [`{0}`]({0}()), with its optional parameters.",
        operation.name.plain()
    ));
    file.item(&quote! {
        #docs
        #[derive(Clone)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name(#request<#response>);
    })?;
    let mut setters = Vec::new();
    for parameter in operation.optional() {
        setters.push(setter(imports, parameter)?);
    }
    file.item(&quote!(impl #name { #(#setters)* }))?;
    file.text(&format!("{RUNTIME}::request_builder!({builder} -> {});\n", response_text(imports, operation)));
    Ok(())
}

fn setter(imports: &mut Imports, parameter: &Parameter) -> Result<TokenStream, RenderError> {
    let name = ident(parameter.name.as_str())?;
    let docs = doc::attributes(doc::parameter_docs(parameter));
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let (argument, value) = argument(imports, parameter)?;
    let request = write(imports, &quote!(self.0), parameter, &value)?;
    Ok(quote!(#docs #deprecated #[inline] pub fn #name(self, #argument) -> Self { Self(#request) }))
}

fn response_text(imports: &mut Imports, operation: &Operation) -> String {
    operation.response.as_ref().map_or_else(|| "()".to_owned(), |ty| type_text(ty, imports))
}

/// Returns the expression that creates the request.
fn constructor(imports: &mut Imports, operation: &Operation) -> Result<TokenStream, RenderError> {
    let request = imports.ident(Symbol::REQUEST)?;
    let descriptor = ident(operation.constant.as_str())?;
    let constructor = match (operation.response_format, operation.empty_statuses.is_empty()) {
        (ResponseFormat::Json, true) => "new",
        (ResponseFormat::Json, false) => "or_empty",
        (ResponseFormat::Text, true) => "text",
        (ResponseFormat::Text, false) => "text_or_empty",
        (ResponseFormat::Bytes, true) => "bytes",
        (ResponseFormat::Bytes, false) => "bytes_or_empty",
        (ResponseFormat::Items, true) => "items",
        (ResponseFormat::Items, false) => "items_or_empty",
        (ResponseFormat::Redirect, _) => "redirect",
        (ResponseFormat::ByStatus, _) => "by_status",
    };
    let constructor = ident(constructor)?;
    Ok(quote!(#request::#constructor(&#descriptor)))
}
