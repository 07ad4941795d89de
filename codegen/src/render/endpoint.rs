//! Endpoint functions: each returns a request value, or a builder where there are optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::doc;
use super::model::literal;
use super::prose::code;
use super::types::{Imports, collect_imports, type_text};
use crate::format::{File, Problem, ident, parse};
use crate::ir::{Location, Module, Operation, Pagination, Parameter, RateLimit, Type};
use crate::name::RustName;

const MODELS: &str = "models::";
/// Width of a line that is laid out here.
const LINE: usize = 100;

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
    let mut parameters = operations.iter().flat_map(|operation| &operation.parameters);
    if parameters.any(|parameter| matches!(parameter.ty, Type::List(_))) {
        imports.add("crate::request", "list");
    }
    imports.write(file)
}

fn function(file: &mut File, operation: &Operation) -> Result<(), Problem> {
    let name = ident(operation.name.as_str())?;
    let docs = doc::attributes(&doc::operation_docs(operation));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let descriptor = ident(operation.constant.as_str())?;
    let mut arguments = Vec::new();
    let mut request = quote!(Request::new(&#descriptor));
    for parameter in operation.required() {
        let (argument, value) = argument(parameter)?;
        arguments.push(argument);
        request = write(&request, parameter, &value);
    }
    if let Some(body) = &operation.body {
        let ty = parse(&type_text(&body.ty, MODELS))?;
        arguments.push(quote!(body: &#ty));
        request = quote!(#request.json(body));
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
        #[derive(Clone, Debug)]
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
    let docs = doc::attributes(&doc::sentence(
        &parameter.docs,
        &format!("Sends the parameter `{}`.", code(parameter.wire.as_str())),
    ));
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    let (argument, value) = argument(parameter)?;
    let request = write(&quote!(self.0), parameter, &value);
    Ok(quote!(#docs #deprecated pub fn #name(self, #argument) -> Self { Self(#request) }))
}

/// An argument, and the expression that is written from it.
fn argument(parameter: &Parameter) -> Result<(TokenStream, TokenStream), Problem> {
    let name = ident(parameter.name.as_str())?;
    let ty = parse(&type_text(&parameter.ty, MODELS))?;
    Ok(match &parameter.ty {
        Type::String => (quote!(#name: &str), quote!(&#name)),
        Type::List(inner) => {
            // Numbers are taken as they are: a literal past 32 bits must not be read as an `i32`.
            let converted = matches!(**inner, Type::String | Type::Named(_));
            let inner = parse(&type_text(inner, MODELS))?;
            let item = if converted { quote!(impl Into<#inner>) } else { quote!(#inner) };
            (quote!(#name: impl IntoIterator<Item = #item>), quote!(&list::<#inner>(#name)))
        }
        Type::UnixSeconds | Type::UnixMicros | Type::Timestamp | Type::Named(_) => {
            (quote!(#name: impl Into<#ty>), quote!(&#name.into()))
        }
        _ => (quote!(#name: #ty), quote!(&#name)),
    })
}

/// The call that writes a parameter into a request.
fn write(request: &TokenStream, parameter: &Parameter, value: &TokenStream) -> TokenStream {
    let wire = parameter.wire.as_str();
    match parameter.location {
        Location::Path => quote!(#request.path(#wire, #value)),
        Location::QueryExploded => quote!(#request.query(#wire, #value)),
        Location::QueryJoined => quote!(#request.query_joined(#wire, #value)),
        Location::Header => quote!(#request.header(#wire, #value)),
    }
}

fn response_text(operation: &Operation) -> String {
    operation.response.as_ref().map_or_else(|| "()".to_owned(), |ty| type_text(ty, MODELS))
}

/// What is fixed about the operation: method, path, ways to page, limits.
fn descriptor(file: &mut File, operation: &Operation) {
    let name = &operation.constant;
    let method = operation.method.as_str().to_lowercase();
    let head = format!("Operation::{method}({}, {})", literal(&operation.id), literal(&operation.path));
    let mut calls = Vec::new();
    let required = operation.required().filter(|parameter| parameter.location != Location::Path);
    let required: Vec<_> = required.map(|parameter| parameter.wire.as_str()).collect();
    if !required.is_empty() {
        calls.push(format!(".requires(&[{}])", literals(required)));
    }
    let rules =
        [("exactly_one_of", &operation.exactly_one_of), ("at_most_one_of", &operation.at_most_one_of)];
    for (rule, groups) in rules {
        calls.extend(groups.iter().map(|group| format!(".{rule}(&[{}])", literals(group))));
    }
    calls.extend(operation.pagination.iter().map(|way| call("paged", &pagination(way))));
    calls.extend(operation.rate_limit.iter().map(|limit| call("limited", &rate_limit(limit))));
    if let Some(pending) = &operation.pending {
        let pointer = literal(&pending.pointer.to_path());
        calls.push(format!(".pending_while({pointer}, &[{}])", literals(&pending.values)));
    }
    let one_line = format!("static {name}: Operation = {head};\n");
    if calls.is_empty() && one_line.chars().count() <= LINE {
        return file.text(&one_line);
    }
    let calls: String = calls.iter().map(|call| format!("\n        {call}")).collect();
    file.text(&format!("static {name}: Operation =\n    {head}{calls};\n"));
}

/// A call whose argument is a chain of calls, a line each where there is more than one.
fn call(name: &str, chain: &[String]) -> String {
    match chain {
        [one] => format!(".{name}({one})"),
        calls => format!(".{name}(\n            {},\n        )", calls.join("\n                ")),
    }
}

fn pagination(way: &Pagination) -> Vec<String> {
    let mut calls =
        vec![format!("Pagination::{}({}, {})", way.style, literal(&way.items), way.max_page_size)];
    calls.extend(way.size.iter().map(|name| format!(".sized_by({})", literal(name))));
    if !way.identity.is_empty() {
        calls.push(format!(".known_by(&[{}])", literals(&way.identity)));
    }
    calls.extend(way.position.iter().map(|name| format!(".placed_by({})", literal(name))));
    if way.late > 0 {
        calls.push(format!(".late_by({})", way.late));
    }
    calls
}

fn rate_limit(limit: &RateLimit) -> Vec<String> {
    let bucket = literal(&limit.bucket);
    let mut calls = vec![format!("RateLimit::new({bucket}, {}, {})", limit.requests, limit.seconds)];
    calls.extend(limit.header.iter().map(|name| format!(".told_by({})", literal(name))));
    calls
}

/// Texts as Rust literals, between commas.
fn literals<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let texts: Vec<_> = texts.into_iter().map(|text| literal(text.as_ref())).collect();
    texts.join(", ")
}
