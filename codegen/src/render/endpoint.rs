//! Endpoint functions: each returns a request value, or a builder where there are optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::argument::{MODELS, argument, body_arguments, names_style, write, write_body};
use super::descriptor::descriptor;
use super::doc;
use super::format::{File, Problem, ident, parse};
use super::prose::code;
use super::types::{Imports, collect_imports, type_text};
use crate::base::name::RustName;
use crate::ir::api::{Module, Operation};
use crate::ir::request::{BodyKind, Location, Parameter, Reading};
use crate::ir::ty::Type;

/// The file of one tag.
pub(super) fn file(module: &Module) -> Result<String, Problem> {
    let docs = doc::sentence(&module.docs, &format!("Endpoints of the tag `{}`.", code(&module.tag)));
    let mut file = File::new(&docs);
    imports(&mut file, module)?;
    for operation in &module.operations {
        function(&mut file, operation)?;
        if let Some(builder) = &operation.builder {
            builder_type(&mut file, operation, builder)?;
        }
        descriptor(&mut file, operation);
    }
    Ok(file.finish())
}

fn imports(file: &mut File, module: &Module) -> Result<(), Problem> {
    let operations = &module.operations;
    let mut types: Vec<&Type> = Vec::new();
    for operation in operations {
        types.extend(operation.parameters.iter().map(|parameter| &parameter.ty));
        types.extend(operation.body.iter().map(|body| &body.ty));
        types.extend(&operation.response);
    }
    let mut imports = Imports::default();
    for ty in types {
        collect_imports(ty, &mut imports);
    }
    if !imports.models.is_empty() {
        imports.models.clear();
        imports.add("crate", "models");
    }
    imports.add("crate::operation", "Operation");
    imports.add("crate::request", "Request");
    if operations.iter().any(|operation| !operation.pagination.is_empty()) {
        imports.add("crate::operation", "Pagination");
    }
    if operations.iter().any(|operation| operation.rate_limit.is_some()) {
        imports.add("crate::operation", "RateLimit");
    }
    let parameters = || operations.iter().flat_map(|operation| &operation.parameters);
    if parameters().any(|parameter| matches!(parameter.ty, Type::List(_))) {
        imports.add("crate::request", "list");
    }
    let may_lack_body = |operation: &Operation| matches!(&operation.body, Some(body) if !body.required && matches!(body.kind, BodyKind::Json | BodyKind::Form(_)));
    if operations.iter().any(may_lack_body) {
        imports.add("crate::request", "optional");
    }
    if parameters().any(|parameter| parameter.location == Location::File) {
        imports.add("crate::request", "Part");
    }
    let has_styles = |operation: &Operation| matches!(&operation.body, Some(body) if matches!(&body.kind, BodyKind::Form(styles) if !styles.is_empty()));
    if parameters().any(names_style) || operations.iter().any(has_styles) {
        imports.add("crate::request", "Style");
    }
    imports.write(file)
}

fn function(file: &mut File, operation: &Operation) -> Result<(), Problem> {
    let name = ident(operation.name.as_str())?;
    let docs = doc::attributes(&doc::operation_docs(operation));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let mut arguments = Vec::new();
    let mut request = constructor(operation)?;
    // The body is begun before parts are put into it.
    let multipart = operation.body.as_ref().filter(|body| body.kind == BodyKind::Multipart && body.required);
    if let Some(body) = multipart {
        request = write_body(&request, body);
    }
    for parameter in operation.required() {
        let (argument, value) = argument(parameter)?;
        arguments.push(argument);
        request = write(&request, parameter, &value);
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.kind != BodyKind::Multipart) {
        for (name, ty) in body_arguments(body, MODELS) {
            let (name, ty) = (ident(name)?, parse(&ty)?);
            arguments.push(quote!(#name: #ty));
        }
        request = write_body(&request, body);
    }
    let (result, request) = if let Some(builder) = &operation.builder {
        let builder = ident(builder.as_str())?;
        (quote!(#builder), quote!(#builder(#request)))
    } else {
        let response = parse(&response_text(operation))?;
        (quote!(Request<#response>), request)
    };
    file.item(&quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(#(#arguments),*) -> #result { #request }
    })
}

fn builder_type(file: &mut File, operation: &Operation, builder: &RustName) -> Result<(), Problem> {
    let name = ident(builder.as_str())?;
    let response = parse(&response_text(operation))?;
    let docs = doc::attributes(&format!(
        "A request of [`{0}`]({0}()), with its optional parameters.",
        operation.name.plain()
    ));
    file.item(&quote! {
        #docs
        #[derive(Clone)]
        #[must_use = "a request does nothing until it is sent"]
        pub struct #name(Request<#response>);
    })?;
    let mut setters = Vec::new();
    for parameter in operation.optional() {
        setters.push(setter(parameter)?);
    }
    file.item(&quote!(impl #name { #(#setters)* }))?;
    file.text(&format!("request_builder!({builder} -> {});\n", response_text(operation)));
    Ok(())
}

fn setter(parameter: &Parameter) -> Result<TokenStream, Problem> {
    let name = ident(parameter.name.as_str())?;
    let docs = doc::attributes(&doc::parameter_docs(parameter));
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let (argument, value) = argument(parameter)?;
    let request = write(&quote!(self.0), parameter, &value);
    Ok(quote!(#docs #deprecated #[inline] pub fn #name(self, #argument) -> Self { Self(#request) }))
}

fn response_text(operation: &Operation) -> String {
    operation.response.as_ref().map_or_else(|| "()".to_owned(), |ty| type_text(ty, MODELS))
}

/// The request that all parameters are written into.
fn constructor(operation: &Operation) -> Result<TokenStream, Problem> {
    let descriptor = ident(operation.constant.as_str())?;
    Ok(match operation.reading {
        Reading::Json => quote!(Request::new(&#descriptor)),
        Reading::JsonOrEmpty => quote!(Request::or_empty(&#descriptor)),
        Reading::Text => quote!(Request::text(&#descriptor)),
        Reading::Bytes => quote!(Request::bytes(&#descriptor)),
    })
}
