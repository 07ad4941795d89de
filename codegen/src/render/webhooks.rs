//! Renders the module of webhooks and callbacks: a function for each request, the union of all webhooks, and constants for
//! signatures.

use super::doc;
use super::format::{CodeFile, RenderError, ident, member};
use super::literal::{literal, literals};
use super::symbol::{Imports, RUNTIME};
use super::types::type_text;
use super::union::rows;
use super::variants::{VariantItem, enum_of};
use super::webhook_docs::{function_docs, signature_docs, variant_docs};
use crate::base::name::WireName;
use crate::ir::api::{Api, EventUnion, TypeKind, UnionVariant, Webhooks};
use crate::ir::webhook::{BytesEncoding, Incoming, IncomingFormat, Selection, Signature};

/// Renders the file.
pub(super) fn file(api: &Api) -> Result<String, RenderError> {
    let webhooks = &api.webhooks;
    let mut imports = Imports::of_endpoints(webhooks.requests.iter().map(|request| &request.name));
    let mut body = CodeFile::body();
    if let Some(own) = &webhooks.signature {
        constant(&mut body, "SIGNATURE", own, &signature_docs(None))?;
    }
    if let Some(event) = &webhooks.event {
        union(&mut body, &mut imports, webhooks, event)?;
    }
    for request in &webhooks.requests {
        function(&mut body, &mut imports, request)?;
        if let Some((name, own)) = &request.signature {
            constant(&mut body, ident(name)?, own, &signature_docs(Some(request)))?;
        }
    }
    let mut file = CodeFile::new("Webhooks and callbacks: requests that the server sends, as typed values.");
    imports.write(&mut file)?;
    file.blank();
    file.line("#[doc(inline)]");
    file.import(&format!("pub use {RUNTIME}::webhook::*;"))?;
    file.items(&body);
    Ok(file.finish())
}

fn function(file: &mut CodeFile, imports: &mut Imports, request: &Incoming) -> Result<(), RenderError> {
    let name = ident(&request.name)?;
    let (result, argument, value) = match &request.body {
        None => ("()".to_owned(), "_", "Ok(())"),
        Some(body) => {
            let value = match body.format {
                IncomingFormat::Json => "request.json()",
                IncomingFormat::Form => "request.form()",
                IncomingFormat::Text => "request.text()",
                IncomingFormat::Bytes => "Ok(request.body().to_vec())",
            };
            (type_text(&body.ty, imports), "request", value)
        }
    };
    let deprecated = if request.deprecated { "#[deprecated]\n" } else { "" };
    let docs = doc::comments(function_docs(request), "");
    let head = format!("pub fn {name}({argument}: &IncomingRequest<'_>) -> Result<{result}, WebhookError>");
    file.item(&docs, &format!("{deprecated}{head} {{\n    {value}\n}}\n"))
}

fn union(
    file: &mut CodeFile,
    imports: &mut Imports,
    webhooks: &Webhooks,
    event: &EventUnion,
) -> Result<(), RenderError> {
    let TypeKind::Union { tag, variants, .. } = &event.def.kind else { return Ok(()) };
    let selection = |variant: &UnionVariant| event.selections.iter().find(|own| own.variant == variant.name);
    let mut items = Vec::with_capacity(variants.len());
    for (variant, members) in variants.iter().zip(&event.members) {
        let requests: Vec<_> = members.iter().filter_map(|index| webhooks.requests.get(*index)).collect();
        items.push(VariantItem {
            name: &variant.name,
            docs: variant_docs(&requests, selection(variant), tag.as_deref(), variant),
            content: Some(type_text(&variant.ty, imports)),
        });
    }
    enum_of(file, imports, &event.def, &items, "Any other event, as the server sent it.")?;
    file.text(&rows(imports, &event.def.name, tag.as_deref(), variants));
    file.text(&format!("impl {} {{\n{}}}\n", event.def.name, read(event)?));
    Ok(())
}

/// Returns the function that reads any event.
fn read(event: &EventUnion) -> Result<String, RenderError> {
    let read = if event.has_forms { "form" } else { "json" };
    let mut body = String::new();
    for Selection { header, values, variant, format } in &event.selections {
        let read = if *format == IncomingFormat::Form { "form" } else { "json" };
        body.push_str(&format!(
            "        if request.has_header({}, &[{}]) {{\n            return request.{read}().map(Self::{variant});\n        }}\n",
            literal(header),
            literals(values)
        ));
    }
    let unknown = format!("request.{read}().map(Self::Unknown)");
    let tag = match &event.def.kind {
        TypeKind::Union { tag: Some(tag), variants, .. } => Some((tag, variants)),
        _ => None,
    };
    let last = match (event.selections.first(), tag) {
        (Some(_), _) if event.is_listed => unknown,
        (Some(Selection { header, .. }), _) => {
            let header = literal(header);
            body.push_str(&format!("        if request.header({header}).is_some() {{\n            return {unknown};\n        }}\n"));
            format!("request.{read}()")
        }
        (None, Some((tag, variants))) if event.is_listed => {
            let values = literals(variants.iter().flat_map(|variant| &variant.tags).map(WireName::as_str));
            let tag = literal(tag);
            body.push_str(&format!("        if !request.has_property({tag}, &[{values}]) {{\n            return {unknown};\n        }}\n"));
            format!("request.{read}()")
        }
        _ => format!("request.{read}()"),
    };
    let docs = doc::own_comments(
        "Reads a request of any webhook.\n\n\
         # Errors\n\n\
         Returns an error if the body is not JSON, or doesn't match the type of its event.",
        "    ",
    );
    let code = format!(
        "    pub fn read(request: &IncomingRequest<'_>) -> Result<Self, WebhookError> {{\n{body}        {last}\n    }}\n"
    );
    member(&docs, &code)
}

/// Writes the constant for a scheme.
fn constant(file: &mut CodeFile, name: &str, signature: &Signature, docs: &str) -> Result<(), RenderError> {
    let mut value = format!("SignatureScheme::hmac_sha256({})", literal(&signature.header));
    let mut call = |name: &str, argument: Option<String>| {
        value.push_str(&format!(".{name}({})", argument.unwrap_or_default()));
    };
    if signature.encoding == BytesEncoding::Base64 {
        call("base64", None);
    }
    let text = |text: &str| (!text.is_empty()).then(|| Some(literal(text)));
    let option = |text: &Option<String>| text.as_deref().map(|text| Some(literal(text)));
    let calls = [
        ("prefix", text(&signature.prefix)),
        ("separator", option(&signature.separator)),
        ("signed", text(&signature.signed).filter(|_| signature.signed != "{body}")),
        ("timestamp_header", option(&signature.timestamp_header)),
        ("timestamp_element", option(&signature.timestamp_element)),
        ("id_header", option(&signature.id_header)),
        ("tolerance", signature.tolerance.map(|seconds| Some(seconds.to_string()))),
        ("base64_key", (signature.key_encoding == BytesEncoding::Base64).then_some(None)),
        ("hex_key", (signature.key_encoding == BytesEncoding::Hex).then_some(None)),
        ("key_prefix", text(&signature.key_prefix)),
    ];
    for (name, argument) in calls {
        if let Some(argument) = argument {
            call(name, argument);
        }
    }
    file.formatted(&doc::own_comments(docs, ""), &format!("pub const {name}: SignatureScheme = {value};"))
}
