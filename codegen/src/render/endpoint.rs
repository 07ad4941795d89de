//! Renders endpoint functions. Each returns a request, or a builder if it has optional parameters.

use std::collections::BTreeSet;

use super::argument::{argument, body_arguments, write, write_body};
use super::descriptor::descriptor;
use super::doc;
use super::format::{CodeFile, RenderError, ident, member};
use super::literal::literal;
use super::prose::code;
use super::symbol::{Imports, RUNTIME, ResolveNames as _, Symbol};
use super::types::type_text;
use crate::base::name::RustName;
use crate::ir::api::{Module, Operation};
use crate::ir::request::{BodyKind, HeaderFormat, Parameter, ResponseFormat};
use crate::ir::ty::Type;

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
    header_constants(&mut body, &mut imports, module)?;
    let mut file = CodeFile::new(&docs);
    imports.write(&mut file)?;
    file.items(&body);
    Ok(file.finish())
}

/// Writes a constant for each declared header of the responses.
fn header_constants(file: &mut CodeFile, imports: &mut Imports, module: &Module) -> Result<(), RenderError> {
    let mut known = BTreeSet::new();
    for header in module.operations.iter().flat_map(|operation| &operation.response_headers) {
        let Some(name) = header.constant.as_ref().filter(|name| known.insert(name.plain().to_owned())) else {
            continue;
        };
        let docs = format!("The response header `{}`.", code(header.name.as_str()));
        let ty = format!("{RUNTIME}::ResponseHeader<{}>", type_text(&header.ty, imports));
        let format = match header.format {
            HeaderFormat::Simple => "",
            HeaderFormat::Exploded => ".exploded()",
            HeaderFormat::Json => ".json()",
        };
        let value = format!(
            "{RUNTIME}::ResponseHeader::new({}){format}",
            literal(&header.name.as_str().to_ascii_lowercase())
        );
        file.formatted(
            &doc::own_comments(&docs, ""),
            &format!("pub const {}: {ty} = {value};", ident(name)?),
        )?;
    }
    Ok(())
}

fn function(file: &mut CodeFile, imports: &mut Imports, operation: &Operation) -> Result<(), RenderError> {
    let name = ident(&operation.name)?;
    let docs = doc::comments(doc::operation_docs(operation), "");
    let mut arguments = Vec::new();
    let mut request = constructor(imports, operation)?;
    // A multipart body has to exist before parts are added to it.
    let multipart = operation.body.as_ref().filter(|body| body.kind == BodyKind::Multipart && body.required);
    if let Some(body) = multipart {
        request = write_body(imports, &request, body);
    }
    for parameter in operation.required() {
        ident(&parameter.name)?;
        let (argument, value) = argument(imports, parameter);
        arguments.push(argument);
        request = write(imports, &request, parameter, &value);
    }
    if let Some(body) = operation.body.as_ref().filter(|body| body.kind != BodyKind::Multipart) {
        let body_arguments = body_arguments(body, imports);
        arguments.extend(body_arguments.into_iter().map(|(name, ty)| format!("{name}: {ty}")));
        request = write_body(imports, &request, body);
    }
    let property = operation.streaming.as_ref().and_then(|streaming| streaming.property.as_ref());
    if let Some(property) = property.filter(|_| operation.body.is_some()) {
        request = format!("{request}.json_flag({})", literal(property));
    }
    let (result, request) = if let Some(builder) = &operation.builder {
        (ident(builder)?.to_owned(), format!("{builder}({request})"))
    } else {
        (request_text(imports, operation), request)
    };
    let deprecated = if operation.deprecated { DEPRECATED } else { "" };
    let arguments = arguments.join(", ");
    file.item(
        &docs,
        &format!("{deprecated}#[inline]\npub fn {name}({arguments}) -> {result} {{\n    {request}\n}}\n"),
    )
}

fn builder_type(
    file: &mut CodeFile,
    imports: &mut Imports,
    operation: &Operation,
    builder: &RustName,
) -> Result<(), RenderError> {
    let name = ident(builder)?;
    let request = request_text(imports, operation);
    let docs = doc::own_comments(
        &format!(
            "A builder for a request of [`{0}`]({0}()), with its optional parameters.",
            operation.name.plain()
        ),
        "",
    );
    file.item(
        &docs,
        &format!(
            "#[derive(Clone)]\n#[must_use = \"a request does nothing until it is sent\"]\npub struct {name}({request});\n"
        ),
    )?;
    let mut setters = Vec::new();
    for parameter in operation.optional() {
        setters.push(setter(imports, parameter)?);
    }
    file.text(&format!("impl {name} {{\n{}}}\n", setters.join("\n")));
    file.text(&format!("{RUNTIME}::request_builder!({builder} -> {});\n", response_text(imports, operation)));
    Ok(())
}

fn setter(imports: &mut Imports, parameter: &Parameter) -> Result<String, RenderError> {
    let name = ident(&parameter.name)?;
    let docs = doc::comments(doc::parameter_docs(parameter), "    ");
    let deprecated = if parameter.deprecated { format!("    {DEPRECATED}") } else { String::new() };
    let (argument, value) = argument(imports, parameter);
    let request = write(imports, "self.0", parameter, &value);
    member(
        &docs,
        &format!(
            "{deprecated}    #[inline]\n    pub fn {name}(self, {argument}) -> Self {{\n        Self({request})\n    }}\n"
        ),
    )
}

/// The attribute of a function that is deprecated, as a line.
const DEPRECATED: &str = "#[deprecated]\n";

/// Returns the type of the operation's requests.
fn request_text(imports: &mut Imports, operation: &Operation) -> String {
    format!("{}<{}>", imports.symbol(Symbol::REQUEST), response_text(imports, operation))
}

fn response_text(imports: &mut Imports, operation: &Operation) -> String {
    if let (ResponseFormat::Events, Some(Type::Array(item))) =
        (operation.response_format, &operation.response)
    {
        // A builder of the description may also be called `Events`.
        return format!("{RUNTIME}::Events<{}>", type_text(item, imports));
    }
    operation.response.as_ref().map_or_else(|| "()".to_owned(), |ty| type_text(ty, imports))
}

/// Returns the expression that creates the request.
fn constructor(imports: &mut Imports, operation: &Operation) -> Result<String, RenderError> {
    let request = imports.symbol(Symbol::REQUEST);
    let descriptor = ident(&operation.constant)?;
    let constructor = match (operation.response_format, operation.empty_statuses.is_empty()) {
        (ResponseFormat::Json, true) => "new",
        (ResponseFormat::Json, false) => "or_empty",
        (ResponseFormat::Text, true) => "text",
        (ResponseFormat::Text, false) => "text_or_empty",
        (ResponseFormat::Bytes, true) => "bytes",
        (ResponseFormat::Bytes, false) => "bytes_or_empty",
        (ResponseFormat::Items, true) => "items",
        (ResponseFormat::Items, false) => "items_or_empty",
        (ResponseFormat::Events, _) => "events",
        (ResponseFormat::Redirect, _) => "redirect",
        (ResponseFormat::ByStatus, _) => "by_status",
    };
    Ok(format!("{request}::{constructor}(&{descriptor})"))
}
